"""Web pages: what is published on them, without what leads elsewhere."""

import time

import pytest

from ingest.errors import UnreadableFile
from ingest.formats.html import read_html
from tests.ingest.formats.office import LIMITS, blocks


def read(source: str | bytes) -> list[str]:
    raw = source if isinstance(source, bytes) else source.encode()
    return blocks(read_html(raw, LIMITS))


def test_headings_paragraphs_and_looks() -> None:
    assert read(
        "<body><h1>Penmoor</h1><p>Some <b>bold</b> words &amp;amp; 5 &lt; 6*.</p>"
        "<p><strong>Present</strong></p><div>Loose <i>text</i><p>then</p>tail</div>"
    ) == [
        "# Penmoor",
        "Some **bold** words &amp;amp; 5 < 6&#42;.",
        "**Present**",
        "Loose text",
        "then",
        "tail",
    ]


def test_lists_are_numbered_as_a_browser_prints_them() -> None:
    assert read(
        "<ol start=3><li>c<ol type=a><li>x</li><li>y</li></ol></li><li value=9>nine</li>"
        "<li>ten</li></ol><ol type=i><li>one</li><li>two</li></ol>"
        "<ol reversed><li>b</li><li>a</li></ol><ul><li><p>first</p><p>more</p></li></ul>"
    ) == [
        "3. c",
        "a. x",
        "b. y",
        "9. nine",
        "10. ten",
        "i. one",
        "ii. two",
        "2. b",
        "1. a",
        "- first",
        "more",
    ]


def test_what_belongs_to_the_site_or_isn_t_shown_is_out() -> None:
    assert read(
        "<body><header>Search</header><nav>Home</nav><div class='cookie-banner'>Accept</div>"
        "<p class='breadcrumb'>You are here</p><p hidden>a</p><p style='display: none'>b</p>"
        "<span class='visually-hidden'>c</span><form><label>Find</label><input value=x>"
        "<p>The words of a page that says something.</p></form>"
        "<script>d()</script><style>p{}</style><!-- e -->"
        "<aside>Related</aside><footer>Legal</footer></body>"
    ) == ["The words of a page that says something."]


def test_a_page_s_own_header_and_a_menu_of_everything_stay() -> None:
    assert read(
        "<body class='menu'><div class='nav'><h1>Decisions</h1></div>"
        "<main><header>Thursday</header><p>The decision was taken and this is what it says.</p>"
    ) == ["Thursday", "The decision was taken and this is what it says."]
    assert read("<body class='menu'><div class='nav'><h1>Decisions</h1></div>") == ["# Decisions"]


def test_tables_with_spans_and_header_rows() -> None:
    assert read(
        "<table><caption>Homes</caption><tr><th rowspan=2>Area</th><th colspan=2>2024</th></tr>"
        "<tr><th>Q1</th><th>Q2</th></tr><tr><td rowspan=2>North</td><td>1</td><td>2</td></tr>"
        "<tr><td>3</td><td>4<br>(est.)</td></tr><tr><td>South|West</td><td></td><td>6</td></tr>"
        "</table>"
    ) == [
        "**Homes**",
        "| Area | 2024 |  |\n|  | Q1 | Q2 |\n|---|---|---|\n| North | 1 | 2 |\n"
        "| North | 3 | 4<br>(est.) |\n| South\\|West |  | 6 |",
    ]


def test_a_row_over_the_whole_table_is_its_caption_above_and_a_row_within() -> None:
    assert read(
        "<table><tr><td colspan=2>Costs</td></tr><tr><td>Fees</td><td>£4</td></tr>"
        "<tr><td colspan=2>Other</td></tr><tr><td>Fuel</td><td>£5</td></tr></table>"
    ) == ["**Costs**", "| Fees | £4 |\n| Other |  |\n| Fuel | £5 |"]


def test_an_agenda_page_with_minutes_gives_each_item_its_text() -> None:
    page = """<html><head><title>Agenda and minutes - Care Board - 5 March 2024</title></head>
    <body><div class="banner"><header><img alt="Penmoor Council"></header></div>
    <div id="content"><h1>Agenda and minutes</h1><h2>Care Board - 5 March 2024 2.00 pm</h2>
    <table><tr><th>No.</th><th>Item</th></tr>
    <tr><td><p>4.</p></td><td><p><a href="x.pdf">Fostering report<span>PDF 154 KB</span></a></p>
    <p>Minutes:</p><div><p>Members heard more.</p><p><b>Resolved</b>: that it be noted.</p></div>
    </td></tr><tr><td><p>5.</p></td><td><p>Homes</p><h2>Minutes:</h2><p>None.</p></td></tr>
    </table></div></body></html>"""
    assert read(page) == [
        "Penmoor Council",
        "# Agenda and minutes",
        "## Care Board - 5 March 2024 2.00 pm",
        "#### 4. Fostering report",
        "Minutes:",
        "Members heard more.",
        "**Resolved**: that it be noted.",
        "#### 5. Homes",
        "##### Minutes:",
        "None.",
    ]


def test_an_agenda_alone_stays_a_table() -> None:
    assert read(
        "<table><tr><th>No.</th><th>Item</th></tr><tr><td>1</td><td>Apologies</td></tr>"
        "<tr><td>2</td><td>Minutes</td></tr></table>"
    ) == ["| No. | Item |\n|---|---|\n| 1 | Apologies |\n| 2 | Minutes |"]


def test_fields_of_a_decision_stand_on_their_lines() -> None:
    assert read(
        "<dl><dt>Decision maker:</dt><dd>Cabinet</dd><dt>Status:</dt><dd>Approved</dd></dl>"
        "<p><span>Decision due:</span> 4 May 2024</p>"
    ) == ["**Decision maker:** Cabinet", "**Status:** Approved", "Decision due: 4 May 2024"]


def test_tables_that_only_arrange_the_page_are_read_through() -> None:
    assert read(
        "<table><tr><td><h2>Left</h2><p>Words</p></td><td><table><tr><td>A</td><td>1</td></tr>"
        "<tr><td>B</td><td>2</td></tr></table></td></tr></table>"
    ) == ["## Left", "Words", "| A | 1 |\n| B | 2 |"]


def test_lines_that_end_printed_pages_number_them() -> None:
    pages = read_html(
        b"<p>one</p><p>Page 1</p><p>two</p><p>Page 2 of 2</p><p>rest</p>", LIMITS
    ).pages
    assert [(page.text, page.sheet, page.printed) for page in pages] == [
        ("one\n\n", None, 1),
        ("two\n\n", None, 2),
        ("rest", None, None),
    ]


@pytest.mark.parametrize(
    "raw",
    [
        "<p>Siân – £5</p>".encode(),
        "<p>Siân – £5</p>".encode("cp1252"),
        '<meta charset="windows-1252"><p>Siân – £5</p>'.encode("cp1252"),
        "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'>"
        "<p>Siân – £5</p>".encode("cp1252"),
        "\ufeff<p>Siân – £5</p>".encode(),
        "\ufeff<p>Siân – £5</p>".encode("utf-16-le"),
    ],
)
def test_characters_are_read_by_mark_by_what_the_page_says_or_by_trying(raw: bytes) -> None:
    assert read(raw) == ["Siân – £5"]


def test_a_page_that_a_script_fills_in_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="a script fills it in"):
        read("<div id=root></div><script src=app.js></script><noscript>Enable it</noscript>")
    with pytest.raises(UnreadableFile, match="holds no text"):
        read("<html></html>")


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "ul><li", "b", "font"])
def test_nesting_without_end_neither_hangs_nor_overflows(tag: str) -> None:
    begun = time.monotonic()
    assert "deep" in " ".join(read(f"<{tag}>" * 200_000 + "deep"))
    assert time.monotonic() - begun < 20
