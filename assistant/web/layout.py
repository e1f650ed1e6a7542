"""The page: its parts, and which event updates what. What is shown is decided elsewhere.

Importing this module imports Gradio; `assistant.web.app` does so only when a page is wanted.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.web.ask import AskTab, View
from assistant.web.check import ORGANISATIONS, REPLIES, Check, CheckTab, CheckView
from assistant.web.door import Door
from assistant.web.examples import load_roles
from assistant.web.panel import welcome_html
from assistant.web.register import RegisterTab
from assistant.web.session import Session
from prompts import load_wordings

CLIENT = Path(__file__).with_name("client.js")
MAX_CHARACTERS = 4000
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def page(assistant: Door) -> gr.Blocks:
    """The whole page over an assistant."""
    title = load_wordings()("web_title")
    with gr.Blocks(title=title, analytics_enabled=False, fill_width=True) as blocks:
        gr.HTML(_masthead(title), elem_id="masthead")
        bridge = gr.HTML("", js_on_load=CLIENT.read_text(encoding="utf-8"), elem_id="bridge")
        with gr.Tabs(elem_id="tabs") as tabs:
            with gr.Tab("Ask", id="ask"):
                _ask_tab(AskTab(assistant), bridge)
            with gr.Tab("Check a use of AI", id="check"):
                _check_tab(CheckTab(assistant))
            with gr.Tab("Sources", id="sources"):
                _sources_tab(RegisterTab(assistant), bridge, tabs)
        _endpoint(assistant)
    blocks.queue(default_concurrency_limit=2)
    return blocks


def _masthead(title: str) -> str:
    words = load_wordings()
    return (
        f'<header class="masthead"><h1>{escape(title)}</h1><p>{escape(words("web_intro"))}</p>'
        f'<p class="notice">{escape(words("not_official"))} <strong>{escape(words("no_patient_data"))}</strong></p>'
        "</header>"
    )


def _ask_tab(tab: AskTab, bridge: Any) -> None:
    session = gr.State(Session())
    with gr.Row(elem_classes="columns"):
        with gr.Column(scale=5, min_width=280, elem_id="ask-left"):
            gr.HTML("<h2>Conversation</h2>", elem_classes="vh")
            chat = gr.Chatbot(
                label="Conversation", show_label=False, buttons=[], sanitize_html=True, allow_tags=False,
                latex_delimiters=[], feedback_options=None, height="min(58vh, 40rem)", elem_id="chat", layout="bubble",
                placeholder="Ask a question, or describe a use of AI in your own words.",
            )  # fmt: skip
            status = gr.HTML("", elem_id="status", js_on_load='element.setAttribute("role", "status");')
            box = gr.Textbox(
                label="Your question", lines=1, max_lines=6, max_length=MAX_CHARACTERS, elem_id="question",
                placeholder="For example: Can I use AI to build next month's rota?",
            )  # fmt: skip
            with gr.Row(elem_classes="buttons"):
                send = gr.Button("Send", variant="primary", elem_id="send", min_width=96)
                stop = gr.Button("Stop", interactive=False, elem_id="stop", min_width=96)
                clear = gr.Button("Clear", elem_id="clear", min_width=96)
        with gr.Column(scale=4, min_width=280):
            panel = gr.HTML(welcome_html(load_roles()), elem_id="panel")
    parts = [chat, box, panel, status, session, send, stop]

    def show(view: View) -> tuple[Any, ...]:
        given = (view.messages, view.box, view.panel, view.status, view.session)
        kept = (gr.skip() if part is None else part for part in given)
        return (*kept, gr.update(interactive=not view.running), gr.update(interactive=view.running))

    def on_ask(words: str, seen: Session) -> Iterator[tuple[Any, ...]]:
        yield from map(show, tab.ask(words, seen))

    def on_example(seen: Session, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        yield from map(show, tab.example(event._data, seen))

    def on_cite(seen: Session, event: gr.EventData) -> tuple[Any, ...]:
        return show(tab.opened(event._data, seen))

    running = [
        gr.on([box.submit, send.click], on_ask, [box, session], parts, **QUIET),
        bridge.submit(on_example, [session], parts, **QUIET),
    ]
    bridge.select(on_cite, [session], parts, **QUIET)
    stop.click(lambda seen: show(tab.stopped(seen)), [session], parts, cancels=running, **QUIET)
    clear.click(lambda: show(tab.cleared()), None, parts, cancels=running, **QUIET)


def _check_tab(tab: CheckTab) -> None:
    state = gr.State(Check())
    with gr.Row(elem_classes="columns"):
        with gr.Column(scale=4, min_width=280):
            gr.HTML(
                '<h2 class="panel-title">Describe the use</h2>'
                "<p>Say what it is for, what it does, who uses it and what happens with the result.</p>"
            )
            description = gr.Textbox(
                label="The use of AI", lines=5, max_lines=14, max_length=MAX_CHARACTERS, elem_id="description"
            )
            organisation = gr.Radio(list(ORGANISATIONS), value="", label="Kind of organisation", elem_id="organisation")
            judge = gr.Button("Check this use", variant="primary", elem_id="judge")
            with gr.Group(visible=False, elem_id="reply-group") as reply_group:
                choice = gr.Radio(list(REPLIES), label="One question", elem_id="reply-choice")
                words = gr.Textbox(
                    label="In your own words (optional)", max_length=MAX_CHARACTERS, elem_id="reply-words"
                )
                reply = gr.Button("Take this reply into account", elem_id="reply")
            with gr.Group(visible=False, elem_id="whatif-group") as whatif_group:
                added = gr.Textbox(
                    label="What if…", info="Add something, such as: it also suggests the diagnosis.",
                    max_length=MAX_CHARACTERS, elem_id="whatif-words",
                )  # fmt: skip
                whatif = gr.Button("Judge again with this", elem_id="whatif")
        with gr.Column(scale=5, min_width=280):
            result = gr.HTML("", elem_id="result", js_on_load='element.setAttribute("aria-live", "polite");')
    parts = [result, state, reply_group, choice, words, whatif_group, added]

    def show(view: CheckView) -> tuple[Any, ...]:
        return (
            view.result, view.state, gr.update(visible=view.ask is not None),
            gr.update(label=view.ask or "One question", value=None), "",
            gr.update(visible=view.state.assessment is not None), "",
        )  # fmt: skip

    judge.click(lambda text, kind: show(tab.start(text, kind)), [description, organisation], parts, **QUIET)
    reply.click(lambda *given: show(tab.reply(*given)), [state, choice, words], parts, **QUIET)
    gr.on([whatif.click, added.submit], lambda *given: show(tab.what_if(*given)), [state, added], parts, **QUIET)


def _sources_tab(tab: RegisterTab, bridge: Any, tabs: Any) -> None:
    gr.HTML(
        '<h2 class="panel-title">Sources</h2>'
        "<p>Everything the assistant knows comes from these. Open one to read it.</p>"
    )
    reading = gr.HTML("", elem_id="source-reading")
    gr.HTML(tab.register_html(), elem_id="register")

    def on_source(event: gr.EventData) -> tuple[Any, str]:
        return gr.Tabs(selected="sources"), tab.reading_html(str((event._data or {}).get("source", "")))

    bridge.input(on_source, None, [tabs, reading], **QUIET)


def _endpoint(assistant: Door) -> None:
    def ask(question: str) -> dict[str, Any]:
        """Answer one question. Returns the answer as JSON, with citations and, for a use of AI, its assessment."""
        return assistant.ask(question).model_dump(mode="json")

    gr.api(ask, api_name="ask", concurrency_limit=2)
