"""Retrieval: are the statements that answer a question among the first? And which way of joining the legs is best?

The questions are those that the training of the question encoder left out, with the statements that their authors
listed. A statement that answers has gain 2, one that helps beside an answer has gain 1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.training.questions import Question, read_questions, shipped_units, split_questions
from assistant.training.run import CALIBRATION_SHARE
from eval.cases import Cases
from eval.lab import Lab, Subject
from eval.results import Curves, Item, Metric, Series, SuiteResult, Table
from eval.statistics import bootstrap_mean, ndcg_at, paired_bootstrap, recall_at
from knowledge.embedding import default_embeddings
from knowledge.index import Index
from knowledge.retrieval import CANDIDATES, DENSE_WEIGHT, Fusion, HybridRetriever, fuse

SUITE = "retrieval"
HELD_OUT_SHARE = min(0.1, CALIBRATION_SHARE)
WEIGHTS = (0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9)
DEPTH = 10


@dataclass(frozen=True)
class Ranked:
    """A question with the ids retrieved for it, best first."""

    question: Question
    ids: tuple[str, ...]

    @property
    def ndcg(self) -> float:
        """nDCG@10 with gains 2 and 1."""
        gain = {**dict.fromkeys(self.question.helps, 1.0), **dict.fromkeys(self.question.answers, 2.0)}
        return ndcg_at([gain.get(name, 0.0) for name in self.ids], list(gain.values()), DEPTH)

    def recall(self, k: int) -> float:
        """Recall at k of the statements that answer."""
        return recall_at(self.ids, self.question.answers, k)

    def found(self, k: int) -> float:
        """1 when at least one statement that answers is among the first k."""
        return float(bool(set(self.ids[:k]) & set(self.question.answers)))

    @property
    def group(self) -> str:
        """Questions that share their first answering statement are one idea."""
        return self.question.answers[0]


def run(assistant: Subject, cases: Cases, lab: Lab) -> SuiteResult:
    """Rank the held-out questions with the shipped retriever, and compare every way of joining the legs."""
    questions = held_out(lab.effort.retrieval)
    if not questions:
        return SuiteResult(SUITE, notes=("no held-out questions",))
    ranked = _shipped(assistant.index, questions, lab)
    groups = [item.group for item in ranked]
    resamples = lab.effort.resamples
    metrics = [
        Metric(f"{SUITE}.ndcg10", "nDCG@10", "all", bootstrap_mean([item.ndcg for item in ranked], groups, resamples)),
        *(
            Metric(
                f"{SUITE}.recall{k}",
                f"recall@{k}",
                "all",
                bootstrap_mean([item.recall(k) for item in ranked], groups, resamples),
            )
            for k in (5, 10)
        ),
        Metric(
            f"{SUITE}.hit5",
            "an answering statement among the first 5",
            "all",
            bootstrap_mean([item.found(5) for item in ranked], groups, resamples),
        ),
    ]
    table, curve, best_leg = ablation(assistant.index, questions)
    gain = paired_bootstrap([item.ndcg for item in ranked], best_leg, groups, resamples)
    metrics.append(Metric(f"{SUITE}.gain_over_best_leg", "nDCG@10 gained over the better single leg", "all", gain))
    note = f"{len(questions)} held-out questions; shipped: score fusion, dense weight {DENSE_WEIGHT}"
    return SuiteResult(SUITE, tuple(metrics), tuple(map(_item, ranked)), (table,), (curve,), (note,))


def held_out(limit: int | None) -> list[Question]:
    """The answerable questions that training left out, at most `limit`, the same ones every time."""
    _, held = split_questions(read_questions(shipped_units()), HELD_OUT_SHARE)
    answerable = [question for question in held if question.answers]
    answerable.sort(key=lambda question: hashlib.sha256(question.text.encode()).hexdigest())
    return answerable[:limit]


def _shipped(index: Index, questions: Sequence[Question], lab: Lab) -> list[Ranked]:
    retriever = HybridRetriever(index=index, embeddings=default_embeddings())
    ranked = []
    for number, question in enumerate(questions, start=1):
        ranked.append(Ranked(question, tuple(hit.unit.id for hit in retriever.hits(question.text, DEPTH))))
        lab.tick("searching", number, len(questions))
    return ranked


def ablation(index: Index, questions: Sequence[Question]) -> tuple[Table, Curves, list[float]]:
    """The figures of each leg and each fusion, the curve over weights, and the better leg's nDCG a question."""
    vectors = default_embeddings().encoder.embed([question.text for question in questions])
    dense = [_dense(index, vector) for vector in vectors]
    keyword = [_keyword(index, question.text) for question in questions]
    settings: list[tuple[str, Fusion, float]] = [("keyword only", "keyword", 0.0), ("dense only", "dense", 1.0)]
    settings += [(f"rank fusion, dense weight {weight}", "rank", weight) for weight in WEIGHTS]
    settings += [(f"score fusion, dense weight {weight}", "score", weight) for weight in WEIGHTS]
    results: dict[tuple[Fusion, float], list[Ranked]] = {}
    rows = []
    for name, fusion, weight in settings:
        ranked = [
            Ranked(question, _best(index, fuse(one, other, fusion, weight)))
            for question, one, other in zip(questions, dense, keyword, strict=True)
        ]
        results[fusion, weight] = ranked
        rows.append((name, *(f"{np.mean(values):.3f}" for values in _columns(ranked))))
    table = Table(
        "Retrieval ablation on held-out questions", ("method", "nDCG@10", "recall@5", "recall@10"), tuple(rows)
    )
    legs = [[item.ndcg for item in results[leg]] for leg in (("keyword", 0.0), ("dense", 1.0))]
    return table, _curve(results), max(legs, key=lambda values: float(np.mean(values)))


def _columns(ranked: Sequence[Ranked]) -> tuple[list[float], list[float], list[float]]:
    return [r.ndcg for r in ranked], [r.recall(5) for r in ranked], [r.recall(10) for r in ranked]


def _curve(results: dict[tuple[Fusion, float], list[Ranked]]) -> Curves:
    ends = {0.0: results["keyword", 0.0], 1.0: results["dense", 1.0]}
    series = []
    for fusion in ("rank", "score"):
        points = {**ends, **{weight: found for (kind, weight), found in results.items() if kind == fusion}}
        x = tuple(sorted(points))
        y = tuple(float(np.mean([item.ndcg for item in points[weight]])) for weight in x)
        series.append(Series(f"{fusion} fusion", x, y))
    return Curves("retrieval_ablation", "Keyword leg (0) to dense leg (1)", "dense weight", "nDCG@10", tuple(series))


def _dense(index: Index, vector: np.ndarray) -> np.ndarray:
    """Cosines of the nearest candidates, zero elsewhere: what the retriever sees of the dense leg."""
    scores = np.maximum(0.0, index.vectors @ vector)
    scores[np.argsort(-scores, kind="stable")[CANDIDATES:]] = 0.0
    return np.asarray(scores)


def _keyword(index: Index, text: str) -> np.ndarray:
    scores = index.keywords.scores(text)
    best = float(scores.max())
    return scores / best if best > 0 else scores


def _best(index: Index, fused: np.ndarray) -> tuple[str, ...]:
    order = sorted(np.flatnonzero(fused > 0), key=lambda row: (-fused[row], index.units[row].id))
    return tuple(index.units[row].id for row in order[:DEPTH])


def _item(item: Ranked) -> Item:
    key = hashlib.sha256(item.question.text.encode()).hexdigest()[:12]
    return Item(
        SUITE, key, "all", item.question.text, " ".join(item.question.answers), " ".join(item.ids[:5]),
        item.found(5) == 1.0,
        {"ndcg10": round(item.ndcg, 4), "recall10": round(item.recall(10), 4)},
    )  # fmt: skip
