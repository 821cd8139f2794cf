"""Saved questions, asked again after a second pack has come in."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Scope
from assistant.assistant import Assistant
from assistant.watch.changes import ChangeKind
from assistant.watch.watching import Digest, Watch
from ingest.errors import BoardPapersError
from ingest.store import Store
from tests.assistant.made_up import COUNTY, JULY, NOVEMBER

PAPERS = Path(__file__).parents[1] / "assistant" / "papers"
TODAY = date(2024, 11, 20)
QUESTIONS = {
    "latest": "How many children were looked after?",
    "june": "How many children were looked after in June 2024?",
    "boats": "What was decided about boat club places?",
    "meeting": "What was resolved at the meeting of 18 July 2024?",
    "settled": "What was the dental check figure in March 2024?",
}


@pytest.fixture
def july(tmp_path: Path) -> Iterator[Assistant]:
    """The July pack, with questions saved of it."""
    with Assistant(Store.open(tmp_path, None)) as assistant:
        assistant.ingest([PAPERS / f"{JULY}.md"])
        for name, question in QUESTIONS.items():
            Watch(tmp_path).add(assistant, name, question, Scope(councils=(COUNTY,)))
        yield assistant


def told(digest: Digest) -> dict[str, list[ChangeKind]]:
    return {news.name: [change.kind for change in news.changes] for news in digest.news}


def test_a_pack_that_comes_in_brings_what_is_new_and_nothing_else(
    july: Assistant, tmp_path: Path
) -> None:
    watch = Watch(tmp_path)
    assert watch.run(july, TODAY).news == ()

    july.ingest([PAPERS / f"{NOVEMBER}.md"])
    digest = watch.run(july, TODAY)

    kinds = told(digest)
    assert kinds["latest"] == [ChangeKind.VALUE]
    assert kinds["june"] == [ChangeKind.RESTATED]
    assert kinds["meeting"] == [ChangeKind.ANSWERED]
    assert {ChangeKind.DECISION, ChangeKind.ANSWERED} & set(kinds["boats"])
    assert "settled" not in kinds
    restated = next(n for n in digest.news if n.name == "june").changes[0]
    assert "628" in restated.sentence and "631" in restated.before
    for change in (change for news in digest.news for change in news.changes):
        assert change.citations
        for citation in change.citations:
            assert citation.quote in july.paper_text(citation.paper)


def test_a_change_is_told_once_and_kept_for_the_page(july: Assistant, tmp_path: Path) -> None:
    july.ingest([PAPERS / f"{NOVEMBER}.md"])
    digest = Watch(tmp_path).run(july, TODAY)

    assert Watch(tmp_path).run(july, TODAY).news == ()
    assert Watch(tmp_path).digests() == (digest,)


def test_an_answer_whose_paper_goes_is_no_longer_answered(july: Assistant, tmp_path: Path) -> None:
    july.remove(JULY)

    kinds = told(Watch(tmp_path).run(july, TODAY))
    assert kinds["latest"] == kinds["settled"] == [ChangeKind.LOST]


def test_names_are_given_once_and_forgotten(july: Assistant, tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    with pytest.raises(BoardPapersError, match="another name"):
        watch.add(july, "june", "Anything?")
    with pytest.raises(BoardPapersError, match=r"'jun'.*june"):
        watch.remove("jun")
    watch.remove("june")
    assert [saved.name for saved in watch.questions()] == [n for n in QUESTIONS if n != "june"]


def test_a_damaged_file_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "watch.json").write_text("{", encoding="utf-8")
    with pytest.raises(BoardPapersError, match=r"watch\.json can't be read"):
        Watch(tmp_path).questions()
