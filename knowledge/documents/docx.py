"""DOCX: paragraphs, headings by style, tables row by row; what Word does not show is left out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.documents.archive import check_archive
from knowledge.documents.blocks import lay_out, one_line, sections_of, title_of
from knowledge.documents.docx_styles import Styles
from knowledge.documents.model import Block, Limits, StoredDocument
from knowledge.errors import UnsupportedTypeError

TITLE_LEVEL = 1

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_SHOWN = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", _FALLBACK})
_BREAKS = frozenset({f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}ptab"})
_CONTENTS_STYLE = re.compile(r"(?:toc|contents|table of figures)\b", re.IGNORECASE)


def read_docx(data: bytes, path: Path, limits: Limits) -> StoredDocument:
    """A Word document; headers, footers, tables of contents, deleted and hidden text are left out.

    Raises UnsafeArchiveError, EncryptedDocumentError or UnsupportedTypeError before anything is unpacked.
    """
    check_archive(data, path, limits)
    from docx import Document

    try:
        document: Any = Document(io.BytesIO(data))
    except ValueError as error:
        if "content type" not in str(error):
            raise
        raise UnsupportedTypeError(
            path, "is a Word template or a document with macros; save it as an ordinary .docx and load that"
        ) from error
    styles = Styles(document)
    blocks = [block for block in _blocks(document.element.body, styles) if block.text]
    stored, placed = lay_out(blocks)
    heading = min((block for block in blocks if block.level), key=lambda block: block.level, default=None)
    title = title_of(heading.text if heading is not None else document.core_properties.title or "")
    return StoredDocument(stored, title or None, None, sections_of(placed))


def _blocks(container: Any, styles: Styles) -> Iterator[Block]:
    """Blocks of a body, a content control or a text box, in order."""
    for element in container.iterchildren():
        if element.tag == f"{_W}p":
            yield from _paragraph(element, styles)
        elif element.tag == f"{_W}tbl":
            yield from _rows(element, styles)
        elif _is_content(element):
            yield from _blocks(element, styles)


def _paragraph(paragraph: Any, styles: Styles) -> Iterator[Block]:
    style = styles.of_paragraph(paragraph)
    if style is not None and _CONTENTS_STYLE.match(styles.name(style)):
        return
    level = styles.heading_level(paragraph)
    title = style is not None and styles.name(style).lower() == "title"
    yield Block(_text(paragraph, styles), level=TITLE_LEVEL if title else level + TITLE_LEVEL if level else 0)
    for box in paragraph.iter(f"{_W}txbxContent"):
        in_fallback = any(ancestor.tag == _FALLBACK for ancestor in box.iterancestors())
        if not in_fallback and next(box.iterancestors(f"{_W}p")) is paragraph:
            yield from _blocks(box, styles)


def _rows(table: Any, styles: Styles) -> Iterator[Block]:
    """One block a row, cells separated by " | "; a merged cell counts once."""
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table or row.find(f"{_W}trPr/{_W}hidden") is not None:
            continue
        cells = (
            " ".join(block.text for block in _blocks(cell, styles) if block.text)
            for cell in row.iter(f"{_W}tc")
            if next(cell.iterancestors(f"{_W}tr")) is row
        )
        yield Block(" | ".join(cell for cell in cells if cell))


def _text(paragraph: Any, styles: Styles) -> str:
    return one_line("".join(_run_text(run) for run in _runs(paragraph) if styles.is_shown(run, paragraph)))


def _runs(element: Any) -> Iterator[Any]:
    """Runs of a paragraph in order, also inside links, fields and tracked insertions."""
    for child in element.iterchildren():
        if child.tag == f"{_W}r":
            yield child
        elif _is_content(child):
            yield from _runs(child)


def _is_content(element: Any) -> bool:
    """Whether to look inside an element: not in deleted text, nor in a form field that still asks to be filled in."""
    if not isinstance(element.tag, str) or element.tag in _NOT_SHOWN:
        return False
    return element.find(f"{_W}sdtPr/{_W}showingPlcHdr") is None


def _run_text(run: Any) -> str:
    pieces: list[str] = []
    for child in run.iterchildren():
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag in _BREAKS:
            pieces.append(" ")
        elif child.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
    return "".join(pieces)
