"""Supported claims made from true sentences by rule, so that exact wording is not what a checker is rewarded for."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from assistant.grounding.compare.parsing import Parsed, parse
from assistant.training.mutations import Mutation, claim_sentences

_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_SYNONYMS: tuple[tuple[str, str], ...] = (
    ("must", "has to"), ("has to", "must"), ("is required to", "must"), ("are required to", "must"),
    ("for example", "for instance"),
    ("such as", "like"), ("approximately", "about"), ("about", "roughly"), ("purchase", "buy"), ("assist",
    "help"), ("commence", "begin"),
    ("obtain", "get"), ("sufficient", "enough"), ("however", "though"), ("in order to", "to"), ("prior to",
    "before"), ("children", "young people"),
    ("also", "as well"), ("large", "big"), ("began", "started"), ("ended", "finished"), ("allows", "lets"),
    ("show", "indicate"),
    ("shows", "indicates"), ("showed", "indicated"), ("use", "make use of"), ("provide", "supply"), ("provides",
    "supplies"),
    ("ensure", "make sure"), ("within", "inside"), ("primarily", "mainly"), ("mainly", "primarily"), ("because",
    "since"),
    ("need to", "have to"), ("currently", "at present"), ("cannot", "is not able to"), 
    ("everyone", "everybody"), ("staff", "employees"), ("increase", "rise"),
    ("important", "significant"), ("quickly", "rapidly"), ("build", "construct"), ("built", "constructed"),
    ("small", "little"),
)  # fmt: skip
_LOCKED = frozenset(("must", "cannot", "all", "use", "children", "also", "within", "need to"))
_SAFE_SYNONYMS = tuple((a, b) for a, b in _SYNONYMS if a not in _LOCKED)
_FRAMES = ("According to the source, {}", "As the text puts it, {}", "It is stated that {}", "We are told that {}")
_PASSIVE = re.compile(
    r"^(?P<patient>[A-Z][^,;:]*?) (?P<be>was|were|is|are) (?P<verb>[a-z]{3,}ed) by "
    r"(?P<agent>(?:the |a |an )?[A-Z]?[\w’'-]+(?: [A-Z][\w’'-]+)*)\.$"
)
_CLAUSE_FIRST = re.compile(
    r"^(?P<link>If|When|Where|Although|Because|Since|Once|Unless|While) (?P<sub>[^,]+), (?P<main>[^,]+)\.$"
)
_CLAUSE_LAST = re.compile(r"^(?P<main>[^,]+?),? (?P<link>if|when|although|because|unless|once) (?P<sub>[^,]+)\.$")


def paraphrase(sentence: str, seed: int = 0) -> tuple[Mutation, ...]:
    """The supported variants of one sentence, each made by one rule, without repeats."""
    parsed = parse(sentence)
    claims: list[str] = []
    for name, rule in _RULES:
        claim = rule(parsed, random.Random(f"{seed}|{name}|{sentence}"))
        if claim is not None and claim != sentence and claim not in claims:
            claims.append(claim)
    return tuple(Mutation("paraphrase", sentence, claim, "supported") for claim in claims)


def paraphrases_of(text: str, seed: int = 0) -> Iterator[Mutation]:
    """Supported variants of every full sentence of a text, in order."""
    for sentence in claim_sentences(text):
        yield from paraphrase(sentence, seed)


def _number_spelling(parsed: Parsed, chance: random.Random) -> str | None:
    """Turn small figures into words or words into figures, and "per cent" into "%"."""
    for quantity in parsed.quantities:
        token = parsed.tokens[quantity.start]
        alone = quantity.end - quantity.start <= 2 and quantity.unit not in ("share", "points", "£", "$", "€")
        if not alone or quantity.ordinal or not quantity.exact or quantity.loose:
            continue
        if token.lower.isdigit() and 2 <= int(token.lower) <= 12:
            words = _WORDS[int(token.lower)]
            return _put(parsed, quantity.start, words.capitalize() if quantity.start == 0 else words)
        if token.lower in _WORDS[2:] and quantity.low == _WORDS.index(token.lower) and quantity.start:
            return _put(parsed, quantity.start, str(_WORDS.index(token.lower)))
    percent = re.sub(r"(\d) ?%", r"\1 per cent", parsed.text)
    return percent if percent != parsed.text else re.sub(r"(\d) per ?cent\b(?! point)", r"\1%", parsed.text)


def _put(parsed: Parsed, i: int, words: str) -> str:
    token = parsed.tokens[i]
    return parsed.text[: token.start] + words + parsed.text[token.end :]


def _synonym(parsed: Parsed, chance: random.Random) -> str | None:
    options = [
        (match.span(), new)
        for old, new in _SAFE_SYNONYMS
        for match in re.finditer(rf"(?<![\w-]){re.escape(old)}(?![\w-])", parsed.text)
    ]
    if not options:
        return None
    (start, end), new = chance.choice(options)
    return parsed.text[:start] + new + parsed.text[end:]


def _active(parsed: Parsed, chance: random.Random) -> str | None:
    """ "X was checked by Y." as "Y checked X."; only where the verb has the same form in both."""
    match = _PASSIVE.match(parsed.text)
    if match is None or match["be"] not in ("was", "were") or match["agent"].split()[-1].endswith("ing"):
        return None
    agent = match["agent"][0].upper() + match["agent"][1:]
    return f"{agent} {match['verb']} {_small(match['patient'], parsed)}."


def _clause_order(parsed: Parsed, chance: random.Random) -> str | None:
    """Move a subordinate clause to the other end, unless a pronoun would lose what it stands for."""
    match = _CLAUSE_FIRST.match(parsed.text)
    if match is not None and not _has_pronoun(match["main"]):
        main = match["main"]
        return f"{main[0].upper()}{main[1:]} {match['link'].lower()} {match['sub']}."
    match = _CLAUSE_LAST.match(parsed.text)
    if (
        match is not None
        and not _has_pronoun(match["sub"])
        and not re.search(r"\b(?:only|even|and|or|not|ask|asks)$", match["main"])
    ):
        return f"{match['link'].capitalize()} {match['sub']}, {_small(match['main'], parsed)}."
    return None


def _has_pronoun(clause: str) -> bool:
    return (
        re.search(r"\b(?:it|they|them|he|she|this|these|those|its|their|his|her|that|and|or)\b", clause, re.IGNORECASE)
        is not None
    )


def _framed(parsed: Parsed, chance: random.Random) -> str | None:
    if re.match(r"(?:But|And|However|Also|So|Yet|Instead|It|This|That|These|They)\b", parsed.text):
        return None
    return chance.choice(_FRAMES).format(_small(parsed.text, parsed))


def _small(clause: str, parsed: Parsed) -> str:
    """Lower the first letter unless the sentence begins with a name or an acronym."""
    first = clause.split()[0]
    named = any(name.start == 0 for name in parsed.names) and first.lower() not in ("the", "a", "an")
    dated = any(date.start == 0 for date in parsed.dates)
    return (
        clause
        if named or dated or first == "I" or (len(first) > 1 and first.isupper())
        else clause[0].lower() + clause[1:]
    )


_RULES: tuple[tuple[str, Callable[[Parsed, random.Random], str | None]], ...] = (
    ("number_spelling", _number_spelling),
    ("synonym", _synonym),
    ("active", _active),
    ("clause_order", _clause_order),
    ("framed", _framed),
)
