"""The pages of a Word file: where one ends, and the number printed at its foot."""

from dataclasses import dataclass, field
from enum import IntEnum

from ingest.formats.containers import Container, Element
from ingest.formats.docx_styles import child, switched, value, whole
from ingest.formats.page import PageText
from ingest.formats.render import page

_NEW_PAGE = ("nextPage", "oddPage", "evenPage")
_DIGITS = (None, "decimal", "decimalZero", "numberInDash")
_FULLEST = 9000  # characters that no sheet holds: a break is missing before them


class Turn(IntEnum):
    """Why a page begins."""

    FIRST = 0
    BREAK = 1
    STYLE = 2
    SECTION = 3
    RENDERED = 4


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of pages with the same foot; `numbered` by kind of page: default, first, even."""

    new_page: bool
    start: int | None
    digits: bool
    title_page: bool
    numbered: dict[str, bool]

    def prints(self, number: int, *, first: bool, even_feet: bool) -> bool:
        """Whether the page of that number bears it."""
        kind = "default"
        if even_feet and number % 2 == 0:
            kind = "even"
        if self.title_page and first:
            kind = "first"
        return self.digits and self.numbered.get(kind, False)


def read_sections(body: Element, container: Container, part: str) -> tuple[Section, ...]:
    """The sections of a document in order; what one doesn't say is as in the one before."""
    related = container.relations(part)
    sections: list[Section] = []
    numbered: dict[str, bool] = {}
    for properties in body.iter("{*}sectPr"):
        if local_parent(properties) == "sectPrChange":
            continue
        kinds: dict[str, list[bool]] = {}
        for name in ("headerReference", "footerReference"):
            for reference in properties.iterfind(f"{{*}}{name}"):
                _, target = related.get(value(reference, "id") or "", ("", ""))
                root = container.root(target) if target else None
                kinds.setdefault(value(reference, "type") or "default", []).append(
                    root is not None and _has_page_number(root)
                )
        numbered = numbered | {kind: any(found) for kind, found in kinds.items()}
        numbers = child(properties, "pgNumType")
        sections.append(
            Section(
                (value(child(properties, "type")) or "nextPage") in _NEW_PAGE,
                whole(value(numbers, "start")),
                value(numbers, "fmt") in _DIGITS,
                bool(switched(properties, "titlePg")),
                numbered,
            )
        )
    return tuple(sections) or (Section(True, None, True, False, {}),)


def local_parent(element: Element) -> str:
    """The name of an element's parent, without its namespace."""
    parent = element.getparent()
    return "" if parent is None else str(parent.tag).rpartition("}")[2]


def _has_page_number(root: Element) -> bool:
    """Whether a header or footer holds the field that prints the page's number."""
    codes = [element.text or "" for element in root.iter("{*}instrText")]
    codes += [value(element, "instr") or "" for element in root.iter("{*}fldSimple")]
    if any(code.split()[:1] == ["PAGE"] for code in codes):
        return True
    return "PAGE" in "".join(codes).split()


@dataclass(slots=True)
class _Page:
    turn: Turn
    section: int
    first: bool
    number: int
    blocks: list[str] = field(default_factory=list)
    touched: bool = False


class Pages:
    """Pages as they are filled."""

    def __init__(self, sections: tuple[Section, ...], *, even_feet: bool) -> None:
        self._sections = sections
        self._even_feet = even_feet
        self._section = 0
        start = sections[0].start
        self._pages = [_Page(Turn.FIRST, 0, True, 1 if start is None else start)]
        self._rendered = False

    def add(self, blocks: list[str]) -> None:
        """Blocks at the foot of the present page."""
        if blocks:
            self._pages[-1].blocks.extend(blocks)
            self._pages[-1].touched = True

    def head(self, blocks: list[str]) -> None:
        """What stands at the head of the first page; it doesn't make a page."""
        self._pages[0].blocks.extend(blocks)

    def touch(self) -> None:
        """Something that has no words stands on the present page."""
        self._pages[-1].touched = True

    def turn(self, why: Turn) -> None:
        """A new page, unless the same break has been told already in another way."""
        self._rendered = self._rendered or why is Turn.RENDERED
        last = self._pages[-1]
        if not last.touched:
            if why is Turn.RENDERED and last.turn is not Turn.RENDERED:
                return
            if why in (Turn.STYLE, Turn.SECTION) and last.turn is Turn.BREAK:
                last.section, last.first = self._section, last.section != self._section
                return
        self._pages.append(
            _Page(why, self._section, self._section != last.section, self._number(last))
        )

    def end_section(self) -> None:
        """The section of the present page ends; the next begins on a new page or goes on."""
        if self._section + 1 >= len(self._sections):
            return
        self._section += 1
        if self._sections[self._section].new_page:
            self.turn(Turn.SECTION)

    def _number(self, last: _Page) -> int:
        start = self._sections[self._section].start
        return start if self._section != last.section and start is not None else last.number + 1

    def finished(self) -> tuple[PageText, ...]:
        """The pages; a single one without numbers where the file has no breaks."""
        if self._pages and not self._pages[-1].touched and len(self._pages) > 1:
            self._pages.pop()
        if len(self._pages) == 1:
            return (PageText(page(self._pages[0].blocks)),)
        known = True
        pages: list[PageText] = []
        for sheet, held in enumerate(self._pages, 1):
            text = page(held.blocks)
            section = self._sections[held.section]
            bears = section.prints(held.number, first=held.first, even_feet=self._even_feet)
            pages.append(PageText(text, sheet, held.number if bears and known else None))
            known = known and (self._rendered or len(text) <= _FULLEST)
        return tuple(pages)

    @property
    def overflowing(self) -> bool:
        """Whether a page holds more than a sheet can, so that later numbers aren't known."""
        return (
            len(self._pages) > 1
            and not self._rendered
            and any(len(page(held.blocks)) > _FULLEST for held in self._pages)
        )
