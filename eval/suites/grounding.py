"""The checker judged before its verdicts are believed: on labelled claims, and on true sentences broken by rule."""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.training.mutations import Mutation, mutate
from assistant.training.paraphrases import paraphrase
from eval.cases import Cases, ClaimCase, sample
from eval.lab import Lab, Subject
from eval.results import Bars, Curves, Item, Metric, Part, Series, SuiteResult, Table
from eval.selftest import auroc_metrics
from eval.statistics import (
    Estimate,
    balanced_accuracy,
    bootstrap,
    brier,
    equal_mass_bins,
    expected_calibration_error,
    share,
)  # fmt: skip
from knowledge.sentences import split_sentences

SUITE = "grounding"
PARTS: tuple[Part, ...] = ("tuning", "locked")
NEAR_COPIES = frozenset(("near_copy", "verbatim"))
NAMED_DOMAINS = 3
EDIT_WORDS = 4
OWN_TEXT, OTHER_TEXT = "our sources", "other texts"
MUTATION_CLASSES = (
    "number", "date", "negation", "entity_swap", "citation_swapped", "role_swap", "modality", "quantifier",
    "condition_dropped", "scope_widened", "false_join", "extra_clause",
)  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """A claim with the checker's verdict and its probability of being supported."""

    case: ClaimCase
    supported: bool
    score: float
    why: str

    @property
    def true(self) -> bool:
        """Whether the claim really is supported."""
        return self.case.label == "supported"


def judge_claims(cases: Sequence[ClaimCase], lab: Lab) -> list[Judged]:
    """The checker's verdict on each claim."""
    reports = zip(cases, lab.check(cases), strict=True)
    return [Judged(case, report.supported, report.score, report.why) for case, report in reports]


def run(assistant: Subject, cases: Cases, lab: Lab) -> SuiteResult:
    """Judge the claims and the mutations."""
    judged = judge_claims(sample(cases.claims, lab.effort.claims), lab)
    metrics: list[Metric] = []
    plots: list[Curves | Bars] = []
    tables: list[Table] = []
    for part in PARTS:
        for where, inside in (("in_domain", True), ("unrelated", False)):
            of = [item for item in judged if item.case.part == part and item.case.in_domain == inside]
            if of:
                metrics += _claim_metrics(of, part, where, lab)
                tables.append(_by_kind(of, f"{where.replace('_', ' ')}, {part}"))
    if judged:
        plots.append(_reliability(judged))
    broken = _mutations(assistant, cases, lab)
    metrics += _mutation_metrics(broken)
    tables.append(_mutation_table(broken))
    plots += _mutation_bars(broken)
    return SuiteResult(SUITE, tuple(metrics), tuple(map(_item, judged)), tuple(tables), tuple(plots))


def is_single_edit(case: ClaimCase, supported: Iterable[str]) -> bool:
    """Whether a claim differs from a supported one, or from a sentence of the passage, in one run of a few words."""
    sentences = [case.source[start:end] for start, end in split_sentences(case.source)]
    return any(_one_edit(case.claim.split(), other.split()) for other in (*supported, *sentences))


def _one_edit(one: Sequence[str], other: Sequence[str]) -> bool:
    changed = [op for op in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes() if op[0] != "equal"]
    return len(changed) == 1 and max(changed[0][2] - changed[0][1], changed[0][4] - changed[0][3]) <= EDIT_WORDS


def _claim_metrics(of: Sequence[Judged], part: Part, where: str, lab: Lab) -> list[Metric]:
    groups = [item.case.group for item in of]
    truth, said = [item.true for item in of], [item.supported for item in of]
    name = f"{SUITE}.{where}"
    found: list[Metric] = []
    if any(truth) and not all(truth):
        accuracy = bootstrap(
            len(of), lambda rows: balanced_accuracy([truth[r] for r in rows], [said[r] for r in rows]), groups,
            min(500, lab.effort.resamples),
        )  # fmt: skip
        found.append(Metric(f"{name}_balanced_accuracy", f"balanced accuracy, {_words(where)}", part, accuracy))
        scores = [item.score for item in of]
        calibration = bootstrap(
            len(of),
            lambda rows: expected_calibration_error([scores[r] for r in rows], [truth[r] for r in rows]),
            groups,
            300,
        )
        found.append(Metric(f"{name}_ece", f"calibration error, {_words(where)}", part, calibration, "lower"))
        squared = bootstrap(
            len(of), lambda rows: brier([scores[r] for r in rows], [truth[r] for r in rows]), groups, 300
        )
        found.append(Metric(f"{name}_brier", f"Brier score, {_words(where)}", part, squared, "lower"))
    fair = [item for item in of if item.true and item.case.kind not in NEAR_COPIES]
    if fair:
        alarms = share([not item.supported for item in fair], [item.case.group for item in fair])
        found.append(
            Metric(f"{name}_false_alarms", f"false alarms on fair paraphrase, {_words(where)}", part, alarms, "lower")
        )
    edits = _single_edits(of)
    if edits:
        accepted = share([item.supported for item in edits], [item.case.group for item in edits])
        found.append(
            Metric(
                f"{name}_single_edit_accepted",
                f"single-edit falsifications accepted, {_words(where)}",
                part,
                accepted,
                "lower",
            )
        )
    up = [item.score for item in of if item.true]
    down = [item.score for item in of if item.case.label == "contradicted"]
    found += auroc_metrics(
        f"{name}_contradiction_auroc", f"support against contradiction, {_words(where)}", part, up, down, lab
    )
    return found


def _single_edits(of: Sequence[Judged]) -> list[Judged]:
    siblings: dict[str, list[str]] = {}
    for item in of:
        if item.true:
            siblings.setdefault(item.case.group, []).append(item.case.claim)
    wrong = [item for item in of if item.case.label == "contradicted"]
    return [item for item in wrong if is_single_edit(item.case, siblings.get(item.case.group, []))]


@dataclass(frozen=True)
class Broken:
    """A mutation of a text of one domain, and whether the checker accepted it."""

    mutation: Mutation
    domain: str
    accepted: bool


def _mutations(assistant: Subject, cases: Cases, lab: Lab) -> list[Broken]:
    """At most `effort.mutations` of each class and text: our own sources, the largest unrelated domains, all others."""
    texts = {OWN_TEXT: [unit.text for unit in assistant.index.units]}
    unrelated = [case for case in cases.claims if not case.in_domain]
    largest = [name for name, _ in Counter(case.domain for case in unrelated).most_common(NAMED_DOMAINS)]
    for case in unrelated:
        texts.setdefault(case.domain if case.domain in largest else OTHER_TEXT, []).append(case.source)
    drawn: list[tuple[str, Mutation]] = []
    for domain, found in texts.items():
        drawn += [(domain, mutation) for mutation in _draw(_sentences(found), lab.effort.mutations, lab.seed)]
    broken = []
    for number, (domain, mutation) in enumerate(drawn, start=1):
        broken.append(Broken(mutation, domain, lab.checker.check_pair(mutation.claim, mutation.source).supported))
        lab.tick("checking broken sentences", number, len(drawn))
    return broken


def _sentences(texts: Sequence[str]) -> list[str]:
    """Every sentence of the texts once, in an order that does not depend on where it stands."""
    found = {text[start:end] for text in dict.fromkeys(texts) for start, end in split_sentences(text)}
    return sorted(found, key=lambda sentence: hashlib.sha256(sentence.encode()).hexdigest())


def _draw(sentences: Sequence[str], limit: int, seed: int) -> list[Mutation]:
    counts: dict[str, int] = {}
    drawn: list[Mutation] = []
    makers: tuple[Callable[[str, Sequence[str]], tuple[Mutation, ...]], ...] = (
        lambda sentence, others: mutate(sentence, others, seed),
        lambda sentence, others: paraphrase(sentence, seed),
    )
    for place, sentence in enumerate(sentences):
        others = [other for other in sentences[place + 1 : place + 9]] or list(sentences[:8])
        for mutation in (made for maker in makers for made in maker(sentence, others)):
            if counts.get(mutation.kind, 0) < limit:
                counts[mutation.kind] = counts.get(mutation.kind, 0) + 1
                drawn.append(mutation)
        if len(counts) == len(MUTATION_CLASSES) + 1 and min(counts.values()) >= limit:
            break
    return drawn


def _detected(broken: Sequence[Broken]) -> Estimate:
    return share([not item.accepted for item in broken], [item.mutation.source for item in broken])


def _mutation_metrics(broken: Sequence[Broken]) -> list[Metric]:
    found: list[Metric] = []
    for where, own in (("own", True), ("unrelated", False)):
        of = [item for item in broken if (item.domain == OWN_TEXT) == own]
        for kind in MUTATION_CLASSES:
            some = [item for item in of if item.mutation.kind == kind]
            if some:
                title = f"broken by {kind.replace('_', ' ')} detected, {'our sources' if own else 'unrelated texts'}"
                found.append(Metric(f"{SUITE}.{where}_{kind}", title, "all", _detected(some)))
        fair = [item for item in of if item.mutation.label == "supported"]
        if fair:
            alarms = share([not item.accepted for item in fair], [item.mutation.source for item in fair])
            title = f"false alarms on paraphrase by rule, {'our sources' if own else 'unrelated texts'}"
            found.append(Metric(f"{SUITE}.{where}_paraphrase_alarms", title, "all", alarms, "lower"))
    return found


def _mutation_table(broken: Sequence[Broken]) -> Table:
    domains = list(dict.fromkeys(item.domain for item in broken))
    kinds = [*MUTATION_CLASSES, "paraphrase"]
    rows = []
    for kind in kinds:
        cells = []
        for domain in domains:
            some = [item for item in broken if item.mutation.kind == kind and item.domain == domain]
            cells.append(f"{sum(not i.accepted for i in some) / len(some):.2f} (n {len(some)})" if some else "–")
        rows.append((kind.replace("_", " "), *cells))
    return Table(
        "Share judged not supported, by class of mutation and domain (paraphrase: lower is better)",
        ("class", *domains),
        tuple(rows),
    )


def _mutation_bars(broken: Sequence[Broken]) -> list[Bars]:
    kinds = [kind for kind in MUTATION_CLASSES if any(item.mutation.kind == kind for item in broken)]
    if not kinds:
        return []
    estimates = tuple(_detected([item for item in broken if item.mutation.kind == kind]) for kind in kinds)
    return [
        Bars("grounding_mutations", "Broken sentences detected, all domains", "share detected", tuple(kinds), estimates)
    ]


def _by_kind(of: Sequence[Judged], where: str) -> Table:
    rows = []
    for label in ("supported", "contradicted", "not_stated"):
        for kind in sorted({item.case.kind for item in of if item.case.label == label}):
            some = [item for item in of if item.case.label == label and item.case.kind == kind]
            right = sum(item.supported == item.true for item in some)
            rows.append((label.replace("_", " "), kind.replace("_", " "), str(len(some)), f"{right / len(some):.2f}"))
    return Table(f"Claims by kind ({where})", ("label", "kind", "n", "judged rightly"), tuple(rows))


def _reliability(judged: Sequence[Judged]) -> Curves:
    series = []
    for name, inside in (("in domain", True), ("unrelated", False)):
        of = [item for item in judged if item.case.in_domain == inside]
        if of:
            table = equal_mass_bins([item.score for item in of], [item.true for item in of])
            series.append(Series(name, tuple(row.said for row in table), tuple(row.true for row in table)))
    return Curves(
        "grounding_reliability",
        "Reliability of the support score",
        "probability said",
        "share supported",
        tuple(series),
        True,
    )


def _item(item: Judged) -> Item:
    case = item.case
    return Item(
        SUITE, case.id, case.part, case.claim, case.label, "supported" if item.supported else "not supported",
        item.supported == item.true,
        {"kind": case.kind, "domain": case.domain, "score": item.score, "why": item.why, "source": case.source},
    )  # fmt: skip


def _words(where: str) -> str:
    return where.replace("_", " ")
