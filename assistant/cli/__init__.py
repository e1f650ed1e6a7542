"""The command line: `charter-assistant chat | ask | scope | search | sources | index | eval | bench | train | doctor`.

Exit codes: 0 all well · 1 a check failed (eval below its baseline, malformed sources, doctor found a fault) ·
2 the command cannot run (bad arguments, unreadable file, missing weights).
"""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point. Errors meant for people are printed as one line, without a traceback."""
    from assistant.cli.app import app
    from assistant.errors import AssistantError
    from knowledge.errors import KnowledgeError
    from prompts import PromptFileError

    try:
        app()
    except (AssistantError, KnowledgeError, PromptFileError) as error:
        sys.stderr.write(f"charter-assistant: {error}\n")
        raise SystemExit(2) from error
    except KeyboardInterrupt:
        raise SystemExit(130) from None
