"""Who holds an office: by the ways in which papers set a name beside it.

Lists of those present, boxes that head reports and sentences all do: "Mrs B. Rudd, Head of Homes",
"Rudd (Head of Homes)", "the Head of Homes, Bea Rudd,", "Contact officer: Bea Rudd". A name that
merely stands in the same sentence as the office is nobody's answer.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.question.synonyms import alike
from indicators.catalogue import words
from ingest.model import Passage, Unit

_TITLE = (
    r"(?:Cllrs?|Councillors?|Mr|Mrs|Ms|Miss|Dr|Prof(?:essor)?|Sir|Dame|Revd|Canon|Sergeant|"
    r"(?:Chief )?(?:Inspector|Superintendent|Constable)|Judge)\.?"
)
_WORD = (
    r"(?:[A-Z]\.|[A-Z](?= [A-Z])|[A-Z][a-zà-ÿ]+(?:[-’'][A-Z]?[a-zà-ÿ]+)*|"
    r"(?:O|Mc|Mac)[’']?[A-Z][a-z]+)"
)
_NAMES = tuple(
    re.compile(rf"(?P<title>{_TITLE} )?(?<![\w’'-])(?P<name>{_WORD}{more})(?![\w’'-])")
    for more in (rf"(?: {_WORD})?", rf"(?: {_WORD}){{2}}")
)
_AFTER = re.compile(
    r"^(?:(?:,| ?\(| [-–—] |: | (?:is|was|as)(?: the| our| an?)?\b|(?= the\b))\s*"
    r"(?P<role>[^,.;:()|\n]{3,90})|"
    r"\s(?P<beside>[A-Z][\w’'&-]*(?: (?:(?:of|for|and|the|to|&|in) )*[A-Z][\w’'&-]*)*))"
)
_BEFORE = re.compile(
    r"(?:^|[.;()|\n]|, |\b(?:by|of|with|from|and) )(?:the |our |its )?"
    r"(?P<role>[^.;()|\n]{3,120}?)(?P<tie>,|:| [-–—])? ?$"
)
_ARTICLE = re.compile(r"^.*\b(?:the|our|its|an?) ")
_HANGING = re.compile(r"\b(?:of|for|and|the|to|in|with)$")
_SMALL = re.compile(r"(?<![\w.@/-])[a-z]+(?![\w@/-]|\.\w)")  # but not in e-mail addresses
_PART = re.compile(r"[,:]| [-–—] ")
OPENING = re.compile(r"^(?:The|An?|In|On|At|To|By|For|This|That|These|It|Its|Our|All|And|As|No)\b")
_LESSER = frozenset(words("deputy vice assistant associate former"))
_MOST_WORDS = 12
CHAIR = words("chair")
_CHAIRS = frozenset(words("chair chairman chairwoman chairperson"))
_IN_THE_CHAIR = re.compile(
    rf"^(?:in the )?chair(?:man|woman|person)?(?: {_TITLE})?$", re.IGNORECASE
)
_TOOK_THE_CHAIR = re.compile(
    r"^,? ?(?:being |was |sat |\()?(?:then )?"
    r"(?:(?:took|taking|taken|had taken|assumed|in|occupied) (?:to )?the chair\b|"
    r"presid(?:ed|ing)\b|chair(?:ed|ing) (?:the|this) meeting\b|chaired\b)",
    re.IGNORECASE,
)
"""What follows the name of whoever led a meeting, be it for once."""
_BODIES = frozenset(words("board panel committee council scrutiny meeting"))
_OFFICES = frozenset(
    words(
        "director manager head officer chair chairman chairperson member councillor leader lead "
        "service council board committee panel county city borough team cabinet portfolio vice "
        "deputy executive assistant senior interim principal chief clerk secretary services"
    )
)


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with the office as a paper puts it, and where it does."""

    name: str
    role: str
    passage: Passage
    unit: Unit

    @property
    def held(self) -> date:
        """The date of the meeting whose papers say so."""
        return self.passage.meeting.held or date.min


def holders(role: Sequence[str], passages: Iterable[Passage]) -> tuple[Holder, ...]:
    """Those whom passages give as holders of an office; of each council the latest named."""
    looked_at = tuple(passages)
    common = small_words(" ".join(passage.text for passage in looked_at))
    found = [
        Holder(name, said, passage, unit)
        for passage in looked_at
        for unit in passage.units
        for name, said in named_as(role, unit.text, common)
    ]
    latest: dict[str | None, date] = {}
    for one in found:
        council = one.passage.meeting.council
        latest[council] = max(latest.get(council, date.min), one.held)
    kept: dict[tuple[str | None, str], Holder] = {}
    for one in sorted(found, key=lambda h: (h.passage.meeting.council or "", len(h.role))):
        council = one.passage.meeting.council
        if one.held == latest[council]:
            kept.setdefault((council, one.name.split()[-1]), one)
    return tuple(kept.values())


def is_chair(role: Sequence[str], of: Sequence[str], body: str) -> bool:
    """Whether an office is that of who chairs the body, or one that isn't named."""
    return bool(role) and role[0] in _CHAIRS and not set(of) - set(words(body)) - _BODIES


def chairs(opening: Iterable[Passage]) -> tuple[Holder, ...]:
    """Who chairs each body, by the latest list of members or of those present."""
    found: dict[tuple[str | None, str | None], Holder] = {}
    for passage in opening:
        body = (passage.meeting.council, passage.meeting.committee)
        for unit in passage.units:
            named = (pair for word in _CHAIRS for pair in named_as((word,), unit.text))
            for name, said in named:
                if not _IN_THE_CHAIR.match(said):
                    continue
                one = Holder(name, said, passage, unit)
                if body not in found or found[body].held < one.held:
                    found[body] = one
    return tuple(found.values())


def took_the_chair(opening: Iterable[Passage]) -> tuple[Holder, ...]:
    """Who, by a sentence that says so, led the meetings that passages are of."""
    found: dict[tuple[str | None, str | None, date | None], Holder] = {}
    for passage in opening:
        meeting = passage.meeting
        for unit in passage.units:
            for match in (match for form in reversed(_NAMES) for match in form.finditer(unit.text)):
                named = match["title"] or " " in match["name"]
                if named and _TOOK_THE_CHAIR.match(unit.text[match.end() :]):
                    name = f"{match['title'] or ''}{match['name']}"
                    key = (meeting.council, meeting.committee, meeting.held)
                    found.setdefault(key, Holder(name, "chair", passage, unit))
    return tuple(found.values())


def small_words(text: str) -> frozenset[str]:
    """The words that a text prints in small letters: alone they make no name."""
    return frozenset(_SMALL.findall(text))


def named_as(
    role: Sequence[str], text: str, common: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """(name, office as put) of the people whom a text gives an office, by its stems.

    `common` are words that the papers print in small letters too: they alone make no name.
    """
    if text.count("|") == 1:  # a row of an office and who holds it
        text = re.sub(r"\s*\|\s*", ": ", text)
    for match in (match for form in _NAMES for match in form.finditer(text)):
        name = match["name"]
        parts = frozenset(re.split(r"[ ’'-]", name.lower()))
        bare = not match["title"] and " " not in name
        known = parts <= common or _OFFICES & set(words(name))
        if bare or known or (OPENING.match(name) and not match["title"]):
            continue
        for said in (*_said_after(text[match.end() :]), *_said_before(text[: match.start()])):
            if _is_office(said, role):
                yield f"{match['title'] or ''}{name}", said
                break


def _said_after(rest: str) -> Iterator[str]:
    match = _AFTER.match(rest)
    if match:
        yield (match["role"] or match["beside"]).strip()


def _said_before(text: str) -> Iterator[str]:
    match = _BEFORE.search(text)
    if match:
        parts = _PART.split(match["role"])
        yield _ARTICLE.sub("", parts[0 if match["tie"] == ":" else -1].strip())


def _is_office(said: str, role: Sequence[str]) -> bool:
    """Whether a phrase says an office, by its words or others for them; a deputy's isn't it."""
    told = words(said)
    if len(told) > _MOST_WORDS or _HANGING.search(said):
        return False
    held = frozenset(told)
    if _LESSER & held - set(role):
        return False
    return all(word in held or alike(word) & held for word in role)
