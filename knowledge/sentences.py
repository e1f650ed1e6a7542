"""Rule-based sentence splitting with exact offsets."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st no nos vs etc e.g i.e eg ie cf al fig ref refs approx dept ltd inc co jan feb mar apr jun "
    "jul aug sep sept oct nov dec art arts para paras ch vol ed eds rev hon rt p pp i.a u.k u.s n.b lt col gen".split()
)
_BOUNDARY = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n{2,}|\n(?=\s*(?:[-*•]|\d+[.)])\s)")


def split_sentences(text: str, offset: int = 0) -> list[tuple[int, int]]:
    """Spans (start, end) of the sentences of `text`, each shifted by `offset`, without surrounding white space.

    A full stop ends a sentence unless it closes a known abbreviation, an initial or a list number, or the next
    word begins in lower case. Blank lines and list items always end one.
    """
    spans: list[tuple[int, int]] = []
    begin = 0
    for match in _BOUNDARY.finditer(text):
        if match.group().strip() and not _ends_sentence(text, begin, match.start(), match.end()):
            continue
        _append(text, begin, match.end(), offset, spans)
        begin = match.end()
    _append(text, begin, len(text), offset, spans)
    return spans


def _append(text: str, begin: int, end: int, offset: int, spans: list[tuple[int, int]]) -> None:
    piece = text[begin:end]
    stripped = piece.strip()
    if stripped and any(ch.isalnum() for ch in stripped):
        start = begin + piece.index(stripped[0])
        spans.append((offset + start, offset + start + len(stripped)))


def _ends_sentence(text: str, begin: int, dot: int, after: int) -> bool:
    if text[dot] != ".":
        return True
    words = text[begin:dot].split()
    last = words[-1].lstrip("(\"'“‘").lower() if words else ""
    following = text[after:].lstrip()[:1]
    if last in _ABBREVIATIONS or re.fullmatch(r"[a-z]", last):
        return False
    if re.fullmatch(r"\d{1,2}", last) and len(words) == 1:  # a list number such as "1."
        return False
    return not following.islower()
