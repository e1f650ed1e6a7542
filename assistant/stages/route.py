"""Stage 3: what kind of message is it? Declines what is not for this assistant."""

from __future__ import annotations

from assistant.toolkit import Toolkit
from assistant.turn import ScopeRequest, Turn

DECLINE_AT = 0.6
OFF_TOPIC_AT = 0.85  # below this the sources are searched before a message is called off topic
INSTRUCTION_AT = 0.75
SCOPE_AT = 0.5


def route(turn: Turn, toolkit: Toolkit) -> None:
    """Set `route`; finish off-topic messages, clinical advice and disguised instructions."""
    chances = toolkit.router.probabilities(turn.standalone)
    turn.route_probabilities = chances
    if turn.scope_request is not None:
        turn.route = "scope"
        return
    say = toolkit.wordings
    best = max(chances, key=lambda name: chances[name])
    turn.route = best
    if best == "instruction" and chances[best] >= INSTRUCTION_AT:
        turn.finish("declined", say("decline_instruction"), "unsafe_instruction")
    elif best == "clinical_advice" and chances[best] >= DECLINE_AT:
        turn.finish("declined", say("decline_clinical"), "clinical_advice")
    elif best == "off_topic" and chances[best] >= OFF_TOPIC_AT:
        turn.finish("declined", say("decline_off_topic"), "off_topic")
    elif best == "scope" and chances[best] >= SCOPE_AT:
        turn.scope_request = ScopeRequest(turn.standalone)
    elif best not in {"about_assistant", "off_topic"}:
        turn.route = "knowledge"
