"""What is amiss with printed figures: told beside an answer that rests on them, and on asking."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import reduce

from assistant.answer import Outcome
from assistant.drafts import Draft, Statement
from assistant.figures.dating import time_fit
from assistant.figures.finder import DATED, SURE, Finder
from assistant.figures.findings import Findings
from assistant.figures.index import Match
from assistant.figures.telling import (
    calculated,
    distinct,
    figure_of,
    joined,
    labels_of,
    source_of,
    stated,
)
from assistant.question.cues import GIVEN
from assistant.question.understand import Query
from indicators.calculate import Calculation, share
from indicators.catalogue import indexed, words
from indicators.findings import Finding, Rule
from indicators.quantities import find_quantities, spoken
from ingest.model import Observation
from ingest.periods import find_periods

_FOUND = 0.6
_GIVEN_TELLS = 0.4
_NO_MATCH = "The papers’ figures do not match here"
_LEADS = {
    Rule.CORRECTED: "The papers correct a figure here",
    Rule.TARGET_MOVED: "The target has moved",
    Rule.NARRATIVE: "The words do not match the figures here",
    Rule.DEFINITION: "The definition has changed",
    Rule.LISTED: "The list is not as long as the text says",
    Rule.JUMP: "This figure stands far off its neighbours",
}
_OF_CHECKING = frozenset(
    words("add up right correct sum maths agree match consistent tally true says figures table")
)


class Amiss:
    """The findings of the checks, as answers and as words beside answers."""

    def __init__(self, finder: Finder, findings: Findings) -> None:
        self._finder = finder
        self._findings = findings

    def told_beside(self, draft: Draft) -> Draft:
        """The draft, and in a sentence whatever is amiss with a figure that it rests on."""
        used = {
            (source.locator.paper, source.locator.start, figure.figure.value)
            for figure in draft.figures
            for source in figure.sources
        }
        told = {statement.text for statement in draft.statements}
        at: dict[str, set[int]] = {}
        for paper, start, _ in used:
            at.setdefault(paper, set()).add(start)
        printed = [
            o
            for paper, starts in at.items()
            for o in self._finder.figures.printed_at(paper, starts)
            if _key(o) in used
        ]
        amiss = [
            self._amiss(finding)
            for finding in self._findings.on(printed)
            if finding.rule is not Rule.TARGET_MOVED and _is_news(finding, used)
        ]
        fresh = [found for found in amiss if found.statements[0].text not in told][:2]
        return reduce(joined, fresh, draft)

    def on_asking(self, query: Query) -> Draft | None:
        """What the checks found on the figures asked about, else a percentage worked out again."""
        return self._found(query) or self._worked(query)

    def _amiss(self, finding: Finding) -> Draft:
        """A finding in a sentence, with what its figures come to."""
        matches = [self._finder.match(o) for o in finding.observations]
        worked = worked_again(finding)
        told = f"{_LEADS.get(finding.rule, _NO_MATCH)}: {finding.sentence}"
        labels = labels_of(*matches)
        if worked is None:
            sources = tuple(source_of(m) for m in distinct(matches))
            return Draft(Outcome.ANSWERED, (Statement(told, sources, labels=labels),), 1.0)
        draft = calculated(f"{told} ({worked.formula})", worked, matches, [])
        lead = replace(draft.statements[0], labels=labels)
        return replace(draft, statements=(lead,), figures=draft.figures[:1])

    def _found(self, query: Query) -> Draft | None:
        """The finding whose words and figures the question names best."""
        best: tuple[float, Finding] | None = None
        asked = [w for w in query.words if w not in _OF_CHECKING]
        weights = {w: self._finder.figures.weight(w) for w in asked}
        for finding in self._findings.about(weights, query.councils or self._finder.councils):
            cover = self._cover(query, finding)
            if cover >= _FOUND and (best is None or cover > best[0]):
                best = (cover, finding)
        if best is None:
            return None
        cover, finding = best
        printed = distinct([self._finder.match(o, cover) for o in finding.observations])
        cells = Draft(
            Outcome.ANSWERED,
            tuple(stated(m) for m in printed),
            cover,
            figures=tuple(figure_of(m) for m in printed),
        )
        return replace(joined(self._amiss(finding), cells), confidence=cover)

    def _cover(self, query: Query, finding: Finding) -> float:
        """How much of a question a finding is about, 0 to 1: its words, and figures it quotes."""
        first = finding.observations[0]
        meeting = self._finder.figures.meeting(first)
        if not query.admits(meeting, self._finder.figures.kinds(first)):
            return 0.0
        dated = (*query.periods, *query.meetings)
        named = _given(query.text)
        quoted = named & {abs(o.value) for o in finding.observations if o.value is not None}
        near = max(time_fit(o, meeting, dated) for o in finding.observations)
        if near < (0.3 if quoted else DATED):
            return 0.0
        asked = [w for w in query.words if w not in _OF_CHECKING]
        whole = sum(self._finder.figures.weight(w) for w in asked) or 1.0
        said = indexed(" ".join(f"{o.measure} {o.context} {o.quote}" for o in finding.observations))
        held = sum(self._finder.figures.weight(w) for w in asked if w in said) / whole
        return held + _GIVEN_TELLS * len(quoted) if held >= 0.25 else 0.0

    def _worked(self, query: Query) -> Draft | None:
        """A count printed with its percentage, worked out again from the whole it is of."""
        for match in self._finder.ranked(query)[:6]:
            o = match.observation
            printed = [
                x
                for x in self._finder.figures.row(o)
                if x.period == o.period and x.printed == o.printed
            ]
            percent = next((x for x in printed if x.unit == "percent"), None)
            count = next((x for x in printed if x.unit == "count"), None)
            if match.text < SURE or percent is None or count is None:
                continue
            whole = self._whole(match, count)
            if whole is not None and count.value is not None:
                return _checked(replace(match, observation=count), percent, whole)
        return None

    def _whole(self, match: Match, part: Observation) -> Match | None:
        """The population that a count is part of: the same table's most general row."""
        label = set(words(part.measure))
        wholes = [
            o
            for o in self._finder.figures.column(part)
            if o.value is not None
            and (o.value or 0) > (part.value or 0)
            and set(words(o.measure)) < label
        ]
        if not wholes:
            return None
        return replace(match, observation=max(wholes, key=lambda o: o.value or 0))


def _checked(own: Match, percent: Observation, whole: Match) -> Draft:
    worked = share(own.observation, whole.observation)
    printed = percent.value or Decimal(0)
    agrees = abs(worked.result - printed) <= Decimal("0.5")
    verdict = (
        f"The printed percentage agrees with its figures: {worked.formula}."
        if agrees
        else f"The printed percentage does not match its own figures: {worked.formula}, "
        f"but the paper prints {spoken(printed, 'percent')}."
    )
    statements = [
        Statement(verdict, (source_of(own), source_of(whole)), worked.formula),
        stated(own),
        stated(whole),
    ]
    return calculated("", worked, [own, whole], statements)


def _is_news(finding: Finding, used: set[tuple[str, int, float]]) -> bool:
    """Whether a finding is about a figure used, and not all told already.

    Ages that changed matter where figures of both are set side by side.
    """
    told = [_key(o) in used for o in finding.observations]
    if finding.rule is Rule.DEFINITION:
        return all(told)
    return any(told) and not (finding.rule is Rule.TWO_VALUES and all(told))


def _given(text: str) -> set[Decimal]:
    """The figures that a question itself names, other than in its dates."""
    shown = text
    for mention in reversed(find_periods(text)):
        shown = shown[: mention.start] + " " + shown[mention.end :]
    given = {q.value for match in GIVEN.finditer(shown) for q in find_quantities(match.group())}
    return given | {q.value for q in find_quantities(re.sub(r"\b[1-4]\b", " ", shown))}


def worked_again(finding: Finding) -> Calculation | None:
    """The calculation that a finding rests on, from the printed figures."""
    cells = finding.observations
    unit = cells[0].unit
    match finding.rule:
        case Rule.PERCENTAGE:
            part, whole = finding.terms
            result = (part / whole * 100).quantize(Decimal("0.1"))
            formula = f"{part:f} ÷ {whole:f} × 100 = {spoken(result, 'percent')}"
            return Calculation(result, "percent", formula, cells)
        case Rule.BASELINE:
            now, moved, before = cells
            result = (before.value or Decimal(0)) + (moved.value or Decimal(0))
            added = " + ".join(spoken(o.value or Decimal(0), unit) for o in (before, moved))
            return Calculation(
                result, unit, f"{added} = {spoken(result, unit)}", (before, moved, now)
            )
        case Rule.OVER_HUNDRED | Rule.TOTAL:
            parts = cells if finding.rule is Rule.OVER_HUNDRED else cells[:-1]
            values = [o.value or Decimal(0) for o in parts]
            result = sum(values, Decimal(0))
            added = " + ".join(spoken(value, unit) for value in values)
            return Calculation(result, unit, f"{added} = {spoken(result, unit)}", parts)
        case _:
            return None


def _key(o: Observation) -> tuple[str, int, float]:
    return (o.locator.paper, o.locator.start, float(o.value or 0))
