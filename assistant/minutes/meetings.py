"""Questions about a meeting as such: when a body meets next, and which meeting is meant at all.

"When is the next meeting?" and "Who sent apologies?" name no body: where papers of several are
held, any one of them would be a guess.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from assistant.answer import Outcome
from assistant.drafts import Draft, Statement
from assistant.minutes.quoting import body_of, quoted
from assistant.minutes.register_answers import within
from assistant.minutes.times import nearest
from assistant.passages.search import Hit
from assistant.question.cues import LAST_MEETING, Wanted
from assistant.question.understand import Query
from indicators.catalogue import words
from ingest.finding import Within
from ingest.model import Meeting, Passage, PeriodKind, Unit
from ingest.periods import bare_months, find_periods
from ingest.register import PaperRecord

Newest = Callable[[Within, int], Iterable[PaperRecord]]
_Body = tuple[str | None, str | None]

_ASKS_NEXT = re.compile(
    r"\b(?:when|what (?:date|day))\b[^?]*\b(?:next|again)\b|\bnext\b[^?]*\bwhen\W*$|"
    r"\bwhen\b[^?]*\bmeet(?:s|ing)?\W*$|"
    r"\b(?:date|day)s? (?:of|for) (?:the |our )?(?:next|future|forthcoming|coming)\b|"
    r"\b(?:next|future|forthcoming|upcoming) meeting(?:s|['’]s)?(?: dates?)?\W*$",
    re.IGNORECASE,
)
_FRAMES_NEXT = frozenset(
    words(
        "next again future forthcoming upcoming coming following meet meets meeting meetings date "
        "dates day sit sits due board panel committee forum cabinet"
    )
)
_SAYS_NEXT = re.compile(
    r"\bnext (?:time|date|meets?)\b|"
    r"\bnext (?:\w+ ){0,3}?(?:meetings?|board|panel|committee|forum|cabinet)\b|"
    r"\bmeets? (?:again|next)\b|\b(?:will|to) (?:next )?(?:meet|sit|reconvene)\b|"
    r"\b(?:future|forthcoming|further|programme of) (?:meetings?|dates?)\b|"
    r"\b(?:meeting dates?|dates? of (?:the )?(?:next|future|meetings))\b",
    re.IGNORECASE,
)
_FOR_NEXT = re.compile(
    r"\b(?:to|at|for|before|until|by) (?:the |its |our )?next (?:\w+ ){0,3}?"
    r"(?:meetings?|board|panel|committee|forum|cabinet)\b",
    re.IGNORECASE,
)
"""What is to be done by then, which doesn't tell when that is."""
_DAY = re.compile(r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?$")
_BODY = re.compile(
    r"(?P<name>(?:[A-Z][\w’'&-]*,? (?:(?:and|of|for|&) (?:the )?)?)+)"
    r"(?:Committee|Board|Panel|Forum|Cabinet|Commission|Executive)\b"
)
_LITTLE = frozenset(words("next future meeting meetings date dates time this our"))
_ROLL = frozenset(
    words(
        "apology apologies chair chaired chairing chairman attend attended attending absent "
        "absence present quorate quorum substitute vice declare declared interest interests there "
        "meeting send sent member members come came people who preside presided"
    )
)
_NEWEST_PAPERS, _OF_A_BODY = 200, 3
_MOST_TOLD, _MOST_NAMED = 3, 8
_BELOW = 3  # units below a heading "Date of next meeting" that may have the date


def next_meeting(
    query: Query, newest: Newest, passages_of: Callable[[str], Sequence[Passage]]
) -> Draft | None:
    """When the bodies asked about meet next, by their newest papers; asks which, of several.

    None where a question is about something else, or no paper says it in words known here.
    """
    asked = query.periods or query.meetings
    dated = asked and "period" not in query.inherited
    if not _ASKS_NEXT.search(query.text) or dated or set(query.words) - _FRAMES_NEXT:
        return None
    told: dict[_Body, Statement] = {}
    bodies = _bodies(query, newest)
    for body, records in bodies.items():
        said = (_announced(passages_of(record.id), record.meeting) for record in records)
        if statement := next(filter(None, said), None):
            told[body] = statement
    if not told:
        return _unsaid(query, bodies)
    if len(bodies) > 1 and not _names_one(query):
        lead = Statement("Which body do you mean? The papers of several are held:")
        statements = (lead, *list(told.values())[:_MOST_NAMED])
        options = dict.fromkeys(council for council, _ in told if council)
        return Draft(Outcome.CLARIFY, statements, 0.9, options=tuple(options))
    return Draft(Outcome.ANSWERED, tuple(told.values())[:_MOST_TOLD], 0.9)


def which_meeting(query: Query, newest: Newest) -> Draft | None:
    """Which body is meant, where a question is who was at a meeting and names none; else None."""
    undated = not (query.periods or query.meetings)
    bare = query.wanted is Wanted.ATTENDANCE and undated and not set(query.words) - _ROLL
    if not bare or _names_one(query) or query.inherited:
        return None
    return _which(newest(_theirs(query), _NEWEST_PAPERS))


def which_last(query: Query, hits: Sequence[Hit]) -> Draft | None:
    """Which council is meant by "the last meeting", where those of several tell of the matter."""
    last = LAST_MEETING.search(query.text) and query.meetings
    if not last or _names_one(query) or query.inherited:
        return None
    then = [hit for hit in hits if within(hit.passage.meeting.held, query.meetings)]
    meetings = {hit.passage.meeting.council: hit.passage.meeting for hit in then}
    return _asked(list(meetings.values())) if len(meetings) > 1 and None not in meetings else None


def _which(records: Iterable[PaperRecord]) -> Draft | None:
    latest: dict[_Body, Meeting] = {}
    for record in sorted(records, key=lambda record: record.meeting.held or date.min):
        meeting = record.meeting
        if meeting.council:
            latest[meeting.council, meeting.committee] = meeting
    return _asked(list(latest.values())) if len({council for council, _ in latest}) > 1 else None


def _asked(meetings: Sequence[Meeting]) -> Draft:
    """The question back, with the councils whose papers are held, the newest first."""
    named = sorted(meetings, key=lambda m: m.held or date.min, reverse=True)
    councils = tuple(dict.fromkeys(m.council for m in named if m.council))[:_MOST_NAMED]
    lines = (f"- {council}" for council in councils)
    text = "\n".join(
        ("Which council do you mean, and which meeting? Papers of several are held:", *lines)
    )
    return Draft(Outcome.CLARIFY, (Statement(text, labels=text),), 0.9, options=councils)


def _names_one(query: Query) -> bool:
    return bool(query.councils or query.bodies or query.committees)


def _theirs(query: Query) -> Within:
    return Within(query.councils, query.committees or query.bodies, query.since, query.until)


def _bodies(query: Query, newest: Newest) -> dict[_Body, list[PaperRecord]]:
    """The newest papers of each body asked about, the newest first."""
    found: dict[_Body, list[PaperRecord]] = {}
    records = newest(_theirs(query), _NEWEST_PAPERS)
    for record in sorted(records, key=lambda r: r.meeting.held or date.min, reverse=True):
        own = found.setdefault((record.meeting.council, record.meeting.committee), [])
        if len(own) < _OF_A_BODY:
            own.append(record)
    return found


def _unsaid(query: Query, bodies: Iterable[_Body]) -> Draft | None:
    """That the papers of the body asked about don't say when it meets next."""
    named = list(bodies)
    if len(named) != 1 or not _names_one(query):
        return None
    text = f"The papers held of {body_of(Meeting(*named[0], None))} don't say when it meets next."
    return Draft(Outcome.NOT_FOUND, (Statement(text, labels=text),), 0.7)


def _announced(passages: Sequence[Passage], meeting: Meeting) -> Statement | None:
    """What a paper says of the first meeting after its own."""
    found: list[tuple[date, Statement]] = []
    for passage in passages:
        for i, unit in enumerate(passage.units):
            said = _FOR_NEXT.sub(" ", unit.text)
            if not _SAYS_NEXT.search(said) or _of_another(said, meeting):
                continue
            told = passage.units[i : i + 1 + _BELOW]
            later = [(day, j) for j, one in enumerate(told) for day in _days(one, meeting)]
            if later:
                day, at = min(later)
                found.append((day, quoted(passage, told[: at + 1])))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _of_another(text: str, meeting: Meeting) -> bool:
    """Whether a sentence names a body other than the meeting's own."""
    own = set(words(f"{meeting.committee or ''} {meeting.council or ''}"))
    return any(set(words(name["name"])) - own - _LITTLE for name in _BODY.finditer(text))


def _days(unit: Unit, meeting: Meeting) -> list[date]:
    """The days after its own meeting that a unit names; without a year, the next such day."""
    held = meeting.held
    days = [m.period.end for m in find_periods(unit.text) if m.period.kind is PeriodKind.DAY]
    if not days and held:
        days = [
            day
            for month, start, _ in bare_months(unit.text)
            if (before := _DAY.search(unit.text[:start]))
            if (day := nearest(int(before["day"]), month, held))
        ]
    return [day for day in days if held is None or day > held]
