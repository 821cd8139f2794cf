"""A pack as a council's PDF: a cover sheet without number, then one sheet for each printed page."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Drawing, Line, Rect
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, Spacer, TableStyle
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from corpus.publishing.pack import (
    Block,
    Heading,
    Item,
    Lines,
    Pack,
    Page,
    Paragraph,
    Quote,
    Table,
)

_WIDE = 12
_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5)
_MARGIN = 56.0
_HEAD, _FOOT = 40.0, 44.0
_SHADE = colors.Color(0.85, 0.87, 0.9)


@dataclass(frozen=True)
class House:
    """How a council sets its papers.

    `running_head` is "both" for the council left and the committee right, "right" for the
    committee alone; `foot` is "centre" or "right"; widths are in points.
    """

    font: str
    bold: str
    italic: str
    running_head: str
    foot: str
    number_width: float


_SANS = House("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "both", "centre", 34)
_SERIF = House("Times-Roman", "Times-Bold", "Times-Italic", "right", "right", 30)
_HOUSES = {"Averonshire County Council": _SANS, "Castlebourne City Council": _SERIF}

IN_COLUMNS = {"castlebourne-cpp-2023-09-21": (8, 9)}
"""The one report that is set in two columns: its printed pages, by pack."""


@dataclass(frozen=True)
class _Setting:
    """One size in which a page is tried."""

    house: House
    size: float
    width: float

    def style(self, scale: float = 1.0, bold: bool = False, **more: float) -> ParagraphStyle:
        size = self.size * scale
        return ParagraphStyle(
            "text",
            fontName=self.house.bold if bold else self.house.font,
            fontSize=size,
            leading=size * 1.2,
            spaceAfter=more.pop("after", size * 0.45),
            **more,
        )


def pdf(pack: Pack, cover: bool = True) -> bytes:
    """The pack as PDF, with a cover sheet before its pages; the same pack gives the same bytes."""
    sheet = io.BytesIO()
    canvas = Canvas(sheet, pagesize=A4, invariant=1, pageCompression=1)
    house = _HOUSES[pack.council]
    canvas.setTitle(f"Agenda for {pack.committee} on {pack.held_in_words}")
    canvas.setAuthor(pack.council)
    canvas.setSubject(f"{pack.committee}: public document pack (made up, for demonstration)")
    canvas.setKeywords(["agenda", "reports", "minutes", pack.committee])
    canvas.setCreator("corpus.publish")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    if cover:
        canvas.showOutline()
        _cover(canvas, pack, house)
    for page in pack.pages:
        if cover:
            _bookmarks(canvas, pack, page)
        _sheet(canvas, pack, page, house)
    canvas.save()
    return sheet.getvalue()


def _cover(canvas: Canvas, pack: Pack, house: House) -> None:
    width, height = A4
    canvas.setFont(house.bold, 13)
    canvas.drawRightString(width - _MARGIN, height - 60, "Public Document Pack")
    canvas.setStrokeColor(colors.grey)
    canvas.line(_MARGIN, height - 150, width - _MARGIN, height - 150)
    canvas.setFont(house.bold, 24)
    canvas.drawString(_MARGIN, height - 190, pack.council)
    canvas.setFont(house.font, 17)
    canvas.drawString(_MARGIN, height - 222, pack.committee)
    canvas.setFont(house.font, 13)
    canvas.drawString(_MARGIN, height - 252, pack.held_in_words)
    note = canvas.beginText(_MARGIN, height - 320)
    note.setFont(house.font, 11)
    note.setLeading(15)
    for line in (
        "The agenda and the papers for the public part of the meeting follow.",
        "Papers for items taken in private are sent to members separately.",
    ):
        note.textLine(line)
    canvas.drawText(note)
    canvas.bookmarkPage("cover")
    canvas.addOutlineEntry(f"{pack.committee} - {pack.held_in_words}", "cover", level=0)
    canvas.showPage()


def _bookmarks(canvas: Canvas, pack: Pack, page: Page) -> None:
    """One for the agenda, then one for each item whose papers begin on this page."""
    titles = ["Agenda"] if page.number == 1 else []
    titles += [f"{item.number} {item.title}" for item in pack.items if item.page == page.number]
    for title in titles:
        key = f"{page.number} {title}"
        canvas.bookmarkPage(key)
        canvas.addOutlineEntry(title, key, level=1)


def _sheet(canvas: Canvas, pack: Pack, page: Page, house: House) -> None:
    tables = [block for block in page.blocks if isinstance(block, Table)]
    wide = any(len(table.rows[0]) >= _WIDE for table in tables)
    width, height = landscape(A4) if wide else A4
    canvas.setPageSize((width, height))
    margin = 32.0 if wide else _MARGIN
    canvas.setFont(house.italic, 9)
    if page.number > 1:
        if house.running_head == "both":
            canvas.drawString(margin, height - 32, pack.council)
        canvas.drawRightString(width - margin, height - 32, pack.committee)
    canvas.setFont(house.font, 9)
    if house.foot == "centre":
        canvas.drawCentredString(width / 2, 28, f"Page {page.number}")
    else:
        canvas.drawRightString(width - margin, 28, f"Page {page.number}")
    body = (margin, _FOOT, width - 2 * margin, height - _HEAD - _FOOT)
    columns = page.number in IN_COLUMNS.get(pack.id, ())
    (_set_columns if columns else _set_page)(canvas, page, house, body)
    canvas.showPage()


_Body = tuple[float, float, float, float]


def _set_page(canvas: Canvas, page: Page, house: House, body: _Body) -> None:
    """The page in the largest size in which it fits on one sheet."""
    for size in _SIZES:
        if _fits(page.blocks, house, size, body, Canvas(io.BytesIO())):
            _fits(page.blocks, house, size, body, canvas)
            return
    raise ValueError(f"Page {page.number} does not fit on one sheet in {_SIZES[-1]} points.")


def _fits(
    blocks: tuple[Block, ...], house: House, size: float, body: _Body, canvas: Canvas
) -> bool:
    flowables = list(_flowables(blocks, _Setting(house, size, body[2])))
    _frame(body).addFromList(flowables, canvas)
    return not flowables


def _frame(body: _Body) -> Frame:
    return Frame(*body, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def _set_columns(canvas: Canvas, page: Page, house: House, body: _Body) -> None:
    """What stands before the first numbered paragraph over the whole width, the rest in two."""
    cut = next(
        at for at, block in enumerate(page.blocks) if isinstance(block, Paragraph) and block.number
    )
    left, bottom, width, height = body
    gap, size = 22.0, 10.0
    top = _Setting(house, size, width)
    head = _height(list(_flowables(page.blocks[:cut], top)), width)
    half = (width - gap) / 2
    room = height - head
    tried = 100.0
    while tried < room:
        rest = list(_flowables(page.blocks[cut:], _Setting(house, size, half)))
        for _ in range(2):
            _frame((left, bottom, half, tried)).addFromList(rest, Canvas(io.BytesIO()))
        if not rest:
            break
        tried += 6
    else:
        raise ValueError(f"Page {page.number} does not fit in two columns.")
    _frame((left, bottom + room, width, head + 1)).addFromList(
        list(_flowables(page.blocks[:cut], top)), canvas
    )
    rest = list(_flowables(page.blocks[cut:], _Setting(house, size, half)))
    for x in (left, left + half + gap):
        _frame((x, bottom + room - tried, half, tried)).addFromList(rest, canvas)


def _height(flowables: list[Flowable], width: float) -> float:
    heights: list[float] = [
        flowable.wrap(width, 10_000)[1] + flowable.getSpaceAfter() + flowable.getSpaceBefore()
        for flowable in flowables
    ]
    return sum(heights)


def _flowables(blocks: tuple[Block, ...], setting: _Setting) -> Iterator[Flowable]:
    for block in blocks:
        yield from _SET[type(block)](block, setting)


def _marked_up(text: str) -> str:
    """Emphasis as reportlab writes it."""
    bold = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))
    return re.sub(r"\*(\S(?:.*?\S)?)\*", r"<i>\1</i>", bold)


def _heading(block: Heading, setting: _Setting) -> Iterator[Flowable]:
    scale = {1: 1.5, 2: 1.25, 3: 1.05}[block.level]
    yield Text(
        _marked_up(block.text),
        setting.style(scale, bold=True, spaceBefore=setting.size * 0.3, keepWithNext=1),
    )
    if re.match(r"Chart \d", block.text):
        yield _chart(setting)


def _chart(setting: _Setting) -> Flowable:
    """Bars without a figure, as a picture pasted into a report leaves none in its text."""
    width, height = setting.width * 0.6, setting.size * 7
    drawing = Drawing(width, height)
    for at, share in enumerate((0.4, 0.7, 0.55, 0.9, 0.65, 0.5)):
        drawing.add(
            Rect(
                10 + at * width / 7,
                2,
                width / 9,
                share * height * 0.9,
                fillColor=colors.Color(0.25, 0.4, 0.6),
                strokeColor=None,
            )
        )
    drawing.add(Line(4, 2, width, 2, strokeColor=colors.grey))
    return drawing


def _paragraph(block: Paragraph, setting: _Setting) -> Iterator[Flowable]:
    if block.number is None:
        yield Text(_marked_up(block.text), setting.style())
        return
    yield _hung(block.number, block.text, 0, setting.house.number_width, setting)


def _item(block: Item, setting: _Setting) -> Iterator[Flowable]:
    marker = "\u2022" if block.marker == "-" else block.marker
    yield _hung(marker, block.text, 18 + 24 * block.depth, 22, setting)


def _hung(marker: str, text: str, left: float, width: float, setting: _Setting) -> Flowable:
    style = setting.style(leftIndent=left + width, bulletIndent=left, bulletFontSize=setting.size)
    style.bulletFontName = setting.house.font
    return Text(_marked_up(text), style, bulletText=marker)


def _lines(block: Lines, setting: _Setting) -> Iterator[Flowable]:
    """Short lines; those of a dashboard with their figure large, as a tile shows it."""
    tile = any(" = " in line for line in block.lines)
    for at, line in enumerate(block.lines):
        figure = tile and at == 1 and " = " not in line
        title = tile and at == 0 and " = " not in line
        style = setting.style(1.5 if figure else 1.0, bold=figure or title, after=1)
        yield Text(_marked_up(line), style)
    yield Spacer(1, setting.size * 0.5)


def _quote(block: Quote, setting: _Setting) -> Iterator[Flowable]:
    style = setting.style(leftIndent=28, rightIndent=28)
    style.fontName = setting.house.italic
    yield Text(_marked_up(block.text), style)


def _table(block: Table, setting: _Setting) -> Iterator[Flowable]:
    count = len(block.rows[0])
    scale = 0.72 if count >= _WIDE else 0.92
    size = setting.size * scale
    cells = [
        [
            Text(_marked_up(cell), setting.style(scale, bold=_is_bold(block, at, column), after=0))
            for column, cell in enumerate(row)
        ]
        for at, row in enumerate(block.rows)
    ]
    grid = Grid(cells, colWidths=_widths(block, setting, size), repeatRows=block.heads)
    grid.setStyle(TableStyle(list(_rules(block, size))))
    yield grid
    yield Spacer(1, setting.size * 0.7)


def _is_bold(block: Table, row: int, column: int) -> bool:
    if block.heads == 0:
        return block.ruled and column == 0
    return row < block.heads or block.rows[row][0] == "Total"


def _widths(block: Table, setting: _Setting, size: float) -> list[float]:
    """Columns by the length of what they hold, none narrower than its longest word."""
    spans = {(row, column) for row, column, last in _spanned(block) if last > column}
    least, wanted = [], []
    for column in range(len(block.rows[0])):
        texts = [
            re.sub(r"[*]", "", row[column])
            for at, row in enumerate(block.rows)
            if (at, column) not in spans
        ]
        words = [word for text in texts for word in text.split()] or [""]
        font = setting.house.bold
        least.append(max(stringWidth(word, font, size) for word in words) + 8)
        wanted.append(max(stringWidth(text, font, size) for text in texts) + 8)
    if sum(wanted) <= setting.width:
        extra = (setting.width - sum(wanted)) / len(wanted)
        extra = extra if block.ruled else min(extra, 12)
        return [width + extra for width in wanted]
    spare = max(setting.width - sum(least), 0)
    over = [min(want, setting.width) - low for want, low in zip(wanted, least, strict=True)]
    return [low + spare * more / (sum(over) or 1) for low, more in zip(least, over, strict=True)]


def _spanned(block: Table) -> Iterator[tuple[int, int, int]]:
    """Row, first and last column of cells that run over the blank ones beside them."""
    for at, row in enumerate(block.rows):
        for column, cell in enumerate(row):
            last = column
            while last + 1 < len(row) and not row[last + 1]:
                last += 1
            over_header = at == 0 and block.heads == 2
            words = at >= block.heads and column > 0 and len(cell) > 12 and last - column >= 2
            part = cell.startswith("**Part")
            if cell and last > column and (over_header or words or part):
                yield at, column, last


def _rules(block: Table, size: float) -> Iterator[tuple[object, ...]]:
    yield ("VALIGN", (0, 0), (-1, -1), "TOP")
    yield ("LEFTPADDING", (0, 0), (-1, -1), 3)
    yield ("RIGHTPADDING", (0, 0), (-1, -1), 3)
    yield ("TOPPADDING", (0, 0), (-1, -1), size * 0.2)
    yield ("BOTTOMPADDING", (0, 0), (-1, -1), size * 0.3)
    if block.ruled:
        yield ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
    elif block.heads:
        yield ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black)
        yield ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black)
        yield ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black)
    if block.heads and block.ruled:
        yield ("BACKGROUND", (0, 0), (-1, block.heads - 1), _SHADE)
    if block.heads == 0 and block.ruled:
        yield ("BACKGROUND", (0, 0), (0, -1), _SHADE)
    for row, first, last in _spanned(block):
        yield ("SPAN", (first, row), (last, row))


_SET: dict[type, Callable[..., Iterator[Flowable]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Item: _item,
    Lines: _lines,
    Quote: _quote,
    Table: _table,
}
