"""How many and how exclusively: all, most, primarily, some, few, none, only, at least, at most."""

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
        "all": ("all", "every", "each", "everyone", "everything", "always", "entirely", "wholly", "completely",
        "any", "in every case",
                "without exception", "whole", "fully", "anyone", "everybody", "both", "totally"),
        "not all": ("not all", "not every", "not always", "almost all", "nearly all", "all but", "not everyone",
        "almost every",
                    "not entirely", "not both", "not fully", "partly", "partially", "usually", "generally"),
        "most": ("most", "mostly", "mainly", "primarily", "largely", "a majority of", "the majority of",
        "chiefly", "predominantly",
                 "for the most part", "more than half"),
        "some": ("some", "several", "certain", "a number of", "a few", "sometimes", "occasionally", "many",
        "often", "a couple of"),
        "few": ("few", "a minority of", "rarely", "seldom", "hardly any", "only a few", "only some", "very few",
        "a small number of"),
        "none": ("none", "no", "never", "neither", "nobody", "nothing", "not any", "no one", "none of", "not one"),
        "only": ("only", "solely", "exclusively", "nothing but", "purely", "alone", "only one"),
        "ignore": ("not only", "no more than", "no longer", "no less than", "no fewer than", "no doubt", "at all",
        "after all",
                   "above all", "in all", "all the same", "at any", "in any", "only if", "only when",
                   "only after", "if any",
                   "not the only", "no later than", "every day", "every week", "each year", "each day",
                   "every year", "each other",
                   "once every", "most recent", "at most", "many years"),
        "at least": ("at least", "a minimum of", "not less than"),
        "at most": ("at most", "a maximum of", "up to"),
        "exactly": ("exactly", "precisely"),
    }
)  # fmt: skip
_CONFLICTS = {
    ("all", "most"): 0.9, ("all", "some"): 0.95, ("all", "few"): 1.0, ("all", "none"): 1.0, ("all",
    "not all"): 0.95, ("all", "only"): 0.4,
    ("most", "some"): 0.6, ("most", "few"): 0.95, ("most", "none"): 0.9, ("most", "all"): 0.3, ("some", "none"): 0.9,
    ("few", "most"): 0.95, ("few", "all"): 0.95, ("few", "some"): 0.4, ("none", "all"): 1.0, ("none",
    "most"): 0.95, ("none", "some"): 0.95,
    ("none", "few"): 0.9, ("none", "not all"): 0.9, ("only", "most"): 0.95, ("only", "all"): 0.4, ("only",
    "some"): 0.5,
    ("at least", "at most"): 1.0, ("at most", "at least"): 1.0, ("exactly", "at least"): 0.9, ("exactly",
    "at most"): 0.9,
    ("not all", "all"): 0.9, ("not all", "none"): 0.7, ("all", "at least"): 0.2, ("few", "none"): 0.6, ("some",
    "all"): 0.1,
}  # fmt: skip
_SURE = frozenset(pair for pair, severity in _CONFLICTS.items() if severity >= 0.9)


def _conflict(mine: str, theirs: str) -> float:
    return _CONFLICTS.get((mine, theirs), 0.0)


def compare(claim: Parsed, evidence: Parsed) -> list[Difference]:
    """Where the claim covers more, or excludes more, than the evidence about the same things."""
    found = compare_cues(claim, evidence, "quantifier", _TABLE, _conflict, lambda a, b: (a, b) in _SURE)
    return found or _widened(claim, evidence)


def _widened(claim: Parsed, evidence: Parsed) -> list[Difference]:
    """An "all" or "only" that the evidence has nowhere about these things; a "most" or "some" left out."""
    alignment = align(claim, evidence)
    if not alignment.best:
        return []
    mine = read_cues(claim, _TABLE, claim.sentences)
    theirs = read_cues(evidence, _TABLE, alignment.positions)
    values = {cue.value for cue in theirs}
    found = [
        Difference(
            "quantifier", claim.words(cue.start, cue.end), None, False, round(0.45 * alignment.best[0].coverage, 3)
        )
        for cue in mine
        if cue.value in ("all", "only", "none", "most") and cue.value not in values
    ]
    if not mine:
        wanted = claim.content_stems
        for cue in theirs:
            if (
                cue.value in ("most", "some", "few", "not all")
                and cue.ahead
                and len(cue.ahead & wanted) / len(cue.ahead) >= 0.5
            ):
                there = evidence.words(cue.start, cue.end)
                found.append(Difference("quantifier", "", there, False, round(0.5 * alignment.best[0].coverage, 3)))
    return found
