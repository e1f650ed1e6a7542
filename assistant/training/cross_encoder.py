"""Fine-tunes a base as a cross-encoder over labelled text pairs; the answer and grounding models share it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.training.loop import Plan, Progress, length_batches, seed_everything, train
from assistant.training.trainee import Trainee
from knowledge.encoders.encoder import add_marks, pool_pairs

UNLABELLED = -100  # what cross_entropy leaves out


@dataclass(frozen=True)
class Pair:
    """Two texts, the row of their label for each head (or UNLABELLED), and how much the pair counts."""

    first: str
    second: str
    labels: tuple[int, ...]
    weight: float = 1.0


def train_cross_encoder(
    trainee: Trainee,
    pairs_of_epoch: Callable[[random.Random], Sequence[Pair]],
    classes: Mapping[str, int],
    plan: Plan,
    max_tokens: int,
    progress_label: str,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Train on the pairs that `pairs_of_epoch` draws anew for every epoch; one head a name in `classes`.

    Gives the heads by name; the trainee's encoder has learnt in place.

    Args:
        classes: the number of classes of each head, in the order of a pair's labels.
    """
    import torch

    seed_everything(plan.seed)
    encoder = trainee.encoder
    marks = add_marks(encoder)
    width = 2 * encoder.base.dimensions
    heads = torch.nn.ModuleDict(
        {name: torch.nn.Linear(width, count) for name, count in classes.items()} | {"marks": marks}
    )

    def loss(batch: list[Pair]) -> Any:
        ids, mask, types = encoder.batch([(pair.first, pair.second) for pair in batch], max_tokens)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = encoder.states(ids, mask, types)
        pooled = torch.nn.functional.dropout(pool_pairs(states.float(), mask, types), 0.1)
        weights = torch.tensor([pair.weight for pair in batch])
        targets = torch.tensor([pair.labels for pair in batch])
        each = sum(
            torch.nn.functional.cross_entropy(heads[name](pooled), target, label_smoothing=0.04, reduction="none")
            for name, target in zip(classes, targets.T, strict=True)
        )
        return (each * weights).sum() / weights.sum()

    def batches(rng: random.Random) -> Iterator[list[Pair]]:
        pairs = pairs_of_epoch(rng)
        return length_batches(pairs, [len(p.first) + len(p.second) for p in pairs], plan.batch_size, rng)

    steps = -(-len(pairs_of_epoch(random.Random(plan.seed))) // plan.batch_size)
    train(encoder.model, heads, batches, loss, plan, steps, progress_label, progress)
    return dict(heads.state_dict())
