"""Citations: valid to the character, and ALCE's recall and precision."""

from __future__ import annotations

from assistant.types import Sentence
from eval.citing import answer_problems, citation_problem, judge_sentence
from tests.eval.fakes import TinyAssistant, WordChecker, answer, citation, make_source

SOURCE = make_source("S01", ["the cat sat", "the dog ran", "it rained"])
CHECKER = WordChecker()


def test_a_valid_citation_has_no_problem() -> None:
    good = citation(SOURCE, SOURCE.units[1])
    assistant = TinyAssistant([SOURCE])
    assert citation_problem(good, assistant) is None
    moved = good.model_copy(update={"start": good.start + 1, "end": good.end + 1})
    assert citation_problem(moved, assistant) == f"the quote is not at {moved.start}–{moved.end} of S01"
    assert "register" in (citation_problem(good.model_copy(update={"title": "Another"}), assistant) or "")
    assert "cannot be opened" in (citation_problem(good.model_copy(update={"source_id": "S99"}), assistant) or "")


def test_numbering() -> None:
    one = citation(SOURCE, SOURCE.units[0])
    sentence = Sentence(text="the cat sat", citations=(1,), support=1.0)
    assert answer_problems(answer("the cat sat [1]", sentences=(sentence,), citations=(one,))) == []
    assert "marks [2]" in answer_problems(answer("the cat sat [2]", citations=(one,)))[0]
    assert "numbered [2]" in answer_problems(answer("x [2]", citations=(one.model_copy(update={"number": 2}),)))[0]
    lost = sentence.model_copy(update={"citations": (3,)})
    assert "name [3]" in answer_problems(answer("x", sentences=(lost,), citations=(one,)))[0]


def test_recall_and_precision_as_in_alce() -> None:
    both = judge_sentence("the cat sat it rained", ["the cat sat", "it rained"], CHECKER)
    assert both.entailed
    assert both.precise == (True, True)  # neither entails alone, neither can be dropped
    extra = judge_sentence("cat sat", ["the cat sat", "the dog ran"], CHECKER)
    assert extra.entailed
    assert extra.precise == (True, False)  # the second is not needed and does not entail
    none = judge_sentence("the bird flew", ["the cat sat", "the dog ran"], CHECKER)
    assert not none.entailed
    assert none.precise == (False, False)
    uncited = judge_sentence("the cat sat", [], CHECKER)
    assert not uncited.entailed
    assert uncited.precise == ()
    verbatim = judge_sentence("it rained", ["it rained"], CHECKER)
    assert verbatim.verbatim
    assert verbatim.precise == (True,)
