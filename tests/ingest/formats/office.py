"""Word files and workbooks built for a test, and ZIP containers put together by hand."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping

import docx
import openpyxl
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.workbook import Workbook

from ingest.formats.docx import read_docx
from ingest.formats.limits import Limits
from ingest.formats.page import Reading
from ingest.formats.sheets import read_xlsx

LIMITS = Limits()


def word(build: Callable[[Document], None]) -> bytes:
    """The bytes of a Word file that `build` fills."""
    document = docx.Document()
    build(document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def read_word(build: Callable[[Document], None]) -> Reading:
    return read_docx(word(build), LIMITS)


def blocks(reading: Reading) -> list[str]:
    """All blocks of a reading, in order."""
    return [block for page in reading.pages for block in page.text.split("\n\n")]


def body(xml: str) -> bytes:
    """A Word file whose body is `xml`, with the namespaces w and r."""

    def build(document: Document) -> None:
        add(document, xml)

    return word(build)


def add(document: Document, xml: str) -> None:
    """Elements written as XML at the end of a document's body."""
    held = parse_xml(f"<w:body {nsdecls('w', 'r', 'wp', 'a')}>{xml}</w:body>")
    for element in list(held):
        document.element.body.insert(len(document.element.body) - 1, element)


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def with_list(
    document: Document, levels: Mapping[int, tuple[str, str, int]], extra: str = ""
) -> str:
    """A list of levels (format, text, start); its id, for `numId`."""
    root = document.part.numbering_part.element
    own = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text, start) in levels.items()
    )
    known = str(900 + len(root))
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{known}">{own}</w:abstractNum>'
    )
    root.insert(0, abstract)
    root.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{known}"><w:abstractNumId w:val="{known}"/></w:num>'
        )
    )
    return known


def numbered(list_id: str, depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'


def workbook(build: Callable[[Workbook], None]) -> bytes:
    """The bytes of a workbook that `build` fills; it has one sheet to begin with."""
    book = openpyxl.Workbook()
    build(book)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def read_book(build: Callable[[Workbook], None]) -> Reading:
    return read_xlsx(workbook(build), LIMITS)


def members(raw: bytes) -> dict[str, bytes]:
    """What a container holds, by name."""
    with zipfile.ZipFile(io.BytesIO(raw)) as source:
        return {name: source.read(name) for name in source.namelist()}


def stored(parts: Mapping[str, bytes]) -> bytes:
    """A container of these members."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return held.getvalue()


def repacked(raw: bytes, change: Mapping[str, bytes]) -> bytes:
    """A container with members replaced or added."""
    return stored({**members(raw), **change})


def edited(raw: bytes, name: str, pattern: str, replacement: str) -> bytes:
    """A container with one member's text changed; the pattern must be there."""
    changed, count = re.subn(pattern, replacement, members(raw)[name].decode())
    assert count, f"{pattern} isn't in {name}"
    return repacked(raw, {name: changed.encode()})
