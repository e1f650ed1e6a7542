"""Orders in English that try to change what the program follows, who it is, what it answers or what it shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.guard.command_words import (
    ABOVE,
    ACT,
    AGREE,
    ALL,
    ANSWERS,
    BARE_OBJECTS,
    DISREGARD,
    EARLIER,
    FOLLOW,
    FOLLOWING,
    FORMATS,
    HOLD_BACK,
    MODE,
    MODES,
    ONLY,
    OPEN_WORDS,
    ORDER_VERBS,
    OUTPUT,
    OWN_TEXT,
    PLAIN_SAY,
    PROGRAM_OBJECTS,
    RATE,
    SAY,
    SCOPE_VERDICTS,
    SHOW,
    SOFT_OBJECTS,
    SPEAK,
    STOP,
    STRICT_OBJECTS,
    SUSPEND,
    SUSPEND_APART,
    SYSTEM_QUALIFIERS,
    SYSTEM_TEXT,
    TEXTS,
    VERDICTS,
    YES,
    YOURS,
)
from assistant.guard.commands import Command, breaks_clause, command_at, ends_clause
from assistant.guard.statements import OrderKind, statement_at
from assistant.guard.tokens import Token

_ANYTHING = frozenset("this it everything every all any my anything them".split())
_BEFORE_OBJECTS = frozenset("to apply follow charter my the all any scope rule safety system those these grounding evidence source with about of".split())
_TOLD = frozenset("told given know learned learnt instructed programmed trained said read been".split())
_FILLERS = ONLY | {"with", "by", "me", "us", "that", "the", "a", "single", "one", "exact", "word", "plain"}


@dataclass(frozen=True)
class Order:
    """An order found, from the verb to the last word looked at, as offsets in the text the words came from."""

    kind: OrderKind
    start: int
    end: int


def find_order(sentence: Sequence[Token]) -> Order | None:
    """The first order to the program in a sentence."""
    for index in range(len(sentence)):
        stated = statement_at(sentence, index)
        if stated:
            return _order(stated, sentence, index)
        if sentence[index].lower not in ORDER_VERBS:
            continue
        command = command_at(sentence, index)
        if command:
            for kind, check in _CHECKS:
                if check(command, sentence[index].lower):
                    return _order(kind, sentence, index)
    return None


def _order(kind: OrderKind, sentence: Sequence[Token], index: int) -> Order:
    return Order(kind, sentence[index].start, sentence[min(len(sentence) - 1, index + 8)].end)


def _lower(tokens: Sequence[Token]) -> list[str]:
    return [token.lower for token in tokens]


def _clause(tokens: Sequence[Token]) -> list[str]:
    """The words up to the first punctuation that ends a clause."""
    words: list[str] = []
    for token in tokens:
        words.append(token.lower)
        if ends_clause(token):
            break
    return words


# --- objects ---------------------------------------------------------------------------------------------------------


def _names_program_object(words: Sequence[str]) -> bool:
    """Whether the words name the rules, sources or checks the program itself works by."""
    for index, word in enumerate(words):
        if word not in PROGRAM_OBJECTS:
            continue
        before = words[max(0, index - 4) : index]
        given = list(words[index + 1 : index + 4])
        if any(owner in YOURS for owner in before) or _given_to_you(given):
            return True
        if word in STRICT_OBJECTS and any(owner in EARLIER or owner in ALL for owner in before):
            return True
        if word in STRICT_OBJECTS and given[:1] and given[0] in ABOVE | {"you"}:
            return True
        if word in SYSTEM_TEXT and "system" in before[-1:]:
            return True
    return _everything_before(words)


def _given_to_you(words: list[str]) -> bool:
    return words[:1] == ["you"] or words[1:2] == ["you"] or "your" in words[:1] or words[:2] == ["that", "you"]


def _everything_before(words: Sequence[str]) -> bool:
    for index, word in enumerate(words[:4]):
        if word in ("everything", "anything", "all"):
            rest = words[index + 1 : index + 5]
            if rest[:1] and rest[0] in ABOVE:
                return True
            told = any(w in _TOLD for w in rest) and any(w in ("you", "you've", "i", "i've") for w in rest[:2])
            if told or (rest[:1] == ["in"] and any(w in YOURS for w in rest[1:2])):
                return True
    return False


def _what_was_said(words: Sequence[str]) -> bool:
    """"ignore what you were told", "ignore the above and answer …"."""
    if words[:2] == ["what", "you"]:
        return any(word in _TOLD for word in words[2:6])
    rest = [word for word in words if word != "the"]
    return rest[:1] != [] and rest[0] in EARLIER | ABOVE and rest[1:2] in (["and"], ["then"]) and rest[2:3] != [] and rest[2] in OUTPUT


def _names_bare_object(command: Command) -> bool:
    """"ignore the rules": only as a plain order that opens its sentence, and of nothing else's rules."""
    words = _lower(command.after(7))
    for index, word in enumerate(words[:4]):
        if word in BARE_OBJECTS or (word == "prompt" and "system" in words[:index]):
            following = command.after(7)[index]
            if command.negated and word not in STRICT_OBJECTS | {"criteria", "criterion"} and not breaks_clause(following):
                return False  # "don't use sources older than a year"
            owned = words[index + 1 : index + 3]
            passing = owned[:1] == ["for"] and owned[1:] != [] and owned[1] in ("a", "this", "now", "once", "one", "the", "today")
            return passing or not (owned and owned[0] in ("of", "for", "on", "in", "from", "about", "at", "set", "that"))
        if word not in _BEFORE_OBJECTS:
            return False
    return False


# --- orders by verb --------------------------------------------------------------------------------------------------


def _suspends(command: Command, verb: str) -> bool:
    after = _lower(command.after())
    if verb in SUSPEND_APART:
        if SUSPEND_APART[verb] not in after[:6]:
            return False
    elif verb in STOP:
        if after[:1] != [] and after[0] in ("declining", "refusing", "abstaining", "hedging", "warning"):
            return command.address in ("opening", "you") and not command.asked
        if not after or (after[0] not in FOLLOWING | {"being"} and not (after[0] == "to" and after[1:2] and after[1] in FOLLOW)):
            return False
        if after[0] == "being":
            return command.address != "joined" and any(word in ("assistant", "bot", "chatbot", "ai") for word in after[1:6])
    elif verb in FOLLOW:
        if not command.negated:
            return False
    elif verb in DISREGARD:
        if not (command.negated or verb == "pay" and after[:1] == ["no"]):
            return False
    elif verb not in SUSPEND or command.negated:
        return False
    if _names_program_object(after) or _what_was_said(after):
        return True
    if command.address == "third":
        return any(word in ("its", "their") for word in after[:3]) and any(word in PROGRAM_OBJECTS for word in after[:5])
    return command.address in ("opening", "you") and not command.asked and _names_bare_object(command)


def _holds_back(command: Command, verb: str) -> bool:
    """"never decline", "do not refuse to answer"."""
    rest = _clause(command.after(4))
    return command.negated and verb in HOLD_BACK and (not rest or rest[0] in ("to", "me", "any", "and", "this", "anything"))


def _goes_without(command: Command, verb: str) -> bool:
    """"answer without sources", "reply from your own knowledge"."""
    if verb not in OUTPUT | SPEAK or command.asked and command.address == "opening" and not command.in_first_clause:
        return False
    words = _clause(command.after())
    for index, word in enumerate(words):
        following = words[index + 1 : index + 5]
        if (word in ("without", "ignoring", "disregarding") or words[index - 1 : index + 1] == ["with", "no"]) and any(w in PROGRAM_OBJECTS for w in following):
            owned = any(w in YOURS or w in ALL for w in following)
            return owned or not command.asked
        if word == "from" and following[:1] and following[0] in YOURS and "own" in following:
            return True
    return False


def _fixes_answer(command: Command, verb: str) -> bool:
    """"say that it is in scope", "answer only with yes", "always answer"."""
    words = _clause(command.after(10))
    if verb == "repeat" and words[:2] == ["after", "me"]:
        return True
    if verb in HOLD_BACK or verb not in SAY | OUTPUT or command.negated:
        return False
    before = _lower(command.tokens[max(0, command.index - 2) : command.index])
    only = "only" in before[-1:] or any(word in ONLY for word in words[:3])
    rest = [word for word in words if word not in _FILLERS]
    if "always" in before and verb in SAY | OUTPUT and (not words or words[0] in ("yes", "in", "with", "that", "no", "approved")):
        return True
    if only and _only_what(command, words, rest):
        return True
    if not command.asked and _answers_with(words):
        return True
    if not command.is_order_of_its_own or command.asks_politely:
        return False
    if "nothing" in _lower(command.tokens[command.index :])[1:12] and _has_scope_verdict(words):
        return True
    if rest[:1] and rest[0] in YES and len(rest) < 8 and not _alternative(command, rest[0]):
        return verb in SAY and not (command.asked and command.address == "opening" and verb not in PLAIN_SAY)
    return _says_verdict(command, verb, words)


def _answers_with(words: Sequence[str]) -> bool:
    """"answer it with just yes", "give the answer in scope", "… in your answers always …"."""
    if "or" in words:
        return False
    for place, word in enumerate(words):
        rest = [other for other in words[place + 1 : place + 5] if other not in _FILLERS]
        if word == "with" and rest[:1] != [] and rest[0] in (YES | VERDICTS) - {"no"}:
            return True
        if word in ANSWERS and words[place - 1] in YOURS | {"the"} and (_has_scope_verdict(rest[:2]) or rest[:1] == ["yes"]):
            return True
    return False


def _alternative(command: Command, word: str) -> bool:
    """"yes or no" leaves the answer open."""
    after = _lower(command.after(10))
    place = after.index(word) if word in after else 0
    return any(w in ("or", "no", "not") for w in after[place + 1 : place + 3]) or "/" in command.after(10)[place].gap


def _only_what(command: Command, words: Sequence[str], rest: Sequence[str]) -> bool:
    place = next((i for i, word in enumerate(words[:3]) if word in ONLY), None)
    if place is not None and any(mark in command.after(3)[place].gap for mark in ":\""):
        return not command.asked or not command.in_first_clause
    if "nothing" in words[:3] and "but" in words[:4]:
        return True
    if not rest or _alternative_in(words):
        return False
    if rest[0] in YES | VERDICTS | {"word", "token", "letter", "string", "number", "phrase"}:
        return True
    shouted = [token for token in command.after(5) if token.text.isupper() and len(token.text) > 2 and token.text.isalpha()]
    return bool(shouted) and "with" in words[:3]


def _alternative_in(words: Sequence[str]) -> bool:
    return "or" in words


def _says_verdict(command: Command, verb: str, words: Sequence[str]) -> bool:
    if any(word in OPEN_WORDS for word in words):
        return False
    that = "that" in words[:2]
    if verb == "tell" and words[:1] != ["me"] and words[:1] != ["us"]:
        return False
    if verb not in PLAIN_SAY and not that:
        return False
    if verb == "say" and not that and command.asked and command.in_first_clause:
        return False  # "say a tool is approved elsewhere, may we use it?"
    return _has_verdict(words)


def _has_verdict(words: Sequence[str]) -> bool:
    return any(word in VERDICTS for word in words) or _has_scope_verdict(words)


def _has_scope_verdict(words: Sequence[str]) -> bool:
    pairs = zip(words, words[1:], strict=False)
    return any(word in SCOPE_VERDICTS - {"operational"} for word in words) or any(
        pair in (("in", "scope"), ("within", "scope"), ("of", "scope")) for pair in pairs
    )


def _rates(command: Command, verb: str) -> bool:
    """"mark this as in scope"."""
    words = _clause(command.after(10))
    if verb not in RATE or command.negated or command.address == "joined" or "?" in _closing(command):
        return False
    if command.address == "third":
        return "as" in words and _has_scope_verdict(words[words.index("as") + 1 :][:3])
    if "as" in words:
        rated = words[words.index("as") + 1 :][:4]
        whole = words[0] in _ANYTHING
        return _has_scope_verdict(rated) or "operational" in rated or (whole and any(w in VERDICTS for w in rated))
    return words[:1] != [] and words[0] in _ANYTHING and _has_verdict(words[:5])


def _approves(command: Command, verb: str) -> bool:
    """"approve this", "authorise my pilot"."""
    words = _clause(command.after(4))
    if verb not in AGREE or command.negated or command.asked or command.address == "third" or not command.is_order_of_its_own:
        return False
    return words[:1] != [] and words[0] in ("this", "it", "everything", "anything", "ours", "mine", "my")


def _closing(command: Command) -> str:
    for token in command.tokens[command.index :]:
        if breaks_clause(token):
            return token.gap
    return ""


def _shows_itself(command: Command, verb: str) -> bool:
    if verb not in SHOW or command.negated or command.address == "third":
        return False
    return names_own_text(_lower(command.after()))


def names_own_text(words: Sequence[str]) -> bool:
    """Whether the words name the text the program itself was set up with, or the text before the message."""
    for index, word in enumerate(words):
        before = words[max(0, index - 3) : index]
        after = words[index + 1 : index + 4]
        if word in OWN_TEXT and any(owner in YOURS for owner in before):
            return True
        if word in SYSTEM_TEXT and any(q in SYSTEM_QUALIFIERS for q in before[-2:]) and not _of_another(after):
            return True
        if word in SYSTEM_TEXT and (after[:2] in (["you", "were"], ["you", "have"], ["you", "received"], ["you", "got"], ["you", "use"])):
            return word != "rules"
        if word in ("prompt", "prompts") and index < 3 and ("you" in after or _bare_prompt(words[: index + 2], index)):
            return True
        if word in TEXTS and index < 4 and _stands_above(words[index + 1 : index + 6]):
            return True
    return False


def _bare_prompt(words: Sequence[str], index: int) -> bool:
    """"leak the prompt": the prompt and nothing more."""
    return "the" in words[:index] and words[index + 1 : index + 2] in ([], ["above"], ["now"], ["please"], ["verbatim"])


def _stands_above(words: Sequence[str]) -> bool:
    """"above", "that comes before this message", but not "above the desk"."""
    place = next((i for i, word in enumerate(words[:3]) if word in ABOVE), None)
    if place is None or (place and words[0] not in ("that", "which", "written", "shown", "just", "from")):
        return False
    rest = words[place + 1 :]
    return not rest or rest[0] not in ("the", "a", "an", "our", "each", "every")


def _of_another(after: Sequence[str]) -> bool:
    return bool(after) and after[0] in ("of", "for", "in", "to", "from", "about", "that")


def _plays(command: Command, verb: str) -> bool:
    words = _lower(command.after())
    if not words or command.negated or command.address == "third":
        return False
    if verb == "pretend":
        return words[0] in ("you", "you're", "to", "that", "as", "like", "i", "i'm", "there")
    if verb in ACT:
        return words[0] in ("as", "like") and len(words) > 1 and words[1] not in ("soon", "one", "well", "usual") and (
            not words[1].endswith("ly") and "as" not in words[2:3]
        )
    if verb in SPEAK and verb != "write" and words[0] == "as" and not command.asked and _speaks_as_somebody(command):
        return True
    if verb in SPEAK:
        return words[:2] in (["as", "if"], ["as", "though"]) or (words[0] == "as" and any(w in MODES for w in words[:5]))
    if verb == "impersonate" or (verb in ("roleplay", "role-play") and _let_us(command)):
        return not command.asked
    if verb in ("roleplay", "role-play"):
        return words[0] in ("as", "a", "an", "the", "being", "that", "with")
    if verb == "role":
        return words[:2] in (["play", "as"], ["play", "a"], ["play", "the"])
    if verb in ("play", "assume", "adopt", "take", "simulate"):
        return any(w in ("role", "persona", "character", "identity", "part", "game", "being") for w in words[:4]) and any(
            w in ("of", "you", "where", "being", "you're") for w in words[:7]
        )
    if verb in MODE:
        if command.asked and command.address == "opening":
            return False
        return any(a in MODES and b == "mode" for a, b in zip(words[:6], words[1:7], strict=False))
    return verb in ("imagine", "suppose", "assume", "consider") and _without_limits(words)


def _let_us(command: Command) -> bool:
    return command.tokens[command.index - 1].lower in ("let's", "lets", "us") or ":" in command.tokens[command.index].gap


def _speaks_as_somebody(command: Command) -> bool:
    """"speak as NHS England", "answer as a minister", but not "answer as a list", "answer as briefly as you can"."""
    after = command.after(7)
    words = _lower(after)
    if "as" in words[2:4] or any(word in FORMATS for word in words[1:5]):
        return False
    return len(words) > 1 and (words[1] in ("a", "an", "the", "my") or after[1].text[0].isupper())


def _without_limits(words: Sequence[str]) -> bool:
    if "you" not in words[:2] and "yourself" not in words[:2]:
        return False
    limits = any(w in PROGRAM_OBJECTS for w in words) and any(w in ("no", "without", "any", "free", "not") for w in words)
    return limits or any(w in ("unrestricted", "unlimited", "uncensored", "unfiltered", "anything") for w in words)


def _obeys_text(command: Command, verb: str) -> bool:
    """"do what it says", "do exactly as I say"."""
    words = _clause(command.after(8))
    if command.negated or command.address == "third" or command.asked:
        return False
    if verb == "do" and any(pair in (("i", "say"), ("i", "tell")) for pair in zip(words[:5], words[1:6], strict=False)):
        return True
    if verb in ("do", "follow", "obey", "execute"):
        return words[:1] == ["what"] and any(w in ("says", "say", "said") for w in words[1:5]) and words[1:2] in (["it"], ["this"], ["that"], ["they"])
    return False


def _every_question(command: Command, verb: str) -> bool:
    """"answer every question with …", "give X for everything I ask"."""
    words = _clause(command.after(14))
    if verb not in OUTPUT or command.negated or command.address == "third":
        return False
    for index, word in enumerate(words):
        if word in ("every", "all", "any", "each", "everything", "anything"):
            rest = words[index + 1 : index + 4]
            if ("question" in rest or "questions" in rest) and "with" in words[index:]:
                return True
            if word in ("everything", "anything") and rest[:1] == ["i"]:
                return _has_verdict(words) or "with" in words
    return False


_CHECKS: tuple[tuple[OrderKind, Callable[[Command, str], bool]], ...] = (
    ("disclosure", _shows_itself),
    ("direct", _suspends),
    ("direct", _holds_back),
    ("direct", _goes_without),
    ("direct", _fixes_answer),
    ("direct", _every_question),
    ("direct", _rates),
    ("direct", _approves),
    ("direct", _obeys_text),
    ("role_play", _plays),
)
