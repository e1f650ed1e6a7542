"""PDF: visible text line by line, joined to paragraphs; headings by size and weight."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from knowledge.documents.blocks import lay_out, sections_of, title_of
from knowledge.documents.furniture import ends_a_sentence
from knowledge.documents.model import Block, Limits, StoredDocument
from knowledge.documents.pdf_lines import Line, visible_lines, without_running_lines
from knowledge.errors import (
    CorruptDocumentError,
    DocumentTooLargeError,
    EmptyDocumentError,
    EncryptedDocumentError,
    UnsafeArchiveError,
)

HEADING_SCALE = 1.15  # this much larger than the body is a heading
MAX_LEVELS = 6
MAX_HEADING_WORDS = 20
MAX_BOLD_HEADING_WORDS = 12
SAME_SIZE = 0.1  # lines of one paragraph may differ by this share
PARAGRAPH_GAP = 1.25  # of the usual distance between lines

_LINEARIZED = re.compile(rb"/Linearized\b[^>]*?/L\s+(\d+)")
_LIST_ITEM = re.compile(r"(?:[-•*–▪●○]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_FILE_NAME = re.compile(r"(?:microsoft word - .*|untitled.*|.*\.(?:docx?|pdf|pptx?|xlsx?|indd|rtf|odt))", re.IGNORECASE)


def read_pdf(data: bytes, path: Path, limits: Limits) -> StoredDocument:
    """The visible text of a PDF, a section for each heading and page.

    Raises CorruptDocumentError, EncryptedDocumentError, DocumentTooLargeError, UnsafeArchiveError (a bomb), and
    EmptyDocumentError when the pages hold no visible text (scans).
    """
    _check_complete(data, path)
    from pypdf.errors import LimitReachedError

    try:
        return _read_complete(data, path, limits)
    except LimitReachedError as error:
        raise UnsafeArchiveError(
            path,
            "would unpack to far more than its size; if you trust it, print it to a new PDF and load that",
        ) from error


def _read_complete(data: bytes, path: Path, limits: Limits) -> StoredDocument:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    _unlock(reader, path)
    if len(reader.pages) > limits.pages:
        raise DocumentTooLargeError(
            path,
            f"has {len(reader.pages):,} pages; the limit is {limits.pages:,}; split it and load the parts you need",
        )
    pages = _read_pages(reader, path, limits)
    if not any(pages):
        raise EmptyDocumentError(
            path,
            "its pages hold no visible text; it is probably scanned. Run text recognition (OCR) on it, save the result "
            "as .docx or .txt and load that (the invisible text that some scanners add is not read)",
        )
    blocks = _join_pages(list(_blocks(without_running_lines(pages))))
    stored, placed = lay_out(blocks)
    return StoredDocument(stored, _title(reader, blocks), None, sections_of(placed))


def _check_complete(data: bytes, path: Path) -> None:
    linearized = _LINEARIZED.search(data[:1024])
    cut = linearized is not None and int(linearized[1]) > len(data)
    if cut or b"%%EOF" not in data or b"startxref" not in data:
        raise CorruptDocumentError(path, "the PDF breaks off before its end; download or copy it again and load that")


def _unlock(reader: Any, path: Path) -> None:
    """Open a PDF that is locked against changes only; refuse one that needs a password to be read."""
    if not reader.is_encrypted:
        return
    from pypdf.errors import DependencyError, PyPdfError

    try:
        opened = bool(reader.decrypt(""))
    except (DependencyError, PyPdfError, NotImplementedError):
        opened = False
    if not opened:
        raise EncryptedDocumentError(
            path, "is encrypted; open it with its password, save a copy without one and load that"
        )


def _read_pages(reader: Any, path: Path, limits: Limits) -> list[list[Line]]:
    pages: list[list[Line]] = []
    characters = 0
    for page in reader.pages:
        lines = visible_lines(page)
        characters += sum(len(line.text) for line in lines)
        if characters > limits.characters:
            raise DocumentTooLargeError(
                path, f"holds more than {limits.characters:,} characters of text; split it and load the parts you need"
            )
        pages.append(lines)
    return pages


def _blocks(pages: Sequence[Sequence[Line]]) -> Iterator[Block]:
    """Paragraphs and headings of each page."""
    lines = [line for page in pages for line in page]
    levels = _levels(lines)
    gap = _usual_gap(pages)
    words = {word.casefold() for line in lines for word in line.text.split()}
    for number, page in enumerate(pages, start=1):
        run: list[Line] = []
        for line in page:
            if run and _begins_block(run[-1], line, gap):
                yield _block(run, levels, number, words)
                run = []
            run.append(line)
        if run:
            yield _block(run, levels, number, words)


def _levels(lines: Sequence[Line]) -> dict[float, int]:
    """Heading level of each size of type that is larger than the body's, the largest first."""
    characters: Counter[float] = Counter()
    for line in lines:
        characters[line.size] += len(line.text)
    body = characters.most_common(1)[0][0] if characters else 0.0
    larger = sorted((size for size in characters if size > body * HEADING_SCALE), reverse=True)
    return {size: min(rank, MAX_LEVELS) for rank, size in enumerate(larger, start=1)}


def _usual_gap(pages: Sequence[Sequence[Line]]) -> float:
    """The commonest distance between baselines of one page, in sizes of the type."""
    gaps: Counter[float] = Counter()
    for page in pages:
        for above, below in pairwise(page):
            if above.size == below.size > 0 and above.y > below.y:
                gaps[round((above.y - below.y) / below.size, 1)] += 1
    usual = gaps.most_common(1)[0][0] if gaps else 1.2
    return min(usual, 2.2)  # where every line is a paragraph the commonest distance is not that of lines


def _begins_block(above: Line, below: Line, gap: float) -> bool:
    same_size = abs(above.size - below.size) <= SAME_SIZE * below.size
    if not same_size or above.bold != below.bold or _LIST_ITEM.match(below.text):
        return True
    distance = (above.y - below.y) / max(below.size, 1.0)
    return distance > gap * PARAGRAPH_GAP or distance < -gap  # further down, or back up to another column


def _block(run: Sequence[Line], levels: dict[float, int], page: int, words: set[str]) -> Block:
    text = run[0].text
    for line in run[1:]:
        text = _join(text, line.text, words)
    return Block(text, level=_heading_level(text, run[0], levels), page=page)


def _heading_level(text: str, line: Line, levels: dict[float, int]) -> int:
    length = len(text.split())
    if sum(character.isalpha() for character in text) < 2:  # an initial, or figures
        return 0
    if line.size in levels and length <= MAX_HEADING_WORDS:
        return levels[line.size]
    if line.bold and length <= MAX_BOLD_HEADING_WORDS and not ends_a_sentence(text):
        return min(len(levels), MAX_LEVELS) + 1
    return 0


def _join(text: str, following: str, words: set[str]) -> str:
    """Two lines as one; a word broken at a hyphen is mended when the document has it whole elsewhere."""
    if not (text.endswith("-") and len(text) > 1 and text[-2].isalpha() and following[:1].islower()):
        return f"{text} {following}"
    first, second = text.split()[-1][:-1], following.split()[0]
    whole = f"{first}{second}".casefold()
    return f"{text[:-1]}{following}" if whole in words or whole.rstrip(".,;:)") in words else f"{text}{following}"


def _join_pages(blocks: Sequence[Block]) -> list[Block]:
    """Join a paragraph that runs on over the end of a page."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.page != block.page
            and not last.level
            and not block.level
            and not ends_a_sentence(last.text)
            and block.text[:1].islower()
        ):
            joined[-1] = replace(last, text=f"{last.text} {block.text}")
        else:
            joined.append(block)
    return joined


def _title(reader: Any, blocks: Sequence[Block]) -> str | None:
    declared = reader.metadata.title if reader.metadata is not None else None
    title = title_of(declared) if isinstance(declared, str) else ""
    if title and not _FILE_NAME.fullmatch(title):
        return title
    first_page = [block for block in blocks if block.level and block.page == 1]
    return title_of(min(first_page, key=lambda block: block.level).text) if first_page else None
