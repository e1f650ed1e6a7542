"""What the assistant gives back: the public, frozen types of its contract.

Every type is a frozen pydantic model, so `answer.model_dump_json()` is the JSON form used by the command line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge.types import Evidence as Evidence
from knowledge.types import Passage as Passage

Status = Literal["answered", "not_in_sources", "declined", "needs_clarification"]
Reason = Literal["off_topic", "clinical_advice", "personal_data", "unsafe_instruction"]
Verdict = Literal["in_scope", "out_of_scope", "needs_assessment"]
Finding = Literal["yes", "no", "unclear"]
Device = Literal["yes", "no", "depends"]
Basis = Literal["sources", "partly", "inference"]


class Frozen(BaseModel):
    """Base of every boundary type: frozen, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Citation(Frozen):
    """A numbered reference. `quote` equals the stored source text from `start` to `end`, to the character."""

    number: int = Field(ge=1)
    source_id: str
    title: str
    publisher: str
    url: str | None
    published: str | None
    evidence: Evidence
    section: str
    quote: str
    start: int
    end: int
    superseded_by: str | None = None
    via: str | None = Field(default=None, description="address of the account a reported fact was read in")
    single_source: bool = False


class Sentence(Frozen):
    """One sentence of an answer, the citation numbers behind it and how well they support it (0 to 1)."""

    text: str
    citations: tuple[int, ...]
    support: float = Field(ge=0, le=1)


class Criterion(Frozen):
    """One of the tests T1–T6 (or an added one) as judged for a description."""

    id: str
    question: str
    finding: Finding
    probability: float = Field(ge=0, le=1, description="calibrated probability of the finding given")
    why: str
    citations: tuple[Citation, ...] = ()


class Step(Frozen):
    """A thing to do before use, for whom, and where that is said."""

    text: str
    applies_to: tuple[str, ...] = Field(default=(), description="kinds of organisation; empty means all")
    role: str = Field(description="the role to ask")
    citations: tuple[Citation, ...] = ()


class NearestCase(Frozen):
    """An already judged description near the one asked about, and how its findings differ."""

    text: str
    verdict: Verdict
    similarity: float
    differs_in: tuple[str, ...]


class ScopeAssessment(Frozen):
    """The three answers about one use of AI: fit with the Charter's focus, device status, steps before use."""

    description: str
    verdict: Verdict
    confidence: float = Field(ge=0, le=1, description="calibrated probability that the verdict is right")
    criteria: tuple[Criterion, ...]
    device: Device
    device_why: str
    before_use: tuple[Step, ...]
    basis: Basis
    ask: str | None = Field(description="the one question whose answer would settle the verdict, or None")
    ask_criterion: str | None = None
    contact: str
    why: str
    would_change: tuple[str, ...] = ()
    changed: tuple[str, ...] = Field(default=(), description="what differs from the verdict before the last reply")
    nearest: tuple[NearestCase, ...] = ()
    citations: tuple[Citation, ...] = ()
    rule: str = Field(description="id of the row of the rule table that decided")
    answers: tuple[tuple[str, str], ...] = Field(default=(), description="deciding questions asked and the replies")


class Trace(Frozen):
    """How an answer came about: versions, hashes, model ids and milliseconds a stage."""

    index_version: str
    prompt_hashes: Mapping[str, str]
    model_ids: Mapping[str, str]
    stage_ms: Mapping[str, float]
    notes: tuple[str, ...] = ()


class Answer(Frozen):
    """One turn's outcome. `text` is Markdown whose [1] markers are the numbers of `citations`."""

    status: Status
    reason: Reason | None = None
    text: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    related: tuple[Passage, ...] = Field(default=(), description="the nearest passages shown with an abstention")
    scope: ScopeAssessment | None = None
    scopes: tuple[ScopeAssessment, ...] = Field(default=(), description="one a use when a message names several")
    question: str
    next_steps: tuple[str, ...] = ()
    as_at: str = Field(description="date the knowledge was last checked, ISO form")
    trace: Trace


class Span(Frozen):
    """A piece of personal data found in a text, by kind and character offsets."""

    kind: str
    start: int
    end: int


class StageEvent(Frozen):
    """`stream`: a stage has begun."""

    stage: str
    message: str


class SentenceEvent(Frozen):
    """`stream`: a checked sentence is ready to be shown."""

    sentence: Sentence


class AnswerEvent(Frozen):
    """`stream`: the last event, with the whole answer."""

    answer: Answer


Event = StageEvent | SentenceEvent | AnswerEvent


class ClaimReport(Frozen):
    """The grounding verdict on one claim of a text."""

    text: str
    label: Literal["supported", "contradicted", "not_stated"]
    supported: bool
    score: float = Field(ge=0, le=1, description="calibrated probability that the sources support the claim")
    why: str
    source: int | None = Field(default=None, description="index into the sources of the best evidence")
    start: int | None = None
    end: int | None = None


class GroundingReport(Frozen):
    """`score`: share of claims supported, 0 to 1. `supported`: every claim is."""

    score: float
    supported: bool
    sentences: tuple[ClaimReport, ...]
