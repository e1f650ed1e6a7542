"""Polarity."""

from __future__ import annotations

import pytest

from assistant.grounding.compare import compare_all, negation
from assistant.grounding.compare.parsing import parse
from assistant.grounding.compare.polarity import are_opposites


def certain(claim: str, evidence: str) -> bool:
    return any(d.certain and d.kind == "negation" for d in compare_all(claim, evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The board is not bound by the vote.", "The board is bound by the vote."),
        ("The firm will publish the full report.", "The firm will not publish the full report."),
        ("Sales increased in the second quarter.", "Sales decreased in the second quarter."),
        ("Staff must sign before the visit begins.", "Staff must sign after the visit begins."),
    ],
)
def test_only_the_polarity_changed(claim: str, evidence: str) -> None:
    assert certain(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The board is bound by the vote.", "The board is bound by the vote."),
        ("The tool not only sorts letters but files them.", "The tool sorts letters and files them."),
        ("A promise does not bind unless it is accepted.", "A promise binds only if it is accepted."),
        ("Five of the nine departments had not told the public.", "Four of the nine departments had told the public."),
        ("The firm never failed to pay its staff.", "The firm always paid its staff."),
    ],
)
def test_look_alikes_are_not_certain(claim: str, evidence: str) -> None:
    assert not certain(claim, evidence)


def test_a_reworded_reversal_is_reported() -> None:
    evidence = "Messages with a program attached are blocked. Letters are scanned but never blocked."
    found = negation.compare(parse("No messages with a program attached get blocked."), parse(evidence))
    assert found
    assert not found[0].certain


def test_prefixes_and_listed_opposites() -> None:
    assert are_opposites("lawful", "unlawful")
    assert are_opposites("increas", "decreas")
    assert not are_opposites("form", "inform")
