"""Citations: made from units of the index, with exact offsets, and from nothing else."""

from __future__ import annotations

from assistant.types import Citation
from knowledge.index import Index
from knowledge.types import Unit


def citation_of(index: Index, unit: Unit, number: int = 1) -> Citation:
    """The citation of a unit. Its quote is the stored text from `start` to `end`, to the character."""
    source = index.sources[unit.source_id]
    quote = source.text[unit.start : unit.end]
    assert quote == unit.text, f"stored text of {source.id} and unit {unit.id} differ"
    return Citation(
        number=number, source_id=source.id, title=source.title, publisher=source.publisher, url=source.url,
        published=source.updated or source.published, evidence=unit.evidence, section=unit.section, quote=quote,
        start=unit.start, end=unit.end, superseded_by=unit.superseded_by or source.superseded_by, via=unit.via,
        single_source=unit.single_source,
    )  # fmt: skip
