"""What a comparison gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["number", "date", "name", "role", "negation", "modality", "quantifier", "condition", "tense"]
KINDS: tuple[Kind, ...] = (
    "number", "date", "name", "role", "negation", "modality", "quantifier", "condition", "tense",
)  # fmt: skip

_ABSENT: dict[Kind, str] = {
    "number": "The claim gives “{c}”; the source has no such figure here.",
    "date": "The claim gives “{c}”; the source has no such date here.",
    "name": "The claim names “{c}”; the source does not.",
    "role": "The claim says “{c}”; the source has it the other way round.",
    "negation": "The claim says “{c}”, which turns the source's statement round.",
    "modality": "The claim says “{c}”; the source does not go that far.",
    "quantifier": "The claim says “{c}”; the source does not say how many.",
    "condition": "The claim adds the condition “{c}”, which the source does not make.",
    "tense": "The claim says “{c}”; the source does not say when or whether that is so.",
}
_DROPPED: dict[Kind, str] = {
    "condition": "The source makes it depend on “{e}”; the claim leaves that out.",
    "negation": "The source says “{e}”; the claim leaves that out.",
    "quantifier": "The source says “{e}”; the claim leaves that out.",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One point at which a claim and its evidence differ.

    `certain` marks a difference that practically always means that the claim is not supported; `severity` is 0 to 1.
    `claim_words` is empty where the claim leaves something out; `evidence_words` is None where the source has no
    counterpart.
    """

    kind: Kind
    claim_words: str
    evidence_words: str | None
    certain: bool
    severity: float

    def words(self) -> str:
        """One plain sentence for people."""
        if not self.claim_words:
            template = _DROPPED.get(self.kind, "The source says “{e}”; the claim leaves that out.")
            return template.format(e=self.evidence_words)
        if self.evidence_words is None:
            return _ABSENT[self.kind].format(c=self.claim_words)
        return f"The claim says “{self.claim_words}”; the source says “{self.evidence_words}”."
