"""The recorded baseline: what was reached before. A figure may not fall below it by more than half its interval."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.errors import ReportError
from eval.gates import SELF_TEST
from eval.results import Metric

BASELINE = Path(__file__).parent / "baseline.json"
SCHEMA = 1


@dataclass(frozen=True)
class Recorded:
    """A figure as it was recorded, with half its interval."""

    value: float
    half_width: float


@dataclass(frozen=True)
class Fall:
    """A figure that has become worse than its baseline allows."""

    metric: Metric
    recorded: Recorded

    def words(self) -> str:
        """One line for people."""
        now = self.metric.estimate.value
        before = self.recorded
        return f"{self.metric.name}: {now:.3f}, recorded {before.value:.3f} (allowed ± {before.half_width:.3f})"


def read_baseline(path: Path, suite: str) -> dict[str, Recorded]:
    """The figures recorded for a suite ("smoke" or "full"), from a baseline or from another run's report.json.

    Raises ReportError when the file cannot be read.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if "suites" in data:
            return {
                name: Recorded(row["value"], row["half_width"]) for name, row in data["suites"].get(suite, {}).items()
            }
        return {
            row["name"]: Recorded(row["value"], (row["high"] - row["low"]) / 2)
            for row in data["metrics"]
            if row["part"] != "tuning" and row["value"] is not None
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReportError(f"{path} is neither a baseline nor a report.json: {error}") from error


def record_baseline(path: Path, suite: str, metrics: Sequence[Metric]) -> None:
    """Write the figures of a suite into the baseline, leaving other suites as they are."""
    data = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    suites = data.get("suites", {})
    suites[suite] = {
        metric.name: {"value": round(metric.estimate.value, 4), "half_width": round(metric.estimate.half_width, 4)}
        for metric in _comparable(metrics)
    }
    path.write_text(json.dumps({"schema": SCHEMA, "suites": suites}, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def falls(metrics: Sequence[Metric], recorded: dict[str, Recorded]) -> list[Fall]:
    """The figures that are worse than recorded by more than half the wider of the two intervals."""
    found = []
    for metric in _comparable(metrics):
        before = recorded.get(metric.name)
        if before is None:
            continue
        allowed = max(before.half_width, metric.estimate.half_width)
        worse = (
            before.value - metric.estimate.value if metric.better == "higher" else metric.estimate.value - before.value
        )
        if worse > allowed + 1e-9:
            found.append(Fall(metric, before))
    return found


def _comparable(metrics: Sequence[Metric]) -> list[Metric]:
    return [
        m
        for m in metrics
        if m.part != "tuning" and not m.name.startswith(SELF_TEST) and m.estimate.value == m.estimate.value
    ]
