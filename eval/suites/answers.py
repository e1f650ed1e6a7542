"""Answers: the right status, the key facts, no trip-wire, and citations that are there and bear out what is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.types import Answer
from eval.cases import AnswerCase, Cases, of_part, sample
from eval.citing import JudgedSentence, answer_problems, citation_problem, judge_sentences
from eval.lab import Asked, Lab, Subject, ask_case
from eval.matching import nugget_support, tripped
from eval.nulls import NULL_SYSTEMS
from eval.results import Item, Metric, Part, SuiteResult, Table
from eval.statistics import Estimate, bootstrap_mean, rogan_gladen_estimate, share
from eval.suites.grounding import Judged, judge_claims

SUITE = "answers"
PARTS: tuple[Part, ...] = ("tuning", "locked")


@dataclass(frozen=True)
class Scored:
    """How one case went. `nuggets` holds 1, 0.5 or 0 a fact; `source_cited` is None when no source is asked for."""

    asked: Asked
    right_status: bool
    nuggets: tuple[float, ...]
    tripped: tuple[str, ...]
    source_cited: bool | None
    citation_problems: tuple[str | None, ...]
    problems: tuple[str, ...]

    @property
    def case(self) -> AnswerCase:
        """The case."""
        return self.asked.case

    @property
    def answer(self) -> Answer | None:
        """The answer, or None where there was an exception."""
        return self.asked.answer

    @property
    def strict(self) -> float:
        """The share of the facts that are said in full."""
        return sum(grade == 1.0 for grade in self.nuggets) / len(self.nuggets)

    @property
    def weighted(self) -> float:
        """The mean grade of the facts."""
        return sum(self.nuggets) / len(self.nuggets)

    @property
    def right(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.right_status and not self.tripped and not self.problems and all(g == 1.0 for g in self.nuggets)


def run(assistant: Subject, cases: Cases, lab: Lab) -> SuiteResult:
    """Score the answers to every case, the null systems beside them, and the citations with the checker."""
    chosen = sample(cases.answers, lab.effort.answers)
    scored = [score(asked, assistant) for asked in lab.ask(assistant, chosen)]
    labelled = of_part(sample(cases.claims, lab.effort.claims), "locked")
    claims = judge_claims([case for case in labelled if case.in_domain], lab)
    metrics: list[Metric] = []
    tables: list[Table] = []
    notes: list[str] = []
    for part in PARTS:
        of = [item for item in scored if item.case.part == part]
        if of:
            metrics += _answer_metrics(of, part, lab)
            grounded, said = _grounding_metrics(of, part, claims, lab)
            metrics += grounded
            notes += said
            tables.append(_by_task(of, part))
    tables.append(_null_table(assistant, chosen, scored))
    return SuiteResult(SUITE, tuple(metrics), tuple(map(_item, scored)), tuple(tables), notes=tuple(notes))


def score(asked: Asked, assistant: Subject) -> Scored:
    """Score one answer. An exception is a wrong status with no facts."""
    case, answer = asked.case, asked.answer
    if answer is None:
        return Scored(
            asked, False, (0.0,) * len(case.nuggets), (), False if case.sources else None, (), (asked.error or "",)
        )
    right = answer.status in case.status
    if answer.status == "declined" and case.reason is not None:
        right = right and answer.reason == case.reason
    problems = answer_problems(answer)
    if answer.status == "answered":
        problems += [f"no citation: {s.text[:60]}" for s in answer.sentences if not s.citations]
        if not answer.sentences and case.task != "about":
            problems.append("answered without a sentence")
    elif answer.citations:
        problems.append(f"{answer.status} with citations")
    cited = {citation.source_id for citation in answer.citations} & set(case.sources) if case.sources else None
    return Scored(
        asked, right, tuple(nugget_support(answer.text, wordings) for wordings in case.nuggets),
        tripped(answer.text, case.must_not), None if cited is None else bool(cited),
        tuple(citation_problem(citation, assistant) for citation in answer.citations), tuple(problems),
    )  # fmt: skip


def _answer_metrics(of: Sequence[Scored], part: Part, lab: Lab) -> list[Metric]:
    resamples = lab.effort.resamples
    found = [_metric("status_right", "right status", part, _share(of, [item.right_status for item in of]))]
    with_facts = [item for item in of if item.nuggets]
    if with_facts:
        groups = [item.case.group for item in with_facts]
        for name, title, values in (
            ("nuggets_strict", "key facts said in full", [item.strict for item in with_facts]),
            (
                "nuggets_weighted",
                "key facts, half credit for most of the words",
                [item.weighted for item in with_facts],
            ),
        ):
            found.append(_metric(name, title, part, bootstrap_mean(values, groups, resamples)))
        complete = [all(grade == 1.0 for grade in item.nuggets) for item in with_facts]
        found.append(_metric("complete", "every key fact said", part, _share(with_facts, complete)))
    watched = [item for item in of if item.case.must_not]
    if watched:
        found.append(
            _metric("tripwire_free", "no trip-wire said", part, _share(watched, [not i.tripped for i in watched]))
        )
    sourced = [item for item in of if item.source_cited is not None]
    if sourced:
        found.append(
            _metric(
                "source_cited",
                "a wanted source is cited",
                part,
                _share(sourced, [bool(i.source_cited) for i in sourced]),
            )
        )
    valid = [problem is None for item in of for problem in item.citation_problems]
    if valid:
        found.append(_metric("citations_valid", "citations valid to the character", part, share(valid)))
    sentences = [
        bool(s.citations)
        for item in of
        if item.answer and item.answer.status == "answered"
        for s in item.answer.sentences
    ]
    if sentences:
        found.append(_metric("sentences_cited", "sentences with a citation", part, share(sentences)))
    abstained = [item for item in of if item.answer and item.answer.status != "answered"]
    if abstained:
        clean = [not (item.answer and item.answer.citations) for item in abstained]
        found.append(_metric("abstentions_uncited", "abstentions without citations", part, _share(abstained, clean)))
    return found


def _grounding_metrics(
    of: Sequence[Scored], part: Part, claims: Sequence[Judged], lab: Lab
) -> tuple[list[Metric], list[str]]:
    """ALCE recall and precision and the unsupported rate, over answers that state facts (verdicts are derived)."""
    judged: list[JudgedSentence] = []
    groups: list[str] = []
    for number, item in enumerate(of, start=1):
        lab.tick("checking citations", number, len(of))
        if item.answer is None or item.answer.status != "answered" or item.answer.scopes:
            continue
        found = judge_sentences(item.answer, lab.checker)
        judged += found
        groups += [item.case.group] * len(found)
    if not judged:
        return [], []
    entailed = [sentence.entailed for sentence in judged]
    precise = [flag for sentence in judged for flag in sentence.precise]
    by_citation = [group for sentence, group in zip(judged, groups, strict=True) for _ in sentence.precise]
    metrics = [_metric("citation_recall", "ALCE citation recall", part, share(entailed, groups))]
    if precise:
        metrics.append(_metric("citation_precision", "ALCE citation precision", part, share(precise, by_citation)))
    raw = share([not flag for flag in entailed], groups)
    metrics.append(
        Metric(f"{SUITE}.unsupported_raw", "unsupported sentences, as the checker sees them", part, raw, "lower")
    )
    corrected, note = _corrected(judged, claims, lab.effort.resamples)
    if corrected is not None:
        title = "unsupported sentences, corrected for the checker's errors"
        metrics.append(Metric(f"{SUITE}.unsupported_corrected", title, part, corrected, "lower"))
    return metrics, [f"{part}: {note}"]


def _corrected(
    judged: Sequence[JudgedSentence], claims: Sequence[Judged], resamples: int
) -> tuple[Estimate | None, str]:
    """The Rogan–Gladen correction of what the checker judged; word-for-word sentences are supported by definition."""
    checked = [sentence.entailed for sentence in judged if not sentence.verbatim]
    verbatim = 1 - len(checked) / len(judged)
    accepted_true = [item.supported for item in claims if item.case.label == "supported"]
    accepted_false = [item.supported for item in claims if item.case.label != "supported"]
    note = f"{len(judged)} sentences judged, {verbatim:.0%} of them word for word from a source"
    if not checked:
        low, high = 0.0, min(1.0, 3 / len(judged))  # the rule of three (Hanley and Lippman-Hand 1983)
        return Estimate(0.0, low, high, len(judged), "word for word; rule of three"), note
    if not accepted_true or not accepted_false:
        return None, f"{note}; no labelled claims to correct the rate with"
    estimate = rogan_gladen_estimate(checked, accepted_true, accepted_false, resamples)
    if estimate is None:
        return None, f"{note}; the checker is too weak to state a corrected rate"
    part = 1 - verbatim
    low, high = part * (1 - estimate.high), part * (1 - estimate.low)
    return Estimate(part * (1 - estimate.value), low, high, len(judged), estimate.method), note


def _by_task(of: Sequence[Scored], part: Part) -> Table:
    rows = []
    for task in dict.fromkeys(item.case.task for item in of):
        some = [item for item in of if item.case.task == task]
        facts = [item.strict for item in some if item.nuggets]
        rows.append(
            (task, str(len(some)), f"{sum(i.right_status for i in some) / len(some):.3f}",
             f"{sum(facts) / len(facts):.3f}" if facts else "–", str(sum(bool(i.tripped) for i in some)))
        )  # fmt: skip
    return Table(f"Answers by task ({part})", ("task", "n", "right status", "key facts", "trip-wires"), tuple(rows))


def _null_table(assistant: Subject, chosen: Sequence[AnswerCase], real: Sequence[Scored]) -> Table:
    """The same scores for systems that know nothing, over the locked cases without history."""
    cases = [case for case in chosen if case.part == "locked" and not case.history]
    wanted = {case.id for case in cases}
    systems: list[tuple[str, list[Scored]]] = [("the assistant", [item for item in real if item.case.id in wanted])]
    for kind in NULL_SYSTEMS:
        null = kind(assistant)
        systems.append((kind.name, [score(ask_case(null, case), assistant) for case in cases]))
    rows = tuple((name, *_figures(scored)) for name, scored in systems)
    return Table(
        "Systems that know nothing, on the same questions", ("system", "right status", "key facts", "all right"), rows
    )


def _figures(scored: Sequence[Scored]) -> tuple[str, str, str]:
    facts = [item.strict for item in scored if item.nuggets]
    return _mean(item.right_status for item in scored), _mean(facts), _mean(item.right for item in scored)


def _mean(values: Iterable[float]) -> str:
    found = list(values)
    return f"{sum(found) / len(found):.3f}" if found else "–"


def _share(of: Sequence[Scored], hits: Sequence[bool]) -> Estimate:
    return share(hits, [item.case.group for item in of])


def _metric(name: str, title: str, part: Part, estimate: Estimate) -> Metric:
    return Metric(f"{SUITE}.{name}", title, part, estimate)


def _item(scored: Scored) -> Item:
    case, answer = scored.case, scored.answer
    missing = [case.nuggets[row][0] for row, grade in enumerate(scored.nuggets) if grade < 1.0]
    got = (
        scored.asked.error or ""
        if answer is None
        else f"{answer.status}{f' ({answer.reason})' if answer.reason else ''}"
    )
    return Item(
        SUITE, case.id, case.part, case.question, " or ".join(case.status), got, scored.right,
        {
            "task": case.task, "voice": case.voice, "right_status": scored.right_status, "missing": missing,
            "tripped": list(scored.tripped), "source_cited": scored.source_cited,
            "problems": [*scored.problems, *(p for p in scored.citation_problems if p)],
            "cited": [c.source_id for c in answer.citations] if answer else [],
            "support": [s.support for s in answer.sentences] if answer else [],
            "answer": answer.text if answer else "", "milliseconds": round(scored.asked.milliseconds, 1),
        },
    )  # fmt: skip
