"""The same description put another way, by rule: typing slips, letter case, politeness, order of words.

None of these changes what is described, so none may change the verdict.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable

from knowledge.sentences import split_sentences

_SLIP_EVERY = 9
_OPENINGS = ("Hello, hope you are well. ", "Hi there, quick question if I may. ", "Good morning, sorry to bother you. ")
_CLOSINGS = (
    " Many thanks in advance!",
    " Thank you so much for your help.",
    " Any help would be much appreciated, thanks.",
)


def typing_slips(text: str) -> str:
    """About one long word in nine with two inner letters changed round or one left out."""
    chance = _chance(text, "slips")
    words = text.split(" ")
    long = [row for row, word in enumerate(words) if re.fullmatch(r"[A-Za-z]{5,}[.,;:?]?", word)]
    for row in chance.sample(long, min(len(long), max(1, len(long) // _SLIP_EVERY))):
        at = chance.randrange(1, len(words[row].rstrip(".,;:?")) - 2)
        word = words[row]
        words[row] = (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            if chance.random() < 0.5
            else word[:at] + word[at + 1 :]
        )
    return " ".join(words)


def lower_case(text: str) -> str:
    """All in small letters, as typed on a phone."""
    return text.lower()


def capitals(text: str) -> str:
    """All in capitals."""
    return text.upper()


def politeness(text: str) -> str:
    """A greeting before it and thanks behind it."""
    chance = _chance(text, "polite")
    return chance.choice(_OPENINGS) + text + chance.choice(_CLOSINGS)


def other_order(text: str) -> str | None:
    """The first sentence put last, or the clause before the only comma of a single sentence; None without either.

    A sentence that leans on the one before it (it, this, they, also …) stays where it is.
    """  # fmt: skip
    sentences = [text[start:end] for start, end in split_sentences(text)]
    if len(sentences) > 1 and not any(_LEANS.match(sentence) for sentence in sentences):
        return " ".join([*sentences[1:], sentences[0]])
    parts = text.rstrip(".").split(", ")
    if (
        len(sentences) == 1
        and len(parts) == 2
        and min(len(part.split()) for part in parts) >= 3
        and not text.endswith("?")
    ):
        first, second = parts
        return f"{second[0].upper()}{second[1:]}, {first[0].lower()}{first[1:]}."
    return None


_LEANS = re.compile(
    r"(?:it|its|this|that|these|those|they|them|then|also|but|and|so|he|she"
    r"|the (?:tool|system|software|output|results?|app))\b",
    re.IGNORECASE,
)
PERTURBATIONS: tuple[tuple[str, Callable[[str], str | None]], ...] = (
    ("typing slips", typing_slips),
    ("small letters", lower_case),
    ("capitals", capitals),
    ("politeness", politeness),
    ("other order", other_order),
)


def _chance(text: str, salt: str) -> random.Random:
    return random.Random(hashlib.sha256(f"{salt}|{text}".encode()).hexdigest())
