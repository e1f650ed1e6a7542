"""When sources of different dates disagree, the later one leads and says so."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from assistant.grounding.compare import compare_all
from assistant.turn import Evidence
from knowledge.index import Index
from knowledge.keywords import terms
from knowledge.types import Unit

_ALIKE = 0.5
_FRAME, _LONGEST_FILLING = 0.6, 4
_VALUES = frozenset(("number", "date", "name", "negation", "quantifier"))


def disagree(one: Unit, other: Unit) -> bool:
    """Whether two statements of different sources are about the same thing and say different things of it.

    A certain difference in a value or in polarity parts them, and so does another filling of the same sentence ("the
    board approves", "the panel approves"; "must", "may").
    """
    if one.source_id == other.source_id or one.text == other.text:
        return False
    if "inference" in (one.evidence, other.evidence):  # this project's conclusions are no version of a source
        return False
    a, b = _words(one), _words(other)
    shared = len(a & b) / max(1, min(len(a), len(b)))
    if shared >= _ALIKE and any(d.certain and d.kind in _VALUES for d in compare_all(one.text, other.text)):
        return True
    return _same_frame(one.text.lower().split(), other.text.lower().split())


def _same_frame(one: list[str], other: list[str]) -> bool:
    """Whether two sentences are one but for a single stretch of a few words that stands in the same place."""
    pieces = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    changed = [piece for piece in pieces if piece[0] != "equal"]
    if len(changed) != 1 or changed[0][0] != "replace":
        return False
    _, a, b, c, d = changed[0]
    kept = len(one) - (b - a)
    return max(b - a, d - c) <= _LONGEST_FILLING and kept >= _FRAME * max(len(one), len(other))


def _words(unit: Unit) -> set[str]:
    """The stems of a unit without its figures: a changed figure must not hide that the rest is alike."""
    return {term for term in terms(unit.text) if not any(ch.isdigit() for ch in term)}


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
    """Whether a unit's source is of a later date. This project's own notes restate sources and replace none."""
    mine, theirs = index.sources[one.source_id], index.sources[other.source_id]
    if "note" in (mine.kind, theirs.kind):
        return False
    a, b = mine.newest_date(), theirs.newest_date()
    return bool(a and b and a > b)
