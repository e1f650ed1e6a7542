"""The scope verdict as a card: three answers kept apart, told by words and the shape of a sign, not by colour alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO

from assistant.scope.note import FINDINGS, Numbering, applies_words, confidence_words, note_document, note_markdown
from assistant.types import Citation, Criterion, NearestCase, ScopeAssessment, Step
from assistant.web.markup import citation_links, download_link, fold, table
from prompts import load_wordings

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SIGNS = {
    "yes": '<circle cx="12" cy="12" r="10"/><path class="in" d="M7 12.5l3.5 3.5L17 8.5"/>',
    "no": '<rect x="2.5" y="2.5" width="19" height="19" rx="2"/><path class="in" d="M8 8l8 8M16 8l-8 8"/>',
    "open": '<path d="M12 2L23 21.5H1Z"/><path class="in" d="M12 9v6M12 17.6v1"/>',
}
_VERDICT_SIGN = {"in_scope": "yes", "out_of_scope": "no", "needs_assessment": "open"}
_DEVICE_SIGN = {"no": "yes", "yes": "no", "depends": "open"}


def card_html(
    answer_id: str, assessment: ScopeAssessment, numbering: Numbering, versions: Mapping[str, str], title: str = ""
) -> str:
    """The card of one assessment. Citations get their numbers from `numbering`, which the caller lists afterwards."""
    named = f'<p class="use">{escape(title)}</p>' if title else ""
    return (
        f'<article class="card">{named}{_changed(assessment.changed)}{_fit(answer_id, assessment, numbering)}'
        f"{_device(assessment)}{_before(answer_id, assessment, numbering)}{_question(assessment)}"
        f"{_details(answer_id, assessment, numbering)}{_downloads(assessment, versions)}</article>"
    )


def _marks(answer_id: str, citations: Sequence[Citation], numbering: Numbering) -> str:
    return citation_links(answer_id, (numbering.number(citation) for citation in citations))


def _verdict(sign: str, words: str) -> str:
    return (
        f'<p class="verdict verdict-{sign}"><svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f"{_SIGNS[sign]}</svg><strong>{escape(words)}</strong></p>"
    )


def _fit(answer_id: str, assessment: ScopeAssessment, numbering: Numbering) -> str:
    words = load_wordings()
    return (
        f"<section><h3>Fit with the Charter’s focus</h3>"
        f"{_verdict(_VERDICT_SIGN[assessment.verdict], words(f'web_verdict_{assessment.verdict}'))}"
        f"<p>{_sentence(assessment.why)}{_marks(answer_id, assessment.citations, numbering)} "
        f"{escape(words(f'scope_after_{assessment.verdict}'))}</p>"
        f'<dl class="facts"><div><dt>How sure</dt><dd>{escape(confidence_words(assessment.confidence)).capitalize()} '
        f"({assessment.confidence:.0%})</dd></div>"
        f"<div><dt>Basis</dt><dd>{escape(words(f'scope_basis_{assessment.basis}'))}</dd></div></dl></section>"
    )


def _device(assessment: ScopeAssessment) -> str:
    return (
        f"<section><h3>Medical device</h3>"
        f"{_verdict(_DEVICE_SIGN[assessment.device], load_wordings()(f'web_device_{assessment.device}'))}"
        f"<p>{_sentence(assessment.device_why)}</p></section>"
    )


def _before(answer_id: str, assessment: ScopeAssessment, numbering: Numbering) -> str:
    steps = "".join(_step(answer_id, step, numbering) for step in assessment.before_use)
    contact = f"<p>Whom to ask first: <strong>your {escape(assessment.contact)}</strong>.</p>"
    return f'<section><h3>Before using it</h3>{contact}<ol class="steps">{steps}</ol></section>'


def _step(answer_id: str, step: Step, numbering: Numbering) -> str:
    applies = f" · {escape(applies_words(step.applies_to))}" if step.applies_to else ""
    return (
        f"<li>{escape(step.text)}{_marks(answer_id, step.citations, numbering)}"
        f'<span class="meta">Ask your {escape(step.role)}{applies}</span></li>'
    )


def _question(assessment: ScopeAssessment) -> str:
    if not assessment.ask:
        return ""
    return (
        f'<section class="question"><h3>One question would settle it</h3><p>{escape(assessment.ask)}</p>'
        '<p class="meta">“I don’t know” is a fine reply.</p></section>'
    )


def _details(answer_id: str, assessment: ScopeAssessment, numbering: Numbering) -> str:
    parts = [fold("The tests, one by one", criteria_html(answer_id, assessment.criteria, numbering))]
    if assessment.would_change:
        items = "".join(f"<li>{escape(item)}</li>" for item in assessment.would_change)
        parts.append(fold("What would change it", f"<ul>{items}</ul>"))
    if assessment.nearest:
        cases = "".join(_case(case) for case in assessment.nearest)
        parts.append(fold("Nearest judged cases", f'<ul class="nearest">{cases}</ul>'))
    return "".join(parts)


def criteria_html(answer_id: str, criteria: Sequence[Criterion], numbering: Numbering) -> str:
    """The criteria as a table: id, question, finding, why, source."""
    rows = [
        (
            escape(criterion.id),
            escape(criterion.question),
            f"<strong>{FINDINGS[criterion.finding]}</strong> ({criterion.probability:.0%})",
            escape(criterion.why),
            _marks(answer_id, criterion.citations, numbering).strip() or "none",
        )
        for criterion in criteria
    ]
    return table("The tests and what was found", ("Test", "Question", "Finding", "Why", "Source"), rows)


def _case(case: NearestCase) -> str:
    words = load_wordings()
    differs = f"Differs in: {'; '.join(case.differs_in)}" if case.differs_in else "The same findings on every test"
    return (
        f"<li><p>“{escape(case.text)}”</p>"
        f'<p class="meta"><strong>{escape(words(f"web_verdict_{case.verdict}"))}</strong> · {escape(differs)}</p></li>'
    )


def _changed(changes: Sequence[str]) -> str:
    if not changes:
        return ""
    items = "".join(f"<li>{escape(change)}</li>" for change in changes)
    return f'<section class="notice"><h3>What changed</h3><ul>{items}</ul></section>'


def _downloads(assessment: ScopeAssessment, versions: Mapping[str, str]) -> str:
    markdown = note_markdown(assessment, versions).encode()
    stream = BytesIO()
    note_document(assessment, versions).save(stream)
    return (
        f'<p class="actions"><span class="actions-title">Scoping note to take away:</span>'
        f"{download_link('scoping-note.docx', stream.getvalue(), DOCX, 'Word (.docx)')}"
        f"{download_link('scoping-note.md', markdown, 'text/markdown;charset=utf-8', 'Markdown (.md)')}</p>"
    )


def _sentence(text: str) -> str:
    return escape(text[:1].upper() + text[1:].rstrip(".") + ".")
