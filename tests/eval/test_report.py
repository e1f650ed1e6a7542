"""The report: complete, readable by programs, and silent about locked cases."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from eval.gates import Gate, check_gates
from eval.report import Provenance, Run, markdown, write_run
from eval.results import Bars, Curves, Item, Matrix, Metric, Series, SuiteResult, Table
from eval.statistics import Estimate

PROVENANCE = Provenance(
    "run-1", "abc", False, "3.12", "Linux", {"numpy": "2"}, {"embedding": "m"}, {"all": 20}, "0" * 64, {"S01": "1"}
)
ESTIMATE = Estimate(0.8, 0.7, 0.9, 50, "Wilson")


def make_run() -> Run:
    metrics = (
        Metric("demo.good", "a good figure", "locked", ESTIMATE),
        Metric("robustness.survives", "a bad figure", "locked", ESTIMATE),
        Metric("demo.good", "a good figure", "tuning", ESTIMATE),
    )
    items = (
        Item("demo", "t1", "tuning", "an open | question", "yes", "no", False),
        Item("demo", "k1", "locked", "a locked question", "yes", "no", False, {"answer": "a locked answer"}),
    )
    plots = (
        Curves("curve", "A curve", "x", "y", (Series("one", (0.0, 1.0), (0.2, 0.4)),), True),
        Bars("bars", "Bars", "share", ("a",), (ESTIMATE,)),
        Matrix("matrix", "A matrix", ("a", "b"), ("a", "b"), ((3, 0), (1, 2))),
    )
    result = SuiteResult("demo", metrics, items, (Table("A table", ("a", "b"), (("1", "<b>"),)),), plots, ("a note",))
    gates = check_gates(metrics, [Gate("demo.good", 0.7, True), Gate("robustness.survives", 0.95, True)])
    return Run("smoke", PROVENANCE, (result,), tuple(gates), ("demo.absent",), (), {"demo": 1.25})


def test_everything_is_written(tmp_path: Path) -> None:
    write_run(make_run(), tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"report.json", "items.jsonl", "report.md", "junit.xml", "curve.svg", "bars.svg", "matrix.svg"}
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["passed"] is False
    assert report["git_sha"] == "abc"
    assert [(row["name"], row["part"], row["outcome"]) for row in report["metrics"]] == [
        ("demo.good", "locked", "pass"), ("robustness.survives", "locked", "fail"), ("demo.good", "tuning", None),
    ]  # fmt: skip
    suite = ElementTree.parse(tmp_path / "junit.xml").getroot()
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("2", "1", "0")


def test_a_missed_target_is_shown_and_does_not_fail() -> None:
    metrics = (Metric("demo.good", "a good figure", "locked", ESTIMATE),)
    gates = tuple(check_gates(metrics, [Gate("demo.good", 0.95, True)]))
    run = Run("smoke", PROVENANCE, (SuiteResult("demo", metrics, ()),), gates, (), (), {"demo": 1.0})
    assert run.passed
    assert "targets not reached: demo.good" in run.verdict()


def test_locked_cases_are_not_told(tmp_path: Path) -> None:
    write_run(make_run(), tmp_path)
    for name in ("report.json", "items.jsonl", "report.md", "junit.xml"):
        text = (tmp_path / name).read_text()
        assert "a locked" not in text
    items = [json.loads(line) for line in (tmp_path / "items.jsonl").read_text().splitlines()]
    assert items[1] == {"suite": "demo", "id": "k1", "part": "locked", "right": False}


def test_the_page_for_people() -> None:
    page = markdown(make_run())
    assert "**FAILED (smoke): 1 of 2 gates reached; failed: robustness.survives.**" in page
    assert "| a good figure (`demo.good`) | 0.800 [0.700, 0.900] | 50 | ≥ 0.7 | pass | 0.800 [0.700, 0.900] |" in page
    assert "an open \\| question" in page
    assert "&lt;b>" in page
    assert "Not measured in this run (no cases): demo.absent." in page


def test_plots_are_the_same_to_the_byte(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_run(make_run(), tmp_path / name)
    for plot in ("curve.svg", "bars.svg", "matrix.svg"):
        assert (tmp_path / "a" / plot).read_bytes() == (tmp_path / "b" / plot).read_bytes()


def test_an_unknown_suite_cannot_run(capsys: pytest.CaptureFixture[str]) -> None:
    from eval.run import main

    assert main(suite="everything") == 2
    assert "There is no suite 'everything'" in capsys.readouterr().err


def test_a_missing_baseline_cannot_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from eval.run import main

    assert main(suite="smoke", baseline=tmp_path / "none.json") == 2
    assert "none.json" in capsys.readouterr().err
