"""The one training loop: batches of similar length, linear warm-up and decay, weight averaging at the end."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

Item = TypeVar("Item")
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Plan:
    """How to train. `average_last` is the share of the last steps whose weights are averaged
    (Izmailov et al., 2018)."""

    epochs: int
    batch_size: int
    learning_rate: float = 8e-5
    head_learning_rate: float = 1e-3
    weight_decay: float = 0.01
    warm_up: float = 0.06
    average_last: float = 0.25
    seed: int = 1


def seed_everything(seed: int) -> None:
    """Make a run repeatable on one machine."""
    import numpy as np
    import torch

    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def length_batches(
    items: Sequence[Item], lengths: Sequence[int], size: int, rng: random.Random
) -> Iterator[list[Item]]:
    """Shuffled batches whose members are of similar length, so that little is spent on padding."""
    order = list(range(len(items)))
    rng.shuffle(order)
    pools = [order[i : i + size * 32] for i in range(0, len(order), size * 32)]
    batches: list[list[int]] = []
    for pool in pools:
        pool.sort(key=lambda row: lengths[row])
        batches += [pool[i : i + size] for i in range(0, len(pool), size)]
    rng.shuffle(batches)
    for batch in batches:
        yield [items[row] for row in batch]


def train(
    model: Any,
    heads: Any,
    epochs_of_batches: Callable[[random.Random], Iterator[list[Item]]],
    loss: Callable[[list[Item]], Any],
    plan: Plan,
    steps_per_epoch: int,
    label: str,
    progress: Progress | None = None,
) -> None:
    """Train what has gradients of `model`, and `heads` (a torch Module), in place; both end with averaged weights."""
    import torch

    rng = random.Random(plan.seed)
    groups: list[dict[str, Any]] = [
        {"params": [p for p in model.parameters() if p.requires_grad], "lr": plan.learning_rate},
        {"params": list(heads.parameters()), "lr": plan.head_learning_rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=plan.weight_decay)
    total = plan.epochs * steps_per_epoch
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, total, plan))
    trained = [p for group in groups for p in group["params"]]
    average = [torch.zeros_like(p) for p in trained]
    averaged, step = 0, 0
    model.train()
    heads.train()
    for _ in range(plan.epochs):
        for batch in epochs_of_batches(rng):
            optimiser.zero_grad(set_to_none=True)
            loss(batch).backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            if step >= total * (1 - plan.average_last):
                averaged += 1
                for mean, parameter in zip(average, trained, strict=True):
                    mean.add_((parameter.detach() - mean) / averaged)
            if progress and step % 10 == 0:
                progress(label, min(step, total), total)
    with torch.no_grad():
        for mean, parameter in zip(average, trained, strict=True):
            parameter.copy_(mean)
    model.eval()
    heads.eval()


def _rate(step: int, total: int, plan: Plan) -> float:
    warm = max(1, int(total * plan.warm_up))
    if step < warm:
        return (step + 1) / warm
    return max(0.05, (total - step) / max(1, total - warm))
