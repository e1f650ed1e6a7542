"""What the tabs show, without a browser."""

from __future__ import annotations

import re

from assistant.types import Answer
from assistant.web.ask import AskTab, View
from assistant.web.check import Check, CheckTab
from assistant.web.examples import load_roles
from assistant.web.panel import panel_html, welcome_html
from assistant.web.register import RegisterTab
from assistant.web.session import Session
from tests.assistant.web.fakes import FakeAssistant, make_answer, make_assessment


def last(tab: AskTab, words: str, session: Session | None = None) -> View:
    return list(tab.ask(words, session or Session()))[-1]


def test_a_message_is_answered_and_remembered() -> None:
    door = FakeAssistant()
    tab = AskTab(door)
    first = last(tab, " who keeps control? ")
    assert first.session is not None
    assert not first.running
    last(tab, "and why?", first.session)
    assert door.histories == [(), (("who keeps control?", make_answer("").text),)]


def test_sentences_are_shown_before_the_answer_but_not_too_often() -> None:
    views = list(AskTab(FakeAssistant(pause=0.15)).ask("x", Session()))
    assert [view.running for view in views] == [True, True, True, False]
    assert len(list(AskTab(FakeAssistant()).ask("x", Session()))) == 2


def test_an_empty_message_asks_for_one() -> None:
    view = last(AskTab(FakeAssistant()), "  ")
    assert view.messages is None
    assert view.status is not None
    assert view.status.startswith("Please ask a question")


def test_a_refused_message_stays_in_the_box() -> None:
    view = last(AskTab(FakeAssistant()), "refuse this")
    assert view.box == "refuse this"
    assert view.session is None
    assert view.messages is not None
    assert "Ask differently." in view.messages[-1]["content"]


def test_words_that_seemed_to_hold_personal_data_are_not_kept() -> None:
    answer: Answer = make_answer("999 123 4567").model_copy(update={"status": "declined", "reason": "personal_data"})
    session = Session().add("her NHS number is 999 123 4567", answer)
    assert "999" not in str(session.messages())
    assert "999" not in str(session.history())
    assert "999" not in panel_html(session, session.turns[0], FakeAssistant())


def test_a_marker_from_elsewhere_changes_nothing() -> None:
    tab = AskTab(FakeAssistant())
    for data in (None, {}, {"answer": "a9", "number": 1}, {"answer": "a1", "number": "x"}):
        assert tab.opened(data, Session()) == View()


def test_an_example_from_elsewhere_asks_nothing() -> None:
    tab = AskTab(FakeAssistant())
    for data in (None, {}, {"role": 99, "question": 0}, {"role": "x", "question": 0}):
        assert list(tab.example(data, Session())) == []


def test_every_role_has_its_examples() -> None:
    roles = load_roles()
    html = welcome_html(roles)
    assert len(roles) == 6
    assert html.count("<button") == sum(len(role.questions) for role in roles)


def test_every_marker_of_a_card_leads_to_a_listed_citation() -> None:
    session = Session().add("in scope?", make_answer("in scope?", make_assessment()))
    html = panel_html(session, session.turns[0], FakeAssistant())
    wanted = set(re.findall(r'href="#(cite-[^"]+)"', html))
    assert wanted
    assert wanted <= set(re.findall(r'<details id="([^"]+)"', html))


def test_several_uses_get_a_card_each() -> None:
    uses = (make_assessment("A rota tool."), make_assessment("A triage tool.", verdict="out_of_scope", device="yes"))
    answer = make_answer("both").model_copy(update={"scope": uses[0], "scopes": uses})
    session = Session().add("both", answer)
    html = panel_html(session, session.turns[0], FakeAssistant())
    assert html.count('<article class="card">') == 2
    assert "A triage tool." in html


def test_replies_add_up_and_the_organisation_is_kept() -> None:
    door = FakeAssistant()
    tab = CheckTab(door)
    first = tab.start("A tool.", "trust")
    assert first.ask == "Does anyone act on it first?"
    second = tab.reply(first.state, "Yes", "but only at night")
    assert door.replies == [(), (("derives_or_acts", "Yes. but only at night"),)]
    assert second.state.organisation == "trust"
    assert second.ask is None
    assert "Before: needs_assessment. Now: in_scope." in second.result


def test_a_reply_without_words_changes_nothing() -> None:
    door = FakeAssistant()
    tab = CheckTab(door)
    first = tab.start("A tool.", None)
    assert tab.reply(first.state, None, " ").state == first.state
    assert tab.what_if(first.state, " ").state == first.state
    assert tab.what_if(Check(), "It also diagnoses.").result == ""
    assert len(door.replies) == 1


def test_what_if_adds_to_the_description() -> None:
    tab = CheckTab(FakeAssistant())
    view = tab.what_if(tab.start("A tool.", None).state, "It also diagnoses.")
    assert view.state.description == "A tool. It also diagnoses."


def test_the_register_lists_every_source() -> None:
    html = RegisterTab(FakeAssistant()).register_html()
    assert html.count("data-source=") == 2
    assert "2 reported, not read at the source" in html


def test_an_unknown_source_opens_nothing() -> None:
    assert RegisterTab(FakeAssistant()).reading_html("S99") == ""
