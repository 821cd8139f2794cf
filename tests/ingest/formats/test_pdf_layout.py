from reportlab.pdfgen.canvas import Canvas

from tests.ingest.formats.making import HEIGHT, LEFT, all_of, lines, text_of, wrapped

PROSE = (
    "Officers told members that the number of foster homes had grown by eleven since the "
    "spring, although seven carers had retired and two had moved to another county. The chair "
    "thanked them and asked for the waiting times to be brought to a later meeting in the year."
)

FIRST, SECOND = PROSE[: PROSE.index(" chair")], PROSE[PROSE.index("chair") :]


def test_wrapped_lines_are_one_paragraph_and_a_space_begins_another() -> None:
    page = all_of(wrapped(PROSE, y=100), wrapped(PROSE, y=170))
    assert text_of(page) == f"{PROSE}\n\n{PROSE}"


def test_a_line_that_had_room_for_the_next_word_ends_its_paragraph() -> None:
    page = all_of(
        lines("Councillor A Marsh (Chair)", "Councillor B Thorne", "Mrs C Dale", y=100),
        wrapped(PROSE, y=170),
    )
    assert text_of(page) == (
        f"Councillor A Marsh (Chair)\n\nCouncillor B Thorne\n\nMrs C Dale\n\n{PROSE}"
    )


def test_headings_are_told_by_size_and_bold_lines_stay_bold() -> None:
    page = all_of(
        lines("Report on fostering", y=90, size=18),
        lines("What carers said", y=120, size=14),
        wrapped(PROSE, y=140),
        lines("Resolved:", y=210, font="Helvetica-Bold"),
        wrapped(PROSE, y=230),
    )
    assert text_of(page) == (
        f"# Report on fostering\n\n## What carers said\n\n{PROSE}\n\n**Resolved:**\n\n{PROSE}"
    )


def test_bold_words_in_a_sentence_keep_their_asterisks() -> None:
    def mixed(canvas: Canvas) -> None:
        text = canvas.beginText(LEFT, HEIGHT - 100)
        text.setFont("Helvetica-Bold", 11)
        text.textOut("Action: ")
        text.setFont("Helvetica", 11)
        text.textOut("Ms Hale to write to every school by May.")
        canvas.drawText(text)

    assert text_of(mixed) == "**Action:** Ms Hale to write to every school by May."


def test_list_items_hang_under_their_text() -> None:
    page = all_of(
        lines("(a)", "(b)", y=100, step=27),
        wrapped(FIRST, x=100, y=100, width=420),
        wrapped(SECOND, x=100, y=127, width=420),
        lines("\u2022 One more carer.", "\u2022 Two more homes.", y=170),
    )
    assert text_of(page) == (
        f"(a) {FIRST}\n\n(b) {SECOND}\n\n- One more carer.\n\n- Two more homes."
    )


def test_numbered_paragraphs_begin_anew_and_go_on_under_their_text() -> None:
    page = all_of(
        lines("3.1", y=100), wrapped(PROSE, x=110, y=100, width=410),
        lines("3.2", y=160), wrapped(PROSE, x=110, y=160, width=410),
    )  # fmt: skip
    assert text_of(page) == f"3.1 {PROSE}\n\n3.2 {PROSE}"


def test_a_number_that_a_line_happens_to_begin_with_begins_no_item() -> None:
    page = lines(
        "The director said that in the whole of the year to March there had been no fewer than",
        "12. Nobody on the panel had known, and members were concerned that the figure of",
        "14 homes given to them in the autumn had never been put right in the register at all.",
    )
    assert text_of(page).count("\n") == 0


def test_two_columns_are_read_one_after_the_other() -> None:
    one, two = PROSE.replace("Officers", "Staff"), PROSE.replace("Officers", "Nurses")
    page = all_of(
        wrapped(f"{one} {one}", x=72, y=100, width=210),
        wrapped(f"{two} {two}", x=310, y=104, width=210),
    )
    assert text_of(page) == f"{one} {one}\n\n{two} {two}"


def test_side_headings_come_before_the_text_beside_them() -> None:
    page = all_of(
        lines("Apologies and", "substitutes", x=72, y=100, font="Helvetica-Bold"),
        wrapped(PROSE, x=190, y=100, width=340),
        lines("Chair's", "announcements", x=72, y=190, font="Helvetica-Bold"),
        wrapped(PROSE, x=190, y=190, width=340),
    )
    assert text_of(page) == (
        f"**Apologies and substitutes**\n\n{PROSE}\n\n**Chair's announcements**\n\n{PROSE}"
    )


def test_words_torn_at_a_line_s_end_are_whole_again() -> None:
    page = all_of(
        lines(
            "Every child in care has a placement, and each placement is seen by a reviewing-",
            "officer of the council, who says whether the place-",
            "ment is good and what the reviewing officer would do.",
        ),
    )
    text = text_of(page)
    assert "placement is good" in text
    assert "reviewing-officer of" in text


def test_a_raised_figure_never_joins_the_number_before_it() -> None:
    def raised(canvas: Canvas) -> None:
        text = canvas.beginText(LEFT, HEIGHT - 100)
        text.setFont("Helvetica", 11)
        text.textOut("The share was 9.0")
        text.setFont("Helvetica", 6)
        text.setRise(4)
        text.textOut("1")
        text.setRise(0)
        text.setFont("Helvetica", 11)
        text.textOut(" in the 3")
        text.setFont("Helvetica", 6)
        text.setRise(4)
        text.textOut("rd")
        text.setRise(0)
        text.setFont("Helvetica", 11)
        text.textOut(" quarter of the year.")
        canvas.drawText(text)

    assert text_of(raised) == "The share was 9.0 1 in the 3rd quarter of the year."


def test_bullets_that_are_drawn_rather_than_printed_begin_items() -> None:
    def discs(canvas: Canvas) -> None:
        for y in (100, 120):
            canvas.circle(LEFT + 4, HEIGHT - y + 4, 2, stroke=0, fill=1)
            lines(f"Two more homes in month {y}.", x=LEFT + 18, y=y)(canvas)

    assert text_of(discs) == "- Two more homes in month 100.\n\n- Two more homes in month 120."


def test_entries_side_by_side_are_no_sentence_that_goes_on() -> None:
    def sheet(canvas: Canvas) -> None:
        for y, row in ((100, ("Time", "2.30 pm", "Public?")), (114, ("Venue", "Town Hall", ""))):
            for x, text in zip((72, 150, 480), row, strict=True):
                lines(text, x=x, y=y)(canvas)
        wrapped(PROSE, y=160)(canvas)

    assert text_of(sheet) == f"Time 2.30 pm Public?\n\nVenue Town Hall\n\n{PROSE}"
