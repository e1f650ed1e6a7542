"""Page furniture: the words around a page that are not its content.

Three mechanisms. The title and whole paragraphs that are shown again say nothing new. Very short headings with no
text below them at the end of a page are menus and credits. A short label of the kind every site
has (a way to skip, share, log in or go back) is furniture wherever it stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.documents.blocks import one_line
from knowledge.documents.model import Block

MAX_LABEL_WORDS = 5
MAX_CONSENT_WORDS = 60
MAX_HEADING_WORDS = 14
MAX_CREDIT_WORDS = 6
MIN_REPEATED_WORDS = 8  # shorter texts recur for good reasons, such as the cells of a table

_LABEL = re.compile(
    r"(?:(?:skip|jump|back|return) to|(?:top|bottom|end) of) (?:the )?"
    r"(?:top|page|home ?page|main(?: content| menu)?|content|navigation|footer|menu|search|news|results)"
    r"|(?:log|sign)[ -]?(?:in|out|up|on)(?: ?(?:/|or) ?\w+(?:[ -]\w+)?)?"
    r"|share|print|like|tweet|follow us|subscribe|menu|search|home|read more|close"
    r"|(?:share|print|tweet|email) (?:this|on|via)(?: \w+){0,2}"
    r"|(?:(?:\d+|no|recent|leave a|post a|write a|add a) )?comments?(?: ?\(\d+\))?"
    r"|(?:accept|reject|manage|allow) (?:all|cookies|all cookies)|cookies?(?: (?:settings|policy|notice|preferences))?"
    r"|(?:previous|next|older|newer)(?: (?:page|post|article)s?)?|\d+ min(?:ute)?s?\.? read|page \d+(?: of \d+)?",
    re.IGNORECASE,
)
_CONSENT = re.compile(r"\b(?:we|(?:this|our) (?:web ?)?(?:site|page|service)) uses? cookies\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")


def is_label(text: str) -> bool:
    """Whether a line is a label of page navigation."""
    line = one_line(text).strip("|·•»«›‹<>-–— ")
    words = len(line.split())
    return (words <= MAX_LABEL_WORDS and _LABEL.fullmatch(line) is not None) or (
        words <= MAX_CONSENT_WORDS and _CONSENT.search(line) is not None
    )


def ends_a_sentence(text: str) -> bool:
    """Whether a text closes with sentence punctuation."""
    return _SENTENCE_END.search(text.rstrip()) is not None


def without_furniture(blocks: Sequence[Block], title: str | None) -> list[Block]:
    """The blocks that are content, in order; their offsets are kept."""
    kept = [block for block in blocks if not is_label(block.text)]
    return _without_trailing_headings(list(_without_repeats(kept, title)))


def key_of(text: str) -> str:
    """Two texts that a reader would call the same have one key."""
    return one_line(text).casefold().rstrip(".")


def _without_repeats(blocks: Sequence[Block], title: str | None) -> Iterator[Block]:
    """Drop the second and later showings of the title and of paragraphs; headings may recur under other headings."""
    shown: set[str] = set()
    title_key = key_of(title) if title else None
    for block in blocks:
        key = key_of(block.text)
        if key in shown:
            continue
        if key == title_key or (not block.level and len(key.split()) >= MIN_REPEATED_WORDS):
            shown.add(key)
        yield block


def _without_trailing_headings(blocks: Sequence[Block]) -> list[Block]:
    """Drop very short headings that stand over nothing at the end; longer ones are text after all."""
    end = len(blocks)
    while end and blocks[end - 1].level:
        end -= 1
    tail = [block for block in blocks[end:] if len(block.text.split()) > MAX_CREDIT_WORDS]
    return [*blocks[:end], *(replace(block, level=0) for block in tail)]
