"""Writes a run down: report.json, items.jsonl, report.md, junit.xml and the plots.

Of locked cases only the id and the outcome are written, never the text: what can be read will be tuned on.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from xml.etree import ElementTree

from eval.baseline import Fall
from eval.gates import SELF_TEST, GateResult
from eval.plots import draw
from eval.results import Item, Metric, SuiteResult, Table

SCHEMA_VERSION = 1
WORST = 10


@dataclass(frozen=True)
class Provenance:
    """What stood behind a run."""

    run_id: str
    git_sha: str | None
    git_dirty: bool | None
    python: str
    platform: str
    packages: dict[str, str]
    models: dict[str, str]
    seeds: dict[str, int]
    cases_sha256: str
    sources_sha256: dict[str, str]


@dataclass(frozen=True)
class Run:
    """A finished run."""

    effort: str
    provenance: Provenance
    results: tuple[SuiteResult, ...]
    gates: tuple[GateResult, ...]
    missing: tuple[str, ...]
    falls: tuple[Fall, ...]
    seconds: dict[str, float]

    @property
    def metrics(self) -> list[Metric]:
        """Every metric of every suite."""
        return [metric for result in self.results for metric in result.metrics]

    @property
    def passed(self) -> bool:
        """Whether no must gate failed and nothing fell below its baseline."""
        return not self.falls and all(gate.outcome != "fail" for gate in self.gates if gate.gate.must)

    def verdict(self) -> str:
        """One line: how the run ended."""
        failed = [gate.gate.metric for gate in self.gates if gate.outcome == "fail" and gate.gate.must]
        short = [gate.gate.metric for gate in self.gates if gate.outcome == "fail" and not gate.gate.must]
        small = sum(gate.outcome == "too small" for gate in self.gates)
        parts = [f"{sum(gate.outcome == 'pass' for gate in self.gates)} of {len(self.gates)} gates reached"]
        parts += [f"failed: {', '.join(failed)}"] if failed else []
        parts += [f"targets not reached: {', '.join(short)}"] if short else []
        parts += [f"{small} with too few cases"] if small else []
        parts += [f"below the baseline: {', '.join(fall.metric.name for fall in self.falls)}"] if self.falls else []
        return f"{'PASSED' if self.passed else 'FAILED'} ({self.effort}): {'; '.join(parts)}."


def write_run(run: Run, out: Path) -> None:
    """Write everything into `out`, which is made when it is not there."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "report.json").write_text(json.dumps(_as_json(run), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    with (out / "items.jsonl").open("w", encoding="utf-8") as handle:
        for result in run.results:
            for item in result.items:
                handle.write(json.dumps(_item(item), ensure_ascii=False, default=list) + "\n")
    for result in run.results:
        for plot in result.plots:
            draw(plot, out)
    (out / "report.md").write_text(markdown(run), encoding="utf-8")
    ElementTree.ElementTree(_junit(run)).write(out / "junit.xml", encoding="utf-8", xml_declaration=True)


def _as_json(run: Run) -> dict[str, object]:
    gates = {gate.gate.metric: gate for gate in run.gates}
    return {
        "schema_version": SCHEMA_VERSION, "suite": run.effort, "passed": run.passed, **asdict(run.provenance),
        "metrics": [_metric(metric, gates.get(metric.name)) for metric in run.metrics],
        "not_measured": list(run.missing), "below_baseline": [fall.words() for fall in run.falls],
        "tables": [asdict(table) for result in run.results for table in result.tables],
        "notes": {result.suite: list(result.notes) for result in run.results if result.notes},
        "failures": [_item(item) for result in run.results for item in result.items if not item.right],
        "seconds": {name: round(value, 1) for name, value in run.seconds.items()},
    }  # fmt: skip


def _metric(metric: Metric, gate: GateResult | None) -> dict[str, object]:
    estimate = metric.estimate
    gated = gate is not None and metric.part != "tuning"
    return {
        "name": metric.name, "title": metric.title, "part": metric.part, "better": metric.better,
        "value": _number(estimate.value), "low": _number(estimate.low), "high": _number(estimate.high), "n": estimate.n,
        "method": estimate.method, "gate": gate.gate.words() if gated and gate else None,
        "outcome": gate.outcome if gated and gate else None,
    }  # fmt: skip


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)


def _item(item: Item) -> dict[str, object]:
    if item.part == "locked":
        return {"suite": item.suite, "id": item.id, "part": item.part, "right": item.right}
    return asdict(item) | {"details": dict(item.details)}


def figure(metric: Metric) -> str:
    """A figure with its interval, for people."""
    estimate = metric.estimate
    if math.isnan(estimate.value):
        return "not defined"
    if metric.name.startswith(SELF_TEST):
        return f"{estimate.value:.3f}"
    return f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"


def markdown(run: Run) -> str:
    """The report for people."""
    prov = run.provenance
    lines = [
        "# Evaluation report", "", f"**{run.verdict()}**", "",
        f"Run {prov.run_id}; commit {prov.git_sha or 'unknown'}{' with changes' if prov.git_dirty else ''}; "
        f"Python {prov.python}; {sum(run.seconds.values()):.0f} s. Intervals are 95%; gates use locked cases.", "",
        "## Gates", "", *_rows(("figure", "locked", "n", "gate", "outcome", "tuning"), _gate_rows(run)),
    ]  # fmt: skip
    if run.falls:
        lines += ["", "## Below the baseline", "", *(f"- {fall.words()}" for fall in run.falls)]
    if run.missing:
        lines += ["", f"Not measured in this run (no cases): {', '.join(run.missing)}."]
    for result in run.results:
        lines += [
            "",
            f"## {result.suite.capitalize()}",
            "",
            *_rows(("figure", "part", "value", "n", "method"), _metric_rows(result)),
        ]
        lines += ["", *(f"- {note}" for note in result.notes)] if result.notes else []
        for table in result.tables:
            lines += ["", *_table(table)]
        lines += [f"\n![{plot.title}]({plot.name}.svg)" for plot in result.plots]
        lines += _failures(result)
    return "\n".join([*lines, "", *_caveats(run)]) + "\n"


def _gate_rows(run: Run) -> list[tuple[str, ...]]:
    tuning = {metric.name: metric for metric in run.metrics if metric.part == "tuning"}
    return [
        (
            f"{gate.metric.title} (`{gate.metric.name}`)", figure(gate.metric), str(gate.metric.estimate.n),
            gate.gate.words(), gate.outcome, figure(tuning[gate.metric.name]) if gate.metric.name in tuning else "–",
        )
        for gate in run.gates
    ]  # fmt: skip


def _metric_rows(result: SuiteResult) -> list[tuple[str, ...]]:
    shown = [metric for metric in result.metrics if not metric.name.startswith(SELF_TEST)]
    return [
        (metric.title, metric.part, figure(metric), str(metric.estimate.n), metric.estimate.method) for metric in shown
    ]


def _failures(result: SuiteResult) -> list[str]:
    """The first failures of what is not locked, and how many locked ones there are."""
    wrong = [item for item in result.items if not item.right]
    shown = [item for item in wrong if item.part != "locked"][:WORST]
    if not wrong:
        return []
    locked = sum(item.part == "locked" for item in wrong)
    lines = [
        "",
        f"Failures outside the locked part (first {len(shown)}; {locked} more in the locked part, not shown):",
        "",
    ]
    return lines + [
        f"- `{item.id}` “{_cell(item.text[:160])}”: expected {_cell(item.expected)}, got {_cell(item.got[:160])}"
        for item in shown
    ]


def _caveats(run: Run) -> list[str]:
    return [
        "## What the figures do not show", "",
        "- Cases and labels were written for this project; other people's questions may be harder or other.",
        "- Citation recall and precision rest on the project's own checker; the corrected rate allows for its errors.",
        "- A figure on few cases says little: look at the interval first.",
        f"- {sum(gate.outcome == 'too small' for gate in run.gates)} gates had too few cases to be decided.",
    ]  # fmt: skip


def _table(table: Table) -> list[str]:
    return [f"**{table.title}**", "", *_rows(table.columns, table.rows)]


def _rows(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    head = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    return head + [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def _junit(run: Run) -> ElementTree.Element:
    failed = sum(gate.outcome == "fail" and gate.gate.must for gate in run.gates) + len(run.falls)
    left_open = sum(gate.outcome != "pass" and not (gate.outcome == "fail" and gate.gate.must) for gate in run.gates)
    suite = ElementTree.Element(
        "testsuite", name=f"evaluation {run.effort}", tests=str(len(run.gates) + len(run.falls)), failures=str(failed),
        skipped=str(left_open), errors="0", time=f"{sum(run.seconds.values()):.1f}",
    )  # fmt: skip
    for gate in run.gates:
        case = ElementTree.SubElement(
            suite, "testcase", classname="gates", name=f"{gate.gate.metric} {gate.gate.words()}"
        )
        if gate.outcome == "fail" and gate.gate.must:
            ElementTree.SubElement(case, "failure", message=figure(gate.metric))
        elif gate.outcome == "fail":
            ElementTree.SubElement(case, "skipped", message=f"target not reached: {figure(gate.metric)}")
        elif gate.outcome == "too small":
            ElementTree.SubElement(case, "skipped", message=f"only {gate.metric.estimate.n} cases")
    for fall in run.falls:
        case = ElementTree.SubElement(suite, "testcase", classname="baseline", name=fall.metric.name)
        ElementTree.SubElement(case, "failure", message=fall.words())
    return suite
