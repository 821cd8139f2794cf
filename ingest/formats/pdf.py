"""PDF: pages of text, tables and headings from what PDFium finds on them.

The file is read twice over: first every page is opened, taken down to lines and ruled tables, and
closed again, so that memory stays small; then the lines of all pages together tell what is
furniture, which number each page bears and how large running text is.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median
from typing import Any

import pypdfium2 as pdfium

from ingest.errors import UnreadableFile
from ingest.formats.limits import Limits
from ingest.formats.ocr import NotRecognised, installed, recognise
from ingest.formats.page import PageText, Reading
from ingest.formats.pdf_aligned import aligned_tables
from ingest.formats.pdf_columns import reading_runs
from ingest.formats.pdf_furniture import Trimmed, trim
from ingest.formats.pdf_grid import find_lattices
from ingest.formats.pdf_layout import USUAL_LEADING, Joiner, bare, blocks, laid_out, wrapped_steps
from ingest.formats.pdf_lines import Line, read_lines, segments
from ingest.formats.pdf_marks import Box, Marks, Ruling, read_marks
from ingest.formats.pdf_open import REPAIRED, open_pdf
from ingest.formats.pdf_scan import drawn, is_scan, over
from ingest.formats.pdf_tables import TORN, Table, ruled_tables, with_lines
from ingest.formats.pdf_text import Sheet, Word, read_sheet

_NEAR_PAGES = 3
_PICTURE = 0.06
_MANY_CURVES = 12
_RULE = 0.2
_MOST_RULES = 300
_BULLET_REACH = 2.5
_WIDER_RIGHT = 1.6
_PROSE_WORDS = 6
_TORN_MARKS = frozenset({"\u00ad", TORN})
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Taken:
    """What is kept of a page once it is closed."""

    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    width: float
    height: float
    numbers: Counter[str]
    sizes: Counter[float]
    steps: tuple[float, ...]
    rules: tuple[Ruling, ...] = ()
    picture: bool = False
    chart: bool = False
    cut: bool = False
    confidence: float | None = None
    unread: str | None = None


def read_pdf(raw: bytes, limits: Limits) -> Reading:
    """The pages of a PDF.

    Raises:
        UnreadableFile: it needs a password, is damaged beyond repair, or has too many pages.
    """
    opened = open_pdf(raw)
    document = opened.document
    try:
        count = len(document)
        if count == 0:
            raise UnreadableFile("the PDF has no pages: check that it was saved whole.")
        if count > limits.pages:
            raise UnreadableFile(
                f"the PDF has {count} pages, more than the limit of {limits.pages}: split it."
            )
        taker = _Taker(document, limits, repaired=opened.repaired)
        reading = _Writer([taker.take(i) for i in range(count)]).reading()
        return replace(reading, notes=(REPAIRED, *reading.notes)) if opened.repaired else reading
    finally:
        document.close()


def _unread(reason: str) -> _Taken:
    return _Taken((), (), 0.0, 0.0, Counter(), Counter(), (), unread=reason)


class _Taker:
    """Takes pages down one by one; `scans` counts those that were recognised."""

    def __init__(self, document: Any, limits: Limits, *, repaired: bool) -> None:
        self.document = document
        self.limits = limits
        self.repaired = repaired
        self.scans = 0

    def take(self, index: int) -> _Taken:
        """One page's lines and tables; a page that fails says so."""
        try:
            page = self.document[index]
        except pdfium.PdfiumError as error:
            return _unread(f"the page can't be opened ({error})")
        try:
            return self._taken(page)
        except (pdfium.PdfiumError, ValueError, ZeroDivisionError, OverflowError) as error:
            return _unread(f"the page can't be read ({error})")
        finally:
            page.close()

    def _taken(self, page: Any) -> _Taken:
        began = time.monotonic()
        sheet = read_sheet(page)
        frame = sheet.frame
        marks = read_marks(page, frame, self.limits.page_seconds)
        words = _shown(sheet, marks)
        confidence: float | None = None
        unread: str | None = None
        if is_scan(sheet, marks, words):
            try:
                words, confidence = self._recognised(page, words)
            except NotRecognised as error:
                unread = str(error)
        elif self.repaired and not words and not marks.pictures:
            unread = "the page's content is lost: the file is damaged"
        lattices = [] if marks.cut else find_lattices(marks, frame.width, frame.height)
        tables, rest = ruled_tables(lattices, words, marks.fills)
        lines = read_lines(word for word in rest if not word.turn)
        lines = [_bulleted(line, marks.dots) for line in lines] if marks.dots else lines
        lines.extend(_turned_lines(rest))
        area = frame.width * frame.height
        largest = max((box.area for box in marks.pictures), default=0.0)
        late = confidence is None and time.monotonic() - began > self.limits.page_seconds
        return _Taken(
            tuple(lines),
            tuple(tables),
            frame.width,
            frame.height,
            _numbers(words),
            _sizes(lines),
            tuple(wrapped_steps(lines)),
            _free_rules(marks, tables, frame.width),
            picture=_PICTURE * area < largest and confidence is None and unread is None,
            chart=_has_chart(marks, tables),
            cut=marks.cut or late,
            confidence=confidence,
            unread=unread,
        )

    def _recognised(self, page: Any, words: list[Word]) -> tuple[list[Word], float]:
        """The words of a scanned page, what is printed over it as text among them."""
        if not installed():
            raise NotRecognised("a scanned page, and Tesseract isn't installed")
        if self.scans >= self.limits.ocr_pages:
            raise NotRecognised(
                f"a scanned page after the first {self.limits.ocr_pages}, which is the limit"
            )
        self.scans += 1
        found = recognise(drawn(page), self.limits.ocr_seconds)
        return [*words, *(word for word in found.words if not over(word, words))], found.confidence


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


def _bulleted(line: Line, dots: Sequence[Box]) -> Line:
    """A line with the bullet that is drawn before it, rather than printed as a letter."""
    low, high = line.y - line.size, line.y + 0.1 * line.size
    near = [
        dot
        for dot in dots
        if low <= (dot.y0 + dot.y1) / 2 <= high
        and 0 < line.x0 - dot.x1 <= _BULLET_REACH * line.size
    ]
    if len(near) != 1:
        return line
    bullet = Word(near[0].x0, near[0].x1, line.y, line.size, "•")
    return Line(bullet.x0, line.x1, line.y, line.size, (bullet, *line.words))


def _turned_lines(words: Sequence[Word]) -> list[Line]:
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


def _free_rules(marks: Marks, tables: Sequence[Table], width: float) -> tuple[Ruling, ...]:
    """Horizontal rulings outside the lattices, long enough to bound a table; none of a hatching."""
    rules = tuple(
        rule
        for rule in marks.across
        if rule.end - rule.start >= _RULE * width
        and not any(table.box.holds((rule.start + rule.end) / 2, rule.at, 2.0) for table in tables)
    )
    return rules if len(rules) <= _MOST_RULES else ()


def _has_chart(marks: Marks, tables: Sequence[Table]) -> bool:
    """Whether curves and slanted lines outside tables make up a figure."""
    outside = sum(
        1
        for box in [*marks.curves, *marks.dots]
        if not any(
            table.box.holds((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2) for table in tables
        )
    )
    return outside >= _MANY_CURVES


def _numbers(words: Sequence[Word]) -> Counter[str]:
    return Counter(_DIGITS.findall(" ".join([word.text for word in words])))


def _sizes(lines: Sequence[Line]) -> Counter[float]:
    """How much is printed in each size, to half a point; running text outweighs all else."""
    sizes: Counter[float] = Counter()
    for line in lines:
        words = len(line.words)
        prose = words >= _PROSE_WORDS and len(segments(line)) == 1
        weight = 1 if line.bold else 20 if prose else 4
        sizes[round(line.size * 2) / 2] += weight * words
    return sizes


class _Writer:
    """All pages together, turned to markup."""

    def __init__(self, pages: Sequence[_Taken]) -> None:
        self.pages = pages
        self.trimmed: list[Trimmed] = trim(
            [page.lines for page in pages], [page.height for page in pages]
        )
        self.notes: list[str] = []
        self.repeated: Counter[str] = Counter()

    def reading(self) -> Reading:
        joiner = Joiner(self._vocabulary)
        before: Table | None = None
        texts: list[PageText] = []
        for i, page in enumerate(self.pages):
            pieces, before = self._pieces(i, joiner, before)
            text = "\n\n".join(pieces)
            self._check(i, text)
            printed = self.trimmed[i].printed
            texts.append(PageText(text, i + 1, printed, page.confidence, page.unread))
        return Reading(tuple(texts), tuple(self.notes))

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """The words of the file in lower case, compounds with their hyphens."""
        words = {
            bare(word.text)
            for page in self.pages
            for line in page.lines
            for word in line.words[: -1 if line.words[-1].text.endswith(("-", "\u00ad")) else None]
        }
        for page in self.pages:
            for table in page.tables:
                text = " ".join(cell for row in table.rows for cell in row)
                if not _TORN_MARKS & set(text):
                    words.update(map(bare, text.split()))
        return frozenset(words)

    def _pieces(
        self, i: int, joiner: Joiner, before: Table | None
    ) -> tuple[list[str], Table | None]:
        """A page's blocks, and the table it ends with."""
        page = self.pages[i]
        aligned, lines = aligned_tables(self.trimmed[i].lines, page.rules)
        tables = sorted([*page.tables, *aligned], key=lambda table: table.box.y0)
        body, right, leading = self._body(i), self._right(i), self._leading(i)
        pieces: list[str] = []
        held: list[Line] = []
        self.repeated = Counter()
        last: Table | None = before if not page.lines and not tables else None

        def flush() -> None:
            for run in reading_runs(held, right):
                pieces.extend(blocks(run, body, leading, joiner))
            held.clear()

        waiting = list(lines)
        for table in tables:
            above = [line for line in waiting if line.y <= table.box.y0 + 0.5 * line.size]
            waiting = [line for line in waiting if line.y > table.box.y0 + 0.5 * line.size]
            held.extend(above)
            flush()
            if not pieces and before is not None:
                whole, table = table, _continued(before, table)
                self.repeated = _cell_numbers(whole) - _cell_numbers(table)
            table = _mended(table, joiner)
            if table.caption:
                pieces.append(f"**{table.caption}**")
            if table.prose:
                pieces.extend(laid_out(table, body, leading, joiner))
            elif table.rows:
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
            sizes.update(page.sizes)
        return sizes.most_common(1)[0][0] if sizes else 0.0

    def _right(self, i: int) -> float:
        """How far right running text reaches on this page and its neighbours."""
        ends = sorted(line.x1 for page in self._near(i) for line in page.lines)
        if not ends:
            return 0.0
        left = min((line.x0 for line in self.pages[i].lines), default=0.0)
        even = self.pages[i].width - _WIDER_RIGHT * left
        return max(even, ends[int(0.97 * (len(ends) - 1))])

    def _leading(self, i: int) -> float:
        """The usual distance of lines of running text on this page and its neighbours."""
        steps = [step for page in self._near(i) for step in page.steps]
        return median(steps) if steps else USUAL_LEADING

    def _check(self, i: int, text: str) -> None:
        """Every number of the page is in its markup, or a note says so."""
        page = self.pages[i]
        kept = Counter(_DIGITS.findall(text))
        kept += _numbers([word for line in self.trimmed[i].furniture for word in line.words])
        missing = page.numbers - kept - self.repeated
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


def _mended(table: Table, joiner: Joiner) -> Table:
    """A table whose torn words are whole."""
    rows = tuple(tuple(map(joiner.mended, row)) for row in table.rows)
    return replace(table, rows=rows, caption=joiner.mended(table.caption))


def _cell_numbers(table: Table) -> Counter[str]:
    return Counter(_DIGITS.findall(" ".join(cell for row in table.rows for cell in row)))


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
