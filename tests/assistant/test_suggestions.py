"""What is offered next is what the papers answer."""

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from assistant.browse import measures_held
from assistant.suggestions import Suggestions

QUESTIONS = (
    "How many children were looked after in Averonshire in March 2024?",
    "What did Averonshire's Corporate Parenting Board decide about bus passes?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_offered_is_answered(demonstration: Assistant, question: str) -> None:
    offered = Suggestions(demonstration).after(demonstration.ask(question))

    assert 1 <= len(offered) <= 3 and question not in offered
    assert {demonstration.ask(q).outcome for q in offered} == {Outcome.ANSWERED}


def test_nothing_is_offered_after_an_answer_that_found_nothing(demonstration: Assistant) -> None:
    nothing = demonstration.ask("How many teachers work in Averonshire?")

    assert Suggestions(demonstration).after(nothing) == ()


def test_papers_of_other_councils_get_questions_of_their_own(made_up: Assistant) -> None:
    offered = Suggestions(made_up).to_begin_with()

    assert offered
    assert {made_up.ask(question).outcome for question in offered} == {Outcome.ANSWERED}


def test_the_measures_held_are_series_that_can_be_opened(demonstration: Assistant) -> None:
    held = measures_held(demonstration)

    assert {one.council for one in held} == {
        "Averonshire County Council",
        "Castlebourne City Council",
    }
    assert all(len(one.chart.points) >= 3 for one in held)
    dental = next(one for one in held if one.name == "Dental checks up to date")
    assert dental.council in {card.council for card in demonstration.indicator(dental.asked)}
