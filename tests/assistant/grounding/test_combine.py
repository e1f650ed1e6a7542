"""The joined judge gives each judge's scores their own weights."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import WeightsError
from assistant.grounding.combine import Combiner, Comparison, JoinedJudge
from assistant.grounding.entailment import LocalEntailment

PAIRS = [("evidence", "claim"), ("evidence", "another claim")]


class FixedModel(LocalEntailment):
    """Thinks the same of every pair."""

    def __init__(self, scores: Sequence[float]) -> None:
        self.model_id = "fixed"
        self._scores = scores

    def logits(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        return np.tile(np.array(self._scores, dtype=float), (len(pairs), 1))


class FixedComparison(Comparison):
    """Finds the same in every pair."""

    def __init__(self, scores: Sequence[float]) -> None:
        self._scores = scores

    def scores(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        return np.tile(np.array(self._scores, dtype=float), (len(pairs), 1))


def _believing(column: int) -> Combiner:
    """A combiner that believes one of three judges alone."""
    weights = np.zeros((9, 3))
    weights[3 * column : 3 * column + 3] = np.eye(3)
    return Combiner(np.zeros(9), np.ones(9), weights, np.zeros(3))


@pytest.mark.parametrize("believed", [0, 1, 2])
def test_the_comparison_comes_first_then_the_models_in_order(believed: int) -> None:
    scores = [(3, 0, 0), (0, 3, 0), (0, 0, 3)]
    judge = JoinedJudge([FixedModel(s) for s in scores[1:]], FixedComparison(scores[0]), _believing(believed))
    chances = judge.probabilities(PAIRS)
    assert chances.shape == (2, 3)
    assert chances.argmax(1).tolist() == [believed, believed]
    assert np.allclose(chances.sum(1), 1)


def test_a_combiner_for_other_models_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "combiner.json"
    fitted = {"mean": [0] * 6, "scale": [1] * 6, "weights": [[0] * 3] * 6, "bias": [0] * 3}
    path.write_text(json.dumps({"1": fitted}))
    assert Combiner.load(1, path).weights.shape == (6, 3)
    with pytest.raises(WeightsError, match="train grounding"):
        Combiner.load(2, path)
