"""When and how far: planned or done, current or superseded, from or until."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.grounding.compare.alignment import align
from assistant.grounding.compare.cues import compare_cues, read_cues
from assistant.grounding.compare.difference import Difference
from assistant.grounding.compare.phrases import PhraseTable

if TYPE_CHECKING:
    from assistant.grounding.compare.parsing import Parsed

_TABLE: PhraseTable[str] = PhraseTable(
    {
        "planned": ("will", "plans to", "plan to", "planned", "intends to", "is to", "are to", "is due to",
        "are due to", "is expected to",
                    "hopes to", "aims to", "proposes", "proposed", "would", "is considering", "going to",
                    "expects to", "due to"),
        "done": ("has", "have", "has been", "have been", "already", "was", "were", "did", "had", "has already"),
        "not yet": ("not yet", "yet to", "still to", "has not", "have not", "had not", "never"),
        "now": ("now", "currently", "at present", "still", "today", "remains", "remain", "continues to", "is still"),
        "past": ("no longer", "formerly", "previously", "used to", "until then", "once", "originally",
        "superseded", "replaced", "was replaced",
                 "abolished", "ended", "expired", "withdrawn", "ceased", "discontinued"),
        "from": ("from", "since", "starting", "as of"),
        "until": ("until", "till"),
    }
)  # fmt: skip
_CONFLICTS = {
    ("done", "planned"): 0.7, ("done", "not yet"): 0.8, ("planned", "done"): 0.4, ("now", "past"): 0.9, ("past",
    "now"): 0.9,
    ("from", "until"): 0.95, ("until", "from"): 0.95, ("now", "planned"): 0.5, ("done", "past"): 0.0, ("not yet",
    "done"): 0.8,
}  # fmt: skip
_SURE = frozenset(
    (
        ("from", "until"),
        ("until", "from"),
        ("now", "past"),
        ("done", "planned"),
        ("not yet", "done"),
        ("done", "not yet"),
    )
)


def compare(claim: Parsed, evidence: Parsed) -> list[Difference]:
    """Where the claim takes a plan as done, something ended as current, or a beginning as an end."""
    found = compare_cues(
        claim, evidence, "tense", _TABLE, lambda a, b: _CONFLICTS.get((a, b), 0.0), lambda a, b: (a, b) in _SURE
    )
    return found or _past_left_out(claim, evidence)


def _past_left_out(claim: Parsed, evidence: Parsed) -> list[Difference]:
    """The sentence says that something ended or was replaced and the claim states it without that."""
    alignment = align(claim, evidence)
    if not alignment.best or any(c.value in ("past", "until") for c in read_cues(claim, _TABLE, claim.sentences)):
        return []
    return [
        Difference("tense", "", evidence.words(cue.start, cue.end), False, round(0.4 * alignment.best[0].coverage, 3))
        for cue in read_cues(evidence, _TABLE, alignment.positions[:1])
        if cue.value == "past" and cue.ahead | cue.behind and len((cue.ahead | cue.behind) & claim.content_stems) >= 2
    ][:1]
