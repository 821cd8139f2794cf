"""Whose paper it is, and of when: council, committee, meeting date, the minutes' own date."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice, pairwise, takewhile

from ingest.areas import AUTHORITY, IN_WELSH, KIND, SEAT, area_of
from ingest.blocks import Block
from ingest.layout import Part
from ingest.model import Item, Meeting, PartKind, PeriodKind
from ingest.periods import Mention, bare_months, find_days, find_periods

# "St Helens", "King's Lynn and West Norfolk", "Newcastle-under-Lyme", "Isle of Wight".
_WORD = r"[A-ZÀ-ÞŴŶ][a-zß-ÿŵŷ]+(?:[’'][a-z])?"
_LINK = (
    r"(?:-(?:upon|on|under|le|the|in|by|next)-(?:the-)?|\s(?:upon|under|and|with|&)\s|"
    rf",\s(?={_WORD}\s(?:and|&)\s)|-|\s)"
)
_NAME = (
    rf"(?:St\.?\s|Isles?\sof\s|Vale\sof\s|Forest\sof\s|(?:East\s)?Riding\sof\s)?"
    rf"{_WORD}(?:{_LINK}{_WORD}){{0,4}}?"
)
_LOCAL = re.compile(r"\b(?:Parish|Community)\sCouncil$")
"""A parish's council: others name it, so that it is the paper's own only where the head says so."""
_OWN_LINE = re.compile(r"\b(?:meeting|minutes) of (?:the )?$", re.IGNORECASE)
_FORMAL = re.compile(rf"\b{KIND}Council$|\b(?:Borough|City|County) of\b")
_COUNCIL = re.compile(
    rf"\b(?:(?P<seat>{SEAT})(?P<of>{_NAME})(?:\s{KIND}?Council\b|(?=\s*(?:$|[^\w\s’'&-]|\s(?!(?:and|with|upon)\s[A-Z])[a-z(\d])))"
    rf"|(?P<name>{_NAME})\s(?P<kind>{KIND})?Council\b)"
)
_AUTHORITY = re.compile(
    rf"^(?:(?:Meeting|Minutes)\sof\s)?(?:[Tt]he\s)?(?P<name>(?!The\s)(?:City\sof\s)?{_NAME}\s{AUTHORITY})$"
)
"""Whose papers are of no council: a fire authority, a combined authority, a police panel."""
_PLACE_ALONE = re.compile(rf"{_NAME}\s(?:(?:Metropolitan|County)\s)?(?:Borough|District)")
"""A head that leaves out what its place has: "Wells Borough"."""
_HEAD_LINES = 5
_WELSH_ONLY = re.compile(
    rf"\b{IN_WELSH}\s(?!(?:Sir|Dinas|Bwrdeistref|Cymuned|Tref|Iechyd|Plant|Ysgol)\b){_NAME}"
    rf"(?=\s*(?:$|[^\w\s’'-]|\s[a-z(\d]))"
)
"""A council that only its Welsh name names: "Cyngor Gwynedd"."""
# Words before a council's name that belong to the sentence, and bodies that are no councils.
_BEFORE = re.compile(
    rf"^(?:(?:{IN_WELSH}|The|This|That|Our|Your|Each|Every|Full|If|At|In|On|By|To|From|For|And|With|As|When|"
    r"Minutes|Report|Agenda|Meeting|Contact|Contacts|Name|Council|Councils|Chief|Executive|Leader|"
    r"Director|Head|Officer|Manager|Clerk|Secretary|Member|Councillor)\s)+"
)
_NO_COUNCIL = re.compile(
    r"\b(?:The|Full|Youth|Young|Parish|Parent|Town|Research|Children|Care|Arts|Schools?|Pupil|Students?|"
    r"Privy|European|British|National|General|Medical|Dental|Nursing|Local|Other|Own|Both|Funding|"
    r"Advisory|Leavers|Tenants?|Partnership|Community|Safety|Services?|Authority|Unitary)\b"
)
_SMALL = frozenset(("of", "and", "the", "upon", "on", "with", "in", "under"))
_SHORTEST = 5
_OFTEN = 3
_DOMAIN_END = re.compile(r"(?:city|county|borough|district)?(?:council|cc|bc|dc|mbc)?$")
_DEPARTMENTS = frozenset(("Education", "Justice", "Ofsted", "Communities", "Health", "Legislation"))
_DOMAIN = re.compile(
    r"(?:@|www\.|https?://)(?:[\w-]+\.)*?([a-z][\w-]+)\.(?:moderngov\.co\.uk|gov\.uk|gov\.wales|org\.uk|example)\b",
    re.IGNORECASE,
)
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
_SHOUTED = re.compile(r"[A-Z][A-Z’'&]*(?:[\s-]+(?:[A-Z][A-Z’'&]*|&))+|\b[A-Z]{7,}\b")
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
_AS_AT = re.compile(r"\b(?:to|at|since|by|from|until|ending|ended|of)\s+$", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?:invited|summoned|requested|held|hold|take place|convened)\b.{0,40}\bmeeting of\b|"
    r"\bmeeting of\b.{5,120}\b(?:will|to) be held\b",
    re.IGNORECASE,
)
"""A sentence that calls members to the meeting."""
_UNTIL = re.compile(r"\s*(?:to|until|and|[-–—])\s*", re.IGNORECASE)
_PROSE = re.compile(r"\b(?:was|were|had|has|have|is|are)\b")
_MEETS = re.compile(r"\b(?:held|meeting|met|convened)\b", re.IGNORECASE)
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
    return Meeting(_council(text), _committee(blocks), _held(blocks))


def _council(text: str) -> str | None:
    """The council that the paper's own addresses name, else the one most often named."""
    if authority := _authority(text):
        return authority
    domains = Counter(match[1].lower() for match in _DOMAIN.finditer(text))
    names: Counter[str] = Counter()
    for line in text.splitlines():
        for match in _COUNCIL.finditer(_cased(line)):
            name = _formal(match)
            if name:
                alone = line.strip("#*| ").casefold() == name.casefold()
                headed = alone or _OWN_LINE.search(line[: match.start()])
                if _LOCAL.search(name) and not headed:
                    continue
                names[name] += (2 if match["seat"] or match["kind"] else 1) + 4 * alone
    if not names:
        lines = map(_cased, text.splitlines())
        names.update(m.group() for line in lines for m in _WELSH_ONLY.finditer(line))
    owners = [name for name, _ in names.most_common() if _owns(name, domains)]
    full = [name for name in owners if len(name.split()) > 2]
    likeliest = [name for name, _ in names.most_common(1)]
    # "Wells Borough Council" is a council's name; "Speak Out Council" may be a children's group's.
    formal = [name for name in likeliest if _FORMAL.search(name)]
    found = [*full, *owners, *formal, *_by_domain(text, domains), *likeliest, *_headed(text)]
    return found[0] if found else None


def _authority(text: str) -> str | None:
    """The authority that the head names, where it names no council: a fire authority, a panel."""
    head = _head(text)
    named = [_AUTHORITY.match(line) for line in head]
    for line, authority in zip(head, named, strict=False):
        if not authority and (council := _COUNCIL.fullmatch(line)) and _formal(council):
            return None
    return next((" ".join(match["name"].split()) for match in named if match), None)


def _headed(text: str) -> list[str]:
    """The councils of boroughs and districts that stand on lines of their own in the head."""
    return [f"{line} Council" for line in _head(text) if _PLACE_ALONE.fullmatch(line)]


def _head(text: str) -> list[str]:
    """The first lines with anything on them, those in capitals as names are written."""
    lines = (line.strip("#*| ") for line in text.splitlines())
    return [_cased(line) for line in islice(filter(None, lines), _HEAD_LINES)]


def _by_domain(text: str, domains: Counter[str]) -> Iterator[str]:
    """The place that addresses are of, where its papers name it but never its council.

    Once is enough beside the address of somebody at the council itself: "a.lowe@wells.gov.uk".
    """
    for domain, _ in domains.most_common(1):
        root = _DOMAIN_END.sub("", re.sub(r"\W", "", domain)).capitalize()
        local = re.search(rf"@(?:[\w-]+\.)*{re.escape(domain)}\.gov\.(?:uk|wales)\b", text, re.I)
        least = 1 if local else _OFTEN
        named = len(re.findall(rf"(?<![@.])\b{root}\b(?!\.)", text))
        if len(root) >= _SHORTEST and named >= least and root not in _DEPARTMENTS:
            yield f"{root} Council"


def _cased(line: str) -> str:
    """A line in capitals as names are written: "London Borough of Wells"."""
    if not line.isupper():
        return line
    titled = re.sub(r"(?<=['’])S\b", "s", line.title())
    small = rf"(?:(?<=[\w,] )|(?<=-))(?:{'|'.join(_SMALL)})\b"
    return re.sub(small, lambda m: m[0].lower(), titled, flags=re.IGNORECASE)


def _formal(match: re.Match[str]) -> str | None:
    """The council's name as it is written in full; None for what only ends in "Council"."""
    printed = " ".join(match.group().split())
    if match["seat"]:
        return printed if printed.endswith("Council") else _as_council(printed)
    name = _BEFORE.sub("", printed)
    place = area_of(name)
    return name if place and not _NO_COUNCIL.search(place) else None


def _as_council(seat: str) -> str:
    """York's council for "City of York"; a London borough's own name is its council's."""
    return seat if "Borough" in seat else f"{seat} Council"


def _owns(name: str, domains: Counter[str]) -> bool:
    """Whether a web or e-mail domain is that of the council.

    "wells", "wellscouncil", "wellscc"; in short "northwells" for North Wellshire and the initials.
    """
    words = re.findall(r"[a-z]+", name.lower().replace("’", "").replace("'", ""))
    place = "".join(re.findall(r"[a-z]+", area_of(name).lower().replace("’", "")))
    initials = "".join(word[0] for word in words if word not in _SMALL)
    roots = [_DOMAIN_END.sub("", re.sub(r"\W", "", d)) for d, _ in domains.most_common(5)]
    return any(
        root == place
        or root in (initials, initials[:-1])
        or (len(root) >= _SHORTEST and place.startswith(root))
        for root in roots
        if place and root
    )


def _committee(blocks: tuple[Block, ...]) -> str | None:
    """The body named most often on lines of its own, the front sheet counting double."""
    found: Counter[str] = Counter()
    for i, block in enumerate(blocks):
        for line in _lines((block,)):
            cased = _SHOUTED.sub(lambda shouted: _cased(shouted[0]), line)
            named = _without_council(_LABEL.sub("", _cased(line)))
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
    council = _COUNCIL.match(line)
    rest = line[council.end() :].lstrip(" ,:;–—-") if council and _formal(council) else ""
    return rest if _COMMITTEE.match(rest) or _ONE_PERSON.match(rest) else line


def _of_one_word(blocks: tuple[Block, ...]) -> str | None:
    """The body that a line near the top names and nothing else: "Cabinet"."""
    matches = (_ONE_WORD.match(block.text) for block in blocks[:_TOP])
    body = next((match["body"].title() for match in matches if match), None)
    lines = (_without_council(_cased(line)) for line in _lines(blocks[:_TOP]))
    alone = (
        match["body"].strip().replace(" For ", " for ")
        for line in lines
        if (match := _ONE_PERSON.match(line))
    )
    return body or next(alone, None)


def _held(blocks: tuple[Block, ...]) -> date | None:
    """The date that front sheet and report headers agree on most."""
    votes: Counter[date] = Counter()
    lines = list(_lines(blocks))
    minuted = not any(map(_AGENDA.search, lines[:_FRONT_LINES]))
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
        elsewhen = _NOT_HELD.search(said) or _TO_COME.search(said)
        if (len(line) >= _HEADER_LINE and not called) or elsewhen:
            continue
        named = bool(_COMMITTEE.match(line) or (i and _COMMITTEE.match(lines[i - 1])))
        weight = 11 if called else 10 if i < _TOP_LINES else 6 if named else 1
        english = _in_english(line)
        if _PROSE.search(line) and not _MEETS.search(line):
            continue
        for mention in _single_days(english):
            before = english[: mention.start]
            if not _AS_AT.search(before) or _OF_MEETING.search(before):
                votes[mention.period.end] += weight
    return votes.most_common(1)[0][0] if votes else None


def _single_days(line: str) -> list[Mention]:
    """The days that a line names, but for those from which and to which a time runs."""
    days = [m for m in find_periods(line) if m.period.kind is PeriodKind.DAY]
    spans = [(a, b) for a, b in pairwise(days) if _UNTIL.fullmatch(line[a.end : b.start])]
    ends = [mention for span in spans for mention in span]
    return [mention for mention in days if mention not in ends]


def _in_english(line: str) -> str:
    """A line with the Welsh months of its dates in English."""
    return _WELSH_MONTH.sub(lambda m: _WELSH[m["month"].lower()], line)


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
    for mention in _single_days(heading):
        if not (_APPROVES.search(heading[: mention.start]) or _TELLS.search(heading)):
            yield mention.period.end
