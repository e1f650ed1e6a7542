"""The comparison as a fixed-length vector for a calibrated model on top."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from assistant.grounding.compare.alignment import align
from assistant.grounding.compare.difference import KINDS
from assistant.grounding.compare.names import found_in
from assistant.grounding.compare.numbers import known
from assistant.grounding.compare.parsing import Parsed, parse
from assistant.grounding.compare.polarity import are_opposites, negators
from assistant.grounding.compare.rules import compare_all

FEATURE_NAMES: tuple[str, ...] = (
    *(f"{kind}_severity" for kind in KINDS),
    *(f"{kind}_certain" for kind in KINDS),
    "any_certain",
    "claim_words",
    "evidence_words",
    "stems_found",
    "stems_found_best_sentence",
    "longest_run",
    "bigrams_found",
    "claim_negations",
    "evidence_negations",
    "numbers_found",
    "names_found",
    "dates_found",
    "longest_missing_run",
    "order_turned",
    "opposites",
    "link_added",
)


def features(claim: str, evidence: str) -> np.ndarray:
    """Float32 vector of shape (len(FEATURE_NAMES),); every value lies between 0 and about 5."""
    mine, theirs = parse(claim), parse(evidence)
    found = compare_all(claim, evidence)
    severity = [max((d.severity for d in found if d.kind == kind), default=0.0) for kind in KINDS]
    certain = [float(any(d.certain for d in found if d.kind == kind)) for kind in KINDS]
    alignment = align(mine, theirs)
    best = alignment.best[0].coverage if alignment.best else 0.0
    values = [
        *severity,
        *certain,
        max(certain),
        math.log1p(len(mine.tokens)),
        math.log1p(len(theirs.tokens)),
        alignment.coverage,
        best,
        _longest_run(mine, theirs),
        _bigrams(mine, theirs),
        float(len(negators(mine.tokens))),
        math.log1p(sum(len(negators(theirs.tokens, *aligned.sentence)) for aligned in alignment.best)),
        _share([known(q, theirs.quantities) for q in mine.quantities]),
        _share([found_in(name, theirs) for name in mine.names]),
        _share([any(date.agrees(other) for other in theirs.dates) for date in mine.dates]),
        _missing_run(mine, theirs),
        _order_turned(mine, theirs),
        _opposites(mine, theirs),
        _link_added(mine, theirs),
    ]
    return np.asarray(values, dtype=np.float32)


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits) if hits else 1.0


def _longest_run(claim: Parsed, evidence: Parsed) -> float:
    """The longest run of the claim's words found in a row in its best sentences, as a share of the claim."""
    longest = 0
    for aligned in align(claim, evidence).best:
        run = 0
        last: tuple[int, int] | None = None
        for pair in aligned.pairs:
            run = run + 1 if last is not None and pair == (last[0] + 1, last[1] + 1) else 1
            longest = max(longest, run)
            last = pair
    return longest / len(claim.tokens) if claim.tokens else 0.0


def _bigrams(claim: Parsed, evidence: Parsed) -> float:
    mine = _pairs(claim)
    return len(mine & _pairs(evidence)) / len(mine) if mine else 0.0


def _pairs(parsed: Parsed) -> set[tuple[str, str]]:
    stems = [t.stem for t in parsed.tokens if t.content]
    return set(pairwise(stems))


def _missing_run(claim: Parsed, evidence: Parsed) -> float:
    """The longest run of content words that the evidence lacks, in tenths."""
    longest = run = 0
    for token in claim.tokens:
        if token.content:
            run = 0 if token.stem in evidence.content_stems else run + 1
            longest = max(longest, run)
    return longest / 10


def _order_turned(claim: Parsed, evidence: Parsed) -> float:
    """The share of pairs of shared content words that stand the other way round in the best sentence."""
    best = align(claim, evidence).best
    if not best:
        return 0.0
    where = {evidence.tokens[j].stem: j for j in range(*best[0].sentence) if evidence.tokens[j].content}
    places = [where[token.stem] for token in claim.tokens if token.content and token.stem in where]
    pairs = [(one, other) for k, one in enumerate(places) for other in places[k + 1 :]]
    return sum(one > other for one, other in pairs) / len(pairs) if pairs else 0.0


def _opposites(claim: Parsed, evidence: Parsed) -> float:
    """How many of the claim's words have a listed opposite in the best sentence that the claim does not share."""
    best = align(claim, evidence).best
    if not best:
        return 0.0
    there = {evidence.tokens[j].stem for j in range(*best[0].sentence)}
    mine = {token.stem for token in claim.tokens}
    return float(min(3, sum(any(are_opposites(stem, other) for other in there - mine) for stem in mine - there)))


_LINKS = (
    ("because",),
    ("since",),
    ("as", "a", "result"),
    ("so", "that"),
    ("in", "order"),
    ("therefore",),
    ("due", "to"),
    ("owing", "to"),
)


def _link_added(claim: Parsed, evidence: Parsed) -> float:
    """Whether the claim joins things by cause or purpose in words that the evidence nowhere uses."""
    return float(_has_link(claim) and not _has_link(evidence))


def _has_link(parsed: Parsed) -> bool:
    words = [token.lower for token in parsed.tokens]
    return any(tuple(words[i : i + len(link)]) == link for link in _LINKS for i in range(len(words)))
