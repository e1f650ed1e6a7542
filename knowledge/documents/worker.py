"""The process that reads one PDF, HTML or DOCX file, so that a hostile file can be stopped.

Protocol: one line of JSON on standard input ({"kind", "path", "limits"}), then the bytes of the file; one line of
JSON on standard output, {"document": …} or {"error": name, "message": …}. JSON, since what comes back is not trusted.
"""

from __future__ import annotations

import contextlib
import json
import logging
import sys
import warnings
from dataclasses import asdict
from pathlib import Path
from typing import Any

from knowledge.documents.model import MEBIBYTE, Limits, StoredDocument
from knowledge.documents.sniff import decode
from knowledge.errors import CorruptDocumentError, DocumentError, DocumentTooLargeError

EXIT_INSTALLATION = 3  # a library is missing: the installation is at fault, not the document


def main() -> int:
    """Read the request, answer it; returns the exit code."""
    request = json.loads(sys.stdin.buffer.readline())
    limits, path = Limits(**request["limits"]), Path(request["path"])
    data = sys.stdin.buffer.read()
    _cap(limits)
    warnings.simplefilter("ignore")
    logging.disable()  # a damaged file can make a parser complain without end
    try:
        answer: dict[str, Any] = {"document": asdict(extract(request["kind"], data, path, limits))}
    except DocumentError as error:
        answer = _error(error, path)
    sys.stdout.write(json.dumps(answer))
    return 0


def extract(kind: str, data: bytes, path: Path, limits: Limits) -> StoredDocument:
    """Read a file of kind ".pdf", ".docx" or ".html" in this process.

    What a library raises over a file that it cannot make sense of becomes CorruptDocumentError.
    """
    try:
        if kind == ".pdf":
            from knowledge.documents.pdf import read_pdf

            return read_pdf(data, path, limits)
        if kind == ".docx":
            from knowledge.documents.docx import read_docx

            return read_docx(data, path, limits)
        from knowledge.documents.html import read_html

        return read_html(decode(data, path, markup=True), path, limits)
    except (DocumentError, ImportError):
        raise
    except MemoryError as error:
        raise DocumentTooLargeError(
            path,
            f"needs more than {limits.memory_bytes // MEBIBYTE:,} MB of memory; split it and load the parts you need",
        ) from error
    except Exception as error:  # parsers fail in many ways on damaged files
        raise CorruptDocumentError(
            path,
            f"is damaged or incomplete and cannot be read ({type(error).__name__}); "
            "open it in the program that made it, save it again and load that",
        ) from error


def _cap(limits: Limits) -> None:
    """Limit the memory and the processor time of this process where the system can."""
    with contextlib.suppress(ImportError):  # Windows: the time limit alone holds there
        import resource

        seconds = int(limits.seconds) + 1
        for what, most in ((resource.RLIMIT_AS, limits.memory_bytes), (resource.RLIMIT_CPU, seconds)):
            with contextlib.suppress(ValueError, OSError):  # macOS refuses some limits, containers set lower ones
                resource.setrlimit(what, (most, most))


def _error(error: DocumentError, path: Path) -> dict[str, Any]:
    return {"error": type(error).__name__, "message": str(error).removeprefix(f"{path.name}: ")}
