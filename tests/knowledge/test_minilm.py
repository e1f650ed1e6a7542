from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import EmbeddingWeightsError
from knowledge.minilm import BASE_SHA256, base_folder, load_encoder, read_weights, sha256_of, verify_base, write_weights


def test_the_pinned_base_is_verified() -> None:
    assert sha256_of(base_folder() / "model.safetensors") == BASE_SHA256


def test_other_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"not the weights")
    with pytest.raises(EmbeddingWeightsError, match="refused"):
        verify_base(tmp_path)
    with pytest.raises(EmbeddingWeightsError, match="missing"):
        verify_base(tmp_path / "nowhere")


def test_a_stored_delta_gives_the_trained_model_back(tmp_path: Path) -> None:
    import torch

    encoder = load_encoder()
    with torch.no_grad():
        for name, parameter in encoder.model.named_parameters():
            if name.startswith("encoder.layer.0"):
                parameter.add_(0.01 * torch.sin(torch.arange(parameter.numel()).reshape(parameter.shape).float()))
    path = tmp_path / "trained.safetensors"
    write_weights(path, encoder.model, {"out.weight": torch.eye(3)}, {"model": "a test"})
    again = load_encoder(path)
    assert again.card["model"] == "a test"
    assert torch.equal(again.heads["out.weight"], torch.eye(3))
    texts = ["Who signs the rota?", "A longer sentence about the data protection officer."]
    assert np.abs(encoder.embed(texts) - again.embed(texts)).max() < 2e-3


def test_a_delta_for_another_base_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = load_encoder()
    path = tmp_path / "trained.safetensors"
    write_weights(path, encoder.model, {}, {})
    monkeypatch.setattr("knowledge.minilm.BASE_SHA256", "0" * 64)
    with pytest.raises(EmbeddingWeightsError, match="other base"):
        read_weights(path)


def test_vectors_are_unit_length_and_in_order() -> None:
    encoder = load_encoder()
    texts = ["short", "a rather longer text than the other one, to be batched apart", "short"]
    vectors = encoder.embed(texts)
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[0], vectors[2], atol=1e-5)
