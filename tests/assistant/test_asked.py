"""Questions as people put them: whether, who chairs, what is asked of members, what it came to."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from assistant.answer import Outcome, Route
from assistant.assistant import Assistant
from assistant.effects import Effect, effect_asked
from assistant.question.claim import claim_of
from indicators.catalogue import words
from tests.assistant.conftest import open_over


@pytest.fixture(scope="module")
def larchmoor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("asked")
    papers = Path(__file__).parent / "papers" / "asked"
    with open_over(copytree(papers, folder, dirs_exist_ok=True)) as assistant:
        yield assistant


@pytest.mark.parametrize("question", ["Who chairs the committee?", "Who's the chair in Larchmoor?"])
def test_who_chairs_a_body_is_told_by_name_first(larchmoor: Assistant, question: str) -> None:
    answer = larchmoor.ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert answer.text.startswith("Mrs B L Hartle")
    assert "Dunkley. " not in answer.text


def test_who_is_to_hold_an_office_is_not_who_holds_it(larchmoor: Assistant) -> None:
    answer = larchmoor.ask("Who is going to be the new chair of the committee?")
    assert answer.outcome is Outcome.NOT_FOUND, answer.text


def test_an_agenda_is_listed_item_by_item(larchmoor: Assistant) -> None:
    answer = larchmoor.ask("What is on the agenda for 21 November 2024?")
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert [line.rpartition(" [")[0] for line in answer.text.splitlines()[1:]] == [
        "- 1 Apologies for absence",
        "- 2 Minutes of the meeting on 6 June 2024",
        "- 3 Action tracker",
        "- 4 Performance report to 31 October 2024",
        "- 5 Adviser's observations",
        "- 6 Kinship allowances",
    ]


def test_who_sent_apologies_to_a_meeting_without_minutes_is_not_held(larchmoor: Assistant) -> None:
    answer = larchmoor.ask("Who sent apologies in November 2024?")
    assert answer.outcome is Outcome.NOT_FOUND
    assert "21 November 2024 are held, but not its minutes" in answer.text


def test_apologies_to_a_meeting_of_which_nothing_is_held_are_not_those_to_another(
    larchmoor: Assistant,
) -> None:
    answer = larchmoor.ask("Who sent apologies in Larchmoor in March 1999?")
    assert answer.outcome is Outcome.NOT_FOUND
    assert "No minutes of Larchmoor for March 1999 are held." in answer.text


def test_who_sent_apologies_to_a_meeting_with_minutes_is_told(larchmoor: Assistant) -> None:
    answer = larchmoor.ask("Who sent apologies in June 2024?")
    assert answer.outcome is Outcome.ANSWERED
    assert "Apologies were received from Mrs B L Hartle" in answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Has the Minister replied about eye clinics?", "Reply awaited"),
        ("Which actions are marked overdue and who leads on them?", "Tove Marsh"),
        ("What are members being asked to agree on kinship allowances?", "from the first day"),
        ("What does the adviser think should happen to the placement team?", "ought to be doubled"),
        ("What does Petra Lindqvist's report recommend?", "from the first day"),
    ],
)
def test_what_the_papers_tell_is_answered(larchmoor: Assistant, question: str, told: str) -> None:
    answer = larchmoor.ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert told in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Why did the committee agree to give swimming passes?", "the motion was lost"),
        ("What did the inspectors conclude about the contact centre?", "expected in the autumn"),
        ("What's the median wait for an eye clinic?", "A median is not given"),
    ],
)
def test_what_was_lost_is_to_come_or_is_not_given_is_said(
    larchmoor: Assistant, question: str, said: str
) -> None:
    answer = larchmoor.ask(question)
    assert answer.outcome is Outcome.NOT_FOUND, answer.text
    assert said in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Did the decision on eye tests help?",
        "Have eye tests improved since the committee agreed to arrange them?",
    ],
)
def test_a_decision_is_told_with_the_figures_before_and_after(
    larchmoor: Assistant, question: str
) -> None:
    answer = larchmoor.ask(question)
    assert (answer.outcome, answer.route) == (Outcome.ANSWERED, Route.BOTH), answer.text
    assert "On 6 June 2024" in answer.text
    assert "be reported to each meeting" in answer.text
    assert {figure.value for figure in answer.figures} >= {60.0, 77.0}
    assert "don't show that the decision brought this about" in answer.text


def test_figures_without_a_decision_are_told_as_such(larchmoor: Assistant) -> None:
    answer = larchmoor.ask("Have children in care gone up since the committee agreed to sell huts?")
    assert answer.route is Route.INDICATOR, answer.text
    assert answer.text.startswith("No decision on this was found")


@pytest.mark.parametrize(
    ("question", "effect"),
    [
        ("Did the pledge on bus passes help?", Effect("bus passes", "bus passes")),
        (
            "Has absence improved since the panel agreed to fund tutors?",
            Effect("fund tutors", "absence", named=True),
        ),
        ("Did the board agree the pledge?", None),
        ("What has changed since June 2024?", None),
    ],
)
def test_which_questions_ask_what_a_decision_did(question: str, effect: Effect | None) -> None:
    assert effect_asked(question) == effect


@pytest.mark.parametrize(
    ("question", "verb"),
    [
        ("What did the inspectors say still needs mending?", ""),
        ("Why had the children been left waiting?", "wait"),
        ("Which actions are marked late?", ""),
    ],
)
def test_the_verb_that_a_question_turns_on(question: str, verb: str) -> None:
    assert claim_of(question).verb == ("".join(words(verb)[:1]) if verb else "")


def test_what_a_short_name_stands_for_is_told_first(tmp_path: Path) -> None:
    """What broke: the very sentence with "Harbour Users' Forum (HUF)" was called no answer."""
    report = "# Saltby Borough Council\n## Harbour Panel\n9 May 2024\n\n## Minutes\n\n"
    report += "The Chair thanked the Harbour Users' Forum (HUF) for its views on moorings.\n"
    (tmp_path / "saltby-hp-2024-05-09.md").write_text(report, encoding="utf-8")
    with open_over(tmp_path) as assistant:
        answer = assistant.ask("What does HUF stand for?")
    assert answer.outcome is Outcome.ANSWERED
    assert answer.text.startswith("Harbour Users' Forum (HUF).")
