"""A measure's card: what it is, which way is better, its series, and what is amiss with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Chart, Comparator
from assistant.figures.index import Match
from assistant.figures.series import Series
from assistant.figures.telling import label_of, point_of
from indicators.better import better
from indicators.catalogue import Measure, measure_of, words
from indicators.findings import Finding


@dataclass(frozen=True, slots=True)
class Card:
    """One council's measure; what the catalogue doesn't know is empty."""

    council: str
    measure: str
    catalogue: str
    population: str
    definition: str
    defined_by: str
    findings: tuple[str, ...]
    chart: Chart


def charted(along: Series, goal: Match | None, comparators: tuple[Comparator, ...] = ()) -> Chart:
    """A series as a chart, with its target's line and what is printed beside it."""
    last = along.points[-1].observation
    return Chart(
        title=f"{last.area}: {label_of(last)}",
        unit=last.unit,
        better=better(last),
        points=tuple(map(point_of, along.observations)),
        target=float(goal.observation.value) if goal and goal.observation.value else None,
        comparators=comparators,
    )


def card_of(along: Series, chart: Chart, findings: Sequence[Finding]) -> Card:
    """The card of a series."""
    last = along.points[-1]
    known: Measure | None = measure_of(words(last.observation.measure))
    held = set(along.observations)
    amiss = [f.sentence for f in findings if any(o in held for o in f.observations)]
    return Card(
        council=last.meeting.council or "",
        measure=last.observation.measure,
        catalogue=known.name if known else "",
        population=known.population if known else "",
        definition=known.definition if known else "",
        defined_by=known.defined_by if known else "",
        findings=tuple(amiss),
        chart=chart,
    )
