"""The scoping note: what a member of staff takes away from an assessment, as Markdown or as a Word document.

The note is put together once, as blocks, and written twice. Citations are numbered through the whole note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.types import Citation, ScopeAssessment
from prompts import load_wordings

REVIEWERS = (
    "Information governance lead",
    "Caldicott Guardian",
    "Data protection officer",
    "Clinical safety officer",
    "Owner of the use (service or system owner)",
)
ORGANISATIONS = {
    "trust": "NHS trust",
    "gp_practice": "GP practice",
    "icb": "integrated care board (ICB)",
    "central_body": "central body",
}
FINDINGS = {"yes": "Yes", "no": "No", "unclear": "Unclear"}
_MARKDOWN = re.compile(r"[\\`*_<>|]|\[(?!\d+\])|^[#+-]")
_ADDRESS = re.compile(r"https?://[\w./?=&%#:~+,-]+")


class Numbering:
    """Gives each distinct quoted place one number, in order of first use, starting after the given citations."""

    def __init__(self, given: Iterable[Citation] = ()) -> None:
        self._by_place: dict[tuple[str, int, int], Citation] = {}
        self._next = 1
        for citation in given:
            self._by_place.setdefault(_place(citation), citation)
            self._next = max(self._next, citation.number + 1)

    def number(self, citation: Citation) -> int:
        """The number of the citation's place."""
        place = _place(citation)
        if place not in self._by_place:
            self._by_place[place] = citation.model_copy(update={"number": self._next})
            self._next += 1
        return self._by_place[place].number

    def citations(self) -> tuple[Citation, ...]:
        """Every citation numbered so far, in order of number."""
        return tuple(sorted(self._by_place.values(), key=lambda citation: citation.number))


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text, set strongly when it must not be overlooked."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list of plain texts."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a head row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Bullets | Table


def note_markdown(assessment: ScopeAssessment, versions: Mapping[str, str]) -> str:
    """The note as Markdown. `versions` names knowledge and models, for example {"index": "4f0c…"}."""
    return "\n\n".join(_as_markdown(block) for block in note_blocks(assessment, versions)) + "\n"


def note_docx(assessment: ScopeAssessment, versions: Mapping[str, str], path: Path) -> None:
    """Write the note to `path` as a Word document."""
    note_document(assessment, versions).save(str(path))


def write_note(assessment: ScopeAssessment, versions: Mapping[str, str], path: Path) -> None:
    """Write the note to `path`, as .md or .docx by its name. Raises InputError for any other."""
    if path.suffix.lower() == ".docx":
        note_docx(assessment, versions, path)
    elif path.suffix.lower() == ".md":
        path.write_text(note_markdown(assessment, versions), encoding="utf-8")
    else:
        raise InputError(f"{path}: a scoping note is a .md or a .docx file.")


def note_document(assessment: ScopeAssessment, versions: Mapping[str, str]) -> Any:
    """The note as a python-docx document."""
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    document.core_properties.title = "Scoping note"
    document.core_properties.author = ""
    document.core_properties.language = "en-GB"
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(11)
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2)
    for block in note_blocks(assessment, versions):
        _into_document(document, block)
    return document


def note_blocks(assessment: ScopeAssessment, versions: Mapping[str, str]) -> tuple[Block, ...]:
    """The whole note in order."""
    numbering = Numbering()
    body = (
        *_opening(assessment),
        *_findings(assessment, numbering),
        *_criteria(assessment, numbering),
        *_steps(assessment, numbering),
        *_open_points(assessment),
    )
    return (*body, *_sources(numbering.citations()), *_closing(versions))


def citation_line(citation: Citation) -> str:
    """A citation in one line: where, when, and how well it is known."""
    words = load_wordings()
    date = f"dated {citation.published}" if citation.published else "undated"
    parts = [f"{citation.publisher}: {citation.title} ({citation.source_id}), {date}; {citation.section}"]
    parts.append(f"“{citation.quote}”")
    parts.append(evidence_words(citation))
    if citation.via:
        parts.append(f"read in {citation.via}")
    if citation.superseded_by:
        parts.append(words("web_superseded", newer=citation.superseded_by))
    if citation.url:
        parts.append(citation.url)
    return ". ".join(part.rstrip(".") for part in parts)


def evidence_words(citation: Citation) -> str:
    """How well the cited fact is known, in words that begin a sentence."""
    words = load_wordings()(f"evidence_{citation.evidence}")
    return words[:1].upper() + words[1:] + ("; from a single source" if citation.single_source else "")


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.source_id, citation.start, citation.end


def _marks(citations: Iterable[Citation], numbering: Numbering) -> str:
    return "".join(f" [{numbering.number(citation)}]" for citation in citations)


def _opening(assessment: ScopeAssessment) -> tuple[Block, ...]:
    words = load_wordings()
    blocks: list[Block] = [
        Heading(1, "Scoping note: use of AI and the Collaboration Charter"),
        Paragraph(words("web_note_not_decision"), strong=True),
        Heading(2, "The use, as described"),
        Paragraph(assessment.description),
    ]
    if assessment.answers:
        blocks.append(Heading(2, "Questions asked and replies"))
        blocks.append(Table(("Question", "Reply"), assessment.answers))
    return tuple(blocks)


def _findings(assessment: ScopeAssessment, numbering: Numbering) -> tuple[Block, ...]:
    words = load_wordings()
    fit = words(f"web_verdict_{assessment.verdict}")
    device = words(f"web_device_{assessment.device}")
    sure = f"{confidence_words(assessment.confidence)} ({assessment.confidence:.0%})"
    return (
        Heading(2, "Three findings, kept apart"),
        Heading(3, "1. Fit with the Charter's reported focus"),
        Paragraph(f"{fit}. {words(f'scope_after_{assessment.verdict}')}", strong=True),
        Paragraph(_sentence(assessment.why) + _marks(assessment.citations, numbering)),
        Paragraph(f"How sure: {sure}. Basis: {words(f'scope_basis_{assessment.basis}')}"),
        Heading(3, "2. Medical device"),
        Paragraph(f"{device}. {_sentence(assessment.device_why)}"),
        Heading(3, "3. Before using it"),
        Paragraph(f"See the steps below. First contact: your {assessment.contact}."),
    )


def _criteria(assessment: ScopeAssessment, numbering: Numbering) -> tuple[Block, ...]:
    rows = tuple(
        (
            criterion.id,
            criterion.question,
            f"{FINDINGS[criterion.finding]} ({criterion.probability:.0%})",
            criterion.why + _marks(criterion.citations, numbering),
        )
        for criterion in assessment.criteria
    )
    return (Heading(2, "The tests"), Table(("Test", "Question", "Finding", "Why"), rows))


def _steps(assessment: ScopeAssessment, numbering: Numbering) -> tuple[Block, ...]:
    rows = tuple(
        (
            step.text + _marks(step.citations, numbering),
            f"Your {step.role}",
            applies_words(step.applies_to),
            "",
        )
        for step in assessment.before_use
    )
    return (Heading(2, "Steps before use"), Table(("Step", "Whom to ask", "Applies to", "Done, by whom, date"), rows))


def _open_points(assessment: ScopeAssessment) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if assessment.ask:
        blocks += [Heading(2, "The question that would settle it"), Paragraph(assessment.ask)]
    if assessment.would_change:
        blocks += [Heading(2, "What would change the finding"), Bullets(assessment.would_change)]
    if assessment.changed:
        blocks += [Heading(2, "What changed since the last reply"), Bullets(assessment.changed)]
    return tuple(blocks)


def _sources(citations: tuple[Citation, ...]) -> tuple[Block, ...]:
    return (Heading(2, "Sources"), Bullets(tuple(citation_line(citation) for citation in citations), numbered=True))


def _closing(versions: Mapping[str, str]) -> tuple[Block, ...]:
    blank = tuple((role, "", "", "") for role in REVIEWERS)
    return (
        Heading(2, "Named reviewers"),
        Table(("Role", "Name", "View", "Date"), blank),
        Heading(2, "Versions"),
        Bullets(tuple(f"{name}: {version}" for name, version in versions.items())),
        Paragraph(load_wordings()("not_official")),
    )


def confidence_words(confidence: float) -> str:
    """How sure, in words: the same four steps wherever a confidence is shown."""
    for floor, words in ((0.9, "very likely right"), (0.75, "likely right"), (0.6, "more likely right than not")):
        if confidence >= floor:
            return words
    return "uncertain"


def applies_words(kinds: tuple[str, ...]) -> str:
    """The kinds of organisation in words; empty means all."""
    return ", ".join(ORGANISATIONS.get(kind, kind) for kind in kinds) or "all organisations"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


def _escape(text: str) -> str:
    """One line in which nothing is markup; plain web addresses stay as they are, so that they can be copied."""
    words = " ".join(text.split()).split(" ")
    return " ".join(word if _ADDRESS.fullmatch(word) else _MARKDOWN.sub(r"\\\g<0>", word) for word in words)


def _as_markdown(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_escape(block.text)}"
    if isinstance(block, Paragraph):
        return f"**{_escape(block.text)}**" if block.strong else _escape(block.text)
    if isinstance(block, Bullets):
        return "\n".join(
            f"{f'{number}.' if block.numbered else '-'} {_escape(item)}" for number, item in enumerate(block.items, 1)
        )
    lines = [block.head, tuple("---" for _ in block.head), *block.rows]
    cells = [[_escape(cell) if row != 1 else cell for cell in line] for row, line in enumerate(lines)]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def _into_document(document: Any, block: Block) -> None:
    if isinstance(block, Heading):
        document.add_heading(_printable(block.text), level=block.level - 1)
    elif isinstance(block, Paragraph):
        document.add_paragraph().add_run(_printable(block.text)).bold = block.strong
    elif isinstance(block, Bullets):
        for number, item in enumerate(block.items, 1):
            if block.numbered:  # typed out, so that the numbers are those of the marks in the text
                document.add_paragraph(f"[{number}] {_printable(item)}")
            else:
                document.add_paragraph(_printable(item), style="List Bullet")
    else:
        table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
        _fill(table.rows[0], block.head, strong=True)
        for row in block.rows:
            _fill(table.add_row(), row)


def _fill(row: Any, texts: tuple[str, ...], strong: bool = False) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        cell.paragraphs[0].add_run(_printable(text)).bold = strong


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(character for character in text if character.isprintable() or character in "\n\t")
