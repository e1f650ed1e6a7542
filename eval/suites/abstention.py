"""Abstention: does the assistant know when it cannot answer, without turning away what it can?

The score is 1 minus the best probability that a retrieved statement answers the question. For off-topic messages it
is joined with the router's probability that the message belongs here, as the pipeline does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.cases import AnswerCase, Cases, sample
from eval.lab import Asked, Confidence, Lab, Subject
from eval.matching import states
from eval.results import Curves, Item, Metric, Part, Series, SuiteResult
from eval.selftest import auroc_metrics
from eval.statistics import aurc, bootstrap, risk_coverage, share

SUITE = "abstention"
PARTS: tuple[Part, ...] = ("tuning", "locked")
ANSWERABLE = ("fact",)
WRONG_LIMIT = 0.05


@dataclass(frozen=True)
class Measured:
    """A case with its answer and the confidence that it can be answered."""

    asked: Asked
    confidence: Confidence

    @property
    def case(self) -> AnswerCase:
        """The case."""
        return self.asked.case

    @property
    def answerable(self) -> bool:
        """Whether it should be answered."""
        return self.case.task in ANSWERABLE

    @property
    def wrong_if_answered(self) -> bool:
        """Whether showing an answer would be a mistake: nothing answers it, or the answer lacks every key fact."""
        if not self.answerable:
            return True
        answer = self.asked.answer
        if answer is None or answer.status != "answered":
            return True
        return bool(self.case.nuggets) and not any(states(answer.text, wordings) for wordings in self.case.nuggets)


def run(assistant: Subject, cases: Cases, lab: Lab) -> SuiteResult:
    """Measure questions of fact against near-misses and off-topic messages; only those without history."""
    taken = sample(cases.answers, lab.effort.answers)
    chosen = [case for case in taken if case.task in (*ANSWERABLE, "gap", "off_topic") and not case.history]
    measured = []
    for number, asked in enumerate(lab.ask(assistant, chosen), start=1):
        measured.append(Measured(asked, lab.confidence(asked.case.question)))
        lab.tick("measuring confidence", number, len(chosen))
    metrics: list[Metric] = []
    series: list[Series] = []
    for part in PARTS:
        of = [item for item in measured if item.case.part == part]
        if of:
            metrics += _metrics(of, part, lab)
            coverage, risk = risk_coverage(
                [item.confidence.answer for item in of], [item.wrong_if_answered for item in of]
            )
            series.append(Series(part, tuple(map(float, coverage)), tuple(map(float, risk))))
    metrics += _refusals(lab, assistant, cases)
    plots = (
        Curves("abstention_risk_coverage", "Risk against coverage", "share answered", "share wrong", tuple(series)),
    )
    return SuiteResult(SUITE, tuple(metrics), tuple(map(_item, measured)), plots=plots if series else ())


def _metrics(of: Sequence[Measured], part: Part, lab: Lab) -> list[Metric]:
    def unsure(task: str) -> list[float]:
        return [1 - item.confidence.answer for item in of if item.case.task == task]

    def apart(task: str) -> list[float]:
        return [1 - item.confidence.answer * item.confidence.belongs for item in of if item.case.task == task]

    found: list[Metric] = []
    found += auroc_metrics(
        f"{SUITE}.near_miss_auroc", "near-miss against answerable", part, unsure("gap"), unsure("fact"), lab
    )
    found += auroc_metrics(
        f"{SUITE}.off_topic_auroc", "off topic against answerable", part, apart("off_topic"), apart("fact"), lab
    )
    found += auroc_metrics(
        f"{SUITE}.off_topic_auroc_answers", "off topic against answerable, by the answer model alone", part,
        unsure("off_topic"), unsure("fact"), lab,
    )  # fmt: skip
    sure, wrong = [item.confidence.answer for item in of], [item.wrong_if_answered for item in of]
    groups = [item.case.group for item in of]
    resamples = min(300, lab.effort.resamples)

    def area(rows: Sequence[int]) -> float:
        return aurc([sure[row] for row in rows], [wrong[row] for row in rows])

    def covered(rows: Sequence[int]) -> float:
        return coverage_at([sure[row] for row in rows], [wrong[row] for row in rows])

    found.append(
        Metric(
            f"{SUITE}.aurc",
            "area under the risk–coverage curve",
            part,
            bootstrap(len(of), area, groups, resamples),
            "lower",
        )
    )
    estimate = bootstrap(len(of), covered, groups, resamples)
    found.append(Metric(f"{SUITE}.coverage_at_5", "share that can be answered with at most 5% wrong", part, estimate))
    return found


def coverage_at(confidence: Sequence[float], wrong: Sequence[bool], limit: float = WRONG_LIMIT) -> float:
    """The largest coverage at which no more than `limit` of the answers are wrong (Kamath et al. 2020)."""
    coverage, risk = risk_coverage(confidence, wrong)
    within = coverage[risk <= limit]
    return float(within.max()) if len(within) else 0.0


def _refusals(lab: Lab, assistant: Subject, cases: Cases) -> list[Metric]:
    """Of what must be answered, how much was turned away; of what cannot be, how much was answered."""
    asked = lab.ask(assistant, sample(cases.answers, lab.effort.answers))
    found: list[Metric] = []
    for part in PARTS:
        due = [item for item in asked if item.case.part == part and item.case.status == ("answered",)]
        if due:
            refused = [item.answer is None or item.answer.status != "answered" for item in due]
            estimate = share(refused, [item.case.group for item in due])
            found.append(Metric(f"{SUITE}.false_refusals", "answerable questions turned away", part, estimate, "lower"))
        open_ones = [
            item
            for item in asked
            if item.case.part == part and item.case.task == "gap" and "answered" not in item.case.status
        ]
        if open_ones:
            answered = [item.answer is not None and item.answer.status == "answered" for item in open_ones]
            estimate = share(answered, [item.case.group for item in open_ones])
            found.append(Metric(f"{SUITE}.gaps_answered", "near-misses answered all the same", part, estimate, "lower"))
    return found


def _item(item: Measured) -> Item:
    answer = item.asked.answer
    return Item(
        SUITE, item.case.id, item.case.part, item.case.question, "answerable" if item.answerable else item.case.task,
        answer.status if answer else item.asked.error or "", not item.answerable or not item.wrong_if_answered,
        {"confidence": round(item.confidence.answer, 4), "belongs": round(item.confidence.belongs, 4)},
    )  # fmt: skip
