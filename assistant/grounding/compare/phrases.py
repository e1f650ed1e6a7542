"""Finding listed phrases of one or more words among tokens, longest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from assistant.grounding.compare.tokens import Token

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """A listed phrase at token positions `start` up to, not including, `end`."""

    start: int
    end: int
    value: Value


class PhraseTable(Generic[Value]):
    """Phrases by meaning: `PhraseTable({"must": ("must", "has to")})`."""

    def __init__(self, phrases: Mapping[Value, Sequence[str]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for value, wordings in phrases.items():
            for wording in wordings:
                words = tuple(wording.split())
                self._by_first.setdefault(words[0], []).append((words, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, tokens: Sequence[Token], begin: int = 0, end: int | None = None) -> list[Found[Value]]:
        """The phrases between two token positions, in order, without overlaps."""
        stop = len(tokens) if end is None else end
        found: list[Found[Value]] = []
        i = begin
        while i < stop:
            hit = self._at(tokens, i, stop) if tokens[i].lower in self._by_first else None
            if hit is None:
                i += 1
            else:
                found.append(hit)
                i = hit.end
        return found

    def _at(self, tokens: Sequence[Token], i: int, stop: int) -> Found[Value] | None:
        for words, value in self._by_first[tokens[i].lower]:
            if i + len(words) <= stop and all(tokens[i + k].lower == word for k, word in enumerate(words)):
                return Found(i, i + len(words), value)
        return None
