"""Dates: reading them in any usual form, and comparing them only as precisely as both are given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.grounding.compare.alignment import Aligned, align
from assistant.grounding.compare.difference import Difference
from assistant.grounding.compare.tokens import Token

if TYPE_CHECKING:
    from assistant.grounding.compare.parsing import Parsed

_MONTHS = {name: i for i, name in enumerate(
    "january february march april may june july august september october november december".split(), 1)}  # fmt: skip
_MONTHS |= {name[:3]: i for name, i in _MONTHS.items()} | {"sept": 9}
_DAYS = {name: i for i, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
_DAYS |= {name + "s": i for name, i in _DAYS.items()}
_NUMERIC = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})$")
_DAY = re.compile(r"([0-3]?\d)(?:st|nd|rd|th)?$")
_YEAR = re.compile(r"(1[0-9]|20)\d\d$")
_BEFORE_MONTH = frozenset(
    "in of since until by during from to last next early late mid this and or between after before".split()
)

_BEFORE_COUNT = frozenset("£ $ € about some nearly over least roughly approximately around almost".split())
_BEFORE_YEAR = frozenset("in since until by during from before after early late mid".split())


@dataclass(frozen=True, slots=True)
class Date:
    """A date as precise as it was given; a part that was not given is None. `weekday` counts from Monday as 0."""

    year: int | None
    month: int | None
    day: int | None
    weekday: int | None
    start: int
    end: int

    def agrees(self, other: Date) -> bool:
        """Whether every part that both give is equal, and they share at least one."""
        mine = (self.year, self.month, self.day, self.weekday)
        theirs = (other.year, other.month, other.day, other.weekday)
        both = [(a, b) for a, b in zip(mine, theirs, strict=True) if a is not None and b is not None]
        return bool(both) and all(a == b for a, b in both)

    def shape(self) -> tuple[bool, ...]:
        """Which parts are given."""
        return (self.year is not None, self.month is not None, self.day is not None, self.weekday is not None)


def read_dates(tokens: Sequence[Token]) -> tuple[Date, ...]:
    """The dates among `tokens`; relative ones such as "the following year" are left alone."""
    found: list[Date] = []
    i = 0
    while i < len(tokens):
        date = _numeric(tokens, i) or _named(tokens, i) or _year_or_weekday(tokens, i)
        if date is None:
            i += 1
        else:
            found.append(date)
            i = date.end
    return tuple(found)


def _numeric(tokens: Sequence[Token], i: int) -> Date | None:
    match = _NUMERIC.match(tokens[i].lower)
    if match:
        day, month, year = (int(part) for part in match.groups())
        return Date(year, month, day, None, i, i + 1) if month <= 12 and day <= 31 else None
    iso = tokens[i : i + 5]
    if len(iso) == 5 and iso[1].text == iso[3].text == "-" and _YEAR.match(iso[0].text):
        parts = (iso[2].text, iso[4].text)
        if all(part.isdigit() for part in parts) and int(parts[0]) <= 12 and int(parts[1]) <= 31:
            return Date(int(iso[0].text), int(parts[0]), int(parts[1]), None, i, i + 5)
    return None


def _month(tokens: Sequence[Token], i: int) -> int | None:
    if i >= len(tokens) or not tokens[i].text[0].isupper():
        return None
    return _MONTHS.get(tokens[i].lower)


def _named(tokens: Sequence[Token], i: int) -> Date | None:
    """ "25 April 2024", "25th of April", "April 25, 2024", "April 2024" and a month alone."""
    day_match = _DAY.match(tokens[i].lower)
    if day_match and 1 <= int(day_match.group(1)) <= 31:
        at = i + 2 if i + 1 < len(tokens) and tokens[i + 1].lower == "of" else i + 1
        month = _month(tokens, at)
        if month is not None:
            year, end = _year(tokens, at + 1)
            return Date(year, month, int(day_match.group(1)), None, i, end)
    month = _month(tokens, i)
    if month is None:
        return None
    after = _DAY.match(tokens[i + 1].lower) if i + 1 < len(tokens) else None
    if after and 1 <= int(after.group(1)) <= 31:
        at = i + 3 if i + 2 < len(tokens) and tokens[i + 2].text == "," else i + 2
        year, end = _year(tokens, at)
        return Date(year, month, int(after.group(1)), None, i, end if year else i + 2)
    year, end = _year(tokens, i + 1)
    ambiguous = tokens[i].lower in ("may", "march", "mar", "sat", "sun")
    if year is None and ambiguous and not (i and tokens[i - 1].lower in _BEFORE_MONTH):
        return None
    return Date(year, month, None, None, i, end)


def _year(tokens: Sequence[Token], i: int) -> tuple[int | None, int]:
    if i < len(tokens) and _YEAR.match(tokens[i].lower):
        return int(tokens[i].lower), i + 1
    return None, i


def _year_or_weekday(tokens: Sequence[Token], i: int) -> Date | None:
    token = tokens[i]
    if token.text[0].isupper() and token.lower in _DAYS:
        return Date(None, None, None, _DAYS[token.lower], i, i + 1)
    if not _YEAR.match(token.lower):
        return None
    before = tokens[i - 1].lower if i else ""
    follows = tokens[i + 1] if i + 1 < len(tokens) else None
    if before in _BEFORE_COUNT or (follows and follows.lower in ("%", "per")):
        return None
    counts = follows is not None and follows.content and follows.text.islower()  # "1240 jobs"
    marked = before in _BEFORE_YEAR or not counts
    return Date(int(token.lower), None, None, None, i, i + 1) if marked else None


def compare(claim: Parsed, evidence: Parsed) -> list[Difference]:
    """Dates of the claim that agree with none of the evidence, or stand where the evidence has another."""
    if not claim.dates or not evidence.dates:
        return []
    alignment = align(claim, evidence)
    found: list[Difference] = []
    for date in claim.dates:
        rival = _slot_rival(date, evidence, alignment.best)
        if rival is not None:
            certain = date.shape() == rival.shape()
            found.append(_difference(date, rival, claim, evidence, certain, 0.95 if certain else 0.6))
        elif not any(date.agrees(other) for other in evidence.dates):
            alike = [d for d in evidence.dates if any(a and b for a, b in zip(d.shape(), date.shape(), strict=True))]
            if alike:
                only = len(alike) == 1 and date.shape() == alike[0].shape() and alignment.coverage >= 0.8
                found.append(_difference(date, alike[0], claim, evidence, only, round(0.85 * alignment.coverage, 3)))
    return found


def _slot_rival(date: Date, evidence: Parsed, best: tuple[Aligned, ...]) -> Date | None:
    """The evidence's date in the same place of the same wording, when it does not agree."""
    for aligned in best[:1]:
        for slot in aligned.slots:
            (a, b), (c, d) = slot.claim, slot.evidence
            if not (a < date.end and date.start < b) or not slot.within(5, 5) or slot.around < 3 or slot.outside < 0.6:
                continue
            rivals = [other for other in evidence.dates if other.start < d and c < other.end]
            if len(rivals) == 1 and not date.agrees(rivals[0]):
                return rivals[0]
    return None


def _difference(
    mine: Date, theirs: Date, claim: Parsed, evidence: Parsed, certain: bool, severity: float
) -> Difference:
    return Difference(
        "date", claim.words(mine.start, mine.end), evidence.words(theirs.start, theirs.end), certain, severity
    )
