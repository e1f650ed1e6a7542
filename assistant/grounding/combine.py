"""Joins the entailment models with the comparison of the texts into calibrated probabilities.

Two levels (Wolpert, 1992, stacked generalisation): boosted trees read the explicit comparison and the closeness of the
words; a logistic model, fitted on passages that none of them has seen, joins their log-odds with those of the models.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.errors import WeightsError
from assistant.grounding.closeness import Closeness
from assistant.grounding.compare import features
from assistant.grounding.entailment import LocalEntailment, load_entailment
from assistant.grounding.trees import TREES, Trees
from knowledge.encoders.encoder import load_base, softmax

COMBINER = Path(__file__).parents[1] / "weights" / "grounding_combiner.json"


@dataclass(frozen=True)
class Combiner:
    """A multinomial logistic model over standardised log-odds of k judges.

    Attributes:
        mean, scale: shape (3k,), of the inputs.
        weights: shape (3k, 3). bias: shape (3,).
    """

    mean: np.ndarray
    scale: np.ndarray
    weights: np.ndarray
    bias: np.ndarray

    @classmethod
    def load(cls, models: int, path: Path = COMBINER) -> Combiner:
        """Read what was fitted for the comparison with so many entailment models; WeightsError if nothing was."""
        data = json.loads(path.read_text()).get(str(models))
        if data is None:
            raise WeightsError(f"{path} has nothing for {models} model(s). Run: charter-assistant train grounding")
        return cls(*(np.asarray(data[name], dtype=np.float64) for name in ("mean", "scale", "weights", "bias")))

    def probabilities(self, scores: Sequence[np.ndarray]) -> np.ndarray:
        """Probabilities of shape (n, 3) from the log-odds of each judge, (n, 3) each."""
        return softmax(((joined_inputs(scores) - self.mean) / self.scale) @ self.weights + self.bias)


class Comparison:
    """The log-odds that the explicit comparison and the closeness of the words give, through the trees."""

    def __init__(self, trees: Trees, closeness: Closeness) -> None:
        self._trees = trees
        self._closeness = closeness

    @classmethod
    def load(cls, path: Path = TREES) -> Comparison:
        """The shipped trees, or those at `path`, over the untuned encoder."""
        return cls(Trees.load(path), Closeness(load_base()))

    def scores(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Log-odds of shape (n, 3) for (evidence, claim) pairs."""
        return self._trees.scores(compared_features(pairs, self._closeness))


def compared_features(pairs: Sequence[tuple[str, str]], closeness: Closeness) -> np.ndarray:
    """What the trees read of (evidence, claim) pairs: the comparison's features, then the closeness of the words."""
    explicit = np.stack([features(claim, evidence) for evidence, claim in pairs])
    return np.hstack([explicit, closeness.features(pairs)])


def joined_inputs(scores: Sequence[np.ndarray]) -> np.ndarray:
    """What the logistic model reads, shape (n, 3k): the log-odds of k judges, each less the mean of its row.

    Log-odds are known up to a constant a row; without it they can be compared across models.
    """
    return np.hstack([of_one - of_one.mean(axis=1, keepdims=True) for of_one in scores])


class JoinedJudge:
    """The entailment models and the comparison together."""

    def __init__(self, models: Sequence[LocalEntailment], comparison: Comparison, combiner: Combiner) -> None:
        self._models = tuple(models)
        self._comparison = comparison
        self._combiner = combiner
        self.model_id = " + ".join(model.model_id for model in models)

    @classmethod
    def load(cls) -> JoinedJudge:
        """The shipped judge."""
        models = load_entailment()
        return cls(models, Comparison.load(), Combiner.load(len(models)))

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Calibrated probabilities of shape (n, 3), in the order of LABELS, for (evidence, claim) pairs."""
        return self._combiner.probabilities(judge_scores(self._models, self._comparison, pairs))


def judge_scores(
    models: Sequence[LocalEntailment], comparison: Comparison, pairs: Sequence[tuple[str, str]]
) -> list[np.ndarray]:
    """The log-odds of the comparison, then of each model: shape (n, 3) each."""
    return [comparison.scores(pairs), *(model.logits(pairs) for model in models)]
