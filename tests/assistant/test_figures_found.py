"""Figures asked for in people's own words, over a made-up council's paper."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from tests.assistant.conftest import open_over

_PAPER = """# Larchbourne Council

## Learning Scrutiny Panel

Date: 5 March 2024

## Item 4: Scorecard to the end of quarter 3

Table 1: plans and exclusions

| Measure | Q3 22/23 | Q4 22/23 | Q1 23/24 | Q2 23/24 | Q3 23/24 | Target |
|---|---|---|---|---|---|---|
| EHC plans maintained (end of quarter) | 2,014 | 2,066 | 2,102 | 2,150 | 2,211 | |
| Fixed-term suspensions | 320 | 341 | 299 | 120 | 352 | |
| Permanent exclusions | 8 | 10 | 9 | 4 | 11 | |
| Dental checks up to date (%) | 71.0 | 73.5 | 74.0 | 78.2 | 80.4 | 85.0 |
| Night calls taken | 51 | 44 | 63 | 59 | 48 | |
"""


@pytest.fixture(scope="module")
def larchbourne(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("larchbourne")
    Path(folder, "larchbourne-scrutiny-2024-03-05.md").write_text(_PAPER)
    with open_over(folder) as assistant:
        yield assistant


def _ask(larchbourne: Assistant, question: str) -> Answer:
    return larchbourne.ask(question, today=date(2024, 4, 1))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        # who a plan is for needn't stand in the label
        ("How many children in Larchbourne had an EHCP at the end of Dec 2023?", "2,211"),
        # how a figure is asked for is in no label
        ("Roughly how many suspensions were there for each permanent exclusion in Larchbourne in "
         "Q3 2023/24?", "352 ÷ 11"),
        ("Larchbourne's busiest quarter for night calls in 2023/24?", "63, in quarter 1"),
        # quarters in words
        ("What % of dental checks were up to date in Larchbourne in the second quarter of "
         "2023/24?", "78.2%"),
        ("Did Larchbourne hit its dental checks target in the third quarter of 2023/24, and by "
         "what margin?", "80.4% − 85%"),
    ],
)  # fmt: skip
def test_a_figure_asked_for_in_other_words(
    larchbourne: Assistant, question: str, told: str
) -> None:
    assert told in _ask(larchbourne, question).text


@pytest.mark.parametrize(
    "question",
    [
        "How many children in Larchbourne had a hearing aid at the end of Dec 2023?",
        "How many young people were electively home educated in Larchbourne in Q3 2023/24?",
    ],
)
def test_what_isn_t_counted_is_not_told(larchbourne: Assistant, question: str) -> None:
    assert _ask(larchbourne, question).outcome.value == "not_found"
