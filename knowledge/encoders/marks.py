"""Which words two texts share, told to a cross-encoder token by token."""

from __future__ import annotations

import difflib
from typing import Any

from knowledge.keywords import stem

MARK_LEVELS = 3


def shared_words(texts: tuple[str, str], one: Any, two: Any) -> tuple[list[int], list[int]]:
    """For each token of two encoded texts: 0 its word is not in the other text, 1 it is (in any inflected form),
    2 it stands there in the same run of words. Marking matches spares a small model learning to find them
    (Boualili et al., 2020, MarkedBERT).
    """
    words = [_words(encoding) for encoding in (one, two)]
    stems = [[stem(text[a:b].lower()) for a, b in own.values()] for text, own in zip(texts, words, strict=True)]
    marks = [[int(word in set(other)) for word in own] for own, other in (stems, stems[::-1])]
    blocks = difflib.SequenceMatcher(None, stems[0], stems[1], autojunk=False).get_matching_blocks()
    for block in (block for block in blocks if block.size > 1):
        marks[0][block.a : block.a + block.size] = [2] * block.size
        marks[1][block.b : block.b + block.size] = [2] * block.size
    levels = [dict(zip(own, found, strict=True)) for own, found in zip(words, marks, strict=True)]
    return [levels[0].get(word, 0) for word in one.word_ids], [levels[1].get(word, 0) for word in two.word_ids]


def _words(encoding: Any) -> dict[int, tuple[int, int]]:
    """The (start, end) of every word of an encoded text by its number; a word without tokens has none."""
    spans: dict[int, tuple[int, int]] = {}
    for word, (start, end) in zip(encoding.word_ids, encoding.offsets, strict=True):
        if word is not None:
            spans[word] = (spans.get(word, (start, end))[0], end)
    return spans
