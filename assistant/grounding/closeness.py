"""How near the claim's words lie to the evidence's in meaning, as features for the joining model.

Every token of one text is matched with its nearest token of the other by the cosine of their contextual embeddings
(Zhang et al., 2020, BERTScore). What a claim says in other words has near neighbours in the evidence; what the
evidence does not say has not.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from knowledge.encoders.encoder import MAX_TOKENS, Encoder
from knowledge.encoders.marks import shared_words
from knowledge.sentences import split_sentences

CLOSENESS_NAMES: tuple[str, ...] = (
    "texts_cosine", "best_sentence_cosine", "best_sentence_lead", "claim_nearest_mean", "claim_nearest_min",
    "claim_nearest_lowest_three", "evidence_nearest_mean", "new_words_nearest_mean", "new_words_nearest_min",
    "new_words_share", "words_in_runs_share", "unsaid_words_nearest_mean", "unsaid_words",
)  # fmt: skip


class Closeness:
    """Computes the features with an encoder. The untuned one serves: nothing here is trained."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def features(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Shape (n, len(CLOSENESS_NAMES)) for (evidence, claim) pairs."""
        states = self._states({text for pair in pairs for text in pair})
        rows = [
            [*self._of_sentences(states, evidence, claim), *self._of_tokens(states, evidence, claim)]
            for evidence, claim in pairs
        ]
        return np.asarray(rows, dtype=np.float32)

    def _of_sentences(self, states: dict[str, np.ndarray], evidence: str, claim: str) -> list[float]:
        own, whole = states[claim].mean(0), states[evidence]
        starts = np.array([start for start, _ in self._encoder.tokenizer.encode(evidence).offsets[1 : len(whole) + 1]])
        parts = [whole[(starts >= a) & (starts < b)] for a, b in split_sentences(evidence)]
        cosines = sorted((_cosine(own, part.mean(0)) for part in parts if len(part)), reverse=True) or [0.0]
        lead = cosines[0] - (cosines[1] if len(cosines) > 1 else 0.0)
        return [_cosine(own, whole.mean(0)), cosines[0], lead]

    def _of_tokens(self, states: dict[str, np.ndarray], evidence: str, claim: str) -> list[float]:
        nearest = _unit(states[claim]) @ _unit(states[evidence]).T
        to_evidence, to_claim = nearest.max(1), nearest.max(0)
        encoded = self._encoder.tokenizer.encode(claim), self._encoder.tokenizer.encode(evidence)
        mine, theirs = shared_words((claim, evidence), *encoded)
        marks, other_marks = np.array(mine[1 : len(to_evidence) + 1]), np.array(theirs[1 : len(to_claim) + 1])
        new, unsaid = to_evidence[marks == 0], to_claim[other_marks == 0]
        return [
            float(to_evidence.mean()),
            float(to_evidence.min()),
            float(np.sort(to_evidence)[:3].mean()),
            float(to_claim.mean()),
            float(new.mean()) if len(new) else 1.0,
            float(new.min()) if len(new) else 1.0,
            len(new) / len(to_evidence),
            float((marks == 2).mean()),
            float(unsaid.mean()) if len(unsaid) else 1.0,
            float(len(unsaid)),
        ]

    def _states(self, texts: set[str]) -> dict[str, np.ndarray]:
        """The token states of each text without the marks at its ends: (t, 384) each."""
        order = sorted(texts, key=lambda text: (len(text), text))
        found: dict[str, np.ndarray] = {}
        for begin in range(0, len(order), 32):
            batch = order[begin : begin + 32]
            states, mask = self._encoder.hidden(batch, MAX_TOKENS)
            for row, text in enumerate(batch):
                found[text] = states[row, 1 : int(mask[row].sum()) - 1].numpy()
        return found


def _cosine(one: np.ndarray, other: np.ndarray) -> float:
    return float(one @ other / max(1e-9, float(np.linalg.norm(one) * np.linalg.norm(other))))


def _unit(states: np.ndarray) -> np.ndarray:
    return np.asarray(states / np.maximum(np.linalg.norm(states, axis=1, keepdims=True), 1e-9))
