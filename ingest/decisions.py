"""Resolutions, recommendations and actions, each verbatim and told apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.blocks import Block, BlockKind
from ingest.layout import LEAD_IN
from ingest.markup import plain
from ingest.model import Cell, Decision, DecisionKind, Locator, Meeting, PartKind
from ingest.sentences import sentences
from ingest.tables import read_grids

_RESOLVED = re.compile(
    r"^\W*(?:it was\s+)?(?:resolved(?:\s+unanimously)?|decisions?|resolutions?)\b\s*[:.\-–—]*\s*",
    re.IGNORECASE,
)
_RESOLVED_INLINE = re.compile(
    r"^\W*(?:RESOLVED|RECOMMENDED (?:to|that)\b|Resolved\s*[:\-–—]|"
    r"(?:[Ii]t was )?[Rr]esolved\s+(?:unanimously\s+)?(?:that|to)\b)"
)
_ACTION = re.compile(r"^\W*actions?(?:\s+(?:points?|agreed))?\b\s*[:.\-–—]*\s*", re.IGNORECASE)
_ACTION_INLINE = re.compile(r"^\W*(?:ACTIONS?|Actions?)\b(?:\s+points?)?\W{0,3}[:–-]\W*(?=\S)")
_RECOMMENDED = re.compile(
    r"^\W*recommendations?(?:\s+for\s+(?P<purpose>\w+))?\b\W*$|"
    r"\b(?:is|are)\s+(?:recommended|asked|requested|invited)\s+to\b",
    re.IGNORECASE,
)
_AGREED = re.compile(
    r"\b(?:it was (?:also |further )?(?:agreed|resolved)|(?:was|were) agreed (?:to|that|as|by)|"
    r"(?:board|panel|committee|members) (?:also )?agreed (?:to|that))\b",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"^(?:(?:that\s+)?the\s+)?"
    r"(?P<owner>[A-Z][\w’'.-]*(?:[ ,]+(?:and |of |the |for |& )?[A-Z][\w’'.-]*){0,9}?)"
    r"(?:\s*\([^)]{1,60}\))?\s*,?\s+(?:to|would|will|agreed to)\s"
)
_ACTION_COLUMNS = {
    "what": r"^(?:actions?|tasks?|subject|matter)\b",
    "who": r"\bwho\b|owner|responsib|\blead\b",
    "when": r"\bwhen\b|time|\bdue\b|deadline",
    "status": r"status|position|update|progress|outcome",
}
_DUE = re.compile(
    r"\b(?:by|before|to|at|for)\s+(?:the\s+)?((?:end\s+of\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?:\s+\d{4})?|next\s+(?:meeting|quarter|month|year)(?:\s+of\s+the\s+\w+)?)",
)


@dataclass(frozen=True, slots=True)
class Section:
    """A run of blocks under one heading: a minute, or the opening of a report."""

    title: str
    part: PartKind
    meeting: Meeting
    blocks: tuple[Block, ...]


def read_decisions(section: Section, paper: str, text: str) -> Iterator[Decision]:
    """Every decision of a section in printed order."""
    blocks = section.blocks
    i = 0
    while i < len(blocks):
        if blocks[i].kind is BlockKind.TABLE:
            yield from _tabled(blocks[i], section, paper, text)
        kind = _lead_in(blocks[i], section.part)
        if kind is None:
            yield from _narrative(blocks[i], section, paper, text)
            i += 1
            continue
        stop = _reach(blocks, i, kind)
        yield from _listed(blocks[i:stop], kind, section, paper, text)
        i = stop


def _lead_in(block: Block, part: PartKind) -> DecisionKind | None:
    """The kind of decision that a block opens, if it opens one."""
    if block.kind is BlockKind.TABLE:
        return None
    shown = block.text
    alone = len(shown) <= 60
    if part is PartKind.MINUTES:
        if _RESOLVED_INLINE.match(shown) or (alone and _RESOLVED.fullmatch(shown)):
            return DecisionKind.RESOLUTION
        if (alone and _ACTION.fullmatch(shown)) or _ACTION_INLINE.match(shown):
            return DecisionKind.ACTION
    if part is PartKind.REPORT and len(shown) <= 400:
        if re.match(r"^\W*recommendations?\b[^.]{0,40}$", shown, re.IGNORECASE):
            return DecisionKind.RECOMMENDATION
        if _RECOMMENDED.search(shown) and not block.marker:
            return DecisionKind.RECOMMENDATION
    return None


def _reach(blocks: Sequence[Block], i: int, kind: DecisionKind) -> int:
    """The index after the last block of the decision that opens at `i`."""
    stop = i + 1
    while stop < len(blocks):
        block = blocks[stop]
        another = _lead_in(block, PartKind.MINUTES) or _lead_in(block, PartKind.REPORT)
        same = kind is DecisionKind.RECOMMENDATION and another is kind
        if block.kind is BlockKind.TABLE or (block.kind is BlockKind.HEADING and not same):
            break
        if another and (not same or LEAD_IN.match(block.text)):
            break
        if block.kind is BlockKind.PARAGRAPH and not same and stop > i + 1:
            opened = blocks[stop - 1].text.rstrip()[-1:] not in ".!?"
            goes_on = re.match(r"^(?:\(?[ivx\d]+\)|that\b|and\b)", block.text, re.IGNORECASE)
            if not (opened or goes_on):
                break
        if re.match(r"^\d+\.\d", block.marker or ""):
            break
        stop += 1
    return stop


def _listed(
    blocks: Sequence[Block], kind: DecisionKind, section: Section, paper: str, text: str
) -> Iterator[Decision]:
    """The decisions under a lead-in: one a list item, with what is nested or torn off it."""
    lead, rest = blocks[0], blocks[1:]
    form = {
        DecisionKind.RESOLUTION: _RESOLVED,
        DecisionKind.ACTION: _ACTION,
        DecisionKind.RECOMMENDATION: re.compile(r"^\W*recommendations?\b[^.:]{0,40}:?\s*", re.I),
    }[kind]
    after = form.sub("", lead.text)
    pieces: list[list[Block]] = []
    if len(after) > 12 and not after.rstrip().endswith(":"):
        pieces.append([lead])
    for block in rest:
        if _is_lead_line(block):
            continue
        if pieces and _belongs_to(pieces[-1], block):
            pieces[-1].append(block)
        else:
            pieces.append([block])
    for piece in pieces:
        yield _decision(piece, kind, section, paper, text)


def _belongs_to(piece: Sequence[Block], block: Block) -> bool:
    """Whether a block goes on with the decision before it: nested under it, or torn off it."""
    if re.match(r"^that\b", block.text, re.IGNORECASE):
        return False
    if block.marker is None:
        return piece[-1].text.rstrip()[-1:] not in ".!?" or piece[0].marker is not None
    outer = piece[0].marker
    return outer is not None and _depth(block.marker) > _depth(outer)


def _is_lead_line(block: Block) -> bool:
    """Whether a block only introduces the list: "The Board is recommended to:"."""
    return block.text.rstrip().endswith(":") and bool(_RECOMMENDED.search(block.text))


def _depth(marker: str) -> int:
    """How deep a list marker nests: 1. and (1) outermost, (i) and a) below, bullets last."""
    core = re.sub(r"\W", "", marker)
    if core.isdigit():
        return 0
    if re.fullmatch(r"[ivx]{2,}|i", core):
        return 2
    return 1 if core and core.isalpha() and core != "o" else 3


def _decision(
    piece: Sequence[Block], kind: DecisionKind, section: Section, paper: str, text: str
) -> Decision:
    first = piece[0]
    number = first.marker if first.marker and re.search(r"\w", first.marker) else None
    words = " ".join(_words(block) for block in piece)
    locators = [_locator(block, paper, section.title) for block in piece]
    owner = _OWNER.match(words) if kind is DecisionKind.ACTION else None
    due = _DUE.search(words)
    return Decision(
        kind,
        number.strip("().") if number else None,
        section.title,
        words,
        section.meeting,
        locators[0],
        owner=owner["owner"].strip(" ,") if owner else None,
        due=due[1] if due and kind is DecisionKind.ACTION else None,
        more=tuple(locators[1:]),
    )


def _words(block: Block) -> str:
    """A block's words without its list marker or lead-in."""
    shown = block.text
    if block.marker:
        shown = shown.removeprefix(block.marker).strip()
    elif _RESOLVED_INLINE.match(shown):
        shown = re.sub(r"^\W*RESOLVED\s*[:\-–—]*\s*|^\W*Resolved\s*[:\-–—]+\s*", "", shown)
    elif _ACTION_INLINE.match(shown):
        shown = _ACTION.sub("", shown, count=1)
    return shown.strip(" *")


def _locator(block: Block, paper: str, item: str) -> Locator:
    return Locator(paper, block.start, block.end, block.page, item, block.marker)


def _tabled(block: Block, section: Section, paper: str, text: str) -> Iterator[Decision]:
    """The rows of an action table: what, who, by when, how far it is."""
    for grid in read_grids(block, text):
        columns = {
            name: _column(grid.header[-1], form) if grid.header else None
            for name, form in _ACTION_COLUMNS.items()
        }
        if columns["what"] is None or columns["who"] is None:
            continue
        for row in grid.rows:
            words = {
                name: row[column].text
                for name, column in columns.items()
                if column is not None and column < len(row) and row[column].text
            }
            if "what" in words:
                where = Locator(paper, row[0].start, row[-1].end, block.page, section.title)
                yield Decision(
                    DecisionKind.ACTION, None, section.title, words["what"], section.meeting,
                    where, owner=words.get("who"), due=words.get("when"),
                    status=words.get("status"),
                )  # fmt: skip


def _column(header: Sequence[Cell], form: str) -> int | None:
    return next(
        (i for i, cell in enumerate(header) if re.search(form, cell.text, re.IGNORECASE)), None
    )


def _narrative(block: Block, section: Section, paper: str, text: str) -> Iterator[Decision]:
    """Things agreed in the run of the minutes, without a "Resolved"."""
    if section.part is not PartKind.MINUTES or block.kind in (BlockKind.TABLE, BlockKind.HEADING):
        return
    if not _AGREED.search(block.text):
        return
    for shown, start, end in sentences(plain(text, block.start, block.end)):
        if _AGREED.search(shown):
            where = Locator(paper, start, end, block.page, section.title, block.marker)
            yield Decision(
                DecisionKind.RESOLUTION, None, section.title, shown, section.meeting, where,
                status="agreed in the narrative",
            )  # fmt: skip
