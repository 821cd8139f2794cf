"""What became of actions and requested reports, as far as later papers say.

A row of a schedule of outstanding matters is tied to what began it: the decision, in the minutes
of the meeting that the row names, that it shares most with. Where those minutes aren't held, or
nothing in them is like it, the row is said to be untied, with the reason. An action is followed
by the rows tied to it, by sentences that name its minute, and by what later papers of the council
say of the same thing.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from assistant.register.commitments import Commitment, commitment_of
from assistant.register.entries import Entry
from assistant.register.linking import Evidence, Likeness, Weighing, minutes_named
from assistant.register.progress import Progress, stated
from assistant.shown import day as told_day
from indicators.catalogue import words
from ingest.model import (
    Decision,
    DecisionKind,
    Meeting,
    PartKind,
    Passage,
    PeriodKind,
    Unit,
    UnitKind,
)
from ingest.periods import bare_months, find_days, find_periods, first_period

_ROW_LIKE = 0.3
_ROW_LIKE_UNDATED = 0.55
_AS_GOOD = 0.85
_OF_ITS_MINUTE = 0.8
_UNIT_LIKE = 0.62
_UNIT_NAMED = 0.2
_HEADED = 0.8
_TITLE_LIKE = 0.6
_SHARED = 2
_RUNNING_NUMBER = 20
_KEPT = 20_000  # sentences of which it is kept what they go back to
_A_YEAR, _LATE = timedelta(days=365), timedelta(days=190)
_DUE_AGAIN = re.compile(
    r"\b(?:now due|delayed[^.;]{0,40}?\bto|put back to|deferred to|revised (?:date|to)|moved to)\b",
    re.IGNORECASE,
)
_WAS_ASKED = re.compile(
    r"\b(?:asked (?:for|to|in|that|at)|decided|agreed|requested|resolved|raised|promised|wanted|"
    r"(?:board|panel|committee|members) asked)\b",
    re.IGNORECASE,
)
_NEXT_MEETING = re.compile(r"\bnext\s+(?:\w+\s+)?meeting\b", re.IGNORECASE)
_IN_OR_ON = re.compile(
    r"[^.;]{0,40}?\b(?:in|on|at)\s+(?:the\s+)?(?:meeting\s+(?:of|on|in)\s+)?(?=[A-Z\d])"
)
_NEAR_BY = 80
_CONFIRMS_MINUTES = re.compile(r"\bminutes of\b", re.IGNORECASE)
_PROGRAMME = re.compile(
    r"\b(?:work(?:ing)? ?(?:programme|plan)|forward plan|programme)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A row of a schedule: when the matter was raised, how far it is, and what began it.

    `told` is what the minutes of that meeting say of it where they record no decision. `untied`
    says why nothing was found, None where something was.
    """

    row: Entry
    raised: date | None
    progress: Progress
    begun_by: tuple[Entry, ...]
    told: tuple[Evidence, ...]
    untied: str | None


@dataclass(frozen=True, slots=True)
class Tracked:
    """A commitment with what later papers say of it, oldest first; none means not found.

    `overdue`: its last day is over and no paper states it done. `later_papers` counts the papers
    of the committee that are of later meetings: where there are none, nothing could be found.
    """

    entry: Entry
    due: date | None
    reports: bool
    progress: Progress
    overdue: bool
    evidence: tuple[Evidence, ...]
    later_papers: int


def is_row(entry: Entry) -> bool:
    """Whether an entry is a row of a schedule or action plan, with its position."""
    return entry.decision.kind is DecisionKind.ACTION and entry.decision.status is not None


def is_outstanding(entry: Entry) -> bool:
    """Whether an entry is a row that goes back to a meeting."""
    return is_row(entry) and entry.decision.raised is not None


def is_tracked(entry: Entry) -> bool:
    """Whether an entry commits somebody: a minuted action, or a request to act or report."""
    return not is_row(entry) and commitment_of(entry.decision) is not None


def tie(
    rows: Iterable[Entry],
    entries: Sequence[Entry],
    minuted: Sequence[Passage],
    weighing: Weighing,
) -> tuple[Outstanding, ...]:
    """Each row with what began it; `minuted` are the passages of minutes."""
    decided: dict[tuple[object, ...], list[Entry]] = {}
    for entry in entries:
        if not is_row(entry) and entry.decision.kind is not DecisionKind.RECOMMENDATION:
            decided.setdefault(_meeting(entry.decision.meeting), []).append(entry)
    spoken: dict[tuple[object, ...], list[Passage]] = {}
    for passage in minuted:
        spoken.setdefault(_meeting(passage.meeting), []).append(passage)
    return tuple(_tied(row, decided, spoken, weighing) for row in rows)


def _meeting(meeting: Meeting) -> tuple[object, ...]:
    return (meeting.council, meeting.committee, meeting.held)


def _tied(
    row: Entry,
    decided: dict[tuple[object, ...], list[Entry]],
    spoken: dict[tuple[object, ...], list[Passage]],
    weighing: Weighing,
) -> Outstanding:
    decision = row.decision
    raised = raised_on(row)
    progress = stated(decision.status or "", decision.rag)
    if raised is None:
        reason = f"its date, {decision.raised!r}, names no day"
        return Outstanding(row, None, progress, (), (), reason)
    meeting = (decision.meeting.council, decision.meeting.committee, raised)
    begun = _begun(row, decided.get(meeting, ()), weighing)
    told = () if begun else _told(row, spoken.get(meeting, ()), weighing)
    untied = None
    if not begun and not told:
        when = told_day(raised)
        untied = (
            f"nothing in the minutes of {when} is like it"
            if meeting in spoken
            else f"the minutes of {when} aren't held"
        )
    return Outstanding(row, raised, progress, begun, told, untied)


def raised_on(row: Entry) -> date | None:
    """The day of the meeting that a row goes back to."""
    days = find_days(row.decision.raised or "")
    return days[0] if days else None


def _begun(row: Entry, decided: Sequence[Entry], weighing: Weighing) -> tuple[Entry, ...]:
    """The decisions that a row shares most with: the best, those as good, and of its minute."""
    scored = [(_row_likeness(row, entry, weighing), entry) for entry in decided]
    best, first = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    if first is None or best < _ROW_LIKE:
        return ()
    owned = _same_person(row.owner, first.owner)
    return tuple(
        entry
        for score, entry in scored
        if (score >= _AS_GOOD * best and (not owned or _same_person(row.owner, entry.owner)))
        or (entry.title == first.title and _goes_with(entry, first, row, weighing))
    )


def _goes_with(entry: Entry, first: Entry, row: Entry, weighing: Weighing) -> bool:
    """Whether a decision of the same minute is on the row's matter too, or due as the row says."""
    position = find_periods(row.decision.status or "")
    months = {(m.period.end.year, m.period.end.month) for m in position}
    due = entry.due is not None and (entry.due.year, entry.due.month) in months
    own, best = (
        weighing.likeness(row.decision.text, one.decision.text).share for one in (entry, first)
    )
    owner = _same_person(row.owner, entry.owner)
    return due or (owner and own > 0) or own >= max(_ROW_LIKE, _OF_ITS_MINUTE * best)


def _row_likeness(row: Entry, entry: Entry, weighing: Weighing) -> float:
    """By the words of the matter; the same owner speaks for it."""
    subject, said = row.decision.text, f"{entry.title} {entry.decision.text}"
    like = weighing.likeness(subject, said)
    position = weighing.likeness(entry.decision.text, f"{subject} {row.decision.status}")
    owner = _same_person(row.owner, entry.owner)
    if not like.shared:
        return 0.0
    asked, held = set(words(subject)), set(words(said))
    literal = len(asked & held) / len(asked)
    return like.share + 0.5 * position.share + 0.3 * literal + (0.25 if owner else 0.0)


def _same_person(one: str | None, other: str | None) -> bool:
    """Whether two owners share a surname or post."""
    if not one or not other:
        return False
    theirs = {w.casefold() for w in other.replace(",", " ").split() if w[:1].isupper()}
    return any(w.casefold() in theirs for w in one.replace(",", " ").split() if len(w) > 3)


def _told(row: Entry, passages: Sequence[Passage], weighing: Weighing) -> tuple[Evidence, ...]:
    """The sentence of the minutes that tells of a matter on which no decision is recorded."""
    best: tuple[float, Passage, Unit] | None = None
    for passage in passages:
        for unit in passage.units:
            if unit.kind is UnitKind.HEADING:
                continue
            said = f"{' '.join(passage.headings[-1:])} {unit.text}"
            like = weighing.likeness(f"{row.decision.text} {row.decision.status}", said)
            subject = weighing.likeness(row.decision.text, said)
            score = (like.share + subject.share) / 2
            if like.shared >= _SHARED and score >= _ROW_LIKE and (not best or score > best[0]):
                best = (score, passage, unit)
    return (_evidence(best[1], best[2], "the minutes tell of it"),) if best else ()


def _evidence(passage: Passage, unit: Unit, how: str) -> Evidence:
    locator = replace(passage.locator, start=unit.start, end=unit.end)
    return Evidence(unit.text, locator, passage.meeting, how)


def without(passage: Passage, decisions: Sequence[Decision]) -> Passage:
    """A passage without the units that are these decisions."""
    places = [place for d in decisions for place in (d.locator, *d.more)]
    kept = tuple(
        unit
        for unit in passage.units
        if not any(unit.start < place.end and place.start < unit.end for place in places)
    )
    return replace(passage, units=kept)


def follow(
    entry: Entry,
    outstanding: Sequence[Outstanding],
    passages: Sequence[Passage],
    weighing: Weighing,
    today: date,
    later: Sequence[date],
) -> Tracked:
    """An entry with what its rows and the passages of later papers tell of it.

    `later` are the days of its committee's later meetings that papers are held of: the first one
    is what "the next meeting" meant.
    """
    committed = commitment_of(entry.decision)
    rows = _rows_of(entry, outstanding, weighing)
    evidence = [_row_evidence(row, entry) for row in rows]
    held = {one.locator.paper for one in evidence}
    for found in _told_later(entry, passages, weighing):
        if found.locator.paper not in held:
            evidence.append(found)
    evidence.sort(key=lambda one: (one.meeting.held or date.max, one.locator.start))
    progress, due = _as_stated(rows, evidence, _last_day(committed, later))
    late = due is not None and due < today and progress is not Progress.DONE
    reports = committed.reports if committed else False
    return Tracked(entry, due, reports, progress, late, tuple(evidence), len(later))


def _last_day(committed: Commitment | None, later: Sequence[date]) -> date | None:
    if committed is None or committed.due or not committed.when or not later:
        return committed.due if committed else None
    return min(later) if _NEXT_MEETING.search(committed.when) else None


def _rows_of(
    entry: Entry, outstanding: Sequence[Outstanding], weighing: Weighing
) -> list[Outstanding]:
    """The rows tied to an entry, and later rows on the very same thing; oldest first."""
    held = entry.decision.meeting.held
    rows = [
        row
        for row in outstanding
        if entry in row.begun_by or (_after(row.row, held) and _same_matter(entry, row, weighing))
    ]
    return sorted(rows, key=lambda row: row.row.decision.meeting.held or date.max)


def _after(row: Entry, held: date | None) -> bool:
    return bool(held and row.decision.meeting.held and row.decision.meeting.held > held)


def _same_matter(entry: Entry, row: Outstanding, weighing: Weighing) -> bool:
    """Whether a row is on what an entry is about, though its date doesn't lead there."""
    decision = row.row.decision
    if row.raised == entry.decision.meeting.held:
        return False
    like = weighing.mutual(entry.decision.text, f"{decision.text} {decision.status}")
    if row.raised is not None:
        owner = _same_person(row.row.owner, entry.owner)
        return owner and like.shared >= _SHARED and like.share >= _ROW_LIKE
    return like.shared >= _SHARED and like.share >= _ROW_LIKE_UNDATED


def _row_evidence(row: Outstanding, entry: Entry) -> Evidence:
    decision = row.row.decision
    tied = entry in row.begun_by
    how = "a schedule's row that goes back to it" if tied else "a schedule's row on the same thing"
    return Evidence(decision.status or decision.text, decision.locator, decision.meeting, how)


def _told_later(entry: Entry, passages: Sequence[Passage], weighing: Weighing) -> list[Evidence]:
    """What tells of an entry in later papers: of each, the surest sort, and its best sentence."""
    best: dict[str, tuple[tuple[int, float], Evidence]] = {}
    sought = _Sought.of(entry, weighing)
    for passage in passages:
        before = ""
        there = _There.of(sought, passage)
        paper = passage.locator.paper
        for unit in passage.units:
            if unit.kind is not UnitKind.HEADING:
                sort, score = _bears(sought, there, unit, before)
                rank = (-sort, score)
                if sort <= len(_HOW) and (paper not in best or rank > best[paper][0]):
                    how = _HOW[sort - 1].format(entry.minute)
                    best[paper] = (rank, _evidence(passage, unit, how))
            before = unit.text
    return [evidence for _, evidence in best.values()]


@dataclass(frozen=True, slots=True)
class _Sought:
    """An entry that is looked for in later papers: what it asks for, alone and after its title."""

    entry: Entry
    committed: Commitment | None
    asks: str
    titled: str
    weighing: Weighing

    @classmethod
    def of(cls, entry: Entry, weighing: Weighing) -> "_Sought":
        """An entry's, its owner left off."""
        asks = entry.decision.text.removeprefix(entry.decision.owner or "")
        committed = commitment_of(entry.decision)
        return cls(entry, committed, asks, f"{entry.title} {asks}", weighing)

    def like(self, said: str) -> Likeness:
        """How much of what it asks for is said."""
        return self.weighing.likeness(self.asks, said)

    def like_titled(self, said: str) -> Likeness:
        """The same of its title with it."""
        return self.weighing.likeness(self.titled, said)

    def names(self, title: str) -> bool:
        """Whether most of a title stands in it."""
        like = self.weighing.likeness(title, self.titled)
        return like.shared >= _SHARED and like.share >= _TITLE_LIKE


@dataclass(frozen=True, slots=True)
class _There:
    """What a passage as a whole says of the evidence in it.

    `expected`: an answer may be expected at its time; `report`: it is the report asked for.
    """

    heading: str
    is_programme: bool
    expected: bool
    report: bool

    @classmethod
    def of(cls, sought: _Sought, passage: Passage) -> "_There":
        """A passage's, for an entry."""
        committed = sought.committed
        expected = committed is not None and _in_time(sought.entry, committed, passage)
        comes = committed is not None and committed.reports and not committed.recurs
        return cls(
            passage.headings[-1] if passage.headings else passage.part_title,
            _PROGRAMME.search(passage.part_title) is not None,
            expected,
            expected and comes and sought.names(_title_of(passage)),
        )


_HOW = (
    "names minute {}",
    "goes back to what was asked for at the meeting",
    "the report on it",
    "it stands in the work programme",
    "says the same thing",
)
"""The sorts of evidence, the surest first."""
_NAMED, _ASKED, _REPORTED, _PLANNED, _SAID, _NOTHING = range(1, 7)


def _bears(sought: _Sought, there: _There, unit: Unit, before: str) -> tuple[int, float]:
    """Which sort of evidence a sentence is, and how much it has to do with what is sought."""
    entry, heading = sought.entry, there.heading
    named, went_back = _names(entry, unit.text), _asked_at(entry, unit.text)
    if named or went_back:
        near = sought.like_titled(f"{heading} {before} {unit.text}").share
        if named and near > 0:
            return _NAMED, near
        if went_back and near >= _UNIT_NAMED:
            return _ASKED, near
    if unit.kind is UnitKind.TABLE_ROW and there.is_programme:
        row = sought.weighing.likeness(_subject(unit.text), sought.titled)
        planned = row.shared >= _SHARED and row.share >= _TITLE_LIKE
        return (_PLANNED, row.share) if planned else (_NOTHING, 0.0)
    if not there.expected:
        return _NOTHING, 0.0
    if there.report and unit.kind is not UnitKind.TABLE_ROW:
        return _REPORTED, -float(unit.start)  # what it opens with
    like = sought.like(f"{heading} {unit.text}")
    if like.shared < _SHARED or like.share < _UNIT_LIKE:
        return _NOTHING, 0.0
    own = sought.like(unit.text).shared >= _SHARED
    return (_SAID, like.share) if own or sought.like(heading).share >= _HEADED else (_NOTHING, 0.0)


def _in_time(entry: Entry, committed: Commitment, passage: Passage) -> bool:
    """Whether a paper of the same committee comes when an answer may be expected."""
    asked, came = entry.decision.meeting, passage.meeting
    if asked.committee != came.committee or not (asked.held and came.held):
        return False
    last = committed.due + _LATE if committed.due else asked.held + _A_YEAR
    return came.held <= last


def _title_of(passage: Passage) -> str:
    """The title of the report, or of the minute, that a passage is of."""
    if passage.part is PartKind.MINUTES and passage.headings:
        return passage.headings[0]
    return passage.part_title


def _subject(row: str) -> str:
    """What a row of a work programme names: its longest cell, dates and leads left off."""
    cells = [cell.split(": ", 1)[-1] for cell in re.split(r"\s[—|]\s|;\s", row)]
    return max((cell for cell in cells if not find_days(cell)), key=len, default=row)


def _asked_at(entry: Entry, text: str) -> bool:
    """Whether a sentence says that something was asked for or decided at an entry's meeting."""
    held = entry.decision.meeting.held
    return held is not None and any(_is_when(words, held) for words in _after_asking(text))


@lru_cache(maxsize=_KEPT)
def _after_asking(text: str) -> tuple[str, ...]:
    """The words in a sentence after each "asked for in", "decided at" or the like."""
    if _CONFIRMS_MINUTES.search(text):
        return ()
    after = (text[m.end() : m.end() + _NEAR_BY] for m in _WAS_ASKED.finditer(text))
    when = ((words, _IN_OR_ON.match(words)) for words in after)
    return tuple(words[match.end() :] for words, match in when if match)


def _is_when(words: str, held: date) -> bool:
    """Whether words begin with the day of a meeting, its month and year, or its month alone."""
    dated = [m for m in find_periods(words) if m.start == 0]
    if dated:
        period = dated[0].period
        whole = period.kind is PeriodKind.MONTH and period.start <= held <= period.end
        return whole or period.start == period.end == held
    return any(
        start == 3 and number == held.month for number, start, _ in bare_months(f"in {words}")
    )


def _names(entry: Entry, text: str) -> bool:
    """Whether a sentence refers to an entry's minute, by a number that runs on over meetings."""
    minute = entry.minute or ""
    runs_on = not minute.isdecimal() or int(minute) >= _RUNNING_NUMBER
    return runs_on and minute in minutes_named(text)


def _as_stated(
    rows: Sequence[Outstanding], evidence: Sequence[Evidence], due: date | None
) -> tuple[Progress, date | None]:
    """The progress that the newest row states, and the day that it puts in place of the first.

    Where no row tells, a sentence that goes back to the very minute may, and the report asked for
    that has come.
    """
    progress = Progress.OPEN
    for one in evidence:
        if one.how == _HOW[_REPORTED - 1]:
            progress = Progress.DONE
        elif one.how.startswith(_HOW[_NAMED - 1].format("")):
            progress = stated(one.quote)
    for row in rows:
        progress = row.progress
        position = row.row.decision.status or ""
        again = _DUE_AGAIN.search(position)
        moved = first_period(position[again.end() :]) if again else None
        due = moved.end if moved else due
    return progress, due
