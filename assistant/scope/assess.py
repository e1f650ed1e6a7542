"""From a judgement to the three answers: the rule table, the explanation, the steps and the deciding question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assistant.scope.anchors import AnchorBook, NearExample
from assistant.scope.judge import Judgement, ScopeJudge
from assistant.scope.nearest import CaseLibrary
from assistant.types import Basis, Citation, Criterion, ScopeAssessment, Step, Verdict
from knowledge.scope_rules import Row, ScopeRules

IN_SCOPE_FLOOR = 0.75
OUT_OF_SCOPE_FLOOR = 0.5
CLINICAL_CEILING = 0.08
ASK_BELOW = 0.8
MAX_QUESTIONS = 3
PURPOSE = "purpose_stated"
_YES_OR_NO = re.compile(r"^\W*(?:yes|no|yeah|yep|nope|correct|never)\b[\s,.;:-]*", re.IGNORECASE)
ORDER: tuple[Verdict, ...] = ("in_scope", "out_of_scope", "needs_assessment")


@dataclass(frozen=True)
class Reply:
    """A reply to a deciding question: the criterion it was about, the words, and the finding they amount to."""

    criterion: str
    question: str
    words: str
    finding: str | None

    def told(self) -> str:
        """What the reply adds to the description: all of it, or what follows a yes or a no; empty for a bare one."""
        body = _YES_OR_NO.sub("", self.words).strip(" .")
        if self.finding is None:
            body = self.words.strip(" .")
        return f"{body[:1].upper()}{body[1:]}." if len(body.split()) >= 3 and self.finding != "unclear" else ""


class ScopeAssessor:
    """Judges a description and explains the verdict."""

    def __init__(self, judge: ScopeJudge, rules: ScopeRules, anchors: AnchorBook, library: CaseLibrary) -> None:
        self._judge = judge
        self._rules = rules
        self._anchors = anchors
        self._library = library

    @property
    def model_id(self) -> str:
        """Which judge is at work."""
        return self._judge.model_id

    def assess(
        self,
        description: str,
        replies: tuple[Reply, ...] = (),
        organisation: str | None = None,
        example: NearExample | None = None,
    ) -> ScopeAssessment:
        """The assessment of one described use, given the replies to deciding questions so far.

        `example` is a worked example that is known to be of this use; without it the most similar one is looked up.
        """
        told = " ".join([description, *(words for reply in replies if (words := reply.told()))])
        known = {reply.criterion: reply.finding for reply in replies if reply.finding is not None}
        first = self._judge.judge(told)
        judgement = first.given(known) if known else first
        verdict, row, findings, confidence = self._decide(judgement)
        mapped = example or self._anchors.nearest_example(told)
        if row.decided_by == PURPOSE and mapped is not None and (named := self._by_example(judgement, mapped)):
            verdict, row, findings, confidence = named
        asked = {reply.criterion for reply in replies}
        ask = self._deciding_question(judgement, verdict, confidence, asked, self._left_open(row, findings))
        test = self._rules.test(row.decided_by)
        criteria = self._criteria(judgement, findings)
        if example is not None and example.verdict != verdict:
            mapped = self._anchors.nearest_example(told)
        example = mapped if mapped is not None and mapped.verdict == verdict else None
        basis: Basis = example.basis if example else "inference"
        steps = self._steps(findings, organisation)
        return ScopeAssessment(
            description=description, verdict=verdict, confidence=confidence, criteria=criteria,
            device=row.device, device_why=self._device_why(row), before_use=steps, basis=basis,
            ask=self._rules.test(ask).ask if ask else None, ask_criterion=ask,
            contact=self._contact(findings), why=row.because, would_change=self._would_change(findings, verdict),
            changed=self._changes(first, judgement, verdict) if known else (),
            nearest=self._library.nearest(first.vector, findings), rule=row.id,
            citations=self._citations(test.name, example.citation if example else None),
            answers=tuple((reply.question, reply.words) for reply in replies),
        )  # fmt: skip

    def compare(self, before: ScopeAssessment, after: ScopeAssessment) -> ScopeAssessment:
        """`after`, with what differs from `before` in words."""
        old = {criterion.id: criterion for criterion in before.criteria}
        changes = [f"Before: {VERDICT_WORDS[before.verdict]}. Now: {VERDICT_WORDS[after.verdict]}."]
        changes += [
            f"{criterion.question} Was {old[criterion.id].finding}, is now {criterion.finding}."
            for criterion in after.criteria
            if old[criterion.id].finding != criterion.finding
        ]
        if before.verdict == after.verdict:
            changes[0] = f"The verdict stays the same: {VERDICT_WORDS[after.verdict]}."
        return after.model_copy(update={"changed": tuple(changes)})

    def _decide(self, judgement: Judgement) -> tuple[Verdict, Row, dict[str, str], float]:
        """Verdict, deciding row, findings and confidence.

        The errors are not equal: "in scope" needs a clear majority and hardly any clinical probability.
        """
        chances = judgement.verdicts(self._rules)
        verdict = max(ORDER, key=lambda name: chances[name])
        if verdict == "in_scope" and (
            chances["in_scope"] < IN_SCOPE_FLOOR or chances["out_of_scope"] > CLINICAL_CEILING
        ):
            verdict = "needs_assessment"
        if verdict == "out_of_scope" and chances["out_of_scope"] < OUT_OF_SCOPE_FLOOR:
            verdict = "needs_assessment"
        row, findings = self._explain(judgement, verdict, chances[verdict])
        return verdict, row, findings, float(chances[verdict])

    def _by_example(
        self, judgement: Judgement, example: NearExample
    ) -> tuple[Verdict, Row, dict[str, str], float] | None:
        """Verdict, row, findings and confidence for a kind of use that is only named, but that the scope map knows.

        The map says what such a use is for. It cannot bring "in scope" where the judge sees a clinical side.
        """
        clinical = judgement.verdicts(self._rules)["out_of_scope"] > CLINICAL_CEILING
        if example.verdict == "in_scope" and clinical:
            return None
        row, findings = self._explain(judgement.given({PURPOSE: "yes"}), example.verdict, 1.0)
        return (example.verdict, row, findings, example.fit) if row.verdict == example.verdict else None

    def _explain(self, judgement: Judgement, verdict: str, chance: float) -> tuple[Row, dict[str, str]]:
        """The likeliest pattern that leads to the verdict; when doubt alone led to it, the row for doubt."""
        order = np.argsort(-judgement.probabilities, kind="stable")
        for index in order:
            findings = judgement.findings(int(index))
            row = self._rules.decide(findings)
            if row.verdict == verdict:
                break
        if verdict == "needs_assessment" and chance < judgement.probabilities[order[0]]:
            findings = self._with_doubt(judgement)
            row = self._rules.decide(findings)
        return row, findings

    def _with_doubt(self, judgement: Judgement) -> dict[str, str]:
        """Findings in which whatever is not sure is unclear."""
        findings: dict[str, str] = {}
        for test in self._rules.tests:
            chances = judgement.marginal(test.name)
            best = max(chances, key=lambda name: chances[name])
            findings[test.name] = best if chances[best] >= 0.85 else "unclear"
        if self._rules.decide(findings).verdict != "needs_assessment":
            findings["derives_or_acts"], findings["medical_purpose"] = "unclear", "unclear"
            findings["iai_sees_identifiable"] = "no"
        return findings

    def _left_open(self, row: Row, findings: Mapping[str, str]) -> str | None:
        """The test on which the description itself leaves the verdict open, if it does."""
        finding = findings[row.decided_by]
        return row.decided_by if finding == "unclear" or (row.decided_by, finding) == (PURPOSE, "no") else None

    def _deciding_question(
        self, judgement: Judgement, verdict: str, confidence: float, asked: set[str], left_open: str | None
    ) -> str | None:
        """The test that the description leaves open, or else the one whose yes or no would settle most: the largest
        expected drop in verdict entropy.
        """
        if len(asked) >= MAX_QUESTIONS:
            return None
        if left_open is not None and left_open not in asked:
            return left_open
        chances = judgement.verdicts(self._rules)
        if max(chances.values()) >= 0.95:
            return None
        if verdict != "needs_assessment" and confidence >= ASK_BELOW:
            return None
        now = _entropy(chances.values())
        best, gain = None, 0.05
        for test in self._rules.tests:
            if test.name in asked or test.name == "identifiable_patient_data":
                continue
            expected = 0.0
            total = 0.0
            for finding, chance in judgement.marginal(test.name).items():
                if finding != "unclear" and chance > 0:
                    total += chance
                    expected += chance * _entropy(judgement.given({test.name: finding}).verdicts(self._rules).values())
            drop = now - expected / total if total > 0 else 0.0
            if drop > gain:
                best, gain = test.name, drop
        return best

    def _criteria(self, judgement: Judgement, findings: Mapping[str, str]) -> tuple[Criterion, ...]:
        return tuple(
            Criterion(
                id=test.id, question=test.question, finding=findings[test.name],  # type: ignore[arg-type]
                probability=min(1.0, judgement.marginal(test.name)[findings[test.name]]),
                why=test.explain[findings[test.name]],  # type: ignore[index]
                citations=self._anchors.cite(test.cite),
            )
            for test in self._rules.tests
        )  # fmt: skip

    def _steps(self, findings: Mapping[str, str], organisation: str | None) -> tuple[Step, ...]:
        return tuple(
            Step(text=rule.text, applies_to=rule.applies_to, role=rule.role, citations=self._anchors.cite(rule.cite))
            for rule in self._rules.steps
            if rule.holds(findings) and (organisation is None or not rule.applies_to or organisation in rule.applies_to)
        )

    def _device_why(self, row: Row) -> str:
        return {
            "yes": "A tool meant for diagnosis, monitoring, prediction or treatment is likely to be a medical device.",
            "no": "Nothing in the description points to a medical purpose, so it is unlikely to be a medical device.",
            "depends": "Its device status depends on its maker's intended purpose, which the description leaves open.",
        }[row.device]  # fmt: skip

    def _contact(self, findings: Mapping[str, str]) -> str:
        if findings["iai_sees_identifiable"] != "no":
            return "Caldicott Guardian"
        if findings["medical_purpose"] != "no" or findings["derives_or_acts"] != "no":
            return "clinical safety officer"
        if findings["touches_record_or_pathway"] != "no":
            return "clinical safety officer"
        if findings["serious_effect_on_person"] != "no":
            return "data protection officer"
        return "information governance lead"

    def _would_change(self, findings: Mapping[str, str], verdict: str) -> tuple[str, ...]:
        """For each test, whether the opposite finding alone would give another verdict, in words."""
        changes: list[str] = []
        for test in self._rules.tests:
            current = findings[test.name]
            for other in ("yes", "no"):
                if other == current:
                    continue
                flipped = self._rules.decide({**findings, test.name: other})
                if flipped.verdict != verdict:
                    changes.append(
                        f"If the answer to “{test.question}” were {other}: {VERDICT_WORDS[flipped.verdict]}."
                    )
        return tuple(changes[:4])

    def _changes(self, before: Judgement, after: Judgement, verdict: str) -> tuple[str, ...]:
        previous, _, _, _ = self._decide(before)
        if previous == verdict:
            return ()
        return (f"Before your reply: {VERDICT_WORDS[previous]}. Now: {VERDICT_WORDS[verdict]}.",)

    def _citations(self, test_name: str, example: Citation | None) -> tuple[Citation, ...]:
        cited = list(self._anchors.cite(self._rules.test(test_name).cite))
        if example is not None:
            cited.append(example)
        return tuple(citation.model_copy(update={"number": number}) for number, citation in enumerate(cited, start=1))


VERDICT_WORDS = {
    "in_scope": "fits the Charter's reported focus",
    "out_of_scope": "outside the Charter's reported focus",
    "needs_assessment": "needs assessment",
}


def _entropy(chances: object) -> float:
    values = np.array([value for value in chances if value > 0])  # type: ignore[attr-defined]
    return float(-(values * np.log(values)).sum())
