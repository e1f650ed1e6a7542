"""Splits a text into the claims that are checked one by one."""

from __future__ import annotations

import re

from knowledge.sentences import split_sentences

_MARKER = re.compile(r"\s*\[\d+(?:\s*,\s*\d+)*\]")
_MARKUP = re.compile(r"[*_`#>]+|^\s*[-•]\s+", re.MULTILINE)


def split_claims(text: str) -> list[str]:
    """The sentences of a text without citation markers and Markdown signs; questions claim nothing and are left out."""
    plain = _MARKUP.sub("", _MARKER.sub("", text))
    claims = [plain[start:end].strip() for start, end in split_sentences(plain)]
    return [claim for claim in claims if claim and not claim.endswith("?")]
