"""Tables printed as plain lines, and those with every cell on a line of its own."""

import pytest

from tests.indicators.making import printed

_QUARTERS = """Library scorecard

No. Measure Q3 23/24 Q4 23/24 Q1 24/25 Target RAG England

Visits

1 Visits per 1,000 people 610 598 655 650 G 702
2 New members in quarter 1,204 c 988 - - -
3 Books returned on time 91% 90% 88% (r) 95% R 93%

Buildings

4 Libraries open
all week 12 12 11 12 A -
"""


def test_a_scorecard_is_read_with_dates_target_and_comparator() -> None:
    told = printed(_QUARTERS)
    assert ("Books returned on time", "", "actual", "2024-06-30", "88", "percent") in told
    assert ("Books returned on time", "", "target", None, "95", "percent") in told
    assert ("Books returned on time", "England", "actual", None, "93", "percent") in told
    assert ("New members in quarter", "", "actual", "2024-03-31", None, "count") in told
    assert ("Visits per 1,000 people", "", "actual", "2023-12-31", "610", "rate per 1,000") in told
    assert ("Libraries open all week", "", "actual", "2024-06-30", "11", "count") in told


def test_a_rating_is_no_figure() -> None:
    assert not [t for t in printed(_QUARTERS) if t[0].endswith("RAG")]


def test_a_row_with_fewer_values_than_columns_is_left_alone() -> None:
    """Which of the cells is blank can't be told."""
    short = _QUARTERS.replace("610 598 655 650 G 702", "610 655 650 G 702")
    assert not [t for t in printed(short) if t[0].startswith("Visits")]


def test_a_rating_under_a_date_is_left_alone() -> None:
    turned = _QUARTERS.replace("610 598 655 650 G 702", "610 598 G 655 650 702")
    assert not [t for t in printed(turned) if t[0].startswith("Visits")]


def test_blank_cells_are_told_by_their_place_where_lines_are_set_out_in_columns() -> None:
    told = printed(
        "Measure                      2021/22    2022/23    2023/24    Target\n"
        "Potholes filled in time        71%        74%        80%        85%\n"
        "Road closures                   31                    27          \n"
    )
    assert ("Road closures", "", "actual", "2022-03-31", "31", "count") in told
    assert ("Road closures", "", "actual", "2024-03-31", "27", "count") in told
    assert not [t for t in told if t[0] == "Road closures" and t[3] == "2023-03-31" and t[4]]


def test_rows_go_on_over_a_page_without_their_headings() -> None:
    told = printed(
        "Measure 2021/22 2022/23 2023/24\nBins missed 310 290 255\n\nPage 12\n\n"
        "Fly-tips cleared 88 91 97\n"
    )
    assert ("Fly-tips cleared", "", "actual", "2024-03-31", "97", "count") in told


def test_other_dates_stand_for_some_rows() -> None:
    """Schools report by term, the rest by quarter."""
    told = printed(
        "Measure Q3 23/24 Q4 23/24 Q1 24/25 Target England\n"
        "Youth club visits 410 388 402 400 -\n\n"
        "Autumn 23 Spring 24\n"
        "School trips 14 17 20 12\n"
    )
    assert ("School trips", "", "actual", "2024-05-31", "17", "count") in told
    assert ("School trips", "", "target", None, "20", "count") in told
    assert ("School trips", "England", "actual", None, "12", "count") in told


def test_money_in_thousands_is_said_above() -> None:
    told = printed(
        "Table 3: Parks budget 2024/25, £000\n\nBudget heading Budget Forecast Variance\n"
        "Grounds 1,410 1,385 (25)\nPlay areas 560 610 50\nTotal 1,970 1,995 25\n"
    )
    assert ("Grounds Variance", "", "actual", "2025-03-31", "-25000", "gbp") in told
    assert ("Total Forecast", "", "actual", "2025-03-31", "1995000", "gbp") in told


def test_a_second_figure_in_a_cell_is_no_column() -> None:
    told = printed(
        "Measure 2021/22 2022/23 England 21/22\n"
        "Passed first time (cohort) 61% (40) 66% (38) 58%\nPlaces offered 52 49 -\n"
    )
    assert ("Passed first time cohort", "England", "actual", "2022-03-31", "58", "percent") in told


@pytest.mark.parametrize(
    "text",
    [
        "Agenda Contents\n3. MINUTES 3 - 11\n4. ACTIONS 12 - 13\n",
        "Contact Details\nTarget - 428 days\nEngland - 486 days\nCurrent - 455 days\n",
        "Items Between Two Meetings\nThe panel met in 2019 2020 and 2021 2022\n",
        "First Second Third\nThe rest is prose, of 12 children and 14 adults in 3 4\n",
    ],
)
def test_lists_and_prose_are_no_tables(text: str) -> None:
    assert printed(text) == []


def test_cells_on_lines_of_their_own_are_read_where_they_keep_step() -> None:
    told = printed(
        "Table 1: Bookings on 30 June 2024\n\nKind of room\n\nNumber\n\nShare\n\n"
        "Halls\n40\n50%\nStudios\n24\n30%\nKitchens\n16\n20%\n"
    )
    assert ("Studios Number", "", "actual", "2024-06-30", "24", "count") in told
    assert ("Kitchens Share", "", "actual", "2024-06-30", "20", "percent") in told


def test_cells_that_lose_step_are_left_alone() -> None:
    told = printed(
        "Table 1: Bookings on 30 June 2024\n\nKind of room\n\nNumber\n\nShare\n\n"
        "Halls\n40\n50%\nStudios\n30%\nKitchens\n16\n20%\n"
    )
    assert told == []


def test_two_lines_of_headings_set_out_in_columns() -> None:
    text = (
        "Measure                      23/24           24/25           Target  England\n"
        "                             Q3      Q4      Q1      Q2              22/23\n"
        "% of boats afloat            81.0    78.5    84.1    88.2    95.0    89.6\n"
        "% of crews trained           52.0    57.3    63.9    61.4    80.0    ..\n"
    )
    told = {
        (measure, area, basis, day, value) for measure, area, basis, day, value, _ in printed(text)
    }
    assert ("of boats afloat", "", "actual", "2024-09-30", "88.2") in told
    assert ("of boats afloat", "", "target", None, "95.0") in told
    assert ("of boats afloat", "England", "actual", "2023-03-31", "89.6") in told


_STACK = """Table 4. Library dashboard

Measure
Good to be
Q1 23/24
Q2 23/24
Target

Loans on time (%)
High
91.5
93.0
95.0

Late fees per reader (£)
Low
2.10
1.90
-

 
7

Visits (number)
-
310
325
-
"""


def test_a_stack_tells_which_way_is_better_and_goes_on_over_a_page() -> None:
    told = printed(_STACK)
    assert ("Loans on time", "", "actual", "2023-09-30", "93.0", "percent") in told
    assert ("Loans on time", "", "target", None, "95.0", "percent") in told
    assert ("Visits number", "", "actual", "2023-06-30", "310", "count") in told
