"""What the router learns from: messages, and of questions and described uses a share."""

from __future__ import annotations

from assistant.training.cases import read_scope_cases
from assistant.training.questions import Message, Question
from assistant.training.router import EVERY_CASE, EVERY_QUESTION, SCOPE_MAP, routed


def test_questions_and_cases_join_the_messages_with_their_route() -> None:
    messages = [Message("What is your name?", "about_assistant")]
    about_fact = Question("Who signed it?", ("S02:1",), (), ())
    about_use = Question("Is a rota tool fine?", (f"{SCOPE_MAP}:1",), (), ())
    unanswered = Question("What does it cost?", (), (), ("S02:1",))
    questions = [question for question in (about_fact, about_use, unanswered) for _ in range(EVERY_QUESTION)]
    cases = read_scope_cases()[: 3 * EVERY_CASE]
    found = routed(messages, questions, cases)
    assert found[0] == messages[0]
    assert [message.route for message in found[1:4]] == ["knowledge", "scope", "knowledge"]
    assert [message.route for message in found[4:]] == ["scope"] * 3
    assert found[4].text == cases[0].text
