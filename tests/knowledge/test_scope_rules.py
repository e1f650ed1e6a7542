from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from knowledge.errors import RuleTableError
from knowledge.scope_rules import FOLDER, load_scope_rules, unmatched_examples
from knowledge.sources import SHIPPED_SOURCES, read_sources

OPERATIONAL = {
    "purpose_stated": "yes", "medical_purpose": "no", "derives_or_acts": "no", "touches_record_or_pathway": "no",
    "operational_only": "yes", "identifiable_patient_data": "no", "iai_sees_identifiable": "no",
    "serious_effect_on_person": "no",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "row", "verdict", "device"),
    [
        ({}, "operational", "in_scope", "no"),
        ({"iai_sees_identifiable": "yes"}, "iai-sees-identifiable-data", "out_of_scope", "no"),
        ({"medical_purpose": "yes"}, "medical-purpose", "out_of_scope", "yes"),
        ({"derives_or_acts": "yes"}, "derives-or-acts", "out_of_scope", "depends"),
        ({"purpose_stated": "no"}, "purpose-not-stated", "needs_assessment", "depends"),
        ({"derives_or_acts": "unclear"}, "clinical-part-unclear", "needs_assessment", "depends"),
        ({"medical_purpose": "unclear"}, "medical-purpose-unclear", "needs_assessment", "depends"),
        ({"touches_record_or_pathway": "yes"}, "touches-the-record", "needs_assessment", "no"),
        ({"touches_record_or_pathway": "unclear"}, "touches-the-record", "needs_assessment", "no"),
        ({"serious_effect_on_person": "yes"}, "serious-effect", "needs_assessment", "no"),
        ({"operational_only": "unclear"}, "no-row-fits", "needs_assessment", "depends"),
    ],
)
def test_each_row_decides_as_written(changed: dict[str, str], row: str, verdict: str, device: str) -> None:
    decided = load_scope_rules().decide({**OPERATIONAL, **changed})
    assert (decided.id, decided.verdict, decided.device) == (row, verdict, device)


def test_identifiable_data_alone_does_not_decide() -> None:
    rules = load_scope_rules()
    assert rules.decide({**OPERATIONAL, "identifiable_patient_data": "yes"}).verdict == "in_scope"


def test_a_medical_purpose_is_never_in_scope_whatever_else_holds() -> None:
    rules = load_scope_rules()
    for name in OPERATIONAL:
        for finding in ("yes", "no", "unclear"):
            findings = {**OPERATIONAL, name: finding, "medical_purpose": "yes"}
            assert rules.decide(findings).verdict == "out_of_scope"


def test_every_row_is_reachable() -> None:
    assert len({row.id for row in load_scope_rules().rows}) == len(load_scope_rules().rows) == 10


def test_steps_follow_the_findings() -> None:
    rules = load_scope_rules()
    shown = {step.id for step in rules.steps if step.holds({**OPERATIONAL, "touches_record_or_pathway": "yes"})}
    assert {"clinical-safety", "human-review", "dtac"} <= shown
    assert "automated-decisions" not in shown


def copy_rules(tmp_path: Path) -> Path:
    for name in ("rules.yaml", "criteria.yaml", "steps.yaml", "examples.yaml"):
        (tmp_path / name).write_text((FOLDER / name).read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def test_an_edited_table_decides_differently(tmp_path: Path) -> None:
    folder = copy_rules(tmp_path)
    data = yaml.safe_load((folder / "rules.yaml").read_text())
    next(row for row in data["rows"] if row["id"] == "operational")["verdict"] = "needs_assessment"
    (folder / "rules.yaml").write_text(yaml.safe_dump(data))
    assert load_scope_rules(folder).decide(OPERATIONAL).verdict == "needs_assessment"


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda rows: rows[0]["when"].update(no_such_test="yes"), "unknown test"),
        (lambda rows: rows[0].update(verdict="perhaps"), "rows.0.verdict"),
        (lambda rows: rows.pop(), "the last row must have no conditions"),
    ],
)
def test_a_broken_table_is_refused_by_name(tmp_path: Path, edit: object, message: str) -> None:
    folder = copy_rules(tmp_path)
    data = yaml.safe_load((folder / "rules.yaml").read_text())
    edit(data["rows"])  # type: ignore[operator]
    (folder / "rules.yaml").write_text(yaml.safe_dump(data, sort_keys=False))
    with pytest.raises(RuleTableError, match=message):
        load_scope_rules(folder)


def test_every_worked_example_is_said_by_a_source() -> None:
    assert unmatched_examples(load_scope_rules(), read_sources(SHIPPED_SOURCES)) == []
