"""Reading in a process of its own, ended at the time limit.

A new interpreter is started for each file (about half a second) rather than multiprocessing's spawn, which would run
the caller's main script again: a script without a `__main__` guard, a notebook and a web server's thread can all
load documents. A library that hangs or crashes on a hostile file takes only that process with it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from knowledge import errors
from knowledge.documents.model import MEBIBYTE, Limits, Section, StoredDocument
from knowledge.documents.worker import EXIT_INSTALLATION

_START = (
    "import sys; sys.path[:] = sys.argv[1:]\n"
    "try:\n"
    "    from knowledge.documents.worker import main\n"
    "    code = main()\n"
    "except ImportError as error:\n"
    f"    print(error, file=sys.stderr); code = {EXIT_INSTALLATION}\n"
    "raise SystemExit(code)"
)


def read_isolated(kind: str, data: bytes, path: Path, limits: Limits) -> StoredDocument:
    """Read the bytes of a file of kind ".pdf", ".docx" or ".html" in a process of its own.

    Raises the DocumentError that the reader raised; DocumentTimeoutError at the time limit; CorruptDocumentError
    when the file brought the reading process down; ImportError when a library is missing.
    """
    request = json.dumps({"kind": kind, "path": str(path), "limits": asdict(limits)}).encode() + b"\n"
    folders = [os.path.abspath(folder) for folder in sys.path]
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _START, *folders],
            input=request + data,
            capture_output=True,
            timeout=limits.seconds,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise errors.DocumentTimeoutError(
            path,
            f"took longer than {limits.seconds:g} seconds to read; split it, or save it again in the program that made "
            "it, and load that",
        ) from error
    if done.returncode == EXIT_INSTALLATION:
        reason = done.stderr.decode(errors="replace").strip()
        raise ImportError(f"a library for reading {kind} files is missing ({reason}); install the requirements again")
    if done.returncode != 0:
        raise errors.CorruptDocumentError(
            path,
            f"brought down its reader, perhaps by needing over {limits.memory_bytes // MEBIBYTE:,} MB of memory; "
            "open it in the program that made it, save it again and load that",
        )
    return _answer(json.loads(done.stdout), path)


def _answer(answer: Any, path: Path) -> StoredDocument:
    if "error" in answer:
        error: type[errors.DocumentError] = getattr(errors, answer["error"])
        raise error(path, answer["message"])
    document = answer["document"]
    sections = tuple(Section(**section) for section in document["sections"])
    return StoredDocument(document["text"], document["title"], document["published"], sections)
