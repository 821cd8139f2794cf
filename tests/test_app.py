"""The page, driven without a browser."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant import settings
from assistant.answer import Answer, Citation, Outcome, Route, Scope, Searched, Turn
from assistant.assistant import Assistant
from tests.small_pack import COUNCIL, PAPER_ID, write_small_pack

APP = Path(__file__).resolve().parent.parent / "app.py"
QUESTION = "How many children were looked after in January 2024?"
SEARCHED = Searched(papers=1, councils=(COUNCIL,), first=None, last=None, unreadable=0)
Open = Callable[[Path], AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    def open_at(store: Path) -> AppTest:
        monkeypatch.setenv("BOARDPAPERS_STORE", str(store))
        st.cache_resource.clear()
        return AppTest.from_file(str(APP), default_timeout=60).run()

    return open_at


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with Assistant.open(tmp_path / "store") as assistant:
        assistant.ingest([write_small_pack(tmp_path)])
    return tmp_path / "store"


def drawn(page: AppTest) -> str:
    """The HTML that the page draws from what it is told."""
    return "\n".join(element.proto.body for element in page.get("html"))


def ask(page: AppTest, question: str) -> AppTest:
    return page.chat_input[0].set_value(question).run()


def test_first_run_takes_in_the_demonstration_papers_at_one_click(
    tmp_path: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    write_small_pack(corpus)
    monkeypatch.setattr(settings, "DEMO_CORPUS", corpus)

    page = open_page(tmp_path / "store")
    assert [button.label for button in page.button] == ["Take in the demonstration papers"]
    page.button[0].click().run()

    assert not page.exception
    assert page.chat_input
    assert COUNCIL in page.sidebar.multiselect[0].options


def test_an_answer_comes_with_its_source_and_what_was_searched(
    store: Path, open_page: Open
) -> None:
    page = ask(open_page(store), QUESTION)

    assert not page.exception
    shown = drawn(page)
    assert f"[1] {COUNCIL} · Corporate Parenting Board · 7 March 2024" in shown
    assert "409" in shown.split('<blockquote class="bp-quote">')[1].split("</blockquote>")[0]
    assert "Searched: 1 paper of Thistledown County Council" in shown
    assert "Show [1] in the paper" in [expander.label for expander in page.expander]


def test_a_follow_up_is_asked_with_what_was_said_before(
    store: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    histories: list[tuple[Turn, ...]] = []

    def answer(
        _: Assistant, question: str, history: tuple[Turn, ...] = (), scope: Scope = Scope()
    ) -> Answer:
        histories.append(tuple(history))
        return Answer(question, Outcome.ANSWERED, Route.MINUTES, f"To {question}", SEARCHED)

    monkeypatch.setattr(Assistant, "ask", answer)
    page = ask(ask(open_page(store), "first?"), "second?")

    assert histories == [(), (Turn("user", "first?"), Turn("assistant", "To first?"))]
    assert drawn(page).index("To first?") < drawn(page).index("To second?")

    next(b for b in page.button if b.label == "New conversation").click().run()
    assert "first?" not in drawn(page)


def test_a_reading_that_is_chosen_is_the_next_question(
    store: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(
        _: Assistant, question: str, history: tuple[Turn, ...] = (), scope: Scope = Scope()
    ) -> Answer:
        asked.append(question)
        if len(asked) > 1:
            return Answer(question, Outcome.ANSWERED, Route.MINUTES, "Now it is clear", SEARCHED)
        return Answer(
            question, Outcome.CLARIFY, Route.NONE, "Which?", SEARCHED, options=("Ash", "Oak *a*")
        )

    monkeypatch.setattr(Assistant, "ask", answer)
    page = ask(open_page(store), "which one?")
    labels = {button.label: button for button in page.button}
    labels["Oak \\*a\\*"].click()
    page = page.run()

    assert asked == ["which one?", "Oak *a*"]
    assert "Now it is clear" in drawn(page)
    assert all(button.disabled for button in page.button if button.label == "Ash")


def test_the_scope_chosen_goes_with_the_question(
    store: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    scopes: list[Scope] = []

    def answer(
        _: Assistant, question: str, history: tuple[Turn, ...] = (), scope: Scope = Scope()
    ) -> Answer:
        scopes.append(scope)
        return Answer(question, Outcome.NOT_FOUND, Route.NONE, "Not found", SEARCHED)

    monkeypatch.setattr(Assistant, "ask", answer)
    page = open_page(store)
    page.sidebar.multiselect[0].select(COUNCIL)
    ask(page, "anything?")

    assert scopes == [Scope(councils=(COUNCIL,))]


def test_text_from_papers_and_people_is_never_markup(
    store: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = '<img src=x onerror=alert(1)> <b>bold</b> [link](http://a.example) \x1b[31m"'
    source = Citation(1, PAPER_ID, hostile, hostile, hostile, None, hostile, hostile, 1, hostile)

    def answer(
        _: Assistant, question: str, history: tuple[Turn, ...] = (), scope: Scope = Scope()
    ) -> Answer:
        return Answer(
            question, Outcome.CLARIFY, Route.MINUTES, hostile, SEARCHED,
            citations=(source,), options=(hostile,),
        )  # fmt: skip

    monkeypatch.setattr(Assistant, "ask", answer)
    page = ask(open_page(store), hostile)

    assert not page.exception
    assert drawn(page).count("&lt;img src=x onerror=alert(1)&gt;") >= 4
    assert "<img" not in drawn(page) and "<b>" not in drawn(page) and "\x1b" not in drawn(page)
    label = next(b.label for b in page.button if "img" in b.label)
    assert label.startswith("\\<img") and "\\[link\\]\\(http" in label
    assert not any("img" in str(markdown.value) for markdown in page.markdown)


def test_an_error_that_a_person_can_mend_is_shown_in_words(tmp_path: Path, open_page: Open) -> None:
    (tmp_path / "store").write_text("a file where the folder should be")

    page = open_page(tmp_path / "store")

    assert not page.exception
    assert str(tmp_path / "store") in drawn(page)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_theme_is_legible(name: str) -> None:
    """WCAG AA: 4.5 for text, 3 for the parts of controls."""
    config = tomllib.loads((APP.parent / ".streamlit/config.toml").read_text())
    theme = config["theme"][name]
    grounds = [
        part[key]
        for part in (theme, theme["sidebar"])
        for key in ("backgroundColor", "secondaryBackgroundColor")
    ]

    for ground in grounds:
        assert contrast(theme["textColor"], ground) >= 4.5
        assert contrast(theme["linkColor"], ground) >= 4.5
        assert contrast(theme["primaryColor"], ground) >= 3
    assert contrast("#ffffff", theme["primaryColor"]) >= 4.5


def test_the_page_calls_nobody_and_listens_to_this_machine_only() -> None:
    config = tomllib.loads((APP.parent / ".streamlit/config.toml").read_text())

    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["address"] == "localhost"
