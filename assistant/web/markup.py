"""Turns words into safe HTML: nothing that comes from a user or a source is ever read as markup."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Collection, Iterable
from html import escape
from itertools import groupby

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9\s]")
_MARKER = re.compile(r"\[(\d{1,3})\]")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_ASIDE = re.compile(r"\*(\([^*]+\))\*")
_LEAD = re.compile(r"^(?:[-*]|\d+\.|#{1,6}|>) +")

Link = Callable[[int], str]


def plain_message(text: str) -> str:
    """A user's words for the chat, which reads Markdown: every sign that could mean something becomes a reference."""
    flush = "\n".join(line.strip() for line in text.splitlines())
    return _NOT_PLAIN.sub(lambda match: f"&#{ord(match[0])};", flush)


def anchor(answer_id: str, number: int) -> str:
    """The id of a citation on the page."""
    return f"cite-{answer_id}-{number}"


def citation_link(answer_id: str, number: int) -> str:
    """A [n] marker that opens the citation."""
    return f'<a class="cite" href="#{escape(anchor(answer_id, number))}">[<span class="vh">source </span>{number}]</a>'


def citation_links(answer_id: str, numbers: Iterable[int]) -> str:
    """Markers in a row, each with a space before it."""
    return "".join(" " + citation_link(answer_id, number) for number in numbers)


def answer_html(text: str, answer_id: str, numbers: Collection[int]) -> str:
    """An answer's Markdown as HTML on one line.

    Only paragraphs, lists, quotes, headings, strong text, asides and the markers in `numbers` mean anything; the rest
    is shown as it is written. On one line and inside a block, a Markdown reader further on leaves it alone.
    """

    def link(number: int) -> str:
        return citation_link(answer_id, number) if number in numbers else f"[{number}]"

    blocks = "".join(_block(block.splitlines(), link) for block in re.split(r"\n\s*\n", text.strip()) if block.strip())
    return f'<div class="answer">{blocks}</div>'


def _block(lines: list[str], link: Link) -> str:
    parts = []
    for kind, run in groupby((line.strip() for line in lines), key=_kind):
        inner = [inline(_LEAD.sub("", line) if kind else line, link) for line in run]
        if kind == "heading":
            parts += [f"<h3>{words}</h3>" for words in inner]
        elif kind == "item":
            parts.append(f"<ul>{''.join(f'<li>{words}</li>' for words in inner)}</ul>")
        elif kind == "quote":
            parts += [f"<blockquote>{words}</blockquote>" for words in inner]
        else:
            parts.append(f"<p>{'<br>'.join(inner)}</p>")
    return "".join(parts)


def _kind(line: str) -> str:
    lead = _LEAD.match(line)
    return {"#": "heading", ">": "quote"}.get(lead[0][0], "item") if lead else ""


def inline(text: str, link: Link) -> str:
    """One line: strong text and markers."""
    safe = _STRONG.sub(r"<strong>\1</strong>", escape(text))
    safe = _ASIDE.sub(r'<span class="aside">\1</span>', safe)
    return _MARKER.sub(lambda match: link(int(match[1])), safe)


def date_words(iso: str | None) -> str:
    """An ISO date of any precision in words: "24 November 2026", "April 2024", "2024", "undated"."""
    if not iso:
        return "undated"
    year, *rest = iso.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def outside_link(url: str, words: str) -> str:
    """A link that leaves the page; only web addresses become one."""
    if not re.fullmatch(r"https?://\S+", url):
        return escape(url)
    return (
        f'<a class="away" href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(words)}'
        '<span class="vh"> (opens in a new tab)</span></a>'
    )


def download_link(name: str, content: bytes, kind: str, words: str) -> str:
    """A link that saves `content`. The content travels in the link, so that the server writes nothing to disk."""
    data = b64encode(content).decode()
    return f'<a class="button" download="{escape(name)}" href="data:{escape(kind)};base64,{data}">{escape(words)}</a>'


def copy_button(text: str, words: str) -> str:
    """A button that puts `text` on the clipboard."""
    return f'<button type="button" class="button" data-copy="{escape(text)}">{escape(words)}</button>'


def fold(summary: str, body: str) -> str:
    """A part that opens on demand; `summary` and `body` are HTML."""
    return f'<details class="fold"><summary>{summary}</summary><div class="fold-body">{body}</div></details>'


def table(caption: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of HTML cells, the first of each row its header.

    The roles are spelt out because the narrow layout stacks the cells, which would otherwise lose them.
    """
    head = tuple(head)
    titles = "".join(f'<th role="columnheader" scope="col">{title}</th>' for title in head)
    body = "".join(f'<tr role="row">{_cells(head, row)}</tr>' for row in rows)
    return (
        f'<table role="table" class="stacks"><caption>{escape(caption)}</caption><thead role="rowgroup">'
        f'<tr role="row">{titles}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def _cells(head: Iterable[str], row: Iterable[str]) -> str:
    return "".join(_cell(number, title, cell) for number, (title, cell) in enumerate(zip(head, row, strict=True)))


def _cell(number: int, title: str, cell: str) -> str:
    tag = 'th role="rowheader" scope="row"' if number == 0 else 'td role="cell"'
    return f'<{tag}><span class="cell-title" aria-hidden="true">{title}</span><span>{cell}</span></{tag[:2]}>'
