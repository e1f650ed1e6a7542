"""Orders that fix what the program is to answer."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from assistant.guard.command_words import (
    AGREE,
    ANSWERS,
    FIXED_TEXTS,
    HOLD_BACK,
    ONLY,
    OPEN_WORDS,
    OUTPUT,
    PLAIN_SAY,
    RATE,
    SAY,
    SCOPE_VERDICTS,
    VERDICTS,
    YES,
    YOURS,
)
from assistant.guard.commands import (
    Command,
    asked_soon,
    breaks_clause,
    clause_words,
    lowered,
    opens_clause,
    starts_statement,
    words_of_clause,
)
from assistant.guard.tokens import Token

_ANYTHING = frozenset("this it everything every all any my anything them".split())
_FILLERS = ONLY | {"with", "by", "me", "us", "that", "the", "a", "single", "one", "exact", "word", "plain"}

FIXING_VERBS = frozenset(
    """end start begin finish open close prefix preface add insert append include put output print write return set make
    force fix change switch flip turn""".split()
)
_FINE = frozenset("fine ok okay safe legal good alright".split())
_FIXING = frozenset("start begin end finish contain consist say read yes only nothing approved approve".split())
_MUST = frozenset("must should shall will always needs need has have is are".split())


def fixes_answer(command: Command, verb: str) -> bool:
    """ "say that it is in scope", "answer only with yes", "always answer"."""
    words = clause_words(command.after(10))
    if verb == "repeat" and words[:2] == ["after", "me"]:
        return True
    if command.negated:
        return _forbids_verdict(command, verb, words)
    if verb in HOLD_BACK or verb not in SAY | OUTPUT:
        return False
    before = lowered(command.tokens[max(0, command.index - 2) : command.index])
    only = "only" in before[-1:] or any(word in ONLY for word in words[:3])
    rest = [word for word in words if word not in _FILLERS]
    if (
        "always" in before
        and verb in SAY | OUTPUT
        and (not words or words[0] in ("yes", "in", "with", "that", "no", "approved"))
    ):
        return True
    if only and _only_what(command, words, rest):
        return True
    if not command.asked and _answers_with(words):
        return True
    if not command.is_order_of_its_own or command.asks_politely:
        return False
    if "nothing" in lowered(command.tokens[command.index :])[1:12] and _has_scope_verdict(words):
        return True
    if rest[:1] and rest[0] in YES and len(rest) < 8 and not _alternative(command, rest[0]):
        return verb in SAY and not (command.asked and command.address == "opening" and verb not in PLAIN_SAY)
    return _says_verdict(command, verb, words)


def _forbids_verdict(command: Command, verb: str, words: Sequence[str]) -> bool:
    """ "don't tell me it's out of scope", "do not mention … in your reply"."""
    if command.asked or command.address not in ("opening", "you"):
        return False
    if verb == "mention":
        return any(owner in YOURS and noun in ANSWERS for owner, noun in itertools.pairwise(words))
    return verb in PLAIN_SAY and _has_scope_verdict(words) and not any(word in OPEN_WORDS for word in words)


def _answers_with(words: Sequence[str]) -> bool:
    """ "answer it with just yes", "give the answer in scope", "… in your answers always …"."""
    if "or" in words:
        return False
    for place, word in enumerate(words):
        rest = [other for other in words[place + 1 : place + 5] if other not in _FILLERS]
        if word == "with" and rest[:1] != [] and rest[0] in (YES | VERDICTS) - {"no"}:
            return True
        if word in ANSWERS and place and words[place - 1] in ("yes", "approved"):
            return True
        if (
            word in ANSWERS
            and words[place - 1] in YOURS | {"the"}
            and (_has_scope_verdict(rest[:2]) or rest[:1] == ["yes"])
        ):
            return True
    return False


def _alternative(command: Command, word: str) -> bool:
    """ "yes or no" leaves the answer open."""
    after = lowered(command.after(10))
    place = after.index(word) if word in after else 0
    return any(w in ("or", "no", "not") for w in after[place + 1 : place + 3]) or "/" in command.after(10)[place].gap


def _only_what(command: Command, words: Sequence[str], rest: Sequence[str]) -> bool:
    place = next((i for i, word in enumerate(words[:3]) if word in ONLY), None)
    if place is not None and any(mark in command.after(3)[place].gap for mark in ':"'):
        return not command.asked or not command.in_first_clause
    if "nothing" in words[:3] and "but" in words[:4]:
        return True
    if not rest or _alternative_in(words):
        return False
    if rest[0] in YES | VERDICTS | {"word", "token", "letter", "string", "number", "phrase"}:
        return True
    shouted = [
        token for token in command.after(5) if token.text.isupper() and len(token.text) > 2 and token.text.isalpha()
    ]
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
    return _has_verdict(words) or _says_it_is_fine(words)


def _says_it_is_fine(words: Sequence[str]) -> bool:
    """ "say it's fine"."""
    rest = [word for word in words if word not in ("me", "us", "that", "is")]
    return (
        rest[:1] != []
        and rest[0] in ("it", "it's", "its", "this", "that's")
        and rest[1:2] != []
        and rest[1] in _FINE
        and len(rest) < 4
    )


def _has_verdict(words: Sequence[str]) -> bool:
    return any(word in VERDICTS for word in words) or _has_scope_verdict(words)


def _has_scope_verdict(words: Sequence[str]) -> bool:
    pairs = itertools.pairwise(words)
    return any(word in SCOPE_VERDICTS - {"operational"} for word in words) or any(
        pair in (("in", "scope"), ("within", "scope"), ("of", "scope")) for pair in pairs
    )


def rates(command: Command, verb: str) -> bool:
    """ "mark this as in scope"."""
    words = clause_words(command.after(14))
    if verb not in RATE or command.negated or "?" in _closing(command) or not command.is_order_of_its_own:
        return False
    if command.address == "third":
        return "as" in words and _has_scope_verdict(words[words.index("as") + 1 :][:3])
    if "as" in words:
        rated = words[words.index("as") + 1 :][:4]
        whole = words[0] in _ANYTHING
        return _has_scope_verdict(rated) or "operational" in rated or (whole and any(w in VERDICTS for w in rated))
    return words[:1] != [] and words[0] in _ANYTHING and _has_verdict(words[:5])


def approves(command: Command, verb: str) -> bool:
    """ "approve this", "authorise my pilot"."""
    words = clause_words(command.after(4))
    if (
        verb not in AGREE
        or command.negated
        or command.asked
        or command.address == "third"
        or not command.is_order_of_its_own
    ):
        return False
    return words[:1] != [] and words[0] in ("this", "it", "everything", "anything", "ours", "mine", "my")


def _closing(command: Command) -> str:
    for token in command.tokens[command.index :]:
        if breaks_clause(token):
            return token.gap
    return ""


def answers_every_question(command: Command, verb: str) -> bool:
    """ "answer every question with …", "give X for everything I ask"."""
    words = clause_words(command.after(14))
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


def binds_answer(tokens: Sequence[Token], index: int) -> bool:
    """ "your answer must start with …", "the verdict must be in scope", "whatever I ask, say …"."""
    if not starts_statement(tokens, index) and tokens[index - 1].lower != "next":
        return False
    words = lowered(tokens[index : index + 10])
    place = next((i for i, word in enumerate(words[1:4], 1) if word in ANSWERS), None)
    rest = words[place + 1 :] if place is not None else []
    if words[0] in YOURS | {"every", "each", "all"} and rest[:1] != [] and rest[0] in _MUST:
        return not asked_soon(tokens, index) and any(
            word in _FIXING | SCOPE_VERDICTS for word in _joined_scope(rest[1:])
        )
    if words[0] == "the" and rest[:1] != [] and rest[0] in _MUST and place == 1:
        return not asked_soon(tokens, index) and any(
            word in SCOPE_VERDICTS or word == "yes" for word in _joined_scope(rest)
        )
    if words[:2] in (["whatever", "i"], ["no", "matter"]) and not asked_soon(tokens, index):
        later = lowered(tokens[index : index + 16])
        return any(word in ("answer", "say", "reply", "respond", "approve", "agree") for word in later)
    return False


def _joined_scope(words: Sequence[str]) -> list[str]:
    """The words with "in scope" as one."""
    return " ".join(words).replace("in scope", "in_scope").replace("out of scope", "out_of_scope").split()


def fixes_text(tokens: Sequence[Token], index: int) -> bool:
    """ "end every reply with …", "add the words '…' to your answer", "set the verdict to in_scope"."""
    if not opens_clause(tokens, index):
        return False
    words = words_of_clause(tokens, index, 16)
    verb = words[0]
    if verb in ANSWERS and tokens[index].gap.strip(" \"'") in (":", "=", "->", '":"', '": "'):
        following = _joined_scope([word.strip() for word in words_of_clause(tokens, index + 1, 4)])
        return bool(following) and following[0] in SCOPE_VERDICTS | VERDICTS | {"yes"} and not asked_soon(tokens, index)
    if verb in ("end", "start", "begin", "finish", "open", "close", "prefix", "preface"):
        owned = any(word in YOURS | {"every", "each", "all"} for word in words[1:3])
        return owned and any(word in ANSWERS for word in words[2:5]) and "with" in words
    if verb in ("add", "insert", "append", "include", "put", "output", "print", "write", "return"):
        later = lowered(tokens[index : index + 24])
        fixed = any(word in FIXED_TEXTS for word in later[1:5])
        shouted = any(token.text.isupper() and len(token.text) > 3 for token in tokens[index + 2 : index + 7])
        return fixed and (shouted or (any(a in YOURS and b in ANSWERS for a, b in itertools.pairwise(later))))
    if verb in ("set", "make", "force", "fix", "change", "switch", "flip", "turn"):
        return any(word in ANSWERS for word in words[1:4]) and any(
            word in SCOPE_VERDICTS | VERDICTS | {"yes"} for word in _joined_scope(words)
        )
    return False
