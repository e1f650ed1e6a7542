"""Stage 6: put the answer together, by extraction or, where one is set, by a language model."""

from __future__ import annotations

from assistant.compose.facts import ANSWER_AT, answering, compose_facts, fit
from assistant.compose.uses import compose_use
from assistant.compose.versions import older_statement
from assistant.stages.retrieve import gather
from assistant.toolkit import Toolkit
from assistant.turn import Draft, Turn
from knowledge.retrieval import to_passage
from knowledge.types import Unit

MAX_RELATED = 3
# Where nothing answers, a message that may well be off topic is. On held-out messages it tells half of those that the
# router took for questions of fact, and misjudges 2 of 212 near-misses.
PERHAPS_OFF_TOPIC = 0.2
SURE_OF_ANSWER = 0.55  # what is added to a verdict must answer beyond doubt


def compose(turn: Turn, toolkit: Toolkit) -> None:
    """Set `drafts`, or finish with `not_in_sources` and the nearest passages."""
    if turn.assessments:
        turn.drafts += _premise_correction(turn, toolkit)
        _compose_scope(turn, toolkit)
    elif answering(turn.evidence):
        turn.drafts += [*_premise_correction(turn, toolkit), *_compose_facts(turn, toolkit)]
    elif turn.route == "about_assistant":
        turn.finish("needs_clarification", toolkit.wordings("about_assistant"))
    elif _off_topic(turn):
        turn.finish("declined", toolkit.wordings("decline_off_topic"), "off_topic")
    else:
        abstain(turn, toolkit)


def abstain(turn: Turn, toolkit: Toolkit) -> None:
    """Finish with what the material does not say, the nearest it does say, and whom to ask. Cites nothing."""
    say, index = toolkit.wordings, toolkit.index
    by_use = sorted(
        turn.evidence,
        key=lambda item: (not (item.unit.gap and fit(item) >= ANSWER_AT), -fit(item)),
    )
    turn.related = tuple(to_passage(index, item.unit, item.score) for item in by_use[:MAX_RELATED])
    turn.next_steps = (say("ask_about_charter"),)
    turn.finish("not_in_sources", say("not_in_sources"))


def _off_topic(turn: Turn) -> bool:
    """Whether a message that nothing answers is none of this assistant's business.

    It is not where the sources say that they are silent on it. On a person's own documents the router was not trained.
    """
    if turn.route == "off_topic":
        return True
    own = any(item.unit.evidence == "own_document" for item in turn.evidence)
    silent = any(item.unit.gap and fit(item) >= ANSWER_AT for item in turn.evidence)
    return turn.route_probabilities["off_topic"] >= PERHAPS_OFF_TOPIC and not own and not silent


def _compose_facts(turn: Turn, toolkit: Toolkit) -> list[Draft]:
    if toolkit.settings.chat_model:
        from assistant.compose.written import write_answer

        written = write_answer(turn, toolkit)
        if written:
            return written
    drafts = compose_facts(turn.evidence, toolkit.index, toolkit.wordings)
    older = older_statement(toolkit.index, drafts[0].units[0], turn.evidence)
    if older is not None:
        drafts = _with_older(drafts, older, toolkit)
    return drafts


def _with_older(drafts: list[Draft], older: Unit, toolkit: Toolkit) -> list[Draft]:
    """The later statement first, named as such, then the earlier one that it differs from."""

    def named(unit: Unit) -> str:
        source = toolkit.index.sources[unit.source_id]
        return f"“{source.title}” ({source.newest_date()})"

    lead = drafts[0]
    later = Draft(lead.text, lead.units, before=f"By the later source, {named(lead.units[0])}:")
    earlier = Draft(older.text, (older,), before=f"An earlier source, {named(older)}, says otherwise:", bullet=True)
    return [later, earlier, *(draft for draft in drafts[1:] if draft.units != (older,))]


def _compose_scope(turn: Turn, toolkit: Toolkit) -> None:
    say = toolkit.wordings
    several = len(turn.assessments) > 1
    for number, assessment in enumerate(turn.assessments, start=1):
        drafts = compose_use(assessment, toolkit.index, say)
        if several:
            heading = say("scope_use_heading", number=number, text=assessment.description[:90])
            drafts[0] = Draft(drafts[0].text, drafts[0].units, drafts[0].support, f"{heading}\n\n{drafts[0].before}")
        turn.drafts += drafts
    if not several:
        shown = {unit.id for draft in turn.drafts for unit in draft.units}
        sure = [item for item in answering(turn.evidence) if item.answers >= SURE_OF_ANSWER]
        extra = [item for item in sure if item.unit.id not in shown]
        turn.drafts += [Draft(item.unit.text, (item.unit,)) for item in extra[:2]]
    else:
        turn.message = say("scope_several", count=len(turn.assessments))


def _premise_correction(turn: Turn, toolkit: Toolkit) -> list[Draft]:
    """What the sources say where the message takes something for granted that they do not bear out."""
    if turn.premise is None:
        return []
    evidence = gather(turn.premise, toolkit)
    hits = [item.unit for item in sorted(evidence, key=lambda item: -item.score)][:6]
    if not hits:
        return []
    reports = [toolkit.checker.check_pair(turn.premise, unit.text) for unit in hits]
    if any(report.supported for report in reports):
        return []
    contradicting = [unit for unit, report in zip(hits, reports, strict=True) if report.label == "contradicted"]
    wording = "premise_contradicted" if contradicting else "premise_corrected"
    unit = contradicting[0] if contradicting else hits[0]
    return [Draft(unit.text, (unit,), before=toolkit.wordings(wording, premise=turn.premise))]
