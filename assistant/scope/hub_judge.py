"""A judge around a hub NLI model: each test's "yes" sentence is put to it as a hypothesis about the description."""

from __future__ import annotations

import itertools

import numpy as np

from assistant.grounding.entailment import HubEntailment
from assistant.scope.judge import DECIDING, IDENTIFIABLE, Judgement
from assistant.scope.labels import FINDINGS
from knowledge.embedding import default_embeddings
from knowledge.encoders.encoder import softmax
from knowledge.scope_rules import ScopeRules


class HubJudge:
    """Judges each test by itself: entailed means yes, contradicted no, neither unclear."""

    def __init__(self, model: str, rules: ScopeRules) -> None:
        self._entailment = HubEntailment(model)
        self._hypotheses = {test.name: test.explain["yes"] for test in rules.tests}
        self._patterns = tuple(itertools.product(FINDINGS, repeat=len(DECIDING)))
        self.model_id = f"hub judge {model}"

    def judge(self, description: str) -> Judgement:
        """Judge one description; the tests are taken as independent."""
        names = (*DECIDING, IDENTIFIABLE)
        logits = self._entailment.logits([(description, self._hypotheses[name]) for name in names])
        chances = softmax(logits)
        joint = np.array(
            [
                np.prod([chances[row, FINDINGS.index(finding)] for row, finding in enumerate(pattern)])
                for pattern in self._patterns
            ]
        )
        vector = default_embeddings().vector(description)
        return Judgement(self._patterns, joint / joint.sum(), chances[-1], vector)
