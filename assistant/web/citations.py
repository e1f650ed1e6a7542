"""The source panel: each citation opens the quoted passage, highlighted, in the section it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from assistant.scope.note import evidence_words
from assistant.types import Citation
from assistant.web.markup import anchor, date_words, outside_link
from knowledge.types import Passage, Source
from prompts import load_wordings

SourceView = Callable[[str], Source]
NEIGHBOURS = 4


def citations_html(answer_id: str, citations: Iterable[Citation], view: SourceView, opened: int | None = None) -> str:
    """The numbered citations of one answer; the one numbered `opened` is unfolded."""
    items = "".join(_item(answer_id, citation, view, citation.number == opened) for citation in citations)
    return f'<ol class="citations">{items}</ol>' if items else ""


def _item(answer_id: str, citation: Citation, view: SourceView, opened: bool) -> str:
    name = anchor(answer_id, citation.number)
    return (
        f'<li><details id="{escape(name)}" class="citation"{" open" if opened else ""}>'
        f'<summary><span class="number" aria-hidden="true">{citation.number}</span><span class="head">'
        f'<span class="vh">Source {citation.number}: </span><span class="title">{escape(citation.title)}</span>'
        f'<span class="meta">{escape(citation.publisher)} · {escape(date_words(citation.published))}</span>'
        f'<span class="evidence evidence-{citation.evidence}">{escape(evidence_words(citation))}</span>'
        "</span></summary>"
        f'<div class="citation-body">{_notes(citation, view)}{passage_html(citation, view(citation.source_id))}'
        f"{_links(citation)}</div></details></li>"
    )


def superseded_words(newer_id: str, view: SourceView) -> str:
    """The notice that a newer source overrides this one."""
    newer = view(newer_id)
    return load_wordings()(
        "superseded", newer=f"{newer.publisher}, {newer.title} ({newer.id})", date=date_words(newer.newest_date())
    )


def _notes(citation: Citation, view: SourceView) -> str:
    if not citation.superseded_by:
        return ""
    return f'<p class="notice"><strong>{escape(superseded_words(citation.superseded_by, view))}</strong></p>'


def passage_html(citation: Citation, source: Source) -> str:
    """The section around the quote, the quote marked by its exact offsets in the stored text."""
    spans = _passages(source, citation)
    shown = "".join(f"<p>{marked(source.text, start, end, citation.start, citation.end)}</p>" for start, end in spans)
    heading = f'<p class="section">{escape(citation.section)}</p>' if citation.section else ""
    return f'{heading}<blockquote class="passages" tabindex="-1">{shown}</blockquote>'


def marked(text: str, start: int, end: int, mark_start: int, mark_end: int) -> str:
    """`text[start:end]` with the part that lies in the mark highlighted. Offsets are in characters of `text`."""
    first, last = max(start, mark_start), min(end, mark_end)
    if first >= last:
        return escape(text[start:end])
    return f"{escape(text[start:first])}<mark>{escape(text[first:last])}</mark>{escape(text[last:end])}"


def _passages(source: Source, citation: Citation) -> list[tuple[int, int]]:
    """Spans of the passages of the cited section, the nearest few on each side of the quote."""
    spans = sorted({(u.passage_start, u.passage_end) for u in source.units if u.section == citation.section})
    hits = [place for place, (start, end) in enumerate(spans) if start < citation.end and end > citation.start]
    if not hits:
        return [(citation.start, citation.end)]
    return spans[max(0, hits[0] - NEIGHBOURS) : hits[-1] + NEIGHBOURS + 1]


def _links(citation: Citation) -> str:
    links = [_read_button(citation.source_id)]
    if citation.url:
        links.append(outside_link(citation.url, f"Open at {citation.publisher}"))
    if citation.via and citation.via != citation.url:
        links.append(outside_link(citation.via, "Where the account was read"))
    return f'<p class="links">{"".join(links)}</p>'


def _read_button(source_id: str) -> str:
    return (
        f'<button type="button" class="linklike" data-source="{escape(source_id)}">'
        f"Read the whole source ({escape(source_id)})</button>"
    )


def related_html(passages: Iterable[Passage]) -> str:
    """The nearest passages to a question that none of them answers."""
    items = "".join(
        f'<li><p>{escape(passage.text)}</p><p class="meta">{escape(passage.title)}, {escape(passage.publisher)} · '
        f"{escape(date_words(passage.published))} {_read_button(passage.source_id)}</p></li>"
        for passage in passages
    )
    return f'<ul class="related">{items}</ul>' if items else ""
