"""Which figure a question means, asked of two packs of a made-up borough."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, Outcome
from assistant.assistant import Assistant
from ingest.store import Store


@pytest.fixture(scope="module")
def thornwick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant(Store.open(tmp_path_factory.mktemp("thornwick"), None)) as assistant:
        report = assistant.ingest([Path(__file__).parent / "thornwick"])
        assert not report.refused, report
        yield assistant


def _ask(thornwick: Assistant, question: str) -> Answer:
    return thornwick.ask(question, today=date(2024, 3, 1))


@pytest.mark.parametrize(
    ("question", "row", "value"),
    [
        # of two papers' tables the newer counts, unless the question names the time
        ("Which service has the biggest overspend in Thornwick?", "Home to school transport",
         3_550_000),
        ("Which service had the biggest overspend in Thornwick in period 6 of 2022/23?",
         "Residential placements", 2_750_000),
        ("Which service has the largest budget in Thornwick?", "Residential placements",
         15_900_000),
        # an underspend is below nought; the worst absence is the highest
        ("Which service had the largest underspend in Thornwick?", "Early help", -240_000),
        ("Which part of Thornwick has the worst persistent absence?", "Harbour", 27.9),
        ("Which area has the lowest attendance in Thornwick?", "Harbour", 89.7),
        # the column is told by what stands over it, not by words of one row
        ("Which placement type costs most in Thornwick?", "Secure home", 9_100),
        ("What is the most expensive type of placement in Thornwick?", "Secure home", 9_100),
        ("What is the cheapest kind of placement per week in Thornwick?", "In-house fostering",
         486),
        ("Which placement has the fewest children in Thornwick?", "Secure home", 2),
    ],
)  # fmt: skip
def test_which_row_has_the_most(
    thornwick: Assistant, question: str, row: str, value: float
) -> None:
    answer = _ask(thornwick, question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert row in answer.text
    assert answer.figures[0].value == value


@pytest.mark.parametrize(
    ("question", "told"),
    [
        # halves of a year
        ("How much did Thornwick spend on agency social workers in the first half of 2022/23?",
         "£1.42 million"),
        ("How many contacts at the front door in Thornwick in the second half of 2021/22?",
         "second half of 2021/22: 2,655"),
        ("What share of assessments were done within 45 days in Thornwick between April and "
         "September 2021?", "84.1%"),
        ("How many children went missing from care in Thornwick in the first six months of "
         "2022/23?", "74"),
        ("By how much did contacts rise between H1 2021/22 and H1 2022/23 in Thornwick?",
         "2,790 − 2,410 = 380"),
        # the year to date as printed, and "as at" a quarter
        ("How many referrals has Thornwick had this year to date?", "2,164"),
        ("What is the year-to-date re-referral rate in Thornwick?", "23.7%"),
        ("How many care leavers were not in education, employment or training in Thornwick as "
         "at Q3?", "61"),
        # what is aimed at for a date to come is printed
        ("What is Thornwick's target for fostering households by March 2027?", "160"),
        ("How many fostering households does Thornwick want by March 2027?", "160"),
        # "within 20 working days" asks for no number of days
        ("How many children had an initial health assessment within 20 working days in "
         "Thornwick?", "118"),
    ],
)  # fmt: skip
def test_the_time_that_is_meant(thornwick: Assistant, question: str, told: str) -> None:
    answer = _ask(thornwick, question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert told in answer.text


def test_a_count_is_a_count_beside_working_days(thornwick: Assistant) -> None:
    answer = _ask(
        thornwick,
        "How many children had an initial health assessment within 20 working days in Thornwick?",
    )
    assert [f.unit for f in answer.figures] == ["count"]


@pytest.mark.parametrize(
    "question",
    [
        "How many looked after children will Thornwick have in March 2027?",
        "How many fostering households will Thornwick have in March 2027?",
    ],
)
def test_what_will_be_is_not_forecast(thornwick: Assistant, question: str) -> None:
    answer = _ask(thornwick, question)
    assert answer.outcome is Outcome.NOT_FOUND
    assert "no forecast is made" in answer.text


def test_a_trend_is_told_from_all_papers(thornwick: Assistant) -> None:
    """What broke: years of one paper and quarters of the next were series of their own."""
    answer = _ask(thornwick, "Are dental checks in Thornwick getting better?")
    assert answer.chart is not None
    assert [p.value for p in answer.chart.points] == [82, 41, 55, 78, 74, 69, 61]
    assert "Lately it fell from figure to figure, from 78%" in answer.text
    assert "some of these figures are of a whole year" in answer.text


def test_what_happened_in_a_year_is_no_point_among_quarters(thornwick: Assistant) -> None:
    answer = _ask(thornwick, "What is the trend in referrals in Thornwick?")
    assert answer.chart is not None
    assert [p.value for p in answer.chart.points] == [702, 688, 731, 745]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("How many looked after children and how many referrals did Thornwick have in Q3 2023/24?",
         {468.0, 745.0}),
        ("How many referrals were there in Q2 2023/24 in Thornwick and how many were there in Q3?",
         {731.0, 745.0}),
        ("What were dental checks and the re-referral rate in Thornwick in Q3 2023/24?",
         {61.0, 25.0}),
    ],
)  # fmt: skip
def test_two_figures_are_told_each_with_its_source(
    thornwick: Assistant, question: str, values: set[float]
) -> None:
    answer = _ask(thornwick, question)
    assert {f.value for f in answer.figures} == values
    assert all(f.citations for f in answer.figures)
