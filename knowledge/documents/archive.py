"""Checks of a .docx as the ZIP archive that it is, before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from knowledge.documents.model import MEBIBYTE, Limits
from knowledge.errors import EncryptedDocumentError, UnsafeArchiveError, UnsupportedTypeError

_ADVICE = "if you trust it, open it in Word, save it as a new file and load that"
_ENCRYPTED_FLAG = 0x1
_OTHER_CONTENT = (
    ("xl/", "an Excel workbook; save the sheet as text or PDF and load that"),
    ("ppt/", "a PowerPoint presentation; save it as PDF and load that"),
    ("content.xml", "an OpenDocument file; save it as .docx and load that"),
    ("META-INF/container.xml", "an e-book; save its text as .docx or .txt and load that"),
)


def check_archive(data: bytes, path: Path, limits: Limits) -> None:
    """Raise UnsafeArchiveError for a bomb, EncryptedDocumentError for a locked archive, UnsupportedTypeError for
    one that is not a Word document, and zipfile.BadZipFile for a damaged one. Archives inside are not opened."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
    if len(entries) > limits.archive_entries:
        raise UnsafeArchiveError(path, f"holds more than {limits.archive_entries:,} parts; {_ADVICE}")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes:
        raise UnsafeArchiveError(
            path,
            f"would unpack to {unpacked // MEBIBYTE:,} MB, over the limit of {limits.unpacked_bytes // MEBIBYTE:,} MB; "
            f"{_ADVICE}",
        )
    if unpacked > limits.ratio_free_bytes and unpacked > limits.unpack_ratio * len(data):
        raise UnsafeArchiveError(path, f"would unpack to {unpacked // max(1, len(data)):,} times its size; {_ADVICE}")
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise EncryptedDocumentError(path, "needs a password; save a copy without one and load that")
    names = [entry.filename for entry in entries]
    if "word/document.xml" in names:
        return
    for beginning, what in _OTHER_CONTENT:
        if any(name.startswith(beginning) for name in names):
            raise UnsupportedTypeError(path, f"is not a Word document but {what}")
    raise UnsupportedTypeError(path, "is a ZIP archive, not a Word document; unpack it and load the files in it")
