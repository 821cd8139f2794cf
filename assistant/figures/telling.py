"""Figures told in plain English: whose, what, when, how much, and which way is better."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from assistant.answer import Figure, Outcome, Point
from assistant.drafts import Draft, DraftFigure, Source, Statement
from assistant.figures.index import Match
from indicators.better import better
from indicators.calculate import Calculation, trend
from indicators.comparing import warnings
from indicators.quantities import spoken
from ingest.areas import area_of
from ingest.model import Basis, Observation, Period
from ingest.periods import describe, find_periods


def distinct(matches: Sequence[Match]) -> list[Match]:
    """The matches without those that the same sentence or cell gives twice."""
    seen: dict[tuple[object, ...], Match] = {}
    for match in matches:
        o = match.observation
        key = (
            (o.locator, None) if o.source == "sentence" else (o.locator, o.period, o.area, o.basis)
        )
        seen.setdefault(key, match)
    return list(seen.values())


def source_of(match: Match) -> Source:
    """Where a match's figure stands."""
    return Source(match.observation.locator, match.observation.quote, match.meeting)


def when(period: Period | None) -> str:
    """A figure's date in words."""
    if period is None:
        return "an undated figure"
    return describe(period)


def point_of(o: Observation) -> Point:
    """A figure as a point of a chart; one without a date has none."""
    return Point(
        period=when(o.period) if o.period else "",
        ends=o.period.end.isoformat() if o.period else "",
        value=float(o.value or 0),
        paper=o.locator.paper,
    )


def told(match: Match) -> str:
    """One figure in plain English: whose, what, when, how much."""
    o = match.observation
    value = spoken(o.value, o.unit) if o.value is not None else "not reported"
    if o.source == "sentence":
        printed = o.printed.strip("([]),. ")
        slip = f"{value} (printed “{printed}”)"
        value = (
            slip if "read as thousands" in o.flags else printed if o.value is not None else value
        )
        dated = "" if find_periods(o.quote) else _papers_of(match)
        return f"{value}: “{' '.join(o.quote.split())}”{dated}"
    goal = (
        "target for "
        if o.basis is Basis.TARGET
        else "baseline for "
        if o.basis is Basis.BASELINE
        else ""
    )
    undated = _papers_of(match, "undated, ") if o.basis is Basis.ACTUAL else ""
    dated = f", {when(o.period)}" if o.period else undated
    caveat = " (printed in square brackets: a caveat applies)" if "bracketed" in o.flags else ""
    return f"{o.area}{', ' if o.area else ''}{goal}{o.measure}{dated}: {value}{caveat}."


def _papers_of(match: Match, lead: str = "") -> str:
    """The date of the papers that a figure without one stands in."""
    held = match.meeting.held
    return f" ({lead}papers of {held.day} {held:%B %Y})" if held else ""


def stated(match: Match, lead: str = "") -> Statement:
    """One figure told with its source, after a lead."""
    return Statement(lead + told(match), (source_of(match),), labels=labels_of(match))


def labels_of(*matches: Match) -> str:
    """The printed labels of figures, which a quoted row stands under.

    A column of pounds in millions says so in its label: a cell of 31.2 is £31.2 million; and
    "nineteen" is 19.
    """
    return " ".join(
        f"{o.measure} {o.printed} {spoken(o.value, o.unit) if o.value and _is_put(o) else ''}"
        for o in (match.observation for match in matches)
    )


def _is_put(o: Observation) -> bool:
    """Whether a figure isn't printed in its own digits: "nineteen", or 31.2 under "£m"."""
    return any(flag.startswith(("printed in £", "worded")) for flag in o.flags)


def label_of(o: Observation) -> str:
    """What a figure is of, short enough to stand beside it."""
    return o.measure.partition(" | ")[0][:160]


def figure_of(match: Match) -> DraftFigure:
    """A match as a figure of the answer, as reported."""
    o = match.observation
    figure = Figure(
        label=label_of(o),
        value=float(o.value or 0),
        unit=o.unit,
        council=match.meeting.council,
        period=when(o.period) if o.period else None,
        basis=o.basis.value if o.area == area_of(match.meeting.council) else o.area,
        working=None,
        citations=(),
    )
    return DraftFigure(figure, (source_of(match),))


def calculated(
    lead: str,
    worked: Calculation,
    matches: Sequence[Match],
    statements: Sequence[Statement],
    told: Sequence[Match] | None = None,
) -> Draft:
    """An answer by calculation: the result as a figure with its working, then its inputs.

    Of many inputs only those `told` are figures of the answer; the working shows the rest.
    """
    first = matches[0]
    sources = tuple(source_of(m) for m in distinct(matches))
    figure = Figure(
        label=label_of(first.observation),
        value=float(worked.result),
        unit=worked.unit,
        council=first.meeting.council,
        period=None,
        basis="calculated",
        working=worked.formula,
        citations=(),
    )
    opening = (Statement(lead, sources, worked.formula, labels_of(*matches)),) if lead else ()
    return Draft(
        Outcome.ANSWERED,
        (*opening, *statements),
        min(m.score for m in matches),
        figures=(DraftFigure(figure, sources), *map(figure_of, distinct(told or matches))),
    )


def share_told(worked: Calculation) -> Calculation:
    """A share as people print it, to a tenth, with its working; a small one as it is."""
    part, *wholes = (o.value or Decimal(0) for o in worked.inputs)
    tenth = (100 * part / sum(wholes)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if not tenth:
        return worked
    formula = f"{worked.formula.rpartition('=')[0]}= {spoken(tenth, worked.unit)}"
    return replace(worked, result=tenth, formula=formula)


def joined(draft: Draft, other: Draft) -> Draft:
    """One draft of two on the same figure, which is told once."""
    figures = dict.fromkeys((*draft.figures, *other.figures))
    return replace(draft, statements=(*draft.statements, *other.statements), figures=tuple(figures))


def change(later: Match, earlier: Match, worked: Calculation) -> Statement:
    """The change in words ("fell by 22, from 624 to 602"), and whether it is for the better."""
    a, b = later.observation, earlier.observation
    change = (a.value or Decimal(0)) - (b.value or Decimal(0))
    verb = "rose" if change > 0 else "fell" if change < 0 else "did not change"
    size = abs(worked.result)
    if worked.unit == "percent" and b.value:  # rounded once: 10.547 is 10.5, not 10.55 and so 10.6
        size = abs(100 * change / b.value).quantize(Decimal("0.1"), ROUND_HALF_UP).normalize() + 0
    how = f" by {spoken(size, worked.unit)}" if change else ""
    sign = "-" if worked.result < 0 else ""
    shown = f"{worked.formula.rsplit('=', 1)[0]}= {sign}{spoken(size, worked.unit)}"
    working = shown if size != abs(worked.result) else worked.formula
    way = better(a)
    judged = ""
    if change and way != "neither":
        judged = ": better" if (change > 0) == (way == "higher") else ": worse"
    dates = (
        f" between {when(b.period)} and {when(a.period)}"
        if a.period and b.period and a.period != b.period
        else ""
    )
    text = (
        f"{whose(a)} {verb}{how}{dates}, from {spoken(b.value or Decimal(0), b.unit)} to "
        f"{spoken(a.value or Decimal(0), a.unit)}{judged} ({working})."
    )
    sources = tuple(source_of(m) for m in distinct([later, earlier]))
    return Statement(text, sources, working, labels=labels_of(later, earlier))


def trended(points: Sequence[Match], way: str) -> Statement:
    """The direction of a series in words, with the rule that it was judged by."""
    worked = trend([m.observation for m in points])
    judged = worked.judged(way)
    unit = points[0].observation.unit
    text = (
        f"Trend: {judged} (the net change, {spoken(abs(worked.net), worked.unit)}, is "
        f"{'at least' if worked.clear else 'less than'} half of the range, "
        f"{spoken(worked.low, unit)} to {spoken(worked.high, unit)})."
    )
    ends = [m for m in points if m.observation.value in (worked.low, worked.high)]
    shown = distinct([points[0], points[-1], *ends[:4]])
    return Statement(text, tuple(source_of(m) for m in shown), worked.formula, labels_of(*shown))


def unlike(matches: Sequence[Match]) -> list[Statement]:
    """What must be said of figures set side by side: other dates, ages, definitions."""
    warned = warnings([m.observation for m in matches])
    sources = tuple(source_of(m) for m in distinct(matches))
    labels = labels_of(*matches)
    return [Statement(f"Note: {text}", sources, labels=labels) for text in warned]


def whose(o: Observation) -> str:
    """Whose figure and what of: "Leafshire’s “Dental checks up to date”"."""
    measure = f"“{o.measure}”" if o.source != "sentence" else "figure"
    return f"{o.area}’s {measure}" if o.area else f"The {measure}"


def gap(own: Match, other: Match, worked: Calculation, area: str) -> Statement:
    """How far a figure is from a comparator's."""
    side = "above" if worked.result > 0 else "below" if worked.result < 0 else "level with"
    size = f"{spoken(abs(worked.result), worked.unit)} " if worked.result else ""
    text = f"{whose(own.observation)} is {size}{side} {area} ({worked.formula})."
    sources = tuple(source_of(m) for m in distinct([own, other]))
    return Statement(text, sources, worked.formula, labels=labels_of(own, other))


def verdict(own: Match, goal: Match, worked: Calculation) -> Statement:
    """Whether a target was met, told by which way is better."""
    way = better(own.observation)
    over = worked.result
    size = spoken(abs(over), worked.unit)
    side = "above" if over > 0 else "below"
    met = over == 0 or (over > 0) == (way == "higher") if way != "neither" else None
    lead = (
        ""
        if met is None
        else "Yes, the target was met: "
        if met
        else "No, the target was not met: "
    )
    gap = f"{size} {side} target" if over else "exactly on target"
    return Statement(
        f"{lead}{whose(own.observation)} is {gap} ({worked.formula}).",
        (source_of(own), source_of(goal)),
        worked.formula,
        labels=labels_of(own, goal),
    )


def unreported(match: Match) -> Draft:
    """A cell that is there and holds no figure: blank, suppressed or a note."""
    o = match.observation
    why = (
        "the number is suppressed because it is small"
        if "suppressed" in o.flags
        else "the papers list it but give no figure"
    )
    printed = f" (printed: “{o.printed}”)" if o.printed else ""
    text = f"{o.area}, “{o.measure}”, {when(o.period)}: {why}{printed}."
    statement = Statement(text, (source_of(match),), labels=f"{o.measure} {o.printed}")
    return Draft(Outcome.NOT_FOUND, (statement,), match.text)
