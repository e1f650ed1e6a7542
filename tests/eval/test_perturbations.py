"""Other words for the same description."""

from __future__ import annotations

from eval.perturbations import PERTURBATIONS, other_order, politeness, typing_slips

TEXT = "We want software that drafts next month's staff rota. Managers review the rota before anybody receives it."


def test_every_change_is_the_same_every_time_and_changes_something() -> None:
    for _, change in PERTURBATIONS:
        changed = change(TEXT)
        assert changed is not None
        assert changed != TEXT
        assert changed == change(TEXT)


def test_slips_keep_every_word_in_its_place() -> None:
    before, after = TEXT.split(), typing_slips(TEXT).split()
    assert len(before) == len(after)
    differing = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert 1 <= len(differing) <= 2
    assert all(a[0] == b[0] and abs(len(a) - len(b)) <= 1 for a, b in differing)


def test_short_texts_survive() -> None:
    for text in ("", "a", "AI rota", "scan\nnotes"):
        for _, change in PERTURBATIONS:
            change(text)


def test_politeness_keeps_the_text() -> None:
    assert TEXT in politeness(TEXT)


def test_order_is_left_alone_where_a_sentence_leans_on_another() -> None:
    assert other_order("We have a tool. It reads scans.") is None
    assert (
        other_order(TEXT)
        == "Managers review the rota before anybody receives it. We want software that drafts next month's staff rota."
    )
    assert other_order("When a bed is free, the porters are told.") == "The porters are told, when a bed is free."
    assert other_order("One, two, three.") is None
