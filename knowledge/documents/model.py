"""What a loaded document is made of, and the limits it is read under."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """How much of a document is read before it is refused by name.

    `file_bytes`: size of the file. `pages`: of a PDF. `characters`: of the text taken out. `seconds`: wall clock
    for one PDF, HTML or DOCX file, start of the reading process included. `memory_bytes`: address space of that
    process, where the system can limit it (Linux; macOS in part; not Windows). `unpacked_bytes`, `unpack_ratio`
    and `archive_entries`: of a DOCX, which is a ZIP archive; the ratio counts only above `ratio_free_bytes`,
    since small files of repetitive XML pack very well. `html_depth`: elements inside elements.
    """

    file_bytes: int = 25 * MEBIBYTE
    pages: int = 1_000
    characters: int = 2_000_000
    seconds: float = 30.0
    memory_bytes: int = 2048 * MEBIBYTE
    unpacked_bytes: int = 200 * MEBIBYTE
    unpack_ratio: int = 100
    ratio_free_bytes: int = 5 * MEBIBYTE
    archive_entries: int = 5_000
    html_depth: int = 200


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class Section:
    """A run of text under one heading: `StoredDocument.text[start:end]`.

    `path` is the headings from the outermost inwards, joined with " > ", empty before the first heading.
    `page` is the page it begins on, counted from 1, in a PDF; None in other documents.
    """

    path: str
    start: int
    end: int
    page: int | None


@dataclass(frozen=True)
class StoredDocument:
    """The text of a document and the parts of it that are content.

    For .md and .txt, `text` is the decoded file with "\\n" line ends, so that offsets hold in the file; for the
    others it is the text taken out. `sections` leave out headings, front matter and page furniture.
    `published` is an ISO date (YYYY, YYYY-MM or YYYY-MM-DD) that the document itself declares, or None.
    """

    text: str
    title: str | None
    published: str | None
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Block:
    """A paragraph, list item, table row or heading. `level` is 0 for text and 1 to 9 for a heading.

    `start` and `end` are offsets in the text the block was cut from, or 0 where the text is yet to be put together.
    """

    text: str
    level: int = 0
    page: int | None = None
    start: int = 0
    end: int = 0
