"""Documents that are refused: each by a named error that says what to do next, in bounded time."""

from __future__ import annotations

import io
import os
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from documents_made import SIMPLE_HTML, SIMPLE_PDF, SIMPLE_WORD, Write, pdf_bytes, put, word_bytes, zip_bytes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from knowledge import errors
from knowledge.documents import DEFAULT_LIMITS, SUPPORTED, Limits, StoredDocument, read_document
from knowledge.documents.worker import extract

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    def save(name: str, data: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return save


# --- refusals -----------------------------------------------------------------------------------------------------


def encrypted_pdf() -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(SIMPLE_PDF)))
    writer.encrypt("password", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def scanned_pdf() -> bytes:
    return pdf_bytes(lambda canvas: canvas.rect(50, 50, 400, 600, fill=1))


def pdf_bomb() -> bytes:
    packed = zlib.compress(bytes(100_000_000), 9)
    page = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    page += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<<>>>>/Contents 4 0 R>>endobj "
    page += b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream endobj\n" % (len(packed), packed)
    return b"%PDF-1.4\n" + page + b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF"


BOMB = zip_bytes(word__document_xml=b"x", **{"word/document.xml": b"\0" * (30 * 1024 * 1024)})
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


@pytest.mark.parametrize(
    ("name", "data", "error", "says"),
    [
        ("a.txt", b"", errors.EmptyDocumentError, "empty"),
        ("a.pdf", b"", errors.EmptyDocumentError, "empty"),
        ("a.txt", b" \r\n\t\n", errors.EmptyDocumentError, "no text"),
        ("a.md", b"---\ntitle: x\n---\n# Only a heading\n", errors.EmptyDocumentError, "no text"),
        ("a.html", b"  \n", errors.EmptyDocumentError, "no text"),
        ("a.docx", b" \n ", errors.EmptyDocumentError, "white space"),
        ("a.docx", word_bytes(lambda document: None), errors.EmptyDocumentError, "no text"),
        ("a.pdf", scanned_pdf(), errors.EmptyDocumentError, "scanned"),
        ("a.pdf", encrypted_pdf(), errors.EncryptedDocumentError, "password"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), errors.EncryptedDocumentError, "password"),
        ("a.docx", OLE + bytes(600), errors.UnsupportedTypeError, "old Office"),
        ("a.pdf", SIMPLE_PDF[: len(SIMPLE_PDF) // 2], errors.CorruptDocumentError, "again"),
        ("a.docx", SIMPLE_WORD[: len(SIMPLE_WORD) // 2], errors.CorruptDocumentError, "again"),
        (
            "a.docx",
            zip_bytes(word__document_xml=b"x", **{"word/document.xml": b"<w"}),
            errors.CorruptDocumentError,
            "again",
        ),
        ("a.txt", "Cut off".encode("utf-16")[:-1], errors.CorruptDocumentError, "again"),
        ("a.docx", SIMPLE_PDF, errors.UnsupportedTypeError, "rename it to end in .pdf"),
        ("a.pdf", SIMPLE_WORD, errors.UnsupportedTypeError, "rename it to end in .docx"),
        ("a.txt", PNG, errors.UnsupportedTypeError, "PNG"),
        ("a.txt", SIMPLE_HTML, errors.UnsupportedTypeError, "rename it to end in .html"),
        ("a.md", bytes(range(256)), errors.UnsupportedTypeError, "binary"),
        ("a.html", b"<p>\0\1\2\3</p>", errors.UnsupportedTypeError, "binary"),
        ("a.pdf", b"Only text.", errors.UnsupportedTypeError, "rename it"),
        ("a.exe", b"MZ\x90\0", errors.UnsupportedTypeError, r"\.docx"),
        ("noending", b"text", errors.UnsupportedTypeError, "save it as"),
        ("a.docx", zip_bytes(xl__workbook=b"x"), errors.UnsupportedTypeError, "Excel"),
        ("a.docx", zip_bytes(readme=b"x"), errors.UnsupportedTypeError, "unpack it"),
        ("a.pdf", pdf_bomb(), errors.UnsafeArchiveError, "far more than its size"),
        ("a.docx", BOMB, errors.UnsafeArchiveError, "times its size"),
    ],
)
def test_refusals_are_named_and_say_what_to_do(
    write: Write, name: str, data: bytes, error: type[errors.DocumentError], says: str
) -> None:
    path = write(name, data)
    with pytest.raises(error, match=says) as caught:
        read_document(path)
    assert type(caught.value) is error
    assert str(caught.value).startswith(f"{name}: ")
    assert caught.value.path == path


def test_no_such_file_and_a_folder(tmp_path: Path) -> None:
    for name in ("missing.txt", "missing.pdf", "nul\0.txt", "x" * 400 + ".txt"):
        with pytest.raises(errors.DocumentNotFoundError, match="check the name"):
            read_document(tmp_path / name)
    with pytest.raises(errors.UnsupportedTypeError, match="folder"):
        read_document(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(errors.UnsupportedTypeError, match="ordinary file"):
        read_document(tmp_path / "pipe.txt")


@pytest.mark.parametrize(
    ("name", "data", "limits", "says"),
    [
        ("a.txt", b"x" * 2000, Limits(file_bytes=1024), "larger than"),
        ("a.txt", b"word " * 100, Limits(characters=100), "characters"),
        ("a.pdf", pdf_bytes(*[lambda canvas: put(canvas, 700, "Words.")] * 3), Limits(pages=2), "3 pages"),
        ("a.pdf", SIMPLE_PDF, Limits(characters=10), "characters"),
        ("a.html", SIMPLE_HTML, Limits(characters=10), "characters"),
    ],
)
def test_limits(write: Write, name: str, data: bytes, limits: Limits, says: str) -> None:
    with pytest.raises(errors.DocumentTooLargeError, match=says):
        read_document(write(name, data), limits)


@pytest.mark.parametrize("limits", [Limits(unpacked_bytes=1000), Limits(archive_entries=3)])
def test_archive_limits(write: Write, limits: Limits) -> None:
    with pytest.raises(errors.UnsafeArchiveError):
        read_document(write("a.docx", SIMPLE_WORD), limits)


def test_a_hostile_file_is_stopped_at_the_time_limit(write: Write) -> None:
    def endless(canvas: Canvas) -> None:
        for _ in range(30_000):
            put(canvas, 700, "The same words again and again.")

    path = write("slow.pdf", pdf_bytes(endless, endless))
    started = time.monotonic()
    with pytest.raises(errors.DocumentTimeoutError, match="longer than"):
        read_document(path, Limits(seconds=1.0))
    assert time.monotonic() - started < 5


# --- damaged files of every kind ----------------------------------------------------------------------------------

PARSED = {".pdf": SIMPLE_PDF, ".docx": SIMPLE_WORD, ".html": SIMPLE_HTML}
FUZZ = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def outcome(read: Callable[[], StoredDocument]) -> StoredDocument | str:
    """The document, or the message of the refusal; any other exception fails the test."""
    try:
        return read()
    except errors.DocumentError as error:
        return str(error)


@FUZZ
@given(suffix=st.sampled_from(sorted(SUPPORTED - {".html", ".htm"})), data=st.binary(max_size=400))
def test_random_bytes_give_a_document_or_a_document_error(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"random{suffix}"
    path.write_bytes(data)
    result = outcome(lambda: read_document(path))
    assert result.startswith("random") if isinstance(result, str) else result.sections


@FUZZ
@given(kind=st.sampled_from(sorted(PARSED)), at=st.integers(0, 10**6), junk=st.binary(max_size=60), cut=st.booleans())
def test_damaged_files_give_a_document_or_a_document_error(kind: str, at: int, junk: bytes, cut: bool) -> None:
    good = PARSED[kind]
    at %= len(good)
    damaged = good[:at] + junk + (b"" if cut else good[at + len(junk) :])
    result = outcome(lambda: extract(kind, damaged, Path(f"a{kind}"), DEFAULT_LIMITS))
    assert result.startswith(f"a{kind}: ") if isinstance(result, str) else isinstance(result.text, str)


@pytest.mark.parametrize("kind", [".pdf", ".docx", ".html"])
def test_random_bytes_behind_the_right_beginning(write: Write, kind: str) -> None:
    beginning = {".pdf": b"%PDF-1.7\n", ".docx": b"PK\x03\x04", ".html": b"<html>"}[kind]
    with pytest.raises(errors.DocumentError):
        read_document(write(f"a{kind}", beginning + bytes(range(128, 256)) * 4))
