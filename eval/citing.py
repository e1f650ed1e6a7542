"""Are the citations of an answer what they say they are, and do they bear out the sentences?

Citation recall and precision follow ALCE (Gao et al. 2023) to the letter, with the project's checker in the place of
its entailment model: *recall* is the share of sentences that their cited passages, joined, entail (a sentence without
a citation counts as not entailed); a citation is *precise* when its sentence is entailed and it either entails the
sentence alone or cannot be left out without losing the entailment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.types import Answer, Citation
from eval.lab import Checker, Subject

_MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class JudgedSentence:
    """A sentence of an answer: whether its citations entail it, and which of them are precise.

    `verbatim` when it repeats a cited quote word for word, which needs no checker.
    """

    text: str
    quotes: tuple[str, ...]
    verbatim: bool
    entailed: bool
    precise: tuple[bool, ...]


def citation_problem(citation: Citation, assistant: Subject) -> str | None:
    """What is wrong with a citation: unknown source, quote not there to the character, another title or address."""
    try:
        source = assistant.source_view(citation.source_id)
    except Exception as error:
        return f"source {citation.source_id} cannot be opened: {error}"
    if source.text[citation.start : citation.end] != citation.quote:
        return f"the quote is not at {citation.start}–{citation.end} of {citation.source_id}"
    if (citation.title, citation.url) != (source.title, source.url):
        return f"title or address differ from the register of {citation.source_id}"
    return None


def answer_problems(answer: Answer) -> list[str]:
    """What is wrong with the numbering: gaps, markers without a citation, sentences that name numbers not there."""
    numbers = [citation.number for citation in answer.citations]
    problems = []
    if numbers != list(range(1, len(numbers) + 1)):
        problems.append(f"citations are numbered {numbers}")
    markers = {int(found) for found in _MARKER.findall(answer.text)} if answer.citations else set()
    if markers - set(numbers):
        problems.append(f"the text marks {sorted(markers - set(numbers))}, which are not cited")
    named = {number for sentence in answer.sentences for number in sentence.citations}
    if named - set(numbers):
        problems.append(f"sentences name {sorted(named - set(numbers))}, which are not cited")
    return problems


def judge_sentences(answer: Answer, checker: Checker) -> list[JudgedSentence]:
    """Judge every sentence of an answer against what it cites."""
    quotes = {citation.number: citation.quote for citation in answer.citations}
    return [
        judge_sentence(sentence.text, [quotes[number] for number in sentence.citations if number in quotes], checker)
        for sentence in answer.sentences
    ]


def judge_sentence(text: str, quotes: Sequence[str], checker: Checker) -> JudgedSentence:
    """Judge one sentence against its quotes."""
    if text in quotes:
        precise = tuple(quote == text or _entails(text, [quote], checker) for quote in quotes)
        return JudgedSentence(text, tuple(quotes), True, True, precise)
    entailed = _entails(text, quotes, checker)
    precise = tuple(entailed and _needed(text, quotes, row, checker) for row in range(len(quotes)))
    return JudgedSentence(text, tuple(quotes), False, entailed, precise)


def _needed(text: str, quotes: Sequence[str], row: int, checker: Checker) -> bool:
    if len(quotes) == 1 or _entails(text, [quotes[row]], checker):
        return True
    return not _entails(text, [quote for other, quote in enumerate(quotes) if other != row], checker)


def _entails(text: str, quotes: Sequence[str], checker: Checker) -> bool:
    return bool(quotes) and checker.check_pair(text, " ".join(quotes)).supported
