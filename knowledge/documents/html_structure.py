"""The blocks of an HTML page by its own structure, for pages too short to tell content from menus by their text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from knowledge.documents.blocks import one_line
from knowledge.documents.model import Block

_HEADING = re.compile(r"h([1-6])")
_NOT_CONTENT = frozenset(
    [
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "option",
        "input",
        "textarea",
        "label",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "dialog",
        "menu",
        "head",
        "title",
        "meta",
        "link",
        "script",
        "style",
        "noscript",
        "template",
    ]
)
_NOT_CONTENT_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert"})
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "hgroup",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)


def structural_blocks(tree: Any) -> Iterator[Block]:
    """Headings, paragraphs, list items and table rows of the page's main part, or of all of it, without its menus."""
    mains = tree.xpath("//main | //*[@role='main']")
    yield from _walk(mains[0] if len(mains) == 1 and one_line(mains[0].text_content()) else tree)


def _walk(element: Any) -> Iterator[Block]:
    """Blocks of an element: text between block elements is a paragraph of its own."""
    inline = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str) or _is_furniture(child):
            inline.append(" ")
        elif _holds_blocks(child):
            yield from _paragraph(inline)
            inline = []
            yield from _block(child)
        else:
            inline.append(" " if child.tag == "br" else child.text_content())
        inline.append(child.tail or "")
    yield from _paragraph(inline)


def _block(element: Any) -> Iterator[Block]:
    heading = _HEADING.fullmatch(element.tag)
    if heading and (title := one_line(element.text_content())):
        yield Block(title, level=int(heading[1]))
    elif element.tag == "tr":
        cells = [one_line(cell.text_content()) for cell in element.iterchildren("td", "th")]
        yield from _paragraph([" | ".join(cell for cell in cells if cell)])
    elif not heading:
        yield from _walk(element)


def _paragraph(pieces: list[str]) -> Iterator[Block]:
    text = one_line("".join(pieces))
    if text:
        yield Block(text)


def _holds_blocks(element: Any) -> bool:
    """Whether an element is a block or has one inside: a link or span around paragraphs is opened, others are not."""
    return any(
        isinstance(inner.tag, str) and (inner.tag in _BLOCKS or _HEADING.fullmatch(inner.tag))
        for inner in element.iter()
    )


def _is_furniture(element: Any) -> bool:
    if element.tag == "header" and next(element.iterancestors("main", "article"), None) is not None:
        return False  # the header of an article holds its title
    return element.tag in _NOT_CONTENT or (element.get("role") or "").lower() in _NOT_CONTENT_ROLES
