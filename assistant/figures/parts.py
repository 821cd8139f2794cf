"""Answers from two measures of one date: shares of a whole, ratios, gaps between two groups."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answer import Outcome
from assistant.drafts import Draft, Statement
from assistant.figures.finder import DATED, SURE, Finder, sure
from assistant.figures.index import Match
from assistant.figures.subjects import Subjects, subjects
from assistant.figures.telling import (
    calculated,
    distinct,
    labels_of,
    share_told,
    source_of,
    stated,
    unlike,
    whose,
)
from assistant.question.cues import Operation
from assistant.question.synonyms import alike
from assistant.question.understand import Query
from indicators.calculate import Calculation, difference, ratio, share, share_of_sum
from indicators.catalogue import indexed
from indicators.findings import CHANGE
from indicators.quantities import find_quantities, spoken
from indicators.sentences.flags import CAME_FROM, PART
from ingest.model import Observation

_FITS = 0.55
_TRIED = 15
_PART_AND_WHOLE = 2
_ROUNDED = Decimal("0.5")
_TIMES = re.compile(r"\bhow many times\b", re.IGNORECASE)
_SENTENCES, _BESIDE = 10, 0.35
_NEAR = 600
_TOTAL_ROW = re.compile(r"^\W*(?:(?:grand |over)?total|all|overall)\b", re.IGNORECASE)
_DEFINITION = re.compile(r"\bwhat(?:['’]s| is| are) the differences? between\b", re.IGNORECASE)
_OF_WHOLES = ("count", "gbp")
_OF_BEFORE = re.compile(
    r"^\W*(?:\d+(?:\.\d+)+\s+)?(?:out\s+)?of (?:these|those|them|which|whom)\b", re.IGNORECASE
)
_OF_THE = re.compile(
    r"^\W*(?:\d+(?:\.\d+)+\s+)?of the (?P<what>[a-z’'-]+(?:\s[a-z’'-]+)?)\s\W*\d", re.IGNORECASE
)
"""What opens a sentence on parts of a number that the sentence before tells."""
_OF_WHICH = re.compile(
    r"\d\S*,?\s(?:of|from) (?:which|whom)\s(?:about\s|some\s|only\s)?$", re.IGNORECASE
)
_PERCENT_OF = re.compile(
    r"\d\s?(?:%|per ?cent)\s+of\s+(?:the\s+|all\s+|our\s+)?([^,;.()|]{3,60}?)"
    r"(?=\s(?:is|are|was|were|has|have|had|did|do|does|will|took|live|lived)\b|[,;.()|]|$)",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"\b([\d,]*\d|\w+)\s+(?:out\s+)?of\s+(?:(?:the|our|all|its|their|these|those)\s+)?"
    r"([\d,]*\d|\w+)\b",
    re.IGNORECASE,
)


class Parts:
    """Answers that put two measures together."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def share(self, query: Query) -> Draft | None:
        """A share worked out: from two counts of a sentence, or from two cells."""
        return (
            self._of_sentence(query)
            or self._of_sentence_before(query)
            or self._of_cells(query, self._wholes)
        )

    def is_of_another_whole(self, printed: Draft, query: Query) -> bool:
        """Whether a sentence's percentage is "of" the very thing that the question asks a share of.

        "18% of spending on homes" isn't the share of all spending that goes on homes.
        """
        named = subjects(query, Operation.SHARE)
        source = printed.statements[0].sources
        whole = _PERCENT_OF.search(source[0].quote) if source else None
        if named is None or whole is None:
            return False
        said = indexed(whole[1])
        return set(named.one) <= said

    def ratio(self, query: Query) -> Draft | None:
        """One measure for each of another."""
        pair = self._pair(query, Operation.RATIO)
        if pair is None:
            return None
        worked = ratio(pair[0].observation, pair[1].observation)
        each = "times" if _TIMES.search(query.text) else "on average"
        lead = f"{spoken(worked.result, 'ratio')} {each} ({worked.formula})."
        return _worked(lead, worked, pair)

    def gap(self, query: Query) -> Draft | None:
        """The difference between two measures or groups."""
        meant = _DEFINITION.search(query.text) and not (query.unit or query.periods)
        pair = None if meant else self._pair(query, Operation.DIFFERENCE)
        if pair is None:
            return None
        worked = difference(pair[0].observation, pair[1].observation)
        one, two = (whose(m.observation) for m in pair)
        size = spoken(abs(worked.result), worked.unit)
        side = "higher than" if worked.result > 0 else "lower than"
        told = f"{one} is {size} {side} {two}" if worked.result else f"{one} and {two} are level"
        return _worked(f"{told} ({worked.formula}).", worked, pair)

    # -- finding ---------------------------------------------------------------------------

    def _of_sentence(self, query: Query) -> Draft | None:
        """A share that the papers give in two counts: "10 out of the 19 children"."""
        ranked = self._finder.ranked(replace(query, unit="count"))[:_SENTENCES]
        named = subjects(query, Operation.SHARE)
        for best in ranked:
            match = _told_of(best, ranked, named.one if named else query.words)
            o = match.observation
            numbers = {w for w in query.words if w.isdigit()}
            covers = set(query.words) <= indexed(o.quote) and numbers <= indexed(o.measure)
            told = best.text >= _FITS or covers
            fits = told and best.time >= DATED and _tells_part(o, named)
            counts = _counts_of(o) if fits else None
            if counts:
                part, whole = (replace(o, value=value, unit="count") for value in counts)
                worked = share(part, whole)
                shown, printed = share_told(worked), _printed_share(worked, o)
                text = f"{spoken(shown.result, 'percent')} ({shown.formula})."
                if printed is not None:
                    text = f"{spoken(printed, 'percent')}, rounded ({shown.formula})."
                    worked = replace(worked, result=printed)
                lead = Statement(text, (source_of(match),), shown.formula)
                return calculated("", worked, [match], [lead, stated(match)])
        return None

    def _of_sentence_before(self, query: Query) -> Draft | None:
        """A share of what is told before: "Of these 34 were settled", "£9m, of which £4m went"."""
        named = subjects(query, Operation.SHARE)
        ranked = [m for unit in _OF_WHOLES for m in self._finder.ranked(replace(query, unit=unit))]
        for match in ranked[:_TRIED]:
            o = match.observation
            tells = o.source == "sentence" and o.value is not None and match.text >= _BESIDE
            if not (tells and _tells_part(o, named) and _names_part(match, query)):
                continue
            whole = self._told_just_before(match, query) if match.time >= DATED else None
            if whole is not None:
                worked = share(o, whole.observation)
                shown = share_told(worked)
                lead = f"{spoken(shown.result, 'percent')} ({shown.formula})."
                return _worked(lead, worked, (match, whole), shown)
        return None

    def _told_just_before(self, part: Match, query: Query) -> Match | None:
        """The number that a sentence says its figure is a part of."""
        o = part.observation
        quote = " ".join(o.quote.split())
        if _OF_WHICH.search(quote.partition(o.printed)[0]):
            before = [x for x in self._finder.figures.row(o) if _is_ahead_of(x, o)]
            return replace(part, observation=before[-1]) if before else None
        leans, names = _OF_BEFORE.match(quote), _OF_THE.match(quote)
        if not leans and not names:
            return None
        told = names["what"] if names else o.context.removesuffix(quote)[-_NEAR:]
        free = replace(query, unit=o.unit, words=tuple(indexed(told)), periods=())
        wholes = [m for m in self._finder.ranked(free) if _is_whole_before(m.observation, o)]
        return max(wholes, key=lambda m: m.observation.locator.start, default=None)

    def of_listed(self, query: Query) -> Draft | None:
        """A share of some rows of a table only, which no printed share of the total answers."""
        return self._of_cells(query, self._listed)

    def _of_cells(
        self, query: Query, wholes: Callable[[Match, Query, Subjects], list[Match]]
    ) -> Draft | None:
        named = subjects(query, Operation.SHARE)
        if named is None:
            return None
        asked = replace(query, words=(*named.one, *named.both))
        ranked = [
            m
            for unit in ("count", "gbp")
            for m in self._usable(replace(asked, unit=unit))
            if sure(m)
        ]
        ranked.sort(key=lambda m: -round(m.text, 1) - _also_says(m, named.two) / 5)
        for part in ranked[:_TRIED]:
            if found := wholes(part, query, named):
                worked = share_of_sum(part.observation, [m.observation for m in found])
                shown = share_told(worked)
                told = f"{whose(part.observation)} is {spoken(shown.result, 'percent')} of"
                of = " and ".join(f"“{m.observation.measure}”" for m in found)
                return _worked(f"{told} {of} ({shown.formula}).", worked, (part, *found), shown)
        return None

    def _listed(self, part: Match, _: Query, named: Subjects) -> list[Match]:
        """The rows that the question names as its whole, where they aren't all of the column."""
        rows = [
            o
            for o in self._finder.figures.column(part.observation)
            if not _TOTAL_ROW.match(o.measure)
        ]
        said = {id(o): indexed(o.measure) - indexed(o.context) for o in rows}
        everywhere = frozenset.intersection(*said.values()) if said else frozenset()
        of = set(named.two) - set(named.both) - everywhere
        listed = [o for o in rows if of & said[id(o)]]
        if 1 < len(listed) < len(rows) and part.observation in listed:
            return [replace(part, observation=o) for o in listed]
        return []

    def _wholes(self, part: Match, query: Query, named: Subjects) -> list[Match]:
        """What a share is of: rows that the question lists, the column's total, or a measure."""
        if listed := self._listed(part, query, named):
            return listed
        whole = self._total(part) or self._whole(part, query, named)
        return [whole] if whole else []

    def _usable(self, query: Query) -> list[Match]:
        return [
            m
            for m in self._finder.ranked(query)
            if m.text >= _FITS
            and (m.time >= DATED or not query.periods)
            and m.observation.value is not None
        ]

    def _total(self, part: Match) -> Match | None:
        """The total that stands below a figure in its own column."""
        for o in self._finder.figures.column(part.observation):
            below = o.locator.start > part.observation.locator.start
            if (
                below
                and _TOTAL_ROW.match(o.measure)
                and (o.value or 0) >= (part.observation.value or 0)
            ):
                return replace(part, observation=o)
        return None

    def _whole(self, part: Match, query: Query, named: Subjects) -> Match | None:
        asked = replace(query, unit=part.observation.unit, words=(*named.two, *named.both))
        wholes = [
            m
            for m in self._usable(asked)
            if m.text >= SURE
            and m.observation.unit == part.observation.unit
            and (m.observation.value or 0) > (part.observation.value or 0)
            and _same_date(m.observation, part.observation)
            and _told_together(m.observation, part.observation)
        ]
        return wholes[0] if wholes else None

    def _pair(self, query: Query, operation: Operation) -> tuple[Match, Match] | None:
        """The two figures that fit a question's two things best, of one date."""
        named = subjects(query, operation)
        if named is None:
            return None
        times = _TIMES.search(query.text)
        units = operation is Operation.RATIO and not times
        named_free = units or times or query.unit == "percent"
        free = replace(query, unit=None if named_free else query.unit)
        ones = self._usable(replace(free, words=(*named.one, *named.both)))[:_TRIED]
        twos = self._usable(replace(free, words=(*named.two, *named.both)))[:_TRIED]
        pairs = [
            (a.text + b.text + _together(a.observation, b.observation), a, b)
            for a in ones
            for b in twos
            if sure(a)
            and sure(b)
            and a.observation is not b.observation
            and a.observation.measure != b.observation.measure
            and (units or a.observation.unit == b.observation.unit)
            and _same_date(a.observation, b.observation)
        ]
        if not pairs:
            return None
        _, one, two = max(pairs, key=lambda pair: pair[0])
        return one, two


def _names_part(match: Match, query: Query) -> bool:
    """Whether a sentence's own words tell some of what is asked, not its whole alone."""
    return bool(set(query.words) & indexed(match.observation.measure))


def _is_ahead_of(whole: Observation, part: Observation) -> bool:
    """Whether a figure stands before another of its sentence, and may be its whole."""
    quote = part.quote
    alike = (whole.unit, whole.area) == (part.unit, part.area) and whole is not part
    ahead = quote.find(whole.printed) < quote.find(part.printed)
    return alike and ahead and (whole.value or 0) >= (part.value or 0) > 0


def _is_whole_before(whole: Observation, part: Observation) -> bool:
    """Whether a figure is the number that the next sentence tells a part of."""
    apart = part.locator.start - whole.locator.start
    near = whole.locator.paper == part.locator.paper and 0 < apart < _NEAR
    alike = whole.source == "sentence" and (whole.unit, whole.area) == (part.unit, part.area)
    levels = not {CHANGE, CAME_FROM, PART} & set(whole.flags)
    return near and alike and levels and (whole.value or 0) >= (part.value or 0) > 0


def _told_of(match: Match, ranked: Sequence[Match], asked: Sequence[str]) -> Match:
    """Of the figures of one sentence, that whose own words tell most of the part asked for."""
    quote, part = match.observation.quote, set(asked)
    beside = [m for m in ranked if m.observation.quote == quote and m.text >= _BESIDE]

    def told(one: Match) -> tuple[int, int]:
        held = indexed(one.observation.measure)
        said = [w for w in part if w in held or alike(w) & held]
        return sum(w.isdigit() for w in said), len(said)  # "grade 4" isn't told by a 5

    return max((match, *beside), key=told)


def _tells_part(o: Observation, named: Subjects | None) -> bool:
    """Whether a sentence tells of the part asked for, not of another part of the same whole."""
    said = indexed(o.quote)
    return named is None or any(w in said or alike(w) & said for w in named.one)


def _printed_share(worked: Calculation, o: Observation) -> Decimal | None:
    """The share as the sentence gives it itself, rounded: "40% (19 of 48)"."""
    told = (q.value for q in find_quantities(o.quote) if q.unit == "percent")
    return next((value for value in told if abs(value - worked.result) <= _ROUNDED), None)


def _counts_of(o: Observation) -> tuple[Decimal, Decimal] | None:
    """The part and the whole that a sentence tells of a figure: "10 of the 41 passed".

    Of "17 of 26 passed English and 12 passed both", 12 is of the same 26.
    """
    whole = None
    quote, clause = " ".join(o.quote.split()), o.measure.rpartition(" | ")[2]
    at = max(0, quote.find(clause))
    nearest = sorted(_PART_OF.finditer(quote), key=lambda found: abs(found.start() - at))
    for found in nearest:
        told = [q.value for piece in found.groups() for q in find_quantities(piece, worded=True)]
        if len(told) != _PART_AND_WHOLE or not 0 <= told[0] <= told[1] or not told[1]:
            continue
        if o.value in told:
            return told[0], told[1]
        whole = whole or told[1]
    if whole is None or o.value is None or not 0 <= o.value <= whole:
        return None
    return o.value, whole


def _also_says(match: Match, words: Sequence[str]) -> int:
    return len(set(words) & indexed(match.observation.measure))


def _same_date(a: Observation, b: Observation) -> bool:
    if a.period is None or b.period is None:
        return a.locator == b.locator
    return a.period.end == b.period.end


def _together(a: Observation, b: Observation) -> float:
    """How likely two figures are meant together: one row, sentence or table."""
    if a.locator == b.locator:
        return 0.3
    return 0.2 if (a.locator.paper, a.context) == (b.locator.paper, b.context) else 0.0


def _told_together(a: Observation, b: Observation) -> bool:
    """Whether a part and a whole stand in one table, or beside one another in a text.

    What a table counts is no part of what another place does, whatever words they share.
    """
    if "sentence" in (a.source, b.source) and a.source != b.source:
        return False
    apart = abs(a.locator.start - b.locator.start)
    near = a.locator.paper == b.locator.paper and apart < _NEAR
    return near or (a.locator.paper, a.context) == (b.locator.paper, b.context)


def _worked(
    lead: str, worked: Calculation, pair: Sequence[Match], shown: Calculation | None = None
) -> Draft:
    sources = tuple(source_of(m) for m in distinct(pair))
    opening = Statement(lead, sources, (shown or worked).formula, labels_of(*pair))
    told = [opening, *(stated(m) for m in distinct(pair)), *unlike(pair)]
    draft = calculated("", worked, pair, told)
    return replace(draft, outcome=Outcome.ANSWERED)
