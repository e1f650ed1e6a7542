"""The statistics against known values and against scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest

from eval import statistics as st


def test_wilson_against_the_worked_example_of_newcombe_1998() -> None:
    # Newcombe (1998), table I: 81 of 263 and 15 of 148, 95% score interval without continuity correction.
    assert st.wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert st.wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=1e-4)


def test_wilson_is_sane_at_the_ends() -> None:
    low, high = st.wilson(0, 20)
    assert low == 0.0
    assert high == pytest.approx(0.1611, abs=1e-4)
    assert st.wilson(20, 20)[1] == 1.0
    for successes, n in ((-1, 5), (6, 5), (0, 0)):
        with pytest.raises(ValueError, match="not a share"):
            st.wilson(successes, n)


def test_share_counts_an_idea_once_in_the_interval() -> None:
    alone = st.share([True] * 40)
    grouped = st.share([True] * 40, [row // 4 for row in range(40)])
    assert alone.value == grouped.value == 1.0
    assert grouped.low == pytest.approx(st.wilson(10, 10)[0])
    assert grouped.low < alone.low
    assert grouped.n == 40


def test_bootstrap_mean_covers_the_normal_interval() -> None:
    values = np.random.default_rng(3).normal(5, 2, 400).tolist()
    estimate = st.bootstrap_mean(values)
    standard_error = np.std(values, ddof=1) / 20
    assert estimate.value == pytest.approx(np.mean(values))
    assert estimate.low == pytest.approx(estimate.value - 1.96 * standard_error, abs=0.05)
    assert estimate.high == pytest.approx(estimate.value + 1.96 * standard_error, abs=0.05)
    assert estimate == st.bootstrap_mean(values)


def test_bootstrap_mean_over_groups_is_wider_when_groups_agree() -> None:
    values = [float(row % 2) for row in range(20) for _ in range(10)]
    groups = [row for row in range(20) for _ in range(10)]
    assert st.bootstrap_mean(values, groups).half_width > 2 * st.bootstrap_mean(values).half_width


def test_paired_bootstrap_sees_a_small_steady_gain() -> None:
    base = np.random.default_rng(1).random(200)
    estimate = st.paired_bootstrap((base + 0.02).tolist(), base.tolist())
    assert estimate.value == pytest.approx(0.02)
    assert estimate.low > 0.019
    with pytest.raises(ValueError, match="same cases"):
        st.paired_bootstrap([1.0], [1.0, 2.0])


def test_macro_f1_against_sklearn() -> None:
    from sklearn.metrics import f1_score

    rng = np.random.default_rng(5)
    labels = ["a", "b", "c"]
    truth = rng.choice(labels, 300).tolist()
    said = [t if rng.random() < 0.7 else str(rng.choice(labels)) for t in truth]
    assert st.macro_f1(truth, said, labels) == pytest.approx(f1_score(truth, said, average="macro"))


def test_balanced_accuracy_against_sklearn() -> None:
    from sklearn.metrics import balanced_accuracy_score

    rng = np.random.default_rng(6)
    truth, said = (rng.random(200) < 0.3).tolist(), (rng.random(200) < 0.4).tolist()
    assert st.balanced_accuracy(truth, said) == pytest.approx(balanced_accuracy_score(truth, said))
    assert math.isnan(st.balanced_accuracy([True], [True]))


def test_auroc_against_sklearn_with_ties() -> None:
    from sklearn.metrics import roc_auc_score

    rng = np.random.default_rng(7)
    up, down = rng.integers(2, 9, 60).tolist(), rng.integers(0, 7, 90).tolist()
    expected = roc_auc_score([1] * 60 + [0] * 90, up + down)
    assert st.auroc(up, down) == pytest.approx(expected)
    estimate = st.auroc_estimate(up, down)
    assert estimate.low < expected < estimate.high
    assert st.auroc([1.0], [0.0]) == 1.0
    assert st.auroc([0.5], [0.5]) == 0.5


def test_shuffled_labels_give_a_half_even_for_a_perfect_score() -> None:
    assert st.shuffled_auroc([1.0] * 30, [0.0] * 30) == pytest.approx(0.5, abs=0.05)
    assert st.shuffled_auroc(list(range(100, 110)), list(range(40))) == pytest.approx(0.5, abs=0.05)


def test_brier_against_sklearn() -> None:
    from sklearn.metrics import brier_score_loss

    rng = np.random.default_rng(8)
    said = rng.random(100).tolist()
    true = (rng.random(100) < 0.5).tolist()
    assert st.brier(said, true) == pytest.approx(brier_score_loss(true, said))


def test_calibration_error_of_equal_mass_bins() -> None:
    said = [0.1] * 10 + [0.9] * 10
    true = [False] * 8 + [True] * 2 + [True] * 9 + [False]
    # bins of ten: gaps |0.1 - 0.2| and |0.9 - 0.9|
    assert st.expected_calibration_error(said, true, bins=2) == pytest.approx(0.05)
    assert [row.n for row in st.equal_mass_bins(said, true, bins=3)] == [7, 7, 6]
    rng = np.random.default_rng(2)
    honest = rng.random(20_000)
    assert st.expected_calibration_error(honest.tolist(), (rng.random(20_000) < honest).tolist()) < 0.02


def test_risk_coverage_by_hand() -> None:
    coverage, risk = st.risk_coverage([0.9, 0.2, 0.7, 0.4], [False, True, False, True])
    assert coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert risk.tolist() == pytest.approx([0, 0, 1 / 3, 1 / 2])
    assert st.aurc([0.9, 0.2, 0.7, 0.4], [False, True, False, True]) == pytest.approx((1 / 3 + 1 / 2) / 4)


def test_ndcg_against_sklearn() -> None:
    from sklearn.metrics import ndcg_score

    gains = [0.0, 2.0, 1.0, 0.0, 2.0, 0.0]
    scores = [[6.0, 5.0, 4.0, 3.0, 2.0, 1.0]]
    assert st.ndcg_at(gains, gains, 4) == pytest.approx(ndcg_score([gains], scores, k=4))
    assert st.ndcg_at([2.0, 1.0], [1.0, 2.0], 10) == 1.0
    assert math.isnan(st.ndcg_at([0.0], [], 10))


def test_recall_can_reach_one_when_there_are_more_than_k() -> None:
    assert st.recall_at(["a", "b", "c"], ["a", "c", "d"], 2) == 0.5
    assert st.recall_at(["a", "b"], ["a", "b", "c"], 2) == 1.0
    assert math.isnan(st.recall_at(["a"], [], 2))


def test_rogan_gladen_by_hand() -> None:
    assert st.rogan_gladen(0.74, 0.75, 0.75) == pytest.approx(0.98)
    assert st.rogan_gladen(0.70, 0.75, 0.75) == pytest.approx(0.90)
    assert st.rogan_gladen(0.95, 0.75, 0.75) == 1.0
    assert st.rogan_gladen(0.5, 0.6, 0.6) is None


def test_rogan_gladen_interval_covers_the_truth() -> None:
    rng = np.random.default_rng(4)
    true = rng.random(600) < 0.9
    seen = np.where(true, rng.random(600) < 0.85, rng.random(600) < 0.1)
    up, down = rng.random(400) < 0.85, rng.random(400) < 0.1
    estimate = st.rogan_gladen_estimate(seen.tolist(), up.tolist(), down.tolist())
    assert estimate is not None
    assert estimate.low < 0.9 < estimate.high
    assert st.rogan_gladen_estimate([True, False], [True, False], [True, False]) is None
