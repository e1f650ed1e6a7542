"""The "Check a use of AI" tab: the form, replies to the deciding question and "what if"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape

from assistant.errors import AssistantError
from assistant.types import ScopeAssessment
from assistant.web.door import Door
from assistant.web.panel import assessment_html
from prompts import load_wordings

ORGANISATIONS = (
    ("NHS trust", "trust"),
    ("GP practice", "gp_practice"),
    ("Integrated care board (ICB)", "icb"),
    ("Central body", "central_body"),
    ("Not sure", ""),
)
REPLIES = ("Yes", "No", "I don't know")


@dataclass(frozen=True)
class Check:
    """One use under judgement: the form's words, the replies (criterion, words) and the last assessment."""

    description: str = ""
    organisation: str | None = None
    replies: tuple[tuple[str, str], ...] = ()
    assessment: ScopeAssessment | None = None


@dataclass(frozen=True)
class CheckView:
    """What the tab shows. `ask` is the open question, if any."""

    result: str
    state: Check
    ask: str | None = None


class CheckTab:
    """The logic of the tab, free of Gradio."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def start(self, description: str, organisation: str | None) -> CheckView:
        """Judge a described use."""
        return self._judge(Check(description.strip(), organisation or None), None)

    def reply(self, state: Check, choice: str | None, words: str) -> CheckView:
        """Take the reply to the deciding question; `words` add to the choice or stand alone."""
        before = state.assessment
        said = ". ".join(part for part in (choice or "", words.strip()) if part)
        if before is None or before.ask_criterion is None or not said:
            return CheckView(self._shown(before), state, before.ask if before else None)
        return self._judge(replace(state, replies=(*state.replies, (before.ask_criterion, said))), before)

    def what_if(self, state: Check, words: str) -> CheckView:
        """Judge the same use with words added, and show what that changed."""
        before = state.assessment
        if before is None or not words.strip():
            return CheckView(self._shown(before), state, before.ask if before else None)
        return self._judge(replace(state, description=f"{state.description} {words.strip()}"), before)

    def _judge(self, state: Check, before: ScopeAssessment | None) -> CheckView:
        if not state.description:
            return CheckView(_message(load_wordings()("web_describe_first")), Check())
        try:
            after = self._door.assess_scope(state.description, state.replies, state.organisation)
        except AssistantError as error:
            return CheckView(_message(str(error)), state)
        if before is not None:
            after = self._door.compare_scope(before, after)
        return CheckView(self._shown(after), replace(state, assessment=after), after.ask)

    def _shown(self, assessment: ScopeAssessment | None) -> str:
        return assessment_html(assessment, self._door) if assessment else ""


def _message(text: str) -> str:
    return f'<p class="notice" role="alert">{escape(text)}</p>'
