"""The statistics of the evaluation: small, documented, tested against known values.

Every function names its source. Intervals are 95% unless said otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np

Z95 = 1.959963984540054
_RESAMPLES_AT_ONCE = 200


@dataclass(frozen=True)
class Estimate:
    """A figure with its interval, the number of cases behind it and how the interval was made."""

    value: float
    low: float
    high: float
    n: int
    method: str

    @property
    def half_width(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2


def wilson(successes: float, n: float, z: float = Z95) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927). Well behaved at 0 and 1, unlike the normal interval.

    Raises ValueError when n is not positive or successes lie outside 0..n.
    """
    if n <= 0 or not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is not a share")
    share = successes / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def share(hits: Sequence[bool], groups: Sequence[Hashable] | None = None) -> Estimate:
    """A share with its Wilson interval; cases of one group (one idea) count as one case in the interval.

    Counting groups rather than cases is the cautious end of a design effect (Kish 1965): it supposes that all cases
    of an idea succeed or fail together.
    """
    if len(hits) == 0:
        raise ValueError("a share of no cases")
    value = float(np.mean(hits))
    effective = len(hits) if groups is None else len(set(groups))
    low, high = wilson(value * effective, effective)
    return Estimate(value, low, high, len(hits), "Wilson" if groups is None else "Wilson over ideas")


def bootstrap_mean(
    values: Sequence[float], groups: Sequence[Hashable] | None = None, resamples: int = 2000, seed: int = 1
) -> Estimate:
    """A mean with its percentile bootstrap interval (Efron 1979), whole groups resampled together.

    Resampling groups follows Field and Welsh (2007), the cluster bootstrap.
    """
    if len(values) == 0:
        raise ValueError("a mean of no cases")
    sums, counts = _by_group(np.asarray(values, dtype=float), groups)
    rng = np.random.default_rng(seed)
    means: list[np.ndarray] = []
    for begin in range(0, resamples, _RESAMPLES_AT_ONCE):
        rows = rng.integers(0, len(sums), size=(min(_RESAMPLES_AT_ONCE, resamples - begin), len(sums)))
        means.append(sums[rows].sum(axis=1) / counts[rows].sum(axis=1))
    low, high = np.percentile(np.concatenate(means), [2.5, 97.5])
    method = "bootstrap" if groups is None else "bootstrap over ideas"
    return Estimate(float(np.mean(values)), float(low), float(high), len(values), method)


def paired_bootstrap(
    one: Sequence[float],
    other: Sequence[float],
    groups: Sequence[Hashable] | None = None,
    resamples: int = 2000,
    seed: int = 1,
) -> Estimate:
    """The mean of `one` minus that of `other` on the same cases (Efron and Tibshirani 1993)."""
    if len(one) != len(other):
        raise ValueError("paired values must be of the same cases")
    difference = np.asarray(one, dtype=float) - np.asarray(other, dtype=float)
    estimate = bootstrap_mean(difference.tolist(), groups, resamples, seed)
    return Estimate(estimate.value, estimate.low, estimate.high, estimate.n, "paired bootstrap")


def bootstrap(
    n: int,
    statistic: Callable[[Sequence[int]], float],
    groups: Sequence[Hashable] | None = None,
    resamples: int = 500,
    seed: int = 1,
) -> Estimate:
    """Any statistic of row numbers 0..n-1 with its percentile bootstrap interval; NaN draws are left out."""
    if n == 0:
        raise ValueError("a statistic of no cases")
    members = _members(n, groups)
    rng = np.random.default_rng(seed)
    drawn = [
        statistic(np.concatenate([members[row] for row in rng.integers(0, len(members), len(members))]).tolist())
        for _ in range(resamples)
    ]
    defined = [value for value in drawn if not math.isnan(value)]
    value = statistic(range(n))
    low, high = np.percentile(defined, [2.5, 97.5]) if defined else (float("nan"), float("nan"))
    return Estimate(value, float(low), float(high), n, "bootstrap" if groups is None else "bootstrap over ideas")


def macro_f1(truth: Sequence[str], predicted: Sequence[str], labels: Sequence[str]) -> float:
    """The unweighted mean of the F1 scores of the labels that occur in truth or prediction (van Rijsbergen 1979)."""
    scores: list[float] = []
    pairs = list(zip(truth, predicted, strict=True))
    for label in labels:
        hits = sum(a == label and b == label for a, b in pairs)
        said, is_so = sum(b == label for _, b in pairs), sum(a == label for a, _ in pairs)
        if said or is_so:
            scores.append(2 * hits / (said + is_so))
    return sum(scores) / len(scores) if scores else float("nan")


def balanced_accuracy(truth: Sequence[bool], predicted: Sequence[bool]) -> float:
    """The mean of sensitivity and specificity (Brodersen et al. 2010); NaN when a class is missing."""
    yes, said = np.asarray(truth, dtype=bool), np.asarray(predicted, dtype=bool)
    if yes.all() or not yes.any():
        return float("nan")
    return float((said[yes].mean() + (~said[~yes]).mean()) / 2)


@dataclass(frozen=True)
class Bin:
    """One bin of a reliability table: mean probability said, share that came true, cases."""

    said: float
    true: float
    n: int


def equal_mass_bins(probabilities: Sequence[float], outcomes: Sequence[bool], bins: int = 10) -> list[Bin]:
    """Bins of equal size in order of probability (Nixon et al. 2019); fewer when there are fewer cases."""
    order = np.argsort(probabilities, kind="stable")
    said, true = np.asarray(probabilities, dtype=float)[order], np.asarray(outcomes, dtype=float)[order]
    parts = np.array_split(np.arange(len(said)), min(bins, len(said)))
    return [Bin(float(said[rows].mean()), float(true[rows].mean()), len(rows)) for rows in parts if len(rows)]


def expected_calibration_error(probabilities: Sequence[float], outcomes: Sequence[bool], bins: int = 10) -> float:
    """The mean gap between said and true over equal-mass bins (Naeini et al. 2015, bins after Nixon et al. 2019)."""
    table = equal_mass_bins(probabilities, outcomes, bins)
    total = sum(row.n for row in table)
    return sum(row.n * abs(row.said - row.true) for row in table) / total if total else float("nan")


def brier(probabilities: Sequence[float], outcomes: Sequence[bool]) -> float:
    """The mean squared gap between probability and outcome (Brier 1950)."""
    return float(np.mean((np.asarray(probabilities, dtype=float) - np.asarray(outcomes, dtype=float)) ** 2))


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """The chance that a positive scores above a negative, ties counted half (Hanley and McNeil 1982)."""
    if len(positives) == 0 or len(negatives) == 0:
        return float("nan")
    ranks = _mid_ranks(np.concatenate([np.asarray(positives, dtype=float), np.asarray(negatives, dtype=float)]))
    n, m = len(positives), len(negatives)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * m))


def auroc_estimate(
    positives: Sequence[float], negatives: Sequence[float], resamples: int = 500, seed: int = 1
) -> Estimate:
    """AUROC with a bootstrap interval; positives and negatives are resampled apart."""
    up, down = np.asarray(positives, dtype=float), np.asarray(negatives, dtype=float)
    if len(up) == 0 or len(down) == 0:
        raise ValueError("AUROC needs both kinds of case")
    rng = np.random.default_rng(seed)
    drawn = [
        auroc(up[rng.integers(0, len(up), len(up))], down[rng.integers(0, len(down), len(down))])  # type: ignore[arg-type]
        for _ in range(resamples)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Estimate(auroc(positives, negatives), float(low), float(high), len(up) + len(down), "bootstrap")


def shuffled_auroc(positives: Sequence[float], negatives: Sequence[float], rounds: int = 200, seed: int = 1) -> float:
    """The mean AUROC once the labels are shuffled. Anything but about 0.5 means that the harness itself is at fault."""
    together = np.concatenate([np.asarray(positives, dtype=float), np.asarray(negatives, dtype=float)])
    rng = np.random.default_rng(seed)
    values = []
    for _ in range(rounds):
        mixed = rng.permutation(together)
        values.append(auroc(mixed[: len(positives)], mixed[len(positives) :]))  # type: ignore[arg-type]
    return float(np.mean(values))


def risk_coverage(confidence: Sequence[float], wrong: Sequence[bool]) -> tuple[np.ndarray, np.ndarray]:
    """Coverage and risk as the least confident answers are withheld one after another (El-Yaniv and Wiener 2010).

    Returns two arrays of shape (n,): the share answered, rising to 1, and the share wrong among those answered.
    """
    order = np.argsort(-np.asarray(confidence, dtype=float), kind="stable")
    mistakes = np.cumsum(np.asarray(wrong, dtype=float)[order])
    counts = np.arange(1, len(order) + 1)
    return counts / len(order), mistakes / counts


def aurc(confidence: Sequence[float], wrong: Sequence[bool]) -> float:
    """The area under the risk–coverage curve, lower is better (Geifman, Uziel and El-Yaniv 2019)."""
    return float(risk_coverage(confidence, wrong)[1].mean())


def ndcg_at(ranked_gains: Sequence[float], all_gains: Sequence[float], k: int) -> float:
    """Normalised discounted cumulative gain of the first k (Järvelin and Kekäläinen 2002), gains as they are.

    Args:
        ranked_gains: the gain of each retrieved item, best first.
        all_gains: the gains of every relevant item there is; they make the ideal order.
    """
    ideal = _dcg(sorted(all_gains, reverse=True)[:k])
    return _dcg(list(ranked_gains)[:k]) / ideal if ideal > 0 else float("nan")


def recall_at(ranked: Sequence[str], relevant: Sequence[str], k: int) -> float:
    """The share of the relevant items among the first k; against min(k, relevant), so that 1 can be reached."""
    if not relevant:
        return float("nan")
    return len(set(ranked[:k]) & set(relevant)) / min(k, len(set(relevant)))


def rogan_gladen(observed: float, sensitivity: float, specificity: float) -> float | None:
    """The true share behind an observed one, given the errors of the test (Rogan and Gladen 1978), cut to 0..1.

    None when the test is too weak to tell (sensitivity + specificity − 1 below 0.3).
    """
    power = sensitivity + specificity - 1
    return min(1.0, max(0.0, (observed + specificity - 1) / power)) if power >= 0.3 else None


def rogan_gladen_estimate(
    observed: Sequence[bool],
    true_accepted: Sequence[bool],
    false_accepted: Sequence[bool],
    resamples: int = 1000,
    seed: int = 1,
) -> Estimate | None:
    """The corrected share with a bootstrap interval over answers and labelled cases together (Lang and Reiczigel 2014
    show why the labelled cases must be resampled too).

    Args:
        observed: whether the test accepted each item of interest.
        true_accepted: whether the test accepted each labelled true case (their mean is the sensitivity).
        false_accepted: whether it accepted each labelled false case (one minus their mean is the specificity).
    """
    seen, up, down = (np.asarray(values, dtype=float) for values in (observed, true_accepted, false_accepted))
    value = rogan_gladen(float(seen.mean()), float(up.mean()), 1 - float(down.mean()))
    if value is None:
        return None
    rng = np.random.default_rng(seed)
    drawn = []
    for _ in range(resamples):
        again = [part[rng.integers(0, len(part), len(part))].mean() for part in (seen, up, down)]
        corrected = rogan_gladen(float(again[0]), float(again[1]), 1 - float(again[2]))
        if corrected is not None:
            drawn.append(corrected)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Estimate(value, float(low), float(high), len(seen), "Rogan–Gladen, bootstrap")


def _dcg(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def _mid_ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 1, ties sharing their mean rank."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse])


def _members(n: int, groups: Sequence[Hashable] | None) -> list[np.ndarray]:
    if groups is None:
        return [np.array([row]) for row in range(n)]
    rows: dict[Hashable, list[int]] = {}
    for row, group in enumerate(groups):
        rows.setdefault(group, []).append(row)
    return [np.array(found) for found in rows.values()]


def _by_group(values: np.ndarray, groups: Sequence[Hashable] | None) -> tuple[np.ndarray, np.ndarray]:
    members = _members(len(values), groups)
    return np.array([values[rows].sum() for rows in members]), np.array([float(len(rows)) for rows in members])
