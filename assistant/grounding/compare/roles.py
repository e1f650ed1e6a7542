"""Who does what to whom: the same words on the other side of the same verb or comparison."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.grounding.compare.alignment import align
from assistant.grounding.compare.difference import Difference

if TYPE_CHECKING:
    from assistant.grounding.compare.parsing import Parsed

_BE = frozenset("is are was were be been being gets got".split())


def compare(claim: Parsed, evidence: Parsed) -> list[Difference]:
    """Two shared words that have changed sides of a shared verb whose voice stayed the same."""
    alignment = align(claim, evidence)
    if not alignment.best or alignment.best[0].coverage < 0.6:
        return []
    best = alignment.best[0]
    order = [(i, t.stem) for i, t in enumerate(claim.tokens) if t.content]
    counts: dict[str, int] = {}
    for _, stem in order:
        counts[stem] = counts.get(stem, 0) + 1
    there: dict[str, list[int]] = {}
    for j in range(*best.sentence):
        if evidence.tokens[j].content:
            there.setdefault(evidence.tokens[j].stem, []).append(j)
    shared = [(i, stem, there[stem][0]) for i, stem in order if counts[stem] == 1 and len(there.get(stem, ())) == 1]
    return _swapped(claim, evidence, shared, best.coverage)


def _swapped(claim: Parsed, evidence: Parsed, shared: list[tuple[int, str, int]], coverage: float) -> list[Difference]:
    """Look for a pivot whose left and right neighbours have changed places."""
    if len(shared) < 3:
        return []
    inversions = 0
    total = 0
    worst: tuple[int, int] | None = None
    for x, (_, _, ja) in enumerate(shared):
        for y in range(x + 1, len(shared)):
            total += 1
            if shared[y][2] < ja:
                inversions += 1
                worst = worst or (x, y)
    if worst is None:
        return []
    x, y = _pivot_pair(shared) or worst
    (ia, _, ja), (ib, _, jb) = shared[x], shared[y]
    mine = _passive(claim, ia, ib)
    theirs = _passive(evidence, jb, ja)
    crossed = _pivot_pair(shared) is not None
    if mine != theirs or not crossed:
        severity = round(0.2 * inversions / total, 3)
        return [_difference(claim, evidence, shared[x], shared[y], False, severity)] if severity >= 0.05 else []
    share = inversions / total
    clean = coverage >= 0.95 and 2 <= ib - ia <= 9 and len(shared) >= 4 and not _symmetric(claim, ia, ib)
    moved = _whole_name(claim, ia) | _whole_name(claim, ib)
    certain = clean and _in_order([entry for entry in shared if entry[0] not in moved])
    severity = 0.9 if certain else round(0.3 + 0.4 * share * coverage, 3)
    return [_difference(claim, evidence, shared[x], shared[y], certain, severity)]


def _whole_name(parsed: Parsed, i: int) -> frozenset[int]:
    """The token and all others of the name it belongs to."""
    return next((frozenset(range(n.start, n.end)) for n in parsed.names if n.start <= i < n.end), frozenset((i,)))


def _in_order(shared: list[tuple[int, str, int]]) -> bool:
    return all(one[2] < other[2] for one, other in pairwise(shared))


def _pivot_pair(shared: list[tuple[int, str, int]]) -> tuple[int, int] | None:
    """Positions x < y in the claim, turned round in the evidence about a word that stands between them in both."""
    for x in range(len(shared)):
        for y in range(x + 2, len(shared)):
            low, high = shared[y][2], shared[x][2]
            if low < high and any(low < shared[z][2] < high for z in range(x + 1, y)):
                return x, y
    return None


def _passive(parsed: Parsed, begin: int, end: int) -> bool:
    words = [t.lower for t in parsed.tokens[begin : end + 1]]
    return "by" in words and any(word in _BE for word in words)


_SYMMETRIC = frozenset(
    "and or with between both equal same differ meet met marry married border together unlike".split()
)


def _symmetric(parsed: Parsed, begin: int, end: int) -> bool:
    return any(t.lower in _SYMMETRIC for t in parsed.tokens[begin:end])


def _difference(
    claim: Parsed,
    evidence: Parsed,
    one: tuple[int, str, int],
    other: tuple[int, str, int],
    certain: bool,
    severity: float,
) -> Difference:
    mine = claim.words(one[0], other[0] + 1)
    return Difference("role", mine, evidence.words(other[2], one[2] + 1), certain, severity)
