"""Train the answer model: does a statement answer a question, help beside an answer, or neither?"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.models.answers import GRADES, HEADS, MAX_TOKENS, SAYS
from assistant.training.cross_encoder import UNLABELLED, Pair, train_cross_encoder
from assistant.training.loop import Plan, Progress
from assistant.training.questions import Question, hard_negatives
from assistant.training.trainee import Trainee
from knowledge.encoders.encoder import Encoder, load_base
from knowledge.types import Unit

ANSWERS_A_QUESTION = 2
HELPS_A_QUESTION = 1
NEGATIVES_A_QUESTION = 3


def train_answers(
    trainee: Trainee,
    questions: Sequence[Question],
    units: Mapping[str, Unit],
    plan: Plan,
    miner: Encoder | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Fine-tune the trainee on the questions, with negatives mined by `miner` (the base encoder by default).

    Statements that a question's author listed count in full; mined negatives count less, since a statement that
    answers may have been overlooked. Gives the heads by name.
    """
    negatives = hard_negatives(questions, units, miner or load_base())

    def pairs(rng: random.Random) -> list[Pair]:
        drawn: list[Pair] = []
        for question, mined in zip(questions, negatives, strict=True):
            drawn += _pairs(question, mined, units, rng)
        return drawn

    return train_cross_encoder(trainee, pairs, HEADS, plan, MAX_TOKENS, "training the answer model", progress)


def _pairs(question: Question, mined: Sequence[str], units: Mapping[str, Unit], rng: random.Random) -> list[Pair]:
    def draw(names: Sequence[str], count: int, grade: str, weight: float) -> list[Pair]:
        chosen = rng.sample(list(names), min(count, len(names)))
        return [
            Pair(units[name].text, question.text, (GRADES.index(grade), said(name, grade)), weight) for name in chosen
        ]

    def said(name: str, grade: str) -> int:
        """Only what answers a question can make a plain yes or no; of what helps beside it, nobody has said."""
        unsaid = grade == "helps" or (grade == "answers" and question.says is None)
        return UNLABELLED if unsaid else SAYS.index((question.says or {}).get(name, "neither"))

    wrong = NEGATIVES_A_QUESTION + (2 if not question.answers else 0)
    return [
        *draw(question.answers, ANSWERS_A_QUESTION, "answers", 1.0),
        *draw(question.helps, HELPS_A_QUESTION, "helps", 0.7),
        *draw(question.near, 2, "neither", 1.0),
        *draw(mined, wrong, "neither", 0.7),
    ]
