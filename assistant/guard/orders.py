"""Orders in English that try to change what the program follows, who it is, what it answers or what it shows."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.guard.answers import answers_every_question, approves, fixes_answer, rates
from assistant.guard.command_words import (
    ACT,
    ALL,
    DISREGARD,
    FOLLOW,
    FOLLOWING,
    FORMATS,
    HOLD_BACK,
    MODE,
    MODES,
    ORDER_VERBS,
    OUTPUT,
    PROGRAM_OBJECTS,
    SHOW,
    SPEAK,
    STOP,
    SUSPEND,
    SUSPEND_APART,
    YOURS,
)
from assistant.guard.commands import Command, clause_words, command_at, lowered
from assistant.guard.objects import names_bare_object, names_own_text, names_program_object, names_what_was_said
from assistant.guard.statements import OrderKind, statement_at
from assistant.guard.tokens import Token

_CHECKING = frozenset(
    "looking checking searching citing consulting reading verifying using applying asking thinking".split()
)


@dataclass(frozen=True)
class Order:
    """An order found, from the verb to the last word looked at, as offsets in the text the words came from."""

    kind: OrderKind
    start: int
    end: int


def find_order(sentence: Sequence[Token]) -> Order | None:
    """The first order to the program in a sentence."""
    for index, token in enumerate(sentence):
        verb = token.lower
        command = command_at(sentence, index) if verb in ORDER_VERBS else None
        if command and _shows_itself(command, verb):
            return _order("disclosure", sentence, index)
        stated = statement_at(sentence, index)
        if stated:
            return _order(stated, sentence, index)
        kind = next((kind for kind, check in _CHECKS if check(command, verb)), None) if command else None
        if kind:
            return _order(kind, sentence, index)
    return None


def _order(kind: OrderKind, sentence: Sequence[Token], index: int) -> Order:
    return Order(kind, sentence[index].start, sentence[min(len(sentence) - 1, index + 8)].end)


def _suspends(command: Command, verb: str) -> bool:
    after = lowered(command.after())
    if verb in SUSPEND_APART:
        if SUSPEND_APART[verb].isdisjoint(after[:6]):
            return False
    elif verb in STOP:
        if after[:1] != [] and after[0] in ("declining", "refusing", "abstaining", "hedging", "warning"):
            return command.address in ("opening", "you") and not command.asked
        if not after or (
            after[0] not in FOLLOWING | {"being"} and not (after[0] == "to" and after[1:2] and after[1] in FOLLOW)
        ):
            return False
        if after[0] == "being":
            return command.address != "joined" and any(
                word in ("assistant", "bot", "chatbot", "ai") for word in after[1:6]
            )
    elif verb in FOLLOW:
        if not command.negated:
            return False
    elif verb in DISREGARD:
        if not (command.negated or (verb == "pay" and after[:1] == ["no"])):
            return False
    elif verb not in SUSPEND or command.negated:
        return False
    if names_program_object(after) or names_what_was_said(after):
        return True
    if command.address == "third":
        return any(word in ("its", "their") for word in after[:3]) and any(
            word in PROGRAM_OBJECTS for word in after[:5]
        )
    return command.address in ("opening", "you") and not command.asked and names_bare_object(command)


def _holds_back(command: Command, verb: str) -> bool:
    """ "never decline", "do not refuse to answer"."""
    rest = clause_words(command.after(4))
    return (
        command.negated
        and verb in HOLD_BACK
        and (not rest or rest[0] in ("to", "me", "any", "and", "this", "anything"))
    )


def _goes_without(command: Command, verb: str) -> bool:
    """ "answer without sources", "reply from your own knowledge"."""
    if verb not in OUTPUT | SPEAK or (command.asked and command.address == "opening" and not command.in_first_clause):
        return False
    words = clause_words(command.after())
    for index, word in enumerate(words):
        following = words[index + 1 : index + 5]
        if (word in ("without", "ignoring", "disregarding") or words[index - 1 : index + 1] == ["with", "no"]) and any(
            w in PROGRAM_OBJECTS for w in following
        ):
            owned = any(w in YOURS or w in ALL for w in following)
            return owned or not command.asked
        if word == "without" and following[:1] and following[0] in _CHECKING:
            return not command.asked
        if word == "from" and following[:1] and following[0] in YOURS and "own" in following:
            return True
    return False


def _shows_itself(command: Command, verb: str) -> bool:
    if verb not in SHOW or command.negated or command.address == "third":
        return False
    return names_own_text(lowered(command.after()))


def _plays(command: Command, verb: str) -> bool:
    words = lowered(command.after())
    if not words or command.negated or command.address == "third":
        return False
    if verb == "pretend":
        return words[0] in ("you", "you're", "to", "that", "as", "like", "i", "i'm", "there")
    if verb in ACT:
        return (
            words[0] in ("as", "like")
            and len(words) > 1
            and words[1] not in ("soon", "one", "well", "usual")
            and (not words[1].endswith("ly") and "as" not in words[2:3])
        )
    if verb in SPEAK and verb != "write" and words[0] == "as" and not command.asked and _speaks_as_somebody(command):
        return True
    if verb in SPEAK and _as_somebody_always(words):
        return not command.asked
    if verb in SPEAK:
        return words[:2] in (["as", "if"], ["as", "though"]) or (
            words[0] == "as" and any(w in MODES for w in words[:5])
        )
    if verb == "impersonate" or (verb in ("roleplay", "role-play") and _let_us(command)):
        return not command.asked
    if verb in ("roleplay", "role-play"):
        return words[0] in ("as", "a", "an", "the", "being", "that", "with")
    if verb == "role":
        return words[:2] in (["play", "as"], ["play", "a"], ["play", "the"])
    if verb in ("play", "assume", "adopt", "take", "simulate"):
        return any(
            w in ("role", "persona", "character", "identity", "part", "game", "being") for w in words[:4]
        ) and any(w in ("of", "you", "where", "being", "you're") for w in words[:7])
    if verb in MODE:
        if command.asked and command.address == "opening":
            return False
        return any(a in MODES and b == "mode" for a, b in itertools.pairwise(words))
    return verb in ("imagine", "suppose", "assume", "consider") and _without_limits(words)


def _let_us(command: Command) -> bool:
    return (
        command.tokens[command.index - 1].lower in ("let's", "lets", "us") or ":" in command.tokens[command.index].gap
    )


def _as_somebody_always(words: Sequence[str]) -> bool:
    """ "answer every question as a …"."""
    place = words.index("as") if "as" in words[:6] else len(words)
    whole = any(word in ("every", "everything", "all", "always", "any") for word in words[:place])
    return (
        whole
        and words[place + 1 : place + 2] in (["a"], ["an"])
        and not any(w in FORMATS for w in words[place + 2 :][:3])
    )


def _speaks_as_somebody(command: Command) -> bool:
    """ "speak as NHS England", "answer as a minister", but not "answer as a list", "answer as briefly as you can"."""
    after = command.after(7)
    words = lowered(after)
    if "as" in words[2:4] or any(word in FORMATS for word in words[1:5]):
        return False
    return len(words) > 1 and (words[1] in ("a", "an", "the", "my") or after[1].text[0].isupper())


def _without_limits(words: Sequence[str]) -> bool:
    if "you" not in words[:2] and "yourself" not in words[:2]:
        return False
    limits = any(w in PROGRAM_OBJECTS for w in words) and any(
        w in ("no", "without", "any", "free", "not") for w in words
    )
    return limits or any(w in ("unrestricted", "unlimited", "uncensored", "unfiltered", "anything") for w in words)


def _obeys_text(command: Command, verb: str) -> bool:
    """ "do what it says", "do exactly as I say"."""
    words = clause_words(command.after(8))
    if command.negated or command.address == "third" or command.asked:
        return False
    if verb == "do" and any(pair in (("i", "say"), ("i", "tell")) for pair in itertools.pairwise(words)):
        return True
    if verb in ("do", "follow", "obey", "execute"):
        return (
            words[:1] == ["what"]
            and any(w in ("says", "say", "said") for w in words[1:5])
            and words[1:2] in (["it"], ["this"], ["that"], ["they"])
        )
    return False


_CHECKS: tuple[tuple[OrderKind, Callable[[Command, str], bool]], ...] = (
    ("direct", _suspends),
    ("direct", _holds_back),
    ("direct", _goes_without),
    ("direct", fixes_answer),
    ("direct", answers_every_question),
    ("direct", rates),
    ("direct", approves),
    ("direct", _obeys_text),
    ("role_play", _plays),
)
