"""The case files: read strictly, never torn across the parts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.cases import CASES, AnswerCase, Cases, load_cases, of_part, sample
from eval.errors import CaseFormatError, EvaluationError

FACT: dict[str, Any] = {
    "id": "f1", "task": "fact", "question": "Who signed?", "history": [], "status": ["answered"], "reason": None,
    "nuggets": [["two ministers", "re:burghart.*markham"]], "sources": ["S02"], "must_not": ["is law"],
    "idea": "signing",
    "part": "tuning", "voice": "plain",
}  # fmt: skip


def write(folder: Path, name: str, *rows: dict[str, Any]) -> None:
    (folder / name).write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")


def test_a_good_file_is_read(tmp_path: Path) -> None:
    write(tmp_path, "facts.jsonl", FACT, {**FACT, "id": "f2", "history": [["Hello", None]], "task": "follow_up"})
    cases = load_cases(tmp_path)
    assert [case.id for case in cases.answers] == ["f1", "f2"]
    assert cases.answers[1].history == (("Hello", None),)
    assert cases.answers[0].group == "signing"
    assert cases.scope == cases.claims == cases.guard == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"task": "poem"}, "task"),
        ({"status": []}, "status"),
        ({"status": ["maybe"]}, "status"),
        ({"nuggets": [[]]}, "nugget without any wording"),
        ({"nuggets": [["re:("]]}, "not a regular expression"),
        ({"must_not": ["["]}, "not a regular expression"),
        ({"part": "secret"}, "part"),
        ({"extra": 1}, "extra"),
        ({"id": ""}, "id"),
    ],
)
def test_a_bad_case_is_named_by_file_and_line(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    write(tmp_path, "facts.jsonl", {**FACT, "id": "f0"}, {**FACT, **change})
    with pytest.raises(CaseFormatError, match=reason) as caught:
        load_cases(tmp_path)
    assert caught.value.line == 2
    assert "facts.jsonl:2" in str(caught.value)


def test_what_is_not_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "gaps.jsonl").write_text("{oops\n")
    with pytest.raises(CaseFormatError, match=r"gaps.jsonl:1: not JSON"):
        load_cases(tmp_path)


def test_an_id_is_used_once_across_files(tmp_path: Path) -> None:
    write(tmp_path, "facts.jsonl", FACT)
    write(tmp_path, "gaps.jsonl", {**FACT, "idea": "other"})
    with pytest.raises(CaseFormatError, match=r"gaps.jsonl:1: id 'f1' is already used at facts.jsonl:1"):
        load_cases(tmp_path)


def test_an_idea_stays_in_one_part(tmp_path: Path) -> None:
    write(tmp_path, "facts.jsonl", FACT)
    write(tmp_path, "followups.jsonl", {**FACT, "id": "x", "part": "locked"})
    with pytest.raises(CaseFormatError, match="keep an idea in one part"):
        load_cases(tmp_path)


def test_claims_of_one_passage_stay_in_one_part(tmp_path: Path) -> None:
    row = {
        "id": "c1", "source": "The shop is open.", "claim": "It is open.", "label": "supported", "kind": "paraphrase",
        "domain": "shops", "in_domain": False, "part": "tuning",
    }  # fmt: skip
    write(tmp_path, "claims.jsonl", row, {**row, "id": "c2", "part": "locked"})
    with pytest.raises(CaseFormatError, match="keep an idea in one part"):
        load_cases(tmp_path)


def test_scope_labels_must_agree(tmp_path: Path) -> None:
    row = {
        "id": "s1", "text": "A rota tool", "acceptable": ["in_scope"], "verdict": "in_scope", "clinical": False,
        "pair": None, "idea": "rota", "part": "tuning",
    }  # fmt: skip
    write(tmp_path, "scope.jsonl", row)
    assert load_cases(tmp_path).scope[0].verdict == "in_scope"
    write(tmp_path, "scope.jsonl", {**row, "verdict": "out_of_scope"})
    with pytest.raises(CaseFormatError, match="not among the acceptable"):
        load_cases(tmp_path)
    write(tmp_path, "scope.jsonl", {**row, "clinical": True})
    with pytest.raises(CaseFormatError, match="dangerous error"):
        load_cases(tmp_path)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="no case files"):
        load_cases(tmp_path)


def test_a_sample_is_of_each_part_and_always_the_same() -> None:
    rows = [
        AnswerCase(**{**FACT, "id": str(n), "idea": str(n), "part": "locked" if n % 3 else "tuning"}) for n in range(60)
    ]
    chosen = sample(rows, 8)
    assert len(of_part(chosen, "locked")) == 8
    assert len(of_part(chosen, "tuning")) == 4
    assert chosen == sample(list(reversed(rows)), 8)[::-1]
    assert sample(rows, None) == rows


def test_the_shipped_cases_can_be_read_and_have_both_parts() -> None:
    cases: Cases = load_cases(CASES)
    for kind in (cases.answers, cases.scope, cases.claims, cases.guard):
        assert {case.part for case in kind} in ({"tuning", "locked"}, set())
    assert cases.answers
