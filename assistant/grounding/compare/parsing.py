"""A text read once for all comparisons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.grounding.compare.dates import Date, read_dates
from assistant.grounding.compare.names import Name, read_names
from assistant.grounding.compare.polarity import polarities
from assistant.grounding.compare.quantities import Quantity, read_quantities
from assistant.grounding.compare.tokens import Token, clause_numbers, sentence_spans, tokenise


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Parsed:
    """A text with its tokens, sentences (token ranges), clauses and the quantities, dates and names in it.

    `negated` holds, for every token, the number of negations it stands under; `sentence_pairs` the neighbouring stems.
    """

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    clauses: tuple[int, ...]
    content_stems: frozenset[str]
    sentence_stems: tuple[frozenset[str], ...]
    sentence_pairs: tuple[frozenset[tuple[str, str]], ...]
    negated: tuple[int, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[Date, ...]
    names: tuple[Name, ...]

    def words(self, start: int, end: int) -> str:
        """The text of the tokens from `start` up to, not including, `end`."""
        if start >= end:
            return ""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]


@lru_cache(maxsize=512)
def parse(text: str) -> Parsed:
    """Read `text`. The result is cached, as the same evidence is compared with several claims."""
    tokens = tokenise(text)
    sentences = sentence_spans(tokens, text)
    clauses = clause_numbers(tokens, sentences)
    dates = read_dates(tokens)
    taken = frozenset(i for date in dates for i in range(date.start, date.end))
    by_sentence = tuple(frozenset(t.stem for t in tokens[a:b] if t.content) for a, b in sentences)
    return Parsed(
        text=text,
        tokens=tokens,
        sentences=sentences,
        clauses=clauses,
        content_stems=frozenset().union(*by_sentence),
        sentence_stems=by_sentence,
        sentence_pairs=tuple(_pairs(tokens[a:b]) for a, b in sentences),
        negated=polarities(tokens, clauses),
        quantities=read_quantities(tokens, taken),
        dates=dates,
        names=read_names(text, tokens, sentences, taken),
    )


def _pairs(tokens: tuple[Token, ...]) -> frozenset[tuple[str, str]]:
    return frozenset((one.stem, other.stem) for one, other in pairwise(tokens))
