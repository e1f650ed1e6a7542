"""Hybrid retrieval as a LangChain retriever: Chroma's cosine leg and a BM25 leg, joined by a weighted score mean.

Both legs are brought to 0..1 (the cosine as it is, BM25 by the best score of the query) and averaged with a weight
chosen by measurement on the project's own tuning questions; see the retrieval ablation of the evaluation harness.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from knowledge.index import Index
from knowledge.types import Passage, Unit

Fusion = Literal["keyword", "dense", "rank", "score"]
DENSE_WEIGHT = 0.75
CANDIDATES = 60
_RANK_CONSTANT = 60  # Cormack, Clarke and Buettcher, 2009


@dataclass(frozen=True)
class Hit:
    """A retrieved unit with its fused score and those of both legs, all 0 to 1."""

    unit: Unit
    score: float
    dense: float
    keyword: float


class HybridRetriever(BaseRetriever):
    """Finds units by meaning and by words. `hits` is the typed form, `invoke` the LangChain one."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Any
    embeddings: Any
    k: int = 10
    fusion: Fusion = "score"
    dense_weight: float = DENSE_WEIGHT

    def hits(self, query: str, k: int | None = None) -> list[Hit]:
        """The k best units, best first; ties are broken by unit id."""
        index: Index = self.index
        k = k or self.k
        dense = self._dense_scores(query, max(k, CANDIDATES))
        keyword = self._keyword_scores(query)
        fused = fuse(dense, keyword, self.fusion, self.dense_weight)
        order = sorted(np.flatnonzero(fused > 0), key=lambda row: (-fused[row], index.units[row].id))[:k]
        return [Hit(index.units[row], float(fused[row]), float(dense[row]), float(keyword[row])) for row in order]

    def _dense_scores(self, query: str, k: int) -> np.ndarray:
        index: Index = self.index
        vector = self.embeddings.embed_query(query)
        scores = np.zeros(len(index.units), dtype=np.float32)
        found = index.store.similarity_search_by_vector_with_relevance_scores(vector, k=min(k, len(index.units)))
        for document, distance in found:  # Chroma gives the cosine distance, 0 to 2
            scores[index.position[document.id]] = max(0.0, 1.0 - distance)
        return scores

    def _keyword_scores(self, query: str) -> np.ndarray:
        index: Index = self.index
        scores = index.keywords.scores(query)
        best = float(scores.max()) if len(scores) else 0.0
        return scores / best if best > 0 else scores

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [
            Document(
                id=hit.unit.id, page_content=hit.unit.text,
                metadata={"source_id": hit.unit.source_id, "section": hit.unit.section, "start": hit.unit.start,
                          "end": hit.unit.end, "score": hit.score},
            )
            for hit in self.hits(query)
        ]  # fmt: skip


def fuse(dense: np.ndarray, keyword: np.ndarray, fusion: Fusion, dense_weight: float) -> np.ndarray:
    """Join the two legs, each of shape (n,), by the named method."""
    if fusion == "keyword":
        return keyword
    if fusion == "dense":
        return dense
    if fusion == "rank":
        return dense_weight * _reciprocal_ranks(dense) + (1 - dense_weight) * _reciprocal_ranks(keyword)
    return dense_weight * dense + (1 - dense_weight) * keyword


def _reciprocal_ranks(scores: np.ndarray) -> np.ndarray:
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return np.where(scores > 0, 1.0 / (_RANK_CONSTANT + ranks), 0.0)


def to_passage(index: Index, unit: Unit, score: float) -> Passage:
    """The passage that a unit belongs to."""
    source = index.sources[unit.source_id]
    return Passage(
        source_id=source.id, title=source.title, publisher=source.publisher, url=source.url,
        published=source.updated or source.published, section=unit.section,
        text=source.text[unit.passage_start : unit.passage_end], start=unit.passage_start, end=unit.passage_end,
        score=min(1.0, max(0.0, score)), evidence=unit.evidence,
        superseded_by=unit.superseded_by or source.superseded_by,
    )  # fmt: skip
