"""Does a text say a fact?"""

from __future__ import annotations

import pytest

from eval.matching import nugget_support, plain, states, tripped
from prompts import load_wordings


@pytest.mark.parametrize(
    ("text", "wordings", "said"),
    [
        ("It was signed on **25 April 2024** [1].", ["25 April 2024"], True),
        ("Signed by two ministers.", ["two minister"], False),
        ("The NHS’s data", ["NHS's data"], True),
        ("It is not law.", ["law"], False),
        ("No source says that it is binding.", ["binding"], True),
        ("It is not binding.", ["not binding"], True),
        ("It is not only law. The law applies.", ["law applies"], True),
        ("There is no end date. The budget is known.", ["budget is known"], True),
        ("Burghart and, later, Markham", ["re:burghart.*markham"], True),
        ("i.AI, then in the Cabinet\nOffice", ["Cabinet Office"], True),
        ("nothing", ["something", "no thing"], False),
    ],
)
def test_states(text: str, wordings: list[str], said: bool) -> None:
    assert states(text, wordings) is said


def test_half_credit_for_most_of_the_words_in_one_sentence() -> None:
    wanted = ["the ministers signed the Charter in London"]
    assert nugget_support("The ministers signed the Charter in London.", wanted) == 1.0
    assert nugget_support("It was signed in London by ministers.", wanted) == 0.5
    assert nugget_support("It was signed. London is large. Ministers met.", wanted) == 0.0
    assert nugget_support("anything", ["re:nothing of it"]) == 0.0


def test_a_premise_that_is_repeated_to_correct_it_trips_nothing() -> None:
    repeated = load_wordings()("premise_corrected", premise="the Charter prohibits scribes")
    assert tripped(f"{repeated} The Charter focuses on other things.", ["prohibits"]) == ()
    assert tripped(f"{repeated} The Charter prohibits scribes.", ["prohibits"]) == ("prohibits",)


def test_plain_drops_markers_and_markup() -> None:
    assert plain("**Yes** [1][2, 3], it’s  `so` [12].") == "yes, it's so."
