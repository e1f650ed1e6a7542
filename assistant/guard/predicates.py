"""Whether something personal is said of a person who is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.guard.tokens import Token
from assistant.guard.words import (
    CARE_NOUNS,
    DEPARTMENTS,
    HAPPENINGS,
    ORGANISATION_WORDS,
    PATIENT_VERBS,
    ROLE_WORDS,
    TOOL_WORDS,
    WEAK_PATIENT_VERBS,
    is_condition,
)

_BEDS = frozenset("bed bay cubicle resus icu itu hdu a&e sideroom".split())
_WARDS = frozenset("ward room".split())
_BE = frozenset("is was has had have been being be got gets are were isn't wasn't".split())
_ADVERBS = frozenset(
    """just also now recently still already who currently last yesterday today then not again being very""".split()
)
_PRONOUNS = frozenset("her his their".split())
_AGE_UNITS = frozenset("m f male female yo y/o yr yrs year years year-old years-old yom yof".split())
_TURNED_ASIDE = frozenset("about by to with".split())  # "is confused about the rules" is no state of health
_LIVING = frozenset("lives living resides".split())
_REACH = 14


@dataclass(frozen=True)
class Mention:
    """Words `first` to `end` (exclusive) of a sentence, read as a name.

    `public`: the title is one that staff and office-holders bear. `bare`: nothing but capital letters says that it is
    a name. `single`: it is one word.
    """

    tokens: Sequence[Token]
    first: int
    end: int
    public: bool
    bare: bool
    single: bool = False

    @property
    def after(self) -> Sequence[Token]:
        return self.tokens[self.end : self.end + _REACH]

    @property
    def before(self) -> Sequence[Token]:
        return self.tokens[max(0, self.first - 5) : self.first]

    @property
    def last(self) -> Token:
        return self.tokens[self.end - 1]


def says_something_personal(mention: Mention) -> bool:
    """Whether the words around the name tell a state of health, treatment, a bed, an age or a home."""
    if mention.single:
        aged = [token.lower for token in mention.after[:2]]
        if aged[:1] == ["aged"] and "," in mention.last.gap and _is_age(aged[-1]):
            return True
        return _in_bed(mention, numbered=True) or (mention.first <= 1 and _plainly_has(mention))
    if _has_condition(mention) or _was_treated(mention):
        return True
    if is_staff(mention):
        return False
    if _in_bed(mention, numbered=False) or _condition_of(mention):
        return True
    if mention.public:
        return False
    tests = [_happened, _aged, _care_of, _care_for]
    if not mention.bare:
        tests += [_missed, _lives, _condition_beside]
    return any(test(mention) for test in tests)


def is_staff(mention: Mention) -> bool:
    """Whether an office, a post or a department stands beside the name."""
    before = mention.before
    if before and before[-1].lower in ROLE_WORDS:
        return True
    if any(token.lower in ROLE_WORDS for token in mention.after[:6]) and (
        "," in mention.last.gap
        or "(" in mention.last.gap
        or (mention.after and mention.after[0].lower in ("is", "as", "the", "our"))
    ):
        return True
    after = [token.lower for token in mention.after[:4]]
    return (
        bool(after)
        and after[0] in ("in", "from", "at", "of")
        and any(word in DEPARTMENTS or (word in ORGANISATION_WORDS and word != "ward") for word in after[1:])
    )


def is_about_care(tokens: Sequence[Token]) -> bool:
    """Whether a sentence tells of a state of health or of treatment."""
    return any(
        is_condition(token.text)
        or token.lower in PATIENT_VERBS
        or token.lower in HAPPENINGS
        or _owned_care(tokens, index)
        for index, token in enumerate(tokens)
    )


def _owned_care(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index].lower in CARE_NOUNS and any(t.lower in _PRONOUNS for t in tokens[max(0, index - 3) : index])


def _in_bed(mention: Mention, numbered: bool) -> bool:
    after = mention.after
    skip = 1 if after and after[0].lower in _BE else 0
    window = after[skip : skip + 4]
    if not window:
        return False
    if window[0].lower in ("in", "on", "from"):
        window = window[1:]
    elif window[0].lower not in _BEDS:
        return False
    for index, token in enumerate(window[:2]):
        number = index + 1 < len(window) and any(ch.isdigit() for ch in window[index + 1].text)
        if token.lower in _BEDS:
            return number or not numbered
        if token.lower in _WARDS:
            return number and not (numbered or mention.public or mention.bare)
    return False


def _has_condition(mention: Mention) -> bool:
    """ "has", "is", "with" and then a state of health that is not part of the name of a tool or service."""
    after = _without_age(mention.after)
    if not after or mention.last.possessive:
        return False
    verb = next((i for i, t in enumerate(after[:3]) if t.lower not in _ADVERBS), 0)
    if after[verb].lower not in _BE | {"having", "with", "develops", "developed", "caught"}:
        return False
    return _condition_within(after[verb + 1 : verb + 7])


def _plainly_has(mention: Mention) -> bool:
    """ "Doris has dementia": the least that makes one capitalised word a person."""
    after = mention.after
    name = mention.last.lower
    if not after or after[0].lower != "has" or (name.endswith("s") and not name.endswith("is")) or "'" in name:
        return False
    return _condition_within(after[1:4]) and any(is_condition(token.text) for token in after[1:3])


def _condition_within(tokens: Sequence[Token]) -> bool:
    for index, token in enumerate(tokens):
        if token.lower in TOOL_WORDS or token.lower in ("asked", "said", "no", "launched", "deployed", "bought"):
            return False
        if is_condition(token.text):
            following = tokens[index + 1].lower if index + 1 < len(tokens) and token.gap == " " else ""
            return following not in TOOL_WORDS and following not in _TURNED_ASIDE - {"with"}
        if any(mark in token.gap for mark in ";:("):
            return False
    return False


def _was_treated(mention: Mention) -> bool:
    if mention.last.possessive:
        return False
    for index, token in enumerate(mention.after[:5]):
        if token.lower in PATIENT_VERBS or (token.lower in WEAK_PATIENT_VERBS and not (mention.bare or mention.public)):
            return index == 0 or mention.after[index - 1].lower in _BE | _ADVERBS
    return False


def _happened(mention: Mention) -> bool:
    after = _without_age(mention.after)
    for index, token in enumerate(after[:3]):
        if token.lower in HAPPENINGS:
            following = after[index + 1].lower if index + 1 < len(after) else ""
            return token.lower != "presented" or following in ("with", "to", "at")
        if token.lower not in _BE | _ADVERBS:
            return False
    return False


def _aged(mention: Mention) -> bool:
    after = mention.after
    if not after or ("," not in mention.last.gap and "(" not in mention.last.gap and after[0].lower != "aged"):
        return bool(after) and _age_with_unit(after[0].lower)
    first = after[0].lower
    if _age_with_unit(first) or (first in ("aged", "age") and len(after) > 1 and _is_age(after[1].lower)):
        return True
    unit = len(after) > 1 and after[1].lower in _AGE_UNITS
    return _is_age(first) and (unit or (not mention.bare) or after[0].gap[:1] in (",", ")"))


def _is_age(word: str) -> bool:
    return word.isdigit() and 0 <= int(word[:4]) <= 115


def _age_with_unit(word: str) -> bool:
    """ "45F", "67yo", "F45"."""
    digits = "".join(ch for ch in word if ch.isdigit())
    letters = "".join(ch for ch in word if not ch.isdigit())
    return bool(digits) and len(digits) < 4 and letters.strip("-") in _AGE_UNITS


def _without_age(after: Sequence[Token]) -> Sequence[Token]:
    skip = 0
    while (
        skip < len(after)
        and skip < 3
        and (any(ch.isdigit() for ch in after[skip].text) or after[skip].lower in _AGE_UNITS)
    ):
        skip += 1
    return after[skip:]


def _condition_of(mention: Mention) -> bool:
    """ "Mrs X's delirium", "… about her depression"."""
    if mention.last.possessive and any(is_condition(token.text) for token in mention.after[:3]):
        return not any(token.lower in TOOL_WORDS for token in mention.after[:4])
    return any(
        is_condition(token.text)
        for index, owner in enumerate(mention.after)
        if owner.lower in _owners(mention)
        for token in mention.after[index + 1 : index + 3]
    )


def _care_of(mention: Mention) -> bool:
    """ "Mr X's scan", "Mr X wants his results"."""
    if mention.last.possessive and any(token.lower in CARE_NOUNS for token in mention.after[:3]):
        return True
    return any(
        token.lower in CARE_NOUNS
        for index, owner in enumerate(mention.after)
        if owner.lower in _owners(mention)
        for token in mention.after[index + 1 : index + 3]
    )


def _owners(mention: Mention) -> frozenset[str]:
    """ "their" after bare capital letters more often refers to the users of a product."""
    return _PRONOUNS - {"their"} if mention.bare else _PRONOUNS


def _care_for(mention: Mention) -> bool:
    """ "scan results for Mr X", "the discharge summary of Mr X"."""
    before = mention.before
    return (
        len(before) > 1
        and before[-1].lower in ("for", "of", "on", "about")
        and any(token.lower in CARE_NOUNS or is_condition(token.text) for token in before[-4:-1])
        and not mention.bare
    )


def _missed(mention: Mention) -> bool:
    words = [token.lower for token in mention.after[:8]]
    missed = (
        words[:1] in (["dna"], ["missed"], ["misses"])
        or words[:3] == ["did", "not", "attend"]
        or words[:2] == ["didn't", "attend"]
    )
    return missed and not any(word in ("meeting", "board", "training", "call", "deadline") for word in words)


def _lives(mention: Mention) -> bool:
    return any(token.lower in _LIVING for token in mention.after[:3])


def _condition_beside(mention: Mention) -> bool:
    """ "Gareth W, stroke last week": a state of health set beside the name like an entry on a list."""
    after = _without_age(mention.after)
    return "," in mention.last.gap and bool(after) and any(is_condition(token.text) for token in after[:2])
