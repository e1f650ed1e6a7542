"""Numbers that identify a person: NHS, National Insurance, telephone, hospital and payment card numbers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.guard.found import Found

_RUN = re.compile(r"(?<![\w£$€])\d(?:[\s.,/_()·•-]{0,3}\d)*(?!\w)|(?<=[A-Za-z])\d{10}(?!\w)")
_GROUP = re.compile(r"\d+")
_NHS_LABEL = re.compile(
    r"(?i)(?<![a-z])nhs[ -]?(?:no\.?s?|num(?:ber)?s?|nr|id|identifier|#)?(?: ?#)?(?![a-z])[^\w\n]{0,6}"
    r"(?:(?:is|was|of|as|for (?:him|her|them|this one)|given|recorded|=)[^\w\n]{1,4}){0,3}$"
)
_NHS_GLUED = re.compile(r"(?i)nhs\s?(?:no|num|number|id)\.?$")
_NHS_LABEL_NAMED = re.compile(r"(?i)nhs[ -]?(?:no|num|nr|id|#)")
_NHS_LABEL_AFTER = re.compile(
    r"(?i)^[^\w\n]{0,4}(?:(?:is|was|as|\(|=|,)\s*)?(?:(?:her|his|their|the|my|an?)\s)?nhs[ -]?(?:no|num|id)"
)
_OTHER_LABEL = re.compile(
    r"(?i)(?:isbn(?:-?10)?|issn|doi|purchase order|order|po|invoice|serial|asset|barcode|build|version|licen[cs]e|"
    r"company|charity|vat|ip)\s*(?:no\.?|number|nr|address)?[:#\s]*$"
)
_PHONE_LABEL = re.compile(
    r"(?i)(?:tel(?:ephone)?|(?:tele)?phone|mobile|mob|cell|landline|whatsapp|contact (?:no|number))\.?"
    r"(?:\s(?:no|num|number))?\.?[^\w\n]{0,3}(?:(?:is|was|on|at|to)[^\w\n]{1,3}){0,2}\(?$"
)
_PLUS = re.compile(r"(?<!\w)\+\(?$")
_CARD_LABEL = re.compile(r"(?i)card(?:\s(?:no|num|number|details))?\.?[^\w\n]{0,3}(?:is[^\w\n]{1,3})?$")
_NI = re.compile(r"(?i)(?<![\w])[a-z]{2}[ .-]{0,2}(?:\d[ .-]{0,2}){6}[a-d](?![\w])")
_NI_PREFIX_NEVER = frozenset(("bg", "gb", "nk", "kn", "tn", "nt", "zz"))
_HOSPITAL_LABEL = (
    r"(?:mrn|crn|(?:hospital|hosp\.?|unit|case ?note|medical record|pas|epr|patient|pt|district|clinic)\s?"
    r"(?:number|num|no\.?|nr|id|identifier|ref(?:erence)?|record number))"
)
_CODE = r"(?:[a-z]{0,4}[ /-]?\d(?:[ -]?\d){3,11}[a-z]?)(?!\w)"
_HOSPITAL = re.compile(
    rf"(?i)(?<!\w){_HOSPITAL_LABEL}(?!\w)\s?(?:\((?:mrn|no)\)\s?)?[:#=.-]{{0,2}}\s?(?:(?:is|was|"
    rf"of)\s)?[:#'\"(]?\s?({_CODE})"
)
_HOSPITAL_AFTER = re.compile(
    rf"(?i)(?<!\w)([a-z]{{0,4}}\d{{5,10}}[a-z]?)\s?(?:\(|(?:is|was|as)\s)(?:(?:the|her|his|their|"
    rf"a)\s)?{_HOSPITAL_LABEL}(?!\w)"
)
_DAY, _MONTH, _YEAR = r"(?:[0-2]?\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_DATE_LIKE = re.compile(
    rf"(?<!\d)(?:{_YEAR}[-./]{_MONTH}[-./]{_DAY}|{_DAY}[-./]{_MONTH}[-./](?:{_YEAR}|"
    rf"\d{{2}}))(?:[ T,]{{1,2}}\d{{1,2}}:\d{{2}})?(?!\d)"
)
_LOOK_BACK = 60


@dataclass(frozen=True)
class _Group:
    digits: str
    start: int
    end: int


def find_numbers(text: str) -> list[Found]:
    """Numbered identifiers in a folded text. Work is linear in its length."""
    found: list[Found] = []
    for match in _NI.finditer(text):
        if match.group()[:2].lower() not in _NI_PREFIX_NEVER:
            found.append(Found("ni_number", match.start(), match.end()))
    hospital = [Found("hospital_number", *match.span(1)) for match in _HOSPITAL.finditer(text)]
    hospital += [Found("hospital_number", *match.span(1)) for match in _HOSPITAL_AFTER.finditer(text)]
    dates = iter([match.span() for match in _DATE_LIKE.finditer(text)])
    date = next(dates, None)
    for match in _RUN.finditer(text):
        groups: list[_Group] = []
        for piece in _GROUP.finditer(text, match.start(), match.end()):
            while date and date[1] <= piece.start():
                date = next(dates, None)
            if date and date[0] <= piece.start():
                continue
            groups.append(_Group(piece.group(), piece.start(), piece.end()))
        found += _identifiers_in(text, groups)
    numbers = [piece for piece in found if piece.kind in ("nhs_number", "payment_card")]
    taken = {(piece.start, piece.end) for piece in numbers}
    return found + [piece for piece in hospital if (piece.start, piece.end) not in taken]


def _identifiers_in(text: str, groups: list[_Group]) -> Iterator[Found]:
    """Reads a run of digit groups from left to right; a group belongs to at most one identifier."""
    index = 0
    while index < len(groups):
        for kind, finder in (("payment_card", _card), ("phone", _phone), ("nhs_number", _nhs)):
            size = finder(text, groups, index)
            if size:
                yield Found(kind, _left_edge(text, kind, groups[index].start), groups[index + size - 1].end)
                index += size
                break
        else:
            index += 1


def _left_edge(text: str, kind: str, start: int) -> int:
    """A telephone number begins at its plus sign or bracket."""
    while kind == "phone" and start and text[start - 1] in "+(":
        start -= 1
    return start


def _total(groups: list[_Group], index: int, sizes: range) -> Iterator[tuple[int, str]]:
    """The runs of groups from `index` whose digits number between the bounds: (groups, digits)."""
    digits = ""
    for count, group in enumerate(groups[index : index + 20], start=1):
        digits += group.digits
        if len(digits) in sizes:
            yield count, digits
        if len(digits) >= sizes.stop:
            return


def _before(text: str, group: _Group) -> str:
    """What stands before a group. A label stands before the first of a run only: a run holds no letters."""
    return text[max(0, group.start - _LOOK_BACK) : group.start]


def _card(text: str, groups: list[_Group], index: int) -> int:
    labelled = index == 0 and bool(_CARD_LABEL.search(_before(text, groups[index])))
    if not labelled and groups[index].digits[0] not in "3456":
        return 0
    for count, digits in _total(groups, index, range(13, 20)):
        if labelled or _luhn(digits):
            return count
    return 0


def _phone(text: str, groups: list[_Group], index: int) -> int:
    before = _before(text, groups[index])
    plus = bool(_PLUS.search(before))
    labelled = index == 0 and bool(_PHONE_LABEL.search(before.rstrip("+")))
    if not (plus or labelled or groups[index].digits[0] == "0") or _glued(text, groups[index]):
        return 0
    for count, digits in reversed(list(_total(groups, index, range(6, 17)))):
        if _separated_by_commas(text, groups[index : index + count]):
            continue
        if _is_phone(digits, plus) or (labelled and 6 <= len(digits) <= 12):
            return count
    return 0


def _is_phone(digits: str, plus: bool) -> bool:
    if plus and not digits.startswith("44"):
        return 8 <= len(digits) <= 15
    if plus or digits.startswith("0044"):
        national = digits.removeprefix("00").removeprefix("44").removeprefix("0")
        return len(national) in (9, 10) and national[0] in "123578"
    return digits[0] == "0" and len(digits) in (10, 11) and digits[1] in "123578" and len(set(digits)) > 2


def _nhs(text: str, groups: list[_Group], index: int) -> int:
    before = _before(text, groups[index])
    candidates = sorted(_total(groups, index, range(9, 12)), key=lambda item: abs(len(item[1]) - 10))
    for count, digits in candidates:
        taken = groups[index : index + count]
        after = text[taken[-1].end : taken[-1].end + _LOOK_BACK] if taken[-1] is groups[-1] else ""
        labelled = _labelled_nhs(before if index == 0 else "", after)
        if labelled and not _glued_other(text, groups[index]):
            return count
        if len(digits) == 10 and _mod_11(digits) and _nhs_shaped(text, groups, index, count):
            return 0 if _OTHER_LABEL.search(before) else count
    return 0


def _labelled_nhs(before: str, after: str) -> bool:
    label = _NHS_LABEL.search(before)
    return bool(label and _NHS_LABEL_NAMED.match(label.group())) or bool(_NHS_LABEL_AFTER.search(after))


def _nhs_shaped(text: str, groups: list[_Group], index: int, count: int) -> bool:
    """Whether ten digits are grouped as one number rather than being a list, an amount or an address of a machine."""
    taken = groups[index : index + count]
    lengths = [len(group.digits) for group in taken]
    usual = lengths in ([10], [3, 3, 4], [3, 7], [6, 4], [5, 5], [2, 2, 2, 2, 2], [4, 3, 3], [3, 4, 3])
    if _glued(text, taken[0]) or (len(set("".join(g.digits for g in taken))) == 1):
        return False
    if _separated_by_commas(text, taken):
        return lengths == [3, 3, 4]
    if not usual:
        whole_run = index == 0 and count == len(groups)
        machine = lengths == [3, 3, 3, 1] or (len(taken) == 4 and text[taken[0].end] == ".")
        year = lengths[0] == 4 and taken[0].digits[:2] in ("19", "20")
        return whole_run and not machine and not year
    return True


def _glued(text: str, group: _Group) -> bool:
    """Whether a letter stands directly before the digits, as in a product or order code."""
    return group.start > 0 and text[group.start - 1].isalnum()


def _glued_other(text: str, group: _Group) -> bool:
    return _glued(text, group) and not _NHS_GLUED.search(text[max(0, group.start - 20) : group.start])


def _separated_by_commas(text: str, groups: list[_Group]) -> bool:
    return any(
        "," in text[left.end : right.start] or "/" in text[left.end : right.start]
        for left, right in itertools.pairwise(groups)
    )


def _mod_11(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == int(digits[9])


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + position % 2) for position, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
