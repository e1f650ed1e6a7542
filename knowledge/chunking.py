"""Split a section of a stored text into passages of whole sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.sentences import split_sentences

SPLITTER_VERSION = "sentences-2"
MAX_PASSAGE_CHARACTERS = 900
MIN_SENTENCE_WORDS = 3


@dataclass(frozen=True)
class PassageSpan:
    """A passage by character offsets, with the offsets of its sentences."""

    start: int
    end: int
    sentences: tuple[tuple[int, int], ...]


def passages(text: str, start: int, end: int) -> Iterator[PassageSpan]:
    """Passages of `text[start:end]`: consecutive sentences up to MAX_PASSAGE_CHARACTERS, never cut inside one.

    Fragments of fewer than three words (menu entries, stray labels) are no sentences and are left out.
    """
    run: list[tuple[int, int]] = []
    for begin, stop in split_sentences(text[start:end], start):
        if len(text[begin:stop].split()) < MIN_SENTENCE_WORDS:
            continue
        if run and stop - run[0][0] > MAX_PASSAGE_CHARACTERS:
            yield PassageSpan(run[0][0], run[-1][1], tuple(run))
            run = []
        run.append((begin, stop))
    if run:
        yield PassageSpan(run[0][0], run[-1][1], tuple(run))
