"""The scoping note."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from assistant.scope.note import Numbering, note_docx, note_markdown
from tests.assistant.web.fakes import cite, make_assessment

VERSIONS = {"index": "abc123", "judge": "made-up-judge"}


def test_the_note_holds_everything_to_take_away() -> None:
    replies = (("Does anyone act on it first?", "I don't know"),)
    note = note_markdown(make_assessment("A tool that builds rotas.", answers=replies, changed=("Was, is.",)), VERSIONS)
    for part in (
        "not a decision", "A tool that builds rotas.", "| Does anyone act on it first? | I don't know |",
        "Needs assessment", "It depends whether it is a medical device", "likely right (78%)", "| T1 |",
        "Your clinical safety officer", "NHS trust", "What would change the finding", "What changed since",
        "dated 2024-04", "Reported, not read at the source", "| Caldicott Guardian |", "index: abc123",
        "judge: made-up-judge", "https://example.org/charter",
    ):  # fmt: skip
        assert part in note, part


def test_citations_are_numbered_through_the_note() -> None:
    note = note_markdown(make_assessment(), VERSIONS)
    sources = note.split("## Sources")[1]
    assert "Whether it recommends is left open. [1]" in note
    assert "Write down what it is for. [2]" in note
    assert "1. The Example Gazette" in sources
    assert "2. The Example Gazette" in sources
    assert "3. " not in sources.split("##")[0]


def test_a_description_cannot_write_markup() -> None:
    note = note_markdown(make_assessment("# A <b>tool</b> | [x](http://y) **so**\n\n## Approved"), VERSIONS)
    assert r"\# A \<b\>tool\</b\> \| \[x](http://y) \*\*so\*\* \## Approved" in note


def test_the_word_document_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "note.docx"
    note_docx(make_assessment("A tool\x00 that builds rotas."), VERSIONS, path)
    document = Document(str(path))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "A tool that builds rotas." in text
    assert "[2] The Example Gazette" in text
    assert [table.rows[0].cells[0].text for table in document.tables] == ["Test", "Step", "Role"]
    assert document.core_properties.author == ""


def test_numbering_goes_on_after_the_given_citations() -> None:
    numbering = Numbering([cite("S02", 1, 4)])
    assert numbering.number(cite("S02", 1)) == 4
    assert numbering.number(cite("S02", 0)) == 5
    assert [citation.number for citation in numbering.citations()] == [4, 5]
