"""Figures of packs in other styles: a borough's quarterly scorecard, a county's told in prose.

Both councils are made up; the services are adults', housing and roads, which no catalogue knows.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, Outcome
from assistant.assistant import Assistant
from ingest.store import Store


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant(Store.open(tmp_path_factory.mktemp("styles"), None)) as assistant:
        report = assistant.ingest([Path(__file__).parent / "packs"])
        assert not report.refused, report
        yield assistant


def _ask(packs: Assistant, question: str) -> Answer:
    return packs.ask(question, today=date(2025, 3, 1))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        # a scorecard: quarters, the year before, comparators, the same period last year
        ("How many safeguarding concerns were received in Larkham in quarter 2?", "518"),
        ("Safeguarding concerns received in Larkham in Q2 2023/24?", "455"),
        ("How many safeguarding concerns did Larkham receive in 2023/24?", "1,846"),
        ("How much did safeguarding concerns rise between Q1 and Q2 2024/25 in Larkham?",
         "518 − 472 = 46"),
        ("Is Larkham meeting its target for direct payments?",
         "25.3% − 27% = -1.7 percentage points"),
        ("How does Larkham compare with London on safeguarding enquiries where risk was reduced?",
         "88.7% − 92.8% = -4.1 percentage points"),
        ("What was the average number of days from referral to assessment in Larkham in 2023/24?",
         "34 days"),
        ("How many permanent admissions to care homes per 100,000 in Larkham in Q2 2024/25?",
         "231.7 per 100,000"),
        # months, parts of a row above, the top
        ("How many households were in bed and breakfast in Larkham in June 2024?", "133"),
        ("Which month had the most households in temporary accommodation in Larkham?",
         "June 2024"),
        # money in thousands
        ("What is the forecast overspend on residential and nursing care in Larkham?",
         "£1,685,000"),
        ("What is the total budget for adult social care in Larkham 2024/25?", "£72.18 million"),
        # prose
        ("What share of urgent repairs were completed on time in Larkham?", "86%"),
        ("Did Larkham meet its urgent repairs target?", "86% − 95% = -9 percentage points"),
        ("How many people were waiting for a care package in Larkham at the end of September "
         "2024?", "63"),
        ("What did a night in bed and breakfast cost in Larkham in September 2023?", "£81"),
        ("How does Northmere's rate of children in care compare with England?",
         "63.4 per 10,000 − 70 per 10,000"),
        ("By how much did satisfaction with road condition fall in Northmere?",
         "27% − 31% = -4 percentage points"),
        ("How did staff turnover change in Northmere between 2023 and 2024?", "better"),
        ("How many library visits were there in Northmere in July to September 2024?", "236,900"),
        ("What is the total number of library visits in Northmere from April to December 2024?",
         "= 648,000"),
        ("How many child protection plans were there in Northmere at the end of September 2024?",
         "503"),
    ],
)  # fmt: skip
def test_a_figure_is_found_or_worked_out(packs: Assistant, question: str, told: str) -> None:
    answer = _ask(packs, question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert told in answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many foster carers does Northmere have?", "don't say how many there are"),
        ("How many care workers are there in Larkham's reablement team?",
         "don't say how many there are"),
        ("How many households were in temporary accommodation in Larkham in March 2022?",
         "No figure for March 2022"),
    ],
)  # fmt: skip
def test_what_is_not_told_is_not_answered(packs: Assistant, question: str, told: str) -> None:
    """What broke: those who joined or left were taken for how many there are."""
    answer = _ask(packs, question)
    assert answer.outcome is Outcome.NOT_FOUND, answer.text
    assert told in answer.text


@pytest.mark.parametrize(
    ("question", "points", "target"),
    [
        ("How have families in bed and breakfast over six weeks changed in Larkham?", 5, None),
        ("Which month had the fewest households in temporary accommodation in Larkham?", 5, None),
        ("What is the trend of direct payments in Larkham?", 2, 27.0),
    ],
)
def test_a_question_on_a_series_gives_its_chart(
    packs: Assistant, question: str, points: int, target: float | None
) -> None:
    chart = _ask(packs, question).chart
    assert chart is not None
    assert len(chart.points) >= points
    assert chart.target == target
