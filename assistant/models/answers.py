"""Does this statement answer that question, and is the answer yes or no? A small cross-encoder over the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.encoders.encoder import Encoder, load_encoder, softmax

ANSWER_WEIGHTS = Path(__file__).parents[1] / "weights" / "answers.safetensors"
GRADES = ("neither", "helps", "answers")
SAYS = ("neither", "yes", "no")
HEADS = {"grade": len(GRADES), "says": len(SAYS)}
MAX_TOKENS = 96
BATCH_SIZE = 5  # ten statements in two batches of like length take a fifth less time than in one


@dataclass(frozen=True)
class Grades:
    """What the model makes of n statements.

    Attributes:
        grade: probabilities of shape (n, 3) in the order of GRADES.
        says: of shape (n, 3) in the order of SAYS: whether the statement makes the answer a plain yes or no.
    """

    grade: np.ndarray
    says: np.ndarray


class AnswerModel:
    """Grades statements for a question: answers it, helps beside an answer, or neither."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.model_id = f"answers {encoder.version}"

    @classmethod
    def load(cls, path: Path = ANSWER_WEIGHTS) -> AnswerModel:
        """Load the shipped weights, or those at `path`."""
        return cls(load_encoder(path).quicken())

    def grade(self, question: str, statements: Sequence[str]) -> Grades:
        """The grades of the statements for the question, one row a statement."""
        if not statements:
            return Grades(np.zeros((0, len(GRADES))), np.zeros((0, len(SAYS))))
        pooled = self._encoder.compare([(statement, question) for statement in statements], MAX_TOKENS, BATCH_SIZE)
        grade, says = (softmax(self._encoder.logits(head, pooled)) for head in ("grade", "says"))
        return Grades(grade, says)
