"""Reading a message as a person would see it, whatever characters it is written with, and keeping it bounded."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

MAX_QUESTION_CHARACTERS = 4_000

_JOINT = "\n…\n"  # stands between the beginning and the end of a shortened message
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\n\t]")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−﹣"), "-")
_QUOTES = {ord("’"): "'", ord("‘"): "'", ord("ʼ"): "'", ord("“"): '"', ord("”"): '"', ord("„"): '"'}
_LOOKALIKES = dict(
    zip(
        map(ord, "аеорсухіјѕԁһԛԝАВЕКМНОРСТУХІЈЅοαινρυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"),
        "aeopcyxijsdhqwABEKMHOPCTYXIJSoaivpuxABEZHIKMNOPTYX",
        strict=True,
    )
)


@dataclass(frozen=True)
class CleanText:
    """A message ready for the pipeline. `truncated`: the middle was left out to keep within the limit."""

    text: str
    truncated: bool


@dataclass(frozen=True)
class Folded:
    """A text reduced to plain characters; `origin[i]` is the offset in the original of character `i`.

    `origin` has one element more than `text`, the length of the original. `hidden` says that invisible characters
    were taken out.
    """

    text: str
    origin: tuple[int, ...]
    hidden: bool

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of the characters from `start` to `end` (exclusive) of the folded text."""
        return self.origin[start], (self.origin[end - 1] + 1 if end > start else self.origin[start])


def clean(text: str) -> CleanText:
    """Normalise a message: composed characters, plain spaces and line ends, nothing invisible, bounded length.

    Characters whose compatibility form would change the meaning (superscripts, fractions) are left as they are.
    A text above MAX_QUESTION_CHARACTERS keeps its beginning and its end.
    """
    plain = _LINE_ENDS.sub("\n", text)
    plain = "".join(_plain_character(ch) for ch in unicodedata.normalize("NFC", plain))
    plain = _BLANK_LINES.sub("\n\n", plain).strip()
    if len(plain) <= MAX_QUESTION_CHARACTERS:
        return CleanText(plain, truncated=False)
    head = MAX_QUESTION_CHARACTERS * 2 // 3
    tail = MAX_QUESTION_CHARACTERS - head - len(_JOINT)
    return CleanText(plain[:head] + _JOINT + plain[-tail:], truncated=True)


def fold(text: str) -> Folded:
    """The text with compatibility characters, dashes, quotation marks and spaces made plain and marks removed.

    Letters that imitate Latin ones are replaced in words that mix alphabets. Line ends become "\\n".
    """
    if text.isascii() and _UNPRINTABLE.search(text) is None:
        return Folded(text, tuple(range(len(text) + 1)), hidden=False)
    characters: list[str] = []
    origin: list[int] = []
    hidden = False
    for position, ch in enumerate(text):
        if ch.isascii():
            piece = ch if ch.isprintable() or ch in "\n\t" else (" " if ch in "\r\x0b\x0c" else "")
        else:
            piece = _fold_character(ch)
            hidden = hidden or (not piece and not unicodedata.combining(ch))
        characters.extend(piece)
        origin.extend([position] * len(piece))
    origin.append(len(text))
    return Folded(_unmask("".join(characters)), tuple(origin), hidden)


@lru_cache(maxsize=4096)
def _plain_character(ch: str) -> str:
    if ch.isascii():
        return ch if ch.isprintable() or ch in "\n\t" else ""
    category = unicodedata.category(ch)
    if category in ("Cc", "Cf", "Cs", "Cn"):
        return ""
    if category == "Zs":
        return " "
    if "\uff01" <= ch <= "\uff5e" or "\ufb00" <= ch <= "\ufb06" or "\U0001d400" <= ch <= "\U0001d7ff":
        return unicodedata.normalize("NFKC", ch)
    return ch


@lru_cache(maxsize=4096)
def _fold_character(ch: str) -> str:
    category = unicodedata.category(ch)
    if category in ("Mn", "Cc", "Cf", "Cs", "Cn"):
        return ""
    if category in ("Zs", "Zl", "Zp"):
        return " " if category == "Zs" else "\n"
    plain = unicodedata.normalize("NFKC", ch).translate(_DASHES).translate(_QUOTES)
    decomposed = unicodedata.normalize("NFD", plain)
    latin = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in latin)


_ANY_WORD = re.compile(r"\w+")
_LATIN = re.compile(r"[a-zA-Z]")


def _unmask(text: str) -> str:
    """Letters that imitate Latin ones made Latin, in words that have Latin letters too."""
    if text.isascii():
        return text
    return _ANY_WORD.sub(lambda word: _latin(word.group()), text)


def _latin(word: str) -> str:
    return word.translate(_LOOKALIKES) if not word.isascii() and _LATIN.search(word) else word
