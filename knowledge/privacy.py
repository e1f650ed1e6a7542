"""Switch off the telemetry of every dependency. Imported before any of them is."""

import os

_OFF = {
    "ANONYMIZED_TELEMETRY": "False",  # chromadb
    "GRADIO_ANALYTICS_ENABLED": "False",  # compared with the exact text "True"
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",  # weights come from pinned packages, never from a hub
    "TRANSFORMERS_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "TOKENIZERS_PARALLELISM": "false",  # no forked tokenizer threads behind a web server
}


def telemetry_off() -> None:
    """Set the environment so that no dependency calls home. A second call changes nothing."""
    os.environ.update(_OFF)
