"""What stands beside the chat: the verdict cards and sources of one answer, or example questions before the first."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.export import answer_markdown, conversation_markdown
from assistant.scope.note import Numbering
from assistant.types import ScopeAssessment
from assistant.web.card import card_html
from assistant.web.citations import citations_html, related_html
from assistant.web.door import Door
from assistant.web.examples import Role
from assistant.web.markup import copy_button, date_words, download_link, fold
from assistant.web.session import Session, Shown
from prompts import load_wordings

MARKDOWN = "text/markdown;charset=utf-8"


def panel_html(session: Session, turn: Shown, door: Door, opened: int | None = None) -> str:
    """The panel of one answer, with citation number `opened` unfolded."""
    answer = turn.answer
    numbering = Numbering(answer.citations)
    uses = answer.scopes or ((answer.scope,) if answer.scope else ())
    cards = "".join(
        card_html(turn.id, use, numbering, door.versions(), use.description if len(uses) > 1 else "") for use in uses
    )
    verdict = f'<h2 class="panel-title">Verdict</h2>{cards}' if cards else ""
    sources = citations_html(turn.id, numbering.citations(), door.source_view, opened)
    nothing = f'<p class="meta">{escape(load_wordings()("web_no_sources"))}</p>'
    near = related_html(answer.related) if not answer.citations else ""
    return (
        f'<div class="panel"><p class="about meta">About: “{escape(turn.typed)}”</p>{verdict}'
        f'<h2 class="panel-title">Sources</h2>{sources or nothing}'
        f"{fold('Nearest passages, none of which answers it', near) if near else ''}"
        f"{_actions(session, turn)}</div>"
    )


def _actions(session: Session, turn: Shown) -> str:
    conversation = conversation_markdown(shown.answer for shown in session.turns).encode()
    return (
        '<p class="actions">'
        f"{copy_button(answer_markdown(turn.answer), 'Copy this answer')}"
        f"{download_link('conversation.md', conversation, MARKDOWN, 'Save the conversation')}"
        f'</p><p class="meta">Knowledge as at {escape(date_words(turn.answer.as_at))}.</p>'
    )


def welcome_html(roles: Sequence[Role]) -> str:
    """Example questions by role. A question is told to the server by its place in the list, not by its words."""
    groups = "".join(
        f'<details class="fold role" name="roles"{" open" if place == 0 else ""}><summary>{escape(role.role)}</summary>'
        f'<ul class="examples">{_questions(place, role)}</ul></details>'
        for place, role in enumerate(roles)
    )
    return (
        '<div class="panel"><h2 class="panel-title">Questions to start with</h2>'
        f'{groups}<p class="meta">{escape(load_wordings()("web_panel_empty"))}</p></div>'
    )


def _questions(place: int, role: Role) -> str:
    return "".join(
        f'<li><button type="button" class="example" data-role="{place}" data-question="{number}">'
        f"{escape(text)}</button></li>"
        for number, text in enumerate(role.questions)
    )


def assessment_html(assessment: ScopeAssessment, door: Door) -> str:
    """The result on the page of its own: the card and its sources."""
    numbering = Numbering()
    card = card_html("check", assessment, numbering, door.versions())
    return (
        f'<div class="panel wide"><h2 class="panel-title">Result</h2>{card}<h2 class="panel-title">Sources</h2>'
        f"{citations_html('check', numbering.citations(), door.source_view)}</div>"
    )
