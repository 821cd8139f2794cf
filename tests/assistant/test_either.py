"""Rows of one column that a question names as alternatives, on a made-up report."""

from collections.abc import Iterator

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from tests.assistant.conftest import open_over

_REPORT = """# Elmsford County Council
## Children's Scrutiny Panel
Tuesday 10 October 2023

## Item 5: Complaints and inspections

Report of the Director of Children's Services.

Nursery inspection grades in Devon, Elmsford and Essex at 31 August 2023

| Grade | Elmsford number | Elmsford % | Devon % | South West % |
|---|---|---|---|---|
| Outstanding nurseries | 4 | 10.0% | 20.0% | 15.5% |
| Good nurseries | 26 | 65.0% | 60.0% | 66.5% |
| Requires improvement nurseries | 8 | 20.0% | 15.0% | 14.0% |
| Inadequate nurseries | 2 | 5.0% | 5.0% | 4.0% |

Complaints in 2022/23 by outcome

| Outcome of complaints | Complaints 2022/23 |
|---|---|
| Upheld | 21 |
| Partly upheld | 34 |
| Not upheld | 45 |
| Total | 100 |

Reasons that families gave for contact in 2022/23 (more than one may apply)

| Reason for contact | 2022/23 |
|---|---|
| Housing | 61% |
| Debt | 48% |
| Bereavement | 17% |
"""


@pytest.fixture(scope="module")
def elmsford(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("elmsford")
    (folder / "elmsford-csp-2023-10-10.md").write_text(_REPORT, encoding="utf-8")
    with open_over(folder) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What share of nurseries in Elmsford were good or outstanding at 31 August 2023?", "75%"),
        ("How many Elmsford nurseries were inadequate or requires improvement?", "10 (8 + 2"),
        ("How many Elmsford complaints in 2022/23 were upheld or partly upheld?", "55 (21 + 34"),
    ],
)
def test_alternatives_are_added_up(elmsford: Assistant, question: str, told: str) -> None:
    answer = elmsford.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert told in answer.text


def test_the_sum_is_set_beside_the_region(elmsford: Assistant) -> None:
    answer = elmsford.ask(
        "How far behind the South West was Elmsford on the share of nurseries that were good or "
        "outstanding?"
    )
    assert "7 percentage points below South West" in answer.text
    assert "(10% + 65%) − (15.5% + 66.5%)" in answer.text


def test_shares_that_overlap_are_not_added(elmsford: Assistant) -> None:
    answer = elmsford.ask("What share of contacts in 2022/23 gave housing or debt as the reason?")
    assert "109" not in answer.text
