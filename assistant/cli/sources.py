"""`charter-assistant sources`: the register of sources and the check of their format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from assistant.cli import console

sources_app = typer.Typer(no_args_is_help=True, help="The register of sources, and the check of their format.")
Where = Annotated[Path | None, typer.Argument(help="folder of source files; the shipped ones by default")]


@sources_app.command("check")
def check(folder: Where = None) -> None:
    """Refuse malformed source files, naming file, line and reason; exit code 1 when there are any."""
    from knowledge.scope_rules import load_scope_rules, unmatched_examples
    from knowledge.sources import SHIPPED_SOURCES, check_sources, read_sources

    where = folder or SHIPPED_SOURCES
    problems = [str(problem) for problem in check_sources(where)]
    if not problems and folder is None:
        problems = unmatched_examples(load_scope_rules(), read_sources(where))
    for problem in problems:
        console.out.print(problem, markup=False, soft_wrap=True)
    if problems:
        raise typer.Exit(1)
    count = len(list(where.glob("*.md")))
    if count == 0:
        console.out.print(f"{where}: no .md file in it", markup=False)
        raise typer.Exit(2)
    console.out.print(f"{count} source files, all well formed")


@sources_app.command("list")
def show(folder: Where = None, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Show the register with dates, evidence and what is superseded."""
    from knowledge.sources import SHIPPED_SOURCES, read_sources

    table = Table(show_lines=False)
    for heading in ("id", "title", "publisher", "published", "updated", "kind", "evidence", "superseded"):
        table.add_column(heading, overflow="fold")
    for source in read_sources(folder or SHIPPED_SOURCES):
        counts: dict[str, int] = {}
        for unit in source.units:
            counts[unit.evidence] = counts.get(unit.evidence, 0) + 1
        overridden = sum(unit.superseded_by is not None for unit in source.units)
        superseded = (
            f"by {source.superseded_by}" if source.superseded_by else (f"{overridden} statements" if overridden else "")
        )
        if as_json:
            console.print_json(
                {
                    "id": source.id, "title": source.title, "publisher": source.publisher, "url": source.url,
                    "published": source.published, "updated": source.updated, "checked": source.checked,
                    "in_force_from": source.in_force_from, "in_force_to": source.in_force_to, "kind": source.kind,
                    "licence": source.licence, "evidence": counts, "superseded_by": source.superseded_by,
                    "superseded_statements": overridden, "sha256": source.digest,
                }
            )  # fmt: skip
            continue
        evidence = ", ".join(f"{count} {mark}" for mark, count in sorted(counts.items()))
        table.add_row(
            source.id,
            source.title,
            source.publisher,
            source.published or "undated",
            source.updated or "",
            source.kind,
            evidence,
            superseded,
        )
    if not as_json:
        console.out.print(table)
