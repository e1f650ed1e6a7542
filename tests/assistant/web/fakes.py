"""A made-up assistant over two made-up sources, one of them hostile."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import InputError
from assistant.types import (
    Answer,
    AnswerEvent,
    Citation,
    Criterion,
    Event,
    NearestCase,
    ScopeAssessment,
    Sentence,
    SentenceEvent,
    StageEvent,
    Step,
    Trace,
)
from knowledge.types import Evidence, Source, Unit

HOSTILE = '<img src=x onerror="window.hacked=1"> **bold** [press](javascript:window.hacked=1) ${1+1} {{value}} ends.'
CONTROL = "The hospital stays in control of its data at all times."
NEIGHBOUR = "The laboratory gets no access to identifiable data."


def make_source(source_id: str, statements: Sequence[tuple[str, Evidence]], superseded_by: str | None = None) -> Source:
    """A source with one section, its text in the project's format."""
    text, units = "## What it says\n\n", []
    for number, (words, evidence) in enumerate(statements):
        text += "- "
        start = len(text)
        text += words
        units.append(
            Unit(
                id=f"{source_id}:{number}",
                source_id=source_id,
                section="What it says",
                text=words,
                start=start,
                end=len(text),
                passage_start=start,
                passage_end=len(text),
                evidence=evidence,
            )
        )
        text += f" {{{evidence}}}\n"
    return Source(
        id=source_id, title=f"Announcement {source_id}", publisher="The Example Gazette",
        url="https://example.org/charter", published="2024-04", published_note=None, updated=None, checked="2026-11-24",
        in_force_from=None, in_force_to=None, superseded_by=superseded_by, licence="Made up", kind="report", text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(), units=tuple(units),
    )  # fmt: skip


SOURCES = {
    "S02": make_source("S02", [(NEIGHBOUR, "reported"), (CONTROL, "reported"), ("A third statement.", "inference")]),
    "S03": make_source("S03", [(HOSTILE, "unchecked")], superseded_by="S02"),
}


def cite(source_id: str, row: int, number: int = 1) -> Citation:
    """The citation of a statement."""
    source = SOURCES[source_id]
    unit = source.units[row]
    return Citation(
        number=number, source_id=source_id, title=source.title, publisher=source.publisher, url=source.url,
        published=source.published, evidence=unit.evidence, section=unit.section, quote=unit.text, start=unit.start,
        end=unit.end, superseded_by=source.superseded_by,
    )  # fmt: skip


def make_answer(question: str, scope: ScopeAssessment | None = None) -> Answer:
    """An answer with two cited sentences."""
    return Answer(
        status="answered", question=question, as_at="2026-11-24", scope=scope, scopes=(scope,) if scope else (),
        text=f"**In short:** {CONTROL} [1] *(reported, not read at the source)* {HOSTILE} [2]\n\n- A point. [1]",
        sentences=(
            Sentence(text=CONTROL, citations=(1,), support=1.0),
            Sentence(text=HOSTILE, citations=(2,), support=1.0),
        ),
        citations=(cite("S02", 1, 1), cite("S03", 0, 2)),
        trace=Trace(index_version="abc123", prompt_hashes={}, model_ids={}, stage_ms={}),
    )  # fmt: skip


def make_assessment(description: str = "A tool that builds rotas.", **changes: object) -> ScopeAssessment:
    """An assessment that leaves one question open."""
    values: dict[str, object] = {
        "description": description, "verdict": "needs_assessment", "confidence": 0.78,
        "criteria": (
            Criterion(
                id="T1", question="Is it meant for diagnosis?", finding="no", probability=0.91,
                why="Nothing points to it.", citations=(cite("S02", 0),),
            ),
            Criterion(id="T2", question="Does it recommend?", finding="unclear", probability=0.5, why="Left open."),
        ),
        "device": "depends", "device_why": "its purpose is not settled",
        "before_use": (
            Step(text="Write down what it is for.", role="information governance lead", citations=(cite("S02", 1),)),
            Step(text="Make the safety case.", applies_to=("trust",), role="clinical safety officer"),
        ),
        "basis": "inference", "ask": "Does anyone act on it first?", "ask_criterion": "derives_or_acts",
        "contact": "clinical safety officer", "why": "whether it recommends is left open",
        "would_change": ("If the answer were yes: outside the focus.",),
        "nearest": (NearestCase(text="Roster builder", verdict="in_scope", similarity=0.8, differs_in=("T2",)),),
        "citations": (cite("S02", 0),), "rule": "doubt",
    }  # fmt: skip
    return ScopeAssessment.model_validate(values | changes)


@dataclass(frozen=True)
class FakeIndex:
    """The register."""

    sources: Mapping[str, Source]


class FakeAssistant:
    """Answers every question the same way; words in the question choose the kind of answer."""

    def __init__(self, pause: float = 0.0) -> None:
        self.index = FakeIndex(SOURCES)
        self.pause = pause
        self.histories: list[tuple[tuple[str, str], ...]] = []
        self.replies: list[tuple[tuple[str, str], ...]] = []
        self.warm = False

    def ask(self, question: str, history: Sequence[tuple[str, str]] = ()) -> Answer:
        return make_answer(question, make_assessment(question) if "scope" in question else None)

    def stream(self, question: str, history: Sequence[tuple[str, str]] = ()) -> Iterator[Event]:
        self.histories.append(tuple(history))
        yield StageEvent(stage="retrieve", message="Searching the sources")
        if "refuse" in question:
            raise InputError("That cannot be used. Ask differently.")
        if "crash" in question:
            raise RuntimeError("a secret cause")
        answer = self.ask(question)
        for sentence in answer.sentences:
            time.sleep(30 if "forever" in question else self.pause)
            yield SentenceEvent(sentence=sentence)
        yield AnswerEvent(answer=answer)

    def assess_scope(
        self, description: str, replies: Sequence[tuple[str, str]] = (), organisation: str | None = None
    ) -> ScopeAssessment:
        self.replies.append(tuple(replies))
        if replies:
            settled = {"verdict": "in_scope", "confidence": 0.95, "device": "no", "ask": None, "ask_criterion": None}
            return make_assessment(description, **settled)
        return make_assessment(description)

    def compare_scope(self, before: ScopeAssessment, after: ScopeAssessment) -> ScopeAssessment:
        return after.model_copy(update={"changed": (f"Before: {before.verdict}. Now: {after.verdict}.",)})

    def source_view(self, source_id: str) -> Source:
        return self.index.sources[source_id]

    def versions(self) -> dict[str, str]:
        return {"index": "abc123", "judge": "made-up-judge"}

    def warm_up(self) -> None:
        self.warm = True
