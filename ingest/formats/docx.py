"""Word files (.docx): paragraphs with their printed numbers, tables, notes and text boxes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.errors import UnreadableFile
from ingest.formats import tabbed
from ingest.formats.containers import Container, Element
from ingest.formats.docx_numbering import Numbering
from ingest.formats.docx_pages import Pages, Turn, read_sections
from ingest.formats.docx_styles import Style, Styles, child, outline_level, switched, value, whole
from ingest.formats.docx_text import Break, Drawn, Fields, NoteMark, Token, local, tokens
from ingest.formats.flow import Block, Cell, Para, Run, Table, written, written_in_parts
from ingest.formats.limits import Limits
from ingest.formats.page import Reading

_ENTERED = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo"})
_DELETED = ("del", "moveFrom")
_CONTENTS = "toc "
_NO_LIST = "0"
_WIDEST_SPAN = 63  # columns that Word allows
_PAGE_LINE = re.compile(r"\W*(?:page\s*)?\d*(?:\s*(?:of|/)\s*\d+)?\W*", re.IGNORECASE)


def read_docx(raw: bytes, limits: Limits) -> Reading:
    """The pages of a Word file; raises UnreadableFile."""
    container = Container(raw, limits)
    part = container.main_part() or "word/document.xml"
    root = container.root(part)
    body = child(root, "body")
    if body is None:
        raise UnreadableFile(
            "the file holds no Word document; open it in Word and save it as .docx."
        )
    return _Document(container, part, body, limits).read()


@dataclass(slots=True)
class _Read:
    """A paragraph as read: its style and number, and its words with what hangs on them."""

    style: Style
    level: int
    label: str
    tokens: list[Token]


@dataclass(frozen=True, slots=True)
class _TableCell:
    """A cell in its column of the grid; one that `goes_on` belongs to the cell above it."""

    column: int
    across: int
    goes_on: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A table row; `turns_before` pages begin with it, `turns_within` within it."""

    cells: tuple[_TableCell, ...]
    header: bool
    turns_before: int
    turns_within: int

    @property
    def turns(self) -> int:
        """The pages that end before or within the row."""
        return self.turns_before + self.turns_within

    def at(self, column: int) -> _TableCell | None:
        """The cell that begins in a column."""
        return next((cell for cell in self.cells if cell.column == column), None)


class _Document:
    """One document as it is read: its styles, and the counts of its lists."""

    def __init__(self, container: Container, part: str, body: Element, limits: Limits) -> None:
        folder = part.rpartition("/")[0]
        self._body = body
        self._limits = limits
        self._styles = Styles(container.root(f"{folder}/styles.xml"))
        self._numbering = Numbering(container.root(f"{folder}/numbering.xml"), self._styles)
        self._notes = {
            kind: _notes(container.root(f"{folder}/{kind}s.xml"))
            for kind in ("footnote", "endnote")
        }
        self._header = _first_header(container, part, body)
        settings = container.root(f"{folder}/settings.xml")
        self._pages = Pages(
            read_sections(body, container, part),
            even_feet=bool(switched(settings, "evenAndOddHeaders")),
        )
        self._fields = Fields()
        self._noted = 0
        self._drawn: Counter[str] = Counter()
        self._contents = False
        self._torn: list[Token] = []
        self._tabbed: list[Para] = []

    def read(self) -> Reading:
        """The whole document."""
        self._letterhead()
        self._walk(self._body)
        self._settle()
        pages = self._pages.finished()
        if not any(page.text for page in pages):
            raise UnreadableFile(
                "the file holds no words, only pictures; save it as PDF and try again."
                if self._drawn
                else "the file holds no text; check that the right file was saved."
            )
        return Reading(pages, tuple(self._remarks()))

    def _remarks(self) -> Iterator[str]:
        for kind, count in self._drawn.items():
            things = f"{count} {kind}s" if count > 1 else f"a {kind}"
            holds = "their values and words aren't" if count > 1 else "its values and words aren't"
            yield f"The file holds {things}: {holds} in the text."
        if self._contents:
            yield "The table of contents was left out."
        if self._pages.overflowing:
            yield "Some page breaks aren't saved in the file: the page numbers beyond aren't known."

    def _letterhead(self) -> None:
        """What only the head of the first page says: often whose paper it is."""
        if self._header is None:
            return
        said = _words(self._body)
        lines = [para for para in self._paras(self._header) if not _PAGE_LINE.fullmatch(para.text)]
        self._pages.head(written((p for p in lines if p.text not in said), self._limits.cells))

    def _walk(self, parent: Element) -> None:
        for element in parent:
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name == "altChunk":
                self._drawn["document embedded in it"] += 1
            elif name in _ENTERED:
                self._walk(element)

    def _paragraph(self, element: Element) -> None:
        """A paragraph of the body, with the page breaks before, in and after it."""
        properties = child(element, "pPr")
        read = self._read(element)
        own_break = switched(properties, "pageBreakBefore")
        if read.style.new_page if own_break is None else own_break:
            self._turn(Turn.STYLE)
        late = 0
        piece: list[Token] = []
        for token in read.tokens:
            if token is Break.RENDERED:
                if _says(piece):
                    late += 1
                else:
                    self._turn(Turn.RENDERED)
            elif token is Break.PAGE:
                self._write(read, piece)
                read.label, piece = "", []
                self._turn(Turn.BREAK)
            else:
                piece.append(token)
        self._write(read, piece)
        for _ in range(late):
            self._turn(Turn.RENDERED)
        if child(properties, "sectPr") is not None:
            self._settle()
            self._pages.end_section()

    def _write(self, read: _Read, piece: Sequence[Token]) -> None:
        para = _para(read, piece)
        blocks = [para, *self._hanging(piece)]
        if len(blocks) == 1 and tabbed.cells(para):
            self._tabbed.append(para)
            return
        if para.text or len(blocks) > 1:
            self._settle()
        if any(isinstance(token, Drawn) for token in piece):
            self._pages.touch()
        self._pages.add(written(blocks, self._limits.cells))

    def _settle(self) -> None:
        """The lines with tabs so far stand on the present page."""
        if self._tabbed:
            blocks = tabbed.in_columns(self._tabbed)
            self._pages.add(written(blocks, self._limits.cells))
            self._tabbed = []

    def _turn(self, why: Turn) -> None:
        self._settle()
        self._pages.turn(why)

    def _read(self, element: Element) -> _Read:
        """A paragraph's style, number and tokens; those of one whose end was deleted go before."""
        properties = child(element, "pPr")
        style_id = value(child(properties, "pStyle"))
        style = self._styles.paragraph(style_id)
        found = [*self._torn, *tokens(element, style.look, self._styles, self._fields)]
        self._torn = []
        marks = child(properties, "rPr")
        if any(child(marks, name) is not None for name in _DELETED):
            self._torn = found
            return _Read(style, 0, "", [])
        if style.name.startswith(_CONTENTS):
            self._contents = True
            return _Read(style, 0, "", [token for token in found if isinstance(token, Break)])
        own_level = outline_level(properties)
        level = style.level if own_level is None else own_level
        return _Read(style, level, self._label(properties, style_id, style), found)

    def _label(self, properties: Element | None, style_id: str | None, style: Style) -> str:
        own = child(properties, "numPr")
        list_id = value(child(own, "numId")) or style.list_id
        if list_id is None or list_id == _NO_LIST:
            return ""
        depth = whole(value(child(own, "ilvl")))
        if depth is None:
            depth = style.list_level
        if depth is None or (own is None and not depth):
            depth = self._numbering.level_of(list_id, style_id)
        return self._numbering.label(list_id, depth)

    def _hanging(self, piece: Iterable[Token]) -> list[Block]:
        """What hangs on a paragraph: its notes, and the words of its text boxes."""
        blocks: list[Block] = []
        for token in piece:
            if isinstance(token, NoteMark):
                note = self._notes[token.kind].get(token.note)
                words = "" if note is None else " ".join(p.text for p in self._paras(note))
                if words:
                    self._noted += 1
                    blocks.append(Para(((Run(f"[Note {self._noted}: {words}]"),),)))
            elif isinstance(token, Drawn) and token.box is not None:
                blocks.extend(self._blocks(token.box))
            elif isinstance(token, Drawn):
                self._drawn[token.kind] += 1
        return blocks

    def _paras(self, parent: Element) -> Iterator[Para]:
        return (block for block in self._blocks(parent) if isinstance(block, Para))

    def _blocks(self, parent: Element) -> Iterator[Block]:
        """The paragraphs and tables within a cell, note or text box."""
        for element in parent:
            name = local(element)
            if name == "p":
                read = self._read(element)
                yield _para(read, read.tokens)
                yield from self._hanging(read.tokens)
            elif name == "tbl":
                yield self._grid(tuple(self._rows(element)))
            elif name in _ENTERED:
                yield from self._blocks(element)

    def _table(self, element: Element) -> None:
        """A table of the body, cut where its pages end as far as that leaves rows readable."""
        self._settle()
        rows = tuple(self._rows(element))
        cuts: list[int] = []
        owed = 0  # pages that ended within the row before
        for i, row in enumerate(rows):
            if row.turns_before or owed:
                cuts.append(i)
            owed = row.turns_within
        table = self._grid(rows)
        parts = written_in_parts(table, [cut for cut in cuts if cut], self._limits.cells)
        if cuts[:1] == [0]:
            self._turn(Turn.RENDERED)
        self._pages.add(parts[0])
        for part in parts[1:]:
            self._turn(Turn.RENDERED)
            self._pages.add(part)
        for _ in range(sum(row.turns for row in rows) - len(cuts)):
            self._turn(Turn.RENDERED)
        self._pages.touch()

    def _rows(self, table: Element) -> Iterator[_Row]:
        for element in table:
            name = local(element)
            if name in _ENTERED:
                yield from self._rows(element)
            elif name == "tr":
                properties = child(element, "trPr")
                if any(child(properties, name) is not None for name in (*_DELETED, "hidden")):
                    continue
                yield _Row(
                    tuple(self._cells(element, whole(value(child(properties, "gridBefore"))) or 0)),
                    bool(switched(properties, "tblHeader")),
                    *_turns(element),
                )

    def _cells(self, row: Element, column: int = 0) -> Iterator[_TableCell]:
        for element in row:
            name = local(element)
            if name in _ENTERED:
                for cell in self._cells(element, column):
                    yield cell
                    column = cell.column + cell.across
            elif name == "tc":
                properties = child(element, "tcPr")
                span = whole(value(child(properties, "gridSpan"))) or 1
                across = min(max(span, 1), _WIDEST_SPAN)
                merged = child(properties, "vMerge")
                goes_on = merged is not None and value(merged) != "restart"
                yield _TableCell(column, across, goes_on, tuple(self._blocks(element)))
                column += across

    def _grid(self, rows: Sequence[_Row]) -> Table:
        """The table of rows as read; a merged cell covers those below that go on with it."""
        laid = []
        for depth, row in enumerate(rows):
            cells = [Cell(()) for _ in range(row.cells[0].column if row.cells else 0)]
            for cell in row.cells:
                above = rows[depth - 1] if depth else None
                if cell.goes_on and above is not None and above.at(cell.column) is not None:
                    continue
                cells.append(Cell(cell.blocks, cell.across, _reach(rows, depth, cell.column)))
            laid.append(tuple(cells))
        heads = 0
        while heads < len(rows) and rows[heads].header:
            heads += 1
        return Table(tuple(laid), heads if heads < len(rows) else 0)


def _reach(rows: Sequence[_Row], depth: int, column: int) -> int:
    """How many rows a cell covers: its own and those below that go on with it."""
    below = depth + 1
    while below < len(rows):
        cell = rows[below].at(column)
        if cell is None or not cell.goes_on:
            break
        below += 1
    return below - depth


def _turns(row: Element) -> tuple[int, int]:
    """Pages that begin with a row, and pages that begin within it; its cells stand side by side."""
    before = within = 0
    for cell in row.iter("{*}tc"):
        leading = later = 0
        said = False
        for mark in cell.iter("{*}t", "{*}lastRenderedPageBreak"):
            if local(mark) == "t":
                said = said or bool((mark.text or "").strip())
            elif said:
                later += 1
            else:
                leading += 1
        before, within = max(before, leading), max(within, later)
    return before, within


def _para(read: _Read, piece: Iterable[Token]) -> Para:
    lines: list[list[Run]] = [[]]
    for token in piece:
        if token is Break.LINE or token is Break.PAGE:
            lines.append([])
        elif isinstance(token, Run):
            lines[-1].append(token)
    return Para(tuple(map(tuple, lines)), read.level, read.label)


def _says(piece: Iterable[Token]) -> bool:
    return any(isinstance(token, Run) and token.text.strip() for token in piece)


def _words(body: Element) -> str:
    """All that paragraphs say, in one line."""
    paragraphs = (
        "".join(text.text or "" for text in paragraph.iter("{*}t"))
        for paragraph in body.iter("{*}p")
    )
    return " ".join(" ".join(paragraphs).split())


def _notes(root: Element | None) -> dict[str, Element]:
    """Footnotes or endnotes by id, without those that only draw the line above them."""
    return {
        value(note, "id") or "": note
        for note in (() if root is None else root)
        if value(note, "type") in (None, "normal")
    }


def _first_header(container: Container, part: str, body: Element) -> Element | None:
    """What stands at the head of the first page."""
    properties = next(body.iter("{*}sectPr"), None)
    wanted = "first" if switched(properties, "titlePg") else "default"
    related = container.relations(part)
    for reference in () if properties is None else properties.iterfind("{*}headerReference"):
        if (value(reference, "type") or "default") == wanted:
            _, target = related.get(value(reference, "id") or "", ("", ""))
            return container.root(target) if target else None
    return None
