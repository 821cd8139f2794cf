"""Observations from sentences: "fell from 624 to 602", "61% against 50% in England"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from indicators.catalogue import words
from indicators.dashboards import as_at_dates
from indicators.findings import CHANGE, LISTED
from indicators.listed import miscounted
from indicators.pages import placed
from indicators.places import find_areas
from indicators.quantities import Quantity, find_quantities
from indicators.sentences.clauses import BARE_WORDS, counted, is_part
from indicators.sentences.dates import (
    dates_of,
    from_to,
    is_present,
    main_period,
    of_figures,
    period_of,
)
from indicators.sentences.flags import HEADED, PART, REFERS, SUPPRESSED
from indicators.sentences.numbers import is_figure
from indicators.sentences.roles import area_of, basis_of, is_base, is_change, is_yet_to_rise
from indicators.sentences.stretches import Stretch, stretches
from indicators.sentences.units import unit_of
from ingest.model import (
    Basis,
    Observation,
    Paper,
    PartKind,
    Passage,
    Period,
    PeriodKind,
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
_FOLLOWS = re.compile(
    rf"^\W*(?!{_NAMED_SHARE})(?:(?:\d+\.\d+\s+)?{_REFERRING}|\d+\b)", re.IGNORECASE
)
_BARE_SUBJECT = re.compile(  # "The average weekly fee was": of whom stands before
    r"^\W*(?:\d+\.\d+\s+)?the\s(?:(?!(?:of|for|in|at|on|to|council|board|panel|committee|authority)\b)"
    r"[a-z-]+\s){1,4}(?:was|were|is|are|stood|stands|rose|fell|had|has)\b",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(r"^\W*(?:a|the|one) year (?:before|earlier|ago)\b", re.IGNORECASE)
_BARE_AIM = re.compile(  # "The target for the year was": of what stands before
    r"^\W*(?:the|our|its|this)\s(?:\w+\s)?(?:target|goal|ambition)\s"
    r"(?:(?:for|in)\s(?:the|this|that|last)\s(?:year|quarter|month)\s)?"
    r"(?:was|is|were|had been|has been|remains|remained|stands|stood)\b",
    re.IGNORECASE,
)
_THE_SAME = re.compile(
    r"\b[Tt]he (?P<what>service|team|scheme|project|programme|home|unit|contract|pilot|survey|"
    r"fund|grant|hub|centre|course|club|list|campaign|policy|strategy)\b"
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
        follows = (_LEANS.match(text) if told else _FOLLOWS.match(text)) or _BARE_AIM.match(text)
        if not (same or follows or _says_little(text)):
            break
        named = re.compile(rf"\b{same['what']}\b", re.IGNORECASE) if same else None
        found = next(
            (i for i in range(at - 1, -1, -1) if named and named.search(earlier[i])), at - 1
        )
        at, text = found, earlier[found]
        told.insert(0, text[:240])
    return " ".join(told)


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence in its paper: what stands above it, whose areas it names, its stretches."""

    unit: Unit
    passage: Passage
    paper: Paper
    headings: Sequence[str]
    areas: tuple[tuple[str, int, int], ...]
    own_area: str
    stretches: Mapping[int, Stretch]
    figures: Sequence[Quantity]


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
    text, held = unit.text, passage.meeting.held
    named = dates_of(text, held)
    periods = of_figures(text, named)
    if (
        (_LEANS.match(text) or _YEAR_BEFORE.match(text))
        and not _MARKED.match(text)
        and not periods
        and not is_present(text)
        and (earlier := dates_of(before, held))
        and (main := main_period(before, of_figures(before, earlier)))
    ):
        default = main
    near = before if not topic and _BARE_SUBJECT.match(text) else ""
    headings = [passage.part_title, *passage.headings, label, near, topic]
    headed = default is None and not named and not is_present(text)
    if headed:
        default = _titled(headings[:-2], held)
    leaning = (REFERS,) if topic else ()
    bracketed = dict(from_to(text, periods))
    figures = [
        *_small(text),
        *bracketed,
        *(
            q
            for q in find_quantities(text, worded=True)
            if is_figure(q, text, named) and not any(b.start <= q.start < b.end for b in bracketed)
        ),
    ]
    within = stretches(text, figures)
    place = _Place(unit, passage, paper, headings, find_areas(text), own_area, within, figures)
    bases = {
        figure.start
        for figure in figures
        if is_base(figure, text, within[figure.start].start)
        and area_of(figure, text, place.areas) is None
        and basis_of(figure, text) is Basis.ACTUAL
    }
    for figure in figures:
        if figure in bracketed:
            yield _observed(figure, bracketed[figure], leaning, place)
            continue
        period, flags = period_of(figure, text, periods, default, within, bases)
        if is_yet_to_rise(figure, text, period, held):
            period, flags = None, ()  # "raise from 14 to 20 by December": 14 is how it is
        changed = (CHANGE,) if is_change(figure, text) else ()
        above = (HEADED,) if headed and period is not None else ()
        yield _observed(figure, period, (*flags, *leaning, *changed, *above), place)


def _titled(headings: Sequence[str], held: date | None) -> Period | None:
    """The time that the nearest heading says its text is of; a day is a meeting's."""
    for heading in reversed(headings):
        periods = {m.period for m in dates_of(heading, held)}
        if len(periods) == 1:
            period = periods.pop()
            past = held is None or period.start <= held
            return period if past and period.kind is not PeriodKind.DAY else None
    return None


def _small(text: str) -> Iterator[Quantity]:
    """The numbers that a sentence doesn't give, as they are small."""
    for match in _SMALL.finditer(text):
        yield Quantity(Decimal(0), "count", (SUPPRESSED,), match.group(), *match.span())


def _observed(
    figure: Quantity, period: Period | None, flags: tuple[str, ...], place: _Place
) -> Observation:
    unit, text, passage = place.unit, place.unit.text, place.passage
    return Observation(
        measure=counted(figure, text, place.stretches, place.figures),
        context=" > ".join([h for h in place.headings if h] + [text]),
        area=area_of(figure, text, place.areas) or place.own_area,
        basis=basis_of(figure, text),
        period=period,
        value=None if SUPPRESSED in figure.flags else figure.value,
        unit=unit_of(figure, text, place.headings[-1]),
        flags=(*figure.flags, *flags, *((PART,) if is_part(figure, text) else ())),
        source="sentence",
        quote=place.paper.text[unit.start : unit.end],
        printed=figure.printed,
        locator=placed(place.paper, passage.locator, unit.start, unit.end),
    )
