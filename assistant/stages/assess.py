"""Stage 5: judge each use of AI that the message describes. Other messages pass by."""

from __future__ import annotations

from assistant.conversation.scope_thread import finding_of
from assistant.conversation.uses import split_uses
from assistant.scope.anchors import NearExample
from assistant.scope.assess import Reply
from assistant.toolkit import Toolkit
from assistant.turn import ScopeRequest, Turn

SURE_OF_SCOPE = 0.8
SURE_OF_ANSWER = 0.8
SURE_OF_EXAMPLE = 0.5
POSSIBLY_SCOPE = 0.15


def assess(turn: Turn, toolkit: Toolkit) -> None:
    """Set `assessments`, one a use; a reply or a "what if" says what it changed."""
    _settle_route(turn, toolkit)
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
    uses = split_uses(request.description)
    example = _example(turn, toolkit) if len(uses) == 1 else None
    turn.assessments = tuple(toolkit.assessor.assess(use, example=example) for use in uses)


def _example(turn: Turn, toolkit: Toolkit) -> NearExample | None:
    """The worked example of the scope map that fits the message, where the answer model finds one."""
    examples = (
        toolkit.anchors.example_of(item.unit, item.answers) for item in turn.evidence if item.answers >= SURE_OF_EXAMPLE
    )
    return next((example for example in examples if example is not None), None)


def _settle_route(turn: Turn, toolkit: Toolkit) -> None:
    """Let what was found settle whether a message describes a use, where the router was not sure.

    When a worked example of the scope map fits it best, it describes a use; when another statement plainly answers
    it, it asks for a fact.
    """
    if turn.scope_continues or not turn.evidence:
        return
    best = turn.evidence[0]
    chance = turn.route_probabilities["scope"]
    if toolkit.anchors.example_of(best.unit) is not None:
        if turn.scope_request is None and chance >= POSSIBLY_SCOPE and best.answers >= SURE_OF_EXAMPLE:
            turn.scope_request = ScopeRequest(turn.standalone)
    elif chance < SURE_OF_SCOPE and best.answers >= SURE_OF_ANSWER and not best.unit.gap:
        turn.scope_request = None
