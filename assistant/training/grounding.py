"""Train the grounding model: claims judged against passages of many kinds of text.

Written claims alone teach a model that shared words mean "unsupported", since their authors avoid the passage's words
in what is supported and keep them in what is not. Every epoch therefore mixes in made twins, one supported and one
not, that share the passage's words alike and differ by a single edit.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.grounding.entailment import LABELS
from assistant.grounding.windows import evidence_for
from assistant.training.cases import DATA, hold_out
from assistant.training.cross_encoder import Pair, train_cross_encoder
from assistant.training.loop import Plan, Progress
from assistant.training.mutations import claim_sentences, mutate
from assistant.training.paraphrases import paraphrase
from assistant.training.trainee import Trainee

MAX_TOKENS = 192


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
    return hold_out(claims, lambda claim: f"{salt}:{claim.source}", share)


def train_grounding(
    trainee: Trainee, claims: Sequence[Claim], plan: Plan, made_share: float, progress: Progress | None = None
) -> dict[str, Any]:
    """Fine-tune the trainee on the claims and on made pairs; gives its heads, "label" among them.

    Args:
        made_share: made pairs an epoch, as a share of the written ones.
    """
    written = [to_pair(claim.source, claim.claim, claim.label) for claim in claims]
    pool = made_twins(claims)

    def pairs(rng: random.Random) -> list[Pair]:
        """All written pairs and, drawn anew each epoch, as many twins of each label from the pool."""
        twins = rng.sample(pool, min(len(pool), int(len(written) * made_share / 2)))
        return [*written, *(pair for twin in twins for pair in twin), *_unrelated(claims, len(written) // 25, rng)]

    return train_cross_encoder(
        trainee, pairs, {"label": len(LABELS)}, plan, MAX_TOKENS, "training the grounding model", progress
    )


def to_pair(source: str, claim: str, label: str) -> Pair:
    """A claim with the sentences of its source that bear on it."""
    return Pair(evidence_for(claim, source), claim, (LABELS.index(label),))


def made_twins(claims: Sequence[Claim]) -> list[tuple[Pair, Pair]]:
    """Twins that differ by one edit: what a text says, near its own words, and the same with one thing changed.

    Sentences of the passages and supported claims about them are both twinned, so that neither many nor few shared
    words give a label away. Every other sentence is its own evidence: checks against one sentence are common.
    """
    texts = {claim.source: claim_sentences(claim.source) for claim in claims}
    said = [(source, sentence) for source, sentences in texts.items() for sentence in sentences]
    said += [(claim.source, claim.claim) for claim in claims if claim.label == "supported"]
    pool: list[tuple[Pair, Pair]] = []
    for seed, (source, sentence) in enumerate(said):
        evidence = sentence if seed % 2 and sentence in source else source
        fair = [sentence, *(variant.claim for variant in paraphrase(sentence, seed))]
        for number, mutation in enumerate(mutate(sentence, (), seed)):
            true = fair[number % len(fair)]
            pool.append((to_pair(evidence, true, "supported"), to_pair(evidence, mutation.claim, mutation.label)))
    return pool


def _unrelated(claims: Sequence[Claim], count: int, rng: random.Random) -> list[Pair]:
    """Claims put to another passage: not stated."""
    drawn = [(rng.choice(claims), rng.choice(claims)) for _ in range(count)]
    return [to_pair(one.source, other.claim, "not_stated") for one, other in drawn if one.source != other.source]
