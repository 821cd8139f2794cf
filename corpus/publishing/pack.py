"""A pack's Markdown as printed pages of blocks, for every format to be set from.

This is no reader: it knows the few ways in which the packs of this folder are written, and
shares nothing with `ingest`, so that a fault there can't hide behind the same fault here.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parents[1]

_PAGE = re.compile(r"(?m)^Page (\d+)$")
_HEADING = re.compile(r"(#{1,6})\s+(.+)")
_BOLD_LINE = re.compile(r"\*\*([^*]+)\*\*")
_SECTION = re.compile(r"(?:\d{1,2}(?:\.0)?|Slide) (?=[A-Z0-9]).{1,110}(?<![.;:,])")
_DATE = re.compile(
    r"\d{1,2} (January|February|March|April|May|June|July|August|September|October|November"
    r"|December) \d{4}"
)
_PARAGRAPH = re.compile(r"(\d{1,2}\.[1-9]\d?) (.+)")
_ITEM = re.compile(r"( *)(\d{1,2}\.|\(\d{1,2}\)|\([a-z]\)|\([ivx]+\)|-) (.+)")
_ROMAN = re.compile(r"\([ivx]+\)")
_RULE = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+")
_FIELD = re.compile(r"[A-Z][a-z]+ [a-z]+: ")
_WRAPPED = 100


@dataclass(frozen=True)
class Heading:
    """A heading; `level` is 1 for a report's title and 3 for a bold line of its own."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text, with its number ("1.1") where it has one."""

    text: str
    number: str | None = None


@dataclass(frozen=True)
class Item:
    """A list item with the marker as printed; `depth` is 0 or 1."""

    marker: str
    text: str
    depth: int


@dataclass(frozen=True)
class Lines:
    """Short lines that stand below one another."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows of cells, all of one length; the first `heads` rows are its header."""

    rows: tuple[tuple[str, ...], ...]
    heads: int
    ruled: bool


@dataclass(frozen=True)
class Quote:
    """A quotation set off from the text."""

    text: str


Block = Heading | Paragraph | Item | Lines | Table | Quote


@dataclass(frozen=True)
class Page:
    """A printed page."""

    number: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class AgendaItem:
    """A row of the agenda; `page` is the printed page on which its papers begin."""

    number: str
    title: str
    page: int | None


@dataclass(frozen=True)
class Pack:
    """A pack: what meeting it is for, and its pages."""

    id: str
    council: str
    committee: str
    held: date
    pages: tuple[Page, ...]
    items: tuple[AgendaItem, ...]

    @property
    def held_in_words(self) -> str:
        """The date as a council writes it: Thursday 8 February 2024."""
        return f"{self.held:%A} {self.held.day} {self.held:%B %Y}"


def pack_ids() -> list[str]:
    """The ids of all packs of this folder."""
    return sorted(path.stem for path in (CORPUS / "papers").glob("*.md"))


def load(pack_id: str) -> Pack:
    """The pack of that id, its meeting taken from the truth written beside it.

    Raises:
        FileNotFoundError: if there is no such pack or truth file.
    """
    source = (CORPUS / "papers" / f"{pack_id}.md").read_text("utf-8")
    truth = json.loads((CORPUS / "truth" / f"{pack_id}.json").read_text("utf-8"))
    return Pack(
        pack_id,
        truth["council"],
        truth["committee"],
        date.fromisoformat(truth["meeting_date"]),
        tuple(pages_of(source)),
        tuple(_agenda_item(item) for item in truth["items"]),
    )


def _agenda_item(item: dict[str, Any]) -> AgendaItem:
    return AgendaItem(item["number"], item["title"], item["pages"][0] if item["pages"] else None)


def pages_of(source: str) -> Iterator[Page]:
    """The printed pages of a pack's Markdown."""
    start = 0
    for mark in _PAGE.finditer(source):
        yield Page(int(mark[1]), tuple(_blocks(source[start : mark.start()])))
        start = mark.end()


def _blocks(text: str) -> Iterator[Block]:
    for chunk in re.split(r"\n\s*\n", text.strip("\n")):
        lines = _unwrapped(chunk.splitlines())
        for kind, run in groupby(lines, _kind):
            yield from _BLOCKS[kind](list(run))


def _unwrapped(lines: list[str]) -> list[str]:
    """Lines that were broken only because the next word had no room, joined again."""
    joined: list[str] = []
    last = ""
    for line in lines:
        if last and _runs_on(last, line):
            joined[-1] += " " + line
        else:
            joined.append(line)
        last = line
    return joined


def _runs_on(last: str, line: str) -> bool:
    """Whether the first word of a line had no room on the line before."""
    full = len(last) <= _WRAPPED and len(last) + len(line.split(" ")[0]) >= _WRAPPED - 5
    prose = _kind(line) == "lines" and _kind(last) in ("lines", "item", "numbered")
    return full and prose and not _FIELD.match(line)


def _kind(line: str) -> str:
    if line.startswith("|"):
        return "pipes"
    if "\t" in line:
        return "tabs"
    if line.startswith("> "):
        return "quote"
    if _HEADING.fullmatch(line) or _BOLD_LINE.fullmatch(line) or line.isupper():
        return "heading"
    if _PARAGRAPH.fullmatch(line):
        return "numbered"
    if _is_section(line):
        return "section"
    return "item" if _ITEM.fullmatch(line) else "lines"


def _is_section(line: str) -> bool:
    """A numbered line that is a heading though nothing marks it, as in "5 Interests"."""
    return _SECTION.fullmatch(line) is not None and " = " not in line and not _DATE.match(line)


def _headings(lines: list[str]) -> Iterator[Block]:
    for line in lines:
        marked, bold = _HEADING.fullmatch(line), _BOLD_LINE.fullmatch(line)
        if marked:
            yield Heading(min(len(marked[1]), 3), marked[2].replace("**", ""))
        else:
            yield Heading(3, bold[1] if bold else line)


def _numbered(lines: list[str]) -> Iterator[Block]:
    for line in lines:
        match = _PARAGRAPH.fullmatch(line)
        assert match is not None
        yield Paragraph(match[2], match[1])


def _items(lines: list[str]) -> Iterator[Block]:
    before = ""
    for line in lines:
        match = _ITEM.fullmatch(line)
        assert match is not None
        marker = match[2]
        nested = bool(match[1]) or (_ROMAN.fullmatch(marker) is not None and before != "(h)")
        yield Item(marker, match[3], int(nested and bool(before)))
        before = marker


def _plain(lines: list[str]) -> Iterator[Block]:
    if len(lines) == 1:
        yield Paragraph(lines[0])
    else:
        yield Lines(tuple(lines))


def _quotes(lines: list[str]) -> Iterator[Block]:
    for line in lines:
        yield Quote(line.removeprefix("> "))


def _piped(lines: list[str]) -> Iterator[Block]:
    rows = [
        tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))
        for line in lines
        if not _RULE.fullmatch(line)
    ]
    yield _table(rows, ruled=True)


def _tabbed(lines: list[str]) -> Iterator[Block]:
    yield _table([tuple(line.split("\t")) for line in lines], ruled=False)


def _table(rows: list[tuple[str, ...]], ruled: bool) -> Table:
    width = max(len(row) for row in rows)
    level = tuple(row + ("",) * (width - len(row)) for row in rows)
    return Table(level, _header_rows(level, ruled), ruled)


def _header_rows(rows: tuple[tuple[str, ...], ...], ruled: bool) -> int:
    """None for a box of fields, two where a second row divides the columns of the first."""
    if "Accountable director" in {row[0] for row in rows} or (len(rows[0]) == 2 and not ruled):
        return 0
    if "" in rows[0][1:] and len(rows[0]) > 2 and rows[1][0] == "":
        return 2
    return 1


_BLOCKS = {
    "pipes": _piped,
    "tabs": _tabbed,
    "quote": _quotes,
    "heading": _headings,
    "numbered": _numbered,
    "section": lambda lines: (Heading(3, line) for line in lines),
    "item": _items,
    "lines": _plain,
}
