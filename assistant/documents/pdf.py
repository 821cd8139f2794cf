"""A document as a PDF, in a font that has the letters of Welsh too."""

import io
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file, files
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Image as Picture
from reportlab.platypus import KeepTogether, ListFlowable, SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Paragraph as Words
from reportlab.platypus import Table as Grid

from assistant.documents.model import (
    Block,
    Bullets,
    Document,
    Heading,
    Image,
    PageBreak,
    Paragraph,
    Quote,
    Table,
)
from assistant.documents.text import clean

_INK, _ACCENT = colors.HexColor("#1e2422"), colors.HexColor("#1f5c52")
_GREY, _LINE, _TINT = (colors.HexColor(c) for c in ("#565e5b", "#cfcabc", "#f1efe8"))
_MARGIN = 2.2 * cm
_WIDE = A4[0] - 2 * _MARGIN
_TALLEST = A4[1] * 0.7
_SANS, _BOLD = "SourceSansPro-Regular", "SourceSansPro-Bold"
_INSTEAD = {"✗": "no"}

_BODY = ParagraphStyle("body", fontName=_SANS, fontSize=10, leading=14, textColor=_INK)
_SMALL = ParagraphStyle("small", _BODY, fontSize=8.5, leading=11, textColor=_GREY)
_TITLE = ParagraphStyle("title", _BODY, fontName=_BOLD, fontSize=17, leading=22,
                        textColor=_ACCENT, spaceAfter=4)  # fmt: skip
_HEADINGS = {
    level: ParagraphStyle(
        f"heading-{level}", _TITLE, fontSize=size, leading=size * 1.35, spaceBefore=8, spaceAfter=3
    )
    for level, size in ((1, 12.5), (2, 11), (3, 10))
}
_QUOTE = ParagraphStyle(
    "quote", _BODY, leftIndent=8, borderPadding=(4, 4, 4, 8), backColor=_TINT, spaceBefore=6,
    spaceAfter=8,
)  # fmt: skip


def to_pdf(document: Document) -> bytes:
    """The document as the bytes of an A4 PDF; the same document gives the same bytes."""
    out = io.BytesIO()
    _register_fonts()
    template = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN,
        bottomMargin=_MARGIN, title=clean(document.title), author="", lang="en-GB", invariant=1,
    )  # fmt: skip

    def foot(canvas: Any, page: Any) -> None:
        canvas.saveState()
        canvas.setFont(_SANS, 8)
        canvas.setFillColor(_GREY)
        canvas.drawString(_MARGIN, 1.2 * cm, _printable(document.foot)[:110])
        canvas.drawRightString(A4[0] - _MARGIN, 1.2 * cm, str(page.page))
        canvas.restoreState()

    template.build(list(_flow(document)), onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


@cache
def _register_fonts() -> None:
    folder = files("font_source_sans_pro").joinpath("files")
    for name in (_SANS, _BOLD):
        with as_file(folder.joinpath(f"{name}.ttf")) as path:
            pdfmetrics.registerFont(TTFont(name, path))


def _flow(document: Document) -> Iterator[Any]:
    yield Words(_xml(document.title), _TITLE)
    if document.subtitle:
        yield Words(_xml(document.subtitle), _SMALL)
    yield Spacer(1, 8)
    for block in document.blocks:
        yield from _drawn(block)


def _drawn(block: Block) -> Iterator[Any]:
    if isinstance(block, Heading):
        yield Words(_xml(block.text), _HEADINGS[block.level])
    elif isinstance(block, Paragraph):
        yield Words(_xml(block.text), _SMALL if block.small else _BODY)
        yield Spacer(1, 4)
    elif isinstance(block, Bullets):
        items = [Words(_xml(item), _BODY) for item in block.items]
        kind: dict[str, Any] = {} if block.numbered else {"start": "•"}
        bullet = "1" if block.numbered else "bullet"
        yield ListFlowable(
            items, bulletType=bullet, bulletFontName=_SANS, bulletFontSize=10, leftIndent=18,
            **kind,
        )  # fmt: skip
        yield Spacer(1, 4)
    elif isinstance(block, Quote):
        yield Words(_xml(block.text), _QUOTE)
        yield Words(_xml(block.place), _SMALL)
        yield Spacer(1, 6)
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, PageBreak):
        yield NewPage()
    else:
        yield from _picture(block)


def _table(table: Table) -> Iterator[Any]:
    if table.caption:
        yield Words(_xml(table.caption), _SMALL)
    head = [Words(f'<font name="{_BOLD}">{_xml(name)}</font>', _SMALL) for name in table.columns]
    rows = [[Words(_xml(cell), _SMALL) for cell in row] for row in table.rows]
    grid = Grid([head, *rows], repeatRows=1, colWidths=_widths(table), splitInRow=1)
    grid.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, _LINE),
                ("BACKGROUND", (0, 0), (-1, 0), _TINT),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
    )
    yield Spacer(1, 3)
    yield grid
    yield Spacer(1, 8)


def _widths(table: Table) -> list[float]:
    """Columns as wide as their words ask, none narrower than a few."""
    columns = zip(table.columns, *table.rows, strict=True)
    wanted = [min(max(max(map(len, column)), 16), 60) for column in columns]
    return [_WIDE * width / sum(wanted) for width in wanted]


def _picture(image: Image) -> Iterator[Any]:
    width, height = ImageReader(io.BytesIO(image.data)).getSize()
    scale = min(_WIDE / width, _TALLEST / height)
    drawn = Picture(io.BytesIO(image.data), width * scale, height * scale)
    told = Words(_xml(image.caption or image.alt), _SMALL)
    yield KeepTogether([drawn, told, Spacer(1, 6)])


def _xml(text: str) -> str:
    return escape(_printable(text)).replace("\n", "<br/>")


def _printable(text: str) -> str:
    """The text in letters that the font has, or plainer ones where it has none."""
    return "".join(map(_letter, clean(text)))


@cache
def _letter(letter: str) -> str:
    _register_fonts()
    glyphs = pdfmetrics.getFont(_SANS).face.charToGlyph
    if letter in "\n\t" or ord(letter) in glyphs:
        return letter
    if letter in _INSTEAD:
        return _INSTEAD[letter]
    plainer = unicodedata.normalize("NFKD", letter)
    kept = "".join(c for c in plainer if ord(c) in glyphs and not unicodedata.combining(c))
    return kept or ("" if unicodedata.combining(letter) else "?")
