"""The "Sources" tab: the register as a table, and one source to read."""

from __future__ import annotations

from collections import Counter
from html import escape
from itertools import groupby

from assistant.web.citations import superseded_words
from assistant.web.door import Door
from assistant.web.markup import date_words, outside_link, table
from knowledge.types import Source, Unit
from prompts import load_wordings


class RegisterTab:
    """The logic of the tab, free of Gradio."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def register_html(self) -> str:
        """Every source with its dates, evidence counts and what overrides it."""
        head = ("Id", "Title", "Publisher", "Dates", "Statements by evidence", "Superseded by")
        rows = [_row(source) for source in self._door.index.sources.values()]
        return f'<div class="panel wide register">{table("Register of sources", head, rows)}</div>'

    def reading_html(self, source_id: str) -> str:
        """One source to read. An id that is not in the register gives an empty page."""
        if source_id not in self._door.index.sources:
            return ""
        source = self._door.source_view(source_id)
        return (
            '<article class="panel reading" id="reading" tabindex="-1">'
            f'<h2 class="panel-title">{escape(source.title)}</h2>'
            f"{self._about(source)}{_sections(source)}</article>"
        )

    def _about(self, source: Source) -> str:
        facts = [
            ("Publisher", escape(source.publisher)),
            ("Dates", _dates(source)),
            ("Checked", escape(date_words(source.checked))),
            ("Licence", escape(source.licence)),
        ]
        listed = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
        notice = ""
        if source.superseded_by:
            words = superseded_words(source.superseded_by, self._door.source_view)
            notice = f'<p class="notice"><strong>{escape(words)}</strong></p>'
        link = f"<p>{outside_link(source.url, f'Open at {source.publisher}')}</p>" if source.url else ""
        return f'{notice}<dl class="facts">{listed}</dl>{link}'


def _row(source: Source) -> tuple[str, ...]:
    button = f'<button type="button" class="linklike" data-source="{escape(source.id)}">{escape(source.title)}</button>'
    return (
        escape(source.id), button, escape(source.publisher), _dates(source), _evidence(source),
        escape(source.superseded_by or "no"),
    )  # fmt: skip


def _dates(source: Source) -> str:
    lines = [f"published {date_words(source.published)}" if source.published else "undated"]
    if source.published_note:
        lines.append(source.published_note)
    if source.updated:
        lines.append(f"updated {date_words(source.updated)}")
    if source.in_force_from:
        lines.append(f"in force from {date_words(source.in_force_from)}")
    if source.in_force_to:
        lines.append(f"in force to {date_words(source.in_force_to)}")
    return "<br>".join(escape(line) for line in lines)


def _evidence(source: Source) -> str:
    counts = Counter(unit.evidence for unit in source.units)
    words = load_wordings()
    return "<br>".join(escape(f"{count} {words(f'evidence_{mark}')}") for mark, count in counts.most_common())


def _sections(source: Source) -> str:
    parts = []
    for section, units in groupby(source.units, key=lambda unit: unit.section):
        heading = f"<h3>{escape(section)}</h3>" if section else ""
        parts.append(f"{heading}{_passages(source, list(units))}")
    return "".join(parts)


def _passages(source: Source, units: list[Unit]) -> str:
    words = load_wordings()
    seen: set[tuple[int, int]] = set()
    items = []
    for unit in units:
        span = unit.passage_start, unit.passage_end
        if span in seen:
            continue
        seen.add(span)
        mark = escape(words(f"evidence_{unit.evidence}"))
        items.append(
            f"<li>{escape(source.text[span[0] : span[1]])} "
            f'<span class="evidence evidence-{unit.evidence}">{mark}</span></li>'
        )
    return f'<ul class="statements">{"".join(items)}</ul>'
