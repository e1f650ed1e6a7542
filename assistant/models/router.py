"""What kind of message it is, read off the embedding that retrieval needs anyway."""

from __future__ import annotations

import numpy as np

from knowledge.embedding import CharterEmbeddings, default_embeddings

ROUTES = ("knowledge", "scope", "off_topic", "clinical_advice", "about_assistant", "instruction")


class Router:
    """A linear head over the question encoder's pooled states."""

    def __init__(self, embeddings: CharterEmbeddings) -> None:
        self.encoder = embeddings
        heads = embeddings.encoder.heads
        self._weight, self._bias = heads["route.weight"].numpy(), heads["route.bias"].numpy()
        self.model_id = f"router {embeddings.encoder.sha256[:12]}"

    @classmethod
    def load(cls) -> Router:
        """The shipped router."""
        return cls(default_embeddings())

    def probabilities(self, vector: np.ndarray) -> dict[str, float]:
        """The probability of each route for a message's unit vector, shape (384,)."""
        logits = vector @ self._weight.T + self._bias
        chances = np.exp(logits - logits.max())
        return dict(zip(ROUTES, map(float, chances / chances.sum()), strict=True))
