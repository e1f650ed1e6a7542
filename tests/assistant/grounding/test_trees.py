"""The exported trees give what the library that grew them gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assistant.grounding.trees import Trees
from assistant.training.trees import fit_trees
from knowledge.encoders.encoder import softmax


def _data(seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(400, 5)).astype(np.float32)
    targets = np.where(features[:, 0] > 0.4, 0, np.where(features[:, 1] * features[:, 2] > 0, 1, 2))
    return features, targets


def test_trees_learn_what_a_line_cannot_and_survive_storage(tmp_path: Path) -> None:
    features, targets = _data(1)
    trees = fit_trees(features, targets, np.ones(len(targets)))
    fresh, wanted = _data(2)
    scores = trees.scores(fresh)
    assert scores.shape == (400, 3)
    assert (scores.argmax(1) == wanted).mean() > 0.85  # the product of two features decides
    trees.save(tmp_path / "trees.npz")
    assert np.array_equal(Trees.load(tmp_path / "trees.npz").scores(fresh), scores)


def test_the_arrays_part_rows_as_the_library_does() -> None:
    from sklearn.ensemble import GradientBoostingClassifier

    from assistant.training import trees as training

    features, targets = _data(3)
    weights = np.linspace(0.5, 1.5, len(targets))
    model = GradientBoostingClassifier(
        n_estimators=training.ROUNDS, learning_rate=training.RATE, max_depth=8, max_leaf_nodes=training.LEAVES,
        min_samples_leaf=12, subsample=0.6, max_features=0.5, random_state=1,
    ).fit(features, targets, sample_weight=weights)  # fmt: skip
    own = softmax(fit_trees(features, targets, weights).scores(features))
    assert np.abs(own - model.predict_proba(features)).max() < 1e-4
