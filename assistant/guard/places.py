"""Postcodes, street addresses and e-mail addresses."""

from __future__ import annotations

import re

from assistant.guard.found import Found

_AREAS = (
    "ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec eh en ex fk "
    "fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv ka kt kw ky l la ld le ll ln ls lu m me mk ml n ne ng nn "
    "np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts "
    "tw ub w wa wc wd wf wn wr ws wv yo ze zz je bx"
).split()
_POSTCODE = re.compile(
    rf"(?i)(?<![\w-])(?:{'|'.join(sorted(_AREAS, key=len, reverse=True))})\d[a-z\d]?[ -]{{0,2}}"
    r"(?P<inward>\d[abd-hjlnp-uw-z]{2})(?![\w-])"
)
_ORDINALS = frozenset(("1st", "2nd", "3rd", *(f"{digit}th" for digit in "0456789")))  # "B12 3rd floor" is no postcode

_CERTAIN = (
    "road rd street st avenue ave lane ln crescent cres terrace gardens gdns grove mews cottages bungalows boulevard "
    "parade villas"
).split()
_POSSIBLE = "close drive way court place square hill park row view walk rise green wharf yard house lodge".split()
_NOT_STREETS = frozenset(
    """google one shared network test flash hard disk disc downing career care nursing open""".split()
)
_STREET = re.compile(
    rf"(?<![\w£$€./:-])(?P<number>\d{{1,4}}[A-Za-z]?(?:[-/]\d{{1,4}})?),? "
    rf"(?P<name>[^\W\d_][\w'.-]{{1,20}}(?: [^\W\d_][\w'.-]{{1,20}}){{0,2}}?) "
    rf"(?P<type>(?i:{'|'.join(_CERTAIN + _POSSIBLE)}))(?!\w)\.?"
)
_FLAT = re.compile(r"(?i)(?<!\w)(?:flat|apartment|apt\.?) ?(?:no\.? ?)?\d{1,4}[a-z]?(?!\w),? ?$")
_PREMISES = re.compile(r"(?i)\b(?:unit|building|block|suite|office|site|lot)\s$")
_RESIDENCE = re.compile(
    r"(?i)\b(?:live[sd]?|living|resid(?:es?|ing)|address|home|house|stay(?:s|ing)|moved|visit(?:s|ed|ing)?|"
    r"collect(?:ed|ing)?|"
    r"deliver(?:ed|y)?)\b[^.?!\n]{0,25}$"
)
_EMAIL = re.compile(
    r"(?i)(?<![\w.%+'-])[\w.%+'-]{1,64}(?:\s?@\s?|\s?[(\[]at[)\]]\s?)"
    r"[a-z0-9-]{1,63}(?:(?:\.|\s?[(\[]dot[)\]]\s?)[a-z0-9-]{1,63}){1,6}"
)
_SPOKEN_EMAIL = re.compile(
    r"(?i)(?<![\w.%+-])[\w%+-]{1,40}(?: dot [\w%+-]{1,40}|"
    r"\.[\w%+-]{1,40}){0,3} at [a-z0-9-]{2,40}(?: dot [a-z0-9-]{2,20}){1,4}(?!\w)"
)
_ROLE_MAILBOX = frozenset(
    "ai iai aipolicy admin comms communications complaints contact contactus cso data digital dpo dtac enquiries "
    "england enquiry feedback foi governance hello help helpdesk ig info information innovation it library mail "
    "media news noreply office pals policy press privacy procurement programme reception regulatory sales "
    "security servicedesk services support team transformation uk us web webmaster devices software the and "
    "charter incubator mhra nhs nhsx ico hra cqc nice".split()
)


def find_places(text: str) -> list[Found]:
    """Postcodes, street addresses and personal e-mail addresses in a folded text."""
    return _postcodes(text) + _addresses(text) + _emails(text)


def _postcodes(text: str) -> list[Found]:
    return [
        Found("postcode", *match.span()) for match in _POSTCODE.finditer(text) if match.group("inward") not in _ORDINALS
    ]


def _addresses(text: str) -> list[Found]:
    found: list[Found] = []
    for match in _STREET.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        if _PREMISES.search(before):
            continue
        flat = _FLAT.search(before)
        if flat or _is_street(match, bool(_RESIDENCE.search(before))):
            start = match.start() - (len(before) - flat.start() if flat else 0)
            found.append(Found("address", start, match.end()))
    return found


def _is_street(match: re.Match[str], residence: bool) -> bool:
    words = match.group("name").split()
    if any(word.lower() in _NOT_STREETS for word in words):
        return False
    kind = match.group("type").lower()
    capitals = all(word[0].isupper() for word in words) and match.group("type")[0].isupper()
    if not capitals:
        return residence and kind in _CERTAIN
    year_or_amount = len(match.group("number")) == 4
    return (
        residence
        or (kind in _CERTAIN and not year_or_amount)
        or (kind in _POSSIBLE and match.group("number")[0] != "0")
    )


def _emails(text: str) -> list[Found]:
    found = [Found("email", *match.span()) for match in _EMAIL.finditer(text) if not _is_role_mailbox(match.group())]
    return found + [Found("email", *match.span()) for match in _SPOKEN_EMAIL.finditer(text)]


def _is_role_mailbox(address: str) -> bool:
    """Whether the part before the @ names a function of an organisation and no person."""
    local = re.split(r"(?i)\s?@|\s?[(\[]at", address, maxsplit=1)[0].lower()
    return all(piece in _ROLE_MAILBOX for piece in re.split(r"[._+'%-]+", local) if piece)
