"""Stage 7: check every sentence against what it cites. What fails is not shown."""

from __future__ import annotations

from assistant.stages.compose import abstain
from assistant.toolkit import Toolkit
from assistant.turn import Draft, Turn


def verify(turn: Turn, toolkit: Toolkit) -> None:
    """Drop what its units do not entail; when the answer is gone with it, abstain."""
    kept: list[Draft] = []
    supports: list[float] = []
    for draft in turn.drafts:
        support = support_of(draft, toolkit)
        if support is None:
            turn.notes.append("dropped a sentence that its source does not support")
            continue
        kept.append(draft)
        supports.append(support)
    turn.drafts, turn.supports = kept, supports
    if not kept:
        abstain(turn, toolkit)
    else:
        turn.finish("answered", turn.message)


def support_of(draft: Draft, toolkit: Toolkit) -> float | None:
    """How well its units support a draft, 0 to 1; None when they do not."""
    if not draft.units:
        return None
    for unit in draft.units:
        source = toolkit.index.sources[unit.source_id]
        if source.text[unit.start : unit.end] != unit.text:
            return None
    if draft.support is not None:
        return draft.support
    if any(draft.text == unit.text for unit in draft.units):  # word for word what the source says
        return 1.0
    report = toolkit.checker.check_pair(draft.text, " ".join(unit.text for unit in draft.units))
    return report.score if report.supported else None
