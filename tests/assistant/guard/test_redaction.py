from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.guard import find_personal_data, redact, without_identifiers


def again(text: str) -> str | None:
    return without_identifiers(text, find_personal_data(text))


def test_redaction_says_what_was_there() -> None:
    text = "NHS number 999 945 8076, ring 07700 900123."
    assert redact(text, find_personal_data(text)) == "NHS number [NHS number removed], ring [phone number removed]."


def test_nothing_to_redact() -> None:
    assert redact("Is a scribe in scope?", []) == "Is a scribe in scope?"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "Mrs Okafor in bed 4 has delirium, would an AI handover note be in scope?",
            "A patient in bed 4 has delirium, would an AI handover note be in scope?",
        ),
        (
            "my patient John Smith has diabetes, can Copilot write to his GP?",
            "My patient has diabetes, can Copilot write to his GP?",
        ),
        ("Can I let the bot rebook Mr Lindqvist's endoscopy?", "Can I let the bot rebook a patient's endoscopy?"),
        ("NHS Number: 999 123 4567. Is the letter tool allowed?", "Is the letter tool allowed?"),
        ("DOB 14/02/1951, can AI book the transport?", "Can AI book the transport?"),
        (
            "Can the bot collect from 27 Larkspur Close, Exeter EX4 9ZZ tomorrow?",
            "Can the bot collect from an address tomorrow?",
        ),
    ],
)
def test_the_question_without_its_identifiers(text: str, question: str) -> None:
    assert again(text) == question


@pytest.mark.parametrize("text", ["999 945 8076", "NHS number 999 945 8076", "Mrs Okafor has asthma"])
def test_too_little_is_left(text: str) -> None:
    assert again(text) is None


def test_a_long_document_is_no_question() -> None:
    assert again("Summarise. " * 1_000 + "999 945 8076") is None


def test_no_offered_question_holds_personal_data() -> None:
    lines = (Path(__file__).parent / "cases.jsonl").read_text(encoding="utf-8").split("\n")
    texts = [
        case["text"]
        for case in map(json.loads, filter(None, lines))
        if case["task"] == "personal_data" and case["expected"]
    ]
    offered = [question for question in map(again, texts) if question]
    assert len(offered) > len(texts) / 2
    assert [question for question in offered if find_personal_data(question)] == []
