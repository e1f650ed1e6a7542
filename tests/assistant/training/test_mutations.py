"""Mutations and paraphrases made by rule."""

from __future__ import annotations

import pytest

from assistant.training.mutations import Mutation, claim_sentences, mutate, mutations_of
from assistant.training.paraphrases import paraphrase, paraphrases_of

TEXT = (
    "The Housing Regulator informs the Fire Authority within five working days. Every landlord must publish its own "
    "report by 3 May 2021. Some tenants may appeal if the landlord agrees. Rents in Ostria rose by 4% last year. "
    "The pool was closed by the council. Ms Kell reads the letters that arrive on Mondays."
)


def by_kind(sentence: str, others: tuple[str, ...] = (), seed: int = 0) -> dict[str, Mutation]:
    return {mutation.kind: mutation for mutation in mutate(sentence, others, seed)}


def test_the_same_seed_gives_the_same_mutations() -> None:
    assert list(mutations_of(TEXT, 7)) == list(mutations_of(TEXT, 7))
    assert list(mutations_of(TEXT, 7)) != list(mutations_of(TEXT, 8))


def test_every_kind_is_made_somewhere() -> None:
    kinds = {mutation.kind for mutation in mutations_of(TEXT, 1)}
    assert kinds == {
        "number", "date", "negation", "entity_swap", "role_swap", "modality", "quantifier", "condition_dropped",
        "scope_widened", "false_join", "citation_swapped", "extra_clause",
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_every_mutation_differs_from_its_source_and_is_unsupported(seed: int) -> None:
    for mutation in mutations_of(TEXT, seed):
        assert mutation.claim != mutation.source
        assert mutation.label in ("contradicted", "not_stated")
        assert mutation.claim.endswith(".")


def test_single_edits() -> None:
    assert by_kind("The board will publish the report soon.")["negation"].claim == (
        "The board will not publish the report soon."
    )
    assert by_kind("The board will not publish the report.")["negation"].claim == "The board will publish the report."
    assert by_kind("Visitors may stay if the warden agrees to it.")["condition_dropped"].claim == "Visitors may stay."
    assert by_kind("If the wind rises, the boats must return.")["condition_dropped"].claim == "The boats must return."
    assert by_kind("Some wards took part in the study.")["scope_widened"].claim == "All wards took part in the study."


def test_roles_are_exchanged_not_lost() -> None:
    claim = by_kind("The Housing Regulator informs the Fire Authority within five working days.")["role_swap"].claim
    assert claim == "The Fire Authority informs the Housing Regulator within five working days."


def test_a_longer_phrase_shields_a_shorter_one() -> None:
    assert "quantifier" not in by_kind("The tool not only sorts letters but files them.")
    assert "no at most" not in by_kind("Keep the rice for no more than two days.")["quantifier"].claim


def test_an_acronym_is_not_swapped_for_its_own_long_form() -> None:
    others = ("The Rural Aid Board meets in May.",)
    assert "entity_swap" not in by_kind("Every claim goes to the RAB for payment.", others)


def test_a_swapped_citation_keeps_the_sentence() -> None:
    sentence = "Rents in Ostria rose by 4% last year."
    mutation = by_kind(sentence, ("The pool was closed by the council.",))["citation_swapped"]
    assert (mutation.claim, mutation.source) == (sentence, "The pool was closed by the council.")


def test_a_false_join_holds_both_facts() -> None:
    mutation = by_kind("Rents rose by 4% in Ostria last year.", ("The pool was closed by the council.",))["false_join"]
    assert mutation.source == "Rents rose by 4% in Ostria last year. The pool was closed by the council."
    assert "the pool was closed by the council" in mutation.claim


def test_fragments_are_left_out() -> None:
    assert (
        claim_sentences(
            "Too short. Does a question that is long enough count as a claim?\n\nA heading that has no stop at its end"
        )
        == []
    )


def test_paraphrases_are_supported_and_differ() -> None:
    made = list(paraphrases_of(TEXT, 3))
    assert made
    assert all(m.label == "supported" and m.claim != m.source for m in made)
    assert made == list(paraphrases_of(TEXT, 3))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The pool was closed by the council.", "The council closed the pool."),
        ("The committee met 12 times in the year.", "The committee met twelve times in the year."),
        ("The committee met twelve times in the year.", "The committee met 12 times in the year."),
        ("If the wind rises, the boats return.", "The boats return if the wind rises."),
        ("Rents rose by 4% last year.", "Rents rose by 4 per cent last year."),
    ],
)
def test_rules(sentence: str, expected: str) -> None:
    assert expected in [m.claim for m in paraphrase(sentence)]
