"""Scope words."""

from __future__ import annotations

import pytest

from assistant.grounding.compare import quantifiers
from assistant.grounding.compare.parsing import parse


def differences(claim: str, evidence: str) -> list[quantifiers.Difference]:
    return quantifiers.compare(parse(claim), parse(evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("All wards take part in the trial.", "Some wards take part in the trial."),
        ("All wards take part in the trial.", "Most wards take part in the trial."),
        ("No wards take part in the trial.", "Most wards take part in the trial."),
        ("The Charter covers only office work.", "The Charter covers primarily office work."),
        ("Few members came to the meeting.", "Most members came to the meeting."),
    ],
)
def test_wider_or_narrower_is_certain_in_the_same_wording(claim: str, evidence: str) -> None:
    assert any(d.certain for d in differences(claim, evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Every ward takes part in the trial.", "All wards take part in the trial."),
        ("The Charter covers mainly office work.", "The Charter covers primarily office work."),
        ("Some wards take part.", "Several wards take part."),
    ],
)
def test_the_same_scope_is_not(claim: str, evidence: str) -> None:
    assert differences(claim, evidence) == []


def test_an_added_all_is_reported() -> None:
    found = differences("All staff at the clinic are trained.", "Staff at the clinic are trained.")
    assert [d.evidence_words for d in found] == [None]


def test_a_left_out_some_is_reported() -> None:
    (found,) = differences("Wards take part in the trial.", "Some wards take part in the trial.")
    assert found.words() == "The source says “Some”; the claim leaves that out."
