"""Watched questions: saved ones, asked again of the papers as they are now, and what changed."""

from datetime import date

import streamlit as st

from app_pages import scope as scopes
from app_pages.frame import Desk, complaining, first_run, note_shown
from app_pages.sources import cards
from app_pages.words import draw, tags
from assistant.access.viewer import Role
from assistant.answer import Scope
from assistant.shown import counted, day, flowing
from assistant.watch.changes import Change
from assistant.watch.watching import Digest, Saved, Watch

_DIGESTS = 10


def draw_watch(at: Desk) -> None:
    """What is watched, the way to add to it, and the last digests."""
    if not at.assistant.size:
        first_run(at)
        return
    st.title("Watched questions")
    st.write(
        "A question kept here is asked again when you say so, and what changed in its answer is "
        "told: a new figure, a figure restated, a new decision. Another wording is no change. "
        "All who may see the same papers share one list."
    )
    watch = Watch(at.store, at.viewer)
    if told := st.session_state.pop("watch-told", None):
        draw("bp-notice", told)
    if _may(at):
        _add(at, watch)
    saved = watch.questions()
    _saved(at, watch, saved)
    _digests(at, watch.digests())


def ask_again(at: Desk, watch: Watch) -> str:
    """Asks all of them again; in words, how many of the answers changed."""
    asked = watch.questions()
    with st.spinner(f"Asking {counted(len(asked), 'question')} again …"):
        digest = watch.run(at.assistant, date.today())
    note_shown(
        at,
        "watch",
        (c for news in digest.news for change in news.changes for c in change.citations),
    )
    changed = len(digest.news)
    return f"{counted(len(asked), 'question')} asked again: {changed} changed."


def _may(at: Desk) -> bool:
    """The list is one for all of equal sight: whoever nobody knows reads it only."""
    return at.viewer.role is not Role.PUBLIC


def _add(at: Desk, watch: Watch) -> None:
    # New keys after each addition empty the boxes.
    turn = st.session_state.setdefault("watch-turn", 0)
    with st.expander("Watch a question", icon=":material/add_alert:",
                     expanded=not watch.questions()):  # fmt: skip
        question = st.text_input(
            "Question", placeholder="What share had a dental check?", key=f"watch-question-{turn}"
        )
        name = st.text_input("What to call it", placeholder="Dental", key=f"watch-name-{turn}")
        scope = scopes.fields(at, f"watch-{turn}")
        if st.button("Watch it", type="primary", key="watch-add",
                     disabled=not (question.strip() and name.strip())):  # fmt: skip
            with complaining():
                _added(at, watch, name.strip(), question.strip(), scope)
                st.session_state["watch-turn"] = turn + 1
                st.rerun()


def _added(at: Desk, watch: Watch, name: str, question: str, scope: Scope) -> None:
    at.people.allowed(at.viewer, question)
    with st.spinner("Asking it for the first time …"):
        saved = watch.add(at.assistant, name, question, scope)
    note_shown(at, "watch", saved.seen.citations)
    st.session_state["watch-told"] = f"“{name}” is watched. Its answer of today stands below."


def _saved(at: Desk, watch: Watch, saved: tuple[Saved, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        draw("bp-title", f"{counted(len(saved), 'question')} watched.")
        again = _may(at) and bool(saved) and st.button(
            "Ask again now", key="watch-run", icon=":material/refresh:", type="tertiary"
        )  # fmt: skip
    if again:
        with complaining():
            st.session_state["watch-told"] = ask_again(at, watch)
            st.rerun()
    for number, one in enumerate(saved):
        _question(at, watch, one, number)


def _question(at: Desk, watch: Watch, saved: Saved, number: int) -> None:
    with st.container(border=True, gap="xsmall"):
        tags([saved.seen.outcome.value.replace("_", " "), *_limits(saved.scope)])
        draw("bp-title", saved.name)
        draw("bp-answer", saved.question)
        with st.expander("Its answer when it was last asked", icon=":material/format_quote:"):
            draw("bp-answer", saved.seen.text)
            cards(at, saved.seen.citations, f"watched-{number}", f"watched-{number}")
        if _may(at) and st.button(
            "Stop watching", key=f"unwatch-{number}-{saved.name}", icon=":material/delete:",
            type="tertiary",
        ):  # fmt: skip
            with complaining():
                watch.remove(saved.name)
                st.session_state["watch-told"] = f"“{saved.name}” isn't watched any more."
                st.rerun()


def _limits(scope: Scope) -> list[str]:
    dates = (("from", scope.since), ("to", scope.until))
    told = [f"meetings {word} {day(when)}" for word, when in dates if when]
    return [*scope.councils, *scope.committees, *told]


def _digests(at: Desk, digests: tuple[Digest, ...]) -> None:
    st.subheader("What changed")
    if not digests:
        draw("bp-small", "Nothing has changed in an answer so far.")
    for number, digest in enumerate(digests[:_DIGESTS]):
        with st.container(border=True, gap="xsmall"):
            draw("bp-place", day(digest.day))
            for place, news in enumerate(digest.news):
                draw("bp-title", f"{news.name}: {news.question}")
                for turn, change in enumerate(news.changes):
                    _change(at, change, f"news-{number}-{place}-{turn}")
    if len(digests) > _DIGESTS:
        draw("bp-small", f"{counted(len(digests) - _DIGESTS, 'earlier digest')} not shown.")


def _change(at: Desk, change: Change, key: str) -> None:
    tags([change.kind.value])
    draw("bp-answer", flowing(change.sentence))
    if change.before:
        draw("bp-small", f"Before: {flowing(change.before)}")
    cards(at, change.citations, key, key)
