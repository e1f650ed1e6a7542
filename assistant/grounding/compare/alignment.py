"""Which words of the evidence talk about the same thing as the claim.

Rules only look where claim and evidence run together: at the best-overlapping sentences and, for certain differences,
at *slots*: places where one or a few words differ between runs of words that agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.grounding.compare.parsing import Parsed


@dataclass(frozen=True, slots=True)
class Slot:
    """Token ranges of claim and evidence that differ between agreeing words.

    `left` and `right` count the agreeing words on either side; `outside` is the share of the claim's content words
    outside the slot that the evidence sentence has.
    """

    claim: tuple[int, int]
    evidence: tuple[int, int]
    left: int
    right: int
    outside: float

    @property
    def around(self) -> int:
        """How many agreeing words stand next to the slot."""
        return self.left + self.right

    def within(self, claim_words: int, evidence_words: int) -> bool:
        """Whether the slot is no longer than so many tokens on each side."""
        return self.claim[1] - self.claim[0] <= claim_words and self.evidence[1] - self.evidence[0] <= evidence_words


@dataclass(frozen=True, slots=True)
class Aligned:
    """A claim laid over one evidence sentence. `coverage` is the share of its content stems found in that sentence."""

    sentence: tuple[int, int]
    coverage: float
    slots: tuple[Slot, ...]
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The claim over its best sentences, best first; `coverage` is over the whole evidence."""

    best: tuple[Aligned, ...]
    coverage: float
    missing: frozenset[str]

    @property
    def positions(self) -> tuple[tuple[int, int], ...]:
        """Token ranges of the sentences that count as being about the same thing."""
        return tuple(aligned.sentence for aligned in self.best)


@lru_cache(maxsize=32)
def align(claim: Parsed, evidence: Parsed) -> Alignment:
    """Lay the claim over the two evidence sentences that share most content with it (fewer if little is shared)."""
    wanted = claim.content_stems
    if not wanted:
        return Alignment((), 0.0, frozenset())
    pairs = frozenset().union(*claim.sentence_pairs)
    scored: list[tuple[float, int, float]] = []
    for number, (stems, there) in enumerate(zip(evidence.sentence_stems, evidence.sentence_pairs, strict=True)):
        shared = len(wanted & stems) / len(wanted)
        wording = len(pairs & there) / len(pairs) if pairs else 0.0
        scored.append((shared + 0.5 * wording, -number, shared))
    scored.sort(reverse=True)
    top = scored[0][0] if scored else 0.0
    kept = [(shared, -number) for score, number, shared in scored[:2] if shared >= 0.25 and score >= top * 0.75]
    best = tuple(_lay(claim, evidence, evidence.sentences[number], shared) for shared, number in kept)
    missing = wanted - evidence.content_stems
    return Alignment(best, 1 - len(missing) / len(wanted), frozenset(missing))


def _lay(claim: Parsed, evidence: Parsed, sentence: tuple[int, int], coverage: float) -> Aligned:
    begin, end = sentence
    left = [t.stem for t in claim.tokens]
    right = [t.stem for t in evidence.tokens[begin:end]]
    evidence_stems = frozenset(right)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if b.size]
    pairs = [(b.a + k, b.b + begin + k) for b in blocks for k in range(b.size)]
    gaps: list[tuple[int, int, int, int, int, int]] = []
    blocks = _without_stray_links(blocks, claim)
    for before, after in pairwise(blocks):
        gaps.append((before.a + before.size, after.a, before.b + before.size, after.b, before.size, after.size))
    if blocks:
        first, last = blocks[0], blocks[-1]
        gaps.append((0, first.a, 0, first.b, 0, first.size))
        tail = len(left) - (1 if left[-1] == "." else 0)
        stop = len(right) - (1 if right[-1] == "." else 0)
        if last.a + last.size <= tail and last.b + last.size <= stop:
            gaps.append((last.a + last.size, tail, last.b + last.size, stop, last.size, 0))
    found = [t.content and t.stem in evidence_stems for t in claim.tokens]
    slots = tuple(
        Slot((a, b), (c + begin, d + begin), x, y, _outside(claim, found, a, b))
        for a, b, c, d, x, y in gaps
        if b > a or d > c
    )
    return Aligned(sentence, coverage, slots, tuple(pairs))


def _without_stray_links(blocks: list[Match], claim: Parsed) -> list[Match]:
    """Leave out single small words that agree inside a longer difference: "Chamber of Trade", "Bank of Norvane"."""
    kept: list[Match] = []
    for k, block in enumerate(blocks):
        if block.size == 1 and 0 < k < len(blocks) - 1 and not claim.tokens[block.a].content:
            last, following = kept[-1], blocks[k + 1]
            before = block.a - last.a - last.size, block.b - last.b - last.size
            after = following.a - block.a - 1, following.b - block.b - 1
            if min(before) >= 1 and min(after) >= 1 and claim.tokens[block.a].lower in ("of", "for", "the", "and"):
                continue
        kept.append(block)
    return kept


def _outside(claim: Parsed, found: list[bool], start: int, end: int) -> float:
    content = [i for i, token in enumerate(claim.tokens) if token.content and not start <= i < end]
    return sum(found[i] for i in content) / len(content) if content else 0.0
