"""Schedules of outstanding matters whose columns an extraction printed one after another.

Below "DATE OF MEETING / SUBJECT / LEAD / POSITION" stand all dates, then all subjects, then all
leads, then all positions. The number of dates says how many rows there are; where the rest doesn't
come to as many subjects and leads, nothing is read, and where the positions can't be told apart,
the rows have none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import Block, BlockKind
from ingest.model import Cell
from ingest.periods import find_days

_HEADER = re.compile(
    r"^\W*(?:date\b[\w\s]{0,20}?|meeting\s+date\s+|raised\s+(?:on\s+)?)\s*"
    r"(?:subject|matter|issue|item|action|request)s?\s+"
    r"(?:lead|officer|owner|who|responsible)[\w\s/&]{0,25}?\s*"
    r"(?:current\s+)?(?:position|status|update|progress)\W*$",
    re.IGNORECASE,
)
_HEADER_BLOCKS = 8
_BULLET = re.compile(r"^\s*[•●▪■◦‣·\uf0b7\uf0a7*–-]\s")
_ANNOUNCES = re.compile(r":[ \t]*(?:\n|$)")
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]*\S[^\n]*)*")
_NEXT_SECTION = re.compile(r"^\d+\.\d")


@dataclass(frozen=True, slots=True)
class Matter:
    """A row put together again; `position` is None where the positions can't be told apart."""

    raised: Cell
    subject: Cell
    lead: Cell
    position: Cell | None


@dataclass(frozen=True, slots=True)
class Scrambled:
    """The rows, and the index of the block after them."""

    rows: tuple[Matter, ...]
    stop: int


def read_scrambled(blocks: Sequence[Block], i: int, text: str) -> Scrambled | None:
    """The schedule whose column heads begin at block `i`; None where none does."""
    below = _below_header(blocks, i)
    if below is None:
        return None
    stop = below
    while stop < len(blocks) and not _ends(blocks[stop]):
        stop += 1
    if stop == below:
        return None
    cells = _paragraphs(text, blocks[below].start, blocks[stop - 1].end)
    rows = _rows(cells, text)
    return Scrambled(rows, stop) if rows else None


def _below_header(blocks: Sequence[Block], i: int) -> int | None:
    """The index after the column heads, which an extraction may print over several lines."""
    said = ""
    for at in range(i, min(i + _HEADER_BLOCKS, len(blocks))):
        if blocks[at].kind is BlockKind.TABLE:
            return None
        said = f"{said} {blocks[at].text}".strip()
        if _HEADER.match(said):
            return at + 1
    return None


def _ends(block: Block) -> bool:
    return block.kind is BlockKind.TABLE or bool(_NEXT_SECTION.match(block.marker or ""))


def _paragraphs(text: str, start: int, end: int) -> list[Cell]:
    """What blank lines set apart, each with its place."""
    return [
        Cell(re.sub(r"\s+", " ", match.group()).strip(), match.start(), match.end())
        for match in _PARAGRAPH.finditer(text, start, end)
    ]


def _rows(cells: Sequence[Cell], text: str) -> tuple[Matter, ...]:
    count = 0
    while count < len(cells) and _is_date(cells[count]):
        count += 1
    columns = [cells[at : at + count] for at in range(0, 3 * count, count)] if count else []
    if not count or len(cells) <= 3 * count or any(len(c) < count for c in columns):
        return ()
    positions = _joined(cells[3 * count :], text)
    known = positions if len(positions) == count else [None] * count
    return tuple(
        Matter(raised, subject, lead, position)
        for raised, subject, lead, position in zip(*columns, known, strict=True)
    )


def _is_date(cell: Cell) -> bool:
    return len(find_days(cell.text)) == 1 and len(cell.text) < 30


def _joined(cells: Sequence[Cell], text: str) -> list[Cell | None]:
    """Positions, with the list that one announces, and what a line of it goes on with.

    Where an extraction has lost the bullets, the lines of a list are still indented.
    """
    joined: list[Cell] = []
    listing = False
    for cell in cells:
        indented = text[max(0, cell.start - 1) : cell.start] in (" ", "\t")
        opened = bool(joined) and joined[-1].text[-1:] not in ".!?"
        if joined and listing and (indented or opened or _BULLET.match(cell.text)):
            last = joined[-1]
            joined[-1] = Cell(f"{last.text} {cell.text}", last.start, cell.end)
        else:
            joined.append(cell)
            listing = False
        listing = listing or bool(_ANNOUNCES.search(text[cell.start : cell.end]))
    return list(joined)
