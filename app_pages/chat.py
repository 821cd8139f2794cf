"""Ask: the conversation, its scope and its threads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app_pages import scope as scopes
from app_pages import threads
from app_pages.exchange import Told, exchange
from app_pages.frame import Desk, browser, complain, complaining, first_run
from app_pages.parts import all_drawn, draw_again, part
from app_pages.turns import TURNS
from app_pages.words import draw, label, shown
from assistant.access.viewer import sight_key
from assistant.answer import Answer, Delta, Scope
from assistant.conversation import Conversation
from assistant.threads import Thread, UnknownThread
from ingest.errors import BoardPapersError

_DRAWN, _STEP = 8, 4
_ROOM = 8
_EXAMPLES = 6
_LONGEST_QUESTION = 1000
# The short answer stands right below its question: so until the page is long enough for that, or
# the person moves it.
_TO_SIGHT = """<script>(() => { let left = 8;
  const again = setInterval(() => {
    document.getElementById("ANCHOR")?.scrollIntoView({block: "start"});
    if (!--left) clearInterval(again); }, 200);
  for (const move of ["wheel", "touchmove", "keydown", "pointerdown"])
    addEventListener(move, () => clearInterval(again), {once: true, capture: true});
})()</script>"""
PERSON, PAPERS = ":material/person:", ":material/description:"
_READING = '<div class="bp-reading" role="status">Reading the papers …</div>'


def draw_chat(at: Desk) -> None:
    """The page on which questions are asked.

    A question draws its own exchange and what it bears on: below the exchanges that are held
    there is room for some more, and only when that is full is the whole page drawn again.
    """
    if not at.assistant.size:
        first_run(at)
        return
    st.session_state.room = 0  # until all is drawn
    owner = browser()
    thread, answers = _held(at)
    # Put there by name, it doesn't make the page run to its end with every answer.
    with st.bottom:
        chips = st.container()
        st.chat_input(
            "Ask about decisions, actions or figures", max_chars=_LONGEST_QUESTION, key="question",
            on_submit=_typed, args=(at, owner),
        )  # fmt: skip
    part("greeting", partial(_greeting, at, owner))
    room = len(answers) + len(_waiting()) + _ROOM
    hidden = _hidden(thread, room - _ROOM)
    if hidden and thread:
        st.button(f"Show {hidden} earlier", icon=":material/history:", on_click=_show_all,
                  args=(thread.id,))  # fmt: skip
    for number in range(hidden, room):
        part(_turn(number), partial(_exchange, at, owner, number))
    part("next", partial(_leading_on, at, owner))
    with chips:
        part("scope-bar", partial(_scope, at))
    with st.sidebar:
        part("threads", partial(_threads, at, owner))
    all_drawn()
    st.session_state.room = room


def _turn(number: int) -> str:
    return f"turn-{number}"


@dataclass(frozen=True, slots=True)
class _Pending:
    """A question not yet answered; `within` names the council or committee it is put again for."""

    question: str
    within: str = ""


def _typed(at: Desk, owner: str) -> None:
    if question := (st.session_state.question or "").strip():
        wait_for(at, owner, question)


def wait_for(at: Desk, owner: str, question: str, within: str = "") -> None:
    """Puts a question in the queue, as a widget's callback, and has its exchange drawn."""
    st.session_state.waiting = (*_waiting(), _Pending(question, within))
    thread, answers = _held(at)
    first = len(answers)
    beyond = first + len(_waiting())
    if "gone" in st.session_state or beyond > st.session_state.get("room", 0):
        return  # the whole page
    begun = thread is None or thread.owner != owner
    parts = ["greeting"] if begun else []
    parts += [_turn(number) for number in range(first, beyond)]
    if answers and answers[-1].options:
        parts.append(_turn(first - 1))  # they can't be chosen any more
    draw_again([*parts, "scope-bar", *(["threads"] if begun else []), "next"])


def _waiting() -> tuple[_Pending, ...]:
    waiting: tuple[_Pending, ...] = st.session_state.setdefault("waiting", ())
    return waiting


def _held(at: Desk) -> tuple[Thread | None, tuple[Answer, ...]]:
    """The conversation that the address names, and its answers; none for one that is gone."""
    named = st.query_params.get("thread")
    if not named:
        return None, ()
    try:
        thread = at.threads.get(named, sight_key(at.viewer))
    except UnknownThread as error:
        del st.query_params["thread"]
        st.session_state.gone = str(error)
        return None, ()
    return thread, at.threads.conversation(thread.id).answers


def _greeting(at: Desk, owner: str) -> None:
    """What stands above the first question, and what the address has brought."""
    if gone := st.session_state.pop("gone", ""):
        complain(UnknownThread(gone))
    _, answers = _held(at)
    if not (answers or _waiting()):
        _greet(at, owner)
    _offer_shared_question(at, owner)


def _greet(at: Desk, owner: str) -> None:
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
    _offered(at, owner, examples, "example")


def _offered(at: Desk, owner: str, questions: Iterable[str], name: str) -> None:
    """Questions to press, one a line."""
    with st.container(gap=None, key=f"offered-{name}"):
        for question in questions:
            st.button(
                label(question), key=f"{name}-{question}", on_click=wait_for,
                args=(at, owner, question), type="tertiary", icon=":material/arrow_forward:",
                wrap=True,
            )  # fmt: skip


def _offer_shared_question(at: Desk, owner: str) -> None:
    """A link may bring a question; it is asked when the person says so."""
    shared = st.query_params.get("ask", "")[:_LONGEST_QUESTION].strip()
    if not shared or _waiting():
        return
    with st.container(border=True):
        draw("bp-small", "This link brings a question:")
        draw("bp-question", shared)
        st.button("Ask it", type="primary", on_click=_take_shared, args=(at, owner, shared))


def _take_shared(at: Desk, owner: str, question: str) -> None:
    del st.query_params["ask"]
    st.session_state.due = ("greeting",)
    wait_for(at, owner, question)


def _exchange(at: Desk, owner: str, number: int) -> None:
    """The exchange of that number, asked first where it is what waits; nothing while there's none.

    What went wrong is told in its place, and the next question that waits is asked below it.
    """
    thread, answers = _held(at)
    asked, answered = _places() if number < len(answers) else (None, None)
    lead = None
    while number == len(answers) and _waiting():
        asked, answered = _places()
        with answered, complaining():
            lead = _ask(at, owner, thread, answers, asked, answered)
        thread, answers = _held(at)
    if thread is None or asked is None or answered is None or number >= len(answers):
        return
    if lead:
        TURNS.give_way()
    else:
        with asked:
            _question(answers[number].question, f"question-{number}")
    last = number == len(answers) - 1
    judged = at.threads.judged(thread.id).get(number)
    with answered:
        exchange(
            at, Told(thread, answers[number], number, judged, last), partial(wait_for, at, owner),
            lead,
        )  # fmt: skip


def _leading_on(at: Desk, owner: str) -> None:
    """Below all exchanges: what the papers also answer."""
    _, answers = _held(at)
    if not answers or _waiting():
        return
    TURNS.give_way()
    if questions := at.suggestions.after(answers[-1]):
        draw("bp-small bp-offer", "The papers also answer:")
        _offered(at, owner, questions, "next")


def _scope(at: Desk) -> None:
    _, answers = _held(at)
    with st.container(horizontal=True, key="scope", gap="small"):
        scopes.bar(at, answers[-1] if answers else None)


def _threads(at: Desk, owner: str) -> None:
    thread, _ = _held(at)
    threads.listed(at, owner, thread)


def _hidden(thread: Thread | None, count: int) -> int:
    """How many exchanges at the beginning aren't drawn."""
    if thread is None or st.session_state.get("whole") == thread.id:
        return 0
    return max(0, -(-(count - _DRAWN) // _STEP) * _STEP)


def _show_all(thread_id: str) -> None:
    st.session_state.whole = thread_id


def _places() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Where a question goes, and its answer."""
    return st.chat_message("user", avatar=PERSON), st.chat_message("assistant", avatar=PAPERS)


def _question(text: str, anchor: str, script: str = "") -> None:
    html = f'<div class="bp-question" id="{anchor}">{shown(text)}</div>{script}'
    st.html(html, unsafe_allow_javascript=bool(script))


def _streamed(coming: Iterable[Delta | Answer], place: DeltaGenerator) -> Answer:
    """Draws an answer's text as it comes; the answer."""
    text = ""
    for came in coming:
        if isinstance(came, Answer):
            return came
        text += came.text
        place.html(f'<div class="bp-answer" aria-live="polite">{shown(text)}</div>')
    raise AssertionError("the last that comes is the answer")


def _narrowed(at: Desk, pending: _Pending) -> Scope:
    if pending.within in at.assistant.councils:
        return Scope(councils=(pending.within,))
    return Scope(committees=(pending.within,))


def _ask(
    at: Desk,
    owner: str,
    thread: Thread | None,
    answers: tuple[Answer, ...],
    asked: DeltaGenerator,
    answered: DeltaGenerator,
) -> DeltaGenerator:
    """Answers the question that waits, in its place, and keeps it: where its first words are."""
    pending = _waiting()[0]
    history, scope = Conversation(answers).history, scopes.chosen(at)
    if pending.within:
        # What it is put again for takes the place of the answer that asked back.
        history, scope = Conversation(answers[:-1]).history, _narrowed(at, pending)
    anchor = f"question-{len(answers)}"
    with asked:
        _question(pending.question, anchor, _TO_SIGHT.replace("ANCHOR", anchor))
    lead = answered.empty()
    lead.html(_READING)
    try:
        with TURNS.asking(elsewhere=at.model is not None):
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
    return lead
