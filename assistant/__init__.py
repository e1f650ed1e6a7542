"""The Charter assistant: answers with a checked source behind every sentence.

>>> from assistant import CharterAssistant, check_grounding, find_personal_data
>>> CharterAssistant().ask("When was the Charter signed?").status
'answered'
"""

from knowledge.privacy import telemetry_off

telemetry_off()

from assistant.charter import CharterAssistant  # noqa: E402  (after the telemetry is off)
from assistant.errors import AssistantError, InputError  # noqa: E402
from assistant.grounding.check import check_grounding  # noqa: E402
from assistant.guard import find_personal_data  # noqa: E402
from assistant.types import (  # noqa: E402
    Answer,
    Citation,
    Criterion,
    GroundingReport,
    Passage,
    ScopeAssessment,
    Sentence,
    Span,
    Step,
)

__all__ = [
    "Answer",
    "AssistantError",
    "CharterAssistant",
    "Citation",
    "Criterion",
    "GroundingReport",
    "InputError",
    "Passage",
    "ScopeAssessment",
    "Sentence",
    "Span",
    "Step",
    "check_grounding",
    "find_personal_data",
]
