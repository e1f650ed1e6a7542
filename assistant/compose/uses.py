"""Composes the answer about a use of AI: the verdict, what decided it, the device answer, and the steps."""

from __future__ import annotations

from assistant.turn import Draft
from assistant.types import Citation, ScopeAssessment
from knowledge.index import Index
from knowledge.types import Unit
from prompts import Wordings

MAX_STEPS = 6


def compose_use(assessment: ScopeAssessment, index: Index, say: Wordings) -> list[Draft]:
    """The sentences about one use. Each rests on cited statements; the verdict carries its confidence as support."""
    verdict = assessment.verdict
    drafts = [
        Draft(
            say(f"scope_lead_{verdict}", because=assessment.why), _units(index, assessment.citations),
            support=assessment.confidence, before=say(f"scope_heading_{verdict}"),
        )
    ]  # fmt: skip
    deciding = next(c for c in assessment.criteria if c.citations and _same(c.citations, assessment.citations))
    quote = _units(index, assessment.citations)[-1:] if assessment.basis != "inference" else ()
    drafts += [Draft(unit.text, (unit,)) for unit in (*_units(index, deciding.citations)[:1], *quote)]
    device = next((c for c in assessment.criteria if c.id == "T2"), deciding)
    drafts.append(
        Draft(
            assessment.device_why, _units(index, device.citations)[:2], support=assessment.confidence,
            before=say(f"device_{assessment.device}", why="").strip(),
        )
    )  # fmt: skip
    for step in assessment.before_use[:MAX_STEPS]:
        units = _units(index, step.citations)
        if units:
            who = _for_whom(step.applies_to)
            drafts.append(Draft(f"{step.text} Ask your {step.role}{who}.", units, support=1.0, bullet=True))
    return _once(drafts)


def _same(one: tuple[Citation, ...], other: tuple[Citation, ...]) -> bool:
    return any(a.source_id == b.source_id and a.start == b.start for a in one for b in other)


def _for_whom(applies_to: tuple[str, ...]) -> str:
    names = {"trust": "trusts", "gp_practice": "GP practices", "icb": "ICBs", "central_body": "central bodies"}
    return f" (for {', '.join(names[kind] for kind in applies_to)})" if applies_to else ""


def _units(index: Index, citations: tuple[Citation, ...]) -> tuple[Unit, ...]:
    found = []
    for citation in citations:
        for unit in index.sources[citation.source_id].units:
            if unit.start == citation.start:
                found.append(unit)
    return tuple(found)


def _once(drafts: list[Draft]) -> list[Draft]:
    """Without a second sentence of the same words, and without sentences that nothing is cited for."""
    seen: set[str] = set()
    kept: list[Draft] = []
    for draft in drafts:
        if draft.text not in seen and draft.units:
            seen.add(draft.text)
            kept.append(draft)
    return kept
