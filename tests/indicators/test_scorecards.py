"""Scorecards, columns and lists in the ways that papers set them out, on a made-up harbour."""

from datetime import date

from indicators.extract import observe
from ingest.periods import account_month, account_months
from ingest.reading import Source
from ingest.structure import understand
from tests.indicators.making import Told, printed


def _told(text: str) -> list[Told]:
    return printed(text, "table", "dashboard")


_GROUPED = """Ref\tMeasure\tGood is\t2022-23\tQ1 23-24\tTarget 23-24\tRAG\tEngland
Boats
1\tBoats moored (number)\t-\t61\t64\t-\t-
2\tMoorings let (%)\tHigh\t71\t74 (64/86)\t80\tA\t77.5
Page 4
Ropes
3\tRopes renewed in time (%)\tHigh\t88\t91\t95\tA\t90
"""


def test_a_head_stands_over_all_groups_of_its_rows() -> None:
    """What broke: below the first heading of rows no figure was read."""
    told = _told(_GROUPED)
    assert ("Moorings let", "", "actual", "2023-06-30", "74", "percent") in told
    assert ("Moorings let", "", "target", "2024-03-31", "80", "percent") in told
    assert ("Ropes renewed in time", "England", "actual", None, "90", "percent") in told
    assert ("Ropes renewed in time", "", "actual", "2023-03-31", "88", "percent") in told


def test_the_part_and_whole_behind_a_share_are_no_figures() -> None:
    assert {value for label, *_, value, _ in _told(_GROUPED) if label == "Moorings let"} == {
        "71", "74", "80", "77.5",
    }  # fmt: skip


def test_a_table_of_its_own_has_not_the_head_of_the_one_before() -> None:
    other = "Table 2: what it cost in May 2023\nQuay\tA\t12\t15\t9\t4\nPier\tB\t11\t10\t8\t3\n"
    assert not [t for t in _told(_GROUPED + other) if t[0].startswith(("Quay", "Pier"))]


_LISTED = """Order of the columns: Q3 2022/23, Q3 2023/24, target, England 2022/23, rating
Boats
A1 Boats moored 243 258 none - -
A2 Moorings let on time 24.8% 19.7% 20% 22.4% Green
A3 Ropes of good quality not reported 74.5% 80% - Amber
A4 Sails mended 41% 44%
"""


def test_columns_that_a_line_lists() -> None:
    told = _told(_LISTED)
    assert ("Boats moored", "", "actual", "2023-12-31", "258", "count") in told
    assert ("Boats moored", "", "target", None, None, "count") in told
    assert ("Moorings let on time", "England", "actual", "2023-03-31", "22.4", "percent") in told
    assert ("Ropes of good quality", "", "actual", "2023-12-31", "74.5", "percent") in told
    assert ("Ropes of good quality", "", "actual", "2022-12-31", None, "count") in told
    assert not [t for t in told if t[0].startswith("Sails")]


_COLUMNS = """The moorings were counted twice.

Mooring
Quay side
Pier head
Buoys
2022
14
7
5
2023 (prov)
16
6
9
England 2022
12
n/a
4

Nothing else was counted.
"""


def test_columns_one_below_the_other() -> None:
    told = _told(_COLUMNS)
    assert ("Quay side", "", "actual", "2022-12-31", "14", "count") in told
    assert ("Buoys prov", "", "actual", "2023-12-31", "9", "count") in told
    assert ("Pier head", "England", "actual", "2022-12-31", None, "count") in told
    assert len(told) == 9


def test_one_column_is_read_where_its_total_bears_it_out() -> None:
    stack = "It was so.\n\nBand\nLow\nMiddle\nHigh\nTotal\nBoats\n{}\n\nSo much for that.\n"
    told = _told(stack.format("4\n6\n3\n13"))
    assert [(label, value) for label, *_, value, _ in told][-1] == ("Total Boats", "13")
    assert not [t for t in _told(stack.format("4\n6\n3\n14")) if t[0].startswith("Low")]


def test_months_down_the_rows_are_dated_by_the_heading() -> None:
    text = (
        "## 4. Moorings, April to June 2023\n\n"
        "Month\tBoats moored\tOf which within 45 days\t%\n"
        "April\t198\t151\t76.3\nMay\t214\t158\t73.8\nJune\t231\t162\t70.1\nTotal\t643\t471\t73.3\n"
    )
    told = _told(text)
    assert ("Boats moored", "", "actual", "2023-05-31", "214", "count") in told
    assert ("Of which within 45 days", "", "actual", "2023-06-30", "162", "count") in told
    assert ("Of which within 45 days", "", "actual", "2023-04-30", "76.3", "percent") in told


def test_a_list_of_dates() -> None:
    told = _told("Boats moored at the end of the month\nApr 2023 505\nMay 2023 509\nJun 2023 513\n")
    assert [(label, end, value) for label, _, _, end, value, _ in told] == [
        ("Boats moored at the end of the month", "2023-04-30", "505"),
        ("Boats moored at the end of the month", "2023-05-31", "509"),
        ("Boats moored at the end of the month", "2023-06-30", "513"),
    ]


def test_aims_and_nations_are_columns_of_their_own() -> None:
    text = (
        "| Team | Dec-22 | Dec-23 | Guide | Wales 2022/23 |\n|---|---|---|---|---|\n"
        "| Boats per crew, pier | 23 | 26 | 18 | 21 |\n| Boats, quay | 19 | 18 | 18 | - |\n"
    )
    told = _told(text)
    assert ("Boats per crew, pier", "", "target", None, "18", "count") in told
    assert ("Boats per crew, pier", "Wales", "actual", "2023-03-31", "21", "count") in told


def test_a_month_of_accounts_is_counted_from_april() -> None:
    by = date(2024, 1, 25)
    named = [number for number, _, _ in account_months("between month 6 and M10, not M25 or P3.2")]
    assert named == [6, 10]
    assert [str(account_month(number, by).end) for number in named] == ["2023-09-30", "2023-01-31"]


def test_numbered_paragraphs_set_out_with_a_tab_are_text() -> None:
    """What broke: they were rows of a table, and the table below them lost its head."""
    held = understand(
        Source(
            "northmoor-2024.txt",
            "0",
            "# Harbour report\n\n1\tMoorings\n1.1\tOf 418 boats that came in 2023, 172 were moored "
            "within two days.\n2\tMonthly figures\n\tBoats\tOars\nAug 2023\t31\t29\n"
            "Sep 2023\t44\t33\n",
        )
    )
    table = held.tables[0]
    assert [cell.text for cell in table.header[0]] == ["", "Boats", "Oars"]
    assert "172" in {o.printed for o in observe(held) if o.source == "sentence"}
