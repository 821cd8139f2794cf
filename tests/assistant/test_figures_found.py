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

Table 2: adoption

| Measure | Apr 2023 | May 2023 | Jun 2023 | Jul 2023 | England |
|---|---|---|---|---|---|
| Days from entering care to moving in with adopters | 455 | 460 | 462 | | 484 |

Table 3: care leavers

| Measure | 2022/23 |
|---|---|
| Care leavers in work or training, 12 months after leaving care (%) | 58.6 |
| Care leavers in work or training, 24 months after leaving care (%) | 48.1 |
| Care leavers in work or training, ever (%) | 77.0 |

Children on a second protection plan: 7.1% at the end of March 2023. The target for the year was
8.5%.

22 children ceased to be looked after during January 2024. At the end of January 2024 we looked
after 500 children.

Briefings on truancy are attended by the police and the truancy officer. 340 young people were
talked about in 900 conversations.

During 2022/23 there were 41 adoption orders and seven permanent placements.

The nurses' caseload was 328 children on 31 March 2023. A year earlier it was 268.
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
        # a month that is blank yet has no figure to compare
        ("How many days does Larchbourne take to move children in with adopters against England?",
         "462 days − 484 days"),
        # two dates of one thing
        ("Dental checks up to date in Larchbourne, Q1 23/24 and Q3 23/24?", "80.4% − 74%"),
        ("By what % did the nurses' caseload grow in Larchbourne in the year to 31 March 2023?",
         "(328 − 268)"),
        # how many there are isn't how many went
        ("How many children were looked after in Larchbourne at the end of January 2024?", "500"),
        ("How many children ceased to be looked after in Larchbourne in January 2024?", "22: "),
        # an aim of which the sentence before says what it is for
        ("Did the share of children on a second protection plan meet the target in Larchbourne at "
         "the end of March 2023?", "7.1% − 8.5%"),
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


def test_two_rows_that_differ_in_a_number_are_both_named(larchbourne: Assistant) -> None:
    """What broke: the first was told, as its words fitted outright."""
    answer = _ask(
        larchbourne, "What % of care leavers in Larchbourne were in work or training in 2022/23?"
    )
    assert answer.outcome.value == "clarify"
    assert "58.6%" in answer.text
    assert "48.1%" in answer.text


def test_a_count_of_people_is_not_of_what_only_the_sentence_before_speaks_of(
    larchbourne: Assistant,
) -> None:
    answer = _ask(larchbourne, "How many children were truants in Larchbourne?")
    assert not answer.figures, answer.text
    answer = _ask(larchbourne, "how much truancy among children is there in Larchbourne")
    assert "340" not in answer.text.split("\n")[0]


def test_no_row_of_a_table_is_the_year_of_a_top(larchbourne: Assistant) -> None:
    question = (
        "Which year had the highest share of care leavers in work or training in Larchbourne?"
    )
    assert "listed" not in _ask(larchbourne, question).text


def test_two_things_of_one_sentence_are_no_two_years(larchbourne: Assistant) -> None:
    answer = _ask(larchbourne, "adoption orders in Larchbourne in 2022/23 vs the year before")
    assert "34" not in answer.text


@pytest.mark.parametrize(
    ("line", "question"),
    [
        (
            "At the January 2024 census 2,418 pupils had a plan kept by us, up from 2,206 in "
            "January 2023.",
            "How many more pupils had a plan in January 2024 than a year earlier?",
        ),
        (
            "2,418 pupils have a plan, a rise of 9.6% from 2,206 in January 2023.",
            "How many more pupils have a plan than in January 2023?",
        ),
    ],
    ids=["the day of a census", "what is now has no date"],
)
def test_a_change_is_told_the_right_way_round(tmp_path: Path, line: str, question: str) -> None:
    paper = f"# Larchbourne Council\n\n## Learning Scrutiny Panel\n\nDate: 5 March 2024\n\n{line}\n"
    Path(tmp_path, "larchbourne-2024.md").write_text(paper)
    with open_over(tmp_path) as assistant:
        answer = _ask(assistant, question)
    assert "rose by 212" in answer.text and "from 2,206 to 2,418" in answer.text


def test_what_comes_on_top_is_no_fall(tmp_path: Path) -> None:
    line = (
        "There were 16 adoptions in the year to July 2023, with a further 7 due by September 2023."
    )
    paper = f"# Larchbourne Council\n\n## Learning Scrutiny Panel\n\nDate: 5 March 2024\n\n{line}\n"
    Path(tmp_path, "larchbourne-2024.md").write_text(paper)
    with open_over(tmp_path) as assistant:
        answer = _ask(assistant, "How have adoptions changed compared with the year before?")
    assert "fell by" not in answer.text and "rose by" not in answer.text


@pytest.mark.parametrize(
    ("question", "calls"),
    [
        ("How many night calls were taken?", 68),
        ("How many night calls were taken in February 2016?", 62),
    ],
)
@pytest.mark.parametrize("newest_first", [False, True])
def test_of_more_lines_than_are_weighed_those_of_the_date_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, question: str, calls: int, newest_first: bool
) -> None:
    monkeypatch.setattr("assistant.figures.finder.MOST_LINES", 2)
    for year in range(2014, 2023):
        paper = (
            f"# Larchbourne Council\n\n## Learning Scrutiny Panel\n\nDate: 5 March {year}\n\n"
            f"## Item 4: Scorecard\n\n| Measure | Feb {year} |\n|---|---|\n"
            f"| Night calls taken | {year - 1954} |\n| Day calls taken | {year} |\n"
        )
        place = 3000 - year if newest_first else year
        Path(tmp_path, f"larchbourne-{place}.md").write_text(paper)
    with open_over(tmp_path) as assistant:
        assert [f.value for f in _ask(assistant, question).figures] == [calls]
