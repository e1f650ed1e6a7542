"""Words with offsets and stems, sentences and clauses: the smallest layer, which knows nothing of meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.keywords import stem

_TOKEN = re.compile(
    r"\d+(?:[.,:/]\d+)*(?:st|nd|rd|th)?(?![A-Za-z]{3})|i\.AI|[A-Za-z](?:\.[A-Za-z])+\.?|"
    r"[A-Za-zÀ-ÿ]+(?:['’][A-Za-zÀ-ÿ]+)*|[£$€¥%‰°]|[.,;:!?()\[\]–—\-/]"
)
_ABBREVIATIONS = frozenset("mr mrs ms dr prof st no vs etc fig ref approx dept ltd inc co hon rev gen".split())

FUNCTION_WORDS = frozenset(
    "a an the this that these those it its itself he she they them their theirs his her hers him we us our you your "
    "i me my "
    "of to in on at by for from with as into onto upon about over under between among through during within per via "
    "and or but nor so yet if unless while although though because since when whenever where which who whom whose "
    "what how "
    "is are was were be been being am do does did done doing have has had having will would shall should can could "
    "may might "
    "must ought need not never no none neither nor without cannot there here then than too also very just only even "
    "still "
    "such own same any some all each every both either most more less much many few other another out up down off "
    "again once s t ve re ll d n’t n't".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark of a text: `lower` without curly quotes, `stem` for comparing, offsets in characters."""

    text: str
    lower: str
    stem: str
    start: int
    end: int
    content: bool

    @property
    def is_mark(self) -> bool:
        """Punctuation, as against a word, number or currency sign."""
        return self.text in ".,;:!?()[]–—-/"


def stem_of(word: str) -> str:
    """The stem of a lower-case word; possessive endings are dropped first."""
    return stem(word.removesuffix("'s"))


def tokenise(text: str) -> tuple[Token, ...]:
    """Every word, number and mark of `text` in order."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        raw = match.group()
        if len(raw) > 2 and raw.endswith(".") and raw[0].isalpha():
            raw = raw[:-1]
        lower = raw.lower().replace("’", "'")
        word = raw[0].isalnum()
        root = stem_of(lower) if word else raw
        content = word and lower not in FUNCTION_WORDS
        tokens.append(Token(raw, lower, root, match.start(), match.start() + len(raw), content))
    return tuple(tokens)


def sentence_spans(tokens: Sequence[Token], text: str) -> tuple[tuple[int, int], ...]:
    """Token ranges (first, one past last) of the sentences."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for i, token in enumerate(tokens):
        if token.text not in (".", "!", "?") or not _closes(tokens, i, text):
            continue
        spans.append((begin, i + 1))
        begin = i + 1
    if begin < len(tokens):
        spans.append((begin, len(tokens)))
    return tuple(spans)


def _abbreviates(token: Token) -> bool:
    return token.lower in _ABBREVIATIONS or (len(token.text) == 1 and token.text.isalpha())


def _closes(tokens: Sequence[Token], i: int, text: str) -> bool:
    if i + 1 == len(tokens):
        return True
    if tokens[i].text == "." and i > 0 and _abbreviates(tokens[i - 1]):
        return False
    following = text[tokens[i].end : tokens[i + 1].start + 1]
    return following[:1] in (" ", "\n", '"', "”", "’", "'", ")") and not following[-1:].islower()


_BREAKS = frozenset("but while whereas although though because unless if when until except since".split())


def clause_numbers(tokens: Sequence[Token], sentences: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """A clause number for every token: clauses end at strong marks, commas and joining words."""
    numbers: list[int] = []
    clause = 0
    for begin, end in sentences:
        clause += 1
        for i in range(begin, end):
            token = tokens[i]
            if i > begin and (token.lower in _BREAKS or token.text in ",;:()–—"):
                clause += 1
            numbers.append(clause)
    return tuple(numbers)
