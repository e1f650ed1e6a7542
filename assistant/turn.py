"""The one object that travels through the stages, and what the stages may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.types import Answer, Passage, Reason, ScopeAssessment, Status
from knowledge.types import Unit

if TYPE_CHECKING:
    from assistant.toolkit import Toolkit

History = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Evidence:
    """A retrieved unit with its retrieval score and the probabilities that it answers or helps (0 to 1).

    `says_yes` and `says_no`: that it makes the answer to a yes-or-no question a plain one.
    """

    unit: Unit
    score: float
    answers: float
    helps: float
    says_yes: float = 0.0
    says_no: float = 0.0


@dataclass(frozen=True)
class Draft:
    """A sentence on its way to being shown: its words, the units it rests on and, when derived, its support.

    `support` is None for a sentence whose words must be checked against its units; a verdict's lead sentence carries
    the calibrated confidence of the verdict instead. `before` is a fixed wording shown in front, outside the claim.
    """

    text: str
    units: tuple[Unit, ...]
    support: float | None = None
    before: str = ""
    bullet: bool = False


@dataclass(frozen=True)
class ScopeRequest:
    """A use to be judged: its description, replies so far, and the description before a "what if"."""

    description: str
    replies: tuple[tuple[str, str], ...] = ()  # (criterion, the user's words)
    previous: str | None = None


@dataclass
class Turn:
    """One question on its way. Stages fill it in from top to bottom; `finish` ends it early."""

    question: str
    history: History
    text: str = ""
    truncated: bool = False
    standalone: str = ""
    premise: str | None = None
    scope_request: ScopeRequest | None = None
    route: str = ""
    route_probabilities: dict[str, float] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    assessments: tuple[ScopeAssessment, ...] = ()
    drafts: list[Draft] = field(default_factory=list)
    supports: list[float] = field(default_factory=list)
    related: tuple[Passage, ...] = ()
    next_steps: tuple[str, ...] = ()
    status: Status | None = None
    reason: Reason | None = None
    message: str = ""
    notes: list[str] = field(default_factory=list)
    stage_ms: dict[str, float] = field(default_factory=dict)
    answer: Answer | None = None

    @property
    def scope_continues(self) -> bool:
        """Whether the message replies to or changes an earlier description."""
        request = self.scope_request
        return request is not None and bool(request.replies or request.previous)

    @property
    def finished(self) -> bool:
        """Whether a stage has ended the turn."""
        return self.status is not None

    def finish(self, status: Status, message: str = "", reason: Reason | None = None) -> None:
        """End the turn with a status; `message` is fixed wording shown before any sentence."""
        self.status, self.message, self.reason = status, message, reason


Stage = Callable[[Turn, "Toolkit"], None]
