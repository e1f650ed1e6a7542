"""The entailment models: the shipped cross-encoder, or a hub model where one is set."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.errors import MissingExtraError
from knowledge.encoders.encoder import Encoder, load_encoder

GROUNDING_WEIGHTS = Path(__file__).parents[1] / "weights" / "grounding.safetensors"
LABELS = ("supported", "contradicted", "not_stated")
MAX_TOKENS = 256


class EntailmentModel(Protocol):
    """Judges (evidence, claim) pairs."""

    model_id: str

    def logits(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Log-odds of shape (n, 3) in the order of LABELS."""
        ...


class LocalEntailment:
    """The cross-encoder that the project trains."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.model_id = f"grounding {encoder.version}"

    @classmethod
    def load(cls, path: Path = GROUNDING_WEIGHTS) -> LocalEntailment:
        """Load the shipped weights, or those at `path`."""
        return cls(load_encoder(path).quicken())

    def logits(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Log-odds of shape (n, 3) in the order of LABELS, in batches of similar length."""
        out = np.zeros((len(pairs), len(LABELS)), dtype=np.float32)
        order = sorted(range(len(pairs)), key=lambda row: len(pairs[row][0]) + len(pairs[row][1]))
        for begin in range(0, len(order), 32):
            rows = order[begin : begin + 32]
            out[rows] = self.encoder.logits("label", self.encoder.compare([pairs[row] for row in rows], MAX_TOKENS))
        return out


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
