"""Ways of judging a use of AI, compared on cases that none of them has learnt from: `python -m eval.alternatives`.

All learn from the same training cases and are judged on the calibration part, which is split off by idea. The shipped
judge must have been trained on the cases as they are (its card holds their digest), or the comparison would be void.
Temperatures and thresholds of the shipped judges were set on that same part.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.scope.judge import SCOPE_WEIGHTS, Judgement, LocalJudge, together
from assistant.scope.labels import CRITERIA, VERDICTS
from assistant.training.cases import DATA, ScopeCase, digest_of, read_scope_cases, split_by_idea
from assistant.training.run import CALIBRATION_SHARE
from eval.errors import EvaluationError
from knowledge.encoders.encoder import load_base, load_encoder, small_of
from knowledge.scope_rules import load_scope_rules

NEIGHBOURS = 8
_MEDICAL, _ACTS = CRITERIA.index("medical_purpose"), CRITERIA.index("derives_or_acts")


def compare() -> list[tuple[str, float, float, str]]:
    """(way, accuracy, macro-F1, "clinical uses called in scope / clinical uses") for every way."""
    cases, held = split_by_idea(read_scope_cases(), CALIBRATION_SHARE)
    large, small = (load_encoder(path).quicken() for path in (SCOPE_WEIGHTS, small_of(SCOPE_WEIGHTS)))
    if {large.card["data_sha256"], small.card["data_sha256"]} != {digest_of((DATA / "scope").glob("*.jsonl"))}:
        raise EvaluationError("The scope judge was trained on other cases. Run: charter-assistant train scope")
    texts, held_texts = [case.text for case in cases], [case.text for case in held]
    targets = np.array([VERDICTS.index(case.verdict) for case in cases])
    plain = load_base()
    own, other = plain.embed(texts), plain.embed(held_texts)
    tuned, tuned_other = small.embed(texts), small.embed(held_texts)
    quick, thorough = LocalJudge(small), LocalJudge(large)
    first, second = quick.judge_all(held_texts), thorough.judge_all(held_texts)
    joined = [together(one, other) for one, other in zip(first, second, strict=True)]
    by_small, by_large = _verdicts(first), _verdicts(second)
    by_both = _verdicts(joined)
    near = _neighbours(tuned, tuned_other, targets)
    ways = {
        "nearest case, untuned embedding": targets[(other @ own.T).argmax(1)],
        f"{NEIGHBOURS} nearest cases, untuned embedding": _neighbours(own, other, targets).argmax(1),
        "linear head on the untuned embedding": _linear(own, targets, other),
        f"{NEIGHBOURS} nearest cases, the small judge's representation": near.argmax(1),
        "judge of the criteria with the rule table: MiniLM, trained whole": by_small.argmax(1),
        "the same and its nearest cases together": (by_small + near).argmax(1),
        "judge of the criteria with the rule table: MPNet, through adapters": by_large.argmax(1),
        "both judges together (shipped)": by_both.argmax(1),
    }
    return [(name, *_figures(held, found)) for name, found in ways.items()]


def _verdicts(judgements: Sequence[Judgement]) -> np.ndarray:
    """The probabilities of the verdicts: shape (n, 3)."""
    rules = load_scope_rules()
    verdicts = [judgement.verdicts(rules) for judgement in judgements]
    return np.array([[chances[name] for name in VERDICTS] for chances in verdicts])


def _neighbours(known: np.ndarray, asked: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Shares of the verdicts among the nearest cases, weighted by similarity: shape (n, 3)."""
    similar = asked @ known.T
    rows = np.argsort(-similar, axis=1)[:, :NEIGHBOURS]
    weights = np.take_along_axis(similar, rows, 1)
    shares = np.stack([(weights * (targets[rows] == row)).sum(1) for row in range(len(VERDICTS))], axis=1)
    return np.asarray(shares / shares.sum(1, keepdims=True))


def _linear(known: np.ndarray, targets: np.ndarray, asked: np.ndarray) -> np.ndarray:
    from sklearn.linear_model import LogisticRegression

    return np.asarray(LogisticRegression(C=10, max_iter=2000).fit(known, targets).predict(asked))


def _figures(cases: Sequence[ScopeCase], found: np.ndarray) -> tuple[float, float, str]:
    from sklearn.metrics import f1_score

    wanted = np.array([VERDICTS.index(case.verdict) for case in cases])
    clinical = np.array([case.criteria[_MEDICAL] == "yes" and case.criteria[_ACTS] == "yes" for case in cases])
    called_in = found == VERDICTS.index("in_scope")
    missed = f"{int((clinical & called_in).sum())} / {int(clinical.sum())}"
    return float((found == wanted).mean()), float(f1_score(wanted, found, average="macro")), missed


def main() -> None:
    """Print the table in Markdown."""
    from assistant.cli import console

    rows = [f"| {name} | {right:.3f} | {f1:.3f} | {missed} |" for name, right, f1, missed in compare()]
    head = ["| way | right verdict | macro-F1 | clinical called in scope |", "| --- | --- | --- | --- |"]
    console.out.print("\n".join(head + rows), markup=False, soft_wrap=True)


if __name__ == "__main__":
    main()
