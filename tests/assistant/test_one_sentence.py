"""Answers worked out from two figures of one sentence, on a made-up report."""

from collections.abc import Iterator

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from tests.assistant.conftest import open_over

_REPORT = """# Elmsford County Council
## Corporate Parenting Board
Tuesday 10 October 2023

## Item 5: Virtual School annual report

Report of the Head of the Virtual School.

1.1 Persistent absence rose to 27.9% from 24.6% in the year.

1.2 A place in an independent special school costs £61,200 a year on average and a place in a
maintained special school £24,900.

2 Residential homes

2.1 We had 61 children in residential homes in August. The average weekly fee was £5,480, up from
£4,910 in August 2022.
"""


@pytest.fixture(scope="module")
def elmsford(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("elmsford")
    (folder / "elmsford-cpb-2023-10-10.md").write_text(_REPORT, encoding="utf-8")
    with open_over(folder) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("By how many points did persistent absence go up in Elmsford?", "3.3 percentage points"),
        (
            "How many times more expensive is an independent special school place than one in a "
            "maintained special school?",
            "2.46 times",
        ),
    ],
)
def test_two_figures_of_one_sentence_are_set_against_each_other(
    elmsford: Assistant, question: str, told: str
) -> None:
    answer = elmsford.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert told in answer.text


def test_what_a_figure_came_from_is_not_what_it_is(elmsford: Assistant) -> None:
    answer = elmsford.ask("What is the average weekly fee for a residential home in Elmsford?")
    assert answer.text.startswith("£5,480")
