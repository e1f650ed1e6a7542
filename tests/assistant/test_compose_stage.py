"""How a turn that nothing answers ends: silence of the sources, off topic, or a word about the assistant."""

from __future__ import annotations

import pytest

from assistant import CharterAssistant
from assistant.render import to_answer
from assistant.stages.compose import PERHAPS_OFF_TOPIC, compose
from assistant.toolkit import Toolkit
from assistant.turn import Evidence, Turn
from knowledge.types import Unit


@pytest.fixture(scope="module")
def toolkit(assistant: CharterAssistant) -> Toolkit:
    return assistant._toolkit


def _turn(unit: Unit, off_topic: float, answers: float = 0.0, route: str = "knowledge") -> Turn:
    turn = Turn("A message", (), text="A message", standalone="A message", route=route)
    turn.route_probabilities = {"off_topic": off_topic, "scope": 0.0}
    turn.evidence = (Evidence(unit, 0.1, answers, 0.0),)
    return turn


def _unit(toolkit: Toolkit, gap: bool) -> Unit:
    return next(unit for unit in toolkit.index.units if unit.gap == gap)


@pytest.mark.parametrize(
    ("gap", "off_topic", "answers", "route", "status"),
    [
        (False, PERHAPS_OFF_TOPIC + 0.01, 0.0, "knowledge", "declined"),
        (False, PERHAPS_OFF_TOPIC - 0.01, 0.0, "knowledge", "not_in_sources"),
        (True, PERHAPS_OFF_TOPIC + 0.01, 0.9, "knowledge", "not_in_sources"),  # the sources say they are silent
        (False, PERHAPS_OFF_TOPIC + 0.01, 0.0, "about_assistant", "needs_clarification"),
    ],
)
def test_a_message_that_nothing_answers(
    toolkit: Toolkit, gap: bool, off_topic: float, answers: float, route: str, status: str
) -> None:
    turn = _turn(_unit(toolkit, gap), off_topic, answers, route)
    compose(turn, toolkit)
    assert turn.status == status


def test_a_mistaken_premise_does_not_stand_in_the_way_of_declining(toolkit: Toolkit) -> None:
    turn = _turn(_unit(toolkit, gap=False), off_topic=0.5)
    turn.premise = "the Charter pays for canteens"
    compose(turn, toolkit)
    answer = to_answer(turn, toolkit)
    assert (answer.status, answer.reason) == ("declined", "off_topic")
    assert not answer.sentences
