"""A bare reply to several readings chooses one of them."""

import pytest

from assistant.answer import Answer, Outcome, Turn
from assistant.assistant import Assistant
from assistant.question.choosing import chosen_council, chosen_measure
from tests.assistant.made_up import CITY, COUNTY


def asked(assistant: Assistant, *questions: str) -> Answer:
    """The last answer of a conversation."""
    history: list[Turn] = []
    for question in questions:
        answer = assistant.ask(question, tuple(history))
        history += [Turn("user", question), Turn("assistant", answer.text)]
    return answer


QUESTION = "How many children are looked after, at the latest?"


@pytest.mark.parametrize(
    ("reply", "council"),
    [
        ("Quillminster please", CITY),
        ("the second one", CITY),
        ("2", CITY),
        ("I meant Ferrowdale", COUNTY),
        ("the first", COUNTY),
        ("option 1", COUNTY),
    ],
)
def test_a_reply_to_which_council_is_the_question_asked_of_it(
    made_up: Assistant, reply: str, council: str
) -> None:
    assert asked(made_up, QUESTION).outcome is Outcome.CLARIFY
    answer = asked(made_up, QUESTION, reply)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert {citation.council for citation in answer.citations} == {council}
    assert answer.figures[0].council == council


def test_another_council_is_chosen_in_place_of_the_one_named(made_up: Assistant) -> None:
    answer = asked(made_up, "What was resolved on lessons in Ferrowdale?", "Quillminster please")
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert "harp lessons" in answer.text
    assert {citation.council for citation in answer.citations} == {CITY}


def test_what_asks_something_of_its_own_is_no_choice() -> None:
    def named(area: str, text: str) -> bool:
        return area.lower() in text.lower()

    told = f"Which council do you mean? {COUNTY}: 1. {CITY}: 2."
    councils = (COUNTY, CITY)
    assert chosen_council("How many in Ferrowdale?", told, councils, named) is None
    assert chosen_council("2", "Resolved: 2 harps.", councils, named) is None
    assert chosen_council("7", told, councils, named) is None
    assert chosen_council("both of them", told, councils, named) is None
    assert chosen_measure("2", told) is None
    fits = "More than one measure fits these words:\nA, one: 1. [1]\nA, two: 2. [2]"
    assert chosen_measure("the second", fits) == "A, two"
