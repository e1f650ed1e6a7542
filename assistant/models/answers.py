"""Does this statement answer that question? A small cross-encoder over (statement, question) pairs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.minilm import Encoder, load_encoder

ANSWER_WEIGHTS = Path(__file__).parents[1] / "weights" / "answers.safetensors"
GRADES = ("neither", "helps", "answers")
MAX_TOKENS = 96


class AnswerModel:
    """Grades statements for a question: answers it, helps beside an answer, or neither."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._weight, self._bias = encoder.heads["grade.weight"], encoder.heads["grade.bias"]
        self._temperature = float(encoder.card.get("temperature", 1.0))
        self.model_id = f"answers {encoder.sha256[:12]}"

    @classmethod
    def load(cls, path: Path = ANSWER_WEIGHTS) -> AnswerModel:
        """Load the shipped weights, or those at `path`."""
        return cls(load_encoder(path))

    def grade(self, question: str, statements: Sequence[str]) -> np.ndarray:
        """Probabilities of shape (n, 3) in the order of GRADES, one row a statement."""
        import torch

        if not statements:
            return np.zeros((0, len(GRADES)))
        pooled = self._encoder.compare([(statement, question) for statement in statements], MAX_TOKENS)
        with torch.inference_mode():
            logits = pooled @ self._weight.T + self._bias
            return np.asarray(torch.softmax(logits / self._temperature, 1).numpy())
