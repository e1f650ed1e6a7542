"""Does a text say a fact, in one of its accepted wordings? Deterministic, and mindful of negation."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence

from eval.cases import PATTERN
from knowledge.keywords import terms
from knowledge.sentences import split_sentences
from prompts import load_wordings

_MARKER = re.compile(r"\s*\[\d+(?:\s*,\s*\d+)*\]")
_MARKUP = re.compile(r"[*_`#>]+")
_SPACE = re.compile(r"\s+")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "‑": "-"})
_NEGATION = re.compile(r"\b(?:not(?! only)|no|never|nor|neither|without|cannot|none)\b|n't\b")
_WORDS_BEFORE = 4
_PARTIAL_SHARE = 0.6


def plain(text: str) -> str:
    """Lower case, one kind of quote, dash and space, without citation markers and Markdown signs."""
    text = unicodedata.normalize("NFKC", _MARKUP.sub("", _MARKER.sub("", text))).translate(_QUOTES)
    return _SPACE.sub(" ", text).strip().casefold()


def states(text: str, wordings: Sequence[str]) -> bool:
    """Whether the text says the fact.

    A plain wording must occur as whole words and must not be denied by the few words before it; a wording that itself
    holds a negation is taken as it is, and so is a regular expression, which is matched without regard to case.
    """
    said = plain(text)
    return any(_states(said, wording) for wording in wordings)


def nugget_support(text: str, wordings: Sequence[str]) -> float:
    """1 when the fact is said, 0.5 when one sentence holds most of its content words, otherwise 0.

    The grades are those of TREC's AutoNuggetizer (support, partial support, none; Pradeep et al. 2024).
    """
    if states(text, wordings):
        return 1.0
    sentences = [set(terms(text[start:end])) for start, end in split_sentences(text)]
    for wording in wordings:
        wanted = set() if wording.startswith(PATTERN) else set(terms(wording))
        if len(wanted) >= 2 and any(len(wanted & found) >= _PARTIAL_SHARE * len(wanted) for found in sentences):
            return 0.5
    return 0.0


def tripped(text: str, must_not: Sequence[str]) -> tuple[str, ...]:
    """The trip-wires that a text touches. A premise repeated to be corrected is not said by the assistant."""
    sentences = [text[start:end] for start, end in split_sentences(text)]
    said = plain("\n".join(sentence for sentence in sentences if not sentence.startswith(_premise_openings())))
    return tuple(pattern for pattern in must_not if re.search(pattern, said, re.IGNORECASE))


def _states(said: str, wording: str) -> bool:
    if wording.startswith(PATTERN):
        return re.search(wording.removeprefix(PATTERN), said, re.IGNORECASE) is not None
    wanted = plain(wording)
    for match in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", said):
        if _NEGATION.search(wanted) or not _denied(said[: match.start()]):
            return True
    return False


def _denied(before: str) -> bool:
    clause = re.split(r"[.;:!?]\s", before)[-1]
    return _NEGATION.search(" ".join(clause.split()[-_WORDS_BEFORE:])) is not None


@functools.cache
def _premise_openings() -> tuple[str, ...]:
    """How the fixed wordings begin that repeat what the user took for granted."""
    mark = "\N{REPLACEMENT CHARACTER}"
    words = load_wordings()
    return tuple(words(name, premise=mark).split(mark)[0] for name in ("premise_corrected", "premise_contradicted"))
