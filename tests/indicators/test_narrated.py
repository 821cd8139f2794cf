"""Words that don't fit their figures, and those that do."""

import pytest

from indicators.checks import find_findings
from indicators.extract import observe
from indicators.findings import Rule
from tests.indicators.making import figure, paper


def _rules(text: str) -> list[Rule]:
    return [finding.rule for finding in find_findings(observe(paper(text)))]


@pytest.mark.parametrize(
    "text",
    [
        "Reviews held on time rose from 92% in 2022/23 to 88% in 2023/24.",
        "The number of children in care fell from 402 in March 2023 to 418 in March 2024.",
        "Dental checks stand at 61%, higher than the England figure of 76%.",
    ],
)
def test_a_direction_that_the_figures_do_not_take(text: str) -> None:
    assert _rules(text) == [Rule.NARRATIVE]


@pytest.mark.parametrize(
    "text",
    [
        "Reviews held on time fell from 92% in 2022/23 to 88% in 2023/24.",
        "Dental checks stand at 61%, lower than the England figure of 76%.",
        "The forecast is £61.9 million, £3.5 million more than the budget of £58.4 million.",
        "Reviews on time rose by 4 points from the low of 80% to 84%.",
        "The rate did not rise from 61% to 58%, but was restated.",
    ],
)
def test_a_direction_that_fits(text: str) -> None:
    assert Rule.NARRATIVE not in _rules(text)


def test_a_comparison_with_a_figure_of_the_same_paper() -> None:
    told = _rules(
        "| Measure | 2022/23 | 2023/24 |\n|---|---|---|\n"
        "| Dental checks up to date | 81% | 85% |\n\n"
        "The share of children in care with dental checks up to date is 85% and now lower than in "
        "2022/23.\n"
    )
    assert told == [Rule.NARRATIVE]


def test_shares_that_miss_a_hundred() -> None:
    rows = "| Placement | Number | Share |\n|---|---|---|\n| Foster care | 60 | {}% |\n"
    rows += "| Homes | 20 | 20% |\n| Kinship | 20 | 20% |\n| Total | 100 | 100% |\n"
    assert Rule.SHARES not in _rules(rows.format(60))
    assert Rule.SHARES in _rules(rows.format(66))


def test_ages_that_changed_between_papers() -> None:
    label = "Care leavers aged {} to 21 in EET"
    earlier = figure("61", "percent", measure=label.format(19), when="March 2023", paper="a-2023")
    later = figure("58", "percent", measure=label.format(17), when="March 2024", paper="b-2024")
    assert [f.rule for f in find_findings([earlier, later])] == [Rule.DEFINITION]
    assert find_findings([earlier, figure("60", "percent", measure=label.format(19))]) == ()


def test_a_baseline_and_the_change_from_it() -> None:
    row = (
        "| Measure | 2023/24 Target | 2023/24 Outturn |\n|---|---|---|\n"
        "| Foster carers (Baseline 31 March 2023: 140) | 160 | Net gain of 12, {} |\n"
        "| Adopters | 10 | 11 |\n"
    )
    assert _rules(row.format(152)) == []
    assert _rules(row.format(158)) == [Rule.BASELINE]
