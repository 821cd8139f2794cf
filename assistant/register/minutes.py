"""Whether minutes are still a draft, or were confirmed: at which later meeting, how corrected."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.register.linking import Evidence
from ingest.model import Meeting, PartKind, Passage, Unit, UnitKind
from ingest.periods import find_days

_ABOUT_MINUTES = re.compile(
    r"\bminutes\b(?! silence)|\brecord of the (?:last|previous)\b", re.IGNORECASE
)
_NOT_ABOUT = re.compile(r"\bmatters arising\b", re.IGNORECASE)
_CONFIRMS = re.compile(
    r"\b(?:confirmed|signed|agreed|approved|accepted|adopted|taken as read|"
    r"(?:true|correct|accurate)(?: and (?:accurate|correct|true))? record)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:deferred|not (?:be )?(?:confirmed|agreed|signed)|withdrawn)\b", re.IGNORECASE
)
_CORRECTS = re.compile(
    r"\bsubject to\b|\bonce\b|\bwith (?:that|the following|this|these|one|an?|the) (?:\w+ )?"
    r"(?:added|addition|amendments?|corrections?|change|alteration)s?\b|\bamend(?:ed|ment|ments)?\b|"
    r"\bcorrection|\bcorrected\b|\b(?:wanted|asked|wished)\b[^.;]{0,30}\b(?:record|minuted?)\w*\b|"
    r"\bshould (?:read|have read|be)\b|\b(?:is|be) (?:added|changed|deleted|replaced)\b",
    re.IGNORECASE,
)


class Standing(StrEnum):
    """How far minutes can be relied upon."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    CORRECTED = "confirmed with corrections"


@dataclass(frozen=True, slots=True)
class MinutesRecord:
    """The minutes of a meeting, and what a later meeting did with them.

    `paper` is the one that they are bound in, None where they aren't held and only their
    confirmation is. A draft is one that no paper held shows confirmed.
    """

    meeting: Meeting
    paper: str | None
    standing: Standing
    confirmed_at: Meeting | None
    evidence: tuple[Evidence, ...]


def minutes_records(passages: Iterable[Passage]) -> tuple[MinutesRecord, ...]:
    """The minutes held or confirmed in these passages of minutes, by meeting, oldest first."""
    minuted = [p for p in passages if p.part is PartKind.MINUTES]
    held: dict[Meeting, str] = {}
    for passage in minuted:
        held.setdefault(passage.meeting, passage.locator.paper)
    records = {
        meeting: MinutesRecord(meeting, paper, Standing.DRAFT, None, ())
        for meeting, paper in held.items()
    }
    for record in _confirmations(minuted):
        records[record.meeting] = replace(record, paper=held.get(record.meeting))
    return tuple(sorted(records.values(), key=_when))


def _when(record: MinutesRecord) -> tuple[str, str, str]:
    meeting = record.meeting
    return (meeting.council or "", meeting.committee or "", str(meeting.held or ""))


def _confirmations(minuted: Sequence[Passage]) -> Iterator[MinutesRecord]:
    """What meetings did with the minutes of earlier ones."""
    for passages in _items(minuted):
        first = passages[0]
        heading = first.headings[-1] if first.headings else ""
        units = [(p, u) for p in passages for u in p.units if u.kind is not UnitKind.HEADING]
        text = " ".join(unit.text for _, unit in units)
        if not _ABOUT_MINUTES.search(f"{heading} {text}") or _NOT_ABOUT.search(heading):
            continue
        held = first.meeting.held
        days = [day for day in find_days(f"{heading} {text}") if held and day < held]
        if not days or not _CONFIRMS.search(text) or _NOT_YET.search(text):
            continue
        telling = [(p, u) for p, u in units if _CONFIRMS.search(u.text) or _CORRECTS.search(u.text)]
        corrected = any(_CORRECTS.search(unit.text) for _, unit in telling)
        yield MinutesRecord(
            replace(first.meeting, held=days[0]),
            None,
            Standing.CORRECTED if corrected else Standing.CONFIRMED,
            first.meeting,
            tuple(_evidence(p, u) for p, u in telling),
        )


def _items(minuted: Sequence[Passage]) -> Iterator[list[Passage]]:
    """The passages of each minute that is on minutes."""
    items: dict[tuple[object, ...], list[Passage]] = {}
    for passage in minuted:
        if passage.headings and (
            _ABOUT_MINUTES.search(passage.headings[-1])
            or any(_ABOUT_MINUTES.search(unit.text) for unit in passage.units[:2])
        ):
            key = (passage.locator.paper, passage.meeting, passage.headings)
            items.setdefault(key, []).append(passage)
    yield from items.values()


def _evidence(passage: Passage, unit: Unit) -> Evidence:
    how = "corrects the minutes" if _CORRECTS.search(unit.text) else "confirms the minutes"
    locator = replace(passage.locator, start=unit.start, end=unit.end)
    return Evidence(unit.text, locator, passage.meeting, how)
