from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.encoders.bases import (
    BASES,
    MINILM,
    MPNET,
    NEEDED,
    WEIGHTS_FILE,
    Base,
    base_folder,
    models_folder,
    sha256_of,
    verify_base,
)
from knowledge.encoders.encoder import Encoder, add_marks, load_base, load_encoder
from knowledge.encoders.marks import shared_words
from knowledge.encoders.weights import read_weights, write_adapters, write_difference
from knowledge.errors import BaseNotInstalledError, EmbeddingWeightsError

PAIRS = [("The board signs the plan.", "The board signed a plan."), ("One text.", "Quite another matter.")]


def parameters(encoder: Encoder) -> dict[str, object]:
    return {name: value.detach().clone() for name, value in encoder.model.named_parameters()}


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.name)
def test_the_pinned_base_is_verified(base: Base) -> None:
    assert sha256_of(base_folder(base) / WEIGHTS_FILE) == base.sha256


def test_other_weights_are_refused(tmp_path: Path) -> None:
    for name in NEEDED:
        (tmp_path / name).write_bytes(b"not the weights")
    with pytest.raises(EmbeddingWeightsError, match=r"refused\. Reinstall it"):
        verify_base(MINILM, tmp_path, "Reinstall it.")
    with pytest.raises(EmbeddingWeightsError, match="missing"):
        verify_base(MINILM, tmp_path / "nowhere", "Reinstall it.")


def test_an_archive_that_is_not_whole_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTER_DATA_DIR", str(tmp_path))
    short = Base(MPNET.name, (*MPNET.packages, "no-such-part==1"), "0" * 64, MPNET.dimensions, MPNET.padding_id)
    with pytest.raises(BaseNotInstalledError, match="not installed whole"):
        base_folder(short)
    assert not models_folder().exists()


def test_a_folder_that_cannot_be_written_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "models").write_text("a file where the folder should be")
    monkeypatch.setenv("CHARTER_DATA_DIR", str(tmp_path))
    with pytest.raises(EmbeddingWeightsError, match="CHARTER_DATA_DIR"):
        base_folder(replace(MPNET, sha256="1" * 64))


def test_an_archive_with_other_weights_is_never_put_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTER_DATA_DIR", str(tmp_path))
    with pytest.raises(EmbeddingWeightsError, match="refused"):
        base_folder(replace(MPNET, sha256="2" * 64))
    assert not list(models_folder().iterdir())


def test_a_damaged_copy_says_which_folder_to_delete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTER_DATA_DIR", str(tmp_path))
    base = replace(MPNET, sha256="3" * 64)
    (models_folder() / f"{base.name}-{base.sha256[:12]}").mkdir(parents=True)
    with pytest.raises(EmbeddingWeightsError, match="Delete that folder"):
        base_folder(base)


def test_a_stored_difference_gives_the_trained_model_back(tmp_path: Path) -> None:
    import torch

    encoder = load_base()
    before = parameters(encoder)
    with torch.no_grad():
        for name, parameter in encoder.model.named_parameters():
            if name.startswith("encoder.layer.0"):
                parameter.add_(0.01 * torch.sin(torch.arange(parameter.numel()).reshape(parameter.shape).float()))
    path = tmp_path / "trained.safetensors"
    write_difference(path, MINILM, before, parameters(encoder), {"out.weight": torch.eye(3)}, {"model": "a test"})
    again = load_encoder(path)
    assert again.card["model"] == "a test"
    assert torch.equal(again.heads["out.weight"], torch.eye(3))
    texts = ["Who signs the rota?", "A longer sentence about the data protection officer."]
    assert np.abs(encoder.embed(texts) - again.embed(texts)).max() < 2e-3


def test_stored_adapters_add_the_product_of_their_factors(tmp_path: Path) -> None:
    import torch

    name, vector = "encoder.layer.0.output.dense.weight", "encoder.layer.0.output.LayerNorm.bias"
    base = parameters(load_base())
    wide, thin = torch.linspace(-0.02, 0.02, 384 * 2).reshape(384, 2), torch.linspace(0, 0.5, 2 * 1536).reshape(2, 1536)
    path = tmp_path / "adapted.safetensors"
    write_adapters(path, MINILM, {name: (wide, thin)}, {vector: torch.full((384,), 0.25)}, {}, {})
    adapted = parameters(load_encoder(path))
    changed = {key for key, value in adapted.items() if not torch.equal(value, base[key])}  # type: ignore[arg-type]
    assert changed == {name, vector}
    assert torch.allclose(adapted[name], base[name] + wide @ thin, atol=1e-4)  # type: ignore[operator, arg-type]
    assert torch.allclose(adapted[vector], base[vector] + 0.25)  # type: ignore[operator, arg-type]


def test_weights_for_another_base_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "trained.safetensors"
    write_difference(path, Base("other", (), "0" * 64, 384, 0), {}, {}, {}, {})
    with pytest.raises(EmbeddingWeightsError, match="other base"):
        read_weights(path)


def test_vectors_are_unit_length_and_in_order() -> None:
    encoder = load_base()
    texts = ["short", "a rather longer text than the other one, to be batched apart", "short"]
    vectors = encoder.embed(texts)
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[0], vectors[2], atol=1e-5)


def test_padding_changes_nothing() -> None:
    encoder = load_base(MPNET)
    longer = "a rather longer text than the other one, so that the short one is padded beside it"
    assert np.allclose(encoder.pooled(["short", longer])[0], encoder.pooled(["short"])[0], atol=1e-4)


def test_shared_words_are_marked_alone_and_in_runs() -> None:
    encoder = load_base()
    texts = ("The board signs the plan in May.", "In June the board signed nothing.")
    one, two = (encoder.tokenizer.encode(text) for text in texts)
    first, second = shared_words(texts, one, two)
    marks = dict(zip(two.tokens, second, strict=True))
    assert marks["board"] == marks["signed"] == 2  # "board signs" in another form, in a run
    assert marks["in"] == 1  # there, but elsewhere
    assert marks["june"] == marks["nothing"] == 0
    assert dict(zip(one.tokens, first, strict=True))["plan"] == 0


def test_the_marks_of_a_cross_encoder_are_stored_with_it(tmp_path: Path) -> None:
    import torch

    encoder = load_base()
    before = parameters(encoder)
    plain = encoder.compare(PAIRS)
    table = add_marks(encoder)
    assert np.allclose(encoder.compare(PAIRS), plain)
    with torch.no_grad():
        table.weight[4:] += torch.linspace(-0.3, 0.3, 384)
    path = tmp_path / "trained.safetensors"
    write_difference(path, MINILM, before, before, {"marks.weight": table.weight}, {})
    assert not np.allclose(encoder.compare(PAIRS), plain, atol=1e-3)
    assert np.allclose(load_encoder(path).compare(PAIRS), encoder.compare(PAIRS), atol=1e-4)


def test_pairs_are_compared_in_the_order_given_whatever_their_length() -> None:
    encoder = load_base()
    pairs = [("A long statement about who approves the plan of the board in the end.", "Who approves?"), *PAIRS]
    together = encoder.compare(pairs, batch_size=1)
    assert together.shape == (len(pairs), 2 * encoder.base.dimensions)
    for row, pair in enumerate(pairs):
        assert np.allclose(together[row], encoder.compare([pair])[0], atol=1e-4)
    assert encoder.compare([]).shape == (0, 2 * encoder.base.dimensions)


def test_four_bits_keep_every_weight_within_half_a_step(tmp_path: Path) -> None:
    import torch

    name = "encoder.layer.0.output.dense.weight"
    given = torch.tensor([[7.0, -7.0, 1.0, 2.0], [0.4, -0.1, 0.0, 0.25]]) / 100
    path = tmp_path / "trained.safetensors"
    write_difference(path, MINILM, {name: torch.zeros(2, 4)}, {name: given}, {}, {})
    found = dict(read_weights(path).differences())[name]
    step = given.abs().amax(1, keepdim=True) / 7
    assert ((found - given).abs() <= step / 2 + 1e-7).all()
    assert torch.allclose(found[0], given[0], atol=1e-6)  # whole steps come back as they were, each in its place


def test_weights_of_an_earlier_form_are_refused(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import save_file

    path = tmp_path / "old.safetensors"
    card = json.dumps({"base_sha256": MINILM.sha256})
    save_file({"encoder.weight": torch.ones(2, 4, dtype=torch.int8)}, str(path), metadata={"card": card})
    with pytest.raises(EmbeddingWeightsError, match="earlier version"):
        read_weights(path)
