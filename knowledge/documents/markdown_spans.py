"""What of a Markdown file is text, what is fenced code and what a reader would not see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.documents.hidden import is_hidden_style

_TOKEN = re.compile(
    r"^ {0,3}(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*$"
    r"|(?P<ticks>`{1,8})(?!`)[^\n]{1,300}?(?<!`)(?P=ticks)(?!`)"
    r"|(?P<comment><!--)"
    r"|<(?P<tag>[a-z][a-z0-9-]{0,20})(?P<attributes>(?:\s[^<>]{0,500})?)>",
    re.MULTILINE | re.IGNORECASE,
)
_NEVER_SHOWN = frozenset({"script", "style", "template", "noscript"})
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_HIDDEN_ATTRIBUTE = re.compile(r"\s(?:hidden(?=[\s=/]|$)|aria-hidden\s*=\s*[\"']?true)", re.IGNORECASE)
_STYLE = re.compile(r"\sstyle\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+))", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """`text[start:end]` and what it is. Fence lines are left out, as comments and hidden elements are."""

    start: int
    end: int
    kind: Literal["text", "code", "left out"]


def spans(text: str, offset: int) -> Iterator[Span]:
    """Spans of `text` from `offset` on, in order. Takes time in proportion to the length of the text."""
    at = offset  # where the running span of text begins
    match = _TOKEN.search(text, offset)
    while match is not None:
        if match["fence"]:
            yield Span(at, match.start(), "text")
            close = _closing_fence(text, match.end(), match["fence"])
            yield Span(match.start(), match.end(), "left out")
            yield Span(match.end(), close[0], "code")
            yield Span(*close, "left out")
            at = close[1]
        elif (end := _hidden_until(text, match)) is not None:
            yield Span(at, match.start(), "text")
            yield Span(match.start(), end, "left out")
            at = end
        match = _TOKEN.search(text, max(at, match.end()))
    yield Span(at, len(text), "text")


def _closing_fence(text: str, start: int, fence: str) -> tuple[int, int]:
    """Span of the closing fence line; of nothing at the end of the text when there is none."""
    mark = re.escape(fence[0])
    match = re.compile(rf"^ {{0,3}}{mark}{{{len(fence)},}}[ \t]*$", re.MULTILINE).search(text, start)
    return match.span() if match else (len(text), len(text))


def _hidden_until(text: str, match: re.Match[str]) -> int | None:
    """Where the hidden part that opens at `match` ends; None when nothing hidden opens there."""
    if match["comment"]:
        close = text.find("-->", match.end())
        if close >= 0:
            return close + 3
        at_line_start = not text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
        return len(text) if at_line_start else None
    if not match["tag"]:
        return None
    tag, attributes = match["tag"].lower(), match["attributes"]
    if tag in _VOID or attributes.endswith("/"):
        return None
    style = _STYLE.search(attributes)
    if (
        tag in _NEVER_SHOWN
        or _HIDDEN_ATTRIBUTE.search(attributes)
        or (style and is_hidden_style(next(value for value in style.groups() if value is not None)))
    ):
        return _element_end(text, tag, match.end())
    return None


def _element_end(text: str, tag: str, start: int) -> int:
    """Offset after the element's own closing tag; the end of the text when it is never closed."""
    depth = 1
    for match in re.compile(rf"<(/?){tag}\b[^<>]*>", re.IGNORECASE).finditer(text, start):
        depth += -1 if match[1] else 1
        if depth == 0:
            return match.end()
    return len(text)
