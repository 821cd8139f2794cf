"""ZIP containers: what is refused before anything of them is parsed."""

import io
import zipfile

import pytest

from ingest.errors import UnreadableFile
from ingest.formats.containers import Container
from ingest.formats.docx import read_docx
from ingest.formats.limits import MIB, Limits
from ingest.formats.sheets import read_xlsx
from tests.ingest.formats.office import LIMITS, body, paragraph, repacked, workbook


def zipped(*members: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return held.getvalue()


def refused(raw: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(UnreadableFile) as error:
        Container(raw, limits)
    return str(error.value)


def test_a_member_that_unpacks_to_hundreds_of_times_its_size_is_refused() -> None:
    assert "unpacks to more than 100 times its size" in refused(
        zipped(("word/document.xml", b" " * 5 * MIB))
    )


def test_a_container_that_unpacks_to_too_much_is_refused() -> None:
    noise = bytes(range(256)) * 4096
    said = refused(zipped(("a", noise), ("b", noise)), Limits(unpacked=MIB, ratio=100_000))
    assert said.startswith("the file unpacks to 2 MB, more than 1 MB")


def test_too_many_members_are_refused() -> None:
    assert "5,001 parts" in refused(zipped(*((f"m{i}", b"") for i in range(5001))))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\x", "a\\..\\b"])
def test_names_that_climb_out_are_refused(name: str) -> None:
    assert "has a name that isn't allowed" in refused(zipped((name, b"x")))


def test_an_encrypted_member_is_refused() -> None:
    raw = bytearray(zipped(("word/document.xml", b"<x/>")))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    assert "encrypted; save it without a password" in refused(bytes(raw))


def test_a_file_cut_off_is_refused() -> None:
    raw = body(paragraph("x"))
    assert "damaged or cut off" in refused(raw[: len(raw) // 2])
    assert "damaged or cut off" in refused(b"PK\x03\x04")


def test_a_member_longer_than_it_says_is_refused() -> None:
    raw = bytearray(zipped(("word/document.xml", b"<w>" + b"a" * 5000 + b"</w>")))
    central = raw.index(b"PK\x01\x02")
    raw[central + 24 : central + 28] = (10).to_bytes(4, "little")
    with pytest.raises(UnreadableFile, match="is damaged"):
        Container(bytes(raw), LIMITS).read("word/document.xml")


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b"<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)


def test_document_types_and_entities_are_refused_in_every_part() -> None:
    raw = body(paragraph("x"))
    with pytest.raises(UnreadableFile, match=r"'word/document\.xml' declares a document type"):
        read_docx(repacked(raw, {"word/document.xml": BOMB}), LIMITS)
    wide = BOMB.decode().encode("utf-16")
    with pytest.raises(UnreadableFile, match=r"declares a document type|is damaged"):
        read_docx(repacked(raw, {"word/document.xml": wide}), LIMITS)
    book = workbook(lambda held: held.active.append(["x", 1]))
    sheet = (
        b'<!DOCTYPE x [<!ENTITY a "1">]><worksheet><sheetData><row r="1"><c r="A1" t="str">'
        b"<v>&a;</v></c></row></sheetData></worksheet>"
    )
    with pytest.raises(UnreadableFile, match="declares a document type"):
        read_xlsx(repacked(book, {"xl/worksheets/sheet1.xml": sheet}), LIMITS)


def test_nesting_without_end_is_refused() -> None:
    deep = b"<w:sdt>" * 100_000
    with pytest.raises(UnreadableFile, match="is damaged"):
        read_docx(repacked(body(paragraph("x")), {"word/document.xml": deep}), LIMITS)
