"""Made-up observations and papers."""

from datetime import date
from decimal import Decimal

from indicators.dashboards import read_dashboards
from indicators.extract import observe
from indicators.sentences.reading import read_sentences
from indicators.tabular import read_table
from ingest.model import Basis, Locator, Observation, Paper, Period
from ingest.periods import find_periods
from ingest.reading import Source
from ingest.structure import understand

OWN = "Northmoor"

Told = tuple[str, str, str, str | None, str | None, str]


def figure(
    value: str | None,
    unit: str = "count",
    *,
    measure: str = "Children in care",
    when: str | None = "31 March 2024",
    area: str = OWN,
    basis: Basis = Basis.ACTUAL,
    source: str = "table",
    text: str = "",
    printed: str = "",
    row: int = 0,
    paper: str = "northmoor-2024",
    context: str = "Performance",
) -> Observation:
    """One figure; rows of one table follow one another, ten characters apart."""
    return Observation(
        measure=measure,
        context=context,
        area=area,
        basis=basis,
        period=period(when) if when else None,
        value=None if value is None else Decimal(value),
        unit=unit,
        flags=(),
        source=source,
        quote=text or measure,
        printed=printed or (value or ""),
        locator=Locator(paper, row * 110, row * 110 + 100),
    )


def period(text: str) -> Period:
    return find_periods(text)[0].period


def paper(text: str) -> Paper:
    """A small paper with one report: the text stands below a heading."""
    return understand(Source("northmoor-2024.md", "0", f"# Performance report\n\n{text}\n"))


def tabled(text: str) -> list[tuple[object, ...]]:
    """What the tables of a text give: (measure, area, basis, last day, value, unit, flags)."""
    held = paper(text)
    return [_told(o) for table in held.tables for o in read_table(table, OWN, held)]


def dashboard(text: str) -> list[tuple[object, ...]]:
    return [_told(o) for o in read_dashboards(paper(text), OWN)]


def sentences(text: str) -> list[tuple[object, ...]]:
    return [_told(o) for o in read_sentences(paper(text), OWN)]


def _told(o: Observation) -> tuple[object, ...]:
    last: date | None = o.period.end if o.period else None
    value = None if o.value is None else f"{o.value:f}"
    return (o.measure, o.area, o.basis.value, str(last) if last else None, value, o.unit, o.flags)


def printed(text: str, *sources: str) -> list[Told]:
    """(measure, area, basis, last day, value, unit) of the figures of a report's text.

    Those of the named sources, of tables where none is named.
    """
    held = understand(Source("northmoor-2024.txt", "0", f"# Performance report\n\n{text}\n"))
    return [
        (
            o.measure,
            o.area,
            o.basis.value,
            str(o.period.end) if o.period else None,
            None if o.value is None else f"{o.value:f}",
            o.unit,
        )
        for o in observe(held)
        if o.source in (sources or ("table",))
    ]
