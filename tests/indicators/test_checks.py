"""Each rule on made-up figures, then on the demonstration packs' deliberate contradictions."""

from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from indicators.checks import find_findings
from indicators.extract import observe
from indicators.findings import Finding, Rule
from ingest.model import Observation
from tests.indicators.history import COUNCILS, papers
from tests.indicators.making import figure


def _told(*observations: Observation) -> list[tuple[Rule, str]]:
    return [(f.rule, f.sentence) for f in find_findings(observations)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("In care 30 of the 60 children (55%) stayed.", "30 of 60 is 50%, but 55% is printed."),
        ("Of them 12 out of 20, or 66%, were seen.", "12 of 20 is 60%, but 66% is printed."),
        ("They held 70% (10 of 20) on time.", "10 of 20 is 50%, but 70% is printed."),
        ("There were ten of the 19 present, 60%.", "10 of 19 is 52.6%, but 60% is printed."),
    ],
)
def test_a_stated_percentage_that_does_not_follow(text: str, sentence: str) -> None:
    o = figure("30", source="sentence", text=text)
    assert _told(o) == [(Rule.PERCENTAGE, sentence)]


@pytest.mark.parametrize(
    "text",
    [
        "In care 30 of the 60 children (50%) stayed.",
        "Of the 19, 10 of the 19 were seen, or 53%.",
        "Two of the eight concern leavers, 61% of whom are men.",
        "In all 2 of 3 (67%) agreed and 1 of 3 (33.3%) did not.",
    ],
)
def test_a_stated_percentage_that_follows(text: str) -> None:
    assert _told(figure("30", source="sentence", text=text)) == []


def _row(label: str, row: int, count: str, percent: str) -> list[Observation]:
    text = f"{count} ({percent}%)"
    return [
        figure(count, measure=label, row=row, printed=text),
        figure(percent, "percent", measure=label, row=row, printed=text),
    ]


def test_a_column_most_of_whose_rows_show_the_whole() -> None:
    rows = [figure("200", measure="Children in care", row=0)]
    for i, (count, percent) in enumerate([("20", "10"), ("50", "25"), ("60", "30"), ("97", "40")]):
        rows += _row(f"Placed {i}", i + 1, count, percent)
    assert _told(*rows) == [(Rule.PERCENTAGE, "Placed 3: 97 of 200 is 48.5%, but 40% is printed.")]


def test_a_row_of_part_whole_and_percentage() -> None:
    rows = []
    for i, (part, whole, percent) in enumerate(
        [("10", "20", "50"), ("9", "12", "75"), ("3", "4", "57")]
    ):
        rows += [
            figure(part, measure=f"Question {i} yes", row=i),
            figure(whole, measure=f"Question {i} answered", row=i),
            figure(percent, "percent", measure=f"Question {i} per cent", row=i),
        ]
    assert _told(*rows) == [
        (Rule.PERCENTAGE, "Question 2 per cent: 3 of 4 is 75%, but 57% is printed.")
    ]


@pytest.mark.parametrize(
    ("text", "shares", "found"),
    [
        ("In all 82% are available and 24% are not available.", ("82", "24"), True),
        ("Of requests 72% were met in the city and 35% outside it.", ("72", "35"), True),
        ("In all 82% are available and 18% are not available.", ("82", "18"), False),
        ("We reached 82%, compared with 76% for those not in care.", ("82", "76"), False),
        ("Dental checks are at 82% and health checks at 90%.", ("82", "90"), False),
    ],
)
def test_two_shares_of_one_whole(text: str, shares: tuple[str, str], found: bool) -> None:
    both = [figure(s, "percent", source="sentence", text=text) for s in shares]
    assert [rule for rule, _ in _told(*both)] == [Rule.OVER_HUNDRED] * found


def _column(*values: str | None, total: str, unit: str = "count") -> list[Observation]:
    parts = [figure(v, unit, measure=f"Part {i}", row=i) for i, v in enumerate(values)]
    return [*parts, figure(total, unit, measure="Total", row=len(values))]


def test_parts_and_their_total() -> None:
    assert _told(*_column("10", "20", "30", total="64")) == [
        (Rule.TOTAL, "The parts add up to 60, but Total is printed as 64.")
    ]
    assert _told(*_column("10", "20", "30", total="60")) == []
    assert _told(*_column("10", None, "30", total="64")) == []
    assert _told(*_column("1.2", "2.4", "3.3", total="7.0", unit="gbp")) == []


def test_one_measure_with_two_values() -> None:
    one = figure("512")
    other = figure("509", paper="northmoor-2025")
    assert _told(one, other) == [
        (
            Rule.TWO_VALUES,
            "Northmoor, Children in care, 31 March 2024: 512 is printed in northmoor-2024, but "
            "509 in northmoor-2025.",
        )
    ]


@pytest.mark.parametrize(
    "other",
    [
        figure("512", paper="northmoor-2025"),
        figure("509", paper="northmoor-2025", when="30 April 2024"),
        figure("509", paper="northmoor-2025", when=None),
        figure("509", paper="northmoor-2025", area="England"),
        figure("50", "percent", paper="northmoor-2025"),
        figure("3", paper="northmoor-2025", measure="Other children in care"),
        figure("3", paper="northmoor-2025", measure="Total"),
    ],
    ids=["same value", "other date", "undated", "other area", "other unit", "other", "total"],
)
def test_figures_that_are_of_something_else(other: Observation) -> None:
    assert _told(figure("512"), other) == []


def test_a_sentence_against_the_table() -> None:
    table = figure("71", "percent", measure="Dental check up to date", when="May 2023")
    text = "Dental checks rose to 74% in May 2023."
    told = figure(
        "74", "percent", measure=text, when="May 2023", source="sentence", text=text, row=9
    )
    assert [rule for rule, _ in _told(table, told)] == [Rule.TWO_VALUES]


@cache
def _findings(council: str) -> tuple[list[Observation], tuple[Finding, ...]]:
    held = [o for paper in papers(council) for o in observe(paper)]
    return held, find_findings(held)


DELIBERATE = [
    ("averonshire", Rule.PERCENTAGE, "187 of 214 is 87.4%"),
    ("averonshire", Rule.PERCENTAGE, "157 of 214 is 73.4%"),
    ("averonshire", Rule.TOTAL, "add up to 779"),
    ("averonshire", Rule.TWO_VALUES, "Dental check up to date, May 2023: 71%"),
    ("averonshire", Rule.TWO_VALUES, "Unaccompanied children number, December 2023: 71"),
    ("averonshire", Rule.TWO_VALUES, "Health assessment up to date, March 2023: 88%"),
    ("averonshire", Rule.TWO_VALUES, "Missing incidents no, March 2024: 91"),
    ("averonshire", Rule.TWO_VALUES, "£6.4 million"),
    ("averonshire", Rule.DEFINITION, "ages 17 to 18"),
    ("castlebourne", Rule.CORRECTED, "509 is said to be right, and not 512"),
    ("castlebourne", Rule.CORRECTED, "68% is said to be right, and not 71%"),
    ("castlebourne", Rule.CORRECTED, "93% is said to be right, and not 92%"),
    ("castlebourne", Rule.TWO_VALUES, "21% is said without a date"),
    ("castlebourne", Rule.PERCENTAGE, "184 of 318 is 57.9%"),
    ("castlebourne", Rule.OVER_HUNDRED, "72% and 35%"),
    ("castlebourne", Rule.TWO_VALUES, "Reviews held on time, 31 July 2023: 89%"),
]
# The change column beside the wrong district total is wrong with it.
CONSEQUENCES = {"averonshire": 1, "castlebourne": 0}


@pytest.mark.parametrize(("council", "rule", "words"), DELIBERATE)
def test_deliberate_contradictions_are_found(council: str, rule: Rule, words: str) -> None:
    _, found = _findings(council)
    assert [f.rule for f in found if words in f.sentence] == [rule]


@pytest.mark.parametrize("council", COUNCILS)
def test_clean_figures_raise_no_alarm(council: str) -> None:
    held, found = _findings(council)
    meant = sum(c == council for c, _, _ in DELIBERATE) + CONSEQUENCES[council]
    assert len(found) - meant <= 0.02 * len(held)
    assert len(found) == meant


DRAYFORD = Path(__file__).parent / "drayford"


@pytest.fixture(scope="module")
def drayford(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds a made-up county's pack with five contradictions."""
    return tmp_path_factory.mktemp("drayford")


def test_ingest_and_show_tell_what_is_amiss_and_nothing_else(drayford: Path) -> None:
    """Beside each contradiction stands the like of it that agrees, which is not told."""
    runner = CliRunner()
    taken = runner.invoke(app, ["ingest", str(DRAYFORD), "--store", str(drayford)])
    shown = runner.invoke(app, ["show", "drayford-cyp-2023-11-09", "--store", str(drayford)])
    for output in (taken.output, shown.output):
        told = [line for line in output.splitlines() if line.startswith("Figures to check")]
        assert len(told) == 5, output
        for said in (
            "517 is printed in drayford-cyp-2023-11-09, but 522",
            "Initial health assessments completed on time, quarter 2 of 2023/24: 79%",
            "Young people satisfied with advice lines, quarter 2 of 2023/24: 71%",
            "The text says 5, but 4 are listed",
            "£8.4 million and £9.15 million are both printed as the budget",
        ):
            assert any(said in line for line in told), said
