"""Dates that lean on the present, or on the date spoken of before, as questions put them."""

from datetime import date

import pytest

from assistant.answer import Route, Scope, Turn
from assistant.question.cues import Operation, Wanted
from assistant.question.understand import Held, Query, understand
from ingest.periods import describe

COUNTY = "Thistledown County Council"
HELD = Held((COUNTY,), ("Corporate Parenting Panel",), date(2023, 1, 9), date(2024, 2, 14))
TODAY = date(2026, 11, 26)


def read(question: str, *history: Turn) -> Query:
    return understand(question, history, Scope(), HELD, TODAY)


def periods(query: Query) -> list[str]:
    return [describe(period) for period in query.periods]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many foster carers were there in Apr?", ["April 2023"]),
        ("foster carers count - November", ["November 2023"]),
        ("How many carers did we have three months ago?", ["November 2023"]),
        ("Number of carers last month", ["January 2024"]),
        ("Number of carers the month before last", ["December 2023"]),
        ("Number of carers this time last year", ["February 2023"]),
        ("What was the number of carers in the last quarter?", ["quarter 3 of 2023/24"]),
        ("Number of carers in Q3 last year", ["quarter 3 of 2022/23"]),
        ("Number of carers in the first quarter of this year", ["quarter 1 of 2023/24"]),
        ("Number of carers, third quarter of 22-23", ["quarter 3 of 2022/23"]),
        ("Number of carers in the last financial year", ["2022/23"]),
        ("Number of carers at year end", ["31 March 2023"]),
        ("Number of carers in the year to March", ["2022/23"]),
        ("Has the number of carers risen since August?", ["August 2023 to February 2024"]),
        ("Has the number of carers risen since August 2020?", ["August 2020 to February 2024"]),
        ("How many carers left in the autumn?", ["autumn 2023"]),
        ("Number of carers in May 2022", ["May 2022"]),
        ("What share of carers may need help?", []),
    ],
)
def test_a_time_is_counted_from_the_newest_paper(question: str, told: list[str]) -> None:
    assert periods(read(question)) == told


@pytest.mark.parametrize(
    "question",
    [
        "Are there more carers than last month?",
        "Is the number of carers down on last quarter?",
        "number of carers compared with the previous financial year",
    ],
)
def test_a_time_that_a_figure_is_set_beside_is_not_the_one_asked_of(question: str) -> None:
    assert periods(read(question)) == []


@pytest.mark.parametrize(
    ("before", "question", "told"),
    [
        (
            "Missing incidents in Q2 2023/24?",
            "what about the quarter before?",
            "quarter 1 of 2023/24",
        ),
        ("Missing incidents in Q4 2022/23?", "and the next quarter?", "quarter 1 of 2023/24"),
        ("Missing incidents in Q1 2022/23?", "and in the last quarter?", "quarter 4 of 2022/23"),
        ("Number of carers in May 2023?", "and the month after that?", "June 2023"),
        ("Number of carers in January 2023?", "and two months earlier?", "November 2022"),
        ("Number of carers in May 2023?", "And a year earlier?", "May 2022"),
        ("Number of carers in 2022/23?", "and the previous year?", "2021/22"),
        ("Number of carers in March 2022?", "Sorry I meant February", "February 2022"),
        ("Number of carers in March 2022?", "How many of them in February?", "February 2022"),
    ],
)
def test_a_follow_up_moves_on_from_the_date_before(before: str, question: str, told: str) -> None:
    history = (Turn("user", before), Turn("assistant", "41. [1]"))
    assert periods(read(question, *history)) == [told]


def test_why_after_a_figure_asks_the_minutes() -> None:
    history = (Turn("user", "Did the number of carers go up in 2022/23?"), Turn("assistant", "Yes"))
    asked = read("why?", *history)
    assert (asked.route, asked.wanted) == (Route.MINUTES, Wanted.REASON)


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        (
            "Am I right in thinking that we met our dental target in July 2023?",
            Operation.AGAINST_TARGET,
        ),
        ("re-referrals: up or down on last quarter?", Operation.TREND),
        ("Are tribunals up?", Operation.TREND),
        ("What was the CPP rate in December compared to a year earlier?", Operation.DIFFERENCE),
        ("dental checks Q1 2023/24 v Q1 2022/23", Operation.DIFFERENCE),
    ],
)
def test_what_stands_around_a_question_does_not_hide_it(
    question: str, operation: Operation
) -> None:
    asked = read(question)
    assert (asked.route, asked.operation) == (Route.INDICATOR, operation)


def test_a_date_of_the_comparator_alone_is_not_that_of_the_figure() -> None:
    assert periods(read("Is the vacancy rate above the 2021 national rate, and by how much?")) == []


def test_the_lowest_of_two_dates_is_looked_for_between_them() -> None:
    asked = "Which month between April 23 and Jan 24 was the worst for dental checks?"
    assert periods(read(asked)) == ["April 2023 to January 2024"]
    assert periods(read("How many carers in April 23 and in Jan 24?")) == [
        "April 2023",
        "January 2024",
    ]


def test_when_a_year_was_forecast_is_not_the_time_asked_of() -> None:
    assert periods(read("How much are homes over budget this year (forecast at September)?")) == []
