"""Resolutions, recommendations and actions, each verbatim and told apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.blocks import Block, BlockKind
from ingest.layout import CLOSE
from ingest.markup import plain
from ingest.model import Cell, Decision, DecisionKind, Locator, Meeting, PartKind
from ingest.scrambled import Matter, read_scrambled
from ingest.sentences import sentences
from ingest.tables import Grid, read_grids

_VOTES = r"(?:\([^()]{3,60}\)\s*)?"
_BOTH = r"(?:[A-Za-z]{5,20}\s*/\s*)?"
"""The same word before it in another language: "PENDERFYNWYD / RESOLVED"."""
_RESOLVED = re.compile(
    rf"^\W*{_BOTH}"
    r"(?:it was\s+)?(?:resolved(?:\s+unanimously)?|agreed|decisions?|resolutions?)\b"
    rf"\s*{_VOTES}[:.\-–—]*\s*",
    re.IGNORECASE,
)
_NUMBERED = r"(?:\d{1,3}(?:\.\d{1,2})*[a-z]?\.?\s+)?"
_DECISION_LABEL = (
    r"(?i:decisions?)(?:\s+(?:no\.?\s*)?(?P<decision>(?:[A-Z]{1,5}[/.-]?)?\d[\w/.-]{0,10}))?"
    r"\W{0,3}[:–—-]\W*(?=\w)"
)
"""What opens a decision on its own line, where nothing is asked: "Decision 22/34: ..."."""
_RESOLVED_INLINE = re.compile(
    rf"^\W*{_NUMBERED}{_BOTH}(?:UNANIMOUSLY\s+)?"
    r"(?:RESOLVED|(?:RECOMMENDED|AGREED) (?:to|that|as)\b|"
    rf"(?:Resolved|AGREED)\s*{_VOTES}[:\-–—]|"
    r"(?:[Ii]t was )?[Rr]esolved\s+(?:unanimously\s+)?(?:that|to)\b|"
    rf"{_DECISION_LABEL})"
)
_ACTION_NUMBER = (
    r"(?:\s+(?:no\.?\s*)?(?P<number>(?:[A-Z]{1,4}[/.-]?)?\d[\d/.-]{0,8})(?=\W{0,3}[:–-]))?"
)
_ACTION = re.compile(
    rf"^\W*actions?(?:\s+(?:points?|agreed))?\b{_ACTION_NUMBER}\s*[:.\-–—]*\W*(?=\S|$)",
    re.IGNORECASE,
)
_ACTION_INLINE = re.compile(
    rf"^\W*(?:ACTIONS?|Actions?)\b(?:\s+points?)?{_ACTION_NUMBER}\W{{0,3}}[:–-]\W*(?=\S)"
)
_INITIALS = r"(?:[A-Z]{2,4}|All)"
_ASSIGNED = re.compile(
    rf"^\W*(?i:actions?)\b[\s:–-]*(?P<who>{_INITIALS}(?:\s*[,/&]\s*{_INITIALS})*)"
    r"(?:,\s+(?P<due>(?:by|from|before)\s.{3,40}?))?\W*$"
)
_RECOMMENDATION = re.compile(
    r"^\W*(?:(?P<number>\d+)[\d.]*\s+)?recommendation(?:s|\(s\))?"
    r"(?:\s+for\s+\w+|\s+to\s+(?:the\s+)?(?:board|panel|committee|cabinet|council))?"
    r"\s*(?:[:.–-]\W*|\W*$)",
    re.IGNORECASE,
)
_ASKED = r"(?:(?:is|are)\s+(?:therefore\s+)?(?:recommended|asked|requested|invited))"
_LEAD_LINE = re.compile(
    rf"\b{_ASKED}\b[^.]{{0,60}}:$|\brecommend(?:s|ed)?\b[^.]{{0,60}}:$", re.IGNORECASE
)
_VERB = (
    r"(?:note|consider|endorse|approve|agree|receive|support|recommend|decide|accept|adopt|"
    r"comment|choose|confirm|review|discuss|scrutinise|say|ask|provide|request|advise)"
)
_ASKED_TO = re.compile(
    rf"\b{_ASKED}\s+(?:to|that)\s+(?:either\s+)?(?:\w+ly\s+)?{_VERB}\b", re.IGNORECASE
)
_REQUEST = re.compile(rf"^\W*[\d.]*\s*(?:that\b|to\b|{_VERB}\b)", re.IGNORECASE)
_BODY = (
    r"(?:board|panel|(?:sub-)?committee|cabinet|commission|forum|executive|members)"
    r"(?! of the public)"
)
_AGREED = re.compile(
    r"\b(?:it was (?:also |further |then |\w+ly )?(?:agreed|resolved)|"
    r"(?:was|were) agreed (?:to|that|as|by))\b|"
    r"\b(?:motion|proposal|amendment|recommendation)s? (?:was|were) (?:then |therefore |\w+ly )?"
    r"(?:lost|defeated|rejected|not carried|voted down)\b|"
    r"\bminutes?\b[^.;]{0,140}\b(?:was|were)[, ](?:[a-z]+,? ){0,4}?"
    r"(?:taken as read|agreed|confirmed|approved|signed|"
    r"(?:received|accepted|noted) as an? \w+ record)\b|"
    r"\b(?:was|were|and) unanimously (?:agreed|approved|carried|adopted)\b|"
    r"(?-i:\bRESOLVED (?:to|that)\b)|"
    r"\b(?:was|were) (?:duly )?(?:re-?)?(?:elected|appointed)\b[^.;]{0,20}\b"
    r"(?:vice[- ]|deputy[- ])?chair\w*\b|"
    rf"\b{_BODY} did not (?:support|agree to|approve|accept|endorse) (?:the|that|this)\b|"
    rf"^\W*(?:councillors?|cllrs?|messrs)\b[^.;]{{0,120}}\bwere appointed (?:to|as)\b|"
    rf"\b{_BODY} (?:also |then |therefore )?(?:agreed|resolved) (?:to|that)\b|"
    rf"^\W*(?:the |all )?{_BODY}\b[^.;:]{{0,80}}?(?<!had )(?<!been )(?<!have )(?<!has )"
    r"\b(?:agreed\b[^.;:]{0,40}\b(?:to|that)|(?:was|were) content (?:for|that|to)|asked that|"
    r"requested that)\b",
    re.IGNORECASE,
)
_OF_MINUTES = re.compile(r"\bminutes\b", re.IGNORECASE)
_CONFIRMED = re.compile(
    r"\b(?:they|these) were (?:then |therefore )?"
    r"(?:taken as read|agreed|confirmed|approved|signed)\b",
    re.IGNORECASE,
)
_AGREED_LIST = re.compile(
    rf"\b(?:it was (?:\w+ly )?|{_BODY} (?:\w+ly )?)(?:agreed|resolved)(?: to| that)?[\s:–—-]*$",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"^(?i:(?:that\s+)?the\s+)?"
    r"(?P<owner>[A-Z][\w’'.-]*(?:[ ,]+(?:(?:and|of|the|for|in|&) ){0,3}[A-Z][\w’'.-]*){0,9}?)"
    r"(?:\s*\([^)]{1,60}\))?\s*,?\s+(?:to|would|will|agreed to)\s"
)
# "Jonah Reeve: list of empty homes", "… (Lead: Jonah Reeve)", "… [Action: Jonah Reeve]".
_OWNER_FIRST = re.compile(
    r"^(?P<owner>[A-Z][\w’'.-]*(?: (?:and |& |/ |of |the )?[A-Z][\w’'.-]*){1,6})"
    r"(?:\s*[:–—]|\s-)\s+(?=\S)"
)
_OWNER_LAST = re.compile(
    r"[(\[](?:action|lead|owner|responsible(?: officer)?|by)\s*:\s*(?P<owner>[^()\[\]]{3,60})[)\]]",
    re.IGNORECASE,
)
_ACTION_COLUMNS = {
    "what": r"^(?:(?:agreed |key )?actions?|tasks?)\b",
    "matter": r"^(?:subject|matter|issue|item|request|recommendation|decision)",
    "who": r"\bwho\b|owner|responsib|\blead\b|\bofficer",
    "when": r"\bwhen\b|time|\bdue\b|deadline|target date|complet\w+ (?:by|date)",
    "status": r"status|position|update|progress|outcome|response",
    "raised": r"^(?:date(?: (?:of|raised)\b.*)?|meeting(?: date)?|raised(?: on)?)$",
    "rag": r"\brag\b|\brating\b",
}
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_DAY = rf"(?:end\s+of\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTHS}(?:\s+\d{{4}})?"
_MEETING = r"(?:(?:next|\w+)\s+)?meeting\s+(?:on|of|in)\s+(?:the\s+)?"
_DUES = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:^|[.;]\s+)(?:to be done )?(?:due|by|deadline|target date)\b[:\s]*(?P<due>{_DAY})\W*$",
        rf"[(\[](?:due|by)?[:\s]*(?P<due>{_DAY})[)\]]\W*$",
        rf"\b(?:by|before|due)\s+(?:the\s+)?(?:{_MEETING})?(?P<due>{_DAY})",
        rf"\b(?:to|at|for)\s+the\s+(?:{_MEETING})(?P<due>{_DAY})",
        r"\b(?:by|before|to|at|for)\s+the\s+"
        r"(?P<due>next\s+(?:meeting|quarter|month|year)(?:\s+of\s+the\s+\w+)?)",
    )
)


_ATTACHED = re.compile(r"^\W*(?:supporting|additional|accompanying) documents\W*$", re.IGNORECASE)
_DONE = re.compile(
    rf"^\W*(?:that|to)\s|\b{_BODY} (?:noted|agreed|approved|received|endorsed|established)\b", re.I
)
_BARE_LEAD = re.compile(rf"^\W*(?:that )?(?:the )?{_BODY}\W*$", re.IGNORECASE)
_THEME = re.compile(r"^\W*(?:theme|priority|area for improvement|objective)\b\W*\d", re.IGNORECASE)
_LABEL_LEVEL = 6
_LONG_REQUEST = 400
_ANNOUNCES = 12
_SUBSTANTIAL = 60


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
    columns: _Columns | None = None
    theme: str | None = None
    i = 0
    while i < len(blocks):
        theme = blocks[i].text if _THEME.match(blocks[i].text) else theme
        scrambled = read_scrambled(blocks, i, text)
        if scrambled and section.part is PartKind.REPORT:
            yield from (_matter(row, section, paper) for row in scrambled.rows)
            i = scrambled.stop
            continue
        if blocks[i].kind is BlockKind.TABLE:
            for grid in read_grids(blocks[i], text):
                columns = _columns(grid) if grid.header else columns
                if columns is not None:
                    yield from _tabled(grid, columns, blocks[i], section, paper, theme)
        assigned = _assigned(blocks, i, section, paper)
        if assigned:
            yield assigned
            i += 1
            continue
        kind = _lead_in(blocks[i], section.part)
        if kind is None:
            yield from _narrative(blocks[i], section, paper, text)
            i += 1
            continue
        stop = _reach(blocks, i, kind)
        yield from _listed(blocks[i:stop], kind, section, paper, text)
        i = stop


def _assigned(blocks: Sequence[Block], i: int, section: Section, paper: str) -> Decision | None:
    """The paragraph that a line "Action: KL" right below gives to somebody to do."""
    match = _ASSIGNED.match(blocks[i].text) if section.part is PartKind.MINUTES and i else None
    before = blocks[i - 1] if match else None
    if match is None or before is None or before.kind in (BlockKind.TABLE, BlockKind.HEADING):
        return None
    locators = [_locator(block, paper, section.title) for block in (before, blocks[i])]
    return Decision(
        DecisionKind.ACTION, None, section.title, _words(before), section.meeting, locators[0],
        owner=match["who"], due=match["due"], more=tuple(locators[1:]),
    )  # fmt: skip


def _lead_in(block: Block, part: PartKind) -> DecisionKind | None:
    """The kind of decision that a block opens, if it opens one."""
    if block.kind is BlockKind.TABLE:
        return None
    shown = block.text
    alone = len(shown) <= 60
    announced = part is PartKind.MINUTES and len(shown) <= 200 and _AGREED_LIST.search(shown)
    if announced and (block.kind is not BlockKind.HEADING or block.level == _LABEL_LEVEL):
        return DecisionKind.RESOLUTION
    if part is PartKind.MINUTES:
        if _RESOLVED_INLINE.match(shown) or (alone and _RESOLVED.fullmatch(shown)):
            return DecisionKind.RESOLUTION
        if (alone and _ACTION.fullmatch(shown)) or _ACTION_INLINE.match(shown):
            return DecisionKind.ACTION
    if part is PartKind.REPORT and len(shown) <= _LONG_REQUEST and _recommends(block):
        return DecisionKind.RECOMMENDATION
    return None


def _recommends(block: Block) -> bool:
    """Whether a block is headed as a recommendation, or asks a body to note, approve and so on."""
    headed = _RECOMMENDATION.match(block.text)
    return bool(headed) or (block.marker is None and bool(_ASKED_TO.search(block.text)))


def _reach(blocks: Sequence[Block], i: int, kind: DecisionKind) -> int:
    """The index after the last block of the decision that opens at `i`."""
    stop = i + 1
    while stop < len(blocks) and _goes_on(blocks, i, stop, kind):
        stop += 1
    return stop


def _goes_on(blocks: Sequence[Block], i: int, stop: int, kind: DecisionKind) -> bool:
    """Whether block `stop` still belongs to the decision that opens at `i`."""
    block, before = blocks[stop], blocks[stop - 1]
    if block.kind is BlockKind.TABLE or CLOSE.match(block.text) or _ATTACHED.match(block.text):
        return False
    if stop == i + 1 and kind is DecisionKind.RESOLUTION and _says_what(blocks[i], block):
        return True
    if stop == i + 1 and _is_lead_line(block):
        return True
    another = _lead_in(block, PartKind.MINUTES) or _lead_in(block, PartKind.REPORT)
    asked = another is kind is DecisionKind.RECOMMENDATION and not _RECOMMENDATION.match(block.text)
    if (another and not asked) or (block.kind is BlockKind.HEADING and not asked):
        return False
    if re.match(r"^\d+\.\d", block.marker or ""):
        return _requests_below(blocks[i], block)
    if kind is DecisionKind.RECOMMENDATION and _counts_anew(blocks[i:stop], block):
        return False
    if block.kind is not BlockKind.PARAGRAPH or asked:
        return True
    complete = before.text.rstrip(" *")[-1:] in ".!?"
    told = complete if stop > i + 1 else complete and bool(_after_lead_in(before, kind))
    return not told or bool(re.match(r"^(?:\(?[ivx\d]+\)|that\b|and\b)", block.text, re.IGNORECASE))


def _counts_anew(told: Sequence[Block], block: Block) -> bool:
    """Whether a number begins the report's own paragraphs below what is recommended.

    That is lettered, or a whole sentence, and the paragraph asks for nothing.
    """
    if not re.fullmatch(r"\d{1,2}\.?", block.marker or "") or _REQUEST.match(block.text):
        return False
    markers = [held.marker for held in told[1:] if held.marker]
    if markers:
        return _depth(markers[0]) > 0
    lead = told[0]
    asked = bool(_after_lead_in(lead, DecisionKind.RECOMMENDATION))
    return asked and told[-1].text.rstrip(" *")[-1:] in ".!?"


def _says_what(lead: Block, block: Block) -> bool:
    """Whether a line without a full stop, which reads as a label, is what "Decision" announced."""
    label = block.kind is BlockKind.HEADING and block.level == _LABEL_LEVEL
    return (
        label
        and not _after_lead_in(lead, DecisionKind.RESOLUTION)
        and bool(_DONE.search(block.text))
    )


def _requests_below(lead: Block, block: Block) -> bool:
    """Whether a numbered paragraph asks something below "2.0 Recommendations"."""
    headed = _RECOMMENDATION.match(lead.text)
    number = headed and headed["number"]
    asks = _REQUEST.match(block.text) or _ASKED_TO.search(block.text) or _is_lead_line(block)
    return bool(number and (block.marker or "").split(".")[0] == number and asks)


def _after_lead_in(lead: Block, kind: DecisionKind) -> str:
    """What a lead-in says itself: the decision, or nothing where it only announces one."""
    form = {
        DecisionKind.RESOLUTION: _RESOLVED,
        DecisionKind.ACTION: _ACTION,
        DecisionKind.RECOMMENDATION: _RECOMMENDATION,
    }[kind]
    after = form.sub("", lead.text).strip(" *")
    if kind is DecisionKind.RESOLUTION and _AGREED_LIST.search(after):
        return ""
    announces = after.rstrip("-–— ").endswith(":") or _BARE_LEAD.match(after)
    return "" if len(after) <= _ANNOUNCES or announces else after


def _listed(
    blocks: Sequence[Block], kind: DecisionKind, section: Section, paper: str, text: str
) -> Iterator[Decision]:
    """The decisions under a lead-in: one a list item, with what is nested or torn off it."""
    lead, rest = blocks[0], blocks[1:]
    pieces: list[list[Block]] = []
    if _after_lead_in(lead, kind):
        pieces.append([lead])
    elif lead.text.rstrip(" *-–—").endswith(":") and _says_part(lead):
        pieces.append([lead])  # "Resolved: That the pass be given to all, and that:"
    for block in rest:
        if _is_lead_line(block):
            continue
        if pieces and _belongs_to(pieces[-1], block):
            pieces[-1].append(block)
        else:
            pieces.append([block])
    for piece in pieces:
        yield _decision(piece, kind, section, paper, text)


def _says_part(lead: Block) -> bool:
    """Whether a lead-in decides something itself before its list goes on with it."""
    return len(lead.text) > _SUBSTANTIAL and not _AGREED_LIST.search(lead.text)


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
    said = block.text.rstrip(" *")
    opens = said.rstrip("-–—").endswith(":") and _BARE_LEAD.match(said)  # "The Committee:-"
    return bool(opens or _LEAD_LINE.search(said))


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
    if kind is DecisionKind.ACTION and (numbered := _ACTION_INLINE.match(first.text)):
        number = numbered["number"]
    if kind is DecisionKind.RESOLUTION and (labelled := _RESOLVED_INLINE.match(first.text)):
        number = labelled["decision"] or number
    words = " ".join([_words(first), *(block.text.strip(" *") for block in piece[1:])])
    locators = [_locator(block, paper, section.title) for block in piece]
    owner = _owner(words) if kind is DecisionKind.ACTION else None
    due = next((match["due"] for form in _DUES if (match := form.search(words))), None)
    return Decision(
        kind,
        number.strip("().") if number else None,
        section.title,
        words,
        section.meeting,
        locators[0],
        owner=owner,
        due=due if kind is DecisionKind.ACTION else None,
        more=tuple(locators[1:]),
    )


def _owner(words: str) -> str | None:
    """Who is to do it: before "to", before a colon, or named in brackets."""
    forms = (_OWNER.match(words), _OWNER_FIRST.match(words), _OWNER_LAST.search(words))
    found = next((match for match in forms if match), None)
    return found["owner"].strip(" ,") if found else None


def _words(block: Block) -> str:
    """A block's words without its list marker or lead-in."""
    shown = block.text
    if block.marker:
        shown = shown.removeprefix(block.marker).strip()
    if _RESOLVED_INLINE.match(shown):
        shown = re.sub(
            rf"^\W*{_NUMBERED}{_BOTH}(?:UNANIMOUSLY\s+)?(?:RESOLVED|AGREED(?! as\b))"
            r"(?:\s+UNANIMOUSLY)?"
            rf"\s*{_VOTES}[:\-–—]*\s*|^\W*{_NUMBERED}Resolved\s*{_VOTES}[:\-–—]+\s*|"
            rf"^\W*{_NUMBERED}{_DECISION_LABEL}",
            "",
            shown,
        )
    elif _ACTION_INLINE.match(shown):
        shown = _ACTION.sub("", shown, count=1)
    elif _RECOMMENDATION.match(shown):
        shown = _RECOMMENDATION.sub("", shown, count=1)
    return shown.strip(" *")


def _locator(block: Block, paper: str, item: str) -> Locator:
    return Locator(paper, block.start, block.end, item=item, paragraph=block.marker)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where an action table holds what, who, by when and how far it is."""

    what: int
    who: int
    when: int | None
    status: int | None
    raised: int | None
    rag: int | None


def _columns(grid: Grid) -> _Columns | None:
    """The columns of an action table; a work programme has subjects and officers but no status."""
    found = {name: _column(grid.header[-1], form) for name, form in _ACTION_COLUMNS.items()}
    what, who, status = found["what"], found["who"], found["status"]
    if what is None and status is not None:
        what = found["matter"]
    if what is None or who is None:
        return None
    return _Columns(what, who, found["when"], status, found["raised"], found["rag"])


def _tabled(
    grid: Grid, columns: _Columns, block: Block, section: Section, paper: str, under: str | None
) -> Iterator[Decision]:
    """The rows of an action table, or of its continuation without a header."""
    raised: str | None = None
    for row in grid.rows:
        what, who = _cell(row, columns.what), _cell(row, columns.who)
        raised = _cell(row, columns.raised) or raised
        if what and (who or (grid.header and not what[:1].islower())):
            where = Locator(paper, row[0].start, row[-1].end, item=section.title)
            yield Decision(
                DecisionKind.ACTION, None, section.title, what, section.meeting, where,
                owner=who, due=_cell(row, columns.when), status=_cell(row, columns.status),
                raised=raised, rag=_cell(row, columns.rag), under=under,
            )  # fmt: skip


def _matter(row: Matter, section: Section, paper: str) -> Decision:
    """A row of a schedule whose columns the extraction printed one after another."""
    cells = [cell for cell in (row.subject, row.raised, row.lead, row.position) if cell]
    where, *more = (Locator(paper, c.start, c.end, item=section.title) for c in cells)
    return Decision(
        DecisionKind.ACTION, None, section.title, row.subject.text, section.meeting, where,
        owner=row.lead.text, status=row.position.text if row.position else None,
        raised=row.raised.text, more=tuple(more),
    )  # fmt: skip


def _cell(row: Sequence[Cell], column: int | None) -> str | None:
    return row[column].text or None if column is not None and column < len(row) else None


def _column(header: Sequence[Cell], form: str) -> int | None:
    return next(
        (i for i, cell in enumerate(header) if re.search(form, cell.text, re.IGNORECASE)), None
    )


def _narrative(block: Block, section: Section, paper: str, text: str) -> Iterator[Decision]:
    """Things agreed in the run of the minutes, without a "Resolved"."""
    if section.part is not PartKind.MINUTES or block.kind in (BlockKind.TABLE, BlockKind.HEADING):
        return
    for shown, start, end in sentences(plain(text, block.start, block.end)):
        confirmed = _OF_MINUTES.search(section.title) and _CONFIRMED.search(shown)
        if _AGREED.search(shown) or confirmed:
            where = Locator(paper, start, end, item=section.title, paragraph=block.marker)
            yield Decision(
                DecisionKind.RESOLUTION, None, section.title, shown, section.meeting, where,
                status="agreed in the narrative",
            )  # fmt: skip
