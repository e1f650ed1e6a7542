"""Fitting temperatures and small logistic models on held-out cases."""

from __future__ import annotations

import numpy as np


def fit_temperature(logits: np.ndarray, targets: np.ndarray) -> float:
    """The temperature that minimises the log loss of softmax(logits / t) (Guo et al., 2017).

    Args:
        logits: shape (n, k).
        targets: shape (n,), rows of the right class.
    """
    grid = np.geomspace(0.3, 4.0, 80)
    losses = []
    for temperature in grid:
        scaled = logits / temperature
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        log_sum = np.log(np.exp(scaled).sum(axis=1))
        losses.append(float((log_sum - scaled[np.arange(len(targets)), targets]).mean()))
    return round(float(grid[int(np.argmin(losses))]), 4)


def fit_multinomial(
    inputs: np.ndarray, targets: np.ndarray, classes: int, penalty: float = 0.3, weights: np.ndarray | None = None
) -> dict[str, np.ndarray]:
    """A multinomial logistic model over standardised inputs.

    Args:
        inputs: shape (n, d). targets: shape (n,), classes 0 to `classes` - 1, each present.
        penalty: inverse strength of the L2 penalty, as in scikit-learn's C.
        weights: shape (n,), how much each row counts; all alike by default.

    Returns:
        mean and scale of shape (d,), weights of shape (d, classes), bias of shape (classes,).
    """
    from sklearn.linear_model import LogisticRegression

    mean, scale = inputs.mean(axis=0), inputs.std(axis=0)
    scale = np.where(scale > 1e-9, scale, 1.0)
    model = LogisticRegression(C=penalty, max_iter=2000).fit((inputs - mean) / scale, targets, weights)
    assert len(model.classes_) == classes, "a class is missing from the held-out cases"
    return {"mean": mean, "scale": scale, "weights": model.coef_.T, "bias": model.intercept_}
