"""Which words of the evidence talk about the same thing as the claim.

Rules only look where claim and evidence run together: at the best-overlapping sentences and, for certain differences,
at *slots*: places where one or a few words differ between runs of words that agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.grounding.compare.parsing import Parsed


@dataclass(frozen=True, slots=True)
class Slot:
    """Token ranges of claim and evidence that differ between agreeing words; `left` and `right` count those words."""

    claim: tuple[int, int]
    evidence: tuple[int, int]
    left: int
    right: int


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
    scored: list[tuple[float, int]] = []
    for number, (begin, end) in enumerate(evidence.sentences):
        shared = sum(1 for stem in wanted if stem in evidence.sentence_stems[number])
        scored.append((shared / len(wanted), -number))
    scored.sort(reverse=True)
    top = scored[0][0] if scored else 0.0
    kept = [(score, -number) for score, number in scored[:2] if score >= max(0.25, top * 0.75)]
    best = tuple(_lay(claim, evidence, evidence.sentences[number], score) for score, number in kept)
    missing = wanted - evidence.content_stems
    return Alignment(best, 1 - len(missing) / len(wanted), frozenset(missing))


def _lay(claim: Parsed, evidence: Parsed, sentence: tuple[int, int], coverage: float) -> Aligned:
    begin, end = sentence
    left = [t.stem for t in claim.tokens]
    right = [t.stem for t in evidence.tokens[begin:end]]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if b.size]
    pairs = [(b.a + k, b.b + begin + k) for b in blocks for k in range(b.size)]
    slots: list[Slot] = []
    for before, after in zip(blocks, blocks[1:], strict=False):
        claim_gap = (before.a + before.size, after.a)
        evidence_gap = (before.b + before.size + begin, after.b + begin)
        slots.append(Slot(claim_gap, evidence_gap, before.size, after.size))
    if blocks:
        first, last = blocks[0], blocks[-1]
        slots.append(Slot((0, first.a), (begin, first.b + begin), 0, first.size))
        tail = len(left) - (1 if left and left[-1] == "." else 0)
        stop = end - (1 if right and right[-1] == "." else 0)
        at, there = last.a + last.size, last.b + last.size + begin
        if at <= tail and there <= stop:
            slots.append(Slot((at, tail), (there, stop), last.size, 0))
    return Aligned(sentence, coverage, tuple(slots), tuple(pairs))
