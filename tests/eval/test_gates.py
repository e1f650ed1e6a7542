"""Gates and the recorded baseline."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Literal

import pytest

from eval.baseline import falls, read_baseline, record_baseline
from eval.errors import ReportError
from eval.gates import GATES, Gate, check_gates, missing_gates
from eval.results import Metric, Part
from eval.statistics import Estimate


def metric(
    name: str,
    value: float,
    part: Part = "locked",
    n: int = 100,
    half: float = 0.05,
    better: Literal["higher", "lower"] = "higher",
) -> Metric:
    """A made-up figure."""
    return Metric(name, name, part, Estimate(value, value - half, value + half, n, "made up"), better)


def outcome(gate: Gate, figure: Metric) -> str:
    return check_gates([figure], [gate])[0].outcome


def test_a_gate_looks_at_the_value_or_an_end() -> None:
    assert outcome(Gate("x", 0.9, True), metric("x", 0.9)) == "pass"
    assert outcome(Gate("x", 0.9, True), metric("x", 0.89)) == "fail"
    assert outcome(Gate("x", 0.9, True, "low"), metric("x", 0.94)) == "fail"
    assert outcome(Gate("x", 0.1, False), metric("x", 0.1)) == "pass"
    assert outcome(Gate("x", 0.1, False, "high"), metric("x", 0.06)) == "fail"
    assert outcome(Gate("x", 0.9, True), metric("x", math.nan)) == "fail"


def test_too_few_cases_are_neither_pass_nor_fail() -> None:
    assert outcome(Gate("x", 0.9, True, needs=50), metric("x", 0.1, n=49)) == "too small"


def test_only_the_locked_part_is_gated() -> None:
    gates = [Gate("x", 0.9, True), Gate("y", 0.9, True)]
    results = check_gates([metric("x", 0.1, "tuning"), metric("x", 0.95), metric("y", 0.95, "all")], gates)
    assert [(result.gate.metric, result.outcome) for result in results] == [("x", "pass"), ("y", "pass")]
    assert missing_gates([metric("x", 0.95, "tuning"), metric("y", 0.95)], gates) == ["x"]


def test_every_auroc_self_test_is_gated() -> None:
    good, bad = metric("selftest.a", 0.01, "locked", half=0), metric("selftest.b", 0.2, "locked", half=0)
    assert [result.outcome for result in check_gates([good, bad], [])] == ["pass", "fail"]


def test_the_table_names_each_figure_once_and_reads_well() -> None:
    names = [gate.metric for gate in GATES]
    assert len(names) == len(set(names))
    assert Gate("x", 0.9, True, "low").words() == "lower end ≥ 0.9"


def test_a_fall_beyond_half_the_interval_is_found(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    record_baseline(path, "smoke", [metric("x", 0.9), metric("cost", 0.2, better="lower"), metric("t", 0.9, "tuning")])
    recorded = read_baseline(path, "smoke")
    assert set(recorded) == {"x", "cost"}
    assert falls([metric("x", 0.86), metric("cost", 0.24, better="lower"), metric("new", 0.1)], recorded) == []
    found = falls([metric("x", 0.84), metric("cost", 0.26, better="lower")], recorded)
    assert [fall.metric.name for fall in found] == ["x", "cost"]
    assert found[0].words() == "x: 0.840, recorded 0.900 (allowed ± 0.050)"


def test_recording_one_suite_keeps_the_other(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    record_baseline(path, "full", [metric("x", 0.7)])
    record_baseline(path, "smoke", [metric("x", 0.9)])
    assert read_baseline(path, "full")["x"].value == 0.7
    assert read_baseline(path, "other") == {}


def test_a_report_can_stand_for_a_baseline(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    rows = [
        {"name": "x", "part": "locked", "value": 0.8, "low": 0.7, "high": 0.9},
        {"name": "x", "part": "tuning", "value": 0.1, "low": 0.0, "high": 0.2},
    ]
    path.write_text(json.dumps({"metrics": rows}))
    assert read_baseline(path, "smoke")["x"].half_width == pytest.approx(0.1)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"metrics": [{}]}'])
def test_an_unreadable_baseline_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(ReportError, match=r"neither a baseline nor a report\.json"):
        read_baseline(path, "smoke")
