"""PDF: headings, pages and running lines; text that a reader cannot see does not surface."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from documents_made import content, pdf_bytes, put
from reportlab.lib.colors import HexColor, white
from reportlab.pdfgen.canvas import Canvas

from knowledge.documents import DEFAULT_LIMITS
from knowledge.documents.worker import extract


def test_pdf_headings_pages_and_running_lines() -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            put(canvas, 20, f"Page {number} of 3", 8)
            put(canvas, 820, f"Trust rota policy version 2 {number}", 8)
            if number == 1:
                put(canvas, 760, "Rota policy", 20)
            put(canvas, 700, f"Part {'ABC'[number - 1]}", 15)
            put(canvas, 660, f"Rule {['one', 'two', 'three'][number - 1]} is about shifts and it goes")
            put(canvas, 646, f"on over a second line of page {'ABC'[number - 1]}.")
            put(
                canvas,
                600,
                "A new paragraph after a gap that runs on" if number == 1 else f"A last paragraph {'ABC'[number - 1]}.",
            )

        return draw

    data = pdf_bytes(*(page(number) for number in (1, 2, 3)))
    document = extract(".pdf", data, Path("policy.pdf"), DEFAULT_LIMITS)
    assert document.title == "Rota policy"
    assert [(section.path, section.page) for section in document.sections] == [
        ("Rota policy > Part A", 1), ("Rota policy > Part B", 2), ("Rota policy > Part C", 3),
    ]  # fmt: skip
    said = content(document)
    assert "Rule one is about shifts and it goes on over a second line of page A.\n\nA new paragraph" in said
    assert "version" not in said
    assert "of 3" not in said


def test_pdf_paragraph_over_a_page_break_is_whole() -> None:
    data = pdf_bytes(
        lambda canvas: put(canvas, 700, "The rule about long shifts runs on"),
        lambda canvas: put(canvas, 700, "and ends on the next page."),
    )
    document = extract(".pdf", data, Path("policy.pdf"), DEFAULT_LIMITS)
    assert content(document) == "The rule about long shifts runs on and ends on the next page."


def _mode_three(canvas: Canvas) -> None:
    text = canvas.beginText(72, 600)
    text.setTextRenderMode(3)
    text.textOut("SECRET")
    text.setTextRenderMode(0)
    text.textOut("shown beside")
    canvas.drawText(text)


def _white(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    put(canvas, 600, "SECRET")


def _white_on_white_box(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    canvas.rect(0, 500, 595, 200, stroke=0, fill=1)
    put(canvas, 600, "SECRET")


def _black_on_black(canvas: Canvas) -> None:
    canvas.rect(0, 580, 595, 60, stroke=0, fill=1)
    put(canvas, 600, "SECRET")


def _transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    put(canvas, 600, "SECRET")


def _scaled_down(canvas: Canvas) -> None:
    canvas.scale(0.05, 0.05)
    put(canvas, 6000, "SECRET", x=1000)


def _in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("form")
    _white(canvas)
    canvas.endForm()
    canvas.doForm("form")


@pytest.mark.parametrize(
    "draw",
    [
        _mode_three, _white, _white_on_white_box, _black_on_black, _transparent, _scaled_down, _in_a_form,
        lambda canvas: put(canvas, 600, "SECRET", 0.5),
        lambda canvas: put(canvas, 600, "SECRET", x=5000),
    ],
)  # fmt: skip
def test_pdf_text_that_cannot_be_seen_does_not_surface(draw: Callable[[Canvas], None]) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 700, "Rotas are public.")
        canvas.saveState()
        draw(canvas)
        canvas.restoreState()
        put(canvas, 400, "Shifts are listed.")

    said = content(extract(".pdf", pdf_bytes(page), Path("policy.pdf"), DEFAULT_LIMITS))
    assert "SECRET" not in said
    assert "Rotas are public." in said
    assert "Shifts are listed." in said


def test_pdf_text_that_can_be_seen_surfaces() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillColor(HexColor("#005EB8"))
        canvas.rect(0, 580, 595, 60, stroke=0, fill=1)
        canvas.setFillColor(white)
        put(canvas, 600, "White words on a blue band.")
        canvas.beginForm("form")
        canvas.setFillColor(HexColor("#212B32"))
        put(canvas, 300, "Words in a form.")
        canvas.endForm()
        canvas.doForm("form")

    said = content(extract(".pdf", pdf_bytes(page), Path("policy.pdf"), DEFAULT_LIMITS))
    assert "White words on a blue band." in said
    assert "Words in a form." in said
