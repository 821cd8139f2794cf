"""Answers from figures: found, calculated, and told in plain English with their working."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce

from assistant import cues
from assistant.answer import Outcome
from assistant.cues import Operation
from assistant.drafts import Draft, Statement
from assistant.figures import Figures, Match, period_fit, time_fit
from assistant.telling import (
    calculated,
    change,
    distinct,
    figure_of,
    gap,
    source_of,
    stated,
    unreported,
    verdict,
    when,
    whose,
)
from assistant.understand import Query
from indicators.calculate import (
    Calculation,
    NotComparable,
    average,
    complement,
    difference,
    highest,
    lowest,
    percent_change,
    ratio,
    share,
    total,
)
from indicators.catalogue import indexed, measure_of, measures, terms, words
from indicators.checks import Finding, Rule
from indicators.places import is_region
from indicators.quantities import find_quantities, spoken
from ingest.identity import area_of
from ingest.model import Basis, Observation
from ingest.periods import describe

_SURE = 0.62
_SURE_SENTENCE = 0.66
_NEAR = 0.9
_CLOSE = 0.8
_FOUND = 0.6
_DATED = 0.6
_TOTAL_ROW = re.compile(r"\W*(?:total|all|average|overall)\b", re.IGNORECASE)
_FROM_TO = re.compile(r"\bfrom\b.{1,40}?\bto\b", re.IGNORECASE)


class FigureAnswers:
    """Answers figure questions over the observations held."""

    def __init__(
        self, figures: Figures, councils: Sequence[str], findings: Sequence[Finding]
    ) -> None:
        self._figures = figures
        self._councils = tuple(councils)
        self._findings = tuple(findings)

    def answer(self, query: Query) -> Draft | None:
        """A draft, or None when no figure fits the question."""
        try:
            draft = self._answered(query)
            return draft and self._with_findings(draft)
        except NotComparable as refusal:
            return Draft(Outcome.NOT_FOUND, (Statement(str(refusal)),), 0.5)

    def _answered(self, query: Query) -> Draft | None:
        operation = query.operation
        if len(query.councils) > 1 and operation in (
            Operation.DIFFERENCE,
            Operation.HIGHEST,
            Operation.LOWEST,
            Operation.VALUE,
        ):
            return self._across_councils(query)
        if query.areas and operation is Operation.AGAINST_AREA:
            return self._against_area(query)
        if operation is Operation.AGAINST_TARGET:
            return self._against_target(query)
        if operation in (Operation.DIFFERENCE, Operation.PERCENT_CHANGE):
            changed = self._change(query)
            single = len(query.periods) < 2 and query.unit == "gbp"
            return self._value(query) if changed is None and single else changed
        if operation in (Operation.HIGHEST, Operation.LOWEST):
            return self._extreme(query)
        if operation is Operation.RATIO:
            return self._ratio(query)
        if operation is Operation.SHARE:
            return self._share(query) or self._value(query)
        if operation in (Operation.TOTAL, Operation.AVERAGE):
            return self._over_series(query) or self._value(query, sure=_CLOSE)
        if operation is Operation.TREND:
            return self._trend(query) or self._value(query)
        if operation is Operation.CHECK:
            return self._found_amiss(query) or self._check(query) or self._value(query)
        return self._value(query)

    # -- finding ---------------------------------------------------------------------------

    def _best(self, query: Query, **limits: object) -> Match | None:
        """The best match over the councils in question, if it is sure enough."""
        ranked = self._ranked(query, **limits)
        return ranked[0] if ranked and _sure(ranked[0]) else None

    def _ranked(self, query: Query, **limits: object) -> list[Match]:
        area = limits.pop("area", None)
        found: list[Match] = []
        for council in query.councils or self._councils:
            found += self._figures.find(
                query,
                council=council,
                area=str(area or area_of(council)),
                **limits,  # type: ignore[arg-type]
            )
        return sorted(found, key=lambda m: (-round(m.score, 2), -_held(m)))

    # -- one figure ------------------------------------------------------------------------

    def _value(self, query: Query, sure: float = _SURE) -> Draft | None:
        area = query.areas[0] if query.areas else None
        ranked = [m for m in self._ranked(query, area=area) if _sure(m, sure)]
        if not area and (not ranked or (query.periods and ranked[0].time < _DATED)):
            whole = self._by_complement(query)
            if whole is not None and (not query.periods or whole.time >= _DATED):
                return self._complemented(whole)
        if not ranked:
            return None
        blank = self._blank(ranked, query)
        if blank is not None:
            return blank
        valued = [m for m in ranked if m.observation.value is not None]
        if not valued:
            return unreported(ranked[0])
        if query.periods and valued[0].time < _DATED:
            return self._other_dates(valued, query)
        if not query.councils and (choice := self._which_council(valued)):
            return choice
        if query.periods and (choice := _which_measure(valued, query)):
            return choice
        return self._told(valued, query)

    def _blank(self, ranked: list[Match], query: Query) -> Draft | None:
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

    def _other_dates(self, valued: list[Match], query: Query) -> Draft:
        asked = " or ".join(describe(p) for p in query.periods)
        lead = Statement(f"No figure for {asked} was found in the papers.")
        dated = [m for m in valued if m.observation.period and m.text >= _CLOSE]
        asked_day = query.periods[-1].end.toordinal()
        dated.sort(key=lambda m: abs(_day_of(m) - asked_day))
        near = [stated(m, "The nearest that they hold is: ") for m in dated[:1]]
        return Draft(Outcome.NOT_FOUND, (lead, *near), 0.45)

    def _which_council(self, valued: list[Match]) -> Draft | None:
        """Several councils fit equally: each reading with its figure, to choose from."""
        best: dict[str | None, Match] = {}
        for match in valued:
            best.setdefault(match.meeting.council, match)
        close = [m for m in best.values() if m.score >= _NEAR * valued[0].score]
        if len(close) < 2:
            return None
        options = tuple(str(m.meeting.council) for m in close)
        lead = Statement("Which council do you mean? The papers of several councils have a figure:")
        readings = tuple(stated(m, f"{m.meeting.council}: ") for m in close)
        return Draft(Outcome.CLARIFY, (lead, *readings), valued[0].text, options=options)

    def _told(self, valued: list[Match], query: Query) -> Draft:
        top = valued[0]
        rivals = _contradictions(valued)
        told = "The papers also print another figure for this date: "
        statements = [stated(top), *(stated(m, told) for m in rivals)]
        if not query.periods and not query.latest:
            statements += [stated(m, "Also reported: ") for m in _other_readings(valued)]
        return Draft(
            Outcome.ANSWERED,
            tuple(statements),
            top.score,
            figures=tuple(map(figure_of, (top, *rivals))),
        )

    # -- two figures -----------------------------------------------------------------------

    def _across_councils(self, query: Query) -> Draft | None:
        picked = []
        for council in query.councils:
            match = self._best(replace(query, councils=(council,)))
            if match is None or (query.periods and match.time < _DATED):
                match = self._by_complement(replace(query, councils=(council,)))
            if match is None or (query.periods and match.time < _DATED):
                return None
            picked.append(match)
        statements = [stated(m) for m in picked]
        if len(picked) == 2 and query.operation is not Operation.VALUE:
            high, low = sorted(picked, key=lambda m: -(m.observation.value or 0))
            worked = difference(high.observation, low.observation)
            lead = (
                f"{area_of(high.meeting.council)} has the higher figure, by "
                f"{spoken(worked.result, worked.unit)} ({worked.formula})."
            )
            return calculated(lead, worked, picked, statements)
        return Draft(Outcome.ANSWERED, tuple(statements), picked[0].score)

    def _by_complement(self, query: Query) -> Match | None:
        """The figure worked out from its complement: 100% less "fewer than 3 placements"."""
        wanted = measure_of(w for w in query.words if not (w in terms() and terms()[w].population))
        if wanted is None or wanted.complement is None:
            return None
        other = next((m for m in measures() if m.id == wanted.complement), None)
        if other is None:
            return None
        swapped = tuple(w for w in query.words if w not in wanted.all) + tuple(other.all)
        match = self._best(replace(query, words=swapped))
        if match is None or match.observation.unit != "percent":
            return None
        worked = complement(match.observation)
        o = replace(
            match.observation, value=worked.result, measure=wanted.name, printed=worked.formula
        )
        return replace(match, observation=o)

    def _complemented(self, match: Match) -> Draft:
        o = match.observation
        value = spoken(o.value or Decimal(0), o.unit)
        lead = f"{o.area}, {o.measure}, {when(o.period)}: {value} ({o.printed})."
        statement = Statement(lead, (source_of(match),), working=o.printed, labels=o.measure)
        figure = figure_of(match)
        worked = replace(
            figure, figure=replace(figure.figure, working=o.printed, basis="calculated")
        )
        return Draft(Outcome.ANSWERED, (statement,), match.score, figures=(worked,))

    def _against_area(self, query: Query) -> Draft | None:
        own = self._best(replace(query, periods=query.periods[:1] or query.periods))
        if len(query.periods) > 1:  # the comparator's year stands beside the own date
            dated = [self._best(replace(query, periods=(p,))) for p in query.periods]
            own = max(
                (m for m in dated if m), key=lambda m: (m.time >= 0.85, _day_of(m)), default=own
            )
        if own is None or own.observation.value is None:
            return None
        statements = [stated(own)]
        for area in query.areas:
            other = self._comparator(own, area, query)
            if other is None or other.observation.value is None:
                text = f"The papers give no figure of {area} for this measure."
                statements.append(Statement(text))
                continue
            worked = difference(own.observation, other.observation)
            statements.append(stated(other))
            statements.insert(0, gap(own, other, worked, area))
            draft = calculated("", worked, [own, other], statements)
            beside = self._beside_target(own, query)
            return draft if beside is None else _joined(draft, beside)
        return Draft(Outcome.NOT_FOUND, tuple(statements), own.score)

    def _beside_target(self, own: Match, query: Query) -> Draft | None:
        """The target too, where a question about a comparator asks for it in the same breath."""
        goal = self._target(own, query) if cues.TARGET.search(query.text) else None
        if goal is None or goal.observation.value is None:
            return None
        worked = difference(own.observation, goal.observation)
        return calculated("", worked, [own, goal], [verdict(own, goal, worked), stated(goal)])

    def _comparator(self, own: Match, area: str, query: Query) -> Match | None:
        """The same measure's figure for another area: in the same row or block, else the best."""
        near = [
            o
            for o in self._figures.row(own.observation)
            if o.unit == own.observation.unit
            and (o.area == area or (area == "the region" and is_region(o.area)))
        ]
        if near:
            return replace(own, observation=near[0])
        found = self._ranked(query, area=area, periods=())
        sibling = [m for m in found if m.observation.context == own.observation.context]
        pool = [
            m
            for m in (sibling or found)
            if m.text >= _SURE and m.observation.unit == own.observation.unit
        ]
        return pool[0] if pool else None

    def _against_target(self, query: Query) -> Draft | None:
        asked = tuple(
            w for w in query.words if w not in words("target meet met hit beat manage achieve")
        )
        query = replace(query, words=asked or query.words)
        only = re.search(r"\bwhat(?:'s| is| was| are)?\b[^?]{0,60}\btargets?\b", query.text, re.I)
        own = self._best(query)
        if own is None:
            return None
        goal = self._target(own, query)
        if goal is None or goal.observation.value is None:
            if not only:
                return None
            text = f"The papers list “{own.observation.measure}” but give no target for it."
            return Draft(Outcome.NOT_FOUND, (Statement(text, (source_of(own),)),), own.text)
        if only or own.observation.value is None:
            return Draft(
                Outcome.ANSWERED, (stated(goal),), goal.text,
                figures=(figure_of(goal),),
            )  # fmt: skip
        worked = difference(own.observation, goal.observation)
        statements = [
            verdict(own, goal, worked),
            stated(own),
            stated(goal),
        ]
        return calculated("", worked, [own, goal], statements)

    def _target(self, own: Match, query: Query) -> Match | None:
        near = [
            o
            for o in self._figures.row(own.observation)
            if o.basis is Basis.TARGET and (o.unit == own.observation.unit or o.value is None)
        ]
        if near:
            return replace(own, observation=near[0])
        if own.observation.source == "table":
            return None
        found = [
            m
            for m in self._ranked(query, basis=Basis.TARGET, periods=())
            if m.observation.locator.paper == own.observation.locator.paper
            and m.observation.unit == own.observation.unit
            and m.text >= _SURE
        ]
        return found[0] if found else None

    def _change(self, query: Query) -> Draft | None:
        if query.operation is Operation.PERCENT_CHANGE:
            query = replace(query, unit=None)
        pair = self._two_dates(query) if len(query.periods) >= 2 else self._from_to(query)
        if pair is None:
            return None
        later, earlier = pair
        if query.operation is Operation.PERCENT_CHANGE:
            worked = percent_change(later.observation, earlier.observation)
        else:
            worked = difference(later.observation, earlier.observation)
        statements = [change(later, earlier, worked)]
        statements += [stated(m) for m in distinct([later, earlier])]
        return calculated("", worked, [later, earlier], statements)

    def _two_dates(self, query: Query) -> tuple[Match, Match] | None:
        first, last = min(query.periods), max(query.periods)
        before = [m for m in self._ranked(query, periods=(first,)) if _usable(m)][:40]
        after = [m for m in self._ranked(query, periods=(last,)) if _usable(m)][:40]
        best: tuple[float, Match, Match] | None = None
        for a in after:
            for b in before:
                if a.observation.unit != b.observation.unit or a.observation is b.observation:
                    continue
                kin = 0.25 * (a.observation.locator == b.observation.locator)
                kin += 0.1 * (a.observation.measure == b.observation.measure)
                kin += 0.1 * _alike(a.observation, b.observation)
                score = a.score + b.score + kin
                if best is None or score > best[0]:
                    best = (score, a, b)
        return (best[1], best[2]) if best else None

    def _from_to(self, query: Query) -> tuple[Match, Match] | None:
        """Two figures of one sentence or row: "decreased from 624 to 602"."""
        for match in self._ranked(query)[:12]:
            o = match.observation
            if match.text < _SURE or o.value is None or (query.periods and match.time < 0.3):
                continue
            mates = [
                x
                for x in self._figures.row(o)
                if x.unit == o.unit
                and x.value is not None
                and x.basis is o.basis
                and x.area == o.area
            ]
            if o.source == "sentence" and len(mates) >= 2 and _FROM_TO.search(o.quote):
                return replace(match, observation=mates[1]), replace(match, observation=mates[0])
            if o.source == "sentence" and len(mates) == 2:
                dated = sorted(
                    mates, key=lambda x: (x.period is not None, x.period and x.period.end)
                )
                return replace(match, observation=dated[1]), replace(match, observation=dated[0])
            series = sorted((x for x in mates if x.period), key=lambda x: x.period.end)  # type: ignore[union-attr]
            if o.source != "sentence" and len(series) >= 2:
                return replace(match, observation=series[-1]), replace(match, observation=series[0])
        return None

    # -- series ----------------------------------------------------------------------------

    def _series(self, query: Query) -> tuple[Match, list[Observation]] | None:
        """The row over time of the measure: of those that fit best, the one with most dates."""
        rows: dict[tuple[object, ...], tuple[Match, list[Observation]]] = {}
        ranked = self._ranked(query, periods=())
        for match in ranked:
            o = match.observation
            if match.text < max(_SURE, ranked[0].text - 0.06) or o.source == "sentence":
                continue
            key = (o.locator.paper, o.locator.start)
            if key not in rows:
                rows[key] = (match, self._dated(o, query))
        fitting = [(m, row) for m, row in rows.values() if len({o.period for o in row}) >= 2]
        if not fitting:
            return None
        return max(fitting, key=lambda pair: (len(pair[1]), pair[0].score, _day_of(pair[0])))

    def _dated(self, of: Observation, query: Query) -> list[Observation]:
        """The figures of one row over time, within the periods asked for, oldest first."""
        row = [
            x
            for x in self._figures.row(of)
            if x.value is not None
            and x.period
            and x.unit == of.unit
            and x.basis is Basis.ACTUAL
            and x.area == of.area
        ]
        if len(query.periods) == 1:
            row = [x for x in row if x.period and query.periods[0].contains(x.period)]
        elif query.periods:
            row = [
                x
                for x in row
                if any(x.period and period_fit(x.period, p) >= 0.6 for p in query.periods)
            ]
        return sorted(row, key=lambda x: x.period.end.toordinal() if x.period else 0)

    def _extreme(self, query: Query) -> Draft | None:
        pick = highest if query.operation is Operation.HIGHEST else lowest
        when = re.search(
            r"\b(?:which|what|when)\b[^?]{0,20}\b(?:month|year|quarter|date|time)\b|\bwhen\b",
            query.text,
            re.I,
        )
        along = self._series(query)
        asked = tuple(
            w
            for w in query.words
            if w
            not in words(
                "type kind biggest highest lowest largest most fewest smallest best worst top peak"
            )
        )
        query = replace(query, words=asked or query.words)
        if along is None or not when:
            down = self._down_column(query)
            if down is not None and (along is None or not when):
                match, column = down
                return self._extremes(match, pick(column), query, by_label=True)
        if along is None:
            along = self._series(query)
        if along is None:
            return None
        match, series = along
        return self._extremes(match, pick(series), query, by_label=False, among=series)

    def _down_column(self, query: Query) -> tuple[Match, list[Observation]] | None:
        for match in self._ranked(query)[:12]:
            o = match.observation
            if o.source != "table" or match.text < 0.45 or o.value is None:
                continue
            column = [
                x
                for x in self._figures.column(o)
                if x.value is not None and not _TOTAL_ROW.match(x.measure)
            ]
            if len(column) >= 3 and _is_of(query, o):
                return match, column
        return None

    def _extremes(
        self,
        match: Match,
        tops: Sequence[Observation],
        query: Query,
        *,
        by_label: bool,
        among: Sequence[Observation] = (),
    ) -> Draft:
        word = query.operation.value
        matches = [replace(match, observation=o) for o in tops]
        first = tops[0]
        value = spoken(first.value or Decimal(0), first.unit)
        if by_label:
            names = " and ".join(o.measure for o in tops)
            lead = f"The {word} is {names}, at {value}."
        else:
            dates = " and ".join(when(o.period) for o in tops)
            span = f"{when(among[0].period)} to {when(among[-1].period)}"
            lead = f"The {word} was {value}, in {dates} ({first.area}: {first.measure}; of {span})."
        return Draft(
            Outcome.ANSWERED,
            (Statement(lead, tuple(source_of(m) for m in distinct(matches))),),
            match.text,
            figures=tuple(figure_of(m) for m in matches[:1]),
        )

    def _over_series(self, query: Query) -> Draft | None:
        along = self._series(query)
        if along is None:
            return None
        match, series = along
        worked = (total if query.operation is Operation.TOTAL else average)(series)
        result = spoken(worked.result, worked.unit)
        first, last = series[0], series[-1]
        lead = (
            f"{whose(first)}, {query.operation.value} of {when(first.period)} to "
            f"{when(last.period)}: {result} ({worked.formula})."
        )
        parts = [replace(match, observation=o) for o in (first, last)]
        return calculated(lead, worked, parts, [])

    def _trend(self, query: Query) -> Draft | None:
        along = self._series(query)
        if along is None:
            return None
        match, series = along
        first, last = series[0], series[-1]
        worked = difference(last, first)
        later, earlier = replace(match, observation=last), replace(match, observation=first)
        points = "; ".join(
            f"{when(o.period)}: {spoken(o.value or Decimal(0), o.unit)}" for o in series
        )
        statements = [
            change(later, earlier, worked),
            Statement(f"In full: {points}.", (source_of(later),)),
        ]
        return calculated("", worked, [later, earlier], statements)

    # -- parts of a whole ------------------------------------------------------------------

    def _share(self, query: Query) -> Draft | None:
        """A share that the papers give in two counts: "10 out of the 19 children"."""
        for match in self._ranked(replace(query, unit="count"))[:10]:
            o = match.observation
            found = re.search(
                r"\b(\w+)\s+(?:out\s+)?of\s+(?:the\s+)?(\w+)\b", o.quote, re.IGNORECASE
            )
            if match.text < 0.5 or not found:
                continue
            parts = [q for piece in found.groups() for q in find_quantities(piece, worded=True)][:2]
            if len(parts) == 2 and parts[0].value <= parts[1].value:
                part = replace(o, value=parts[0].value, unit="count")
                whole = replace(o, value=parts[1].value, unit="count")
                worked = share(part, whole)
                lead = Statement(
                    f"{spoken(worked.result, 'percent')} ({worked.formula}).",
                    (source_of(match),),
                    worked.formula,
                )
                return calculated("", worked, [match], [lead, stated(match)])
        return None

    def _ratio(self, query: Query) -> Draft | None:
        halves = re.split(
            r"\b(?:for each|for every|per)\b", query.text, maxsplit=1, flags=re.IGNORECASE
        )
        if len(halves) < 2:
            return None
        picked = []
        for half in halves:
            asked = tuple(w for w in query.words if w in words(half))
            match = self._best(replace(query, words=asked)) if asked else None
            if match is None:
                return None
            picked.append(match)
        worked = ratio(picked[0].observation, picked[1].observation)
        lead = Statement(
            f"{spoken(worked.result, 'ratio')} on average ({worked.formula}).",
            tuple(source_of(m) for m in picked),
            worked.formula,
        )
        return calculated("", worked, picked, [lead, *(stated(m) for m in picked)])

    # -- does it add up? -------------------------------------------------------------------

    def _with_findings(self, draft: Draft) -> Draft:
        """The draft, and in a sentence whatever is amiss with a figure that it rests on."""
        used = {
            (source.locator.paper, source.locator.start, figure.figure.value)
            for figure in draft.figures
            for source in figure.sources
        }
        told = {statement.text for statement in draft.statements}
        amiss = [
            self._amiss(finding)
            for finding in self._findings
            if finding.rule is not Rule.TWO_VALUES
            and any(_key(o) in used for o in finding.observations)
        ]
        fresh = [found for found in amiss if found.statements[0].text not in told][:2]
        return reduce(_joined, fresh, draft)

    def _amiss(self, finding: Finding) -> Draft:
        """A finding in a sentence, with what its figures come to."""
        matches = [Match(o, self._figures.meeting(o), 1.0, 1.0) for o in finding.observations]
        worked = _worked_again(finding)
        told = f"The papers’ figures do not match here: {finding.sentence}"
        labels = " ".join(o.measure for o in finding.observations)
        if worked is None:
            sources = tuple(source_of(m) for m in distinct(matches))
            return Draft(Outcome.ANSWERED, (Statement(told, sources, labels=labels),), 1.0)
        draft = calculated(f"{told} ({worked.formula})", worked, matches, [])
        lead = replace(draft.statements[0], labels=labels)
        return replace(draft, statements=(lead,), figures=draft.figures[:1])

    def _found_amiss(self, query: Query) -> Draft | None:
        """What the checks found on the figures asked about, where they don't agree."""
        best: tuple[float, Finding] | None = None
        whole = sum(self._figures.weight(w) for w in query.words) or 1.0
        for finding in self._findings:
            first = finding.observations[0]
            meeting = self._figures.meeting(first)
            dated = (*query.periods, *query.meetings)
            near = [time_fit(o, meeting, dated) for o in finding.observations]
            if not query.admits(meeting) or max(near) < _DATED:
                continue
            said = indexed(
                " ".join(f"{o.measure} {o.context} {o.quote}" for o in finding.observations)
            )
            cover = sum(self._figures.weight(w) for w in query.words if w in said) / whole
            if cover >= _FOUND and (best is None or cover > best[0]):
                best = (cover, finding)
        if best is None:
            return None
        cover, finding = best
        matches = [Match(o, self._figures.meeting(o), cover, 1.0) for o in finding.observations]
        printed = distinct(matches)
        cells = Draft(
            Outcome.ANSWERED,
            tuple(stated(m) for m in printed),
            cover,
            figures=tuple(figure_of(m) for m in printed),
        )
        return replace(_joined(self._amiss(finding), cells), confidence=cover)

    def _check(self, query: Query) -> Draft | None:
        """A count printed with its percentage, worked out again from the whole it is of."""
        for match in self._ranked(query)[:6]:
            o = match.observation
            printed = [
                x for x in self._figures.row(o) if x.period == o.period and x.printed == o.printed
            ]
            percent = next((x for x in printed if x.unit == "percent"), None)
            count = next((x for x in printed if x.unit == "count"), None)
            if match.text < _SURE or percent is None or count is None:
                continue
            whole = self._whole(match, count)
            if whole is None:
                continue
            worked = share(count, whole.observation)
            agrees = abs(worked.result - (percent.value or 0)) <= Decimal("0.5")
            verdict = (
                f"The printed percentage agrees with its figures: {worked.formula}."
                if agrees
                else f"The printed percentage does not match its own figures: {worked.formula}, "
                f"but the paper prints {spoken(percent.value or Decimal(0), 'percent')}."
            )
            own = replace(match, observation=count)
            statements = [
                Statement(verdict, (source_of(own), source_of(whole)), worked.formula),
                stated(own),
                stated(whole),
            ]
            return calculated("", worked, [own, whole], statements)
        return None

    def _whole(self, match: Match, part: Observation) -> Match | None:
        """The population that a count is part of: the same table's most general row."""
        label = set(words(part.measure))
        wholes = [
            o
            for o in self._figures.column(part)
            if o.value is not None
            and (o.value or 0) > (part.value or 0)
            and set(words(o.measure)) < label
        ]
        if not wholes:
            return None
        return replace(match, observation=max(wholes, key=lambda o: o.value or 0))


def _joined(draft: Draft, other: Draft) -> Draft:
    """One draft of two on the same figure, which is told once."""
    figures = dict.fromkeys((*draft.figures, *other.figures))
    return replace(draft, statements=(*draft.statements, *other.statements), figures=tuple(figures))


def _day_of(match: Match) -> int:
    period = match.observation.period
    return period.end.toordinal() if period else 0


def _held(match: Match) -> int:
    """When the meeting was: of figures that fit alike the later paper's stands first."""
    return match.meeting.held.toordinal() if match.meeting.held else 0


def _sure(match: Match, least: float = _SURE) -> bool:
    """Whether a match fits the question's words well enough.

    A sentence must fit better than a table's label; a sum of money is seldom mistaken.
    """
    o = match.observation
    spoken_count = o.source == "sentence" and o.unit != "gbp"
    return match.text >= max(least, _SURE_SENTENCE if spoken_count else 0)


def _worked_again(finding: Finding) -> Calculation | None:
    """The calculation that a finding rests on, from the printed figures."""
    cells = finding.observations
    unit = cells[0].unit
    match finding.rule:
        case Rule.PERCENTAGE:
            part, whole = (o.value or Decimal(0) for o in cells if o.unit != "percent")
            result = (part / whole * 100).quantize(Decimal("0.1"))
            formula = f"{part:f} ÷ {whole:f} × 100 = {spoken(result, 'percent')}"
            return Calculation(result, "percent", formula, cells)
        case Rule.OVER_HUNDRED | Rule.TOTAL:
            parts = cells if finding.rule is Rule.OVER_HUNDRED else cells[:-1]
            values = [o.value or Decimal(0) for o in parts]
            result = sum(values, Decimal(0))
            added = " + ".join(spoken(value, unit) for value in values)
            return Calculation(result, unit, f"{added} = {spoken(result, unit)}", parts)
        case Rule.TWO_VALUES:
            return None


def _key(o: Observation) -> tuple[str, int, float]:
    return (o.locator.paper, o.locator.start, float(o.value or 0))


def _usable(match: Match) -> bool:
    o = match.observation
    return _sure(match) and match.time >= _DATED and o.value is not None and o.period is not None


def _alike(a: Observation, b: Observation) -> float:
    one, two = set(words(a.measure)), set(words(b.measure))
    return len(one & two) / max(1, len(one | two))


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
        apart = o.locator != top.observation.locator
        same = apart and o.period is not None and o.period.end == top.observation.period.end
        kind = o.unit == top.observation.unit and match.text >= top.text - 0.08
        alike = (
            _alike(o, top.observation) >= 0.5
            or o.source != top.observation.source
            or match.text > _CLOSE
        )
        if (
            same
            and kind
            and alike
            and not _siblings(o, top.observation)
            and o.value != top.observation.value
        ):
            told.setdefault(o.value, match)
    return list(told.values())[:2]


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
        and m.observation.locator.paper == top.observation.locator.paper
        and set(words(m.observation.measure)) != set(words(top.observation.measure))
    ]
    if not rivals or top.text > 0.97 or (top.text > 0.93 and len(query.words) > 1):
        return None
    chosen = [top, *rivals][:3]
    lead = Statement("More than one measure fits these words:")
    return Draft(
        Outcome.CLARIFY,
        (lead, *(stated(m) for m in chosen)),
        top.text,
        options=tuple(m.observation.measure for m in chosen),
    )


_WHICH = re.compile(
    r"\b(?:which|what)\s+([\w\s]{3,40}?)\s+(?:had|has|have|is|was|were|did|do|does|in)\b",
    re.IGNORECASE,
)


def _is_of(query: Query, o: Observation) -> bool:
    """Whether a table is of the kind of thing asked after: "which type of placement"."""
    found = _WHICH.search(query.text)
    asked = {w[:5] for w in words(found[1])} if found else set()
    return not asked or bool(asked & {w[:5] for w in indexed(f"{o.context} {o.measure}")})


def _other_readings(valued: list[Match]) -> list[Match]:
    """Other dates' figures of the same measure, newest first: at most four."""
    top = valued[0]
    if top.observation.source == "table":
        return []
    seen = {(top.observation.period, top.observation.value)}
    others = []
    for match in valued[1:]:
        key = (match.observation.period, match.observation.value)
        if match.text >= top.text - 0.12 and match.observation.period and key not in seen:
            seen.add(key)
            others.append(match)
    newest = sorted(others, key=lambda m: m.observation.period.end, reverse=True)  # type: ignore[union-attr]
    return newest[:4]
