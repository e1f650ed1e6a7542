"""Finds the statements that the scope rules cite, in whatever state the sources are.

The rules name a source and say what the statement is about; the statement that shares most of those words is cited
as it stands now. When nothing in the source is near enough (it was deleted, or says something else) nothing is
cited, rather than something wrong.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from assistant.citing import citation_of
from assistant.types import Basis, Citation, Verdict
from knowledge.index import Index
from knowledge.keywords import terms
from knowledge.scope_rules import Anchor, Example, ScopeRules
from knowledge.types import Unit

MIN_SHARED = 0.5
MIN_SIMILARITY = 0.65


class Embedder(Protocol):
    """Gives the unit vector, shape (d,), of a text."""

    def vector(self, text: str) -> np.ndarray:
        """Embed one text."""
        ...

    def vectors(self, texts: list[str]) -> np.ndarray:
        """Embed many texts: shape (n, d)."""
        ...


@dataclass(frozen=True)
class NearExample:
    """A worked example of the scope map, and how well it fits a description, 0 to 1."""

    verdict: Verdict
    basis: Basis
    fit: float
    citation: Citation


class AnchorBook:
    """Looks anchors and worked examples up in an index."""

    def __init__(self, index: Index, rules: ScopeRules, embedder: Embedder) -> None:
        self._index = index
        self._rules = rules
        self._embedder = embedder
        self._by_source: dict[str, list[Unit]] = {}
        for unit in index.units:
            self._by_source.setdefault(unit.source_id, []).append(unit)

    def cite(self, anchors: tuple[Anchor, ...]) -> tuple[Citation, ...]:
        """The citations of the anchors that can be found, numbered from 1."""
        units = [unit for anchor in anchors if (unit := self._find(anchor.source, anchor.about)) is not None]
        return tuple(citation_of(self._index, unit, number) for number, unit in enumerate(units, start=1))

    @functools.lru_cache(maxsize=512)  # noqa: B019  (lives as long as the assistant)
    def _find(self, source: str, about: str) -> Unit | None:
        wanted = set(terms(about))
        best, share = None, MIN_SHARED
        for unit in self._by_source.get(source, []):
            shared = len(wanted & set(terms(unit.text))) / len(wanted)
            if shared > share:
                best, share = unit, shared
        return best

    def example_of(self, unit: Unit, fit: float = 1.0) -> NearExample | None:
        """The worked example of the scope map that a unit states, if it states one."""
        example = self._example_by_statement.get(unit.text)
        return NearExample(example.verdict, example.basis, fit, citation_of(self._index, unit)) if example else None

    @functools.cached_property
    def _example_by_statement(self) -> dict[str, Example]:
        return {example.statement: example for example in self._rules.examples}

    def nearest_example(self, description: str) -> NearExample | None:
        """The worked example most like the description, if it is near enough and its statement still stands."""
        if not self._examples:
            return None
        similarities = self._example_vectors @ self._embedder.vector(description)
        row = int(similarities.argmax())
        if similarities[row] < MIN_SIMILARITY:
            return None
        example, unit = self._examples[row]
        return NearExample(example.verdict, example.basis, float(similarities[row]), citation_of(self._index, unit))

    @functools.cached_property
    def _examples(self) -> list[tuple[Example, Unit]]:
        by_text = {unit.text: unit for unit in self._index.units}
        return [(e, by_text[e.statement]) for e in self._rules.examples if e.statement in by_text]

    @functools.cached_property
    def _example_vectors(self) -> np.ndarray:
        return self._embedder.vectors([example.use for example, _ in self._examples])
