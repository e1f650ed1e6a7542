"""What an order is about: the rules, sources and texts the program itself works by."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.guard.command_words import (
    ABOVE,
    ALL,
    BARE_OBJECTS,
    EARLIER,
    OUTPUT,
    OWN_TEXT,
    PROGRAM_OBJECTS,
    STRICT_OBJECTS,
    SYSTEM_QUALIFIERS,
    SYSTEM_TEXT,
    TEXTS,
    YOURS,
)
from assistant.guard.commands import Command, breaks_clause, lowered

_BEFORE_OBJECTS = frozenset(
    """to apply follow charter my out up away off aside the all any scope rule safety system those these grounding
    evidence source with about of""".split()
)
_TOLD = frozenset("told given know learned learnt instructed programmed trained said read been".split())


def names_program_object(words: Sequence[str]) -> bool:
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


def names_what_was_said(words: Sequence[str]) -> bool:
    """ "ignore what you were told", "ignore the above and answer …"."""
    if words[:2] == ["what", "you"]:
        return any(word in _TOLD for word in words[2:6])
    rest = [word for word in words if word != "the"]
    return (
        rest[:1] != []
        and rest[0] in EARLIER | ABOVE
        and rest[1:2] in (["and"], ["then"])
        and rest[2:3] != []
        and rest[2] in OUTPUT
    )


def names_bare_object(command: Command) -> bool:
    """ "ignore the rules": only as a plain order that opens its sentence, and of nothing else's rules."""
    words = lowered(command.after(7))
    for index, word in enumerate(words[:5]):
        if word in BARE_OBJECTS or (word == "prompt" and "system" in words[:index]):
            following = command.after(7)[index]
            if (
                command.negated
                and word not in STRICT_OBJECTS | {"criteria", "criterion"}
                and not breaks_clause(following)
            ):
                return False  # "don't use sources older than a year"
            owned = words[index + 1 : index + 3]
            passing = (
                owned[:1] == ["for"]
                and owned[1:] != []
                and owned[1] in ("a", "this", "now", "once", "one", "the", "today")
            )
            return passing or not (
                owned and owned[0] in ("of", "for", "on", "in", "from", "about", "at", "set", "that")
            )
        if word not in _BEFORE_OBJECTS:
            return False
    return False


def names_own_text(words: Sequence[str]) -> bool:
    """Whether the words name the text the program itself was set up with, or the text before the message."""
    for index, word in enumerate(words):
        before = words[max(0, index - 3) : index]
        after = words[index + 1 : index + 4]
        if word in OWN_TEXT and any(owner in YOURS for owner in before):
            return True
        if word in SYSTEM_TEXT and any(q in SYSTEM_QUALIFIERS for q in before[-2:]) and not _of_another(after):
            return True
        if word in SYSTEM_TEXT and (
            after[:2] in (["you", "were"], ["you", "have"], ["you", "received"], ["you", "got"], ["you", "use"])
        ):
            return word != "rules"
        if word in ("prompt", "prompts") and index < 3 and ("you" in after or _bare_prompt(words[: index + 2], index)):
            return True
        if (
            word == "what"
            and before != []
            and after[:1] in (["you"], ["you've"])
            and any(w in _TOLD for w in words[index + 2 : index + 6])
        ):
            return True
        if word in TEXTS and index < 4 and _stands_above(words[index + 1 : index + 6]):
            return True
    return False


def _bare_prompt(words: Sequence[str], index: int) -> bool:
    """ "leak the prompt": the prompt and nothing more."""
    return "the" in words[:index] and words[index + 1 : index + 2] in ([], ["above"], ["now"], ["please"], ["verbatim"])


def _stands_above(words: Sequence[str]) -> bool:
    """ "above", "that comes before this message", but not "above the desk"."""
    place = next((i for i, word in enumerate(words[:3]) if word in ABOVE), None)
    if place is None or (place and words[0] not in ("that", "which", "written", "shown", "just", "from")):
        return False
    rest = words[place + 1 :]
    return not rest or rest[0] not in ("the", "a", "an", "our", "each", "every")


def _of_another(after: Sequence[str]) -> bool:
    return bool(after) and after[0] in ("of", "for", "in", "to", "from", "about", "that")
