"""Conditions and exceptions: if, unless, except, provided, only when, until: dropped, added or turned round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.grounding.compare.alignment import Alignment, align
from assistant.grounding.compare.difference import Difference
from assistant.grounding.compare.phrases import PhraseTable

if TYPE_CHECKING:
    from assistant.grounding.compare.parsing import Parsed

_TABLE: PhraseTable[str] = PhraseTable(
    {
        "if": ("if", "provided", "provided that", "where", "when", "as long as", "so long as",
        "on condition that", "in the event of",
               "subject to", "once", "in case of", "assuming", "whenever", "with the consent of", "on condition",
               "only if", "only when",
               "only where", "only after", "only with", "depends on", "conditional on", "dependent on"),
        "unless": ("unless", "except", "except for", "except when", "except where", "except in", "apart from",
        "other than", "excluding",
                   "save for", "save where", "but not", "without", "bar", "with the exception of"),
        "until": ("until", "till", "up to the point"),
        "even": ("even if", "even when", "even where", "even without", "whether or not", "regardless of",
        "irrespective of", "whatever",
                 "no matter", "including", "as well as", "with or without"),
    }
)  # fmt: skip
_FLIPS = frozenset(
    (
        ("if", "unless"),
        ("unless", "if"),
        ("even", "unless"),
        ("even", "if"),
        ("unless", "even"),
        ("if", "even"),
        ("if", "until"),
        ("until", "if"),
    )
)
_STRICT = frozenset(
    ("if", "only if", "only when", "only where", "only after", "only with", "provided that", "unless", "provided",
    "except", "except for",
     "except when", "except where", "except in", "subject to", "until", "once", "when", "where", "only with",
     "as long as", "so long as", "apart from", "with the exception of")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Condition:
    value: str
    start: int
    cue_end: int
    end: int
    stems: frozenset[str]


def compare(claim: Parsed, evidence: Parsed) -> list[Difference]:
    """Conditions flipped, dropped or added between a claim and the sentences it follows."""
    alignment = align(claim, evidence)
    if not alignment.best:
        return []
    mine = _read(claim, claim.sentences)
    theirs = _read(evidence, alignment.positions)
    flipped = _flipped(claim, evidence, mine, theirs, alignment)
    if flipped:
        return flipped
    return _dropped(claim, evidence, mine, theirs, alignment) + _added(claim, evidence, mine, theirs, alignment)


def _read(parsed: Parsed, ranges: tuple[tuple[int, int], ...]) -> list[_Condition]:
    found: list[_Condition] = []
    for begin, stop in ranges:
        for cue in _TABLE.find(parsed.tokens, begin, stop):
            end = cue.end
            while end < stop and not parsed.tokens[end].is_mark and end - cue.end < 14:
                end += 1
            stems = frozenset(t.stem for t in parsed.tokens[cue.end : end] if t.content)
            if stems:
                found.append(_Condition(cue.value, cue.start, cue.end, end, stems))
    return found


def _flipped(
    claim: Parsed, evidence: Parsed, mine: list[_Condition], theirs: list[_Condition], alignment: Alignment
) -> list[Difference]:
    for own in mine:
        for other in theirs:
            share = len(own.stems & other.stems) / min(len(own.stems), len(other.stems))
            if share < 0.6 or (own.value, other.value) not in _FLIPS:
                continue
            if _negations(claim, own) != _negations(evidence, other):
                continue
            best = alignment.best[0]
            sure = any(
                slot.claim[0] <= own.start < slot.claim[1]
                and slot.evidence[0] <= other.start < slot.evidence[1]
                and slot.claim[1] - slot.claim[0] <= 3
                and slot.evidence[1] - slot.evidence[0] <= 3
                and slot.left >= 2
                and slot.right >= 2
                for slot in best.slots
            )
            certain = sure and best.coverage >= 0.75 and _main_polarity(claim, own) == _main_polarity(evidence, other)
            severity = 0.95 if certain else round(0.7 * share * best.coverage, 3)
            return [
                Difference(
                    "condition",
                    claim.words(own.start, own.end),
                    evidence.words(other.start, other.end),
                    certain,
                    severity,
                )
            ]
    return []


def _negations(parsed: Parsed, condition: _Condition) -> int:
    return max((parsed.negated[i] for i in range(condition.cue_end, condition.end)), default=0) % 2


def _main_polarity(parsed: Parsed, condition: _Condition) -> int:
    outside = [parsed.negated[i] for i in range(len(parsed.tokens)) if not condition.start <= i < condition.end]
    return sum(1 for count in outside if count % 2) > 0


def _dropped(
    claim: Parsed, evidence: Parsed, mine: list[_Condition], theirs: list[_Condition], alignment: Alignment
) -> list[Difference]:
    if mine:
        return []
    found: list[Difference] = []
    begin, end = alignment.best[0].sentence
    for other in theirs:
        if not begin <= other.start < end or other.value == "even":
            continue
        rest = range(begin, other.start) if other.start > begin + 1 else range(other.end, end)
        main = frozenset(evidence.tokens[i].stem for i in rest if evidence.tokens[i].content)
        own = other.stems - main
        if not own or len(own & claim.content_stems) / len(own) > 0.34:
            continue
        kept = len(main & claim.content_stems) / len(main) if main else 0.0
        strict = " ".join(t.lower for t in evidence.tokens[other.start : other.cue_end]) in _STRICT
        certain = strict and alignment.best[0].coverage >= 0.95 and kept >= 0.9
        severity = 0.9 if certain else round((0.8 if strict else 0.5) * alignment.best[0].coverage * kept, 3)
        if severity >= 0.15:
            found.append(Difference("condition", "", evidence.words(other.start, other.end), certain, severity))
    return found


def _added(
    claim: Parsed, evidence: Parsed, mine: list[_Condition], theirs: list[_Condition], alignment: Alignment
) -> list[Difference]:
    found: list[Difference] = []
    known = frozenset(t.stem for begin, end in alignment.positions for t in evidence.tokens[begin:end])
    for own in mine:
        if own.value == "even" and not theirs and len(own.stems & known) >= 1:
            found.append(Difference("condition", claim.words(own.start, own.end), None, False, 0.5))
        elif len(own.stems & evidence.content_stems) / len(own.stems) < 0.34 and not theirs:
            severity = round(0.5 * alignment.coverage, 3)
            found.append(Difference("condition", claim.words(own.start, own.end), None, False, severity))
    return found
