"""All comparisons in a fixed order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from assistant.grounding.compare import (
    conditions,
    dates,
    modality,
    names,
    negation,
    numbers,
    quantifiers,
    roles,
    tense,
)
from assistant.grounding.compare.alignment import align
from assistant.grounding.compare.difference import Difference
from assistant.grounding.compare.parsing import Parsed, parse

COMPARISONS: tuple[Callable[[Parsed, Parsed], list[Difference]], ...] = (
    numbers.compare,
    dates.compare,
    names.compare,
    roles.compare,
    negation.compare,
    modality.compare,
    quantifiers.compare,
    conditions.compare,
    tense.compare,
)


@lru_cache(maxsize=512)  # features, veto and explanation ask for the same pair
def compare_all(claim: str, evidence: str) -> tuple[Difference, ...]:
    """Every difference found, certain ones first, then by severity. A sentence of the evidence itself has none."""
    mine, theirs = parse(claim), parse(evidence)
    if _is_sentence_of(mine, theirs):
        return ()
    found = [difference for compare in COMPARISONS for difference in compare(mine, theirs)]
    if any(d.certain and d.kind in ("negation", "modality") for d in found) and _may_cancel(mine, theirs, found):
        found = [replace(d, certain=False) if d.kind in ("negation", "modality") else d for d in found]
    return tuple(sorted(found, key=lambda difference: (not difference.certain, -difference.severity)))


def _may_cancel(claim: Parsed, evidence: Parsed, found: list[Difference]) -> bool:
    """Whether a second change may undo a negation: "four had" and "five had not"; "not unless" and "only if"."""
    if any(d.kind in ("number", "quantifier") for d in found):
        return True
    best = align(claim, evidence).best
    return bool(best) and _restrictions(claim, (0, len(claim.tokens))) != _restrictions(evidence, best[0].sentence)


_EXCEPTIONS = frozenset("unless except save besides without".split())
_LIMITS = frozenset("only until solely".split())


def _restrictions(parsed: Parsed, span: tuple[int, int]) -> tuple[bool, bool]:
    words = {token.lower for token in parsed.tokens[span[0] : span[1]]}
    return bool(words & _EXCEPTIONS), bool(words & _LIMITS)


def _is_sentence_of(claim: Parsed, evidence: Parsed) -> bool:
    words = _plain(claim, 0, len(claim.tokens))
    return any(words == _plain(evidence, begin, end) for begin, end in evidence.sentences)


def _plain(parsed: Parsed, begin: int, end: int) -> list[str]:
    return [token.lower for token in parsed.tokens[begin:end] if token.text != "."]
