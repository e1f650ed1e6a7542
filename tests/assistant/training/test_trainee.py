from __future__ import annotations

from pathlib import Path

from assistant.training.trainee import RANK, large_base, small_base
from knowledge.encoders.bases import MPNET
from knowledge.encoders.encoder import load_base, load_encoder


def test_the_small_base_learns_everything_but_its_embedding_tables() -> None:
    model = small_base().encoder.model
    assert {name.split(".")[0] for name, p in model.named_parameters() if p.requires_grad} == {"encoder"}


def test_adapters_start_as_nothing_and_are_stored_as_what_they_have_learnt(tmp_path: Path) -> None:
    import torch

    trainee = large_base(first_layer=11, seed=1)
    model = trainee.encoder.model
    learning = {name: p for name, p in model.named_parameters() if p.requires_grad}
    wide = [p for name, p in learning.items() if name.endswith("wide")]
    assert len(wide) == 6  # query, key, value and output of the attention, and both layers after it
    assert all(p.shape[1] == RANK and not p.any() for p in wide)
    assert all(name.startswith("encoder.layer.11.") for name in learning)
    texts = ["The rota is made by the ward manager.", "No."]

    def states() -> torch.Tensor:
        ids, mask, types = trainee.encoder.batch(texts)
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            return trainee.encoder.states(ids, mask, types).float()[mask == 1]

    plain = states()
    torch.manual_seed(1)
    with torch.no_grad():
        for parameter in wide:
            parameter.copy_(0.05 * torch.randn(parameter.shape))
    path = tmp_path / "adapted.safetensors"
    trainee.save(path, {"out.weight": torch.eye(2)}, {"model": "a test"})
    assert path.stat().st_size < 1_000_000
    again = load_encoder(path)
    assert again.base == MPNET
    found, mask = again.hidden(texts)
    learnt = (states() - plain).abs().mean()
    assert (found[mask == 1] - states()).abs().mean() < 0.2 * learnt  # half precision apart, the same model
    assert (load_base(MPNET).hidden(texts)[0][mask == 1] - states()).abs().mean() > 0.5 * learnt
