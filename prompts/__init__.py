"""Every fixed wording the user may see, and every prompt for a language model, as validated, versioned files.

`wordings.yaml` holds short wordings by id; each `*.md` file is a prompt with front matter. Both are Jinja templates
that know their own variables: a missing or an unknown one is an error.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jinja2 import StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import SandboxedEnvironment

FOLDER = Path(__file__).parent
_FRONT = re.compile(r"\A---\n(?P<yaml>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)


class PromptFileError(Exception):
    """A prompt or wording file is malformed; the message names file and entry."""


@dataclass(frozen=True)
class Prompt:
    """A template with its id, version, variables and the SHA-256 of its file."""

    id: str
    version: int
    variables: frozenset[str]
    body: str
    sha256: str

    def render(self, **values: Any) -> str:
        """Fill the template in. Raises PromptFileError unless exactly its variables are given."""
        if set(values) != self.variables:
            raise PromptFileError(f"{self.id}: takes {sorted(self.variables)}, got {sorted(values)}")
        try:
            return _compiled(self.body).render(**values).strip()
        except TemplateError as error:
            raise PromptFileError(f"{self.id}: {error}") from error


class Wordings:
    """The fixed wordings by id."""

    def __init__(self, templates: Mapping[str, str], sha256: str) -> None:
        self._templates = templates
        self.sha256 = sha256

    def __call__(self, wording: str, **values: Any) -> str:
        """The wording of that id, filled in."""
        if wording not in self._templates:
            raise PromptFileError(f"wordings.yaml has no entry '{wording}'")
        try:
            return _compiled(self._templates[wording]).render(**values).strip()
        except TemplateError as error:
            raise PromptFileError(f"wordings.yaml, entry '{wording}': {error}") from error

    def ids(self) -> tuple[str, ...]:
        """Every id, in order of the file."""
        return tuple(self._templates)


@functools.cache
def load_wordings(folder: Path = FOLDER) -> Wordings:
    """Read wordings.yaml: a mapping of ids to templates, nothing else."""
    path = folder / "wordings.yaml"
    raw = path.read_text(encoding="utf-8")
    data = yaml.safe_load(raw)
    if not isinstance(data, dict) or not all(isinstance(v, str) and v.strip() for v in data.values()):
        raise PromptFileError(f"{path}: every entry must be 'id: text'")
    for name, template in data.items():
        _parse(path, name, template)
    return Wordings(data, hashlib.sha256(raw.encode()).hexdigest())


@functools.cache
def load_prompt(name: str, folder: Path = FOLDER) -> Prompt:
    """Read `name`.md: front matter with id, version and variables, then the template."""
    path = folder / f"{name}.md"
    raw = path.read_text(encoding="utf-8")
    match = _FRONT.match(raw)
    if match is None:
        raise PromptFileError(f"{path}: front matter missing")
    front = yaml.safe_load(match["yaml"])
    if set(front) != {"id", "version", "variables"} or front["id"] != name:
        raise PromptFileError(f"{path}: front matter must give id ({name}), version and variables")
    used = _parse(path, name, match["body"])
    if used != set(front["variables"]):
        raise PromptFileError(f"{path}: declares {sorted(front['variables'])} but uses {sorted(used)}")
    digest = hashlib.sha256(raw.encode()).hexdigest()
    return Prompt(name, int(front["version"]), frozenset(used), match["body"], digest)


def _parse(path: Path, name: str, template: str) -> set[str]:
    try:
        return meta.find_undeclared_variables(_environment().parse(template))
    except TemplateError as error:
        raise PromptFileError(f"{path}, entry '{name}': {error}") from error


@functools.cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


@functools.cache  # compiling takes longer than all else that is done with a wording
def _compiled(template: str) -> Template:
    return _environment().from_string(template)
