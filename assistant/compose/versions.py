"""When sources of different dates disagree, the later one leads and says so."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.grounding.compare import compare_all
from assistant.turn import Evidence
from knowledge.index import Index
from knowledge.keywords import terms
from knowledge.types import Unit

_ALIKE = 0.5
_SAME_FRAME = 0.6
_VALUES = frozenset(("number", "date", "name", "negation", "quantifier"))


def disagree(one: Unit, other: Unit, index: Index) -> bool:
    """Whether two statements of different sources are about the same thing and say different things of it.

    A certain difference in a value or in polarity parts them. In a reader's own documents, where nothing marks what
    is superseded, the same sentence with another filling does too ("the board approves", "the panel approves").
    """
    if one.source_id == other.source_id or one.text == other.text:
        return False
    a, b = _words(one), _words(other)
    shared = len(a & b) / max(1, min(len(a), len(b)))
    if shared >= _ALIKE and any(d.certain and d.kind in _VALUES for d in compare_all(one.text, other.text)):
        return True
    own = all(index.sources[unit.source_id].kind == "document" for unit in (one, other))
    return own and shared >= _SAME_FRAME and bool(a - b) and bool(b - a)


def _words(unit: Unit) -> set[str]:
    """The stems of a unit without its figures: a changed figure must not hide that the rest is alike."""
    return {term for term in terms(unit.text) if not any(ch.isdigit() for ch in term)}


def newer_first(evidence: Sequence[Evidence], index: Index) -> list[Evidence]:
    """The evidence with every statement moved behind a later-dated one that disagrees with it."""
    ordered = list(evidence)
    for position, item in enumerate(ordered):
        for later in range(position + 1, len(ordered)):
            other = ordered[later]
            if _newer(index, other.unit, item.unit) and disagree(item.unit, other.unit, index):
                ordered[position], ordered[later] = other, item
                item = other
    return ordered


def older_statement(index: Index, unit: Unit, evidence: Sequence[Evidence]) -> Unit | None:
    """An earlier-dated statement in the evidence that the unit disagrees with, if any."""
    for item in evidence:
        if _newer(index, unit, item.unit) and disagree(unit, item.unit, index):
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
