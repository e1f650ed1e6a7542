"""A tiny assistant without any model: it answers with the statement that shares most words with the question."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from assistant.types import Answer, Citation, ClaimReport, Passage, ScopeAssessment, Sentence, Trace
from eval.lab import SMOKE, Confidence, Lab
from knowledge.corpus import read_folder
from knowledge.keywords import terms
from knowledge.types import Source, Unit

TRACE = Trace(index_version="fake", prompt_hashes={}, model_ids={}, stage_ms={"screen": 1.0})
ANSWER_SHARE = 0.5


def make_source(source_id: str, statements: Sequence[str], published: str = "2024-05-01") -> Source:
    """A source whose text is its statements, a line each."""
    text = "\n".join(statements)
    units, at = [], 0
    for row, statement in enumerate(statements):
        units.append(
            Unit(f"{source_id}:{row}", source_id, "What it says", statement, at, at + len(statement), at,
                 at + len(statement), "seen")
        )  # fmt: skip
        at += len(statement) + 1
    return Source(
        source_id, f"Title of {source_id}", "Publisher", None, published, None, None, "2026-01-01", None, None, None,
        "made up", "report", text, "0" * 64, tuple(units),
    )  # fmt: skip


def citation(source: Source, unit: Unit, number: int = 1) -> Citation:
    """The citation of a unit."""
    return Citation(
        number=number, source_id=source.id, title=source.title, publisher=source.publisher, url=source.url,
        published=source.published, evidence="seen", section=unit.section, quote=unit.text,
        start=unit.start, end=unit.end,
    )  # fmt: skip


def answer(text: str, status: str = "answered", **fields: Any) -> Answer:
    """An answer with what matters given."""
    return Answer(status=status, text=text, question="q", as_at="2026-01-01", trace=TRACE, **fields)  # type: ignore[arg-type]


def assessment(description: str, verdict: str, confidence: float = 0.9) -> ScopeAssessment:
    """A verdict with nothing behind it."""
    return ScopeAssessment(
        description=description, verdict=verdict, confidence=confidence, criteria=(), device="no", device_why="",  # type: ignore[arg-type]
        before_use=(), basis="inference", ask=None, contact="information governance lead", why="", rule="R1",
    )  # fmt: skip


class TinyAssistant:
    """Answers from its sources by shared words; of two equally good statements the later-dated one leads."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = {source.id: source for source in sources}
        self.index: Any = SimpleNamespace(units=[u for s in sources for u in s.units], sources=self.sources)
        self.asked: list[tuple[str, tuple[tuple[str, str], ...]]] = []

    def ask(self, question: str, history: Sequence[tuple[str, str]] = ()) -> Answer:
        """The best statement, cited; not_in_sources when none shares enough words."""
        self.asked.append((question, tuple(history)))
        wanted = set(terms(question))
        ranked = sorted(self.index.units, key=lambda unit: self._key(unit, wanted))
        best = ranked[0]
        if not wanted or len(wanted & set(terms(best.text))) < ANSWER_SHARE * len(wanted):
            return answer("The published material does not say.", "not_in_sources")
        source = self.sources[best.source_id]
        return answer(
            f"As at {source.published}: {best.text} [1]",
            sentences=(Sentence(text=best.text, citations=(1,), support=1.0),), citations=(citation(source, best),),
        )  # fmt: skip

    def _key(self, unit: Unit, wanted: set[str]) -> tuple[float, str, str]:
        date = "".join(chr(0x7F - ord(ch) % 0x7F) for ch in self.sources[unit.source_id].newest_date())
        return (-len(wanted & set(terms(unit.text))), date, unit.id)

    def assess_scope(self, description: str) -> ScopeAssessment:
        """Clinical words are out, rotas are in, the rest needs assessment."""
        text = description.lower()
        verdict = "out_of_scope" if "diagnos" in text else "in_scope" if "rota" in text else "needs_assessment"
        return assessment(description, verdict)

    def search(self, query: str, k: int = 10) -> list[Passage]:
        """Statements by shared words."""
        wanted = set(terms(query))
        ranked = sorted(self.index.units, key=lambda unit: self._key(unit, wanted))[:k]
        return [
            Passage(
                source_id=unit.source_id, title=self.sources[unit.source_id].title, publisher="Publisher", url=None,
                published=None, section=unit.section, text=unit.text, start=unit.start, end=unit.end, score=0.5,
                evidence="seen",
            )
            for unit in ranked
        ]  # fmt: skip

    def source_view(self, source_id: str) -> Source:
        """The source; KeyError for an unknown one."""
        return self.sources[source_id]


class WordChecker:
    """Supported when every word of the claim is in the evidence; the score is the share that is."""

    def check_pair(self, claim: str, evidence: str) -> ClaimReport:
        """Check by words."""
        wanted, found = set(claim.lower().split()), set(evidence.lower().split())
        share = len(wanted & found) / max(1, len(wanted))
        label = "supported" if share == 1 else "not_stated"
        return ClaimReport(text=claim, label=label, supported=share == 1, score=share, why="")


def open_tiny(folder: Path, index_dir: Path) -> TinyAssistant:
    """A tiny assistant over a folder of documents."""
    return TinyAssistant(read_folder(folder).sources)


def make_lab(confidence: Any = lambda question: Confidence(0.5, 1.0)) -> Lab:
    """A lab without models."""
    return Lab(SMOKE, WordChecker(), confidence, open_tiny)
