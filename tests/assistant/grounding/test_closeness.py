"""What is said in other words lies nearer than what is not said."""

from __future__ import annotations

import numpy as np

from assistant.grounding.closeness import CLOSENESS_NAMES, Closeness
from knowledge.encoders.encoder import load_base

EVIDENCE = "The board must approve the budget by March. Staff may park behind the hall."


def test_closeness_tells_another_wording_from_another_matter() -> None:
    claims = ["The committee has to sign off the spending plan before April.", "Penguins breed on the southern coast."]
    rows = Closeness(load_base()).features([(EVIDENCE, claim) for claim in claims])
    assert rows.shape == (2, len(CLOSENESS_NAMES))
    for name in ("texts_cosine", "best_sentence_cosine", "claim_nearest_mean", "new_words_nearest_mean"):
        column = rows[:, CLOSENESS_NAMES.index(name)]
        assert column[0] > column[1], name


def test_a_copied_sentence_has_no_new_words_and_texts_without_words_are_survived() -> None:
    closeness = Closeness(load_base())
    rows = closeness.features([(EVIDENCE, "Staff may park behind the hall."), ("Nothing here", "?")])
    assert rows[0, CLOSENESS_NAMES.index("new_words_share")] == 0
    assert rows[0, CLOSENESS_NAMES.index("words_in_runs_share")] == 1
    assert np.isfinite(rows).all()
