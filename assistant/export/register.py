"""Entries of the register as a table, and a table as a workbook."""

import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from assistant.documents.text import clean
from assistant.listings import Listing
from assistant.register.entries import Entry

_WIDEST, _NARROWEST = 80, 10


def entries_listing(entries: Iterable[Entry]) -> Listing:
    """Entries, each with whose it is, by when, and where it stands."""
    columns = (
        "kind", "outcome", "council", "committee", "meeting_date", "minute", "title", "text",
        "owner", "due", "position", "paper", "page",
    )  # fmt: skip
    return Listing(columns, tuple(_row(entry) for entry in entries))


def _row(entry: Entry) -> tuple[str | int | None, ...]:
    decided, meeting = entry.decision, entry.decision.meeting
    return (
        decided.kind.value,
        entry.outcome.value if entry.outcome else None,
        meeting.council,
        meeting.committee,
        meeting.held.isoformat() if meeting.held else None,
        entry.minute,
        entry.title,
        decided.text,
        entry.owner or decided.owner,
        entry.due.isoformat() if entry.due else decided.due,
        decided.status,
        decided.locator.paper,
        decided.locator.page,
    )


def workbook(listing: Listing) -> bytes:
    """A listing as the bytes of an .xlsx file; text is text, whatever it begins with."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.freeze_panes = "A2"
    for number, row in enumerate((listing.columns, *listing.rows), start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                cell.value, cell.data_type = clean(value), "s"
            else:
                cell.value = value
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    for column, name in enumerate(listing.columns, start=1):
        longest = max((len(str(row[column - 1] or "")) for row in listing.rows), default=0)
        width = min(max(longest, len(name), _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(column)].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
