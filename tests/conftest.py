"""Shared fixtures: every test works in a temporary home, and nothing is kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import CharterAssistant
from assistant.settings import load_settings


@pytest.fixture(scope="session", autouse=True)
def temporary_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Indexes of tests go to a folder that is thrown away, wherever the environment points."""
    folder = tmp_path_factory.mktemp("data")
    patch = pytest.MonkeyPatch()
    patch.setenv("CHARTER_DATA_DIR", str(folder))
    load_settings.cache_clear()
    yield folder
    shutil.rmtree(folder / "models", ignore_errors=True)  # the larger base, unpacked; pytest keeps its folders a while
    patch.undo()
    load_settings.cache_clear()


@pytest.fixture(scope="session")
def assistant(temporary_data: Path) -> CharterAssistant:
    """The assistant over the shipped knowledge, built once a run."""
    return CharterAssistant(index_dir=temporary_data / "index")
