"""Two judges in a cascade: the small one alone where it is sure, both together where it is not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.errors import WeightsError
from assistant.scope.judge import (
    DECIDING,
    SMALL,
    SURE_ALONE,
    CascadeJudge,
    Judgement,
    LocalJudge,
    load_judge,
    together,
)
from knowledge.errors import BaseNotInstalledError
from knowledge.scope_rules import load_scope_rules

Patterns = tuple[tuple[str, ...], ...]


def _pattern(**findings: str) -> tuple[str, ...]:
    return tuple(findings.get(name, "no") for name in DECIDING)


OPERATIONAL = _pattern(operational_only="yes", purpose_stated="yes")
CLINICAL = _pattern(medical_purpose="yes", derives_or_acts="yes", purpose_stated="yes")
PATTERNS: Patterns = (OPERATIONAL, CLINICAL)


class Fixed(LocalJudge):
    """Always judges alike, and counts how often it is asked."""

    def __init__(self, operational: float, patterns: Patterns = PATTERNS) -> None:
        self.patterns = patterns
        self.model_id = f"fixed {operational}"
        self.asked = 0
        self._chances = np.array([operational, 1 - operational])

    def judge(self, description: str) -> Judgement:
        self.asked += 1
        return Judgement(self.patterns, self._chances, np.full(3, 1 / 3), np.ones(4) / 2)


def _cascade(small: Fixed, large: Fixed) -> CascadeJudge:
    return CascadeJudge(small, large, load_scope_rules())


def test_a_sure_small_judge_stands_alone() -> None:
    small, large = Fixed(SURE_ALONE + 0.01), Fixed(0.0)
    judgement = _cascade(small, large).judge("A rota for porters.")
    assert large.asked == 0
    assert judgement.verdicts(load_scope_rules())["in_scope"] > SURE_ALONE


def test_an_unsure_small_judge_is_joined_by_the_large_one() -> None:
    small, large = Fixed(0.9), Fixed(0.02)
    judgement = _cascade(small, large).judge("A tool for the ward.")
    assert (small.asked, large.asked) == (1, 1)
    odds = np.sqrt((0.9 / 0.1) * (0.02 / 0.98))  # the geometric mean of the two judges' odds
    assert judgement.probabilities[0] == pytest.approx(odds / (1 + odds), abs=1e-6)


def test_what_one_judge_thinks_impossible_stays_unlikely() -> None:
    joined = together(Fixed(0.97).judge(""), Fixed(0.0).judge(""))
    assert joined.probabilities[0] < 0.01
    assert joined.probabilities.sum() == pytest.approx(1)


def test_judges_of_unlike_patterns_are_refused() -> None:
    with pytest.raises(WeightsError, match="train scope"):
        _cascade(Fixed(0.9), Fixed(0.9, patterns=PATTERNS[::-1]))


def test_a_sure_verdict_with_an_open_row_is_not_left_to_the_small_judge() -> None:
    acting = _pattern(derives_or_acts="yes", purpose_stated="yes")
    patterns = (CLINICAL, acting)  # both out of scope, by rows with other answers on the device
    small, large = Fixed(0.5, patterns), Fixed(0.9, patterns)
    rows = {load_scope_rules().decide(small.judge("").findings(row)).id for row in (0, 1)}
    assert len(rows) == 2
    _cascade(small, large).judge("A tool.")
    assert large.asked == 1


def test_a_use_that_needs_assessment_is_always_put_to_both() -> None:
    silent = _pattern(touches_record_or_pathway="yes", purpose_stated="yes")
    small, large = Fixed(1.0, (silent, CLINICAL)), Fixed(0.9, (silent, CLINICAL))
    assert small.judge("").verdicts(load_scope_rules())["needs_assessment"] == 1
    _cascade(small, large).judge("It files letters.")
    assert large.asked == 1


def test_without_the_large_base_the_small_judge_is_all_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    small = Fixed(0.5)

    def load(path: Path) -> LocalJudge:
        if path.name == SMALL:
            return small
        raise BaseNotInstalledError("not installed")

    monkeypatch.setattr(LocalJudge, "load", load)
    assert load_judge(load_scope_rules()) is small
