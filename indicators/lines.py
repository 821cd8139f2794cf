"""The lines of a paper, and what stands where: for tables that have neither bars nor tabs."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.markup import FURNITURE, PAGE_MARK
from ingest.model import Paper, PartKind, Passage, Table, Unit, UnitKind

_FURNISHED = re.compile(rf"\W*(?:{FURNITURE})\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the paper without the blanks at its ends.

    `apart` where a blank line or a page mark precedes; `mark` where it is a page mark itself;
    `indent` is how many characters stood before it.
    """

    start: int
    text: str
    apart: bool
    mark: bool = False
    indent: int = 0

    @property
    def end(self) -> int:
        """The character behind the last."""
        return self.start + len(self.text)


def lines_of(paper: Paper) -> Iterator[Line]:
    """The lines that hold anything, in their order."""
    apart = True
    for match in re.finditer(r"[^\n]*\n?", paper.text):
        shown = match.group().strip("\f \t\r\n\u00a0")
        if not shown:
            apart = True
            continue
        start = match.start() + match.group().index(shown[0])
        mark = bool(PAGE_MARK.match(shown) or _FURNISHED.fullmatch(shown))
        yield Line(start, shown, apart, mark, start - match.start())
        apart = mark


class Places:
    """Which passage of a report or of minutes a place belongs to, and where tables stand."""

    def __init__(self, paper: Paper, tables: Sequence[Table] = ()) -> None:
        """The places of a paper; `tables` are some besides those of bars and tabs."""
        self._passages = sorted(paper.passages, key=lambda p: p.locator.start)
        self._starts = [p.locator.start for p in self._passages]
        self._tables = sorted((t.locator.start, t.locator.end) for t in (*paper.tables, *tables))
        self._opens = [start for start, _ in self._tables]

    def of(self, at: int) -> Passage | None:
        """The passage that a place stands in or behind; None on a front sheet."""
        i = bisect_right(self._starts, at) - 1
        passage = self._passages[i] if i >= 0 else None
        return passage if passage and passage.part is not PartKind.FRONT else None

    def is_table(self, at: int) -> bool:
        """Whether a table of bars or tabs stands there."""
        i = bisect_right(self._opens, at) - 1
        return i >= 0 and at < self._tables[i][1]


def without_tables(paper: Paper, tables: Sequence[Table]) -> Paper:
    """A paper whose lines that are heads or rows of those tables are read as nothing else."""
    if not tables:
        return paper
    rows = [(row[0].start, max(c.end for c in row)) for t in tables for row in t.rows]
    heads = {(c.start, c.end) for t in tables for row in t.header for c in row if c.start < c.end}
    spans = sorted({*rows, *heads})
    starts = [start for start, _ in spans]

    def kept(unit: Unit) -> Unit:
        at = bisect_right(starts, unit.end - 1) - 1
        inside = at >= 0 and spans[at][1] > unit.start
        return replace(unit, kind=UnitKind.TABLE_ROW) if inside else unit

    passages = tuple(replace(p, units=tuple(map(kept, p.units))) for p in paper.passages)
    return replace(paper, passages=passages)
