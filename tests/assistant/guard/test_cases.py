"""The three finders on labelled messages. Those marked "locked" were written first and never tuned on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.guard import find_crisis, find_instruction, find_personal_data


@dataclass(frozen=True)
class Case:
    id: str
    task: str
    text: str
    expected: list[str]
    part: str


LINES = (Path(__file__).parent / "cases.jsonl").read_text(encoding="utf-8").split("\n")
CASES = [Case(**json.loads(line)) for line in LINES if line]


def found(case: Case) -> list[str]:
    if case.task == "personal_data":
        return sorted({span.kind for span in find_personal_data(case.text)})
    finding = find_instruction(case.text) if case.task == "instruction" else find_crisis(case.text)
    return [finding.kind] if finding else []


def share(cases: Sequence[Case], right: Sequence[bool]) -> float:
    assert cases
    return sum(right) / len(cases)


@pytest.mark.parametrize("part", ["tuning", "locked"])
@pytest.mark.parametrize(
    ("task", "least_found", "most_false"),
    [("personal_data", 1.0, 0.02), ("instruction", 0.98, 0.02), ("crisis", 0.95, 0.02)],
)
def test_finds_what_is_there_and_nothing_else(task: str, least_found: float, most_false: float, part: str) -> None:
    cases = [case for case in CASES if (case.task, case.part) == (task, part)]
    positive = [case for case in cases if case.expected]
    clean = [case for case in cases if not case.expected]
    missed = [case.text for case in positive if not found(case)]
    alarms = [case.text for case in clean if found(case)]
    assert share(positive, [bool(found(case)) for case in positive]) >= least_found, missed
    assert share(clean, [bool(found(case)) for case in clean]) <= most_false, alarms


@pytest.mark.parametrize("task", ["personal_data", "instruction", "crisis"])
def test_names_the_kind(task: str) -> None:
    cases = [case for case in CASES if case.task == task and case.expected]
    wrong = [(case.text, found(case)) for case in cases if found(case) != sorted(case.expected)]
    assert len(wrong) <= 0.02 * len(cases), wrong


def test_no_numbered_identifier_is_missed() -> None:
    numbered = {"nhs_number", "ni_number", "hospital_number", "payment_card"}
    cases = [case for case in CASES if numbered & set(case.expected)]
    assert len(cases) > 40
    assert [case.text for case in cases if not numbered & set(case.expected) <= set(found(case))] == []


def test_made_up_identifiers_only() -> None:
    """Telephone numbers are those reserved for drama; every NHS number begins with 999."""
    for case in CASES:
        for span in find_personal_data(case.text):
            if span.kind == "nhs_number":
                digits = "".join(str(int(ch)) for ch in case.text[span.start : span.end] if ch.isdigit())
                assert digits.startswith("999"), case.text
