"""Splits a message that names several uses of AI into the uses."""

from __future__ import annotations

import re

MAX_USES = 6
_ITEM = re.compile(r"(?:^|\n|(?<=[\s:;,.]))(?:[-*•]|\(?(?:[1-9]|[a-f]|i{1,3}|iv|v)[.)])\s+", re.IGNORECASE)
_SEQUENCE = re.compile(
    r"\b(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|also,|and also|another (?:one|idea|use)|separately|lastly|finally)"
    r"\b[,:]?\s*",
    re.IGNORECASE,
)
MIN_WORDS = 4


def split_uses(message: str) -> list[str]:
    """The uses, in order; the message as a whole when it describes one.

    Lists, numbered items, semicolons between clauses and words such as "secondly" part uses. Text before a list is
    kept in front of every item, since it often says who asks and for what.
    """
    for splitter in (_by_items, _by_semicolons, _by_sequence):
        parts = splitter(message)
        if len(parts) >= 2:
            return parts[:MAX_USES]
    return [message]


def _by_items(message: str) -> list[str]:
    marks = list(_ITEM.finditer(message))
    if len(marks) < 2:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(message)]
    items = [message[mark.end() : end].strip(" \n;,") for mark, end in zip(marks, ends, strict=True)]
    return items if all(len(item.split()) >= MIN_WORDS for item in items) else []


def _by_semicolons(message: str) -> list[str]:
    parts = [part.strip() for part in message.split(";")]
    if len(parts) < 2:
        return []
    _lead, colon, first = parts[0].rpartition(":")
    if colon:
        parts[0] = first.strip()
    parts = [re.sub(r"^and\s+", "", part) for part in parts]
    return parts if colon and all(len(part.split()) >= MIN_WORDS for part in parts) else []


def _by_sequence(message: str) -> list[str]:
    marks = list(_SEQUENCE.finditer(message))
    if not marks:
        return []
    starts = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(message)]
    parts = [message[a:b].strip(" ,;.\n") for a, b in zip(starts, ends, strict=True)]
    parts = [part for part in parts if part]
    return parts if len(parts) >= 2 and all(len(part.split()) >= MIN_WORDS + 2 for part in parts) else []
