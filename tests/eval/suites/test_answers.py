"""The answers suite on an assistant without models."""

from __future__ import annotations

from typing import Any

from assistant.types import Answer, Sentence
from eval.cases import AnswerCase, Cases, ClaimCase
from eval.lab import Asked, ask_case
from eval.nulls import AlwaysRefuses, Echoes, TopPassage
from eval.suites import answers
from tests.eval.fakes import TinyAssistant, answer, citation, make_lab, make_source

SOURCE = make_source("S01", ["Two ministers signed the Charter in London.", "Porters move the beds at night."])
FACT: dict[str, Any] = {
    "id": "f", "task": "fact", "question": "Who signed the Charter?", "status": ["answered"],
    "nuggets": [["two ministers"]],
    "sources": ["S01"], "must_not": ["binding"], "idea": "f", "part": "locked",
}  # fmt: skip
GAP: dict[str, Any] = {
    "id": "g",
    "task": "gap",
    "question": "What did lunch cost?",
    "status": ["not_in_sources"],
    "idea": "g",
    "part": "locked",
}


def case(base: dict[str, Any], **change: Any) -> AnswerCase:
    return AnswerCase.model_validate({**base, **change})


def scored(given: Answer, **change: Any) -> answers.Scored:
    return answers.score(Asked(case(FACT, **change), given, None, 1.0), TinyAssistant([SOURCE]))


def good() -> Answer:
    return TinyAssistant([SOURCE]).ask("Who signed the Charter?")


def test_a_good_answer_is_right() -> None:
    result = scored(good())
    assert result.right
    assert result.source_cited
    assert result.citation_problems == (None,)


def test_what_can_be_wrong_with_an_answer() -> None:
    assert scored(good(), nuggets=[["three kings"]]).strict == 0.0
    assert scored(good(), sources=["S77"]).source_cited is False
    assert scored(good(), must_not=["two\\s+ministers"]).tripped == ("two\\s+ministers",)
    uncited = answer("Two ministers.", sentences=(Sentence(text="Two ministers.", citations=(), support=1.0),))
    assert scored(uncited).problems == ("no citation: Two ministers.",)
    citing = answer("Not said.", "not_in_sources", citations=(citation(SOURCE, SOURCE.units[0]),))
    assert scored(citing, status=["not_in_sources"], nuggets=[]).problems == ("not_in_sources with citations",)
    assert not scored(
        answer("No.", "declined", reason="off_topic"), status=["declined"], reason="clinical_advice"
    ).right_status
    assert scored(answer("No.", "declined", reason="off_topic"), status=["declined"], reason="off_topic").right_status


def test_an_exception_is_a_wrong_answer_and_not_the_end() -> None:
    class Broken(TinyAssistant):
        def ask(self, question: str, history: Any = ()) -> Answer:
            raise RuntimeError("no")

    asked = ask_case(Broken([SOURCE]), case(FACT))
    assert asked.error == "RuntimeError: no"
    result = answers.score(asked, TinyAssistant([SOURCE]))
    assert not result.right_status
    assert result.strict == 0.0


def test_open_history_is_filled_by_the_assistant_itself() -> None:
    assistant = TinyAssistant([SOURCE])
    ask_case(assistant, case(FACT, history=[["Who moves the beds at night?", None], ["And then?", "Nothing."]]))
    question, history = assistant.asked[-1]
    assert question == "Who signed the Charter?"
    assert [user for user, _ in history] == ["Who moves the beds at night?", "And then?"]
    assert "Porters move the beds at night." in history[0][1]


def run(assistant: TinyAssistant) -> Any:
    claims = [
        ClaimCase(
            id=str(n),
            source="a b c",
            claim=text,
            label=label,
            kind="paraphrase",
            domain="d",
            in_domain=True,
            part="locked",
        )  # type: ignore[arg-type]
        for n, (text, label) in enumerate(
            [("a b", "supported"), ("a d", "contradicted"), ("b c", "supported"), ("x", "not_stated")]
        )
    ]
    cases = Cases((case(FACT), case(GAP), case(FACT, id="t", idea="t", part="tuning")), (), tuple(claims), (), "")
    return answers.run(assistant, cases, make_lab())


def test_the_suite_scores_both_parts_and_the_null_systems() -> None:
    result = run(TinyAssistant([SOURCE]))
    values = {(metric.name, metric.part): metric.estimate.value for metric in result.metrics}
    assert values["answers.status_right", "locked"] == 1.0
    assert values["answers.nuggets_strict", "locked"] == 1.0
    assert values["answers.citations_valid", "locked"] == 1.0
    assert values["answers.citation_recall", "tuning"] == 1.0
    assert values["answers.unsupported_corrected", "locked"] == 0.0
    nulls = next(table for table in result.tables if table.title.startswith("Systems that know nothing"))
    assert [row[0] for row in nulls.rows] == [
        "the assistant",
        "always refuses",
        "echoes the question",
        "top passage only",
    ]
    assert nulls.rows[0][3] == "1.000"
    assert all(row[3] != "1.000" for row in nulls.rows[1:])


def test_null_systems_are_what_they_say() -> None:
    real = TinyAssistant([SOURCE])
    assert AlwaysRefuses(real).ask("x").status == "not_in_sources"
    assert Echoes(real).ask("Is it so?").text == "Is it so?"
    top = TopPassage(real).ask("Who moves beds?")
    assert top.citations[0].quote == "Porters move the beds at night."
