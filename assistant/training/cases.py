"""Training cases of the scope judge: reading, checking and splitting by idea."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from assistant.errors import InputError
from assistant.scope.labels import CRITERIA, DEVICES, FINDINGS, VERDICTS

DATA = Path(__file__).parent / "data"
Item = TypeVar("Item")


@dataclass(frozen=True)
class ScopeCase:
    """A judged description. `idea` groups minimal pairs and paraphrases, which never part in a split."""

    text: str
    role: str
    verdict: str
    criteria: tuple[str, ...]
    device: str
    idea: str
    pair: str | None


def read_scope_cases(folder: Path = DATA / "scope") -> list[ScopeCase]:
    """Every case of the folder's .jsonl files. Raises InputError naming file and line for a bad one."""
    cases: list[ScopeCase] = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                cases.append(_case(json.loads(line), path.stem, number))
            except (KeyError, ValueError) as error:
                raise InputError(f"{path}:{number}: {error}; see LABELLING.md in that folder") from error
    return cases


def _case(row: dict[str, object], stem: str, number: int) -> ScopeCase:
    criteria = row["criteria"]
    assert isinstance(criteria, dict)
    findings = tuple(str(criteria[name]) for name in CRITERIA)
    verdict, device = str(row["verdict"]), str(row["device"])
    if verdict not in VERDICTS or device not in DEVICES or not set(findings) <= set(FINDINGS):
        raise ValueError("a label that does not exist")
    pair = str(row["pair"]) if row.get("pair") else None
    idea = f"{stem}/{pair or number}"
    return ScopeCase(str(row["text"]), str(row.get("role", "")), verdict, findings, device, idea, pair)


def hold_out(items: Sequence[Item], key: Callable[[Item], str], share: float) -> tuple[list[Item], list[Item]]:
    """(rest, held out): about `share` of the keys are held out with all their items, the same ones every time."""
    rest: list[Item] = []
    held: list[Item] = []
    for item in items:
        bucket = int(hashlib.sha256(key(item).encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
        (held if bucket < share else rest).append(item)
    return rest, held


def split_by_idea(cases: Sequence[ScopeCase], share: float, salt: str = "1") -> tuple[list[ScopeCase], list[ScopeCase]]:
    """(rest, held out): about `share` of the ideas are held out."""
    return hold_out(cases, lambda case: f"{salt}:{case.idea}", share)


def digest_of(paths: Iterable[Path]) -> str:
    """One SHA-256 over the contents of files, in order of name."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.read_bytes())
    return total.hexdigest()
