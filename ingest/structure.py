"""From the text of a file to what it holds: meeting, agenda, passages, decisions, tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.attendance import read_attendance
from ingest.blocks import Block, BlockKind, read_blocks
from ingest.checking import checks
from ingest.decisions import Section, read_decisions
from ingest.exempt import restrictions_in
from ingest.heads import inner_heads, top_head
from ingest.identity import identify, minutes_date
from ingest.layout import LEAD_IN, Part, agenda_items, read_parts
from ingest.markup import plain
from ingest.meetings import Heads
from ingest.model import (
    Attendee,
    Decision,
    Item,
    Locator,
    Meeting,
    Paper,
    PartKind,
    Passage,
    ReportHeader,
    Table,
    Unit,
    UnitKind,
)
from ingest.pages import on_pages
from ingest.periods import day as whole_day
from ingest.periods import describe
from ingest.reading import Source
from ingest.report_headers import read_header
from ingest.sentences import sentences
from ingest.tables import read_grids, row_sentence

_PASSAGE = 900
_LONGEST_PASSAGE = 2 * _PASSAGE
_LABEL_LEVEL = 6
_FIRST_ITEM = 3
"""An agenda counts from 1; numbers that begin higher are those of minutes."""
_NUMBERED = re.compile(r"^(?:[A-Z]{1,6}[/.-])?\d")


def understand(source: Source) -> Paper:
    """Everything that the store keeps of one file; nothing is dropped, unclear parts are None."""
    text = source.text
    paper = Path(source.file_name).stem
    blocks = read_blocks(text)
    meeting = identify(blocks, text)
    items = agenda_items(blocks, text)
    parts = read_parts(blocks, items, text)
    further = inner_heads(blocks, text)
    bound = bool(items) and int(items[0].number) <= _FIRST_ITEM
    own = top_head(blocks, text).minuted or (further and not bound)
    minuted = meeting.held if own else minutes_date(parts, items, meeting.held)
    meeting = replace(meeting, held=meeting.held or minuted)  # minutes on their own
    passages: list[Passage] = []
    decisions: list[Decision] = []
    tables: list[Table] = []
    attendance: list[Attendee] = []
    headers: list[ReportHeader] = []
    heads = Heads(further, meeting, minuted, bound=bound)
    for part, of in heads.stretches(parts, text):
        if part.kind is PartKind.MINUTES:
            attendance.extend(read_attendance(part.blocks, of, paper, text))
        elif part.kind is PartKind.REPORT and (
            header := read_header(part.blocks, part.title, paper, text)
        ):
            headers.append(header)
        for path, run in _sections(part):
            headings = _minute_path(path) if part.kind is PartKind.MINUTES else path
            title = _section_title(part, headings)
            passages.extend(_passages(part, of, headings, run, paper, text))
            decisions.extend(read_decisions(Section(title, part.kind, of, run), paper, text))
            tables.extend(
                table
                for table in _tables(of, (part.title, *headings), run, paper, text)
                if part.kind is not PartKind.FRONT or not _lists(table, items)
            )
    return Paper(
        id=paper,
        file_name=source.file_name,
        sha256=source.sha256,
        title=_title(meeting, paper),
        meeting=meeting,
        text=text,
        items=items,
        passages=on_pages(passages, source.pages),
        decisions=on_pages(decisions, source.pages),
        tables=on_pages(tables, source.pages),
        minutes_of=minuted,
        attendance=on_pages(attendance, source.pages),
        reports=on_pages(headers, source.pages),
        pages=source.pages,
        notes=(*source.notes, *checks(meeting, minuted, items, parts, source.pages)),
        restrictions=restrictions_in(parts, items, len(text)),
    )


def _title(meeting: Meeting, paper: str) -> str:
    if meeting.committee and meeting.held:
        return f"{meeting.committee}, {describe(whole_day(meeting.held))}"
    return meeting.committee or paper


def _section_title(part: Part, headings: tuple[str, ...]) -> str:
    """What a decision is about: the minute's heading, or the report's title."""
    if part.kind is PartKind.MINUTES:
        numbered = [title for title in headings if _NUMBERED.match(title)]
        return (numbered or list(headings) or [part.title])[-1]
    return part.title or (headings[0] if headings else "")


def _minute_path(headings: tuple[str, ...]) -> tuple[str, ...]:
    """A minute's heading path without the headings of the minutes as a whole."""
    numbered = (i for i, title in enumerate(headings) if _NUMBERED.match(title))
    return headings[next(numbered, 0) :]


def _sections(part: Part) -> tuple[tuple[tuple[str, ...], tuple[Block, ...]], ...]:
    """(heading path, blocks) of each run under one heading; labels and lead-ins stay inside.

    A heading with nothing of its own below it goes with the heading that follows.
    """
    path: list[tuple[int, str]] = []
    runs: list[tuple[tuple[str, ...], tuple[Block, ...]]] = []
    run: list[Block] = []
    bare = True
    for block in part.blocks:
        if _opens_section(block):
            if not bare:
                runs.append((tuple(title for _, title in path), tuple(run)))
                run, bare = [], True
            while path and path[-1][0] >= block.level:
                path.pop()
            path.append((block.level, block.text))
        run.append(block)
        bare = bare and block.kind is BlockKind.HEADING
    if runs and bare and (part.kind is PartKind.FRONT or not any(held.marker for held in run)):
        headings, last = runs.pop()
        runs.append((headings, (*last, *run)))
    elif run:
        runs.append((tuple(title for _, title in path), tuple(run)))
    return tuple(runs)


def _opens_section(block: Block) -> bool:
    return (
        block.kind is BlockKind.HEADING
        and block.level < _LABEL_LEVEL
        and not LEAD_IN.match(block.text)
    )


def _passages(
    part: Part,
    meeting: Meeting,
    headings: tuple[str, ...],
    run: tuple[Block, ...],
    paper: str,
    text: str,
) -> Iterator[Passage]:
    """Stretches of at most about 900 characters, never cutting a sentence or a table row.

    Nor is a label cut off from what it announces: it goes on into the next passage.
    """
    context = _context(part, meeting, headings)
    held: list[tuple[Unit, Block]] = []
    label: tuple[Unit, Block] | None = None
    size = 0
    for pair in ((unit, block) for block in run for unit in _units(block, text)):
        size += len(pair[0].text)
        kept = _cut(held) if size > _PASSAGE else 0
        if kept or (held and size > _LONGEST_PASSAGE):
            kept = kept or len(held)
            yield _passage(part, meeting, headings, held[:kept], paper, context)
            held = held[kept:]
            headed = any(unit.kind is UnitKind.HEADING for unit, _ in (*held, pair))
            held = [label, *held] if label and not headed else held
            size = sum(len(unit.text) for unit, _ in (*held, pair))
        held.append(pair)
        label = pair if pair[0].kind is UnitKind.HEADING else label
    if held:
        yield _passage(part, meeting, headings, held, paper, context)


def _cut(held: Sequence[tuple[Unit, Block]]) -> int:
    """How many units make the passage: up to its last label in the further half, else all.

    What only announces what follows ("… as follows:") is left for the next passage.
    """
    kept = len(held)
    while kept and (held[kept - 1][0].kind is UnitKind.HEADING or _announces(held[kept - 1][0])):
        kept -= 1
    size = 0
    at = kept
    for i, (unit, _) in enumerate(held[:kept]):
        if unit.kind is UnitKind.HEADING and size > _PASSAGE / 2:
            at = i
        size += len(unit.text)
    return at


def _announces(unit: Unit) -> bool:
    return unit.text.endswith(":")


def _passage(
    part: Part,
    meeting: Meeting,
    headings: tuple[str, ...],
    held: Sequence[tuple[Unit, Block]],
    paper: str,
    context: str,
) -> Passage:
    units = tuple(unit for unit, _ in held)
    marker = next((b.marker for unit, b in held if unit.kind is not UnitKind.HEADING), None)
    marker = marker or held[0][1].marker or ""
    item = headings[0] if part.kind is PartKind.MINUTES and headings else part.title
    numbered = marker.rstrip(".") if re.match(r"^\d", marker) else None
    where = Locator(
        paper,
        min(unit.start for unit in units),
        max(unit.end for unit in units),
        item=item or None,
        paragraph=numbered,
    )
    return Passage(part.kind, part.title, headings, meeting, units, where, context)


def _context(part: Part, meeting: Meeting, headings: tuple[str, ...]) -> str:
    held = describe(whole_day(meeting.held)) if meeting.held else ""
    of = "Minutes of the meeting" if part.kind is PartKind.MINUTES else part.title
    names = [meeting.council, meeting.committee, held, of, *headings[-3:]]
    return " > ".join(name for name in names if name)


def _units(block: Block, text: str) -> Iterator[Unit]:
    if block.kind is BlockKind.TABLE:
        for grid in read_grids(block, text):
            for row in grid.rows or grid.header:
                words = row_sentence(grid.header, row)
                if words:
                    yield Unit(UnitKind.TABLE_ROW, words, row[0].start, row[-1].end)
    elif block.kind is BlockKind.HEADING:
        yield Unit(UnitKind.HEADING, block.text, block.start, block.end)
    else:
        kind = UnitKind.LIST_ITEM if block.kind is BlockKind.LIST_ITEM else UnitKind.SENTENCE
        for words, start, end in sentences(plain(text, block.start, block.end)):
            yield Unit(kind, words, start, end)


def _tables(
    meeting: Meeting, headings: tuple[str, ...], run: tuple[Block, ...], paper: str, text: str
) -> Iterator[Table]:
    before = ""
    for block in run:
        if block.kind is BlockKind.TABLE:
            for grid in read_grids(block, text):
                rows = [row for row in (*grid.header, *grid.rows) if row]
                start, end = rows[0][0].start, rows[-1][-1].end
                where = Locator(paper, start, end, item=headings[-1] if headings else None)
                yield Table(before, headings, grid.header, grid.rows, meeting, where)
            before = ""
        else:
            before = block.text


def _lists(table: Table, items: Sequence[Item]) -> bool:
    """Whether a table is the agenda: it holds page numbers, not figures."""
    listed = {(item.number, item.title[:12].lower()) for item in items}
    return any(
        (row[0].text.strip("."), row[1].text[:12].lower()) in listed
        for row in (*table.header, *table.rows)
        if len(row) > 1
    )
