"""PDF: pages of text, tables and headings from what PDFium finds on them.

The file is read twice over: first every page is opened, taken down to lines and ruled tables, and
closed again, so that memory stays small; then the lines of all pages together tell what is
furniture, which number each page bears and how large running text is.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pypdfium2 as pdfium

from ingest.errors import UnreadableFile
from ingest.formats.limits import Limits
from ingest.formats.page import PageText, Reading
from ingest.formats.pdf_aligned import aligned_tables
from ingest.formats.pdf_columns import reading_runs
from ingest.formats.pdf_furniture import Trimmed, trim
from ingest.formats.pdf_grid import find_lattices
from ingest.formats.pdf_layout import Joiner, blocks
from ingest.formats.pdf_lines import Line, read_lines
from ingest.formats.pdf_marks import Box, Marks, Ruling, read_marks
from ingest.formats.pdf_tables import Table, ruled_tables, with_lines
from ingest.formats.pdf_text import Sheet, Word, read_sheet

_NEAR_PAGES = 3
_PICTURE = 0.06
_SCAN = 0.5
_FEW_LETTERS = 40
_MANY_CURVES = 12
_RULE = 0.2
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Taken:
    """What is kept of a page once it is closed."""

    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    width: float
    height: float
    numbers: Counter[str]
    rules: tuple[Ruling, ...] = ()
    picture: bool = False
    chart: bool = False
    cut: bool = False
    scan: bool = False
    unread: str | None = None


def read_pdf(raw: bytes, limits: Limits) -> Reading:
    """The pages of a PDF.

    Raises:
        UnreadableFile: it needs a password, is damaged beyond repair, or has too many pages.
    """
    document = _opened(raw)
    try:
        count = len(document)
        if count == 0:
            raise UnreadableFile("the PDF has no pages: check that it was saved whole.")
        if count > limits.pages:
            raise UnreadableFile(
                f"the PDF has {count} pages, more than the limit of {limits.pages}: split it."
            )
        taken = [_take(document, i, limits) for i in range(count)]
        return _Writer(taken).reading()
    finally:
        document.close()


def _opened(raw: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile(
                "the PDF needs a password: save a copy without one and try again."
            ) from error
        raise UnreadableFile(
            "the PDF is damaged and can't be opened: download or save it again."
        ) from error


def _take(document: pdfium.PdfDocument, index: int, limits: Limits) -> _Taken:
    """One page's lines and tables; a page that fails says so."""
    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        return _unread(f"the page can't be opened ({error})")
    try:
        return _taken(page, limits)
    except (pdfium.PdfiumError, ValueError, ZeroDivisionError, OverflowError) as error:
        return _unread(f"the page can't be read ({error})")
    finally:
        page.close()


def _unread(reason: str) -> _Taken:
    return _Taken((), (), 0.0, 0.0, Counter(), unread=reason)


def _taken(page: Any, limits: Limits) -> _Taken:
    began = time.monotonic()
    sheet = read_sheet(page)
    frame = sheet.frame
    marks = read_marks(page, frame, limits.page_seconds)
    words = _shown(sheet, marks)
    lattices = [] if marks.cut else find_lattices(marks, frame.width, frame.height)
    tables, rest = ruled_tables(lattices, words, marks.fills)
    lines = read_lines(word for word in rest if not word.turn)
    lines.extend(read_lines_turned(rest))
    area = frame.width * frame.height
    largest = max((box.area for box in marks.pictures), default=0.0)
    letters = sum(len(word.text) for word in words)
    late = time.monotonic() - began > limits.page_seconds
    return _Taken(
        tuple(lines),
        tuple(tables),
        frame.width,
        frame.height,
        _numbers(words),
        tuple(_free_rules(marks, tables, frame.width)),
        picture=largest > _PICTURE * area,
        chart=_has_chart(marks, tables),
        cut=marks.cut or late,
        scan=letters < _FEW_LETTERS and largest > _SCAN * area,
    )


def _shown(sheet: Sheet, marks: Marks) -> list[Word]:
    """The words that a reader sees: hidden text is left out.

    White words count on a dark ground or a picture, words without ink over a scanned page.
    """
    words = list(sheet.words)
    if sheet.pale:
        words += [word for word in sheet.pale if _on(word, marks.dark) or _on(word, marks.pictures)]
    if sheet.unseen:
        words += [word for word in sheet.unseen if _on(word, marks.pictures)]
    return words


def _on(word: Word, boxes: Sequence[Box]) -> bool:
    x, y = (word.x0 + word.x1) / 2, word.y - 0.3 * word.size
    return any(box.holds(x, y) for box in boxes)


def read_lines_turned(words: Sequence[Word]) -> list[Line]:
    """Words that run up or down the page: each run of them is a line at its place."""
    lines: list[Line] = []
    run: list[Word] = []
    for word in words:
        if run and (not word.turn or word.turn != run[-1].turn or abs(word.x0 - run[-1].x0) > 2):
            lines.append(_turned(run))
            run = []
        if word.turn:
            run.append(word)
    if run:
        lines.append(_turned(run))
    return lines


def _turned(run: list[Word]) -> Line:
    return Line(
        min(word.x0 for word in run),
        max(word.x1 for word in run),
        run[0].y,
        run[0].size,
        tuple(run),
    )


def _free_rules(marks: Marks, tables: Sequence[Table], width: float) -> Iterator[Ruling]:
    """Horizontal rulings outside the lattices, long enough to bound a table."""
    for rule in marks.across:
        middle = (rule.start + rule.end) / 2
        if rule.end - rule.start >= _RULE * width and not any(
            table.box.holds(middle, rule.at, 2.0) for table in tables
        ):
            yield rule


def _has_chart(marks: Marks, tables: Sequence[Table]) -> bool:
    """Whether curves and slanted lines outside tables make up a figure."""
    outside = sum(
        1
        for box in marks.curves
        if not any(
            table.box.holds((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2) for table in tables
        )
    )
    return outside >= _MANY_CURVES


def _numbers(words: Sequence[Word]) -> Counter[str]:
    return Counter(number for word in words for number in _DIGITS.findall(word.text))


class _Writer:
    """All pages together, turned to markup."""

    def __init__(self, pages: Sequence[_Taken]) -> None:
        self.pages = pages
        self.trimmed: list[Trimmed] = trim(
            [page.lines for page in pages], [page.height for page in pages]
        )
        self.notes: list[str] = []

    def reading(self) -> Reading:
        joiner = Joiner(self._vocabulary)
        before: Table | None = None
        texts: list[PageText] = []
        for i, page in enumerate(self.pages):
            pieces, before = self._pieces(i, joiner, before)
            text = "\n\n".join(pieces)
            self._check(i, text)
            unread = page.unread
            texts.append(PageText(text, i + 1, self.trimmed[i].printed, None, unread))
        return Reading(tuple(texts), tuple(self.notes))

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """The words of the file in lower case, compounds with their hyphens."""
        return frozenset(
            word.text.strip(".,;:()[]'\"“”‘’").lower()
            for page in self.pages
            for line in page.lines
            for word in line.words[:-1]
        )

    def _pieces(
        self, i: int, joiner: Joiner, before: Table | None
    ) -> tuple[list[str], Table | None]:
        """A page's blocks, and the table it ends with."""
        page = self.pages[i]
        aligned, lines = aligned_tables(self.trimmed[i].lines, page.rules)
        tables = sorted([*page.tables, *aligned], key=lambda table: table.box.y0)
        body, right = self._body(i), self._right(i)
        pieces: list[str] = []
        held: list[Line] = []
        last: Table | None = before if not page.lines and not tables else None

        def flush() -> None:
            for run in reading_runs(held, right):
                pieces.extend(blocks(run, body, joiner))
            held.clear()

        waiting = list(lines)
        for table in tables:
            above = [line for line in waiting if line.y <= table.box.y0 + 0.5 * line.size]
            waiting = [line for line in waiting if line.y > table.box.y0 + 0.5 * line.size]
            held.extend(above)
            flush()
            if not pieces and before is not None:
                table = _continued(before, table)
            if table.caption:
                pieces.append(f"**{table.caption}**")
            if table.rows:
                pieces.append(with_lines(table))
            last = table if not waiting else None
        held.extend(waiting)
        flush()
        return [piece for piece in pieces if piece.strip()], last

    def _near(self, i: int) -> Iterator[_Taken]:
        own = self.pages[i]
        for page in self.pages[max(0, i - _NEAR_PAGES) : i + _NEAR_PAGES + 1]:
            if abs(page.width - own.width) < 1:
                yield page

    def _body(self, i: int) -> float:
        """The size of most letters on this page and its neighbours."""
        sizes: Counter[float] = Counter()
        for page in self._near(i):
            for line in page.lines:
                sizes[round(line.size * 2) / 2] += sum(len(word.text) for word in line.words)
        return sizes.most_common(1)[0][0] if sizes else 0.0

    def _right(self, i: int) -> float:
        """How far right running text reaches on this page and its neighbours."""
        ends = sorted(line.x1 for page in self._near(i) for line in page.lines)
        return ends[int(0.97 * (len(ends) - 1))] if ends else 0.0

    def _check(self, i: int, text: str) -> None:
        """Every number of the page is in its markup, or a note says so."""
        page = self.pages[i]
        kept = Counter(_DIGITS.findall(text))
        kept += _numbers([word for line in self.trimmed[i].furniture for word in line.words])
        missing = page.numbers - kept
        if missing:
            some = ", ".join(list(missing)[:5])
            self.notes.append(
                f"Page {i + 1}: {missing.total()} numbers may be out of place or missing ({some})."
            )
        if page.picture or page.chart:
            what = "a chart" if page.chart else "a picture"
            self.notes.append(f"Page {i + 1} holds {what}: its values aren't in the text.")
        if page.cut:
            self.notes.append(
                f"Page {i + 1} holds too many lines to look for tables in: check its figures."
            )


def _continued(before: Table, table: Table) -> Table:
    """A table that goes on from the page before, without the headers repeated on this one."""
    heads = max(before.heads, table.heads, 1)
    if len(before.rows[0]) != len(table.rows[0]):
        return table
    if before.heads and table.rows[: before.heads] == before.rows[: before.heads]:
        return Table(table.box, table.rows[before.heads :], 0)
    if table.heads and before.rows[:heads] == table.rows[:heads]:
        return Table(table.box, table.rows[heads:], 0)
    return table
