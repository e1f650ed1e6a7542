"""The rule table, the tests and the steps before use, as read from `knowledge/scope/*.yaml`.

People who do not program edit those files; this module checks them and says what is wrong by file and entry.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from knowledge.errors import RuleTableError
from knowledge.types import Source

FOLDER = Path(__file__).parent / "scope"
Finding = Literal["yes", "no", "unclear"]
Verdict = Literal["in_scope", "out_of_scope", "needs_assessment"]
Organisation = Literal["trust", "gp_practice", "icb", "central_body"]
Condition = Mapping[str, tuple[Finding, ...]]
Model = TypeVar("Model", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _as_condition(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: (item,) if isinstance(item, str) else tuple(item) for key, item in value.items()}
    return value


class Anchor(_Strict):
    """A statement to cite: its source, and what it is about in a few words."""

    source: str
    about: str


class Row(_Strict):
    """One row of the rule table."""

    id: str
    when: dict[str, tuple[Finding, ...]]
    verdict: Verdict
    device: Literal["yes", "no", "depends"]
    decided_by: str
    because: str

    _condition = field_validator("when", mode="before")(_as_condition)

    def holds(self, findings: Mapping[str, str]) -> bool:
        """Whether every condition is met by the findings (by name of the test)."""
        return all(findings[name] in wanted for name, wanted in self.when.items())


class Test(_Strict):
    """One of the tests that are judged."""

    __test__ = False  # not a pytest class

    name: str
    id: str
    question: str
    ask: str
    explain: dict[Finding, str]
    cite: tuple[Anchor, ...]


class StepRule(_Strict):
    """A step before use and when it is shown."""

    id: str
    text: str
    when: tuple[dict[str, tuple[Finding, ...]], ...]
    applies_to: tuple[Organisation, ...]
    role: str
    cite: tuple[Anchor, ...]

    @field_validator("when", mode="before")
    @classmethod
    def _conditions(cls, value: Any) -> Any:
        return tuple(_as_condition(item) for item in value)

    def holds(self, findings: Mapping[str, str]) -> bool:
        """Whether any condition holds; a step without conditions always does."""
        return not self.when or any(
            all(findings[name] in wanted for name, wanted in condition.items()) for condition in self.when
        )


class Example(_Strict):
    """A worked example of the scope map: a use, its verdict, how far a source addresses it, and the statement."""

    use: str
    verdict: Verdict
    basis: Literal["sources", "partly", "inference"]
    statement: str


class ScopeRules(_Strict):
    """The whole: rows in order, tests and steps in order of showing, worked examples."""

    rows: tuple[Row, ...] = Field(min_length=1)
    tests: tuple[Test, ...] = Field(min_length=1)
    steps: tuple[StepRule, ...]
    examples: tuple[Example, ...]

    def decide(self, findings: Mapping[str, str]) -> Row:
        """The first row that holds for the findings (all tests by name)."""
        return next(row for row in self.rows if row.holds(findings))

    def test(self, name: str) -> Test:
        """The test of that name."""
        return next(test for test in self.tests if test.name == name)


class _Rows(_Strict):
    rows: tuple[Row, ...]


class _Tests(_Strict):
    criteria: tuple[Test, ...]


class _Steps(_Strict):
    steps: tuple[StepRule, ...]


class _Examples(_Strict):
    examples: tuple[Example, ...]


@functools.cache
def load_scope_rules(folder: Path = FOLDER) -> ScopeRules:
    """Read and check the four files. Raises RuleTableError naming file and entry."""
    rules = ScopeRules(
        rows=_read(folder / "rules.yaml", _Rows).rows,
        tests=_read(folder / "criteria.yaml", _Tests).criteria,
        steps=_read(folder / "steps.yaml", _Steps).steps,
        examples=_read(folder / "examples.yaml", _Examples).examples,
    )
    known = {test.name for test in rules.tests}
    named = {name for row in rules.rows for name in (*row.when, row.decided_by)}
    named |= {name for step in rules.steps for condition in step.when for name in condition}
    if named - known:
        raise RuleTableError(f"{folder}: unknown test {sorted(named - known)}; criteria.yaml knows {sorted(known)}")
    if rules.rows[-1].when:
        raise RuleTableError(
            f"{folder / 'rules.yaml'}: the last row must have no conditions, so that one row always holds"
        )
    return rules


def _read(path: Path, model: type[Model]) -> Model:
    try:
        return model.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError) as error:
        raise RuleTableError(f"{path}: cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise RuleTableError(f"{path}: entry {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def unmatched_examples(rules: ScopeRules, sources: Sequence[Source]) -> list[str]:
    """Worked examples whose statement no source makes any more, as messages; empty when all is well."""
    said = {unit.text for source in sources for unit in source.units}
    return [
        f"{FOLDER / 'examples.yaml'}: '{example.use}': no source states \"{example.statement}\""
        for example in rules.examples
        if example.statement not in said
    ]
