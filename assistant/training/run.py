"""Trains and stores the shipped models: what `charter-assistant train` calls."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.grounding.closeness import Closeness
from assistant.grounding.combine import COMBINER, Comparison, compared_features, joined_inputs, judge_scores
from assistant.grounding.entailment import GROUNDING_WEIGHTS, LABELS, LocalEntailment, load_entailment
from assistant.grounding.trees import TREES
from assistant.models.answers import ANSWER_WEIGHTS
from assistant.models.router import ROUTER_WEIGHTS, ROUTES
from assistant.scope.judge import SCOPE_WEIGHTS
from assistant.scope.labels import CRITERIA
from assistant.scope.nearest import LIBRARY
from assistant.training.answers import train_answers
from assistant.training.calibration import fit_multinomial, fit_temperature
from assistant.training.cases import DATA, ScopeCase, digest_of, read_scope_cases, split_by_idea
from assistant.training.cross_encoder import Pair
from assistant.training.grounding import (
    Claim,
    made_twins,
    read_claims,
    split_by_source,
    to_pair,
    train_grounding,
)
from assistant.training.loop import Plan, Progress
from assistant.training.question_encoder import train_question_encoder
from assistant.training.questions import read_messages, read_questions, shipped_units, split_questions
from assistant.training.router import routed, split_messages, train_router
from assistant.training.scope import nearest_pattern, train_scope
from assistant.training.trainee import Trainee, large_base, small_base
from assistant.training.trees import fit_trees
from knowledge.embedding import QUESTION_WEIGHTS
from knowledge.encoders.encoder import Encoder, load_base, load_encoder, small_of

CALIBRATION_SHARE = 0.08
LARGE_SCOPE_PLAN = Plan(epochs=3, batch_size=16, learning_rate=5e-4)
SMALL_SCOPE_PLAN = Plan(epochs=4, batch_size=16)
QUESTION_PLAN = Plan(epochs=3, batch_size=32, learning_rate=6e-5)
ROUTER_PLAN = Plan(epochs=4, batch_size=32)
ANSWER_PLAN = Plan(epochs=3, batch_size=32)
LARGE_GROUNDING_PLAN = Plan(epochs=1, batch_size=16, learning_rate=4e-4)
SMALL_GROUNDING_PLAN = Plan(epochs=4, batch_size=16, learning_rate=1.2e-4)
SCOPE_FIRST_LAYER = 6  # of twelve: below it the large base stays as it is
LIBRARY_SIZE = 1500
COMBINER_PENALTY = 0.3
TWINS, TWIN_SEED = 500, 3


def train_scope_model(path: Path = SCOPE_WEIGHTS, progress: Progress | None = None) -> None:
    """Train both judges of the scope criteria, and store the library of judged cases."""
    train_judge(path, large_base(SCOPE_FIRST_LAYER, LARGE_SCOPE_PLAN.seed), LARGE_SCOPE_PLAN, progress)
    train_small_judge(small_of(path), SMALL_SCOPE_PLAN, progress)


def train_small_judge(path: Path, plan: Plan = SMALL_SCOPE_PLAN, progress: Progress | None = None) -> None:
    """Train the small judge, and store it with the library of judged cases by its representation of them."""
    cases = train_judge(path, small_base(), plan, progress)
    write_library(load_encoder(path), cases, path.with_name(LIBRARY.name))


def train_judge(path: Path, trainee: Trainee, plan: Plan, progress: Progress | None = None) -> list[ScopeCase]:
    """Train a judge on all cases but a calibration share, fit its temperature there, and store both.

    Gives the cases that it was trained on.
    """
    cases, held = split_by_idea(read_scope_cases(), CALIBRATION_SHARE)
    heads, patterns = train_scope(trainee, cases, plan, progress)
    card = _card("scope judge", [DATA / "scope"], plan, len(cases), len(held))
    card |= {"patterns": [list(pattern) for pattern, _ in patterns]}
    targets = np.array([nearest_pattern(case, patterns) for case in held])
    _save_calibrated(trainee, path, heads, card, "pattern", [case.text for case in held], targets)
    return cases


def write_library(encoder: Encoder, cases: Sequence[ScopeCase], path: Path) -> None:
    """Store a spread of judged cases with the judge's representation of each, for showing near ones."""
    step = max(1, len(cases) // LIBRARY_SIZE)
    chosen = [case for case in cases if 6 <= len(case.text.split()) <= 60][::step]
    vectors = encoder.embed([case.text for case in chosen])
    rows = [
        json.dumps(
            {"text": case.text, "verdict": case.verdict, "idea": case.idea,
             "criteria": dict(zip(CRITERIA, case.criteria, strict=True))}, ensure_ascii=False,
        )
        for case in chosen
    ]  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, cases=np.array(rows), vectors=np.round(vectors * 127).astype(np.int8))


def train_question_model(
    path: Path = QUESTION_WEIGHTS, plan: Plan = QUESTION_PLAN, progress: Progress | None = None
) -> None:
    """Train the question encoder and store it."""
    units = shipped_units()
    questions, held = split_questions(read_questions(units), CALIBRATION_SHARE)
    messages = read_messages()
    passages = [(claim.claim, claim.source) for claim in read_claims() if claim.label == "supported"]
    trainee = small_base()
    heads = train_question_encoder(trainee, questions, messages, passages[::4], units, plan, progress)
    data = [DATA / name for name in ("questions", "routes", "claims")]
    trainee.save(path, heads, _card("question encoder", data, plan, len(questions), len(held)))


def train_router_model(path: Path = ROUTER_WEIGHTS, plan: Plan = ROUTER_PLAN, progress: Progress | None = None) -> None:
    """Train the router, fit its temperature on held-out messages, and store both."""
    everything = routed(read_messages(), read_questions(shipped_units()), read_scope_cases())
    messages, held = split_messages(everything, CALIBRATION_SHARE)
    trainee = small_base()
    heads = train_router(trainee, messages, plan, progress)
    card = _card("router", [DATA / name for name in ("routes", "questions", "scope")], plan, len(messages), len(held))
    targets = np.array([ROUTES.index(message.route) for message in held])
    _save_calibrated(trainee, path, heads, card, "route", [message.text for message in held], targets)


def train_answer_model(path: Path = ANSWER_WEIGHTS, plan: Plan = ANSWER_PLAN, progress: Progress | None = None) -> None:
    """Train the answer model and store it."""
    units = shipped_units()
    questions, held = split_questions(read_questions(units), CALIBRATION_SHARE)
    miner = load_encoder(QUESTION_WEIGHTS) if QUESTION_WEIGHTS.is_file() else None
    trainee = small_base()
    heads = train_answers(trainee, questions, units, plan, miner, progress)
    trainee.save(path, heads, _card("answer model", [DATA / "questions"], plan, len(questions), len(held)))


def train_grounding_model(path: Path = GROUNDING_WEIGHTS, progress: Progress | None = None) -> None:
    """Train both grounding models, then fit what joins them with the explicit comparison."""
    claims, held = split_by_source(read_claims(), CALIBRATION_SHARE)

    def train_one(file: Path, trainee: Trainee, plan: Plan, made_share: float) -> None:
        heads = train_grounding(trainee, claims, plan, made_share, progress)
        trainee.save(file, heads, _card("grounding model", [DATA / "claims"], plan, len(claims), len(held)))

    train_one(path, large_base(0, LARGE_GROUNDING_PLAN.seed), LARGE_GROUNDING_PLAN, 0.3)
    train_one(small_of(path), small_base(), SMALL_GROUNDING_PLAN, 0.6)
    fit_comparison(claims, path.with_name(TREES.name))
    comparison = Comparison.load(path.with_name(TREES.name))
    fit_combiners(load_entailment(path), comparison, held, path.with_name(COMBINER.name))


def fit_comparison(claims: Sequence[Claim], path: Path) -> None:
    """Fit the trees over the explicit comparison and the closeness of the words."""
    pairs, weights = _with_twins(claims, len(claims) // 4)
    compared = compared_features([(pair.first, pair.second) for pair in pairs], Closeness(load_base()))
    fit_trees(compared, np.array([pair.labels[0] for pair in pairs]), weights).save(path)


def fit_combiners(models: Sequence[LocalEntailment], comparison: Comparison, held: Sequence[Claim], path: Path) -> None:
    """Fit what joins the comparison with the models, on passages that none of them was trained on.

    There is one for all the models and one for the first alone, which is all there is where the large base is not
    installed.
    """
    pairs, weights = _with_twins(held, TWINS)
    targets = np.array([pair.labels[0] for pair in pairs])
    scores = judge_scores(models, comparison, [(pair.first, pair.second) for pair in pairs])
    fitted: dict[int, dict[str, Any]] = {}
    for count in range(1, len(models) + 1):
        inputs = joined_inputs(scores[: count + 1])
        found = fit_multinomial(inputs, targets, len(LABELS), COMBINER_PENALTY, weights)
        fitted[count] = {name: np.round(value, 6).tolist() for name, value in found.items()}
    path.write_text(json.dumps(fitted))


def _with_twins(claims: Sequence[Claim], twins: int) -> tuple[list[Pair], np.ndarray]:
    """The written claims and `twins` made ones of each label, which count half, as pairs with their weights.

    Without the made ones hardly any supported claim would keep its passage's words, and a fit would take shared words
    for a sign against support.
    """
    pool = made_twins(claims)
    drawn = random.Random(TWIN_SEED).sample(pool, min(len(pool), twins))
    pairs = [to_pair(claim.source, claim.claim, claim.label) for claim in claims]
    pairs += [pair for twin in drawn for pair in twin]
    return pairs, np.where(np.arange(len(pairs)) < len(claims), 1.0, 0.5)


def _save_calibrated(
    trainee: Trainee, path: Path, heads: dict[str, Any], card: dict[str, Any],
    head: str, texts: list[str], targets: np.ndarray,
) -> None:  # fmt: skip
    """Store a trainee with the temperature of one head, fitted on held-out texts as the stored weights judge them."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / path.name
        trainee.save(draft, heads, card)
        encoder = load_encoder(draft)
    temperature = fit_temperature(encoder.logits(head, encoder.pooled(texts)), targets)
    trainee.save(path, heads, card | {"temperature": temperature})


def _card(name: str, data: Sequence[Path], plan: Plan, trained_on: int, calibrated_on: int) -> dict[str, Any]:
    from dataclasses import asdict

    digest = digest_of(path for folder in data for path in folder.glob("*.jsonl"))
    return {
        "model": name, "data_sha256": digest, "plan": asdict(plan),
        "trained_on": trained_on, "held_out_for_calibration": calibrated_on,
    }  # fmt: skip
