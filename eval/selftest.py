"""AUROC metrics with their own self-test: once labels are shuffled, every AUROC must fall to about a half."""

from __future__ import annotations

from collections.abc import Sequence

from eval.lab import Lab
from eval.results import Metric, Part
from eval.statistics import Estimate, auroc_estimate, shuffled_auroc

TOLERANCE = 0.05


def auroc_metrics(
    name: str, title: str, part: Part, positives: Sequence[float], negatives: Sequence[float], lab: Lab
) -> list[Metric]:
    """The AUROC of a score, and as "selftest.<name>" how far the shuffled one is from a half.

    Empty unless there are cases of both kinds.
    """
    if not positives or not negatives:
        return []
    estimate = auroc_estimate(positives, negatives, min(500, lab.effort.resamples), lab.seed)
    distance = abs(shuffled_auroc(positives, negatives, seed=lab.seed) - 0.5)
    n = len(positives) + len(negatives)
    check = Estimate(distance, distance, distance, n, "200 shuffles")
    return [
        Metric(name, f"AUROC, {title}", part, estimate),
        Metric(f"selftest.{name}", f"shuffled labels, {title}: distance from 0.5", part, check, "lower"),
    ]
