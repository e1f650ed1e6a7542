"""Runs the page on this computer."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.web.app import build_app
from assistant.web.door import Door

STYLE = Path(__file__).with_name("style.css")
Ready = Callable[[str], None]


def serve(assistant: Door, host: str, port: int, ready: Ready) -> None:
    """Serve the page until interrupted. `ready` is told the address once every model is loaded.

    Whatever the web library puts on disk lies in a folder that is gone afterwards.
    Raises InputError when the port is taken.
    """
    assistant.warm_up()
    with tempfile.TemporaryDirectory(prefix="charter-web-") as folder:
        os.environ["GRADIO_TEMP_DIR"] = folder
        blocks = build_app(assistant)
        try:
            ready(launch(blocks, host, port))
            blocks.block_thread()
        finally:
            blocks.close()


def launch(blocks: Any, host: str, port: int) -> str:
    """Start the server in the background and give its address."""
    from assistant.web.theme import build_theme

    try:
        _, address, _ = blocks.launch(
            server_name=host, server_port=port, share=False, prevent_thread_lock=True, quiet=True, inbrowser=False,
            theme=build_theme(), css_paths=[STYLE], footer_links=[], run_history=False, ssr_mode=False, pwa=False,
            mcp_server=False, enable_monitoring=False, show_error=False, max_file_size="1kb",
        )  # fmt: skip
    except OSError as error:
        raise InputError(f"Port {port} of {host} cannot be used ({error}). Choose another with --port.") from error
    return str(address)
