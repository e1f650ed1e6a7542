"""Composes the answer to a question of fact: the statement that answers it, then what belongs beside it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.compose.versions import disagree, newer_first, replaced_by
from assistant.turn import Draft, Evidence
from knowledge.index import Index
from knowledge.keywords import terms
from knowledge.types import Unit
from prompts import Wordings

# `fit` and `worth` join the answer model's probability with the retrieval score: the first says whether a statement
# answers, the second whether it belongs beside an answer. Weights and thresholds were chosen on held-out questions.
ANSWER_AT, FIT_WEIGHT = 0.25, 0.2
BESIDE_AT, WORTH_WEIGHT = 0.33, 0.5
PLAINLY, DOUBTFUL = 0.85, 0.3  # how sure a yes or no must be, and how likely the opposite may be
MAX_SENTENCES = 5
_SAME_SHARE = 0.7
# What a statement gives way by to lead an answer: weaker evidence, or a more careful source on the same matter.
_GIVES_WAY = {"seen": 0.0, "own_document": 0.0, "reported": 0.0, "inference": 0.2, "unchecked": 0.2}
_FOLLOWS = 0.3


def fit(item: Evidence) -> float:
    """How well a statement answers the question: 0 to 1.2."""
    return item.answers + FIT_WEIGHT * item.score


def worth(item: Evidence) -> float:
    """How much a statement is worth to the answer: 0 to 1.5."""
    return item.answers + WORTH_WEIGHT * item.score


def answering(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence that answers the question, best first.

    A gap ("no source says …") is not an answer, and nothing is one while a gap fits the question better.
    """
    sure = sorted((item for item in evidence if fit(item) >= ANSWER_AT), key=lambda item: -fit(item))
    if sure and sure[0].unit.gap:
        return []
    return [item for item in sure if not item.unit.gap]


def compose_facts(evidence: Sequence[Evidence], index: Index, say: Wordings) -> list[Draft]:
    """Up to five sentences, each a statement with its unit, the direct answer first, without repetition.

    A superseded statement is not shown while a current one answers, and says what replaced it when it is shown. A
    yes-or-no question gets its yes or no in front where the first statement makes it plain.
    """
    ranked = newer_first(_ranked(evidence, index), index)
    chosen: list[Unit] = []
    for item in ranked:
        if len(chosen) == MAX_SENTENCES or (worth(item) < BESIDE_AT and fit(item) < ANSWER_AT):
            continue
        if any(same_statement(item.unit, unit) and not disagree(item.unit, unit) for unit in chosen):
            continue
        if chosen and _superseded(item.unit, index) and not all(_superseded(unit, index) for unit in chosen):
            continue
        chosen.append(item.unit)
    before = [replaced_by(index, unit) for unit in chosen]
    if chosen and not before[0]:
        before[0] = _yes_or_no(evidence, chosen[0], say)
    return [
        Draft(unit.text, (unit,), before=note, bullet=row > 0)
        for row, (unit, note) in enumerate(zip(chosen, before, strict=True))
    ]


def _yes_or_no(evidence: Sequence[Evidence], lead: Unit, say: Wordings) -> str:
    """ "Yes." or "No." where the leading statement makes it plain and no other that answers makes it the opposite."""
    plain = [item for item in evidence if item.unit.id == lead.id or fit(item) >= ANSWER_AT]
    yes, no = ([getattr(item, name) for item in plain] for name in ("says_yes", "says_no"))
    own = next(item for item in evidence if item.unit.id == lead.id)
    if own.says_yes >= PLAINLY and max(no) < DOUBTFUL:
        return say("answer_yes")
    if own.says_no >= PLAINLY and max(yes) < DOUBTFUL:
        return say("answer_no")
    return ""


def same_statement(one: Unit, other: Unit) -> bool:
    """Whether two units say nearly the same in nearly the same words."""
    a, b = set(terms(one.text)), set(terms(other.text))
    return len(a & b) / max(1, min(len(a), len(b))) >= _SAME_SHARE


def _superseded(unit: Unit, index: Index) -> bool:
    return bool(unit.superseded_by or index.sources[unit.source_id].superseded_by)


def _ranked(evidence: Sequence[Evidence], index: Index) -> list[Evidence]:
    """By worth; what is superseded, weakly evidenced or better told by another source gives way."""
    telling = {item.unit.source_id for item in evidence if worth(item) >= BESIDE_AT}

    def key(item: Evidence) -> tuple[float, str]:
        value = worth(item) - _GIVES_WAY[item.unit.evidence] - 0.2 * _superseded(item.unit, index)
        if index.sources[item.unit.source_id].follow in telling:
            value -= _FOLLOWS
        return (-value, item.unit.id)

    return sorted(evidence, key=key)
