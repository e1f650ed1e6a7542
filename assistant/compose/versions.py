"""When sources of different dates disagree, the later one leads and says so."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.grounding.compare import compare_all
from assistant.turn import Evidence
from knowledge.index import Index
from knowledge.keywords import terms
from knowledge.types import Unit

_ALIKE = 0.6


def disagree(one: Unit, other: Unit) -> bool:
    """Whether two statements of different sources are about the same thing and a certain difference parts them."""
    if one.source_id == other.source_id:
        return False
    a, b = set(terms(one.text)), set(terms(other.text))
    if len(a & b) / max(1, min(len(a), len(b))) < _ALIKE:
        return False
    return any(difference.certain for difference in compare_all(one.text, other.text))


def newer_first(evidence: Sequence[Evidence], index: Index) -> list[Evidence]:
    """The evidence with every statement moved behind a later-dated one that disagrees with it."""
    ordered = list(evidence)
    for position, item in enumerate(ordered):
        for later in range(position + 1, len(ordered)):
            other = ordered[later]
            if _newer(index, other.unit, item.unit) and disagree(item.unit, other.unit):
                ordered[position], ordered[later] = other, item
                item = other
    return ordered


def older_statement(index: Index, unit: Unit, evidence: Sequence[Evidence]) -> Unit | None:
    """An earlier-dated statement in the evidence that the unit disagrees with, if any."""
    for item in evidence:
        if _newer(index, unit, item.unit) and disagree(unit, item.unit):
            return item.unit
    return None


def replaced_by(index: Index, unit: Unit) -> str:
    """A note that a unit's statement or source is superseded, and by what; empty when it is current."""
    name = unit.superseded_by or index.sources[unit.source_id].superseded_by
    if name is None:
        return ""
    newer = index.sources.get(name)
    title = f"“{newer.title}” ({newer.newest_date() or 'undated'})" if newer else name
    return f"Superseded by {title}:"


def _newer(index: Index, one: Unit, other: Unit) -> bool:
    a, b = index.sources[one.source_id].newest_date(), index.sources[other.source_id].newest_date()
    return bool(a and b and a > b)
