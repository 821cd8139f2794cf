"""Questions in other words than the papers': near words count as told."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from assistant.minutes.nearness import near, near_as_told
from indicators.catalogue import words
from tests.assistant.conftest import open_over


@pytest.fixture(scope="module")
def sallowby(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("nearness")
    papers = Path(__file__).parent / "papers" / "nearness"
    with open_over(copytree(papers, folder, dirs_exist_ok=True)) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("asked", "printed"),
    [("killed", "fatal"), ("prize", "award"), ("cops", "police"), ("teens", "teenagers")],
)
def test_words_of_one_meaning_are_near_either_way(asked: str, printed: str) -> None:
    (one,), (other,) = words(asked), words(printed)
    assert near_as_told(one, frozenset((other, "towpath"))) > 0.9
    assert near(one)[other] == pytest.approx(near(other)[one])


@pytest.mark.parametrize(("asked", "printed"), [("falconry", "kerb"), ("absence", "salary")])
def test_words_of_other_things_are_not(asked: str, printed: str) -> None:
    assert near_as_told(*words(asked), frozenset(words(printed))) == 0.0


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What caused the blaze at the Milk Lane depot?", "left to charge overnight"),
        ("Which prize are the Osier Street wardens getting?", "national award"),
    ],
)
def test_what_is_asked_in_near_words_is_told(sallowby: Assistant, question: str, told: str) -> None:
    answer = sallowby.ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert told in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "When did the library at Milk Lane close?",
        "What caused the blaze at the Tanner Row depot?",
        "What is the salary of the Osier Street wardens?",
    ],
)
def test_what_no_near_word_tells_is_not(sallowby: Assistant, question: str) -> None:
    assert sallowby.ask(question).outcome is not Outcome.ANSWERED
