"""What the knowledge package hands over: sources, units and passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Evidence = Literal["seen", "reported", "unchecked", "inference", "own_document"]
Kind = Literal["announcement", "law", "guidance", "report", "precedent", "note", "document"]


@dataclass(frozen=True)
class Unit:
    """One sentence of a source, the smallest thing that is retrieved and cited.

    `text == source.text[start:end]`. `passage_start` and `passage_end` bound the passage it belongs to: in a
    source of the project a passage is one statement, in other documents it is a run of sentences. `gap` marks a
    statement that says what no source says.
    """

    id: str
    source_id: str
    section: str
    text: str
    start: int
    end: int
    passage_start: int
    passage_end: int
    evidence: Evidence
    via: str | None = None
    superseded_by: str | None = None
    single_source: bool = False
    gap: bool = False


@dataclass(frozen=True)
class Source:
    """A source with its register entry, its stored text and its units in reading order.

    Dates are ISO strings of any precision (YYYY, YYYY-MM, YYYY-MM-DD) or None. `digest` is the SHA-256 of `text`.
    `follow` names a more careful source on the same matter, which leads where both answer.
    """

    id: str
    title: str
    publisher: str
    url: str | None
    published: str | None
    published_note: str | None
    updated: str | None
    checked: str | None
    in_force_from: str | None
    in_force_to: str | None
    superseded_by: str | None
    licence: str
    kind: Kind
    text: str
    digest: str
    units: tuple[Unit, ...]
    follow: str | None = None

    def newest_date(self) -> str:
        """The later of `updated` and `published`; an empty string when neither is known."""
        return max(self.updated or "", self.published or "")


class Passage(BaseModel):
    """A piece of a source. `text` equals the stored source text from `start` to `end` (character offsets)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source_id: str
    title: str
    publisher: str
    url: str | None
    published: str | None
    section: str
    text: str
    start: int
    end: int
    score: float = Field(description="relevance, 0 to 1; comparable within one search only")
    evidence: Evidence
    superseded_by: str | None = None
