"""The way in: checks a file, finds out what it holds and hands it to the reader for it."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.documents import sniff
from knowledge.documents.isolation import read_isolated
from knowledge.documents.markdown import read_markdown
from knowledge.documents.model import DEFAULT_LIMITS, MEBIBYTE, Limits, StoredDocument
from knowledge.documents.plain import read_plain
from knowledge.errors import (
    DocumentError,
    DocumentNotFoundError,
    DocumentTooLargeError,
    EmptyDocumentError,
    EncryptedDocumentError,
    UnsupportedTypeError,
)

if TYPE_CHECKING:
    from langchain_core.documents import Document

SUPPORTED: frozenset[str] = frozenset({".md", ".txt", ".html", ".htm", ".pdf", ".docx"})

_CONTENT = {".pdf": sniff.PDF, ".docx": sniff.ZIP}
_SUFFIX_FOR = {sniff.PDF: ".pdf", sniff.ZIP: ".docx"}
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")


def read_document(path: Path, limits: Limits = DEFAULT_LIMITS) -> StoredDocument:
    """Read a .md, .txt, .html, .htm, .pdf or .docx file.

    Raises a DocumentError that names what is wrong with the file and what to do about it (see knowledge.errors).
    """
    suffix = path.suffix.lower()
    data = _read_bytes(path, suffix, limits)
    _check_content(data, path, suffix)
    if suffix in (".md", ".txt"):
        text = sniff.decode(data, path)
        if suffix == ".txt" and sniff.is_web_page(text):
            raise UnsupportedTypeError(path, "holds a web page; rename it to end in .html and load that")
        _check_length(text, path, limits)
        document = read_markdown(text) if suffix == ".md" else read_plain(text)
    else:
        document = read_isolated(".html" if suffix == ".htm" else suffix, data, path, limits)
        _check_length(document.text, path, limits)
    if not any(document.text[section.start : section.end].strip() for section in document.sections):
        raise EmptyDocumentError(path, "holds no text; check that it is the right file, and that its text was saved")
    return document


def load_document(path: str | Path) -> list[Document]:
    """Load a document as LangChain Documents, one for each section.

    `page_content` is the text of the section. Metadata: `source` (the path as given), `title` (str or None),
    `section` (headings joined with " > "), `page` (from 1 in a PDF, else None), and `start_index` and `end_index`
    (character offsets in the text of the document). Raises a DocumentError that says what is wrong with the file.
    """
    from langchain_core.documents import Document

    document = read_document(Path(path))
    return [
        Document(
            page_content=document.text[section.start : section.end],
            metadata={
                "source": str(path),
                "title": document.title,
                "section": section.path,
                "page": section.page,
                "start_index": section.start,
                "end_index": section.end,
            },
        )
        for section in document.sections
    ]


def _read_bytes(path: Path, suffix: str, limits: Limits) -> bytes:
    """The bytes of a regular file of a supported name; at most one byte over the limit is read."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UnsupportedTypeError(path, "is a folder; give a file in it, or load the whole folder as sources")
        if suffix not in SUPPORTED:
            raise UnsupportedTypeError(path, _unsupported(suffix))
        if not stat.S_ISREG(mode):
            raise UnsupportedTypeError(path, "is not an ordinary file; copy its content to a file and load that")
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except PermissionError as error:
        raise DocumentError(path, "may not be read; ask whoever owns it for permission, or copy it") from error
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise DocumentNotFoundError(
            path, f"there is no such file, or it cannot be opened ({_reason(error)}); check the name and the folder"
        ) from error
    if len(data) > limits.file_bytes:
        raise DocumentTooLargeError(
            path,
            f"is larger than {limits.file_bytes / MEBIBYTE:g} MB; split it, or save it without pictures, and load that",
        )
    if not data:
        raise EmptyDocumentError(path, "is empty (0 bytes); copy or download it again")
    return data


def _check_length(text: str, path: Path, limits: Limits) -> None:
    if len(text) > limits.characters:
        raise DocumentTooLargeError(
            path, f"holds {len(text):,} characters; the limit is {limits.characters:,}; split it and load the parts"
        )


def _reason(error: Exception) -> str:
    return os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)


def _unsupported(suffix: str) -> str:
    known = ", ".join(sorted(SUPPORTED))
    what = f"files ending in {suffix} cannot be read" if suffix else "the name has no ending that says what it holds"
    return f"{what}; save it as one of {known} and load that"


def _check_content(data: bytes, path: Path, suffix: str) -> None:
    """Raise UnsupportedTypeError or EncryptedDocumentError when the content is not what the name says."""
    found, expected = sniff.kind_of(data), _CONTENT.get(suffix, sniff.TEXT)
    if found == expected:
        return
    if found == sniff.OLE:
        if suffix == ".docx" and _ENCRYPTED_OFFICE in data:
            raise EncryptedDocumentError(path, "needs a password; save a copy without one and load that")
        raise UnsupportedTypeError(path, "holds an old Office document; save it as .docx and load that")
    if found in _SUFFIX_FOR:
        right = _SUFFIX_FOR[found]
        if_word = "" if found == sniff.PDF else "if it is a Word document, "
        raise UnsupportedTypeError(
            path, f"is named {suffix} but holds {found}; {if_word}rename it to end in {right} and load that"
        )
    if found == sniff.TEXT:
        if not data.strip():
            raise EmptyDocumentError(path, "holds nothing but white space; copy or download it again")
        raise UnsupportedTypeError(
            path,
            f"is named {suffix} but does not begin as such a file does; "
            "if it is text, rename it to end in .txt, otherwise copy or download it again",
        )
    raise UnsupportedTypeError(path, f"is named {suffix} but holds {found}; give a file that holds text")
