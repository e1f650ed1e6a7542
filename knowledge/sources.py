"""The project's own source files: one Markdown file a source, front matter and marked statements.

    ---
    id: S02
    title: "…"
    …
    ---

    # Title

    ## Section

    - One self-contained sentence. {reported via https://…; superseded by S12; single source}
    - The published reports do not say this or that. {reported; gap}

The stored text of a source is the file itself, so that offsets hold in both.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from knowledge.errors import SourceFormatError
from knowledge.sentences import split_sentences
from knowledge.types import Evidence, Kind, Source, Unit

SHIPPED_SOURCES = Path(__file__).parent / "sources"
MAX_WORDS = 45

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_ID = re.compile(r"[A-Z]\d{2}")
_STATEMENT = re.compile(r"^- (?P<text>.+?[.?!]) \{(?P<mark>[^{}]+)\}[ \t]*$")
_FRONT = re.compile(r"\A---\n(?P<yaml>.*?)\n---\n", re.DOTALL)


class FrontMatter(BaseModel):
    """The register entry of a source file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    publisher: str
    url: str | None
    published: str | None
    published_note: str | None
    updated: str | None
    checked: str
    in_force_from: str | None
    in_force_to: str | None
    superseded_by: str | None
    follow: str | None = None
    licence: str
    kind: Kind

    @field_validator("id", "superseded_by", "follow")
    @classmethod
    def _source_id(cls, value: str | None) -> str | None:
        if value is not None and not _ID.fullmatch(value):
            raise ValueError(f"'{value}' is not a source id such as S02")
        return value

    @field_validator("published", "updated", "checked", "in_force_from", "in_force_to")
    @classmethod
    def _iso_date(cls, value: str | None) -> str | None:
        if value is not None and not _DATE.fullmatch(value):
            raise ValueError(f"'{value}' is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
        return value

    @field_validator("url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://\S+", value):
            raise ValueError(f"'{value}' is not a single web address")
        return value


@dataclass(frozen=True)
class Mark:
    """The evidence mark at the end of a statement."""

    evidence: Evidence
    via: str | None
    superseded_by: str | None
    single_source: bool
    gap: bool = False


def is_source_file(text: str) -> bool:
    """Whether a Markdown text is in the format of this module (it has front matter with an id and a kind)."""
    match = _FRONT.match(text)
    return bool(match and re.search(r"^id:", match["yaml"], re.M) and re.search(r"^kind:", match["yaml"], re.M))


def read_source(path: Path, *, strict: bool = True) -> Source:
    """Read one source file.

    With `strict` every departure from the format raises SourceFormatError (file, line, reason). Without it,
    sentences that carry no mark are kept, as evidence "unchecked": a folder under revision can still be used.
    """
    text = path.read_text(encoding="utf-8")
    front = _front_matter(path, text)
    units = tuple(_units(path, text, front.id, strict))
    if not units:
        raise SourceFormatError(path, 1, "no statement; add lines of the form '- One sentence. {reported}'")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Source(**front.model_dump(), text=text, digest=digest, units=units)


def read_sources(folder: Path) -> list[Source]:
    """Read every source of a folder, strictly, in order of id; ids must be unique and references resolve."""
    sources: dict[str, Source] = {}
    for path in sorted(folder.glob("*.md")):
        source = read_source(path)
        if source.id != path.stem:
            raise SourceFormatError(path, 2, f"id {source.id} differs from the file name {path.name}")
        sources[source.id] = source
    for source in sources.values():
        _check_references(folder, source, sources)
    return list(sources.values())


def check_sources(folder: Path) -> list[SourceFormatError]:
    """Every format error of a folder, one a file at most, in file order; empty when all is well."""
    problems: list[SourceFormatError] = []
    for path in sorted(folder.glob("*.md")):
        try:
            read_source(path)
        except SourceFormatError as error:
            problems.append(error)
    if not problems:
        try:
            read_sources(folder)
        except SourceFormatError as error:
            problems.append(error)
    return problems


def _check_references(folder: Path, source: Source, known: dict[str, Source]) -> None:
    named = [source.superseded_by, source.follow, *(unit.superseded_by for unit in source.units)]
    for name in named:
        if name is not None and name not in known:
            raise SourceFormatError(folder / f"{source.id}.md", 1, f"names {name}, which is not a source here")


def _front_matter(path: Path, text: str) -> FrontMatter:
    match = _FRONT.match(text)
    if match is None:
        raise SourceFormatError(
            path, 1, "front matter missing; the file must begin with a block between two '---' lines"
        )
    try:
        data = yaml.safe_load(match["yaml"])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise SourceFormatError(path, (mark.line if mark else 0) + 2, f"front matter is not YAML: {error}") from error
    try:
        return FrontMatter.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0]) if first["loc"] else ""
        raise SourceFormatError(path, _line_of_field(match["yaml"], field), f"{field}: {first['msg']}") from error


def _line_of_field(front: str, field: str) -> int:
    for number, line in enumerate(front.splitlines(), start=2):
        if line.startswith(f"{field}:"):
            return number
    return 1


def _units(path: Path, text: str, source_id: str, strict: bool) -> Iterator[Unit]:
    section = ""
    seen: set[str] = set()
    for number, start, line in _body_lines(text):
        if line.startswith("## "):
            section = line[3:].strip()
        elif not line.strip() or line.startswith("# "):
            continue
        elif match := _STATEMENT.match(line):
            yield _statement(path, number, source_id, section, start, match, seen, strict)
        elif strict:
            raise SourceFormatError(
                path, number, "not a heading or a statement of the form '- One sentence. {evidence}'"
            )
        else:
            for begin, end in split_sentences(line.lstrip("-*# "), start + len(line) - len(line.lstrip("-*# "))):
                yield _unit(source_id, section, text[begin:end], begin, end, Mark("unchecked", None, None, False), seen)


def _body_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """(line number, character offset, line) of each line after the front matter."""
    match = _FRONT.match(text)
    offset = match.end() if match else 0
    number = text.count("\n", 0, offset) + 1
    for line in text[offset:].splitlines(keepends=True):
        yield number, offset, line.rstrip("\n")
        offset += len(line)
        number += 1


def _statement(
    path: Path,
    number: int,
    source_id: str,
    section: str,
    start: int,
    match: re.Match[str],
    seen: set[str],
    strict: bool,
) -> Unit:
    text = match["text"]
    mark = _mark(path, number, match["mark"])
    if strict:
        if not section:
            raise SourceFormatError(path, number, "statement before the first '## ' heading")
        if len(text.split()) > MAX_WORDS:
            raise SourceFormatError(path, number, f"statement of {len(text.split())} words; the limit is {MAX_WORDS}")
        if len(split_sentences(text)) != 1:
            raise SourceFormatError(path, number, "more than one sentence in a statement; give each a line of its own")
    begin = start + match.start("text")
    return _unit(source_id, section, text, begin, begin + len(text), mark, seen)


def _unit(source_id: str, section: str, text: str, start: int, end: int, mark: Mark, seen: set[str]) -> Unit:
    """A unit whose id comes from its text, so that it survives moves within the file."""
    key = hashlib.sha256(f"{section}\n{text}".encode()).hexdigest()[:12]
    while key in seen:
        key = hashlib.sha256(key.encode()).hexdigest()[:12]
    seen.add(key)
    return Unit(
        id=f"{source_id}:{key}", source_id=source_id, section=section, text=text, start=start, end=end,
        passage_start=start, passage_end=end, evidence=mark.evidence, via=mark.via,
        superseded_by=mark.superseded_by, single_source=mark.single_source, gap=mark.gap,
    )  # fmt: skip


def _mark(path: Path, number: int, mark: str) -> Mark:
    parts = [part.strip() for part in mark.split(";")]
    evidence, _, via = parts[0].partition(" via ")
    marks = get_args(Literal["seen", "reported", "unchecked", "inference"])
    if evidence not in marks:
        raise SourceFormatError(path, number, f"evidence mark '{evidence}'; use one of {', '.join(marks)}")
    if via and not re.fullmatch(r"https?://\S+", via):
        raise SourceFormatError(path, number, f"'{via}' after 'via' is not a single web address")
    superseded, single, gap = None, False, False
    for part in parts[1:]:
        if part == "single source":
            single = True
        elif part == "gap":
            gap = True
        elif match := re.fullmatch(r"superseded by ([A-Z]\d{2})", part):
            superseded = match[1]
        else:
            raise SourceFormatError(path, number, f"'{part}' in the mark; use single source, gap or superseded by S12")
    return Mark(evidence, via or None, superseded, single, gap)  # type: ignore[arg-type]
