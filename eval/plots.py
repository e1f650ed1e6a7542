"""Draws the plots of a report as SVG, without a display and the same to the byte for the same data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval.results import Bars, Curves, Matrix, Plot

_SIZE = (6.4, 4.4)


def draw(plot: Plot, folder: Path) -> Path:
    """Draw one plot into `folder`; the file's path."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"svg.hashsalt": plot.name, "font.size": 9}):
        figure = Figure(figsize=_SIZE, layout="constrained")
        axes = figure.add_subplot()
        axes.set_title(plot.title, fontsize=10)
        if isinstance(plot, Curves):
            _curves(plot, axes)
        elif isinstance(plot, Bars):
            _bars(plot, axes)
        else:
            _matrix(plot, axes)
        path = folder / f"{plot.name}.svg"
        figure.savefig(path, format="svg", metadata={"Date": None})
    return path


def _curves(plot: Curves, axes: Any) -> None:
    if plot.diagonal:
        axes.plot([0, 1], [0, 1], color="0.7", linewidth=1, linestyle="--")
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
    for series, style in zip(plot.series, ("o-", "s--", "^:", "d-.") * len(plot.series), strict=False):
        axes.plot(
            series.x, series.y, style, label=series.name, markersize=4 if len(series.x) <= 30 else 0, linewidth=1.4
        )
    axes.set_xlabel(plot.x_label)
    axes.set_ylabel(plot.y_label)
    axes.grid(alpha=0.3)
    if len(plot.series) > 1:
        axes.legend()


def _bars(plot: Bars, axes: Any) -> None:
    places = range(len(plot.labels))
    values = [estimate.value for estimate in plot.estimates]
    below = [max(0.0, estimate.value - estimate.low) for estimate in plot.estimates]
    above = [max(0.0, estimate.high - estimate.value) for estimate in plot.estimates]
    axes.barh(places, values, xerr=[below, above], color="#4b7a8c", ecolor="0.3", capsize=2)
    axes.set_yticks(
        places,
        [
            f"{label.replace('_', ' ')} (n {estimate.n})"
            for label, estimate in zip(plot.labels, plot.estimates, strict=True)
        ],
    )
    axes.invert_yaxis()
    axes.set_xlim(0, 1.02)
    axes.set_xlabel(plot.y_label)
    axes.grid(alpha=0.3, axis="x")


def _matrix(plot: Matrix, axes: Any) -> None:
    top = max((max(row) for row in plot.counts), default=1) or 1
    axes.imshow(plot.counts, cmap="Blues", vmin=0, vmax=top)
    axes.set_xticks(range(len(plot.columns)), [name.replace("_", " ") for name in plot.columns])
    axes.set_yticks(range(len(plot.rows)), [name.replace("_", " ") for name in plot.rows])
    for row, counts in enumerate(plot.counts):
        for column, count in enumerate(counts):
            axes.text(column, row, str(count), ha="center", va="center", color="white" if count > top / 2 else "black")
