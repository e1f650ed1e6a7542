"""Words of a text with their places, and where its sentences begin."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"\w+(?:['&/-]\w+)*(?:(?<=s)'(?= \w))?")
_ABBREVIATIONS = frozenset("mr mrs ms dr prof rev st mx pt no hosp e.g i.e".split())


@dataclass(frozen=True)
class Token:
    """A word, its offsets, and the text that separates it from the next word."""

    text: str
    lower: str
    start: int
    end: int
    gap: str

    @property
    def possessive(self) -> bool:
        return self.lower.endswith(("'s", "'"))


def sentences_of(text: str) -> list[list[Token]]:
    """The words of the text, sentence by sentence. A line end closes a sentence, a known abbreviation does not."""
    matches = list(_WORD.finditer(text))
    sentences: list[list[Token]] = [[]]
    for index, match in enumerate(matches):
        after = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        gap = text[match.end() : min(after, match.end() + 20)]
        token = Token(match.group(), match.group().lower(), match.start(), match.end(), gap)
        sentences[-1].append(token)
        if _closes(token):
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _closes(token: Token) -> bool:
    if any(mark in token.gap for mark in "!?\n"):
        return True
    if "." not in token.gap:
        return False
    return token.lower not in _ABBREVIATIONS and len(token.text) > 1 and token.gap != "."
