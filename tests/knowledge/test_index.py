from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from knowledge.corpus import read_folder
from knowledge.errors import IndexStateError
from knowledge.index import Index, SyncReport, open_index, read_manifest, sync
from knowledge.keywords import terms
from knowledge.retrieval import HybridRetriever, fuse


class HashingEmbeddings(Embeddings):
    """Bag of hashed words: deterministic, without weights. Counts what it was asked to embed."""

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        vector = np.full(64, 1e-3)
        for term in terms(text):
            vector[sum(map(ord, term)) % 64] += 1.0
        return list(map(float, vector / np.linalg.norm(vector)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "leave.md").write_text("# Leave\n\nAnnual leave is booked six weeks ahead. Managers approve it.\n")
    (documents / "parking.txt").write_text("Permits for the car park are renewed every April by the estates team.\n")
    return documents


def build(
    folder: Path, index_dir: Path, embeddings: HashingEmbeddings, model: str = "hash-1"
) -> tuple[SyncReport, Index]:
    sources = read_folder(folder).sources
    report = sync(sources, index_dir, embeddings, model)
    return report, open_index(index_dir, sources, embeddings)


def test_sync_does_only_what_changed_and_says_so(folder: Path, tmp_path: Path) -> None:
    index_dir, embeddings = tmp_path / "index", HashingEmbeddings()
    index_dir.mkdir()
    report, _ = build(folder, index_dir, embeddings)
    assert (len(report.added), report.embedded) == (2, 3)
    report, _ = build(folder, index_dir, embeddings)
    assert not report.changed
    assert len(report.unchanged) == 2

    embeddings.embedded.clear()
    (folder / "leave.md").write_text("# Leave\n\nAnnual leave is booked nine weeks ahead. Managers approve it.\n")
    (folder / "parking.txt").unlink()
    (folder / "new.txt").write_text("Lockers are handed out at the main reception desk.\n")
    report, index = build(folder, index_dir, embeddings)
    assert (len(report.added), len(report.updated), len(report.removed)) == (1, 1, 1)
    assert sorted(text.split(":")[-1].strip() for text in embeddings.embedded) == [
        "Annual leave is booked nine weeks ahead.", "Lockers are handed out at the main reception desk.",
    ]  # fmt: skip
    assert not any("car park" in unit.text for unit in index.units)


def test_another_model_rebuilds(folder: Path, tmp_path: Path) -> None:
    index_dir, embeddings = tmp_path / "index", HashingEmbeddings()
    index_dir.mkdir()
    build(folder, index_dir, embeddings)
    report, index = build(folder, index_dir, embeddings, model="hash-2")
    assert report.rebuilt
    assert report.embedded == 3
    assert index.manifest.model_id == "hash-2"


def test_a_crash_while_building_leaves_the_old_index(folder: Path, tmp_path: Path) -> None:
    index_dir, embeddings = tmp_path / "index", HashingEmbeddings()
    index_dir.mkdir()
    build(folder, index_dir, embeddings)
    before = read_manifest(index_dir)

    class Failing(HashingEmbeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            raise RuntimeError("no power")

    (folder / "new.txt").write_text("Lockers are handed out at the main reception desk.\n")
    with pytest.raises(RuntimeError, match="no power"):
        build(folder, index_dir, Failing())
    assert read_manifest(index_dir) == before
    assert len(list(index_dir.glob("build-*"))) == 1


def test_opening_without_an_index_says_what_to_do(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexStateError, match="charter-assistant index"):
        open_index(tmp_path, read_folder(folder).sources, HashingEmbeddings())


def test_retrieval_finds_by_words_and_gives_exact_offsets(folder: Path, tmp_path: Path) -> None:
    index_dir, embeddings = tmp_path / "index", HashingEmbeddings()
    index_dir.mkdir()
    _, index = build(folder, index_dir, embeddings)
    hit = HybridRetriever(index=index, embeddings=embeddings).hits("who renews car park permits", k=1)[0]
    source = index.sources[hit.unit.source_id]
    assert "estates team" in hit.unit.text
    assert source.text[hit.unit.start : hit.unit.end] == hit.unit.text
    stored = next(index_dir.glob("build-*/texts/*.txt"))
    assert stored.read_text()


def test_langchain_retriever_gives_documents(folder: Path, tmp_path: Path) -> None:
    index_dir, embeddings = tmp_path / "index", HashingEmbeddings()
    index_dir.mkdir()
    _, index = build(folder, index_dir, embeddings)
    documents = HybridRetriever(index=index, embeddings=embeddings, k=2).invoke("annual leave")
    assert documents[0].page_content == "Annual leave is booked six weeks ahead."
    assert {"source_id", "section", "start", "end", "score"} <= set(documents[0].metadata)


def test_fusion_methods() -> None:
    dense, keyword = np.array([0.9, 0.1, 0.0]), np.array([0.0, 1.0, 0.5])
    assert fuse(dense, keyword, "dense", 0.5).tolist() == dense.tolist()
    assert fuse(dense, keyword, "keyword", 0.5).tolist() == keyword.tolist()
    assert fuse(dense, keyword, "score", 0.25).tolist() == pytest.approx([0.225, 0.775, 0.375])
    ranked = fuse(dense, keyword, "rank", 0.5)
    assert ranked[1] > ranked[0] > ranked[2]
