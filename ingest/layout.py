"""The parts of an agenda pack: front sheet, minutes of an earlier meeting, reports.

Two things that page breaks do to minutes are mended here: text that a heading was pushed into
goes back before the heading, and a lead-in ("ACTION") that a heading parted from its text
comes after the heading's number with it.
"""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from ingest.blocks import Block, BlockKind
from ingest.model import Item, PartKind

LEAD_IN = re.compile(
    r"^\W*(?:(?:it was\s+)?resolved(?:\s+unanimously)?|resolutions?|decisions?|agreed|actions?"
    r"(?:\s+(?:points?|agreed))?|recommendations?(?:\s+for\s+\w+)?)\W*$",
    re.IGNORECASE,
)
_MINUTES = re.compile(
    r"^\W*(?:(?:members\s+)?present\b|attendance\b|in attendance\b)[^.]{0,90}$"
    r"|^(?!\W*\[|\W*\d|.*\bpages?\b)[^.]{0,70}\bminutes\b[^.]{0,60}$",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"^\W*(?:report\s+title\b|title\s*:|report\s+to\s*:|report\s+of\s+the\b|agenda\s+item\s+(?:no\W*)?\d+)",
    re.IGNORECASE,
)
_CLOSE = re.compile(
    r"^\W*(?:the\s+meeting\s+(?:ended|closed|concluded|finished|terminated)|meeting\s+closed|"
    r"chair(?:man|person)?\W*\.{3,})",
    re.IGNORECASE,
)
_EXEMPT = re.compile(
    r"not\s+open\s+to\s+the\s+(?:press\s+and\s+)?public|\bpart\s+(?:2|ii|b)\b|"
    r"exempt\s+(?:items?|business|information)\b|private\s+(?:items?|business|session)|closed\s+to\s+the\s+public",
    re.IGNORECASE,
)
_PAGES = re.compile(r"\(?\bPages?\s+(\d+)\s*(?:-|–|to)?\s*(\d+)?\)?", re.IGNORECASE)
_AGENDA_LINE = re.compile(r"^\W*(\d{1,2})\.?\s+(?=\S)(.+)$")
_AGENDA_REACH = 200


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of blocks that is one thing."""

    kind: PartKind
    title: str
    blocks: tuple[Block, ...]


def agenda_items(blocks: tuple[Block, ...]) -> tuple[Item, ...]:
    """The agenda as the front sheet lists it; empty when there is none."""
    lines = [line for block in _front(blocks) for line in _agenda_lines(block)]
    numbered = [(i, m) for i, line in enumerate(lines) if (m := _AGENDA_LINE.match(line))]
    chain = max(
        (_chain(numbered[k:]) for k in range(len(numbered))), key=len, default=[]
    )  # front sheets hold other numbered lines too: the agenda is the longest run
    if len(chain) < 2:
        return ()
    private = [i for i, line in enumerate(lines) if _EXEMPT.search(line) and len(line) < 120]
    return tuple(
        _item(
            match[1],
            match[2],
            exempt=any(chain[0][0] < line < i and _heads(lines[line]) for line in private)
            or bool(re.search(r"\(exempt\b|\bnot open to\b", match[2], re.IGNORECASE)),
        )
        for i, match in chain
    )


def _chain(numbered: list[tuple[int, re.Match[str]]]) -> list[tuple[int, re.Match[str]]]:
    """The lines from the first on whose numbers count up, one gap allowed."""
    chain: list[tuple[int, re.Match[str]]] = []
    for i, match in numbered:
        if not chain or 1 <= int(match[1]) - int(chain[-1][1][1]) <= 2:
            chain.append((i, match))
    return chain


def _heads(line: str) -> bool:
    """Whether a line heads the private part, rather than naming an item that leads up to it."""
    return not _AGENDA_LINE.match(line) and not line.startswith("[")


def _agenda_lines(block: Block) -> list[str]:
    if block.kind is BlockKind.TABLE:
        rows = re.split(r"\n(?=\W*\d{1,2}\s*\|)", "\n".join(line.text for line in block.lines))
        return [re.sub(r"[|\s]+", " ", row).strip() for row in rows]
    return [block.text]


def _item(number: str, rest: str, *, exempt: bool) -> Item:
    pages = _PAGES.search(rest) or re.search(r"\s(\d{1,3})\s*[-–]\s*(\d{1,3})$", rest)
    first = int(pages[1]) if pages else None
    last = int(pages[2]) if pages and pages[2] else first
    title = re.split(r"\[|\(Pages?\b", rest)[0]
    title = re.sub(r"\s\d{1,3}\s*[-–]\s*\d{1,3}$", "", title.strip()).strip(" |")
    return Item(number, title, first, last, exempt)


def _front(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return blocks[: _body_start(blocks)]


def _body_start(blocks: tuple[Block, ...]) -> int:
    """Where the front sheet ends: the minutes or the first report."""
    for i, block in enumerate(blocks):
        if i > 2 and (_opens_minutes(blocks, i) or _opens_report(block)):
            return i
    return 0


def _opens_minutes(blocks: tuple[Block, ...], i: int) -> bool:
    block = blocks[i]
    if block.kind is BlockKind.TABLE or not _MINUTES.match(block.text) or block.marker:
        return False
    near = " ".join(b.text for b in blocks[i : i + 45]).lower()
    return "apolog" in near and bool(re.search(r"\b(?:attend\w*|present)\b", near))


def _opens_report(block: Block) -> bool:
    if block.kind is BlockKind.TABLE:
        return any(
            _REPORT.match(re.split(r"[|\t]", line.raw.strip("-| "))[0]) for line in block.lines
        )
    return bool(_REPORT.match(block.text)) and len(block.text) < 200


def read_parts(blocks: tuple[Block, ...], items: tuple[Item, ...]) -> tuple[Part, ...]:
    """The pack's parts in printed order; a paper without a front sheet is one report."""
    body = _body_start(blocks)
    parts: list[Part] = []
    if body:
        parts.append(Part(PartKind.FRONT, "Agenda", blocks[:body]))
    kind, title, held = PartKind.REPORT, "", list[Block]()
    seen_minutes = False

    def close() -> None:
        if held:
            mended = tuple(_reordered(held)) if kind is PartKind.MINUTES else tuple(held)
            parts.append(Part(kind, title, mended))
            held.clear()

    for i in range(body, len(blocks)):
        block = blocks[i]
        if not seen_minutes and _opens_minutes(blocks, i):
            close()
            kind, title, seen_minutes = PartKind.MINUTES, "Minutes", True
        elif _opens_report(block):
            close()
            kind, title = PartKind.REPORT, _report_title(blocks, i)
        elif kind is not PartKind.MINUTES and _agenda_heading(block, items, title):
            close()
            kind, title = PartKind.REPORT, block.text
        held.append(block)
        if kind is PartKind.MINUTES and _CLOSE.match(block.text):
            close()
            kind, title = PartKind.REPORT, ""
    close()
    return tuple(parts)


def _agenda_heading(block: Block, items: tuple[Item, ...], current: str) -> bool:
    """Whether a top heading opens another report: an agenda item's title, or level 1.

    Inside a report that the agenda names, level 1 headings are its own chapters.
    """
    if block.kind is not BlockKind.HEADING or block.text == current or block.level > 2:
        return False
    return _on_agenda(block.text, items) or (block.level == 1 and not _on_agenda(current, items))


def _on_agenda(title: str, items: tuple[Item, ...]) -> bool:
    return len(title) > 12 and any(
        len(item.title) > 12 and fuzz.partial_ratio(item.title.lower(), title.lower()) >= 92
        for item in items
    )


def _report_title(blocks: tuple[Block, ...], i: int) -> str:
    """The title that stands in a report's header: beside its label or just below it."""
    block = blocks[i]
    if block.kind is BlockKind.TABLE:
        for line in block.lines:
            cells = [
                c.strip() for c in re.split(r"[|\t]", line.text if "|" in line.text else line.raw)
            ]
            cells = [c for c in cells if c]
            if len(cells) > 1 and re.match(
                r"^\W*(?:report\s+title|title)\b", cells[0], re.IGNORECASE
            ):
                return cells[1].strip("* ")
        return ""
    beside = re.sub(r"^\W*(?:report\s+title|title)\s*:?\s*", "", block.text, flags=re.IGNORECASE)
    if beside and beside != block.text:
        return re.split(r"\s(?:Cabinet member|Prepared by|Wards|Author)\b", beside)[0].strip()
    following = blocks[i + 1].text if i + 1 < len(blocks) else ""
    return following if beside == "" and len(following) < 200 else block.text


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
