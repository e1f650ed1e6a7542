"""Messages that try to give the program instructions, as against messages about such attempts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.guard.characters import Folded, fold
from assistant.guard.command_words import FOLLOW, ROLE_VERBS, STRICT_OBJECTS, SUSPEND
from assistant.guard.encodings import readings_of
from assistant.guard.languages import find_foreign_order
from assistant.guard.orders import Order, find_order
from assistant.guard.signals import signs_of_an_order
from assistant.guard.tokens import sentences_of

InstructionKind = Literal["direct", "role_play", "encoded", "quoted", "other_language", "disclosure"]

_QUOTATION = re.compile(r"\"[^\"\n]{3,200}\"|(?<!\w)'(?:[^'\n]|'(?=\w)){3,200}'(?!\w)")
_ASKING = re.compile(
    r"(?i)\?|(?:^|[.!\n]\s*)(?:what|how|why|when|which|who|should|can|could|is|are|does|do|would|may|must|we|our|i)\b"
)
_LONG = 2_000
_WORD = re.compile(r"\w+")
_CORE = SUSPEND | FOLLOW | STRICT_OBJECTS | ROLE_VERBS
_CHAT_MARKUP = re.compile(
    r"(?i)\"role\"\s?:\s?\"(?:system|assistant|developer)\"|<\|?(?:im_start|im_end|system|endoftext|"
    r"start_header_id|eot_id)\|>|<<\s?/?sys\s?>>|\[/?inst\]|#{2,}\s?(?:instruction|system)s?\s?:|"
    r"\b(?:begin|end|start of|end of) (?:admin|system|developer|root|hidden)\w* (?:message|prompt|instruction)"
)
_TO_A_READER = re.compile(
    r"(?i)\b(?:note|message|instruction|command|hint|prompt)s? (?:to|for) (?:the |any |all |an? )?"
    r"(?:ai|assistant|(?:language )?model|llm|chatbot|bot|summariser)s?(?: reading this| assistant)?\s?[:–-]"
)
_FAKE_CONSENT = re.compile(
    r"(?im)^[ \t]*[\[<(*]{0,2}(?:assistant|ai|bot|chatbot|system)(?:[ \t]*:|[\])>*])[^\n]{0,80}\b(?:ignor\w+|"
    r"forget\w*|without|no longer|no|bypass\w*|disregard\w*)\b"
    r"[^\n]{0,30}\b(?:rules?|instructions?|restrictions?|guidelines?|sources|limits|filters)\b"
)
_PASTED = re.compile(
    r"(?im)<!--|<[a-z][^<>\n]{0,200}>|^\s*(?:system|assistant|user|human|ai)\s*:|\[(?:system|inst|assistant)\b|"
    r"^\s*#{2,}|^\s*>|-{3,}|`{3}|"
    r"<\||\b(?:note|message|instruction)s? (?:to|for) (?:the |any |all )?(?:ai|assistant|llm|model|chatbot|bot|reader)"
)


@dataclass(frozen=True)
class InstructionFinding:
    """An attempt to instruct the program, as character offsets in the message."""

    kind: InstructionKind
    start: int
    end: int


def find_instruction(text: str) -> InstructionFinding | None:
    """The first attempt in `text` to change what the program follows, is, answers or shows; None when there is none.

    English and the languages of languages.yaml are read as they stand and decoded once (base64, base32, hexadecimal,
    binary, escapes, rot13, reversed, letters written as digits, spaced-out and invisible characters). Questions and
    reports about such attempts pass. Work is linear in the length.
    """
    folded = fold(text)
    order = _first_order(folded.text)
    if order:
        kind: InstructionKind = "encoded" if _is_hidden(folded, order, text) else _kind(folded.text, order)
        return InstructionFinding(kind, *folded.to_original(order.start, order.end))
    plain = _without_mentions(folded.text)
    markup = _CHAT_MARKUP.search(plain) or _TO_A_READER.search(plain) or _FAKE_CONSENT.search(plain)
    if markup:
        return InstructionFinding("quoted", *folded.to_original(*markup.span()))
    foreign = find_foreign_order(plain.lower())
    if foreign:
        return InstructionFinding("other_language", *folded.to_original(*foreign))
    return next(_encoded_orders(text, folded), None)


def _first_order(text: str) -> Order | None:
    for sentence in sentences_of(_without_mentions(text)):
        order = find_order(sentence)
        if order:
            return order
        if signs_of_an_order(sentence):
            return Order("direct", sentence[0].start, sentence[-1].end)
    return None


def _encoded_orders(text: str, folded: Folded) -> Iterator[InstructionFinding]:
    for source, original in ((folded.text, False), (text, True)):
        for reading in readings_of(source):
            said = fold(reading.text).text
            if len(said) > _LONG and _CORE.isdisjoint(_WORD.findall(said.lower())):
                continue  # a long text that was no code reads as nothing
            if _first_order(said) or find_foreign_order(said.lower()):
                span = (reading.start, reading.end) if original else folded.to_original(reading.start, reading.end)
                yield InstructionFinding("encoded", *span)
        if not folded.hidden:
            return


def _is_hidden(folded: Folded, order: Order, text: str) -> bool:
    """Whether invisible characters stand inside the words of the order."""
    start, end = folded.to_original(order.start, order.end)
    return folded.hidden and fold(text[start:end]).hidden


def _kind(text: str, order: Order) -> InstructionKind:
    return "quoted" if _PASTED.search(text, 0, order.start) else order.kind


def _without_mentions(text: str) -> str:
    """The text with its quotations blanked out, where what surrounds them asks or tells something about them."""

    def blank(match: re.Match[str]) -> str:
        line_start = text.rfind("\n", 0, match.start()) + 1
        lead = text[max(line_start, match.start() - 60) : match.start()]
        return " " * len(match.group()) if re.search(r"\w+\W+\w+\W*$", lead) else match.group()

    rest = _QUOTATION.sub(" ", text)
    if rest == text or not _ASKING.search(rest):
        return text
    return _QUOTATION.sub(blank, text)
