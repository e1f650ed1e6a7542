"""Stage 4: find the statements, and judge of each whether it answers the question."""

from __future__ import annotations

import numpy as np

from assistant.toolkit import Toolkit
from assistant.turn import Evidence, Turn

GRADED = 10


def retrieve(turn: Turn, toolkit: Toolkit) -> None:
    """Set `evidence`: the best units with the probability that each answers the question or helps."""
    turn.evidence = gather(turn.standalone, toolkit)


def gather(question: str, toolkit: Toolkit) -> tuple[Evidence, ...]:
    """Retrieve and grade."""
    hits = toolkit.retriever.hits(question, GRADED)
    grades = toolkit.answers.grade(question, [hit.unit.text for hit in hits])
    rows = np.hstack([grades.grade, grades.says]).tolist()
    graded = [
        Evidence(hit.unit, hit.score, answers, helps, says_yes, says_no)
        for hit, (_, helps, answers, _, says_yes, says_no) in zip(hits, rows, strict=True)
    ]
    return tuple(sorted(graded, key=lambda item: (-item.answers, -item.score, item.unit.id)))
