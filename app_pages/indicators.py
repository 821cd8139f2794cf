"""Indicators: the measures held, each council's series, and a card that says what they mean."""

from collections.abc import Sequence

import streamlit as st

from app_pages.charts import series, sparkline
from app_pages.frame import Desk, first_run
from app_pages.words import draw, label, shown, tags
from assistant.access.viewer import sight_key
from assistant.answer import Scope
from assistant.assistant import Assistant
from assistant.browse import Held, measures_held
from assistant.figures.cards import Card
from assistant.shown import chart_value, counted
from ingest.areas import area_of

_PER_PAGE = 12
_AT_ONCE = 6  # councils
_BETTER = {"higher": "higher is better", "lower": "lower is better"}


def draw_indicators(at: Desk) -> None:
    """All measures as small multiples, or one with its cards where the address names it."""
    if not at.assistant.size:
        first_run(at)
        return
    wanted = st.query_params.get("measure")
    if wanted:
        _measure(at, wanted[:200])
        return
    st.title("Indicators")
    councils = at.assistant.councils
    # Of many councils one at a time: collecting takes a second for every few packs.
    one = (
        st.selectbox("Whose", councils, key="whose-measures", persist_state="session")
        if len(councils) > _AT_ONCE
        else None
    )
    whose = Scope(councils=(one,)) if one else Scope()
    held = _held(at.assistant, at.assistant.store_digest(), sight_key(at.viewer), whose)
    kept = _filtered(held, () if one else councils)
    draw("bp-small", f"{counted(len(kept), 'series', 'series')} of {len(held)}: a measure of a "
         "council with figures for three dates or more")  # fmt: skip
    pages = max(1, -(-len(kept) // _PER_PAGE))
    number = st.pagination(pages, key="indicator-page") if pages > 1 else 1
    with st.grid(3, min_column_width=250, gap="small"):
        for series in kept[(number - 1) * _PER_PAGE : number * _PER_PAGE]:
            _small(series)


@st.cache_resource(show_spinner="Collecting what is measured …", max_entries=8)
def _held(_assistant: Assistant, store: str, seen: str, whose: Scope) -> tuple[Held, ...]:
    """The series held; collected anew only when the papers changed."""
    return measures_held(_assistant, whose)


def _filtered(held: Sequence[Held], councils: Sequence[str]) -> list[Held]:
    words = st.text_input(
        "Search measures", placeholder="dental, placements, missing …", key="find-measure",
        persist_state="session",
    )  # fmt: skip
    council = (
        st.segmented_control(
            "Council", councils, format_func=lambda name: label(area_of(name)), key="of-council",
            persist_state="session",
        )
        if len(councils) > 1
        else None
    )  # fmt: skip
    return [
        one
        for one in held
        if (not council or one.council == council)
        and all(w in f"{one.name} {one.printed}".casefold() for w in words.casefold().split())
    ]


def _small(one: Held) -> None:
    first, last = one.chart.points[0], one.chart.points[-1]
    change = f"{last.value - first.value:+,.4g} since {first.period}".replace("-", "−", 1)
    when = " · ".join(filter(None, (last.period, change, _BETTER.get(one.chart.better, ""))))
    with st.container(border=True, gap="xsmall"):
        st.html(
            f'<div class="bp-title">{shown(one.name)}</div>'
            f'<div class="bp-small">{shown(area_of(one.council))}</div>'
            f'<div class="bp-figure">{shown(chart_value(last.value, one.chart.unit))}</div>'
            f'{sparkline(one.chart)}<div class="bp-small">{shown(when)}</div>'
        )
        st.button(
            "Details", key=f"measure-{one.council}-{one.printed}", on_click=_open,
            args=(one.asked,), type="tertiary", icon=":material/arrow_forward:",
        )  # fmt: skip


def _open(measure: str) -> None:
    st.query_params["measure"] = measure


def _close() -> None:
    st.query_params.clear()


def _measure(at: Desk, measure: str) -> None:
    st.button("All measures", icon=":material/arrow_back:", on_click=_close, type="tertiary")
    cards = at.assistant.indicator(measure)
    if not cards:
        st.title("No such series")
        draw("bp-answer", f"No paper held has a series of “{measure}”.")
        return
    first = cards[0]
    st.title(label(first.catalogue or first.measure))
    _meaning(first)
    columns = st.grid(2, min_column_width=380) if len(cards) > 1 else st.container()
    with columns:
        for number, card in enumerate(cards):
            _card(card, number)


def _meaning(card: Card) -> None:
    if not card.definition:
        draw("bp-small", "The catalogue of measures doesn't know this one: no definition is given.")
        return
    way = _BETTER.get(card.chart.better, "neither way is better by itself")
    tags((way, f"of {card.population}"))
    draw("bp-answer", card.definition)
    draw("bp-small", f"Defined by {card.defined_by}")


def _card(card: Card, number: int) -> None:
    with st.container(border=True):
        st.subheader(label(card.council))
        draw("bp-small", f"Printed as “{card.measure}”")
        series(card.chart, f"card-{number}")
        for finding in card.findings:
            draw("bp-warn", finding)
