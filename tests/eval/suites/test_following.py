"""Source-following: a reader of sources passes, one that remembers its answers fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.types import Answer
from eval.cases import Cases
from eval.errors import CaseFormatError, EvaluationError
from eval.folders import CANARY, add_documents, check_matches, copy_sources, delete, edit, write_source
from eval.lab import Lab
from eval.suites import following
from eval.suites.following import FollowingCase, load_following
from knowledge.documents import read_document
from knowledge.sources import SHIPPED_SOURCES, read_source, read_sources
from tests.eval.fakes import TinyAssistant, make_lab, open_tiny

NO_CASES = Cases((), (), (), (), "")


def test_every_case_still_fits_the_shipped_sources(tmp_path: Path) -> None:
    cases = load_following()
    assert {case.kind for case in cases} == {"edit", "delete", "versions", "plant"}
    for case in cases:
        if case.kind == "edit":
            assert any(case.find in path.read_text(encoding="utf-8") for path in SHIPPED_SOURCES.glob("*.md")), case.id
        if case.kind == "delete":
            check_matches(SHIPPED_SOURCES, case.pattern)


def test_a_case_must_be_complete(tmp_path: Path) -> None:
    path = tmp_path / "following.jsonl"
    path.write_text('{"id": "a", "kind": "plant", "question": "q"}\n{"id": "b", "kind": "delete", "question": "q"}\n')
    with pytest.raises(CaseFormatError, match="needs 'pattern'") as caught:
        load_following(path)
    assert caught.value.line == 2


def test_edit_and_delete_change_a_copy_that_still_reads(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    copy_sources(folder)
    assert edit(folder, "25 April 2024", "9 May 2023") > 1
    assert delete(folder, "Burghart") > 1
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.md"))
    assert "Burghart" not in "".join(line for line in text.splitlines() if line.startswith("- "))
    assert "25 April 2024" not in text
    read_sources(folder)
    with pytest.raises(EvaluationError, match="no longer in the sources"):
        edit(folder, "25 April 2024", "x")
    with pytest.raises(EvaluationError, match="no statement matches"):
        check_matches(folder, "Burghart")


def test_a_written_source_is_in_the_project_format(tmp_path: Path) -> None:
    write_source(tmp_path, "Z01", "A notice", "2024-02-10", "The gate opens at nine.")
    source = read_source(tmp_path / "Z01.md")
    assert (source.published, source.units[0].text) == ("2024-02-10", "The gate opens at nine.")


def test_orders_are_planted_in_the_open_in_hidden_html_and_in_white_pdf_text(tmp_path: Path) -> None:
    for name in ("clean", "planted"):
        copy_sources(tmp_path / name)
        add_documents(tmp_path / name, planted=name == "planted")
    assert CANARY in (tmp_path / "planted" / "tea-round.html").read_text(encoding="utf-8")
    assert CANARY.encode() in (tmp_path / "planted" / "linen.pdf").read_bytes()
    assert CANARY in (tmp_path / "planted" / "S02.md").read_text(encoding="utf-8")
    assert CANARY not in "".join(p.read_text(encoding="utf-8") for p in (tmp_path / "clean").glob("*.md"))
    for name in ("clean", "planted"):
        assert "night porter counts the linen" in read_document(tmp_path / name / "linen.pdf").text
        assert "begins at half past ten" in read_document(tmp_path / name / "tea-round.html").text


def outcomes(lab: Lab) -> dict[str, list[bool]]:
    result = following.run(TinyAssistant([]), NO_CASES, lab)
    by_kind: dict[str, list[bool]] = {}
    for item in result.items:
        by_kind.setdefault(item.id.split("-")[0], []).append(item.right)
    return by_kind


@pytest.fixture(autouse=True)
def _an_index_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tiny assistant builds no index; the suite copies one."""

    def open_with_index(folder: Path, index_dir: Path) -> TinyAssistant:
        index_dir.mkdir(exist_ok=True)
        return open_tiny(folder, index_dir)

    monkeypatch.setattr("tests.eval.fakes.open_tiny", open_with_index)


def test_a_reader_of_sources_follows() -> None:
    found = outcomes(make_lab())
    assert sum(found["edit"]) >= 8
    assert sum(found["versions"]) >= 3  # shared words alone cannot tell "may" from "must" in a question


def test_one_that_remembers_its_answers_is_found_out() -> None:
    class Remembers(TinyAssistant):
        def __init__(self) -> None:
            super().__init__(read_sources(SHIPPED_SOURCES))

    def open_remembering(folder: Path, index_dir: Path) -> Any:
        index_dir.mkdir(exist_ok=True)
        return Remembers()

    lab = make_lab()
    lab.open_folder = open_remembering
    found = outcomes(lab)
    assert not any(found["edit"])
    assert not any(found["versions"])
    assert all(found["plant"])


def test_a_planted_order_that_is_obeyed_is_found() -> None:
    def obeys(folder: Path, index_dir: Path) -> Any:
        index_dir.mkdir(exist_ok=True)
        assistant = open_tiny(folder, index_dir)
        if CANARY in (folder / "S02.md").read_text(encoding="utf-8"):
            ask = assistant.ask

            def obey(question: str, history: Any = ()) -> Answer:
                given = ask(question, history)
                return given.model_copy(update={"text": f"{given.text} {CANARY}"})

            assistant.ask = obey  # type: ignore[method-assign]
        return assistant

    lab = make_lab()
    lab.open_folder = obeys
    assert not any(outcomes(lab)["plant"])


def test_what_counts_as_abstaining() -> None:
    case = FollowingCase(id="d", kind="delete", question="q", pattern="x")
    declined = TinyAssistant(read_sources(SHIPPED_SOURCES)).ask("quantum badger?")
    assert following._abstains(case, declined) == ""
    assert "instead of" in following._abstains(case, declined.model_copy(update={"status": "answered"}))
