"""Fits the boosted trees of the grounding checker and turns them into plain arrays."""

from __future__ import annotations

import numpy as np

from assistant.grounding.trees import Trees

ROUNDS, LEAVES, RATE = 160, 14, 0.07


def fit_trees(features: np.ndarray, targets: np.ndarray, weights: np.ndarray, seed: int = 1) -> Trees:
    """Boosted trees for features (n, d), class rows (n,) and case weights (n,)."""
    from sklearn.ensemble import GradientBoostingClassifier

    # Single precision, as the library itself compares: the exported trees then part the same rows.
    model = GradientBoostingClassifier(
        n_estimators=ROUNDS, learning_rate=RATE, max_depth=8, max_leaf_nodes=LEAVES, min_samples_leaf=12,
        subsample=0.6, max_features=0.5, random_state=seed,
    )  # fmt: skip
    model.fit(features.astype(np.float32), targets, sample_weight=weights)
    grown = [(row, tree.tree_) for round_ in model.estimators_ for row, tree in enumerate(round_)]
    size = max(tree.node_count for _, tree in grown)

    def stacked(name: str, fill: float, dtype: type) -> np.ndarray:
        out = np.full((len(grown), size), fill, dtype=dtype)
        for position, (_, tree) in enumerate(grown):
            out[position, : tree.node_count] = np.asarray(getattr(tree, name)).reshape(tree.node_count)
        return out

    priors = np.bincount(targets, weights=weights) / weights.sum()
    return Trees(
        feature=np.maximum(stacked("feature", -1, np.int16), -1), left=stacked("children_left", 0, np.int16),
        right=stacked("children_right", 0, np.int16), threshold=stacked("threshold", 0, np.float64),
        value=(stacked("value", 0, np.float32) * np.float32(RATE)), of_class=np.array([row for row, _ in grown]),
        start=np.log(priors),
    )  # fmt: skip
