"""Whose paper it is, and of when: council, committee, meeting date, the minutes' own date."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile

from ingest.blocks import Block
from ingest.councils import COUNCIL, as_written, council_of, formal_name, quieted
from ingest.heads import Head, in_english, inner_heads, single_days, top_head
from ingest.layout import Part
from ingest.model import Item, Meeting, PartKind
from ingest.periods import bare_months, find_days

_BODY_NAME = (
    r"(?:[A-Z][\w’'&,-]*|and|of|for|the|on|&)(?:\s+(?:[A-Z][\w’'&,-]*|and|of|for|the|on|&))*?"
    r"(?<!,)\s+(?:Advisory\s(?:Council|Committee)\s(?:on|for)\s[A-Z]\w+(?:\s[A-Z]\w+)*|"
    r"(?:Board|Panel|Committee|Cabinet|Commission|Forum|Sub-Committee)"
    r"(?!\s+(?:Services?|Officers?|Rooms?|Clerk|Admin\w*|Manager|Support|Members?)\b))"
)
_COMMITTEE = re.compile(
    r"^\W*(?:(?:Meeting|Decided at meeting|Decision maker)\s*:\s*(?:[\d/]{6,10}\s*-\s*)?)?"
    rf"(?P<name>{_BODY_NAME})(?:\s+Meeting)?\b"
)
_LABEL = re.compile(
    r"^\W*(?:(?:at )?a? ?meeting(?: of the|\s*:)|(?:report|submitted) to(?: the)?\s*:?|"
    r"(?:name of )?(?:committee|body|board)\s*:)\s*",
    re.IGNORECASE,
)
"""What stands before the name of the body: "Meeting:", "Report to:", "At a meeting of the"."""
_OF_ANOTHER = re.compile(r"\b(?:Council|Chair\w*)\b|(?:\b(?:the|for|of|to)|,)$")
_CALLED_BODY = re.compile(rf"\b(?:members|meetings?) of (?:the )?(?P<name>{_BODY_NAME})\b")
_ONE_WORD = re.compile(
    r"^\W*(?:.{0,60}\bmeeting of (?:the )?|(?:minutes|agenda) (?:of|for) (?:the )?|"
    r"(?:(?:decided at )?meeting|decision maker)\s*:\s*(?:[\d/]{6,10}\s*-\s*)?)?"
    r"(?:the )?(?P<body>cabinet|executive|full council|council)"
    r"(?:\s+(?:agenda|minutes|meeting|decisions))?"
    r"(?:\W*$|\s*(?:[-–,(]|\bheld\b|\bon\b).{0,120}$)",
    re.IGNORECASE,
)
_ONE_PERSON = re.compile(
    r"^\W*(?:decisions?(?: (?:of|by|maker))?\W+(?:the )?)?"
    r"(?P<body>(?:Cabinet|Executive) Member (?:for|-|–) [A-Z][\w’',& -]{3,60}?)"
    r"(?=\s*(?:$|\s[-–—|]\s|:|,? (?:\d|decision|meeting|portfolio|agenda)))",
    re.IGNORECASE,
)
"""Somebody of the cabinet who decides alone: "Cabinet Member for Education - decision notice"."""
_TOP = 12
_NOT_HELD = re.compile(
    r"\b(?:minutes|notes of|issued?|dated|published|publication|despatch|pdf|next meeting)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:next (?:time|date|meets?|\w+ meeting)|meets? (?:again|next)|"
    r"(?:future|forthcoming|further) (?:meetings?|dates?)|dates? of (?:the )?(?:next|future)|"
    r"(?:will|to) (?:next )?(?:meet|reconvene)|next (?:board|panel|committee|forum|cabinet))\b",
    re.IGNORECASE,
)
"""What tells when a body meets again."""
_OWN_MINUTES = re.compile(
    r"^\W*(?:(?:draft|unconfirmed|confirmed|approved|open|public) )*(?:minutes|notes)\b",
    re.IGNORECASE,
)
_AGENDA = re.compile(r"\bagenda\b", re.IGNORECASE)
_OF_MEETING = re.compile(r"\b(?:meeting|minutes|session|sitting) (?:of|at|on|to) $", re.IGNORECASE)
_IS_MINUTES = re.compile(r"[\s(–—-]+(?:draft |unconfirmed )?minutes\)?\W*$", re.IGNORECASE)
_AS_AT = re.compile(
    r"\b(?:to|at|since|by|from|until|after|before|ending|ended|of)\s+$", re.IGNORECASE
)
_CALLED = re.compile(
    r"\b(?:invited|summoned|requested|held|hold|take place|convened)\b.{0,40}\bmeeting of\b|"
    r"\bmeeting of\b.{5,120}\b(?:will|to) be held\b",
    re.IGNORECASE,
)
"""A sentence that calls members to the meeting."""
_BODY_BEFORE = re.compile(
    rf"(?P<body>{_BODY_NAME}|Cabinet|Executive|Council)[\s,:(–—-]*(?:on\s+)?(?:[A-Z][a-z]+day,?\s+)?$"
)
_PROSE = re.compile(r"\b(?:was|were|had|has|have|is|are)\b")
_MEETS = re.compile(r"\b(?:held|meeting|met|convened)\b", re.IGNORECASE)
_APPROVES = re.compile(
    r"\b(?:approv|confirm|receiv|agree|sign|consider|correct|was|were)\w*\b|\blast meeting\b|"
    r"\bprevious meeting\b",
    re.IGNORECASE,
)
_TELLS = re.compile(r"\b(?:was|were|be) (?:\w+ )?(?:agreed|approved|confirmed|signed|accepted)\b")
_OWN_HEADING = re.compile(r"^\W*(?:draft )?minutes of\b", re.IGNORECASE)
_DAY_BEFORE = re.compile(
    r"(?P<weekday>\b[A-Z][a-z]+day,? (?:the )?)?\b(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)
_HEADED = 300
_HEADER_LINE = 140
_TOP_LINES = 8
_FRONT_LINES = 30
_FRONT_BLOCKS = 60
_LONGEST_GAP = 300
_MINUTES_HEADING = 6


def identify(blocks: tuple[Block, ...], text: str) -> Meeting:
    """The meeting that the paper is for; a part is None where the text doesn't tell it."""
    top, further = top_head(blocks, text), inner_heads(blocks, text)
    voted = _committee(blocks)
    firm = top.committee if top.firm or not voted else None
    same = bool(firm and voted and firm.casefold() == voted.casefold())
    committee = firm if firm and not same else voted
    return Meeting(council_of(text), committee, _own_day(blocks, top, further, committee))


def _own_day(
    blocks: tuple[Block, ...], top: Head, further: Sequence[Head], committee: str | None
) -> date | None:
    """The day of the paper's own meeting; never that of another that stands further down."""
    if top.firm and top.held:
        return top.held
    own = tuple(b for b in blocks if not further or b.end <= further[0].start)
    others = frozenset(head.held for head in further if head.held)
    voted = _held(own, committee) or top.held
    return voted or _first(own, further) or _held(blocks, committee, but=others)


def _first(before: Sequence[Block], further: Sequence[Head]) -> date | None:
    """The day of the first of several meetings, where nothing of another stands before it."""
    opens = bool(further) and further[0].opens and len(before) < _FRONT_BLOCKS
    return further[0].held if opens else None


def _committee(blocks: tuple[Block, ...]) -> str | None:
    """The body named most often on lines of its own, the front sheet counting double."""
    found: Counter[str] = Counter()
    for i, block in enumerate(blocks):
        for line in _lines((block,)):
            cased = quieted(line)
            named = _without_council(_LABEL.sub("", as_written(line)))
            match = (
                _COMMITTEE.match(named)
                or (_COMMITTEE.match(_LABEL.sub("", cased)) if _LABEL.match(cased) else None)
                or _CALLED_BODY.search(cased)
            )
            if match and len(match["name"]) < 80:
                name = re.sub(
                    r"^(?:(?:The|Meetings?|Minutes|Agenda|Notice|Reports?|Respon[sc]es?|Recommendations?|"
                    r"Decisions?|Questions?|Members|Membership|All|To|Of|For|A|the|of|for|and|on)\s+"
                    r"(?:of\s+)?)+"
                    r"(?:the\s+)?",
                    "",
                    match["name"].strip(" ,"),
                )
                if " " in name:
                    found[name] += 3 if i < 12 else 2 if i < _FRONT_BLOCKS else 1
    if not found:
        return _of_one_word(blocks)
    best = found.most_common(1)[0][0]
    fuller = (name for name, _ in found.most_common() if name.endswith(f" {best}"))
    own = (name for name in fuller if not _OF_ANOTHER.search(name.removesuffix(best).strip()))
    return next(own, best)  # "Scrutiny Committee" for short


def _without_council(line: str) -> str:
    """A line that a council's name opens, without it: "Wells City Council - Schools Forum"."""
    council = COUNCIL.match(line)
    rest = line[council.end() :].lstrip(" ,:;–—-") if council and formal_name(council) else ""
    return rest if _COMMITTEE.match(rest) or _ONE_PERSON.match(rest) else line


def _of_one_word(blocks: tuple[Block, ...]) -> str | None:
    """The body that a line near the top names and nothing else: "Cabinet"."""
    matches = (_ONE_WORD.match(block.text) for block in blocks[:_TOP])
    body = next((match["body"].title() for match in matches if match), None)
    lines = (_without_council(as_written(line)) for line in _lines(blocks[:_TOP]))
    alone = (
        match["body"].strip().replace(" For ", " for ")
        for line in lines
        if (match := _ONE_PERSON.match(line))
    )
    return body or next(alone, None)


def _held(
    blocks: tuple[Block, ...], committee: str | None, but: frozenset[date] = frozenset()
) -> date | None:
    """The date that front sheet and report headers agree on most; none of `but`."""
    votes: Counter[date] = Counter()
    lines = list(_lines(blocks))
    minuted = not any(map(_AGENDA.search, lines[:_FRONT_LINES]))
    coming = False  # dates of meetings to come are listed
    running: set[str] = set()  # a page's head stands on every page, and counts once
    for i, line in enumerate(lines):
        head = " ".join(line.split())
        if head in running:
            continue
        running.add(head)
        called = bool(_CALLED.search(line))
        said = _IS_MINUTES.sub("", line)  # "4 May 2024, 2.00 pm - minutes"
        if minuted and i < _TOP_LINES:  # "Draft minutes, 4 May 2024"
            said = _OWN_MINUTES.sub("", said)
        coming = bool(_TO_COME.search(said)) or (coming and bool(single_days(said)))
        elsewhen = _NOT_HELD.search(said) or coming
        if (len(line) >= _HEADER_LINE and not called) or elsewhen:
            continue
        named = bool(_COMMITTEE.match(line) or (i and _COMMITTEE.match(lines[i - 1])))
        weight = 11 if called else 10 if i < _TOP_LINES else 6 if named else 1
        english = in_english(line)
        if _PROSE.search(line) and not _MEETS.search(line):
            continue
        days = single_days(english)
        if len({day.period.end for day in days}) > 1 and not _MEETS.search(line):
            continue  # the head of a table's columns, or a list
        for mention in days:
            before = english[: mention.start]
            own = mention.period.end not in but and not _of_another(before, committee)
            if own and (not _AS_AT.search(before) or _OF_MEETING.search(before)):
                votes[mention.period.end] += weight
    return votes.most_common(1)[0][0] if votes else None


def _of_another(before: str, committee: str | None) -> bool:
    """Whether what stands before a date names another body: "Cabinet 7 February 2018"."""
    named = _BODY_BEFORE.search(before)
    if named is None or committee is None:
        return False
    body, own = named["body"].casefold(), committee.casefold()
    return body not in own and own not in body


def _lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        for line in block.lines:
            yield from re.split(r"[|\t]", line.raw)
        if not block.lines:
            yield block.text


def minutes_date(
    parts: tuple[Part, ...], items: tuple[Item, ...], held: date | None
) -> date | None:
    """The meeting that the minutes are of: their heading's date, else the agenda's.

    Those bound into a pack are never of the pack's own date, nor of the date of the minutes that
    they themselves confirm. A paper without an agenda is the minutes themselves.
    """
    minuted = False
    for i, part in enumerate(parts):
        if part.kind is not PartKind.MINUTES:
            continue
        minuted = True
        before = parts[i - 1].blocks[-4:][::-1] if i else ()
        heading = takewhile(lambda block: block.marker is None, part.blocks[:_MINUTES_HEADING])
        opening = [*heading, *before]
        dates = [
            found
            for block in opening
            if len(block.text) < (_HEADED if _OWN_HEADING.match(block.text) else 160)
            and not re.search(r"\b(?:issue|pdf)\b", block.text, re.IGNORECASE)
            for found in _own_days(block.text)
        ]
        listed = [
            found
            for item in items
            if re.search(r"\bminutes\b", item.title, re.IGNORECASE)
            for found in find_days(item.title)
        ]
        for found in [*dates, *listed]:
            if held is None or 0 < (held - found).days <= _LONGEST_GAP:
                return found
        if yearless := next((f for b in opening for f in _yearless(b.text, held, parts)), None):
            return yearless
    return held if minuted and not items else None


def _yearless(heading: str, held: date | None, parts: Sequence[Part]) -> Iterator[date]:
    """The day of a heading that prints no year: before the pack's, else by the paper's own days."""
    if not _OWN_HEADING.match(heading):
        return
    near = [held] if held else [d for p in parts for b in p.blocks for d in find_days(b.text)][:1]
    for number, start, _ in bare_months(heading):
        before = _DAY_BEFORE.search(heading[:start])
        if before is None or _APPROVES.search(heading[:start]):
            continue
        named = _WEEKDAY.search(before["weekday"] or "")
        for year in (year for by in near for year in (by.year, by.year - 1, by.year + 1)):
            found = _day(year, number, int(before["day"]))
            wrong = named and found and f"{found:%a}".lower() != named[0].lower()
            after = bool(found and held and found >= held)
            if found and not (wrong or after):
                yield found


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _own_days(heading: str) -> Iterator[date]:
    """The days of a heading; not that of other minutes which the meeting is to approve."""
    for mention in single_days(heading):
        if not (_APPROVES.search(heading[: mention.start]) or _TELLS.search(heading)):
            yield mention.period.end
