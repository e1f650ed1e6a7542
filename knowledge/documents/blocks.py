"""From blocks to a stored text with sections."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from knowledge.documents.model import Block, Section

PATH_SEPARATOR = " > "
MAX_TITLE_CHARACTERS = 200  # a longer heading is cut, since every section below carries it in its path
_KEPT_CONTROLS = "\t\n"
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co"})  # controls, invisible marks, lone surrogates, private use


def visible(text: str) -> str:
    """`text` without characters that draw nothing (zero-width marks, tags, direction overrides, surrogates)."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character
        for character in text
        if character in _KEPT_CONTROLS or unicodedata.category(character) not in _DROPPED_CATEGORIES
    )


def one_line(text: str) -> str:
    """Visible characters of `text`, each run of white space one space."""
    return " ".join(visible(text).split())


def title_of(text: str) -> str:
    """A heading or title on one line, cut where it is absurdly long."""
    line = one_line(text)
    return line if len(line) <= MAX_TITLE_CHARACTERS else line[: MAX_TITLE_CHARACTERS - 1].rstrip() + "…"


def lay_out(blocks: Iterable[Block]) -> tuple[str, list[Block]]:
    """Join blocks with blank lines; the blocks come back with their offsets in the joined text."""
    pieces: list[str] = []
    placed: list[Block] = []
    offset = 0
    for block in blocks:
        placed.append(replace(block, start=offset, end=offset + len(block.text)))
        pieces.append(block.text)
        offset += len(block.text) + 2
    return "\n\n".join(pieces), placed


def sections_of(blocks: Iterable[Block], breaks: Iterable[int] = ()) -> tuple[Section, ...]:
    """Sections of placed blocks: one for each run of text under one heading and on one page.

    `breaks` are offsets of text that was left out: no section reaches across one.
    """
    headings: list[tuple[int, str]] = []
    sections: list[Section] = []
    cuts = sorted(breaks)
    cut = 0
    fresh = True  # whether the next text block begins a section of its own
    for block in blocks:
        while cut < len(cuts) and cuts[cut] < block.start:
            cut, fresh = cut + 1, True
        if block.level:
            headings = [(level, title) for level, title in headings if level < block.level]
            headings.append((block.level, title_of(block.text)))
            fresh = True
        elif fresh or sections[-1].page != block.page:
            path = PATH_SEPARATOR.join(title for _, title in headings)
            sections.append(Section(path, block.start, block.end, block.page))
            fresh = False
        else:
            sections[-1] = replace(sections[-1], end=block.end)
    return tuple(sections)
