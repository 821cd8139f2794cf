"""Who is to do what by when: of actions as printed, of resolutions as their sentence says."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.register.owners import owner_of, takes_note
from ingest.model import Decision, DecisionKind, PeriodKind
from ingest.periods import bare_months, find_periods, month

_REPORT = re.compile(
    r"\b(?:report(?:s|ed)?|paper|update|plan|scheme|briefing|note|figures|evidence|return|come|"
    r"brought|submitted|presented|bring|be given|be sent|receive|publish)\b",
    re.IGNORECASE,
)
_RECURS = re.compile(
    r"\b(?:each|every)\s+(?:future\s+|board\s+|panel\s+|committee\s+)?(?:meeting|quarter|month|year|"
    r"six months)\b|\b(?:quarterly|monthly|annually|six[- ]monthly|twice a year)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|before|in|at|to|for|due|back)\s+(?:the\s+)?(?:end\s+of\s+)?"
    r"(?:meeting\s+(?:on|in|of)\s+)?$",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\bwithin\s+(?P<number>\d{1,3}|one|two|three|four|six|twelve)\s+(?:working\s+)?"
    r"(?P<unit>days?|weeks?|months?)\b",
    re.IGNORECASE,
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "twelve": 12}
_DAYS = {"day": 1, "week": 7, "month": 30}
_NEXT = re.compile(r"\bnext\s+(?:\w+\s+)?meeting\b", re.IGNORECASE)
_DAY_BEFORE = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+$")
_AMONG = re.compile(r"\b(?:of|from|to|since|until)\s+(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?$")


@dataclass(frozen=True, slots=True)
class Commitment:
    """Something that somebody is to do or bring back.

    `owner` is as printed, `due` the last day for it, `when` the words that tell it; `reports`
    whether it is to come back to the meeting, `recurs` whether again and again.
    """

    owner: str | None
    due: date | None
    when: str | None
    reports: bool
    recurs: bool


def commitment_of(decision: Decision) -> Commitment | None:
    """What a decision commits somebody to; None for one that asks nothing of anybody.

    Actions always do; resolutions where they name who is to act, or ask for a report.
    """
    if decision.kind is DecisionKind.RECOMMENDATION:
        return None
    held = decision.meeting.held
    if decision.kind is DecisionKind.ACTION:
        when, due = (
            (decision.due, due_day(decision.due, held))
            if decision.due
            else _when(decision.text, held)
        )
        reports = _REPORT.search(decision.text) is not None
        return Commitment(owner_of(decision), due, when, reports, _recurs(decision.text))
    if takes_note(decision):
        return None
    owner = owner_of(decision)
    reports = _REPORT.search(decision.text) is not None
    when, due = _when(decision.text, held) if reports or owner else (None, None)
    recurs = reports and _recurs(decision.text)
    if owner is None and not (reports and (when or recurs)):
        return None
    return Commitment(owner, due, when, reports, recurs)


def due_day(words: str, held: date | None) -> date | None:
    """The last day that words like "30 June", "November 2023", "within 28 days" give.

    A month or day without a year is the first one after the meeting.
    """
    dated = find_periods(words)
    if dated:
        return dated[0].period.end
    found = bare_months(f"by {words}")
    if found and held:
        number, start, _ = found[0]
        before = _DAY_BEFORE.search(f"by {words}"[:start])
        return _first_after(held, number, int(before["day"]) if before else None)
    return _within(words, held)


def _when(text: str, held: date | None) -> tuple[str | None, date | None]:
    """The words that say by when, and their last day."""
    for mention in find_periods(text):
        if mention.period.kind in (PeriodKind.DAY, PeriodKind.MONTH) and _BY.search(
            text[: mention.start]
        ):
            return text[mention.start : mention.end], mention.period.end
    for number, start, end in bare_months(text):
        before = _DAY_BEFORE.search(text[:start])
        opening = before.start() if before else start
        if held and _BY.search(text[:opening]):
            day = int(before["day"]) if before else None
            return text[opening:end], _first_after(held, number, day)
    within = _WITHIN.search(text)
    if within:
        return within.group(), _within(text, held)
    meeting = _NEXT.search(text)
    return (meeting.group(), None) if meeting else (None, None)


def _within(text: str, held: date | None) -> date | None:
    match = _WITHIN.search(text)
    if not match or held is None:
        return None
    number = _NUMBERS.get(match["number"].lower()) or int(match["number"])
    return held + timedelta(days=number * _DAYS[match["unit"].lower().rstrip("s")])


def _first_after(held: date, number: int, day: int | None) -> date | None:
    """The last day of the first such month (or the first such day) from the meeting on."""
    for year in (held.year, held.year + 1):
        period = month(year, number)
        try:
            last = date(year, number, day) if day else period.end
        except ValueError:
            return None
        if last >= held:
            return last
    return None


def _recurs(text: str) -> bool:
    return _RECURS.search(text) is not None
