"""Answers worked out from what a text tells: changes, sums, shares, on a made-up report."""

from collections.abc import Iterator

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from tests.assistant.conftest import open_over

_REPORT = """# Merrowdale County Council
## Corporate Parenting Board
Tuesday 12 September 2023

## Item 4: Placements and complaints 2022/23

Report of the Director of Children's Services.

1 Complaints

There were 136 statutory complaints in 2022/23, four more than in 2021/22.
Of these 34 were settled early.

Member enquiries fell by 20%, from 75 to 60. Corporate complaints fell by 30%, from 50 to 40.

2 Placements

2.1 Foster placements on time stood at 88.2%, down from 91.5% in 2021/22.

2.2 The family hub cost £62,000 and the youth hub £48,500.

2.3 The transport budget is £141m, of which £84m goes on taxis.

2.4 The fourteen children in care measures are looked at each month.
All 14 children in care measures were green.

2.5 Twelve children were adopted in the first half of 2022/23.

2.6 The average wait for a mentor has increased slightly to 65 days from 51 days.

2.7 The absence rate was 6.9%; the national average was 6.6%.
"""


@pytest.fixture(scope="module")
def merrowdale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("merrowdale")
    (folder / "merrowdale-cpb-2023-09-12.md").write_text(_REPORT, encoding="utf-8")
    with open_over(folder) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many statutory complaints did Merrowdale have in 2021/22?", "132"),
        ("How many statutory complaints did Merrowdale have in 2022/23?", "136"),
        ("Is it right that member enquiries in Merrowdale fell by 20%?", "Yes, that is right"),
        (
            "Is it right that corporate complaints in Merrowdale fell by 30%?",
            "come to something else: a fall of 20%",
        ),
        ("Merrowdale foster placements on time: how many points down on 2021/22?", "3.3"),
        ("What did the family hub and the youth hub in Merrowdale cost together?", "£110,500"),
        ("What share of the Merrowdale transport budget goes on taxis?", "59.6%"),
        ("What percentage of Merrowdale's statutory complaints were settled early?", "25%"),
        ("By how much did the wait for a mentor change in Merrowdale?", "rose by 14 days"),
        ("How does Merrowdale's absence rate compare with the national average?", "0.3"),
    ],
)
def test_worked_out_of_a_text(merrowdale: Assistant, question: str, told: str) -> None:
    answer = merrowdale.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert told in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "How many children in care did Merrowdale have in 2022/23?",
        "How many children were adopted in Merrowdale from July to September 2022?",
    ],
)
def test_what_counts_something_else_or_a_longer_time_is_not_told(
    merrowdale: Assistant, question: str
) -> None:
    assert merrowdale.ask(question).outcome is Outcome.NOT_FOUND
