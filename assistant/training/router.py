"""Train the router: what kind of message it is, learnt from messages, questions and described uses of AI."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.models.router import ROUTES
from assistant.training.cases import ScopeCase, hold_out
from assistant.training.loop import Plan, Progress, length_batches, seed_everything, train
from assistant.training.questions import Message, Question
from assistant.training.scope import augment
from assistant.training.trainee import Trainee

MAX_TOKENS = 128
SCOPE_MAP = "N05"
EVERY_QUESTION, EVERY_CASE = 2, 4  # there are many more of these than of the other messages


def routed(messages: Sequence[Message], questions: Sequence[Question], cases: Sequence[ScopeCase]) -> list[Message]:
    """Everything that has a route: the messages, every second question, every fourth described use."""
    return [
        *messages,
        *(Message(question.text, _route_of(question)) for question in questions[::EVERY_QUESTION]),
        *(Message(case.text, "scope") for case in cases[::EVERY_CASE]),
    ]


def _route_of(question: Question) -> str:
    """A question that a worked example of the scope map answers asks about a use of AI."""
    return "scope" if any(unit.startswith(f"{SCOPE_MAP}:") for unit in question.answers) else "knowledge"


def split_messages(messages: Sequence[Message], share: float) -> tuple[list[Message], list[Message]]:
    """(rest, held out): about `share` of the messages are held out."""
    return hold_out(messages, lambda message: message.text, share)


def train_router(
    trainee: Trainee, messages: Sequence[Message], plan: Plan, progress: Progress | None = None
) -> dict[str, Any]:
    """Fine-tune the trainee on the messages; gives its head "route"."""
    import torch

    seed_everything(plan.seed)
    encoder = trainee.encoder
    heads = torch.nn.ModuleDict({"route": torch.nn.Linear(encoder.base.dimensions, len(ROUTES))})
    rng = random.Random(plan.seed)

    def loss(batch: list[Message]) -> Any:
        pooled = trainee.pooled([augment(message.text, rng) for message in batch], MAX_TOKENS)
        pooled = torch.nn.functional.dropout(pooled, 0.1)
        targets = torch.tensor([ROUTES.index(message.route) for message in batch])
        return torch.nn.functional.cross_entropy(heads["route"](pooled), targets, label_smoothing=0.04)

    def batches(order: random.Random) -> Iterator[list[Message]]:
        return length_batches(messages, [len(message.text) for message in messages], plan.batch_size, order)

    steps = -(-len(messages) // plan.batch_size)
    train(encoder.model, heads, batches, loss, plan, steps, "training the router", progress)
    return dict(heads.state_dict())
