"""What is held, as tables to show or export: papers, decisions, figures."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass

from indicators.spreadsheets import safe_cell
from ingest.model import Decision, Observation, Restriction
from ingest.store import PaperRecord

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A table: names of columns, and rows of as many values."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def to_csv(self) -> str:
        """The table as CSV, safe to open in a spreadsheet."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([cell_text(value) for value in row] for row in self.rows)
        return out.getvalue()

    def to_json(self) -> str:
        """The rows as a JSON list of objects, readable by people too."""
        return json.dumps(self.objects(), ensure_ascii=False, indent=1) + "\n"

    def objects(self) -> list[dict[str, Value]]:
        """The rows as objects for JSON."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def papers_listing(records: Iterable[PaperRecord]) -> Listing:
    """The papers held."""
    columns = (
        "id", "title", "council", "committee", "meeting_date", "minutes_of", "meetings", "items",
        "passages", "decisions", "tables", "observations", "unreadable_pages", "sha256",
    )  # fmt: skip
    rows = tuple(
        (
            record.id,
            record.title,
            record.meeting.council,
            record.meeting.committee,
            _iso(record.meeting.held),
            _iso(record.minutes_of),
            record.counts.meetings,
            record.counts.items,
            record.counts.passages,
            record.counts.decisions,
            record.counts.tables,
            record.counts.observations,
            record.unreadable_pages,
            record.sha256,
        )
        for record in records
    )
    return Listing(columns, rows)


def decisions_listing(decisions: Iterable[Decision]) -> Listing:
    """Resolutions, recommendations and actions."""
    columns = (
        "kind", "council", "committee", "meeting_date", "number", "title", "text",
        "owner", "due", "status", "paper", "page",
    )  # fmt: skip
    rows = tuple(
        (
            decision.kind.value,
            decision.meeting.council,
            decision.meeting.committee,
            _iso(decision.meeting.held),
            decision.number,
            decision.title,
            decision.text,
            decision.owner,
            decision.due,
            decision.status,
            decision.locator.paper,
            decision.locator.page,
        )
        for decision in decisions
    )
    return Listing(columns, rows)


def observations_listing(observations: Iterable[Observation]) -> Listing:
    """Figures, each with the quote that it stands in."""
    columns = (
        "measure", "area", "basis", "period_start", "period_end", "value", "unit", "printed",
        "flags", "paper", "page", "quote",
    )  # fmt: skip
    rows = tuple(
        (
            seen.measure,
            seen.area,
            seen.basis.value,
            _iso(seen.period.start if seen.period else None),
            _iso(seen.period.end if seen.period else None),
            None if seen.value is None else format(seen.value, "f"),
            seen.unit,
            seen.printed,
            " ".join(seen.flags),
            seen.locator.paper,
            seen.locator.page,
            seen.quote,
        )
        for seen in observations
    )
    return Listing(columns, rows)


def restrictions_listing(held: Iterable[tuple[str, Restriction]]) -> Listing:
    """What is or was held back of papers."""
    columns = ("paper", "title", "privacy", "reason", "start", "end")
    rows = tuple(
        (
            paper,
            found.title,
            found.privacy.name.lower() if found.privacy else "released",
            found.reason,
            found.start,
            found.end,
        )
        for paper, found in held
    )
    return Listing(columns, rows)


def _iso(when: object) -> str | None:
    return str(when) if when else None


def cell_text(value: Value) -> Value:
    """A value as a spreadsheet may be given it: what it would take for a formula, as text."""
    return safe_cell(value) if isinstance(value, str) else value
