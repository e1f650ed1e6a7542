"""Read a folder into sources: the project's own format as it is, any other document through the loaders."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.chunking import passages
from knowledge.documents import SUPPORTED, StoredDocument, read_document
from knowledge.errors import DocumentError, DocumentNotFoundError, KnowledgeError, SourceFormatError
from knowledge.sources import is_source_file, read_source
from knowledge.types import Source, Unit


@dataclass(frozen=True)
class Corpus:
    """Sources in order of id, and the errors of the files that could not be read."""

    sources: tuple[Source, ...]
    refused: tuple[KnowledgeError, ...]


def read_folder(folder: Path) -> Corpus:
    """Read every supported file below `folder`.

    One bad file does not stop the others: its error is kept in `refused`.
    Raises DocumentNotFoundError when there is no such folder or no supported file in it.
    """
    if not folder.is_dir():
        raise DocumentNotFoundError(folder, "there is no such folder; give the folder that holds your documents")
    sources: dict[str, Source] = {}
    refused: list[KnowledgeError] = []
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix.lower() in SUPPORTED]
    for path in files:
        try:
            source = read_file(path, folder)
        except (DocumentError, SourceFormatError) as error:
            refused.append(error)
            continue
        while source.id in sources:  # two files may carry one id; both are kept
            source = _with_id(source, f"{source.id}-{source.digest[:6]}")
        sources[source.id] = source
    if not sources:
        reasons = "; ".join(str(error) for error in refused) or f"no {', '.join(sorted(SUPPORTED))} file in it"
        raise DocumentNotFoundError(folder, f"nothing to read: {reasons}")
    return Corpus(tuple(sources.values()), tuple(refused))


def read_file(path: Path, root: Path) -> Source:
    """Read one file; Markdown in the project's own format keeps its marks, leniently."""
    document = read_document(path)
    if path.suffix.lower() == ".md" and is_source_file(document.text):
        return read_source(path, strict=False)
    return _from_document(document, path, root)


def _from_document(document: StoredDocument, path: Path, root: Path) -> Source:
    relative = path.relative_to(root).as_posix()
    source_id = "D" + hashlib.sha256(relative.encode()).hexdigest()[:8]
    return Source(
        id=source_id, title=document.title or path.stem, publisher=relative, url=None, published=document.published,
        published_note=None, updated=None, checked=None, in_force_from=None, in_force_to=None, superseded_by=None,
        licence="the reader's own document", kind="document", text=document.text,
        digest=hashlib.sha256(document.text.encode()).hexdigest(), units=tuple(_units(document, source_id)),
    )  # fmt: skip


def _units(document: StoredDocument, source_id: str) -> Iterator[Unit]:
    seen: set[str] = set()
    for section in document.sections:
        for passage in passages(document.text, section.start, section.end):
            for start, end in passage.sentences:
                text = document.text[start:end]
                key = hashlib.sha256(f"{section.path}\n{text}".encode()).hexdigest()[:12]
                if key in seen:  # the same sentence under the same heading: said once is enough
                    continue
                seen.add(key)
                yield Unit(
                    id=f"{source_id}:{key}", source_id=source_id, section=section.path, text=text, start=start,
                    end=end, passage_start=passage.start, passage_end=passage.end, evidence="own_document",
                )  # fmt: skip


def _with_id(source: Source, new_id: str) -> Source:
    from dataclasses import replace

    units = tuple(replace(unit, id=unit.id.replace(source.id, new_id, 1), source_id=new_id) for unit in source.units)
    return replace(source, id=new_id, units=units)
