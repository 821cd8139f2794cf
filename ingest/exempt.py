"""What of a paper isn't for everybody: exempt and confidential business, by its marks.

The agenda's own lines stay public: that there is such business is for everybody to know. Marks
decide on the side of holding back; an officer may release what they held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from ingest.blocks import Block, BlockKind, read_blocks
from ingest.layout import Part, agenda_items, read_parts
from ingest.marks import BARE, DENIES, LINE, PRIVATE, is_mark, is_marked_appendix
from ingest.model import Item, PartKind, Privacy, Restriction

_SAYS = re.compile(
    r"\bthis\s+(?:report|document|paper|item|appendix|minute|annex\w*)\s+(?:\w+\s+){0,2}"
    r"(?:is|contains|includes|has\s+been\s+marked)\s+(?:\w+\s+){0,3}?"
    r"(?<!not\s)(?<!no\s)(?:exempt|confidential|not\s+for\s+publication|restricted)\b",
    re.IGNORECASE,
)
_DIVIDES = re.compile(
    r"\b(?:exclusion|excluding)\s+(?:of\s+)?(?:the\s+)?(?:press|public)\b"
    r"|\bnot\s+open\s+to\s+(?:the\s+)?(?:press|public)\b|\bclosed\s+to\s+the\s+public\b"
    rf"|^\W*(?:\d+\W+)?(?:part\s+(?:2|ii|two|b)\W{{1,4}}{PRIVATE}|private\s+(?:session|business|items?)"
    r"|exempt\s+(?:items?|business|session)|confidential\s+(?:items?|business))\b",
    re.IGNORECASE,
)
_PART_TWO = re.compile(r"^\W*(?:\d+\W+)?part\s+(?:2|ii|two|b)\W*$", re.IGNORECASE)
_EXEMPT = re.compile(r"\bexempt|schedule\s+12a|\bparagraphs?\s+\d|part\s+(?:2|ii|b)\b", re.I)
_ITEM = re.compile(r"\bagenda\s+item\b\W*(?:(?:no|number)\W+)?(\d{1,2})\b", re.IGNORECASE)
_LEAD = re.compile(r"^(?:exempt|private|confidential)\b[^:]{0,20}:\s*|\s*\(.*$")
_SENTENCE = 80  # characters: more is told than a header tells
_TOP = 12  # blocks of a report in which its header stands
_VERY_TOP = 4  # blocks of a paper: its council, its committee, what it is
_SUMMARY = 600
"""Characters of a minute: the law has private business summed up in public minutes, shortly."""
_ALIKE = 92


def screen(text: str) -> tuple[Restriction, ...]:
    """What of a paper's text is to be held back."""
    blocks = read_blocks(text)
    items = agenda_items(blocks, text)
    return restrictions_in(read_parts(blocks, items, text), items, len(text))


def restrictions_in(
    parts: Sequence[Part], items: Sequence[Item], length: int
) -> tuple[Restriction, ...]:
    """What of a paper is to be held back, in printed order; `length` is that of its text."""
    if whole := _whole(parts, length):
        return (whole,)
    found: list[Restriction] = []
    above: Block | None = None
    for number, part in enumerate(parts):
        if part.kind is PartKind.FRONT:
            continue
        if part.kind is PartKind.MINUTES:
            found += _minutes(part)
            continue
        divider = next((block for block in part.blocks if _heads(block)), None)
        marked, above = above, _mark_at_end(part)
        if marked:
            found.append(_stretch(part.blocks, part.title, marked.text))
        elif held := _held_report(part, items):
            found.append(held)
        elif divider:
            # What follows in the pack is the private part: its reports may bear no mark.
            at = part.blocks.index(divider)
            found.append(_stretch(part.blocks[at:], divider.text, divider.text))
        if divider:
            found += [
                _stretch(later.blocks, later.title, divider.text)
                for later in parts[number + 1 :]
                if later.kind is PartKind.REPORT
            ]
            break
    return tuple(found)


def _whole(parts: Sequence[Part], length: int) -> Restriction | None:
    """The paper as a whole, where a mark stands at its very top."""
    top = [block for part in parts for block in part.blocks][:_VERY_TOP]
    mark = next((block for block in top if _marks(block)), None)
    if mark is None:
        return None
    return Restriction(_privacy(mark.text), "The paper", mark.text, 0, length)


def _held_report(part: Part, items: Sequence[Item]) -> Restriction | None:
    """What is held back of a report: by its own marks, or since the agenda lists it as exempt.

    A report that opens within another goes from its heading on, or from a mark above that.
    """
    end = _mark_at_end(part)
    for number, block in enumerate(part.blocks):
        if block is end:
            break
        listed = _listed(block, items, part.title if number == 0 else "", near_top=number < 4)
        mark = None
        # Below the header, a row of a table or a bare "Part 2" may be of anything.
        if number < _TOP or block.kind is not BlockKind.TABLE:
            mark = next(filter(is_mark, _lines(block)), None)
        if number < _TOP and BARE.fullmatch(block.text):
            mark = block.text
        if number and block.kind is BlockKind.HEADING and is_marked_appendix(block.text):
            return _stretch(part.blocks[number:], block.text, block.text)
        said = number < _TOP and _SAYS.search(block.text) and not DENIES.search(block.text)
        if reason := mark or listed or (block.text if said else None):
            at = _opens(part.blocks, number)
            over = at == number and bool(mark) and block.kind is not BlockKind.HEADING
            heading = part.blocks[number + 1 if over and at else at]
            title = heading.text if at and heading.kind is BlockKind.HEADING else part.title
            return _stretch(part.blocks[at:], title, reason)
    return None


def _opens(blocks: Sequence[Block], number: int) -> int:
    """Where the report opens that a block belongs to: the top heading above, or the first block."""
    if _stands_above(blocks, number):
        return number
    if number < _TOP:
        first_sentence = next((i for i, b in enumerate(blocks) if len(b.text) > _SENTENCE), number)
        if number <= first_sentence:
            return 0
    for i in range(number, 0, -1):
        if blocks[i].kind is BlockKind.HEADING and blocks[i].level <= 2:
            return i
    return 0


def _stands_above(blocks: Sequence[Block], number: int) -> bool:
    """Whether a block is a mark over the title of another report than the one it is read with."""
    after = blocks[number + 1 : number + 2]
    told = any(len(block.text) > _SENTENCE for block in blocks[:number])
    opens = bool(after) and after[0].kind is BlockKind.HEADING and after[0].level <= 2
    return told and opens and is_mark(blocks[number].text)


def _mark_at_end(part: Part) -> Block | None:
    """The mark that a report ends with: a running head over the next one's first page."""
    last = part.blocks[-1] if len(part.blocks) > 1 else None
    ends = last is not None and (is_mark(last.text) or bool(BARE.fullmatch(last.text)))
    return last if ends else None


def _listed(block: Block, items: Sequence[Item], title: str, *, near_top: bool) -> str | None:
    """Why a block opens a report that the agenda lists as exempt: by its number or its title."""
    number = _ITEM.search(block.text) if near_top else None
    titles = [title, block.text if block.kind is BlockKind.HEADING else ""]
    for item in items:
        if item.exempt and (
            (number and number[1] == item.number) or any(_same(t, item.title) for t in titles)
        ):
            return f"Exempt on the agenda: item {item.number}"
    return None


def _same(title: str, listed: str) -> bool:
    one, other = title.casefold().strip(" ."), _LEAD.sub("", listed.casefold()).strip(" .")
    if not one or not other:
        return False
    return one == other or (min(len(one), len(other)) > 12 and fuzz.ratio(one, other) >= _ALIKE)


def _minutes(part: Part) -> Iterator[Restriction]:
    """Minutes of private business that say more than the summary that is for everybody."""
    private = False
    for heading, run in _under_headings(part.blocks):
        private = private or bool(
            heading and (_DIVIDES.search(heading.text) or _PART_TWO.search(heading.text))
        )
        mark = next((block.text for block in run if _marks(block)), None)
        if mark or (private and sum(len(block.text) for block in run) > _SUMMARY):
            title = heading.text if heading else part.title
            yield _stretch(run, title, mark or "Taken after the public had been excluded")


def _under_headings(
    blocks: Sequence[Block],
) -> Iterator[tuple[Block | None, tuple[Block, ...]]]:
    heading: Block | None = None
    run: list[Block] = []
    for block in blocks:
        if block.kind is BlockKind.HEADING and block.level < 6 and run:
            yield heading, tuple(run)
            run = []
        if block.kind is BlockKind.HEADING and block.level < 6:
            heading = block
        run.append(block)
    if run:
        yield heading, tuple(run)


def _heads(block: Block) -> bool:
    """Whether a line heads the private part of a pack."""
    own_line = block.kind is not BlockKind.TABLE and len(block.text) < LINE // 2
    return own_line and not block.text.endswith(".") and bool(_DIVIDES.search(block.text))


def _marks(block: Block) -> bool:
    return any(map(is_mark, _lines(block)))


def _lines(block: Block) -> Iterator[str]:
    """A block's text, and each row of a table: a mark may stand in a cell of its own."""
    if block.kind is BlockKind.TABLE:
        for line in block.lines:
            yield line.raw.strip("|- \t")
    else:
        yield block.text


def _privacy(mark: str) -> Privacy:
    confidential = re.search(r"\bconfidential\b", mark, re.IGNORECASE)
    return Privacy.CONFIDENTIAL if confidential and not _EXEMPT.search(mark) else Privacy.EXEMPT


def _stretch(blocks: Sequence[Block], title: str, reason: str) -> Restriction:
    start, end = min(b.start for b in blocks), max(b.end for b in blocks)
    return Restriction(_privacy(reason), title or "Report", reason[:LINE], start, end)
