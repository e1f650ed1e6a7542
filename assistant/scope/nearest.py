"""The judged cases nearest to a description, and what made them different."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.types import NearestCase

LIBRARY = Path(__file__).parents[1] / "weights" / "scope_library.npz"


class CaseLibrary(Protocol):
    """Finds near judged cases."""

    def nearest(self, vector: np.ndarray, findings: Mapping[str, str], k: int = 3) -> tuple[NearestCase, ...]:
        """The k nearest cases to a representation of shape (d,), most similar first."""
        ...


@dataclass(frozen=True)
class StoredCases:
    """Judged cases with the judge's own representation of each, as unit vectors in int8."""

    cases: tuple[dict[str, object], ...]
    vectors: np.ndarray

    @classmethod
    def load(cls, path: Path = LIBRARY) -> StoredCases:
        """Read the shipped library."""
        with np.load(path, allow_pickle=False) as stored:
            cases = tuple(json.loads(line) for line in stored["cases"].tolist())
            return cls(cases, stored["vectors"])

    def nearest(self, vector: np.ndarray, findings: Mapping[str, str], k: int = 3) -> tuple[NearestCase, ...]:
        """The nearest cases, no two from one idea, and which findings differ from those given."""
        similarities = (self.vectors.astype(np.float32) / 127) @ vector
        chosen: list[NearestCase] = []
        ideas: set[object] = set()
        for row in np.argsort(-similarities, kind="stable"):
            case = self.cases[row]
            if case["idea"] in ideas:
                continue
            ideas.add(case["idea"])
            criteria = case["criteria"]
            assert isinstance(criteria, dict)
            differs = tuple(name for name, finding in criteria.items() if findings.get(name) != finding)
            chosen.append(
                NearestCase(
                    text=str(case["text"]), verdict=case["verdict"],
                    similarity=float(max(0.0, min(1.0, similarities[row]))), differs_in=differs,
                )
            )  # fmt: skip
            if len(chosen) == k:
                break
        return tuple(chosen)
