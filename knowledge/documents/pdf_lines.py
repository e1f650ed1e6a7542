"""The visible lines of a PDF page, with their size and place, and the page furniture among them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.documents.blocks import one_line
from knowledge.documents.pdf_visibility import VisibilityTracker, multiply

EDGE_LINES = 3  # how many lines from the top and the bottom of a page can be a header or footer
MIN_SHARE = 1 / 3  # of the pages; left and right pages may carry different headers

_HEAVY = ("bold", "black", "heavy", "semibd")
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:page|p\.?)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?[\W_]*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Line:
    """One line. `size` in points, `y` the height of its baseline on the page, `bold` when all of it is."""

    text: str
    size: float
    y: float
    bold: bool


@dataclass(frozen=True)
class _Piece:
    """Text that the page draws in one font; "\n" for the end of a line."""

    text: str
    size: float
    y: float
    bold: bool


def visible_lines(page: Any) -> list[Line]:
    """The visible lines of a pypdf page, in the order in which the page draws them."""
    left, bottom, right, top = (float(value) for value in page.cropbox)
    tracker = VisibilityTracker((left, bottom, right, top), page.get("/Resources"))
    pieces: list[_Piece] = []

    def collect(text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        place = multiply(multiply(tm, cm), tracker.base)
        points = abs(size) * math.hypot(place[2], place[3])
        name = str(font.get("/BaseFont", "")).lower() if font is not None else ""
        bold = any(weight in name for weight in _HEAVY)
        for index, part in enumerate(text.split("\n")):
            if index:
                pieces.append(_Piece("\n", 0.0, place[5], bold))
            if part:
                pieces.append(_Piece(part, points, place[5], bold))

    page.extract_text(visitor_operand_before=tracker.before, visitor_operand_after=tracker.after, visitor_text=collect)
    return list(_assemble(pieces))


def _assemble(pieces: Sequence[_Piece]) -> Iterator[Line]:
    current: list[_Piece] = []
    for piece in [*pieces, _Piece("\n", 0.0, 0.0, False)]:
        if piece.text != "\n":
            current.append(piece)
            continue
        text = one_line("".join(part.text for part in current))
        inked = [part for part in current if part.text.strip()]
        current = []
        if text and inked:
            sizes: Counter[float] = Counter()
            for part in inked:
                sizes[round(part.size, 1)] += len(part.text)
            yield Line(text, sizes.most_common(1)[0][0], inked[0].y, all(part.bold for part in inked))


def without_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Drop headers and footers that recur at one height over the pages, and lines that are only a page number."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counts.update({_shape(line) for line in [*_from_top(page), *_from_bottom(page)]})
    needed = max(2, math.ceil(len(pages) * MIN_SHARE))
    running = {shape for shape, count in counts.items() if count >= needed}
    return [_trim(page, running) for page in pages]


def _trim(page: Sequence[Line], running: set[tuple[str, int]]) -> list[Line]:
    """Lines of a page without those at its edges, from the outermost inwards, that are furniture."""
    dropped: set[int] = set()
    for edge in (_from_top(page), _from_bottom(page)):
        for line in edge:
            if not (_shape(line) in running or _PAGE_NUMBER.fullmatch(line.text)):
                break
            dropped.add(id(line))
    return [line for line in page if id(line) not in dropped]


def _from_top(page: Sequence[Line]) -> list[Line]:
    """The topmost lines by place on the page, since a header is often drawn last."""
    return sorted(page, key=lambda line: -line.y)[:EDGE_LINES]


def _from_bottom(page: Sequence[Line]) -> list[Line]:
    return sorted(page, key=lambda line: line.y)[:EDGE_LINES]


def _shape(line: Line) -> tuple[str, int]:
    """What headers and footers have in common: the words with numbers made equal, and the height in points."""
    return _DIGITS.sub("#", line.text.casefold()), round(line.y)
