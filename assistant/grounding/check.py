"""`check_grounding`: claims against sources, by explicit comparison and trained entailment models together.

A certain difference (a number, a date, a name that the evidence contradicts) is a veto. Everywhere else the entailment
models and the comparison are joined into a calibrated probability (`combine.py`). A hub model stands alone.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

import numpy as np

from assistant.errors import InputError
from assistant.grounding.claims import split_claims
from assistant.grounding.combine import JoinedJudge
from assistant.grounding.compare import Difference, compare_all
from assistant.grounding.entailment import HubEntailment, PairJudge
from assistant.grounding.windows import Window, windows
from assistant.types import ClaimReport, GroundingReport
from knowledge.sentences import split_sentences

SUPPORTED_AT = 0.5


class GroundingChecker:
    """Checks claims against evidence."""

    def __init__(self, judge: PairJudge) -> None:
        self._judge = judge
        self.model_id = judge.model_id

    def check(self, text: str, sources: Sequence[str]) -> GroundingReport:
        """Check every claim of a text. A text without claims (only questions, say) is supported with score 1."""
        claims = split_claims(text)
        reports = tuple(self._check_claim(claim, sources) for claim in claims)
        share = sum(report.supported for report in reports) / len(reports) if reports else 1.0
        return GroundingReport(score=share, supported=all(r.supported for r in reports), sentences=reports)

    def check_pair(self, claim: str, evidence: str) -> ClaimReport:
        """Check one claim against one piece of evidence."""
        return self._check_claim(claim, [evidence])

    def _check_claim(self, claim: str, sources: Sequence[str]) -> ClaimReport:
        found = windows(claim, sources)
        if not found:
            why = "There is nothing to check against."
            return ClaimReport(text=claim, label="not_stated", supported=False, score=0.0, why=why)
        chances = self.probabilities([(window.text, claim) for window in found])
        best = int(chances[:, 0].argmax())
        if chances[best, 0] < SUPPORTED_AT:  # nothing supports it: the likeliest contradiction explains best
            best = int((chances[:, 1] + 1e-3 * chances[:, 0]).argmax()) if chances[:, 1].max() >= 0.4 else best
        return _report(claim, found[best], chances[best])

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Calibrated probabilities of shape (n, 3), in the order of LABELS, for (evidence, claim) pairs."""
        chances = self._judge.probabilities(pairs)
        for row, (evidence, claim) in enumerate(pairs):
            differences = compare_all(claim, evidence)
            if said_word_for_word(claim, evidence):
                chances[row] = (0.99, 0.005, 0.005)
            elif any(difference.certain for difference in differences):  # the veto
                chances[row] = (0.02, 0.9, 0.08)
            elif not differences and shortened(claim, evidence):
                chances[row] = (0.9, 0.05, 0.05)
        return chances


def plain(text: str) -> str:
    """The text in lower case without punctuation at its ends and with single spaces."""
    return " ".join(text.lower().split()).strip(" .!;:")


def said_word_for_word(claim: str, evidence: str) -> bool:
    """Whether the claim is whole sentences of the evidence; a sentence without its last condition is not."""
    wanted = re.escape(plain(claim))
    return re.search(rf"(?:^|[.!?;:] ){wanted}(?:[.!?;:]|$)", plain(evidence)) is not None


_CONDITIONS = frozenset(
    "if unless except provided until once when where only subject whether save after before".split()
)


def shortened(claim: str, evidence: str) -> bool:
    """Whether the claim is a sentence of the evidence with words left out, no condition among them, and none added
    or moved."""
    wanted = re.findall(r"\w+", claim.lower())
    for start, end in split_sentences(evidence):
        own = re.findall(r"\w+", evidence[start:end].lower())
        words = iter(own)
        if all(word in words for word in wanted):
            return not (_CONDITIONS & set(own)) - set(wanted)
    return False


def _report(claim: str, window: Window, chances: np.ndarray) -> ClaimReport:
    supported = bool(chances[0] >= SUPPORTED_AT)
    label = "supported" if supported else ("contradicted" if chances[1] >= chances[2] else "not_stated")
    differences = compare_all(claim, window.text)
    return ClaimReport(
        text=claim, label=label, supported=supported, score=round(float(chances[0]), 4),  # type: ignore[arg-type]
        why=_why(label, differences), source=window.source, start=window.start, end=window.end,
    )  # fmt: skip


def _why(label: str, differences: Sequence[Difference]) -> str:
    if label == "supported":
        return "The source says so."
    if differences:
        worst = max(differences, key=lambda difference: (difference.certain, difference.severity))
        return worst.words()
    if label == "contradicted":
        return "The source says something that does not fit with this."
    return "The source does not say this."


@functools.cache
def default_checker(hub_model: str | None = None) -> GroundingChecker:
    """The shipped checker, or one around a hub model; loaded once a process."""
    if hub_model:
        return GroundingChecker(HubEntailment(hub_model))
    return GroundingChecker(JoinedJudge.load())


def check_grounding(text: str, sources: list[str]) -> GroundingReport:
    """Check a text against its sources.

    Args:
        text: what is claimed, any number of sentences; citation markers such as [1] are ignored.
        sources: the texts it should rest on.

    Raises:
        InputError: the arguments are not a text and a list of texts.
    """
    if not isinstance(text, str) or isinstance(sources, str) or not all(isinstance(s, str) for s in sources):
        raise InputError("check_grounding takes a text and a list of source texts.")
    from assistant.settings import load_settings

    return default_checker(load_settings().grounding_model).check(text, sources)
