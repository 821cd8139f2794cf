"""What became of decisions: actions, outstanding matters, recommendations, changes, minutes."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

import streamlit as st

from app_pages import scope as scopes
from app_pages.frame import Desk
from app_pages.sources import quoted_page
from app_pages.words import cells, draw, shown, table, tags
from assistant.access.viewer import sight_key
from assistant.answer import Scope
from assistant.assistant import Assistant
from assistant.listings import Listing
from assistant.register.attendance import MeetingAttendance
from assistant.register.changes import Change, ChangeKind
from assistant.register.decided import Answer, Decided
from assistant.register.entries import Entry
from assistant.register.export import (
    actions_listing,
    attendance_listing,
    outstanding_listing,
    register_listing,
    workbook,
)
from assistant.register.linking import Evidence
from assistant.register.minutes import MinutesRecord
from assistant.register.progress import Progress
from assistant.register.tracking import Outstanding, Tracked
from assistant.shown import counted, day, flowing
from ingest.model import Locator, Meeting, Presence

_PER_PAGE = 15
_OVERDUE = "overdue"
_One = TypeVar("_One")
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_actions(at: Desk) -> None:
    """Every minuted action and requested report, and what later papers say of it."""
    today = date.today()
    scope = _filters(at)
    tracked = _tracked(at, today, scope)
    ways = [*(p.value for p in Progress), _OVERDUE]
    wanted = _pills("actions", "How far", ways)
    found = [one for one in tracked if not wanted or _so_far(one) & set(wanted)]
    overdue = sum(one.overdue for one in found)
    how_far = _by_kind(one.progress.value for one in found)
    _head(
        f"{counted(len(found), 'action and requested report', 'actions and requested reports')}"
        f"{how_far}; {overdue} overdue on {day(today)}.",
        "actions", lambda: actions_listing(found),
    )  # fmt: skip
    for one in _paged(found):
        _action(at, one)


def draw_outstanding(at: Desk) -> None:
    """The rows of schedules of outstanding matters, each with what began it."""
    scope = _filters(at)
    wanted = _pills("rows", "How far", [p.value for p in Progress])
    rows = at.assistant.register.outstanding(scope)
    found = [one for one in rows if not wanted or one.progress.value in wanted]
    _head(
        f"{counted(len(found), 'row of a schedule', 'rows of schedules')}"
        f"{_by_kind(one.progress.value for one in found)}; "
        f"{sum(one.untied is not None for one in found)} not tied to what began them.",
        "outstanding-matters", lambda: outstanding_listing(found),
    )  # fmt: skip
    for one in _paged(found):
        _outstanding(at, one)


def draw_recommendations(at: Desk) -> None:
    """Each recommendation, with what the minutes of its meeting say was decided."""
    scope = _filters(at)
    wanted = _pills("asked", "What became of it", [a.value for a in Answer])
    register = at.assistant.register
    found = [d for d in register.decided(scope) if not wanted or d.answer.value in wanted]
    _head(
        f"{counted(len(found), 'recommendation')}{_by_answer(found)}.",
        "recommendations",
        lambda: register_listing(register.views([d.recommendation for d in found], None)),
    )
    for one in _paged(found):
        _recommendation(at, one)


def draw_changes(at: Desk) -> None:
    """The decisions that a later one says it amends, supersedes or rescinds."""
    scope = _filters(at)
    wanted = _pills("changes", "How", [kind.value for kind in ChangeKind])
    changes = at.assistant.register.changes(scope)
    found = [one for one in changes if not wanted or one.kind.value in wanted]
    _head(
        f"{counted(len(found), 'decision')} that a later one says it changes"
        f"{_by_kind(one.kind.value for one in found)}.",
        "changes", lambda: _changes_listing(found),
    )  # fmt: skip
    for number, one in enumerate(_paged(found)):
        minute = f"minute {one.earlier.minute}" if one.earlier.minute else ""
        with st.container(border=True, gap="xsmall"):
            _entry(at, one.earlier, (one.kind.value, minute), f"changed-{number}")
            changed(at, (one,), f"change-{number}")
    if not found:
        draw("bp-small", "Only what a later decision says in its own words counts as a change.")


def changed(at: Desk, changes: Iterable[Change], key: str) -> None:
    """What later decisions made of one, each with its words and its place."""
    for number, one in enumerate(changes):
        minute = f", minute {one.later.minute}" if one.later.minute else ""
        lead = f"{one.kind.value.capitalize()}: {_whose(one.later.decision.meeting)}{minute}"
        later = one.later.decision
        _quoted(at, lead, later.text, later.locator, f"{key}-{number}")


def draw_minutes(at: Desk) -> None:
    """The minutes of each meeting: draft, or confirmed by which later one."""
    found = at.assistant.register.minutes(_filters(at))
    listing = _minutes_listing(found)
    _head(
        f"{counted(len(found), 'meeting')} whose minutes are known of"
        f"{_by_kind(one.standing.value for one in found)}.",
        "minutes", lambda: listing,
    )  # fmt: skip
    rows = [
        (_whose(one.meeting), one.standing.value, one.paper or "not held",
         _whose(one.confirmed_at) if one.confirmed_at else "",
         " … ".join(flowing(said.quote) for said in one.evidence))
        for one in _paged(found)
    ]  # fmt: skip
    if rows:
        table(("Meeting", "Minutes", "Bound into", "Confirmed at", "In the words"), rows)


def draw_attendance(at: Desk) -> None:
    """Who was at each meeting, who sent apologies, and what interests were declared."""
    member = st.text_input(
        "Whose name has", placeholder="Umeh", key="member", persist_state="session",
        on_change=first_page,
    )  # fmt: skip
    found = at.assistant.register.attendance(_filters(at), member)
    people = [person for one in found for person in one.attendees]
    declared = sum(d.member is not None for one in found for d in one.declarations)
    _head(
        f"{counted(len(people), 'entry', 'entries')} of people in "
        f"{counted(len(found), 'meeting')}{_by_kind(p.presence.value for p in people)}; "
        f"{counted(declared, 'declaration')} of interest.",
        "attendance", lambda: attendance_listing(found),
    )  # fmt: skip
    for one in _paged(found):
        _meeting(one)


def _filters(at: Desk) -> Scope:
    with st.expander("More filters", icon=":material/filter_list:"):
        return scopes.fields(at, "register", first_page)


def _pills(key: str, what: str, ways: Sequence[str]) -> list[str]:
    return st.pills(
        what, ways, selection_mode="multi", format_func=str.capitalize, key=f"{key}-pills",
        persist_state="session", on_change=first_page,
    )  # fmt: skip


def first_page() -> None:
    """Other filters find other entries: their first page is shown."""
    st.session_state.pop("following-page", None)


def _paged(found: Sequence[_One]) -> Sequence[_One]:
    """One page of what was found, with the way to the others before it."""
    pages = max(1, -(-len(found) // _PER_PAGE))
    number = st.pagination(pages, key="following-page") if pages > 1 else 1
    return found[(number - 1) * _PER_PAGE : number * _PER_PAGE]


def _head(said: str, name: str, listing: Callable[[], Listing]) -> None:
    """The count, and the files of all that was counted."""
    with st.container(horizontal=True, vertical_alignment="center"):
        draw("bp-title", said)
        with st.container(horizontal=True, width="content"):
            st.download_button(
                "CSV", lambda: listing().to_csv(), f"{name}.csv", "text/csv",
                icon=":material/download:", on_click="ignore", type="tertiary",
            )  # fmt: skip
            st.download_button(
                "Excel", lambda: workbook(listing()), f"{name}.xlsx", _SHEET,
                icon=":material/download:", on_click="ignore", type="tertiary",
            )  # fmt: skip


def _by_kind(kinds: Iterable[str]) -> str:
    """How many of each kind: ": 3 open, 2 done"."""
    counts = Counter(kinds)
    return ": " + ", ".join(f"{n} {kind}" for kind, n in counts.most_common()) if counts else ""


def _by_answer(found: Iterable[Decided]) -> str:
    """How many of each answer: ": decided as recommended (3)"."""
    counts = Counter(one.answer.value for one in found)
    told = ", ".join(f"{answer} ({number})" for answer, number in counts.most_common())
    return f": {told}" if told else ""


def _tracked(at: Desk, today: date, scope: Scope) -> tuple[Tracked, ...]:
    """What is tracked in a scope; followed anew only when papers, day or scope changed."""
    held = (at.assistant.store_digest(), sight_key(at.viewer))
    return _followed(at.assistant, held, today, scope)


@st.cache_resource(show_spinner="Following actions into later papers …", max_entries=8)
def _followed(
    _assistant: Assistant, held: tuple[str, str], today: date, scope: Scope
) -> tuple[Tracked, ...]:
    return _assistant.register.tracked(today, scope)


def _so_far(one: Tracked) -> set[str]:
    return {one.progress.value, _OVERDUE} if one.overdue else {one.progress.value}


def _action(at: Desk, one: Tracked) -> None:
    entry = one.entry
    due = f"by {day(one.due)}" if one.due else f"by {due}" if (due := entry.decision.due) else ""
    marks = (
        _OVERDUE if one.overdue else "",
        one.progress.value,
        f"for {entry.owner}" if entry.owner else "no owner named",
        due,
        "to be reported back" if one.reports else "",
        f"minute {entry.minute}" if entry.minute else "",
    )
    with st.container(border=True, gap="xsmall"):
        _entry(at, entry, marks, "action")
        for number, evidence in enumerate(one.evidence):
            _evidence(at, evidence, f"action-{entry.id}-{number}")
        if not one.evidence:
            held = counted(one.later_papers, "later paper")
            draw("bp-small", f"Nothing was found on it in {held} of this committee.")


def _outstanding(at: Desk, one: Outstanding) -> None:
    decided = one.row.decision
    marks = (
        one.progress.value,
        f"for {decided.owner}" if decided.owner else "no owner named",
        f"raised {day(one.raised)}" if one.raised else "",
        f"position: {decided.status}" if decided.status else "",
    )
    with st.container(border=True, gap="xsmall"):
        _entry(at, one.row, marks, "row")
        for number, entry in enumerate(one.begun_by):
            _quoted(at, f"Begun by: {_whose(entry.decision.meeting)}", entry.decision.text,
                    entry.decision.locator, f"row-{one.row.id}-{number}")  # fmt: skip
        for number, evidence in enumerate(one.told):
            _evidence(at, evidence, f"row-{one.row.id}-told-{number}")
        if one.untied:
            draw("bp-small", f"What began it isn't known: {one.untied}")


def _recommendation(at: Desk, one: Decided) -> None:
    entry = one.recommendation
    marks = (
        one.answer.value,
        f"asks to be {entry.asks_for.value}" if entry.asks_for else "",
        f"minutes: {one.minutes.standing.value}" if one.minutes else "",
    )
    with st.container(border=True, gap="xsmall"):
        _entry(at, entry, marks, "asked")
        for number, decided in enumerate(one.decisions):
            minute = f", minute {decided.minute}" if decided.minute else ""
            _quoted(at, f"Decided: {_whose(decided.decision.meeting)}{minute}",
                    decided.decision.text, decided.decision.locator,
                    f"asked-{entry.id}-{number}")  # fmt: skip


def _entry(at: Desk, entry: Entry, marks: Iterable[str], key: str) -> None:
    """An entry's marks, title, words and place."""
    tags(mark for mark in marks if mark)
    draw("bp-title", entry.title)
    draw("bp-answer", entry.decision.text)
    _way(at, entry.decision.locator, _whose(entry.decision.meeting), f"{key}-{entry.id}")


def _evidence(at: Desk, evidence: Evidence, key: str) -> None:
    where = f"{_whose(evidence.meeting)} ({evidence.how})"
    _quoted(at, where, evidence.quote, evidence.locator, key)


def _quoted(at: Desk, lead: str, quote: str, locator: Locator, key: str) -> None:
    st.html(f'<blockquote class="bp-quote">{cells(quote)}</blockquote>')
    _way(at, locator, lead, key)


def _way(at: Desk, locator: Locator, where: str, key: str) -> None:
    """Where words stand, and the button that opens the page."""
    with st.container(horizontal=True, vertical_alignment="center"):
        opened = st.button(
            "Open the page", key=key, icon=":material/menu_book:", type="tertiary"
        )  # fmt: skip
        draw("bp-small", where)
    if opened:
        quoted_page(at, locator.paper, at.assistant.printed.span_at(locator), where)


def _meeting(one: MeetingAttendance) -> None:
    with st.container(border=True, gap="xsmall"):
        st.html(f'<h3 class="bp-title">{shown(_whose(one.meeting))}</h3>')
        order = list(Presence)
        people = sorted(one.attendees, key=lambda person: order.index(person.presence))
        if people:
            table(
                ("Name", "Was", "As"),
                [(p.name, p.presence.value, p.capacity or "") for p in people],
            )
        for declared in one.declarations:
            who = f"Declared by {declared.member}" if declared.member else "On interests"
            draw("bp-small", f"{who}: “{flowing(declared.text)}”")


def _changes_listing(changes: Iterable[Change]) -> Listing:
    columns = ("kind", "council", "committee", "meeting_date", "decision", "changed_on", "change")
    return Listing(columns, tuple(
        (
            one.kind.value, one.earlier.decision.meeting.council,
            one.earlier.decision.meeting.committee, _iso(one.earlier), one.earlier.decision.text,
            _iso(one.later), one.later.decision.text,
        )
        for one in changes
    ))  # fmt: skip


def _iso(entry: Entry) -> str | None:
    held = entry.decision.meeting.held
    return held.isoformat() if held else None


def _minutes_listing(records: Iterable[MinutesRecord]) -> Listing:
    columns = ("council", "committee", "meeting_date", "standing", "paper", "confirmed_at", "words")
    rows = tuple(
        (
            one.meeting.council,
            one.meeting.committee,
            one.meeting.held.isoformat() if one.meeting.held else None,
            one.standing.value,
            one.paper,
            one.confirmed_at.held.isoformat() if one.confirmed_at and one.confirmed_at.held
            else None,
            " | ".join(said.quote for said in one.evidence) or None,
        )
        for one in records
    )  # fmt: skip
    return Listing(columns, rows)


def _whose(meeting: Meeting) -> str:
    held = day(meeting.held) if meeting.held else None
    return " · ".join(part for part in (meeting.council, meeting.committee, held) if part)
