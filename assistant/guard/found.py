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


def touches_any(found: list[Found], start: int, end: int) -> bool:
    """Whether a piece already found shares a character with the range."""
    return any(piece.overlaps(start, end) for piece in found)
