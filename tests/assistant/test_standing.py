"""How matters stand, deeds told in other words, and figures put together from what is printed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from assistant.answer import Outcome, Turn
from assistant.assistant import Assistant
from assistant.question.claim import claim_of
from indicators.catalogue import words
from ingest.model import PeriodKind
from tests.assistant.conftest import open_over


@pytest.fixture(scope="module")
def wrenfold(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("standing")
    papers = Path(__file__).parent / "papers" / "standing"
    with open_over(copytree(papers, folder, dirs_exist_ok=True)) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Has the letter to the Harbour Commissioners been sent?", "Sent 2 August 2024"),
        ("Any reply from the harbour commissioners about night lights?", "two lamps"),
        ("Why was the opening of the boat shed at Nettle Quay delayed?", "second survey"),
        ("Who moved the amendment on the boat shed?", "Bryn Pryor"),
        ("From what date do the new reading bands come in?", "6 January 2025"),
        ("What proportion of enquiries became approvals in September 2024?", "22.5%"),
        ("What % of pupils passed grade 4 or above in 2024?", "22.5%"),
        ("By what percentage did library loans rise between July and September 2024?", "10.5%"),
        ("Eye tests in September 2024 against England?", "3 percentage points"),
        ("How many enquiries were there altogether in July, August and September 2024?", "326"),
    ],
)
def test_what_the_papers_hold_is_told(wrenfold: Assistant, question: str, told: str) -> None:
    answer = wrenfold.ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert told in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Why did Councillor Pryor resign from the committee?",
        "Why did the committee vote to scrap the boat shed?",
        "Canoe lessons, September 2024?",
    ],
)
def test_what_the_papers_do_not_bear_out_is_not_answered(
    wrenfold: Assistant, question: str
) -> None:
    answer = wrenfold.ask(question)
    assert answer.outcome is Outcome.NOT_FOUND, answer.text


def test_a_position_comes_before_the_minute_that_set_the_action(wrenfold: Assistant) -> None:
    answer = wrenfold.ask("What is the position on the letter to the Commissioners?")
    assert answer.citations[0].quote.endswith("They will pay for two lamps"), answer.text


@pytest.mark.parametrize(
    ("question", "spans"),
    [
        ("Eye tests Jul-Sep 24?", [(date(2024, 7, 1), date(2024, 9, 30))]),
        ("Eye tests July – September 2024?", [(date(2024, 7, 1), date(2024, 9, 30))]),
    ],
)
def test_months_joined_by_a_dash_are_one_time(
    wrenfold: Assistant, question: str, spans: list[tuple[date, date]]
) -> None:
    periods = wrenfold.understood(question).periods
    assert [(p.start, p.end) for p in periods] == spans
    assert all(p.kind in (PeriodKind.SPAN, PeriodKind.QUARTER) for p in periods)


def test_a_follow_up_on_another_body_keeps_its_subject(wrenfold: Assistant) -> None:
    before = (
        Turn("user", "What did the committee decide on reading bands?"),
        Turn("assistant", "On 9 July 2024 it resolved that the four bands be brought in."),
    )
    query = wrenfold.understood("Did Cabinet go along with that?", before)
    assert set(words("reading bands")) <= set(query.words)


@pytest.mark.parametrize(
    ("question", "verb"),
    [
        ("Why did the board vote to scrap the charge?", "scrap"),
        ("Why did the panel decide to sell the minibus?", "sell"),
    ],
)
def test_what_was_voted_for_is_the_deed(question: str, verb: str) -> None:
    assert claim_of(question).verb == verb


@pytest.mark.parametrize("question", ["who is down to look at canoes", "who is doing the shelves"])
def test_who_is_to_do_something_is_no_office(question: str) -> None:
    assert claim_of(question).role == ()
