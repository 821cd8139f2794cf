"""What a question takes for granted: told in other words, denied, or not borne out."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from assistant.answer import Outcome, Turn
from assistant.assistant import Assistant
from assistant.minutes.bodies import acted, asked_of, did_not
from assistant.minutes.votes import asks_who_voted
from assistant.question.claim import claim_of
from assistant.question.parts import parts_of
from indicators.catalogue import words
from tests.assistant.conftest import open_over


@pytest.fixture(scope="module")
def two_councils(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("premises")
    papers = Path(__file__).parent / "papers" / "premises"
    with open_over(copytree(papers, folder, dirs_exist_ok=True)) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Why did Cllr Teasel leave the chamber at Harrowmere?", "Brightwater Lettings"),
        ("When is the home at Orchard Row supposed to open?", "February 2025"),
        ("What correction was made to the May 2024 minutes at Harrowmere?", "seventeen"),
        ("What amendment was made to the Harrowmere minutes of 2 May 2024?", "seventeen"),
        ("Why could Cllr Hobday not vote on minute 15?", "drives for the taxi firm"),
        ("what two things did the inspectors want improved in Harrowmere", "minibus"),
        ("What did Harrowmere's Cabinet agree about tutors?", "16 September 2024"),
        ("Who voted against the taxi contract in Harrowmere, and why?", "Plover"),
    ],
)
def test_what_stands_there_in_other_words_is_told(
    two_councils: Assistant, question: str, told: str
) -> None:
    answer = two_councils.ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert told in answer.text


@pytest.mark.parametrize(
    ("question", "corrected"),
    [
        ("Why did Harrowmere permanently exclude children in care?", "No child in care"),
        ("When did Harrowmere get the grade for the inspection in June 2024?", "No grade is given"),
        ("Has Harrowmere's Cabinet approved the rent guarantee?", "don't say what the Cabinet"),
        ("Which councillors voted for the rent guarantee in Harrowmere?", "don't record who voted"),
    ],
)
def test_a_false_premise_is_put_right_and_nothing_else_is_told(
    two_councils: Assistant, question: str, corrected: str
) -> None:
    answer = two_councils.ask(question)
    assert answer.outcome is Outcome.NOT_FOUND, answer.text
    assert corrected in answer.text


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "What was absence in May, how much has it gone up, and what reason is given?",
            ("What was absence in May?", "how much has it gone up?", "what reason is given?"),
        ),
        (
            "Orchard Row: when does it open and who is the manager?",
            ("Orchard Row: when does it open?", "who is the manager?"),
        ),
        ("Which is dearer, the lease or the sale?", ("Which is dearer, the lease or the sale?",)),
    ],
)
def test_the_questions_within_a_question(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question) == parts


def test_who_voted_is_asked_of_the_decision_just_told(two_councils: Assistant) -> None:
    before = (
        Turn("user", "What did Harrowmere resolve about taxis to school?"),
        Turn("assistant", "Resolved: That the taxi contract be let for three years (minute 15)."),
    )
    answer = two_councils.ask("who voted against that and why?", before)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert "Councillor Plover asked that her vote against be recorded" in answer.text


def test_a_figure_of_several_councils_is_given_for_each_to_choose_from(
    two_councils: Assistant,
) -> None:
    answer = two_councils.ask("How much is the furnishing grant?")
    assert answer.outcome is Outcome.CLARIFY, answer.text
    assert "£1,800" in answer.text
    assert "£2,400" in answer.text
    assert set(answer.options) == {"Harrowmere Borough Council", "Stanbeck County Council"}


def test_a_figure_of_the_council_asked_about_is_simply_told(two_councils: Assistant) -> None:
    answer = two_councils.ask("How much is the furnishing grant in Stanbeck?")
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert "£2,400" in answer.text
    assert "£1,800" not in answer.text


@pytest.mark.parametrize(
    "request_to_act",
    [
        "Can you book me a place at the October committee?",
        "Please email Councillor Plover about the taxis",
        "Send me the papers for Harrowmere",
        "I'd like you to cancel the meeting",
    ],
)
def test_a_request_to_act_is_turned_away(two_councils: Assistant, request_to_act: str) -> None:
    answer = two_councils.ask(request_to_act)
    assert answer.outcome is Outcome.DECLINED, answer.text
    assert not answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "Can you tell me when the home at Orchard Row opens?",
        "Please explain what the inspectors found in Harrowmere",
        "Who is to send the letter on taxis in Harrowmere?",
    ],
)
def test_a_polite_question_is_no_request_to_act(two_councils: Assistant, question: str) -> None:
    assert two_councils.ask(question).outcome is not Outcome.DECLINED


@pytest.mark.parametrize(
    ("question", "verb"),
    [
        ("When is the pool due to open?", ""),
        ("When is the pool supposed to open?", "open"),
        ("Why does the clerk have to sign the lease?", "sign"),
    ],
)
def test_a_verb_that_only_leads_to_the_deed_is_not_the_deed(question: str, verb: str) -> None:
    assert claim_of(question).verb == "".join(words(verb))


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("Cabinet agreed on 3 May to buy the barge.", True),
        ("The purchase was approved by Cabinet in May.", True),
        ("That Cabinet be recommended to approve the purchase.", False),
        ("Resolved: to recommend that Cabinet approved budgets be published.", False),
        ("Cabinet will decide in May.", False),
        ("Cabinet has not yet agreed to it.", False),
        ("The Cabinet Member agreed to write.", False),
    ],
)
def test_a_body_acted_only_where_the_papers_say_that_it_did(text: str, done: bool) -> None:
    assert acted("cabinet", text) is done


def test_whose_act_a_question_asks_for() -> None:
    assert asked_of("Has the Cabinet approved the barge?") == "cabinet"
    assert asked_of("Has the Cabinet Member approved the barge?") is None
    assert asked_of("When does Cabinet decide?") is None
    assert did_not("executive", "The Executive has not yet replied.")


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Who voted against it?", True),
        ("Name the councillors who voted for the plan", True),
        ("Which two members abstained?", True),
        ("What was the vote?", False),
        ("How did members vote on the plan?", False),
    ],
)
def test_names_of_voters_are_asked_for(question: str, asks: bool) -> None:
    assert asks_who_voted(question) is asks
