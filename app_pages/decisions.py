"""Decisions and actions: the register, to filter, count, check and take away; what became of it."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from app_pages import following
from app_pages import scope as scopes
from app_pages.frame import Desk, first_run
from app_pages.sources import quoted_page
from app_pages.words import draw, shown, tags
from assistant.listings import Listing
from assistant.register.changes import Change
from assistant.register.entries import Entry
from assistant.register.export import register_listing, workbook
from assistant.register.register import RegisterQuery
from assistant.shown import day
from ingest.model import DecisionKind

_PER_PAGE = 15
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NAMES = {
    DecisionKind.RESOLUTION: "Resolutions",
    DecisionKind.RECOMMENDATION: "Recommendations",
    DecisionKind.ACTION: "Actions",
}


def draw_decisions(at: Desk) -> None:
    """The register, or the part of what became of it that is chosen."""
    if not at.assistant.size:
        first_run(at)
        return
    st.title("Decisions and actions")
    part: str = st.segmented_control(
        "Show", list(_PARTS), default=_REGISTER, required=True, key="register-part",
        persist_state="session", on_change=following.first_page,
    )  # fmt: skip
    _PARTS[part](at)


def _register(at: Desk) -> None:
    """Filters, the count, the entries, and the files to take away."""
    query = _filters(at)
    register = at.assistant.register
    offset = _offset(query)
    page = register.search(query, limit=_PER_PAGE, offset=offset)
    with st.container(horizontal=True, vertical_alignment="center"):
        draw("bp-title", page.said[:1].upper() + page.said[1:] + ".")
        _downloads(at, query)
    near = () if page.entries else page.near
    changes = register.changed_by((*page.entries, *near))
    for entry in page.entries:
        _entry(at, entry, changes[entry.id])
    pages = max(1, -(-page.total // _PER_PAGE))
    if pages > 1:
        st.pagination(pages, key="register-page")
    if near:
        st.subheader("In other words")
        for entry in near:
            _entry(at, entry, changes[entry.id])


def _filters(at: Desk) -> RegisterQuery:
    words = st.text_input(
        "About", placeholder="Words of the decision: bus passes", key="about",
        persist_state="session", on_change=_first_page,
    )  # fmt: skip
    kinds = st.pills(
        "Kind", list(DecisionKind), selection_mode="multi", format_func=_NAMES.__getitem__,
        key="kinds", persist_state="session", on_change=_first_page,
    )  # fmt: skip
    with st.expander("More filters", icon=":material/filter_list:"):
        owner = st.text_input(
            "Who is to do it", placeholder="Director, Ms Garlick, Health …", key="register-owner",
            on_change=_first_page,
        )  # fmt: skip
        scope = scopes.fields(at, "register", _first_page)
    return RegisterQuery(words, tuple(kinds), owner=owner, scope=scope, newest_first=not words)


def _first_page() -> None:
    """Other filters find other entries: their first page is shown."""
    st.session_state.pop("register-page", None)


def _offset(query: RegisterQuery) -> int:
    number: int = st.session_state.get("register-page", 1)
    return (number - 1) * _PER_PAGE


def _downloads(at: Desk, query: RegisterQuery) -> None:
    def listing() -> Listing:
        register, today = at.assistant.register, date.today()
        return register_listing(register.views(register.found(query), today))

    st.download_button(
        "CSV", lambda: listing().to_csv(), "decisions.csv",
        "text/csv", icon=":material/download:", on_click="ignore", type="tertiary",
    )  # fmt: skip
    st.download_button(
        "Excel", lambda: workbook(listing(), "Decisions"), "decisions.xlsx",
        _SHEET, icon=":material/download:", on_click="ignore", type="tertiary",
    )  # fmt: skip


def _entry(at: Desk, entry: Entry, changes: Sequence[Change]) -> None:
    decided = entry.decision
    meeting = decided.meeting
    where = (meeting.council, meeting.committee, day(meeting.held) if meeting.held else None)
    place = " · ".join(part for part in where if part)
    with st.container(border=True, gap="xsmall"):
        tags([*(f"{one.kind.value} later" for one in changes), *_marks(entry)])
        st.html(f'<div class="bp-title">{shown(entry.title)}</div>')
        draw("bp-answer", decided.text)
        with st.container(horizontal=True, vertical_alignment="center"):
            opened = st.button(
                "Open the page", key=f"entry-{entry.id}", icon=":material/menu_book:",
                type="tertiary",
            )  # fmt: skip
            draw("bp-small", place)
        following.changed(at, changes, f"entry-{entry.id}-changed")
    if opened:
        span = at.assistant.printed.span_at(decided.locator)
        quoted_page(at, decided.locator.paper, span, place)


def _marks(entry: Entry) -> list[str]:
    decided = entry.decision
    parts = (
        decided.kind.value.capitalize(),
        f"minute {entry.minute}" if entry.minute else "",
        entry.outcome.value if entry.outcome else "",
        f"asks to be {entry.asks_for.value}" if entry.asks_for else "",
        f"for {entry.owner or decided.owner}" if entry.owner or decided.owner else "",
        f"by {day(entry.due)}" if entry.due else f"by {decided.due}" if decided.due else "",
        f"position: {decided.status}" if decided.status else "",
    )
    return [part for part in parts if part]


_REGISTER = "All entries"
_PARTS: dict[str, Callable[[Desk], None]] = {
    _REGISTER: _register,
    "Actions": following.draw_actions,
    "Outstanding matters": following.draw_outstanding,
    "Recommendations": following.draw_recommendations,
    "Changes": following.draw_changes,
    "Minutes": following.draw_minutes,
    "Attendance": following.draw_attendance,
}
