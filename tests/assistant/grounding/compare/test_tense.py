"""Plans and facts, beginnings and ends."""

from __future__ import annotations

import pytest

from assistant.grounding.compare import tense
from assistant.grounding.compare.parsing import parse


def differences(claim: str, evidence: str) -> list[tense.Difference]:
    return tense.compare(parse(claim), parse(evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The trust has already opened the new ward.", "The trust plans to open the new ward."),
        ("The rate applies from June in all shops.", "The rate applies until June in all shops."),
        ("The form is still used by the clinics.", "The form is no longer used by the clinics."),
    ],
)
def test_another_time_is_reported(claim: str, evidence: str) -> None:
    assert differences(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The trust intends to open the new ward.", "The trust plans to open the new ward."),
        ("The rate applies till June.", "The rate applies until June."),
    ],
)
def test_the_same_time_in_other_words_is_not(claim: str, evidence: str) -> None:
    assert differences(claim, evidence) == []
