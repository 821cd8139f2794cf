"""Observations from sentences: "fell from 624 to 602", "61% against 50% in England"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from indicators.catalogue import words
from indicators.dashboards import as_at_dates
from indicators.findings import CHANGE, LISTED
from indicators.listed import miscounted
from indicators.pages import placed
from indicators.places import find_areas
from indicators.quantities import Quantity, find_quantities
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
    Mention,
    Part,
    bare_months,
    bare_parts,
    day,
    earlier_year,
    find_periods,
    opening_year,
)
from ingest.periods import month as whole_month

_NOT_A_FIGURE_BEFORE = re.compile(
    r"(?:\b(?:sections?|stage|tables?|charts?|figures?|paragraphs?|paras?|minutes?|items?|"
    r"levels?|pages?|parts?|appendix|aged?|ages|between|years?|regulation|schedule|key|q|priority|"
    r"theme|challenge|version|number|no|phase|week|band|article|form|room|attainment|progress|"
    r"rank(?:ed)?|under|outcome|objective|recommendations?|over the|turn(?:ed|ing)?|last|past|"
    r"previous|next|fewer than|less than|more than|per)\s*|\b(?:a|nn?i|ks|cpb|s|id)\s?|"
    r"[A-Z]{2,}/)$",
    re.IGNORECASE,
)
_NOT_A_FIGURE_AFTER = re.compile(
    r"^(?:\s?[-–]\s?(?:year|\d)|\s(?:to|and|or)\s\d+[\s-](?:year|in the year)|"
    r"\s?(?:years?(?:\s|-)olds?|years? of age|months? old|pm|am|noon|weeks? old)\b|"
    r"\s?[-–]?(?:years?|months?|weeks?|hours?|minutes?)\b|"
    r"\s?\+\s?(?:years?|event|consultation)|\s?/\s?\d|:\d|"
    r"\s*(?:miles?|metres?|working days?)\b|"
    r"(?-i:\s(?:(?:and|to|or|-)\s\d{1,2}\s)?(?:January|February|March|April|May|June|"
    r"July|August|September|October|November|December)\b))",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"[;,()]|\b(?:compared|against|whilst|while|but|whereas|and|versus|than|with|from|although)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r";|,\s(?=(?:which|and|but|with|while|whilst|compared|however|although|this|these|there|it|they)\b)"
    r"|\s(?:compared|whilst|while|but|whereas|although|however)\s",
    re.IGNORECASE,
)


_NUMBERING = re.compile(
    r"\b(?:people|children|families|households|carers|leavers|workers|referrals)\s+(?:now\s+)?"
    r"number(?:ed)?\s+$",
    re.IGNORECASE,
)
_AGED = re.compile(r"\bage[ds]?\s+(?:of\s+)?(?:\w+\s*(?:to|and|or|-|–)\s*)?$", re.IGNORECASE)
_AND_FIGURE = re.compile(r",?\s+and\s+(?=(?:about\s|some\s|only\s|just\s|another\s)?£?\d)")
_AND_END = re.compile(r",?\s+and\s+$")
_SMALL = re.compile(
    r"\b(?:fewer|less) than (?:five|six|ten|5|6|10)\b"
    r"(?=\W*$|[,;.)]| (?:children|young people|care leavers)\b)",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:compared (?:to|with)|from|than|since|against)\b", re.IGNORECASE)
_NO_NOUN = re.compile(
    r"^(?:[,;.()%]|(?:in|at|to|by|for|on|per|and|or|compared|which|that|this|with|from|as|is|was|"
    r"being|against|last|although|because|since|when|while|whilst|but|than|rather|of\s+the)\b|$)",
    re.IGNORECASE,
)
_NOUN_END = re.compile(
    r"\s(?:(?:were|was|are|is|had|have|has|who|which|that|with|compared|during|been|so|however|but|while|whilst|although|because|as|since|when)\b|"
    r"and\s+\d)"
)
_NUMBER_OF = re.compile(
    r"\bnumbers? of ((?:[\w’'/-]+\s){1,6}?)(?:(?:on|at|by|as at)\s[^,;.]{3,30}\s)?"
    r"(?:was|is|were|stood at|stands at|rose to|fell to|reached|has risen to|has fallen to|"
    r"(?:has )?(?:increased|decreased|grown) to)\s+$",
    re.IGNORECASE,
)
_BARE_WORDS = frozenset(words("compared end year point figure reduced target date"))
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


_MORE = re.compile(
    r"^\s*(?:percentage points?\s+|[a-z]+\s+){0,2}(?:more|fewer|less|higher|lower|greater|above|"
    r"below)(?:\s+\w+){0,2}\s+(?:than|at|in|on)\b",
    re.IGNORECASE,
)
_OFF_BUDGET = re.compile(
    r"^\s(?:(?:more|less|higher|lower) than|over|under|above|below|within)\s+(?:the\s+|its\s+)?"
    r"(?:\w+\s+)?(?:budget|forecast|plan)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|(?:rise|fall|increase|decrease|reduction|drop|growth|net gain|net loss|change) of)\s+"
    r"(?:about\s|around\s|some\s|only\s|just\s)?$",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:ris|ros|rise|fall|fell|increas|decreas|reduc|drop|grow|grew|gain|los|chang|up|down|"
    r"improv|declin|over ?spen|under ?spen)\w*\b[^.;]{0,60}$",
    re.IGNORECASE,
)


def _is_change(figure: Quantity, text: str) -> bool:
    """Whether a figure is the size of a change: "17 more than in March", "fell by 12"."""
    before, after = text[: figure.start], text[figure.end :]
    if figure.unit == "gbp":
        return bool(_OFF_BUDGET.match(after))
    return bool(_MORE.match(after) or (_BY.search(before) and _MOVED.search(before)))


_GOAL = re.compile(
    r"\b(?:target|ambition|aim|goal)s?\b[^.;:]{0,60}?\b(?:is|was|are|were|of|will be|"
    r"remains?|to)\b",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"\b(?:achiev|reach|exceed|met\b|hit\b|miss|against|compared|actual|currently|stood|now)\w*",
    re.IGNORECASE,
)
_FROM_TO_IN_BRACKETS = re.compile(
    r"\b(?:ris|ros|fall|fell|increas|decreas|reduc|drop|grow|grew|chang|up|down)\w*\b"
    r"(?:[^.;()]|\.\d){0,40}"
    r"\((?:from\s)?(?P<first>\d[\d,]*(?:\.\d+)?%?)\s?(?:-|–|—|to)\s?"
    r"(?P<last>\d[\d,]*(?:\.\d+)?%?)\)",
    re.IGNORECASE,
)
_SAME_DATE = re.compile(
    r"\bsame (?:date|day|time|month|point|period)\b[^.;]{0,12}?\b(?P<year>(?:19|20)\d\d)\b", re.I
)
_ROW = re.compile(r"(?:(?<!\S)[-−]?£?\d[\d,]*(?:\.\d+)?%?\s+){3,}[-−]?£?\d")
_PAIR = re.compile(r"^[\w /&’'().-]+\s=\s£?[\d,.]+\s?%?$")  # a dashboard's comparator
_PER = re.compile(r"^\s?(?:\w+\s)?per\s(?P<of>100,000|10,000|1,000)\b")
_PER_BEFORE = re.compile(
    r"\bper\s(?P<of>100,000|10,000|1,000)\b[^.;\d]{0,40}\b(?:compar\w+ (?:with|to)|against|than)\s"
    r"(?:an?\s|the\s)?[^.;\d]{0,40}(?:\d[\d,.]*\s(?:for|in|at|across)\s[^.;\d]{0,40})?$"
)
_YEAR_BEFORE = re.compile(
    r"^[^.;,\d]{0,30}?\b(?:(?:a|one) year (?:earlier|ago|before)|the (?:year before|previous year)|"
    r"(?:in|at) the same (?:quarter|period|month|time|point|date) (?:of )?(?:the )?"
    r"(?:last|previous) year|(?:this )?time last year)\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\b(?:than|from|since|compared|against|before)\s(?:[^.;,\d]{0,25}\s)?$", re.IGNORECASE
)
_AREA_LENGTH = 40
_OPENING = re.compile(
    r"\W*(?:\d+(?:\.\d+)*\.?\s+)?(?:in|for|across|our|the|of|all)?\s*", re.IGNORECASE
)
_OURS = re.compile(
    r"\b(?:ours?|we|us|the (?:council|county|borough|city|authority))\b|[;.]\s", re.IGNORECASE
)
_NOW = re.compile(r"^\s+now\b", re.IGNORECASE)
_DAY_BEFORE = re.compile(r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+$")
_SET_OFF = re.compile(r"[:;]|\bof which\b", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|[.:;•–-]|\d\.\d+)\s*$")
_INSTEAD = re.compile(r"\b(?:instead of|rather than|up from|down from)\s+$", re.IGNORECASE)
_OF_SAYING = re.compile(
    r"\b(?:(?:reported|agreed|published|decided|approved|quoted|announced|told|printed)\s+"
    r"(?:(?:in|on|at)\s+)?|(?:ends?|expires?|starts?|begins?|opens?|closes?|introduced|launched|"
    r"brought in|set up|drawn up)\s+(?:in|on|at|during)\s+)(?:the\s+)?$",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r"(?:;|,\s(?:while|whilst|whereas|but|and|when)|\b(?:while|whilst|whereas))\s", re.I
)
_ITS_OWN = re.compile(
    r"\b(?:it|they|this|that|there|the\s\w+)\s(?:was|were|is|are|had been|stood at)\s\W*\d", re.I
)
_IT_WAS = re.compile(r"\b(?:it|this|that)\s(?:was|is|had been|stood at)\s+$", re.I)
_SENTENCE_PIECE = re.compile(r";|,\s")
_FROM_START = re.compile(r"\bsince\s+(?:the\s+)?(?:end\s+of\s+|beginning\s+of\s+)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from)\s+$", re.IGNORECASE)
_TO = re.compile(r"\s+(?:and|to)\s+")
_SAME_STRETCH = re.compile(
    r"\b(?:in|of|for|over)\s+the\s+same\s+(?:months|period|time|quarter|weeks)\s+(?:of|in)\s+$",
    re.IGNORECASE,
)
_OF_THE_YEAR = 25
_SPENDS = re.compile(r"\b(?:budget\w*|(?:over|under)spen\w+|forecast)\b", re.IGNORECASE)
_RAISED_TO = re.compile(r"\bfrom\s+£?[\d.,]+%?\s+to\s+$", re.IGNORECASE)
_UP_FROM = re.compile(
    r"\b(?:up|down|rise|fall|increase|decrease|reduction|drop|growth)(?:\s[\d.,%]+)?\s+from\s+"
    r"(?:about\s|around\s|just\s|over\s)?$",
    re.IGNORECASE,
)
_RAISED_FROM = re.compile(r"^\s+to\s+£?\d", re.IGNORECASE)
_MARKED = re.compile(r"^\W*\d{1,2}[).]\s")
_CAME_DOWN = re.compile(
    r"(?:\b(?:up|down)|\bto\s£?\d[\d.,]*\s?(?:%|per cent|m|k|bn)?,?(?:\s(?:up|down))?)"
    r"\sfrom\s(?:the\s)?$",
    re.IGNORECASE,
)
"""Before what another figure came from: "171, up from", "rose to 27.9% from"."""
_CLAUSE_END = re.compile(r"[,;.](?=\s|$)|\sand\s|\s(?:while|whereas|but)\s")
_SET_AGAINST = re.compile(r"\b(?:against|compared\s(?:to|with))\b[^.;]*$", re.IGNORECASE)
_REPORTED_THEN = re.compile(
    r"\b(?:given|reported|told|presented|shown|published|quoted|stated|said)\b[^.;\d]{0,60}"
    r"\b(?:in|on|of|at)\s+$",
    re.IGNORECASE,
)
"""Before the date on which a figure was told, not that which it is of."""
_FROM = re.compile(r"\bfrom\s+(?:about\s|around\s|just\s|over\s)?$", re.IGNORECASE)
_TO_NEXT = re.compile(r"^[^.;\d£]{0,24}?\bto\s+(?:about\s|just\s)?£?\d", re.IGNORECASE)
_SETS_BESIDE = re.compile(
    r"\b(?:above|below|higher|lower|more|less|fewer|better|worse|than|against|compar\w+|versus)\b",
    re.IGNORECASE,
)
_SCORE = re.compile(r"\bscores?\b[^.;\d]{0,40}$", re.IGNORECASE)
_FOOTNOTE = "[^"
_OF_THOSE = re.compile(r"^\s+of\s+(?:our|the|their|these|those|them|\d)", re.IGNORECASE)
_BRIEF = 4
_LEANING = 2
_SHORTEST, _LONGEST = 24, 3_000  # characters: beyond that it is no sentence, and would take hours

_YEAR_BEFORE_IT = re.compile(
    r"^\W*(?:a|the|one) year (?:before|earlier|ago)\b[^.;\d]{0,40}$", re.IGNORECASE
)
"""What opens a sentence that tells of a year before the one above it."""
_SET_AGAINST = re.compile(r"\b(?:while|whereas)\b", re.IGNORECASE)
"""Behind it stands another figure, with its own date."""
REFERS = "refers to the sentence before"
CAME_FROM = "what another figure came from"
PART = "some of those told behind it"


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
    told = {w for w in words(shown) if not w[0].isdigit()} - _BARE_WORDS - _SAYS_NOTHING
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
    dated = _dated(unit.text, passage.meeting.held)
    periods = _of_figures(unit.text, dated)
    areas = find_areas(unit.text)
    figures = [
        q for q in find_quantities(unit.text, worded=True) if _is_figure(q, unit.text, dated)
    ]
    if (
        _LEANS.match(unit.text)
        and not _MARKED.match(unit.text)
        and not periods
        and (earlier := _dated(before, passage.meeting.held))
    ):
        default = _main(before, _of_figures(before, earlier))
    near = before if not topic and _BARE_SUBJECT.match(unit.text) else ""
    headings = [passage.part_title, *passage.headings, label, near, topic]
    leaning = (REFERS,) if topic else ()
    for match in _SMALL.finditer(unit.text):
        figure = Quantity(Decimal(0), "count", ("suppressed",), match.group(), *match.span())
        period, flags = _period(figure, unit.text, periods, default)
        flags = (*flags, *leaning)
        yield _observed(
            figure, None, period, flags, unit, headings, passage, areas, own_area, paper
        )
    bracketed = {figure: period for figure, period in _from_to(unit.text, periods)}
    for figure, period in bracketed.items():
        yield _observed(
            figure, figure.value, period, leaning, unit, headings, passage, areas, own_area, paper
        )
    for figure in figures:
        if any(b.start <= figure.start < b.end for b in bracketed):
            continue
        period, flags = _period(figure, unit.text, periods, default)
        if _is_yet_to_rise(figure, unit.text, period, passage.meeting.held):
            period, flags = None, ()  # "raise from 14 to 20 by December": 14 is how it is
        flags = (*flags, *leaning, *((CHANGE,) if _is_change(figure, unit.text) else ()))
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
        measure=_counted(figure, unit.text),
        context=" > ".join([h for h in headings if h] + [unit.text]),
        area=_area(figure, unit.text, areas) or own_area,
        basis=_basis(figure, unit.text),
        period=period,
        value=value,
        unit=_unit_leaning(figure, unit.text, headings[-1]),
        flags=(*figure.flags, *flags, *((PART,) if _is_part(figure, unit.text) else ())),
        source="sentence",
        quote=paper.text[unit.start : unit.end],
        printed=figure.printed,
        locator=placed(paper, passage.locator, unit.start, unit.end),
    )


def _from_to(text: str, periods: Sequence[Mention]) -> Iterator[tuple[Quantity, Period]]:
    """The two figures of "since 31 March 2014 ... decreased by 20% (783-624)", each with its date.

    Two dates must be named, or the second as the same date of another year.
    """
    found = _FROM_TO_IN_BRACKETS.search(text)
    if found is None:
        return
    dates = [m.period for m in periods]
    again = _SAME_DATE.search(text)
    if again and len(dates) > 1:
        first = dates[0]
        dates = [first, whole_month(int(again["year"]), first.end.month)]
    if len(dates) != 2 or dates[0] == dates[1]:
        return
    for name, period in zip(("first", "last"), sorted(dates), strict=True):
        for figure in find_quantities(found[name]):
            start = found.start(name)
            yield replace(figure, start=start, end=start + len(found[name])), period


def _dated(text: str, held: date | None) -> tuple[Mention, ...]:
    """The periods of a sentence; a month, quarter or half alone is the latest by the meeting."""
    found = list(find_periods(text))
    parts = [p for p in bare_parts(text) if _is_of_a_year(p, text)]
    if held and parts:
        newest = max(parts, key=lambda part: part.number).latest(held)
        first = opening_year(newest.start)
        found += [Mention(part.of(first), part.start, part.end) for part in parts]
    months = bare_months(text) if held else ()
    for i, (number, start, end) in enumerate(months):
        last = bool(re.search(r"\blast\s+$", text[:start], re.IGNORECASE))
        year = held.year - (number + last > held.month) if held else 0
        named = _with_day(Mention(whole_month(year, number), start, end), text)
        if (
            i
            and _TO.fullmatch(text[months[i - 1][2] : start])
            and _BETWEEN.search(text[: months[i - 1][1]])
        ):  # "between October and February" is one stretch of time
            earlier = found.pop()
            opening = earlier.period.start
            if opening > named.period.end:
                opening = opening.replace(year=opening.year - 1)
            span = Period(named.period.end, opening, PeriodKind.SPAN)
            opens = _BETWEEN.search(text[: earlier.start])
            named = Mention(span, opens.start() if opens else earlier.start, end)
        found.append(named)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _of_figures(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The dates that figures may be of, without those on which one was told."""
    return tuple(m for m in mentions if not _REPORTED_THEN.search(text[: m.start])) or mentions


def _with_day(named: Mention, text: str) -> Mention:
    """A month with the day that stands before it: "on 20 January"."""
    found = _DAY_BEFORE.search(text[: named.start])
    number = int(found["day"]) if found else 0
    if found is None or not 1 <= number <= named.period.end.day:
        return named
    return Mention(day(named.period.end.replace(day=number)), found.start(), named.end)


def _is_of_a_year(part: Part, text: str) -> bool:
    """Whether a part is of the council's year: "the first six months" alone may be a scheme's."""
    said = text[part.start : part.end + _OF_THE_YEAR]
    own = "months" not in said.lower() or re.search(r"\byear\b", said, re.IGNORECASE)
    return bool(own or _SPENDS.search(text))


def _is_figure(figure: Quantity, text: str, periods: tuple[Mention, ...]) -> bool:
    if any(p.start < figure.end and figure.start < p.end for p in periods):
        return False
    before, after = text[: figure.start], text[figure.end :]
    if before.endswith(_FOOTNOTE):
        return False
    if "worded" in figure.flags:
        return _is_worded_figure(figure, before, after)
    if figure.unit == "count" and _is_label_number(figure, before, after):
        return False
    if re.match(r"^(?:\s(?:quarters?|thirds?|half|halves)\b|[A-Z]|p\b)", after):
        return False
    if figure.unit == "count" and _is_age_or_chance(figure, before, after):
        return False
    if re.search(r"\d\s?[-–]\s?$", before) or _NOT_A_FIGURE_AFTER.match(after):
        return figure.unit != "count"
    if figure.unit != "count" or _NUMBERING.search(before):
        return True
    if _AGED.search(before):
        return False
    return not _NOT_A_FIGURE_BEFORE.search(before)


def _is_age_or_chance(figure: Quantity, before: str, after: str) -> bool:
    """Whether a number is of "1 in 4", "(girl, 16)", "grades 9 to 4", "leave care at 18"."""
    few = len(figure.printed) == 1 and re.match(r"^\sin\s\d{1,3}\b(?!\s?%|[-/])", after)
    chance = few or re.search(r"(?<![\d,.])\d\sin\s$", before)
    speaker = re.search(r"\([a-z][a-z ]*,\s$", before) and after.startswith(")")
    graded = re.search(r"\bgrades?\s(?:\d\s?(?:to|-|–|and)\s?)?$", before)
    aged = re.search(
        r"\b(?:(?:leaves?|left|leaving)\s(?:\w+\s)?at|(?:is|are|was|were)\s(?:over|under))\s$",
        before,
    )
    return bool(chance or speaker or graded or aged)


def _is_worded_figure(figure: Quantity, before: str, after: str) -> bool:
    """Whether a number in words counts something: not "one", "one-off", "two years"."""
    bound = re.search(
        r"(?i)\b(?:fewer|less|more) than\s+$|"
        r"\b(?:under|over|below|above|one in|last|past|next|previous)\s+$",
        before,
    )
    if bound or before.endswith("-"):
        return False
    part = re.match(
        r"^(?:-|\s(?:of the|years?|months?|weeks?|days?|hours?|minutes?|nights?|points?|"
        r"at|or (?:more|fewer|less))\b)",
        after,
    )
    if figure.printed[0].isupper() and not _OPENS.search(before):
        return False  # part of a name, or of somebody's words
    return figure.printed.lower() != "one" and not part and not _AGED.search(before)


def _is_label_number(figure: Quantity, before: str, after: str) -> bool:
    """Whether a number labels something: a paragraph, a footnote, a part of a name."""
    if not before.strip(" -•("):
        return not re.match(r"^\s+[a-z]", after)
    bracketed = before.rstrip().endswith("(") and after.lstrip().startswith(")")
    if bracketed or (figure.printed.startswith("(") and after.startswith(")")):
        return not _area_right_before(before)  # "our statistical neighbours (63)"
    return bool(re.search(r"\b[A-Z][a-z]+\s$", before) and re.match(r"^[).;]", after))


def _area_right_before(text: str) -> bool:
    """Whether a text ends in the name of a comparator: "that of our neighbours ("."""
    near = text.rstrip("( ")[-_AREA_LENGTH:]
    return any(end == len(near) for _, _, end in find_areas(near))


def _distance(a: tuple[int, int], b: tuple[int, int], text: str) -> int:
    """How far apart two stretches of a sentence are; clause borders between them count extra."""
    start, end = (a[1], b[0]) if a[1] <= b[0] else (b[1], a[0])
    return max(0, end - start) + 25 * len(_CUT.findall(text[start:end]))


def _period(
    figure: Quantity, text: str, periods: tuple[Mention, ...], default: Period | None
) -> tuple[Period | None, tuple[str, ...]]:
    if _is_first(figure, text):
        return _first_of_two(figure, periods), (CAME_FROM,)
    if _YEAR_BEFORE.match(text[figure.end :]):
        base = _short(periods, figure) or default
        return (earlier_year(base) if base else None), ()
    if _CAME_DOWN.search(text[: figure.start]):
        behind = _CLAUSE_END.split(text[figure.end :], maxsplit=1)[0]
        own = [p for p in periods if 0 <= p.start - figure.end < len(behind)]
        if not own:
            return None, (CAME_FROM,)
    if _YEAR_BEFORE_IT.search(text[: figure.start]):
        return (earlier_year(default) if default else None), ()
    periods = tuple(
        p
        for p in periods
        if _dates(p, figure, text) and not _SET_AGAINST.search(text[figure.end : p.start])
    )
    if not periods or _NOW.match(text[figure.end :]):
        return default, ("dated by the report",) if default else ()
    here = (figure.start, figure.end)
    nearest = min(  # of two as near, the one that follows: "18.2 in May 2023 to 16.1 in May 2024"
        periods, key=lambda p: (_distance(here, (p.start, p.end), text), p.start < figure.start)
    )
    if _is_anothers(nearest, figure, text):
        return default, ("dated by the report",) if default else ()
    came = (CAME_FROM,) if _UP_FROM.search(text[: figure.start]) else ()
    return _same_day(nearest, text, periods), came


def _is_anothers(named: Mention, figure: Quantity, text: str) -> bool:
    """Whether a date behind a figure is that of the one it is set against.

    That stands in a clause of its own: "398 days, while in 2022/23 it was 441".
    """
    between, after = text[figure.end : named.start], text[named.end :]
    if _SINCE.search(between):
        return True
    contrast = _CONTRAST.search(between)
    return bool(contrast and _ITS_OWN.search(_SENTENCE_PIECE.split(after)[0]))


def _is_first(figure: Quantity, text: str) -> bool:
    """Whether a figure is what another came from, with no date of its own: "from 15% to 8%"."""
    further = _TO_NEXT.match(text[figure.end :])
    alone = further is not None and not find_periods(text[figure.end :][: further.end() + 4])
    return bool(_FROM.search(text[: figure.start])) and alone


def _first_of_two(figure: Quantity, periods: tuple[Mention, ...]) -> Period | None:
    """The first of two dates named before: "between March 2023 and March 2024 fell from … to"."""
    before = [m.period for m in periods if m.end <= figure.start]
    two = len(before) == len(periods) == 2 and before[0] != before[1]
    return min(before) if two else None


def _dates(named: Mention, figure: Quantity, text: str) -> bool:
    """Whether a date may be a figure's: not that of a report, a start, or what a colon sets off."""
    before = text[: named.start]
    if _OF_SAYING.search(before):
        return False
    if _FROM_START.search(before) and not re.search(r"\([^)]*$", text[: figure.start]):
        return False
    return not (figure.end <= named.start and _SET_OFF.search(text[figure.end : named.start]))


def _is_yet_to_rise(figure: Quantity, text: str, period: Period | None, held: date | None) -> bool:
    """Whether a figure is the level from which another is aimed at by a date to come."""
    ahead = period is not None and held is not None and period.start > held
    before, after = text[: figure.start], text[figure.end :]
    return ahead and before.rstrip().endswith("from") and bool(_RAISED_FROM.match(after))


def _main(text: str, periods: tuple[Mention, ...]) -> Period:
    """The date that a sentence is of, rather than one that it compares with."""
    own = [
        m
        for m in periods
        if not (_COMPARES.search(text[: m.start]) or _SET_AGAINST.search(text[: m.start]))
    ]
    return (own[-1] if own else periods[-1]).period


def _short(periods: tuple[Mention, ...], figure: Quantity) -> Period | None:
    """The date that "a year earlier" counts back from: the last one named before the figure."""
    before = [m.period for m in periods if m.end <= figure.start] or [m.period for m in periods]
    return before[0] if before else None


def _same_day(named: Mention, text: str, periods: tuple[Mention, ...]) -> Period:
    """A year compared with a date stands for the same day: "624 at 31 March 2019 ... in 2018".

    "The same months of 2018" are those named before, a year earlier.
    """
    if _SAME_STRETCH.search(text[: named.start]):
        before = [p.period for p in periods if p.end <= named.start]
        if before and named.period.kind is PeriodKind.CALENDAR_YEAR:
            return earlier_year(before[-1], before[-1].end.year - named.period.end.year)
    fuller = next((p for p in periods if p.period.kind in (PeriodKind.DAY, PeriodKind.MONTH)), None)
    if named.period.kind is not PeriodKind.CALENDAR_YEAR or fuller is None:
        return named.period
    if not re.search(r"\b(?:compared|than|from|against)\b", text[: named.start]):
        return named.period
    year, like = named.period.end.year, fuller.period.end
    return whole_month(year, like.month)


def _area(figure: Quantity, text: str, areas: tuple[tuple[str, int, int], ...]) -> str | None:
    here = (figure.start, figure.end)
    near = [
        (a, _distance(here, (start, end), text))
        for a, start, end in areas
        if not _SETS_BESIDE.search(text[figure.end : start])
    ]
    area, distance = min(near, key=lambda pair: pair[1], default=(None, 0))
    return area if distance <= _AREA_LENGTH else _subject(figure, text, areas)


def _subject(figure: Quantity, text: str, areas: tuple[tuple[str, int, int], ...]) -> str | None:
    """The area that a sentence opens with and tells of: "Our neighbours have more: 58"."""
    for area, start, end in areas[:1]:
        between = text[end : figure.start]
        if _OPENING.fullmatch(text[:start]) and end < figure.start and not _OURS.search(between):
            return area
    return None


def _basis(figure: Quantity, text: str) -> Basis:
    before = re.split(r"\d", text[max(0, figure.start - 32) : figure.start])[-1]
    after = re.split(r"\d", text[figure.end : figure.end + 16])[0]
    target = re.search(
        r"\b(?:target|ambition|plan of|standard of)\b", f"{before} | {after}", re.IGNORECASE
    )
    aimed = target or _is_goal(text[: figure.start]) or _is_raised_to(figure, text)
    return Basis.TARGET if aimed else Basis.ACTUAL


def _is_raised_to(figure: Quantity, text: str) -> bool:
    """Whether a figure is what is to be reached: "to raise the number ... from 14 to 20 by"."""
    before, after = text[: figure.start], text[figure.end :]
    meant = re.search(r"\bto (?:raise|increase|reduce|cut|bring|lower)\b[^.;]*$", before, re.I)
    return bool(meant and _RAISED_TO.search(before) and re.match(r"^\s+by\b", after))


def _is_goal(before: str) -> bool:
    """Whether a figure is what a sentence names as the aim: "the ambition was to ... by 81"."""
    aims = list(_GOAL.finditer(before))
    return (
        bool(aims)
        and not _REACHED.search(before[aims[-1].start() :])
        and not re.search(r"\d", before[aims[-1].end() :])
    )


def _unit(figure: Quantity, text: str) -> str:
    rate = _PER.match(text[figure.end :]) if figure.unit == "count" else None
    if rate is None and figure.unit == "count":
        rate = _PER_BEFORE.search(text[: figure.start])  # "63 per 10,000, which compares with 58"
    if rate is not None:
        return f"rate per {rate['of']}"
    if (
        figure.unit == "count"
        and re.search(r"\brate\b[^.]{0,40}$", text[: figure.start])
        and "10,000" in text
    ):
        return "rate per 10,000"
    if figure.unit == "count" and _SCORE.search(text[: figure.start]):
        return "score"
    bare = figure.unit == "count" and _NO_NOUN.match(text[figure.end :].lstrip())
    if bare and _INSTEAD.search(text[: figure.start]):
        before = list(find_quantities(text[: figure.start]))
        return before[-1].unit if before and before[-1].unit in ("days", "percent") else "count"
    if figure.unit == "count" and _is_compared(figure, text):
        return _unit_compared(text[: figure.start]) or figure.unit
    return figure.unit


def _unit_leaning(figure: Quantity, text: str, topic: str) -> str:
    """The unit; of a bare figure that leans on one told before, in either sentence, the unit's."""
    unit = _unit(figure, text)
    rest = text[figure.end :]
    if unit != "count" or not (_NO_NOUN.match(rest.lstrip()) or _YEAR_BEFORE.match(rest)):
        return unit
    before = text[: figure.start]
    said = before if _IT_WAS.search(before) else topic
    told = (_unit(q, said) for q in find_quantities(said))
    return next((before for before in told if before in ("days", "score")), unit)


def _is_compared(figure: Quantity, text: str) -> bool:
    """Whether a bare figure is a comparator's, which counts nothing of its own."""
    near = text[max(0, figure.start - _AREA_LENGTH) : figure.start]
    return bool(_NO_NOUN.match(text[figure.end :].lstrip()) and find_areas(near))


def _unit_compared(before: str) -> str | None:
    """The unit of the figure that a comparator's stands beside: "51 per 10,000 ... of 54"."""
    if re.search(r"\bper 10,000\b", before):
        return "rate per 10,000"
    told = [q.unit for q in find_quantities(before) if q.unit in ("percent", "days")]
    return told[-1] if told else None


def _counted(figure: Quantity, text: str) -> str:
    """What a figure counts or measures: "noun | clause", or the clause alone.

    A part ("4 of our children") is not the number of the whole, so it gets no noun.
    """
    clause = _clause(figure, text)
    clause = clause if _says(clause) else text
    rest = text[figure.end :]
    if figure.unit == "count" and (named := _NUMBER_OF.search(text[: figure.start])):
        return f"{named[1].strip()} | {clause}"
    after = re.match(r"^\s+(?:(?:are|were)\s+)?((?:[\w’'/-]+\s?){1,7})", rest)
    if (
        figure.unit != "count"
        or _is_part(figure, text)
        or after is None
        or _NO_NOUN.match(rest.lstrip())
    ):
        return clause
    if _YEAR_BEFORE.match(rest):
        return clause
    noun = _NOUN_END.split(after[1])[0].strip()
    return f"{noun} | {clause}" if noun else clause


def _is_part(figure: Quantity, text: str) -> bool:
    """Whether a figure counts some of a number told behind it: "638 of 912 children"."""
    return figure.unit == "count" and bool(_OF_THOSE.match(text[figure.end :]))


def _says(clause: str) -> bool:
    """Whether a clause says what is measured, rather than only when and against what."""
    shown = clause
    for mention in reversed(find_periods(clause)):
        shown = shown[: mention.start] + " " + shown[mention.end :]
    return sum(not w[0].isdigit() and w not in _BARE_WORDS for w in words(shown)) > 1


def _clause(figure: Quantity, text: str) -> str:
    """The clause that a figure stands in."""
    starts = [0] + [m.end() for m in _CLAUSE.finditer(text) if m.end() <= figure.start]
    ends = [m.start() for m in _CLAUSE.finditer(text) if m.start() >= figure.end] + [len(text)]
    start, end = starts[-1], ends[0]
    further = [start + m.end() for m in _AND_FIGURE.finditer(text[start:end])]
    first = next(find_quantities(text[start:end]), None)
    head = text[start : start + first.start] if first else ""
    if not further and first and figure.start > start + first.start:
        return _own_stretch(figure, first, text, start, end)
    if not further or not _says(head):
        return text[start:end].strip()
    own = max((at for at in further if at <= figure.start), default=start)
    until = min((at for at in further if at > figure.start), default=end)
    piece = _AND_END.sub("", text[own:until])
    return (piece if own == start else head + piece).strip()


def _own_stretch(figure: Quantity, first: Quantity, text: str, start: int, end: int) -> str:
    """The stretch of a further figure that has a subject of its own: "and an agency one £1,034"."""
    between = text[start + first.end : figure.start]
    joint = between.rfind(" and ")
    if joint < 0 or figure.unit != first.unit or not _says(between[joint + 5 :]):
        return text[start:end].strip()
    return text[start + first.end + joint + 5 : end].strip()
