"""Plain text: paragraphs between blank lines, headings by their look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from knowledge.documents.blocks import sections_of, title_of
from knowledge.documents.furniture import (
    MAX_HEADING_WORDS,
    ends_a_sentence,
    is_label,
    key_of,
    without_furniture,
)
from knowledge.documents.model import Block, StoredDocument

TITLE_LEVEL = 1
HEADING_LEVEL = 2
MIN_LIST_LINES = 3

_LINE = re.compile(r"[^\n]+")
_UNDERLINE = re.compile(r"\s*([=\-~*_#])\1{2,}\s*")
_LIST_ITEM = re.compile(r"\s*(?:[-*•–+]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_UNWRAPPED_LENGTH = 240  # a line longer than any screen: each line is a paragraph of its own


def read_plain(text: str) -> StoredDocument:
    """A plain text file; sections are slices of `text` itself."""
    paragraphs = list(_paragraphs(text))
    title_at = _title_at(paragraphs)
    blocks = _without_false_headings([_levelled(index, title_at, paragraphs) for index in range(len(paragraphs))])
    title = title_of(blocks[title_at].text).rstrip(".") if title_at is not None else None
    kept = without_furniture(blocks, title)
    if not any(block.level == 0 for block in kept):  # nothing but short lines: they are the content
        kept, title = [block for block in paragraphs if not is_label(block.text)] or paragraphs, None
    dropped = {block.start for block in blocks} - {block.start for block in kept}
    return StoredDocument(text, title, None, sections_of(kept, dropped))


def _paragraphs(text: str) -> Iterator[Block]:
    """Runs of lines between blank lines; navigation labels, and lines of unwrapped text, stand for themselves."""
    lines = [match for match in _LINE.finditer(text) if match[0].strip()]
    unwrapped = any(match.end() - match.start() > _UNWRAPPED_LENGTH for match in lines)
    start: int | None = None
    end = 0
    for match in lines:
        alone = unwrapped or is_label(match[0])
        if start is not None and (alone or text[end : match.start()] != "\n"):
            yield _block(text, start, end)
            start = None
        if alone:
            yield _block(text, match.start(), match.end())
            continue
        start, end = (match.start() if start is None else start), match.end()
    if start is not None:
        yield _block(text, start, end)


def _block(text: str, start: int, end: int) -> Block:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Block(piece.strip(), start=start, end=start + len(piece.strip()))


def _title_at(blocks: Sequence[Block]) -> int | None:
    """Index of the title: a single line, before any other text, that looks like a heading or is shown again below."""
    times = Counter(key_of(block.text) for block in blocks)
    for index, block in enumerate(blocks):
        if is_label(block.text):
            continue
        again = times[key_of(block.text)] > 1 and "\n" not in block.text
        if again or _looks_like_heading(block.text):
            return index
        return None
    return None


def _levelled(index: int, title_at: int | None, blocks: Sequence[Block]) -> Block:
    block = blocks[index]
    if index == title_at:
        return replace(block, level=TITLE_LEVEL)
    following = blocks[index + 1].text if index + 1 < len(blocks) else ""
    if _looks_like_heading(block.text) and (not _is_item(block.text) or _is_prose(following)):
        return replace(block, level=HEADING_LEVEL)
    return block


def _without_false_headings(blocks: Sequence[Block]) -> list[Block]:
    """Three or more short lines on end between paragraphs are a list; only the last can be a heading."""
    result = list(blocks)
    start = next((index for index, block in enumerate(blocks) if not block.level), len(blocks))
    for level, group in groupby(range(start, len(blocks)), key=lambda index: blocks[index].level):
        run = list(group)
        if level and len(run) >= MIN_LIST_LINES and run[-1] + 1 < len(blocks):
            for index in run[:-1]:
                result[index] = replace(blocks[index], level=0)
    return result


def _is_item(text: str) -> bool:
    return _LIST_ITEM.match(text) is not None


def _is_prose(text: str) -> bool:
    return ends_a_sentence(text) and not _is_item(text)


def _looks_like_heading(text: str) -> bool:
    first, _, rest = text.partition("\n")
    if rest:
        return _UNDERLINE.fullmatch(rest) is not None
    starts = first.lstrip("#*_ \t\"'“‘(")[:1]
    return (
        len(text.split()) <= MAX_HEADING_WORDS
        and not ends_a_sentence(text)
        and not text.endswith(",")
        and not text.startswith(("-", "*", "•", "–", "+"))
        and (starts.isupper() or starts.isdigit())
    )
