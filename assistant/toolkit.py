"""What the stages work with: index, retriever, models, rules and wordings, each loaded when first needed."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from assistant.grounding.check import GroundingChecker, default_checker
from assistant.models.answers import AnswerModel
from assistant.models.router import Router
from assistant.scope.anchors import AnchorBook
from assistant.scope.assess import ScopeAssessor
from assistant.scope.judge import ScopeJudge, load_judge
from assistant.scope.nearest import StoredCases
from assistant.settings import Settings
from knowledge.embedding import default_embeddings
from knowledge.index import Index
from knowledge.retrieval import HybridRetriever
from knowledge.scope_rules import ScopeRules, load_scope_rules
from prompts import Wordings, load_wordings


@dataclass
class Toolkit:
    """Everything a stage may use. `embeddings` are those of the index."""

    settings: Settings
    index: Index
    embeddings: Any

    @functools.cached_property
    def retriever(self) -> HybridRetriever:
        """The hybrid retriever over the index."""
        return HybridRetriever(index=self.index, embeddings=self.embeddings)

    @functools.cached_property
    def wordings(self) -> Wordings:
        """The fixed wordings."""
        return load_wordings()

    @functools.cached_property
    def rules(self) -> ScopeRules:
        """The scope rules."""
        return load_scope_rules()

    @functools.cached_property
    def router(self) -> Router:
        """Tells what kind of message it is."""
        return default_router()

    @functools.cached_property
    def answers(self) -> AnswerModel:
        """Judges whether a statement answers a question."""
        return default_answers()

    @functools.cached_property
    def checker(self) -> GroundingChecker:
        """Checks sentences against their sources."""
        return default_checker(self.settings.grounding_model)

    @functools.cached_property
    def anchors(self) -> AnchorBook:
        """Finds the statements that the scope rules cite."""
        return AnchorBook(self.index, self.rules, default_embeddings())

    @functools.cached_property
    def assessor(self) -> ScopeAssessor:
        """Judges uses of AI."""
        return ScopeAssessor(self.judge, self.rules, self.anchors, default_library())

    @functools.cached_property
    def judge(self) -> ScopeJudge:
        """Judges the criteria."""
        if self.settings.scope_model:
            from assistant.scope.hub_judge import HubJudge

            return HubJudge(self.settings.scope_model, self.rules)
        return default_judge()

    def model_ids(self) -> dict[str, str]:
        """Which models are at work, by job. Loads none that has not been used."""
        ids = {"embedding": str(self.index.manifest.model_id)}
        for name in ("router", "answers", "checker", "judge"):
            if name in self.__dict__:
                ids[name] = str(getattr(self.__dict__[name], "model_id"))  # noqa: B009
        return ids


@functools.cache
def default_router() -> Router:
    """The shipped router, loaded once a process."""
    return Router.load()


@functools.cache
def default_answers() -> AnswerModel:
    """The shipped answer model, loaded once a process."""
    return AnswerModel.load()


@functools.cache
def default_judge() -> ScopeJudge:
    """The shipped scope judge, loaded once a process."""
    return load_judge()


@functools.cache
def default_library() -> StoredCases:
    """The shipped library of judged cases, loaded once a process."""
    return StoredCases.load()
