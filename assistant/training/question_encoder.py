"""Train the question encoder: the embedding behind retrieval.

Questions are drawn to the statements that answer them and away from near ones (InfoNCE with in-batch and hard
negatives: Karpukhin et al., 2020); a linear head that learns the
route of a message from the same vector keeps kinds of messages apart, and is not used afterwards.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.models.router import ROUTES
from assistant.training.loop import Plan, Progress, length_batches, seed_everything, train
from assistant.training.questions import Message, Question, hard_negatives
from assistant.training.trainee import Trainee
from knowledge.index import embedded_text
from knowledge.types import Unit

SCALE = 20.0


@dataclass(frozen=True)
class Example:
    """A question with one statement that answers it and one that only looks so, or a message with its route."""

    text: str
    answer: str = ""
    wrong: str = ""
    route: int = -1


def train_question_encoder(
    trainee: Trainee,
    questions: Sequence[Question],
    messages: Sequence[Message],
    passages: Sequence[tuple[str, str]],
    units: Mapping[str, Unit],
    plan: Plan,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Fine-tune on questions, messages and (claim, passage) pairs of other texts, so that the encoder stays general.

    Gives the heads by name.
    """
    import torch

    seed_everything(plan.seed)
    encoder = trainee.encoder
    answered = [question for question in questions if question.answers]
    negatives = hard_negatives(answered, units, encoder)
    heads = torch.nn.ModuleDict({"route": torch.nn.Linear(encoder.base.dimensions, len(ROUTES))})

    def examples(rng: random.Random) -> list[Example]:
        drawn = [
            Example(
                question.text, embedded_text(units[rng.choice(question.answers)]),
                embedded_text(units[rng.choice(mined[:8])]), ROUTES.index("knowledge"),
            )
            for question, mined in zip(answered, negatives, strict=True)
        ]  # fmt: skip
        drawn += [Example(claim, passage, rng.choice(passages)[1]) for claim, passage in passages]
        return drawn + [Example(message.text, route=ROUTES.index(message.route)) for message in messages]

    def vectors(texts: list[str]) -> Any:
        return torch.nn.functional.normalize(trainee.pooled(texts, 128), dim=1)

    def loss(batch: list[Example]) -> Any:
        cross = torch.nn.functional.cross_entropy
        wanted = vectors([example.text for example in batch])
        total = torch.zeros(())
        paired = [row for row, example in enumerate(batch) if example.answer]
        if len(paired) > 1:
            found = vectors([batch[row].answer for row in paired] + [batch[row].wrong for row in paired])
            scores = wanted[paired] @ found.T * SCALE
            same = torch.tensor([[batch[a].answer == batch[b].answer and a != b for b in paired] for a in paired])
            scores[:, : len(paired)] = scores[:, : len(paired)].masked_fill(same, -1e4)
            total = total + cross(scores, torch.arange(len(paired)))
        routed = [row for row, example in enumerate(batch) if example.route >= 0]
        if routed:
            logits = heads["route"](wanted[routed])
            total = total + 0.5 * cross(
                logits, torch.tensor([batch[row].route for row in routed]), label_smoothing=0.02
            )
        return total

    def batches(rng: random.Random) -> Iterator[list[Example]]:
        drawn = examples(rng)
        return length_batches(drawn, [len(e.text) + len(e.answer) for e in drawn], plan.batch_size, rng)

    steps = -(-len(examples(random.Random(plan.seed))) // plan.batch_size)
    train(encoder.model, heads, batches, loss, plan, steps, "training the question encoder", progress)
    return dict(heads.state_dict())
