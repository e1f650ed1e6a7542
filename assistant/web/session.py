"""What one browser tab has seen: answers by id. Kept in memory only, and gone with the tab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.export import asked
from assistant.types import Answer, Sentence
from assistant.web.markup import answer_html, plain_message

Message = dict[str, Any]  # the form Gradio's chat takes


@dataclass(frozen=True)
class Shown:
    """One turn: its id on the page, the words as typed and the answer."""

    id: str
    typed: str
    answer: Answer


@dataclass(frozen=True)
class Session:
    """The turns so far, oldest first."""

    turns: tuple[Shown, ...] = ()

    def next_id(self) -> str:
        """The id of the next turn."""
        return f"a{len(self.turns) + 1}"

    def add(self, typed: str, answer: Answer) -> Session:
        """With one more turn. Words that seemed to hold personal data are not kept."""
        kept = asked(answer) if answer.reason == "personal_data" else typed
        return Session((*self.turns, Shown(self.next_id(), kept, answer)))

    def find(self, answer_id: str) -> Shown | None:
        """The turn of that id."""
        return next((turn for turn in self.turns if turn.id == answer_id), None)

    def history(self) -> tuple[tuple[str, str], ...]:
        """The pairs the assistant is given to understand a follow-up."""
        return tuple((turn.typed, turn.answer.text) for turn in self.turns)

    def messages(self) -> list[Message]:
        """The chat as it is shown."""
        return [message for turn in self.turns for message in (said(turn.typed), _answered(turn))]


def said(words: str) -> Message:
    """A user's message."""
    return {"role": "user", "content": plain_message(words)}


def partial(sentences: list[Sentence]) -> Message:
    """The checked sentences so far; their markers become links with the whole answer."""
    text = " ".join(f"{item.text} {''.join(f'[{number}]' for number in item.citations)}" for item in sentences)
    return {"role": "assistant", "content": answer_html(text, "", ())}


def told(text: str) -> Message:
    """A message of the program about itself."""
    return {"role": "assistant", "content": answer_html(text, "", ())}


def _answered(turn: Shown) -> Message:
    numbers = {citation.number for citation in turn.answer.citations}
    return {"role": "assistant", "content": answer_html(turn.answer.text, turn.id, numbers)}
