"""The entailment models: the shipped cross-encoders, or a hub model where one is set."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.errors import MissingExtraError
from knowledge.encoders.encoder import Encoder, load_for_judging, softmax

GROUNDING_WEIGHTS = Path(__file__).parents[1] / "weights" / "grounding.safetensors"
LABELS = ("supported", "contradicted", "not_stated")
MAX_TOKENS = 256


class PairJudge(Protocol):
    """Judges (evidence, claim) pairs."""

    model_id: str

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Probabilities of shape (n, 3) in the order of LABELS."""
        ...


class LocalEntailment:
    """A cross-encoder that the project trains."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.model_id = f"grounding {encoder.version}"

    def logits(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Log-odds of shape (n, 3) in the order of LABELS."""
        return self.encoder.logits("label", self.encoder.compare(pairs, MAX_TOKENS))


def load_entailment(path: Path = GROUNDING_WEIGHTS) -> tuple[LocalEntailment, ...]:
    """The shipped models, small and large, or those beside `path` and at it; the small one alone without the base."""
    return tuple(LocalEntailment(encoder) for encoder in load_for_judging(path))


class HubEntailment:
    """An NLI cross-encoder from a folder or the user's own model cache (a setting)."""

    def __init__(self, model: str) -> None:
        try:
            from sentence_transformers import CrossEncoder
        except ImportError as error:
            raise MissingExtraError("A hub grounding model needs: pip install sentence-transformers") from error
        try:
            self._model = CrossEncoder(model, local_files_only=True)
        except OSError as error:
            raise MissingExtraError(
                f"The grounding model '{model}' is not on this machine. Give a folder, or download it first with "
                f"your own tools, or unset CHARTER_GROUNDING_MODEL."
            ) from error
        names = {int(row): str(name).lower() for row, name in self._model.model.config.id2label.items()}
        self._columns = [self._column(names, start) for start in ("entail", "contra", "neutral")]
        self.model_id = model

    @staticmethod
    def _column(names: dict[int, str], start: str) -> int:
        for row, name in names.items():
            if name.startswith(start):
                return row
        raise MissingExtraError(f"The grounding model has no label '{start}…'; it has {sorted(names.values())}.")

    def logits(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Log-odds of shape (n, 3) in the order of LABELS."""
        raw = np.asarray(self._model.predict(list(pairs), show_progress_bar=False))
        return raw[:, self._columns]

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Probabilities of shape (n, 3) in the order of LABELS."""
        return softmax(self.logits(pairs))
