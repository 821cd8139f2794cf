"""Published Word files and web pages are understood as the packs that they were made from."""

import re
from collections import Counter
from pathlib import Path

import pytest

from ingest.model import Paper
from ingest.reading import read, read_bytes
from ingest.structure import understand

CORPUS = Path(__file__).parents[3] / "corpus"
PUBLISHED = [
    "averonshire-cpb-2023-07-06.docx",
    "castlebourne-cyposc-2025-01-16.docx",
    "castlebourne-cpp-2024-03-14.html",
]


def pair(name: str) -> tuple[Paper, Paper]:
    """The pack and its published file, both understood."""
    pack = CORPUS / "papers" / Path(name).with_suffix(".md").name
    return understand(read(pack)), understand(read(CORPUS / "published" / name))


def words(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


@pytest.mark.parametrize("name", PUBLISHED)
def test_meetings_items_and_decisions_are_those_of_the_pack(name: str) -> None:
    pack, published = pair(name)
    assert published.meeting == pack.meeting
    assert published.minutes_of == pack.minutes_of
    assert [(item.number, words(item.title), item.exempt) for item in published.items] == [
        (item.number, words(item.title), item.exempt) for item in pack.items
    ]

    def decided(paper: Paper) -> list[tuple[object, ...]]:
        return [
            (held.kind, words(held.text), held.meeting.held, held.owner, held.due)
            for held in paper.decisions
        ]

    assert decided(published) == decided(pack)


@pytest.mark.parametrize("name", PUBLISHED)
def test_cells_are_those_of_the_pack(name: str) -> None:
    def cells(paper: Paper) -> Counter[str]:
        return Counter(
            words(cell.text)
            for table in paper.tables
            for row in (*table.header, *table.rows)
            for cell in row
            if cell.text
        )

    pack, published = pair(name)
    assert cells(published) == cells(pack)


MINUTES = """<title>Agenda and minutes - Youth Board | Penmoor County Council</title>
<body><div id="header"><img alt="Penmoor County Council"></div>
<h1>Agenda and minutes</h1><h2>Youth Board - Tuesday, 5th March, 2024 2.00 pm</h2>
<table><tr><th>No.</th><th>Item</th></tr>
<tr><td>1.</td><td><p>Apologies</p><p>Minutes:</p><p>There were apologies from Councillor Fenn.
</p></td></tr>
<tr><td>2.</td><td><p>Fostering PDF 154 KB</p><p>Minutes:</p><p>Households stood at 142.</p>
<p><b>RESOLVED:</b></p><ol><li>That the report be noted.</li><li>That officers report in June.</li>
</ol><p><b>ACTION:</b> Head of Fostering to send the survey by 30 April 2024.</p></td></tr>
</table>"""


def test_a_page_of_minutes_gives_decisions_under_their_items() -> None:
    paper = understand(read_bytes(Path("page.html"), f"<html>{MINUTES}".encode()))
    assert paper.meeting.council == "Penmoor County Council"
    assert paper.meeting.committee == "Youth Board"
    assert str(paper.meeting.held) == "2024-03-05"
    assert [(held.title, held.number, held.text, held.owner) for held in paper.decisions] == [
        ("2. Fostering", "1", "That the report be noted.", None),
        ("2. Fostering", "2", "That officers report in June.", None),
        (
            "2. Fostering",
            None,
            "Head of Fostering to send the survey by 30 April 2024.",
            "Head of Fostering",
        ),
    ]


def test_an_agenda_page_gives_its_items_without_the_notes_on_them() -> None:
    page = """<html><body><h1>Agenda</h1><h2>Youth Board - Tuesday, 5th March, 2024 2.00 pm</h2>
    <table><tr><th>No.</th><th>Item</th></tr><tr><td>1.</td><td><p>Apologies</p></td></tr>
    <tr><td>2.</td><td><p>Fostering PDF 154 KB</p><p>To consider a report by the Director.</p>
    </td></tr><tr><td>3.</td><td><p>Placements (exempt)</p></td></tr></table>"""
    paper = understand(read_bytes(Path("page.html"), page.encode()))
    assert [(item.number, item.title, item.exempt) for item in paper.items] == [
        ("1", "Apologies", False),
        ("2", "Fostering", False),
        ("3", "Placements", True),
    ]
