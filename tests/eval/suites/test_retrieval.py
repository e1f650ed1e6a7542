"""Retrieval figures by hand; the suite itself needs the shipped models."""

from __future__ import annotations

import pytest

from assistant.training.questions import Question
from eval.suites.retrieval import Ranked, held_out


def test_gains_of_answers_and_helps() -> None:
    question = Question("q", ("a", "b"), ("h",), ())
    assert Ranked(question, ("a", "b", "h")).ndcg == pytest.approx(1.0)
    assert Ranked(question, ("x", "h", "a")).ndcg < Ranked(question, ("x", "a", "h")).ndcg
    assert Ranked(question, ("x", "a")).recall(5) == 0.5
    assert Ranked(question, ("x", "y", "b")).found(2) == 0.0
    assert Ranked(question, ("x", "y", "b")).found(3) == 1.0


def test_held_out_questions_are_answerable_and_always_the_same() -> None:
    questions = held_out(25)
    assert len(questions) == 25
    assert all(question.answers for question in questions)
    assert questions == held_out(None)[:25]
