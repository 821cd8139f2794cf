"""Answers from a change that a sentence prints: what was before it, and whether it is right."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.drafts import Draft, Statement
from assistant.figures.dating import period_fit
from assistant.figures.finder import Finder, sure
from assistant.figures.index import Match
from assistant.figures.one_sentence import in_order
from assistant.figures.telling import calculated, labels_of, source_of, stated
from assistant.question.cues import Operation
from assistant.question.understand import Query
from indicators.calculate import NotComparable, before_change, percent_change
from indicators.catalogue import words
from indicators.findings import CHANGE
from indicators.quantities import spoken
from indicators.sentences.flags import PART
from ingest.model import Basis, Observation, Period
from ingest.periods import earlier_year, find_periods

_TRIED = 12
_PAIR = 2
_BEHIND = 0.1
_SAME_DATE = 0.8
_CHANGED = re.compile(
    r"^\W{0,2}\s?(?:\([^()]*\)\s)?(?:[a-z]+\s){0,2}?(?P<way>more|higher|up|above|fewer|less|lower|"
    r"down|below)\s(?:\([^()]*\)\s)?(?:(?:than|on|from)\s)?(?P<base>(?:[^.;]|\.\d)*)",
    re.IGNORECASE,
)
_ROSE = frozenset(("more", "higher", "up", "above"))
_TIME_BEFORE = re.compile(
    r"^(?:it was |they were )?(?:in |at |for )?(?:the )?(?:(?:year|quarter|month) before|"
    r"(?:previous|prior|last) (?:year|quarter|month)|(?:a|one) year (?:earlier|before|ago))\b",
    re.IGNORECASE,
)
_ASKS_BEFORE = re.compile(
    r"\b(?:(?:year|quarter|month) before|previous (?:year|yr|quarter|month)|last year|"
    r"(?:a|one) year (?:earlier|before|ago)|"
    r"beforehand|previously)\b",
    re.IGNORECASE,
)
_SET_BESIDE = re.compile(
    r"\b(?:compar\w+|versus|vs?|than|change[ds]?|differen\w+|between)\b", re.IGNORECASE
)
_CHECKS = re.compile(
    r"\b(?:(?:is|was|are|were|does|do|did|has|have)\b[^?]{0,90}\b(?:right|correct|true|accurate|"
    r"check(?:s)? out|add(?:s)? up|stack(?:s)? up|hold(?:s)? up|stand(?:s)? up|tally|tallies)\b|"
    r"(?:double[ -])?check\b|verify\b|back (?:that|this|it) up|bear (?:that|this|it) out)",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:how|what|which|who|when|where|why|if)\b", re.IGNORECASE)
"""A question with none of these that names a percentage puts it to the papers."""
_PERCENT = re.compile(r"(?P<value>\d+(?:\.\d+)?)\s?(?:%|per\s?cent|percent)", re.IGNORECASE)
_OF_CHECKING = frozenset(
    words("check right correct true accurate add up tally verify say says claim said figure out")
)
_AT_LEAST = re.compile(r"\b(?:over|more than|above|at least)\s*$", re.IGNORECASE)
_NEAR_GIVEN = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class _Change:
    """A level and the change that led to it, of one sentence; `base` is what the change is on."""

    level: Match
    change: Match
    rose: bool
    base: str


class PrintedChanges:
    """Answers worked out from the size of a change that a sentence tells."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def before(self, query: Query) -> Draft | None:
        """The level that a sentence tells only as "four more than in 2016/17", worked back."""
        if query.operation is not Operation.VALUE or _SET_BESIDE.search(query.text):
            return None
        for found in self._changes(query):
            if _is_asked(found, query):
                return _worked_back(found)
        return None

    def checked(self, query: Query) -> Draft | None:
        """Whether a printed percentage change follows from the two figures told beside it."""
        given = _PERCENT.search(query.text)
        put = _CHECKS.search(query.text) or not _ASKS.search(query.text)
        if not given or not put:
            return None
        asked = tuple(w for w in query.words if w not in _OF_CHECKING)
        for match in self._near(replace(query, words=asked or query.words, unit=None)):
            printed = self._percent_beside(match, Decimal(given["value"]))
            pair = self._levels_beside(match) if printed else []
            if printed is not None and len(pair) == _PAIR:
                try:
                    return _verdict(*in_order(pair), printed)
                except NotComparable:
                    continue
        return None

    def _near(self, query: Query, periods: Sequence[Period] | None = None) -> Iterator[Match]:
        """Figures of sentences that fit nearly as well as the best, best first."""
        found = self._finder.ranked(query, periods=periods)[:_TRIED]
        ranked = sorted(found, key=lambda m: -m.text)
        for match in ranked:
            if match.text < ranked[0].text - _BEHIND or not sure(match):
                return
            if match.observation.source == "sentence":
                yield match

    def _changes(self, query: Query) -> Iterator[_Change]:
        """The changes that sentences on what is asked for tell of their levels."""
        for match in self._near(replace(query, unit=None), periods=()):
            o = match.observation
            level = CHANGE not in o.flags and o.value is not None and o.basis is Basis.ACTUAL
            if not level or o.unit == "percent" or query.unit not in (None, "percent", o.unit):
                continue
            quote = " ".join(o.quote.split())
            behind = quote.partition(o.printed)[2]
            for x in self._finder.figures.row(o):
                at = behind.find(x.printed)
                if x is o or at < 0 or x.value is None or x.unit not in (o.unit, "percent"):
                    continue
                if found := _CHANGED.match(behind[at + len(x.printed) :]):
                    rose = found["way"].lower() in _ROSE
                    yield _Change(match, replace(match, observation=x), rose, found["base"])

    def _percent_beside(self, match: Match, given: Decimal) -> Observation | None:
        """The percentage of a figure's sentence that the question names."""
        for x in self._finder.figures.row(match.observation):
            near = x.value is not None and abs(abs(x.value) - given) < _NEAR_GIVEN
            if x.unit == "percent" and near:
                return x
        return None

    def _levels_beside(self, match: Match) -> list[Match]:
        """The numbers of a figure's sentence that aren't the size of a change, nor a share."""
        own = match.observation
        found = {
            o.value: replace(match, observation=o)
            for o in self._finder.figures.row(own)
            if (o.area, o.basis, o.quote) == (own.area, own.basis, own.quote)
            and o.unit != "percent"
            and o.value is not None
            and not {CHANGE, PART} & set(o.flags)
        }
        return list(found.values())


def _is_asked(found: _Change, query: Query) -> bool:
    """Whether the time asked for is the one that a change is told on."""
    named = [m.period for m in find_periods(found.base)][:1]
    of = named or _year_before(found)
    if query.periods:
        return any(period_fit(has, asked) >= _SAME_DATE for has in of for asked in query.periods)
    year_before = bool(_TIME_BEFORE.match(found.base.strip()))
    return bool(_ASKS_BEFORE.search(query.text)) and (bool(named) or year_before)


def _year_before(found: _Change) -> list[Period]:
    own = found.level.observation.period
    of_year = _TIME_BEFORE.match(found.base.strip()) and "year" in found.base
    return [earlier_year(own)] if own and of_year else []


def _worked_back(found: _Change) -> Draft:
    level, change = found.level, found.change
    worked = before_change(level.observation, change.observation, rose=found.rose)
    about = "about " if change.observation.unit == "percent" else ""
    text = (
        "The papers tell it by the change since: "
        f"{about}{spoken(worked.result, worked.unit)} ({worked.formula})."
    )
    lead = Statement(text, (source_of(level),), worked.formula, labels_of(level, change))
    return calculated("", worked, [level, change], [lead, stated(level)], told=[level])


def _verdict(later: Match, earlier: Match, printed: Observation) -> Draft:
    """Whether a percentage agrees with its figures, as it is rounded, or as "over 20%"."""
    worked = percent_change(later.observation, earlier.observation)
    value, size = abs(printed.value or Decimal(0)), abs(worked.result)
    step = Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
    least = _AT_LEAST.search(printed.quote.partition(printed.printed)[0])
    agrees = value < size < value + 10 if least else abs(size - value) <= step / 2
    lead = "Yes, that is right" if agrees else "The figures printed come to something else"
    way = "rise" if worked.result > 0 else "fall"
    text = f"{lead}: a {way} of {spoken(size, 'percent')} ({worked.formula})."
    told = Statement(text, (source_of(later),), worked.formula, labels_of(later, earlier))
    return calculated("", worked, [later, earlier], [told, stated(later)])
