"""One answer: the short answer first, then what it rests on and what may be done with it."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app_pages.charts import series
from app_pages.frame import Desk
from app_pages.save import actions
from app_pages.sources import cards, further
from app_pages.words import draw, label, shown, with_chips
from app_pages.words import told as told_lines
from assistant.answer import Answer, Figure, Outcome
from assistant.shown import figure_line, searched_line
from assistant.threads import Feedback, Thread, Verdict

_VERDICTS = (Verdict.UNHELPFUL, Verdict.HELPFUL)  # in the order of the thumbs: down is 0


@dataclass(frozen=True, slots=True)
class Told:
    """An answer in its conversation, by its number there; `is_last` offers what comes next."""

    thread: Thread
    answer: Answer
    number: int
    judged: Feedback | None
    is_last: bool


def exchange(
    at: Desk, told: Told, ask: Callable[..., None], place: DeltaGenerator | None = None
) -> None:
    """Draws an answer with everything that belongs to it; `place` is that of its first line."""
    answer, number = told.answer, told.number
    lead, _, rest = answer.text.partition("\n")
    target, hidden = f"source-{number}", further(answer.citations)
    (place or st.empty()).html(f'<p class="bp-lead">{with_chips(lead, target, hidden)}</p>')
    if rest.strip():
        st.html(f'<div class="bp-answer">{told_lines(rest, target, hidden)}</div>')
    _options(at, told, ask)
    _workings(answer)
    if answer.chart and answer.chart.points:
        series(answer.chart, f"chart-{number}")
    cards(at, answer.citations, target, f"source-{number}")
    # What wasn't found says itself what was searched.
    if answer.outcome is not Outcome.NOT_FOUND:
        draw("bp-small", searched_line(answer.searched))
    _after(at, told)


def _options(at: Desk, told: Told, ask: Callable[..., None]) -> None:
    names = {*at.assistant.councils, *at.assistant.committees}
    for option in told.answer.options:
        # A name alone is no question: the one that asked for it is put again, within that name.
        args = (told.answer.question, option) if option in names else (option,)
        st.button(
            label(option), key=f"option-{told.number}-{option}", on_click=ask, args=args,
            disabled=not told.is_last, icon=":material/arrow_forward:",
        )  # fmt: skip


def _workings(answer: Answer) -> None:
    worked = [figure for figure in answer.figures if figure.working]
    if not worked:
        return
    with st.expander("How it was worked out", icon=":material/calculate:"):
        st.html("".join(map(_working, answer.figures)))


def _working(figure: Figure) -> str:
    working = shown(figure.working or "As printed in the paper.")
    return (
        f'<div class="bp-working">{shown(figure_line(figure))}</div>'
        f'<div class="bp-small bp-working">{working}</div>'
    )


@st.fragment
def _after(at: Desk, told: Told) -> None:
    """Thumbs, and saving: a click here draws nothing else anew."""
    with st.container(horizontal=True, vertical_alignment="center"):
        thumb = st.feedback(
            "thumbs", key=f"thumb-{told.thread.id}-{told.number}", default=_thumb(told.judged)
        )
        actions(at, told.thread, told.answer, told.number)
    if thumb is None:
        return
    verdict = _VERDICTS[thumb]
    reason = st.text_input(
        "Why? (optional)", key=f"reason-{told.thread.id}-{told.number}", max_chars=500,
        value=told.judged.reason if told.judged else "",
    )  # fmt: skip
    if told.judged is None or (told.judged.verdict, told.judged.reason) != (verdict, reason):
        at.threads.judge(told.thread.id, told.number, verdict, reason)
    draw("bp-small", "Thank you. It is kept with the answer and how it came about.")


def _thumb(judged: Feedback | None) -> int | None:
    return _VERDICTS.index(judged.verdict) if judged else None
