"""Numbers of the claim that the evidence contradicts, by value and unit. Years and dates are left to `dates`."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.grounding.compare.alignment import Aligned, Alignment, align
from assistant.grounding.compare.difference import Difference
from assistant.grounding.compare.quantities import Quantity

if TYPE_CHECKING:
    from assistant.grounding.compare.parsing import Parsed


def compare(claim: Parsed, evidence: Parsed) -> list[Difference]:
    """Conflicting numbers: certain where a number stands in another's place in the same wording."""
    if not claim.quantities or not evidence.quantities:
        return []
    alignment = align(claim, evidence)
    found: list[Difference] = []
    for quantity in claim.quantities:
        difference = _in_slot(quantity, claim, evidence, alignment.best)
        if difference is None and not known(quantity, evidence.quantities) and not quantity.loose:
            difference = _unknown(quantity, claim, evidence, alignment)
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
    slack = _slack(mine, theirs)
    low, high = sorted((theirs.low * factor, theirs.high * factor))
    if mine.exact and theirs.about:
        return False
    return mine.low - slack <= low and high <= mine.high + slack


def _slack(mine: Quantity, theirs: Quantity) -> float:
    """How far apart two equal values may be: "two thirds" is 66%, a month is 30 days."""
    if mine.spelled_part or theirs.spelled_part:
        return 0.012
    size = abs(mine.value) if math.isfinite(mine.value) else 0.0
    return size * (0.03 if {mine.unit, theirs.unit} == {"s", "month"} else 1e-7)


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
    for slot in best[0].slots if best else ():
        (a, b), (c, d) = slot.claim, slot.evidence
        if not slot.within(8, 8) or not (a < quantity.end and quantity.start < b):
            continue
        rivals = [q for q in evidence.quantities if q.start < d and q.end > c]
        if not rivals or any(_agree(quantity, rival) for rival in rivals):
            continue
        derived = _derivable(quantity, evidence.quantities)
        tight = slot.within(4, 4) and slot.around >= 4 and slot.outside >= 0.8 and len(rivals) == 1
        close = slot.within(3, 3) and slot.around >= 4 and slot.outside >= 0.7 and len(rivals) == 1 and not derived
        if derived:  # a sum stands where a part stood: only a sentence kept whole makes it an error
            tight = tight and len(best[0].pairs) >= 0.75 * (best[0].sentence[1] - best[0].sentence[0])
        same_day = not _other_date(claim, evidence, best[0].sentence)
        certain = (
            (tight or close)
            and same_day
            and not quantity.loose
            and not rivals[0].loose
            and _comparable(quantity, rivals[0])
        )
        severity = 0.95 if certain else (0.3 if derived else 0.6)
        return _difference(quantity, rivals[0], claim, evidence, certain, severity)
    return None


def _other_date(claim: Parsed, evidence: Parsed, sentence: tuple[int, int]) -> bool:
    """Whether the claim is about another date than the sentence, so that another number is no surprise."""
    there = [date for date in evidence.dates if sentence[0] <= date.start < sentence[1]]
    return bool(claim.dates and there) and not any(mine.agrees(date) for mine in claim.dates for date in there)


def _agree(mine: Quantity, theirs: Quantity) -> bool:
    """Equal, or one within the other; two bounds of the same direction agree only when they are equal."""
    if mine.low == theirs.low == -math.inf:
        return fits(replace(mine, low=mine.high), replace(theirs, low=theirs.high))
    if mine.high == theirs.high == math.inf:
        return fits(replace(mine, high=mine.low), replace(theirs, high=theirs.low))
    if not (mine.exact or theirs.exact or mine.about or theirs.about):  # two ranges
        return fits(mine, theirs) and fits(theirs, mine)
    return fits(mine, theirs) or fits(theirs, mine)


def _comparable(mine: Quantity, theirs: Quantity) -> bool:
    """Whether two quantities are of one sort, so that a different value is a conflict."""
    alike = mine.unit == theirs.unit or (
        None not in (mine.unit, theirs.unit) and "share" not in (mine.unit, theirs.unit)
    )
    return alike and mine.exact == theirs.exact and mine.ordinal == theirs.ordinal and mine.about == theirs.about


def _unknown(quantity: Quantity, claim: Parsed, evidence: Parsed, alignment: Alignment) -> Difference | None:
    coverage = alignment.coverage
    derived = _derivable(quantity, evidence.quantities)
    same = [q for q in evidence.quantities if q.ordinal == quantity.ordinal and _same_thing(q, quantity)]
    if not same:
        return None if derived else _difference(quantity, None, claim, evidence, False, round(0.4 * coverage, 3))
    nearest = min(same, key=lambda q: abs(_finite(q.value) - _finite(quantity.value)))
    severity = (0.25 if derived else 0.8) * coverage
    elsewhere = bool(alignment.best) and _other_date(claim, evidence, alignment.best[0].sentence)
    exact = quantity.exact and nearest.exact and not derived and not elsewhere
    certain = (
        exact and coverage >= 0.85 and len(same) == 1 and quantity.head == nearest.head and quantity.head is not None
    )
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
    if not math.isfinite(goal) or (goal <= 1 and quantity.unit != "share"):
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
