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
from knowledge.encoders.encoder import Encoder, load_encoder, softmax
from knowledge.errors import BaseNotInstalledError
from knowledge.scope_rules import ScopeRules

SCOPE_WEIGHTS = Path(__file__).parents[1] / "weights" / "scope.safetensors"
SMALL = "scope_small.safetensors"  # stands beside it
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
    """The geometric mean of the judgements of some encoders, by default the shipped ones.

    The last one's representation of a description is what near cases are found by.
    """

    def __init__(self, encoders: Sequence[Encoder]) -> None:
        self._encoders = tuple(encoders)
        first, *others = (encoder.card["patterns"] for encoder in self._encoders)
        if any(patterns != first for patterns in others):
            raise WeightsError("The scope judges differ in their patterns. Run: charter-assistant train scope")
        self._patterns = tuple(tuple(pattern) for pattern in first)
        self.model_id = f"scope judge {' + '.join(encoder.version for encoder in self._encoders)}"

    @classmethod
    def load(cls, path: Path = SCOPE_WEIGHTS) -> LocalJudge:
        """Load the shipped weights, large and small, or those at `path` and beside it.

        Where the large base is not installed the small judge judges alone; `doctor` says so.
        """
        small = load_encoder(path.with_name(SMALL)).quicken()
        try:
            return cls([load_encoder(path).quicken(), small])
        except BaseNotInstalledError:
            return cls([small])

    def judge(self, description: str) -> Judgement:
        """Judge one description."""
        return self.judge_all([description])[0]

    def judge_all(self, descriptions: list[str]) -> list[Judgement]:
        """Judge many descriptions, in batches."""
        pooled = [encoder.pooled(descriptions) for encoder in self._encoders]
        patterns, identifiable = (
            _pool([_chances(e, head, states) for e, states in zip(self._encoders, pooled, strict=True)])
            for head in ("pattern", "identifiable")
        )
        vectors = pooled[-1] / np.linalg.norm(pooled[-1], axis=1, keepdims=True)
        rows = zip(patterns, identifiable, vectors, strict=True)
        return [Judgement(self._patterns, *row) for row in rows]


def _chances(encoder: Encoder, head: str, pooled: np.ndarray) -> np.ndarray:
    """The calibrated probabilities that a head gives for pooled states of shape (n, d): (n, classes)."""
    return softmax(encoder.logits(head, pooled) / (encoder.card["temperature"] if head == "pattern" else 1.0))


def _pool(judged: Sequence[np.ndarray]) -> np.ndarray:
    """The normalised geometric mean of some encoders' probabilities, each of shape (n, classes)."""
    return softmax(np.mean([np.log(chances + 1e-9) for chances in judged], axis=0))
