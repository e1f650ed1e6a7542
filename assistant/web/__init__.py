"""The chat in the browser: `build_app` makes it, `serve` runs it. Gradio is imported only when they are called."""

from assistant.web.app import build_app
from assistant.web.serve import serve

__all__ = ["build_app", "serve"]
