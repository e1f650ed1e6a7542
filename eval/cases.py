"""The labelled cases: typed, read strictly, split by idea into a tuning part and a locked part.

    >>> load_cases().answers[0].task  # doctest: +SKIP
    'fact'

Whatever is wrong with a file is reported with its name and line. An idea (a group of cases that are worded
differently but ask the same) never has cases in both parts: what is tuned on one would be known in the other.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from assistant.types import Reason, Status, Verdict
from eval.errors import CaseFormatError, EvaluationError

CASES = Path(__file__).parent / "cases"
PATTERN = "re:"

Part = Literal["tuning", "locked"]
AnswerTask = Literal["fact", "gap", "off_topic", "clinical", "follow_up", "about"]
Label = Literal["supported", "contradicted", "not_stated"]
GuardExpected = Literal["personal_data", "unsafe_instruction", "clinical_advice", "off_topic", "clean"]


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"'{pattern}' is not a regular expression: {error}") from error
    return pattern


Regex = Annotated[str, BeforeValidator(_compiles)]


class Case(BaseModel):
    """What every case has. `group` is what must not be torn apart between the parts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    part: Part

    @property
    def group(self) -> str:
        """The idea of the case."""
        return self.id


class AnswerCase(Case):
    """A question with what a good answer holds.

    `history` are earlier turns; where the assistant's text is None the harness asks the assistant itself. `nuggets`
    are the facts wanted, each a choice of wordings: plain words, or a regular expression behind "re:".
    """

    task: AnswerTask
    question: str
    history: tuple[tuple[str, str | None], ...] = ()
    status: tuple[Status, ...] = Field(min_length=1)
    reason: Reason | None = None
    nuggets: tuple[tuple[str, ...], ...] = ()
    sources: tuple[str, ...] = ()
    must_not: tuple[Regex, ...] = ()
    idea: str
    voice: str = ""

    @property
    def group(self) -> str:
        """The idea of the case."""
        return self.idea

    @field_validator("nuggets")
    @classmethod
    def _wordings(cls, value: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        for wordings in value:
            if not wordings:
                raise ValueError("a nugget without any wording")
            for wording in wordings:
                if not wording.strip():
                    raise ValueError("an empty wording")
                if wording.startswith(PATTERN):
                    _compiles(wording.removeprefix(PATTERN))
        return value


class ScopeCase(Case):
    """A described use of AI with the verdicts that are acceptable and the best one."""

    text: str
    acceptable: tuple[Verdict, ...] = Field(min_length=1)
    verdict: Verdict
    clinical: bool
    pair: str | None = None
    idea: str

    @property
    def group(self) -> str:
        """The idea of the case."""
        return self.idea

    @model_validator(mode="after")
    def _consistent(self) -> ScopeCase:
        if self.verdict not in self.acceptable:
            raise ValueError("the best verdict is not among the acceptable ones")
        if self.clinical and "in_scope" in self.acceptable:
            raise ValueError("in_scope cannot be acceptable where it would be a dangerous error (clinical)")
        return self


class ClaimCase(Case):
    """A claim with the passage it is checked against. Claims of one passage stay in one part."""

    source: str
    claim: str
    label: Label
    kind: str
    domain: str
    in_domain: bool

    @property
    def group(self) -> str:
        """The passage of the case, which all its claims share."""
        return hashlib.sha256(self.source.encode()).hexdigest()[:12]


class GuardCase(Case):
    """A message with the reason it must be declined for, or "clean" when it must not be."""

    task: str
    text: str
    expected: GuardExpected


AnyCase = TypeVar("AnyCase", bound=Case)
Check = Callable[[AnyCase], str | None]


@dataclass(frozen=True)
class Cases:
    """Every case of the evaluation and the digest of the files they came from."""

    answers: tuple[AnswerCase, ...]
    scope: tuple[ScopeCase, ...]
    claims: tuple[ClaimCase, ...]
    guard: tuple[GuardCase, ...]
    digest: str


ANSWER_FILES = ("facts.jsonl", "gaps.jsonl", "declines.jsonl", "followups.jsonl")


def load_cases(folder: Path = CASES) -> Cases:
    """Read every case file of `folder`. A file that is not there gives no cases; an empty folder is an error.

    Raises CaseFormatError (file:line: reason) for a malformed case, an id used twice, or an idea in both parts.
    """
    known = (*ANSWER_FILES, "scope.jsonl", "claims.jsonl", "guard.jsonl")
    paths = [folder / name for name in known if (folder / name).is_file()]
    if not paths:
        raise EvaluationError(f"There are no case files in {folder}. Reinstall the package, or name another folder.")
    answers = _read_all([folder / name for name in ANSWER_FILES], AnswerCase)
    return Cases(
        answers=tuple(answers), scope=tuple(_read_all([folder / "scope.jsonl"], ScopeCase)),
        claims=tuple(_read_all([folder / "claims.jsonl"], ClaimCase)),
        guard=tuple(_read_all([folder / "guard.jsonl"], GuardCase)), digest=_digest(paths),
    )  # fmt: skip


def _read_all(paths: Sequence[Path], kind: type[AnyCase]) -> list[AnyCase]:
    found: list[AnyCase] = []
    places: dict[str, str] = {}
    parts: dict[str, tuple[Part, str]] = {}
    for path in paths:
        if not path.is_file():
            continue
        for number, case in read_cases(path, kind):
            place = f"{path.name}:{number}"
            if case.id in places:
                raise CaseFormatError(path, number, f"id '{case.id}' is already used at {places[case.id]}")
            part, first = parts.setdefault(case.group, (case.part, place))
            if part != case.part:
                raise CaseFormatError(
                    path,
                    number,
                    f"idea '{case.group}' is {case.part} here but {part} at {first}; keep an idea in one part",
                )
            places[case.id] = place
            found.append(case)
    return found


def read_cases(path: Path, kind: type[AnyCase]) -> Iterator[tuple[int, AnyCase]]:
    """(line number, case) of each line of a file. Raises CaseFormatError."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield number, kind.model_validate(json.loads(line))
        except json.JSONDecodeError as error:
            raise CaseFormatError(path, number, f"not JSON: {error}") from error
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise CaseFormatError(path, number, f"{where}: {first['msg']}" if where else str(first["msg"])) from error


def of_part(cases: Sequence[AnyCase], part: Part) -> list[AnyCase]:
    """The cases of one part."""
    return [case for case in cases if case.part == part]


def sample(cases: Sequence[AnyCase], limit: int | None) -> list[AnyCase]:
    """At most `limit` locked cases and half as many of the tuning part; all for None.

    They are the same every time, and cases of one idea are taken together where the limit allows.
    """
    if limit is None:
        return list(cases)
    chosen: set[str] = set()
    for part, most in (("tuning", limit // 2), ("locked", limit)):
        pool = [case for case in cases if case.part == part]
        pool.sort(key=lambda case: (hashlib.sha256(case.group.encode()).hexdigest(), case.id))
        chosen |= {case.id for case in pool[:most]}
    return [case for case in cases if case.id in chosen]


def _digest(paths: Sequence[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()
