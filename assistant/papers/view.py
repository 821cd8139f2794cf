"""What was understood of a paper, page by page, for an officer to check."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.model import Decision, Page, PartKind, Passage, Table, Unit, UnitKind
from ingest.pages import page_at
from ingest.store import PaperRecord


@dataclass(frozen=True, slots=True)
class Stretch:
    """A heading, sentence, list item or whole table as it was understood.

    `decisions` are what it is, or is a part of; for a table, those in its rows. `table` is set
    on the first row of each table, and `unit` is then that row. `opens` is false where a
    decision only goes on from the stretch before.
    """

    unit: Unit
    decisions: tuple[Decision, ...] = ()
    table: Table | None = None
    opens: bool = True

    def decided_in(self, start: int, end: int) -> Decision | None:
        """The decision that stands on these characters, as in one row of the table."""
        return next((d for d in self.decisions if _touches(d, start, end)), None)


@dataclass(frozen=True, slots=True)
class PartOpening:
    """Where a part of the pack begins: its kind, title, and the meeting it is of."""

    kind: PartKind
    title: str
    held: str


@dataclass(frozen=True, slots=True)
class PageView:
    """One page: what begins on it, in printed order."""

    page: Page
    parts: tuple[PartOpening, ...]
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper as it was understood."""

    record: PaperRecord
    pages: tuple[PageView, ...]
    decisions: tuple[Decision, ...]

    def only(self, number: int) -> "PaperView":
        """The pages that bear a number."""
        kept = tuple(view for view in self.pages if view.page.number == number)
        return PaperView(self.record, kept, self.decisions)


def view_of(
    record: PaperRecord,
    pages: Sequence[Page],
    passages: Sequence[Passage],
    decisions: Sequence[Decision],
    tables: Sequence[Table],
) -> PaperView:
    """The view of one paper; all values are of that paper."""
    stretches = tuple(_stretches(passages, decisions, tables))
    openings = tuple(_openings(passages))
    views = []
    for page in pages:
        here = tuple(s for s in stretches if page_at(pages, s.unit.start) is page)
        opened = tuple(o for start, o in openings if page_at(pages, start) is page)
        views.append(PageView(page, opened, here))
    return PaperView(record, tuple(views), tuple(decisions))


def _stretches(
    passages: Iterable[Passage], decisions: Sequence[Decision], tables: Sequence[Table]
) -> Iterator[Stretch]:
    units = {(u.start, u.end): u for passage in passages for u in passage.units}
    grids = sorted(tables, key=lambda table: table.locator.start)
    starts = [table.locator.start for table in grids]
    told: set[int] = set()
    last: tuple[Decision, ...] = ()
    for _, unit in sorted(units.items()):
        at = bisect_right(starts, unit.start) - 1
        table = grids[at] if at >= 0 and unit.end <= grids[at].locator.end else None
        if unit.kind is not UnitKind.TABLE_ROW or table is None:
            decided = _decided(decisions, unit.start, unit.end)
            yield Stretch(unit, decided, opens=decided[:1] != last)
            last = decided[:1]
        elif at not in told:
            told.add(at)
            yield Stretch(unit, _decided(decisions, table.locator.start, table.locator.end), table)


def _decided(decisions: Iterable[Decision], start: int, end: int) -> tuple[Decision, ...]:
    return tuple(d for d in decisions if _touches(d, start, end))


def _touches(decision: Decision, start: int, end: int) -> bool:
    places = (decision.locator, *decision.more)
    return any(where.start < end and start < where.end for where in places)


def _openings(passages: Iterable[Passage]) -> Iterator[tuple[int, PartOpening]]:
    last: PartOpening | None = None
    for passage in sorted(passages, key=lambda passage: passage.locator.start):
        held = passage.meeting.held
        opening = PartOpening(passage.part, passage.part_title, held.isoformat() if held else "")
        if opening != last:
            yield passage.locator.start, opening
            last = opening
