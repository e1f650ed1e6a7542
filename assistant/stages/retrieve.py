"""Stage 4: find the statements, and judge of each whether it answers the question."""

from __future__ import annotations

import re

import numpy as np

from assistant.guard import find_instruction
from assistant.toolkit import Toolkit
from assistant.turn import Evidence, Turn

GRADED = 10
_FAKE_TURN = re.compile(r"^\W*(?:system|assistant|developer|user|human|ai)\s*(?:prompt|message|note)?\s*:", re.I)


def retrieve(turn: Turn, toolkit: Toolkit) -> None:
    """Set `evidence`: the best units with the probability that each answers the question or helps."""
    turn.evidence = gather(turn.standalone, toolkit)


def gather(question: str, toolkit: Toolkit) -> tuple[Evidence, ...]:
    """Retrieve and grade; a sentence of a source that reads like an instruction to a program is never evidence."""
    hits = toolkit.retriever.hits(question, GRADED + 4)
    hits = [hit for hit in hits if not _gives_orders(hit.unit.text)][:GRADED]
    grades = toolkit.answers.grade(question, [hit.unit.text for hit in hits])
    rows = np.hstack([grades.grade, grades.says]).tolist()
    graded = [
        Evidence(hit.unit, hit.score, answers, helps, says_yes, says_no)
        for hit, (_, helps, answers, _, says_yes, says_no) in zip(hits, rows, strict=True)
    ]
    return tuple(sorted(graded, key=lambda item: (-item.answers, -item.score, item.unit.id)))


def _gives_orders(text: str) -> bool:
    """Whether a sentence of a source speaks to a program rather than to a reader."""
    return _FAKE_TURN.match(text) is not None or find_instruction(text) is not None
