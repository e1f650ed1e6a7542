"""Numbers that conflict, and numbers that only look different."""

from __future__ import annotations

import pytest

from assistant.grounding.compare import numbers
from assistant.grounding.compare.parsing import parse


def differences(claim: str, evidence: str) -> list[numbers.Difference]:
    return numbers.compare(parse(claim), parse(evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The loan lasts 21 days.", "The loan lasts 14 days."),
        ("The council hired thirteen wardens.", "The council hired twelve wardens."),
        ("The price rose by 40% in March.", "The price rose by 14% in March."),
        ("The grant is at most £900 a year.", "The grant is at most £300 a year."),
        ("Members may borrow at least three tools.", "Members may borrow up to three tools."),
        ("The sample lost 30 kg in the test.", "The sample lost 30 litres in the test."),
        ("The city paid £90,004 towards it.", "The city paid £90,000 towards it."),
        ("Firms with 20 to 53 employees can claim.", "Firms with 20 to 49 employees can claim."),
    ],
)
def test_a_changed_number_in_the_same_wording_is_certain(claim: str, evidence: str) -> None:
    found = differences(claim, evidence)
    assert [d.certain for d in found] == [True]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The loan lasts a fortnight.", "The loan lasts 14 days."),
        ("The council hired 12 wardens.", "The council hired twelve wardens."),
        ("Over 500 people signed it.", "512 people signed it."),
        ("Two thirds of members agreed.", "66% of members agreed."),
        ("It holds 1500 books.", "It holds 1,500 books."),
        ("The trip takes 2 hours.", "The trip takes 120 minutes."),
        ("It opened in 2019.", "It opened in 2018."),  # a matter for dates
        ("Fewer than 20 people came.", "Twelve people came."),
    ],
)
def test_equal_by_value_is_no_difference(claim: str, evidence: str) -> None:
    assert differences(claim, evidence) == []


def test_a_sum_of_the_evidence_is_not_certain() -> None:
    found = differences("They have 26 wardens in all.", "They have 12 wardens in the north and 14 in the south.")
    assert not any(d.certain for d in found)


def test_a_number_of_another_day_is_not_certain() -> None:
    evidence = "On 25 December two pharmacies will be open. On 26 December all but three will be closed."
    assert not any(d.certain for d in differences("Three pharmacies will be open on 26 December.", evidence))
