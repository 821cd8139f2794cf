"""The pages, driven without a browser."""

import re
import threading
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app_pages.turns import Turns
from assistant import settings
from assistant.access.viewer import OPERATOR, sight_key
from assistant.answer import (
    Answer,
    Chart,
    Citation,
    Comparator,
    Delta,
    Figure,
    Outcome,
    Point,
    Route,
    Scope,
    Searched,
    Turn,
)
from assistant.assistant import Assistant
from assistant.threads import Threads, Verdict
from ingest.kinds import PaperKind
from tests.small_pack import COUNCIL, PAPER_ID, write_small_pack

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app.py"
PAGE = "from app_pages import {0}, frame\nframe.page({0}.draw_{0})()\n"
QUESTION = "How many children were looked after in January 2024?"
SEARCHED = Searched(papers=1, councils=(COUNCIL,), first=None, last=None, unreadable=0)
HOSTILE = '<img src=x onerror=alert(1)> <b>bold</b> [link](http://a.example) \x1b[31m"'
Open = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens the app, or one of its pages by name, over a store; `query` is of the address."""

    def open_at(store: Path, page: str = "", **query: str) -> AppTest:
        monkeypatch.setenv("BOARDPAPERS_STORE", str(store))
        st.cache_resource.clear()
        at = (
            AppTest.from_string(PAGE.format(page), default_timeout=60)
            if page
            else AppTest.from_file(str(APP), default_timeout=60)
        )
        for name, value in query.items():
            at.query_params[name] = value
        return at.run()

    yield open_at
    st.cache_resource.clear()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with Assistant.open(tmp_path / "store") as assistant:
        assistant.ingest([write_small_pack(tmp_path)])
    return tmp_path / "store"


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., Answer]], None]:
    """Lets a function stand in for what the assistant answers."""

    def stand_in(answer: Callable[..., Answer]) -> None:
        def stream(
            _: Assistant, question: str, history: tuple[Turn, ...] = (), scope: Scope = Scope()
        ) -> Iterator[Delta | Answer]:
            told = answer(question, history, scope)
            yield Delta(told.text)
            yield told

        monkeypatch.setattr(Assistant, "stream", stream)

    return stand_in


def drawn(page: AppTest) -> str:
    """The HTML that the page draws from what it is told."""
    return "\n".join(element.proto.body for element in page.get("html"))


def ask(page: AppTest, question: str) -> AppTest:
    """The whole page after a question, which draws its own parts only."""
    return page.chat_input[0].set_value(question).run().run()


def button(page: AppTest, label: str) -> object:
    return next(b for b in page.button if b.label == label)


def press(page: AppTest, label: str) -> AppTest:
    button(page, label).click()  # type: ignore[attr-defined]
    return page.run()


def told(question: str, outcome: Outcome = Outcome.ANSWERED, **more: object) -> Answer:
    return Answer(question, outcome, Route.MINUTES, f"To {question}", SEARCHED, **more)  # type: ignore[arg-type]


def test_first_run_takes_in_the_demonstration_papers_at_one_click(
    tmp_path: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    write_small_pack(corpus)
    monkeypatch.setattr("app_pages.frame.DEMO_CORPUS", corpus)
    monkeypatch.setattr(settings, "DEMO_CORPUS", corpus)

    page = open_page(tmp_path / "store")
    assert "Papers stay on this machine" in drawn(page) and not page.chat_input
    page = press(page, "Take in the demonstration papers")

    assert not page.exception
    assert page.chat_input
    assert COUNCIL in page.multiselect(key="scope-council").options


def test_an_answer_comes_with_its_source_and_what_was_searched(
    store: Path, open_page: Open
) -> None:
    page = ask(open_page(store), QUESTION)

    assert not page.exception
    shown = drawn(page)
    assert '<a class="bp-chip" href="#source-0-1" aria-label="Source 1">1</a>' in shown
    card = shown.split('id="source-0-1"')[1].split("</blockquote>")[0]
    assert f"[1] {COUNCIL} · Corporate Parenting Board · 7 March 2024" in card and "409" in card
    assert "Searched: 1 paper of Thistledown County Council" in shown


def test_the_page_of_a_quote_opens_with_the_quote_marked(store: Path, open_page: Open) -> None:
    page = press(ask(open_page(store), QUESTION), "Open the page of [1]")

    assert not page.exception
    marked = re.findall(r"<mark>(.*?)</mark>", drawn(page))
    assert marked == ["1 Children looked after (number)", "412", "415", "409"]


def test_a_conversation_is_found_again_by_its_address(store: Path, open_page: Open) -> None:
    page = ask(open_page(store), QUESTION)
    thread = page.query_params["thread"]

    again = open_page(store, thread=thread)
    assert 'id="question-0"' in drawn(again) and "409" in drawn(again)

    gone = open_page(store, thread="nosuchthread")
    assert not gone.exception and "kept any more" in drawn(gone)


def test_a_follow_up_is_asked_with_what_was_said_before(
    store: Path, open_page: Open, answering: Callable[..., None]
) -> None:
    histories: list[tuple[Turn, ...]] = []

    def answer(question: str, history: tuple[Turn, ...], scope: Scope) -> Answer:
        histories.append(tuple(history))
        return told(question)

    answering(answer)
    page = ask(ask(open_page(store), "first?"), "second?")

    assert histories == [(), (Turn("user", "first?"), Turn("assistant", "To first?"))]
    assert drawn(page).index("To first?") < drawn(page).index("To second?")

    page = press(page, "New conversation")
    assert "To first?" not in drawn(page)
    assert "first?" in [b.label.replace("\\", "") for b in page.button]  # to go back to


def test_conversations_are_named_anew_and_deleted(
    store: Path, open_page: Open, answering: Callable[..., None]
) -> None:
    answering(lambda question, history, scope: told(question))
    page = ask(open_page(store), "first?")
    page = press(page, "Rename")
    page.text_input[0].set_value("Bus passes")
    page = press(page, "Save")
    threads = Threads(store)
    owner = page.session_state["browser"]
    assert [thread.title for thread in threads.of(owner, sight_key(OPERATOR))] == ["Bus passes"]

    page = press(press(page, "Delete"), "Delete it")
    assert threads.of(owner, sight_key(OPERATOR)) == () and "first?" not in drawn(page)
    threads.close()


def test_somebody_else_s_conversation_goes_on_in_a_copy(
    store: Path, open_page: Open, answering: Callable[..., None]
) -> None:
    answering(lambda question, history, scope: told(question))
    thread = ask(open_page(store), "first?").query_params["thread"]

    other = open_page(store, thread=thread)  # another browser: nothing of the session is left
    assert "Your questions go on in a copy" in drawn(other)
    other = ask(other, "second?")

    assert other.query_params["thread"] != thread
    assert "second?" not in drawn(open_page(store, thread=thread))


def test_a_link_with_a_question_asks_when_the_person_says_so(
    store: Path, open_page: Open, answering: Callable[..., None]
) -> None:
    asked: list[str] = []

    def answer(question: str, history: tuple[Turn, ...], scope: Scope) -> Answer:
        asked.append(question)
        return told(question)

    answering(answer)
    page = open_page(store, ask="a <b>question</b>?")
    assert asked == [] and "a &lt;b&gt;question" in drawn(page)

    page = press(page, "Ask it")
    assert asked == ["a <b>question</b>?"] and "ask" not in page.query_params


def test_a_reading_that_is_chosen_is_the_next_question(
    store: Path, open_page: Open, answering: Callable[..., None]
) -> None:
    asked: list[str] = []

    def answer(question: str, history: tuple[Turn, ...], scope: Scope) -> Answer:
        asked.append(question)
        if len(asked) > 1:
            return told(question)
        return told(question, Outcome.CLARIFY, options=("Ash", "Oak *a*"))

    answering(answer)
    page = press(ask(open_page(store), "which one?"), "Oak \\*a\\*")
    assert all(b.disabled for b in page.button if b.label == "Ash")
    page.run()

    assert asked == ["which one?", "Oak *a*"]
    assert "To Oak *a*" in drawn(page)
    assert all(b.disabled for b in page.button if b.label == "Ash")


def test_a_council_that_is_chosen_takes_the_question_again_within_it(
    store: Path, open_page: Open, answering: Callable[..., None]
) -> None:
    asked: list[tuple[str, tuple[Turn, ...], Scope]] = []

    def answer(question: str, history: tuple[Turn, ...], scope: Scope) -> Answer:
        asked.append((question, tuple(history), scope))
        return told(question, Outcome.CLARIFY, options=(COUNCIL,))

    answering(answer)
    press(ask(open_page(store), "how many?"), COUNCIL)

    assert asked == [("how many?", (), Scope()), ("how many?", (), Scope(councils=(COUNCIL,)))]


def test_the_scope_chosen_goes_with_the_question(
    store: Path, open_page: Open, answering: Callable[..., None]
) -> None:
    scopes: list[Scope] = []

    def answer(question: str, history: tuple[Turn, ...], scope: Scope) -> Answer:
        scopes.append(scope)
        return told(question, Outcome.NOT_FOUND)

    answering(answer)
    page = open_page(store)
    page.multiselect(key="scope-council").select(COUNCIL)
    page.button_group(key="scope-kind").set_value([PaperKind.MINUTES])
    page = ask(page, "anything?")
    ask(press(page, "Clear"), "again?")

    assert scopes == [Scope(councils=(COUNCIL,), kinds=(PaperKind.MINUTES,)), Scope()]


def test_the_question_s_own_words_are_on_the_chips(store: Path, open_page: Open) -> None:
    asked = (
        "In the performance report, how many children were looked after in Thistledown in Jan 2024?"
    )
    page = ask(open_page(store), asked)

    chips = [p.proto.popover.label for p in page.get("popover")]
    assert "Council: Thistledown · as asked" in chips
    assert "Dates: January 2024 · as asked" in chips
    assert "Papers: performance figures · as asked" in chips


def test_a_series_has_a_table_and_its_words(
    store: Path, open_page: Open, answering: Callable[..., None]
) -> None:
    points = (Point("May", "2024-05-31", 80.0, "p"), Point("June", "2024-06-30", 82.0, "p"))
    beside = (
        Comparator("England", (Point("May", "2024-05-31", 79.0, "p"),)),
        Comparator("South Midlands", (Point("", "", 78.0, "p"),)),
    )
    chart = Chart(HOSTILE, "percent", "higher", points, target=85.0, comparators=beside)
    figure = Figure("dental", 2.0, "pp", COUNCIL, None, "calculated", "82% − 80% = 2", (1,))
    answering(lambda q, history, scope: told(q, chart=chart, figures=(figure,)))
    page = ask(open_page(store), "trend?")

    shown = drawn(page)
    assert not page.exception
    assert "from 80% (May) to 82% (June)" in shown and "target 85%; England" in shown
    assert "South Midlands 78%, printed without a date; higher is better" in shown
    assert '<th scope="col">South Midlands (undated)</th>' in shown
    assert "82% − 80% = 2" in shown and '<th scope="col">When</th>' in shown
    assert "<img" not in shown


def test_what_a_person_thinks_is_kept_with_the_answer(
    store: Path, open_page: Open, answering: Callable[..., None]
) -> None:
    answering(lambda question, history, scope: told(question))
    page = ask(open_page(store), "first?")
    page.get("feedback")[0].set_value(0).run()
    page.text_input[0].set_value("It was the other council.").run()

    threads = Threads(store)
    (kept,) = threads.feedback()
    threads.close()
    assert (kept.verdict, kept.reason) == (Verdict.UNHELPFUL, "It was the other council.")
    assert kept.answer.question == "first?"


def test_text_from_papers_and_people_is_never_markup(
    store: Path, open_page: Open, answering: Callable[..., None]
) -> None:
    source = Citation(1, PAPER_ID, HOSTILE, HOSTILE, HOSTILE, None, HOSTILE, HOSTILE, 1, HOSTILE)

    def answer(question: str, history: tuple[Turn, ...], scope: Scope) -> Answer:
        return Answer(
            question, Outcome.CLARIFY, Route.MINUTES, HOSTILE, SEARCHED,
            citations=(source,), options=(HOSTILE,),
        )  # fmt: skip

    answering(answer)
    page = ask(open_page(store), HOSTILE)

    assert not page.exception
    assert drawn(page).count("&lt;img src=x onerror=alert(1)&gt;") >= 4
    assert "<img" not in drawn(page) and "<b>" not in drawn(page) and "\x1b" not in drawn(page)
    labels = [b.label for b in page.button if "img" in b.label]
    assert len(labels) == 2  # the option, and the conversation's name
    assert all(label.startswith("\\<img") and "\\<b\\>bold" in label for label in labels)
    assert not any("img" in str(markdown.value) for markdown in page.markdown)


def test_an_error_that_a_person_can_mend_is_shown_in_words(tmp_path: Path, open_page: Open) -> None:
    (tmp_path / "store").write_text("a file where the folder should be")

    page = open_page(tmp_path / "store")

    assert not page.exception
    assert str(tmp_path / "store") in drawn(page)


def test_papers_are_listed_searched_opened_and_removed(store: Path, open_page: Open) -> None:
    page = open_page(store, "papers")
    assert "every page read" in drawn(page) and "holds the minutes of 11 January 2024" in drawn(
        page
    )
    assert "1 paper of 1" in drawn(page.text_input(key="find-paper").set_value("march 2024").run())
    assert "0 papers of 1" in drawn(page.text_input(key="find-paper").set_value("zebra").run())

    page = press(page.text_input(key="find-paper").set_value("").run(), "Look inside")
    assert not page.exception
    assert "Minutes of the meeting on 11 January 2024" in drawn(page)  # the agenda

    page = press(press(press(page, "All papers"), "Remove"), "Remove it")
    assert not page.exception and "every page read" not in drawn(page)


def test_a_briefing_is_made_of_a_paper_shown_and_saved(store: Path, open_page: Open) -> None:
    page = open_page(store, "papers", paper=PAPER_ID)
    assert "In brief" not in drawn(page)

    page = press(page, "Make a briefing")
    assert not page.exception
    front = drawn(page).split("<h3>In brief</h3>")[1]
    assert "<h4>2 Performance report (page 3)</h4>" in front
    chip = re.search(r'href="#(briefing-source-\d+)"', front)
    assert chip and f'id="{chip[1]}"' in front  # what is told leads to its source
    files = [f.proto.label for f in page.get("download_button")]
    assert files == ["Word", "PDF", "Markdown"]

    with Assistant.open(store) as assistant:
        assistant.remove(PAPER_ID)
    assert "In brief" not in drawn(page.run())


def test_a_paper_of_no_known_meeting_has_its_briefing_refused_in_a_line(
    tmp_path: Path, open_page: Open
) -> None:
    words = write_small_pack(tmp_path).read_text()
    words = words.replace("# Thistledown County Council\n", "").replace(", Thistledown", "")
    (tmp_path / "undated.md").write_text(words)
    with Assistant.open(tmp_path / "store") as assistant:
        assistant.ingest([tmp_path / "undated.md"])
        (paper,) = assistant.papers()

    page = press(open_page(tmp_path / "store", "papers", paper=paper.id), "Make a briefing")
    assert not page.exception
    assert "names no council and date of its meeting" in drawn(page)
    assert not page.get("download_button")


def test_the_report_of_an_intake_names_each_file_and_the_reason(
    store: Path, open_page: Open
) -> None:
    good, bad = ("again.md", b"# Council\n\nWords of a page.\n"), ("bad.pdf", b"not a PDF at all")
    page = open_page(store, "papers")
    page.file_uploader[0].set_value([(*good, "text/markdown"), (*bad, "application/pdf")]).run()
    page = press(page, "Take in 2 files")

    shown = drawn(page)
    assert not page.exception
    assert "again.md</span> · Taken in" in shown
    assert "bad.pdf</span> · " in shown and "/tmp" not in shown


def test_measures_are_browsed_and_opened(store: Path, open_page: Open) -> None:
    page = open_page(store, "indicators")
    assert re.findall(r'bp-figure">(.*?)<', drawn(page)) == ["409", "84%"]

    page.button(key=f"measure-{COUNCIL}-Dental check up to date").click()
    page = page.run()
    assert not page.exception
    assert "higher is better" in drawn(page) and "Defined by" in drawn(page)
    assert "target 90%" in drawn(page)

    other = open_page(store, "indicators", measure=HOSTILE)
    assert not other.exception and "<img" not in drawn(other)


def test_the_register_is_counted_filtered_and_leads_to_the_page(
    store: Path, open_page: Open
) -> None:
    page = open_page(store, "decisions")
    assert "1 resolution and 1 action in 1 meeting." in drawn(page)

    page = page.text_input(key="about").set_value("bicycle grants to advisers").run()
    assert "Maud Pellow" in drawn(page) and "be offered to every care leaver" not in drawn(page)

    page = press(page, "Open the page")
    assert not page.exception
    marked = re.findall(r"<mark>(.*?)</mark>", drawn(page))
    assert marked and all("Maud Pellow" in words for words in marked)


EARLIER = """\
# Thistledown County Council

# Corporate Parenting Board

**Thursday 11 January 2024 at 2.00 pm, Shire Hall, Thistledown**

## Agenda

| Item | Title | Pages |
|---|---|---|
| 1 | Bicycle repair grants | 2 |

Page 1

# Bicycle repair grants

## Recommendations

1. That bicycle repair grants of £60 be offered to every care leaver from 1 April 2024.

Page 2
"""
LATER = """\
# Thistledown County Council

# Corporate Parenting Board

**Thursday 6 June 2024 at 2.00 pm, Shire Hall, Thistledown**

## Agenda

| Item | Title | Pages |
|---|---|---|
| 1 | Minutes of the meeting on 7 March 2024 | 2 |
| 2 | Outstanding matters | 3 |

Page 1

# Minutes of the Corporate Parenting Board

**Held on Thursday 7 March 2024 at Shire Hall, Thistledown**

Present: Councillor Ada Quill (Chair), Councillor Ben Oxley

Apologies: Councillor Cass Wren.

### 1. Minutes of the last meeting

Resolved: That the minutes of the meeting held on 11 January 2024 be confirmed as a correct record.

Page 2

# Schedule of outstanding matters

| Date | Action | Owner | Position |
|---|---|---|---|
| 11 January 2024 | Tell advisers of the bicycle repair grants | Maud Pellow | Complete |

Page 3
"""


@pytest.fixture
def followed(store: Path, tmp_path: Path) -> Path:
    """A store with the packs before and after the small one."""
    for name, words in (("01-11", EARLIER), ("06-06", LATER)):
        (tmp_path / f"thistledown-cpb-2024-{name}.md").write_text(words)
    with Assistant.open(store) as assistant:
        assistant.ingest([tmp_path / f"thistledown-cpb-2024-{n}.md" for n in ("01-11", "06-06")])
    return store


def part(page: AppTest, name: str) -> AppTest:
    """A part of the page "Decisions and actions"."""
    page = page.button_group(key="register-part").set_value(name).run()
    assert not page.exception
    return page


def test_actions_tell_how_far_they_are_by_when_and_where_it_is_said(
    followed: Path, open_page: Open
) -> None:
    page = part(open_page(followed, "decisions"), "Actions")
    shown = drawn(page)
    assert "1 action and requested report: 1 done; 0 overdue on" in shown
    assert ">for Maud Pellow<" in shown and ">by 1 March 2024<" in shown
    assert "Complete" in re.findall(r'bp-quote">(.*?)<', shown)[0]
    page = page.button_group(key="actions-pills").set_value(["open"]).run()
    assert "0 actions and requested reports; 0 overdue" in drawn(page)

    page = part(page, "Outstanding matters")
    assert "1 row of a schedule: 1 done; 0 not tied" in drawn(page)


def test_an_action_past_its_day_of_which_nothing_is_found_is_overdue(
    store: Path, open_page: Open
) -> None:
    shown = drawn(part(open_page(store, "decisions"), "Actions"))
    assert "1 overdue on" in shown and ">overdue<" in shown
    assert "Nothing was found on it in 1 later paper of this committee." in shown


def test_recommendations_are_told_with_what_was_decided_in_which_minutes(
    followed: Path, open_page: Open
) -> None:
    page = part(open_page(followed, "decisions"), "Recommendations")
    shown = drawn(page)
    assert "1 recommendation: decided as recommended (1)." in shown
    assert ">minutes: confirmed<" in shown and "Decided: Thistledown" in shown

    shown = drawn(part(page, "Minutes"))
    assert "2 meetings whose minutes are known of: 1 confirmed, 1 draft." in shown


def test_attendance_is_counted_and_found_by_name(followed: Path, open_page: Open) -> None:
    page = part(open_page(followed, "decisions"), "Attendance")
    assert "3 entries of people in 1 meeting: 2 present, 1 apologies" in drawn(page)

    page = page.text_input(key="member").set_value("wren").run()
    assert "Cass Wren" in drawn(page) and "Ada Quill" not in drawn(page)


RESCINDING = """\
# Thistledown County Council

# Corporate Parenting Board

**Thursday 5 September 2024 at 2.00 pm, Shire Hall, Thistledown**

## Agenda

| Item | Title | Pages |
|---|---|---|
| 1 | Minutes of the meeting on 6 June 2024 | 2 |

Page 1

# Minutes of the Corporate Parenting Board

**Held on Thursday 6 June 2024 at Shire Hall, Thistledown**

### 9. Bicycle repair grants

Resolved: That the decision of 11 January 2024 on bicycle repair grants of £60 for care leavers be
rescinded.

Page 2
"""


def test_a_decision_that_a_later_one_rescinds_says_so_with_its_words(
    store: Path, tmp_path: Path, open_page: Open
) -> None:
    later = tmp_path / "thistledown-cpb-2024-09-05.md"
    later.write_text(RESCINDING)
    with Assistant.open(store) as assistant:
        assistant.ingest([later])

    page = open_page(store, "decisions")
    assert ">rescinded later<" in drawn(page)
    assert "Rescinded: Thistledown County Council" in drawn(page)
    shown = drawn(part(page, "Changes"))
    assert "1 decision that a later one says it changes: 1 rescinded." in shown
    assert "be rescinded." in re.findall(r'bp-quote">(.*?)<', shown, re.DOTALL)[0]


def watched(page: AppTest, name: str, question: str) -> AppTest:
    turn = page.session_state["watch-turn"]
    page.text_input(key=f"watch-question-{turn}").set_value(question)
    page = press(page.text_input(key=f"watch-name-{turn}").set_value(name).run(), "Watch it")
    assert not page.exception
    return page


def test_a_watched_question_is_asked_again_and_tells_what_changed(
    store: Path, open_page: Open
) -> None:
    page = watched(open_page(store, "watch"), "decided <b>", "What was decided on bus passes?")
    assert "1 question watched." in drawn(page) and "decided &lt;b&gt;" in drawn(page)
    assert "Nothing has changed" in drawn(page)
    assert "1 question asked again: 0 changed." in drawn(press(page, "Ask again now"))

    page = watched(page, "decided <b>", "Another question?")
    assert "is a saved question already" in drawn(page) and "1 question watched." in drawn(page)

    words = LATER.replace("That the minutes of the meeting held on 11 January 2024 be confirmed as "
                          "a correct record", "That bus passes be offered to all")  # fmt: skip
    intake = open_page(store, "papers")
    intake.file_uploader[0].set_value([("june.md", words.encode(), "text/markdown")]).run()
    intake = press(intake, "Take in 1 file")
    assert not intake.exception and "1 question asked again: 1 changed." in drawn(intake)
    page = open_page(store, "watch")
    told = drawn(page).split("1 question watched.")[1]
    assert ">newly answered<" in told or ">new decision<" in told

    page = press(page, "Stop watching")
    assert "0 questions watched." in drawn(page) and "any more" in drawn(page)


def test_who_is_not_known_reads_what_is_watched_and_changes_nothing(
    store: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched(open_page(store, "watch"), "bicycles", "What was decided on bicycle repair grants?")

    monkeypatch.setenv("BOARDPAPERS_ROLE", "public")
    page = open_page(store, "watch")
    assert "1 question watched." in drawn(page) and "bicycles" in drawn(page)
    labels = {b.label for b in page.button}
    assert labels.isdisjoint({"Watch it", "Ask again now", "Stop watching"})

    monkeypatch.setenv("BOARDPAPERS_ROLE", "officer")  # sees more: a list of its own
    assert "0 questions watched." in drawn(open_page(store, "watch"))


def test_about_says_what_it_is_and_where_questions_go(
    store: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(store, "about")
    assert any("nothing that you ask leaves this machine" in m.value for m in page.markdown)

    monkeypatch.setenv("OPENAI_API_KEY", "key")
    monkeypatch.setenv("BOARDPAPERS_MODEL", "a-model")
    assert "Language model: a-model at OpenAI" in drawn(open_page(store, "about"))


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_theme_is_legible(name: str) -> None:
    """WCAG AA: 4.5 for text, 3 for the parts of controls and lines of charts."""
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())
    theme = config["theme"][name]
    grounds = [
        part[key]
        for part in (theme, theme["sidebar"])
        for key in ("backgroundColor", "secondaryBackgroundColor")
    ]
    texts = [theme[key] for key in theme if key.endswith(("TextColor", "linkColor", "textColor"))]

    for ground in grounds:
        assert [text for text in texts if contrast(text, ground) < 4.5] == []
        assert contrast(theme["primaryColor"], ground) >= 3
        assert [c for c in theme["chartCategoricalColors"] if contrast(c, ground) < 3] == []
    assert contrast("#ffffff", theme["primaryColor"]) >= 4.5


def test_the_page_calls_nobody_and_listens_to_this_machine_only() -> None:
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())

    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["address"] == "localhost"


def test_the_rest_of_a_page_gives_way_to_questions_being_answered() -> None:
    turns = Turns()
    assert turns.give_way(0.0)
    with turns.asking():
        assert not turns.give_way(0.01)
        waiting = ThreadPoolExecutor(1).submit(turns.give_way, 30.0)
    assert waiting.result()


def test_a_few_questions_are_answered_at_once_and_those_of_a_model_beside_them() -> None:
    turns = Turns()
    third = threading.Event()

    def ask_third() -> None:
        with turns.asking():
            third.set()

    with turns.asking(), turns.asking(), turns.asking(elsewhere=True):
        waiting = ThreadPoolExecutor(1).submit(ask_third)
        assert not third.wait(0.05)
    waiting.result(timeout=30)
    assert third.is_set() and turns.give_way(0.0)


def test_what_a_second_question_cuts_short_is_drawn_all_the_same(
    store: Path, open_page: Open, answering: Callable[..., None]
) -> None:
    answering(lambda question, history, scope: told(question))
    page = open_page(store)
    page.session_state["due"] = ("threads",)  # a click came before it was drawn
    page.chat_input[0].set_value("first?").run()

    assert page.session_state["due"] == ()


def test_further_sources_are_drawn_when_they_are_asked_for(
    store: Path, open_page: Open, answering: Callable[..., None]
) -> None:
    cited = tuple(
        Citation(n, PAPER_ID, "Pack", COUNCIL, None, None, None, None, 1, f"words {n}")
        for n in range(1, 5)
    )
    answering(lambda question, history, scope: told(question, citations=cited))
    page = ask(open_page(store), "first? [1] [4]")
    assert "words 2" in drawn(page) and "words 4" not in drawn(page)
    assert 'href="#source-0-1"' in drawn(page) and 'href="#source-0-further"' in drawn(page)

    page.session_state["source-0-further"] = True
    assert "words 4" in drawn(page.run())
