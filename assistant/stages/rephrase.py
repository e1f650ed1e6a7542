"""Stage 2: read the message with what was said before, and find what it takes for granted."""

from __future__ import annotations

from assistant.conversation.followups import standalone
from assistant.conversation.premise import premise_of
from assistant.conversation.scope_thread import continue_thread
from assistant.toolkit import Toolkit
from assistant.turn import Turn

SCOPE_HEADINGS = ("scope_heading_in_scope", "scope_heading_out_of_scope", "scope_heading_needs_assessment")


def rephrase(turn: Turn, toolkit: Toolkit) -> None:
    """Set `standalone`, `scope_request` when a scope conversation goes on, and `premise`."""
    markers = tuple(toolkit.wordings(heading) for heading in SCOPE_HEADINGS)
    turn.scope_request = continue_thread(turn.text, turn.history, toolkit.rules, markers)
    turn.standalone = turn.text if turn.scope_request else standalone(turn.text, turn.history)
    turn.premise = premise_of(turn.text)
