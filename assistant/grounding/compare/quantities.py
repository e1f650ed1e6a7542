"""Reading quantities: digits, number words, fractions, shares, money, ranges, bounds and units.

Values are compared, not spellings: "twelve" is 12, "two thirds" is a share of 0.667, "a fortnight" is 14 days.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.grounding.compare.tokens import Token

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_CARDINALS = {word: float(value) for value, word in enumerate(_ONES)} | {w: float(v) for w, v in _TENS.items()}
_WHOLES = frozenset("two three four five six seven eight nine ten twenty".split())
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0,
           "m": 1e6, "bn": 1e9, "k": 1e3}  # fmt: skip
_ORDINALS = {
    word: float(value)
    for value, word in enumerate(
        "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
        "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
    )
    if value
}
_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5,
          "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9,
          "tenth": 10, "tenths": 10}  # fmt: skip
_UNITS: dict[str, tuple[str, float]] = {
    "second": ("s", 1), "minute": ("s", 60), "hour": ("s", 3600), "day": ("s", 86400), "night": ("s", 86400),
    "week": ("s", 604800), "fortnight": ("s", 1209600), "month": ("month", 1), "quarter": ("month", 3),
    "year": ("month", 12), "decade": ("month", 120), "century": ("month", 1200), "centuries": ("month", 1200),
    "millimetre": ("m", 0.001), "mm": ("m", 0.001), "centimetre": ("m", 0.01), "cm": ("m", 0.01), "metre": ("m", 1),
    "meter": ("m", 1), "km": ("m", 1000), "kilometre": ("m", 1000), "mile": ("mile", 1), "foot": ("foot", 1),
    "feet": ("foot", 1),
    "gram": ("g", 1), "g": ("g", 1), "mg": ("g", 0.001), "milligram": ("g", 0.001), "kg": ("g", 1000),
    "kilogram": ("g", 1000),
    "kilo": ("g", 1000), "tonne": ("g", 1e6), "ml": ("l", 0.001), "millilitre": ("l", 0.001), "litre": ("l", 1),
    "pound": ("£", 1), "euro": ("€", 1), "dollar": ("$", 1), "pence": ("£", 0.01), "penny": ("£", 0.01),
    "degree": ("degree", 1),
    "kilowatt": ("W", 1e3), "megawatt": ("W", 1e6), "gigawatt": ("W", 1e9), "kw": ("W", 1e3), "mw": ("W", 1e6),
    "hectare": ("ha", 1), "acre": ("acre", 1), "times": ("times", 1), "time": ("times", 1), "fold": ("times", 1),
}  # fmt: skip
_CURRENCY = frozenset("£$€¥")
_OVER = frozenset(("over", "above", "exceeding", "exceed", "exceeds", "beyond", "passes"))
_UNDER = frozenset(("under", "below"))
_ABOUT = frozenset("about around roughly approximately nearly almost some circa approx".split())
_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?(st|nd|rd|th)?$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as read: any value from `low` to `high` (equal when exact), in `unit` ("share" for parts of a whole).

    `head` is the stem of the thing counted; `ordinal` marks "third" as a place; `loose` marks words such as "one";
    `spelled_part` marks "two thirds" and the like, which stand for near shares too.
    """

    low: float
    high: float
    unit: str | None
    head: str | None
    start: int
    end: int
    ordinal: bool = False
    loose: bool = False
    about: bool = False
    spelled_part: bool = False

    @property
    def value(self) -> float:
        """The figure itself, without its bound."""
        return self.low if self.low not in (float("-inf"),) else self.high

    @property
    def exact(self) -> bool:
        """Whether it is one value rather than a range or bound."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class _Number:
    value: float
    end: int
    ordinal: bool = False
    share: bool = False
    loose: bool = False


def read_quantities(tokens: Sequence[Token], taken: frozenset[int]) -> tuple[Quantity, ...]:
    """The quantities among `tokens`; positions in `taken` belong to dates and are passed over."""
    found: list[Quantity] = []
    i = 0
    while i < len(tokens):
        number = None if i in taken else _number(tokens, i)
        if number is None:
            i += 1
            continue
        quantity = _finish(tokens, i, number)
        found.append(quantity)
        i = max(quantity.end, i + 1)
    return tuple(found)


def _number(tokens: Sequence[Token], i: int) -> _Number | None:
    word = tokens[i].lower
    if word in ("half", "halves"):
        return _Number(0.5, i + 1, share=True)
    if word in ("a", "an"):
        return _article_number(tokens, i)
    if word == "twice":
        return _Number(2, i + 1, loose=True)
    digits = _DIGITS.match(word)
    if digits:
        value = float(word.rstrip("stndrh").replace(",", ""))
        return _scaled(tokens, value, i + 1, bool(digits.group(1)))
    if word in _CARDINALS:
        return _words(tokens, i)
    if word in _ORDINALS and word != "second":
        return _Number(_ORDINALS[word], i + 1, ordinal=True)
    if word == "second" and i and tokens[i - 1].lower in ("the", "a", "its", "their"):
        return _Number(2, i + 1, ordinal=True)
    if word in ("hundred", "thousand", "million") or (word == "dozen" and i and tokens[i - 1].lower == "a"):
        return _Number(_SCALES[word], i + 1)
    return None


def _article_number(tokens: Sequence[Token], i: int) -> _Number | None:
    if i + 1 >= len(tokens):
        return None
    word = tokens[i + 1].lower
    if word in ("hundred", "thousand", "million", "billion", "dozen"):
        return _Number(_SCALES[word], i + 2)
    if word == "fortnight":
        return _Number(1, i + 1, loose=True)
    following = tokens[i + 2].lower if i + 2 < len(tokens) else ""
    if (
        word in _PARTS
        and word not in ("second",)
        and (following in ("of", "in", "by", "more", "less", "fewer") or word == "half")
    ):
        return _Number(1 / _PARTS[word], i + 2, share=True)
    return None


def _words(tokens: Sequence[Token], i: int) -> _Number:
    total = _CARDINALS[tokens[i].lower]
    end = i + 1
    nxt = _skip_hyphen(tokens, end)
    if 20 <= total <= 90 and nxt < len(tokens):
        follow = tokens[nxt].lower
        if follow in _CARDINALS and 0 < _CARDINALS[follow] < 10:
            total, end = total + _CARDINALS[follow], nxt + 1
        elif follow in _ORDINALS and _ORDINALS[follow] < 10:
            return _Number(total + _ORDINALS[follow], nxt + 1, ordinal=True)
    nxt = _skip_hyphen(tokens, end)
    if nxt < len(tokens) and total < 20 and tokens[nxt].lower in _PARTS and tokens[nxt].lower != "second":
        return _Number(total / _PARTS[tokens[nxt].lower], nxt + 1, share=True)
    in_ten = end + 1 < len(tokens) and tokens[end].lower in ("in", "out") and total < 10
    if in_ten:
        of = end + 2 if tokens[end].lower == "out" and tokens[end + 1].lower == "of" else end + 1
        if of < len(tokens) and tokens[of].lower in _WHOLES:
            return _Number(total / _CARDINALS[tokens[of].lower], of + 1, share=True)
    number = _scaled(tokens, total, end, False)
    return _Number(number.value, number.end, loose=total == 1 and number.end == end)


def _scaled(tokens: Sequence[Token], value: float, end: int, ordinal: bool) -> _Number:
    while end < len(tokens) and tokens[end].lower in _SCALES:
        value, end = value * _SCALES[tokens[end].lower], end + 1
        tail = end + 1 if end < len(tokens) and tokens[end].lower == "and" else end
        if tail < len(tokens) and tokens[tail].lower in _CARDINALS and value >= 100:
            rest = _words(tokens, tail)
            if not rest.share and rest.value < value:
                value, end = value + rest.value, rest.end
    if end + 2 < len(tokens) and [t.lower for t in tokens[end : end + 3]] == ["and", "a", "half"]:
        value, end = value + 0.5, end + 3
    return _Number(value, end, ordinal)


def _skip_hyphen(tokens: Sequence[Token], i: int) -> int:
    return i + 1 if i < len(tokens) and tokens[i].text == "-" else i


def _finish(tokens: Sequence[Token], i: int, number: _Number) -> Quantity:
    start, end, value, upper = i, number.end, number.value, number.value
    unit: str | None = "share" if number.share else None
    if start and tokens[start - 1].text in _CURRENCY:
        start, unit = start - 1, tokens[start - 1].text
    second = _range_end(tokens, start, end)
    if second is not None:
        upper, end = second.value, second.end
    factor, unit, end = _unit(tokens, end, unit)
    head = next((t.stem for t in tokens[end : end + 3] if t.content and not t.text[0].isdigit()), None)
    low, high, about, start = _bound(tokens, start, end, min(value, upper) * factor, max(value, upper) * factor)
    loose = number.loose and unit is None
    return Quantity(low, high, unit, head, start, end, number.ordinal, loose, about, number.share)


def _range_end(tokens: Sequence[Token], start: int, end: int) -> _Number | None:
    if end + 1 >= len(tokens):
        return None
    before = tokens[start - 1].lower if start else ""
    link = tokens[end].text
    joined = link in ("–", "—", "-") and tokens[end + 1].text[0].isdigit()
    if not (joined or (link == "to" and before not in ("rose", "fell")) or (link == "and" and before == "between")):
        return None
    follow = end + 2 if tokens[end + 1].text in _CURRENCY else end + 1
    number = _number(tokens, follow) if follow < len(tokens) else None
    if number is None or number.share or number.loose or before == "from":
        return None
    return number


def _unit(tokens: Sequence[Token], end: int, unit: str | None) -> tuple[float, str | None, int]:
    at = _skip_hyphen(tokens, end)
    if at >= len(tokens):
        return 1.0, unit, end
    word = tokens[at].lower
    if word in ("%", "percent") or (word == "per" and at + 1 < len(tokens) and tokens[at + 1].lower == "cent"):
        after = at + (2 if word == "per" else 1)
        if after < len(tokens) and tokens[after].lower in ("point", "points"):
            return 1.0, "points", after + 1
        if after + 1 < len(tokens) and tokens[after].lower == "percentage":
            return 1.0, "points", after + 2
        return 0.01, "share", after
    if word == "percentage" and at + 1 < len(tokens) and tokens[at + 1].lower.startswith("point"):
        return 1.0, "points", at + 2
    if unit is not None:
        return 1.0, unit, end
    if word == "working" and at + 1 < len(tokens) and tokens[at + 1].lower.startswith("day"):
        return 1.0, "working day", at + 2
    known = _UNITS.get(word) or (_UNITS.get(word[:-1]) if word.endswith("s") else None)
    if known is None:
        return 1.0, None, end
    name, factor = known[0], known[1]
    if name == "W" and at + 2 < len(tokens) and tokens[at + 1].text == "-" and tokens[at + 2].lower.startswith("hour"):
        return factor, "Wh", at + 3
    return factor, name, at + 1


_NEVER = float("inf")


def _bound(tokens: Sequence[Token], start: int, end: int, low: float, high: float) -> tuple[float, float, bool, int]:
    back = tuple(t.lower for t in tokens[max(0, start - 3) : start])
    one, two, three = back[-1:], back[-2:], back[-3:]
    if two in (("more", "than"), ("greater", "than"), ("longer", "than"), ("higher", "than"), ("older", "than")):
        if three[:1] == ("no",) and len(three) == 3:
            return -_NEVER, high, False, start - 3
        return low * 1.000001, _NEVER, False, start - 2
    if two in (("less", "than"), ("fewer", "than"), ("lower", "than"), ("younger", "than"), ("shorter", "than")):
        if three[:1] == ("no",) and len(three) == 3:
            return low, _NEVER, False, start - 3
        return -_NEVER, high * 0.999999, False, start - 2
    if two in (("at", "least"), ("minimum", "of")):
        return low, _NEVER, False, start - 2
    if two in (("at", "most"), ("up", "to"), ("maximum", "of")) or one == ("within",):
        return -_NEVER, high, False, start - (1 if one == ("within",) else 2)
    if one and one[0] in _OVER:
        return low * 1.000001, _NEVER, False, start - 1
    if one and one[0] in _UNDER:
        return -_NEVER, high * 0.999999, False, start - 1
    tail = tuple(t.lower for t in tokens[end : end + 2])
    if tail in (("or", "more"), ("or", "over"), ("or", "above")):
        return low, _NEVER, False, start
    if tail in (("or", "less"), ("or", "fewer"), ("or", "under")):
        return -_NEVER, high, False, start
    if one and one[0] in _ABOUT:
        return low * 0.88, high * 1.12, True, start - 1
    return low, high, False, start
