"""Search over two small councils' papers, by words and meaning, through the assistant's door."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Scope, Turn
from assistant.assistant import Assistant
from assistant.passages.ranking import WEIGHTS, Features
from assistant.passages.results import Result
from assistant.passages.search import Search, sought, wording
from ingest.store import Store
from tests.ingest.fakes import WordEmbedder

LENDING = (
    "1.1 A lending shelf of musical instruments has been set up in the hall at Pendle House, with "
    "forty recorders and eleven cellos given by the public. Any child in care may borrow one for "
    "as long as it is played. It is looked after by two volunteers on Saturdays."
)


def pack(place: str, held: str, minutes: str, more: str) -> str:
    return f"""\
# {place} County Council

# Corporate Parenting Board

**{held} at 2.00 pm**

# Minutes of the Corporate Parenting Board

**Held on Thursday {minutes}**

### 4. Swimming lessons

The Board heard that few children in care could swim, because pools had shut in the north.

Resolved: That swimming lessons be paid for every child in care from the autumn.

### 5. Late buses

Members regretted that the evening bus had been withdrawn by its operator in {place}.

# Report on instruments

{LENDING}

# Performance report

**1.0 Monthly figures**

| Measure | Nov-23 | Dec-23 | Jan-24 |
|---|---|---|---|
| Children looked after (number) | 412 | 415 | 409 |
| Children looked after who went missing | 12 | 15 | 9 |

{more}
"""


@pytest.fixture(scope="module", params=["words", "words and meaning"])
def assistant(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("papers")
    for place, held, minutes, more in (
        ("Applewick", "Thursday 7 March 2024", "11 January 2024", "1.2 Cycling has grown."),
        ("Birchover", "Thursday 13 June 2024", "18 April 2024", "1.2 Rowing has waned."),
    ):
        text = pack(place, held, minutes, more)
        (folder / f"{place.lower()}.md").write_text(text, encoding="utf-8")
    embedder = WordEmbedder() if request.param == "words and meaning" else None
    with Assistant(Store.open(folder / "store", embedder)) as opened:
        assert not opened.ingest(sorted(folder.glob("*.md"))).refused
        yield opened


def first(assistant: Assistant, question: str, scope: Scope = Scope()) -> Result:
    return assistant.search(question, scope)[0]


def test_the_passage_that_holds_the_words_comes_first_with_its_place(assistant: Assistant) -> None:
    found = first(assistant, "Why can few children in care swim in Applewick?")
    passage = found.passages[0]
    assert passage.meeting.council == "Applewick County Council"
    assert passage.meeting.held == date(2024, 1, 11)
    assert "because pools had shut in the north." in found.text
    assert "worded like an answer" in found.reasons


def test_a_decision_comes_first_where_one_is_asked_for(assistant: Assistant) -> None:
    found = first(assistant, "What did Birchover's board decide about swimming lessons?")
    assert "Resolved: That swimming lessons be paid" in found.text
    assert "holds a decision" in found.reasons


def test_a_council_named_and_a_scope_are_filters(assistant: Assistant) -> None:
    for hit in assistant.search("evening bus in Applewick", limit=20):
        assert hit.passages[0].meeting.council == "Applewick County Council"
    spring = Scope(since=date(2024, 4, 1))
    hits = assistant.search("musical instruments", spring, limit=20)
    assert hits and {hit.passages[0].locator.paper for hit in hits} == {"birchover"}
    assert assistant.search("evening bus", Scope(councils=("Nowhere Council",))) == ()


def test_the_same_text_in_two_papers_is_shown_once_with_both_places(assistant: Assistant) -> None:
    hits = assistant.search("Who may borrow musical instruments?", limit=20)
    holding = [hit for hit in hits if "forty recorders" in hit.text]
    assert len(holding) == 1
    (there,) = holding[0].also
    papers = {holding[0].passages[0].locator.paper, there.locator.paper}
    assert papers == {"applewick", "birchover"}
    assert {place["paper"] for place in holding[0].to_json(1)["also"]} == {there.locator.paper}


def test_a_row_with_just_the_label_asked_for_beats_a_longer_one(assistant: Assistant) -> None:
    found = first(assistant, "how many children looked after in Birchover in January 2024?")
    assert "| Children looked after (number) | 412 | 415 | 409 |" in found.text
    assert "names the date" in found.reasons


def test_what_is_shown_stands_verbatim_in_the_paper(assistant: Assistant) -> None:
    for hit in assistant.search("swimming, buses, figures and instruments", limit=20):
        paper = assistant.paper_text(hit.passages[0].locator.paper)
        assert all(line in paper for line in hit.text.splitlines())


def test_neighbours_of_one_section_are_joined(tmp_path: Path) -> None:
    sentences = " ".join(f"The ferry left quay {n} late on account of fog." for n in range(60))
    (tmp_path / "ferry.md").write_text(pack("Coldsea", "Monday 4 March 2024", "", sentences))
    with Assistant(Store.open(tmp_path / "store")) as assistant:
        assistant.ingest([tmp_path / "ferry.md"])
        (found,) = [hit for hit in assistant.search("ferry fog quay") if "quay 5 " in hit.text]
        assert len(found.passages) > 1
        assert "quay 0 late" in found.text and "quay 59 late" in found.text
        ends = [passage.locator.end for passage in found.passages]
        assert ends == sorted(ends)


def test_nothing_is_found_for_words_that_no_paper_holds(tmp_path: Path) -> None:
    with Assistant(Store.open(tmp_path / "store")) as assistant:
        assert assistant.search("pothole") == ()
        (tmp_path / "a.md").write_text(pack("Applewick", "Thursday 7 March 2024", "", ""))
        assistant.ingest([tmp_path / "a.md"])
        assert assistant.search("pothole") == ()


def test_a_word_that_no_paper_holds_tells_the_most(assistant: Assistant) -> None:
    search = Search(assistant._store)
    weights = [search.weight(word) for word in ("pothol", "cello", "childrenincare")]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == 3


def test_a_follow_up_is_sought_with_what_it_leans_on(assistant: Assistant) -> None:
    asked = Turn("user", "How many cellos were given in Applewick?")
    alone = assistant.understood("and recorders?")
    leaning = assistant.understood("and what about it in Birchover?", [asked])
    assert sought(alone) == "and recorders?"
    assert "cello" in sought(leaning)


def test_an_earlier_index_of_words_is_replaced(assistant: Assistant) -> None:
    finder = assistant._store.finder
    before = finder.counts(["swim", "swimming"])
    assert before["swim"] and not before["swimming"]
    Search(assistant._store)
    assert finder.wording == wording()
    assert finder.counts(["swim"]) == {"swim": before["swim"]}


def test_every_feature_has_a_weight_and_no_reason_is_told_for_nought() -> None:
    assert all(WEIGHTS.values())
    hit = Result((), "", 0.0, Features(words=1.0, decides=1.0), ())
    assert hit.reasons == ("words 100% of the best match", "holds a decision")
