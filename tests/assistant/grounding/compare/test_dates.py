"""Dates, compared only as precisely as both are given."""

from __future__ import annotations

import pytest

from assistant.grounding.compare import dates
from assistant.grounding.compare.parsing import parse


def differences(claim: str, evidence: str) -> list[dates.Difference]:
    return dates.compare(parse(claim), parse(evidence))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("signed on 25 April 2024", (2024, 4, 25)),
        ("signed on 25/04/2024", (2024, 4, 25)),
        ("signed on 2024-04-25", (2024, 4, 25)),
        ("signed on April 25, 2024", (2024, 4, 25)),
        ("signed on the 25th of April", (None, 4, 25)),
        ("signed in April 2024", (2024, 4, None)),
        ("signed in May", (None, 5, None)),
        ("signed in 2024", (2024, None, None)),
    ],
)
def test_reads_every_usual_form(text: str, parts: tuple[int | None, int | None, int | None]) -> None:
    (date,) = parse(text).dates
    assert (date.year, date.month, date.day) == parts


@pytest.mark.parametrize(
    "text", ["May we ask?", "They lost 1240 jobs.", "See you the following year.", "They march on."]
)
def test_look_alikes_are_no_dates(text: str) -> None:
    assert parse(text).dates == ()


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The Charter was signed on 29 February 2024.", "The Charter was signed on 25 April 2024."),
        ("The Charter was signed in May.", "The Charter was signed in April."),
        ("The scheme ended in 2019.", "The scheme ended in 2021."),
        ("The group meets on Mondays.", "The group meets on Fridays."),
    ],
)
def test_another_date_in_its_place_is_certain(claim: str, evidence: str) -> None:
    assert any(d.certain for d in differences(claim, evidence))


@pytest.mark.parametrize(
    "claim",
    [
        "It was signed in April 2024.",
        "It was signed on 25/04/2024.",
        "It was signed in 2024.",
        "It was signed in April.",
    ],
)
def test_a_less_precise_date_agrees(claim: str) -> None:
    assert differences(claim, "It was signed on 25 April 2024.") == []


def test_a_more_precise_month_and_another_year_differ() -> None:
    assert differences("It was signed in April 2023.", "It was signed on 25 April 2024.")
