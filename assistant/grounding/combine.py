"""Joins the entailment model's log-odds with the comparison's features into calibrated probabilities."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

COMBINER = Path(__file__).parents[1] / "weights" / "grounding_combiner.json"


@dataclass(frozen=True)
class Combiner:
    """A multinomial logistic model over standardised inputs.

    Attributes:
        mean, scale: shape (d,), of the inputs.
        weights: shape (d, 3). bias: shape (3,).
    """

    mean: np.ndarray
    scale: np.ndarray
    weights: np.ndarray
    bias: np.ndarray

    @classmethod
    def load(cls, path: Path = COMBINER, hub: bool = False) -> Combiner:
        """Read the fitted model; for a hub model the log-odds stand alone (its scale is its own)."""
        if hub:
            return cls(np.zeros(3), np.ones(3), np.eye(3), np.zeros(3))
        data = json.loads(path.read_text())
        return cls(*(np.asarray(data[name], dtype=np.float64) for name in ("mean", "scale", "weights", "bias")))

    def probabilities(self, logits: np.ndarray, compared: np.ndarray) -> np.ndarray:
        """Probabilities of shape (n, 3) from log-odds (n, 3) and features (n, k)."""
        inputs = np.hstack([logits, compared])[:, : len(self.mean)]
        scores = ((inputs - self.mean) / self.scale) @ self.weights + self.bias
        shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))
