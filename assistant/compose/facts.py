"""Composes the answer to a question of fact: the statement that answers it, then what belongs beside it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.compose.versions import newer_first, replaced_by
from assistant.turn import Draft, Evidence
from knowledge.index import Index
from knowledge.keywords import terms
from knowledge.types import Unit

ANSWER_AT = 0.5
BESIDE_AT = 0.35
MAX_SENTENCES = 5
_SAME_SHARE = 0.7
_EVIDENCE_RANK = {"seen": 0, "own_document": 0, "reported": 1, "inference": 2, "unchecked": 3}


def answering(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence that answers the question, best first.

    A gap ("no source says …") is not an answer, and nothing is one while a gap fits the question better.
    """
    sure = [item for item in evidence if item.answers >= ANSWER_AT]
    if sure and max(sure, key=lambda item: item.answers).unit.gap:
        return []
    return [item for item in sure if not item.unit.gap]


def compose_facts(evidence: Sequence[Evidence], index: Index) -> list[Draft]:
    """Up to five sentences, each a statement with its unit, the direct answer first, without repetition.

    A superseded statement is not shown while a current one answers, and says what replaced it when it is shown.
    """
    ranked = newer_first(_ranked(evidence, index), index)
    chosen: list[Unit] = []
    for item in ranked:
        worth = item.answers >= ANSWER_AT or item.answers + item.helps >= BESIDE_AT + 0.3 * bool(chosen)
        if len(chosen) == MAX_SENTENCES or not worth:
            continue
        if any(same_statement(item.unit, unit) for unit in chosen):
            continue
        if chosen and _superseded(item.unit, index) and not all(_superseded(unit, index) for unit in chosen):
            continue
        chosen.append(item.unit)
    return [Draft(unit.text, (unit,), before=replaced_by(index, unit)) for unit in chosen]


def same_statement(one: Unit, other: Unit) -> bool:
    """Whether two units say nearly the same in nearly the same words."""
    a, b = set(terms(one.text)), set(terms(other.text))
    return len(a & b) / max(1, min(len(a), len(b))) >= _SAME_SHARE


def _superseded(unit: Unit, index: Index) -> bool:
    return bool(unit.superseded_by or index.sources[unit.source_id].superseded_by)


def _ranked(evidence: Sequence[Evidence], index: Index) -> list[Evidence]:
    """By the probability of answering; close calls go to current, better-evidenced and primary statements."""

    def key(item: Evidence) -> tuple[float, int, int, float]:
        step = round(item.answers * 8) / 8
        return (-step, int(_superseded(item.unit, index)), _EVIDENCE_RANK[item.unit.evidence], -item.answers)

    return sorted(evidence, key=key)
