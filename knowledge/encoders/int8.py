"""Linear layers in int8, for judging quickly: about a third of the time where the processor has the instructions.

Weights have one scale an output, activations one scale a token, found as they come (Dettmers et al., 2022, vector-wise
quantisation). One scale for a whole batch, as the usual dynamic quantisation has, is too coarse for MPNet: a few of its
activations are very large, and one verdict in twenty changed with it.
"""

from __future__ import annotations

from typing import Any

import torch

_LEVELS = 127


class Int8Linear(torch.nn.Module):
    """What a linear layer computes, with its matrix product in int8."""

    def __init__(self, linear: torch.nn.Linear) -> None:
        super().__init__()
        weight = linear.weight.detach()
        self.scale = weight.abs().amax(1).clamp(min=1e-12) / _LEVELS
        self.weight = (weight / self.scale.unsqueeze(1)).round().to(torch.int8).t().contiguous()
        self.bias = linear.bias.detach()

    def forward(self, states: Any) -> Any:
        """(…, in) -> (…, out)."""
        rows = states.reshape(-1, states.shape[-1])
        scale = rows.abs().amax(1, keepdim=True).clamp(min=1e-9) / _LEVELS
        product = torch._int_mm((rows / scale).round().to(torch.int8), self.weight)
        result = torch.addcmul(self.bias, product.float(), scale * self.scale)
        return result.reshape(*states.shape[:-1], -1)


def can_quicken() -> bool:
    """Whether this processor multiplies int8 faster than full precision."""
    has = torch.cpu.get_capabilities()
    return any(has.get(name) for name in ("avx512_vnni", "avx_vnni", "amx_int8"))


def quicken(model: Any) -> bool:
    """Put int8 layers in the place of a model's linear ones, where the processor is quicker for it; tell whether."""
    if not can_quicken():
        return False
    for name, module in list(model.named_modules()):
        if isinstance(module, torch.nn.Linear):
            parent, _, leaf = name.rpartition(".")
            setattr(model.get_submodule(parent), leaf, Int8Linear(module))
    return True
