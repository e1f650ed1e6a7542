"""Who does what to whom."""

from __future__ import annotations

import pytest

from assistant.grounding.compare import roles
from assistant.grounding.compare.parsing import parse


def certain(claim: str, evidence: str) -> bool:
    return any(d.certain for d in roles.compare(parse(claim), parse(evidence)))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The publisher pays the council a yearly fee.", "The council pays the publisher a yearly fee."),
        ("Ostrel bought Varnic in a private sale.", "Varnic bought Ostrel in a private sale."),
        (
            "The Housing Ministry gives the Statistics Board its figures early.",
            "The Statistics Board gives the Housing Ministry its figures early.",
        ),
    ],
)
def test_exchanged_sides_are_certain(claim: str, evidence: str) -> None:
    assert certain(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("A yearly fee is paid to the publisher by the council.", "The council pays the publisher a yearly fee."),
        ("Varnic was bought by Ostrel in a private sale.", "Ostrel bought Varnic in a private sale."),
        ("Varnic and Ostrel signed the lease early.", "Ostrel and Varnic signed the lease early."),
        ("In March the council closed the pool.", "The council closed the pool in March."),
    ],
)
def test_the_other_voice_or_order_is_not(claim: str, evidence: str) -> None:
    assert not certain(claim, evidence)
