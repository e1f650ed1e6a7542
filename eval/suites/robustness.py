"""Robustness: nothing that is sent raises an exception, takes too long or comes back as markup; answers do not vary."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.types import Answer
from eval.cases import Cases, sample
from eval.hostile import hostile_inputs
from eval.lab import Lab, Subject
from eval.results import Item, Metric, Part, SuiteResult
from eval.statistics import share

SUITE = "robustness"
SECONDS_LIMIT = 5.0
_MARKUP = re.compile(r"<\s*(?:script|img|iframe|svg|a|style|object)\b|\]\(\s*javascript:|!\[", re.IGNORECASE)


@dataclass(frozen=True)
class Outcome:
    """What came of one input."""

    name: str
    problem: str
    seconds: float


def run(assistant: Subject, cases: Cases, lab: Lab) -> SuiteResult:
    """Send every hostile input, alone and as history; then ask the same questions twice."""
    inputs = list(hostile_inputs())
    outcomes = []
    for number, (name, text) in enumerate(inputs, start=1):
        outcomes.append(_send(assistant, name, text, ()))
        outcomes.append(_send(assistant, f"{name}, as history", "And who signed it?", ((text, text),)))
        lab.tick("hostile input", number, len(inputs))
    same = _repeats(assistant, cases, lab)
    quick = [outcome.seconds <= SECONDS_LIMIT for outcome in outcomes]
    metrics = [
        Metric(
            f"{SUITE}.survives", "hostile input handled", "all", share([not outcome.problem for outcome in outcomes])
        ),
        Metric(f"{SUITE}.in_time", f"hostile input answered within {SECONDS_LIMIT:.0f} s", "all", share(quick)),
    ]
    if same:
        estimate = share([equal for _, _, equal in same])
        metrics.append(
            Metric(f"{SUITE}.deterministic", "same question, same answer apart from timings", "all", estimate)
        )
    items = [
        Item(
            SUITE,
            o.name,
            "all",
            o.name,
            "no problem",
            o.problem or "no problem",
            not o.problem,
            {"seconds": round(o.seconds, 3)},
        )
        for o in outcomes
    ]
    items += [
        Item(SUITE, f"twice {key}", part, "asked twice", "same", "same" if equal else "differs", equal)
        for key, part, equal in same
    ]
    return SuiteResult(SUITE, tuple(metrics), tuple(items))


def _send(assistant: Subject, name: str, text: str, history: Sequence[tuple[str, str]]) -> Outcome:
    began = time.perf_counter()
    try:
        answer = assistant.ask(text, history)
    except Exception as error:  # exceptions are what this suite looks for
        return Outcome(name, f"{type(error).__name__}: {str(error)[:200]}", time.perf_counter() - began)
    seconds = time.perf_counter() - began
    return Outcome(name, _problem(answer), seconds)


def _problem(answer: Answer) -> str:
    if not answer.text.strip():
        return "an empty answer"
    found = _MARKUP.search(answer.text)
    if found:
        return f"markup in the answer: {found.group()}"
    try:
        answer.model_dump_json().encode()
    except ValueError as error:
        return f"the answer cannot be written as JSON: {error}"
    return ""


def without_timings(answer: Answer) -> Answer:
    """The answer with its stage timings taken out."""
    return answer.model_copy(update={"trace": answer.trace.model_copy(update={"stage_ms": {}})})


def _repeats(assistant: Subject, cases: Cases, lab: Lab) -> list[tuple[str, Part, bool]]:
    """(id, part, whether both agree) of some questions, asked in order and then again in the opposite order."""
    chosen = [case for case in sample(cases.answers, lab.effort.repeats) if not case.history]
    answers: dict[str, list[Answer]] = {case.id: [] for case in chosen}
    for number, case in enumerate([*chosen, *reversed(chosen)], start=1):
        answers[case.id].append(without_timings(assistant.ask(case.question)))
        lab.tick("asking twice", number, 2 * len(chosen))
    return [(case.id, case.part, answers[case.id][0] == answers[case.id][1]) for case in chosen]
