"""An encoder as the project uses it: texts or pairs of texts in, token states and pooled vectors out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.encoders.bases import MINILM, MPNET, Base, base_folder
from knowledge.encoders.marks import MARK_LEVELS, shared_words
from knowledge.encoders.weights import MARKS, read_weights
from knowledge.errors import BaseNotInstalledError

MAX_TOKENS = 256

Text = str | tuple[str, str]


@dataclass
class Encoder:
    """A base model, perhaps with trained weights, with its tokenizer and heads.

    `hidden` gives token states; `embed` gives mean-pooled unit vectors of shape (n, d); `compare` gives what a
    cross-encoder's head reads of pairs. d is 384 for MiniLM and 768 for MPNet.

    Attributes:
        marks: a cross-encoder's table of shape (6, d), added to each token's embedding: which of the two texts the
            token belongs to, and whether its word stands in the other too (see `shared_words`).
    """

    model: Any
    tokenizer: Any
    base: Base
    heads: dict[str, Any] = field(default_factory=dict)
    card: dict[str, Any] = field(default_factory=dict)
    sha256: str = ""
    marks: Any = None
    in_int8: bool = False

    def batch(self, texts: Sequence[Text], max_tokens: int = MAX_TOKENS) -> tuple[Any, Any, Any]:
        """(input ids, attention mask, token types), each of shape (n, longest), padded."""
        import torch

        encoded = [self._encode(text, max_tokens) for text in texts]
        width = max(len(ids) for ids, _ in encoded)
        ids = torch.full((len(encoded), width), self.base.padding_id, dtype=torch.long)
        mask = torch.zeros_like(ids)
        types = torch.zeros_like(ids)
        for row, (token_ids, type_ids) in enumerate(encoded):
            ids[row, : len(token_ids)] = torch.tensor(token_ids)
            types[row, : len(token_ids)] = torch.tensor(type_ids)
            mask[row, : len(token_ids)] = 1
        return ids, mask, types

    def _encode(self, text: Text, max_tokens: int) -> tuple[list[int], list[int]]:
        if isinstance(text, str):
            encoding = self.tokenizer.encode(text)
            return _cut(encoding.ids, encoding.type_ids, max_tokens)
        # A pair gives way at the end of its first part: the second (claim, question) is the shorter and decides.
        one, two = self.tokenizer.encode(text[0]), self.tokenizer.encode(text[1])
        marks, other_marks = shared_words(text, one, two)
        first, second = list(zip(one.ids, marks, strict=True))[:-1], list(zip(two.ids, other_marks, strict=True))[1:]
        second = second[: max_tokens // 2 - 1] + second[-1:] if len(second) > max_tokens // 2 else second
        first = [*first[: max_tokens - len(second) - 1], second[-1]]
        types = [2 * mark for _, mark in first] + [2 * mark + 1 for _, mark in second]
        return [token for token, _ in first + second], types

    def states(self, ids: Any, mask: Any, types: Any) -> Any:
        """Token states of shape (n, longest, d), with gradients where the caller has not turned them off."""
        embedded = self.model.embeddings.word_embeddings(ids)
        if self.marks is not None:
            embedded = embedded + self.marks(types)
        return self.model(inputs_embeds=embedded, attention_mask=mask).last_hidden_state

    def hidden(self, texts: Sequence[Text], max_tokens: int = MAX_TOKENS) -> tuple[Any, Any]:
        """(token states of shape (n, longest, d), attention mask), without gradients."""
        import torch

        with torch.inference_mode():
            ids, mask, types = self.batch(texts, max_tokens)
            return self.states(ids, mask, types), mask

    def compare(
        self, pairs: Sequence[tuple[str, str]], max_tokens: int = MAX_TOKENS, batch_size: int = 32
    ) -> np.ndarray:
        """What a cross-encoder's head reads of each pair: shape (n, 2d), without gradients, in the order given.

        Batches are sorted by length: small ones waste less on padding, large ones less on everything else.
        """
        import torch

        def judged(batch: list[tuple[str, str]]) -> Any:
            with torch.inference_mode():
                ids, mask, types = self.batch(batch, max_tokens)
                return pool_pairs(self.states(ids, mask, types), mask, types)

        return _in_batches(pairs, judged, 2 * self.base.dimensions, batch_size)

    def pooled(self, texts: Sequence[Text], batch_size: int = 32) -> np.ndarray:
        """Mean-pooled token states of shape (n, d), in the order given; batches are sorted by length."""
        return _in_batches(texts, lambda batch: mean_pool(*self.hidden(batch)), self.base.dimensions, batch_size)

    def embed(self, texts: Sequence[str], batch_size: int = 32) -> np.ndarray:
        """Unit vectors of shape (n, d)."""
        vectors = self.pooled(texts, batch_size)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)

    def logits(self, head: str, pooled: np.ndarray) -> np.ndarray:
        """What a linear head says of pooled states of shape (n, d), or of compared pairs (n, 2d): (n, classes)."""
        return np.asarray(pooled @ self.heads[f"{head}.weight"].numpy().T + self.heads[f"{head}.bias"].numpy())

    @property
    def version(self) -> str:
        """Names the weights and, where they are not used in full precision, the precision."""
        return f"{self.sha256[:12]} int8" if self.in_int8 else self.sha256[:12]

    def quicken(self) -> Encoder:
        """Judge in int8 where the processor is quicker for it (see `knowledge.encoders.int8`).

        For judging only: an encoder that embeds what an index stores keeps its full precision.
        """
        from knowledge.encoders.int8 import quicken

        self.in_int8 = quicken(self.model)
        return self


def softmax(logits: np.ndarray) -> np.ndarray:
    """Probabilities from a head's logits, along the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True))


def mean_pool(states: Any, mask: Any) -> Any:
    """Mean over the tokens that the mask keeps: (n, t, d), (n, t) -> (n, d)."""
    weights = mask.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1e-9)


def pool_pairs(states: Any, mask: Any, types: Any) -> Any:
    """The mean over all tokens beside the maximum over those of the second text: (n, t, d) -> (n, 2d).

    One word that does not fit decides whether a claim is supported; a mean alone would drown it.
    """
    import torch

    of_second = (types % 2 == 1) & (mask == 1)
    highest = states.masked_fill(~of_second.unsqueeze(-1), -1e4).amax(1)
    return torch.cat([mean_pool(states, mask), highest], dim=1)


def _in_batches(texts: Sequence[Any], pooled: Callable[[list[Any]], Any], width: int, size: int) -> np.ndarray:
    """What `pooled` gives of each text or pair, shape (n, width), in the order given; like lengths go together."""
    out = np.zeros((len(texts), width), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda row: len(str(texts[row])))
    for begin in range(0, len(order), size):
        rows = order[begin : begin + size]
        out[rows] = pooled([texts[row] for row in rows]).numpy()
    return out


def _cut(ids: list[int], types: list[int], limit: int) -> tuple[list[int], list[int]]:
    if len(ids) <= limit:
        return ids, types
    return [*ids[: limit - 1], ids[-1]], types[:limit]


def load_base(base: Base = MINILM) -> Encoder:
    """A base as its publisher trained it, ready for inference."""
    from tokenizers import Tokenizer
    from transformers.models.bert.modeling_bert import BertModel
    from transformers.models.mpnet.modeling_mpnet import MPNetModel

    _quieten()
    folder = base_folder(base)
    kind = MPNetModel if base == MPNET else BertModel
    model = kind.from_pretrained(str(folder), local_files_only=True, add_pooling_layer=False)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Encoder(model.eval(), tokenizer, base, sha256=base.sha256)


def load_encoder(weights: Path) -> Encoder:
    """The encoder that was trained into `weights`: its base with the trained difference added, and its heads."""
    import torch

    trained = read_weights(weights)
    encoder = load_base(trained.base)
    parameters = dict(encoder.model.named_parameters())
    with torch.no_grad():
        for name, difference in trained.differences():
            parameters[name].add_(difference)
        if MARKS in trained.heads:
            add_marks(encoder).weight.copy_(trained.heads[MARKS])
    encoder.heads, encoder.card, encoder.sha256 = trained.heads, trained.card, trained.sha256
    return encoder


def small_of(weights: Path) -> Path:
    """Where the small model that goes with a large one is stored."""
    return weights.with_stem(f"{weights.stem}_small")


def load_for_judging(weights: Path) -> tuple[Encoder, ...]:
    """The small model beside `weights` and the large one in it, quickened.

    Where the large base is not installed the small one is all there is; `doctor` says so.
    """
    small = load_encoder(small_of(weights)).quicken()
    try:
        return small, load_encoder(weights).quicken()
    except BaseNotInstalledError:
        return (small,)


def add_marks(encoder: Encoder) -> Any:
    """Give an encoder marks for shared words (see `shared_words`), without effect at first; returns their table."""
    import torch

    encoder.marks = torch.nn.Embedding(2 * MARK_LEVELS, encoder.base.dimensions)
    torch.nn.init.zeros_(encoder.marks.weight)
    return encoder.marks


def _quieten() -> None:
    """Keep transformers from reporting on the pooler it leaves out and from drawing progress bars."""
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
