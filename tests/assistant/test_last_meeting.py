"""The meeting before, asked for as people ask for it: the newest whose minutes are held."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from tests.assistant.conftest import open_over

MINUTES = """\
# Tarnbrook Borough Council

## Children's Panel

Minutes of the meeting held on {day}

Present: Councillors {present}

Apologies: Councillor Ida Fell

## 7. Swimming

The Panel heard how lessons had gone.

**RESOLVED** that {decided}.
"""
AGENDA = """\
# Tarnbrook Borough Council

## Children's Panel

Agenda for the meeting to be held on 4 June 2024

## 3. Minutes of the last meeting

To confirm the minutes of 12 March 2024.

## 4. Swimming

The Panel is asked to note a report on swimming.
"""


@pytest.fixture(scope="module")
def tarnbrook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("tarnbrook")
    meetings = (
        ("9 January 2024", "Ruth Lamb and Odd Berg", "lessons move to Friday"),
        ("12 March 2024", "Nell Harrow and Odd Berg", "goggles be bought for all learners"),
    )
    for number, (day, present, decided) in enumerate(meetings):
        text = MINUTES.format(day=day, present=present, decided=decided)
        Path(folder / f"minutes-{number}.md").write_text(text, "utf-8")
    Path(folder / "agenda.md").write_text(AGENDA, "utf-8")
    with open_over(folder) as assistant:
        yield assistant


@pytest.mark.parametrize(
    "question",
    [
        "What was decided at the last meeting of the children's panel?",
        "what did we agree last time we met",
        "What was resolved at the most recent Tarnbrook panel?",
        "what was decided at the previous children's panel meeting",
    ],
)
def test_what_was_decided_last(tarnbrook: Assistant, question: str) -> None:
    answer = tarnbrook.ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert "goggles" in answer.text
    assert "Friday" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Who attended the last children's panel?",
        "who was at the last meeting",
        "who was there last time we met?",
    ],
)
def test_who_was_there_last_is_told_whole(tarnbrook: Assistant, question: str) -> None:
    answer = tarnbrook.ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert "Nell Harrow and Odd Berg" in answer.text
    assert "Ruth Lamb" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "How did the panel do last year?",
        "what has changed since the last meeting?",
        "what's outstanding from the last panel?",
    ],
)
def test_other_last_things_are_no_last_meeting(tarnbrook: Assistant, question: str) -> None:
    receipt = tarnbrook.ask(question).receipt
    assert receipt and not receipt.query["meetings"]
