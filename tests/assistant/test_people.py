"""Who holds an office, who is said to have spoken, and what stands under a heading."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from assistant.minutes.people import named_as
from indicators.catalogue import words
from tests.assistant.conftest import open_over

PACK = Path(__file__).parent / "papers" / "saltwick-hsc-2024-10-02.md"


@pytest.fixture(scope="module")
def saltwick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("saltwick")
    copy(PACK, folder)
    with open_over(folder) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who is the head of repairs?", "Marcus Thole"),
        ("who is Saltwick's director of homes", "Fenella Oare"),
        ("Who was the clerk?", "Ione Braddock"),
        ("Who is the contact officer?", "Ione Braddock"),
    ],
)
def test_an_office_is_answered_by_the_name_beside_it(
    saltwick: Assistant, question: str, name: str
) -> None:
    answer = saltwick.ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert answer.text.startswith(name)
    assert any(name in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "Who is the chief executive?",  # only a deputy is told of, without a name
        "Who is the head of homes?",
        "Who is the director of public health?",
    ],
)
def test_an_office_without_a_name_beside_it_is_not_answered(
    saltwick: Assistant, question: str
) -> None:
    assert saltwick.ask(question).outcome is Outcome.NOT_FOUND


@pytest.mark.parametrize(
    ("office", "text", "name"),
    [
        ("head of homes", "asked the Head of Homes, Bea Rudd, about it", "Bea Rudd"),
        ("head of homes", "Mrs B. Rudd - Head of Homes", "Mrs B. Rudd"),
        ("head of homes", "Bea Rudd is the Head of Homes and lives there", "Bea Rudd"),
        ("head of homes", "Bea Rudd Head of Homes", "Bea Rudd"),
        ("lead inspector", "Lead inspector: Bea Rudd, of His Majesty's", "Bea Rudd"),
        ("head of homes", "Bea Rudd, Deputy Head of Homes", None),
        ("head of homes", "Bea Rudd said that the Head of Homes was away", None),
        ("repairs manager", "The Repairs Manager (known as the Fixer) was away", None),
    ],
)
def test_how_papers_set_a_name_beside_an_office(office: str, text: str, name: str | None) -> None:
    found = [who for who, _ in named_as(words(office), text)]
    assert found[:1] == ([name] if name else [])


def test_what_was_said_is_told_of_who_said_it(saltwick: Assistant) -> None:
    said = saltwick.ask("What did Councillor Tandy say about the lifts?")
    assert said.outcome is Outcome.ANSWERED, said.text
    assert "nine days" in said.text
    unsaid = saltwick.ask("What did the inspector say about the lifts?")
    assert unsaid.outcome is Outcome.NOT_FOUND, unsaid.text


def test_a_list_under_the_heading_asked_for_is_the_answer(saltwick: Assistant) -> None:
    answer = saltwick.ask("What must get better on damp?")
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert "within ten days" in answer.text
    assert "Fans that tenants" in answer.text
