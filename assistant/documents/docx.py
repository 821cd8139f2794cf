"""A document as a Word file."""

import io
from datetime import UTC, datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

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

_INK, _ACCENT, _GREY = RGBColor(0x1E, 0x24, 0x22), RGBColor(0x1F, 0x5C, 0x52), RGBColor(90, 90, 90)
_WIDE = Cm(16)
# Two documents with the same words have the same bytes.
_STAMP = datetime(2000, 1, 1, tzinfo=UTC)


def to_docx(document: Document) -> bytes:
    """The document as the bytes of a .docx file, headings and tables as Word knows them."""
    word: Any = WordDocument()
    _set_up(word, document)
    word.add_heading(clean(document.title), level=0)
    if document.subtitle:
        word.add_paragraph(clean(document.subtitle), style="Subtitle")
    for block in document.blocks:
        _write(word, block)
    out = io.BytesIO()
    word.save(out)
    return _timeless(out.getvalue())


def _timeless(saved: bytes) -> bytes:
    """The same archive without the time at which it was written."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(saved)) as written, ZipFile(out, "w") as kept:
        for item in written.infolist():
            kept.writestr(ZipInfo(item.filename), written.read(item), ZIP_DEFLATED)
    return out.getvalue()


def _set_up(word: Any, document: Document) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.footer.paragraphs[0].text = clean(document.foot)
    properties = word.core_properties
    properties.title, properties.author, properties.language = clean(document.title), "", "en-GB"
    properties.created = properties.modified = _STAMP
    body = word.styles["Normal"]
    body.font.name, body.font.size, body.font.color.rgb = "Calibri", Pt(11), _INK
    body.element.rPr.rFonts.set(qn("w:eastAsia"), "Calibri")
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    body.element.rPr.append(language)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        word.styles[name].font.color.rgb = _ACCENT
        word.styles[name].font.name = "Calibri"


def _write(word: Any, block: Block) -> None:
    if isinstance(block, Heading):
        word.add_heading(clean(block.text), level=block.level)
    elif isinstance(block, Paragraph):
        run = word.add_paragraph().add_run(clean(block.text))
        if block.small:
            run.font.size, run.font.color.rgb = Pt(9), _GREY
    elif isinstance(block, Bullets):
        style = "List Number" if block.numbered else "List Bullet"
        for item in block.items:
            word.add_paragraph(clean(item), style=style)
    elif isinstance(block, Quote):
        word.add_paragraph(clean(block.text), style="Intense Quote")
        place = word.add_paragraph().add_run(clean(block.place))
        place.font.size, place.font.color.rgb = Pt(9), _GREY
    elif isinstance(block, Table):
        _table(word, block)
    elif isinstance(block, PageBreak):
        word.add_page_break()
    else:
        _picture(word, block)


def _table(word: Any, table: Table) -> None:
    if table.caption:
        word.add_paragraph(clean(table.caption), style="Caption")
    grid = word.add_table(rows=1, cols=len(table.columns), style="Light Grid Accent 1")
    for cell, name in zip(grid.rows[0].cells, table.columns, strict=True):
        cell.text = clean(name)
    # Screen readers, and Word on a new page, take the first row for the heading.
    heading = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(heading)
    for row in table.rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = clean(text)
    word.add_paragraph()


def _picture(word: Any, image: Image) -> None:
    drawn = word.add_picture(io.BytesIO(image.data), width=_WIDE)
    drawn._inline.docPr.set("descr", clean(image.alt))
    if image.caption:
        word.add_paragraph(clean(image.caption), style="Caption")
