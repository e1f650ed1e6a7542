"""The "Ask" tab: the chat, its status line and what its buttons do."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.errors import AssistantError
from assistant.types import Answer, AnswerEvent, Sentence, SentenceEvent, StageEvent
from assistant.web.door import Door
from assistant.web.examples import load_roles
from assistant.web.panel import panel_html, welcome_html
from assistant.web.session import Session, partial, said, told
from prompts import load_wordings

SECONDS_BETWEEN_UPDATES = 0.1
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class View:
    """What an update shows; None leaves a part as it is."""

    messages: list[dict[str, Any]] | None = None
    box: str | None = None
    panel: str | None = None
    status: str | None = None
    session: Session | None = None
    running: bool = False


class AskTab:
    """The logic of the tab, free of Gradio: takes words and a session, gives views."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._words = load_wordings()

    def ask(self, words: str, session: Session) -> Iterator[View]:
        """Answer one message, view by view; at most one view every 0.1 s until the last."""
        words = words.strip()
        if not words:
            yield View(status=self._words("empty_question"))
            return
        chat = [*session.messages(), said(words)]
        yield View(messages=chat, box="", status=self._words("stage_screen"), running=True)
        try:
            yield from self._stream(words, session, chat)
        except AssistantError as error:
            yield View(messages=[*chat, told(str(error))], box=words, status="")
        except Exception:  # the page must say so, whatever it was; the log has the cause, never the words
            _LOG.exception("the assistant failed on a message")
            yield View(messages=[*chat, told(self._words("web_error"))], box=words, status="")

    def _stream(self, words: str, session: Session, chat: list[dict[str, Any]]) -> Iterator[View]:
        sentences: list[Sentence] = []
        status = ""
        shown = time.monotonic()
        for event in self._door.stream(words, history=session.history()):
            if isinstance(event, AnswerEvent):
                yield self._finished(words, session, event.answer)
                return
            if isinstance(event, StageEvent):
                status = event.message
            elif isinstance(event, SentenceEvent):
                sentences.append(event.sentence)
            if time.monotonic() - shown >= SECONDS_BETWEEN_UPDATES:
                shown = time.monotonic()
                yield View(messages=[*chat, partial(sentences)] if sentences else None, status=status, running=True)

    def _finished(self, words: str, session: Session, answer: Answer) -> View:
        after = session.add(words, answer)
        return View(
            messages=after.messages(), panel=panel_html(after, after.turns[-1], self._door),
            status=self._words("web_ready"), session=after,
        )  # fmt: skip

    def example(self, data: Any, session: Session) -> Iterator[View]:
        """Answer an example question, named by its place in the list."""
        try:
            question = load_roles()[int(data["role"])].questions[int(data["question"])]
        except (KeyError, IndexError, TypeError, ValueError):
            return
        yield from self.ask(question, session)

    def stopped(self, session: Session) -> View:
        """After "Stop": the chat without the unfinished turn."""
        return View(messages=session.messages(), status=self._words("web_stopped"))

    def cleared(self) -> View:
        """After "Clear": an empty chat and the example questions."""
        return View(messages=[], box="", panel=welcome_html(load_roles()), status="", session=Session())

    def opened(self, data: Any, session: Session) -> View:
        """The panel of the answer a marker belongs to, with that citation open."""
        try:
            turn, number = session.find(str(data["answer"])), int(data["number"])
        except (KeyError, TypeError, ValueError):
            return View()
        return View(panel=panel_html(session, turn, self._door, number)) if turn else View()
