"""Figures of the right name and the wrong thing: they are no answer."""

from collections.abc import Iterator

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from tests.assistant.conftest import open_over

_PAPER = """# Thistledown County Council

# Children's Scrutiny Committee

**Thursday 7 March 2024, Shire Hall**

## Minutes of the meeting on 11 January 2024

### 4. Homes for teenagers

Orla Penwarden announced that the Department had offered £730,000 for two homes.

### 5. Reserves

An underspend of £2.1m had brought the reserves up to £9.4m.
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("beside")
    (folder / "thistledown-csc-2024-03-07.md").write_text(_PAPER, encoding="utf-8")
    with open_over(folder) as assistant:
        yield assistant


def test_a_sum_that_somebody_speaks_of_is_not_what_they_earn(asked: Assistant) -> None:
    assert asked.ask("How much does Orla Penwarden earn?").outcome is not Outcome.ANSWERED
    told = asked.ask("How much did Orla Penwarden say was offered for the two homes?")
    assert "£730,000" in told.text


def test_the_figure_that_a_question_gives_does_not_answer_it(asked: Assistant) -> None:
    answer = asked.ask("How much were the reserves after the £2.1m underspend?")
    assert [figure.value for figure in answer.figures][:1] != [2_100_000]


_BOARD = """# Marlhaven Borough Council

# Corporate Parenting Board

**Tuesday 14 May 2024, Civic Suite**

## Agenda item 5: Performance of services for children in care

| Measure | February 2024 | March 2024 |
|---|---|---|
| Number of looked after children | 402 | 410 |
| Percentage of looked after children with an up to date health assessment | 91% | 86% |
| Percentage of looked after children with an up to date dental check | 70% | 78% |
| Number of looked after children placed outside the borough | 88 | 95 |
| Percentage of care leavers in suitable accommodation | 90% | 90% |
| Postcards sent to friends of the museum | 12 | 31 |

## Agenda item 6: Fostering

In 2023/24 30 foster carers were paired with a mentor. Mentors meet every quarter.

Of those in the starter flats 12 live alone, a further 5 now live in accommodation that suits them.

Our partner Harbour 25, which runs the boats, took care leavers out twice.

The number of apprenticeships for care leavers has increased from three to seven.

Each care leaver of the month gets a voucher of £20. Figures for 16- to 17-year-olds have improved.
"""


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("board")
    (folder / "marlhaven-cpb-2024-05-14.md").write_text(_BOARD, encoding="utf-8")
    with open_over(folder) as assistant:
        yield assistant


def test_which_measures_got_worse_is_told_from_their_newest_two_figures(board: Assistant) -> None:
    told = board.ask("Which indicators got worse in Marlhaven?")
    assert told.outcome is Outcome.ANSWERED
    assert "up to date health assessment” fell by 5 percentage points" in told.text
    assert "dental" not in told.text and "Postcards" not in told.text
    assert "suitable" not in told.text  # it stayed where it was
    better = board.ask("Which measures have improved?")
    assert "dental" in better.text and "health" not in better.text


def test_measures_that_get_worse_are_no_deed_of_anybodys(board: Assistant) -> None:
    told = board.ask("What measures are being taken to improve attendance?")
    assert "newest two figures" not in told.text


def test_what_comes_on_top_of_another_figure_is_no_level(board: Assistant) -> None:
    told = board.ask("How many care leavers are in suitable accommodation?")
    assert "only what share" in told.text and "90%" in told.text
    assert not told.figures


def test_a_deed_asked_for_is_not_another_that_is_told(board: Assistant) -> None:
    told = board.ask("How many foster carers did Marlhaven approve in 2023/24?")
    assert told.outcome is not Outcome.ANSWERED


def test_how_many_are_in_care_is_not_how_many_came(board: Assistant) -> None:
    assert board.ask("How many children are in care in Marlhaven?").figures[0].value == 410
    told = board.ask("How many children came into care in Marlhaven last year?")
    assert told.outcome is not Outcome.ANSWERED


def test_a_target_that_is_not_printed_is_said_to_be_so(board: Assistant) -> None:
    told = board.ask("Did Marlhaven meet its health assessment target?")
    assert told.outcome is Outcome.NOT_FOUND
    assert "print no target" in told.text and "86%" in told.text


def test_a_number_in_a_name_or_an_age_counts_nothing(board: Assistant) -> None:
    printed = {o.printed for o in board.observations() if o.source == "sentence"}
    assert "30" in printed
    assert not printed & {"25", "16", "17"}


def test_any_sum_is_not_what_was_spent(board: Assistant) -> None:
    assert "£20" not in board.ask("How much did we spend on foster care?").text


def test_whether_a_number_has_fallen_asks_for_its_movement(board: Assistant) -> None:
    told = board.ask("Has the number of looked after children fallen?")
    assert "rose by 8" in told.text


def test_what_a_figure_came_from_is_not_how_many_there_are(board: Assistant) -> None:
    told = board.ask("How many apprenticeships are there for care leavers?")
    assert [f.value for f in told.figures][:1] == [7], told.text


def test_out_of_the_borough_is_outside_it(board: Assistant) -> None:
    told = board.ask("Did out of borough placements go up in Marlhaven?")
    assert "rose by 7" in told.text
