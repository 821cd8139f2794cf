"""Which council, or other authority, a paper is of: by its addresses, else the one most named."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from ingest.areas import AUTHORITY, IN_WELSH, KIND, SEAT, area_of

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
COUNCIL = re.compile(
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
_SHOUTED = re.compile(r"[A-Z][A-Z’'&]*(?:[\s-]+(?:[A-Z][A-Z’'&]*|&))+|\b[A-Z]{7,}\b")
_SMALL = frozenset(("of", "and", "the", "upon", "on", "with", "in", "under"))
_SHORTEST = 5
_OFTEN = 3
_DOMAIN_END = re.compile(r"(?:city|county|borough|district)?(?:council|cc|bc|dc|mbc)?$")
_DEPARTMENTS = frozenset(("Education", "Justice", "Ofsted", "Communities", "Health", "Legislation"))
_DOMAIN = re.compile(
    r"(?:@|www\.|https?://)(?:[\w-]+\.)*?([a-z][\w-]+)\.(?:moderngov\.co\.uk|gov\.uk|gov\.wales|org\.uk|example)\b",
    re.IGNORECASE,
)


def council_of(text: str) -> str | None:
    """The council that the paper's own addresses name, else the one most often named."""
    if authority := _authority(text):
        return authority
    domains = Counter(match[1].lower() for match in _DOMAIN.finditer(text))
    names: Counter[str] = Counter()
    for line in text.splitlines():
        for match in COUNCIL.finditer(as_written(line)):
            name = formal_name(match)
            if name:
                alone = line.strip("#*| ").casefold() == name.casefold()
                headed = alone or _OWN_LINE.search(line[: match.start()])
                if _LOCAL.search(name) and not headed:
                    continue
                names[name] += (2 if match["seat"] or match["kind"] else 1) + 4 * alone
    if not names:
        lines = map(as_written, text.splitlines())
        names.update(m.group() for line in lines for m in _WELSH_ONLY.finditer(line))
    owners = [name for name, _ in names.most_common() if _owns(name, domains)]
    full = [name for name in owners if len(name.split()) > 2]
    likeliest = [name for name, _ in names.most_common(1)]
    # "Wells Borough Council" is a council's name; "Speak Out Council" may be a children's group's.
    titled = [name for name in likeliest if _FORMAL.search(name)]
    found = [*full, *owners, *titled, *_by_domain(text, domains), *likeliest, *_headed(text)]
    return found[0] if found else None


def _authority(text: str) -> str | None:
    """The authority that the head names, where it names no council: a fire authority, a panel."""
    head = _head(text)
    named = [_AUTHORITY.match(line) for line in head]
    for line, authority in zip(head, named, strict=False):
        if not authority and (council := COUNCIL.fullmatch(line)) and formal_name(council):
            return None
    return next((" ".join(match["name"].split()) for match in named if match), None)


def _headed(text: str) -> list[str]:
    """The councils of boroughs and districts that stand on lines of their own in the head."""
    return [f"{line} Council" for line in _head(text) if _PLACE_ALONE.fullmatch(line)]


def _head(text: str) -> list[str]:
    """The first lines with anything on them, those in capitals as names are written."""
    lines = (line.strip("#*| ") for line in text.splitlines())
    return [as_written(line) for line in islice(filter(None, lines), _HEAD_LINES)]


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


def as_written(line: str) -> str:
    """A line in capitals as names are written: "London Borough of Wells"."""
    if not line.isupper():
        return line
    titled = re.sub(r"(?<=['’])S\b", "s", line.title())
    small = rf"(?:(?<=[\w,] )|(?<=-))(?:{'|'.join(_SMALL)})\b"
    return re.sub(small, lambda m: m[0].lower(), titled, flags=re.IGNORECASE)


def quieted(line: str) -> str:
    """A line whose capitals are written as names are; every character stays where it is."""
    return _SHOUTED.sub(lambda shouted: as_written(shouted[0]), line)


def formal_name(match: re.Match[str]) -> str | None:
    """The council's name, of a match of `COUNCIL`; None for what only ends in "Council"."""
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
