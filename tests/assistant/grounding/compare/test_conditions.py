"""Conditions and exceptions."""

from __future__ import annotations

import pytest

from assistant.grounding.compare import conditions
from assistant.grounding.compare.parsing import parse


def differences(claim: str, evidence: str) -> list[conditions.Difference]:
    return conditions.compare(parse(claim), parse(evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Visitors may stay overnight.", "Visitors may stay overnight only if the warden agrees."),
        ("First class travel is not allowed.", "First class travel is not allowed, except for disabled staff."),
        ("They must return at once.", "If the wind rises above force five, they must return at once."),
    ],
)
def test_a_dropped_condition_is_found(claim: str, evidence: str) -> None:
    (found,) = differences(claim, evidence)
    assert found.certain
    assert found.words().startswith("The source makes it depend on “")


def test_if_turned_into_unless_is_certain() -> None:
    (found,) = differences(
        "Fees are returned unless the course is cancelled.", "Fees are returned if the course is cancelled."
    )
    assert found.certain


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("If the course is cancelled, fees are returned.", "Fees are returned if the course is cancelled."),
        ("Fees are not returned unless the course is cancelled.", "Fees are returned only if the course is cancelled."),
        ("The warden answers the phone.", "The warden answers the phone. Visitors may stay if the warden agrees."),
    ],
)
def test_a_kept_condition_is_not_certain(claim: str, evidence: str) -> None:
    assert not any(d.certain for d in differences(claim, evidence))


def test_an_added_condition_is_reported() -> None:
    (found,) = differences("Visitors may stay overnight if they pay rent.", "Visitors may stay overnight.")
    assert found.evidence_words is None
