"""The page: it draws what `assistant` returns and hands back what the person does.

Text from papers and questions goes through `_shown` into HTML, or `_label` into the labels of
widgets, so that nothing in it is ever markup.
"""

import html
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import streamlit as st

from assistant.answer import Answer, Citation, Figure, Outcome, Scope
from assistant.assistant import Assistant, Progress
from assistant.conversation import Conversation
from assistant.examples import examples_for
from assistant.listings import papers_listing
from assistant.question.scoping import committees_of, councils_of
from assistant.settings import DEMO_CORPUS, ModelSettings, settings_from_environment
from assistant.shown import (
    counted,
    day,
    figure_line,
    flowing,
    place,
    plain,
    searched_line,
    surroundings,
)
from ingest.errors import BoardPapersError

_STYLE = """
<style>
.bp-answer { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.6; }
.bp-mark { font-size: .8em; font-weight: 600; opacity: .8; }
.bp-place { font-size: .92rem; font-weight: 600; overflow-wrap: anywhere; }
.bp-quote { margin: .25rem 0; padding: .4rem .8rem; font-size: .95rem;
  border-left: 4px solid #4a9484;
  background: color-mix(in srgb, currentColor 6%, transparent);
  white-space: pre-wrap; overflow-wrap: anywhere; }
.bp-small { font-size: .88rem; opacity: .85; overflow-wrap: anywhere; }
.bp-context { font-size: .9rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.bp-context mark { background: #ffd75e; color: #1e2422; padding: .05em .1em; }
</style>
"""
_MARKER = re.compile(r"(\[\d+\])")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_EXAMPLES_SHOWN = 6
_SOURCES_SHOWN = 2
_PERSON, _PAPERS = ":material/person:", ":material/description:"


def page() -> None:
    """The whole page, drawn anew at every step."""
    st.set_page_config(page_title="Board Papers Assistant", page_icon=_PAPERS)
    st.html(_STYLE)
    st.title("Board Papers Assistant")
    try:
        settings = settings_from_environment()
        assistant = _assistant(settings.store.resolve(), settings.model)
        if settings.model is not None:
            st.caption(
                f"Language model: {settings.model.name} at {settings.model.place}. Questions and "
                "the passages found for them are sent there."
            )
        if not assistant.papers():
            _offer_demonstration(assistant)
            return
        _converse(assistant, _sidebar(assistant))
    except BoardPapersError as error:
        _complain(error)


@st.cache_resource(show_spinner="Opening the papers …")
def _assistant(store: Path, model: ModelSettings | None) -> Assistant:
    return Assistant.open(store, model)


def _offer_demonstration(assistant: Assistant) -> None:
    st.write("No papers are held yet. Take in your own with this command, then reload the page:")
    st.code("boardpapers ingest PATH", language=None)
    st.write("Or look around with papers of two councils that are made up.")
    if st.button("Take in the demonstration papers", type="primary"):
        bar = st.progress(0.0, "Starting …")

        def on_progress(step: Progress) -> None:
            share = (step.number - 1) / step.total
            bar.progress(share, f"{step.stage.capitalize()} {_label(step.name)}")

        assistant.ingest([DEMO_CORPUS], on_progress)
        st.rerun()


def _sidebar(assistant: Assistant) -> Scope:
    records = assistant.papers()
    with st.sidebar:
        st.header("Search in")
        scope = Scope(
            councils=tuple(
                st.multiselect("Council", councils_of(records), placeholder="All councils")
            ),
            committees=tuple(
                st.multiselect("Committee", committees_of(records), placeholder="All committees")
            ),
            since=_date("Meetings from"),
            until=_date("Meetings to"),
        )
        if st.button("New conversation", width="stretch"):
            st.session_state.conversation = Conversation()
            st.session_state.waiting = ()
        st.header(f"{counted(len(records), 'paper')} held")
        with st.expander("List of papers"):
            for record in records:
                lines = (record.meeting.council, record.meeting.committee, day(record.meeting.held))
                _html("bp-small", " · ".join(line for line in lines if line) or record.title)
            st.download_button(
                "Save the list (CSV)", papers_listing(records).to_csv(), "papers.csv", "text/csv"
            )
    return scope


def _date(label: str) -> date | None:
    return st.date_input(
        label,
        value=None,
        format="DD/MM/YYYY",
        min_value=date(1990, 1, 1),
        max_value=date(2099, 12, 31),
    )


def _converse(assistant: Assistant, scope: Scope) -> None:
    conversation: Conversation = st.session_state.setdefault("conversation", Conversation())
    typed = st.chat_input("Ask about decisions, actions or figures")
    if typed and typed.strip():
        _wait_for(typed)
    if not (conversation.answers or _waiting()):
        _greet(councils_of(assistant.papers()))
    for number, answer in enumerate(conversation.answers):
        is_last = answer is conversation.answers[-1]
        _exchange(assistant, answer, number, open_options=is_last and not _waiting())
    if _waiting():
        _ask(assistant, conversation, _waiting()[0], scope)


def _ask(assistant: Assistant, conversation: Conversation, question: str, scope: Scope) -> None:
    with st.chat_message("user", avatar=_PERSON):
        _html("bp-answer", question)
    with st.chat_message("assistant", avatar=_PAPERS), st.spinner("Reading the papers …"):
        answer = assistant.ask(question, conversation.history, scope)
    st.session_state.conversation = conversation.and_then(answer)
    st.session_state.waiting = _waiting()[1:]
    st.rerun()


def _waiting() -> tuple[str, ...]:
    """Questions not yet answered: a new one ends the run that was answering the one before."""
    waiting: tuple[str, ...] = st.session_state.setdefault("waiting", ())
    return waiting


def _wait_for(question: str) -> None:
    st.session_state.waiting = (*_waiting(), question)


def _greet(councils: Sequence[str]) -> None:
    st.write(
        "Ask what was decided, who is to do what, or what a figure was. "
        "Every answer shows the words that it rests on and where they stand."
    )
    examples = examples_for(councils)[:_EXAMPLES_SHOWN]
    if examples:
        st.subheader("Questions to try")
    for example in examples:
        st.button(
            _label(example), key=f"example-{example}", on_click=_wait_for, args=(example,),
            width="stretch",
        )  # fmt: skip


def _exchange(assistant: Assistant, answer: Answer, number: int, *, open_options: bool) -> None:
    with st.chat_message("user", avatar=_PERSON):
        _html("bp-answer", answer.question)
    with st.chat_message("assistant", avatar=_PAPERS):
        st.html(f'<div class="bp-answer">{_with_markers(answer.text)}</div>')
        for option in answer.options:
            st.button(
                _label(option), key=f"option-{number}-{option}", on_click=_wait_for, args=(option,),
                disabled=not open_options,
            )  # fmt: skip
        _figures(answer.figures)
        _sources(assistant, answer.citations)
        # What wasn't found says itself what was searched.
        if answer.outcome is not Outcome.NOT_FOUND:
            _html("bp-small", searched_line(answer.searched))


def _figures(figures: Sequence[Figure]) -> None:
    if not figures:
        return
    with st.expander("Figures and how they were worked out"):
        for figure in figures:
            _html("bp-answer", figure_line(figure))
            _html("bp-small", figure.working or "As printed in the paper.")


def _sources(assistant: Assistant, citations: Sequence[Citation]) -> None:
    for citation in citations[:_SOURCES_SHOWN]:
        _source(assistant, citation)
    further = citations[_SOURCES_SHOWN:]
    if further:
        with st.expander(f"{len(further)} more: [{further[0].marker}] to [{further[-1].marker}]"):
            for citation in further:
                _source(assistant, citation)


def _source(assistant: Assistant, citation: Citation) -> None:
    with st.container(border=True, gap="xsmall"):
        _html("bp-place", f"[{citation.marker}] {place(citation)}")
        st.html(f'<blockquote class="bp-quote">{_shown(flowing(citation.quote))}</blockquote>')
        _in_its_place(assistant, citation)


def _in_its_place(assistant: Assistant, citation: Citation) -> None:
    found = surroundings(assistant.paper_text(citation.paper), citation.quote)
    if found is None:
        _html("bp-small", citation.title)
        return
    with st.expander(f"Show [{citation.marker}] in the paper"):
        _html("bp-small", citation.title)
        st.html(
            f'<div class="bp-context">… {_shown(found.before)}<mark>{_shown(found.quote)}</mark>'
            f"{_shown(found.after)} …</div>"
        )


def _complain(error: BoardPapersError) -> None:
    with st.container(border=True):
        st.markdown(":material/error: **That didn't work**")
        _html("bp-answer", str(error))


def _html(style: str, text: str) -> None:
    st.html(f'<div class="{style}">{_shown(text)}</div>')


def _with_markers(text: str) -> str:
    return _MARKER.sub(r'<span class="bp-mark">\1</span>', _shown(text))


def _shown(text: str) -> str:
    return html.escape(plain(text))


def _label(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\1", plain(text).replace("\n", " "))


page()
