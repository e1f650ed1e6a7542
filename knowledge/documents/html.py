"""HTML: the main content of a page through trafilatura, after everything hidden has been taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.documents.blocks import lay_out, one_line, sections_of, title_of
from knowledge.documents.furniture import without_furniture
from knowledge.documents.hidden import hidden_selectors, is_hidden_style
from knowledge.documents.html_structure import structural_blocks
from knowledge.documents.model import Block, Limits, StoredDocument
from knowledge.errors import DocumentTooLargeError

_NEVER_SHOWN = ("script", "noscript", "template", "style")
MIN_JUDGED_CHARACTERS = 1_000

_CONTAINERS = frozenset({"list", "table", "quote", "div", "body", "main", "section", "article"})
_INLINE = frozenset({"hi", "ref", "del", "code", "span"})
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def read_html(text: str, path: Path, limits: Limits) -> StoredDocument:
    """Main content of a page, with its headings; empty when there is none.

    Raises DocumentTooLargeError for elements nested deeper than `limits.html_depth`.
    """
    import trafilatura

    tree = _parse(text, path, limits)
    if tree is None:
        return StoredDocument("", None, None, ())
    _drop_hidden(tree)
    page: Any = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        include_tables=True,
        include_formatting=True,
        favor_recall=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    blocks = _content(page, tree)
    first_heading = next((block.text for block in blocks if block.level == 1), "")
    title = title_of((page.title if page is not None else None) or first_heading) or None
    stored, placed = lay_out(without_furniture(blocks, title))
    date = _DATE.match((page.date if page is not None else None) or "")
    return StoredDocument(stored, title, date[0] if date else None, sections_of(placed))


def _content(page: Any, tree: Any) -> list[Block]:
    """Blocks of the main content.

    trafilatura tells content from menus by the mass of the text. On a short page it has little to go by and may run
    headings and paragraphs together, so there, and where it lost the headings, the page's own structure counts.
    """
    extracted = [block for block in _blocks(page.body) if block.text] if page is not None else []
    own = list(structural_blocks(tree))
    is_short = sum(len(block.text) for block in extracted) < MIN_JUDGED_CHARACTERS
    lost_headings = not any(block.level for block in extracted) and any(block.level > 1 for block in own)
    return own if is_short or lost_headings else extracted


def _parse(text: str, path: Path, limits: Limits) -> Any:
    from lxml import etree, html  # type: ignore[import-untyped, unused-ignore]

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing but white space and comments
        return None
    too_deep = any("depth" in entry.message.lower() for entry in parser.error_log)
    if too_deep or _depth(tree) > limits.html_depth:
        raise DocumentTooLargeError(
            path,
            f"nests more than {limits.html_depth} elements in one another; "
            "open the page in a browser, copy its text into a .txt or .docx file and load that",
        )
    return tree


def _depth(tree: Any) -> int:
    from lxml import etree

    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _drop_hidden(tree: Any) -> None:
    """Remove from the tree, in place, every element that a browser does not show."""
    css = "\n".join(element.text or "" for element in tree.iter("style"))
    rules = hidden_selectors(css)
    for element in [element for element in tree.iter() if _is_hidden(element, rules)]:
        if element.getparent() is not None and element.tag not in ("html", "body"):
            element.drop_tree()  # keeps the text behind the element


def _is_hidden(element: Any, rules: list[tuple[str | None, tuple[str, ...], str | None]]) -> bool:
    if element.tag in _NEVER_SHOWN or "hidden" in element.attrib:
        return True
    if (element.get("aria-hidden") or "").strip().lower() == "true":
        return True
    if is_hidden_style(element.get("style") or ""):
        return True
    if not rules:
        return False
    classes = set((element.get("class") or "").split())
    return any(
        tag in (None, element.tag) and classes.issuperset(wanted) and identity in (None, element.get("id"))
        for tag, wanted, identity in rules
    )


def _blocks(container: Any) -> Iterator[Block]:
    """Blocks of trafilatura's tree: head, p, list / item, table / row / cell, quote, code; anything else is text."""
    yield Block(one_line(container.text or ""))
    for element in container:
        if element.tag == "head":
            level = (element.get("rend") or "h2").lstrip("h")
            yield Block(_text(element), level=int(level) if level.isdigit() else 2)
        elif element.tag == "row":
            cells = [_text(cell) for cell in element.iter("cell")]
            yield Block(" | ".join(cell for cell in cells if cell))
        elif element.tag in _CONTAINERS and len(element):
            yield from _blocks(element)
        elif element.tag == "item":
            yield Block(_text(element, without="list"))
            for nested in element.iterchildren("list"):
                yield from _blocks(nested)
        else:
            yield Block(_text(element))
        yield Block(one_line(element.tail or ""))


def _text(element: Any, without: str | None = None) -> str:
    """Text of an element on one line; `without` names a child element to leave out."""
    return one_line("".join(_pieces(element, without)))


def _pieces(element: Any, without: str | None) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in _INLINE:
            yield from _pieces(child, without)
        elif child.tag != without:
            yield " "
            yield from _pieces(child, without)
            yield " "
        yield child.tail or ""
