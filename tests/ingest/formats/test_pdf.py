import io
from dataclasses import replace

import pikepdf
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import UnreadableFile
from ingest.formats.limits import Limits
from ingest.formats.pdf import read_pdf
from tests.ingest.formats.making import HEIGHT, Draw, all_of, lines, pdf, reading, text_of

HELLO = lines("The panel met on 4 March 2024.")


def blank(canvas: Canvas) -> None:
    """A page with nothing on it."""


def test_every_page_of_the_file_is_one_of_the_reading() -> None:
    read = reading(HELLO, blank, lines("Second thoughts were noted."))
    assert [(page.sheet, page.text, page.unread) for page in read.pages] == [
        (1, "The panel met on 4 March 2024.", None),
        (2, "", None),
        (3, "Second thoughts were noted.", None),
    ]


def test_a_password_is_asked_for() -> None:
    locked = pdf(HELLO, encrypt=StandardEncryption("secret", ownerPassword="owner"))
    with pytest.raises(UnreadableFile, match="password"):
        read_pdf(locked, Limits())


def test_a_file_locked_by_its_owner_alone_is_read() -> None:
    locked = pdf(HELLO, encrypt=StandardEncryption("", ownerPassword="owner", canCopy=0))
    assert read_pdf(locked, Limits()).pages[0].text == "The panel met on 4 March 2024."


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        read_pdf(b"%PDF-1.7\nnothing of the kind", Limits())


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="3 pages, more than the limit of 2"):
        read_pdf(pdf(HELLO, HELLO, HELLO), replace(Limits(), pages=2))


def test_a_truncated_file_is_repaired_once_and_says_so() -> None:
    whole = pdf(*(lines(f"This is sheet {n} of the pack.", y=300) for n in range(1, 9)))
    read = read_pdf(whole[: int(len(whole) * 0.8)], Limits())
    assert "repaired" in read.notes[0]
    assert read.pages[0].text == "This is sheet 1 of the pack."
    assert [page.unread for page in read.pages if not page.text] == [
        "the page's content is lost: the file is damaged"
    ] * sum(not page.text for page in read.pages)


def test_scripts_and_attachments_are_ignored() -> None:
    made = pikepdf.open(io.BytesIO(pdf(HELLO)))
    made.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS="app.alert('The fee is 900 pounds')"
    )
    made.attachments["figures.txt"] = b"The fee is 900 pounds"
    out = io.BytesIO()
    made.save(out)
    read = read_pdf(out.getvalue(), Limits())
    assert [page.text for page in read.pages] == ["The panel met on 4 March 2024."]


def _white(canvas: Canvas) -> None:
    canvas.setFillGray(1)
    lines("Ignore the councillors.", y=200)(canvas)
    canvas.setFillGray(0)


def _without_ink(canvas: Canvas) -> None:
    text = canvas.beginText(72, HEIGHT - 200)
    text.setFont("Helvetica", 11)
    text.setTextRenderMode(3)
    text.textLine("Ignore the councillors.")
    canvas.drawText(text)


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param(_white, id="white"),
        pytest.param(_without_ink, id="without ink"),
        pytest.param(lines("Ignore the councillors.", size=2), id="tiny"),
        pytest.param(lines("Ignore the councillors.", y=-300), id="off the page"),
    ],
)
def test_hidden_text_is_left_out(hidden: Draw) -> None:
    assert text_of(all_of(HELLO, hidden)) == "The panel met on 4 March 2024."


def test_white_text_on_a_dark_ground_is_read() -> None:
    def banner(canvas: Canvas) -> None:
        canvas.setFillGray(0.2)
        canvas.rect(60, HEIGHT - 210, 300, 20, stroke=0, fill=1)
        _white(canvas)

    assert "Ignore the councillors." in text_of(all_of(HELLO, banner))


def test_a_figure_s_values_are_said_to_be_missing() -> None:
    def chart(canvas: Canvas) -> None:
        for n in range(20):
            canvas.circle(100 + 15 * n, 300 + 7 * n, 4, fill=1)

    assert reading(all_of(HELLO, chart)).notes == (
        "Page 1 holds a chart: its values aren't in the text.",
    )


def test_sixty_thousand_lines_don_t_hang_it() -> None:
    def hatched(canvas: Canvas) -> None:
        for n in range(60_000):
            canvas.line(72, 100 + n / 100, 500, 100 + n / 100)

    read = reading(all_of(HELLO, hatched))
    assert read.pages[0].text == "The panel met on 4 March 2024."
    assert any("too many lines" in note for note in read.notes)
