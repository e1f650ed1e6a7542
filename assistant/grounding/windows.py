"""Finds in each source the stretch of sentences that most likely bears on a claim."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.keywords import terms
from knowledge.sentences import split_sentences

MAX_WORDS = 130
WINDOWS_PER_SOURCE = 2


@dataclass(frozen=True)
class Window:
    """A stretch of a source: its index, character offsets and text."""

    source: int
    start: int
    end: int
    text: str


def windows(claim: str, sources: Sequence[str], limit: int = 4) -> list[Window]:
    """The stretches to check the claim against, best first, at most `limit`; a short source is one stretch."""
    scored: list[tuple[float, Window]] = []
    wanted = set(terms(claim))
    for index, source in enumerate(sources):
        scored += _of_source(index, source, wanted)
    scored.sort(key=lambda item: (-item[0], item[1].source, item[1].start))
    return [window for _, window in scored[:limit]]


def _of_source(index: int, source: str, wanted: set[str]) -> list[tuple[float, Window]]:
    spans = split_sentences(source)
    if not spans:
        return []
    words = [set(terms(source[start:end])) for start, end in spans]
    rarity = _rarity(words)
    overlap = [sum(rarity[term] for term in wanted & found) for found in words]
    if len(source.split()) <= MAX_WORDS:
        everything = set().union(*words)
        score = sum(rarity[term] for term in wanted & everything)
        return [(score, Window(index, spans[0][0], spans[-1][1], source[spans[0][0] : spans[-1][1]]))]
    best = sorted(range(len(spans)), key=lambda row: (-overlap[row], row))[:WINDOWS_PER_SOURCE]
    found: dict[tuple[int, int], float] = {}
    for row in best:
        first, last = _grow(source, spans, overlap, row)
        found[(first, last)] = sum(overlap[first : last + 1])
    return [
        (score, Window(index, spans[a][0], spans[b][1], source[spans[a][0] : spans[b][1]]))
        for (a, b), score in found.items()
    ]


def _grow(source: str, spans: list[tuple[int, int]], overlap: list[float], row: int) -> tuple[int, int]:
    """Take neighbours in, the better side first, while the stretch stays short enough to read at once."""
    first = last = row
    while True:
        sides = []
        if first > 0:
            sides.append((overlap[first - 1], first - 1, last))
        if last < len(spans) - 1:
            sides.append((overlap[last + 1], first, last + 1))
        sides = [side for side in sides if len(source[spans[side[1]][0] : spans[side[2]][1]].split()) <= MAX_WORDS]
        if not sides:
            return first, last
        _, first, last = max(sides)


def _rarity(words: list[set[str]]) -> dict[str, float]:
    counts = Counter(term for found in words for term in found)
    return {term: math.log(1 + len(words) / count) for term, count in counts.items()}
