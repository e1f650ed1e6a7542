"""Finds what a message takes for granted about the Charter, so that it can be checked before it is built upon."""

from __future__ import annotations

import re

_CLAUSE = re.compile(
    r"\b(?:since|given that|seeing (?:that|as)|as|because|now that|considering that?|knowing that|"
    r"i (?:know|read|heard|understand|gather|see) that|i was told that|we (?:know|were told) that|"
    r"bearing in mind that?)\s+"
    r"(?P<claim>(?:the )?(?:collaboration )?"
    r"(?:charter|i\.?ai|nhs england|nhse|mhra|dtac|dcb ?0?1[26]0|caldicott|dpia)\b[^,;?]{8,160}?)"
    r"(?=\s*[,;?]|\s*\.(?:\s|$)|\s+(?:can|may|should|do|does|is|are|will|what|who|how|must)\s+"
    r"(?:we|i|it|the|our|my|they|there)\b|$)",
    re.IGNORECASE,
)


def premise_of(text: str) -> str | None:
    """The clause that the message presupposes ("since the Charter approved X, …" gives "the Charter approved X")."""
    match = _CLAUSE.search(text)
    if match is None:
        return None
    claim = match["claim"].strip()
    return claim if len(claim.split()) >= 4 else None
