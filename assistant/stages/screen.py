"""Stage 1: is the message fit to be read at all? Nothing of a message with personal data is kept."""

from __future__ import annotations

from assistant.guard import clean, find_crisis, find_instruction, find_personal_data, without_identifiers
from assistant.toolkit import Toolkit
from assistant.turn import Turn

_CRISIS = {"emergency": "decline_emergency", "self_harm": "decline_self_harm", "safeguarding": "decline_safeguarding"}
_KINDS = {
    "nhs_number": "an NHS number", "ni_number": "a National Insurance number", "date_of_birth": "a date of birth",
    "name": "a person's name", "address": "an address", "postcode": "a postcode", "phone": "a phone number",
    "email": "an e-mail address", "hospital_number": "a hospital number", "payment_card": "a card number",
}  # fmt: skip


def screen(turn: Turn, toolkit: Toolkit) -> None:
    """Decline a crisis, personal data and instructions; otherwise hand on the cleaned text."""
    say = toolkit.wordings
    whole = turn.question
    cleaned = clean(whole)
    turn.text, turn.truncated = cleaned.text, cleaned.truncated
    if not any(ch.isalnum() for ch in turn.text):
        turn.finish("needs_clarification", say("empty_question"))
    elif crisis := find_crisis(whole):
        turn.question, turn.text = "", ""  # such a message may well name somebody
        turn.finish("declined", say(_CRISIS[crisis.kind]), "clinical_advice")
    elif spans := find_personal_data(whole):
        kinds = ", ".join(dict.fromkeys(_KINDS.get(span.kind, "personal data") for span in spans))
        suggestion = without_identifiers(whole, spans)
        turn.question, turn.text = "", ""  # nothing of it goes further, not even into the trace
        turn.finish("declined", say("decline_personal_data", kinds=kinds, suggestion=suggestion or ""), "personal_data")
        turn.notes.append(f"personal data: {kinds}")
    elif finding := find_instruction(whole):
        turn.finish("declined", say("decline_instruction"), "unsafe_instruction")
        turn.notes.append(f"instruction: {finding.kind}")
