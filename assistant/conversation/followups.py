"""Makes a follow-up stand by itself, from the history and without a language model.

Three moves cover what people do in conversation: a pronoun is given back its referent, a fragment ("and for GP
practices?") takes the place of the like part in the question before, and a bare "why?" asks for the reason of it.
"""

from __future__ import annotations

import re

from assistant.turn import History
from knowledge.keywords import terms

_LEAD = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|right|thanks|thank you|also|then|well|sorry|hmm|great)\b[\s,.!]*)+", re.I
)
_FRAGMENT = re.compile(r"^(?:what about|how about|and what about|what of|for|in|at|with|to|under|about|if)\b", re.I)
_ABOUT = re.compile(r"^(?:and\s+)?(?:what about|how about|what of)\s+", re.I)
_REASON = re.compile(
    r"^(?:why(?: not)?|how come|how so|says who|who says(?: so| that)?|since when|really|are you sure|"
    r"what does that mean|meaning|in what way|such as|for example|like what|where does it say (?:so|that))\b"
    r"[^a-z]*(?:is that|so|that|though)?[^a-z]*$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(it|its|they|them|their|that|this|these|those|there|he|she|him|her|one|ones|both|either|neither|the same)\b",
    re.I,
)
_QUESTION_START = re.compile(
    r"^(?:who|what|when|where|which|why|how|is|are|was|were|does|do|did|can|could|should|must|may|will|would|has|have|had|am)\b",
    re.I,
)
_PREPOSITION = re.compile(r"\b(for|in|at|with|under|about|of|on|to|by)\b", re.I)
_NAMED = re.compile(r"[A-Z]{2,}|\d{3,}|\b[Cc]harter\b|[Ii]\.AI|(?<=\w )[A-Z][a-z]+")
_CHARTER = re.compile(r"\b(?:collaboration )?charter\b", re.I)


def standalone(text: str, history: History) -> str:
    """The message as a question that can be read alone; unchanged when it already can be."""
    if not history:
        return text
    before = _last_question(history)
    if not before:
        return text
    core = _LEAD.sub("", text).strip() or text.strip()
    if _REASON.match(core):
        return f"{before.rstrip('?. ')}: {core}"
    if _is_fragment(core):
        return _substitute(before, core)
    if _depends(core):
        return _resolve(core, before, history)
    if _is_scant(core):
        return f"{core.rstrip('?. ')} ({before.rstrip('?. ')})?"
    return text


def _last_question(history: History) -> str:
    """The last question of the user, itself made standalone."""
    earlier: list[tuple[str, str]] = []
    question = ""
    for user, assistant in history:
        question = standalone(user, tuple(earlier)) if earlier else user
        earlier = [(question, assistant)]
    return question.strip()


def _is_fragment(core: str) -> bool:
    words = core.split()
    if _FRAGMENT.match(core) and len(words) <= 9 and not _has_verb_question(core):
        return True
    return len(words) <= 4 and not _QUESTION_START.match(core)


def _has_verb_question(core: str) -> bool:
    """Whether a clause of its own follows ("what about when we…" does not, "if it is free, can we…" does)."""
    return bool(re.search(r",\s*(?:can|do|does|is|are|will|should|must|may|who|what|when|why|how)\b", core, re.I))


def _depends(core: str) -> bool:
    """Whether it leans on what was said: a pronoun without a noun for it, or the opener of a follow-up."""
    words = core.split()
    match = _PRONOUN.search(core)
    if match is None:
        return len(words) <= 3
    if match[1].lower() in {"that", "this", "these", "those", "there"}:  # "this tool", "there is": not leaning
        following = core[match.end() :].split()
        bare = not following or bool(re.match(r"(?:is|was|does|do|did|apply|mean|still|true|\W*$)", following[0], re.I))
        return bare and match[1].lower() != "there"
    if re.search(r"\b(?:with|of|for|to|about|by|from|under|in) (?:it|them)\W*$", core, re.I):
        return True
    # A noun phrase before the pronoun in the same message is its likely referent ("if the tool drafts, can it…").
    return len(terms(core[: match.start()])) < 2


def _is_scant(core: str) -> bool:
    """Whether it has so few words of its own, none of them a name, that the question before must give the topic."""
    return len(terms(core)) <= 3 and not _NAMED.search(core)


def _resolve(core: str, before: str, history: History) -> str:
    topic = _topic(before, history)
    if not topic:
        return f"{core} ({before.rstrip('?. ')})"

    def replace(match: re.Match[str]) -> str:
        word = match[1].lower()
        if word in {"its", "their"}:
            return f"{topic}'s"
        return topic if word in {"it", "that", "this", "they", "them", "these", "those"} else match[0]

    resolved = _PRONOUN.sub(replace, core, count=1)
    if resolved == core or len(terms(resolved)) < 3:
        resolved = f"{resolved.rstrip('?. ')} ({before.rstrip('?. ')})?"
    return resolved


def _topic(before: str, history: History) -> str:
    """What a pronoun most likely stands for: the Charter when it was the subject, else the question's last noun run."""
    if _CHARTER.search(before):
        return "the Charter"
    answer = history[-1][1]
    if len(_CHARTER.findall(answer)) >= 2 and not re.search(r"\b(?:tool|scribe|copilot|dpia|dtac)\b", before, re.I):
        return "the Charter"
    phrase = re.search(
        r"\b(?:the|a|an|our|my|your)\s+((?:[\w&/.'-]+\s+){0,3}[\w&/.'-]+?)(?=\s+(?:for|in|on|to|of|with|by|is|are|was|be|that|which|and|or)\b|[?.,]|$)",
        before, re.I,
    )  # fmt: skip
    return f"the {phrase[1]}" if phrase else ""


def _substitute(before: str, fragment: str) -> str:
    """Put the fragment where its like stood in the question before."""
    phrase = _ABOUT.sub("", fragment).rstrip("?. ").strip()
    head = _PREPOSITION.match(phrase)
    stem = before.rstrip("?. ")
    if head:
        places = [m for m in _PREPOSITION.finditer(stem) if m[1].lower() == head[1].lower()]
        if places:
            return f"{stem[: places[-1].start()]}{phrase}?"
        return f"{stem} {phrase}?"
    noun = phrase.split()[-1].lower()
    same = re.search(rf"\b(?:[\w-]+\s+)?{re.escape(noun)}\b", stem, re.I)
    if same and len(phrase.split()) > 1:
        article = re.match(r"(?:the|a|an|our|my|their)\s+", same[0], re.I)
        kept = article[0] if article else ""
        return f"{stem[: same.start()]}{kept}{phrase}{stem[same.end() :]}?"
    return f"{stem}, for {phrase}?"
