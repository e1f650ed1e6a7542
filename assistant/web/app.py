"""Makes the page. Gradio is imported here and not before, so that the rest of the package loads fast."""

from __future__ import annotations

from typing import Any

from assistant.web.door import Door
from knowledge.privacy import telemetry_off


def build_app(assistant: Door) -> Any:
    """The page as gradio Blocks, not yet served; `serve` launches it with its look."""
    telemetry_off()
    from assistant.web.layout import page

    return page(assistant)
