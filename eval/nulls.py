"""Systems that know nothing. A figure on which one of them passes the gate says nothing about the real one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.types import Answer, Citation, ScopeAssessment, Sentence, Status, Trace
from eval.lab import Subject
from knowledge.index import Index
from knowledge.types import Passage, Source


@dataclass(frozen=True)
class _Null:
    """Base: everything but `ask` is the real assistant's."""

    real: Subject

    def assess_scope(self, description: str) -> ScopeAssessment:
        """As the real assistant."""
        return self.real.assess_scope(description)

    def search(self, query: str, k: int = 10) -> list[Passage]:
        """As the real assistant."""
        return self.real.search(query, k)

    def source_view(self, source_id: str) -> Source:
        """As the real assistant."""
        return self.real.source_view(source_id)

    @property
    def index(self) -> Index:
        """As the real assistant."""
        return self.real.index


class AlwaysRefuses(_Null):
    """Says of everything that the sources do not say."""

    name = "always refuses"

    def ask(self, question: str, history: Sequence[tuple[str, str]] = ()) -> Answer:
        """The same words for every question."""
        return _answer("not_in_sources", question, "The published material does not say.")


class Echoes(_Null):
    """Repeats the question as its answer."""

    name = "echoes the question"

    def ask(self, question: str, history: Sequence[tuple[str, str]] = ()) -> Answer:
        """The question, as a statement."""
        return _answer("answered", question, question, (Sentence(text=question, citations=(), support=1.0),))


class TopPassage(_Null):
    """Shows the best-matching passage, whatever was asked."""

    name = "top passage only"

    def ask(self, question: str, history: Sequence[tuple[str, str]] = ()) -> Answer:
        """The first passage that the search finds, cited."""
        found = self.real.search(question, 1)
        if not found:
            return _answer("not_in_sources", question, "Nothing found.")
        top = found[0]
        citation = Citation(
            number=1, source_id=top.source_id, title=top.title, publisher=top.publisher, url=top.url,
            published=top.published, evidence=top.evidence, section=top.section, quote=top.text,
            start=top.start, end=top.end,
        )  # fmt: skip
        sentence = Sentence(text=top.text, citations=(1,), support=1.0)
        return _answer("answered", question, f"{top.text} [1]", (sentence,), (citation,))


NULL_SYSTEMS = (AlwaysRefuses, Echoes, TopPassage)


def _answer(
    status: Status, question: str, text: str, sentences: tuple[Sentence, ...] = (), citations: tuple[Citation, ...] = ()
) -> Answer:
    trace = Trace(index_version="null", prompt_hashes={}, model_ids={}, stage_ms={})
    return Answer(
        status=status, text=text, sentences=sentences, citations=citations, question=question, as_at="", trace=trace
    )
