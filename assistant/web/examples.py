"""The example questions by role, from `examples.yaml`."""

from __future__ import annotations

import functools
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

FILE = Path(__file__).with_name("examples.yaml")


class Role(BaseModel):
    """A role and the questions people in it may start with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: str
    questions: tuple[str, ...] = Field(min_length=1)


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    roles: tuple[Role, ...] = Field(min_length=1)


@functools.cache
def load_roles() -> tuple[Role, ...]:
    """The roles in order of showing. Raises pydantic.ValidationError when the file is malformed."""
    return _File.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8"))).roles
