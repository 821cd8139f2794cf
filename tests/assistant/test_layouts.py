"""Figure questions on two made-up packs whose tables are laid out in other ways.

Thornmere: reference codes before the indicator, quarters beside an out-turn, months down the rows,
a header in two rows, pounds in thousands. Rookham: tab-separated, bare quarters, years over
quarters, the polarity of each measure in a column of its own, and figures in prose.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copy

import pytest

from assistant.answer import Answer, Outcome
from assistant.assistant import Assistant
from tests.assistant.conftest import open_over

_PAPERS = ("thornmere-cpp-2024-11-12", "rookham-cpc-2025-02-04")


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("layouts")
    for name in _PAPERS:
        copy(Path(__file__).parent / "papers" / f"{name}.md", folder)
    with open_over(folder) as assistant:
        yield assistant


def _ask(packs: Assistant, question: str) -> Answer:
    return packs.ask(question, today=date(2025, 3, 1))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        # months down the rows
        ("How many children were in care in Thornmere in August 2024?", "335"),
        ("UASC in Thornmere, June 24", "27"),
        ("In which month was the number of children in care highest in Thornmere?", "May 2024"),
        ("How many children became looked after in total in Thornmere, April to September 2024?",
         "12 + 11 + 7 + 9 + 6 + 8 = 53"),
        ("Became looked after, year to date, Thornmere", "53"),
        ("How many more children ceased to be looked after than became looked after in June 2024 "
         "in Thornmere?", "13 − 7 = 6"),
        # a scorecard with codes
        ("What % of care leavers aged 19-21 were in EET in Q2 2024/25 in Thornmere?", "58%"),
        ("Did Thornmere meet its target for initial health assessments in quarter 2?",
         "74% − 90% = -16 percentage points"),
        ("What was the average social worker caseload in Q1 2024/25 in Thornmere?", "16.8"),
        ("In which quarters did review health assessments meet the target in Thornmere?",
         "quarter 1 of 2024/25, quarter 2 of 2024/25"),
        ("What % of looked after children had fewer than three placements in Q2 2024/25, "
         "Thornmere?", "100% − 13.1% = 86.9%"),
        # a header in two rows
        ("What % of immunisations were up to date in 2022/23 in Thornmere?", "86%"),
        ("How many children had a dental check in 2021/22, number and percentage, Thornmere?",
         "176"),
        # parts of a whole
        ("What share of Thornmere's children in care were in residential homes at 30 September "
         "2024?", "12.4%"),
        ("What proportion of fostered children are with agency carers in Thornmere at 30 "
         "September 2024?", "96 ÷ (108 + 96) × 100 = 47.1%"),
        ("What percentage of the forecast goes on agency fostering in Thornmere?", "24.5%"),
        ("Does the printed share for friends and family in Thornmere add up?", "11.5%"),
        # money
        ("What is the forecast overspend on residential care in Thornmere?", "1,745,000"),
        # prose
        ("How many children were adopted in Thornmere in 2023/24?", "Nineteen"),
        ("By what percentage did adoptions rise between 2022/23 and 2023/24 in Thornmere?",
         "35.7%"),
        ("How many children did Rookham look after on 31 December 2024?", "412"),
        ("By how many did the number of children looked after rise between March and December "
         "2024 in Rookham?", "412 − 395 = 17"),
        ("How does Rookham's care leaver EET compare with statistical neighbours?",
         "57% − 53% = 4 percentage points"),
        ("What percentage of return home interviews took place within 72 hours, Rookham?", "71%"),
        ("How many approved fostering households at 30 September 2024 in Rookham?", "118"),
        # bare quarters, and years over quarters
        ("Rookham dental checks Q3", "76%"),
        ("How far off target are pathway plans in Rookham in Q3?",
         "88% − 90% = -2 percentage points"),
        ("Is the social worker caseload in Rookham getting better or worse?", "worse"),
        ("What was the total number of discharges from care in 2023 in Rookham?",
         "27 + 30 + 26 + 29 = 112"),
    ],
)  # fmt: skip
def test_a_figure_is_found_or_worked_out(packs: Assistant, question: str, told: str) -> None:
    answer = _ask(packs, question)
    assert answer.outcome is Outcome.ANSWERED
    assert told in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "How many children were excluded from school in Thornmere?",
        "How many NEET care leavers does Thornmere have?",
        "How many children were adopted in Rookham in 2023/24?",
        "How many unaccompanied children does Rookham have?",
        "How many young people were referred to the substance misuse service in Thornmere?",
    ],
)
def test_what_is_not_there_is_not_made_up(packs: Assistant, question: str) -> None:
    assert _ask(packs, question).outcome is Outcome.NOT_FOUND


def test_how_many_there_are_is_not_added_up_over_months(packs: Assistant) -> None:
    answer = _ask(
        packs, "What is the total of children in care across April to September 2024 in Thornmere?"
    )
    assert answer.outcome is Outcome.NOT_FOUND
    assert "can't be added up" in answer.text


def test_a_series_question_brings_its_chart(packs: Assistant) -> None:
    chart = _ask(packs, "How have dental checks changed over time in Rookham?").chart
    assert chart is not None
    assert (chart.unit, chart.better, chart.target) == ("percent", "higher", 85.0)
    assert [(p.period, p.value) for p in chart.points] == [
        ("2022/23", 70.0),
        ("2023/24", 75.0),
        ("quarter 1 of 2024/25", 77.0),
        ("quarter 2 of 2024/25", 79.0),
        ("quarter 3 of 2024/25", 76.0),
    ]


def test_councils_are_ranked_by_what_is_better(packs: Assistant) -> None:
    answer = _ask(packs, "Rank the councils by dental checks up to date in 2023/24")
    assert answer.text.startswith(
        "In order, the best first (higher is better): 1. Thornmere (78%); 2. Rookham (75%)."
    )


def test_a_card_tells_what_a_measure_is(packs: Assistant) -> None:
    cards = packs.indicator("dental checks up to date")
    assert {card.council for card in cards} == {
        "Thornmere Borough Council",
        "Rookham Metropolitan Borough Council",
    }
    assert {card.defined_by for card in cards} == {"DfE SSDA903"}
