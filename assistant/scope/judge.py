"""The judge of the criteria: from a description to calibrated probabilities over joint findings.

Two encoders of unlike size and training judge each description, and the geometric mean of their probabilities counts
(Genest and Zidek, 1986, logarithmic opinion pool): they seldom make the same mistake, and what one of them thinks
impossible stays unlikely.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.errors import WeightsError
from assistant.scope.labels import CRITERIA, FINDINGS
from knowledge.encoders.encoder import Encoder, load_for_judging, softmax
from knowledge.scope_rules import ScopeRules

SCOPE_WEIGHTS = Path(__file__).parents[1] / "weights" / "scope.safetensors"
IDENTIFIABLE = "identifiable_patient_data"
DECIDING = tuple(name for name in CRITERIA if name != IDENTIFIABLE)


@dataclass(frozen=True)
class Judgement:
    """Probabilities over patterns of findings.

    Attributes:
        patterns: findings of the deciding criteria (in the order of DECIDING), k of them.
        probabilities: shape (k,), summing to 1.
        identifiable: probabilities of yes, no, unclear for identifiable patient data.
        vector: the description's representation, shape (d,), unit length; for finding near cases.
    """

    patterns: tuple[tuple[str, ...], ...]
    probabilities: np.ndarray
    identifiable: np.ndarray
    vector: np.ndarray

    def findings(self, row: int) -> dict[str, str]:
        """All findings under pattern `row`, with the likeliest one for identifiable data."""
        named = dict(zip(DECIDING, self.patterns[row], strict=True))
        named[IDENTIFIABLE] = FINDINGS[int(self.identifiable.argmax())]
        return named

    def marginal(self, name: str) -> dict[str, float]:
        """The probability of each finding of one criterion."""
        if name == IDENTIFIABLE:
            return dict(zip(FINDINGS, map(float, self.identifiable), strict=True))
        column = DECIDING.index(name)
        totals = dict.fromkeys(FINDINGS, 0.0)
        for pattern, probability in zip(self.patterns, self.probabilities, strict=True):
            totals[pattern[column]] += float(probability)
        return totals

    def verdicts(self, rules: ScopeRules) -> dict[str, float]:
        """The probability of each verdict: the rule table applied to every pattern."""
        totals = {"in_scope": 0.0, "out_of_scope": 0.0, "needs_assessment": 0.0}
        for row, probability in enumerate(self.probabilities):
            totals[rules.decide(self.findings(row)).verdict] += float(probability)
        return totals

    def given(self, known: Mapping[str, str]) -> Judgement:
        """The judgement once the findings in `known` are certain (a person has said so)."""
        weights = self.probabilities.astype(float).copy()
        for row, pattern in enumerate(self.patterns):
            named = dict(zip(DECIDING, pattern, strict=True))
            # A reply may contradict every pattern at once; keep a little of each, so that something is left.
            mismatches = sum(named[name] != finding for name, finding in known.items() if name in named)
            weights[row] = (weights[row] + 1e-4) * 1e-3**mismatches
        identifiable = self.identifiable
        if IDENTIFIABLE in known:
            identifiable = np.array([float(known[IDENTIFIABLE] == finding) for finding in FINDINGS])
        return replace(self, probabilities=weights / weights.sum(), identifiable=identifiable)


class ScopeJudge(Protocol):
    """What judges the criteria; a local model by default, a language model where one is set."""

    model_id: str

    def judge(self, description: str) -> Judgement:
        """Judge one description of a use of AI."""
        ...


class LocalJudge:
    """Judges by one encoder that the project has trained."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.patterns = tuple(tuple(pattern) for pattern in encoder.card["patterns"])
        self.model_id = f"scope judge {encoder.version}"

    def judge(self, description: str) -> Judgement:
        """Judge one description."""
        return self.judge_all([description])[0]

    def judge_all(self, descriptions: Sequence[str]) -> list[Judgement]:
        """Judge many descriptions, in batches."""
        pooled = self._encoder.pooled(descriptions)
        chances = softmax(self._encoder.logits("pattern", pooled) / self._encoder.card["temperature"])
        identifiable = softmax(self._encoder.logits("identifiable", pooled))
        vectors = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return [Judgement(self.patterns, *row) for row in zip(chances, identifiable, vectors, strict=True)]


class JointJudge:
    """A small and a large judge together."""

    def __init__(self, small: LocalJudge, large: LocalJudge) -> None:
        if small.patterns != large.patterns:
            raise WeightsError("The scope judges differ in their patterns. Run: charter-assistant train scope")
        self._small = small
        self._large = large
        self.model_id = f"{small.model_id} + {large.model_id}"

    def judge(self, description: str) -> Judgement:
        """Judge one description."""
        return together(self._small.judge(description), self._large.judge(description))


def together(one: Judgement, other: Judgement) -> Judgement:
    """The normalised geometric mean of two judgements; near cases are found by the representation of the first."""
    patterns, identifiable = (
        softmax((np.log(getattr(one, name) + 1e-9) + np.log(getattr(other, name) + 1e-9)) / 2)
        for name in ("probabilities", "identifiable")
    )
    return Judgement(one.patterns, patterns, identifiable, one.vector)


def load_judge(path: Path = SCOPE_WEIGHTS) -> ScopeJudge:
    """The shipped judges together, or those at `path` and beside it; the small one alone without the large base."""
    judges = [LocalJudge(encoder) for encoder in load_for_judging(path)]
    return JointJudge(*judges) if len(judges) > 1 else judges[0]
