from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.guard import MAX_QUESTION_CHARACTERS, clean
from assistant.guard.characters import fold


def test_hidden_and_control_characters_go() -> None:
    hidden = "Is\u200b a\u202e scribe\x00 in\u00ad scope\ufeff?\U000e0041"
    assert clean(hidden).text == "Is a scribe in scope?"


def test_line_ends_and_spaces_become_plain() -> None:
    assert clean("one\r\ntwo\u2028three\u00a0four\r\n\r\n\r\n\r\nfive ").text == "one\ntwo\nthree four\n\nfive"


def test_letters_are_composed_and_wide_ones_narrowed() -> None:
    assert clean("cafe\u0301 ＡＩ ﬁle").text == "café AI file"


def test_signs_whose_plain_form_would_change_the_meaning_stay() -> None:
    assert clean("5 m² or ½ WTE, £20").text == "5 m² or ½ WTE, £20"


def test_other_scripts_stay() -> None:
    assert clean("क्या यह दायरे में है? 这在范围内吗？").text == "क्या यह दायरे में है? 这在范围内吗？".replace("？", "?")


def test_a_long_message_keeps_its_beginning_and_end_and_says_so() -> None:
    cleaned = clean("first words " + "x" * 100_000 + " last words?")
    assert cleaned.truncated
    assert len(cleaned.text) == MAX_QUESTION_CHARACTERS
    assert cleaned.text.startswith("first words")
    assert cleaned.text.endswith("last words?")
    assert not clean("x" * MAX_QUESTION_CHARACTERS).truncated


def test_lone_surrogates_do_not_survive() -> None:
    assert clean("a\ud800b").text.encode("utf-8") == b"ab"


@given(st.text())
@settings(deadline=None)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


@given(st.text())
@settings(deadline=None)
def test_folding_keeps_track_of_places(text: str) -> None:
    folded = fold(text)
    assert len(folded.origin) == len(folded.text) + 1
    assert list(folded.origin) == sorted(folded.origin)
    assert folded.origin[-1] == len(text)


def test_letters_that_imitate_latin_ones_are_seen_through() -> None:
    assert fold("Ιgnоrе").text == "Ignore"
    assert fold("правило").text == "правило"
