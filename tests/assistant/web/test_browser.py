"""The page in a real browser, over a made-up assistant."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.assistant.web.conftest import Site
from tests.assistant.web.fakes import CONTROL

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
HOSTILE = '<img src=x onerror="window.hacked=1"> **bold** [link](https://example.org) # head `code` $$x$$ www.a.org'


def ask(page: Any, words: str) -> None:
    turn = page.locator("#chat .user").count() + 1
    page.fill("#question textarea", words)
    page.press("#question textarea", "Enter")
    page.wait_for_selector(f"#chat a[href^='#cite-a{turn}-']")
    page.wait_for_selector(f"#panel #cite-a{turn}-1")
    page.wait_for_selector("#status :text('Answer ready.')")


def check(page: Any, words: str) -> None:
    page.click("role=tab[name='Check a use of AI']")
    page.fill("#description textarea", words)
    page.click("#judge")
    page.wait_for_selector("#result .card")


def serious(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{item['id']}: {node['html'][:200]}"
        for item in found
        if item["impact"] in {"serious", "critical"}
        for node in item["nodes"]
    ]


def test_sentences_come_before_the_answer_and_markers_become_links(page: Any) -> None:
    page.evaluate(
        """() => {
            window.seen = [];
            const note = () => {
                const said = document.querySelector('#chat .bot .answer');
                if (said) window.seen.push([said.innerText, said.querySelectorAll('a.cite').length]);
            };
            new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
        }"""
    )
    ask(page, "Who keeps control?")
    assert [f"{CONTROL} [1]", 0] in page.evaluate("window.seen")
    assert page.locator("#chat .bot a.cite").count() == 3


def test_a_marker_opens_the_quoted_passage_highlighted(page: Any) -> None:
    ask(page, "Who keeps control?")
    page.click("#chat a.cite >> nth=0")
    opened = page.locator("details.citation[open]")
    assert opened.count() == 1
    assert opened.locator("mark").inner_text() == CONTROL
    assert "The Example Gazette · April 2024" in opened.inner_text()
    assert "Reported, not read at the source" in opened.inner_text()
    assert opened.locator("a[target=_blank]").get_attribute("rel") == "noopener noreferrer"


def test_a_marker_of_an_earlier_answer_brings_its_panel_back(page: Any) -> None:
    ask(page, "first")
    ask(page, "second")
    assert "“second”" in page.inner_text("#panel .about")
    page.click("#chat a.cite >> nth=0")
    page.wait_for_selector("#panel .about:has-text('first')")
    assert page.locator("#cite-a1-1[open] mark").is_visible()


def test_a_scope_question_shows_a_card_with_its_criteria(page: Any) -> None:
    ask(page, "is this in scope")
    card = page.locator("#panel .card")
    assert "Needs assessment" in card.inner_text()
    assert "Likely right (78%)" in card.inner_text()
    assert "Does anyone act on it first?" in card.inner_text()
    card.get_by_text("The tests, one by one").click()
    assert card.get_by_role("rowheader", name="T1").is_visible()
    assert card.get_by_role("row").count() == 3


def test_downloads_carry_the_note_and_nothing_reaches_the_disk(page: Any, site: Site) -> None:
    ask(page, "is this unusualword in scope")
    with page.expect_download() as word:
        page.get_by_role("link", name="Word (.docx)").click()
    assert Path(word.value.path()).read_bytes().startswith(b"PK")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the conversation").click()
    assert "unusualword" in Path(saved.value.path()).read_text(encoding="utf-8")
    written = [path for path in site.folder.rglob("*") if path.is_file() and b"unusualword" in path.read_bytes()]
    assert written == []


def test_an_example_question_is_asked(page: Any) -> None:
    page.click("#panel .example >> nth=0")
    page.wait_for_selector("#chat a.cite")
    assert "next month's rota?" in page.inner_text("#chat .user")


def test_clear_brings_the_examples_back(page: Any) -> None:
    ask(page, "first")
    page.click("#clear")
    page.wait_for_selector("#panel .example")
    assert page.locator("#chat .bot").count() == 0


def test_stop_drops_the_unfinished_answer(page: Any) -> None:
    ask(page, "first")
    page.fill("#question textarea", "forever")
    page.click("#send")
    page.wait_for_selector("#stop:enabled")
    page.click("#stop")
    page.wait_for_selector("#status :text('Stopped.')")
    assert page.locator("#chat .user").count() == 1


@pytest.mark.parametrize(("words", "told"), [("refuse", "That cannot be used."), ("crash", "Something went wrong")])
def test_a_failure_is_told_without_its_cause(page: Any, words: str, told: str) -> None:
    page.fill("#question textarea", words)
    page.click("#send")
    page.wait_for_selector(f"#chat .bot:has-text('{told}')")
    assert "secret" not in page.inner_text("body")
    assert page.input_value("#question textarea") == words


def test_keyboard_alone_is_enough(page: Any) -> None:
    page.focus("#question textarea")
    page.keyboard.type("Who keeps control?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat a.cite")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#panel details.citation summary')"):
            break
    page.keyboard.press("Enter")
    assert page.locator("details.citation[open] mark").is_visible()
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('#chat a.cite')"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_hostile_words_stay_words(page: Any) -> None:
    ask(page, HOSTILE)
    assert page.inner_text("#chat .user .prose").strip() == HOSTILE
    assert page.locator("#chat .user").locator("a, strong, h1, code, img").count() == 0
    page.click("#chat a.cite >> nth=1")
    assert page.locator("details.citation[open]").inner_text().count("${1+1} {{value}}") == 1
    assert page.locator("#chat img, #panel img, #chat .bot a:not(.cite)").count() == 0
    assert page.evaluate("window.hacked") is None


def test_the_form_takes_a_reply_and_shows_what_changed(page: Any) -> None:
    check(page, "A tool that drafts letters.")
    page.get_by_label("Yes", exact=True).check()
    page.click("#reply")
    page.wait_for_selector("#result .card:has-text('What changed')")
    assert "Fits the reported focus" in page.inner_text("#result .card")
    assert not page.locator("#reply-group").is_visible()


def test_what_if_judges_again(page: Any) -> None:
    check(page, "A tool that drafts letters.")
    page.fill("#whatif-words textarea, #whatif-words input", "It also suggests the diagnosis.")
    page.click("#whatif")
    page.wait_for_selector("#result .card:has-text('What changed')")


def test_an_empty_form_says_what_to_do(page: Any) -> None:
    page.click("role=tab[name='Check a use of AI']")
    page.click("#judge")
    page.wait_for_selector("#result [role=alert]:has-text('Please describe the use first.')")


def test_the_register_opens_a_source(page: Any) -> None:
    page.click("role=tab[name='Sources']")
    page.click("#register button[data-source=S03]")
    page.wait_for_selector("#reading")
    notice = page.inner_text("#reading .notice")
    assert notice == "Superseded: The Example Gazette, Announcement S02 (S02) is newer (April 2024)."


def test_a_citation_leads_to_the_whole_source(page: Any) -> None:
    ask(page, "first")
    page.click("#chat a.cite >> nth=0")
    page.click("details.citation[open] button[data-source]")
    page.wait_for_selector("#reading:visible")
    assert page.get_attribute("role=tab[name='Sources']", "aria-selected") == "true"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_accessibility_violation(page: Any, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.reload()
    page.wait_for_selector("#panel .example")
    assert page.get_attribute("html", "lang") == "en-GB"
    assert serious(page) == []
    ask(page, "is this in scope")
    page.click("#chat a.cite >> nth=0")
    page.get_by_text("The tests, one by one").click()
    assert serious(page) == []
    check(page, "A tool that drafts letters.")
    assert serious(page) == []
    page.click("role=tab[name='Sources']")
    page.click("#register button[data-source=S02]")
    page.wait_for_selector("#reading")
    assert serious(page) == []


def test_nothing_overflows_at_320_pixels(page: Any) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.reload()
    page.wait_for_selector("#panel .example")
    ask(page, "is this in scope")
    page.click("#chat a.cite >> nth=0")
    page.get_by_text("The tests, one by one").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    check(page, "A tool that drafts letters.")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.click("role=tab[name='Sources']")
    page.click("#register button[data-source=S02]")
    page.wait_for_selector("#reading")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_targets_are_large_enough(page: Any) -> None:
    ask(page, "is this in scope")
    small = page.evaluate(
        """() => [...document.querySelectorAll('#tabs :is(button, a, summary):not([tabindex="-1"])')]
            .filter((item) => item.checkVisibility({ visibilityProperty: true }))
            .map((item) => [item.outerHTML.slice(0, 80), item.getBoundingClientRect()])
            .filter(([, box]) => box.width > 0 && box.height > 0 && (box.width < 24 || box.height < 24))
            .map(([html]) => html)"""
    )
    assert small == []


def test_only_one_endpoint_is_offered(page: Any) -> None:
    offered = page.evaluate("fetch('gradio_api/info').then((reply) => reply.json())")
    assert list(offered["named_endpoints"]) == ["/ask"]
    assert offered["unnamed_endpoints"] == {}


def test_no_request_leaves_this_computer(page: Any, site: Site) -> None:
    ask(page, HOSTILE)
    check(page, HOSTILE)
    assert site.requests
    assert {urlsplit(url).hostname for url in site.requests if not url.startswith(("data:", "blob:"))} == {"127.0.0.1"}
