"""A base model made ready for training, and how what it has learnt is stored.

A small base is trained whole. A large one learns through low-rank adapters in some or all of its layers (Hu et al.,
2021, LoRA): less work, and a file of a few megabytes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.encoders.bases import MINILM, MPNET
from knowledge.encoders.encoder import Encoder, load_base, mean_pool
from knowledge.encoders.weights import write_adapters, write_difference

RANK, STRENGTH = 16, 2.0

Save = Callable[[Path, dict[str, Any], dict[str, Any]], None]


@dataclass(frozen=True)
class Trainee:
    """An encoder whose parameters with gradients are to be trained; `save(path, heads, card)` stores it."""

    encoder: Encoder
    save: Save

    def pooled(self, texts: list[str], max_tokens: int) -> Any:
        """Mean-pooled token states of shape (n, d), with gradients; computed in half precision, given in full."""
        import torch

        ids, mask, types = self.encoder.batch(texts, max_tokens)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.encoder.states(ids, mask, types)
        return mean_pool(states.float(), mask)


def small_base() -> Trainee:
    """MiniLM, trained whole but for its embedding tables, which stay those of the base."""
    encoder = load_base(MINILM)
    for name, parameter in encoder.model.named_parameters():
        parameter.requires_grad_(not name.startswith("embeddings."))
    before = {name: value.detach().clone() for name, value in encoder.model.named_parameters()}

    def save(path: Path, heads: dict[str, Any], card: dict[str, Any]) -> None:
        write_difference(path, MINILM, before, dict(encoder.model.named_parameters()), heads, card)

    return Trainee(encoder, save)


def large_base(first_layer: int, seed: int) -> Trainee:
    """MPNet with adapters from layer `first_layer` (0 to 11) on; layer norms of those layers are trained too.

    The frozen layers are kept in half precision and drop nothing out: the adapters are small enough not to need it.
    """
    import torch

    torch.manual_seed(seed)
    encoder = load_base(MPNET)
    model = encoder.model.requires_grad_(False)
    before = {name: value.clone() for name, value in model.named_parameters() if "LayerNorm" in name}
    adapters: dict[str, Any] = {}
    for number, layer in enumerate(model.encoder.layer):
        for name, module in list(layer.named_modules()):
            if isinstance(module, torch.nn.Dropout):
                module.p = 0.0
            elif isinstance(module, torch.nn.LayerNorm):
                module.requires_grad_(number >= first_layer)
            elif isinstance(module, torch.nn.Linear):
                module.to(torch.bfloat16)
                if number >= first_layer:
                    adapters[f"encoder.layer.{number}.{name}"] = _adapt(layer, name, module)

    def save(path: Path, heads: dict[str, Any], card: dict[str, Any]) -> None:
        factors = {f"{name}.weight": (a.wide * STRENGTH, a.thin) for name, a in adapters.items()}
        trained = {n: p for n, p in model.named_parameters() if p.requires_grad and "LayerNorm" in n}
        write_adapters(path, MPNET, factors, {n: p - before[n] for n, p in trained.items()}, heads, card)

    return Trainee(encoder, save)


def _adapt(layer: Any, name: str, linear: Any) -> Any:
    """Put an adapter in the place of a linear layer, and return it."""
    import torch

    class Adapter(torch.nn.Module):
        """A frozen linear layer plus the product of a wide and a thin matrix, which starts as nothing."""

        def __init__(self) -> None:
            super().__init__()
            self.frozen = linear
            self.thin = torch.nn.Parameter(torch.randn(RANK, linear.in_features) / math.sqrt(linear.in_features))
            self.wide = torch.nn.Parameter(torch.zeros(linear.out_features, RANK))

        def forward(self, states: Any) -> Any:
            learnt = torch.nn.functional.linear(torch.nn.functional.linear(states, self.thin), self.wide)
            return self.frozen(states) + learnt * STRENGTH

    adapter = Adapter()
    parent, _, leaf = name.rpartition(".")
    setattr(layer.get_submodule(parent), leaf, adapter)
    return adapter
