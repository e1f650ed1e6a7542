"""`charter-assistant doctor`: what is installed, which models with which hashes, the index, the settings."""

from __future__ import annotations

import platform
import sys
from importlib import metadata

from pydantic import BaseModel, ConfigDict
from rich.console import Console
from rich.table import Table

from assistant.grounding.combine import COMBINER
from assistant.grounding.entailment import GROUNDING_WEIGHTS
from assistant.grounding.trees import TREES
from assistant.models.answers import ANSWER_WEIGHTS
from assistant.models.router import ROUTER_WEIGHTS
from assistant.scope.judge import SCOPE_WEIGHTS
from assistant.scope.nearest import LIBRARY
from assistant.settings import load_settings
from knowledge.embedding import QUESTION_WEIGHTS
from knowledge.encoders.bases import BASES, Base, base_folder, sha256_of
from knowledge.encoders.encoder import small_of
from knowledge.encoders.int8 import can_quicken
from knowledge.errors import KnowledgeError
from knowledge.index import read_manifest
from knowledge.sources import SHIPPED_SOURCES, check_sources

PACKAGES = (
    "charter-assistant", "langchain", "langchain-core", "langchain-chroma", "chromadb", "sentence-transformers",
    "transformers", "torch", "gradio", "bm25s", "numpy", "pydantic",
    *(package.split("==")[0] for base in BASES for package in base.packages),
)  # fmt: skip
WEIGHTS = {
    "question encoder": QUESTION_WEIGHTS, "router": ROUTER_WEIGHTS, "answer model": ANSWER_WEIGHTS,
    "scope judge": SCOPE_WEIGHTS, "small scope judge": small_of(SCOPE_WEIGHTS),
    "scope case library": LIBRARY, "grounding model": GROUNDING_WEIGHTS,
    "small grounding model": small_of(GROUNDING_WEIGHTS), "grounding trees": TREES,
    "grounding combiner": COMBINER,
}  # fmt: skip


class Examination(BaseModel):
    """What was found. `problems` says what is wrong and what to do about it; empty when all is well."""

    model_config = ConfigDict(frozen=True)

    python: str
    platform: str
    packages: dict[str, str]
    models: dict[str, str]
    index: str
    settings: dict[str, str]
    problems: tuple[str, ...]

    @property
    def healthy(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    def show(self, console: Console) -> None:
        """Print it for people."""
        table = Table(show_header=False, title="Charter assistant", title_justify="left")
        table.add_row("Python", f"{self.python} on {self.platform}")
        for group in (self.packages, self.models, {"index": self.index}, self.settings):
            table.add_section()
            for name, value in group.items():
                table.add_row(name, value)
        console.print(table)
        for problem in self.problems:
            console.print(f"Problem: {problem}", style="red", markup=False)
        if self.healthy:
            console.print("All is well.")


def examine() -> Examination:
    """Look at everything; nothing is changed, but that the larger base is unpacked where it has not been."""
    problems: list[str] = []
    packages = {name: _version(name, problems) for name in PACKAGES}
    models = {base.name: _base(base, problems) for base in BASES}
    for name, path in WEIGHTS.items():
        if path.is_file():
            models[name] = f"{path.name}, {path.stat().st_size / 1e6:.1f} MB, SHA-256 {sha256_of(path)}"
        else:
            models[name] = "missing"
            problems.append(f"{name}: {path} is missing. Reinstall the package, or run: charter-assistant train")
    problems += [str(error) for error in check_sources(SHIPPED_SOURCES)]
    settings = {f"CHARTER_{name.upper()}": str(value) for name, value in load_settings().model_dump().items()}
    return Examination(
        python=sys.version.split()[0], platform=platform.platform(), packages=packages, models=models,
        index=_index(problems), settings=settings, problems=tuple(problems),
    )  # fmt: skip


def _version(name: str, problems: list[str]) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        problems.append(f"{name} is not installed. Run the set-up again: make setup")
        return "not installed"


def _base(base: Base, problems: list[str]) -> str:
    try:
        base_folder(base)
    except KnowledgeError as error:
        problems.append(str(error))
        return "refused"
    precision = "int8" if can_quicken() else "full precision"
    return f"verified, SHA-256 {base.sha256}; judges in {precision}"


def _index(problems: list[str]) -> str:
    folder = load_settings().data_dir / "index"
    try:
        manifest = read_manifest(folder)
    except KnowledgeError as error:
        problems.append(str(error))
        return "damaged"
    if manifest is None:
        return f"none yet in {folder}; it is built at the first question"
    return f"version {manifest.version} in {folder}: {len(manifest.sources)} sources"
