"""Orders to the program in languages other than English, from the word lists of languages.yaml."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import islice

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.guard.characters import fold

_MOST_VERBS = 200  # looked at in one sentence
_REACH = 70  # characters between a verb and what it is about
_SENTENCE = re.compile(r"[^.!?\n。！？।؟]+[.!?\n。！？।؟]*")
_WORD = re.compile(r"\w+")
_ENGLISH = re.compile(r"(?<!\w)(?:the|your|is|to|of|and|it|we|should|that|for|this|with|any|previous)(?!\w)")
_ENGLISH_TOO = frozenset(("ignore",))
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff]")


class _Words(BaseModel):
    """One language of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    suspend: tuple[str, ...]
    object: tuple[str, ...]
    say: tuple[str, ...]
    only: tuple[str, ...]
    fixed: tuple[str, ...]
    pretend: tuple[str, ...]
    reveal: tuple[str, ...]
    own: tuple[str, ...]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    languages: dict[str, _Words]


@dataclass(frozen=True)
class _Language:
    """Patterns of one language. `cues`: parts of which one occurs in any text that gives an order in it."""

    cues: frozenset[str]
    unspaced_cues: tuple[str, ...]
    suspend: re.Pattern[str]
    about: re.Pattern[str]
    say: re.Pattern[str]
    only: re.Pattern[str]
    fixed: re.Pattern[str]
    pretend: re.Pattern[str]
    reveal: re.Pattern[str]
    own: re.Pattern[str]


def find_foreign_order(folded: str) -> tuple[int, int] | None:
    """Offsets in a folded, lower-case text of an order in one of the known languages, or None."""
    words = set(_WORD.findall(folded))
    languages = [
        language
        for language in _languages()
        if language.cues & words or any(cue in folded for cue in language.unspaced_cues)
    ]
    for match in _SENTENCE.finditer(folded) if languages else ():
        sentence = match.group()
        for language in languages:
            span = _order_in(sentence, language)
            if span:
                return match.start() + span[0], match.start() + span[1]
    return None


def _order_in(sentence: str, language: _Language) -> tuple[int, int] | None:
    english = bool(_ENGLISH.search(sentence))
    pretend = language.pretend.search(sentence)
    if pretend and not _asks(sentence):
        return pretend.span()
    return (
        _near(sentence, language.suspend, language.about, english)
        or _near(sentence, language.reveal, language.own, english)
        or _fixed_answer(sentence, language)
    )


def _asks(sentence: str) -> bool:
    return sentence.rstrip().endswith(("?", "？", "؟"))


def _near(sentence: str, verb: re.Pattern[str], other: re.Pattern[str], english: bool) -> tuple[int, int] | None:
    """A verb and a word it is about, in either order, within reach of each other."""
    others = [found.span() for found in other.finditer(sentence)] if verb.search(sentence) else []
    starts = [start for start, _ in others]
    for found in verb.finditer(sentence) if others else ():
        if english and found.group() in _ENGLISH_TOO:
            continue
        place = bisect_left(starts, found.start())
        for start, end in others[max(0, place - 1) : place + 2]:
            if (
                start < found.end() + _REACH
                and end > found.start() - _REACH
                and not (start < found.end() and end > found.start())
            ):
                return min(found.start(), start), max(found.end(), end)
    return None


def _fixed_answer(sentence: str, language: _Language) -> tuple[int, int] | None:
    """ "answer only …", "say that everything is allowed"."""
    if not (language.only.search(sentence) and language.fixed.search(sentence)):
        return None
    for found in islice(language.say.finditer(sentence), _MOST_VERBS):
        only = language.only.search(sentence, max(0, found.start() - 12), found.end() + 60)
        fixed = language.fixed.search(sentence, found.end(), found.end() + 60)
        if only and fixed:
            return found.start(), fixed.end()
    return None


@lru_cache(maxsize=1)
def _languages() -> tuple[_Language, ...]:
    text = files("assistant.guard").joinpath("languages.yaml").read_text(encoding="utf-8")
    return tuple(_compile(words) for words in _File.model_validate(yaml.safe_load(text)).languages.values())


def _compile(words: _Words) -> _Language:
    verbs = [fold(word).text.lower() for word in (*words.suspend, *words.say, *words.pretend, *words.reveal)]
    return _Language(
        cues=frozenset(_WORD.findall(verb)[0] for verb in verbs if not _UNSPACED.search(verb)),
        unspaced_cues=tuple(verb for verb in verbs if _UNSPACED.search(verb)),
        suspend=_pattern(words.suspend, whole=True),
        about=_pattern(words.object, whole=False),
        say=_pattern(words.say, whole=True),
        only=_pattern(words.only, whole=True),
        fixed=_pattern(words.fixed, whole=False),
        pretend=_pattern(words.pretend, whole=True),
        reveal=_pattern(words.reveal, whole=True),
        own=_pattern(words.own, whole=False),
    )


def _pattern(words: Iterable[str], whole: bool) -> re.Pattern[str]:
    """Words fold as the message does. Scripts without spaces match anywhere, others at the beginning of a word."""
    pieces = []
    for word in sorted({fold(word).text.lower() for word in words}, key=len, reverse=True):
        escaped = re.escape(word).replace(r"\ ", r"\s+")
        if _UNSPACED.search(word):
            pieces.append(escaped)
        else:
            end = r"(?!\w)" if whole or len(word) < 4 else ""
            pieces.append(rf"(?<!\w){escaped}{end}")
    return re.compile("|".join(pieces))
