"""Stage 5: judge each use of AI that the message describes. Other messages pass by."""

from __future__ import annotations

from assistant.conversation.scope_thread import finding_of
from assistant.conversation.uses import split_uses
from assistant.scope.assess import Reply
from assistant.toolkit import Toolkit
from assistant.turn import Turn


SURE_OF_SCOPE = 0.8
SURE_OF_ANSWER = 0.8


def assess(turn: Turn, toolkit: Toolkit) -> None:
    """Set `assessments`, one a use; a reply or a "what if" says what it changed."""
    request = turn.scope_request
    if request is None or _asks_for_a_fact(turn):
        turn.scope_request = None
        return
    if request.replies or request.previous:
        replies = tuple(
            Reply(name, toolkit.rules.test(name).ask, words, finding_of(words)) for name, words in request.replies
        )
        assessment = toolkit.assessor.assess(request.description, replies)
        if request.previous:
            before = toolkit.assessor.assess(request.previous, replies)
            assessment = toolkit.assessor.compare(before, assessment)
        turn.assessments = (assessment,)
        return
    turn.assessments = tuple(toolkit.assessor.assess(use) for use in split_uses(request.description))


def _asks_for_a_fact(turn: Turn) -> bool:
    """Whether a message that only may describe a use is plainly answered by a statement."""
    if turn.route_probabilities.get("scope", 1.0) >= SURE_OF_SCOPE or turn.scope_continues:
        return False
    return any(item.answers >= SURE_OF_ANSWER and not item.unit.gap for item in turn.evidence)
