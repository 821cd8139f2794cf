"""Answers from figures: which way of answering an operation takes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Outcome
from assistant.drafts import Draft, Statement
from assistant.figures.amiss import Amiss
from assistant.figures.beside import comparators_of
from assistant.figures.cards import Card, card_of, charted
from assistant.figures.cautions import Cautions
from assistant.figures.either import Either
from assistant.figures.finder import Finder, ReadPlaces, left_unread
from assistant.figures.findings import Findings
from assistant.figures.index import Figures
from assistant.figures.moved import Moved, PapersOf, no_papers
from assistant.figures.movements import Movements
from assistant.figures.one_figure import OneFigure
from assistant.figures.one_sentence import OneSentence
from assistant.figures.over_time import OverTime
from assistant.figures.parts import Parts
from assistant.figures.printed_changes import PrintedChanges
from assistant.figures.series import series_of, target_of
from assistant.figures.since import Since
from assistant.figures.sums import Sums
from assistant.figures.telling import joined
from assistant.figures.two_figures import TwoFigures, year_earlier_asked
from assistant.question.cues import Operation
from assistant.question.understand import Query
from indicators.calculate import NotComparable
from indicators.catalogue import terms, words

_BETWEEN_COUNCILS = (
    Operation.DIFFERENCE, Operation.HIGHEST, Operation.LOWEST, Operation.RANK, Operation.VALUE,
)  # fmt: skip
_COLUMNS_OF_MONEY = frozenset(
    words("variance budget forecast outturn spend spent actual projected overspend underspend")
)
_THAN = re.compile(r"\b(?:\w+er|more|less)\b[^?]*\bthan\b", re.IGNORECASE)
_PAIR = 2
_REFUSED = 0.6  # as sure as a figure: what can't be worked out isn't looked for in the minutes


class FigureAnswers:
    """Answers figure questions over the observations held."""

    def __init__(
        self,
        figures: Figures,
        councils: Sequence[str],
        cautions: Cautions | None = None,
        movements: Movements | None = None,
        read_places: ReadPlaces = left_unread,
        papers_of: PapersOf = no_papers,
    ) -> None:
        self._finder = finder = Finder(figures, councils, cautions, movements, read_places)
        self._findings = Findings(figures)
        self._one = OneFigure(finder)
        self._two = TwoFigures(finder, self._one)
        self._sentence = OneSentence(finder)
        self._over_time = OverTime(finder)
        self._parts = Parts(finder)
        self._either = Either(finder)
        self._printed = PrintedChanges(finder)
        self._since = Since(finder)
        self._sums = Sums(finder)
        self._moved_ones = Moved(finder, papers_of)
        self._amiss = Amiss(finder, self._findings)

    def answer(self, query: Query) -> Draft | None:
        """A draft, or None when no figure fits the question."""
        try:
            draft = self._answered(query)
            return draft and self._amiss.told_beside(draft)
        except NotComparable as refusal:
            text = str(refusal)
            return Draft(Outcome.NOT_FOUND, (Statement(text, labels=text),), _REFUSED)

    def cards(self, query: Query) -> tuple[Card, ...]:
        """A card for each council in question whose papers have a series of the measure."""
        found = []
        for council in query.councils or self._finder.councils:
            along = series_of(self._finder, replace(query, councils=(council,)))
            if along is not None:
                goal = target_of(self._finder, along)
                chart = charted(along, goal, comparators_of(self._finder, along))
                found.append(card_of(along, chart, self._findings.on(along.observations)))
        return tuple(found)

    def both(self, first: Query, own: Query, leaning: Query) -> Draft | None:
        """The figures of "how many X and how many Y", each told; None unless both are found.

        A half takes council and date from the other where it names none; `own` is the second half
        as it stands, `leaning` as it reads after the first.
        """
        fresh = set(own.words) - set(first.words)
        if {first.operation, own.operation} != {Operation.VALUE}:
            return None
        if not fresh and own.periods and first.periods:  # "in Q2 and how many in Q3"
            own = replace(first, periods=own.periods)
            fresh = set(own.words)
        if not fresh:
            return None
        kinds = set(own.words) <= _COLUMNS_OF_MONEY  # "and how far over budget": of the same row
        named = not kinds and (len(own.words) > 1 or bool(fresh & set(terms())))
        if kinds:
            rest = tuple(w for w in first.words if w not in _COLUMNS_OF_MONEY)
            own = leaning = replace(own, words=(*own.words, *rest))
        drafts = [
            self.answer(
                replace(
                    half,
                    councils=half.councils or other.councils,
                    periods=half.periods or other.periods,
                )
            )
            for half, other in ((first, own), (own if named else leaning, first))
        ]
        one, two = drafts
        if one is None or two is None or {one.outcome, two.outcome} != {Outcome.ANSWERED}:
            return None
        if not set(two.figures) - set(one.figures):
            return None
        return joined(replace(one, confidence=min(one.confidence, two.confidence)), two)

    def aimed_at(self, query: Query) -> Draft | None:
        """What the papers print as the aim for a date that is yet to come; None: nothing."""
        return self._one.aim(query)

    def _answered(self, query: Query) -> Draft | None:
        operation = query.operation
        if operation is Operation.RANK:
            return self._two.ranked(query)
        if operation is Operation.MOVERS:
            return self._moved_ones.answer(query)
        if len(query.councils) > 1 and operation in _BETWEEN_COUNCILS:
            return self._two.across_councils(query)
        if either := self._either.answer(query):
            return either
        worked = self._printed.checked(query) or self._printed.before(query)
        if worked := worked or self._since.answer(query):
            return worked
        if query.areas and operation is Operation.AGAINST_AREA:
            return self._two.against_area(query)
        match operation:
            case Operation.AGAINST_TARGET:
                return self._two.against_target(query)
            case Operation.ON_TARGET:
                return self._over_time.on_target(query) or self._two.against_target(query)
            case Operation.TO_DATE:
                return self._to_date(query) or self._one.answer(query)
            case Operation.DIFFERENCE | Operation.PERCENT_CHANGE:
                return self._changed(query)
            case Operation.HIGHEST | Operation.LOWEST:
                return self._over_time.extreme(query)
            case Operation.RATIO:
                return self._parts.ratio(query) or self._sentence.ratio(query)
            case Operation.SHARE:
                return self._share(query)
            case Operation.TOTAL | Operation.AVERAGE:
                added = self._sums.answer(query) if operation is Operation.TOTAL else None
                return added or self._over_time.summed(query) or self._one.whole(query)
            case Operation.TREND:
                return self._over_time.trend(query) or self._moved(query)
            case Operation.CHECK:
                return self._amiss.on_asking(query) or self._one.answer(query)
            case _:
                added = self._sums.answer(query)
                return added or (None if self._sums.names_two(query) else self._value(query))

    def _value(self, query: Query) -> Draft | None:
        beside = len(query.periods) == _PAIR or year_earlier_asked(query)
        if beside and (both := self._two.changed(query)):
            return self._over_time.drawn(both, query)
        one = self._share(query) if query.unit == "percent" else self._one.answer(query)
        if one is None or one.outcome is Outcome.NOT_FOUND:
            return self._two.named_together(query) or one
        return one

    def _to_date(self, query: Query) -> Draft | None:
        """The year so far: as printed, else added up where the papers print nothing as late."""
        printed = self._one.to_date(query)
        try:
            added = self._over_time.so_far(query)
        except NotComparable:
            if printed is None:
                raise
            return printed[1]
        if printed and (added is None or printed[0] >= added[0]):
            return printed[1]
        return added[1] if added else None

    def _moved(self, query: Query) -> Draft | None:
        """One figure, where there is no series, and what later papers say in words."""
        draft = self._one.answer(query)
        if draft is None or draft.outcome is not Outcome.ANSWERED:
            return draft
        said = self._over_time.said_since(query, draft)
        return replace(draft, statements=(*draft.statements, *said))

    def _changed(self, query: Query) -> Draft | None:
        gap = self._parts.gap(query) if len(query.periods) < 2 else None
        changed = gap or self._two.changed(query)
        single = len(query.periods) < 2 and query.unit == "gbp"
        single = single and not _THAN.search(query.text)  # one price says nothing of the gap
        if changed is None:
            single_figure = self._one.answer(query) if single else None
            printed = self._sentence.printed(query)
            return printed or self._sentence.changed(query) or single_figure
        return changed if gap else self._over_time.drawn(changed, query)

    def _share(self, query: Query) -> Draft | None:
        """The percentage as printed, else worked out from its part and whole."""
        if query.operation is Operation.SHARE and (worked := self._parts.share(query)):
            return worked
        if listed := self._parts.of_listed(query):
            return listed
        printed = self._one.answer(query)
        if printed is not None and printed.outcome is Outcome.ANSWERED:
            other = self._parts.is_of_another_whole(printed, query)
            return (self._parts.share(query) if other else None) or (None if other else printed)
        return self._parts.share(query) or printed
