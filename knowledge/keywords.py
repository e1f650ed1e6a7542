"""The keyword leg: BM25 by bm25s, with English stemming."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

_WORD = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*")
_STOP = frozenset(
    "a an and are as at be been but by can could did do does for from had has have how i if in into is it its me my "
    "of on or our s shall should so than that the their them then there these they this to too us was we were what "
    "when where which who why will with would you your about any".split()
)


class KeywordIndex:
    """BM25 over texts. `scores` gives one non-negative score a text, in the order they were given."""

    def __init__(self, model: Any, size: int) -> None:
        self._model = model
        self._size = size

    @classmethod
    def build(cls, texts: Sequence[str]) -> KeywordIndex:
        """Index the texts (n ≥ 1)."""
        import bm25s

        model = bm25s.BM25(k1=1.2, b=0.6)
        model.index([terms(text) or ["∅"] for text in texts], show_progress=False)
        return cls(model, len(texts))

    def scores(self, query: str) -> np.ndarray:
        """BM25 scores of shape (n,), zero where no term is shared."""
        wanted = [term for term in terms(query) if term in self._model.vocab_dict]
        if not wanted:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._model.get_scores(wanted), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the index into `folder`."""
        self._model.save(str(folder), show_progress=False)
        (folder / "size").write_text(str(self._size))

    @classmethod
    def load(cls, folder: Path) -> KeywordIndex:
        """Read an index that `save` wrote."""
        import bm25s

        return cls(bm25s.BM25.load(str(folder), show_progress=False), int((folder / "size").read_text()))


def terms(text: str) -> list[str]:
    """Stemmed words of a text without stop words; "i.AI" stays one term."""
    words = [word for word in _WORD.findall(text.lower()) if word not in _STOP]
    return [stem(word) for word in words]


@functools.lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a lower-case English word."""
    return str(_stemmer().stemWord(word))


@functools.cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")
