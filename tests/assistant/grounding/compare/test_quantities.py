"""Reading quantities by value."""

from __future__ import annotations

import pytest

from assistant.grounding.compare.parsing import parse
from assistant.grounding.compare.quantities import Quantity


def only(text: str) -> Quantity:
    found = parse(text).quantities
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("They hired twelve people.", 12, None),
        ("They hired 1,240 people.", 1240, None),
        ("They hired twenty-three people.", 23, None),
        ("About two hundred and fifty came.", 250 * 0.88, None),
        ("It cost £2.5 million.", 2_500_000, "£"),
        ("It rose by 14 per cent.", 0.14, "share"),
        ("It rose by 14%.", 0.14, "share"),
        ("It rose by 14 percentage points.", 14, "points"),
        ("Two thirds agreed.", 2 / 3, "share"),
        ("Nine in ten agreed.", 0.9, "share"),
        ("Half of them agreed.", 0.5, "share"),
        ("Reply within a fortnight.", 1209600, "s"),
        ("Reply in 14 days.", 1209600, "s"),
        ("It weighs 2 kg.", 2000, "g"),
        ("A dozen came.", 12, None),
        ("It stores 3 kilowatt-hours.", 3000, "Wh"),
    ],
)
def test_reads_the_value_whatever_the_spelling(text: str, value: float, unit: str | None) -> None:
    quantity = only(text)
    assert quantity.value == pytest.approx(value)
    assert quantity.unit == unit


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Over 500 came.", 500.0005, float("inf")),
        ("At least 20 came.", 20, float("inf")),
        ("Up to 20 came.", float("-inf"), 20),
        ("No more than three came.", float("-inf"), 3),
        ("No fewer than three came.", 3, float("inf")),
        ("Fewer than 20 came.", float("-inf"), 19.99998),
        ("20 or more came.", 20, float("inf")),
        ("Between 20 and 30 came.", 20, 30),
        ("20–30 came.", 20, 30),
    ],
)
def test_reads_bounds_and_ranges(text: str, low: float, high: float) -> None:
    quantity = only(text)
    assert (quantity.low, quantity.high) == (pytest.approx(low), pytest.approx(high))


def test_years_and_dates_are_no_quantities() -> None:
    assert parse("It was signed on 25 April 2024 and renewed in 2026.").quantities == ()


def test_a_place_is_not_a_count() -> None:
    assert only("It is the third case.").ordinal
    assert not only("Three cases.").ordinal


def test_a_lone_one_is_loose() -> None:
    assert only("One should not worry.").loose
