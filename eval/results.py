"""What a suite hands over: metrics, items, tables and plots, all frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from eval.statistics import Estimate

Part = Literal["tuning", "locked", "all"]
Scalar = str | float | int | bool | None


@dataclass(frozen=True)
class Metric:
    """One figure of one part. `name` is "suite.figure"; `better` says which way is good."""

    name: str
    title: str
    part: Part
    estimate: Estimate
    better: Literal["higher", "lower"] = "higher"


@dataclass(frozen=True)
class Item:
    """One case as it went. `details` is shown in items.jsonl; of locked cases only id and outcome are written out."""

    suite: str
    id: str
    part: Part
    text: str
    expected: str
    got: str
    right: bool
    details: Mapping[str, Scalar | Sequence[Scalar]] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table of the report."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Series:
    """A line of a plot: its name and points."""

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]


@dataclass(frozen=True)
class Curves:
    """A line plot. `diagonal` draws the line on which said equals true."""

    name: str
    title: str
    x_label: str
    y_label: str
    series: tuple[Series, ...]
    diagonal: bool = False


@dataclass(frozen=True)
class Bars:
    """A bar plot with intervals."""

    name: str
    title: str
    y_label: str
    labels: tuple[str, ...]
    estimates: tuple[Estimate, ...]


@dataclass(frozen=True)
class Matrix:
    """A confusion matrix: counts of truth (rows) against prediction (columns)."""

    name: str
    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


Plot = Curves | Bars | Matrix


@dataclass(frozen=True)
class SuiteResult:
    """Everything one suite found out."""

    suite: str
    metrics: tuple[Metric, ...] = ()
    items: tuple[Item, ...] = ()
    tables: tuple[Table, ...] = ()
    plots: tuple[Plot, ...] = ()
    notes: tuple[str, ...] = ()
