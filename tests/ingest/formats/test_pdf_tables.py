import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.formats.making import (
    HEIGHT,
    LEFT,
    Draw,
    all_of,
    grid,
    lines,
    reading,
    text_of,
    wrapped,
)

FIGURES = [
    ["Measure", "2022/23", "2023/24"],
    ["Reviews on time", "88%", "91%"],
    ["Homes", "310", ""],
    ["Dental checks", "", "76.5%"],
]
AS_ROWS = (
    "| Measure | 2022/23 | 2023/24 |\n|---|---|---|\n| Reviews on time | 88% | 91% |\n"
    "| Homes | 310 |  |\n| Dental checks |  | 76.5% |"
)


def _stripe(row: int) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.9)
        for x, width in ((LEFT, 150), (LEFT + 150, 90), (LEFT + 240, 90)):
            canvas.rect(x, HEIGHT - 140 - 20 * row, width, 20, stroke=0, fill=1)
        canvas.setFillGray(0)

    return draw


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(grid(FIGURES), id="ruled"),
        pytest.param(grid(FIGURES, bold=1), id="bold header"),
        pytest.param(grid(FIGURES, shaded=4, ruled=False), id="shaded instead of ruled"),
        pytest.param(grid(FIGURES, ruled=False), id="nothing drawn"),
        pytest.param(all_of(_stripe(1), _stripe(3), grid(FIGURES, ruled=False)), id="striped"),
    ],
)
def test_rows_and_blank_cells_of_a_table(drawn: Draw) -> None:
    assert text_of(all_of(lines("Here is how it went:"), drawn)) == (
        f"Here is how it went:\n\n{AS_ROWS}"
    )


def test_rows_between_horizontal_rulings_alone() -> None:
    def booktabs(canvas: Canvas) -> None:
        grid(FIGURES, ruled=False, bold=1)(canvas)
        for y in (120, 140, 200):
            canvas.line(LEFT, HEIGHT - y, LEFT + 330, HEIGHT - y)

    assert text_of(booktabs) == AS_ROWS


def test_words_in_columns_between_rulings_wrap_in_their_cells() -> None:
    def matters(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for y, row in (
            (130, ("Date", "Matter", "Lead")),
            (150, ("4 May 2023", "Passes for young people who", "Ann Field")),
            (162, ("", "have left care", "")),
            (180, ("6 July 2023", "A letter to each school", "Bo Lind")),
            (198, ("6 July 2023", "The night duty line", "Cy Mead")),
        ):
            for x, text in zip((LEFT, 150, 300), row, strict=True):
                canvas.drawString(x, HEIGHT - y, text)
        for y in (118, 136, 205):
            canvas.line(LEFT, HEIGHT - y, 400, HEIGHT - y)

    assert text_of(matters) == (
        "| Date | Matter | Lead |\n|---|---|---|\n"
        "| 4 May 2023 | Passes for young people who have left care | Ann Field |\n"
        "| 6 July 2023 | A letter to each school | Bo Lind |\n"
        "| 6 July 2023 | The night duty line | Cy Mead |"
    )


def test_a_two_level_header_keeps_its_spanning_cell_over_the_first_column() -> None:
    def spanned(canvas: Canvas) -> None:
        grid([["", "Number", "Total"], ["First", "19", "24"], ["Second", "31", "36"]], y=140)(
            canvas
        )
        canvas.rect(LEFT, HEIGHT - 140, 150, 20)
        canvas.rect(LEFT + 150, HEIGHT - 140, 180, 20)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(LEFT + 4, HEIGHT - 133, "Review")
        canvas.drawString(LEFT + 210, HEIGHT - 133, "October")

    assert text_of(spanned) == (
        "| Review | October |  |\n|  | Number | Total |\n|---|---|---|\n"
        "| First | 19 | 24 |\n| Second | 31 | 36 |"
    )


def test_a_cell_of_several_lines_is_one_cell() -> None:
    table = grid(
        [
            ["Matter", "Lead", "Position"],
            [
                "Passes for young people\nwho have left care",
                "Ann Field",
                "Done\n\u2022 sent\n\u2022 kept",
            ],
        ],
        height=40,
        bold=1,
    )
    assert text_of(table) == (
        "| Matter | Lead | Position |\n|---|---|---|\n"
        "| Passes for young people who have left care | Ann Field | Done<br>• sent<br>• kept |"
    )


def test_a_frame_around_text_is_no_table() -> None:
    def framed(canvas: Canvas) -> None:
        canvas.rect(LEFT - 10, HEIGHT - 140, 400, 60)
        lines("Quorum: three members.", "Questions go to the clerk.")(canvas)

    assert text_of(framed) == "Quorum: three members.\n\nQuestions go to the clerk."


def test_a_wide_table_on_a_turned_page_is_read_upright() -> None:
    months = [f"M{n}" for n in range(1, 15)]

    def turned(canvas: Canvas) -> None:
        canvas.translate(A4[0], 0)
        canvas.rotate(90)
        rows = [["Measure", *months, "Target"], *(
            [f"{row} Share", *(f"{row}{n}.5%" for n in range(1, 15)), "90%"] for row in (1, 2)
        )]  # fmt: skip
        for r, row in enumerate(rows):
            x = 50.0
            for c, text in enumerate(row):
                width = 90 if c == 0 else 44
                canvas.rect(x, 400 - 20 * r, width, 20)
                canvas.setFont("Helvetica", 8)
                canvas.drawString(x + 3, 406 - 20 * r, text)
                x += width

    text = text_of(turned)
    assert text.splitlines()[0] == f"| Measure | {' | '.join(months)} | Target |"
    assert text.splitlines()[2].startswith("| 1 Share | 11.5% | 12.5% |")
    assert len(text.splitlines()) == 4
    assert text_of(turned, size=landscape(A4)).count("|") == text.count("|")


def test_headers_repeated_on_the_next_page_are_not_repeated_in_the_rows() -> None:
    second = [FIGURES[0], ["Care plans", "70%", "72%"]]
    text = text_of(grid(FIGURES, bold=1), grid(second, bold=1))
    assert text == f"{AS_ROWS}\n\n| Care plans | 70% | 72% |"


def test_numbered_paragraphs_are_no_table() -> None:
    def numbered(canvas: Canvas) -> None:
        for n in range(4):
            lines(f"1.{n + 1}", y=100 + 20 * n)(canvas)
            lines(f"There were {n + 20} homes in month {n}.", x=110, y=100 + 20 * n)(canvas)

    assert "|" not in text_of(numbered)


def test_an_upright_label_in_a_cell_is_read() -> None:
    def labelled(canvas: Canvas) -> None:
        grid([["", "88%", "91%"], ["Homes", "310", "299"]], height=60)(canvas)
        canvas.saveState()
        canvas.translate(LEFT + 20, HEIGHT - 175)
        canvas.rotate(90)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(0, 0, "Reviews")
        canvas.restoreState()

    assert text_of(labelled).splitlines()[0] == "| Reviews | 88% | 91% |"


def test_every_number_of_the_pages_is_in_the_markup() -> None:
    assert reading(grid(FIGURES), lines("There were 34 in 2023.")).notes == ()


def test_numbered_lines_above_a_table_are_no_header_of_it() -> None:
    def listed(canvas: Canvas) -> None:
        for n, text in enumerate(("accept the first saving; and", "put off the second.")):
            lines(f"{n + 1}.", y=70 + 22 * n)(canvas)
            lines(text, x=LEFT + 30, y=70 + 22 * n)(canvas)
        grid(FIGURES, ruled=False, y=105)(canvas)

    assert text_of(listed) == (
        f"1. accept the first saving; and\n\n2. put off the second.\n\n{AS_ROWS}"
    )


def test_words_and_numbers_torn_in_a_narrow_column_are_whole_again() -> None:
    table = grid(
        [["Month", "Dental", "Share"], ["Septe\nmber", "South\nWest", "63.\n8"]],
        widths=(37, 37, 26),
        height=40,
    )
    page = all_of(lines("In September the share rose in the South and in the West."), table)
    assert "| September | South West | 63.8 |" in text_of(page)


def test_minutes_that_a_table_only_lays_out_are_read_as_minutes() -> None:
    said = (
        "The nurse told the panel that checks were late in 23 of 61 cases, chiefly because the "
        "forms weren't sent on the day. Members asked that social workers carry the form."
    )

    def row(canvas: Canvas, top: float, number: str, title: str, action: str) -> None:
        for x, width in ((LEFT, 30), (LEFT + 30, 350), (LEFT + 380, 80)):
            canvas.rect(x, HEIGHT - top - 110, width, 110)
        lines(number, x=LEFT + 5, y=top + 15)(canvas)
        lines(title, x=LEFT + 35, y=top + 15, font="Helvetica-Bold")(canvas)
        wrapped(said, x=LEFT + 35, y=top + 30, width=340)(canvas)
        lines("Resolved: that forms be carried.", x=LEFT + 35, y=top + 95)(canvas)
        lines(action, x=LEFT + 385, y=top + 15)(canvas)

    def minutes(canvas: Canvas) -> None:
        row(canvas, 100, "4", "Health of children", "")
        row(canvas, 210, "5", "Checks by dentists", "Duty team")

    assert text_of(minutes) == (
        f"**4 Health of children**\n\n{said}\n\nResolved: that forms be carried.\n\n"
        f"**5 Checks by dentists**\n\n{said}\n\nResolved: that forms be carried.\n\nDuty team"
    )
