"""Scope verdicts: acceptable, calibrated, stable, and above all never "in scope" for a clinical use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import AssistantError
from eval.cases import Cases, ScopeCase, sample
from eval.lab import Lab, Subject
from eval.perturbations import PERTURBATIONS
from eval.results import Curves, Item, Matrix, Metric, Part, Series, SuiteResult, Table
from eval.statistics import (
    Estimate,
    bootstrap,
    bootstrap_mean,
    brier,
    equal_mass_bins,
    expected_calibration_error,
    macro_f1,
    share,
)  # fmt: skip

SUITE = "scope"
PARTS: tuple[Part, ...] = ("tuning", "locked")
VERDICTS = ("in_scope", "out_of_scope", "needs_assessment")
REFUSED = "refused"
COST_CLINICAL, COST_WRONG, COST_NEEDLESS = 10, 2, 1
WORST = 12


@dataclass(frozen=True)
class Judged:
    """A case with the verdict it got and how sure the assistant was. "refused" when the description was not taken."""

    case: ScopeCase
    verdict: str
    confidence: float
    rule: str

    @property
    def acceptable(self) -> bool:
        """Whether the verdict is one of the acceptable ones."""
        return self.verdict in self.case.acceptable

    @property
    def dangerous(self) -> bool:
        """Whether a clinical use was called in scope: the worst error there is."""
        return self.case.clinical and self.verdict == "in_scope"

    @property
    def cost(self) -> int:
        """10 for a dangerous error, 1 for a needless assessment, 2 for any other wrong verdict, otherwise 0."""
        if self.acceptable:
            return 0
        if self.dangerous:
            return COST_CLINICAL
        return COST_NEEDLESS if self.verdict == "needs_assessment" else COST_WRONG


def run(assistant: Subject, cases: Cases, lab: Lab) -> SuiteResult:
    """Judge every description, then some of them again in other words."""
    chosen = sample(cases.scope, lab.effort.scope)
    judged = []
    for number, case in enumerate(chosen, start=1):
        judged.append(_judge(assistant, case))
        lab.tick("judging uses", number, len(chosen))
    metrics: list[Metric] = []
    plots: list[Matrix | Curves] = []
    for part in PARTS:
        of = [item for item in judged if item.case.part == part]
        if of:
            metrics += _metrics(of, part, lab)
    if judged:
        plots += [_reliability(judged), _confusion(judged)]
    stability, table = _stability(assistant, [item for item in judged if item.case.part == "locked"], lab)
    metrics += stability
    tables = (_costs(judged), *table, _worst(judged))
    return SuiteResult(SUITE, tuple(metrics), tuple(map(_item, judged)), tables, tuple(plots))


def _judge(assistant: Subject, case: ScopeCase) -> Judged:
    try:
        assessment = assistant.assess_scope(case.text)
    except AssistantError as error:
        return Judged(case, REFUSED, 1.0, str(error))
    return Judged(case, assessment.verdict, assessment.confidence, assessment.rule)


def _metrics(of: Sequence[Judged], part: Part, lab: Lab) -> list[Metric]:
    groups = [item.case.group for item in of]
    truth, said = [item.case.verdict for item in of], [item.verdict for item in of]
    right, sure = [item.acceptable for item in of], [item.confidence for item in of]
    resamples = min(500, lab.effort.resamples)

    def f1(rows: Sequence[int]) -> float:
        return macro_f1([truth[row] for row in rows], [said[row] for row in rows], VERDICTS)

    def lenient(rows: Sequence[int]) -> float:
        taken = [said[row] if right[row] else truth[row] for row in rows]
        return macro_f1(taken, [said[row] for row in rows], VERDICTS)

    def calibration(rows: Sequence[int]) -> float:
        return expected_calibration_error([sure[row] for row in rows], [right[row] for row in rows])

    def squared(rows: Sequence[int]) -> float:
        return brier([sure[row] for row in rows], [right[row] for row in rows])

    found = [
        _metric("acceptable", "verdict acceptable", part, share(right, groups)),
        _metric("macro_f1", "macro-F1 against the best verdict", part, bootstrap(len(of), f1, groups, resamples)),
        _metric(
            "macro_f1_acceptable",
            "macro-F1, any acceptable verdict counting as right",
            part,
            bootstrap(len(of), lenient, groups, resamples),
        ),
        _lower(
            "cost",
            "mean cost of a verdict (10 / 2 / 1)",
            part,
            bootstrap_mean([item.cost for item in of], groups, resamples),
        ),
        _lower("ece", "calibration error of the confidence", part, bootstrap(len(of), calibration, groups, resamples)),
        _lower("brier", "Brier score of the confidence", part, bootstrap(len(of), squared, groups, resamples)),
    ]
    return found + _error_metrics(of, part)


def _error_metrics(of: Sequence[Judged], part: Part) -> list[Metric]:
    """The errors that matter, each over the cases in which it could have been made."""
    found: list[Metric] = []
    clinical = [item for item in of if item.case.clinical]
    if clinical:
        found.append(
            _lower(
                "clinical_called_in",
                "clinical uses called in scope",
                part,
                _share(clinical, [i.dangerous for i in clinical]),
            )
        )
    called_in = [item for item in of if item.verdict == "in_scope"]
    if called_in:
        found.append(
            _metric(
                "in_scope_precision",
                "of those called in scope, rightly",
                part,
                _share(called_in, [i.acceptable for i in called_in]),
            )
        )
    clear_in = [item for item in of if item.case.acceptable == ("in_scope",)]
    if clear_in:
        needless = [item.verdict == "needs_assessment" for item in clear_in]
        found.append(
            _lower("needless_assessment", "clear in-scope uses sent to assessment", part, _share(clear_in, needless))
        )
    pairs: dict[str, list[bool]] = {}
    for item in of:
        if item.case.pair:
            pairs.setdefault(item.case.pair, []).append(item.acceptable)
    whole = [all(hits) for hits in pairs.values() if len(hits) > 1]
    if whole:
        found.append(_metric("pairs_both_right", "minimal pairs with every member right", part, share(whole)))
    return found


def _stability(assistant: Subject, judged: Sequence[Judged], lab: Lab) -> tuple[list[Metric], list[Table]]:
    """How often the verdict stays when only the manner of saying it changes."""
    chosen = judged[: lab.effort.stability] if lab.effort.stability else judged
    outcomes: dict[str, list[tuple[bool, str]]] = {name: [] for name, _ in PERTURBATIONS}
    for number, item in enumerate(chosen, start=1):
        lab.tick("judging the same in other words", number, len(chosen))
        for name, change in PERTURBATIONS:
            changed = change(item.case.text)
            if changed is not None and changed != item.case.text:
                again = _judge(assistant, item.case.model_copy(update={"text": changed}))
                outcomes[name].append((again.verdict == item.verdict, item.case.group))
    everything = [outcome for found in outcomes.values() for outcome in found]
    if not everything:
        return [], []
    total = share([same for same, _ in everything], [group for _, group in everything])
    rows = tuple(
        (name, str(len(found)), f"{sum(same for same, _ in found) / len(found):.3f}")
        for name, found in outcomes.items()
        if found
    )
    table = Table("Same verdict when put another way (locked)", ("change", "n", "same verdict"), rows)
    return [_metric("stability", "same verdict under slips, case, politeness and order", "locked", total)], [table]


def _reliability(judged: Sequence[Judged]) -> Curves:
    series = []
    for part in PARTS:
        of = [item for item in judged if item.case.part == part]
        if of:
            table = equal_mass_bins([item.confidence for item in of], [item.acceptable for item in of])
            series.append(Series(part, tuple(row.said for row in table), tuple(row.true for row in table)))
    return Curves(
        "scope_reliability",
        "Reliability of the verdict's confidence",
        "confidence said",
        "share acceptable",
        tuple(series),
        True,
    )


def _confusion(judged: Sequence[Judged]) -> Matrix:
    said = (*VERDICTS, REFUSED)
    counts = tuple(
        tuple(sum(item.case.verdict == row and item.verdict == column for item in judged) for column in said)
        for row in VERDICTS
    )
    return Matrix("scope_confusion", "Best verdict (rows) against verdict given (columns)", VERDICTS, said, counts)


def _costs(judged: Sequence[Judged]) -> Table:
    rows = []
    for part in PARTS:
        of = [item for item in judged if item.case.part == part]
        counts = [sum(item.cost == cost for item in of) for cost in (COST_CLINICAL, COST_WRONG, COST_NEEDLESS, 0)]
        rows.append((part, *map(str, counts), str(sum(item.cost for item in of))))
    columns = (
        "part",
        "clinical called in scope (10)",
        "otherwise wrong (2)",
        "needless assessment (1)",
        "acceptable (0)",
        "total cost",
    )
    return Table("What the errors cost", columns, tuple(rows))


def _worst(judged: Sequence[Judged]) -> Table:
    """The costliest, most confident errors of the tuning part; locked cases are not shown."""
    wrong = [item for item in judged if not item.acceptable and item.case.part == "tuning"]
    wrong.sort(key=lambda item: (-item.cost, -item.confidence, item.case.id))
    rows = tuple(
        (
            item.case.id,
            item.case.text[:160],
            " or ".join(item.case.acceptable),
            item.verdict,
            f"{item.confidence:.2f}",
            item.rule,
        )
        for item in wrong[:WORST]
    )
    return Table("Worst errors (tuning part)", ("id", "description", "acceptable", "given", "sure", "rule"), rows)


def _share(of: Sequence[Judged], hits: Sequence[bool]) -> Estimate:
    return share(hits, [item.case.group for item in of])


def _metric(name: str, title: str, part: Part, estimate: Estimate) -> Metric:
    return Metric(f"{SUITE}.{name}", title, part, estimate)


def _lower(name: str, title: str, part: Part, estimate: Estimate) -> Metric:
    return Metric(f"{SUITE}.{name}", title, part, estimate, "lower")


def _item(item: Judged) -> Item:
    case = item.case
    return Item(
        SUITE, case.id, case.part, case.text, " or ".join(case.acceptable), item.verdict, item.acceptable,
        {
            "confidence": round(item.confidence, 4), "rule": item.rule, "cost": item.cost, "clinical": case.clinical,
            "pair": case.pair,
        },
    )  # fmt: skip
