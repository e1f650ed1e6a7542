"""Names of patients and other private persons.

A name counts when something personal is said of its bearer: a title, a relation or a label says that the capitalised
word is a person, and a place in a ward, an age, a state of health, treatment or an identifier says why the person is
talked of. Holders of an office, members of staff, organisations and products have the first or neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.guard.found import Found
from assistant.guard.predicates import Mention, is_about_care, is_staff, says_something_personal
from assistant.guard.tokens import Token, sentences_of
from assistant.guard.words import CARE_NOUNS, FUNCTION_WORDS, is_common, is_condition, is_name_word

_PRIVATE_TITLES = frozenset("mr mrs ms miss mx master mstr".split())
_PUBLIC_TITLES = frozenset("dr prof professor sir dame lord lady baroness rev reverend nurse sister minister".split())
_PATIENT = frozenset("patient pt client resident inpatient outpatient".split())
_PATIENT_LIKE = _PATIENT | frozenset("baby child toddler infant".split())
_FAMILY = frozenset(
    """mum mom dad mother father son daughter husband wife partner brother sister gran granny nan nana grandad
    grandma grandmother grandfather grandson granddaughter aunt auntie uncle cousin niece nephew baby child
    toddler neighbour friend boyfriend girlfriend fiancé""".split()
)
_PERSON = _PATIENT_LIKE | frozenset(
    "lady woman man gentleman boy girl person someone lad teenager pensioner caller user".split()
)
_OWNERS = frozenset("my our her his their your the a an this that".split())
_NEVER_A_SURNAME = FUNCTION_WORDS | CARE_NOUNS
_LABEL = re.compile(
    r"(?P<label>(?i:\b(?:(?:patient|pt|full|client|resident|child|her|his|their|service user|carer|mother)(?:'?s)?\s"
    r"(?:full |first |last )?name|surname|forenames?|first name|last name|patient|pt)))"
    r"\s?(?P<link>[:=]|(?i:is)\b|-)\s?"
    r"(?P<name>[^\W\d_][\w'-]+(?:,? [^\W\d_][\w'-]+){0,2})"
)
_IDENTIFYING = frozenset(("nhs_number", "date_of_birth", "hospital_number", "address", "ni_number"))
_BESIDE = 25  # characters between a name and an identifier that belong together


@dataclass(frozen=True)
class _Sentence:
    tokens: list[Token]

    def name_end(self, index: int, titled: bool = False) -> int:
        """Index after the words of the name that begins at `index`; `index` itself when none does."""
        end = index
        while end < len(self.tokens) and end - index < 4 and self._continues(index, end, titled):
            end += 1
            if self.tokens[end - 1].gap not in (" ", ". ") or self.tokens[end - 1].possessive:
                break
        while end > index + 1 and len(self.tokens[end - 1].text) == 1 and titled:
            end -= 1
        return end

    def _continues(self, first: int, index: int, titled: bool) -> bool:
        word = self.tokens[index].text
        if index > first and len(word) == 1:
            return word.isupper() and word != "I"
        if titled and index == first and len(word) == 1 and index + 1 < len(self.tokens):
            return (
                word.isupper() and self.tokens[index].gap in (" ", ". ") and is_name_word(self.tokens[index + 1].text)
            )
        if titled and index == first:
            bare = word.removesuffix("'s")
            return (
                len(bare) > 1
                and bare[0].isupper()
                and bare.lower() not in _NEVER_A_SURNAME
                and not ("-" in bare and is_common(bare))
            )
        return is_name_word(word)


class _Neighbours:
    """Answers whether an identifying piece stands beside a name."""

    def __init__(self, pieces: list[Found]) -> None:
        self._near: set[int] = set()
        for piece in pieces:
            self._near.update(range(piece.start - _BESIDE, piece.start))
            self._near.update(range(piece.end, piece.end + _BESIDE))

    def near(self, sentence: _Sentence, first: int, end: int) -> bool:
        return sentence.tokens[end - 1].end in self._near or sentence.tokens[first].start - 1 in self._near


def find_names(text: str, identifiers: list[Found]) -> list[Found]:
    """Names of private persons in a folded text. `identifiers` are what else was found in it."""
    beside = _Neighbours([piece for piece in identifiers if piece.kind in _IDENTIFYING])
    found = list(_labelled(text))
    for tokens in sentences_of(text):
        sentence = _Sentence(tokens)
        index = 0
        while index < len(tokens):
            span = next((span for span in _readings(sentence, index, beside)), None)
            if span:
                first, end = span
                last = tokens[end - 1]
                found.append(Found("name", tokens[first].start, last.end - (_suffix(last.text))))
            index = span[1] if span else index + 1
    return found


def _suffix(word: str) -> int:
    return 2 if word.endswith("'s") else (1 if word.endswith("'") else 0)


def _labelled(text: str) -> Iterator[Found]:
    for match in _LABEL.finditer(text):
        words = re.findall(r"[\w'-]+", match.group("name"))
        kept = 0
        while kept < len(words) and is_name_word(words[kept]):
            kept += 1
        bare_label = match.group("label").lower() in ("patient", "pt")
        if kept == 0 or (bare_label and (match.group("link") != ":" or kept < 2)):
            continue
        end = match.start("name")
        for word in words[:kept]:
            end = text.index(word, end) + len(word)
        yield Found("name", match.start("name"), end)


def _readings(sentence: _Sentence, index: int, beside: _Neighbours) -> Iterator[tuple[int, int]]:
    """The ways to read a personal name at a word, each as (first, end) word indexes."""
    yield from _titled(sentence, index, beside)
    yield from _related(sentence, index)
    yield from _called(sentence, index)
    yield from _bare(sentence, index, beside)


def _titled(sentence: _Sentence, index: int, beside: _Neighbours) -> Iterator[tuple[int, int]]:
    token = sentence.tokens[index]
    public = token.lower in _PUBLIC_TITLES
    if token.lower not in _PRIVATE_TITLES and not public and token.text != "Baby":
        return
    if token.gap.strip(".") != " ":
        return
    if token.text[0].isupper():
        end = sentence.name_end(index + 1, titled=True)
    else:
        end = index + 2 if _lower_case_name(sentence, index) else index + 1
    if end == index + 1:
        return
    mention = Mention(sentence.tokens, index, end, public=public, bare=False)
    if says_something_personal(mention) or (not public and beside.near(sentence, index, end)):
        yield index, end


def _lower_case_name(sentence: _Sentence, index: int) -> bool:
    """ "mrs okafor": only after an unmistakable title, and only a word that is nothing else."""
    if sentence.tokens[index].lower not in ("mr", "mrs") or index + 1 >= len(sentence.tokens):
        return False
    word = sentence.tokens[index + 1].lower.removesuffix("'s")
    return len(word) > 2 and word.isalpha() and not is_common(word) and not is_condition(word)


def _related(sentence: _Sentence, index: int) -> Iterator[tuple[int, int]]:
    tokens = sentence.tokens
    cue = tokens[index].lower
    patient, family = _is_patient(tokens, index), cue in _FAMILY
    if not (patient or family) or tokens[index].gap.strip() not in ("", ",", ":", "(", "-"):
        return
    end = sentence.name_end(index + 1)
    if end == index + 1 or (family and (index == 0 or tokens[index - 1].lower not in _OWNERS) and index > 0):
        return
    mention = Mention(tokens, index + 1, end, public=False, bare=False)
    personal = says_something_personal(mention)
    if patient:
        capital = tokens[index].text[0].isupper() and index > 0
        clear = end - index > 2 and not capital and (tokens[index].gap != " " or not tokens[index].text[0].isupper())
        if personal or clear or (tokens[end - 1].possessive and not capital):
            yield index + 1, end
    elif personal or is_about_care(tokens):
        yield index + 1, end


def _is_patient(tokens: list[Token], index: int) -> bool:
    return tokens[index].lower in _PATIENT or (
        tokens[index].lower == "user" and index > 0 and tokens[index - 1].lower == "service"
    )


def _called(sentence: _Sentence, index: int) -> Iterator[tuple[int, int]]:
    tokens = sentence.tokens
    if tokens[index].lower not in ("called", "named") or index == 0:
        return
    end = sentence.name_end(index + 1)
    nouns = [token.lower for token in tokens[max(0, index - 4) : index]]
    if end == index + 1 or not any(noun in _PERSON for noun in nouns):
        return
    mention = Mention(tokens, index + 1, end, public=False, bare=False)
    if any(noun in _PATIENT_LIKE for noun in nouns) or says_something_personal(mention) or is_about_care(tokens):
        yield index + 1, end


def _bare(sentence: _Sentence, index: int, beside: _Neighbours) -> Iterator[tuple[int, int]]:
    tokens = sentence.tokens
    if not is_name_word(tokens[index].text):
        return
    end = sentence.name_end(index)
    if end == index or (
        end < len(tokens)
        and tokens[end - 1].gap == " "
        and tokens[end].text[0].isupper()
        and is_common(tokens[end].text)
    ):
        return
    shouted = [token.text.isupper() for token in tokens[index:end] if len(token.text) > 1]
    if any(shouted) and not all(shouted):
        return
    single = end - index == 1
    mention = Mention(tokens, index, end, public=False, bare=True, single=single)
    if says_something_personal(mention) or (not single and not is_staff(mention) and beside.near(sentence, index, end)):
        yield index, end
