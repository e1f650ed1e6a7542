"""Questions with the statements that answer them: reading, splitting, and hard negatives."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assistant.conversation.followups import standalone
from assistant.errors import InputError
from assistant.training.cases import DATA, hold_out
from knowledge.encoders.encoder import Encoder
from knowledge.index import embedded_text
from knowledge.keywords import KeywordIndex
from knowledge.sources import SHIPPED_SOURCES, read_sources
from knowledge.types import Unit


@dataclass(frozen=True)
class Question:
    """A question; the ids of the units that answer it, that help beside an answer, and that only look like one.

    `says` holds, of the units that answer a yes-or-no question plainly, "yes" or "no"; None where nobody has said.
    """

    text: str
    answers: tuple[str, ...]
    helps: tuple[str, ...]
    near: tuple[str, ...]
    says: Mapping[str, str] | None = field(default_factory=dict)


@dataclass(frozen=True)
class Message:
    """A message and the route it belongs to."""

    text: str
    route: str


def shipped_units() -> dict[str, Unit]:
    """Every unit of the shipped sources by id."""
    return {unit.id: unit for source in read_sources(SHIPPED_SOURCES) for unit in source.units}


def read_questions(units: Mapping[str, Unit], folder: Path = DATA / "questions") -> list[Question]:
    """Every question of the folder; a follow-up as it is read alone, after the question it came `after`.

    Raises InputError when a unit that a question names is no longer in the sources.
    """
    questions: list[Question] = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            row = json.loads(line)
            answers, helps, near = (tuple(row[name]) for name in ("answers", "helps", "near"))
            text = standalone(row["question"], ((row["after"], ""),)) if "after" in row else row["question"]
            question = Question(text, answers, helps, near, row.get("says", {}))
            gone = {*question.answers, *question.helps, *question.near} - set(units)
            if gone:
                raise InputError(f"{path}:{number}: {sorted(gone)} no longer in the sources; label the question anew")
            questions.append(question)
    return questions


def read_messages(folder: Path = DATA / "routes") -> list[Message]:
    """Every labelled message of the folder."""
    rows = [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    return [Message(row["text"], row["route"]) for row in rows]


def split_questions(questions: Sequence[Question], share: float) -> tuple[list[Question], list[Question]]:
    """(rest, held out): questions that share their first unit stay together."""
    return hold_out(questions, lambda question: (question.answers or question.near or (question.text,))[0], share)


def hard_negatives(
    questions: Sequence[Question], units: Mapping[str, Unit], encoder: Encoder, depth: int = 14
) -> list[list[str]]:
    """For each question the ids of the best-matching units, by meaning and by words, that neither answer nor help."""
    ids = list(units)
    vectors = encoder.embed([embedded_text(units[name]) for name in ids])
    wanted = encoder.embed([question.text for question in questions])
    keywords = KeywordIndex.build([f"{units[name].section} {units[name].text}" for name in ids])
    found: list[list[str]] = []
    for question, vector in zip(questions, wanted, strict=True):
        scores = keywords.scores(question.text)
        best = float(scores.max()) or 1.0
        fused = 0.7 * (vectors @ vector) + 0.3 * scores / best
        known = {*question.answers, *question.helps}
        ranked = [ids[row] for row in np.argsort(-fused, kind="stable")[: depth + len(known)]]
        found.append([name for name in ranked if name not in known][:depth])
    return found
