"""Documents of every kind, made for the tests, and views of what was read from them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from docx import Document as WordDocument
from reportlab.pdfgen.canvas import Canvas

from knowledge.documents import StoredDocument

Write = Callable[[str, bytes | str], Path]


def content(document: StoredDocument) -> str:
    return "\n".join(document.text[section.start : section.end] for section in document.sections)


def by_path(document: StoredDocument) -> dict[str, str]:
    found: dict[str, str] = {}
    for section in document.sections:
        found[section.path] = found.get(section.path, "") + document.text[section.start : section.end] + "\n"
    return found


def pdf_bytes(*pages: Callable[[Canvas], None], title: str | None = None) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=True)
    if title:
        canvas.setTitle(title)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def put(canvas: Canvas, y: float, text: str, size: float = 11, font: str = "Helvetica", x: float = 72) -> None:
    canvas.setFont(font, size)
    canvas.drawString(x, y, text)


def word_bytes(fill: Callable[[WordDocument], object]) -> bytes:
    document = WordDocument()
    fill(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def zip_bytes(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


def html(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


SIMPLE_PDF = pdf_bytes(lambda canvas: put(canvas, 700, "Rota data stays within the trust."))
SIMPLE_WORD = word_bytes(lambda document: document.add_paragraph("Rota data stays within the trust."))
SIMPLE_HTML = html("<h1>Rota policy</h1><p>Rota data stays within the trust.</p>")
