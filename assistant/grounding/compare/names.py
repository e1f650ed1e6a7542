"""Names: people, bodies, places and acronyms, with the short forms that a text itself gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.grounding.compare.alignment import Aligned, align
from assistant.grounding.compare.difference import Difference
from assistant.grounding.compare.tokens import Token, stem_of

if TYPE_CHECKING:
    from assistant.grounding.compare.parsing import Parsed

_LINKS = frozenset("of for and the de van von".split())
_PLAIN = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays i".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name at token positions `start` to `end`, with the stems of its words and its initials."""

    start: int
    end: int
    stems: frozenset[str]
    initials: str


def read_names(
    text: str, tokens: Sequence[Token], sentences: Sequence[tuple[int, int]], taken: frozenset[int]
) -> tuple[Name, ...]:
    """Runs of capitalised words. A single word that begins a sentence counts only if capitalised elsewhere too."""
    firsts = {begin for begin, _ in sentences}
    inner = {t.lower for i, t in enumerate(tokens) if i not in firsts and t.text[:1].isupper()}
    small = {t.lower for t in tokens if t.text[:1].islower()}
    found: list[Name] = []
    i = 0
    while i < len(tokens):
        if not _is_capital(tokens, i, taken) or (i in firsts and not _begins_name(tokens, i, inner, small, taken)):
            i += 1
            continue
        end = i + 1
        while end < len(tokens):
            gap = text[tokens[end - 1].end : tokens[end].start]
            if _is_capital(tokens, end, taken) and gap in (" ", "", "-"):
                end += 1
            elif tokens[end].lower in ("of", "for") and end + 1 < len(tokens) and _is_capital(tokens, end + 1, taken):
                end += 2
            else:
                break
        words = [t for t in tokens[i:end] if t.lower not in _LINKS and not t.is_mark]
        if words:
            stems = frozenset(stem_of(t.lower.removesuffix("'s").removesuffix("'")) for t in words)
            found.append(Name(i, end, stems, "".join(t.text[0] for t in words).upper()))
        i = end
    return tuple(found)


def _is_capital(tokens: Sequence[Token], i: int, taken: frozenset[int]) -> bool:
    token = tokens[i]
    if i in taken or token.lower in _PLAIN or token.is_mark:
        return False
    return token.text[0].isupper() or token.text == "i.AI"


def _begins_name(tokens: Sequence[Token], i: int, inner: set[str], small: set[str], taken: frozenset[int]) -> bool:
    token = tokens[i]
    if (
        (token.text.isupper() and len(token.text) > 1)
        or token.text == "i.AI"
        or token.text[1:] != token.text[1:].lower()
    ):
        return True
    if not token.content or token.lower in small:
        return False
    follows = i + 1 < len(tokens) and _is_capital(tokens, i + 1, taken)
    return token.lower in inner or follows


def found_in(name: Name, other: Parsed) -> bool:
    """Whether every word of the name occurs in the other text, or its initials or spelled-out form do."""
    stems = {t.stem for t in other.tokens}
    if all(stem in stems for stem in name.stems):
        return True
    short = next(iter(name.stems)) if len(name.stems) == 1 else ""
    for candidate in other.names:
        if len(name.stems) > 1 and _squeeze(candidate.stems) and next(iter(candidate.stems)) == name.initials.lower():
            return True
        if short and short.replace(".", "") == candidate.initials.lower():
            return True
        if name.stems & candidate.stems and name.stems <= candidate.stems:
            return True
    return False


def _squeeze(stems: frozenset[str]) -> bool:
    return len(stems) == 1


def compare(claim: Parsed, evidence: Parsed) -> list[Difference]:
    """Names that the evidence does not have, or that stand where the evidence has another."""
    alignment = align(claim, evidence)
    found: list[Difference] = []
    for name in (*claim.names, *_initial(claim, evidence)):
        present = found_in(name, evidence)
        rival = _slot_rival(name, claim, evidence, alignment.best)
        if rival is not None:
            certain = not rival.stems & name.stems
            found.append(_difference(name, rival, claim, evidence, certain, 0.9 if certain else 0.5))
        elif not present:
            others = [n for n in evidence.names if not n.stems & name.stems]
            severity = 0.6 if others else 0.4
            found.append(
                _difference(name, None, claim, evidence, False, round(severity * (0.5 + alignment.coverage / 2), 3))
            )
    return found


def _initial(claim: Parsed, evidence: Parsed) -> list[Name]:
    """The claim's first word when only the evidence shows that it is a name."""
    first = claim.tokens[0] if claim.tokens else None
    if first is None or not first.content or any(name.start == 0 for name in claim.names):
        return []
    small = any(token.text.islower() and token.stem == first.stem for token in evidence.tokens)
    known = any(first.stem in name.stems for name in evidence.names)
    return [Name(0, 1, frozenset((first.stem,)), first.text[0].upper())] if known and not small else []


def _slot_rival(name: Name, claim: Parsed, evidence: Parsed, best: tuple[Aligned, ...]) -> Name | None:
    for aligned in best[:1]:
        for slot in aligned.slots:
            (a, b), (c, d) = slot.claim, slot.evidence
            if (
                not (a <= name.start and name.end <= b)
                or not slot.within(6, 6)
                or slot.around < 4
                or slot.outside < 0.8
            ):
                continue
            rivals = [other for other in evidence.names if c <= other.start and other.end <= d]
            if len(rivals) == 1 and not _same(name, rivals[0], claim, evidence):
                return rivals[0]
    return None


def _same(mine: Name, theirs: Name, claim: Parsed, evidence: Parsed) -> bool:
    if mine.stems <= theirs.stems or theirs.stems <= mine.stems:
        return True
    mine_text, their_text = _letters(claim, mine), _letters(evidence, theirs)
    return mine_text == theirs.initials or their_text == mine.initials or _alias(mine_text, their_text, evidence)


def _letters(parsed: Parsed, name: Name) -> str:
    return parsed.words(name.start, name.end).upper().replace(".", "")


def _alias(one: str, other: str, evidence: Parsed) -> bool:
    """Whether the text gives one as the short form of the other in brackets or by "known as"."""
    flat = evidence.text.upper().replace(".", "")
    links = (" (", " (THE ", ", KNOWN AS ", " OR ", ", OR ")
    return any(f"{one}{link}{other}" in flat or f"{other}{link}{one}" in flat for link in links)


def _difference(
    mine: Name, theirs: Name | None, claim: Parsed, evidence: Parsed, certain: bool, severity: float
) -> Difference:
    there = evidence.words(theirs.start, theirs.end) if theirs is not None else None
    return Difference("name", claim.words(mine.start, mine.end), there, certain, severity)
