"""Polarity of what claim and evidence both say: not, never, without, fails to, opposites, un-."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.grounding.compare.alignment import Aligned, Slot, align
from assistant.grounding.compare.difference import Difference
from assistant.grounding.compare.polarity import are_opposites, negators

if TYPE_CHECKING:
    from assistant.grounding.compare.parsing import Parsed


def compare(claim: Parsed, evidence: Parsed) -> list[Difference]:
    """Differences of polarity, certain only where nothing but a negation or an opposite word was changed."""
    alignment = align(claim, evidence)
    if not alignment.best:
        return []
    best = alignment.best[0]
    found = _slots(claim, evidence, best)
    if not found:
        found = _scoped(claim, evidence, alignment.best)
    return found


def _slots(claim: Parsed, evidence: Parsed, aligned: Aligned) -> list[Difference]:
    found: list[Difference] = []
    for slot in aligned.slots:
        difference = _opposite(claim, evidence, slot) or _inserted(claim, evidence, slot)
        if difference is not None:
            found.append(difference)
    if found and len(found) % 2 == 0:  # two turns cancel out
        return [replace(d, certain=False, severity=d.severity / 2) for d in found]
    return found


def _opposite(claim: Parsed, evidence: Parsed, slot: Slot) -> Difference | None:
    (a, b), (c, d) = slot.claim, slot.evidence
    if b - a > 4 or d - c > 6:
        return None
    for i in range(a, b):
        for j in range(c, d):
            if not are_opposites(claim.tokens[i].stem, evidence.tokens[j].stem):
                continue
            if bool(negators(claim.tokens, a, b)) != bool(negators(evidence.tokens, c, d)):
                return None
            certain = slot.outside >= 0.8 and slot.around >= 4 and b - a == d - c == 1
            return Difference(
                "negation", claim.tokens[i].text, evidence.tokens[j].text, certain, 0.95 if certain else 0.7
            )
    return None


def _inserted(claim: Parsed, evidence: Parsed, slot: Slot) -> Difference | None:
    (a, b), (c, d) = slot.claim, slot.evidence
    mine, theirs = negators(claim.tokens, a, b), negators(evidence.tokens, c, d)
    if bool(mine) == bool(theirs) or b - a > 5 or d - c > 5:
        return None
    content = [t.stem for t in claim.tokens[a:b] if t.content] + [t.stem for t in evidence.tokens[c:d] if t.content]
    if any(are_opposites(one, other) for one in content for other in content if one < other):
        return None
    bare = not [s for s in content if s not in _LIGHT]
    certain = (
        slot.outside >= 0.75 and bare and slot.left >= 1 and (slot.right >= 2 or slot.left >= 4) and slot.around >= 4
    )
    return Difference("negation", _or_next(claim, a, b), _or_next(evidence, c, d), certain, 0.95 if certain else 0.55)


_LIGHT = frozenset(("fail", "refus", "declin", "cannot"))


def _or_next(parsed: Parsed, start: int, end: int) -> str:
    """The words of a slot with the word after it, so that a reader sees what is or is not negated."""
    return parsed.words(start, min(end + 1, len(parsed.tokens)))


def _scoped(claim: Parsed, evidence: Parsed, best: tuple[Aligned, ...]) -> list[Difference]:
    """Shared words that are negated on one side and never on the other, in any of the sentences alike."""
    there: dict[str, set[int]] = {}
    where: dict[str, int] = {}
    for aligned in best:
        for j in range(*aligned.sentence):
            token = evidence.tokens[j]
            if token.content:
                there.setdefault(token.stem, set()).add(evidence.negated[j] % 2)
                where.setdefault(token.stem, j)
    shared = [i for i, t in enumerate(claim.tokens) if t.content and t.stem in there]
    turned = [i for i in shared if claim.negated[i] % 2 not in there[claim.tokens[i].stem]]
    if not turned or not shared:
        return []
    share = len(turned) / len(shared)
    severity = round(min(0.9, share * best[0].coverage), 3)
    if severity < 0.1:
        return []
    i = turned[-1]
    j = where[claim.tokens[i].stem]
    return [Difference("negation", _around(claim, i), _around(evidence, j), False, severity)]


def _around(parsed: Parsed, i: int) -> str:
    """A word with what stands before it back to its negation, at most six words."""
    begin = i
    for k in range(i, max(-1, i - 6), -1):
        if parsed.clauses[k] != parsed.clauses[i]:
            break
        begin = k
        if negators(parsed.tokens, k, k + 1):
            break
    return parsed.words(begin, i + 1)
