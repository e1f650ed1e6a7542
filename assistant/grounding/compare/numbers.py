"""Numbers of the claim that the evidence contradicts, compared by value and unit. Years and dates are left to `dates`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from assistant.grounding.compare.alignment import Aligned, align
from assistant.grounding.compare.difference import Difference
from assistant.grounding.compare.quantities import Quantity

if TYPE_CHECKING:
    from assistant.grounding.compare.parsing import Parsed


def compare(claim: Parsed, evidence: Parsed) -> list[Difference]:
    """Conflicting numbers: certain where a number stands in the other's place in the same wording and cannot be derived."""
    if not claim.quantities or not evidence.quantities:
        return []
    alignment = align(claim, evidence)
    found: list[Difference] = []
    for quantity in claim.quantities:
        difference = _in_slot(quantity, claim, evidence, alignment.best)
        if difference is None and not known(quantity, evidence.quantities) and not quantity.loose:
            difference = _unknown(quantity, claim, evidence, alignment.coverage)
        if difference is not None:
            found.append(difference)
    return found


def known(quantity: Quantity, others: tuple[Quantity, ...]) -> bool:
    """Whether a quantity is among `others` by value and unit, or is bounded so that one of them fits."""
    return any(fits(quantity, other) for other in others)


def fits(mine: Quantity, theirs: Quantity) -> bool:
    """Whether the evidence's quantity lies within what the claim says ("over 500" fits 512)."""
    if mine.ordinal != theirs.ordinal:
        return False
    factor = _common(mine.unit, theirs.unit)
    if factor is None:
        return False
    slack = 0.012 if mine.unit == "share" else 1e-9 + abs(mine.value) * 1e-4 if math.isfinite(mine.value) else 0.0
    if {mine.unit, theirs.unit} == {"s", "month"}:
        slack = abs(mine.value) * 0.03 if math.isfinite(mine.value) else 0.0
    low, high = sorted((theirs.low * factor, theirs.high * factor))
    if mine.exact and theirs.about:
        return False
    return mine.low - slack <= low and high <= mine.high + slack


_MONTH = 86400 * 365.25 / 12


def _common(mine: str | None, theirs: str | None) -> float | None:
    """The factor that turns the evidence's unit into the claim's; None when they cannot be compared."""
    if mine == theirs or mine is None or theirs is None:
        return None if "share" in (mine, theirs) and mine != theirs and None not in (mine, theirs) else 1.0
    if (mine, theirs) == ("s", "month"):
        return _MONTH
    if (mine, theirs) == ("month", "s"):
        return 1 / _MONTH
    return None


def _in_slot(quantity: Quantity, claim: Parsed, evidence: Parsed, best: tuple[Aligned, ...]) -> Difference | None:
    for aligned in best[:1]:
        for slot in aligned.slots:
            a, b = slot.claim
            c, d = slot.evidence
            if not (a <= quantity.start < b or a < quantity.end <= b) or b - a > 8 or d - c > 8:
                continue
            rivals = [q for q in evidence.quantities if c - 1 <= q.start and q.end <= d + 2 and (q.start < d or q.end <= d)]
            rivals = [q for q in rivals if q.start < d and q.end > c]
            if not rivals or any(fits(quantity, rival) or fits(rival, quantity) for rival in rivals):
                continue
            rival = rivals[0]
            alike = rival.unit == quantity.unit and rival.ordinal == quantity.ordinal and rival.exact and quantity.exact
            certain = (
                alike
                and len(rivals) == 1
                and aligned.coverage >= 0.7
                and slot.left + slot.right >= 4
                and b - a <= 3
                and d - c <= 3
                and not quantity.loose
                and not _derivable(quantity, evidence.quantities)
            )
            return _difference(quantity, rival, claim, evidence, certain, 0.95 if certain else 0.6)
    return None


def _unknown(quantity: Quantity, claim: Parsed, evidence: Parsed, coverage: float) -> Difference | None:
    derived = _derivable(quantity, evidence.quantities)
    same = [q for q in evidence.quantities if q.ordinal == quantity.ordinal and _same_thing(q, quantity)]
    if not same:
        return None if derived else _difference(quantity, None, claim, evidence, False, round(0.4 * coverage, 3))
    nearest = min(same, key=lambda q: abs(_finite(q.value) - _finite(quantity.value)))
    severity = (0.25 if derived else 0.8) * coverage
    exact = quantity.exact and nearest.exact and not derived
    certain = exact and coverage >= 0.85 and len(same) == 1 and quantity.head == nearest.head and quantity.head is not None
    return _difference(quantity, nearest, claim, evidence, certain, round(severity, 3))


def _same_thing(one: Quantity, other: Quantity) -> bool:
    if one.unit is not None and other.unit is not None:
        return one.unit == other.unit
    return one.unit == other.unit and one.head == other.head


def _finite(value: float) -> float:
    return value if math.isfinite(value) else 0.0


def _derivable(quantity: Quantity, others: tuple[Quantity, ...]) -> bool:
    """Whether a value follows from the evidence's numbers by one sum, difference, product, quotient or counterpart."""
    goal = quantity.value
    values = [q.value for q in others if math.isfinite(q.value)]
    if not math.isfinite(goal) or goal <= 1 and quantity.unit != "share":
        return True
    candidates = {1 - v for v in values if 0 <= v <= 1} | set(values)
    for i, one in enumerate(values):
        candidates.add(2 * one)
        for other in values[i + 1 :]:
            candidates.update((one + other, abs(one - other), one * other))
            if one and other:
                candidates.update((one / other, other / one, 1 - one / other, 1 - other / one))
    return any(abs(candidate - goal) <= 0.012 * max(abs(goal), 1e-9) for candidate in candidates)


def _difference(
    mine: Quantity, theirs: Quantity | None, claim: Parsed, evidence: Parsed, certain: bool, severity: float
) -> Difference:
    there = evidence.words(theirs.start, theirs.end) if theirs is not None else None
    return Difference("number", claim.words(mine.start, mine.end), there, certain, severity)
