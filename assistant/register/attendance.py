"""Who was at a meeting, who sent apologies, who stood in for whom, and what they declared."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.model import Attendee, Locator, Meeting, PartKind, Passage, Unit, UnitKind

_DECLARATIONS = re.compile(
    r"\bdeclarations?\b|\b(?:members.? )?interests?\b(?! rates?)|\bdisclosures?\b", re.IGNORECASE
)
_NONE = re.compile(
    r"^\W*(?:none|nil|no)\b|\bthere (?:were|was) (?:no|none)\b|\bno (?:declarations?|interests?|"
    r"members?)\b[^.;]{0,60}\b(?:declared|made|received|interests?)\b|\bnobody\b|"
    r"\bnone (?:was|were) (?:declared|made|received)\b",
    re.IGNORECASE,
)
_STANDS_IN = re.compile(
    r"^(?:for|vice)\b|\b(?:substitut\w*|replacing|in (?:the )?place of|deputis\w*|on behalf of)\b",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"\b(?:Councillor|Cllr|Mr|Mrs|Ms|Miss|Dr|Revd?|Sir|Dame)s?\.?\s+"
    r"(?P<name>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2})"
)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A declaration of interest, verbatim; `member` None where the minutes say there was none."""

    member: str | None
    text: str
    meeting: Meeting
    locator: Locator


@dataclass(frozen=True, slots=True)
class MeetingAttendance:
    """The people of a meeting and what was declared, as its minutes say."""

    meeting: Meeting
    attendees: tuple[Attendee, ...]
    declarations: tuple[Declaration, ...]


def attendance_of(
    attendees: Iterable[Attendee], minuted: Iterable[Passage], member: str = ""
) -> tuple[MeetingAttendance, ...]:
    """Each meeting with its people and declarations, newest first.

    With a member, or part of a name, only the meetings and lines that name them.
    """
    people: dict[Meeting, list[Attendee]] = {}
    for attendee in attendees:
        people.setdefault(attendee.meeting, []).append(attendee)
    minutes: dict[Meeting, list[Passage]] = {}
    for passage in minuted:
        if passage.part is PartKind.MINUTES:
            minutes.setdefault(passage.meeting, []).append(passage)
    meetings = sorted(
        {**people, **minutes}, key=lambda m: (str(m.held or ""), str(m.council)), reverse=True
    )
    found = []
    for meeting in meetings:
        there = tuple(people.get(meeting, ()))
        declared = tuple(_declared(minutes.get(meeting, ()), there))
        if member:
            there = tuple(a for a in there if _is(member, a.name))
            declared = tuple(d for d in declared if d.member and _is(member, d.member))
        if there or declared:
            found.append(MeetingAttendance(meeting, there, declared))
    return tuple(found)


def stands_in(attendee: Attendee) -> bool:
    """Whether a person came in another's place."""
    return bool(attendee.capacity and _STANDS_IN.search(attendee.capacity))


def _is(member: str, name: str) -> bool:
    """Whether a name holds every word asked for."""
    held = name.casefold().split()
    return all(any(part == word for part in held) for word in member.casefold().split())


def _declared(passages: Sequence[Passage], there: Sequence[Attendee]) -> list[Declaration]:
    """The declarations in the minute on interests, each with the member who makes it."""
    found: list[Declaration] = []
    for passage in passages:
        if not passage.headings or not _DECLARATIONS.search(passage.headings[-1]):
            continue
        for unit in passage.units:
            if unit.kind is UnitKind.HEADING and len(passage.units) > 1:
                continue
            member = _member(unit.text, there)
            if member or (_NONE.search(unit.text) and not found):
                found.append(_declaration(member, unit, passage))
            elif found and found[-1].member and found[-1].locator.paper == passage.locator.paper:
                last = found[-1]
                found[-1] = replace(
                    last,
                    text=f"{last.text} {unit.text}",
                    locator=replace(last.locator, end=unit.end),
                )
    return found


def _declaration(member: str | None, unit: Unit, passage: Passage) -> Declaration:
    locator = replace(passage.locator, start=unit.start, end=unit.end)
    return Declaration(member, unit.text, passage.meeting, locator)


def _member(text: str, there: Sequence[Attendee]) -> str | None:
    """The person whom a sentence names: one who was there, else one with a title."""
    titled = _TITLED.search(text)
    said = titled["name"] if titled else ""
    for attendee in there:
        surname = attendee.name.split()[-1]
        if attendee.name in text or (said and surname in said.split()):
            return attendee.name
    return said or None
