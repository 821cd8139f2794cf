"""The lines that head a meeting: which body met, and on which day.

A paper's first lines head the meeting that it is of. One file may bind several: a book of minutes,
an extract from those of another body. Places below such a head belong to its meeting. A date in
running text, of minutes to be confirmed, of a list, or in an agenda's item heads none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from ingest.blocks import Block, BlockKind
from ingest.councils import COUNCIL, formal_name, quieted
from ingest.markup import PAGE_MARK, plain
from ingest.model import PeriodKind
from ingest.periods import Mention, find_periods

_NOUN = (
    r"(?:Board|Panel|Committee|Cabinet|Commission|Forum|Sub[ -]?Committee)"
    r"(?!\s+(?:Services?|Officers?|Rooms?|Clerk|Admin\w*|Manager|Support|Members?|Spokes\w+)\b)"
)
_NAMING = r"(?:[A-Z][\w’'&,/-]*|and|of|for|the|on|to|&|\([A-Z][\w’',&/ -]{2,50}\))"
_BODY = re.compile(
    rf"(?:{_NAMING}(?:\s+{_NAMING})*?(?<!,)\s+{_NOUN}(?:\s\(\d\))?|"
    r"(?:Full |County |City |Borough |District |Town )?Council\b|Cabinet\b|Executive\b)"
)
_CALLED_BODY = re.compile(
    rf"{_BODY.pattern}(?:\s+(?!(?i:held|on|at)\b)[A-Z][\w’']+(?:\s+(?:and|of)\s+[A-Z][\w’']+)?){{0,3}}"
    r"(?=\s*$|\s+(?i:held)\b)"
)
_CALLED = re.compile(r"\bmeeting of (?:the )?$", re.IGNORECASE)
_LONGEST_NAME = 120
_GOES_ON = re.compile(
    r"\s*(?:$|[-–—,:;(|/]|(?i:held|on|at|of|minutes|meeting|agenda|extracts?)\b|"
    r"(?i:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\s+\d{4})"
)
"""What may stand behind a body's name in a head: not "report", nor another word of a title."""
_SHOUTED_FIELD = re.compile(r"\s\([A-Z][A-Z’',&/ -]{3,60}\)")
"""What a body sees to, as a part of its name: "SCRUTINY BOARD (HOUSING)"."""
_ENUMERATED = re.compile(
    r"(?P<mark>\(?(?:[A-Za-z]|\d{1,2}|[ivx]{1,4})\)|(?:[A-Za-z]|\d{1,3})\.|"
    r"(?P<word>(?i:meeting|part|section|extract))\s+(?:\d{1,2}|[A-Z])\b[.:)]?)[\s:]+(?=\S)"
)
_LABEL = re.compile(
    r"(?:bound in|extracts?|from|the|a|an|of|for|on|at|"
    r"(?:draft|unconfirmed|confirmed|approved|open|public)(?=\s+(?:the\s+)?(?:minutes|agenda|decisions))|"
    r"(?:special|ordinary|extraordinary|annual|adjourned|additional)(?=\s+meeting)|"
    r"minutes?|notes?|record|proceedings|agenda|meeting(?: name| date)?|(?:report|submitted) to|"
    r"date(?: of (?:the )?meeting)?(?=\s*:|\s+\d|\s+[A-Z][a-z]+day)|"
    r"(?:name of )?(?:committee|body|board|decision maker)(?=\s*:))(?=\W)[\s:–—-]*",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"\b(?:minutes?|extracts?|notes? of|recorded votes?|proceedings)\b", re.I)
_MEETING = re.compile(r"\b(?:minutes?|extracts?|meeting|held|notes? of|agenda)\b", re.IGNORECASE)
_NO_HEAD = re.compile(
    r"\b(?:next|future|forthcoming|previous|last|confirm(?:ed|ation|s)?|matters? arising|approv\w+|"
    r"agreed|signed|received|considered|was|were|is|are|has|have|had|be|will|published|publication|"
    r"issued?|dated|deadline|due|by|since|until|ending|ended|position|despatch|pdf|dates of|"
    r"timetable|review(?:ed)?|updated?|produced|prepared|background papers?|contact|tel)\b",
    re.IGNORECASE,
)
"""Words that a line has which says something of a meeting, and heads none."""
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_TIME = re.compile(
    r"(?:at\s+)?\b\d{1,2}(?:[.:]\d{2})?\s*(?:[ap]\.?m\b\.?|noon|hours|hrs)|"
    r"(?:at\s+)?\b\d{1,2}[:.]\d{2}\b|\bnoon\b|\bmidday\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?\s*(?:the\s+)?$", re.I)
_ANY_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_REFERS = re.compile(r"^(?:the |draft )*minutes of (?:the )?$", re.IGNORECASE)
"""Before a bare date: "Minutes of 4 May 2024" are others' that the meeting has before it."""
_FORM = re.compile("meeting", re.IGNORECASE)
_ITEM = re.compile(r"\d{1,3}(?:[./]\d+)*[.)]?[\s:]+(?:the )?(?:draft )?minutes\b", re.IGNORECASE)
_PLACE_WORD = re.compile(
    r"a|at|in|the|of|and|on|via|by|to|with|de|commencing|starting|beginning|from|extracts?|minutes?|"
    r"virtual|virtually|remote|remotely|hybrid|online|continued|held|meeting|room|council"
)
_BEFORE_DAY = re.compile(r"(?:[\s,:;|–—-]|\b(?:held|meeting|minutes|on|at|of|date|the)\b)*", re.I)
_AGENDA = re.compile(r"^\W*agenda\b", re.IGNORECASE)
_LISTS_DAYS = re.compile(
    r"\b(?:dates of|future|forthcoming|further) .*?\b(?:meetings?|dates)\b", re.I
)
_TAIL = re.compile(
    r"[-–—.;:,(]\s*meeting (?:of|held on|on)\s+(?:the\s+)?(?P<day>[^()]{6,40}?)"
    r"(?:,? minutes? [\d/]+)?\)?$",
    re.IGNORECASE,
)
"""A title that ends with the meeting it was at: "Quarter 2 - meeting of 16 November 2021"."""
_SEASON = re.compile(
    r"\b(?:spring|summer|autumn|winter)\s+(?:of\s+)?(?:19|20)\d\d\b", re.IGNORECASE
)
_MINUTED = re.compile(
    r"\b(?:RESOLVED|Resolved|resolved|[Aa]polog(?:y|ies)|[Dd]eclar\w+ (?:of interests?|an? )|"
    r"[Ii]nterests? (?:was|were)|[Ii]n attendance|IN ATTENDANCE|PRESENT|Present|"
    r"[Mm]inutes of|[Mm]embers|(?:[Tt]he )?(?:Committee|Panel|Board|Cabinet|Council|Forum|"
    r"Sub-Committee|Chair\w*|Mayor|Leader|Executive|Commission)|Cllrs?|Councillors?)\b"
)
"""What is said of what a meeting did, or of who was there."""
_DID = re.compile(
    r"\b(?:RESOLVED|Resolved|resolved|[Aa]polog(?:y|ies)|[Dd]eclar(?:ed|ations?)|[Mm]inutes of|"
    r"(?:Committee|Panel|Board|Cabinet|Council|Forum|Members|Commission) (?:\w+ )?(?:noted|agreed|"
    r"considered|received|welcomed|discussed|heard|asked|questioned))\b"
)
"""What only a record of a meeting says."""
_OF_MINUTES = re.compile(
    r"\b(?:minutes?|record)\b.{0,120}\b(?:approv|agree|confirm|sign|receiv|accept|correct)\w*|"
    r"\b(?:approv|agree|confirm|sign|receiv|accept)\w*\b.{0,120}\b(?:minutes|correct record)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\s*(?:to|until|and|[-–—])\s*", re.IGNORECASE)
_WELSH = {
    "ionawr": "January", "chwefror": "February", "mawrth": "March", "ebrill": "April",
    "mai": "May", "mehefin": "June", "gorffennaf": "July", "awst": "August", "medi": "September",
    "hydref": "October", "tachwedd": "November", "rhagfyr": "December",
}  # fmt: skip
_WELSH_MONTH = re.compile(
    rf"\b(?P<month>{'|'.join(_WELSH)})(?P<both>\s*/\s*[A-Z][a-z]+)?(?=\s+(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
"""A month of a date in Welsh, or in both languages: "14 Gorffennaf / July 2022"."""
_GAP = re.compile(r"[ \u00a0]{3,}|\t+")
_FIELD = re.compile(r"(?:\s{3,}|\t)[A-Z][\w ()]{2,30}:\s")
_FURTHER = re.compile(r"\.\s+(?=[A-Z][\w ]{2,30}:\s)")
"""Where another field follows on the line: "… Town Hall. Contact: A Lowe"."""
_TOP_LINES = 8
_LONGEST = 220
_SENTENCE = 160
_SAID = 60
_STRAY_WORDS = 8
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Head:
    """Where a meeting's own text begins; `committee` is None where it is the paper's own.

    `held` is None where no day is printed. `minuted` says that what follows is called minutes.
    """

    start: int
    committee: str | None
    held: date | None
    minuted: bool = False
    firm: bool = False
    """Whether more than a bare date tells it: a body, a weekday, a time, a word for minutes."""
    opens: bool = False
    """Whether it is the first of a series, or stands just below the paper's first lines."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as far as it heads a meeting: `firm` where more than a bare date tells so."""

    start: int
    end: int
    committee: str | None
    held: date | None
    mark: str | None
    firm: bool
    minuted: bool
    timed: bool
    """Whether a time is named, be it only a month or a season."""

    @property
    def named_only(self) -> bool:
        """Whether it is a body's name and nothing else."""
        return bool(self.committee) and not (self.timed or self.minuted)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line of the paper outside its tables."""

    start: int
    text: str
    raw: str
    apart: bool
    """Whether a blank line stands before it."""


def single_days(line: str) -> list[Mention]:
    """The days that a line names, but for those from which and to which a time runs."""
    days = [m for m in find_periods(line) if m.period.kind is PeriodKind.DAY]
    spans = [(a, b) for a, b in pairwise(days) if _UNTIL.fullmatch(line[a.end : b.start])]
    ends = [mention for span in spans for mention in span]
    return [mention for mention in days if mention not in ends]


def in_english(line: str) -> str:
    """A line with the Welsh months of its dates in English."""
    return _WELSH_MONTH.sub(lambda m: _WELSH[m["month"].lower()], line)


def top_head(blocks: Sequence[Block], text: str) -> Head:
    """The body and the day that the first lines print; both None where they don't."""
    return _top(_printed(blocks, text))[0]


def inner_heads(blocks: Sequence[Block], text: str) -> tuple[Head, ...]:
    """The heads of further meetings below the paper's first lines, in order."""
    printed = _printed(blocks, text)
    top, begins = _top(printed)
    found = list(_candidates(printed, begins))
    dated = [line for line in found if line.held]
    kept: list[_Line] = []
    for line in found:
        if line.held or line.minuted or _like(line, dated):
            kept.append(line)
    told = [
        line
        for line, following in zip(kept, [*kept[1:], None], strict=False)
        if _tells(text[line.end : following.start if following else len(text)], line)
    ]
    near = printed[min(begins + _NEAR, len(printed) - 1)].start if printed else 0
    heads = [
        Head(line.start, line.committee, line.held, line.minuted, line.firm, _opens(line, near))
        for line in told
    ]
    heads += [Head(start, None, None) for start in _siblings(printed, told, begins)]
    heads.sort(key=lambda head: head.start)
    return tuple(head for head in heads if not _same(head, top))


def _same(head: Head, top: Head) -> bool:
    """Whether a head further down only says again which meeting the paper is of."""
    body = (head.committee or top.committee or "").casefold()
    return bool(head.held) and head.held == top.held and body == (top.committee or "").casefold()


def _opens(line: _Line, near: int) -> bool:
    """Whether the first meeting of a file begins at a line; none begins with section B."""
    first = re.search(r"(?<![\dA-Za-z])(?:1|[AaIi])(?![\dA-Za-z])", line.mark or "")
    return bool(first) if line.mark else line.start < near


def _like(line: _Line, dated: Sequence[_Line]) -> bool:
    """Whether a line that names a month or a season alone stands among dated heads of its form."""
    return line.timed and any(
        bool(other.committee) == bool(line.committee) and bool(other.mark) == bool(line.mark)
        for other in dated
    )


def _tells(below: str, line: _Line) -> bool:
    """Whether what stands below a head is what a meeting did, rather than an agenda's next item."""
    if len(below.split()) <= _STRAY_WORDS:
        return False
    opening = below.strip()[:400]
    confirms = not line.committee and line.minuted and _OF_MINUTES.search(opening.split("\n\n")[0])
    if confirms and not any(day.period.end != line.held for day in single_days(opening)):
        return False
    sure = line.committee or line.mark or line.minuted
    return bool(sure or (_DID if not line.firm else _MINUTED).search(below))


def _siblings(printed: Sequence[_Printed], heads: Sequence[_Line], begins: int) -> Iterator[int]:
    """Where sections begin that are numbered along with meetings' heads, but name no meeting."""
    marks = {line.mark: line.start for line in heads if line.mark}
    forms = {_form(mark) for mark in marks}
    starts = {line.start for line in heads}
    for line in printed[begins:]:
        match = _ENUMERATED.match(_bare(line.text)) if line.apart else None
        if match is None or line.start in starts:
            continue
        mark = _mark(match)
        last = max((at for at in starts if at < line.start), default=None)
        before = next((m for m, at in marks.items() if at == last), None)
        short = len(line.text) < _SENTENCE and not line.text.rstrip().endswith((".", ";"))
        if _form(mark) in forms and before and short and _follows(before, mark):
            marks[mark] = line.start
            starts.add(line.start)
            yield line.start


def _form(mark: str) -> str:
    """The form of a mark, whatever its letter or number: "(a)", "A.", "Part 1"."""
    return re.sub(r"\d+", "1", re.sub(r"\b[a-z]\b", "a", re.sub(r"\b[A-Z]\b", "A", mark)))


def _follows(before: str, mark: str) -> bool:
    """Whether a mark is the next after another: "B." after "A."."""
    first, second = (re.sub(r"\W|(?i:meeting|part|section|extract)", "", m) for m in (before, mark))
    if _form(before) != _form(mark):
        return False
    if first.isdigit() and second.isdigit():
        return int(second) == int(first) + 1
    return len(first) == len(second) == 1 and ord(second) == ord(first) + 1


def _mark(match: re.Match[str]) -> str:
    return " ".join(match["mark"].split())


def _printed(blocks: Sequence[Block], text: str) -> list[_Printed]:
    """The paper's lines with words, but for its tables' and page marks."""
    tables = [(b.start, b.end) for b in blocks if b.kind is BlockKind.TABLE]
    printed: list[_Printed] = []
    apart, k = True, 0
    for match in re.finditer(r"[^\n]+|\n(?=[ \t\f\r]*\n)", text):
        raw = match.group()
        while k < len(tables) and tables[k][1] <= match.start():
            k += 1
        stripped = raw.strip()
        tabled = k < len(tables) and tables[k][0] < match.end() and match.start() < tables[k][1]
        if not re.search(r"\w", stripped) or tabled or PAGE_MARK.match(stripped):
            apart = True
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        shown = plain(text, start, start + len(stripped)).text
        printed.append(_Printed(start, shown, stripped, apart))
        apart = False
    return printed


def _top(printed: Sequence[_Printed]) -> tuple[Head, int]:
    """What the first lines print of the meeting, and the number of these lines."""
    committee: str | None = None
    held: date | None = None
    firm = minuted = listed = False
    last = 0
    for i, line in enumerate(printed[:_TOP_LINES]):
        read = _read(line)
        if read is None:
            told = len(line.text) > _SAID and line.text.rstrip().endswith(".")
            listed = listed or bool(_AGENDA.search(line.text))
            if told or _ENUMERATED.match(_bare(line.text)) or _LISTS_DAYS.search(line.text):
                break
            continue
        if listed and read.minuted and not read.committee:
            continue  # an item of the agenda
        if read.mark and (committee or held or not read.committee):
            break
        if committee and not (read.committee or read.held):
            break
        if (committee and read.committee) or (held and read.held):
            break
        committee, held = committee or read.committee, held or read.held
        firm = firm or (read.firm and read.timed)
        minuted = minuted or read.minuted
        last = i + 1
    start = printed[0].start if printed else 0
    return Head(start, committee, held, minuted, firm), last


def records(text: str) -> bool:
    """Whether a stretch says what only a meeting's record does: what was resolved or declared."""
    return bool(_DID.search(text))


def _candidates(printed: Sequence[_Printed], begins: int) -> Iterator[_Line]:
    """The lines from `begins` on that could head a meeting; a body's name goes with its date."""
    named: _Line | None = None
    lines = [(line, _read(line)) for line in printed]
    for i in range(begins, len(lines)):
        line, read = lines[i]
        if read is None:
            named = None
            continue
        if read.named_only:
            named = read if line.apart or line.text.isupper() else None
            continue
        joined = named is not None and not read.committee and read.timed
        if named and joined and not _listed(lines, i - 1):
            yield replace(
                read, start=named.start, committee=named.committee, mark=named.mark, firm=True
            )
        elif _stands_out(line) and (read.firm or _alone(lines, i)) and not _listed(lines, i):
            yield read
        named = None


def _stands_out(line: _Printed) -> bool:
    return line.apart or line.raw.startswith(("#", "--", "==", "**")) or line.text.isupper()


def _listed(lines: Sequence[tuple[_Printed, _Line | None]], i: int) -> bool:
    """Whether the lines beside it are of other times: a list of who had a paper before them."""
    above = lines[i - 1][1] if i else None
    below = lines[i + 1][1] if i + 1 < len(lines) else None
    here = lines[i][1]
    follows = below and here and below.held and here.held and below.held != here.held
    return bool((above and above.timed) or follows)


def _alone(lines: Sequence[tuple[_Printed, _Line | None]], i: int) -> bool:
    """Whether a bare date stands by itself: not in a list of dates, nor amid a paragraph."""
    beside = [lines[j][1] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    below = lines[i + 1][0] if i + 1 < len(lines) else None
    return (
        lines[i][0].apart
        and (below is None or below.apart)
        and not any(other and other.timed for other in beside)
    )


def _bare(text: str) -> str:
    return text.strip(" \u00a0-–—=_~*#|")


def _read(printed: _Printed) -> _Line | None:
    """A line as the head of a meeting, or as a part of one; None for any other."""
    raw = _FURTHER.split(_FIELD.split(printed.text)[0])[0]
    shown = " ".join(_GAP.sub(" : ", _bare(raw)).split())
    if not shown or len(shown) > _LONGEST:
        return None
    shown = in_english(shown)
    match = _ENUMERATED.match(shown)
    mark = _mark(match) if match else None
    rest = shown[match.end() :] if match else shown
    ruled = printed.raw.startswith(("#", "--", "==")) or bool(mark)
    end = printed.start + len(printed.raw)
    if ruled and (day := _at_the_end(rest)):
        return _Line(printed.start, end, None, day, mark, firm=True, minuted=True, timed=True)
    notes = ""
    while bracket := _BRACKETS.search(rest):
        if not rest[: bracket.start()].strip() or _keeps(bracket.group()):
            break
        notes += bracket.group()
        rest = rest[: bracket.start()]
    rest = rest.rstrip(" .:")
    if _NO_HEAD.search(rest) or _ITEM.match(shown):
        return None
    return _parsed(printed, end, mark, rest, notes, ruled=ruled)


def _at_the_end(title: str) -> date | None:
    """The day of the meeting that a title ends with."""
    tail = _TAIL.search(title)
    days = single_days(tail["day"]) if tail else []
    told = tail and len(days) == 1 and not _NO_HEAD.search(title[tail.start() :])
    return days[0].period.end if told else None


def _keeps(bracket: str) -> bool:
    """Whether a bracket at the end is a part of the name: "Sub-Committee (3)"."""
    return bool(re.fullmatch(r"\s*\(\d\)\s*", bracket))


def _parsed(
    printed: _Printed, end: int, mark: str | None, rest: str, notes: str, *, ruled: bool
) -> _Line | None:
    said, rest = _unlabelled(rest)
    rest = _without_council(rest)
    body = _body(rest, called=bool(_CALLED.search(said)))
    name, behind = body if body else (None, rest)
    behind = _without_own_council(behind) if name else behind
    days = single_days(behind)
    minuted = bool(_MINUTES.search(f"{said} {behind} {notes}"))
    if len({day.period.end for day in days}) > 1:
        return None
    if days and not name and _REFERS.search(said):
        return None
    if said and mark and re.fullmatch(r"\d{1,3}\.", mark) and _MINUTES.search(said):
        return None  # "3. Minutes of the meeting held on …" is an item of the agenda
    if days:
        before = _WEEKDAY.sub("", behind[: days[0].start])
        after = behind[days[-1].end :]
        placed = bool(re.match(r"[\s,:–—-]*held\b", before, re.I) or (mark and _FORM.match(mark)))
        if not _BEFORE_DAY.fullmatch(before) and not (placed and _is_place(before)):
            return None
        if not _is_place(after) and not (ruled and _few(after)):
            return None
        weekday = bool(_ANY_WEEKDAY.search(behind))
        firm = bool(name or weekday or _TIME.search(after) or _MEETING.search(said + before))
        firm = firm or bool(re.match(r"\s*[-–—:]\s*[A-Z]", after))
        return _Line(printed.start, end, name, days[0].period.end, mark, firm, minuted, timed=True)
    timed = _undated(f"{behind} {notes}", named=bool(name), shouted=printed.text.isupper())
    if name and not behind.strip(" ,:;–—-") and not (minuted or timed):
        return _Line(printed.start, end, name, None, mark, False, False, timed=False)
    if name and (minuted or timed) and (ruled or printed.text[:12].isupper()):
        return _Line(printed.start, end, name, None, mark, True, minuted, timed)
    if not name and (timed or (said and _undated(behind, named=True, shouted=True))):
        marked = bool(mark or said or notes or printed.text.isupper() or "-" in behind)
        return _Line(printed.start, end, None, None, mark, True, minuted, True) if marked else None
    return None


def _unlabelled(line: str) -> tuple[str, str]:
    """The labels before a body's name or a date, and what follows them."""
    at = 0
    while match := _LABEL.match(line, at):
        if not line[match.end() :].strip():
            break
        at = match.end()
    return line[:at], line[at:]


def _without_council(line: str) -> str:
    """A line without the council's name before its body: "Wells City Council - Schools Forum"."""
    titled = quieted(line)
    council = COUNCIL.match(titled)
    if council and formal_name(council) and line[council.end() :].strip():
        return line[council.end() :].lstrip(" ,:;–—-")
    return line


def _without_own_council(behind: str) -> str:
    """What stands behind a body's name, without the council that it is of."""
    of = re.match(r"\s*of\s+(?:the\s+)?", behind)
    council = COUNCIL.match(quieted(behind), of.end()) if of else None
    return behind[council.end() :] if council else behind


def _body(line: str, *, called: bool = False) -> tuple[str, str] | None:
    """The body that a line begins with, and what stands behind its name.

    Behind "a meeting of the" all is name: "Cabinet Committee Corporate Parenting".
    """
    titled = quieted(line)
    match = (_CALLED_BODY.match(titled) if called else None) or _BODY.match(titled)
    if (
        match is None
        or len(match.group()) > _LONGEST_NAME
        or not _GOES_ON.match(titled[match.end() :])
    ):
        return None
    end = match.end()
    if line[: match.end()].isupper() and (field := _SHOUTED_FIELD.match(line, match.end())):
        end = field.end()
    name = re.sub(r"^(?:The|the)\s+", "", " ".join(titled[:end].split()))
    return name, line[end:]


def _is_place(words: str) -> bool:
    """Whether words are those of a place or a time: none of a sentence."""
    left = _TIME.sub(" ", _BRACKETS.sub(" ", words))
    return all(
        not word[:1].islower() or _PLACE_WORD.fullmatch(word)
        for word in re.findall(r"[\w’']+", left)
    ) and not re.search(r"\b(?:Report|Performance|Quarter|Plan|Strategy|Budget|Update)\b", left)


def _few(words: str) -> bool:
    """Whether only a few words of any kind stand behind a date, set off from it."""
    return len(words.split()) <= _STRAY_WORDS and bool(re.match(r"\s*[,;:(–—-]", words))


def _undated(words: str, *, named: bool, shouted: bool) -> bool:
    """Whether a time is named that is no day: a month, a season, a year, and no more than that."""
    months = [m for m in find_periods(words) if m.period.kind is PeriodKind.MONTH]
    season = _SEASON.search(words)
    at = min([m.start for m in months] + ([season.start()] if season else []), default=None)
    if at is None:
        year = re.search(r"[\s,(]((?:19|20)\d\d(?:/\d\d)?)\)?$", words.strip()) if named else None
        return bool(year and not words[: year.start()].strip(" ,:;–—-("))
    shouted = shouted or words[at:].split()[0].isupper()
    return not words[:at].strip(" ,:;–—-(") and (named or shouted or bool(_MEETING.search(words)))
