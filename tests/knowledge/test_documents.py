"""Loading other people's documents: what surfaces and what must not."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from documents_made import (
    SIMPLE_HTML,
    SIMPLE_PDF,
    SIMPLE_WORD,
    Write,
    by_path,
    content,
    html,
    word_bytes,
)
from docx import Document as WordDocument
from docx.shared import Pt, RGBColor

from knowledge import errors, load_document
from knowledge.documents import DEFAULT_LIMITS, StoredDocument, read_document
from knowledge.documents.worker import extract

ROOT = Path(__file__).parents[2]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    def save(name: str, data: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return save


# --- plain text ---------------------------------------------------------------------------------------------------

ANNOUNCEMENT = """top of page

Trust and supplier have signed a rota agreement to plan shifts with software.

Today the trust signed an agreement about rota software. The signing took place in Leeds.


Trust and supplier have signed a rota agreement to plan shifts with software.

The trust keeps control of staff data. Managers still approve every rota.

Who is affected

The agreement covers wards and community teams.

This site uses cookies to improve your visit. Accept

Log in

Comments


bottom of page
"""


def test_plain_text_leaves_page_debris_out_and_keeps_the_content(write: Write) -> None:
    document = read_document(write("announcement.txt", ANNOUNCEMENT))
    assert document.text == ANNOUNCEMENT
    assert document.title == "Trust and supplier have signed a rota agreement to plan shifts with software"
    said = content(document)
    for debris in ("top of page", "bottom of page", "Comments", "Log in", "cookies", "have signed"):
        assert debris not in said
    for fact in ("took place in Leeds", "keeps control of staff data", "wards and community teams"):
        assert fact in said
    assert document.sections[-1].path.endswith("Who is affected")


def test_plain_text_without_headings_or_debris_is_one_section(write: Write) -> None:
    text = "The rota is published early.\nIt lists every shift.\n\nManagers approve it."
    document = read_document(write("note.txt", text))
    assert [(section.path, content(document)) for section in document.sections] == [("", text)]


def test_short_lines_alone_are_the_content(write: Write) -> None:
    assert content(read_document(write("list.txt", "Ward rota"))) == "Ward rota"


def test_a_list_of_short_lines_between_paragraphs_is_kept(write: Write) -> None:
    text = "Tools\n\nThe trust uses these:\n\nWard planner\n\nShift planner\n\nLeave planner\n\nThey are all approved."
    said = content(read_document(write("tools.txt", text)))
    assert "Ward planner" in said
    assert "Shift planner" in said


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbfCaf\xc3\xa9 rotas are planned.", "Café rotas are planned."),
        ("Café rotas are planned.".encode("utf-16"), "Café rotas are planned."),
        (b"Caf\xe9 rotas \x96 planned.", "Café rotas – planned."),
        (b"One line.\r\nAnother line.", "One line.\nAnother line."),
    ],
)
def test_text_encodings(write: Write, data: bytes, expected: str) -> None:
    assert read_document(write("rota.txt", data)).text == expected


# --- Markdown -----------------------------------------------------------------------------------------------------

MARKDOWN = """---
title: "Rota policy"
published: 2025-03-01
---
Before any heading.

# Policy

<!-- hidden
```
hidden code
```
-->
The policy covers wards. <!-- hidden inline --> It has exceptions.

Data rules
----------

Names are kept for one year.

```python
# not a heading
keep = "code"
```

[ref]: https://example.org "hidden definition"
<div style="display: none">hidden <div>nested</div> hidden</div>

## Contact ##

- Ask the `<!-- not hidden -->` lead.
"""


def test_markdown_structure_and_offsets(write: Write) -> None:
    document = read_document(write("policy.md", MARKDOWN))
    found = by_path(document)
    assert (document.text, document.title, document.published) == (MARKDOWN, "Rota policy", "2025-03-01")
    assert list(found) == ["", "Policy", "Policy > Data rules", "Policy > Contact"]
    said = content(document).replace("`<!-- not hidden -->`", "shown")
    assert "hidden" not in said
    assert "---" not in said
    assert "```" not in said
    assert '# not a heading\nkeep = "code"' in found["Policy > Data rules"]
    assert "It has exceptions." in found["Policy"]
    assert "- Ask the" in found["Policy > Contact"]


def test_an_absurdly_long_heading_is_cut(write: Write) -> None:
    document = read_document(write("long.md", f"# {'long ' * 1000}\n\nA fact."))
    assert document.title is not None
    assert len(document.title) <= 200
    assert document.sections[0].path == document.title


def test_markdown_of_hostile_marks_is_read_in_linear_time(write: Write) -> None:
    text = ("<a " * 100_000) + ("` `` " * 50_000) + ("<div hidden>" * 20_000) + ("[" * 100_000)
    started = time.monotonic()
    read_document(write("hostile.md", f"A fact.\n\n{text}"))
    assert time.monotonic() - started < 5


# --- HTML ---------------------------------------------------------------------------------------------------------


def test_html_headings_furniture_and_date(write: Write) -> None:
    head = '<title>Rota policy | Trust</title><meta property="article:published_time" content="2024-05-06T10:00:00Z">'
    body = """<a href="#m">Skip to main content</a><nav><a href="/">Home</a></nav><main id="m"><h1>Rota policy</h1>
    <p>Rotas are published <b>six</b> weeks ahead.</p><h2>Data</h2><ul><li>Names are kept for one year.</li></ul>
    <h3>Hours</h3><table><tr><th>Band</th><th>Hours</th></tr><tr><td>Band 5</td><td>37.5</td></tr></table>
    <p>Rota policy</p><p>Share</p><div>Comments</div></main><footer>Cookie settings</footer>"""
    document = read_document(write("policy.html", html(body, head)))
    assert (document.title, document.published) == ("Rota policy", "2024-05-06")
    found = by_path(document)
    assert found["Rota policy"] == "Rotas are published six weeks ahead.\n"
    assert found["Rota policy > Data"] == "Names are kept for one year.\n"
    assert "Band 5 | 37.5" in found["Rota policy > Data > Hours"]
    for debris in ("Skip to", "Home", "Share", "Comments", "Cookie"):
        assert debris not in content(document)


def test_html_without_semantic_marks_loses_its_menus_by_the_mass_of_the_text() -> None:
    rules = "".join(
        f"<h2>Rule {n}</h2><p>Rule {n} says that shifts are planned {n} weeks ahead of time.</p>" for n in range(30)
    )
    menu = "".join(f'<div><a href="/{n}">Menu entry {n}</a></div>' for n in range(8))
    page = html(f'<div class="menu">{menu}</div><div id="content"><h1>Policy</h1>{rules}</div><div>{menu}</div>')
    document = extract(".html", page, Path("page.html"), DEFAULT_LIMITS)
    assert "Menu entry" not in content(document)
    assert "Rule 29 says" in by_path(document)["Policy > Rule 29"]


def test_html_in_a_declared_encoding() -> None:
    page = '<html><head><meta charset="iso-8859-2"></head><body><p>Zażółć rotas today.</p></body></html>'
    assert "Zażółć" in extract(".html", page.encode("iso-8859-2"), Path("page.html"), DEFAULT_LIMITS).text


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">SECRET words here.</p>',
        '<p style="Visibility : hidden">SECRET words here.</p>',
        '<p style="font-size: 0px">SECRET words here.</p>',
        '<p style="position:absolute;left:-9999px">SECRET words here.</p>',
        '<p aria-hidden="true">SECRET words here.</p>',
        "<p hidden>SECRET words here.</p>",
        '<p class="off">SECRET words here.</p>',
        "<!-- SECRET words here. -->",
        "<script>var s = 'SECRET words here.'</script>",
        "<noscript>SECRET words here.</noscript>",
        "<template><p>SECRET words here.</p></template>",
        "<p>SEC\u200bRET\u200b tag</p>",
    ],
)
def test_html_that_a_browser_hides_does_not_surface(hidden: str) -> None:
    page = html(f"<main><h1>Policy</h1><p>Rotas are public.</p>{hidden}</main>", "<style>.off {display: none}</style>")
    document = extract(".html", page, Path("page.html"), DEFAULT_LIMITS)
    assert "Rotas are public." in document.text
    assert "SECRET words" not in document.text
    assert "\u200b" not in document.text


def test_deeply_nested_html_is_refused() -> None:
    with pytest.raises(errors.DocumentTooLargeError, match="nests more than"):
        extract(".html", html("<div>" * 500 + "deep"), Path("page.html"), DEFAULT_LIMITS)


# --- DOCX ---------------------------------------------------------------------------------------------------------


def test_word_headings_tables_and_hidden_runs(write: Write) -> None:
    def fill(document: WordDocument) -> None:
        document.sections[0].header.paragraphs[0].text = "HEADER"
        document.add_heading("Rota policy", 0)
        document.add_heading("Data", 1)
        paragraph = document.add_paragraph("Names are kept ")
        paragraph.add_run("SECRET").font.hidden = True
        paragraph.add_run("SECRET").font.size = Pt(0.5)
        paragraph.add_run("SECRET").font.color.rgb = RGBColor(255, 255, 255)
        paragraph.add_run("for one year.")
        document.add_heading("Hours", 2)
        table = document.add_table(2, 2)
        for cell, text in zip(table._cells, ("Band", "Hours", "Band 5", "37.5"), strict=True):
            cell.text = text

    document = read_document(write("policy.docx", word_bytes(fill)))
    assert document.title == "Rota policy"
    assert by_path(document) == {
        "Rota policy > Data": "Names are kept for one year.\n",
        "Rota policy > Data > Hours": "Band | Hours\n\nBand 5 | 37.5\n",
    }


# --- what is handed out -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "page"),
    [
        ("a.txt", "Rota data stays within the trust.", None),
        ("a.md", "# Policy\n\nRota data stays within the trust.", None),
        ("a.htm", SIMPLE_HTML, None),
        ("a.pdf", SIMPLE_PDF, 1),
        ("A.DOCX", SIMPLE_WORD, None),
    ],
)
def test_langchain_documents(write: Write, name: str, data: bytes | str, page: int | None) -> None:
    path = write(name, data)
    (document,) = load_document(str(path))
    assert document.page_content == "Rota data stays within the trust."
    assert document.metadata["source"] == str(path)
    assert document.metadata["page"] == page
    stored = read_document(path)
    start, end = document.metadata["start_index"], document.metadata["end_index"]
    assert stored.text[start:end] == document.page_content
    assert set(document.metadata) == {"source", "title", "section", "page", "start_index", "end_index"}


def test_loads_in_a_thread_and_from_a_script_without_a_main_guard(write: Write) -> None:
    path = write("a.pdf", SIMPLE_PDF)
    found: list[StoredDocument] = []
    thread = threading.Thread(target=lambda: found.append(read_document(path)))
    thread.start()
    thread.join(30)
    assert "trust" in found[0].text
    script = write("script.py", f"from knowledge import load_document\nprint(len(load_document({str(path)!r})))\n")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, env=environment, timeout=60)
    assert (done.stdout.strip(), done.returncode) == ("1", 0), done.stderr
