"""Printing for people: answers, assessments, progress bars."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel
from rich.console import Console
from rich.markdown import Markdown
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from assistant.errors import InputError
from assistant.scope.assess import VERDICT_WORDS
from assistant.types import Answer, Citation, ScopeAssessment

Item = TypeVar("Item")
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

_DEVICE = {"yes": "likely", "no": "unlikely", "depends": "it depends"}


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error that takes (what, done, total); nothing is drawn when it is not a terminal."""
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=err, transient=True, disable=not err.is_terminal,
    ) as bar:  # fmt: skip
        tasks: dict[str, object] = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done, total=total)  # type: ignore[arg-type]

        yield report


def each(items: Sequence[Item], what: str) -> Iterator[Item]:
    """The items, with a progress bar when there are several."""
    if len(items) < 2:
        yield from items
        return
    with progress_bar() as report:
        for done, item in enumerate(items):
            report(what, done, len(items))
            yield item


def read_lines(words: Sequence[str], file: Path | None) -> list[str]:
    """The messages of a command: its words joined as one, or the non-empty lines of a file ("-" for standard input)."""
    if file is not None:
        try:
            text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{file} cannot be read as text: {error}") from error
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if not lines:
            raise InputError(f"{file} has no lines in it.")
        return lines
    if not words:
        raise InputError("Nothing was asked. Put the question behind the command, or name a file with --file.")
    return [" ".join(words)]


def print_json(value: BaseModel | object) -> None:
    """One JSON document a line."""
    text = value.model_dump_json() if isinstance(value, BaseModel) else json.dumps(value, ensure_ascii=False)
    sys.stdout.write(text + "\n")


def print_answer(answer: Answer) -> None:
    """The answer as it reads, then its sources."""
    out.print(Markdown(answer.text))
    if answer.citations:
        out.print()
        out.print("[bold]Sources[/bold]")
        for citation in answer.citations:
            out.print(_source_line(citation), soft_wrap=True, markup=False)
    out.print(
        f"Status: {answer.status}{f' ({answer.reason})' if answer.reason else ''}. As at {answer.as_at}.", style="dim"
    )


def _source_line(citation: Citation) -> str:
    parts = [
        citation.publisher,
        citation.title,
        citation.published or "undated",
        f"{citation.source_id}, {citation.evidence}",
    ]
    if citation.superseded_by:
        parts.append(f"superseded by {citation.superseded_by}")
    return f"  [{citation.number}] {' · '.join(parts)}{f' · {citation.url}' if citation.url else ''}"


def print_assessment(assessment: ScopeAssessment) -> None:
    """The three answers, the criteria as a table, the steps and the deciding question."""
    out.print(f"[bold]Fit with the Charter:[/bold] {VERDICT_WORDS[assessment.verdict]}, because {assessment.why}.")
    out.print(f"  Confidence {assessment.confidence:.0%}; basis: {assessment.basis}; ask your {assessment.contact}.")
    out.print(f"[bold]Medical device:[/bold] {_DEVICE[assessment.device]}. {assessment.device_why}")
    table = Table(title="Tests", title_justify="left", show_lines=False)
    for heading in ("Test", "Question", "Finding", "How sure"):
        table.add_column(heading)
    for criterion in assessment.criteria:
        table.add_row(criterion.id, criterion.question, criterion.finding, f"{criterion.probability:.0%}")
    out.print(table)
    out.print("[bold]Before using it:[/bold]")
    for step in assessment.before_use:
        sources = ", ".join(citation.source_id for citation in step.citations)
        out.print(f"  - {step.text} Ask your {step.role}. ({sources})", markup=False)
    for change in assessment.changed:
        out.print(f"[bold]What changed:[/bold] {change}")
    if assessment.ask:
        out.print(f"[bold]One question would settle it:[/bold] {assessment.ask}")
    out.print("This is not an official decision.", style="dim")
