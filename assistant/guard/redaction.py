"""Taking personal data out of a message: for showing it, and for asking the question again without it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.guard.characters import MAX_QUESTION_CHARACTERS
from assistant.guard.personal_data import find_personal_data
from assistant.types import Span

_SHOWN = {
    "nhs_number": "NHS number",
    "payment_card": "payment card number",
    "ni_number": "National Insurance number",
    "email": "e-mail address",
    "hospital_number": "hospital number",
    "date_of_birth": "date of birth",
    "phone": "phone number",
    "postcode": "postcode",
    "address": "address",
    "name": "name",
}
_STAND_INS = {
    "nhs_number": "a patient",
    "hospital_number": "a patient",
    "payment_card": "a card number",
    "ni_number": "a National Insurance number",
    "email": "an e-mail address",
    "date_of_birth": "a date of birth",
    "phone": "a phone number",
    "postcode": "an address",
    "address": "an address",
    "name": "a patient",
}
_SMALLEST_QUESTION = 4  # words

_LABEL_END = re.compile(
    r"(?i)(?P<label>\b(?:nhs ?(?:no|num(?:ber)?|id|#)?|ni(?:no)?(?: (?:no|number))?|national insurance(?: (?:no|"
    r"number))?|"
    r"mrn|(?:hospital|hosp\.?|unit|patient|pt|medical record|case ?note) (?:no|num|number|id)|d\.?o\.?b|date of birth|"
    r"birth ?date|tel(?:ephone)?|(?:tele)?phone|mobile|e-?mail(?: address)?|postcode|address|card(?: (?:no|number))?|"
    r"(?:(?:patient|full|first|last) )?name|surname|forename)\.?)"
    r"(?:\s?[:#=(–-]|\s(?:is|was|of)\b|\s){1,3}\s?$"
)
_GLUED_LABEL = re.compile(r"(?i)\bnhs ?(?:no|num|number)?$")
_RECORD_LABEL = re.compile(
    r"(?i)(?:^|[.,;:?!\n])\s*(?:(?:the|his|her|their|pts?|patient'?s?)\s)?"
    r"(?:nhs ?(?:no|num(?:ber)?|id|#)?|mrn|(?:hospital|hosp\.?) (?:no|num|number|id)|d\.?o\.?b)\.?$"
)
_ASKS = re.compile(r"(?i)^\s(?:can|could|is|are|may|would|should|does|do|will|what|which)\b")
_QUESTION = re.compile(
    r"(?i)\?|(?:^|[,;:.–-]\s?|\band )(?:can|could|is|are|may|would|should|does|do|did|will|what|which|"
    r"who|when|how|why|where)\b|"
    r"\b(?:in scope|allowed|permitted|ok|okay|charter|covered)\b|\b(?:can|could|may) (?:i|we|the|an?|it|this)\b"
)
_TOWN_BETWEEN = re.compile(r"^,?(?:\s[A-Z][\w'-]+){0,3},?\s{1,2}$")
_BORN_END = re.compile(r"(?i),?\s?\b(?:who was |was )?(?:born|b\.)(?:\s(?:on|the|in)){0,3}\s?$")
_PERSON_END = re.compile(
    r"(?i)\b(?:patient|pt|client|resident|inpatient|outpatient|user|mum|mom|dad|mother|father|son|daughter|"
    r"husband|wife|"
    r"partner|brother|sister|gran|nan|grandad|grandma|aunt|uncle|baby|child|friend|neighbour|lady|woman|man|"
    r"gentleman|boy|"
    r"girl|person|someone)(?:,? (?:called|named))?[,:]?\s$"
)
_AFTER_PREPOSITION = re.compile(r"(?i)\b(?:at|to|from|in|near|for|on|with|by|of|about)\s$")
_LABEL_ONLY = re.compile(
    r"(?i)^[\W_]*(?:(?:a|an|the|her|his|their|my|patient'?s?|pt'?s?|employee|nhs|ni|nino|no|num|number|mrn|"
    r"hospital|hosp|unit|id|"
    r"d\.?o\.?b|date|of|birth|tel|telephone|phone|mobile|e-?mail|postcode|address|card|name|surname|forename|is|"
    r"was|and|"
    r"national|insurance)\b[\W_]*)*$"
)


def redact(text: str, spans: Sequence[Span]) -> str:
    """The text with each span replaced by what it was, for example "[NHS number removed]"."""
    pieces: list[str] = []
    position = 0
    for span in sorted(spans, key=lambda item: item.start):
        pieces += [text[position : span.start], f"[{_SHOWN[span.kind]} removed]"]
        position = span.end
    return "".join([*pieces, text[position:]])


def without_identifiers(text: str, spans: Sequence[Span]) -> str | None:
    """The question with its identifiers taken out and the gaps closed, or None when no usable question remains.

    A text longer than MAX_QUESTION_CHARACTERS is no plain question. What is returned asks something in at least four
    words and holds no personal data that `find_personal_data` knows.
    """
    if len(text) > MAX_QUESTION_CHARACTERS:
        return None
    kept = _tidy(_replace(text, spans))
    parts = [part for part in _clauses(kept) if not _LABEL_ONLY.match(part)]
    question = _tidy("".join(parts))
    question = question[:1].upper() + question[1:]
    words = re.findall(r"[^\W_][\w'’-]*", question)
    if len(words) < _SMALLEST_QUESTION or not _QUESTION.search(question) or find_personal_data(question):
        return None
    return question


def _replace(text: str, spans: Sequence[Span]) -> str:
    built = ""
    position = 0
    for span in _whole_addresses(text, sorted(spans, key=lambda item: item.start)):
        built += text[position : span.start]
        position = span.end
        built, stand_in = _fit(built, text[position : position + 12], span.kind)
        built += stand_in
    return built + text[position:]


def _whole_addresses(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans, with a street, a town and a postcode in a row taken as one address."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if (
            last
            and last.kind == "address"
            and span.kind == "postcode"
            and _TOWN_BETWEEN.match(text[last.end : span.start])
        ):
            joined[-1] = Span(kind="address", start=last.start, end=span.end)
        else:
            joined.append(span)
    return joined


def _fit(built: str, after: str, kind: str) -> tuple[str, str]:
    """What has been kept so far, with a dangling label trimmed, and what to put in place of the next span."""
    end = built[-60:]
    label = _LABEL_END.search(end)
    if label:
        kept = built[: len(built) - len(end) + label.end("label")]
        if _RECORD_LABEL.search(kept[-40:]) and after[:1] == " ":  # the number stands for the person
            return _RECORD_LABEL.sub(
                lambda found: found.group()[:1] if found.group()[0] in ".,;:?!\n" else "", kept
            ) + ("" if _ASKS.match(after) else " a patient"), ""
        return kept, ""
    if kind == "date_of_birth" and (born := _BORN_END.search(end)):
        return built[: len(built) - len(end) + born.start()], ""
    if kind in ("nhs_number", "hospital_number"):
        built = _GLUED_LABEL.sub("", built)
    if kind in ("name", "nhs_number", "hospital_number"):
        person = _PERSON_END.search(end)
        if person:
            kept = re.sub(r",? (?:called|named)$", "", built.rstrip(" ,:"))
            return kept, ""
    if kind == "name":
        return built, _STAND_INS[kind]
    if _beside_other(end) and not _AFTER_PREPOSITION.search(end):
        return built.rstrip(" ,;(-"), ""
    return built, _STAND_INS[kind]


def _beside_other(end: str) -> bool:
    """Whether the span is an addition to something said before it: in brackets, or after a comma or a stand-in."""
    stripped = end.rstrip()
    return stripped.endswith((",", "(", ";")) or stripped.endswith(("a patient", "an address"))


def _clauses(text: str) -> list[str]:
    return re.findall(r"[^,;.?!\n]*(?:[,;?!\n]|\.(?=\s|$)|\.(?=\S)|$)", text)


def _balanced(text: str) -> str:
    """The text without closing brackets that close nothing."""
    kept: list[str] = []
    open_brackets = 0
    for ch in text:
        open_brackets += (ch == "(") - (ch == ")")
        if open_brackets < 0:
            open_brackets = 0
        else:
            kept.append(ch)
    return "".join(kept)


def _tidy(text: str) -> str:
    tidy = re.sub(r"[^\S\n]+", " ", text)
    tidy = re.sub(r"\n[\n ]*", "\n", tidy)
    tidy = re.sub(r"\(\s*\)|\[\s*\]|\"\s*\"", "", tidy)
    tidy = re.sub(r"\s{1,2}([,.;:?!)])", r"\1", tidy)
    tidy = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", tidy)
    tidy = re.sub(r"(a patient)/\d{1,3}\b", r"\1", _balanced(tidy))
    tidy = re.sub(r"(?i)\b(he|she|they|patient) and (?=has|is|was|lives)", r"\1 ", tidy)
    tidy = re.sub(r" {2,}", " ", tidy)
    return tidy.lstrip(" \n,.;:)–-").rstrip(" \n,;:(–-")
