"""Gradient-boosted trees as plain arrays: loading them executes nothing, and numpy alone evaluates them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

TREES = Path(__file__).parents[1] / "weights" / "grounding_trees.npz"


@dataclass(frozen=True)
class Trees:
    """Boosted regression trees, one sequence a class (Friedman, 2001). A row goes left where its feature ≤ threshold.

    Attributes:
        feature, left, right: int, shape (trees, nodes); `feature` is -1 at a leaf.
        threshold, value: float, shape (trees, nodes); the learning rate is in `value` already.
        of_class: int, shape (trees,): the class whose score a tree adds to.
        start: float, shape (classes,): the scores before any tree.
    """

    feature: np.ndarray
    left: np.ndarray
    right: np.ndarray
    threshold: np.ndarray
    value: np.ndarray
    of_class: np.ndarray
    start: np.ndarray

    @classmethod
    def load(cls, path: Path = TREES) -> Trees:
        """Read the arrays that `save` wrote."""
        with np.load(path, allow_pickle=False) as data:
            return cls(**{name: data[name] for name in cls.__dataclass_fields__})

    def save(self, path: Path) -> None:
        """Write the arrays, compressed."""
        np.savez_compressed(path, **{name: getattr(self, name) for name in self.__dataclass_fields__})

    def scores(self, features: np.ndarray) -> np.ndarray:
        """Log-odds of shape (n, classes) for features of shape (n, d)."""
        trees = np.arange(len(self.feature))
        node = np.zeros((len(features), len(trees)), dtype=np.int64)
        while ((split := self.feature[trees, node]) >= 0).any():
            value = np.take_along_axis(features, np.maximum(split, 0), axis=1)
            onward = np.where(value <= self.threshold[trees, node], self.left[trees, node], self.right[trees, node])
            node = np.where(split >= 0, onward, node)
        reached = self.value[trees, node]
        sums = [reached[:, self.of_class == row].sum(1) for row in range(len(self.start))]
        return np.asarray(np.stack(sums, axis=1) + self.start)
