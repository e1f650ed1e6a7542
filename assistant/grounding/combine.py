"""Joins the entailment model with the comparison of the texts into calibrated probabilities.

Two levels (Wolpert, 1992, stacked generalisation): boosted trees read the explicit comparison and the closeness of the
words; a logistic model, fitted on passages that neither has seen, joins their log-odds with the entailment model's.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.grounding.closeness import Closeness
from assistant.grounding.compare import features
from assistant.grounding.trees import TREES, Trees
from knowledge.encoders.encoder import load_base, softmax

COMBINER = Path(__file__).parents[1] / "weights" / "grounding_combiner.json"


@dataclass(frozen=True)
class Combiner:
    """A multinomial logistic model over standardised log-odds.

    Attributes:
        mean, scale: shape (6,), of the inputs.
        weights: shape (6, 3). bias: shape (3,).
    """

    mean: np.ndarray
    scale: np.ndarray
    weights: np.ndarray
    bias: np.ndarray

    @classmethod
    def load(cls, path: Path = COMBINER) -> Combiner:
        """Read the fitted model."""
        data = json.loads(path.read_text())
        return cls(*(np.asarray(data[name], dtype=np.float64) for name in ("mean", "scale", "weights", "bias")))

    def probabilities(self, logits: np.ndarray, compared: np.ndarray) -> np.ndarray:
        """Probabilities of shape (n, 3) from the entailment model's and the comparison's log-odds, (n, 3) each."""
        inputs = joined_inputs(logits, compared)
        return softmax(((inputs - self.mean) / self.scale) @ self.weights + self.bias)


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


def joined_inputs(logits: np.ndarray, compared: np.ndarray) -> np.ndarray:
    """What the logistic model reads, shape (n, 6): both models' log-odds, each less the mean of its row.

    Log-odds are known up to a constant a row; without it they can be compared across models.
    """
    return np.hstack([scores - scores.mean(axis=1, keepdims=True) for scores in (logits, compared)])
