"""A pack as a Word file: heading styles, numbering by Word where a council uses it, page fields."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from corpus.publishing.container import settled
from corpus.publishing.pack import (
    Block,
    Heading,
    Item,
    Lines,
    Pack,
    Paragraph,
    Quote,
    Table,
)

TYPED_BY_HAND = frozenset({"castlebourne-cyposc-2025-01-16"})
"""Packs whose "(1)" and "1.1" are typed, as much of local government does; "1." is Word's."""

_LINK = re.compile(r"([\w.]+@[\w.]+\.example|(?:www\.)?\w+\.example(?:/\w+)?)")
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*|\*(\S.*?\S)\*")
_SECTION = re.compile(r"(\d{1,2})(\.0) (.+)")
_FORMATS = {"1.": ("decimal", "%1."), "(1)": ("decimal", "(%1)"), "(a)": ("lowerLetter", "(%1)")}


def word(pack: Pack) -> bytes:
    """The pack as DOCX; the same pack gives the same bytes."""
    writer = _Writer(docx.Document(), by_hand=pack.id in TYPED_BY_HAND)
    document = writer.document
    properties = document.core_properties
    properties.author, properties.last_modified_by = pack.council, pack.council
    properties.title = f"{pack.committee}, {pack.held_in_words}"
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(11)
    _furnish(document.sections[0], pack)
    for page in pack.pages:
        if page.number > 1:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for block in page.blocks:
            _SET[type(block)](writer, block)
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue())


def _furnish(section: Any, pack: Pack) -> None:
    """Head, foot with a page field, and numbering from 1."""
    section.left_margin = section.right_margin = Cm(2)
    section.header.paragraphs[0].text = f"{pack.council}\t\t{pack.committee}"
    foot = section.footer.paragraphs[0]
    foot.add_run("Page ")
    run = foot.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("separate", None)):
        run._r.append(_field(kind, text))
    foot.add_run("1")
    foot.add_run()._r.append(_field("end", None))
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.find(qn("w:cols")).addprevious(start)


def _field(kind: str | None, text: str | None) -> Any:
    if kind:
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        return mark
    instruction = OxmlElement("w:instrText")
    instruction.text = text
    return instruction


@dataclass
class _Writer:
    """The document and where Word's own counting has got to."""

    document: Any
    by_hand: bool
    section: tuple[int, int] = (0, 0)
    section_num: int | None = None
    lists: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)

    def add(self, text: str, style: str | None = None) -> Any:
        """A paragraph with its emphasis and links."""
        paragraph = self.document.add_paragraph(style=style)
        self.fill(paragraph, text)
        return paragraph

    def fill(self, paragraph: Any, text: str) -> None:
        """Runs of plain, bold and italic words, addresses as links."""
        at = 0
        for mark in _EMPHASIS.finditer(text):
            self._plain(paragraph, text[at : mark.start()])
            run = paragraph.add_run(mark[1] or mark[2])
            run.bold, run.italic = bool(mark[1]), not mark[1]
            at = mark.end()
        self._plain(paragraph, text[at:])

    def _plain(self, paragraph: Any, text: str) -> None:
        for part in _LINK.split(text):
            if _LINK.fullmatch(part):
                self._link(paragraph, part)
            elif part:
                paragraph.add_run(part)

    def _link(self, paragraph: Any, address: str) -> None:
        target = f"mailto:{address}" if "@" in address else f"https://{address}"
        relation = self.document.part.relate_to(
            target,
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
            is_external=True,
        )
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), relation)
        run = OxmlElement("w:r")
        look, line = OxmlElement("w:rPr"), OxmlElement("w:u")
        line.set(qn("w:val"), "single")
        look.append(line)
        run.append(look)
        words = OxmlElement("w:t")
        words.text = address
        run.append(words)
        link.append(run)
        paragraph._p.append(link)

    def numbering(self, levels: list[tuple[str, str]], starts: dict[int, int]) -> int:
        """A new list definition with these formats, and its id."""
        root = self.document.part.numbering_part.element
        abstract = OxmlElement("w:abstractNum")
        ids = [int(x.get(qn("w:abstractNumId"))) for x in root.findall(qn("w:abstractNum"))]
        abstract.set(qn("w:abstractNumId"), str(max(ids) + 1))
        shape = OxmlElement("w:multiLevelType")
        shape.set(qn("w:val"), "multilevel")
        abstract.append(shape)
        for level, (kind, text) in enumerate(levels):
            abstract.append(_level(level, kind, text, starts.get(level, 1)))
        root.insert(len(ids), abstract)
        return int(root.add_num(max(ids) + 1).numId)


def _level(level: int, kind: str, text: str, start: int) -> Any:
    element = OxmlElement("w:lvl")
    element.set(qn("w:ilvl"), str(level))
    for name, value in (("start", str(start)), ("numFmt", kind), ("lvlText", text)):
        child = OxmlElement(f"w:{name}")
        child.set(qn("w:val"), value)
        element.append(child)
    layout, indent = OxmlElement("w:pPr"), OxmlElement("w:ind")
    indent.set(qn("w:left"), str(567 + 425 * level))
    indent.set(qn("w:hanging"), "567")
    layout.append(indent)
    element.append(layout)
    return element


def _number(paragraph: Any, num: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = num


def _heading(writer: _Writer, block: Heading) -> None:
    writer.lists.clear()
    match = _SECTION.fullmatch(block.text)
    if match is None or writer.by_hand:
        writer.add(block.text, f"Heading {block.level}")
        return
    section = int(match[1])
    if writer.section_num is None or section != writer.section[0] + 1:
        levels = [("decimal", "%1.0"), ("decimal", "%1.%2")]
        writer.section_num = writer.numbering(levels, {0: section})
    writer.section = (section, 0)
    _number(writer.add(match[3], f"Heading {block.level}"), writer.section_num, 0)


def _paragraph(writer: _Writer, block: Paragraph) -> None:
    writer.lists.clear()
    if block.number is None:
        writer.add(block.text)
        return
    section, at = map(int, block.number.split("."))
    if writer.section_num and not writer.by_hand and (section, at - 1) == writer.section:
        writer.section = (section, at)
        _number(writer.add(block.text), writer.section_num, 1)
        return
    paragraph = writer.add(f"{block.number}\t{block.text}")
    paragraph.paragraph_format.left_indent = Cm(1.2)
    paragraph.paragraph_format.first_line_indent = Cm(-1.2)


def _item(writer: _Writer, block: Item) -> None:
    if block.marker == "-":
        writer.add(block.text, "List Bullet")
        return
    kind, value = _counted(block)
    shape = ("lowerRoman", "(%2)") if kind == "(i)" else _FORMATS[kind]
    if writer.by_hand and kind != "1.":
        paragraph = writer.add(f"{block.marker} {block.text}")
        paragraph.paragraph_format.left_indent = Cm(1 + block.depth)
        return
    num, last = writer.lists.get((kind, block.depth), (0, -1))
    if last + 1 != value:
        num = writer.numbering(
            [("none", ""), shape] if block.depth else [shape], {block.depth: value}
        )
    writer.lists[(kind, block.depth)] = (num, value)
    _number(writer.add(block.text), num, block.depth)


def _counted(block: Item) -> tuple[str, int]:
    """What kind of marker it is, and which in its row."""
    bare = block.marker.strip("().")
    if bare.isdigit():
        return ("1." if block.marker.endswith(".") else "(1)"), int(bare)
    if block.depth:
        return "(i)", ["i", "ii", "iii", "iv", "v", "vi"].index(bare) + 1
    return "(a)", ord(bare) - ord("a") + 1


def _lines(writer: _Writer, block: Lines) -> None:
    """Lines of one paragraph, broken by hand."""
    writer.lists.clear()
    paragraph = writer.document.add_paragraph()
    for at, line in enumerate(block.lines):
        if at:
            paragraph.add_run().add_break()
        writer.fill(paragraph, line)


def _quote(writer: _Writer, block: Quote) -> None:
    writer.add(block.text, "Quote")


def _table(writer: _Writer, block: Table) -> None:
    writer.lists.clear()
    table = writer.document.add_table(
        len(block.rows), len(block.rows[0]), "Table Grid" if block.ruled else None
    )
    for at, row in enumerate(block.rows):
        if at < block.heads:
            head = OxmlElement("w:tblHeader")
            table.rows[at]._tr.get_or_add_trPr().append(head)
        for cell, text in zip(table.rows[at].cells, row, strict=True):
            writer.fill(cell.paragraphs[0], text)
            for run in cell.paragraphs[0].runs:
                run.bold = run.bold or at < block.heads
    for first, last in _heads_over(block):
        table.cell(0, first).merge(table.cell(0, last))
    writer.document.add_paragraph()


def _heads_over(block: Table) -> Iterator[tuple[int, int]]:
    """Columns of upper header cells that stand over several lower ones."""
    if block.heads == 2:
        top = block.rows[0]
        starts = [column for column, cell in enumerate(top) if cell and column]
        for first, after in zip(starts, [*starts[1:], len(top)], strict=True):
            yield first, after - 1


_SET: dict[type[Block], Callable[[_Writer, Any], None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Item: _item,
    Lines: _lines,
    Quote: _quote,
    Table: _table,
}
