"""Other readings of a message: what it says when it is decoded once, in the ways in which orders are hidden."""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any
from urllib.parse import unquote

from assistant.guard import command_words

_BASE64 = re.compile(r"(?<![\w+/=-])[A-Za-z0-9+/_-]{16,}(?:\n[A-Za-z0-9+/_-]{16,})*={0,2}")
_BASE32 = re.compile(r"(?<![\w=])[A-Z2-7]{24,}={0,6}")
_HEX = re.compile(r"(?i)(?<![0-9a-z])(?:(?:0x|\\x)?[0-9a-f]{2}[ ,:]{0,2}){8,}(?![0-9a-z])")
_BINARY = re.compile(r"(?<!\d)(?:[01]{8}\s?){8,}(?!\d)")
_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|&#?\w{2,8};|%[0-9a-fA-F]{2}")
_UNICODE_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_LEET = (str.maketrans("4@836!1|05$7+", "aabegiiiosstt"), str.maketrans("4@836!1|05$7+", "aabegillosstt"))
_LEET_WORD = re.compile(r"(?<![^\s.,;:()\"'-])[a-zA-Z0-9@$!|+']{2,30}")
_SPACED = re.compile(r"(?<!\w)\w(?:[ .\-_*/·|,]{1,3}\w(?!\w)){7,}")
_WORD_GAP = re.compile(r"[ .\-_*/·|,]{2,}")
_TAGS = re.compile("[\U000e0020-\U000e007e]{4,}")
_LONG_WORD = re.compile(r"(?<!\w)[a-zA-Z]{5,15}(?!\w)")
_MIN_LETTERS = 8


@dataclass(frozen=True)
class Reading:
    """What a stretch of the message, given by its offsets, says when decoded."""

    text: str
    start: int
    end: int


def readings_of(text: str) -> Iterator[Reading]:
    """Each way in which the message, or a part of it, can be decoded to text. Every decoding is made once."""
    for pattern, decode in _DECODERS:
        for match in pattern.finditer(text):
            said = decode(match.group())
            if said and sum(ch.isalpha() for ch in said) >= _MIN_LETTERS:
                yield Reading(said, match.start(), match.end())
    whole = (0, len(text))
    if _ESCAPE.search(text):
        yield Reading(_unescape(text), *whole)
    for table in _LEET:
        plain = _LEET_WORD.sub(partial(_from_leet, table), text)
        if plain != text:
            yield Reading(plain, *whole)
    ordered = _LONG_WORD.sub(_unscramble, text)
    if ordered != text:
        yield Reading(ordered, *whole)
    yield Reading(codecs.encode(text, "rot13"), *whole)
    yield Reading(text[::-1], *whole)
    yield Reading(" ".join(word[::-1] for word in text.split()), *whole)


def _from_base64(piece: str) -> str | None:
    compact = piece.replace("\n", "").replace("-", "+").replace("_", "/").rstrip("=")
    return _as_text(base64.b64decode, compact + "=" * (-len(compact) % 4))


def _from_base32(piece: str) -> str | None:
    compact = piece.rstrip("=")
    return _as_text(base64.b32decode, compact + "=" * (-len(compact) % 8))


def _from_hex(piece: str) -> str | None:
    return _as_text(bytes.fromhex, re.sub(r"(?i)0x|\\x|[ ,:]", "", piece))


def _from_binary(piece: str) -> str | None:
    bits = re.sub(r"\s", "", piece)
    return _as_text(bytes, [int(bits[place : place + 8], 2) for place in range(0, len(bits), 8)])


def _as_text(decode: Callable[[Any], bytes], piece: object) -> str | None:
    """The bytes as text, or None when the piece is no such code or does not spell readable text."""
    try:
        said = decode(piece).decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    readable = sum(ch.isprintable() or ch in "\n\t\r" for ch in said)
    return said if readable == len(said) else None


def _from_tags(piece: str) -> str:
    """Unicode tag characters, which show nothing, spell ASCII."""
    return "".join(chr(ord(ch) - 0xE0000) for ch in piece)


def _join_letters(piece: str) -> str:
    """ "i g n o r e   a l l": wider gaps are spaces; where there are none, known words are looked for."""
    words = ["".join(ch for ch in word if ch.isalnum()) for word in _WORD_GAP.split(piece)]
    joined = " ".join(word for word in words if word)
    return joined if " " in joined else _segment(joined.lower())


def _segment(letters: str) -> str:
    """Spaces put between the command words in a string without any."""
    return re.sub(r"\s+", " ", _vocabulary().sub(lambda word: f" {word.group()} ", letters)).strip()


@lru_cache(maxsize=1)
def _vocabulary() -> re.Pattern[str]:
    sets = (
        command_words.SUSPEND,
        command_words.PROGRAM_OBJECTS,
        command_words.YOURS - {"ur", "yr", "thy"},
        command_words.EARLIER,
        command_words.SHOW,
        command_words.PLAIN_SAY,
        frozenset(("all", "the", "system", "and", "you", "were", "given")),
    )
    words = sorted({word for group in sets for word in group}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _from_leet(table: dict[int, int], match: re.Match[str]) -> str:
    word = match.group()
    letters = sum(ch.isalpha() for ch in word)
    if letters == len(word) or letters == 0:
        return word
    return word.rstrip("!").lower().translate(table)


def _unscramble(match: re.Match[str]) -> str:
    """ "ignroe": the command word with the same first and last letter and the same letters between, if there is one."""
    word = match.group().lower()
    return _scrambles().get((word[0], word[-1], "".join(sorted(word))), match.group())


@lru_cache(maxsize=1)
def _scrambles() -> dict[tuple[str, str, str], str]:
    groups = (command_words.SUSPEND, command_words.PROGRAM_OBJECTS, command_words.SHOW, command_words.EARLIER)
    words = (word for group in groups for word in group if len(word) > 4)
    return {(word[0], word[-1], "".join(sorted(word))): word for word in sorted(words)}


def _unescape(text: str) -> str:
    numbers = _UNICODE_ESCAPE.sub(lambda code: chr(int(code.group(1) or code.group(2), 16)), text)
    return html.unescape(unquote(numbers))


_DECODERS: tuple[tuple[re.Pattern[str], Callable[[str], str | None]], ...] = (
    (_BASE64, _from_base64),
    (_BASE32, _from_base32),
    (_HEX, _from_hex),
    (_BINARY, _from_binary),
    (_TAGS, _from_tags),
    (_SPACED, _join_letters),
)
