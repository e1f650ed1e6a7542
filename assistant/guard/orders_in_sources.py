"""Keeps sentences of other people's documents that speak to a program, rather than to a reader, from being evidence."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.guard.instructions import find_instruction
from knowledge.types import Source

# A line of a made-up conversation that speaks of rules or to its reader; "System: EMIS Web" names a thing.
_FAKE_TURN = re.compile(
    r"^\W*(?:system|assistant|developer|user|human|ai)\s*(?:prompt|message|note)?\s*:"
    r".*\b(?:you(?:r|rself)?|rules?|instructions?|from now on|ignore|disregard)\b",
    re.I | re.S,
)


def without_orders(source: Source) -> Source:
    """The source without the units that read like an instruction to a program. Its text stays as it is.

    They are left out before indexing, so that they cannot shift the scores of other units either; a heading of that
    kind is no longer the heading of what stands below it.
    """
    sections = {unit.section for unit in source.units}
    headings = {section: "" if _gives_orders(section) else section for section in sections}
    kept = (unit for unit in source.units if not _gives_orders(unit.text))
    return replace(source, units=tuple(replace(unit, section=headings[unit.section]) for unit in kept))


def _gives_orders(text: str) -> bool:
    return _FAKE_TURN.match(text) is not None or find_instruction(text) is not None
