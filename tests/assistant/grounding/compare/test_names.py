"""Names, acronyms and the short forms a text gives."""

from __future__ import annotations

import pytest

from assistant.grounding.compare import names
from assistant.grounding.compare.parsing import parse


def differences(claim: str, evidence: str) -> list[names.Difference]:
    return names.compare(parse(claim), parse(evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The review was led by Oxfordshire County Council.", "The review was led by Brenn Town Council of Elders."),
        ("NHS England does not hold patient data.", "i.AI does not hold patient data."),
        ("The tool was made by Ostrel for the ward.", "The tool was made by Varnic for the ward."),
        ("The Chamber of Trade announced the new rebate.", "The Treasury of Norvane announced the new rebate."),
    ],
)
def test_another_name_in_its_place_is_found(claim: str, evidence: str) -> None:
    assert differences(claim, evidence)


def test_a_swapped_body_is_certain() -> None:
    (found,) = differences("NHS England does not hold patient data.", "i.AI does not hold patient data.")
    assert found.certain
    assert (found.claim_words, found.evidence_words) == ("NHS England", "i.AI")


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("i.AI builds the tools for hospitals.", "The Incubator for AI (i.AI) builds the tools for hospitals."),
        (
            "The MHRA regulates medical devices.",
            "The Medicines and Healthcare Regulatory Agency (MHRA) regulates medical devices.",
        ),
        ("NHS England will report each year.", "NHS England will report each year."),
        ("Kell printed maps of the coast.", "Dorotea Kell printed maps of the coast."),
    ],
)
def test_an_alias_or_short_form_is_no_difference(claim: str, evidence: str) -> None:
    assert not any(d.certain for d in differences(claim, evidence))


def test_a_name_nobody_gave_is_reported_but_not_certain() -> None:
    (found,) = differences("Staff in Leeds use the tool.", "Staff use the tool.")
    assert found.evidence_words is None
    assert not found.certain


def test_iai_is_not_ai() -> None:
    assert parse("We asked i.AI about it.").names[0].stems != parse("We asked AI about it.").names[0].stems


def test_a_plain_first_word_is_no_name() -> None:
    assert parse("Farmers said that the field was dry.").names == ()
