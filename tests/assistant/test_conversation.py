from __future__ import annotations

import pytest

from assistant.conversation.followups import standalone
from assistant.conversation.premise import premise_of
from assistant.conversation.scope_thread import continue_thread, finding_of
from assistant.conversation.uses import split_uses
from knowledge.scope_rules import load_scope_rules

RULES = load_scope_rules()
MARKERS = ("**Fit with",)


@pytest.mark.parametrize(
    ("before", "message", "holds"),
    [
        ("When was the Charter signed?", "and who signed it?", ["who signed", "Charter"]),
        ("Do I need a DPIA for Copilot?", "and for a rostering tool?", ["DPIA", "rostering tool"]),
        ("Can i.AI see our patient data?", "what about pseudonymised data?", ["i.AI see", "pseudonymised data"]),
        ("Must suppliers declare AI in bids?", "why?", ["suppliers declare AI", "why"]),
        ("Is a DPIA legally required?", "and for GP practices?", ["DPIA", "GP practices"]),
    ],
)
def test_follow_up_is_made_standalone(before: str, message: str, holds: list[str]) -> None:
    question = standalone(message, ((before, "An answer."),))
    for words in holds:
        assert words.lower() in question.lower(), question


@pytest.mark.parametrize(
    "message",
    [
        "Which version of DCB0160 is current?",
        "If the tool drafts a letter, who checks it before it goes out?",
        "Does this tool need a safety case when it drafts letters for patients?",
    ],
)
def test_a_whole_question_stays_as_it_is(message: str) -> None:
    assert standalone(message, (("When was the Charter signed?", "On 25 April 2024."),)) == message


def test_a_chain_of_follow_ups_keeps_its_topic() -> None:
    history = (("When was the Charter signed?", "On 25 April 2024."), ("and who signed it?", "Two ministers."))
    assert "charter" in standalone("and where did they sign it?", history).lower()


def asked(name: str) -> str:
    return f"**Fit with the Charter: needs assessment.** {RULES.test(name).ask}"


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        ("No, a nurse looks first", "no"), ("yes", "yes"), ("I don't know", "unclear"), ("nobody does", "no"),
        ("It drafts the letter for me", None), ("not sure, nobody has said", "unclear"),
    ],
)  # fmt: skip
def test_what_a_reply_amounts_to(words: str, finding: str | None) -> None:
    assert finding_of(words) == finding


def test_a_reply_joins_the_description_it_is_about() -> None:
    history = (("A tool for the ward.", asked("derives_or_acts")),)
    request = continue_thread("No, it only restates the notes.", history, RULES, MARKERS)
    assert request is not None
    assert request.description == "A tool for the ward."
    assert request.replies == (("derives_or_acts", "No, it only restates the notes."),)


def test_what_if_changes_the_description() -> None:
    history = (("A scribe drafts my letter.", "**Fit with the Charter: needs assessment.**"),)
    request = continue_thread("same tool, but it also suggests the diagnosis", history, RULES, MARKERS)
    assert request is not None
    assert request.previous == "A scribe drafts my letter."
    assert request.description.startswith("A scribe drafts my letter.")
    assert "suggests the diagnosis" in request.description


def test_a_new_question_leaves_the_scope_conversation() -> None:
    history = (("A tool for the ward.", asked("derives_or_acts")),)
    assert continue_thread("Who signed the Charter?", history, RULES, MARKERS) is None


@pytest.mark.parametrize(
    ("message", "count"),
    [
        ("1. AI for the rota planning next month\n2. AI that reads chest x-rays for us", 2),
        ("We want to: draft job adverts for the trust; sort the post by department; forecast winter bed numbers", 3),
        ("Can I use AI to build next month's rota?", 1),
        ("It drafts letters; a secretary checks.", 1),
    ],
)
def test_several_uses_are_parted(message: str, count: int) -> None:
    assert len(split_uses(message)) == count


@pytest.mark.parametrize(
    ("message", "premise"),
    [
        ("Since the Charter approved chest x-ray AI, can we buy one?", "the Charter approved chest x-ray AI"),
        ("Given that NHS England bans ChatGPT at work, what may I use?", "NHS England bans ChatGPT at work"),
        ("Who signed the Charter?", None),
    ],
)
def test_premise_is_found(message: str, premise: str | None) -> None:
    assert premise_of(message) == premise
