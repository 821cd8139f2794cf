"""What a person reads, in words, for the terminal and the page alike.

Papers are untrusted: `plain` takes out what a terminal or page could act upon.
"""

import re
from dataclasses import dataclass
from datetime import date
from itertools import islice

from assistant.answer import Chart, Citation, Comparator, Figure, Searched
from ingest.model import Passage

# Control characters but for tab and line feed, and the bidirectional ones that reorder a line.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BREAK = re.compile(r"(?<=\S)[ \t]*\n(?![\n|*•–-]|\d+[.)])")
_GAP = " · "
_UNITS = {"percent": "%", "count": ""}
_AROUND = 600


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A stretch of a paper with a quote in its place."""

    before: str
    quote: str
    after: str


def plain(text: str) -> str:
    """The text without control characters."""
    return _CONTROLS.sub("", text)


def flowing(text: str) -> str:
    """The text without line breaks inside sentences; blank lines, lists and rows stay."""
    return _BREAK.sub(" ", plain(text))


def day(when: date | str | None) -> str:
    """A date as written in British papers: 14 March 2024; ISO text is taken too."""
    if isinstance(when, str):
        when = date.fromisoformat(when)
    return f"{when.day} {when:%B %Y}" if when else "undated"


def place(citation: Citation) -> str:
    """Where a quote stands: council, committee, date, item, paragraph, page."""
    when = day(citation.meeting_date) if citation.meeting_date else None
    meeting = (citation.council, citation.committee, when)
    where = (citation.item, citation.paragraph, citation.page)
    return _placed(meeting, *where) or citation.paper


def passage_place(passage: Passage) -> str:
    """Where a passage stands, in the same words, with its heading."""
    meeting, where = passage.meeting, passage.locator
    under = passage.headings[-1] if passage.headings else None
    item = " > ".join(dict.fromkeys(name for name in (where.item, under) if name))
    of = (meeting.council, meeting.committee, day(meeting.held) if meeting.held else None)
    return _placed(of, item or None, where.paragraph, where.page) or where.paper


def _placed(
    meeting: tuple[str | None, ...], item: str | None, paragraph: str | None, page: int | None
) -> str:
    parts = (
        *meeting,
        item if not item or re.match(r"[A-Za-z]", item) else f"item {item}",
        f"para {paragraph}" if paragraph else None,
        f"page {page}" if page else None,
    )
    return plain(_GAP.join(part for part in parts if part))


def figure_line(figure: Figure) -> str:
    """A figure with whose, what and when."""
    parts = (f"{figure.label}: {quantity(figure)}", figure.council, figure.period, figure.basis)
    marks = "".join(f" [{marker}]" for marker in figure.citations)
    return plain(_GAP.join(part for part in parts if part)) + marks


def quantity(figure: Figure) -> str:
    """A figure's value with its unit: 1,204 or 47.5% or £1,200."""
    return chart_value(figure.value, figure.unit)


def chart_value(value: float, of: str) -> str:
    """A value with its unit: 1,204 or 47.5% or £1,200."""
    number = f"{value:,.4f}".rstrip("0").rstrip(".")
    if of == "gbp":
        return f"-£{number[1:]}" if number.startswith("-") else f"£{number}"
    return f"{number}{_UNITS.get(of, f' {of}')}"


def chart_sentence(chart: Chart) -> str:
    """A chart in words, for who can't see it: from, to, highest, lowest, target."""
    points = chart.points
    first, last = points[0], points[-1]
    high, low = max(points, key=lambda p: p.value), min(points, key=lambda p: p.value)
    told = [
        f"{chart.title}: from {chart_value(first.value, chart.unit)} ({first.period}) to "
        f"{chart_value(last.value, chart.unit)} ({last.period})",
        f"highest {chart_value(high.value, chart.unit)} ({high.period})",
        f"lowest {chart_value(low.value, chart.unit)} ({low.period})",
    ]
    if chart.target is not None:
        told.append(f"target {chart_value(chart.target, chart.unit)}")
    told += [_beside(comparator, chart.unit) for comparator in chart.comparators]
    if chart.better in ("higher", "lower"):
        told.append(f"{chart.better} is better")
    return plain("; ".join(told)) + "."


def _beside(comparator: Comparator, unit: str) -> str:
    """A comparator in words: its level, or from where to where it went."""
    first, last = comparator.points[0], comparator.points[-1]
    if not first.period:
        return f"{comparator.area} {chart_value(first.value, unit)}, printed without a date"
    ends = (f"{chart_value(p.value, unit)} ({p.period})" for p in (first, last))
    return f"{comparator.area} from {' to '.join(ends)}"


def chart_table(chart: Chart) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """A chart as names of columns and rows: a date each, with its comparators beside it."""
    dated = {c.area: {p.ends: p.value for p in c.points} for c in chart.comparators}
    levels = {c.area: c.points[0].value for c in chart.comparators if not c.points[0].ends}

    def beside(area: str, ends: str) -> str:
        value = levels.get(area, dated[area].get(ends))
        return "" if value is None else chart_value(value, chart.unit)

    names = [f"{area} (undated)" if area in levels else area for area in dated]
    rows = tuple(
        (
            point.period,
            chart_value(point.value, chart.unit),
            *(beside(area, point.ends) for area in dated),
            point.paper,
        )
        for point in chart.points
    )
    return ("When", "Figure", *names, "Paper"), rows


def searched_line(searched: Searched) -> str:
    """What was searched, so that "not found" means something."""
    papers = counted(searched.papers, "paper")
    councils = f" of {_joined(searched.councils)}" if searched.councils else ""
    dates = f", {_span(searched.first, searched.last)}" if searched.first else ""
    holes = (
        f"; {counted(searched.unreadable, 'page')} could not be read" if searched.unreadable else ""
    )
    return plain(f"Searched: {papers}{councils}{dates}{holes}.")


def surroundings(text: str, quote: str) -> Surroundings | None:
    """A quote with what stands around it; None where its place isn't beyond doubt."""
    words = [re.escape(word) for word in quote.split()]
    if not words:
        return None
    places = list(islice(re.finditer(r"\s+".join(words), text), 2))
    if len(places) != 1:
        return None
    start, end = places[0].span()
    return Surroundings(
        before=plain(text[max(0, start - _AROUND) : start]),
        quote=plain(text[start:end]),
        after=plain(text[end : end + _AROUND]),
    )


def _span(first: date | None, last: date | None) -> str:
    return day(first) if first == last else f"{day(first)} to {day(last)}"


def counted(number: int, what: str, several: str | None = None) -> str:
    """A number of things: 1 paper, 8 papers; `several` where an "s" doesn't make the plural."""
    return f"{number:,} {what if number == 1 else several or f'{what}s'}"


def _joined(names: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
