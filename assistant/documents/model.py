"""A document as it is to be written: blocks in reading order, none of them markup."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title; `level` is 1 to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `small` for notes, such as what was searched. Line feeds stay."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; the items are numbered from 1 where `numbered`."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a paper, verbatim, and the place where they stand."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: names of columns, rows of as many cells, and what it shows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A PNG or JPEG picture, with the words that take its place for who can't see it."""

    data: bytes
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page, where there are pages."""


Block = Heading | Paragraph | Bullets | Quote | Table | Image | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A document. `subtitle` says of when or whom it is; `foot` stands at each page's foot."""

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    foot: str = ""
