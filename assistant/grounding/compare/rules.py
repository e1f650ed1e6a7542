"""All comparisons in a fixed order."""

from __future__ import annotations

from collections.abc import Callable

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


def compare_all(claim: str, evidence: str) -> tuple[Difference, ...]:
    """Every difference found, certain ones first, then by severity."""
    mine, theirs = parse(claim), parse(evidence)
    found = [difference for compare in COMPARISONS for difference in compare(mine, theirs)]
    return tuple(sorted(found, key=lambda difference: (not difference.certain, -difference.severity)))
