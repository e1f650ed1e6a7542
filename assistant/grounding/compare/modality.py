"""How binding or how real: prohibited, must, should, may, intends, plans, does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.grounding.compare.cues import compare_cues
from assistant.grounding.compare.difference import Difference
from assistant.grounding.compare.phrases import PhraseTable

if TYPE_CHECKING:
    from assistant.grounding.compare.parsing import Parsed

_TABLE: PhraseTable[str] = PhraseTable(
    {
        "prohibited": (
            "must not", "mustn't", "may not", "shall not", "prohibited", "prohibits", "prohibit", "forbidden",
            "forbids", "forbid",
            "not allowed", "not permitted", "banned", "bans", "ban", "barred", "barred from", "unlawful",
            "is not to", "are not to",
            "cannot",
        ),
        "must": (
            "must", "shall", "required to", "requires", "require", "required", "has to", "have to", "had to",
            "obliged to",
            "mandatory", "compulsory", "bound to", "needs to", "need to", "obligatory", "is to", "are to",
        ),
        "should": (
            "should", "ought to", "recommended", "recommends", "recommend", "advised", "advises", "encouraged",
            "encourages",
            "advisable", "expected to", "good practice", "preferably", "urged", "suggests", "suggested",
        ),
        "may": ("may", "can", "allowed to", "permitted to", "allowed", "permitted", "free to", "entitled to",
        "optional", "voluntary",
                "discretionary", "at liberty to", "allows", "permits"),
        "not needed": (
            "need not", "needn't", "not required", "not required to", "does not have to", "do not have to",
            "not obliged to", "not mandatory",
            "not compulsory", "no need to", "not necessary", "not bound to", "does not require", "do not require",
            "does not need to",
        ),
        "should not": ("should not", "shouldn't", "ought not", "not recommended", "not advised", "discouraged"),
        "might": ("might", "could", "possibly", "perhaps", "may well", "it is possible", "likely to", "probably",
                  "suspects", "suspected", "believed to", "thought to"),
        "intends": ("intends to", "intend to", "intended to", "aims to", "aim to", "aimed to", "hopes to",
        "hope to", "plans to",
                    "plan to", "planned to", "proposes to", "proposed to", "wants to", "wishes to"),
        "not intended": ("does not intend to", "do not intend to", "not intended to", "no intention of",
        "does not plan to",
                         "no plans to", "does not aim to", "did not intend to", "does not intend"),
        "promised": ("will", "undertakes to", "commits to", "committed to", "guarantees", "guaranteed",
        "promises to", "pledged to"),
    }
)  # fmt: skip

_BINDING = frozenset(("prohibited", "must", "should", "may", "not needed", "should not"))
_SURE = frozenset(
    (
        ("must", "should"), ("must", "may"), ("must", "not needed"), ("must", "prohibited"), ("must",
        "should not"), ("may", "must"),
        ("may", "prohibited"), ("prohibited", "must"), ("prohibited", "should"), ("prohibited", "may"),
        ("prohibited", "not intended"),
        ("prohibited", "should not"), ("prohibited", "not needed"), ("should", "prohibited"), ("should", "may"),
        ("should", "must"),
        ("not needed", "must"), ("not needed", "prohibited"), ("not intended", "prohibited"), ("should not",
        "prohibited"),
        ("promised", "intends"), ("promised", "might"), ("must", "intends"), ("promised", "may"), ("intends",
        "not intended"),
        ("may", "should not"), ("should not", "may"), ("should not", "must"), ("must", "might"), ("may",
        "not intended"),
        ("must", "not intended"), ("should", "not needed"), ("not needed", "should"), ("prohibited", "intends"),
    )
)  # fmt: skip
_WEAKER = frozenset(  # the claim says less than the evidence: true, if not all of it
    (("may", "should"), ("should not", "prohibited"), ("might", "promised"), ("might", "intends"), ("might",
    "must"), ("may", "might"),
     ("might", "may"), ("may", "not needed"), ("not needed", "may"), ("should", "must"), ("promised", "must"))
)  # fmt: skip


def _conflict(mine: str, theirs: str) -> float:
    if mine == theirs or {mine, theirs} == {"may", "might"}:
        return 0.0
    if (mine, theirs) in _SURE and (mine, theirs) not in _WEAKER:
        return 0.95
    if (mine, theirs) in _WEAKER:
        return 0.35
    return 0.6 if mine in _BINDING and theirs in _BINDING else 0.45


def _sure(mine: str, theirs: str) -> bool:
    return (mine, theirs) in _SURE


def compare(claim: Parsed, evidence: Parsed) -> list[Difference]:
    """Where the claim is more binding, more permissive or more definite than the evidence about the same thing."""
    return compare_cues(claim, evidence, "modality", _TABLE, _conflict, _sure)
