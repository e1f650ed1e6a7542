"""Words from users and sources never become markup."""

from __future__ import annotations

import re
from base64 import b64decode
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.citations import citations_html, marked, passage_html
from assistant.web.markup import answer_html, date_words, download_link, inline, outside_link, plain_message, table
from tests.assistant.web.fakes import CONTROL, HOSTILE, NEIGHBOUR, SOURCES, cite


def tags(html: str) -> set[str]:
    return set(re.findall(r"<(\w+)", html))


@given(st.text(max_size=80))
def test_a_message_keeps_its_words_and_no_sign_of_markdown(text: str) -> None:
    shown = plain_message(text)
    flush = "\n".join(line.strip() for line in text.splitlines())
    assert unescape(re.sub(r"&#\d+;", "", shown)) == re.sub(r"[^A-Za-z0-9\s]", "", flush)
    assert not re.search(r"[^A-Za-z0-9\s&#;]", shown)


def test_a_message_reads_as_typed() -> None:
    assert unescape(plain_message("<b>**Is** [this](x) so?</b>")) == "<b>**Is** [this](x) so?</b>"


@given(st.text(max_size=120))
def test_an_answer_holds_only_the_tags_we_make(text: str) -> None:
    html = answer_html(text, "a1", {1})
    assert tags(html) <= {"div", "p", "ul", "li", "h3", "strong", "span", "a", "br", "blockquote"}
    assert "\n" not in html


def test_an_answers_markdown_becomes_html() -> None:
    text = "**Yes.** It does. [1]\n\n### Use 1\n\n- one [1]\n- two\n\n> “near”\n\n*(reported, 2024)*"
    assert answer_html(text, "a1", {1}) == (
        '<div class="answer"><p><strong>Yes.</strong> It does. {0}</p><h3>Use 1</h3>'
        "<ul><li>one {0}</li><li>two</li></ul>"
        '<blockquote>“near”</blockquote><p><span class="aside">(reported, 2024)</span></p></div>'
    ).format('<a class="cite" href="#cite-a1-1">[<span class="vh">source </span>1]</a>')


def test_a_marker_without_a_citation_is_no_link() -> None:
    assert answer_html("It does. [7]", "a1", {1}) == '<div class="answer"><p>It does. [7]</p></div>'


def test_an_address_inside_a_line_is_no_link() -> None:
    assert tags(inline("[press](javascript:x) https://example.org", str)) == set()


@pytest.mark.parametrize("url", ["javascript:alert(1)", 'https://example.org/"onclick="x', "data:text/html,x"])
def test_an_address_that_is_none_never_gets_out_of_its_attribute(url: str) -> None:
    html = outside_link(url, "Open")
    assert 'href="javascript' not in html
    assert 'onclick="' not in html
    assert 'href="data' not in html


@pytest.mark.parametrize(
    ("iso", "words"),
    [("2026-11-04", "4 November 2026"), ("2024-04", "April 2024"), ("2024", "2024"), (None, "undated")],
)
def test_dates_in_words(iso: str | None, words: str) -> None:
    assert date_words(iso) == words


def test_the_mark_is_exactly_the_quote() -> None:
    source, citation = SOURCES["S02"], cite("S02", 1)
    html = passage_html(citation, source)
    assert re.findall(r"<mark>(.*?)</mark>", html) == [CONTROL]
    assert NEIGHBOUR in html


@given(st.text(min_size=1, max_size=60), st.data())
def test_marking_loses_and_adds_no_character(text: str, data: st.DataObject) -> None:
    start, end, first, last = (data.draw(st.integers(0, len(text))) for _ in range(4))
    html = marked(text, start, end, first, last)
    inside = "".join(re.findall(r"<mark>(.*?)</mark>", html, re.S))
    assert re.sub(r"</?mark>", "", html) == escape(text[start:end])
    assert inside == escape(text[max(start, first) : max(start, first, min(end, last))])


def test_a_mark_that_runs_over_passages_is_shown_in_each() -> None:
    citation = cite("S02", 0).model_copy(update={"end": SOURCES["S02"].units[1].end})
    assert re.findall(r"<mark>(.*?)</mark>", passage_html(citation, SOURCES["S02"])) == [NEIGHBOUR, CONTROL]


def test_a_hostile_source_is_shown_as_words() -> None:
    html = citations_html("a1", [cite("S03", 0, 2)], SOURCES.__getitem__, opened=2)
    assert "img" not in tags(html)
    assert unescape(re.sub(r"<[^>]+>", "", html)).count(HOSTILE) == 1
    assert '<details id="cite-a1-2" class="citation" open>' in html
    assert "Superseded: The Example Gazette, Announcement S02 (S02) is newer (April 2024)." in html


def test_a_download_carries_its_content() -> None:
    link = download_link("a.md", "ä".encode(), "text/markdown", "Save")
    found = re.search(r'base64,([^"]+)"', link)
    assert found is not None
    assert b64decode(found[1]).decode() == "ä"


def test_a_table_spells_its_roles_out() -> None:
    html = table("Title", ("Id", "Why"), [("T1", "because")])
    assert html.count('role="columnheader"') == 2
    assert html.count('role="rowheader"') == html.count('role="cell"') == 1
    assert html.endswith('aria-hidden="true">Why</span><span>because</span></td></tr></tbody></table>')
