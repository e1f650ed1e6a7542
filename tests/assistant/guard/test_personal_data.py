from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.guard import find_personal_data

VALID = "9999458076"


def pieces(text: str) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in find_personal_data(text)]


@pytest.mark.parametrize(
    "written",
    [
        "9999458076",
        "999 945 8076",
        "999-945-8076",
        "999.945.8076",
        "999  945  8076",
        "99 99 45 80 76",
        "9 9 9 9 4 5 8 0 7 6",
        "999\u00a0945\u20118076",
        "９９９ ９４５ ８０７６",
        "999\u200b9458076",
        "999,945,8076",
    ],
)
def test_an_nhs_number_however_it_is_written(written: str) -> None:
    text = f"Can {written} use the tool?"
    assert pieces(text) == [("nhs_number", written)]


def test_ten_digits_with_a_wrong_check_digit_need_a_label() -> None:
    assert pieces("Can 9999458075 use the tool?") == []
    assert pieces("NHS number 9999458075 may use the tool?") == [("nhs_number", "9999458075")]
    assert pieces("9999458075 is her NHS number") == [("nhs_number", "9999458075")]


@pytest.mark.parametrize(
    "text",
    [
        f"ISBN {VALID}",
        f"order number {VALID}",
        f"AB{VALID}",
        "It cost £9,999,458,076 in all",
        "DCB0160 and DCB0129 of 25 April 2024",
        "192.168.100.1 is the server",
        "from 2024-04-25 10:30 to 2026-07-29 11:00",
        "theatres T4 S02 and A1 B2",
        "room B12 3rd floor, S10 4th floor",
        "call 111 or 999",
        "from 0900 to 1700 in 2026",
    ],
)
def test_other_numbers_and_codes_pass(text: str) -> None:
    assert pieces(text) == []


def test_several_in_one_message_in_order() -> None:
    text = f"Mrs Okafor, DOB 3/4/1950, NHS {VALID}, SW1A 9ZZ, 07700 900123, a.b@example.org has asthma"
    assert [kind for kind, _ in pieces(text)] == [
        "name",
        "date_of_birth",
        "nhs_number",
        "postcode",
        "phone",
        "email",
    ]


def test_the_most_specific_kind_wins_where_two_claim_the_same_digits() -> None:
    assert pieces(f"MRN {VALID}") == [("nhs_number", VALID)]


def test_two_numbers_in_a_row_are_two() -> None:
    assert pieces(f"{VALID} 07700 900123") == [("nhs_number", VALID), ("phone", "07700 900123")]


@pytest.mark.parametrize(
    "text",
    [
        "Who is Alex Burghart?",
        "What did Lord Markham say about stroke care?",
        "Dr Vin Diwakar has praised stroke AI",
        "Microsoft Copilot has dementia templates",
        "Imperial College London has a diabetes app",
        "Mr Khan, our head of estates, wants a falls sensor",
        "Dr Shah in radiology has a sepsis alert",
        "The Charter was born on 25 April 2024",
        "Everyone has diabetes here",
        "Can the form ask for name, date of birth and postcode?",
        "Is england.aipolicy@example.nhs.uk or dpo@example.nhs.uk the address?",
    ],
)
def test_office_holders_staff_products_and_fields_are_no_personal_data(text: str) -> None:
    assert pieces(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mrs Okafor in bed 4 needs a scan", "Mrs Okafor"),
        ("my patient John Smith has diabetes", "John Smith"),
        ("Dr Shah has been diagnosed with lymphoma", "Dr Shah"),
        ("mr jenkins was admitted with sepsis", "mr jenkins"),
        ("Doris in bed 6 fell", "Doris"),
        ("Write to Ms O'Brien's GP about her biopsy", "Ms O'Brien"),
        ("Mr. B. Ahmed was discharged", "Mr. B. Ahmed"),
    ],
)
def test_a_name_with_something_personal_said_of_it(text: str, name: str) -> None:
    assert ("name", name) in pieces(text)


def test_a_birth_date_needs_its_context() -> None:
    assert pieces("The announcement of 29 February 1956") == []
    assert pieces("born 29 February 1956") == [("date_of_birth", "29 February 1956")]
    assert pieces("29/02/1956, 70 years old") == [("date_of_birth", "29/02/1956")]


def test_what_stands_beyond_the_length_limit_is_found() -> None:
    text = "rota tool " * 10_000 + f"for {VALID}?"
    assert pieces(text) == [("nhs_number", VALID)]


@pytest.mark.parametrize(
    "unit", ["1 ", "1 - ", "Aa ", "Mrs Aa ", "a@", "a.", "01/02/1950 ", "12 Aa Aa Aa ", "nhs number is ", "+44 ", "'a "]
)
def test_repetitive_text_of_a_hundred_kilobytes_is_read_to_the_end(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    spans = find_personal_data(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@given(st.text())
@settings(deadline=None)
def test_spans_are_ordered_and_apart_in_any_text(text: str) -> None:
    spans = find_personal_data(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
