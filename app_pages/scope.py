"""The scope: whose papers and of when a question is put to, always in sight."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from app_pages.frame import Desk
from app_pages.words import label, shortened
from assistant.answer import Answer, Scope
from ingest.areas import area_of
from ingest.kinds import PaperKind, plural

_EARLIEST, _LATEST = date(1990, 1, 1), date(2099, 12, 31)
_LONGEST = 34
_FROM_QUESTION = "as asked"


def chosen(at: Desk) -> Scope:
    """What is chosen, whether or not the chips are drawn yet."""
    held = at.assistant
    state = st.session_state
    return Scope(
        tuple(n for n in state.get("scope-council") or () if n in held.councils),
        tuple(name for name in state.get("scope-committee") or () if name in held.committees),
        state.get("scope-since"),
        state.get("scope-until"),
        tuple(state.get("scope-kind") or ()),
    )


def bar(at: Desk, last: Answer | None) -> None:
    """Chips above the place to type; what the last question named itself is on them too."""
    held = at.assistant
    read = last.receipt.query if last and last.receipt else {}
    _names("Council", held.councils, read.get("councils", ()))
    _names("Committee", held.committees, read.get("bodies", ()))
    _dates(read.get("periods", ()))
    _kinds(read.get("kinds", ()))
    if chosen(at) != Scope():
        st.button("Clear", icon=":material/close:", key="scope-clear", on_click=_clear,
                  type="tertiary")  # fmt: skip


def fields(at: Desk, name: str, on_change: Callable[[], None] | None = None) -> Scope:
    """Boxes for a scope, one below the other; `name` begins the keys of their widgets."""
    held = at.assistant
    councils = st.multiselect(
        "Council", held.councils, placeholder="All councils", key=f"{name}-council",
        on_change=on_change,
    )  # fmt: skip
    committees = st.multiselect(
        "Committee", held.committees, placeholder="All committees",
        key=f"{name}-committee", on_change=on_change,
    )  # fmt: skip
    since, until = (
        st.date_input(
            f"Meetings {words}", value=None, format="DD/MM/YYYY", key=f"{name}-{end}",
            min_value=_EARLIEST, max_value=_LATEST, on_change=on_change,
        )
        for words, end in (("from", "since"), ("to", "until"))
    )  # fmt: skip
    return Scope(tuple(councils), tuple(committees), since, until)


def _names(what: str, held: Sequence[str], asked: Sequence[str]) -> None:
    key = f"scope-{what.lower()}"
    picked: list[str] = [n for n in st.session_state.get(key, ()) if n in held]
    with st.popover(_chip(what, picked, [n for n in asked if n in held])):
        st.multiselect(
            f"Only these ({what.lower()})", held, key=key, placeholder=f"All {what.lower()}s",
            persist_state="session",
        )  # fmt: skip


def _chip(what: str, picked: Sequence[str], asked: Sequence[str]) -> str:
    """What a chip says: "Council: Averonshire", with where that comes from."""
    names = picked or asked
    if not names:
        return f"{what}: all"
    short = ", ".join(area_of(name) if what == "Council" else name for name in names)
    origin = "" if picked else f" · {_FROM_QUESTION}"
    return f"{what}: {label(shortened(short, _LONGEST))}{origin}"


def _kinds(asked: Sequence[str]) -> None:
    picked: list[PaperKind] = st.session_state.get("scope-kind") or []
    named = [kind for kind in PaperKind if kind in asked]
    words = ", ".join(map(plural, picked or named))
    origin = "" if picked or not named else f" · {_FROM_QUESTION}"
    with st.popover(f"Papers: {shortened(words, _LONGEST) or 'all kinds'}{origin}"):
        st.pills(
            "Only from these kinds of paper", list(PaperKind), selection_mode="multi",
            format_func=lambda kind: plural(kind).capitalize(), key="scope-kind",
            persist_state="session",
        )  # fmt: skip


def _dates(asked: Sequence[str]) -> None:
    since: date | None = st.session_state.get("scope-since")
    until: date | None = st.session_state.get("scope-until")
    if since or until:
        words = f"Meetings: {_day(since) or 'first'} to {_day(until) or 'last'}"
    elif asked:
        more = f" and {len(asked) - 2} more" if len(asked) > 2 else ""
        words = f"Dates: {', '.join(map(_asked, asked[:2]))}{more} · {_FROM_QUESTION}"
    else:
        words = "Dates: any"
    with st.popover(words):
        _date("Meetings from", "scope-since")
        _date("Meetings to", "scope-until")


def _date(words: str, key: str) -> None:
    st.date_input(
        words, value=None, key=key, format="DD/MM/YYYY", min_value=_EARLIEST, max_value=_LATEST,
        persist_state="session",
    )  # fmt: skip


def _asked(period: str) -> str:
    """A period of a receipt, "2024-03-01 to 2024-03-31", in words."""
    first, _, last = period.partition(" to ")
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    same_month = (start.year, start.month) == (end.year, end.month)
    if same_month and start.day == 1 and end.day >= 28:
        return f"{start:%B %Y}"
    return _day(start) if start == end else f"{_day(start)} to {_day(end)}"


def _day(when: date | None) -> str:
    return f"{when.day} {when:%b %Y}" if when else ""


def _clear() -> None:
    for what in ("council", "committee", "kind"):
        st.session_state[f"scope-{what}"] = []
    st.session_state["scope-since"] = st.session_state["scope-until"] = None
