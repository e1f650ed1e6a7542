from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import EmbeddingWeightsError
from knowledge.minilm import (
    BASE_SHA256,
    base_folder,
    grow_token_types,
    load_encoder,
    read_weights,
    sha256_of,
    shared_words,
    verify_base,
    write_weights,
)


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


def test_shared_words_are_marked_alone_and_in_runs() -> None:
    encoder = load_encoder()
    texts = ("The board signs the plan in May.", "In June the board signed nothing.")
    one, two = (encoder.tokenizer.encode(text) for text in texts)
    first, second = shared_words(texts, one, two)
    marks = dict(zip(two.tokens, second, strict=True))
    assert marks["board"] == marks["signed"] == 2  # "board signs" in another form, in a run
    assert marks["in"] == 1  # there, but elsewhere
    assert marks["june"] == marks["nothing"] == 0
    assert dict(zip(one.tokens, first, strict=True))["plan"] == 0


def test_the_word_types_of_a_cross_encoder_are_stored_with_it(tmp_path: Path) -> None:
    import torch

    encoder = load_encoder()
    pairs = [("The board signs the plan.", "The board signed a plan."), ("One text.", "Quite another matter.")]
    table = grow_token_types(encoder.model)
    plain = encoder.compare(pairs)
    with torch.no_grad():
        table.weight[4:] += torch.linspace(-0.3, 0.3, 384)
    path = tmp_path / "trained.safetensors"
    write_weights(path, encoder.model, {"marks.weight": table.weight}, {})
    assert not torch.allclose(encoder.compare(pairs), plain, atol=1e-3)
    assert torch.allclose(load_encoder(path).compare(pairs), encoder.compare(pairs), atol=1e-4)
