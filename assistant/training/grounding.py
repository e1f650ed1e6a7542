"""Train the grounding model: claims judged against passages of many kinds of text.

Hard claims alone teach a model that shared words mean "unsupported". Every epoch therefore mixes in easy pairs that
no label list is needed for: a sentence of the passage itself (supported) and a claim about another passage (not
stated).
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError
from assistant.grounding.entailment import LABELS
from assistant.training.cases import DATA
from assistant.training.cross_encoder import Pair, train_cross_encoder
from assistant.training.loop import Plan, Progress
from knowledge.minilm import Encoder
from knowledge.sentences import split_sentences

MAX_TOKENS = 224
EASY_SHARE = 0.12


@dataclass(frozen=True)
class Claim:
    """A claim, the passage it is judged against, its label, what kind of claim it is and of what domain."""

    source: str
    claim: str
    label: str
    kind: str
    domain: str


def read_claims(folder: Path = DATA / "claims") -> list[Claim]:
    """Every claim of the folder's .jsonl files. Raises InputError naming file and line for a bad one."""
    claims: list[Claim] = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                row = json.loads(line)
                claim = Claim(row["source"], row["claim"], row["label"], row["kind"], row["domain"])
            except (KeyError, ValueError) as error:
                raise InputError(f"{path}:{number}: {error}") from error
            if claim.label not in LABELS:
                raise InputError(f"{path}:{number}: label '{claim.label}'; use one of {', '.join(LABELS)}")
            claims.append(claim)
    return claims


def split_by_source(claims: Sequence[Claim], share: float, salt: str = "1") -> tuple[list[Claim], list[Claim]]:
    """(rest, held out): about `share` of the passages are held out with all their claims."""
    rest: list[Claim] = []
    held: list[Claim] = []
    for claim in claims:
        bucket = int(hashlib.sha256(f"{salt}:{claim.source}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
        (held if bucket < share else rest).append(claim)
    return rest, held


def train_grounding(claims: Sequence[Claim], plan: Plan, progress: Progress | None = None) -> Encoder:
    """Fine-tune on the claims; gives the encoder with its head "label"."""
    sources = sorted({claim.source for claim in claims})

    def pairs(rng: random.Random) -> list[Pair]:
        given = [Pair(claim.source, claim.claim, LABELS.index(claim.label)) for claim in claims]
        return given + _easy(claims, sources, int(len(given) * EASY_SHARE), rng)

    return train_cross_encoder(pairs, len(LABELS), "label", plan, MAX_TOKENS, "training the grounding model", progress)


def _easy(claims: Sequence[Claim], sources: Sequence[str], count: int, rng: random.Random) -> list[Pair]:
    pairs: list[Pair] = []
    for row in range(count):
        source = rng.choice(sources)
        if row % 2:
            start, end = rng.choice(split_sentences(source))
            pairs.append(Pair(source, source[start:end], LABELS.index("supported")))
        else:
            other = rng.choice(claims)
            if other.source != source:
                pairs.append(Pair(source, other.claim, LABELS.index("not_stated")))
    return pairs
