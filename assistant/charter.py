"""The assistant as Python code sees it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.guard.orders_in_sources import without_orders
from assistant.pipeline import run
from assistant.render import to_answer
from assistant.settings import Settings, load_settings
from assistant.stages.retrieve import gather
from assistant.toolkit import Toolkit
from assistant.turn import History, Turn
from assistant.types import Answer, AnswerEvent, Event, Passage, ScopeAssessment, SentenceEvent, StageEvent
from knowledge.corpus import read_folder
from knowledge.embedding import default_embeddings, hub_embeddings
from knowledge.index import Index, SyncReport, open_index, sync
from knowledge.retrieval import to_passage
from knowledge.sources import SHIPPED_SOURCES, read_sources
from knowledge.types import Source

Progress = Callable[[str, int, int], None]
ORGANISATIONS = ("trust", "gp_practice", "icb", "central_body")


class CharterAssistant:
    """Answers questions on the Charter and judges uses of AI, with a checked citation behind every sentence.

    The default needs no key, no network and no server:

        >>> from assistant import CharterAssistant
        >>> answer = CharterAssistant().ask("Who keeps control of patient data?")
        >>> answer.status
        'answered'
        >>> "S02" in [citation.source_id for citation in answer.citations]
        True
    """

    def __init__(
        self, index_dir: Path | str | None = None, settings: Settings | None = None, progress: Progress | None = None
    ) -> None:
        """Open the shipped knowledge, building or updating its index where needed.

        Args:
            index_dir: where the index is kept; by default in the user's cache folder.
            settings: other settings than those of the environment.
            progress: told (what, done, total) while an index is built.
        """
        settings = settings or load_settings()
        folder = Path(index_dir) if index_dir else settings.data_dir / "index"
        self._open(read_sources(SHIPPED_SOURCES), folder, settings, progress)

    @classmethod
    def from_sources(
        cls,
        folder: Path | str,
        index_dir: Path | str | None = None,
        settings: Settings | None = None,
        progress: Progress | None = None,
    ) -> CharterAssistant:
        """The same assistant over any folder of documents (.md .txt .html .pdf .docx).

        A file that cannot be read does not stop the others; `refused` names it and says why, and tells
        of sentences that were left out because they give orders to a program.
        Raises a DocumentError when nothing in the folder can be read.
        """  # fmt: skip
        settings = settings or load_settings()
        folder = Path(folder)
        corpus = read_folder(folder)
        name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
        assistant = cls.__new__(cls)
        screened = [without_orders(source) for source in corpus.sources]
        if not any(source.units for source in screened):
            raise InputError(f"{folder} has no sentence that can be answered from; give a folder with other documents.")
        assistant._open(
            screened,
            Path(index_dir) if index_dir else settings.data_dir / "folders" / name,
            settings,
            progress,
        )
        left_out = (
            f"{before.title}: {count} sentences left out, because they speak to a program rather than to a reader."
            for before, after in zip(corpus.sources, screened, strict=True)
            if (count := len(before.units) - len(after.units))
        )
        assistant.refused = (*(str(error) for error in corpus.refused), *left_out)
        return assistant

    def _open(self, sources: list[Source], index_dir: Path, settings: Settings, progress: Progress | None) -> None:
        self.refused: tuple[str, ...] = ()
        embeddings: Any = hub_embeddings(settings.embedding_model) if settings.embedding_model else default_embeddings()
        model_id = settings.embedding_model or default_embeddings().model_id
        index_dir.mkdir(parents=True, exist_ok=True)
        self.sync_report: SyncReport = sync(sources, index_dir, embeddings, model_id, progress)
        self._toolkit = Toolkit(settings, open_index(index_dir, sources, embeddings), embeddings)

    @property
    def index(self) -> Index:
        """The opened index."""
        return self._toolkit.index

    def ask(self, question: str, history: Sequence[tuple[str, str]] = ()) -> Answer:
        """Answer one message, given the earlier (user, assistant) turns.

        Raises InputError when the question is not text or the history is not pairs of texts.
        """
        for event in self.stream(question, history):
            if isinstance(event, AnswerEvent):
                return event.answer
        raise AssertionError("a stream ends with its answer")

    def stream(self, question: str, history: Sequence[tuple[str, str]] = ()) -> Iterator[Event]:
        """The same as events: each stage as it begins, then the checked sentences, then the whole answer."""
        turn = Turn(_checked_text(question, "question"), _checked_history(history))
        for stage in run(turn, self._toolkit):
            yield StageEvent(stage=stage, message=self._toolkit.wordings(f"stage_{stage}"))
        answer = to_answer(turn, self._toolkit)
        for sentence in answer.sentences:
            yield SentenceEvent(sentence=sentence)
        yield AnswerEvent(answer=answer)

    def assess_scope(
        self, description: str, replies: Sequence[tuple[str, str]] = (), organisation: str | None = None
    ) -> ScopeAssessment:
        """Judge a use of AI: fit with the Charter's focus, device status, steps before use.

        Args:
            description: what the tool is for and what it does, in anybody's words.
            replies: (criterion name, reply) for deciding questions asked so far; see `ScopeAssessment.ask_criterion`.
            organisation: "trust", "gp_practice", "icb" or "central_body", for the steps that apply; None for all.

        Raises:
            InputError: an empty description, an unknown criterion or organisation, or personal data in the text.
        """
        from assistant.conversation.scope_thread import finding_of
        from assistant.guard import clean, find_personal_data
        from assistant.scope.assess import Reply

        text = clean(_checked_text(description, "description")).text.strip()
        if not any(ch.isalnum() for ch in text):
            raise InputError(
                "The description is empty. Say what the tool is meant to do and what happens with its output."
            )
        if find_personal_data(description):
            raise InputError(
                "The description seems to hold personal data. Describe the tool without details of anyone."
            )
        if organisation is not None and organisation not in ORGANISATIONS:
            raise InputError(f"organisation '{organisation}' is not known; use one of {', '.join(ORGANISATIONS)}.")
        known = {test.name: test for test in self._toolkit.rules.tests}
        for name, _ in replies:
            if name not in known:
                raise InputError(f"criterion '{name}' is not known; use one of {', '.join(known)}.")
        told = tuple(Reply(name, known[name].ask, words, finding_of(words)) for name, words in replies)
        return self._toolkit.assessor.assess(text, told, organisation)

    def compare_scope(self, before: ScopeAssessment, after: ScopeAssessment) -> ScopeAssessment:
        """`after` with what differs from `before` in its `changed`: the answer to a "what if"."""
        return self._toolkit.assessor.compare(before, after)

    def search(self, query: str, k: int = 10) -> list[Passage]:
        """The k best passages for a query, best first, each with its exact place in its source."""
        text = _checked_text(query, "query")
        if k < 1:
            raise InputError("k must be 1 or more.")
        if not any(ch.isalnum() for ch in text):
            return []
        graded = {item.unit.id: item for item in gather(text, self._toolkit)}
        hits = self._toolkit.retriever.hits(text, max(3 * k, 20))
        worth = {
            hit.unit.id: (
                0.5 * graded[hit.unit.id].answers + 0.5 * hit.score if hit.unit.id in graded else 0.5 * hit.score
            )
            for hit in hits
        }
        passages: dict[tuple[str, int], Passage] = {}
        for hit in sorted(hits, key=lambda item: (-worth[item.unit.id], item.unit.id)):
            key = (hit.unit.source_id, hit.unit.passage_start)
            passages.setdefault(key, to_passage(self.index, hit.unit, worth[hit.unit.id]))
        return list(passages.values())[:k]

    def source_view(self, source_id: str) -> Source:
        """A source with its stored text and units. Raises InputError for an unknown id."""
        if source_id not in self.index.sources:
            raise InputError(f"There is no source '{source_id}'; see `charter-assistant sources list`.")
        return self.index.sources[source_id]

    def versions(self) -> dict[str, str]:
        """The versions that stand behind an answer: index and every model in use."""
        return {"index": self.index.manifest.version, **self._toolkit.model_ids()}

    def warm_up(self) -> None:
        """Load every model, so that the first question is as quick as the next."""
        self.ask("Is staff rostering in scope?")
        self.ask("Who signed the Charter?")


def _checked_text(text: object, name: str) -> str:
    if not isinstance(text, str):
        raise InputError(f"The {name} must be text, not {type(text).__name__}.")
    return text


def _checked_history(history: Sequence[tuple[str, str]]) -> History:
    turns = []
    for pair in history:
        if not isinstance(pair, (tuple, list)) or len(pair) != 2 or not all(isinstance(part, str) for part in pair):
            raise InputError("history must be pairs of texts: [(what the user said, what the assistant said), …].")
        turns.append((_encodable(pair[0]), _encodable(pair[1])))
    return tuple(turns)


def _encodable(text: str) -> str:
    """The text without lone surrogates, which no tokenizer can read."""
    return text.encode("utf-8", "replace").decode("utf-8")
