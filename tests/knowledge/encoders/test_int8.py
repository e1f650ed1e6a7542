from __future__ import annotations

import numpy as np
import pytest

from knowledge.encoders.bases import BASES, Base
from knowledge.encoders.encoder import load_base
from knowledge.encoders.int8 import Int8Linear, can_quicken


def test_an_int8_layer_computes_what_the_linear_one_does_whatever_the_size_of_a_token() -> None:
    import torch

    torch.manual_seed(1)
    linear = torch.nn.Linear(64, 48)
    states = torch.randn(2, 5, 64) * torch.tensor([1.0, 100.0, 0.01, 3.0, 1.0]).reshape(1, 5, 1)
    with torch.no_grad():
        exact, quick = linear(states), Int8Linear(linear)(states)
    assert quick.shape == exact.shape
    apart = (quick - exact).norm(dim=2) / exact.norm(dim=2)
    assert float(apart.max()) < 0.03


@pytest.mark.skipif(not can_quicken(), reason="this processor has no quick int8 instructions")
@pytest.mark.parametrize("base", BASES, ids=lambda base: base.name)
def test_a_quickened_encoder_gives_nearly_the_same_vectors(base: Base) -> None:
    texts = ["Who signs the rota?", "A longer sentence about the data protection officer and the ward's bed state."]
    exact = load_base(base).embed(texts)
    quick = load_base(base).quicken().embed(texts)
    assert float(np.min((exact * quick).sum(1))) > 0.98
