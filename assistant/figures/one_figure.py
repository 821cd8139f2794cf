"""Answers of one printed figure: the one that fits, what contradicts it, or that there is none."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answer import Outcome
from assistant.drafts import Draft, Source, Statement
from assistant.figures.finder import (
    CLOSE,
    DATED,
    SURE,
    Finder,
    alike,
    day_of,
    held,
    is_added,
    sure,
)
from assistant.figures.index import Match
from assistant.figures.telling import (
    calculated,
    distinct,
    figure_of,
    source_of,
    stated,
    unreported,
    when,
    whose,
)
from assistant.question.understand import Query
from indicators.calculate import complement
from indicators.catalogue import Measure, measure_of, measures, terms, words
from indicators.comparing import age_band
from indicators.findings import CHANGE
from indicators.quantities import find_quantities, spoken
from indicators.sentences.flags import CAME_FROM, REFERS
from ingest.model import Basis, Observation, PeriodKind
from ingest.periods import describe, find_periods

_NEAR = 0.9
_SAME_WORDS = 0.95
_NOT = re.compile(
    r"\b(?:did|do|does|had|have|has|were|was|are|is)(?:n['’]t| not)\b|\bwithout\b|"
    r"\bnot (?:up to date|on time|in time|seen|held|completed|met|within)\b",
    re.IGNORECASE,
)
_NOT_SO = re.compile(
    r"\b(?:not|no|without|missing|overdue|late|un\w+|absen\w+|outside|fewer|less)\b", re.IGNORECASE
)
_TOLD_OF_DOING = 0.4
_BEYOND_DOUBT = 0.9
_EARLIER_ASKED = re.compile(
    r"\b(?:before|previous\w*|earlier|ago|used to|original\w*|from|start\w*|last)\b",
    re.IGNORECASE,
)
"""In a question that may ask for what a figure came from."""
_MORE_ASKED = re.compile(r"\b(?:further|additional\w*|another|extra|more|added)\b", re.IGNORECASE)
_BOTH_UNITS = re.compile(
    r"\b(?:number|how many)\b[^?]*\b(?:per ?cent(?:age)?|percentage|proportion|share|%)|"
    r"(?:\bper ?cent(?:age)?\b|\bpercentage\b|\bproportion\b|%)[^?]*\b(?:number|how many)\b",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"\b(?:correct\w*|restat\w*|amend\w*|revis\w*|and not|not the|instead of|rather than|"
    r"previously|first printed|as printed|as published|reported as)\b",
    re.IGNORECASE,
)


_REVISED = (
    r"\b(?:revised|corrected|restated|amended|changed|should (?:be|have been)|"
    r"correct figure (?:is|was|should be))\b[^.;\d]{0,40}"
)
_OF_ONE_LABEL = 0.1
_OF_ANY_BUDGET = frozenset(
    words("variance budget forecast overspend underspend spend spending outturn total whole")
)
"""Words that every council's budget has: "what is the overspend?" is of any of them."""
_OF_AIMS = frozenset(words("target aim ambition goal want plan hope reach expect"))
_AIM_ASKED = re.compile(
    r"\b(?:targets?|aims?|aiming|ambitions?|goals?|wants?|plans?|planned|planning|hopes?|hoping|"
    r"intends?|expects?|expected|forecast|budget)\b",
    re.IGNORECASE,
)


class OneFigure:
    """Answers that tell one printed figure, or say why there is none."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def answer(self, query: Query, least: float = SURE) -> Draft | None:
        """The figure asked for, or an honest word on what is there instead; None: nothing fits."""
        area = query.areas[0] if query.areas else None
        found = [m for m in self._finder.ranked(query, area=area) if sure(m, least)]
        ranked = _without_opposite(_without_added(found, query), query)
        if not area and (not ranked or (query.periods and ranked[0].time < DATED)):
            whole = self.by_complement(query)
            if whole is not None and (not query.periods or whole.time >= DATED):
                return _complemented(whole)
        if not ranked:
            return (found and self._only_share(query, area)) or self._only_did(query, area)
        blank = _blank(ranked, query)
        if blank is not None:
            return blank
        valued = [m for m in ranked if m.observation.value is not None]
        if not valued:
            return unreported(ranked[0])
        if not query.periods and not _EARLIER_ASKED.search(query.text):
            valued[0] = self._come_to(valued[0])
        if query.periods and valued[0].time < DATED:
            return _other_dates(valued, query)
        if not query.councils and (choice := _which_council(valued, query)):
            return choice
        if (query.periods or query.meetings) and (choice := _which_measure(valued, query)):
            return choice
        return self._told(valued, query)

    def _come_to(self, match: Match) -> Match:
        """What a figure has come to, where a sentence tells both: five of "from two to five"."""
        o = match.observation
        if CAME_FROM not in o.flags:
            return match
        now = [
            x
            for x in self._finder.figures.row(o)
            if (x.unit, x.area, x.basis) == (o.unit, o.area, o.basis)
            and x.value is not None
            and not {CAME_FROM, CHANGE} & set(x.flags)
        ]
        return replace(match, observation=now[0]) if len(now) == 1 else match

    def whole(self, query: Query) -> Draft | None:
        """A printed total or average: of all the time asked for, and not of a part of it."""
        area = query.areas[0] if query.areas else None
        ranked = [m for m in self._finder.ranked(query, area=area) if sure(m, CLOSE)]
        if ranked and query.periods and _is_shorter(ranked[0], query):
            return None
        return self.answer(query, CLOSE)

    def to_date(self, query: Query) -> tuple[int, Draft] | None:
        """The newest figure printed as the year's to date, with the last day that it is of."""
        periods = query.periods
        ranked = [
            m
            for m in self._finder.ranked(query, periods=periods)
            if sure(m)
            and m.observation.value is not None
            and m.observation.period is not None
            and m.observation.period.kind is PeriodKind.TO_DATE
            and (not periods or m.time >= DATED)
        ]
        near = [m for m in ranked if m.text >= max(n.text for n in ranked) - _OF_ONE_LABEL]
        if not near:
            return None
        newest = max(near, key=day_of)
        told = Draft(
            Outcome.ANSWERED, (stated(newest),), newest.score, figures=(figure_of(newest),)
        )
        return day_of(newest), told

    def aim(self, query: Query) -> Draft | None:
        """What is aimed at for a date after the newest paper.

        Where the question doesn't ask for an aim, it is told as the nearest thing, not as what
        will be.
        """
        asked = tuple(w for w in query.words if w not in _OF_AIMS)
        query = replace(query, words=asked or query.words)
        found = [
            m
            for basis in (Basis.TARGET, Basis.ACTUAL)
            for m in self._finder.ranked(query, basis=basis)
            if sure(m) and m.time >= DATED and m.observation.value is not None and _is_ahead(m)
        ]
        if not found:
            return None
        top = max(found, key=lambda m: (round(m.score, 1), held(m)))
        if _AIM_ASKED.search(query.text):
            return Draft(Outcome.ANSWERED, (stated(top),), top.score, figures=(figure_of(top),))
        lead = Statement("That date is after the newest paper held, and no forecast is made.")
        return Draft(
            Outcome.NOT_FOUND, (lead, stated(top, "What the papers print for it is: ")), top.score
        )

    def _only_did(self, query: Query, area: str | None) -> Draft | None:
        """How many there are isn't told where the papers count only those who did something.

        The share that they are, which the papers may tell, comes nearest.
        """
        if query.unit != "count":
            return None
        share = self._share(query, area)
        if share and share.text >= _BEYOND_DOUBT and share.observation.source != "sentence":
            return self._only_share(query, area)
        for match in self._finder.ranked(query, area=area)[:1]:
            if match.did and share and share.text >= match.text:
                return self._only_share(query, area)
            if match.did and match.text >= _TOLD_OF_DOING:
                lead = Statement("The papers don't say how many there are.")
                return Draft(Outcome.NOT_FOUND, (lead, stated(match, "They tell: ")), DATED)
        return None

    def _share(self, query: Query, area: str | None) -> Match | None:
        """The share that stands for a number asked for, where the papers tell it surely."""
        return self._finder.best(replace(query, unit="percent"), area=area)

    def _only_share(self, query: Query, area: str | None) -> Draft | None:
        """That the papers tell a share and not how many there are; None where not even that."""
        share = self._share(query, area) if query.unit == "count" else None
        if share is None:
            return None
        lead = Statement("The papers don't say how many there are, only what share.")
        return Draft(Outcome.NOT_FOUND, (lead, stated(share, "They tell: ")), DATED)

    def by_complement(self, query: Query) -> Match | None:
        """The figure worked out from its complement: 100% less "fewer than 3 placements"."""
        wanted = _measure_asked(query)
        other = wanted and next((m for m in measures() if m.id == wanted.complement), None)
        if wanted is None or other is None:
            return None
        swapped = tuple(w for w in query.words if w not in wanted.all) + tuple(other.all)
        match = self._finder.best(replace(query, words=swapped))
        if match is None or match.observation.value is None or match.observation.unit != "percent":
            return None
        worked = complement(match.observation)
        o = replace(
            match.observation, value=worked.result, measure=wanted.name, printed=worked.formula
        )
        return replace(match, observation=o)

    def _told(self, valued: list[Match], query: Query) -> Draft:
        if _is_turned(valued[0], query):
            return _turned(valued[0])
        top, rivals = _prevailing(valued[0], _contradictions(valued))
        if revised := self._revised(top, query):
            top, rivals = (
                revised,
                [top, *(m for m in rivals if m.observation != revised.observation)],
            )
        lead = stated(top)
        statements = [replace(lead, sources=(*lead.sources, *_first_told(top, valued)))]
        statements += [stated(m, _rival_lead(top, m)) for m in rivals]
        ages = _other_ages(top, valued, query)
        statements += [stated(m, _OTHER_AGES) for m in ages]
        statements += self._finder.cautions.on_value(top.observation, top.meeting)
        both = self._in_both_units(top) if _BOTH_UNITS.search(query.text) else []
        statements += [stated(m, "Beside it: ") for m in both]
        if not query.periods and not query.latest:
            statements += [stated(m, "Also reported: ") for m in _other_readings(valued)]
        return Draft(
            Outcome.ANSWERED,
            tuple(statements),
            top.score,
            figures=tuple(map(figure_of, (top, *rivals, *ages, *both))),
        )

    def _revised(self, top: Match, query: Query) -> Match | None:
        """The figure that the next sentence puts in the place of one: "It has been revised to"."""
        said = " ".join(top.observation.quote.split())
        for match in self._finder.ranked(query) if top.observation.source == "sentence" else ():
            o, first = match.observation, top.observation
            leans = REFERS in o.flags and o.locator.paper == first.locator.paper
            tied = leans and o.value is not None and said in o.context and o.unit == first.unit
            revised = re.compile(rf"{_REVISED}{re.escape(o.printed)}", re.IGNORECASE)
            if tied and revised.search(" ".join(o.quote.split())):
                return match
        return None

    def _in_both_units(self, top: Match) -> list[Match]:
        """The number beside the percentage, or the percentage beside the number, of one row."""
        o = top.observation
        return [
            replace(top, observation=x)
            for x in self._finder.figures.row(o)
            if x != o
            and x.value is not None
            and (x.period, x.area, x.basis) == (o.period, o.area, o.basis)
            and {x.unit, o.unit} <= {"count", "percent"}
        ][:3]


def _measure_asked(query: Query) -> Measure | None:
    """The catalogue's measure that a question names, whatever group it asks of."""
    return measure_of(w for w in query.words if not (w in terms() and terms()[w].population))


def _without_added(ranked: list[Match], query: Query) -> list[Match]:
    """The matches but those that come on top of others, unless these are asked for."""
    if _MORE_ASKED.search(query.text):
        return ranked
    return [m for m in ranked if not is_added(m.observation)]


def _without_opposite(ranked: list[Match], query: Query) -> list[Match]:
    """The matches but those of the complement: "fewer than 3" for a question of 3 or more."""
    wanted = _measure_asked(query)
    if wanted is None or wanted.complement is None:
        return ranked
    told = ((m, measure_of(words(m.observation.measure))) for m in ranked)
    return [m for m, measure in told if measure is None or measure.id != wanted.complement]


def _is_ahead(match: Match) -> bool:
    """Whether a figure's date was still to come when its paper was written."""
    period, met = match.observation.period, match.meeting.held
    return period is not None and met is not None and period.end > met


_OTHER_AGES = "For another age group the papers print: "


def _other_ages(top: Match, valued: list[Match], query: Query) -> list[Match]:
    """The same measure and date for other ages, where the question names none."""
    own = age_band(top.observation)
    if own is None or re.search(r"\b(?:1[4-9]|2[0-5])\b", _undated(query.text)):
        return []
    told: dict[object, Match] = {}
    for match in valued[1:]:
        band = age_band(match.observation)
        same = (match.observation.unit, _month(match)) == (top.observation.unit, _month(top))
        if band not in (None, own) and same and match.text >= top.text - 0.15:
            told.setdefault(band, match)
    return list(told.values())[:2]


def _is_shorter(match: Match, query: Query) -> bool:
    """Whether a figure is of a part only of the time asked for."""
    has, asked = match.observation.period, query.periods[-1]
    if has is None or (has.end, has.start) == (asked.end, asked.start):
        return False
    return asked.contains(has) and (has.end - has.start) * 4 < (asked.end - asked.start) * 3


def _month(match: Match) -> object:
    period = match.observation.period
    return (period.end.year, period.end.month) if period else None


def _undated(text: str) -> str:
    for mention in reversed(find_periods(text)):
        text = text[: mention.start] + " " + text[mention.end :]
    return text


def _rival_lead(top: Match, rival: Match) -> str:
    if held(rival) < held(top):
        return "An earlier paper prints another figure for this date: "
    return "The papers also print another figure for this date: "


def _prevailing(top: Match, rivals: list[Match]) -> tuple[Match, list[Match]]:
    """The figure that a later paper says is the right one leads; what it corrects follows."""
    for rival in rivals:
        o = rival.observation
        later = held(rival) > held(top)
        if later and (o.source != "sentence" or _CORRECTED.search(o.quote)):
            return rival, [top, *(m for m in rivals if m is not rival)]
    return top, rivals


def _first_told(top: Match, valued: Sequence[Match]) -> tuple[Source, ...]:
    """Where an earlier paper prints the very figure that a later one is cited for."""
    agreeing = [
        m
        for m in valued
        if held(m) < held(top)
        and m.observation.value == top.observation.value
        and _is_rival(m, top)
    ]
    return tuple(source_of(m) for m in sorted(agreeing, key=held)[:1])


def _is_turned(match: Match, query: Query) -> bool:
    """Whether a percentage is asked for of those who are not what its label says."""
    o = match.observation
    asked = o.unit == "percent" and query.unit == "percent" and o.source != "sentence"
    return asked and bool(_NOT.search(query.text)) and not _NOT_SO.search(o.measure)


def _turned(match: Match) -> Draft:
    worked = complement(match.observation)
    lead = (
        f"{whose(match.observation)} leaves {spoken(worked.result, 'percent')} ({worked.formula})."
    )
    return calculated(lead, worked, [match], [stated(match)])


def _complemented(match: Match) -> Draft:
    o = match.observation
    value = spoken(o.value or Decimal(0), o.unit)
    lead = f"{o.area}, {o.measure}, {when(o.period)}: {value} ({o.printed})."
    statement = Statement(lead, (source_of(match),), working=o.printed, labels=o.measure)
    figure = figure_of(match)
    worked = replace(figure, figure=replace(figure.figure, working=o.printed, basis="calculated"))
    return Draft(Outcome.ANSWERED, (statement,), match.score, figures=(worked,))


def _blank(ranked: list[Match], query: Query) -> Draft | None:
    """The honest sentence for a cell that is there and empty."""
    if not query.periods:
        return None
    exact = [m for m in ranked if m.time >= 0.85]
    if not exact:
        return None
    top = max(exact, key=lambda m: m.text)
    same = [m for m in exact if m.observation.locator == top.observation.locator]
    if any(m.observation.value is not None for m in same) or top.observation.value is not None:
        return None
    if any(m.observation.value is not None and m.text >= top.text - 0.03 for m in exact):
        return None
    return unreported(top)


def _other_dates(valued: list[Match], query: Query) -> Draft:
    asked = " or ".join(describe(p) for p in query.periods)
    lead = Statement(f"No figure for {asked} was found in the papers.")
    dated = [m for m in valued if m.observation.period and m.text >= CLOSE]
    asked_day = query.periods[-1].end.toordinal()
    dated.sort(key=lambda m: abs(day_of(m) - asked_day))
    near = [stated(m, "The nearest that they hold is: ") for m in dated[:1]]
    return Draft(Outcome.NOT_FOUND, (lead, *near), 0.45)


def _which_council(valued: list[Match], query: Query) -> Draft | None:
    """Several councils fit equally: each reading with its figure, to choose from.

    Where no date is asked for, that one's figure is older is no reason to choose the other.
    """
    best: dict[str | None, Match] = {}
    for match in valued:
        best.setdefault(match.meeting.council, match)
    top = valued[0]
    undated = not query.periods and not query.meetings
    of_anything = undated and set(query.words) <= _OF_ANY_BUDGET
    close = [
        m
        for m in best.values()
        if of_anything
        or m.score >= _NEAR * top.score
        or (undated and m.text >= min(CLOSE, _SAME_WORDS * top.text))
    ]
    if len(close) < 2:
        return None
    options = tuple(str(m.meeting.council) for m in close)
    lead = Statement("Which council do you mean? The papers of several councils have a figure:")
    readings = tuple(stated(m, f"{m.meeting.council}: ") for m in close)
    return Draft(Outcome.CLARIFY, (lead, *readings), valued[0].text, options=options)


def _siblings(a: Observation, b: Observation) -> bool:
    """Whether two cells are of different rows in one section: parts of a whole, say."""
    together = a.locator.paper == b.locator.paper and a.context == b.context
    return together and a.source == b.source == "table" and a.measure != b.measure


def _contradictions(valued: list[Match]) -> list[Match]:
    """The same measure and date printed with another value elsewhere: at most two."""
    top = valued[0]
    if top.observation.period is None:
        return []
    told: dict[object, Match] = {}
    for match in valued[1:]:
        o = match.observation
        if not (_is_rival(match, top) and o.value != top.observation.value):
            continue
        printed = {q.value for q in find_quantities(o.quote)} if o.source == "sentence" else set()
        if top.observation.value in printed and not _CORRECTED.search(o.quote):
            continue  # the sentence prints the figure found, beside another of its kind
        told.setdefault(o.value, match)
    return list(told.values())[:2]


def _is_rival(match: Match, top: Match) -> bool:
    o, first = match.observation, top.observation
    if o.locator == first.locator or o.period is None or first.period is None:
        return False
    if o.period.end != first.period.end or o.unit != first.unit or _siblings(o, first):
        return False
    if {o.period.kind, first.period.kind} & _LONG and o.period.kind is not first.period.kind:
        return False
    slack = 0.12 if o.source != first.source else 0.08
    same = alike(o, first) >= 0.5 or o.source != first.source or match.text > CLOSE
    return same and match.text >= top.text - slack


_LONG = {PeriodKind.QUARTER, PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.SPAN}


def _which_measure(valued: list[Match], query: Query) -> Draft | None:
    """Two measures fit the words alike: both, named, rather than a silent choice."""
    top = valued[0]
    rivals = [
        m
        for m in valued[1:]
        if m.text >= top.text - (0.04 if len(query.words) > 1 else 0.15)
        and m.time >= top.time - 0.02
        and m.observation.source == top.observation.source != "sentence"
        and m.observation.unit == top.observation.unit
        and m.observation.basis is Basis.ACTUAL
        and m.observation.locator.paper == top.observation.locator.paper
        and set(words(m.observation.measure)) != set(words(top.observation.measure))
    ]
    sure_of_it = top.text > 0.97 or (top.text > 0.93 and len(query.words) > 1)
    if sure_of_it:  # but "12 months after leaving" and "24 months after" are told apart by nothing
        rivals = [m for m in rivals if m.text >= top.text and _but_for_numbers(m, top)]
    if not rivals:
        return None
    chosen = distinct([top, *rivals])[:3]
    lead = Statement("More than one measure fits these words:")
    return Draft(
        Outcome.CLARIFY,
        (lead, *(stated(m) for m in chosen)),
        top.text,
        options=tuple(m.observation.measure for m in chosen),
    )


def _but_for_numbers(one: Match, other: Match) -> bool:
    """Whether two labels differ in their numbers only."""
    said = [re.findall(r"[a-z]+", m.observation.measure.lower()) for m in (one, other)]
    return said[0] == said[1]


def _same_paper(one: Match, other: Match) -> bool:
    return one.observation.locator.paper == other.observation.locator.paper


def _other_readings(valued: list[Match]) -> list[Match]:
    """Other dates' figures of the same measure, newest first: at most four."""
    top = valued[0]
    if top.observation.source == "table" and top.observation.period is not None:
        return []
    seen = {(top.observation.period, top.observation.value)}
    others = []
    for match in valued[1:]:
        key = (match.observation.period, match.observation.value)
        placed = match.observation.period or _same_paper(match, top)
        if match.text >= top.text - 0.12 and placed and key not in seen:
            seen.add(key)
            others.append(match)
    newest = sorted(others, key=day_of, reverse=True)
    return newest[:4]
