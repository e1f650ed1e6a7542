"""Binding force."""

from __future__ import annotations

import pytest

from assistant.grounding.compare import modality
from assistant.grounding.compare.parsing import parse


def differences(claim: str, evidence: str) -> list[modality.Difference]:
    return modality.compare(parse(claim), parse(evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Trusts must log every use of the tool.", "Trusts should log every use of the tool."),
        ("Trusts may log every use of the tool.", "Trusts must not log every use of the tool."),
        ("The Charter prohibits new medical devices.", "The Charter does not intend to produce new medical devices."),
        ("Larger radiators are required in old houses.", "Larger radiators are recommended in old houses."),
        ("Staff need not report the fault.", "Staff must report the fault."),
        ("The agency will avoid job losses this year.", "The agency hopes to avoid job losses this year."),
    ],
)
def test_another_force_is_reported(claim: str, evidence: str) -> None:
    assert any(d.severity >= 0.4 for d in differences(claim, evidence))


def test_the_words_are_plain() -> None:
    (found,) = differences("Trusts must log every use.", "Trusts should log every use.")
    assert found.certain
    assert found.words() == "The claim says “must”; the source says “should”."


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Trusts have to log every use of the tool.", "Trusts must log every use of the tool."),
        ("Staff can use the tool at home.", "Staff are allowed to use the tool at home."),
        ("Managers must keep the log.", "Trusts should train staff. Managers must keep the log."),
        ("It is not compulsory to log a use.", "There is no need to log a use."),
    ],
)
def test_the_same_force_in_other_words_is_not(claim: str, evidence: str) -> None:
    assert differences(claim, evidence) == []
