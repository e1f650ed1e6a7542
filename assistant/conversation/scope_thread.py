"""Recovers an unfinished scope conversation from the history alone.

The assistant keeps no state between turns: what it asked is read off its own fixed wordings in the history.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.turn import History, ScopeRequest
from knowledge.scope_rules import ScopeRules

_OPENING = r"^\W*(?:(?:and|but|so|ok|okay|right|yes|no|well|then|now)\b[\s,]*)*"
_AMENDMENT = re.compile(
    _OPENING + r"(?:what if|(?:how|what) about if|suppos\w+|imagine|say|same\b|if (?:it|we|they|the)\b|"
    r"(?:what|how) would change|(?:it|they|the tool) (?:also|now|only|instead|no longer)\b|instead\b|except\b|"
    r"only this time|would it (?:matter|change|make a difference))",
    re.IGNORECASE,
)
_WHAT_IF = re.compile(r"\b(?:(?:what|how about|what about) if|suppose|same (?:tool|thing|product|system))\b", re.I)
_AMENDMENT_WORDS = re.compile(
    _OPENING + r"(?:what if|(?:how|what) about if|suppose|supposing|imagine|say|"
    r"same (?:tool|thing|product|system|one)?,?\s*(?:but|except|only)?)\s*",
    re.IGNORECASE,
)
_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|yup|correct|it (?:does|would)|they (?:do|would)|that's right|definitely|sometimes|i think so)"
    r"\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^\W*(?:no|nope|nah|never|it does(?:n't| not)|it wo(?:n't|uld not|uldn't)|not at all|none|nobody|no one|nothing|"
    r"neither)\b",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\b(?:don'?t know|do not know|not sure|unsure|no idea|can'?t say|dunno|unclear|haven'?t (?:asked|checked)|"
    r"not certain)\b",
    re.IGNORECASE,
)
_QUESTION_WORD = re.compile(
    r"^\W*(?:who|what|when|where|which|why|how|is|are|does|do|can|could|should|must|may|will|would)\b", re.IGNORECASE
)


@dataclass
class Thread:
    """The scope conversation so far: description, replies, and the criterion last asked about."""

    description: str
    replies: list[tuple[str, str]]
    pending: str | None
    previous: str | None = None


def continue_thread(text: str, history: History, rules: ScopeRules, markers: tuple[str, ...]) -> ScopeRequest | None:
    """The use that `text` replies to or amends, or None when it stands by itself.

    Args:
        markers: the beginnings of the fixed wordings by which a scope answer is recognised in the history.
    """
    thread = _replay(history, rules, markers)
    if thread is None:
        return None
    if not _extend(thread, text):
        return None
    return ScopeRequest(thread.description, tuple(thread.replies), thread.previous)


def finding_of(words: str) -> str | None:
    """What a reply amounts to: "yes", "no", "unclear" for "I don't know", or None when it is told in words."""
    if _UNKNOWN.search(words):
        return "unclear"
    if _NO.match(words):
        return "no"
    if _YES.match(words):
        return "yes"
    return None


def _replay(history: History, rules: ScopeRules, markers: tuple[str, ...]) -> Thread | None:
    thread: Thread | None = None
    for user, assistant in history:
        if not any(marker in assistant for marker in markers):
            thread = None
            continue
        if thread is None or not _extend(thread, user):
            thread = Thread(user, [], None)
        thread.pending = next((test.name for test in rules.tests if test.ask in assistant), None)
    return thread


def _extend(thread: Thread, text: str) -> bool:
    """Take `text` into the thread as an amendment or as a reply; False when it is neither."""
    thread.previous = None
    answered = thread.pending is not None and finding_of(text) is not None and not _WHAT_IF.search(text)
    if _AMENDMENT.match(text) and not answered:
        thread.previous = thread.description
        thread.description = f"{thread.description.rstrip()} {_as_statement(text)}"
        return True
    if thread.pending is not None and _is_reply(text):
        thread.replies.append((thread.pending, text.strip()))
        return True
    return False


def _is_reply(text: str) -> bool:
    words = len(text.split())
    if finding_of(text) is not None:
        return words <= 60
    return words <= 40 and not text.rstrip().endswith("?") and not _QUESTION_WORD.match(text)


def _as_statement(text: str) -> str:
    """The added facts without the "what if" in front."""
    body = _AMENDMENT_WORDS.sub("", text.strip()).rstrip("?. ")
    return (body[:1].upper() + body[1:] + ".") if body else text.strip()
