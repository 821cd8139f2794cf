"""Which of a council's measures got worse, or better, between their newest two figures."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.answer import Outcome
from assistant.drafts import Draft, Statement
from assistant.figures.finder import Finder
from assistant.figures.index import Match
from assistant.figures.telling import change, distinct, figure_of
from assistant.question.understand import Query
from indicators.better import better
from indicators.calculate import difference
from indicators.catalogue import indexed, words
from indicators.findings import CHANGE, EARLIER
from ingest.areas import area_of
from ingest.model import Basis, Observation, PeriodKind

PapersOf = Callable[[str], Sequence[str]]
"""The newest papers of a council, by their ids."""

_WORSE = re.compile(r"\b(?:worse|worsen\w*|deteriorat\w*)\b", re.IGNORECASE)
_BETTER = re.compile(r"\b(?:better|improv\w*)\b", re.IGNORECASE)
_FRAMES = frozenset(
    words(
        "indicator measure kpi kpis metric performance worse worsen deteriorate better improve "
        "improving get become go"
    )
)
_STALE = timedelta(days=460)
"""Behind the newest figure: what wasn't printed for so long isn't how things stand."""
_MOST_TOLD = 12
_SURE = 0.9
_NO_DATE_ALONE = (PeriodKind.TO_DATE, PeriodKind.SPAN)


def no_papers(_: str) -> Sequence[str]:
    """No papers, where nobody knows which are the newest."""
    return ()


@dataclass(frozen=True, slots=True)
class _Move:
    """A measure's newest two figures, and which way they went."""

    later: Match
    earlier: Match
    worse: bool


class Moved:
    """Compares the newest two figures of every measure in a council's newest tables."""

    def __init__(self, finder: Finder, papers_of: PapersOf) -> None:
        self._finder = finder
        self._papers_of = papers_of

    def answer(self, query: Query) -> Draft | None:
        """The measures that got worse or better, or why the papers can't tell.

        None where no table is held of the council at all.
        """
        councils = query.councils or tuple(c for c in self._finder.councils if c)
        if len(councils) > 1:
            lead = Statement("Which council’s measures do you mean?")
            return Draft(Outcome.CLARIFY, (lead,), _SURE, options=tuple(councils))
        if not councils:
            return None
        rows = self._rows(councils[0], query)
        if not rows:
            return None
        moves = [move for row in rows if (move := self._moved(row))]
        sides = [
            side for side, form in ((True, _WORSE), (False, _BETTER)) if form.search(query.text)
        ]
        told = [self._told(area_of(councils[0]), moves, worse) for worse in sides or [True]]
        statements = [s for one in told for s in one]
        shown = [m for m in moves if m.worse in (sides or [True])][:_MOST_TOLD]
        figures = [m for move in shown for m in (move.later, move.earlier)]
        return Draft(
            Outcome.ANSWERED if shown else Outcome.NOT_FOUND,
            tuple(statements),
            _SURE,
            figures=tuple(map(figure_of, distinct(figures))),
        )

    def _rows(self, council: str, query: Query) -> list[list[Observation]]:
        """The figures of each measure, under one label in one unit, in the order printed."""
        asked = set(query.words) - _FRAMES
        rows: dict[object, list[Observation]] = defaultdict(list)
        for paper in self._papers_of(council):
            for o in self._finder.figures.of_paper(paper):
                own = o.source != "sentence" and o.basis is Basis.ACTUAL
                own = own and o.area == area_of(council) and _is_dated(o)
                own = own and query.admits(self._finder.figures.meeting(o))
                if own and asked <= indexed(f"{o.measure} {o.context}"):
                    rows[frozenset(words(o.measure)), o.unit].append(o)
        newest = max((_end(o) for row in rows.values() for o in row), default=None)
        return [row for row in rows.values() if newest and newest - max(map(_end, row)) <= _STALE]

    def _moved(self, row: Sequence[Observation]) -> _Move | None:
        """How a measure moved; None where its figures can't be compared or say neither."""
        latest = max(row, key=_end)
        alike = [
            o for o in row if o.period and latest.period and o.period.kind is latest.period.kind
        ]
        ends = sorted({_end(o) for o in alike}, reverse=True)[:2]
        values = [{o.value for o in alike if _end(o) == end} for end in ends]
        way = better(latest)
        if way == "neither" or [len(v) for v in values] != [1, 1] or values[0] == values[1]:
            return None
        before = next(o for o in alike if _end(o) == ends[1])
        rose = (latest.value or 0) > (before.value or 0)
        return _Move(
            self._finder.match(latest), self._finder.match(before), rose == (way == "lower")
        )

    def _told(self, area: str, moves: Sequence[_Move], worse: bool) -> Iterable[Statement]:
        went = "worse" if worse else "better"
        chosen = [move for move in moves if move.worse is worse]
        known = (
            f"Of the {len(moves)} measures of {area} that the newest papers print for two dates "
            "and of which it is known whether higher or lower is better, "
        )
        if not moves:
            lead = (
                f"The newest papers of {area} print no measure for two dates of which it is known "
                "whether higher or lower is better, so they can’t tell which got " + went + "."
            )
        elif not chosen:
            lead = f"{known}none got {went} between its newest two figures."
        else:
            lead = f"{known}{len(chosen)} got {went} between their newest two figures:"
        yield Statement(lead, labels=lead)
        for move in chosen[:_MOST_TOLD]:
            worked = difference(move.later.observation, move.earlier.observation)
            yield change(move.later, move.earlier, worked)
        if len(chosen) > _MOST_TOLD:
            more = f"And {len(chosen) - _MOST_TOLD} more."
            yield Statement(more, labels=more)


def _is_dated(o: Observation) -> bool:
    """Whether a figure is a level with a date of its own."""
    if o.value is None or o.period is None or o.period.kind in _NO_DATE_ALONE:
        return False
    return not {CHANGE, EARLIER} & set(o.flags)


def _end(o: Observation) -> date:
    return o.period.end if o.period else date.min
