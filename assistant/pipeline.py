"""The way of a question: a fixed, visible list of stages. Nothing else decides the order."""

from __future__ import annotations

import time
from collections.abc import Iterator

from assistant.stages.assess import assess
from assistant.stages.compose import compose
from assistant.stages.rephrase import rephrase
from assistant.stages.retrieve import retrieve
from assistant.stages.route import route
from assistant.stages.screen import screen
from assistant.stages.verify import verify
from assistant.toolkit import Toolkit
from assistant.turn import Stage, Turn

STAGES: tuple[tuple[str, Stage], ...] = (
    ("screen", screen),
    ("rephrase", rephrase),
    ("route", route),
    ("retrieve", retrieve),
    ("assess", assess),
    ("compose", compose),
    ("verify", verify),
)


def run(turn: Turn, toolkit: Toolkit) -> Iterator[str]:
    """Take the turn through the stages, naming each before it runs; stops where a stage finishes the turn."""
    for name, stage in STAGES:
        yield name
        began = time.perf_counter()
        stage(turn, toolkit)
        turn.stage_ms[name] = round((time.perf_counter() - began) * 1000, 2)
        if turn.finished:
            return
