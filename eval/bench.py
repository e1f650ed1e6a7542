"""Times the assistant on this machine: answers by stage, verdicts, checks, index builds, start-up.

    python -m eval.bench

Where it makes sense a time stands beside that of a named alternative measured in the same run, because seconds on one
machine say little about another.
"""

from __future__ import annotations

import itertools
import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.console import Console
from rich.table import Table

from eval.cases import load_cases
from eval.errors import EvaluationError

if TYPE_CHECKING:
    from assistant.charter import CharterAssistant

QUESTIONS = 40
PAIRS = 40
START_LIMIT = 120.0
_out, _err = Console(highlight=False), Console(stderr=True, highlight=False)


@dataclass(frozen=True)
class Timing:
    """One line of the table. Times in milliseconds; `ratio` is to the time of `against`."""

    name: str
    p50: float
    p95: float
    n: int
    ratio: float | None = None
    against: str = ""


def main(out: Path | None = None) -> None:
    """Measure everything, print the table, and write it as JSON to `out` when that is given."""
    timings: list[Timing] = []
    with tempfile.TemporaryDirectory(prefix="charter-bench-") as name:
        folder = Path(name)
        for step in (_index, _answers, _verdicts, _checks, _start_up):
            _err.print(f"{step.__name__.strip('_').replace('_', ' ')} …", markup=False)
            timings += step(folder)
    _show(timings)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps([asdict(timing) for timing in timings], indent=1) + "\n", encoding="utf-8")


def summary(name: str, seconds: Sequence[float], against: Timing | None = None) -> Timing:
    """The median and 95th percentile of some times, with the ratio of medians to another line."""
    p50, p95 = (float(value) * 1000 for value in np.percentile(list(seconds), [50, 95]))
    ratio = p50 / against.p50 if against is not None and against.p50 > 0 else None
    return Timing(name, p50, p95, len(seconds), ratio, against.name if against else "")


def timed(call: Callable[[Any], object], items: Iterable[Any]) -> list[float]:
    """Seconds of each call of a function, one an item."""
    seconds = []
    for item in items:
        began = time.perf_counter()
        call(item)
        seconds.append(time.perf_counter() - began)
    return seconds


def _index(folder: Path) -> list[Timing]:
    """The index of the shipped sources from nothing, and with nothing to do, against embedding the same texts."""
    from assistant.charter import CharterAssistant
    from knowledge.embedding import default_embeddings
    from knowledge.index import embedded_text

    default_embeddings().embed_query("loaded before the clock starts")

    def open_index(_: int) -> CharterAssistant:
        return CharterAssistant(index_dir=folder / "index")

    built = summary("index: build from nothing", timed(open_index, range(1)))
    again = summary("index: run with nothing to do", timed(open_index, range(3)))
    texts = [embedded_text(unit) for unit in open_index(0).index.units]
    embed = summary("index: embedding its sentences, alone", timed(default_embeddings().embed_documents, [texts]))
    return [embed, _with(built, embed), _with(again, built)]


def _answers(folder: Path) -> list[Timing]:
    """Answers to questions of fact, stage by stage, against embedding the same questions."""
    from knowledge.embedding import default_embeddings

    assistant = _assistant(folder)
    questions = [case.question for case in load_cases().answers if case.task == "fact" and not case.history][:QUESTIONS]
    embedding = default_embeddings()
    embed = summary("embedding a question", timed(embedding.vector, questions))
    rows = [embed, *_sentence_transformers(questions, embed)]
    stages: dict[str, list[float]] = {}
    whole: list[float] = []
    for question in questions:
        began = time.perf_counter()
        answer = assistant.ask(question)
        whole.append(time.perf_counter() - began)
        for stage, milliseconds in answer.trace.stage_ms.items():
            stages.setdefault(stage, []).append(milliseconds / 1000)
    answer_row = summary("an answer", whole, embed)
    rows.append(answer_row)
    rows += [summary(f"  stage {stage}", seconds, answer_row) for stage, seconds in stages.items()]
    if "verify" in stages:
        rows.append(summary("checking a whole answer against its sources", stages["verify"], embed))
    share = 100 * embed.p50 / answer_row.p50, 100 * embed.p95 / answer_row.p95
    rows.append(Timing("  share of the embedding in an answer (%)", *share, len(whole)))
    return rows


def _sentence_transformers(questions: Sequence[str], embed: Timing) -> list[Timing]:
    """The same base model through sentence-transformers."""
    from sentence_transformers import SentenceTransformer

    from knowledge.encoders.bases import MINILM, base_folder

    model = SentenceTransformer(str(base_folder(MINILM)), device="cpu")
    model.encode(questions[0], show_progress_bar=False)
    seconds = timed(lambda question: model.encode(question, show_progress_bar=False), questions)
    other = summary("sentence-transformers encode of a question", seconds)
    return [_with(other, embed)]


def _verdicts(folder: Path) -> list[Timing]:
    """Scope verdicts, against embedding the same descriptions."""
    from knowledge.embedding import default_embeddings

    assistant = _assistant(folder)
    texts = [case.text for case in load_cases().scope][:QUESTIONS]
    embed = summary("embedding a description", timed(default_embeddings().vector, texts))
    return [embed, summary("a scope verdict", timed(assistant.assess_scope, texts), embed)]


def _checks(folder: Path) -> list[Timing]:
    """Checking one claim against one statement, against embedding a text of the same length."""
    from assistant.grounding.check import default_checker
    from assistant.settings import load_settings
    from knowledge.embedding import default_embeddings

    checker = default_checker(load_settings().grounding_model)
    units = [unit.text for unit in _assistant(folder).index.units][: PAIRS + 1]
    checker.check_pair(units[0], units[1])
    embed = summary("embedding a statement", timed(default_embeddings().vector, units))
    seconds = timed(lambda pair: checker.check_pair(*pair), itertools.pairwise(units))
    return [embed, summary("one check of a claim", seconds, embed)]


def _start_up(folder: Path) -> list[Timing]:
    """From starting the chat until its page answers, in a process of its own, with the index already built."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    _assistant(None)  # the chat uses the index of the user's cache; it is built before the clock starts
    began = time.perf_counter()
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "chat", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=Path(__file__).parents[1])
    try:
        _await(f"http://127.0.0.1:{port}/", server, began)
        seconds = time.perf_counter() - began
    finally:
        server.terminate()
        server.wait(timeout=20)
    imports = timed(lambda code: subprocess.run([sys.executable, "-c", code], check=True), ["import torch, gradio"])
    base = summary("importing torch and gradio alone", imports)
    return [base, summary("start-up of the chat until it answers", [seconds], base)]


def _await(address: str, server: subprocess.Popen[bytes], began: float) -> None:
    while time.perf_counter() - began < START_LIMIT:
        if server.poll() is not None:
            said = server.stderr.read().decode(errors="replace") if server.stderr else ""
            raise EvaluationError(f"The chat server ended before it answered: {said[-400:]}")
        try:
            with urllib.request.urlopen(address, timeout=2) as reply:
                if reply.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise EvaluationError(f"The chat server did not answer within {START_LIMIT:.0f} s.")


def _assistant(folder: Path | None) -> CharterAssistant:
    from assistant.charter import CharterAssistant

    assistant = CharterAssistant(index_dir=folder / "index") if folder else CharterAssistant()
    assistant.warm_up()
    return assistant


def _with(timing: Timing, against: Timing) -> Timing:
    return Timing(timing.name, timing.p50, timing.p95, timing.n, timing.p50 / against.p50, against.name)


def _show(timings: Sequence[Timing]) -> None:
    table = Table(title="Times on this machine", title_justify="left")
    for heading in ("what", "p50 ms", "p95 ms", "n", "ratio", "to"):
        table.add_column(heading, justify="left" if heading in {"what", "to"} else "right")
    for timing in timings:
        ratio = f"{timing.ratio:.2f}" if timing.ratio is not None else ""
        table.add_row(
            timing.name, f"{timing.p50:,.1f}", f"{timing.p95:,.1f}", str(timing.n), ratio, timing.against.strip()
        )
    _out.print(table)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
