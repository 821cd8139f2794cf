from datetime import date

import pytest

from ingest.model import Period, PeriodKind
from ingest.periods import (
    bare_months,
    calendar_year,
    day,
    describe,
    financial_year,
    find_days,
    find_periods,
    first_period,
    month,
    quarter,
)


@pytest.mark.parametrize(
    ("printed", "period"),
    [
        ("31st March 2024", day(date(2024, 3, 31))),
        ("the 3rd of May, 2024", day(date(2024, 5, 3))),
        ("March 5, 2024", day(date(2024, 3, 5))),
        ("2024-02-29", day(date(2024, 2, 29))),
        ("01/04/2024", day(date(2024, 4, 1))),
        ("9.11.23", day(date(2023, 11, 9))),
        ("Mar-24", month(2024, 3)),
        ("Sept 2023", month(2023, 9)),
        ("February 2024", month(2024, 2)),
        ("2023/24", financial_year(2023)),
        ("2023-2024", financial_year(2023)),
        ("23/24", financial_year(2023)),
        ("quarter 4 of 2023/24", quarter(2023, 4)),
        ("Q1 2024", quarter(2024, 1)),
        ("the second quarter of 2019/20", quarter(2019, 2)),
        ("the 3rd quarter of the 2021/22 year", quarter(2021, 3)),
        ("the last quarter of 2022-23", quarter(2022, 4)),
        ("the last quarter of 2023", quarter(2023, 3)),
        ("Quarter Four 2023/24", quarter(2023, 4)),
        ("Q2 last year (2018/19)", quarter(2018, 2)),
        ("Apr-Sep 24", Period(date(2024, 9, 30), date(2024, 4, 1), PeriodKind.SPAN)),
        ("2019", calendar_year(2019)),
        (
            "April to June 2024",
            Period(date(2024, 6, 30), date(2024, 4, 1), PeriodKind.SPAN),
        ),
        (
            "October to February 2024",
            Period(date(2024, 2, 29), date(2023, 10, 1), PeriodKind.SPAN),
        ),
        ("2017-2020", Period(date(2020, 3, 31), date(2017, 4, 1), PeriodKind.SPAN)),
    ],
)
def test_a_printed_period(printed: str, period: Period) -> None:
    found = first_period(f"It stood at that in {printed}, the clerk said.")
    assert (found, found and found.kind) == (period, period.kind)


@pytest.mark.parametrize(
    "printed",
    ["31 June 2024", "£2,019", "2019.5 hours", "aged 16/17", "16/17 year olds", "Room 2019/7"],
)
def test_what_is_no_period(printed: str) -> None:
    """What broke: ages and sums of money were dated."""
    assert find_periods(printed) == ()


def test_the_quarters_of_a_financial_year() -> None:
    assert [(quarter(2023, n).start, quarter(2023, n).end) for n in (1, 2, 3, 4)] == [
        (date(2023, 4, 1), date(2023, 6, 30)),
        (date(2023, 7, 1), date(2023, 9, 30)),
        (date(2023, 10, 1), date(2023, 12, 31)),
        (date(2024, 1, 1), date(2024, 3, 31)),
    ]


def test_days_in_order_and_nothing_shorter() -> None:
    text = "Minutes of 7 March 2024 (signed in May 2024 and again on 6/6/2024)"
    assert find_days(text) == (date(2024, 3, 7), date(2024, 6, 6))


def test_may_the_verb_is_no_month() -> None:
    text = "It may rise in may, as in March 2024 and in december."
    assert [(number, text[a:b]) for number, a, b in bare_months(text)] == [
        (5, "may"),
        (12, "december"),
    ]


def test_a_mention_is_a_slice_of_the_text() -> None:
    text = "from 1 April 2023 to 31 March 2024"
    assert [text[m.start : m.end] for m in find_periods(text)] == ["1 April 2023", "31 March 2024"]


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (day(date(2024, 3, 31)), "31 March 2024"),
        (month(2024, 3), "March 2024"),
        (quarter(2023, 4), "quarter 4 of 2023/24"),
        (financial_year(2023), "2023/24"),
        (calendar_year(2019), "2019"),
        (Period(date(2024, 6, 30), date(2024, 4, 1), PeriodKind.SPAN), "April 2024 to June 2024"),
    ],
)
def test_a_period_in_words(period: Period, said: str) -> None:
    assert describe(period) == said
