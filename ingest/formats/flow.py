"""What Word files and web pages hold alike, paragraphs and tables, and how it is written down.

Tables that only arrange a page (a number beside a minute, a box around a paragraph) are written
as the paragraphs that they hold.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from ingest.formats import render
from ingest.formats.grid import Piece, lay_out

_NUMBER = re.compile(r"\(?(?:[A-Z]{1,6}[/.-]?)?\d{1,3}(?:[./]\d{1,3})*[A-Za-z]?[.):]?")
_TITLE = 200
_NARROW = 3
_ITEM_LEVEL = 4
_LONG_NOTE = 400
_LABEL = 30
_SAID = re.compile(
    r"\W*(?:minutes?|decisions?|resolved|resolutions?|actions?|agreed)\b\W*(?:$|[:–-])",
    re.IGNORECASE,
)
_PUNCTUATION = re.compile(r"[\W_]*")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in one look; `strong` is bold or underlined."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph by its printed lines; `level` 1 to 6 for a heading, `label` its own number."""

    lines: tuple[tuple[Run, ...], ...]
    level: int = 0
    label: str = ""

    @property
    def text(self) -> str:
        """The characters without their look, on one line."""
        return render.one_line(" ".join("".join(run.text for run in line) for line in self.lines))


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell and how many columns and rows it covers."""

    blocks: tuple["Block", ...]
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table by its rows; the first `header_rows` are known to head it.

    `arranges` is whether the file itself says that the table only arranges the page.
    """

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0
    arranges: bool = False


Block: TypeAlias = Para | Table


def written(blocks: Iterable[Block], most_cells: int) -> list[str]:
    """The blocks' markup, one string for each block of the page; raises UnreadableFile."""
    return [line for block in blocks for line in _written(block, most_cells)]


def written_in_parts(table: Table, cuts: Sequence[int], most_cells: int) -> list[list[str]]:
    """A table's markup cut before the rows in `cuts`: always one part more than there are cuts.

    Header rows that are known are said in each part; without them the table stays whole, in the
    first part.
    """
    ends = [*cuts, len(table.rows)]
    if _arranges(table):
        begins = [0, *cuts]
        return [
            _written(Table(table.rows[begin:end], arranges=True), most_cells)
            for begin, end in zip(begins, ends, strict=True)
        ]
    if not table.header_rows:
        return [_written(table, most_cells), *[[] for _ in cuts]]
    pieces = [[_piece(cell) for cell in row] for row in table.rows]
    return [part.blocks() for part in lay_out(pieces, table.header_rows, most_cells).parts(ends)]


def _written(block: Block, most_cells: int) -> list[str]:
    if isinstance(block, Para):
        return _paragraphs(block)
    if not _arranges(block):
        pieces = [[_piece(cell) for cell in row] for row in block.rows]
        return lay_out(pieces, block.header_rows or _bold_header(block), most_cells).blocks()
    rows = block.rows[_heads(block) :] if _numbered(block) else block.rows
    return [line for row in rows for line in written(_beside(row), most_cells)]


def _paragraphs(para: Para) -> list[str]:
    """A paragraph as one block for each of its lines; a sentence that runs over lines as one."""
    if para.level:
        text = render.escaped(para.text)
        return [render.heading(para.level, f"{para.label} {text}")] if text else []
    blocks: list[str] = []
    for line in _broken(para.lines):
        markup = _look(line, "" if blocks else para.label)
        if markup:
            blocks.append(render.paragraph(markup))
    return blocks


def _broken(lines: Sequence[tuple[Run, ...]]) -> list[tuple[Run, ...]]:
    """Lines where the sentence goes on over the break joined."""
    joined: list[tuple[Run, ...]] = []
    for line in lines:
        opening = "".join(run.text for run in line).lstrip()[:1]
        if joined and opening.islower():
            joined[-1] = (*joined[-1], Run(" "), *line)
        else:
            joined.append(line)
    return joined


def _look(line: Sequence[Run], label: str) -> str:
    """A line's markup, with its number inside the bold where all of it is bold."""
    text = "".join(run.text for run in line)
    if not text.strip():
        return ""
    lead = f"{label} " if label else ""
    if all(run.strong for run in line if not _PUNCTUATION.fullmatch(run.text)):
        strong = any(run.strong for run in line)
        plain = render.escaped(lead + text.strip())
        if not strong:
            return plain
        return plain if label == "-" else render.bold(plain)
    return lead + "".join(
        render.bold(render.escaped(words)) if strong else render.escaped(words)
        for strong, words in _grouped(line)
    )


def _grouped(line: Sequence[Run]) -> Iterator[tuple[bool, str]]:
    """Stretches of one look; punctuation and blanks go with what stands before them."""
    strong = False
    looks = []
    for run in line:
        strong = strong if _PUNCTUATION.fullmatch(run.text) else run.strong
        looks.append((strong, run.text))
    for look, runs in groupby(looks, key=lambda pair: pair[0]):
        yield look, "".join(text for _, text in runs)


def _piece(cell: Cell) -> Piece:
    return Piece(render.cell(_cell_lines(cell.blocks)), cell.across, cell.down)


def _cell_lines(blocks: Iterable[Block]) -> Iterator[str]:
    """A cell's lines, a blank one between paragraphs; a table within it is a line for each row."""
    for i, block in enumerate(blocks):
        if i:
            yield ""
        if isinstance(block, Para):
            for k, line in enumerate(block.lines or ((),)):
                text = render.escaped("".join(run.text for run in line)).strip()
                yield f"{'' if k else block.label} {text}".strip()
        else:
            for row in block.rows:
                cells = (" ".join(filter(None, _cell_lines(cell.blocks))) for cell in row)
                yield "; ".join(filter(None, cells))


def _texts(cell: Cell) -> list[str]:
    """The cell's paragraphs that say something."""
    return [text for b in cell.blocks if isinstance(b, Para) and (text := b.text or b.label)]


def _filled(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if _texts(cell) or any(isinstance(b, Table) for b in cell.blocks)]


def _arranges(table: Table) -> bool:
    """Whether a table arranges the page rather than setting out cells to compare."""
    widest = max(map(len, table.rows), default=0)
    if table.arranges or widest <= 1 or all(len(_filled(row)) <= 1 for row in table.rows):
        return True
    cells = [cell for row in table.rows for cell in row]
    if any(isinstance(block, Para) and block.level for cell in cells for block in cell.blocks):
        return widest <= _NARROW
    if any(isinstance(block, Table) for cell in cells for block in cell.blocks):
        return widest <= _NARROW
    return _numbered(table)


def _numbered(table: Table) -> bool:
    """Whether the rows are minutes: a number, what was said in several paragraphs, initials."""
    widest = max(map(len, table.rows), default=0)
    body = table.rows[_heads(table) :]
    if not 2 <= widest <= (2 if len(body) < len(table.rows) else _NARROW):
        return False
    rows = [(_texts(row[0]), _texts(row[1])) for row in body if len(row) > 1]
    numbers = [number[0] for number, _ in rows if number]
    if not numbers or any(len(number) > 1 for number, _ in rows):
        return False
    if not all(map(_NUMBER.fullmatch, numbers)):
        return False
    return any(number and _reports(words) for number, words in rows)


def _heads(table: Table) -> int:
    """The rows that head a table, as it says itself or as its first row shows."""
    if table.header_rows or len(table.rows) < 2:
        return table.header_rows
    labels = [words for cell in table.rows[0] for words in _texts(cell)]
    numbered = not labels or _NUMBER.fullmatch(labels[0])
    return int(not numbered and len(labels) > 1 and all(len(words) <= _LABEL for words in labels))


def _reports(texts: Sequence[str]) -> bool:
    """Whether a title is followed by what was said or decided, rather than by a note on it."""
    below = texts[1:]
    return sum(map(len, below)) > _LONG_NOTE or any(map(_SAID.match, below))


def _beside(row: Sequence[Cell]) -> list[Block]:
    """The blocks of a row one after another; a number on its own goes to the title beside it."""
    cells = _filled(row)
    words = _texts(cells[0]) if cells else []
    if len(cells) > 1 and len(words) == 1 and _NUMBER.fullmatch(words[0]):
        first, *rest = cells[1].blocks
        if isinstance(first, Para) and not first.label:
            titled = _titled(first, words[0], alone=len(cells[1].blocks) == 1)
            below = [_lowered(block, titled.level) for block in rest]
            return [titled, *below, *(block for cell in cells[2:] for block in cell.blocks)]
    return [block for cell in cells for block in cell.blocks]


def _titled(para: Para, number: str, *, alone: bool) -> Para:
    """A minute's first paragraph with its number; a short one heads what follows."""
    title = not alone and len(para.text) <= _TITLE and not para.text.endswith((".", ";", ","))
    level = para.level or (_ITEM_LEVEL if title else 0)
    return Para(para.lines, level, number)


def _lowered(block: Block, level: int) -> Block:
    """A heading below a minute's title as one of a lower level than it."""
    if isinstance(block, Para) and 0 < block.level <= level:
        return Para(block.lines, level + 1, block.label)
    return block


def _bold_header(table: Table) -> int:
    """1 where the first row is bold in every cell and the second isn't, else 0."""
    if len(table.rows) < 2:
        return 0
    first, second = (_all_strong(row) for row in table.rows[:2])
    return int(first and not second)


def _all_strong(row: Sequence[Cell]) -> bool:
    runs = [
        run
        for cell in row
        for block in cell.blocks
        if isinstance(block, Para)
        for line in block.lines
        for run in line
        if not _PUNCTUATION.fullmatch(run.text)
    ]
    return bool(runs) and all(run.strong for run in runs)
