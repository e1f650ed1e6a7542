"""Runs the evaluation.

    python -m eval.run --suite smoke
    python -m eval.run --suite full --out out/eval --baseline out/before/report.json
    python -m eval.run --suite full --record-baseline

Exit codes: 0 all well · 1 a must gate failed or a figure fell below the baseline · 2 it could not run.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.metadata
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table as RichTable

from assistant.errors import AssistantError
from eval.baseline import BASELINE, Recorded, falls, read_baseline, record_baseline
from eval.cases import Cases, load_cases
from eval.errors import EvaluationError
from eval.gates import SELF_TEST, check_gates, missing_gates
from eval.lab import EFFORTS, Lab, Subject, Tick, real_lab
from eval.report import Provenance, Run, figure, write_run
from eval.results import SuiteResult
from eval.suites import abstention, answers, following, grounding, guard, retrieval, robustness, scope
from knowledge.errors import KnowledgeError

DEFAULT_OUT = Path("out/eval")
Suite = Callable[[Subject, Cases, Lab], SuiteResult]
SUITES: tuple[tuple[str, Suite], ...] = (
    ("grounding", grounding.run),
    ("answers", answers.run),
    ("abstention", abstention.run),
    ("scope", scope.run),
    ("retrieval", retrieval.run),
    ("guard", guard.run),
    ("following", following.run),
    ("robustness", robustness.run),
)
_PACKAGES = (
    "torch",
    "transformers",
    "sentence-transformers",
    "chromadb",
    "bm25s",
    "numpy",
    "scikit-learn",
    "langchain-core",
)
FILE_WIDTH = 150


def main(suite: str = "smoke", out: Path | None = None, baseline: Path | None = None, record: bool = False) -> int:
    """Run a suite ("smoke" or "full"), print its table, write its report into `out`, and give the exit code.

    Args:
        suite: how much to run.
        out: folder of the report; `out/eval` by default.
        baseline: another run's report.json to compare with instead of the recorded baseline.
        record: write the figures into the recorded baseline instead of comparing with it.
    """
    try:
        if suite not in EFFORTS:
            raise EvaluationError(f"There is no suite '{suite}'; use one of {', '.join(EFFORTS)}.")
        recorded = {} if record else _recorded(baseline, suite)
        cases = load_cases()
        with _progress() as tick:
            run = _run(suite, cases, tick)
    except (AssistantError, KnowledgeError) as error:
        _console(stderr=True).print(f"The evaluation could not run: {error}", markup=False)
        return 2
    if record:
        record_baseline(BASELINE, suite, run.metrics)
    run = Run(
        run.effort,
        run.provenance,
        run.results,
        run.gates,
        run.missing,
        tuple(falls(run.metrics, recorded)),
        run.seconds,
    )
    folder = out or DEFAULT_OUT
    write_run(run, folder)
    _show(run, folder)
    return 0 if run.passed else 1


def _recorded(baseline: Path | None, suite: str) -> dict[str, Recorded]:
    if baseline is not None:
        return read_baseline(baseline, suite)
    return read_baseline(BASELINE, suite) if BASELINE.is_file() else {}


def _run(suite: str, cases: Cases, tick: Tick) -> Run:
    from assistant.charter import CharterAssistant

    began = time.perf_counter()
    assistant = CharterAssistant(progress=tick)
    assistant.warm_up()
    lab = real_lab(EFFORTS[suite], tick, assistant)
    seconds = {"start": time.perf_counter() - began}
    results = []
    for name, run in SUITES:
        began = time.perf_counter()
        results.append(run(assistant, cases, lab))
        seconds[name] = time.perf_counter() - began
    metrics = [metric for result in results for metric in result.metrics]
    sources = {source.id: source.digest for source in assistant.index.sources.values()}
    provenance = _provenance(cases, assistant.versions(), sources, lab.seed)
    return Run(
        suite, provenance, tuple(results), tuple(check_gates(metrics)), tuple(missing_gates(metrics)), (), seconds
    )


def _provenance(cases: Cases, models: dict[str, str], sources: dict[str, str], seed: int) -> Provenance:
    sha, changes = _git("rev-parse", "HEAD"), _git("status", "--porcelain")
    now = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    return Provenance(
        run_id=f"{now}-{(sha or 'nogit')[:8]}", git_sha=sha, git_dirty=None if changes is None else bool(changes),
        python=platform.python_version(), platform=platform.platform(terse=True),
        packages={name: importlib.metadata.version(name) for name in _PACKAGES}, models=models, seeds={"all": seed},
        cases_sha256=cases.digest, sources_sha256=sources,
    )  # fmt: skip


def _git(*arguments: str) -> str | None:
    """What git says of the folder of this file; None outside a checkout or without git."""
    try:
        done = subprocess.run(
            ["git", "-C", str(Path(__file__).parent), *arguments],
            capture_output=True,
            text=True,
            check=True,
            timeout=20,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def _show(run: Run, folder: Path) -> None:
    tuning = {metric.name: metric for metric in run.metrics if metric.part == "tuning"}
    selftests = [gate for gate in run.gates if gate.gate.metric.startswith(SELF_TEST)]
    table = RichTable(title=f"Evaluation ({run.effort})", title_justify="left")
    for heading in ("figure", "value [95%]", "n", "gate", "", "tuning part"):
        table.add_column(heading, no_wrap=True, justify="right" if heading == "n" else "left")
    for gate in run.gates:
        if gate in selftests and gate.outcome == "pass":
            continue
        style = {"pass": "green", "fail": "bold red", "too small": "yellow"}[gate.outcome]
        other = tuning.get(gate.metric.name)
        cells = (gate.metric.name, figure(gate.metric), str(gate.metric.estimate.n), gate.gate.words())
        table.add_row(*map(escape, cells), f"[{style}]{gate.outcome}[/]", escape(figure(other)) if other else "")
    out = _console()
    out.print(table)
    for fall in run.falls:
        out.print(f"Below the baseline: {fall.words()}", style="bold red", markup=False)
    if run.missing:
        out.print(f"Not measured (no cases): {', '.join(run.missing)}", style="yellow", markup=False)
    passed = sum(gate.outcome == "pass" for gate in selftests)
    out.print(f"Self-test: {passed} of {len(selftests)} AUROCs fall to a half when labels are shuffled.", markup=False)
    timed = ", ".join(f"{name} {value:.0f} s" for name, value in run.seconds.items())
    out.print(f"Took {sum(run.seconds.values()):.0f} s ({timed}). Report: {folder / 'report.md'}", markup=False)
    out.print(run.verdict(), style="bold", markup=False)


def _console(stderr: bool = False) -> Console:
    """A console that is wide enough for the table when it is not a terminal."""
    console = Console(stderr=stderr, highlight=False)
    return console if console.is_terminal else Console(stderr=stderr, highlight=False, width=FILE_WIDTH)


class _progress:
    """A bar on standard error while something runs; a plain line every so often when it is not a terminal."""

    def __enter__(self) -> Tick:
        self._console = _console(stderr=True)
        columns = (TextColumn("{task.description:<36}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, console=self._console, transient=True, disable=not self._console.is_terminal)
        self._bar.start()
        self._task = self._bar.add_task("starting", total=1)
        self._last = ""
        return self._tick

    def _tick(self, what: str, done: int, total: int) -> None:
        if what != self._last:
            self._bar.reset(self._task, total=total, description=what)
            if not self._console.is_terminal:
                self._console.print(f"{what} …", markup=False)
            self._last = what
        self._bar.update(self._task, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.run", description="Run the offline evaluation.")
    parser.add_argument("--suite", choices=sorted(EFFORTS), default="smoke", help="how much to run")
    parser.add_argument("--out", type=Path, default=None, help="folder of the report (out/eval)")
    parser.add_argument("--baseline", type=Path, default=None, help="another run's report.json to compare with")
    parser.add_argument("--record-baseline", action="store_true", help="record the figures as the new baseline")
    return parser.parse_args(argv)


if __name__ == "__main__":
    given = _arguments(sys.argv[1:])
    raise SystemExit(main(given.suite, given.out, given.baseline, given.record_baseline))
