"""Tables that blanks set out in columns, and headings over several lines, on a made-up harbour."""

import pytest

from indicators.extract import observe
from ingest.reading import Source
from ingest.structure import understand
from tests.indicators.making import Told, printed


def _told(text: str) -> list[Told]:
    return printed(text, "table")


_SCORECARD = """Table 1: Harbour scorecard

No  Measure                             Q3      Q4      Q1      Target  England  Stat
                                        22/23   22/23   23/24   23/24   latest   nbrs
Boats
1   Boats moored (end of quarter)       1,214   1,302   1,417   ..      ..       ..
2   % of moorings let within
    twenty weeks                        46.1    43.8    [39.5]  60.0    49.2     44.6
3   % of ropes in good repair           7.9             8.1     7.0     8.6      7.8
    or better
Sails
4   Sails mended at the first attempt   72      70      ..      75      ..       73

(brackets: not yet checked)
"""


def test_headings_over_two_lines_and_labels_over_two_lines() -> None:
    told = _told(_SCORECARD)
    assert ("Boats moored end of quarter", "", "actual", "2022-12-31", "1214", "count") in told
    assert (
        "of moorings let within twenty weeks", "", "actual", "2023-06-30", "39.5", "percent",
    ) in told  # fmt: skip
    assert (
        "of ropes in good repair or better", "", "target", "2024-03-31", "7.0", "percent",
    ) in told  # fmt: skip
    assert ("Sails mended at the first attempt", "", "actual", "2023-03-31", "70", "count") in told


def test_a_blank_cell_is_never_its_neighbours() -> None:
    ropes = {(told[3], told[4]) for told in _told(_SCORECARD) if "ropes" in told[0] and not told[1]}
    assert ("2023-03-31", None) in ropes
    assert ("2023-06-30", "8.1") in ropes


def test_comparators_stand_in_columns_of_their_own() -> None:
    told = _told(_SCORECARD)
    areas = {told[1]: told[4] for told in told if "twenty weeks" in told[0] and told[1]}
    assert areas == {"England": "49.2", "statistical neighbours": "44.6"}


def test_a_note_below_is_no_part_of_the_last_label() -> None:
    assert not [told for told in _told(_SCORECARD) if "checked" in told[0]]


_LEFT = """
                     Boats let                 Ropes sold
                     2022     2023    Eng 23   2022     2023    Eng 23
North quay           14       13      15       128      121     112
South quay           34       33      36       149      143     145
"""
_MIDDLE = """
                                    2022/23                     2023/24
                            Q1    Q2    Q3    Q4       Q1    Q2    Q3
Boats let                   22    31    27    35       30    28    33
Ropes sold                   3     5     2     4        6     3     5
"""
_REPEATED = """
                     2022             2023
                     County  Eng      County  Eng
North quay           8       9        6       7
South quay           23      25       19      21
"""


def test_a_heading_over_several_columns_is_of_all_of_them() -> None:
    told = _told(_LEFT)
    assert ("North quay Ropes sold", "", "actual", "2023-12-31", "121", "count") in told
    assert ("South quay Boats let", "England", "actual", "2023-12-31", "36", "count") in told


def test_a_year_over_the_middle_of_its_quarters() -> None:
    """What broke: the quarters to the left of the year were dated by the year that follows."""
    told = [t for t in _told(_MIDDLE) if t[0] == "Boats let"]
    assert [(t[3], t[4]) for t in told] == [
        ("2022-06-30", "22"), ("2022-09-30", "31"), ("2022-12-31", "27"), ("2023-03-31", "35"),
        ("2023-06-30", "30"), ("2023-09-30", "28"), ("2023-12-31", "33"),
    ]  # fmt: skip


def test_the_same_headings_under_each_year() -> None:
    told = _told(_REPEATED)
    assert ("North quay", "", "actual", "2022-12-31", "8", "count") in told
    assert ("South quay", "England", "actual", "2023-12-31", "21", "count") in told


_TURNED = """Boats and ropes by month

Month      Boats     Ropes in      %
           let       20 weeks
Apr-23     62        25            40.3
May-23     71        27            38.0
Jun-23*    82        33            40.2
* not yet checked
"""


def test_months_down_the_rows_and_headings_that_hold_numbers() -> None:
    told = _told(_TURNED)
    assert ("Boats let", "", "actual", "2023-05-31", "71", "count") in told
    assert ("Ropes in 20 weeks", "", "actual", "2023-06-30", "33", "count") in told


def test_a_row_of_dates_over_a_row_of_figures() -> None:
    told = _told("Boats on 31 July each year\n\n   2021   2022   2023\n   78     76     71\n")
    assert {(t[3], t[4]) for t in told} == {
        ("2021-07-31", "78"), ("2022-07-31", "76"), ("2023-07-31", "71"),
    }  # fmt: skip


def test_a_table_goes_on_behind_the_end_of_a_page() -> None:
    head = "                      2022/23   2023/24\n"
    text = (
        f"Harbour\n\n{head}Boats let             61        64\nRopes sold            71        74\n"
    )
    more = "Page 3\nSails mended          81        84\nOars lent             91        94\n"
    assert ("Oars lent", "", "actual", "2024-03-31", "94", "count") in _told(text + more)
    prose = "The figures that follow are about something else and come from another paper.\n"
    assert not [t for t in _told(text + prose + more) if t[0] == "Oars lent"]


@pytest.mark.parametrize(
    "text",
    [
        # a row with two values under one heading
        "Boats and quays\n\n            2022/23    2023/24\nNorth       61 72 83\nSouth    4 5 6\n",
        # words set apart, without a figure
        "Who      What        When\nA Hale   Ropes       soon\nB Lowe   Sails       later\n",
        # figures with nothing over them
        "The list\n\nNorth quay     61      72\nSouth quay     64      75\n",
    ],
)
def test_what_no_heading_is_sure_of_is_left_out(text: str) -> None:
    assert _told(text) == []


_IN_ORDER = """Appendix: Scorecard
Ref Measure 21/22 22/23 Apr May Jun Target
London England
out out 23 23 23 23/24
turn turn
H1 Boats moored 331 318 314 309 312 n/a - -
H2 % ropes renewed in 20
working days 58 62 55 48 61 85 51 70
H3 % sails mended in time 64 78 74 71 73 90 75 70
"""


def test_headings_over_several_lines_where_nothing_is_set_out() -> None:
    told = _told(_IN_ORDER)
    assert ("Boats moored", "", "actual", "2022-03-31", "331", "count") in told
    assert ("ropes renewed in 20 working days", "", "actual", "2023-05-31", "48", "percent") in told
    assert ("sails mended in time", "", "target", "2024-03-31", "90", "percent") in told
    assert ("sails mended in time", "London", "actual", None, "75", "percent") in told


def test_a_year_beside_the_quarters_of_the_next() -> None:
    """What broke: "2022/23 Q1" was read as one heading, and every figure stood one to the left."""
    text = (
        "Ref Measure 2022/23 Q1 Q2 Target\nout-turn 23/24 23/24 23/24\n"
        "H1 % boats let 81 84 83 90\nH2 % ropes sold 71 74 73 80\n"
    )
    told = _told(text)
    assert ("boats let", "", "actual", "2023-03-31", "81", "percent") in told
    assert ("boats let", "", "actual", "2023-09-30", "83", "percent") in told


_LISTS = """Appendix: who sails (30 September 2023)

Age
Under 1 14
1 to 4 33
All 47

Kind of boat
Sloop 30
Section 20 17
All 47

Rooms
Section 20
Section 31
Section 38
"""


def test_lists_of_one_column_that_add_up() -> None:
    told = [(t[0], t[3], t[4]) for t in _told(_LISTS)]
    assert ("1 to 4", "2023-09-30", "33") in told
    assert ("Section 20", "2023-09-30", "17") in told
    assert not [t for t in told if t[0] == "Section"]


def test_a_caption_says_in_what_the_figures_are() -> None:
    table = (
        "              2022/23   2023/24\nNorth quay    61        64\nSouth quay    71        74\n"
    )
    assert {t[5] for t in _told(f"Moorings let (%)\n\n{table}")} == {"percent"}
    assert {t[5] for t in _told(f"Cost of a berth a week (£)\n\n{table}")} == {"gbp"}
    assert {t[5] for t in _told(f"Boats moored, up by 5% a year\n\n{table}")} == {"count"}


def test_a_head_of_tabs_goes_on_in_the_rows_below() -> None:
    """What broke: "£m" under the headings was a row of the body, and amounts were counts."""
    told = _told(
        "Harbour budget 2023/24\n\nService\tRevised\tForecast\n\tbudget\toutturn\n\t£m\t£m\n"
        "Boats\t18.20\t18.95\nRopes\t(2.41)\t(2.88)\n"
    )
    assert ("Boats Revised budget £m", "", "actual", "2024-03-31", "18200000", "gbp") in told
    assert ("Ropes Forecast outturn £m", "", "actual", "2024-03-31", "-2880000", "gbp") in told


def test_blank_cells_before_the_first_of_a_row_are_kept() -> None:
    """What broke: the blanks before a heading of a further row were lost, and it moved left."""
    told = _told(
        "Harbour\n\nMeasure\tIs\tApr-23\tMay-23\tAim\n\t\t\t\t2023-24\n"
        "Boats let\tH\t61\t64\t70\nRopes sold\tL\t71\t74\t80\n"
    )
    assert ("Boats let", "", "actual", "2023-05-31", "64", "count") in told
    assert ("Ropes sold", "", "target", "2024-03-31", "80", "count") in told


def test_a_year_over_the_middle_of_columns_between_bars() -> None:
    told = _told(
        "Harbour\n\n| | | 2022/23 | | | 2023/24 | |\n| | Q2 | Q3 | Q4 | Q1 | Q2 | Q3 |\n"
        "|---|---|---|---|---|---|---|\n| Boats let | 1 | 2 | 3 | 4 | 5 | 6 |\n"
        "| Ropes sold | 7 | 8 | 9 | 10 | 11 | 12 |\n"
    )
    assert ("Boats let", "", "actual", "2022-09-30", "1", "count") in told
    assert ("Ropes sold", "", "actual", "2023-06-30", "10", "count") in told


def test_headings_of_groups_and_units_where_nothing_is_set_out() -> None:
    grouped = _told(
        "Boats let Ropes sold\nQuay 2022 2023 2022 2023\nNorth 14 13 128 121\n"
        "South 34 33 149 143\nWest 51 49 162 158\n"
    )
    assert ("South Ropes sold", "", "actual", "2022-12-31", "149", "count") in grouped
    money = _told(
        "Money 2023/24\nService Budget Forecast Variance\n£000 £000 £000\n"
        "Boats 18,450 21,300 2,850\nRopes 9,120 9,055 (65)\n"
    )
    assert ("Ropes Variance £000", "", "actual", "2024-03-31", "-65000", "gbp") in money


def test_a_quarter_under_several_years_has_no_date() -> None:
    told = _told(
        "2022/23 2023/24 2023/24\nRef Measure Outturn Q1 Q2 Target\n"
        "H1 % boats let 81 84 83 90\nH2 % ropes sold 71 74 73 80\n"
    )
    assert {t[3] for t in told if t[4] in ("84", "83")} == {None}


_BETWEEN_HARBOURS = """Northmoor Borough Council
Harbour Committee
24 January 2024

# Performance report

How we compare with other harbours of the region, September 2023

                 Boats let     Ropes sold
Northmoor        61            4.1
Sandhaven        72            5.2
England          55            6.3
"""


def test_others_rows_are_not_the_councils_own() -> None:
    """What broke: figures of a neighbour that no list names were given as the council's own."""
    paper = understand(Source("northmoor-2024.txt", "0", _BETWEEN_HARBOURS))
    told = {(o.area, o.printed) for o in observe(paper) if o.source == "table"}
    assert told == {
        ("Northmoor", "61"), ("Northmoor", "4.1"), ("Sandhaven", "72"), ("Sandhaven", "5.2"),
        ("England", "55"), ("England", "6.3"),
    }  # fmt: skip


def test_letters_before_the_rows_are_no_labels() -> None:
    told = _told(
        "Plan\n\nPart                 Done   Late\nA  Mooring of boats  6      4\n"
        "B  Renewing ropes    2      3\nTotal                8      7\n"
    )
    assert ("Mooring of boats Done", "", "actual", None, "6", "count") in told
