"""Markdown: headings, fenced code, front matter and comments; the rest stays as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.documents.blocks import sections_of, title_of
from knowledge.documents.markdown_spans import spans
from knowledge.documents.model import Block, StoredDocument

_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\n(?P<body>.*?)^(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"^(title|published|date)[ \t]*[:=](.+)$", re.IGNORECASE | re.MULTILINE)
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_ATX = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*")
_NOT_A_PARAGRAPH = re.compile(r" {4,}|\t| {0,3}(?:[-*+>|]|\d{1,9}[.)][ \t])")
_REFERENCE = re.compile(r" {0,3}\[[^\]]+\]:[ \t]*\S.*")


@dataclass(frozen=True)
class _Line:
    text: str
    start: int
    end: int


def read_markdown(text: str) -> StoredDocument:
    """A Markdown file; sections are slices of `text` itself, in the writer's own marks."""
    front = _FRONT.match(text)
    fields = {name.lower(): value.strip("\"' \t") for name, value in _FIELD.findall(front["body"])} if front else {}
    breaks: list[int] = []
    blocks: list[Block] = []
    for span in spans(text, front.end() if front else 0):
        if span.kind == "text":
            blocks += _headed(text, span.start, span.end, breaks)
        elif span.kind == "code":
            blocks += _text_block(text, span.start, span.end)
        else:
            breaks.append(span.start)
    first = next((block for block in blocks if block.level == 1), None)
    title = title_of(fields.get("title") or (first.text if first else ""))
    date = _DATE.match(fields.get("published") or fields.get("date") or "")
    return StoredDocument(text, title or None, date[0] if date else None, sections_of(blocks, breaks))


def _headed(text: str, start: int, end: int, breaks: list[int]) -> Iterator[Block]:
    """Headings and text of a span without code fences and hidden parts. Link definitions go to `breaks`."""
    run = start  # where the text since the last heading begins
    before: list[_Line] = []  # the lines of the paragraph above, which an underline would make a heading
    for line in _lines(text, start, end):
        atx = _ATX.match(line.text)
        if atx is not None:
            yield from _text_block(text, run, line.start)
            if title := _without_closing_marks(line.text[atx.end() :].strip()):
                yield Block(title, level=len(atx[1]), start=line.start, end=line.end)
            run, before = line.end, []
        elif before and (under := _SETEXT.fullmatch(line.text)):
            yield from _text_block(text, run, before[0].start)
            title = " ".join(part.text.strip() for part in before)
            yield Block(title, level=1 if under[1][0] == "=" else 2, start=before[0].start, end=line.end)
            run, before = line.end, []
        elif _REFERENCE.fullmatch(line.text) and not before:
            yield from _text_block(text, run, line.start)
            breaks.append(line.start)
            run = line.end
        elif not line.text.strip() or (not before and _NOT_A_PARAGRAPH.match(line.text)):
            before = []
        else:
            before.append(line)
    yield from _text_block(text, run, end)


def _without_closing_marks(title: str) -> str:
    """A heading without the "##" that some writers end it with; "C#" keeps its mark."""
    bare = title.rstrip("#")
    return bare.rstrip() if not bare or bare[-1] in " \t" else title


def _text_block(text: str, start: int, end: int) -> Iterator[Block]:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        begin = start + len(piece) - len(piece.lstrip())
        yield Block(stripped, start=begin, end=begin + len(stripped))


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    """Lines without their line end; `end` of each is past it."""
    while start < end:
        stop = text.find("\n", start, end)
        after = end if stop < 0 else stop + 1
        yield _Line(text[start : end if stop < 0 else stop], start, after)
        start = after
