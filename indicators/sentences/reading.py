"""Observations from sentences: "fell from 624 to 602", "61% against 50% in England"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from indicators.catalogue import words
from indicators.dashboards import as_at_dates
from indicators.findings import CHANGE, LISTED
from indicators.listed import miscounted
from indicators.pages import placed
from indicators.places import find_areas
from indicators.quantities import Quantity, find_quantities
from indicators.sentences.clauses import BARE_WORDS, counted, is_part
from indicators.sentences.dates import dates_of, from_to, main_period, of_figures, period_of
from indicators.sentences.flags import PART, REFERS
from indicators.sentences.numbers import is_figure
from indicators.sentences.roles import area_of, basis_of, is_change, is_yet_to_rise
from indicators.sentences.units import unit_of
from ingest.model import (
    Observation,
    Paper,
    PartKind,
    Passage,
    Period,
    Unit,
    UnitKind,
)
from ingest.periods import (
    find_periods,
)

_SMALL = re.compile(
    r"\b(?:fewer|less) than (?:five|six|ten|5|6|10)\b"
    r"(?=\W*$|[,;.)]| (?:children|young people|care leavers)\b)",
    re.IGNORECASE,
)
_SAYS_NOTHING = frozenset(
    words(
        "average figure number rate percentage total national nationally region council rise fall"
    )
)
_WHEN = (
    r"(?:(?:the )?(?:year|quarter|month|period|end|same|previous)\b|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|\d|£)"
)
_REFERRING = (
    r"(?:(?:(?:the|\w+['’]s)\s(?:figure|rate|number|total|share|score|percentage|proportion))\b"
    rf"(?=\s(?:was|is|had|has|stood|stands|rose|fell|went|now|(?:of|for|in|at|on)\s{_WHEN}))|"
    r"(?:this|these|they|it|the \d+|that (?:is|was|makes|means)|of (?:these|those|them|which)|both|"
    r"however|all|there)\b)"
)
# "82% of care leavers are" says itself what it is of; another number shares its paragraph's topic.
_NAMED_SHARE = (
    r"(?:\d+(?:\.\d+)*[.)]?\s+)?\d+(?:\.\d+)?\s?(?:%|per cent)\sof\s"
    r"(?!these|those|them|this|which|whom)"
)
_LEANS = re.compile(
    rf"^\W*(?!{_NAMED_SHARE})(?:\d+\.\d+\s+)?(?:{_REFERRING}|\d+\b(?!\.\d|[.)]\s))", re.IGNORECASE
)
_FOLLOWS = re.compile(rf"^\W*(?!{_NAMED_SHARE})(?:{_REFERRING}|\d+\b)", re.IGNORECASE)
_BARE_SUBJECT = re.compile(  # "The average weekly fee was": of whom stands before
    r"^\W*(?:\d+\.\d+\s+)?the\s(?:(?!(?:of|for|in|at|on|to|council|board|panel|committee|authority)\b)"
    r"[a-z-]+\s){1,4}(?:was|were|is|are|stood|stands|rose|fell|had|has)\b",
    re.IGNORECASE,
)
_THE_SAME = re.compile(
    r"\b[Tt]he (?P<what>service|team|scheme|project|programme|home|unit|contract|pilot|survey)\b"
)
_ROW = re.compile(r"(?:(?<!\S)[-−]?£?\d[\d,]*(?:\.\d+)?%?\s+){3,}[-−]?£?\d")
_PAIR = re.compile(r"^[\w /&’'().-]+\s=\s£?[\d,.]+\s?%?$")  # a dashboard's comparator
_MARKED = re.compile(r"^\W*\d{1,2}[).]\s")
_BRIEF = 4
_LEANING = 2
_SHORTEST, _LONGEST = 24, 3_000  # characters: beyond that it is no sentence, and would take hours


def _is_row(text: str) -> bool:
    """Whether a "sentence" is a row of a table that lost its lines: figures side by side."""
    return bool(_ROW.search(text))


def _says_little(text: str) -> bool:
    """Whether a sentence says whose and how much, and leaves what to the sentence before.

    A brief one that ends in its figure counts nothing of its own: "a net gain of 72 so far".
    """
    shown = text
    for _, start, end in reversed(find_areas(text)):
        shown = shown[:start] + " " + shown[end:]
    for mention in reversed(find_periods(shown)):
        shown = shown[: mention.start] + " " + shown[mention.end :]
    told = {w for w in words(shown) if not w[0].isdigit()} - BARE_WORDS - _SAYS_NOTHING
    return not told or (len(told) <= _BRIEF and bool(re.search(r"\d%?[\s.]*$", shown)))


def read_sentences(paper: Paper, own_area: str) -> Iterator[Observation]:
    """The observations of a paper's sentences and list items."""
    as_at, listed = as_at_dates(paper), miscounted(paper)
    for passage in paper.passages:
        if passage.part is PartKind.FRONT:
            continue
        default = as_at.get(passage.part_title) if passage.part is PartKind.REPORT else None
        before = label = ""
        earlier: list[str] = []
        for unit in passage.units:
            sentence = unit.kind in (UnitKind.SENTENCE, UnitKind.LIST_ITEM)
            told = sentence and _SHORTEST < len(unit.text) < _LONGEST
            if told and not (_is_row(unit.text) or _PAIR.match(unit.text)):
                topic = _topic(unit.text, earlier)
                yield from _counting(
                    _sentence(unit, before, topic, label, passage, default, own_area, paper),
                    listed.get(unit.start),
                )
            if unit.kind is UnitKind.HEADING:
                label = unit.text
            before = unit.text
            earlier.append(unit.text)


def _counting(
    found: Iterator[Observation], listed: tuple[Decimal, int] | None
) -> Iterator[Observation]:
    """The figures of a sentence; that which says how many are listed, with how many are."""
    for o in found:
        miscounts = listed is not None and o.value == listed[0] and o.unit == "count"
        yield replace(o, flags=(*o.flags, f"{listed[1]} {LISTED}")) if listed and miscounts else o


def _topic(text: str, earlier: Sequence[str]) -> str:
    """What a sentence that leans on others is of: those others, as far as they lean themselves.

    "The project" is the one named last; a numbered paragraph shares its topic, not its date.
    """
    told: list[str] = []
    at = len(earlier)
    while at and len(told) < _LEANING:
        same = _THE_SAME.search(text[:60])
        follows = _LEANS.match(text) if told else _FOLLOWS.match(text)
        if not (same or follows or _says_little(text)):
            break
        named = re.compile(rf"\b{same['what']}\b", re.IGNORECASE) if same else None
        found = next(
            (i for i in range(at - 1, -1, -1) if named and named.search(earlier[i])), at - 1
        )
        at, text = found, earlier[found]
        told.insert(0, text[:240])
    return " ".join(told)


def _sentence(
    unit: Unit,
    before: str,
    topic: str,
    label: str,
    passage: Passage,
    default: Period | None,
    own_area: str,
    paper: Paper,
) -> Iterator[Observation]:
    named = dates_of(unit.text, passage.meeting.held)
    periods = of_figures(unit.text, named)
    areas = find_areas(unit.text)
    figures = [q for q in find_quantities(unit.text, worded=True) if is_figure(q, unit.text, named)]
    if (
        _LEANS.match(unit.text)
        and not _MARKED.match(unit.text)
        and not periods
        and (earlier := dates_of(before, passage.meeting.held))
    ):
        default = main_period(before, of_figures(before, earlier))
    near = before if not topic and _BARE_SUBJECT.match(unit.text) else ""
    headings = [passage.part_title, *passage.headings, label, near, topic]
    leaning = (REFERS,) if topic else ()
    for match in _SMALL.finditer(unit.text):
        figure = Quantity(Decimal(0), "count", ("suppressed",), match.group(), *match.span())
        period, flags = period_of(figure, unit.text, periods, default)
        flags = (*flags, *leaning)
        yield _observed(
            figure, None, period, flags, unit, headings, passage, areas, own_area, paper
        )
    bracketed = {figure: period for figure, period in from_to(unit.text, periods)}
    for figure, period in bracketed.items():
        yield _observed(
            figure, figure.value, period, leaning, unit, headings, passage, areas, own_area, paper
        )
    for figure in figures:
        if any(b.start <= figure.start < b.end for b in bracketed):
            continue
        period, flags = period_of(figure, unit.text, periods, default)
        if is_yet_to_rise(figure, unit.text, period, passage.meeting.held):
            period, flags = None, ()  # "raise from 14 to 20 by December": 14 is how it is
        flags = (*flags, *leaning, *((CHANGE,) if is_change(figure, unit.text) else ()))
        yield _observed(
            figure, figure.value, period, flags, unit, headings, passage, areas, own_area, paper
        )


def _observed(
    figure: Quantity,
    value: Decimal | None,
    period: Period | None,
    flags: tuple[str, ...],
    unit: Unit,
    headings: Sequence[str],
    passage: Passage,
    areas: tuple[tuple[str, int, int], ...],
    own_area: str,
    paper: Paper,
) -> Observation:
    return Observation(
        measure=counted(figure, unit.text),
        context=" > ".join([h for h in headings if h] + [unit.text]),
        area=area_of(figure, unit.text, areas) or own_area,
        basis=basis_of(figure, unit.text),
        period=period,
        value=value,
        unit=unit_of(figure, unit.text, headings[-1]),
        flags=(*figure.flags, *flags, *((PART,) if is_part(figure, unit.text) else ())),
        source="sentence",
        quote=paper.text[unit.start : unit.end],
        printed=figure.printed,
        locator=placed(paper, passage.locator, unit.start, unit.end),
    )
