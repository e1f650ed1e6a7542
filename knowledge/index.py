"""Build and open the index: Chroma for the dense leg, bm25s for the keyword leg, a manifest for what is in it.

An index is never changed in place. A new one is built in a folder of its own beside the old one, reusing the
vectors of every unit that did not change, and then named in the file CURRENT by an atomic rename: a reader or a
crash never meets half an index.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from knowledge.chunking import SPLITTER_VERSION
from knowledge.errors import IndexStateError
from knowledge.keywords import KeywordIndex
from knowledge.types import Source, Unit

SCHEMA = 3
COLLECTION = "units"
RECENT_SECONDS = 3600.0
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class SyncReport:
    """What a run did, in sources: added, updated, removed, unchanged; `rebuilt` when model or splitter changed."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    embedded: int
    rebuilt: bool

    @property
    def changed(self) -> bool:
        """Whether a new index was written."""
        return self.rebuilt or bool(self.added or self.updated or self.removed)

    def summary(self) -> str:
        """One line for people."""
        counts = f"{len(self.added)} added, {len(self.updated)} updated, {len(self.removed)} removed, "
        counts += f"{len(self.unchanged)} unchanged; {self.embedded} sentences embedded"
        return f"Index rebuilt for another model or splitter: {counts}" if self.rebuilt else f"Index: {counts}"


@dataclass(frozen=True)
class Manifest:
    """What an index holds: digests by source id, and the versions it depends on."""

    schema: int
    model_id: str
    splitter: str
    sources: dict[str, str]

    @property
    def version(self) -> str:
        """Short hash that names the state of the index."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:12]

    def compatible(self, other: Manifest) -> bool:
        """Whether vectors of `other` can be reused."""
        return (self.schema, self.model_id, self.splitter) == (other.schema, other.model_id, other.splitter)


class Index:
    """An opened index. `units` and `vectors` (n, d; unit length) are in the same order."""

    def __init__(
        self, manifest: Manifest, sources: Sequence[Source], vectors: np.ndarray, keywords: KeywordIndex, store: Any
    ) -> None:
        self.manifest = manifest
        self.sources = {source.id: source for source in sources}
        self.units: tuple[Unit, ...] = tuple(unit for source in sources for unit in source.units)
        self.position = {unit.id: row for row, unit in enumerate(self.units)}
        self.vectors = vectors
        self.keywords = keywords
        self.store = store


def embedded_text(unit: Unit) -> str:
    """What is embedded for a unit: its section heading gives the sentence its setting."""
    heading = unit.section.rsplit(" > ", 1)[-1]
    return f"{heading}: {unit.text}" if heading else unit.text


def sync(
    sources: Sequence[Source], index_dir: Path, embeddings: Embeddings, model_id: str, progress: Progress | None = None
) -> SyncReport:
    """Bring the index in `index_dir` up to `sources`; does only what changed and says what it did."""
    wanted = Manifest(SCHEMA, model_id, SPLITTER_VERSION, {source.id: _digest(source) for source in sources})
    current = read_manifest(index_dir)
    report = _compare(wanted, current)
    if current is not None and not report.changed:
        return report
    known = _known_vectors(index_dir) if current is not None and wanted.compatible(current) else {}
    build = index_dir / f"build-{wanted.version}-{os.getpid()}"
    try:
        embedded = _write(build, wanted, sources, known, embeddings, progress)
        _swap(index_dir, build)
    except BaseException:
        shutil.rmtree(build, ignore_errors=True)
        raise
    _remove_old(index_dir, build.name)
    return SyncReport(report.added, report.updated, report.removed, report.unchanged, embedded, report.rebuilt)


def open_index(index_dir: Path, sources: Sequence[Source], embeddings: Embeddings) -> Index:
    """Open the current index for reading. Raises IndexStateError when there is none for these sources."""
    manifest = read_manifest(index_dir)
    if manifest is None or set(manifest.sources) != {source.id for source in sources}:
        raise IndexStateError(f"No index of these sources in {index_dir}. Build it: charter-assistant index")
    build = _current(index_dir)
    assert build is not None  # read_manifest found it
    units = [unit for source in sources for unit in source.units]
    by_id = _read_vectors(build)
    try:
        vectors = np.stack([by_id[unit.id] for unit in units])
    except KeyError as error:
        raise IndexStateError(f"The index in {index_dir} is out of date. Run: charter-assistant index") from error
    keywords = KeywordIndex.load(build / "keywords")
    return Index(manifest, sources, vectors, keywords, _open_store(build, embeddings))


def read_manifest(index_dir: Path) -> Manifest | None:
    """The manifest of the current index, or None when there is no index."""
    build = _current(index_dir)
    if build is None:
        return None
    try:
        return Manifest(**json.loads((build / "manifest.json").read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise IndexStateError(
            f"The index in {index_dir} is damaged ({error}). Delete that folder and run again."
        ) from error


def _digest(source: Source) -> str:
    """Digest of what the index depends on: the text and where its units lie."""
    spans = ",".join(f"{unit.id}:{unit.start}" for unit in source.units)
    return hashlib.sha256(f"{source.digest}\n{spans}".encode()).hexdigest()


def _compare(wanted: Manifest, current: Manifest | None) -> SyncReport:
    old = current.sources if current else {}
    added = tuple(sorted(set(wanted.sources) - set(old)))
    removed = tuple(sorted(set(old) - set(wanted.sources)))
    shared = sorted(set(old) & set(wanted.sources))
    updated = tuple(name for name in shared if old[name] != wanted.sources[name])
    unchanged = tuple(name for name in shared if old[name] == wanted.sources[name])
    rebuilt = current is not None and not wanted.compatible(current)
    return SyncReport(added, updated, removed, unchanged, 0, rebuilt)


def _write(
    build: Path,
    manifest: Manifest,
    sources: Sequence[Source],
    known: dict[str, np.ndarray],
    embeddings: Embeddings,
    progress: Progress | None,
) -> int:
    shutil.rmtree(build, ignore_errors=True)
    (build / "texts").mkdir(parents=True)
    for source in sources:
        (build / "texts" / f"{source.id}.txt").write_text(source.text, encoding="utf-8", newline="\n")
    units = [unit for source in sources for unit in source.units]
    new = [unit for unit in units if unit.id not in known]
    vectors = dict(known)
    for begin in range(0, len(new), 64):
        batch = new[begin : begin + 64]
        for unit, vector in zip(batch, embeddings.embed_documents([embedded_text(u) for u in batch]), strict=True):
            vectors[unit.id] = np.asarray(vector, dtype=np.float32)
        if progress:
            progress("embedding sentences", min(begin + 64, len(new)), len(new))
    np.savez(
        build / "vectors.npz",
        ids=np.array([unit.id for unit in units]),
        vectors=np.stack([vectors[unit.id] for unit in units]),
    )
    KeywordIndex.build([f"{unit.section} {unit.text}" for unit in units]).save(build / "keywords")
    _fill_store(build, units, [vectors[unit.id] for unit in units])
    (build / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1, sort_keys=True))
    return len(new)


def _client(build: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(path=str(build / "chroma"), settings=Settings(anonymized_telemetry=False))


_CONFIGURATION: Any = {"hnsw": {"space": "cosine", "ef_search": 200, "ef_construction": 200, "num_threads": 1}}


def _fill_store(build: Path, units: Sequence[Unit], vectors: Sequence[np.ndarray]) -> None:
    client = _client(build)
    collection = client.create_collection(COLLECTION, configuration=_CONFIGURATION, embedding_function=None)
    for begin in range(0, len(units), 1000):
        part = units[begin : begin + 1000]
        collection.add(
            ids=[unit.id for unit in part],
            embeddings=np.stack(vectors[begin : begin + 1000]),
            documents=[unit.text for unit in part],
            metadatas=[{"source_id": unit.source_id, "section": unit.section} for unit in part],
        )


def _open_store(build: Path, embeddings: Embeddings) -> Any:
    from langchain_chroma import Chroma

    return Chroma(
        client=_client(build), collection_name=COLLECTION, embedding_function=embeddings,
        collection_configuration=_CONFIGURATION, create_collection_if_not_exists=False,
    )  # fmt: skip


def _current(index_dir: Path) -> Path | None:
    pointer = index_dir / "CURRENT"
    if not pointer.is_file():
        return None
    build = index_dir / pointer.read_text().strip()
    return build if (build / "manifest.json").is_file() else None


def _swap(index_dir: Path, build: Path) -> None:
    pending = index_dir / f"CURRENT.{os.getpid()}"
    pending.write_text(build.name)
    os.replace(pending, index_dir / "CURRENT")


def _remove_old(index_dir: Path, keep: str) -> None:
    """Remove earlier builds, but for recent ones: another process may be writing or reading them just now."""
    for folder in index_dir.glob("build-*"):
        with contextlib.suppress(FileNotFoundError):  # gone already
            if folder.name != keep and time.time() - folder.stat().st_mtime > RECENT_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def _known_vectors(index_dir: Path) -> dict[str, np.ndarray]:
    build = _current(index_dir)
    return _read_vectors(build) if build is not None else {}


def _read_vectors(build: Path) -> dict[str, np.ndarray]:
    with np.load(build / "vectors.npz", allow_pickle=False) as stored:
        return dict(zip(stored["ids"].tolist(), stored["vectors"], strict=True))
