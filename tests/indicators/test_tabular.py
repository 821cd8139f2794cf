"""Figures of made-up tables: (measure, area, basis, last day, value, unit, flags)."""

from tests.indicators.making import OWN, tabled

_BUDGET = """| Service | Budget £000 | Variance £000 |
|---|---|---|
| Fostering | 1,250 | (40) |
"""
_CELLS = """| Measure | Apr-24 | May-24 | Jun-24 |
|---|---|---|---|
| Children in care | 400 | c | not reported |
| Reviews on time | 18 of 20 (90%) |  | [88%] |
"""
_COMPARED = """| Measure | Northmoor 2022/23 | England 2022/23 | Target |
|---|---|---|---|
| Dental check up to date | 71% | 76% | 85% |
"""


def test_page_columns_give_no_figures() -> None:
    agenda = "| Item | Subject | {} |\n|---|---|---|\n| 1 | Minutes | 2 - 4 |\n| 2 | Budget | 5 |\n"
    assert tabled(agenda.format("Pages")) == []
    assert tabled(agenda.format("Where")) == []


def test_action_lists_give_no_figures() -> None:
    assert (
        tabled(
            "| Action | Who | By when |\n|---|---|---|\n| Write to 12 | A Lamb | 30 June 2024 |\n"
        )
        == []
    )


def test_telephone_numbers_are_no_figures() -> None:
    assert tabled("| Officer | Details |\n|---|---|\n| A Lamb | 01632 960000 |\n") == []


def test_a_share_stands_beside_a_number() -> None:
    table = "| Placement | Number | Share |\n|---|---|---|\n| Foster care | 60 | 75 |\n"
    assert tabled(table) == [
        ("Foster care Number", OWN, "actual", None, "60", "count", ()),
        ("Foster care Share", OWN, "actual", None, "75", "percent", ()),
    ]


def test_thousands_of_pounds_are_multiplied_and_flagged() -> None:
    flag = "printed in £ thousands"
    assert tabled(_BUDGET) == [
        ("Fostering Budget £000", OWN, "actual", None, "1250000", "gbp", (flag,)),
        (
            "Fostering Variance £000", OWN, "actual", None, "-40000", "gbp",
            (flag, "brackets read as minus"),
        ),
    ]  # fmt: skip


def test_area_and_year_in_one_header() -> None:
    assert tabled(_COMPARED) == [
        ("Dental check up to date", OWN, "actual", "2023-03-31", "71", "percent", ()),
        ("Dental check up to date", "England", "actual", "2023-03-31", "76", "percent", ()),
        ("Dental check up to date", OWN, "target", None, "85", "percent", ()),
    ]


def test_cells_without_a_plain_figure() -> None:
    care, reviews = ("Children in care", OWN, "actual"), ("Reviews on time", OWN, "actual")
    second = ("second figure in the cell",)
    assert tabled(_CELLS) == [
        (*care, "2024-04-30", "400", "count", ()),
        (*care, "2024-05-31", None, "count", ("suppressed",)),
        (*care, "2024-06-30", None, "count", ("not reported",)),
        (*reviews, "2024-04-30", "18", "count", ()),
        (*reviews, "2024-04-30", "90", "percent", second),
        (*reviews, "2024-05-31", None, "count", ("blank",)),
        (*reviews, "2024-06-30", "88", "percent", ("bracketed",)),
    ]


def test_months_take_the_year_of_the_caption() -> None:
    table = "PEPs, 2023/24\n\n| Measure | Dec | Jan |\n|---|---|---|\n| PEPs | 91% | 92% |\n"
    assert [(o[3], o[4]) for o in tabled(table)] == [("2023-12-31", "91"), ("2024-01-31", "92")]


def test_running_numbers_are_not_part_of_labels() -> None:
    table = (
        "| Measure | Apr-24 |\n|---|---|\n| 1 Children in care | 400 |\n"
        "| 2 3 or more placements | 11% |\n| 3 Reviews on time | 90% |\n"
    )
    assert [o[0] for o in tabled(table)] == [
        "Children in care", "3 or more placements", "Reviews on time",
    ]  # fmt: skip


def test_number_and_percentage_in_one_cell() -> None:
    table = "| Measure | No. (%) |\n|---|---|\n| Reviews | 18 (90) |\n| Visits | 8 (80) |\n"
    assert [(o[4], o[5]) for o in tabled(table)] == [
        ("18", "count"), ("90", "percent"), ("8", "count"), ("80", "percent"),
    ]  # fmt: skip


def test_rates_under_a_caption() -> None:
    table = (
        "Rate per 10,000 children\n\n| Area | Rate 2022/23 | Rate 2023/24 |\n|---|---|---|\n"
        "| Northmoor | 64.1 | 65.2 |\n| England | 70 | 71 |\n"
    )
    assert {(o[1], o[5]) for o in tabled(table)} == {
        (OWN, "rate per 10,000"), ("England", "rate per 10,000"),
    }  # fmt: skip


def test_a_code_or_a_theme_before_the_measure_is_no_label() -> None:
    told = tabled(
        "| Ref | Indicator | 2023/24 |\n|---|---|---|\n| CP01 | Lunches eaten | 61% |\n"
        "| CP02 | Lunches left | 39% |\n| CP03 | Lunches burnt | 5% |\n"
    )
    assert [row[0] for row in told] == ["Lunches eaten", "Lunches left", "Lunches burnt"]


def test_which_way_is_better_is_read_from_its_column() -> None:
    told = tabled(
        "| Indicator | Good is | Mar-24 |\n|---|---|---|\n| Lunches eaten | High | 61% |\n"
        "| Lunches burnt | Low | 5% |\n| Lunches cold | - | 7% |\n"
    )
    assert [row[6] for row in told] == [("higher is better",), ("lower is better",), ()]


def test_quarters_are_of_the_year_that_a_heading_names() -> None:
    told = tabled(
        "## Scorecard 2024/25\n\n| Measure | Q1 | Q2 |\n|---|---|---|\n| Lunches eaten | 5 | 6 |\n"
        "| Lunches left | 1 | 2 |\n"
    )
    assert [row[3] for row in told] == ["2024-06-30", "2024-09-30"] * 2


def test_quarters_without_any_year_that_repeat_are_left_out() -> None:
    told = tabled(
        "## Scorecard 2024/25\n\n| Measure | Q1 | Q1 |\n|---|---|---|\n| Lunches eaten | 5 | 6 |\n"
        "| Lunches left | 1 | 2 |\n"
    )
    assert told == []


def test_columns_without_a_header_are_dated_by_the_sentence_above() -> None:
    told = tabled(
        "The figures below are of lunches in March, April and May 2023.\n\n"
        "|  |  |  |  |\n|---|---|---|---|\n| Eaten on time | 60% | 67% | 62% |\n"
        "| Eaten cold | 5% | 6% | 7% |\n"
    )
    assert [(row[3], row[4]) for row in told[:3]] == [
        ("2023-03-31", "60"),
        ("2023-04-30", "67"),
        ("2023-05-31", "62"),
    ]
