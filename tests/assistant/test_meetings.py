"""Questions about a meeting as such: when the next one is, whose is meant, who took the chair."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Outcome, Turn
from assistant.assistant import Assistant
from tests.assistant.conftest import open_over

HARBOUR = """\
PELLBRIDGE CITY COUNCIL - HARBOUR COMMITTEE

DRAFT MINUTES, 5 March 2024

Chair: Councillor Una Marsh
Attending: Councillors Bert Lowe, Ina Dray and Tom Quay
Could not come: Councillor Saul Fenn

1 Welcome

Councillor Quay was welcomed.

2 Stage 1 of the sea wall

Stage 1 was finished in January. Gulls had nested on it, so the crane was moved to the north pier.

RESOLVED that:
- the Harbour Master write to the bird trust before the nesting season.

3 Actions

| What | Who | By when |
| Write to the bird trust on nesting | Harbour Master Effie Sand | 28 March 2024 |
| Paint the railings | Works | 30 April 2024 |

The report on moorings is to come to the next meeting. The Committee will sit again on 7 May 2024.
"""
LIBRARY = """\
# Ostwick Borough Council

## Library Board

Minutes of the meeting held on 12 March 2024

Present: Councillors Ned Hale (Chair), Ruth Oram and Lil Toms

Apologies: Mrs Ivy Beck

## 4. Late opening

Members heard that late opening was liked.

**RESOLVED** that late opening goes on.

## 5. Corrections

In minute 3 of January "sixteen" ought to have read "sixty".

The next meeting of the Board is on 14 May 2024.
"""
AWAY = """\
# Ostwick Borough Council

## Library Board

Minutes of the meeting held on 9 January 2024

Present: Councillors Ruth Oram and Lil Toms

Apologies: Mrs Ivy Beck

## 1. Chairing

Councillor Hale (Chair) was in hospital. Councillor Ruth Oram took the chair.

## 2. Shelves

**RESOLVED** that new shelves be bought.
"""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("meetings")
    for name, text in (("harbour", HARBOUR), ("library", LIBRARY), ("away", AWAY)):
        Path(folder / f"{name}.md").write_text(text, "utf-8")
    with open_over(folder) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("When does the Pellbridge harbour committee meet next?", "7 May 2024"),
        ("what date is the next Ostwick library board", "14 May 2024"),
        ("next Ostwick library board meeting - when?", "14 May 2024"),
    ],
)
def test_when_a_body_meets_next(both: Assistant, question: str, day: str) -> None:
    """What broke: what is to be done by the next meeting was told, and no date."""
    answer = both.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert day in answer.text
    assert "moorings" not in answer.text


@pytest.mark.parametrize("question", ["When is the next meeting?", "when do they meet again"])
def test_the_next_meeting_of_several_bodies_is_asked_back(both: Assistant, question: str) -> None:
    answer = both.ask(question)
    assert answer.outcome is Outcome.CLARIFY
    assert {"7 May 2024", "14 May 2024"} <= {
        day for day in ("7 May 2024", "14 May 2024") if day in answer.text
    }


@pytest.mark.parametrize(
    "question", ["Who sent apologies?", "who was in the chair?", "who declared an interest?"]
)
def test_a_roll_of_no_named_meeting_is_asked_back(both: Assistant, question: str) -> None:
    """What broke: the list of one council was told as if no other were held."""
    answer = both.ask(question)
    assert answer.outcome is Outcome.CLARIFY
    assert set(answer.options) == {"Pellbridge City Council", "Ostwick Borough Council"}


def test_minutes_at_the_top_of_a_paper_are_of_their_own_day(both: Assistant) -> None:
    """What broke: the day of the next meeting was taken for the paper's own."""
    held = {r.id: (r.meeting.committee, str(r.meeting.held)) for r in both.papers()}
    assert held["harbour"] == ("Harbour Committee", "2024-03-05")


def test_who_chaired_a_record_that_is_not_set_out_as_minutes(both: Assistant) -> None:
    answer = both.ask("Who chaired the Pellbridge harbour committee on 5 March 2024?")
    assert answer.outcome is Outcome.ANSWERED
    assert "Una Marsh" in answer.text


def test_who_took_the_chair_and_why(both: Assistant) -> None:
    """What broke: the second half of the question was lost."""
    answer = both.ask(
        "Who chaired the Ostwick library board on 9 January 2024, and why not the usual chair?"
    )
    assert answer.text.startswith("Councillor Ruth Oram")
    assert "hospital" in answer.text


def test_two_questions_of_one_meeting(both: Assistant) -> None:
    answer = both.ask(
        "Who chaired the Ostwick library board on 12 March 2024 and who had sent apologies?"
    )
    assert "Ned Hale" in answer.text
    assert "Ivy Beck" in answer.text


def test_a_numbered_thing_is_not_told_by_another_of_its_kind(both: Assistant) -> None:
    """What broke: what was said of stage 1 was told of stage 2."""
    assert both.ask("When was stage 1 of the sea wall finished?").outcome is Outcome.ANSWERED
    assert both.ask("When was stage 2 of the sea wall finished?").outcome is Outcome.NOT_FOUND


def test_a_correction_is_known_by_how_it_is_put(both: Assistant) -> None:
    answer = both.ask("What correction was made to the January minutes of the library board?")
    assert answer.outcome is Outcome.ANSWERED
    assert "sixty" in answer.text


def test_a_follow_up_on_a_deed_is_searched_by_the_deed(both: Assistant) -> None:
    """What broke: it was searched by the question before, and told the same again."""
    history = (
        Turn("user", "What was agreed about the sea wall at Pellbridge?"),
        Turn("assistant", "That the Harbour Master write to the bird trust before the season."),
    )
    answer = both.ask("who is doing that and by when?", history)
    assert "Effie Sand" in answer.text
    assert "28 March 2024" in answer.text
