"""The parts of an agenda pack: front sheet, minutes of an earlier meeting, reports.

Two things that page breaks do to minutes are mended here: text that a heading was pushed into
goes back before the heading, and a lead-in ("ACTION") that a heading parted from its text
comes after the heading's number with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import fuzz

from ingest.blocks import Block, BlockKind
from ingest.markup import plain
from ingest.model import Cell, Item, PartKind
from ingest.periods import find_days
from ingest.tables import Grid, read_grids

LEAD_IN = re.compile(
    r"^\W*(?:(?:it was\s+)?resolved(?:\s+unanimously)?|resolutions?|decisions?|agreed|actions?"
    r"(?:\s+(?:points?|agreed))?|recommendations?(?:\s+for\s+\w+)?)\W*$",
    re.IGNORECASE,
)
CLOSE = re.compile(
    r"^\W*(?:the\s+meeting\s+(?:was\s+)?(?:ended|closed|concluded|finished|terminated)|"
    r"meeting\s+(?:closed|ended)|chair(?:man|person)?\W*\.{3,})",
    re.IGNORECASE,
)
_MINUTES = re.compile(
    r"^\W*(?:(?:members\s+)?present\b|attendance\b|in attendance\b)[^.]{0,90}$"
    r"|^\W*(?:members\s+)?present\s*:.{0,400}$"
    r"|^[^.]{0,70}\bnotes\s+of\s+(?:the|a)\s+(?:last\s+|previous\s+)?meeting\b.{0,120}$"
    r"|^\W*(?:notes|record)\s+of\s+(?:the|a)\s+[^.]{0,60}\bheld\s+on\b.{0,60}$"
    r"|^\W*minute\s+of\s+(?:the\s+|a\s+)?(?:[\w-]+\s+)?meeting\b.{0,240}$"
    r"|^\W*(?:draft\s+)?minutes\s+of\s+(?:the\s+|a\s+|proceedings\s+)[^:;]{3,200}\bheld\b[^:;]{0,160}"
    r"\b\d{4}\b.{0,60}$"
    r"|^(?!\W*\[|\W*(?:(?:agenda\s+)?item\s+)?\d|\W*(?:to|that)\s|.*\bpages?\b)(?:[^.]|\.\d){0,70}\bminutes\b(?:[^.]|\.\d){0,160}$",
    re.IGNORECASE,
)
_NAMES_MINUTES = re.compile(r"\bminutes\b|\b(?:notes|record) of\b", re.IGNORECASE)
_NOTES = re.compile(r"\b(?:notes|minute|record)\b|\bdecisions\W*$", re.IGNORECASE)
_MINUTED = re.compile(r"\W*(?:minutes|decisions?(?: made| taken)?)\W*", re.IGNORECASE)
_DECIDED = re.compile(
    r"\bresolved\b|\bit was agreed\b|\bactions?\s*:|"
    r"\b(?:approved|confirmed|agreed|signed|accepted)\b[^.]{0,50}\b(?:correct|accurate|true)\b[^.]{0,20}\brecord",
    re.IGNORECASE,
)
# Pages of the sites that councils publish meetings on, one item or one meeting a page: what was
# said stands under "Minutes:" or "Decision:" below each item.
_PAGE = re.compile(
    r"^\W*(?:agenda item|issue - (?:meetings|decisions)|decision details|decision maker\b.{0,60}|"
    r"agenda(?:,| and| &)[\w ,]*\b(?:minutes|decisions)|agenda for .{5,200})\W*$",
    re.IGNORECASE,
)
_PAGE_OF_ITEM = re.compile(
    r"^\W*(?:agenda item|issue - \w+|decision (?:details|maker.*))\W*$", re.IGNORECASE
)
_SAID = re.compile(r"(?:^|\s)(?:Minutes|Decisions?):(?:\s|$)")
_RECORDS = re.compile(
    r"\bRESOLVED\b|^\W*Resolved\b|\b(?i:board|panel|committee|cabinet|forum|council) resolved\b|"
    r"\b(?i:apolog(?:y|ies)) (?:for absence )?(?:was|were|had been)\b|\bMinutes:\s"
)
_ASKS = re.compile(
    r"\brecommend(?:ations?|s|ed)\b|^\W*to (?:consider|receive|identify|disclose|approve)\b", re.I
)
_PRESENT = re.compile(r"^\W*(?:(?:members|councillors)\s+)?present\b", re.IGNORECASE)
_PERSON = re.compile(
    r"\b(?:(?i:councillors?|cllrs?|alderm[ae]n)|Mr|Mrs|Ms|Miss|Dr)\.?\s+[A-Z]|"
    r"\b[A-Z]\.?\s[A-Z][a-z]+|,\s[A-Z][\w’'-]+(?=,|\s(?:and|\()|$)"
)
_PEOPLE = 3
_LISTED_REACH = 6
_NOTES_REACH = 4
_REPORT = re.compile(
    r"^\W*(?:report\s+title\b|(?:report|title)\s*:|report\s+to\s*:|report\s+(?:of|by)\s+the\b|"
    r"(?:report\s+(?:of|by|author)|(?:lead\s+)?author)\s*:|report\s+by\s+[A-Z]|"
    r"agenda\s+item\s+(?:no\W*)?\d+)",
    re.IGNORECASE,
)
_AUTHORED = re.compile(
    r"^\W*(?:report\s+(?:of|by|author|from)|(?:lead\s+)?author)\b", re.IGNORECASE
)
_PURPOSE = re.compile(r"^\W*(?:purpose|recommendations?|summary|introduction)\b", re.IGNORECASE)
_ITEM_NUMBER = re.compile(r"\bagenda\s+item\b\W*(?:(?:no|number)\W+)?(\d{1,2})\b", re.I)
_ITEM_LINE = re.compile(r"^\W*(?:agenda\s+)?item\s+(?:no\W*)?(\d{1,2})\W*$", re.IGNORECASE)
_NOTED_ITEM = re.compile(r"^\W*\(agenda item\W*\d+\)\W*$", re.IGNORECASE)
"""Under a minute's heading, the item of the agenda that it was."""
_PAPER_LINE = re.compile(
    r"^\W*(?i:paper|enclosure)\s+[A-Z\d]{1,2}(?:\s*[–:—-]\s*(?P<title>.+?))?\W*$"
)
_RUNNING_HEAD = re.compile(
    r"^.{0,80}\b(?:board|panel|committee|cabinet|commission|forum)\W+(?:agenda\s+)?item\s+(\d{1,2})\W*$",
    re.IGNORECASE,
)
_HEAD_OF_ITEM = re.compile(
    r"^\W*(?P<title>[A-Z][\w’',:&/ -]{7,100}?)\W*(?i:(?:agenda )?item)\s+(?P<number>\d{1,2})\W*$"
)
_TITLE_LABEL = re.compile(r"^\W*(?:report\s+title|(?:report|title)\s*:)\W*", re.IGNORECASE)
_FIELD = re.compile(
    r"\s(?:agenda item|cabinet member|prepared by|wards|author|accountable|originating)\b",
    re.IGNORECASE,
)
_EXEMPT = re.compile(
    r"not\s+open\s+to\s+the\s+(?:press\s+and\s+)?public|\bpart\s+(?:2|ii|b)\b|"
    r"exempt\s+(?:items?|business|information)\b|private\s+(?:items?|business|session)|"
    r"closed\s+to\s+the\s+public",
    re.IGNORECASE,
)
_EXEMPT_ITEM = re.compile(
    r"\((?:exempt|private|confidential)\b|\bnot (?:open to|for publication)", re.IGNORECASE
)
_PRIVATE_WORDS = re.compile(
    r"\((?:exempt|private|confidential)\b[^()]*\)|"
    r"^(?:private|exempt) (?:session|items?)\b[\s:.–-]*|"
    r"\bnot (?:open|for publication)\b.*$",
    re.IGNORECASE,
)
_PAGES = re.compile(r"\(?\b(?:Pages?\s+|pp?\.\s*)(\d+)\s*(?:-|–|to)?\s*(\d+)?\)?", re.IGNORECASE)
_PAGE_CELL = re.compile(r"(?:pages?\s*)?(\d{1,3})(?:\s*(?:-|–|to)\s*(\d{1,3}))?", re.I)
_TRAILING_PAGES = re.compile(r"\s(\d{1,3})\s*[-–]\s*(\d{1,3})$")
_NUMBER_CELL = re.compile(r"\(?(\d{1,2})[.)]?")
# "Item 3 Minutes", but not "Item 3 isn't open to the public".
_AGENDA_LINE = re.compile(
    r"^\W*(?P<named>(?i:(?:agenda\s+)?item\s+(?:no\W*)?))?(\d{1,2})(?:[.):]|\s[-–—:])?\s+"
    r"(?(named)(?=[“\"(]?[A-Z])|(?=\S))(.+)$"
)
_NOTE = r"\[(?=\w+(?:\s+\S+){2})"
_CELL_BREAK = re.compile(rf"(?:<br\s*/?>\s*){{2,}}|\n\s*\n|{_NOTE}", re.IGNORECASE)
_LONG_TITLE = 90
_CLAUSE = re.compile(r"(?:,|:)\s+(?:so|as|since|because|which|in order)\b.*$")
_NUMBER_HEAD = re.compile(r"(?:agenda )?(?:items?|no|number|ref)\b[\W\w]{0,8}", re.IGNORECASE)
_TITLE_HEAD = re.compile(
    r"(?:report |agenda )?(?:titles?|subjects?|business|items?|reports?|topics?|matters?)"
    r"(?: of business)?",
    re.IGNORECASE,
)
_FURTHER_HEAD = re.compile(
    r"(?:pages?|papers?|appendix|lead|officer|presenter|led by|time|report|attached)\b"
    r"[\W\w]{0,20}",
    re.IGNORECASE,
)
_OF_A_MEETING = re.compile(r"^\W*(?:draft )?minutes\b(?:.{0,60}\b(?:meeting|held)\b|\W*$)", re.I)
_TITLE_LINES = 3
_AGENDA_REACH = 200
_AMID = 3
_MINUTES_REACH = 45
_ITEM_REACH = 8
_HEADER_LINE = 160
_HEADER_SENTENCE = 40
_HEADER_BLOCKS = 10
_HEADER_COLUMNS = 3
_PAGE_HEADER = 4


class _Rank(IntEnum):
    """How much a line of a report's header can be trusted to hold its title."""

    NONE = 0
    ITEM = 1
    HEADING = 2
    LABEL = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of blocks that is one thing."""

    kind: PartKind
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the front sheet; `words` with its notes and pages, `pages` a cell of its own."""

    number: int | None
    title: str
    words: str
    pages: str = ""


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a part begins, and what its first line says of its title."""

    kind: PartKind
    title: str
    rank: _Rank


def agenda_items(blocks: tuple[Block, ...], text: str) -> tuple[Item, ...]:
    """The agenda as the front sheet lists it; empty when there is none."""
    front = blocks[: _body_start(blocks, text)]
    entries = [entry for block in front for entry in _entries(block, text)]
    numbered = [i for i, entry in enumerate(entries) if entry.number is not None]
    chain = max(
        (_chain(entries, numbered[k:]) for k in range(len(numbered))), key=len, default=[]
    )  # front sheets hold other numbered lines too: the agenda is the longest run
    if len(chain) < 2:
        return ()
    private = [i for i, entry in enumerate(entries) if _heads_private(entry)]
    return tuple(
        _item(entries[i], exempt=any(chain[0] < line < i for line in private)) for i in chain
    )


def is_agenda(grid: Grid) -> bool:
    """Whether a table's head is that of an agenda: number, title and nothing but pages."""
    for row in (*grid.header, *grid.rows[:1]):
        cells = [cell.text.strip(" :.") for cell in row if cell.text]
        if (
            len(cells) > 1
            and _NUMBER_HEAD.fullmatch(cells[0])
            and _TITLE_HEAD.fullmatch(cells[1])
            and all(map(_FURTHER_HEAD.fullmatch, cells[2:]))
        ):
            return True
    return False


def _chain(entries: list[_Entry], numbered: list[int]) -> list[int]:
    """The entries from the first on whose numbers count up, one gap allowed."""
    chain: list[int] = []
    for i in numbered:
        number, last = entries[i].number or 0, entries[chain[-1]].number or 0 if chain else 0
        if not chain or 1 <= number - last <= 2:
            chain.append(i)
    return chain


def _heads_private(entry: _Entry) -> bool:
    """Whether a line heads the private part, rather than naming an item that leads up to it."""
    words = entry.words
    own_line = entry.number is None and not words.startswith("[") and len(words) < 120
    return own_line and bool(_EXEMPT.search(words))


def _entries(block: Block, text: str) -> Iterator[_Entry]:
    if block.kind is not BlockKind.TABLE:
        yield _line_entry(block.text)
        return
    for grid in read_grids(block, text):
        for row in (*grid.header, *grid.rows):
            yield _row_entry(row, text)


def _line_entry(words: str) -> _Entry:
    match = _AGENDA_LINE.match(words)
    if not match:
        return _Entry(None, words, words)
    return _Entry(int(match[2]), re.split(_NOTE, match[3])[0], match[3])


def _row_entry(row: tuple[Cell, ...], text: str) -> _Entry:
    cells = [cell for cell in row if cell.text]
    words = " ".join(cell.text for cell in cells)
    number = _NUMBER_CELL.fullmatch(cells[0].text) if cells else None
    if number is None or len(cells) < 2:
        return _line_entry(words)
    pages = cells[-1].text if len(cells) > 2 and _PAGE_CELL.fullmatch(cells[-1].text) else ""
    raw = text[cells[1].start : cells[1].end]
    end = cells[1].start + len(_CELL_BREAK.split(raw)[0])
    return _Entry(int(number[1]), plain(text, cells[1].start, end).text, words, pages)


def _item(entry: _Entry, *, exempt: bool) -> Item:
    pages = (
        _PAGE_CELL.fullmatch(entry.pages)
        or _PAGES.search(entry.words)
        or _TRAILING_PAGES.search(entry.words)
    )
    first = int(pages[1]) if pages else None
    last = int(pages[2]) if pages and pages[2] else first
    private = exempt or bool(_EXEMPT_ITEM.search(entry.words))
    return Item(str(entry.number), _item_title(entry.title), first, last, private)


def _item_title(words: str) -> str:
    """An agenda item's title without pages, notes, and what is said about its privacy."""
    title = _TRAILING_PAGES.sub("", re.split(r"\((?:Pages?\b|pp?\.)", words)[0].strip())
    title = _PRIVATE_WORDS.sub("", title.strip(" |")).strip(" .")
    title = re.split(r"(?<=[a-z]{2})\.\s+(?=[A-Z])", title)[0]
    title = _PRIVATE_WORDS.sub("", title)
    if len(title) > _LONG_TITLE:
        title = _CLAUSE.sub("", title)
    return title.strip(" .|") or words.strip()


def _body_start(blocks: tuple[Block, ...], text: str) -> int:
    """Where the front sheet ends: the minutes or the first report after the agenda."""
    page = _page_start(blocks)
    if page is not None:
        return page
    agenda = _agenda_end(blocks, text)
    for i in range(min(_TITLE_LINES, len(blocks))):
        if _titled_minutes(blocks[i]) and _opens_minutes(blocks, i):
            return i  # minutes on their own, without a front sheet
    for i in range(max(_TITLE_LINES, agenda), len(blocks)):
        opens = _opens_report(blocks[i]) and not _amid_agenda(blocks, i)
        if opens or _opens_minutes(blocks, i):
            return i - len(_page_header(blocks[agenda:i]))
        top = blocks[i].kind is BlockKind.HEADING and blocks[i].level <= 2
        if agenda and top and not _EXEMPT.search(blocks[i].text):
            return i
    return agenda


def _page_start(blocks: tuple[Block, ...]) -> int | None:
    """Where a web page of one item's or one meeting's minutes begins, if the paper is one."""
    top = (i for i, block in enumerate(blocks[:_TITLE_LINES]) if _PAGE.match(block.text))
    start = next(top, None)
    if start is None:
        return None
    said = [block.text for block in blocks[start + 1 :] if _SAID.search(block.text)]
    least = 1 if _PAGE_OF_ITEM.match(blocks[start].text) else _PEOPLE
    labels = [text for text in said if _MINUTED.fullmatch(text)]
    return start if len(labels) >= min(least, 2) or len(said) >= least else None


def _amid_agenda(blocks: tuple[Block, ...], i: int) -> bool:
    """Whether a line stands between two agenda items: it says whose report the first one is."""
    above = map(_agenda_number, blocks[max(0, i - _AMID) : i + 1][::-1])
    below = map(_agenda_number, blocks[i + 1 : i + 1 + _AMID])
    last, following = next(filter(None, above), None), next(filter(None, below), None)
    return last is not None and following is not None and following - last in (1, 2)


def _agenda_number(block: Block) -> int | None:
    match = None if block.kind is BlockKind.TABLE else _AGENDA_LINE.match(block.text)
    return int(match[2]) if match else None


def _titled_minutes(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and bool(_OF_A_MEETING.match(block.text))


def _agenda_end(blocks: tuple[Block, ...], text: str) -> int:
    """The index after the last agenda table of the front sheet, 0 where there is none."""
    end = 0
    for i, block in enumerate(blocks[:_AGENDA_REACH]):
        if block.kind is BlockKind.TABLE and any(map(is_agenda, read_grids(block, text))):
            end = i + 1
        elif end and (_opens_minutes(blocks, i) or _opens_report(block)):
            break
    return end


def _opens_minutes(blocks: tuple[Block, ...], i: int) -> bool:
    """Whether a line heads minutes, judged by what the lines after it hold."""
    block = blocks[i]
    below = blocks[i + 1 : i + 1 + _ITEM_REACH]
    labelled = block.kind is BlockKind.HEADING and _MINUTED.fullmatch(block.text)
    # A web page of one item or decision: what was decided stands right under the label.
    if labelled and any(_DECIDED.search(b.text) for b in below):
        return True
    if block.kind is BlockKind.TABLE or block.marker:
        return False
    if _heads_notes(blocks, i):
        return True
    if not (_MINUTES.match(block.text) or _PRESENT.match(block.text)):
        return False
    near = " ".join(b.text for b in blocks[i : i + _MINUTES_REACH]).lower()
    apologies = "apolog" in near
    attendance = bool(re.search(r"\b(?:attend\w*|present)\b", near))
    decided = bool(_DECIDED.search(near))
    dated = any(find_days(b.text) for b in blocks[i : i + 3])
    signs = sum((apologies, attendance, decided, dated))
    headed = block.kind is BlockKind.HEADING and bool(_NAMES_MINUTES.search(block.text))
    if _lists_those_present(blocks, i) and (decided or _NAMES_MINUTES.search(block.text)):
        return True
    return (apologies and attendance) or (headed and decided and signs > 1)


def _heads_notes(blocks: tuple[Block, ...], i: int) -> bool:
    """Whether a heading names notes or a record, and a meeting's date and people follow at once."""
    if blocks[i].kind is not BlockKind.HEADING or not _NOTES.search(blocks[i].text):
        return False
    below = blocks[i : i + _NOTES_REACH]
    dated = any(find_days(block.text) for block in below)
    return dated and any(len(_PERSON.findall(block.text)) >= _PEOPLE for block in below)


def _lists_those_present(blocks: tuple[Block, ...], i: int) -> bool:
    """Whether people are listed as present right below a line, or on it."""
    for j in range(i, min(i + _LISTED_REACH, len(blocks))):
        if _PRESENT.match(blocks[j].text):
            listed = " ".join(block.text for block in blocks[j : j + _LISTED_REACH])
            return len(_PERSON.findall(listed)) >= _PEOPLE
    return False


def _opens_report(block: Block) -> bool:
    if block.kind is BlockKind.TABLE:
        rows = [re.split(r"[|\t]", line.raw.strip("-| ")) for line in block.lines]
        return any(_REPORT.match(cells[0]) for cells in rows) or _head_number(block) is not None
    short = len(block.text) < _HEADER_LINE
    ends = _ITEM_NUMBER.search(block.text)
    numbered = short and ends and not block.text[ends.end() :].strip(" .*|")
    labelled = _TITLE_LABEL.match(block.text) and len(block.text) < 3 * _HEADER_LINE
    named = _ITEM_LINE.match(block.text) or (short and _REPORT.match(block.text))
    papers = block.kind is BlockKind.HEADING and _PAPER_LINE.match(block.text)
    return bool(numbered or labelled or named or papers or _head_number(block))


def _head_number(block: Block) -> str | None:
    """The agenda item that a page's running head names beside the body, or in its last cell."""
    if block.kind is not BlockKind.TABLE:
        head = _RUNNING_HEAD.match(block.text)
        return head[1] if head else None
    rows = [re.split(r"[|\t]", line.raw.strip("-| ")) for line in block.lines[:_PAGE_HEADER]]
    short = [cells for cells in rows if 1 < len(cells) <= _HEADER_COLUMNS]
    heads = (_ITEM_LINE.match(cells[-1]) for cells in short)
    return next((head[1] for head in heads if head), None)


def read_parts(blocks: tuple[Block, ...], items: tuple[Item, ...], text: str) -> tuple[Part, ...]:
    """The pack's parts in printed order; a paper without a front sheet is one report."""
    body = _body_start(blocks, text)
    parts: list[Part] = []
    if body and not items and _records(blocks[:body]):
        return (Part(PartKind.MINUTES, "Minutes", blocks),)
    if body:
        parts.append(Part(PartKind.FRONT, "Agenda", blocks[:body]))
    if _page_start(blocks) is not None:
        return (*parts, Part(PartKind.MINUTES, _page_title(blocks[body:]), blocks[body:]))
    current = _Opening(PartKind.REPORT, "", _Rank.NONE)
    held: list[Block] = []
    minuted = False

    def close() -> None:
        if held:
            mended = _reordered(held) if current.kind is PartKind.MINUTES else held
            parts.append(Part(current.kind, current.title, tuple(mended)))
            held.clear()

    for i in range(body, len(blocks)):
        opening = _opening(blocks, i, items, current, minuted=minuted, minutes=held[:1])
        if opening is not None:
            begun = _header_only(current, held)
            if not begun:
                above = [] if opening.rank is _Rank.HEADING else _page_header(held)
                del held[len(held) - len(above) :]
                close()
                held.extend(above)
            if not begun or opening.kind is PartKind.MINUTES or opening.rank >= current.rank:
                current = opening
            minuted = minuted or opening.kind is PartKind.MINUTES
        held.append(blocks[i])
        if current.kind is PartKind.MINUTES and CLOSE.match(blocks[i].text):
            close()
            current = _Opening(PartKind.REPORT, "", _Rank.NONE)
    close()
    if len(parts) == 1 and not parts[0].title and _records(blocks):
        return (Part(PartKind.MINUTES, "Minutes", tuple(_reordered(list(blocks)))),)
    return tuple(parts)


def _page_title(page: Sequence[Block]) -> str:
    """What the page of one item is about."""
    titled = _PAGE_OF_ITEM.match(page[0].text) and not _SAID.search(page[1].text)
    return page[1].text if titled else "Minutes"


def _records(blocks: Sequence[Block]) -> bool:
    """Whether a paper without a report's title or requests says what a meeting resolved."""
    asked = any(_ASKS.search(block.text) for block in blocks if not _RECORDS.search(block.text))
    return not asked and any(_RECORDS.search(block.text) for block in blocks)


def _opening(
    blocks: tuple[Block, ...],
    i: int,
    items: tuple[Item, ...],
    current: _Opening,
    *,
    minuted: bool,
    minutes: list[Block],
) -> _Opening | None:
    """The part that opens at a block, if one does; `minutes` is the block that opened them."""
    block = blocks[i]
    if not minuted and _opens_minutes(blocks, i):
        return _Opening(PartKind.MINUTES, "Minutes", _Rank.NONE)
    if (headed := _headed_as_item(block, items)) and headed != current.title:
        return _Opening(PartKind.REPORT, headed, _Rank.ITEM)
    noted = current.kind is PartKind.MINUTES and not items and _NOTED_ITEM.match(block.text)
    if _opens_report(block) and not noted:
        title, rank = _report_title(blocks, i, items)
        again = rank is _Rank.ITEM and title == current.title and current.kind is PartKind.REPORT
        return None if again else _Opening(PartKind.REPORT, title, rank)
    if current.kind is PartKind.MINUTES:
        if _ends_minutes(block, minutes, items):
            return _Opening(PartKind.REPORT, block.text, _Rank.HEADING)
    elif _agenda_heading(block, items, current) or _agenda_label(blocks, i, items, current):
        return _Opening(PartKind.REPORT, block.text, _Rank.HEADING)
    return None


def _page_header(blocks: Sequence[Block]) -> list[Block]:
    """The headings just above a part's opening: the council, the meeting, the report's title."""
    above: list[Block] = []
    for block in reversed(blocks[1:]):
        plain_heading = block.kind is BlockKind.HEADING and block.marker is None
        if len(above) == _PAGE_HEADER or not plain_heading or ":" in block.text[:20]:
            break
        if (
            LEAD_IN.match(block.text)
            or _EXEMPT.search(block.text)
            or _AGENDA_LINE.match(block.text)
        ):
            break
        above.insert(0, block)
    return above


def _header_only(current: _Opening, held: list[Block]) -> bool:
    """Whether a report has just begun, so that what opens now goes on with its header."""
    begun = current.kind is PartKind.REPORT and len(held) <= _HEADER_BLOCKS
    return begun and not any(map(_tells, held))


def _tells(block: Block) -> bool:
    """Whether a block says something, rather than naming a report, its date or its author."""
    sentence = len(block.text) > _HEADER_SENTENCE and block.text.endswith(".")
    if block.kind is BlockKind.TABLE:
        return _many_columns(block)
    return bool(
        block.kind is BlockKind.LIST_ITEM
        or LEAD_IN.match(block.text)
        or re.match(r"\d{1,2}\.\d", block.marker or "")
        or len(block.text) > _HEADER_LINE
        or sentence
    )


def _many_columns(block: Block) -> bool:
    """Whether a table has more columns than the label and value of a report's header."""
    rows = [[c for c in re.split(r"[|\t]", line.raw) if c.strip(" -:")] for line in block.lines]
    return sum(len(row) > _HEADER_COLUMNS for row in rows) > 1


def _ends_minutes(block: Block, minutes: list[Block], items: tuple[Item, ...]) -> bool:
    """Whether a heading as high as that of the minutes opens a report that the agenda names."""
    if block.kind is not BlockKind.HEADING or block.marker or not minutes:
        return False
    level = minutes[0].level if minutes[0].kind is BlockKind.HEADING else 1
    return block.level <= min(level, 3) and _on_agenda(block.text, items)


def _headed_as_item(block: Block, items: tuple[Item, ...]) -> str | None:
    """The agenda item that a page's head gives by title and number: "ACTION LOG   ITEM 4"."""
    head = _HEAD_OF_ITEM.match(block.text) if block.kind is not BlockKind.TABLE else None
    if head is None:
        return None
    title, number = head["title"].casefold(), head["number"]
    listed = (item.title for item in items if item.number == number)
    return head["title"] if any(own.casefold().startswith(title) for own in listed) else None


def _agenda_heading(block: Block, items: tuple[Item, ...], current: _Opening) -> bool:
    """Whether a top heading opens another report: an agenda item's title, or level 1.

    Inside a report that the agenda names, level 1 headings are its own chapters.
    """
    if block.kind is not BlockKind.HEADING or block.text == current.title or block.level > 2:
        return False
    chapter = _on_agenda(current.title, items)
    return _on_agenda(block.text, items) or (block.level == 1 and not chapter)


def _agenda_label(
    blocks: tuple[Block, ...], i: int, items: tuple[Item, ...], current: _Opening
) -> bool:
    """Whether a line that isn't marked as a heading is an agenda item's title, and a report's.

    Text extractions lose how large a title was printed; what follows it then tells.
    """
    block = blocks[i]
    title = block.text.casefold()
    if block.kind is BlockKind.TABLE or title == current.title.casefold():
        return False
    listed = any(title == item.title.casefold() for item in items)
    return listed and any(map(_begins_report, blocks[i + 1 : i + 1 + _PAGE_HEADER]))


def _begins_report(block: Block) -> bool:
    """Whether a block is of the kind that a report begins with: author, purpose, paragraph 1."""
    return (
        _opens_report(block)
        or bool(_PURPOSE.match(block.text))
        or (block.marker or "").strip(".()") in ("1", "1.0", "1.1")
    )


def _on_agenda(title: str, items: tuple[Item, ...]) -> bool:
    """Whether the agenda names a title: in the same words, or in fewer, but not in many more."""
    folded = title.lower()
    return any(
        folded == item.title.lower()
        or (
            12 < len(item.title) <= len(title) * 1.35
            and fuzz.partial_ratio(item.title.lower(), folded) >= 92
        )
        for item in items
    )


def _report_title(blocks: tuple[Block, ...], i: int, items: tuple[Item, ...]) -> tuple[str, _Rank]:
    """The title in a report's header: by its label, or by the number of the agenda item."""
    block = blocks[i]
    labelled = _tabled_title(block) if block.kind is BlockKind.TABLE else _line_title(blocks, i)
    if labelled:
        return labelled, _Rank.LABEL
    line = _ITEM_NUMBER.search(block.text) or _ITEM_LINE.match(block.text)
    number = line[1] if line else _head_number(block)
    listed = [item.title for item in items if number and item.number == number]
    if listed:
        return listed[0], _Rank.ITEM
    above = [b.text for b in blocks[max(0, i - _PAGE_HEADER) : i] if b.kind is BlockKind.HEADING]
    if named := [title for title in above if _on_agenda(title, items)]:
        return named[-1], _Rank.ITEM
    if paper := _PAPER_LINE.match(block.text):
        below = [b.text for b in blocks[i + 1 : i + 2] if len(b.text) < _HEADER_LINE]
        return paper["title"] or "".join(below), _Rank.NONE
    beside = blocks[i - 1].text if i and blocks[i - 1].kind is BlockKind.HEADING else ""
    named_by = block.kind is BlockKind.TABLE or _AUTHORED.match(block.text)
    return beside if named_by else block.text, _Rank.NONE


def _tabled_title(block: Block) -> str:
    for line in block.lines:
        cells = [c.strip() for c in re.split(r"[|\t]", line.text if "|" in line.text else line.raw)]
        cells = [c for c in cells if c]
        if len(cells) > 1 and re.match(r"^\W*(?:report\s+title|title)\b", cells[0], re.IGNORECASE):
            return cells[1].strip("* ")
    return ""


def _line_title(blocks: tuple[Block, ...], i: int) -> str:
    """What stands beside the label "Report title", or on the line below it."""
    label = _TITLE_LABEL.match(blocks[i].text)
    if not label:
        return ""
    beside = blocks[i].text[label.end() :]
    if beside:
        return _FIELD.split(beside)[0].strip()
    following = blocks[i + 1].text if i + 1 < len(blocks) else ""
    return following if len(following) < 200 else ""


def _reordered(blocks: list[Block]) -> list[Block]:
    """Minutes with what a page break pushed below the next heading put back above it."""
    mended: list[Block] = []
    i = 0
    while i < len(blocks):
        block = blocks[i]
        numbered = block.kind is BlockKind.HEADING and block.marker is not None
        if numbered and mended:
            j = i + 1
            while j < len(blocks) and _belongs_before(mended[-1], blocks[j]):
                mended.append(blocks[j])
                j += 1
            mended.append(block)
            i = j
            continue
        mended.append(block)
        i += 1
    return mended


def _belongs_before(previous: Block, block: Block) -> bool:
    if re.match(r"(?:was|were) (?:received|submitted|given|noted|intimated|reported)", block.text):
        return False  # "Apologies" is its subject
    if block.kind is BlockKind.HEADING or block.kind is BlockKind.TABLE:
        return False
    if LEAD_IN.match(previous.text):
        return True
    opened = previous.text.rstrip(" *")[-1:] not in ".!?:"
    if block.kind is BlockKind.PARAGRAPH:
        return opened and block.text.lstrip("* ")[:1].islower()
    if previous.kind is not BlockKind.LIST_ITEM and not opened:
        return False
    return _follows(previous.marker, block.marker, opened=opened)


def _follows(marker: str | None, after: str | None, *, opened: bool) -> bool:
    """Whether list marker `after` goes on from `marker`: the next letter, or the same bullet."""
    if after is None:
        return False
    letter = re.sub(r"\W", "", after)
    if marker is None:  # the tail of a torn item
        return opened and len(letter) == 1 and letter > "a"
    before = re.sub(r"\W", "", marker)
    if not letter and not before:
        return opened and marker == after
    return len(before) == len(letter) == 1 and ord(letter) == ord(before) + 1
