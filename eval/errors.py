"""Errors of the evaluation. A message says what happened and what to do next.

EvaluationError          (an AssistantError, so that the command line shows it as it is)
├── CaseFormatError      a case file breaks the format: file, line, reason
└── ReportError          a report or baseline file cannot be read
"""

from __future__ import annotations

from pathlib import Path

from assistant.errors import AssistantError


class EvaluationError(AssistantError):
    """Base: the evaluation could not run."""


class CaseFormatError(EvaluationError):
    """A case file breaks the format."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path, self.line, self.reason = path, line, reason


class ReportError(EvaluationError):
    """A report or baseline file cannot be read."""
