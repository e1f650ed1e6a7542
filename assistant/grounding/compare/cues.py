"""Small words that govern what follows (must, all, plans to): found, tied to what they govern, and paired.

A cue of the claim is compared only with a cue of the evidence that governs the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.grounding.compare.alignment import Alignment, align
from assistant.grounding.compare.difference import Difference, Kind
from assistant.grounding.compare.phrases import Found, PhraseTable

if TYPE_CHECKING:
    from assistant.grounding.compare.parsing import Parsed

_AHEAD = 5
_BEHIND = 3


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue with its value, position and the stems it governs (`ahead`) or follows (`behind`)."""

    value: str
    start: int
    end: int
    ahead: frozenset[str]
    behind: frozenset[str]

    def overlap(self, other: Cue) -> float:
        """How far two cues govern the same words, 0 to 1."""
        return _share(self.ahead, other.ahead) * 0.75 + _share(self.behind, other.behind) * 0.25


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def read_cues(parsed: Parsed, table: PhraseTable[str], ranges: Iterable[tuple[int, int]]) -> list[Cue]:
    """The cues of `table` in the given token ranges."""
    return [tie(parsed, found) for begin, end in ranges for found in table.find(parsed.tokens, begin, end)]


def tie(parsed: Parsed, found: Found[str]) -> Cue:
    """A found phrase with the content stems around it in its clause."""
    clause = parsed.clauses[found.start]
    ahead: list[str] = []
    for i in range(found.end, len(parsed.tokens)):
        if parsed.clauses[i] != clause or len(ahead) == _AHEAD:
            break
        if parsed.tokens[i].content:
            ahead.append(parsed.tokens[i].stem)
    behind: list[str] = []
    for i in range(found.start - 1, -1, -1):
        if parsed.clauses[i] != clause or len(behind) == _BEHIND:
            break
        if parsed.tokens[i].content:
            behind.append(parsed.tokens[i].stem)
    return Cue(found.value, found.start, found.end, frozenset(ahead), frozenset(behind))


def compare_cues(
    claim: Parsed,
    evidence: Parsed,
    kind: Kind,
    table: PhraseTable[str],
    conflict: Callable[[str, str], float],
    sure: Callable[[str, str], bool],
) -> list[Difference]:
    """Differences between paired cues.

    Args:
        conflict: severity 0 to 1 of the claim's value against the evidence's; 0 where they agree.
        sure: whether such a conflict may be a veto when the cue alone was changed.
    """
    alignment = align(claim, evidence)
    mine = read_cues(claim, table, claim.sentences)
    if not mine or not alignment.best:
        return []
    theirs = read_cues(evidence, table, alignment.positions)
    found: list[Difference] = []
    for cue in mine:
        scored = [(_match(cue, other, alignment), other) for other in theirs]
        score, rival = max(scored, key=lambda item: item[0], default=(0.0, None))
        if rival is None or score < 0.3:
            continue
        agreeing = any(s >= score - 0.15 and conflict(cue.value, o.value) == 0 for s, o in scored)
        severity = conflict(cue.value, rival.value)
        if severity == 0 or agreeing:
            continue
        certain = sure(cue.value, rival.value) and _only_change(cue, rival, alignment)
        severity = severity if certain else round(severity * score * (0.4 + 0.6 * alignment.best[0].coverage), 3)
        there = evidence.words(rival.start, rival.end)
        found.append(Difference(kind, claim.words(cue.start, cue.end), there, certain, severity))
    return found


def _match(cue: Cue, other: Cue, alignment: Alignment) -> float:
    for slot in alignment.best[0].slots:
        in_claim = slot.claim[0] <= cue.start < slot.claim[1]
        if in_claim and slot.evidence[0] <= other.start < slot.evidence[1] and slot.claim[1] - slot.claim[0] <= 5:
            return 1.0
    return cue.overlap(other)


def _only_change(cue: Cue, other: Cue, alignment: Alignment) -> bool:
    """Whether the two cues stand in each other's place in otherwise the same wording."""
    for slot in alignment.best[0].slots:
        (a, b), (c, d) = slot.claim, slot.evidence
        inside = a <= cue.start < b and c <= other.start < d
        if inside and slot.within(4, 4) and slot.around >= 4 and slot.outside >= 0.8:
            return True
    return False
