"""What the suites work with: the assistant under test, the checker, how much to run, and the answers had so far."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from assistant.types import Answer, ClaimReport, ScopeAssessment
from eval.cases import AnswerCase, ClaimCase
from knowledge.index import Index
from knowledge.types import Passage, Source

Tick = Callable[[str, int, int], None]


class Subject(Protocol):
    """The assistant under test: the part of `CharterAssistant` that the evaluation uses."""

    def ask(self, question: str, history: Sequence[tuple[str, str]] = ()) -> Answer:
        """Answer one message."""
        ...

    def assess_scope(self, description: str) -> ScopeAssessment:
        """Judge one use."""
        ...

    def search(self, query: str, k: int = 10) -> list[Passage]:
        """The best passages."""
        ...

    def source_view(self, source_id: str) -> Source:
        """A source with its text."""
        ...

    @property
    def index(self) -> Index:
        """The opened index."""
        ...


class Checker(Protocol):
    """The grounding checker under test, and the judge of citations."""

    def check_pair(self, claim: str, evidence: str) -> ClaimReport:
        """Check one claim against one piece of evidence."""
        ...


@dataclass(frozen=True)
class Confidence:
    """How likely it is that a statement answers the question, and that the message belongs here at all (0 to 1)."""

    answer: float
    belongs: float


Confident = Callable[[str], Confidence]
Opener = Callable[[Path, Path], Subject]


@dataclass(frozen=True)
class Effort:
    """How much of everything is run, in cases of the locked part. None means all."""

    name: str
    answers: int | None
    claims: int | None
    scope: int | None
    stability: int | None
    mutations: int
    retrieval: int | None
    repeats: int
    resamples: int


SMOKE = Effort("smoke", 140, 200, 240, 30, 12, 200, 20, 500)
FULL = Effort("full", None, None, None, None, 60, None, 60, 2000)
EFFORTS = {effort.name: effort for effort in (SMOKE, FULL)}


@dataclass(frozen=True)
class Asked:
    """A case with the answer it got, or the error in its place."""

    case: AnswerCase
    answer: Answer | None
    error: str | None
    milliseconds: float


def _silent(what: str, done: int, total: int) -> None:
    """No progress is shown."""


@dataclass
class Lab:
    """The means of one run. What was asked and checked is kept, so that no case is run twice."""

    effort: Effort
    checker: Checker
    confidence: Confident
    open_folder: Opener
    tick: Tick = _silent
    seed: int = 20
    _asked: dict[str, Asked] = field(default_factory=dict)
    _checked: dict[str, ClaimReport] = field(default_factory=dict)

    def ask(self, assistant: Subject, cases: Sequence[AnswerCase]) -> list[Asked]:
        """Ask every case, with its history; an exception is recorded as the outcome."""
        for number, case in enumerate(cases, start=1):
            if case.id not in self._asked:
                self._asked[case.id] = ask_case(assistant, case)
            self.tick("asking", number, len(cases))
        return [self._asked[case.id] for case in cases]

    def check(self, cases: Sequence[ClaimCase]) -> list[ClaimReport]:
        """The checker's report on every claim."""
        for number, case in enumerate(cases, start=1):
            if case.id not in self._checked:
                self._checked[case.id] = self.checker.check_pair(case.claim, case.source)
            self.tick("checking claims", number, len(cases))
        return [self._checked[case.id] for case in cases]


def ask_case(assistant: Subject, case: AnswerCase) -> Asked:
    """Ask one case; where a turn of its history is left open, the assistant's own answer fills it."""
    began = time.perf_counter()
    try:
        history: list[tuple[str, str]] = []
        for user, said in case.history:
            history.append((user, assistant.ask(user, history).text if said is None else said))
        began = time.perf_counter()
        answer = assistant.ask(case.question, history)
    except Exception as error:  # whatever goes wrong is what is being measured
        return Asked(case, None, f"{type(error).__name__}: {error}", (time.perf_counter() - began) * 1000)
    return Asked(case, answer, None, (time.perf_counter() - began) * 1000)


def real_lab(effort: Effort, tick: Tick, assistant: Subject) -> Lab:
    """The lab around the shipped models."""
    from assistant.charter import CharterAssistant
    from assistant.grounding.check import default_checker
    from assistant.settings import load_settings

    def open_folder(folder: Path, index_dir: Path) -> Subject:
        return CharterAssistant.from_sources(folder, index_dir=index_dir)

    return Lab(effort, default_checker(load_settings().grounding_model), confidence_of(assistant), open_folder, tick)


def confidence_of(assistant: Subject) -> Confident:
    """Reads off the stages' own models how sure the assistant is that it can answer.

    `answer` is the best probability over the retrieved statements, those that only say what no source says left out.
    """
    from assistant.compose.facts import FIT_WEIGHT, fit
    from assistant.settings import load_settings
    from assistant.stages.retrieve import gather
    from assistant.toolkit import Toolkit
    from knowledge.embedding import default_embeddings

    toolkit = Toolkit(load_settings(), assistant.index, default_embeddings())

    @functools.cache
    def confidence(question: str) -> Confidence:
        chances = toolkit.router.probabilities(question)
        evidence = gather(question, toolkit)
        best = max((fit(item) for item in evidence if not item.unit.gap), default=0.0) / (1 + FIT_WEIGHT)
        return Confidence(best, 1.0 - chances["off_topic"] - chances["clinical_advice"])

    return confidence
