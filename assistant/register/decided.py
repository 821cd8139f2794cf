"""What a report recommended, joined with what the minutes of that very meeting say was decided.

Those minutes come in with a later pack; until then, nothing is known to be decided.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.register.entries import Entry
from assistant.register.linking import Weighing, telling
from assistant.register.minutes import MinutesRecord
from assistant.register.outcomes import DecisionOutcome
from assistant.register.tracking import is_row
from indicators.catalogue import words
from ingest.model import DecisionKind, Meeting, Passage
from ingest.periods import find_periods

_TITLE_LIKE = 0.5
_TEXT_LIKE = 0.45
_WHOLE = re.compile(
    r"\brecommendations?\b[^.;]{0,60}\b(?:be\s+)?(?:approved|agreed|accepted|adopted|endorsed|"
    r"supported|as set out|in (?:the|that) report)\b|\bas recommended\b",
    re.IGNORECASE,
)
_SUM = re.compile(r"£[\d,.]*\d|\b\d[\d,.]*(?:%| per cent)")
_AGREES = frozenset((DecisionOutcome.AGREED, DecisionOutcome.APPROVED, DecisionOutcome.ENDORSED))
_TAKES_NOTE = frozenset(
    (DecisionOutcome.NOTED, DecisionOutcome.RECEIVED, DecisionOutcome.CONSIDERED)
)
_AGAINST = frozenset(
    (DecisionOutcome.REJECTED, DecisionOutcome.DEFERRED, DecisionOutcome.WITHDRAWN)
)


class Answer(StrEnum):
    """What became of a recommendation at the meeting that it was put to."""

    AS_ASKED = "decided as recommended"
    CHANGED = "decided with changes"
    OTHERWISE = "decided otherwise"
    NO_DECISION = "no decision minuted"
    NO_MINUTES = "the minutes aren't held"


@dataclass(frozen=True, slots=True)
class Decided:
    """A recommendation with the decisions that answer it, and the standing of their minutes."""

    recommendation: Entry
    answer: Answer
    decisions: tuple[Entry, ...]
    minutes: MinutesRecord | None


def decided_on(
    recommendations: Iterable[Entry],
    entries: Sequence[Entry],
    minutes: Iterable[MinutesRecord],
    minuted: Iterable[Passage],
    weighing: Weighing,
) -> tuple[Decided, ...]:
    """Each recommendation with what was decided on it; `minuted` are the passages of minutes."""
    records = {record.meeting: record for record in minutes if record.paper}
    decided: dict[Meeting, list[Entry]] = {}
    for entry in entries:
        if entry.decision.kind is not DecisionKind.RECOMMENDATION and not is_row(entry):
            decided.setdefault(entry.decision.meeting, []).append(entry)
    titles: dict[Meeting, dict[str, None]] = {}
    for passage in minuted:
        for heading in passage.headings:
            titles.setdefault(passage.meeting, {})[heading] = None
    return tuple(_decided(one, decided, records, titles, weighing) for one in recommendations)


def _decided(
    asked: Entry,
    decided: Mapping[Meeting, Sequence[Entry]],
    records: Mapping[Meeting, MinutesRecord],
    titles: Mapping[Meeting, Mapping[str, None]],
    weighing: Weighing,
) -> Decided:
    meeting = asked.decision.meeting
    record = records.get(meeting)
    if record is None or meeting.held is None:
        return Decided(asked, Answer.NO_MINUTES, (), None)
    minute = _minute_on(asked, titles.get(meeting, {}), weighing)
    of_minute = [e for e in decided.get(meeting, ()) if minute and e.decision.title == minute]
    found = _answering(asked, of_minute, weighing)
    if not found and minute is None:
        found = [
            e
            for e in decided.get(meeting, ())
            if weighing.likeness(asked.decision.text, f"{e.title} {e.decision.text}").share
            >= _TEXT_LIKE + 0.15
        ]
    if not found:
        answer = Answer.OTHERWISE if of_minute else Answer.NO_DECISION
        return Decided(asked, answer, tuple(of_minute), record)
    return Decided(asked, _answer(asked, found), tuple(found), record)


def _answer(asked: Entry, found: Sequence[Entry]) -> Answer:
    agreed = [entry for entry in found if _as_asked(asked, entry)]
    if not agreed:
        return Answer.OTHERWISE
    return Answer.CHANGED if all(_differs(asked, e) for e in agreed) else Answer.AS_ASKED


def _differs(asked: Entry, entry: Entry) -> bool:
    """Whether a decision names another date, sum or share than was asked for."""
    return any(
        bool(wanted and got and not got & wanted)
        for wanted, got in zip(
            _named(asked.decision.text), _named(entry.decision.text), strict=True
        )
    )


def _named(text: str) -> tuple[frozenset[object], frozenset[object]]:
    """The dates that a text names, and its sums and shares."""
    dates = frozenset((m.period.start, m.period.end) for m in find_periods(text))
    return dates, frozenset(_SUM.findall(text))


def _minute_on(asked: Entry, titles: Iterable[str], weighing: Weighing) -> str | None:
    """The title of the minute on a report: the same words, or most of them."""
    best, share = None, _TITLE_LIKE
    for title in titles:
        plain = re.sub(r"^\W*(?:[A-Z]{1,6}[/.-])*\d[\d/]*\W*", "", title)
        like = _overlap(asked.decision.title, plain, weighing)
        if like > share:
            best, share = title, like
    return best


def _overlap(one: str, other: str, weighing: Weighing) -> float:
    """How much two titles share, framing words included where there is nothing else."""
    if telling(one) and telling(other):
        return weighing.mutual(one, other).share
    mine, theirs = set(words(one)), set(words(other))
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def _answering(asked: Entry, minute: Sequence[Entry], weighing: Weighing) -> list[Entry]:
    """The decisions of a minute that answer one of its recommendations."""
    said = [entry for entry in minute if entry.decision.kind is DecisionKind.RESOLUTION] or list(
        minute
    )
    whole = [entry for entry in said if _WHOLE.search(entry.decision.text)]
    if whole:
        return whole
    scored = [(weighing.mutual(asked.decision.text, e.decision.text).share, e) for e in said]
    alike = [
        (score + (0.3 if _same_sort(asked, e) else 0.0), e)
        for score, e in scored
        if score >= _TEXT_LIKE or _same_sort(asked, e)
    ]
    best = max((score for score, _ in alike), default=0.0)
    return [e for score, e in alike if score >= 0.8 * best]


def _same_sort(asked: Entry, entry: Entry) -> bool:
    """Whether both only take note of a report."""
    return bool(set(asked.outcomes) & _TAKES_NOTE and set(entry.outcomes) & _TAKES_NOTE)


def _as_asked(asked: Entry, entry: Entry) -> bool:
    """Whether a decision does what was asked for."""
    wanted, got = set(asked.outcomes), set(entry.outcomes)
    if got & _AGAINST and not wanted & _AGAINST:
        return False
    if _WHOLE.search(entry.decision.text) or wanted & got:
        return True
    agreed = got & (_AGREES | {DecisionOutcome.RECOMMENDED, DecisionOutcome.REQUESTED})
    return bool(wanted & _TAKES_NOTE and got & _TAKES_NOTE) or bool(
        not wanted & _TAKES_NOTE and agreed
    )
