"""What the web part needs of the assistant. Everything it shows comes through here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from assistant.types import Answer, Event, ScopeAssessment
from knowledge.types import Source


class Register(Protocol):
    """The sources by id, in order of showing."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """Every source by id."""


class Door(Protocol):
    """The assistant, as the web part sees it; `assistant.CharterAssistant` is one."""

    @property
    def index(self) -> Register:
        """What is known."""

    def ask(self, question: str, history: Sequence[tuple[str, str]] = ()) -> Answer:
        """The answer to one message."""

    def stream(self, question: str, history: Sequence[tuple[str, str]] = ()) -> Iterator[Event]:
        """Stage progress, then checked sentences, then the answer."""

    def assess_scope(
        self, description: str, replies: Sequence[tuple[str, str]] = (), organisation: str | None = None
    ) -> ScopeAssessment:
        """The assessment of one use. `replies` are (criterion name, words), oldest first."""

    def compare_scope(self, before: ScopeAssessment, after: ScopeAssessment) -> ScopeAssessment:
        """`after` with what differs from `before` in its `changed`."""

    def source_view(self, source_id: str) -> Source:
        """The source of that id. Raises InputError when there is none."""

    def versions(self) -> Mapping[str, str]:
        """Versions of knowledge and models by name."""

    def warm_up(self) -> None:
        """Load every model."""
