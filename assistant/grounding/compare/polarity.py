"""Which words stand under a negation, and which words are opposites of each other."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.grounding.compare.phrases import Found, PhraseTable
from assistant.grounding.compare.tokens import Token, stem_of

_REACH = 9
_STOPS = frozenset(
    "but because although though while whereas unless if when until except since whether which who and so or".split()
)

# The value says what the words do: "not" negates what follows, "ignore" looks like a negation but is none.
_NEGATORS: PhraseTable[str] = PhraseTable(
    {
        "not": (
            "not", "never", "no", "none", "neither", "nor", "without", "cannot", "nobody", "nothing", "nowhere",
            "no one",
            "fail to", "fails to", "failed to", "failing to", "refuse to", "refuses to", "refused to", "refuse",
            "refuses",
            "refused", "decline to", "declines to", "declined to", "rather than", "instead of", "stop", "stops",
            "stopped",
            "ceased to", "ceases to", "lack", "lacks", "lacked", "far from", "hardly", "barely", "n't", "can't",
            "don't",
            "doesn't", "didn't", "isn't", "aren't", "wasn't", "weren't", "won't", "wouldn't", "shouldn't", "couldn't",
            "mustn't", "hasn't", "haven't", "hadn't", "needn't", "unable to", "free of", "prohibits", "prohibit",
            "prohibited",
            "forbid", "forbids", "forbidden", "bans", "banned", "barred", "prevents", "prevent", "prevented",
            "avoid", "avoids",
            "avoided", "excludes", "excluded", "exclude", "ruled out", "rules out", "denied", "denies", "deny",
        ),
        "ignore": (
            "not only", "not just", "not merely", "no more than", "no fewer than", "no less than", "no later than",
            "no longer than",
            "no earlier than", "no doubt", "no matter", "not necessarily", "not least", "no sooner",
        ),
    }
)  # fmt: skip

_OPPOSITES_LIST = (
    "before after; above below; over under; increase decrease; increase reduce; increase fall; rise fall; rose "
    "fell; grow shrink; higher lower; high low; more fewer; more less; many few; most few; longer shorter; larger "
    "smaller; bigger smaller; older younger; earlier later; faster slower; warmer colder; best worst; better worse; "
    "early late; first last; accept reject; accept refuse; approve reject; approve refuse; allow forbid; allow "
    "prohibit; permit prohibit; permit forbid; permit ban; allow ban; allow prevent; include exclude; inside "
    "outside; open closed; start end; begin end; opened closed; won lost; win lose; pass fail; passed failed; with "
    "without; succeeded failed; support oppose; agree disagree; true false; public private; internal external; buy "
    "sell; bought sold; most least; maximum minimum; upper lower; always never; present absent; strengthen weaken; "
    "improve worsen; gain loss; north south; east west; northern southern; eastern western; left right; add remove; "
    "raise lower; raised lowered; doubled halved; same different; longest shortest; largest smallest; highest "
    "lowest; oldest youngest; mandatory optional; compulsory voluntary; compulsory optional; required optional; "
    "confirm deny; confirmed denied; simple complex; hot cold; dry wet; light heavy; strong weak; easy difficult; "
    "safe dangerous; everyone nobody; everything nothing; keep discard; success failure; majority minority; "
    "temporary permanent; old new; full empty; day night; summer winter; male female; clinical non-clinical; hidden "
    "visible; shallow deep; wide narrow; near far; upstream downstream; credit debit"
).split("; ")
_OPPOSITES = frozenset(
    pair
    for entry in _OPPOSITES_LIST
    for a, b in [entry.split()]
    for pair in ((stem_of(a), stem_of(b)), (stem_of(b), stem_of(a)))
)
_PREFIXES = ("un", "in", "im", "dis", "non", "ir", "il")


def polarities(tokens: Sequence[Token], clauses: Sequence[int]) -> tuple[int, ...]:
    """For every token the number of negations it stands under; a negation reaches to the end of its clause."""
    counts = [0] * len(tokens)
    for found in negators(tokens):
        for i in range(found.end, min(len(tokens), found.end + _REACH)):
            if clauses[i] != clauses[found.start] or (tokens[i].lower in _STOPS and i > found.end):
                break
            counts[i] += 1
    return tuple(counts)


def negators(tokens: Sequence[Token], begin: int = 0, end: int | None = None) -> list[Found[str]]:
    """The negations between two token positions; look-alikes such as "not only" are left out."""
    return [found for found in _NEGATORS.find(tokens, begin, end) if found.value == "not"]


def are_opposites(one: str, other: str) -> bool:
    """Whether two stems are listed opposites, or one is the other with a negating prefix."""
    if (one, other) in _OPPOSITES:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) > 4 and any(long == prefix + short for prefix in _PREFIXES)
