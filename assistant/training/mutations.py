"""Unsupported claims made from true sentences by rule, to measure a grounding checker on any text.

    >>> mutate("The board must meet on 3 May 2021.", seed=1)[0].kind
    'number'

Every mutation changes one thing. The same text and seed always give the same mutations.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.grounding.compare.dates import Date
from assistant.grounding.compare.names import Name
from assistant.grounding.compare.parsing import Parsed, parse
from assistant.grounding.compare.quantities import Quantity
from knowledge.sentences import split_sentences

Label = Literal["supported", "contradicted", "not_stated"]
MutationKind = Literal[
    "number", "date", "negation", "entity_swap", "role_swap", "modality", "quantifier", "condition_dropped",
    "scope_widened", "false_join", "citation_swapped", "extra_clause", "paraphrase",
]  # fmt: skip

MIN_WORDS, MAX_WORDS = 6, 45


@dataclass(frozen=True, slots=True)
class Mutation:
    """A claim with the evidence it is to be checked against and what a perfect checker would say."""

    kind: MutationKind
    source: str
    claim: str
    label: Label


def mutate(sentence: str, others: Sequence[str] = (), seed: int = 0) -> tuple[Mutation, ...]:
    """One mutation of each kind that applies to `sentence`.

    Args:
        sentence: one true sentence.
        others: other sentences of the same text: they lend names, second facts and wrong citations.
        seed: changes which of the possible edits is made.
    """
    parsed = parse(sentence)
    made: list[Mutation] = []
    for kind, label, edit in _EDITS:
        chance = random.Random(f"{seed}|{kind}|{sentence}")
        claim = edit(parsed, others, chance)
        if claim is not None and claim != sentence:
            made.append(Mutation(kind, sentence, claim, label))
    for kind, pair in (("false_join", _false_join), ("citation_swapped", _citation_swapped)):
        mutation = pair(sentence, others, random.Random(f"{seed}|{kind}|{sentence}"))
        if mutation is not None:
            made.append(mutation)
    return tuple(made)


def mutations_of(text: str, seed: int = 0) -> Iterator[Mutation]:
    """Mutations of every full sentence of a text, in order."""
    sentences = claim_sentences(text)
    for i, sentence in enumerate(sentences):
        yield from mutate(sentence, sentences[:i] + sentences[i + 1 :], seed)


def claim_sentences(text: str) -> list[str]:
    """The sentences that state something: begun with a capital or number, ended with a full stop, 6 to 45 words."""
    found = [text[start:end] for start, end in split_sentences(text)]
    return [
        s
        for s in found
        if s.endswith(".")
        and (s[0].isupper() or s[0].isdigit())
        and "\n" not in s
        and MIN_WORDS <= len(s.split()) <= MAX_WORDS
    ]


def _put(parsed: Parsed, start: int, end: int, words: str) -> str:
    """The text with the tokens `start` to `end` replaced."""
    first, last = parsed.tokens[start].start, parsed.tokens[end - 1].end
    return parsed.text[:first] + words + parsed.text[last:]


# Numbers and dates


_NUMBER_WORDS = "two three four five six seven eight nine ten eleven twelve".split()


def _number(parsed: Parsed, others: Sequence[str], chance: random.Random) -> str | None:
    usable = [(q, i) for q in parsed.quantities for i in range(q.start, q.end) if _changeable(parsed, q, i)]
    if not usable:
        return None
    _, i = chance.choice(usable)
    word = parsed.tokens[i].text
    if word.lower() in _NUMBER_WORDS:
        other = chance.choice([w for w in _NUMBER_WORDS if w != word.lower()])
        return _put(parsed, i, i + 1, other.capitalize() if word[0].isupper() else other)
    return _put(parsed, i, i + 1, _other_figure(word, chance))


def _changeable(parsed: Parsed, quantity: Quantity, i: int) -> bool:
    word = parsed.tokens[i].lower
    return not quantity.loose and (word in _NUMBER_WORDS or re.fullmatch(r"\d+(?:,\d{3})*(?:\.\d+)?", word) is not None)


def _other_figure(word: str, chance: random.Random) -> str:
    plain = word.replace(",", "")
    if "." in plain:
        places = len(plain.split(".")[1])
        return f"{float(plain) * chance.choice((0.4, 1.5, 2.0)) + 0.3:.{places}f}"
    value = int(plain)
    changed = chance.choice([v for v in (value * 2, value * 3, value + 4, value // 2 + 1) if v != value])
    return f"{changed:,}" if "," in word or changed >= 10_000 else str(changed)


_MONTH_NAMES = "January February March April May June July August September October November December".split()


def _date(parsed: Parsed, others: Sequence[str], chance: random.Random) -> str | None:
    if not parsed.dates:
        return None
    date = chance.choice(parsed.dates)
    edits = [
        (i, changed)
        for i in range(date.start, date.end)
        for changed in [_other_date_part(parsed.tokens[i].text, date, chance)]
        if changed is not None
    ]
    if not edits:
        return None
    i, changed = chance.choice(edits)
    return _put(parsed, i, i + 1, changed)


def _other_date_part(word: str, date: Date, chance: random.Random) -> str | None:
    if word in _MONTH_NAMES:
        return chance.choice([month for month in _MONTH_NAMES if month != word])
    if word.isdigit() and date.year is not None and int(word) == date.year:
        return str(date.year + chance.choice((-3, -2, -1, 1, 2)))
    if word.isdigit() and date.day is not None and int(word) == date.day:
        return str(chance.choice([day for day in range(1, 29) if day != date.day]))
    return None


# Words turned round


_AUXILIARIES = frozenset("is are was were will can may must should has have had would could shall does do did".split())


def _negation(parsed: Parsed, others: Sequence[str], chance: random.Random) -> str | None:
    for i, token in enumerate(parsed.tokens):
        if token.lower == "cannot":
            return _put(parsed, i, i + 1, "can")
        if token.lower == "not" and i and parsed.tokens[i - 1].lower in _AUXILIARIES:
            before = parsed.tokens[i - 1].end
            return parsed.text[:before] + parsed.text[token.end :]
    for i, token in enumerate(parsed.tokens[:-1]):
        follows = parsed.tokens[i + 1]
        if (
            token.lower in _AUXILIARIES
            and i
            and token.text.islower()
            and not follows.is_mark
            and follows.lower not in ("no", "never")
        ):
            return _put(parsed, i, i + 1, f"{token.text} not")
    return None


def _swap_words(
    table: Sequence[tuple[str, Sequence[str]]],
) -> Callable[[Parsed, Sequence[str], random.Random], str | None]:
    """An edit that replaces one of the listed phrases by one of its counterparts."""
    patterns = [(re.compile(rf"\b{re.escape(words)}\b", re.IGNORECASE), counterparts) for words, counterparts in table]

    def edit(parsed: Parsed, others: Sequence[str], chance: random.Random) -> str | None:
        taken: list[tuple[int, int]] = []
        options: list[tuple[int, int, Sequence[str]]] = []
        for pattern, counterparts in patterns:  # longer phrases stand first and win
            for match in pattern.finditer(parsed.text):
                if any(a < match.end() and match.start() < b for a, b in taken):
                    continue
                taken.append(match.span())
                if match.group().lower() in _BEFORE_FIGURE and not _figure_follows(parsed, match.end()):
                    continue
                if counterparts and not (match.group() == "May" and match.start() > 0):
                    options.append((*match.span(), counterparts))
        if not options:
            return None
        start, end, counterparts = chance.choice(options)
        words = chance.choice(list(counterparts))
        words = words[0].upper() + words[1:] if parsed.text[start].isupper() else words
        return parsed.text[:start] + words + parsed.text[end:]

    return edit


_BEFORE_FIGURE = frozenset(("more than", "fewer than", "less than", "up to", "at least", "at most"))


def _figure_follows(parsed: Parsed, at: int) -> bool:
    """Whether a number stands within the next few characters, so that the words before it bound it."""
    return any(0 <= parsed.tokens[i].start - at <= 3 for q in parsed.quantities for i in range(q.start, q.end))


def _table(words: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Read "phrase: counterpart, counterpart; …". A phrase without counterparts shields a shorter one in it."""
    entries = [entry.partition(": ") for entry in words.split("; ")]
    return tuple((phrase, tuple(others.split(", ")) if others else ()) for phrase, _, others in entries)


_MODALS = _table(
    "does not intend to: is forbidden to, is not allowed to; do not intend to: are forbidden to; do not have to: "
    "must; does not have to: has to; must not: may, should; may not: must, may; should not: must, may; need not: "
    "must, may not; are not required to: must, may not; is not required to: must, may not; cannot; is required to: "
    "may, need not; are required to: may, need not; has to: may, need not; have to: may, need not; is recommended: is "
    "required, is prohibited; are recommended: are required; is allowed to: is required to, is not allowed to; are "
    "allowed to: are required to, are forbidden to; intends to: is required to, has refused to; intend to: are "
    "required to; plans to: is required to, has refused to; recommended: required, prohibited; recommends: requires, "
    "prohibits; required: optional; encouraged: obliged; voluntary: compulsory; optional: compulsory; compulsory: "
    "voluntary; mandatory: optional; must: may, need not, should; should: must, need not; may: must, may not; might: "
    "must; shall: need not, may"
)
_QUANTIFIERS = _table(
    "no more than: more than, no fewer than; no fewer than: fewer than; no less than: less than; not all: all; not "
    "every: every; not only; no longer; at all; after all; all the same; only once; all but; almost all: all, few; "
    "nearly all: all, few; all of: none of, few of; some of: all of, none of; most of: all of, few of; each of: none "
    "of; at least: at most, fewer than; at most: at least, more than; up to: at least, more than; more than: fewer "
    "than, at most; fewer than: more than; less than: more than; a few: all, no; primarily: only, exclusively; "
    "mainly: only, exclusively; mostly: only, entirely; largely: entirely, hardly; usually: always, never; often: "
    "always, never; sometimes: always, never; rarely: often, always; always: never; never: always; every: no; all: "
    "no, few; most: all, few; several: all, no; some: all, no; many: all, no; few: most, many; only: not only; both: "
    "neither of"
)
_WIDER = _table(
    "not all: all; some of: all of; most of: all of; part of: all of; parts of: all of; a number of: all; in some "
    "cases: in all cases; in most cases: in all cases; for example; initially: permanently; temporarily: permanently; "
    "usually: always; generally: always; often: always; sometimes: always; mainly: entirely; mostly: entirely; "
    "primarily: entirely; largely: entirely; partly: entirely; certain: all; several: all; some: all; many: all; "
    "selected: all; occasionally: always; in part: in full; up to half: all"
)


# Names and roles


def _entity_swap(parsed: Parsed, others: Sequence[str], chance: random.Random) -> str | None:
    if not parsed.names:
        return None
    own = {stem for name in parsed.names for stem in name.stems}
    candidates = sorted(
        {_bare(other.words(n.start, n.end)) for other in map(parse, others) for n in other.names if not n.stems & own}
    )
    name = chance.choice(parsed.names)
    words = parsed.words(name.start, name.end)
    fitting = [c for c in candidates if _initials(c) != words and _initials(words) != c]
    if not fitting:
        return None
    return _put(parsed, name.start, name.end, chance.choice(fitting) + words.removeprefix(_bare(words)))


def _bare(name: str) -> str:
    return re.sub(r"['’]s?$", "", name)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


_JOINED = frozenset("and or with between both neither nor".split())
_NOUN_PHRASE = re.compile(
    r"\b([Tt]he) ([a-z]{3,}s?)(?= (?:is|are|was|were|will|can|may|must|should|has|have|had|does|do|"
    r"to|by|of|for|in|on|with|from|and|"
    r"[a-z]+(?:s|ed))\b|[.,;])"
)


def _role_swap(parsed: Parsed, others: Sequence[str], chance: random.Random) -> str | None:
    pairs = [
        (one, two) for i, one in enumerate(parsed.names) for two in parsed.names[i + 1 :] if _acts_on(parsed, one, two)
    ]
    if pairs:
        one, two = chance.choice(pairs)
        first, second = parsed.words(one.start, one.end), parsed.words(two.start, two.end)
        return _exchange(parsed.text, parsed.tokens[one.start].start, first, parsed.tokens[two.start].start, second)
    found = list(_NOUN_PHRASE.finditer(parsed.text))
    for i, left in enumerate(found):
        for right in found[i + 1 :]:
            between = parsed.text[left.end() : right.start()]
            if left.group(2) != right.group(2) and _verb_between(between):
                return _exchange(parsed.text, left.start(2), left.group(2), right.start(2), right.group(2))
    return None


def _acts_on(parsed: Parsed, one: Name, two: Name) -> bool:
    return not one.stems & two.stems and _verb_between(
        parsed.text[parsed.tokens[one.end - 1].end : parsed.tokens[two.start].start]
    )


def _verb_between(between: str) -> bool:
    words = between.lower().split()
    joined = {word.strip(",;") for word in words} & _JOINED
    if not 1 <= len(words) <= 7 or joined or "," in between or ";" in between:
        return False
    return any(word in _AUXILIARIES or re.fullmatch(r"[a-z]{3,}ed|[a-z]{3,}[^s]s", word) for word in words)


def _exchange(text: str, at: int, first: str, there: int, second: str) -> str:
    middle = text[at + len(first) : there]
    return text[:at] + second + middle + first + text[there + len(second) :]


# Clauses


_CONDITION_END = re.compile(
    r",? (?:if|unless|except|provided that|provided|only if|only when|only where|as long as|so long as|"
    r"until|subject to|once)\b[^,.;]*(?=\.$)"
)
_CONDITION_START = re.compile(r"^(?:If|Unless|Provided that|Where|When|Once|Until|Except)\b[^,]*, (?:then )?(\w)")


def _condition_dropped(parsed: Parsed, others: Sequence[str], chance: random.Random) -> str | None:
    text = parsed.text
    match = _CONDITION_END.search(text)
    if (
        match
        and len(text[: match.start()].split()) >= 3
        and not re.search(r"\b(?:ask|asks|see|know|whether|even|not)$", text[: match.start()])
    ):
        return text[: match.start()] + "."
    match = _CONDITION_START.search(text)
    if match and len(text[match.end() :].split()) >= 3:
        return match.group(1).upper() + text[match.end() :]
    return None


_EXTRA = (
    ", and the cost was met from reserves", ", which had been agreed the year before",
    ", after an independent review",
    ", mainly in order to save money", ", and a further report is to follow", ", as an outside adviser had proposed",
    ", despite objections from staff", ", and the result was published online", ", for the third time in a row",
    ", which drew praise from experts", ", with funding from a private donor",
    ", and the deadline has been extended since",
)  # fmt: skip


def _extra_clause(parsed: Parsed, others: Sequence[str], chance: random.Random) -> str | None:
    return parsed.text[:-1] + chance.choice(_EXTRA) + "." if parsed.text.endswith(".") else None


def _false_join(sentence: str, others: Sequence[str], chance: random.Random) -> Mutation | None:
    fitting = [
        other
        for other in others
        if other.endswith(".") and 4 <= len(other.split()) <= 25 and len(sentence.split()) <= 30
    ]
    if not fitting:
        return None
    other = chance.choice(fitting)
    link = chance.choice((" because ", ", and as a result ", " in order that "))
    claim = sentence.removesuffix(".") + link + _begin_small(other)
    return Mutation("false_join", f"{sentence} {other}", claim, "not_stated")


def _begin_small(sentence: str) -> str:
    """Lower the first letter unless the sentence begins with a name."""
    parsed = parse(sentence)
    named = any(name.start == 0 for name in parsed.names) or sentence[:2].isupper() or sentence.startswith("I ")
    return sentence if named else sentence[0].lower() + sentence[1:]


def _citation_swapped(sentence: str, others: Sequence[str], chance: random.Random) -> Mutation | None:
    wanted = parse(sentence).content_stems
    apart = [o for o in others if len(wanted & parse(o).content_stems) <= 0.3 * len(wanted)]
    return Mutation("citation_swapped", chance.choice(apart), sentence, "not_stated") if apart else None


_EDITS: tuple[tuple[MutationKind, Label, Callable[[Parsed, Sequence[str], random.Random], str | None]], ...] = (
    ("number", "contradicted", _number),
    ("date", "contradicted", _date),
    ("negation", "contradicted", _negation),
    ("entity_swap", "contradicted", _entity_swap),
    ("role_swap", "contradicted", _role_swap),
    ("modality", "contradicted", _swap_words(_MODALS)),
    ("quantifier", "contradicted", _swap_words(_QUANTIFIERS)),
    ("condition_dropped", "not_stated", _condition_dropped),
    ("scope_widened", "not_stated", _swap_words(_WIDER)),
    ("extra_clause", "not_stated", _extra_clause),
)
