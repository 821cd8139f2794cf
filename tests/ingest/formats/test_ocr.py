import io
import os
import shutil
from dataclasses import replace

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.formats import ocr
from ingest.formats.limits import Limits
from ingest.formats.pdf import read_pdf
from tests.ingest.formats.making import Draw, all_of, grid, lines, pdf

# CI sets the variable: there, a missing Tesseract is a failure.
needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None and "BOARDPAPERS_NEED_TESSERACT" not in os.environ,
    reason="Tesseract isn't installed",
)


def scanned(*pages: Draw, over: Draw | None = None) -> bytes:
    """A PDF whose pages are pictures of these pages."""
    document = pypdfium2.PdfDocument(pdf(*pages))
    pictures = [page.render(scale=200 / 72, grayscale=True).to_pil() for page in document]

    def show(picture: object) -> Draw:
        def draw(canvas: Canvas) -> None:
            out = io.BytesIO()
            picture.save(out, "PNG")  # type: ignore[attr-defined]
            canvas.drawImage(ImageReader(out), 0, 0, *A4)
            if over:
                over(canvas)

        return draw

    return pdf(*map(show, pictures))


LETTER = lines(
    "The visitors saw nine homes between July and September.",
    "Two gardens were overgrown and one boiler was broken.",
    size=12,
)
FIGURES = grid(
    [["Month", "Visits", "Matters"], ["July", "19", "27"], ["August", "18", "25"]], ruled=True
)


@needs_tesseract
def test_a_scanned_page_is_recognised_with_its_confidence() -> None:
    page = read_pdf(scanned(LETTER), Limits()).pages[0]
    assert "The visitors saw nine homes between July and September." in page.text
    assert page.confidence is not None
    assert page.confidence > 80
    assert page.unread is None


@needs_tesseract
def test_columns_of_a_scan_are_rows() -> None:
    page = read_pdf(scanned(all_of(LETTER, FIGURES)), Limits()).pages[0]
    assert "| August | 18 | 25 |" in page.text


@needs_tesseract
def test_text_printed_over_a_scan_is_read_once() -> None:
    raw = scanned(LETTER, over=lines("Page 7", x=480, y=810, size=9))
    page = read_pdf(raw, Limits()).pages[0]
    assert page.printed == 7
    assert "Page 7" not in page.text


@needs_tesseract
def test_scans_beyond_the_limit_are_left_unread() -> None:
    pages = read_pdf(scanned(LETTER, LETTER), replace(Limits(), ocr_pages=1)).pages
    assert pages[0].unread is None
    assert pages[1].unread == "a scanned page after the first 1, which is the limit"
    assert pages[1].text == ""


def test_without_tesseract_a_scan_is_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr.shutil, "which", lambda _: None)
    page = read_pdf(scanned(LETTER), Limits()).pages[0]
    assert (page.text, page.unread) == ("", "a scanned page, and Tesseract isn't installed")


def test_a_scan_with_a_text_layer_is_not_recognised_again() -> None:
    def layer(canvas: Canvas) -> None:
        text = canvas.beginText(72, A4[1] - 100)
        text.setFont("Helvetica", 12)
        text.setTextRenderMode(3)
        text.textLine("The visitors saw nine homes between July and September.")
        canvas.drawText(text)

    page = read_pdf(scanned(LETTER, over=layer), Limits()).pages[0]
    assert page.text == "The visitors saw nine homes between July and September."
    assert page.confidence is None
