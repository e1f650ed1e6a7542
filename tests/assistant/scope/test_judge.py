"""Two judges together, and the small one alone where there is no other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.errors import WeightsError
from assistant.scope.judge import (
    DECIDING,
    SCOPE_WEIGHTS,
    JointJudge,
    Judgement,
    LocalJudge,
    load_judge,
    together,
)
from knowledge.encoders.encoder import small_of
from knowledge.errors import BaseNotInstalledError
from knowledge.scope_rules import load_scope_rules

Patterns = tuple[tuple[str, ...], ...]


def _pattern(**findings: str) -> tuple[str, ...]:
    return tuple(findings.get(name, "no") for name in DECIDING)


OPERATIONAL = _pattern(operational_only="yes", purpose_stated="yes")
CLINICAL = _pattern(medical_purpose="yes", derives_or_acts="yes", purpose_stated="yes")
PATTERNS: Patterns = (OPERATIONAL, CLINICAL)


class Fixed(LocalJudge):
    """Always judges alike."""

    def __init__(self, operational: float, patterns: Patterns = PATTERNS) -> None:
        self.patterns = patterns
        self.model_id = f"fixed {operational}"
        self._chances = np.array([operational, 1 - operational])

    def judge(self, description: str) -> Judgement:
        return Judgement(self.patterns, self._chances, np.full(3, 1 / 3), np.ones(4) / 2)


def test_two_judges_give_the_geometric_mean_of_their_odds() -> None:
    judgement = JointJudge(Fixed(0.9), Fixed(0.02)).judge("A tool for the ward.")
    odds = np.sqrt((0.9 / 0.1) * (0.02 / 0.98))
    assert judgement.probabilities[0] == pytest.approx(odds / (1 + odds), abs=1e-6)
    assert judgement.verdicts(load_scope_rules())["in_scope"] == pytest.approx(judgement.probabilities[0])


def test_what_one_judge_thinks_impossible_stays_unlikely() -> None:
    joined = together(Fixed(0.97).judge(""), Fixed(0.0).judge(""))
    assert joined.probabilities[0] < 0.01
    assert joined.probabilities.sum() == pytest.approx(1)


def test_judges_of_unlike_patterns_are_refused() -> None:
    with pytest.raises(WeightsError, match="train scope"):
        JointJudge(Fixed(0.9), Fixed(0.9, patterns=PATTERNS[::-1]))


def test_without_the_large_base_the_small_judge_is_all_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class Small:
        version = "small"

        def __init__(self) -> None:
            self.card = {"patterns": PATTERNS}

        def quicken(self) -> Small:
            return self

    def load(path: Path) -> Small:
        if path == small_of(SCOPE_WEIGHTS):
            return Small()
        raise BaseNotInstalledError("not installed")

    monkeypatch.setattr("knowledge.encoders.encoder.load_encoder", load)
    judge = load_judge()
    assert isinstance(judge, LocalJudge)
    assert judge.model_id == "scope judge small"
