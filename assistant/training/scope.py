"""Train the scope judge: an encoder with a head over joint findings of the criteria.

The deciding criteria are not independent (what has a medical purpose is seldom purely operational), so the judge
gives one probability to each *pattern* of findings seen in the cases, rather than one to each criterion by itself.
The rule table is applied to every pattern; the probability of a verdict is the sum over the patterns it gives
that verdict to. A second head judges identifiable data, which does not
decide; the device answer follows from the rule table.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.scope.judge import DECIDING, IDENTIFIABLE
from assistant.scope.labels import CRITERIA, FINDINGS
from assistant.training.cases import ScopeCase
from assistant.training.loop import Plan, Progress, length_batches, seed_everything, train
from assistant.training.trainee import Trainee

MIN_CASES_PER_PATTERN = 4
Pattern = tuple[str, ...]


def pattern_of(case: ScopeCase) -> Pattern:
    """The findings of the deciding criteria."""
    return tuple(f for name, f in zip(CRITERIA, case.criteria, strict=True) if name in DECIDING)


def patterns_of(cases: Sequence[ScopeCase]) -> list[tuple[Pattern, str]]:
    """The (pattern, verdict) pairs that occur often enough to be learnt, most frequent first."""
    counts = Counter((pattern_of(case), case.verdict) for case in cases)
    return [pair for pair, count in counts.most_common() if count >= MIN_CASES_PER_PATTERN]


def nearest_pattern(case: ScopeCase, patterns: Sequence[tuple[Pattern, str]]) -> int:
    """The index of the case's own pattern, or of the most alike one with the same verdict when it is too rare."""
    own = pattern_of(case)
    alike = [
        (verdict == case.verdict, sum(a == b for a, b in zip(own, pattern, strict=True)), -row)
        for row, (pattern, verdict) in enumerate(patterns)
    ]
    return max(range(len(alike)), key=lambda row: alike[row])


def new_heads(dimensions: int, size: int) -> Any:
    """The heads: patterns of the deciding criteria, and identifiable data."""
    import torch

    return torch.nn.ModuleDict(
        {"pattern": torch.nn.Linear(dimensions, size), "identifiable": torch.nn.Linear(dimensions, len(FINDINGS))}
    )


def train_scope(
    trainee: Trainee, cases: Sequence[ScopeCase], plan: Plan, progress: Progress | None = None
) -> tuple[dict[str, Any], list[tuple[Pattern, str]]]:
    """Fine-tune the trainee on the cases; gives its heads by name and the patterns in the order of the head."""
    import torch

    seed_everything(plan.seed)
    encoder = trainee.encoder
    patterns = patterns_of(cases)
    heads = new_heads(encoder.base.dimensions, len(patterns))
    rows = {id(case): nearest_pattern(case, patterns) for case in cases}
    verdicts = sorted({verdict for _, verdict in patterns})
    groups = torch.tensor([[float(v == verdict) for _, v in patterns] for verdict in verdicts])
    lengths = [len(case.text) for case in cases]
    rng = random.Random(plan.seed)

    def loss(batch: list[ScopeCase]) -> Any:
        texts = [augment(case.text, rng) for case in batch]
        pooled = torch.nn.functional.dropout(trainee.pooled(texts, max_tokens=200), 0.1)
        logits = heads["pattern"](pooled)
        target = torch.tensor([rows[id(case)] for case in batch])
        cross = torch.nn.functional.cross_entropy
        total = cross(logits, target, label_smoothing=0.05)
        grouped = torch.log(torch.softmax(logits, 1) @ groups.T + 1e-6)
        total = total + torch.nn.functional.nll_loss(grouped, torch.tensor([verdicts.index(c.verdict) for c in batch]))
        data = torch.tensor([FINDINGS.index(c.criteria[CRITERIA.index(IDENTIFIABLE)]) for c in batch])
        return total + 0.3 * cross(heads["identifiable"](pooled), data, label_smoothing=0.05)

    def batches(order: random.Random) -> Iterator[list[ScopeCase]]:
        return length_batches(cases, lengths, plan.batch_size, order)

    steps = -(-len(cases) // plan.batch_size)
    train(encoder.model, heads, batches, loss, plan, steps, "training the scope judge", progress)
    return dict(heads.state_dict()), patterns


def augment(text: str, rng: random.Random) -> str:
    """Now and then a typing slip, another case or a polite frame: none of them may change a verdict."""
    if rng.random() < 0.15:
        text = _slip(text, rng)
    if rng.random() < 0.1:
        text = text.lower() if rng.random() < 0.7 else text.upper()
    if rng.random() < 0.1:
        text = f"{rng.choice(_BEFORE)} {text}"
    if rng.random() < 0.07:
        text = f"{text} {rng.choice(_AFTER)}"
    return text


_BEFORE = (
    "Hi,",
    "Hello, quick question.",
    "Good morning.",
    "Sorry to bother you.",
    "Please could you advise:",
    "FYI -",
)
_AFTER = (
    "Thanks.",
    "Many thanks in advance!",
    "Is that in scope?",
    "What do you think?",
    "Would this be covered?",
    "pls advise",
)


def _slip(text: str, rng: random.Random) -> str:
    letters = list(text)
    for _ in range(max(1, len(letters) // 60)):
        at = rng.randrange(len(letters) - 1) if len(letters) > 1 else 0
        if letters[at].isalpha() and letters[min(at + 1, len(letters) - 1)].isalpha():
            kind = rng.random()
            if kind < 0.4:
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
            elif kind < 0.75:
                letters[at] = ""
            else:
                letters[at] *= 2
            letters = [letter for letter in "".join(letters)]
    return "".join(letters)
