from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.guard import find_crisis


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I want to end my life", "self_harm"),
        ("I'm going to hurt myself", "self_harm"),
        ("my baby isn't breathing", "emergency"),
        ("chest pain now", "emergency"),
        ("patient collapsed", "emergency"),
        ("my partner hit me again", "safeguarding"),
    ],
)
def test_a_danger_told_by_the_writer(text: str, kind: str) -> None:
    finding = find_crisis(text)
    assert finding is not None
    assert finding.kind == kind
    assert 0 <= finding.start < finding.end <= len(text)


def test_a_question_about_scope_around_it_does_not_hide_it() -> None:
    text = "Is the triage bot in scope? My dad has collapsed and he isn't breathing. Also, what about rotas?"
    finding = find_crisis(text)
    assert finding is not None
    assert finding.kind == "emergency"


@pytest.mark.parametrize("frame", ["Can AI see when {}?", "A bot for times when {}", "If {}, does the app call 999?"])
@pytest.mark.parametrize("danger", ["my baby isn't breathing", "a patient has collapsed", "he is bleeding heavily"])
def test_the_same_danger_as_a_topic_passes(frame: str, danger: str) -> None:
    assert find_crisis(danger) is not None
    assert find_crisis(frame.format(danger)) is None


@pytest.mark.parametrize(
    "text",
    [
        "a chatbot for people in crisis",
        "sepsis alert",
        "suicide prevention training rota",
        "The bot hears 'I want to die' and calls a nurse",
        "Our staffing model has collapsed",
        "I'm dying to know what the Charter says",
    ],
)
def test_uses_of_ai_about_such_topics_pass(text: str) -> None:
    assert find_crisis(text) is None


@pytest.mark.parametrize("unit", ["my mum has ", "i will ", "he told me her ", ", ", "is "])
def test_repetitive_text_of_a_hundred_kilobytes_is_read_to_the_end(unit: str) -> None:
    finding = find_crisis(unit * (100_000 // len(unit)) + " I want to end my life")
    assert finding is None or finding.kind == "self_harm"


@given(st.text())
@settings(deadline=None)
def test_any_text_is_read_without_an_error(text: str) -> None:
    finding = find_crisis(text)
    assert finding is None or 0 <= finding.start <= finding.end <= len(text)
