"""What a file holds, by its first bytes, and the decoding of text."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from knowledge.errors import CorruptDocumentError, UnsupportedTypeError

TEXT = "text"
PDF = "a PDF"
ZIP = "a ZIP archive"
OLE = "an old Office or password-protected document"

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3\x00", "a database"),
)
_MARKUP = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_DECLARED_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ORDINARY_CONTROLS = frozenset("\t\n\r\f\v\x1a")


def kind_of(data: bytes) -> str:
    """The kind of content: TEXT for anything that carries no known signature."""
    if data.lstrip()[:5] == b"%PDF-" or (b"%PDF-" in data[:1024] and b"endobj" in data):
        return PDF
    for signature, kind in _SIGNATURES:
        if data.startswith(signature) and not (signature == b"MZ" and _is_plain(data[:512])):
            return kind
    return TEXT


def decode(data: bytes, path: Path, *, markup: bool = False) -> str:
    """Text of `data` with "\\n" line ends: UTF-8 with or without a byte order mark, UTF-16 with one, else cp1252.

    With `markup`, the encoding that a page of HTML declares is tried before cp1252.
    Raises UnsupportedTypeError for bytes that are not text, CorruptDocumentError for UTF-16 cut in mid-character.
    """
    text = _decode(data, path, markup)
    if _is_binary(text):
        raise _not_text(path)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_web_page(text: str) -> bool:
    """Whether a text begins as an HTML page does."""
    return _MARKUP.match(text[:4096]) is not None


def _decode(data: bytes, path: Path, markup: bool) -> str:
    if data.startswith(_UTF16_MARKS):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise CorruptDocumentError(
                path, "the text breaks off or is damaged (UTF-16); save it again as UTF-8 and load that"
            ) from error
    declared = _declared(data) if markup else None
    for encoding in ("utf-8-sig", declared, "cp1252"):
        if encoding is None:
            continue
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):  # LookupError: unknown, or not an encoding of text
            continue
    raise _not_text(path)


def _declared(data: bytes) -> str | None:
    match = _DECLARED_CHARSET.search(data[:2048])
    return match[1].decode("ascii") if match else None


def _is_binary(text: str) -> bool:
    controls = sum(character < " " and character not in _ORDINARY_CONTROLS for character in text)
    return "\0" in text or controls * 100 > len(text)


def _is_plain(data: bytes) -> bool:
    return not any(byte < 32 and chr(byte) not in _ORDINARY_CONTROLS for byte in data)


def _not_text(path: Path) -> UnsupportedTypeError:
    return UnsupportedTypeError(
        path, "holds binary data, not text; open it in the program that made it and save it as text, .docx or .pdf"
    )
