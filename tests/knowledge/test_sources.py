from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import SourceFormatError
from knowledge.sources import SHIPPED_SOURCES, check_sources, read_source, read_sources

FRONT = """---
id: S90
title: "A title"
publisher: "A publisher"
url: "https://example.org/a"
published: "2026-01-02"
published_note: null
updated: null
checked: "2026-11-24"
in_force_from: null
in_force_to: null
superseded_by: null
licence: "OGL v3"
kind: guidance
---

# A title

## A section

"""


def write(tmp_path: Path, body: str, front: str = FRONT) -> Path:
    path = tmp_path / "S90.md"
    path.write_text(front + body, encoding="utf-8")
    return path


def test_statement_carries_text_offsets_and_marks(tmp_path: Path) -> None:
    mark = "{reported via https://example.org/b; superseded by S90; single source}"
    path = write(tmp_path, f"- Trusts must do a thing. {mark}\n")
    source = read_source(path)
    (unit,) = source.units
    assert source.text[unit.start : unit.end] == unit.text == "Trusts must do a thing."
    assert (unit.evidence, unit.via, unit.superseded_by, unit.single_source) == (
        "reported", "https://example.org/b", "S90", True,
    )  # fmt: skip
    assert unit.section == "A section"


@pytest.mark.parametrize(
    ("body", "reason", "line"),
    [
        ("- No mark at the end.\n", "not a heading or a statement", 21),
        ("- Two sentences here. And one more. {seen}\n", "more than one sentence", 21),
        ("- A mark nobody knows. {guessed}\n", "evidence mark 'guessed'", 21),
        ("- A bad address. {reported via nowhere}\n", "not a single web address", 21),
        ("- A bad note. {seen; perhaps}\n", "'perhaps' in the mark", 21),
        ("- " + "word " * 50 + "end. {seen}\n", "the limit is 45", 21),
        ("", "no statement", 1),
    ],
)
def test_malformed_statement_is_refused_with_file_line_and_reason(
    tmp_path: Path, body: str, reason: str, line: int
) -> None:
    path = write(tmp_path, body)
    with pytest.raises(SourceFormatError) as caught:
        read_source(path)
    assert caught.value.line == line
    assert reason in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "reason", "line"),
    [
        ('published: "2026-01-02"', 'published: "January"', "not a date", 6),
        ("id: S90", "id: ninety", "not a source id", 2),
        ("kind: guidance", "kind: rumour", "kind", 14),
        ('licence: "OGL v3"\n', "", "licence", 1),
    ],
)
def test_malformed_front_matter_is_refused(tmp_path: Path, old: str, new: str, reason: str, line: int) -> None:
    path = write(tmp_path, "- A fine statement. {seen}\n", FRONT.replace(old, new))
    with pytest.raises(SourceFormatError) as caught:
        read_source(path)
    assert reason in str(caught.value)
    assert caught.value.line == line


def test_unknown_superseding_source_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "- A fine statement. {seen; superseded by S91}\n")
    assert "S91" in str(check_sources(tmp_path)[0])


def test_lenient_reading_keeps_unmarked_sentences_as_unchecked(tmp_path: Path) -> None:
    source = read_source(write(tmp_path, "Somebody added this line.\n"), strict=False)
    assert [(unit.text, unit.evidence) for unit in source.units] == [("Somebody added this line.", "unchecked")]


def test_shipped_sources_are_well_formed_and_complete() -> None:
    assert check_sources(SHIPPED_SOURCES) == []
    sources = {source.id: source for source in read_sources(SHIPPED_SOURCES)}
    assert {f"S{number:02d}" for number in range(1, 54)} <= set(sources)
    for source in sources.values():
        for unit in source.units:
            assert source.text[unit.start : unit.end] == unit.text


def test_every_2025_scribe_statement_says_that_it_is_superseded() -> None:
    for source in read_sources(SHIPPED_SOURCES):
        for unit in source.units:
            if "Class I medical device status" in unit.text and "2025" in unit.text:
                assert unit.superseded_by == "S12" or "supersed" in unit.text.lower(), unit.text
