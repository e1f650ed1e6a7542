"""A conversation as Markdown, with the sources of every answer."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.scope.note import citation_line
from assistant.types import Answer
from prompts import load_wordings


def conversation_markdown(history_of_answers: Iterable[Answer]) -> str:
    """The conversation, oldest turn first: each question, its answer and the answer's numbered sources."""
    words = load_wordings()
    parts = ["# Conversation with the Charter Assistant", words("not_official")]
    for number, answer in enumerate(history_of_answers, 1):
        parts += [f"## Question {number}", _quoted(asked(answer)), answer_markdown(answer)]
    return "\n\n".join(parts) + "\n"


def answer_markdown(answer: Answer) -> str:
    """One answer with its numbered sources and the date its knowledge was last checked."""
    parts = [answer.text]
    if answer.citations:
        parts.append("**Sources**")
        parts.append("\n".join(f"- [{citation.number}] {citation_line(citation)}" for citation in answer.citations))
    parts.append(f"Knowledge as at {answer.as_at}; index {answer.trace.index_version}.")
    return "\n\n".join(parts)


def asked(answer: Answer) -> str:
    """The question, unless it seemed to hold personal data: such a message is not repeated anywhere."""
    return load_wordings()("web_withheld") if answer.reason == "personal_data" else answer.question


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines() or [""])
