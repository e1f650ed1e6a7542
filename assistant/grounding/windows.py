"""Finds in each source the sentences that most likely bear on a claim."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.keywords import terms
from knowledge.sentences import split_sentences

SENTENCES = 3


@dataclass(frozen=True)
class Window:
    """The evidence of one source: its sentences that share most with the claim, in reading order, as one text.

    `start` and `end` are the character offsets, in that source, of the sentence that shares most.
    """

    source: int
    start: int
    end: int
    text: str


def windows(claim: str, sources: Sequence[str], limit: int = 4) -> list[Window]:
    """The evidence to check a claim against, one a source, best first, at most `limit`."""
    scored = [found for index, source in enumerate(sources) if (found := _of_source(index, source, claim)) is not None]
    scored.sort(key=lambda item: (-item[0], item[1].source))
    return [window for _, window in scored[:limit]]


def evidence_for(claim: str, source: str) -> str:
    """The evidence of one source as a text; empty when the source has no sentence."""
    found = _of_source(0, source, claim)
    return found[1].text if found else ""


def _of_source(index: int, source: str, claim: str) -> tuple[float, Window] | None:
    """(shared weight, evidence). A word counts the more, the fewer sentences of the source have it."""
    spans = split_sentences(source)
    if not spans:
        return None
    wanted = set(terms(claim))
    words = [set(terms(source[start:end])) for start, end in spans]
    counts = Counter(term for found in words for term in found)
    weight = {term: math.log(1 + len(words) / count) for term, count in counts.items()}
    overlap = [sum(weight[term] for term in wanted & found) for found in words]
    best = sorted(range(len(spans)), key=lambda row: (-overlap[row], row))[:SENTENCES]
    text = " ".join(source[spans[row][0] : spans[row][1]] for row in sorted(best))
    return sum(overlap[row] for row in best), Window(index, *spans[best[0]], text)
