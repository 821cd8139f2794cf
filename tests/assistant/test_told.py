"""Records set out in few words: what was decided, deferred, asked to be bettered, and by whom."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from tests.assistant.conftest import open_over


@pytest.fixture(scope="module")
def orlestone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("told")
    papers = Path(__file__).parent / "papers" / "told"
    with open_over(copytree(papers, folder, dirs_exist_ok=True)) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What did Orlestone Cabinet resolve on Q2 2024/25 highways monitoring?", "quarterly"),
        ("What did the Orlestone FB instruct the Harbour Master to do in July 2024?", "two other"),
        ("Orlestone ferry board: who had retired and when?", "Bert Lydd"),
        ("Why has the West Bank Shelter scheme slipped?", "piling contractor"),
        ("Who gave apologies at the Ferry Board on 16 July 2024?", "Una Marsh"),
        ("What did the Coast Inspectorate say must get better?", "log of near misses"),
        ("What areas for improvement did the surveyors find at Orlestone?", "winter crew"),
        ("What are the three aims the ferry board is asked to agree for 2024/25?", "by phone"),
    ],
)
def test_what_the_papers_say_in_few_words_is_told(
    orlestone: Assistant, question: str, told: str
) -> None:
    """What broke: a tie of the question's own words, the body's name among them, kept it back."""
    answer = orlestone.ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert told in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Who chaired the Ferry Board on 14 May 2024?", "not its minutes"),
        ("What did the surveyors say of the pumps in June 2024?", "of before June 2024"),
    ],
)
def test_what_the_papers_cannot_tell_of_is_said(
    orlestone: Assistant, question: str, said: str
) -> None:
    answer = orlestone.ask(question)
    assert answer.outcome is Outcome.NOT_FOUND, answer.text
    assert said in answer.text


def test_a_deed_that_nobody_did_is_not_told(orlestone: Assistant) -> None:
    answer = orlestone.ask("Why did the Harbour Master resign?")
    assert answer.outcome is Outcome.NOT_FOUND, answer.text
