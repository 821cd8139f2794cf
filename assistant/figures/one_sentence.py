"""Answers worked out from the two figures of one sentence: "27.9%, up from 24.6%"."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.answer import Outcome
from assistant.drafts import Draft, Statement
from assistant.figures.finder import DATED, Finder, day_of, is_added, of_one_thing, sure
from assistant.figures.index import Match
from assistant.figures.telling import calculated, change, figure_of, labels_of, source_of, stated
from assistant.figures.two_figures import YEAR_EARLIER
from assistant.question.cues import Operation
from assistant.question.understand import Query
from indicators.calculate import Calculation, NotComparable, difference, percent_change, ratio
from indicators.findings import CHANGE
from indicators.quantities import spoken
from indicators.sentences.flags import CAME_FROM, PART
from ingest.model import Observation

_TRIED = 12
_BEHIND = 0.1  # the best sentence and those as good
_SET_AGAINST = re.compile(
    r"\b(?:from|than|against|compared (?:to|with)|while|whereas|instead of)\b", re.IGNORECASE
)
_MONEY = re.compile(
    r"£|\b(?:cost|pric|fee|pay|paid|spen|budget|money|fund|allowance|expens|cheap|dear|over ?spen|"
    r"pound|grant|saving|deficit)\w*",
    re.IGNORECASE,
)
_UP = re.compile(r"\b(?:ris\w+|rose|increas\w+|gr[eo]w\w*|up|higher|more)\b", re.IGNORECASE)
_DOWN = re.compile(
    r"\b(?:f[ae]ll\w*|decreas\w+|reduc\w+|drop\w*|down|lower|fewer|less|declin\w+)\b", re.IGNORECASE
)
_UNIT = {Operation.PERCENT_CHANGE: "percent"}
_WORK: dict[Operation, Callable[[Observation, Observation], Calculation]] = {
    Operation.DIFFERENCE: difference,
    Operation.PERCENT_CHANGE: percent_change,
}


class OneSentence:
    """Answers from a sentence that sets two figures of one kind beside each other."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def changed(self, query: Query) -> Draft | None:
        """The difference or the change between the two, the later or own one less the other."""
        work = _WORK.get(query.operation)
        unit = "percent" if query.unit == "percent" and work is difference else None
        counted = None if query.unit == "percent" else query.unit
        for match, pair in self._pairs(query, unit or counted) if work else ():
            if match.observation.unit == "gbp" and not _MONEY.search(query.text):
                continue
            later, earlier = in_order(pair)
            one = of_one_thing(later.observation, earlier.observation)
            if YEAR_EARLIER.search(query.text) and not one:
                continue
            try:
                worked = work(later.observation, earlier.observation)  # type: ignore[misc]
            except NotComparable:
                continue
            told = (change(later, earlier, worked), stated(match))
            return calculated("", worked, pair, told)
        return None

    def printed(self, query: Query) -> Draft | None:
        """The change as a sentence prints it: "a rise of 103 since August"."""
        asked = replace(
            query, operation=Operation.VALUE, unit=query.unit or _UNIT.get(query.operation)
        )
        ranked = self._finder.ranked(asked)
        for match in ranked[:_TRIED]:
            o = match.observation
            if match.text < ranked[0].text - _BEHIND or not sure(match):
                return None
            told = o.source == "sentence" and CHANGE in o.flags and _spans(o, query)
            if told and not _turned(query.text, o.measure):
                return Draft(
                    Outcome.ANSWERED, (stated(match),), match.text, figures=(figure_of(match),)
                )
        return None

    def ratio(self, query: Query) -> Draft | None:
        """How many times the smaller goes into the larger."""
        for match, pair in self._pairs(query, None):
            high, low = sorted(pair, key=lambda m: -(m.observation.value or 0))
            try:
                worked = ratio(high.observation, low.observation)
            except NotComparable:
                continue
            text = f"{spoken(worked.result, 'ratio')} times ({worked.formula})."
            lead = Statement(text, (source_of(match),), worked.formula, labels_of(high, low))
            return calculated("", worked, (high, low), (lead, stated(match)))
        return None

    def _pairs(self, query: Query, unit: str | None) -> Iterator[tuple[Match, list[Match]]]:
        """Sentences that fit, best first, each with its two figures."""
        asked = replace(query, operation=Operation.VALUE, unit=unit)
        ranked = sorted(self._finder.ranked(asked)[:_TRIED], key=lambda m: -m.text)
        for match in ranked:
            if match.text < ranked[0].text - _BEHIND or not sure(match):
                return
            if match.observation.source != "sentence":
                continue
            pair = two_beside(self._finder, match)
            if pair and _dated(query, pair):
                yield match, pair


def two_beside(finder: Finder, match: Match) -> list[Match]:
    """The two figures of a match's sentence that are of its unit and area; [] of others."""
    own = match.observation
    found = {
        o.value: o
        for o in finder.figures.row(own)
        if (o.unit, o.area, o.basis, o.quote) == (own.unit, own.area, own.basis, own.quote)
        and o.value is not None
        and not {CHANGE, PART} & set(o.flags)
    }
    alike = [replace(match, observation=o) for o in found.values()]
    level = not any(map(is_added, found.values()))
    return alike if len(alike) == 2 and own.value in found and level else []


def _spans(o: Observation, query: Query) -> bool:
    """Whether a change may be of the time asked for: it says no other, or holds all of it."""
    return o.period is None or all(o.period.contains(p) for p in query.periods)


def _turned(asked: str, told: str) -> bool:
    """Whether one text speaks of a rise and the other of a fall."""
    ways = [(bool(_UP.search(text)), bool(_DOWN.search(text))) for text in (asked, told)]
    return ways[0] != ways[1] and all(up != down for up, down in ways)


def _dated(query: Query, pair: Sequence[Match]) -> bool:
    """Whether one of the figures, at least, is of a time asked for."""
    return not query.periods or any(m.time >= DATED for m in pair)


def in_order(pair: Sequence[Match]) -> tuple[Match, Match]:
    """(later or own figure, the one that it is set against)."""
    first, second = sorted(pair, key=lambda m: m.observation.quote.find(m.observation.printed))
    if CAME_FROM in first.observation.flags:
        return second, first
    between = _between(first.observation, second.observation)
    if CAME_FROM in second.observation.flags or _SET_AGAINST.search(between):
        return first, second
    if day_of(first) and day_of(second) and day_of(first) != day_of(second):
        return (first, second) if day_of(first) > day_of(second) else (second, first)
    return first, second


def _between(first: Observation, second: Observation) -> str:
    """What stands between two figures of a sentence."""
    start = first.quote.find(first.printed)
    return first.quote[start + len(first.printed) : first.quote.rfind(second.printed)]
