"""Answers that set two figures side by side: two dates, two councils, a comparator, a target."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answer import Outcome
from assistant.drafts import Draft, Statement
from assistant.figures.finder import (
    CLOSE,
    DATED,
    SURE,
    Finder,
    alike,
    day_of,
    is_added,
    of_one_thing,
    sure,
    usable,
)
from assistant.figures.index import Match
from assistant.figures.one_figure import OneFigure
from assistant.figures.telling import (
    calculated,
    change,
    distinct,
    figure_of,
    gap,
    joined,
    labels_of,
    source_of,
    stated,
    unlike,
    verdict,
)
from assistant.question import cues
from assistant.question.cues import Operation
from assistant.question.understand import Query
from indicators.better import better
from indicators.calculate import difference, percent_change, rank
from indicators.catalogue import implied, measure_of, terms, words
from indicators.findings import CHANGE, EARLIER
from indicators.places import is_region
from indicators.quantities import spoken
from indicators.sentences.flags import CAME_FROM, REFERS
from ingest.areas import area_of
from ingest.model import Basis, Observation, Period, PeriodKind
from ingest.periods import account_month, account_months, earlier_year, find_periods, month

_ASKS_MORE = re.compile(r"\b(?:what|which|who|whose|how|why|when|where)\b", re.IGNORECASE)
_RATE = re.compile(r"\brates?\b", re.IGNORECASE)
_TO_FROM = re.compile(
    r"\b(?:rose|risen|fell|fallen|dropped|grew|grown|up|down|went|gone|increased|decreased|improved)\b"
    r"[^.;]{0,20}?\bto\b[^;]{1,20}?,?\s(?:up |down )?from\b|,\s(?:up|down)\s(?:slightly\s)?from\b",
    re.IGNORECASE,
)
"""The later of two figures told first: "rose to 9% from 7%", "171, up from 142"."""
YEAR_EARLIER = re.compile(
    r"\b(?:than|from|on|over|since|and|with|to|versus|vs?|against)\.?\s+"
    r"(?:it was |they were |there were |in |at )?"
    r"(?:a|one|the)?\s?(?:(?:year|twelve months|12 months) (?:earlier|before|ago|previously)|"
    r"(?:previous|prior) year)\b|"
    r"\bsame (?:time|point|month|quarter|period) (?:the )?(?:last|previous) year\b",
    re.IGNORECASE,
)
_COMPARED_WITH = re.compile(
    r"\bcompar\w+ (?:with|to) (?:that of |it was )?(?:in |at )?"
    r"(?:(?:a|one|the) year (?:earlier|before|ago)|the (?:previous|prior) year|last year)\b",
    re.IGNORECASE,
)
_OVER_YEAR = re.compile(
    r"\b(?:in|over|during)\s+the\s+(?:year|twelve months|12 months)\s+to\b", re.IGNORECASE
)
_SETS_BESIDE = frozenset(words("against v vs versus compared"))
_OF_YEARS = frozenset(words("earlier before ago previous previously prior last"))
_FROM_BEFORE = re.compile(r"\bfrom\b[^.;]{0,40}$", re.IGNORECASE)
_TO_BETWEEN = re.compile(r"\bto\b", re.IGNORECASE)
_TARGET_ONLY = re.compile(r"\bwhat(?:'s| is| was| are)?\b[^?]{0,60}\btargets?\b", re.IGNORECASE)
_OF_RANKING = frozenset(
    words("rank ranked ranking league table council authority borough county highest lowest best")
)
_GROUPS = frozenset(term.id for term in terms().values() if term.people)
_ALIKE = 8
_PAIR = 2
_MOST = 40
_LEANING = 0.4
_ALIKE_LABELS = 0.3
_NEAR = 0.12
_TRIED = 20
_ASIDE = 0.2
_PROSE_FIRST = 0.5  # as sure as gives way to what is said in words
_OF_TARGETS = frozenset(
    words(
        "target meet met hit beat miss missed manage achieve reach guide guideline ceiling "
        "threshold benchmark goal aim ambition yardstick"
    )
)


class TwoFigures:
    """Answers from two figures of one measure."""

    def __init__(self, finder: Finder, one: OneFigure) -> None:
        self._finder = finder
        self._one = one

    # -- two councils ----------------------------------------------------------------------

    def across_councils(self, query: Query) -> Draft | None:
        """Each council's figure, and the gap between two of them or their order."""
        picked = []
        for council in query.councils:
            asked = replace(query, councils=(council,))
            match = self._finder.best(asked)
            if match is None or (query.periods and match.time < DATED):
                match = self._one.by_complement(asked)
            if match is None or (query.periods and match.time < DATED):
                return None
            picked.append(match)
        statements = [*(stated(m) for m in picked), *unlike(picked)]
        if any(m.observation.value is None for m in picked):
            return Draft(Outcome.ANSWERED, tuple(statements), picked[0].score)
        if len(picked) == 2 and query.operation is not Operation.VALUE:
            high, low = sorted(picked, key=lambda m: -(m.observation.value or 0))
            worked = difference(high.observation, low.observation)
            lead = (
                f"{area_of(high.meeting.council)} has the higher figure, by "
                f"{spoken(worked.result, worked.unit)} ({worked.formula})."
            )
            return calculated(lead, worked, picked, statements)
        leads = [] if query.operation is Operation.VALUE else _in_order(picked)
        return Draft(
            Outcome.ANSWERED,
            (*leads, *statements),
            picked[0].score,
            figures=tuple(map(figure_of, picked)),
        )

    def named_together(self, query: Query) -> Draft | None:
        """Two measures that a question names in one breath: "dental checks and attendance"."""
        first, joint, second = query.text.partition(" and ")
        if not joint or " and " in second or _ASKS_MORE.search(second):
            return None
        pair = []
        for part in (first, second):
            said = {*words(part), *implied(words(part))}
            own = tuple(w for w in query.words if w in said)
            match = self._finder.best(replace(query, words=own, unit=None)) if own else None
            dated = match is not None and (not query.periods or match.time >= DATED)
            if match is None or not dated or match.text < CLOSE or match.observation.value is None:
                return None
            pair.append(match)
        if pair[0].observation is pair[1].observation:
            return None
        return Draft(
            Outcome.ANSWERED,
            tuple(map(stated, pair)),
            min(m.score for m in pair),
            figures=tuple(map(figure_of, pair)),
        )

    def ranked(self, query: Query) -> Draft | None:
        """The councils in order of a measure: those named, else all whose papers have it."""
        asked = tuple(w for w in query.words if w not in _OF_RANKING)
        query = replace(query, words=asked or query.words)
        picked = []
        for council in query.councils or self._finder.councils:
            match = self._finder.best(replace(query, councils=(council,)))
            dated = match is not None and (not query.periods or match.time >= DATED)
            if match is not None and dated and match.observation.value is not None:
                picked.append(match)
        kinds = {m.observation.unit for m in picked}
        if len(picked) < 2 or len(kinds) != 1:
            return None
        return Draft(
            Outcome.ANSWERED,
            (*_in_order(picked), *(stated(m) for m in picked), *unlike(picked)),
            min(m.score for m in picked),
            figures=tuple(map(figure_of, picked)),
        )

    # -- a comparator ----------------------------------------------------------------------

    def against_area(self, query: Query) -> Draft | None:
        """The own figure beside that of England, a region or the neighbours."""
        asked = tuple(w for w in query.words if w not in _SETS_BESIDE)
        query = replace(query, words=asked or query.words)
        own = self._own(query)
        if own is None or own.observation.value is None:
            return None
        own = self._compared(own, query)
        statements = [stated(own)]
        for area in query.areas:
            other = self._comparator(own, area, query)
            if other is None or other.observation.value is None:
                text = f"The papers give no figure of {area} for this measure."
                statements.append(Statement(text))
                continue
            worked = difference(own.observation, other.observation)
            statements += [stated(other), *unlike([own, other])]
            statements.insert(0, gap(own, other, worked, area))
            draft = calculated("", worked, [own, other], statements)
            beside = self._beside_target(own, query)
            return draft if beside is None else joined(draft, beside)
        return Draft(Outcome.NOT_FOUND, tuple(statements), own.score)

    def _own(self, query: Query) -> Match | None:
        """The own figure; of two dates named one may be the comparator's."""
        if not query.periods and (named := [m.period for m in find_periods(query.text)]):
            same = self._finder.best(replace(query, periods=tuple(named)))
            if same is not None and same.time == 1.0:
                return same
        if not query.periods:  # the newest that is printed: the last column may be blank yet
            valued = (m for m in self._finder.ranked(query) if m.observation.value is not None)
            newest = next(valued, None)
            return newest if newest and sure(newest) else None
        if len(query.periods) < 2:
            return self._finder.best(query)
        dated = [self._finder.best(replace(query, periods=(p,))) for p in query.periods]
        return max((m for m in dated if m), key=lambda m: (m.time >= 0.85, day_of(m)), default=None)

    def _compared(self, own: Match, query: Query) -> Match:
        """The own figure, or another print of it that fits as well and has its comparator.

        A row that fits nearly as well, and prints the comparator itself, is sooner meant.
        """
        if beside := self._with_comparator(own, query):
            return beside
        for match in self._finder.ranked(query)[:_ALIKE]:
            o = match.observation
            alike = (
                usable(match) and match.text >= own.text - _NEAR and match.time >= own.time - _NEAR
            )
            again = (o.value, o.unit) == (own.observation.value, own.observation.unit)
            rate = o.locator.paper == own.observation.locator.paper and _asks_rate_of(o, query)
            if alike and (again or rate or o is own.observation):
                other = self._comparator(match, query.areas[0], query)
                if other is not None and other.observation.value is not None:
                    return match
        return own

    def _with_comparator(self, own: Match, query: Query) -> Match | None:
        """A figure that fits nearly as well, in whose row the comparator asked for stands."""
        for match in (own, *self._finder.ranked(query)[:_TRIED]):
            near = match.text >= own.text - _NEAR and match.time >= own.time - _NEAR
            near = near or (match.time == 1.0 > own.time and usable(match))
            near = near or (not query.periods and _as_well(match, own))
            beside = self._in_row(match.observation, query.areas[0]) if near else None
            told = usable(match) or not query.periods
            if near and told and beside is not None and beside.value is not None:
                return match
        return None

    def _in_row(self, own: Observation, area: str) -> Observation | None:
        """An area's figure in the row, sentence or block of an own one."""
        for o in self._finder.figures.row(own):
            if o.unit == own.unit and (
                o.area == area or (area == "the region" and is_region(o.area))
            ):
                return o
        return None

    def _beside_target(self, own: Match, query: Query) -> Draft | None:
        """The target too, where a question about a comparator asks for it in the same breath."""
        goal = self._target(own, query) if cues.TARGET.search(query.text) else None
        if goal is None or goal.observation.value is None:
            return None
        worked = difference(own.observation, goal.observation)
        return calculated("", worked, [own, goal], [verdict(own, goal, worked), stated(goal)])

    def _comparator(self, own: Match, area: str, query: Query) -> Match | None:
        """The same measure's figure for another area: in the same row or block, else the best."""
        if near := self._in_row(own.observation, area):
            return replace(own, observation=near)
        if beside := self._beside_again(own.observation, area):
            return replace(own, observation=beside)
        found = self._finder.ranked(query, area=area, periods=())
        if tied := [m for m in found if _refers_to(m.observation, own.observation)]:
            return tied[0]
        sibling = [m for m in found if m.observation.context == own.observation.context]
        pool = [
            m
            for m in (sibling or found)
            if m.text >= SURE and m.observation.unit == own.observation.unit
        ]
        return pool[0] if pool else None

    def _beside_again(self, own: Observation, area: str) -> Observation | None:
        """An area's figure in a sentence that tells a table's figure once more."""
        if own.source != "table":
            return None
        figures = self._finder.figures
        near = (x for told in figures.told_again(own) for x in figures.row(told))
        return next(
            (x for x in near if (x.area, x.unit) == (area, own.unit) and x.value is not None), None
        )

    # -- a target --------------------------------------------------------------------------

    def against_target(self, query: Query) -> Draft | None:
        """Whether a target was met and by how much, or what it is."""
        asked = tuple(w for w in query.words if w not in _OF_TARGETS)
        query = replace(query, words=asked or query.words)
        only = _TARGET_ONLY.search(query.text)
        goal = self._finder.best(query, basis=Basis.TARGET) if only and query.periods else None
        if goal and goal.time == 1.0 and goal.observation.value is not None:
            return _goal_alone(goal)
        own = self._aimed(query)
        if own is None:
            goal = self._finder.best(query, basis=Basis.TARGET) if only else None
            return _goal_alone(goal) if goal and goal.observation.value is not None else None
        goal = self._target(own, query)
        if goal is None or goal.observation.value is None:
            if not only:
                return _without_goal(self._newest_like(own, query))
            text = f"The papers list “{own.observation.measure}” but give no target for it."
            return Draft(Outcome.NOT_FOUND, (Statement(text, (source_of(own),)),), own.text)
        if only or own.observation.value is None:
            return _goal_alone(goal)
        worked = difference(own.observation, goal.observation)
        return calculated(
            "", worked, [own, goal], [verdict(own, goal, worked), stated(own), stated(goal)]
        )

    def _aimed(self, query: Query) -> Match | None:
        """The figure that fits best, or one that fits nearly as well and has a target."""
        ranked = self._finder.ranked(query)[:_TRIED]
        top = ranked[0] if ranked and sure(ranked[0]) else None
        for match in ranked if top else ():
            near = usable(match) and match.score >= top.score - _ASIDE if top else False
            alone = match.observation.source == "sentence" and match is not top
            goal = self._target(match, query) if near and not alone else None
            if goal is not None and goal.observation.value is not None:
                return match if query.periods else self._of_all_the_time(match, goal)
        return top if top and (not query.periods or top.time >= DATED) else None

    def _newest_like(self, own: Match, query: Query) -> Match:
        """The newest figure of the measure that an own one is of, where no date is asked for."""
        measure = measure_of(words(own.observation.measure))
        if query.periods or measure is None:
            return own
        alike = [
            m
            for m in self._finder.ranked(query)[:_MOST]
            if usable(m)
            and (m.meeting.council, m.observation.unit)
            == (own.meeting.council, own.observation.unit)
            and measure_of(words(m.observation.measure)) == measure
        ]
        return max((replace(m, text=own.text) for m in alike), key=day_of, default=own)

    def _of_all_the_time(self, own: Match, goal: Match) -> Match:
        """The figure of the very time that a target is for, where its row prints one."""
        o = own.observation
        for x in self._finder.figures.row(o):
            same = (x.measure, x.area, x.basis, x.unit) == (o.measure, o.area, o.basis, o.unit)
            if same and x.value is not None and x.period and x.period == goal.observation.period:
                return replace(own, observation=x)
        return own

    def _target(self, own: Match, query: Query) -> Match | None:
        near = [
            o
            for o in self._finder.figures.row(own.observation)
            if o.basis is Basis.TARGET and (o.unit == own.observation.unit or o.value is None)
        ]
        if near:
            return replace(own, observation=near[0])
        if own.observation.source == "table":
            return None
        found = [
            m
            for m in self._finder.ranked(query, basis=Basis.TARGET, periods=())
            if m.observation.locator.paper == own.observation.locator.paper
            and m.observation.unit == own.observation.unit
        ]
        tied = [m for m in found if _refers_to(m.observation, own.observation)]
        return next((m for m in (*tied, *found) if m in tied or m.text >= SURE), None)

    # -- two dates -------------------------------------------------------------------------

    def changed(self, query: Query) -> Draft | None:
        """The change between two dates, in points, in numbers or as a percentage."""
        if query.operation is Operation.PERCENT_CHANGE:
            query = replace(query, unit=None)
        if len(query.periods) < _PAIR and (months := account_months(query.text)):
            query = self._by_months(query, [number for number, _, _ in months])
        if len(query.periods) == 1 and (ends := _ends_of_year(query)):
            pair = self._two_dates(replace(query, periods=ends)) or self._from_to(query)
        elif len(query.periods) == 1 and YEAR_EARLIER.search(query.text):
            asked = tuple(w for w in query.words if w not in _OF_YEARS) or query.words
            query = replace(query, words=asked)
            both = (earlier_year(query.periods[0]), query.periods[0])
            pair = self._two_dates(replace(query, periods=both)) or self._from_to(query)
        else:
            pair = self._two_dates(query) if len(query.periods) >= 2 else self._from_to(query)
        if not query.periods and YEAR_EARLIER.search(query.text):
            pair = self._on_the_year(query) or pair
        if pair is None:
            return None
        later, earlier = pair
        if query.operation is Operation.PERCENT_CHANGE:
            worked = percent_change(later.observation, earlier.observation)
        else:
            worked = difference(later.observation, earlier.observation)
        statements = [
            change(later, earlier, worked),
            *(stated(m) for m in distinct([later, earlier])),
            *unlike([later, earlier]),
            *self._finder.cautions.on_comparing(later.observation, later.meeting),
        ]
        return calculated("", worked, [later, earlier], statements)

    def _by_months(self, query: Query, numbers: Sequence[int]) -> Query:
        """A question between months of accounts, "month 6 and month 8", by their dates."""
        asked = tuple(w for w in query.words if not w.isdigit())
        ranked = self._finder.ranked(replace(query, words=asked, periods=()))
        held = ranked[0].meeting.held if ranked else None
        if held is None or len(set(numbers)) != _PAIR:
            return query
        periods = tuple(account_month(number, held) for number in sorted(set(numbers)))
        return replace(query, words=asked, periods=periods)

    def _two_dates(self, query: Query) -> tuple[Match, Match] | None:
        first, last = min(query.periods), max(query.periods)
        before = self._of_date(query, first)
        after = self._of_date(query, last)
        best: tuple[float, Match, Match] | None = None
        for a in after:
            for b in before:
                if not _comparable(a, b):
                    continue
                score = a.score + b.score + _kin(a.observation, b.observation)
                if best is None or score > best[0]:
                    best = (score, a, b)
        return (best[1], best[2]) if best else None

    def _of_date(self, query: Query, period: Period) -> list[Match]:
        ranked = self._finder.ranked(query, periods=(period,))
        return [m for m in ranked if usable(m) or _leans(m)][:_MOST]

    def _on_the_year(self, query: Query) -> tuple[Match, Match] | None:
        """The newest figure and that of a year before, both of one row."""
        for match in self._finder.ranked(query)[:_TRIED]:
            o = match.observation
            if not sure(match) or o.value is None or o.period is None:
                continue
            before = earlier_year(o.period)
            for x in self._finder.figures.row(o):
                kin = (x.measure, x.unit, x.area, x.basis) == (o.measure, o.unit, o.area, o.basis)
                if kin and x.period == before and x.value is not None:
                    return match, replace(match, observation=x)
        return None

    def _from_to(self, query: Query) -> tuple[Match, Match] | None:
        """Two figures of one sentence or row: "decreased from 624 to 602"."""
        ranked = self._finder.ranked(query)[:12]
        for match in ranked:
            o = match.observation
            if match.text < SURE or o.value is None or (query.periods and match.time < 0.3):
                continue
            if o.source == "sentence" and o.unit != ranked[0].observation.unit:
                continue  # how long orders took isn't how many there were
            mates = [
                x
                for x in self._finder.figures.row(o)
                if x.unit == o.unit
                and x.value is not None
                and x.basis is o.basis
                and x.area == o.area
                and not {EARLIER, CHANGE} & set(x.flags)
                and of_one_thing(x, o)
            ]
            if pair := _first_and_last(o, mates):
                return replace(match, observation=pair[1]), replace(match, observation=pair[0])
        return None


def year_earlier_asked(query: Query) -> bool:
    """Whether a figure of one date is asked for beside that of a year before."""
    return len(query.periods) == 1 and bool(_COMPARED_WITH.search(query.text))


def _ends_of_year(query: Query) -> tuple[Period, Period] | None:
    """The months at both ends of "in the year to March 2025"; None for any other time."""
    asked = query.periods[0]
    of_a_year = asked.kind in (PeriodKind.FINANCIAL_YEAR, PeriodKind.ROLLING)
    if not of_a_year or not _OVER_YEAR.search(query.text):
        return None
    last = month(asked.end.year, asked.end.month)
    return earlier_year(last), last


def _asks_rate_of(o: Observation, query: Query) -> bool:
    """Whether a rate is asked for and a label says that it is one: a number beside it isn't."""
    return bool(_RATE.search(query.text) and _RATE.search(o.measure))


def _refers_to(o: Observation, own: Observation) -> bool:
    """Whether a sentence leans on that of the own figure: "The England average is 13.8."."""
    if REFERS not in o.flags or own.source != "sentence" or o.unit != own.unit:
        return False
    return o.locator.paper == own.locator.paper and " ".join(own.quote.split()) in o.context


def _as_well(match: Match, own: Match) -> bool:
    """Whether a figure of the same paper fits as well, though its sentence has no date."""
    fits = sure(match) and match.text >= own.text - _NEAR and match.observation.value is not None
    return fits and match.observation.locator.paper == own.observation.locator.paper


def _without_goal(own: Match) -> Draft | None:
    """What was reached, where its target is asked for and none is printed; prose may tell more."""
    if own.observation.value is None or own.text < CLOSE:
        return None
    lead = Statement("The papers print no target for this measure.")
    return Draft(Outcome.NOT_FOUND, (lead, stated(own, "They tell: ")), _PROSE_FIRST)


def _goal_alone(goal: Match) -> Draft:
    return Draft(Outcome.ANSWERED, (stated(goal),), goal.text, figures=(figure_of(goal),))


def _in_order(picked: Sequence[Match]) -> list[Statement]:
    """One line that names each council's place, and which way is better where that is known."""
    way = better(picked[0].observation)
    told = [
        f"{place.position}{' (shared)' if place.ties else ''}. {place.observation.area} "
        f"({spoken(place.observation.value or Decimal(0), place.observation.unit)})"
        for place in rank([m.observation for m in picked], way)
    ]
    first = "the highest first" if way == "neither" else f"the best first ({way} is better)"
    sources = tuple(source_of(m) for m in distinct(picked))
    places = " ".join(str(i) for i in range(1, len(picked) + 1))
    text = f"In order, {first}: {'; '.join(told)}."
    return [Statement(text, sources, labels=f"{labels_of(*picked)} {places}")]


def _leans(match: Match) -> bool:
    """Whether a dated figure of a sentence leaves what it is of to the sentence before."""
    o = match.observation
    dated = match.time >= DATED and o.period is not None and o.value is not None
    return dated and REFERS in o.flags and match.text >= _LEANING and CHANGE not in o.flags


def _comparable(later: Match, earlier: Match) -> bool:
    """Whether two figures may be of one measure: their labels, or one sentence after the other.

    Words that a question shares with two labels don't make one thing of them.
    """
    a, b = later.observation, earlier.observation
    if a.unit != b.unit or a is b:
        return False
    if not (usable(later) and usable(earlier)):
        return a.locator != b.locator and (_refers_to(a, b) or _refers_to(b, a))
    one, two = (_said(o) for o in (a, b))
    groups = tuple(frozenset(w for w in said if w in _GROUPS) for said in (one, two))
    if all(groups) and groups[0] != groups[1]:
        return False
    told = {a.source, b.source} == {"sentence"}  # of sentences the words tell enough
    if told or a.locator == b.locator or alike(a, b) >= _ALIKE_LABELS:
        return True
    measures = measure_of(one), measure_of(two)
    same = measures[0] is not None and measures[0] == measures[1]
    return same or min(later.text, earlier.text) >= CLOSE


def _said(o: Observation) -> tuple[str, ...]:
    """The words of a figure's label, and the terms that they amount to."""
    said = words(o.measure)
    return (*said, *implied(said))


def _kin(a: Observation, b: Observation) -> float:
    """How likely two figures are of one series: the same row, the same label."""
    kin = 0.25 * (a.locator == b.locator) + 0.1 * (a.measure == b.measure)
    kind = a.period is not None and b.period is not None and a.period.kind is b.period.kind
    return kin + 0.1 * alike(a, b) + 0.05 * kind


def _runs_from_to(quote: str, first: Observation, last: Observation) -> bool:
    """Whether a sentence goes from one figure to the other: "from 624 in March to 602"."""
    before, _, behind = quote.partition(first.printed)
    between = behind.partition(last.printed)[0]
    return bool(_FROM_BEFORE.search(before) and _TO_BETWEEN.search(between))


def _first_and_last(
    o: Observation, mates: Sequence[Observation]
) -> tuple[Observation, Observation] | None:
    came = [x for x in mates if CAME_FROM in x.flags]
    if o.source == "sentence" and len(mates) == _PAIR and len(came) == 1:
        return came[0], next(x for x in mates if x is not came[0])
    if o.source == "sentence" and any(map(is_added, mates)):
        return None
    if o.source == "sentence" and len(mates) >= 2 and _runs_from_to(o.quote, *mates[:2]):
        return mates[0], mates[1]
    if o.source == "sentence" and len(mates) >= 2 and o in mates[:-1]:
        at = mates.index(o)
        between = o.quote.partition(mates[at].printed)
        if _TO_FROM.search(between[0][-40:] + between[1] + between[2][:40]):
            return mates[at + 1], o
    dated = sorted(mates, key=lambda x: (x.period is not None, x.period and x.period.end))
    if o.source == "sentence":
        apart = len(dated) == 2 and (
            dated[0].period != dated[1].period or cues.SET_BESIDE.search(o.quote)
        )
        return (dated[0], dated[1]) if apart else None
    series = [x for x in dated if x.period and x.measure == o.measure]
    return (series[0], series[-1]) if len(series) >= 2 else None
