"""Answers that add up the rows of a column that a question names as alternatives.

"What share of homes is good or outstanding?" of a table with a row for each grade.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from assistant.drafts import Draft, Statement
from assistant.figures.finder import DATED, Finder
from assistant.figures.index import Match
from assistant.figures.telling import calculated, labels_of, source_of, stated, when
from assistant.question.cues import Operation
from assistant.question.understand import Query
from indicators.calculate import Calculation, NotComparable, difference, together
from indicators.catalogue import indexed, words
from indicators.quantities import spoken
from ingest.model import Observation

_JOINT = re.compile(r"\s+(?:or|and|plus)\s+(?:those\s+)?", re.IGNORECASE)
_TOKEN = re.compile(r"[\w'’-]+")
_TOTAL_ROW = re.compile(r"^\W*(?:(?:grand |over)?total|all|overall)\b", re.IGNORECASE)
_OPERATIONS = (Operation.VALUE, Operation.SHARE, Operation.TOTAL, Operation.AGAINST_AREA)
_LONGEST = 4
_TRIED = 40
_COVERED = 0.8


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows named, all of those in their column, and how well they fit the question."""

    named: tuple[Match, ...]
    column: tuple[Observation, ...]
    fit: float


class Either:
    """Adds up rows that don't overlap, for an area, or for two set beside each other."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def answer(self, query: Query) -> Draft | None:
        """The sum, and its gap from the comparator asked for; None where no rows are named."""
        if query.operation not in _OPERATIONS or len(query.periods) > 1:
            return None
        options = tuple(_options(query.text))
        found = self._rows(query, options) if options else None
        if found is None:
            return None
        try:
            own = _together(found.named, found.column)
        except NotComparable:
            return None
        if query.operation is not Operation.AGAINST_AREA:
            return _told(own, found.named)
        for area in query.areas:
            beside = self._beside(found, area)
            if beside is not None:
                return _set_beside(own, found.named, *beside)
        return None

    def _rows(self, query: Query, options: Sequence[frozenset[str]]) -> _Rows | None:
        """The rows of one column that are the alternatives named, of the column that fits best."""
        said = frozenset(chain.from_iterable(options))
        as_one = set(words(query.text)) - set(words(_JOINT.sub(" | ", query.text)))
        about = tuple(w for w in query.words if w not in as_one)
        asked = replace(query, words=(*about, *(said - set(about))), operation=Operation.VALUE)
        best: _Rows | None = None
        for match in self._finder.ranked(asked)[:_TRIED]:
            if query.periods and match.time < DATED:
                continue
            column = tuple(self._finder.figures.column(match.observation))
            rows = _named(column, options)
            if match.observation not in rows or len(rows) < 2:
                continue
            fit = self._cover(about, rows)
            if fit >= _COVERED and (best is None or fit > best.fit):
                best = _Rows(tuple(replace(match, observation=o) for o in rows), column, fit)
        return best

    def _cover(self, asked: Sequence[str], rows: Sequence[Observation]) -> float:
        """The share of the words asked for that the rows and what stands above them hold."""
        held = frozenset[str]().union(*(indexed(f"{o.measure} {o.context}") for o in rows))
        weights = {w: self._finder.figures.weight(w) for w in asked}
        return sum(x for w, x in weights.items() if w in held) / (sum(weights.values()) or 1.0)

    def _beside(self, found: _Rows, area: str) -> tuple[Calculation, tuple[Match, ...]] | None:
        """The same rows of another area's column."""
        others = []
        for match in found.named:
            own = match.observation
            fitting = [
                o
                for o in self._finder.figures.row(own)
                if (o.area, o.unit, o.period) == (area, own.unit, own.period)
            ]
            if len(fitting) != 1:
                return None
            others.append(replace(match, observation=fitting[0]))
        column = self._finder.figures.column(others[0].observation)
        try:
            return _together(others, column), tuple(others)
        except NotComparable:
            return None


def _options(text: str) -> Iterator[frozenset[str]]:
    """What may be the alternatives: the words of stretches right before and behind an "or"."""
    for joint in _JOINT.finditer(text):
        before = _TOKEN.findall(text[: joint.start()])[-_LONGEST:]
        behind = _TOKEN.findall(text[joint.end() :])[:_LONGEST]
        yield from (_said(" ".join(before[i:])) for i in range(len(before)))
        yield from (_said(" ".join(behind[: i + 1])) for i in range(len(behind)))


def _said(text: str) -> frozenset[str]:
    """The stems of a text's words, small words too: "not upheld" isn't "upheld"."""
    found = (indexed(token) or {token.lower()} for token in _TOKEN.findall(text))
    return frozenset(chain.from_iterable(found))


def _named(
    column: Sequence[Observation], options: Sequence[frozenset[str]]
) -> tuple[Observation, ...]:
    """The rows whose labels, but for what all have in common, are options to the word."""
    rows = [o for o in column if not _TOTAL_ROW.match(o.measure)]
    labels = [_said(o.measure) for o in rows]
    common = frozenset.intersection(*labels) if len(labels) > 1 else frozenset()
    return tuple(
        o
        for o, label in zip(rows, labels, strict=True)
        if any(option <= label and label - option <= common for option in options)
    )


def _together(rows: Sequence[Match], column: Sequence[Observation]) -> Calculation:
    totals = [o for o in column if _TOTAL_ROW.match(o.measure)]
    others = [o for o in column if not _TOTAL_ROW.match(o.measure)]
    return together([m.observation for m in rows], others, totals[0] if totals else None)


def _lead(area: str, worked: Calculation, rows: Sequence[Match]) -> Statement:
    named = " and ".join(f"“{m.observation.measure}”" for m in rows)
    period = rows[0].observation.period
    dated = f", {when(period)}" if period else ""
    text = f"{area}, {named} together{dated}: {spoken(worked.result, worked.unit)}"
    sources = tuple(source_of(m) for m in rows)
    return Statement(f"{text} ({worked.formula}).", sources, worked.formula, labels_of(*rows))


def _told(own: Calculation, rows: Sequence[Match]) -> Draft:
    lead = _lead(rows[0].observation.area, own, rows)
    return calculated("", own, rows, (lead, *(stated(m) for m in rows)))


def _set_beside(
    own: Calculation, rows: Sequence[Match], other: Calculation, others: Sequence[Match]
) -> Draft:
    one, two = rows[0].observation, others[0].observation
    mine = replace(one, value=own.result)
    worked = difference(mine, replace(two, value=other.result))
    side = "above" if worked.result > 0 else "below" if worked.result < 0 else "level with"
    size = f"{spoken(abs(worked.result), worked.unit)} " if worked.result else ""
    both = (*rows, *others)
    added = [f"({c.formula.rpartition(' = ')[0]})" for c in (own, other)]
    formula = f"{' − '.join(added)} = {spoken(worked.result, worked.unit)}"
    text = f"{one.area} is {size}{side} {two.area} ({formula})."
    lead = Statement(text, tuple(source_of(m) for m in both), formula, labels_of(*both))
    told = (lead, _lead(one.area, own, rows), _lead(two.area, other, others))
    return calculated("", replace(worked, formula=formula), both, told)
