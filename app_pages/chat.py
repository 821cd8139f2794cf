"""Ask: the conversation, its scope and its threads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app_pages import scope as scopes
from app_pages import threads
from app_pages.exchange import Told, exchange
from app_pages.frame import Desk, browser, complain, complaining, first_run
from app_pages.turns import TURNS
from app_pages.words import draw, label, shown
from assistant.access.viewer import sight_key
from assistant.answer import Answer, Delta, Scope
from assistant.conversation import Conversation
from assistant.question.scoping import councils_of
from assistant.threads import Thread, UnknownThread
from ingest.errors import BoardPapersError

_DRAWN, _STEP = 8, 4
_EXAMPLES = 6
_LONGEST_QUESTION = 1000
# The short answer stands right below its question.
_TO_SIGHT = (
    '<script>setTimeout(() => document.getElementById("{anchor}")'
    '?.scrollIntoView({{block: "start"}}), 150);</script>'
)
PERSON, PAPERS = ":material/person:", ":material/description:"
_READING = '<div class="bp-reading" role="status">Reading the papers …</div>'


def draw_chat(at: Desk) -> None:
    """The page on which questions are asked.

    What was asked is answered before anything else is drawn; places are kept for the rest.
    """
    if not at.assistant.papers():
        first_run(at)
        return
    owner = browser()
    thread = _thread(at)
    conversation = at.threads.conversation(thread.id) if thread else Conversation()
    # Put there by name, it doesn't make the page run to its end with every answer.
    with st.bottom:
        chips = st.container(horizontal=True, key="scope", gap="small")
        typed = st.chat_input(
            "Ask about decisions, actions or figures", max_chars=_LONGEST_QUESTION, key="question"
        )
    if typed and typed.strip():
        wait_for(typed)
    # What comes and goes has a place of its own, so that nothing after it moves.
    greeting, offered = st.empty(), st.empty()
    if not (conversation.answers or _waiting()):
        with greeting.container():
            _greet(at)
    with offered.container():
        _offer_shared_question()
    thread, conversation = _exchanges(at, owner, thread, conversation)
    with chips:
        scopes.bar(at, conversation.answers[-1] if conversation.answers else None)
    threads.sidebar(at, owner, thread)


@dataclass(frozen=True, slots=True)
class _Pending:
    """A question not yet answered; `within` names the council or committee it is put again for."""

    question: str
    within: str = ""


def wait_for(question: str, within: str = "") -> None:
    """Puts a question in the queue: a new one ends the run that answers the one before."""
    st.session_state.waiting = (*_waiting(), _Pending(question, within))


def _waiting() -> tuple[_Pending, ...]:
    waiting: tuple[_Pending, ...] = st.session_state.setdefault("waiting", ())
    return waiting


def _thread(at: Desk) -> Thread | None:
    """The conversation that the address names; one that is gone is told and let go."""
    named = st.query_params.get("thread")
    if not named:
        return None
    try:
        return at.threads.get(named, sight_key(at.viewer))
    except UnknownThread as error:
        del st.query_params["thread"]
        complain(error)
        return None


def _greet(at: Desk) -> None:
    st.title("Ask your council's board papers")
    st.html(
        '<div class="bp-notice">Ask what was decided, who is to do what, or what a figure was. '
        "Every answer shows the words that it rests on and the page where they stand. It knows "
        "only the papers held, makes no forecasts and gives no advice: check what matters in the "
        "paper itself.</div>"
    )
    examples = at.suggestions.to_begin_with()[:_EXAMPLES]
    if not examples:
        return
    st.subheader("Questions to try")
    with st.container(gap=None, key="offered"):
        for example in examples:
            st.button(
                label(example), key=f"example-{example}", on_click=wait_for, args=(example,),
                type="tertiary", icon=":material/arrow_forward:", wrap=True,
            )  # fmt: skip


def _offer_shared_question() -> None:
    """A link may bring a question; it is asked when the person says so."""
    shared = st.query_params.get("ask", "")[:_LONGEST_QUESTION].strip()
    if not shared or _waiting():
        return
    with st.container(border=True):
        draw("bp-small", "This link brings a question:")
        draw("bp-question", shared)
        st.button("Ask it", type="primary", on_click=_take_shared, args=(shared,))


def _take_shared(question: str) -> None:
    del st.query_params["ask"]
    wait_for(question)


def _exchanges(
    at: Desk, owner: str, thread: Thread | None, conversation: Conversation
) -> tuple[Thread | None, Conversation]:
    """Answers what waits, then draws the conversation: it and its thread, as they are now."""
    hidden = _hidden(thread, len(conversation.answers) + len(_waiting()))
    earlier = st.empty()
    if hidden and thread:
        earlier.button(f"Show {hidden} earlier", icon=":material/history:", on_click=_show_all,
                       args=(thread.id,))  # fmt: skip
    places = [_places(number >= hidden) for number in range(len(conversation.answers))]
    leads: dict[int, DeltaGenerator] = {}
    for pending in _waiting():
        places.append(_places(True))
        number = len(conversation.answers)
        with places[-1][1], complaining():
            thread, leads[number] = _ask(at, owner, thread, conversation, pending, places[-1])
            conversation = at.threads.conversation(thread.id)
        if number not in leads:
            places.pop()  # what went wrong is told there, and the next answer goes below it
    if thread is None:
        return None, conversation
    if leads:
        TURNS.give_way()
    judged = at.threads.judged(thread.id)
    answers = conversation.answers
    for number in range(hidden, len(answers)):
        asked, answered = places[number]
        if number not in leads:
            with asked:
                _question(answers[number].question, f"question-{number}")
        with answered:
            last = number == len(answers) - 1
            told = Told(thread, answers[number], number, judged.get(number), last)
            exchange(at, told, wait_for, leads.get(number))
    return thread, conversation


def _hidden(thread: Thread | None, count: int) -> int:
    """How many exchanges at the beginning aren't drawn."""
    if thread is None or st.session_state.get("whole") == thread.id:
        return 0
    return max(0, -(-(count - _DRAWN) // _STEP) * _STEP)


def _show_all(thread_id: str) -> None:
    st.session_state.whole = thread_id


def _places(drawn: bool) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Where a question goes, and its answer; one that isn't drawn has its place all the same."""
    if not drawn:
        return st.empty(), st.empty()
    return st.chat_message("user", avatar=PERSON), st.chat_message("assistant", avatar=PAPERS)


def _question(text: str, anchor: str, script: str = "") -> None:
    html = f'<div class="bp-question" id="{anchor}">{shown(text)}</div>{script}'
    st.html(html, unsafe_allow_javascript=bool(script))


def _streamed(coming: Iterable[Delta | Answer], place: DeltaGenerator) -> Answer:
    """Draws an answer's text as it comes; the answer."""
    text = ""
    for part in coming:
        if isinstance(part, Answer):
            return part
        text += part.text
        place.html(f'<div class="bp-answer" aria-live="polite">{shown(text)}</div>')
    raise AssertionError("the last that comes is the answer")


def _narrowed(at: Desk, pending: _Pending) -> Scope:
    if pending.within in councils_of(at.assistant.papers()):
        return Scope(councils=(pending.within,))
    return Scope(committees=(pending.within,))


def _ask(
    at: Desk,
    owner: str,
    thread: Thread | None,
    conversation: Conversation,
    pending: _Pending,
    places: tuple[DeltaGenerator, DeltaGenerator],
) -> tuple[Thread, DeltaGenerator]:
    """Answers a question in its place and keeps it: its thread, and where its first words are."""
    history, scope = conversation.history, scopes.chosen(at)
    if pending.within:
        # What it is put again for takes the place of the answer that asked back.
        history, scope = Conversation(conversation.answers[:-1]).history, _narrowed(at, pending)
    asked, answered = places
    anchor = f"question-{len(conversation.answers)}"
    with asked:
        _question(pending.question, anchor, _TO_SIGHT.format(anchor=anchor))
    lead = answered.empty()
    lead.html(_READING)
    try:
        with TURNS.asking():
            answer = _streamed(at.people.stream(at.viewer, pending.question, history, scope), lead)
    except BoardPapersError:
        # What can't be answered isn't asked again with every step.
        st.session_state.waiting = _waiting()[1:]
        raise
    st.session_state.waiting = _waiting()[1:]
    now = datetime.now(UTC)
    if thread is None:
        thread = at.threads.begin(owner, sight_key(at.viewer), pending.question, now)
    elif thread.owner != owner:
        thread = at.threads.copy(thread, owner, now)
    at.threads.add(thread.id, answer, now)
    st.query_params["thread"] = thread.id
    return thread, lead
