"""The observations that a question is about, best first.

A figure is council, measure, date, population and basis: council, basis and date are matched
outright; the measure by its words, weighed by how telling they are, those of the label itself
counting more than those of the headings above it.
"""

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.understand import Query
from indicators.catalogue import indexed, measure_of, spoken, terms, words
from ingest.model import Basis, Meeting, Observation, Passage, Period, PeriodKind
from ingest.periods import find_periods

_CONTEXT_WEIGHT = 0.6
_SENTENCE_CONTEXT = 0.75
_CLAUSE_WEIGHT = 0.88
_OWN_SHARE = 0.3  # of the question's words that a sentence's own clause must hold
_YEARS = (PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.SPAN)
_OTHER_UNIT = 0.8
_UNIT_TELLS = 0.25
_GRANTED = 0.3
_GROUP = 0.5
_OTHER_NOUN = 0.75  # a count of something else in a fitting sentence
_SPOKEN = 0.95  # a figure in a sentence, beside one in a table
_ANYBODY = frozenset(words("cases children child people young person persons"))
_GENERIC = frozenset(
    words("number percentage proportion rate total figure average share year month dashboard count")
)


@dataclass(frozen=True, slots=True)
class Match:
    """An observation with how well it fits: `text` for its words, `time` for its period."""

    observation: Observation
    meeting: Meeting
    text: float
    time: float

    @property
    def score(self) -> float:
        """Both together."""
        return self.text * self.time


@dataclass(frozen=True, slots=True)
class _Entry:
    observation: Observation
    meeting: Meeting
    label: frozenset[str]
    names: frozenset[str]
    clause: frozenset[str]
    said: frozenset[str]
    context: frozenset[str]


class Figures:
    """All observations held, indexed by the words of their labels and headings."""

    def __init__(self, observations: Iterable[Observation], passages: Sequence[Passage]) -> None:
        self._meetings = meetings = _Meetings(passages)
        self._entries = [_entry(o, meetings.of(o)) for o in observations]
        self._postings: defaultdict[str, list[int]] = defaultdict(list)
        for i, entry in enumerate(self._entries):
            for word in entry.names | entry.clause | entry.context:
                self._postings[word].append(i)

    def _weights(self, sought: Sequence[str]) -> dict[str, float]:
        """The weight of each word asked for.

        The group that a figure is of counts little beside what is measured, since labels often
        leave it out; not so where two groups are named, or nothing else is.
        """
        known = terms()
        people = {w for w in sought if w in known and known[w].people}
        granted = {w for w in sought if w in known and known[w].population}
        lessened = dict.fromkeys(people, _GROUP) | dict.fromkeys(granted, _GRANTED)
        if len(people) > 1 or not set(sought) - set(lessened):
            lessened = {}
        return {w: self.weight(w) * lessened.get(w, 1.0) for w in sought}

    def weight(self, word: str) -> float:
        """How telling a word is: the rarer over all observations, the more."""
        held = self._postings.get(word)
        base = math.log(1 + len(self._entries) / (1 + len(held or ()))) * (1.0 if held else 0.5)
        return base * (0.3 if word in _GENERIC else 1.0)

    def find(
        self,
        query: Query,
        *,
        council: str,
        area: str,
        basis: Basis = Basis.ACTUAL,
        periods: Sequence[Period] | None = None,
        asked: Sequence[str] | None = None,
    ) -> list[Match]:
        """Observations of one council's papers for an area and basis, best first."""
        sought = tuple(query.words if asked is None else asked)
        if not sought:
            return []
        weights = self._weights(sought)
        whole = sum(weights.values()) or 1.0
        touched = Counter(i for word in sought for i in self._postings.get(word, ()))
        dated = query.periods if periods is None else periods
        telling = [w for w in sought if not (w in terms() and terms()[w].population)]
        usual = measure_of(telling or sought)
        found = []
        for i in touched:
            entry = self._entries[i]
            o = entry.observation
            if entry.meeting.council != council or o.area != area or o.basis is not basis:
                continue
            if not query.admits(entry.meeting):
                continue
            if query.meetings and not _reported(entry.meeting, query.meetings):
                continue
            if query.unit and not _unit_fits(o.unit, query.unit):
                continue
            text = self._fit(entry, weights, whole)
            if query.unit is None and usual and o.unit != usual.unit:
                text *= _OTHER_UNIT
            if query.unit == o.unit == "rate per 10,000":
                text = min(1.0, text + _UNIT_TELLS)
            if o.source == "sentence":
                text *= _SPOKEN
            if text < 0.3:
                continue
            time = time_fit(o, entry.meeting, dated, throughout=query.throughout)
            found.append(Match(o, entry.meeting, text, time))
        newest = max(
            (m.observation.period.end for m in found if m.observation.period), default=None
        )
        if not dated and newest:
            found = [_recent(match, newest) for match in found]
        return sorted(found, key=lambda m: -m.score)

    def _fit(self, entry: _Entry, weights: dict[str, float], whole: float) -> float:
        sentence = entry.observation.source == "sentence"
        lesser = _SENTENCE_CONTEXT if sentence else _CONTEXT_WEIGHT
        own = sum(w for word, w in weights.items() if word in entry.names)
        beside = sum(w for word, w in weights.items() if word in entry.clause - entry.names)
        if sentence and own + beside < _OWN_SHARE * whole:
            return 0.0
        above = entry.context - entry.names - entry.clause
        if entry.clause and not own and entry.label - _ANYBODY:
            beside *= _OTHER_NOUN
        covered = own + _CLAUSE_WEIGHT * beside
        covered += lesser * sum(w for word, w in weights.items() if word in above)
        label = sum(self.weight(word) for word in entry.label) or 1.0
        extra = sum(
            self.weight(word) * (0.5 if _part_of(word, weights) else 1.0)
            for word in entry.label
            if word not in weights
        )
        penalty = 0.2 if sentence else 0.3
        aside = sum(self.weight(word) for word in entry.said if word not in weights)
        beyond = 0.12 * aside / (aside + 12.0)
        return covered / whole - penalty * extra / (label + (6.0 if sentence else 0.0)) - beyond

    def meeting(self, of: Observation) -> Meeting:
        """The meeting that an observation's paper or minutes are of."""
        return self._meetings.of(of)

    def row(self, of: Observation) -> list[Observation]:
        """The observations that stand in the same row, sentence or dashboard block."""
        return [e.observation for e in self._entries if _beside(e.observation, of)]

    def column(self, of: Observation) -> list[Observation]:
        """The observations of the same table with the same column: one a row."""
        return [
            e.observation
            for e in self._entries
            if e.observation.source == "table"
            and e.observation.locator.paper == of.locator.paper
            and e.observation.context == of.context
            and e.observation.period == of.period
            and e.observation.area == of.area
            and e.observation.basis is of.basis
            and e.observation.unit == of.unit
        ]


def _beside(one: Observation, other: Observation) -> bool:
    if one.locator.paper != other.locator.paper:
        return False
    block = one.source == other.source == "dashboard"
    together = one.measure == other.measure and one.context == other.context
    return one.locator.start == other.locator.start or (block and together)


def _reported(meeting: Meeting, asked: Sequence[Period]) -> bool:
    held = meeting.held
    return held is not None and any(p.start <= held <= p.end for p in asked)


class _Meetings:
    """Which meeting a place in a paper belongs to."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._starts: dict[str, list[int]] = {}
        self._meetings: dict[str, list[Meeting]] = {}
        for passage in sorted(passages, key=lambda p: (p.locator.paper, p.locator.start)):
            self._starts.setdefault(passage.locator.paper, []).append(passage.locator.start)
            self._meetings.setdefault(passage.locator.paper, []).append(passage.meeting)

    def of(self, observation: Observation) -> Meeting:
        where = observation.locator
        starts = self._starts[where.paper]
        return self._meetings[where.paper][max(0, bisect_right(starts, where.start) - 1)]


def _entry(o: Observation, meeting: Meeting) -> _Entry:
    """An observation with its words; a counted noun stands before its clause ("noun | clause")."""
    noun, bar, clause = o.measure.partition(" | ")
    return _Entry(
        o,
        meeting,
        _telling(noun),
        indexed(noun),
        indexed(clause if bar else ""),
        _telling(clause) if bar else frozenset(),
        indexed(o.context),
    )


def _telling(measure: str) -> frozenset[str]:
    """A label's words without dates and numbers, which say nothing of what is measured."""
    shown = measure
    for mention in reversed(find_periods(measure)):
        shown = shown[: mention.start] + " " + shown[mention.end :]
    return frozenset(word for word in words(shown) if not word[0].isdigit())


def _part_of(term: str, asked: Mapping[str, float]) -> bool:
    """Whether the question names a term by one of its words: "carer" for "foster carer"."""
    return any(word in asked for name in spoken(term)[:2] for word in indexed(name) if word != term)


def _unit_fits(unit: str, wanted: str) -> bool:
    """Whether a figure may answer in a unit; "A2: 189" may be days without saying so."""
    return unit == wanted or (wanted == "days" and unit == "count")


def _recent(match: Match, newest: date) -> Match:
    """Without a date in the question the newest figure is meant; an older one fits less."""
    period = match.observation.period
    years = 4.0 if period is None else max(0, (newest - period.end).days) / 365
    return Match(match.observation, match.meeting, match.text, 1.0 - min(0.35, 0.1 * years))


def time_fit(
    o: Observation, meeting: Meeting, asked: Sequence[Period], *, throughout: bool = False
) -> float:
    """How well an observation's period fits the best of those asked for, 0 to 1.

    A day or month doesn't answer for all of a year.
    """
    if not asked:
        return 1.0
    fit = max(_one_time_fit(o, meeting, period) for period in asked)
    short = o.period is not None and o.period.kind in (PeriodKind.DAY, PeriodKind.MONTH)
    long = all(p.kind in _YEARS for p in asked)
    return min(fit, 0.5) if throughout and short and long else fit


def _one_time_fit(o: Observation, meeting: Meeting, asked: Period) -> float:
    held = meeting.held
    reported = held is not None and asked.start <= held <= asked.end
    if o.period is None:
        return (
            0.8
            if reported
            else 0.62
            if held and timedelta(-30) <= held - asked.end <= timedelta(300)
            else 0.1
        )
    fit = period_fit(o.period, asked)
    if reported and "dated by the report" in o.flags:
        fit = max(fit, 0.75)
    elif reported and fit < 0.5:
        fit = 0.5
    return fit


def period_fit(has: Period, asked: Period) -> float:
    """How well a period answers for another: 1 for the same, 0 for no overlap."""
    if has.start == asked.start and has.end == asked.end:
        return 1.0
    if asked.contains(has):
        if asked.kind in _YEARS:
            return 0.85 if has.end == asked.end else 0.5
        return 0.98 if has.end == asked.end else 0.9
    if has.contains(asked):
        if has.kind in _YEARS:
            return 0.8 if has.end == asked.end else 0.35
        return 0.97 if has.end == asked.end else 0.85
    if has.end == asked.end:
        return 0.8
    overlap = (min(has.end, asked.end) - max(has.start, asked.start)).days
    return 0.3 if overlap > 0 else 0.0
