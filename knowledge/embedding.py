"""The sentence embeddings behind the dense leg, as LangChain `Embeddings`."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from knowledge.encoders.bases import MINILM
from knowledge.encoders.encoder import Encoder, load_encoder

QUESTION_WEIGHTS = Path(__file__).parent / "weights" / "question_encoder.safetensors"


class CharterEmbeddings(Embeddings):
    """MiniLM vectors, tuned by the project for questions and the statements that answer them."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.model_id = f"{MINILM.packages[0]} + question_encoder {encoder.sha256[:12]}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Unit vectors of 384 floats, one a text."""
        return [list(map(float, row)) for row in self.encoder.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The unit vector of one query."""
        return list(map(float, self.vector(text)))

    def vectors(self, texts: list[str]) -> np.ndarray:
        """The unit vectors of many texts, of shape (n, 384)."""
        return self.encoder.embed(texts)

    def vector(self, text: str) -> np.ndarray:
        """The unit vector of one query, of shape (384,)."""
        return np.asarray(self.encoder.embed([text])[0])


@functools.cache
def default_embeddings() -> CharterEmbeddings:
    """The shipped embeddings, loaded once a process."""
    return CharterEmbeddings(load_encoder(QUESTION_WEIGHTS))


def hub_embeddings(model: str) -> Any:
    """Embeddings by a model folder or a model already in the user's own model cache (a setting)."""
    from langchain_huggingface import HuggingFaceEmbeddings

    return HuggingFaceEmbeddings(
        model_name=model, model_kwargs={"local_files_only": True}, encode_kwargs={"normalize_embeddings": True}
    )
