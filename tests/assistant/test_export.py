"""The conversation as Markdown."""

from __future__ import annotations

from assistant.export import conversation_markdown
from tests.assistant.web.fakes import CONTROL, make_answer


def test_each_answer_comes_with_its_question_and_sources() -> None:
    text = conversation_markdown([make_answer("Who keeps control?\nReally?"), make_answer("And why?")])
    assert "## Question 1\n\n> Who keeps control?\n> Really?\n" in text
    assert "## Question 2\n\n> And why?\n" in text
    source = "The Example Gazette: Announcement S02 (S02), dated 2024-04; What it says"
    assert text.count(f"- [1] {source}. “{CONTROL}") == 2
    assert "Superseded: S02 is newer" in text
    assert "Knowledge as at 2026-11-24; index abc123." in text


def test_a_message_with_personal_data_is_not_repeated() -> None:
    declined = make_answer("999 123 4567").model_copy(update={"status": "declined", "reason": "personal_data"})
    assert "999" not in conversation_markdown([declined])
