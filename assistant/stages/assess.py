"""Stage 5: judge each use of AI that the message describes. Other messages pass by."""

from __future__ import annotations

from assistant.conversation.scope_thread import finding_of
from assistant.conversation.uses import split_uses
from assistant.scope.assess import Reply
from assistant.toolkit import Toolkit
from assistant.turn import Turn


def assess(turn: Turn, toolkit: Toolkit) -> None:
    """Set `assessments`, one a use; a reply or a "what if" says what it changed."""
    request = turn.scope_request
    if request is None:
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
