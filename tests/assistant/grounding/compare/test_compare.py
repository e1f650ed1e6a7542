"""The package as a whole: order, exact copies, features, speed of reading."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.grounding.compare import FEATURE_NAMES, Difference, compare_all, features, parse

EVIDENCE = (
    "The Charter was signed on 25 April 2024 by two ministers. It does not intend to produce new medical devices. "
    "Its focus is primarily on non-clinical work. Trusts should ask their own adviser before they begin."
)


def test_a_sentence_of_the_evidence_has_no_difference() -> None:
    assert compare_all("Its focus is primarily on non-clinical work.", EVIDENCE) == ()


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("The Charter was signed on 29 February 2024 by two ministers.", "date"),
        ("The Charter was signed on 25 April 2024 by three ministers.", "number"),
        ("It intends to produce new medical devices.", "negation"),
        ("Its focus is only on non-clinical work.", "quantifier"),
        ("Trusts must ask their own adviser before they begin.", "modality"),
        ("Trusts should ask their own adviser after they begin.", "negation"),
    ],
)
def test_each_single_change_is_a_veto(claim: str, kind: str) -> None:
    first = compare_all(claim, EVIDENCE)[0]
    assert first.certain
    assert first.kind == kind


def test_certain_differences_come_first() -> None:
    found = compare_all("All trusts must ask their own adviser before they begin.", EVIDENCE)
    assert [d.certain for d in found] == sorted((d.certain for d in found), reverse=True)


def test_features_have_a_fixed_length_and_are_finite() -> None:
    for claim in ("", "Nothing here.", "The Charter was signed on 1 May 2024 by Ostrel.", "?"):
        vector = features(claim, EVIDENCE)
        assert vector.shape == (len(FEATURE_NAMES),)
        assert np.isfinite(vector).all()
    assert features("A claim without evidence.", "").shape == (len(FEATURE_NAMES),)


def test_an_extra_clause_shows_in_the_features() -> None:
    plain = features("Its focus is on non-clinical work.", EVIDENCE)
    added = features("Its focus is on non-clinical work because outside funders demanded cheaper software.", EVIDENCE)
    at = FEATURE_NAMES.index("longest_missing_run")
    assert added[at] > plain[at]
    assert added[FEATURE_NAMES.index("link_added")] == 1


def test_words_cover_every_shape() -> None:
    shapes = [
        Difference("condition", "", "if it rains", False, 0.5),
        Difference("tense", "", "no longer", False, 0.5),
        Difference("name", "Ostrel", None, False, 0.5),
        Difference("date", "May", "April", True, 0.9),
    ]
    for shape in shapes:
        assert shape.words().endswith(".")
        assert "None" not in shape.words()


def test_offsets_point_into_the_text() -> None:
    parsed = parse(EVIDENCE)
    assert all(EVIDENCE[t.start : t.end] == t.text for t in parsed.tokens)
    assert len(parsed.sentences) == 4
