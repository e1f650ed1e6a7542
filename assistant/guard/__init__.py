"""The guard at the door: what a message holds that must not come in, and what must be answered in another way."""

from assistant.guard.characters import MAX_QUESTION_CHARACTERS, CleanText, clean
from assistant.guard.crisis import CrisisFinding, find_crisis
from assistant.guard.instructions import InstructionFinding, find_instruction
from assistant.guard.personal_data import find_personal_data
from assistant.guard.redaction import redact, without_identifiers

__all__ = [
    "MAX_QUESTION_CHARACTERS",
    "CleanText",
    "CrisisFinding",
    "InstructionFinding",
    "clean",
    "find_crisis",
    "find_instruction",
    "find_personal_data",
    "redact",
    "without_identifiers",
]
