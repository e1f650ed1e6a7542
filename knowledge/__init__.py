"""What the assistant knows: sources, scope rules, loading, chunking, index and retrieval.

>>> from knowledge import load_document
>>> documents = load_document("policy.pdf")  # doctest: +SKIP
"""

from knowledge.privacy import telemetry_off

telemetry_off()

from knowledge.documents import load_document  # noqa: E402  (after the telemetry is off)
from knowledge.types import Passage, Source, Unit  # noqa: E402

__all__ = ["Passage", "Source", "Unit", "load_document"]
