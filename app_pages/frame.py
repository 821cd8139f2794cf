"""What every page stands in: the assistant and the conversations, opened once for all people."""

import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from app_pages import signing_in
from app_pages.words import draw, label
from assistant.access.viewer import Viewer, sight_key
from assistant.answer import Citation
from assistant.assistant import Assistant
from assistant.desk import Desk as People
from assistant.operations.logs import set_up_logs
from assistant.operations.memory import settle
from assistant.settings import DEMO_CORPUS, ModelSettings, settings_from_environment
from assistant.suggestions import Suggestions
from assistant.threads import Threads
from ingest.errors import BoardPapersError
from ingest.pipeline import Progress
from ingest.remaking import NotReady

NAME = "Board Papers Assistant"
_COOKIE = "boardpapers_browser"
_YEAR = 365 * 24 * 3600
_LONGEST_WAIT = 10.0
_LOOK_AGAIN = 2.0  # seconds
_TO_WARM = ("How many children were looked after?", "What was decided about dental checks?")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages work with: `assistant` sees what who looks may, `people` puts it on record."""

    viewer: Viewer
    store: Path
    people: People
    assistant: Assistant
    threads: Threads
    suggestions: Suggestions
    model: ModelSettings | None


def desk() -> Desk:
    """The desk over the store that the settings name; raises BoardPapersError."""
    settings = settings_from_environment()
    store = settings.store.resolve()
    people, threads, _ = _opened(_people(store, settings.model), store, settings.model)
    who = signing_in.viewer()
    assistant = people.assistant(who)
    suggestions = _suggestions(assistant, store, sight_key(who))
    return Desk(who, store, people, assistant, threads, suggestions, settings.model)


@st.cache_resource(show_spinner=False, max_entries=1)
def _people(store: Path, model: ModelSettings | None) -> People:
    set_up_logs()
    return People(store, model)


@st.cache_resource(show_spinner=False, max_entries=1)
def _opened(
    _people: People, store: Path, model: ModelSettings | None
) -> tuple[People, Threads, threading.Thread]:
    """What is opened once; raises NotReady until the indexes of the store are made."""
    people = _people
    # What is slow once (the models of search) is loaded before the first question comes.
    first = people.assistant(signing_in.usual())
    warming = threading.Thread(target=_warm_up, args=(first, store), daemon=True)
    warming.start()
    return people, Threads(store), warming


def make_ready() -> None:
    """Opens the papers before anybody comes; what is wrong with them is told on the page."""
    with suppress(BoardPapersError):
        settings = settings_from_environment()
        store, model = settings.store.resolve(), settings.model
        _, _, warming = _opened(_people(store, model), store, model)
        warming.join(_LONGEST_WAIT)


@st.cache_resource(show_spinner=False, max_entries=16)
def _suggestions(_assistant: Assistant, store: Path, seen: str) -> Suggestions:
    return Suggestions(_assistant)


def _warm_up(assistant: Assistant, store: Path) -> None:
    if assistant.size:
        _suggestions(assistant, store, sight_key(assistant.viewer)).to_begin_with()
        for question in _TO_WARM:
            assistant.ask(question)
    settle()


def browser() -> str:
    """The name of the browser that asks, kept in a cookie so that it finds its conversations.

    Of the session alone until the browser brings the cookie.
    """
    if name_of_person := signing_in.person():
        return name_of_person
    kept = st.context.cookies.get(_COOKIE)
    if isinstance(kept, str) and kept:
        return kept
    if "browser" not in st.session_state:
        st.session_state.browser = secrets.token_urlsafe(16)
    name: str = st.session_state.browser
    st.html(
        f'<script>document.cookie = "{_COOKIE}={name}; max-age={_YEAR}; path=/; '
        'SameSite=Strict";</script>',
        unsafe_allow_javascript=True,
    )
    return name


def note_shown(at: Desk, did: str, citations: Iterable[Citation]) -> None:
    """Puts on record what was done other than to ask, and the places that it showed."""
    places = (f"{c.paper} p.{c.page}" if c.page else c.paper for c in citations)
    at.people.note_deed(at.viewer, did, "page", tuple(dict.fromkeys(places)))


@contextmanager
def complaining() -> Iterator[None]:
    """The edge at which errors become words for the person."""
    try:
        yield
    except NotReady:
        _wait_for_indexes()
    except BoardPapersError as error:
        complain(error)


@st.fragment(run_every=_LOOK_AGAIN)
def _wait_for_indexes() -> None:
    """What is shown while indexes are made anew: how far that is, until the page can be drawn."""
    try:
        desk()
    except NotReady as error:
        told = error.how_far
        st.subheader("The papers are being made ready")
        st.write(
            "A new version reads them by other rules. Nothing needs to be done: this page goes on "
            "by itself."
        )
        st.progress(told.done / max(1, told.papers), f"{told} are done")
    else:
        st.rerun()


def complain(error: BoardPapersError) -> None:
    """Draws an error that a person can mend."""
    with st.container(border=True):
        st.markdown(":material/error: **That didn't work**")
        draw("bp-answer", str(error))


def page(draw_page: Callable[[Desk], None]) -> Callable[[], None]:
    """A page for `st.navigation`: with its errors in words, and the first run before it."""

    def drawn() -> None:
        with complaining():
            signing_in.draw_sign_in()
            at = desk()
            draw_page(at)

    drawn.__name__ = draw_page.__name__
    return drawn


def first_run(at: Desk) -> None:
    """What is shown before any paper is held."""
    st.title("Ask your council's board papers")
    st.html(
        '<div class="bp-notice">Answers come from the papers that you take in, with the words '
        "that they rest on and the page where those stand. What the papers don't hold, it says "
        "so. Papers stay on this machine.</div>"
    )
    st.subheader("No papers are held yet")
    st.write("Look around with papers of two councils that are made up, or take in your own.")
    with st.container(horizontal=True):
        wanted = st.button(
            "Take in the demonstration papers", type="primary", icon=":material/auto_stories:"
        )
        st.page_link(st.session_state.pages["papers"], label="Take in my own papers",
                     icon=":material/upload_file:")  # fmt: skip
    if wanted:
        take_in(at, [DEMO_CORPUS])
        st.rerun()


def take_in(at: Desk, paths: list[Path]) -> None:
    """Ingests with a bar of progress; the report is left for the Papers page."""
    bar = st.progress(0.0, "Starting …")

    def on_progress(step: Progress) -> None:
        share = (step.number - 1) / step.total
        words = f"{step.stage.capitalize()} {label(step.name)} ({step.number} of {step.total})"
        bar.progress(share, words)

    st.session_state.report = at.assistant.ingest(paths, on_progress)
    bar.progress(1.0, "Done")
