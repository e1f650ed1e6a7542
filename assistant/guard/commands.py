"""Whether a word is the verb of an order, and to whom the order is given.

An order begins its clause ("ignore …", "please now ignore …"), is addressed ("you must ignore …", "can you ignore …",
"I want you to ignore …"), joins another clause ("… and ignore …"), or is laid on any program that reads along ("the
assistant must ignore …"). What somebody else does, may do or asks about is none: "can we ignore …", "staff ignore …".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.guard.command_words import (
    JOINERS,
    LEADS,
    MODALS,
    NEGATIONS,
    ORDER_VERBS,
    PROGRAM_NAMES,
    QUESTION_STARTS,
    REQUESTS,
    THIRD_PERSON_OPENERS,
)
from assistant.guard.tokens import Token

Address = Literal["opening", "you", "joined", "third"]
_CLAUSE_MARKS = frozenset(",;:([]{}<>\"|*#=>/-–—\n.!?'`~_")
_SENTENCE_MARKS = _CLAUSE_MARKS - {'"', "'"}
_LOOK_BACK = 12  # words of politeness before a verb
_ABOUT_YOU = frozenset(
    """want need like ask order command instruct tell urge expect require asking telling wish""".split()
)


@dataclass(frozen=True)
class Command:
    """The verb at `index` of a sentence is an order. `negated`: it is an order not to."""

    tokens: Sequence[Token]
    index: int
    address: Address
    negated: bool

    def after(self, reach: int = 12) -> Sequence[Token]:
        return self.tokens[self.index + 1 : self.index + 1 + reach]

    @property
    def asked(self) -> bool:
        """The sentence ends with a question mark."""
        return "?" in self.tokens[-1].gap

    @property
    def asks_politely(self) -> bool:
        """ "can you tell me …?" asks for an answer, it does not fix one."""
        return self.asked and self.address == "you" and self.tokens[self.index - 1].lower in ("you", "please")

    @property
    def is_order_of_its_own(self) -> bool:
        """False for a verb that "and" joins to something that is no order."""
        if self.address != "joined":
            return True
        return any(
            earlier and earlier.address in ("opening", "you")
            for place in range(max(0, self.index - 20), self.index)
            if self.tokens[place].lower in ORDER_VERBS and (earlier := command_at(self.tokens, place))
        )

    @property
    def in_first_clause(self) -> bool:
        return not any(breaks_clause(token) for token in self.tokens[max(0, self.index - 40) : max(0, self.index - 1)])


def breaks_clause(token: Token) -> bool:
    """Whether punctuation after the word ends a clause."""
    return token.gap != " " and not _CLAUSE_MARKS.isdisjoint(token.gap)


def ends_clause(token: Token) -> bool:
    """As `breaks_clause`, but reads on through quotation marks."""
    return token.gap != " " and not _SENTENCE_MARKS.isdisjoint(token.gap)


def command_at(tokens: Sequence[Token], index: int) -> Command | None:
    """The order whose verb is the word at `index`, or None when the word gives none."""
    negated = False
    position = index - 1
    while position >= max(0, index - _LOOK_BACK) and not breaks_clause(tokens[position]):
        word = tokens[position].lower
        if word in NEGATIONS or (word in ("do", "does") and negated):
            negated = True
        elif word not in LEADS:
            break
        position -= 1
    if position < 0 or breaks_clause(tokens[position]):
        return Command(tokens, index, "opening", negated)
    address = _address(tokens, position)
    return Command(tokens, index, address, negated) if address else None


def _address(tokens: Sequence[Token], position: int) -> Address | None:
    word = tokens[position].lower
    if word in JOINERS:
        return "joined"
    if word in ("let's", "lets"):
        return "opening"
    clause = _clause_words(tokens, position)
    if (
        clause
        and clause[0] in QUESTION_STARTS | {"if", "when"}
        and not (clause[0] in REQUESTS and clause[1:2] == ["you"])
    ):
        return None
    if word == "you":
        return "you" if len(clause) < 5 or clause[-2] in REQUESTS | {"on", "that", "sure", "and"} else None
    if word in MODALS:
        return _under_modal(clause)
    return None


def _under_modal(clause: list[str]) -> Address | None:
    """The clause up to a modal word or "to": who stands before it."""
    words = [word for word in clause if word not in LEADS or word in PROGRAM_NAMES]
    tail = words[-5:]
    if any(word in ("you", "you're", "you've") for word in tail):
        if tail[-1] in ("will", "can", "may") and words[0] not in ("you", "and", "from"):
            return None  # "presumably you will say no"
        addressed = (
            tail[-1] != "to" or any(word in _ABOUT_YOU | MODALS - {"to"} for word in tail[:-1]) or "free" in tail
        )
        return "you" if addressed else None
    if (
        tail[-1:] == ["to"]
        and "your" in words[:4]
        and any(word in ("is", "task", "job", "role", "goal") for word in words[:5])
    ):
        return "you"
    names = [i for i, word in enumerate(words[:-1]) if word in PROGRAM_NAMES]
    if names and names[0] < 4 and (names[0] == 0 or words[0] in THIRD_PERSON_OPENERS):
        return "third"
    return None


def _clause_words(tokens: Sequence[Token], position: int) -> list[str]:
    """The words of the clause up to and including `position`, at most 12."""
    first = position
    while first > 0 and position - first < 11 and not breaks_clause(tokens[first - 1]):
        first -= 1
    return [token.lower for token in tokens[first : position + 1]]


def lowered(tokens: Sequence[Token]) -> list[str]:
    """The words in lower case."""
    return [token.lower for token in tokens]


def clause_words(tokens: Sequence[Token]) -> list[str]:
    """The words up to the first punctuation that ends a clause."""
    words: list[str] = []
    for token in tokens:
        words.append(token.lower)
        if ends_clause(token):
            break
    return words


def words_of_clause(tokens: Sequence[Token], index: int, reach: int = 14) -> list[str]:
    """The words from `index` to the end of the clause."""
    words: list[str] = []
    for token in tokens[index : index + reach]:
        words.append(token.lower)
        if breaks_clause(token):
            break
    return words


def opens_clause(tokens: Sequence[Token], index: int) -> bool:
    """Whether nothing but words of politeness and order stands before the word in its clause."""
    position = index - 1
    while position >= max(0, index - _LOOK_BACK) and not breaks_clause(tokens[position]):
        if tokens[position].lower not in LEADS:
            return False
        position -= 1
    return True


def starts_statement(tokens: Sequence[Token], index: int) -> bool:
    if index == 0 or breaks_clause(tokens[index - 1]):
        return True
    return tokens[index - 1].lower in ("and", "that", "on", "then", "now", "but", "onwards", "henceforth")


def asked_soon(tokens: Sequence[Token], index: int) -> bool:
    """Whether a question mark ends the sentence soon after."""
    return any("?" in token.gap for token in tokens[index : index + 20])
