"""Dates of birth: full dates that the words around them tie to a person's birth or age."""

from __future__ import annotations

import re

from assistant.guard.found import Found
from assistant.guard.words import ORGANISATION_WORDS, is_name_word

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    r"(?i)(?<![\w/.-])(?:"
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}"
    r"|\d{1,2}\s?[-./]\s?\d{1,2}\s?[-./]\s?(?:\d{4}|\d{2})"
    r"|\d{1,2} \d{1,2} (?:\d{4}|\d{2})"
    r"|\d{2}(?:0[1-9]|1[0-2])(?:19|20)\d{2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH}\.?,?[ -](?:\d{{4}}|'?\d{{2}})"
    rf"|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    r")(?![\w/-])"
)
_LABEL = re.compile(
    r"(?i)(?:\bd\.?\s?o\.?\s?b\b\.?|\bdate of birth|\bbirth ?(?:date|day)|\bborn|(?<![\w.])b\.)[^\w\n]{0,5}"
    r"(?:(?:is|was|on|the|of|as|recorded|in|given)[^\w\n]{1,3}){0,4}$"
)
_LABEL_AFTER = re.compile(
    r"(?i)^[^\w\n]{0,4}(?:(?:is|was|as)\s(?:(?:her|his|their|my|the)\s)?)?(?:d\.?o\.?b\b|date of birth)"
)
_AGE_AFTER = re.compile(
    r"(?i)^[^\w\n]{1,3}(?:(?:so|now|she is|he is|they are|she's|he's)\s)?(?:aged? ?\d{1,3}|\d{1,3} ?(?:years?|"
    r"yrs?|y/?o|yo)\b)"
)
_SEX_BEFORE = re.compile(r"(?i)(?:\b(?:male|female|woman|man|boy|girl)|(?<!\w)[MF])[^\w\n]{1,3}$")
_THING_BORN = re.compile(
    r"(?i)\b(?:charter|agreement|partnership|programme|project|idea|service|unit|team|trust|incubator|i\.ai|nhs|tool|"
    r"scheme|pilot|policy|organisation|company|bill|act)\b[^.?!\n]{0,20}\bborn\b[^.?!\n]{0,12}$"
)
_NAME_BEFORE = re.compile(r"([^\W\d_][\w'-]*)[ ]([^\W\d_][\w'-]*)[ ]?[,;:(-]?[ ]?(?:\(|- )?$")
_NEWEST_BIRTH_BESIDE_A_NAME = 2019  # later full dates beside a name are far more often dates of events


def find_dates_of_birth(text: str) -> list[Found]:
    """Dates of birth in a folded text. A date alone is none: a label, an age, a sex or a name must stand beside it."""
    return [
        Found("date_of_birth", match.start(), match.end())
        for match in _DATE.finditer(text)
        if _is_birth(text, match.start(), match.end())
    ]


def _is_birth(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 70) : start]
    after = text[end : end + 40]
    if _LABEL.search(before):
        return not _THING_BORN.search(before)
    if _LABEL_AFTER.match(after) or _AGE_AFTER.match(after):
        return True
    year = _year(text[start:end])
    if year > _NEWEST_BIRTH_BESIDE_A_NAME:
        return False
    return bool(_SEX_BEFORE.search(before)) or _follows_a_name(before)


def _follows_a_name(before: str) -> bool:
    match = _NAME_BEFORE.search(before)
    if not match:
        return False
    words = match.groups()
    return all(is_name_word(word) for word in words) and not any(word.lower() in ORGANISATION_WORDS for word in words)


def _year(date: str) -> int:
    numbers = [int(piece) for piece in re.findall(r"\d+", date)]
    longest = max(numbers)
    return longest if longest > 999 else 1900 + numbers[-1]
