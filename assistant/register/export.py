"""The register as tables to show or hand on: CSV, JSON, and a workbook."""

import io
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from assistant.documents.text import clean
from assistant.listings import Listing, Value, cell_text
from assistant.register.attendance import MeetingAttendance, stands_in
from assistant.register.entries import Entry
from assistant.register.linking import Evidence
from assistant.register.tracking import Outstanding, Tracked
from assistant.register.views import EntryView

_WIDTHS = {"text": 70, "title": 40, "evidence": 60, "decided": 60, "status": 40, "begun_by": 50}
_WIDTH = 18
_JOIN = " | "


def register_listing(views: Iterable[EntryView]) -> Listing:
    """Entries with all that hangs on them, one a row."""
    columns = (
        "kind", "council", "committee", "meeting_date", "number", "title", "text", "owner", "due",
        "status", "paper", "page", "id", "minute", "outcome", "asks_for", "due_date", "progress",
        "overdue", "evidence", "answer", "decided", "minutes", "changed_by", "changes",
    )  # fmt: skip
    return Listing(columns, tuple(map(_row, views)))


def _row(view: EntryView) -> tuple[Value, ...]:
    entry = view.entry
    decision = entry.decision
    tracked, decided = view.tracked, view.decided
    asked = entry.asks_for is not None
    named = _JOIN.join(outcome.value for outcome in entry.outcomes) or None
    return (
        decision.kind.value,
        decision.meeting.council,
        decision.meeting.committee,
        _iso(decision.meeting.held),
        decision.number,
        decision.title,
        decision.text,
        entry.owner,
        decision.due,
        decision.status,
        decision.locator.paper,
        decision.locator.page,
        entry.id,
        entry.minute,
        None if asked else named,
        named if asked else None,
        _iso(entry.due),
        tracked.progress.value if tracked else None,
        _yes(tracked.overdue) if tracked else None,
        _quotes(tracked.evidence) if tracked else None,
        decided.answer.value if decided else None,
        _texts(decided.decisions) if decided else None,
        view.minutes.standing.value if view.minutes else None,
        _texts(change.later for change in view.changed_by),
        _texts(change.earlier for change in view.changes),
    )


def actions_listing(tracked: Iterable[Tracked]) -> Listing:
    """Actions and requested reports, with what later papers say of each."""
    columns = (
        "council", "committee", "meeting_date", "minute", "title", "text", "owner", "due",
        "progress", "overdue", "found", "evidence", "evidence_paper", "evidence_page", "how",
        "later_papers", "paper", "page", "id",
    )  # fmt: skip
    rows = []
    for one in tracked:
        decision, entry = one.entry.decision, one.entry
        rows.append(
            (
                decision.meeting.council,
                decision.meeting.committee,
                _iso(decision.meeting.held),
                entry.minute,
                entry.title,
                decision.text,
                entry.owner,
                _iso(one.due) or decision.due,
                one.progress.value,
                _yes(one.overdue),
                _yes(bool(one.evidence)),
                _quotes(one.evidence),
                _JOIN.join(e.locator.paper for e in one.evidence) or None,
                _JOIN.join(str(e.locator.page or "") for e in one.evidence) or None,
                _JOIN.join(e.how for e in one.evidence) or None,
                one.later_papers,
                decision.locator.paper,
                decision.locator.page,
                entry.id,
            )
        )
    return Listing(columns, tuple(rows))


def outstanding_listing(rows: Iterable[Outstanding]) -> Listing:
    """Rows of schedules of outstanding matters, each with what began it."""
    columns = (
        "council", "committee", "meeting_date", "raised", "text", "owner", "status", "progress",
        "begun_by", "minute", "untied", "paper", "page", "id",
    )  # fmt: skip
    listed = []
    for one in rows:
        decision = one.row.decision
        told = _quotes(one.told)
        listed.append(
            (
                decision.meeting.council,
                decision.meeting.committee,
                _iso(decision.meeting.held),
                _iso(one.raised),
                decision.text,
                decision.owner,
                decision.status,
                one.progress.value,
                _texts(one.begun_by) or told,
                _JOIN.join(dict.fromkeys(e.minute for e in one.begun_by if e.minute)) or None,
                one.untied,
                decision.locator.paper,
                decision.locator.page,
                one.row.id,
            )
        )
    return Listing(columns, tuple(listed))


def attendance_listing(meetings: Iterable[MeetingAttendance]) -> Listing:
    """People of meetings and their declarations, one a row."""
    columns = (
        "council", "committee", "meeting_date", "name", "presence", "capacity", "substitute",
        "declaration", "paper", "page",
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    for meeting in meetings:
        of = meeting.meeting
        where = (of.council, of.committee, _iso(of.held))
        for person in meeting.attendees:
            said = (d.text for d in meeting.declarations if d.member == person.name)
            rows.append(
                (
                    *where,
                    person.name,
                    person.presence.value,
                    person.capacity,
                    _yes(stands_in(person)),
                    _JOIN.join(said) or None,
                    person.locator.paper,
                    person.locator.page,
                )
            )
        known = {person.name for person in meeting.attendees}
        rows += [
            (*where, d.member, None, None, None, d.text, d.locator.paper, d.locator.page)
            for d in meeting.declarations
            if d.member not in known
        ]
    return Listing(columns, tuple(rows))


def workbook(listing: Listing, title: str = "Register") -> bytes:
    """A listing as an XLSX workbook: texts stay texts, whatever they begin with."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append([name.replace("_", " ").capitalize() for name in listing.columns])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, row in enumerate(listing.rows, 2):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = clean(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
                cell.quotePrefix = cell_text(value) != value
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, name in enumerate(listing.columns, 1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, _WIDTH)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def exported(listing: Listing, path: Path) -> bytes | None:
    """A listing in the format of a file's name; None where it is none of the three."""
    match path.suffix.lower():
        case ".csv":
            return listing.to_csv().encode("utf-8-sig")
        case ".xlsx":
            return workbook(listing)
        case ".json":
            return listing.to_json().encode()
        case _:
            return None


def _texts(entries: Iterable[Entry]) -> str | None:
    return _JOIN.join(entry.decision.text for entry in entries) or None


def _quotes(evidence: Iterable[Evidence]) -> str | None:
    return _JOIN.join(one.quote for one in evidence) or None


def _yes(whether: bool) -> str:
    return "yes" if whether else "no"


def _iso(when: object) -> str | None:
    return str(when) if when else None
