"""Damaged files: a reader gives what it can or says why not, and never fails in another way."""

import random
from collections.abc import Callable

import pytest
from docx.document import Document
from openpyxl.workbook import Workbook

from ingest.errors import UnreadableFile
from ingest.formats.docx import read_docx
from ingest.formats.html import read_html
from ingest.formats.limits import Limits
from ingest.formats.page import Reading
from ingest.formats.sheets import read_csv, read_xlsx
from tests.ingest.formats.office import (
    LIMITS,
    add,
    members,
    numbered,
    paragraph,
    stored,
    with_list,
    word,
    workbook,
)

TRIES = 40
Reader = Callable[[bytes, Limits], Reading]


def word_file() -> bytes:
    def build(document: Document) -> None:
        document.add_heading("Penmoor Council", 1)
        held = with_list(document, {0: ("decimal", "%1.", 1), 1: ("lowerRoman", "(%2)", 1)})
        for depth in (0, 1, 1, 0):
            add(document, paragraph("Members agreed.", numbered(held, depth)))
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(1, 1)).text = "merged"
        document.sections[0].footer.paragraphs[0].text = "Page"

    return word(build)


def book_file() -> bytes:
    def build(book: Workbook) -> None:
        for row in (("Area", "Count"), ("North", 5), ("South", 0.5)):
            book.active.append(row)
        book.active.merge_cells("A5:B6")
        book.active["B3"].number_format = "0.0%"

    return workbook(build)


PAGE = (
    b"<html><head><title>T</title></head><body><h1>Penmoor</h1><ol start=2><li>One<li>Two</ol>"
    b"<table><tr><th rowspan=2>A<th colspan=3>B<tr><td>1<td>2<table><tr><td>x</table></table>"
    b"<dl><dt>Who<dd>Cabinet</dl><p>Words <a href=x>link PDF 12 KB</a><br>and <sup>2</sup></p>"
)
ROWS = b'Area,Count,"Note, long"\r\nNorth,5,"a\r\nb"\r\n\r\nTeam;Cost\r\nEast;9\r\n'


def mutated(raw: bytes, dice: random.Random) -> bytes:
    """A copy with a few bytes changed, dropped, doubled or cut off."""
    held = bytearray(raw)
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(held) or 1)
        match dice.randrange(5):
            case 0:
                held[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del held[at : at + dice.randint(1, 20)]
            case 2:
                held[at:at] = held[at : at + dice.randint(1, 40)]
            case 3:
                held[at:at] = dice.choice(
                    (b"<", b">", b"&", b'"', b"\0", b"9" * 12, b"-1", b"\xff")
                )
            case _:
                held = held[: max(1, at)] if dice.random() < 0.1 else held
    return bytes(held)


def survives(read: Reader, raw: bytes) -> None:
    try:
        reading = read(raw, LIMITS)
    except UnreadableFile as error:
        assert str(error).endswith(".")
    else:
        assert any(page.text for page in reading.pages)


@pytest.mark.parametrize(
    ("read", "raw"),
    [(read_docx, word_file()), (read_xlsx, book_file()), (read_html, PAGE), (read_csv, ROWS)],
    ids=["docx", "xlsx", "html", "csv"],
)
def test_mutated_bytes_are_read_or_refused(read: Reader, raw: bytes) -> None:
    dice = random.Random(4)
    for _ in range(TRIES):
        survives(read, mutated(raw, dice))


@pytest.mark.parametrize(
    ("read", "raw"), [(read_docx, word_file()), (read_xlsx, book_file())], ids=["docx", "xlsx"]
)
def test_mutated_parts_of_sound_containers_are_read_or_refused(read: Reader, raw: bytes) -> None:
    dice = random.Random(5)
    parts = members(raw)
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    for _ in range(TRIES):
        name = dice.choice(names)
        survives(read, stored({**parts, name: mutated(parts[name], dice)}))


@pytest.mark.parametrize(
    ("read", "raw"), [(read_docx, word_file()), (read_xlsx, book_file())], ids=["docx", "xlsx"]
)
def test_wrong_numbers_and_names_in_sound_xml_are_read_or_refused(read: Reader, raw: bytes) -> None:
    """Attributes with other values: the XML stays sound, so that the readers' own code is tried."""
    dice = random.Random(6)
    parts = members(raw)
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    for _ in range(2 * TRIES):
        name = dice.choice(names)
        text = parts[name].decode()
        pieces = text.split('="')
        for _ in range(dice.randint(1, 6)):
            at = dice.randrange(1, len(pieces) or 2) if len(pieces) > 1 else 0
            if at:
                rest = pieces[at].partition('"')[2]
                value = dice.choice(("", "0", "-1", "99999999999", "x", "A1:ZZ9", "1e400", "²"))
                pieces[at] = f'{value}"{rest}'
        survives(read, stored({**parts, name: '="'.join(pieces).encode()}))


@pytest.mark.parametrize(
    ("read", "raw"), [(read_docx, word_file()), (read_xlsx, book_file())], ids=["docx", "xlsx"]
)
def test_comments_and_instructions_between_elements_change_nothing(
    read: Reader, raw: bytes
) -> None:
    strewn = {
        name: content.replace(b"/>", b"/><!--x--><?x y?>").replace(b"</", b"<!--x--></")
        for name, content in members(raw).items()
        if name.endswith((".xml", ".rels"))
    }
    assert read(stored({**members(raw), **strewn}), LIMITS) == read(raw, LIMITS)
