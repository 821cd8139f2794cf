"""What is published: reproducible, a sheet for each printed page, and what the truth says."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn
from PIL import ImageChops, ImageStat

from corpus import publish
from corpus.publishing.pack import Table, load, pack_ids

IDS = pack_ids()
MARKS = re.compile(r"^(?:\||> |- )|[|*#]", re.MULTILINE)


@cache
def _made() -> dict[str, bytes]:
    files = [file for pack_id in IDS for file in publish.publish_pack(pack_id)]
    return dict([*files, *publish.publish_others()])


def _sheets(content: bytes) -> list[str]:
    document = pdfium.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in document]


def _numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d[\d,.]*\d|\d", text))


def _source_pages(pack_id: str) -> list[str]:
    """The printed pages of the Markdown, without its marks."""
    source = (publish.CORPUS / "papers" / f"{pack_id}.md").read_text("utf-8")
    return [MARKS.sub(" ", page) for page in re.split(r"(?m)^Page \d+$", source)[:-1]]


def _words(text: str) -> str:
    return "".join(re.findall(r"\w+", text))


def _outline(document: pdfium.PdfDocument) -> Iterator[tuple[str, int]]:
    for bookmark in document.get_toc():
        yield bookmark.get_title(), bookmark.get_dest().get_index()


def _truth(pack_id: str) -> Any:
    return json.loads((publish.CORPUS / "truth" / f"{pack_id}.json").read_text("utf-8"))


@pytest.mark.parametrize("pack_id", IDS)
def test_a_pack_made_again_is_the_same_to_the_byte(pack_id: str) -> None:
    again = dict(publish.publish_pack(pack_id))
    assert again == {name: _made()[name] for name in again}


def test_the_other_files_made_again_are_the_same_to_the_byte() -> None:
    for name, content in publish.publish_others():
        assert content == _made()[name], name


def test_what_is_published_is_what_the_script_makes() -> None:
    """By what they hold: another build of zlib or of the JPEG coder may pack them otherwise."""
    held = {path.name: path.read_bytes() for path in publish.PUBLISHED.iterdir()}
    assert held.keys() == _made().keys()
    for name, content in held.items():
        assert _content(name, content) == _content(name, _made()[name]), name


def _content(name: str, content: bytes) -> object:
    match Path(name).suffix:
        case ".pdf":
            return _sheets(content)
        case ".docx":
            return docx.Document(io.BytesIO(content)).element.xml
        case ".xlsx":
            book = openpyxl.load_workbook(io.BytesIO(content))
            return [[sheet.title, *sheet.iter_rows(values_only=True)] for sheet in book]
        case _:
            return content


def test_all_of_it_is_small() -> None:
    assert sum(path.stat().st_size for path in publish.PUBLISHED.iterdir()) < 4 * 1024 * 1024


@pytest.mark.parametrize("pack_id", IDS)
def test_each_printed_page_is_one_sheet_after_the_cover(pack_id: str) -> None:
    sheets = _sheets(_made()[f"{pack_id}.pdf"])
    pages = _source_pages(pack_id)
    assert len(sheets) == len(pages) + 1
    assert "Page" not in sheets[0]
    for number, (sheet, page) in enumerate(zip(sheets[1:], pages, strict=True), 1):
        assert f"Page {number}" in sheet.splitlines()
        assert _numbers(sheet) == _numbers(page) + Counter([str(number)])


@pytest.mark.parametrize("pack_id", IDS)
def test_bookmarks_lead_to_the_sheet_on_which_an_item_begins(pack_id: str) -> None:
    document = pdfium.PdfDocument(_made()[f"{pack_id}.pdf"])
    found = list(_outline(document))
    expected = [
        (f"{item['number']} {item['title']}", item["pages"][0])
        for item in _truth(pack_id)["items"]
        if item["pages"]
    ]
    assert found[1:2] == [("Agenda", 1)]
    assert found[2:] == expected


@pytest.mark.parametrize("pack_id", IDS)
def test_twelve_months_are_set_across_and_all_else_upright(pack_id: str) -> None:
    document = pdfium.PdfDocument(_made()[f"{pack_id}.pdf"])
    across = {number for number, page in enumerate(document) if page.get_width() > 800}
    wide = {table["page"] for table in _truth(pack_id)["tables"] if table["columns"] >= 12}
    assert across == wide


@pytest.mark.parametrize("pack_id", IDS)
def test_tables_are_set_as_the_truth_labels_them(pack_id: str) -> None:
    """Two parsers read the Markdown: the publisher's, and the one whose work was looked over."""
    rows = [
        (page.number, [[re.sub(r"\*", "", cell) for cell in row] for row in block.rows])
        for page in load(pack_id).pages
        for block in page.blocks
        if isinstance(block, Table)
    ]
    labelled = [(t["page"], [*t["header"], *t["cells"]]) for t in _truth(pack_id)["tables"]]
    assert rows == labelled


@pytest.mark.parametrize("pack_id", IDS)
def test_labels_stand_on_their_pages(pack_id: str) -> None:
    truth = _truth(pack_id)
    pages = _source_pages(pack_id)
    whole = _words("".join(pages))
    for report in truth["reports"]:
        fields = [report[key] for key in ("title", "author", "director", "service")]
        assert [f for f in fields if _words(f) not in _words(pages[report["page"] - 1])] == []
    people = [person for listed in truth["attendance"].values() for person in listed]
    assert len(people) >= 15
    said = [value for person in people for value in person.values() if value]
    assert [value for value in said if _words(value) not in whole] == []
    for table in truth["tables"]:
        assert len(table["cells"]) == table["rows"]
        assert {len(row) for row in (*table["header"], *table["cells"])} == {table["columns"]}


@pytest.mark.parametrize("pack_id", publish.AS_WORD)
def test_word_counts_its_own_lists_and_pages(pack_id: str) -> None:
    document = docx.Document(io.BytesIO(_made()[f"{pack_id}.docx"]))
    body = document.element.body
    pages = [run for run in body.iter(qn("w:br")) if run.get(qn("w:type")) == "page"]
    assert len(pages) + 1 == len(_source_pages(pack_id))
    assert len(document.tables) == len(_truth(pack_id)["tables"])
    assert "PAGE" in document.sections[0].footer._element.xml
    assert len(list(body.iter(qn("w:hyperlink")))) >= 3
    assert "Heading 1" in {paragraph.style.name for paragraph in document.paragraphs}


@pytest.mark.parametrize("pack_id", publish.AS_WORD)
def test_word_prints_the_numbers_of_the_pack(pack_id: str) -> None:
    """Its automatic numbers, counted as Word counts them, are those of the Markdown."""
    document = docx.Document(io.BytesIO(_made()[f"{pack_id}.docx"]))
    printed = " ".join(_numbered(document))
    listed = re.findall(r"(?m)^ *(\d+\.|\(\w+\)|\d+\.\d+) (\w+)", "\n".join(_source_pages(pack_id)))
    missing = [f"{mark} {word}" for mark, word in listed if f"{mark} {word}" not in printed]
    assert len(listed) > 20
    assert missing == []


def _numbered(document: Any) -> Iterator[str]:
    formats = _formats(document)
    counts: dict[tuple[int, int], int] = {}
    for paragraph in document.paragraphs:
        properties = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
        text = paragraph.text.replace("\t", " ")
        if properties is None:
            yield text
            continue
        num, level = properties.numId.val, properties.ilvl.val
        counts[num, level] = counts.get((num, level), formats[num][level][2] - 1) + 1
        counts = {key: n for key, n in counts.items() if key[0] != num or key[1] <= level}
        kind, shape, _ = formats[num][level]
        for upper in range(level + 1):
            value = counts.get((num, upper), 0)
            letter = {
                "decimal": str(value),
                "lowerLetter": chr(96 + value),
                "lowerRoman": "i" * value,
                "none": "",
            }[kind if upper == level else formats[num][upper][0]]
            shape = shape.replace(f"%{upper + 1}", letter if upper == level else str(value))
        yield f"{shape} {text}"


def _formats(document: Any) -> dict[int, list[tuple[str, str, int]]]:
    root = document.part.numbering_part.element
    levels = {
        abstract.get(qn("w:abstractNumId")): [
            (
                level.find(qn("w:numFmt")).get(qn("w:val")),
                level.find(qn("w:lvlText")).get(qn("w:val")),
                int(level.find(qn("w:start")).get(qn("w:val"))),
            )
            for level in abstract.findall(qn("w:lvl"))
        ]
        for abstract in root.findall(qn("w:abstractNum"))
    }
    return {
        num.numId: levels[num.find(qn("w:abstractNumId")).get(qn("w:val"))]
        for num in root.findall(qn("w:num"))
    }


def test_the_web_page_has_each_minute() -> None:
    pack_id, (name, meeting) = next(iter(publish.MINUTES.items()))
    page = _made()[name].decode()
    first, last = meeting.pages
    source = "\n".join(_source_pages(pack_id)[first - 1 : last])
    numbers = re.findall(r"(?m)^ *(1\d\d)\.", source)
    assert re.findall(r'mgItemNumberCell">(\d+)\.', page) == numbers
    people = _truth(pack_id)["attendance"]
    assert len(meeting.present) == len(people["present"])
    assert len(meeting.in_attendance) == len(people["in_attendance"])
    for person in (*people["present"], *people["in_attendance"]):
        assert person["name"] in page


def test_the_workbook_holds_the_history() -> None:
    book = openpyxl.load_workbook(io.BytesIO(_made()["averonshire-indicators-2023-24.xlsx"]))
    assert [sheet.title for sheet in book if sheet.sheet_state == "hidden"] == ["Draft 2024-25"]
    rows = {row[1]: row for sheet in book for row in sheet.iter_rows(values_only=True) if row[1:]}
    assert rows["Children looked after at month end"][2:14] == (
        803, 812, 809, 806, 801, 797, 799, 794, 790, 786, 788, 783,
    )  # fmt: skip
    assert rows["Placed more than 20 miles from home (%)"][13:18] == (0.201, 0.15, 0.17, 0.18, 0.2)
    assert rows["Missing incidents in the month"][5] == "n/r"
    assert rows["Same placement for two years or more"][9] is None
    cell = book["Placements"]["C8"]
    assert (cell.value, cell.number_format) == (0.205, "0.0%")


def test_the_csv_says_each_figure_once() -> None:
    text = _made()["castlebourne-indicators-2023-24.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    keys = [(row["Indicator"], row["Population"], row["Period"]) for row in rows]
    assert len(rows) > 140
    assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_the_scan_is_a_picture_of_the_report() -> None:
    made = _made()[f"{publish.SCAN}.pdf"]
    published = (publish.PUBLISHED / f"{publish.SCAN}.pdf").read_bytes()
    assert _sheets(made) == ["", ""]
    for one, other in zip(pdfium.PdfDocument(made), pdfium.PdfDocument(published), strict=True):
        difference = ImageChops.difference(one.render().to_pil(), other.render().to_pil())
        assert max(ImageStat.Stat(difference).mean) < 2
    assert made.count(b"/DCTDecode") == 2
