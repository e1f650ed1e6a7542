"""The weights that the project trains: small files that hold what differs from a verified base, with the heads.

A model that was trained whole is stored as the difference of each matrix, four bits a weight with one scale a row (a
difference is small, and so is what it loses); one that was trained through adapters as the two thin factors of each
difference (Hu et al., 2021, LoRA). Vectors are stored in half precision. The word embeddings stay those of the base. A
JSON description (the card) is in the file's header, and nothing is executed when a file is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.encoders.bases import BASES, Base, sha256_of
from knowledge.errors import EmbeddingWeightsError

MARKS = "marks.weight"
_HEAD, _SCALE, _WIDE, _THIN = "head.", ".scale", ".wide", ".thin"
_LEVELS = 7  # of a difference, either way


@dataclass(frozen=True)
class Weights:
    """A trained difference as read from its file: its base, tensors by name, heads by name, and its card."""

    base: Base
    tensors: dict[str, Any]
    heads: dict[str, Any]
    card: dict[str, Any]
    sha256: str

    def differences(self) -> Iterator[tuple[str, Any]]:
        """The name of each parameter that differs from the base, and its difference."""
        for name, tensor in self.tensors.items():
            if name.endswith(_WIDE):
                plain = name.removesuffix(_WIDE)
                yield plain, tensor.float() @ self.tensors[plain + _THIN].float()
            elif tensor.ndim == 2 and not name.endswith(_THIN):
                yield name, _unpack(tensor) * self.tensors[name + _SCALE].unsqueeze(1)
            elif tensor.ndim == 1 and not name.endswith(_SCALE):
                yield name, tensor.float()


def read_weights(path: Path) -> Weights:
    """Read trained weights.

    Raises EmbeddingWeightsError when the file is missing, damaged, of an earlier form or made for another base.
    """
    from safetensors import SafetensorError, safe_open

    if not path.is_file():
        raise EmbeddingWeightsError(f"{path} is missing. Reinstall the package, or train it: charter-assistant train")
    try:
        with safe_open(str(path), framework="pt") as handle:
            card = json.loads(handle.metadata()["card"])
            tensors = {name: handle.get_tensor(name).clone() for name in handle.keys()}  # noqa: SIM118  (no mapping)
    except (SafetensorError, KeyError, TypeError, ValueError) as error:
        raise EmbeddingWeightsError(f"{path} is damaged ({error}). Reinstall the package.") from error
    base = next((base for base in BASES if base.sha256 == card["base_sha256"]), None)
    if base is None:
        raise EmbeddingWeightsError(f"{path} was trained on other base weights ({card['base_sha256']}).")
    heads = {name.removeprefix(_HEAD): tensor.float() for name, tensor in tensors.items() if name.startswith(_HEAD)}
    rest = {name: tensor for name, tensor in tensors.items() if not name.startswith(_HEAD)}
    if any(str(tensor.dtype) == "torch.int8" for tensor in rest.values()):
        raise EmbeddingWeightsError(f"{path} was stored by an earlier version. Train it again: charter-assistant train")
    return Weights(base, rest, heads, card, sha256_of(path))


def write_difference(
    path: Path,
    base: Base,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    heads: dict[str, Any],
    card: dict[str, Any],
) -> None:
    """Store a model that was trained whole, as its difference from the base.

    Args:
        before, after: the base's parameters by name, and the trained model's; matrices have an even number of columns.
        heads: tensors by name, stored in full precision.
        card: what to know about the model; `base_sha256` is added.
    """
    import torch

    tensors: dict[str, Any] = {}
    for name, value in after.items():
        difference = (value - before[name]).detach()
        if not difference.any():
            continue
        if difference.ndim == 2:
            scale = difference.abs().amax(1).clamp(min=1e-12) / _LEVELS
            tensors[name] = _pack(torch.round(difference / scale.unsqueeze(1)))
            tensors[name + _SCALE] = scale.float()
        else:
            tensors[name] = difference.half()
    _write(path, base, tensors, heads, card)


def _pack(levels: Any) -> Any:
    """Whole numbers from -7 to 7, shape (n, 2m), as bytes of shape (n, m), two in each."""
    import torch

    shifted = (levels + _LEVELS).to(torch.uint8)
    return shifted[:, ::2] | (shifted[:, 1::2] << 4)


def _unpack(packed: Any) -> Any:
    """What `_pack` was given, as floats."""
    import torch

    return torch.stack([packed & 15, packed >> 4], dim=2).flatten(1).float() - _LEVELS


def write_adapters(
    path: Path, base: Base, factors: Mapping[str, tuple[Any, Any]], vectors: Mapping[str, Any],
    heads: dict[str, Any], card: dict[str, Any],
) -> None:  # fmt: skip
    """Store a model that was trained through adapters.

    Args:
        factors: for each matrix of shape (out, in) its difference as (out, rank) and (rank, in).
        vectors: the differences of the vectors that were trained too.
        heads, card: as for `write_difference`.
    """
    tensors: dict[str, Any] = {name: value.detach().half() for name, value in vectors.items()}
    for name, (wide, thin) in factors.items():
        tensors[name + _WIDE], tensors[name + _THIN] = wide.detach().half(), thin.detach().half()
    _write(path, base, tensors, heads, card)


def _write(path: Path, base: Base, tensors: dict[str, Any], heads: dict[str, Any], card: dict[str, Any]) -> None:
    from safetensors.torch import save_file

    named = {_HEAD + name: value.detach().float() for name, value in heads.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    description = json.dumps({**card, "base_sha256": base.sha256}, sort_keys=True)
    whole = {name: value.contiguous() for name, value in (tensors | named).items()}
    save_file(whole, str(path), metadata={"card": description})
    path.chmod(0o644)  # the library gives it to its owner alone
