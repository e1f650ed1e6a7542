"""Serves the page over the made-up assistant in a process of its own and prints the address.

A process of its own, so that neither the socket block nor the warnings-are-errors rule of the tests reaches into it.
"""

from __future__ import annotations

import signal
import socket
import sys
from typing import NoReturn

from assistant.web.serve import serve
from tests.assistant.web.fakes import FakeAssistant


def main() -> None:
    """Serve until told to stop."""
    signal.signal(signal.SIGTERM, _stop)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    serve(FakeAssistant(pause=0.2), "127.0.0.1", port, _say)


def _say(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


def _stop(*_: object) -> NoReturn:
    raise SystemExit(0)


if __name__ == "__main__":
    main()
