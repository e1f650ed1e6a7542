"""What the finders of personal data hand to each other: pieces found in the folded text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """A piece of personal data, as offsets in the folded text."""

    kind: str
    start: int
    end: int

    def overlaps(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end
