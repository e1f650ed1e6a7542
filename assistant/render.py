"""From a finished turn to the Answer: numbers the citations and writes the Markdown."""

from __future__ import annotations

from assistant.citing import citation_of
from assistant.toolkit import Toolkit
from assistant.turn import Draft, Turn
from assistant.types import Answer, Citation, Passage, Sentence, Trace
from knowledge.types import Unit


def to_answer(turn: Turn, toolkit: Toolkit) -> Answer:
    """The answer of a finished turn."""
    assert turn.status is not None, "the pipeline ends every turn with a status"
    citations, numbers = _citations(turn, toolkit)
    sentences = tuple(
        Sentence(text=draft.text, citations=tuple(numbers[unit.id] for unit in draft.units), support=round(support, 4))
        for draft, support in zip(turn.drafts, turn.supports, strict=True)
    )
    assessments = turn.assessments if turn.status == "answered" else ()
    return Answer(
        status=turn.status, reason=turn.reason, text=_text(turn, toolkit, sentences), sentences=sentences,
        citations=citations, related=turn.related, scope=assessments[0] if assessments else None, scopes=assessments,
        question=turn.standalone or turn.text, next_steps=_next_steps(turn), as_at=_as_at(toolkit),
        trace=_trace(turn, toolkit),
    )  # fmt: skip


def _citations(turn: Turn, toolkit: Toolkit) -> tuple[tuple[Citation, ...], dict[str, int]]:
    units: dict[str, Unit] = {}
    for draft in turn.drafts:
        for unit in draft.units:
            units.setdefault(unit.id, unit)
    numbers = {unit_id: number for number, unit_id in enumerate(units, start=1)}
    return tuple(citation_of(toolkit.index, unit, numbers[unit.id]) for unit in units.values()), numbers


def _text(turn: Turn, toolkit: Toolkit, sentences: tuple[Sentence, ...]) -> str:
    parts: list[str] = [turn.message] if turn.message else []
    run: list[str] = []
    for draft, sentence in zip(turn.drafts, sentences, strict=True):
        line = " ".join(filter(None, [_line(draft, sentence), _mark(draft, toolkit)]))
        if draft.bullet:
            if run and not run[-1].startswith("- "):
                parts += _flush(run)
                run = []
            if not run and draft.support is not None:  # the steps of a scope answer
                parts.append(toolkit.wordings("scope_steps"))
            run.append(f"- {' '.join(filter(None, [draft.before, line]))}")
            continue
        if draft.before or (run and run[-1].startswith("- ")):
            parts += _flush(run)
            run = []
        run.append(f"{draft.before} {line}".strip())
    parts += _flush(run)
    parts += _after(turn, toolkit)
    return "\n\n".join(part for part in parts if part)


def _flush(run: list[str]) -> list[str]:
    if not run:
        return []
    return ["\n".join(run)] if run[0].startswith("- ") else [" ".join(run)]


def _line(draft: Draft, sentence: Sentence) -> str:
    return draft.text + "".join(f" [{number}]" for number in sentence.citations)


def _mark(draft: Draft, toolkit: Toolkit) -> str:
    """The evidence mark in words, where the reader has to know that it was not read at the source."""
    if draft.support is not None:
        return ""
    weakest = max(
        (unit.evidence for unit in draft.units),
        key=["own_document", "seen", "reported", "inference", "unchecked"].index,
    )
    if weakest in {"seen", "own_document"}:
        return ""
    date = toolkit.index.sources[draft.units[0].source_id]
    when = date.updated or date.published
    return f"*({toolkit.wordings(f'evidence_{weakest}')}{f', {when}' if when else ''})*"


def _after(turn: Turn, toolkit: Toolkit) -> list[str]:
    say = toolkit.wordings
    parts: list[str] = []
    if turn.related:
        parts.append(say("not_in_sources_related"))
        parts.append("\n".join(f"> “{passage.text}” — {_source_line(passage)}" for passage in turn.related))
    for assessment in turn.assessments:
        if len(turn.assessments) == 1:
            parts.append(" ".join([say(f"scope_basis_{assessment.basis}"), say(f"scope_after_{assessment.verdict}")]))
            parts += [say("scope_changed", change=change) for change in assessment.changed]
        if assessment.ask:
            parts.append(say("scope_question", question=assessment.ask))
    parts += turn.next_steps
    return parts


def _source_line(passage: Passage) -> str:
    return ", ".join(filter(None, [passage.publisher, passage.title, passage.published, passage.source_id]))


def _next_steps(turn: Turn) -> tuple[str, ...]:
    steps = tuple(f"{step.text} Ask your {step.role}." for item in turn.assessments for step in item.before_use)
    return turn.next_steps or tuple(dict.fromkeys(steps))


def _as_at(toolkit: Toolkit) -> str:
    return max((source.checked or source.newest_date() for source in toolkit.index.sources.values()), default="")


def _trace(turn: Turn, toolkit: Toolkit) -> Trace:
    return Trace(
        index_version=toolkit.index.manifest.version, prompt_hashes={"wordings": toolkit.wordings.sha256},
        model_ids=toolkit.model_ids(), stage_ms=turn.stage_ms, notes=tuple(turn.notes),
    )  # fmt: skip
