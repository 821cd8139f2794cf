"""The figures as a tidy pandas frame with a checked schema, one row an observation.

What has no date, no value or no label that says what is measured is kept with `placed` false: it
is there to be looked at and never used for an answer that asks for a date.
"""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from indicators.catalogue import Measure, measure_of, words
from indicators.spreadsheets import safe_cell
from ingest.errors import BoardPapersError
from ingest.model import Basis, Meeting, Observation, PeriodKind
from ingest.periods import describe

_UNITS = (
    "count",
    "percent",
    "pp",
    "gbp",
    "days",
    "rate per 1,000",
    "rate per 10,000",
    "rate per 100,000",
    "score",
    "ratio",
)
_TEXT, _DAY = pd.StringDtype(na_value=pd.NA), "datetime64[s]"

SCHEMA = pa.DataFrameSchema(
    {
        "council": pa.Column(_TEXT, nullable=True),
        "committee": pa.Column(_TEXT, nullable=True),
        "meeting_date": pa.Column(_DAY, nullable=True),
        "measure": pa.Column(_TEXT, pa.Check.str_length(min_value=1)),
        "catalogue": pa.Column(_TEXT, nullable=True),
        "population": pa.Column(_TEXT, nullable=True),
        "better": pa.Column(_TEXT, pa.Check.isin(("higher", "lower", "neither")), nullable=True),
        "area": pa.Column(_TEXT),
        "basis": pa.Column(_TEXT, pa.Check.isin([b.value for b in Basis])),
        "period": pa.Column(_TEXT, nullable=True),
        "period_kind": pa.Column(
            _TEXT, pa.Check.isin([k.value for k in PeriodKind]), nullable=True
        ),
        "period_start": pa.Column(_DAY, nullable=True),
        "period_end": pa.Column(_DAY, nullable=True),
        "value": pa.Column("float64", nullable=True),
        "exact": pa.Column(_TEXT, pa.Check.str_matches(r"^-?\d+(\.\d+)?$"), nullable=True),
        "unit": pa.Column(_TEXT, pa.Check.isin(_UNITS)),
        "flags": pa.Column(_TEXT),
        "placed": pa.Column("bool"),
        "source": pa.Column(_TEXT, pa.Check.isin(("table", "dashboard", "sentence"))),
        "paper": pa.Column(_TEXT),
        "page": pa.Column("Int64", nullable=True),
        "item": pa.Column(_TEXT, nullable=True),
        "printed": pa.Column(_TEXT),
        "quote": pa.Column(_TEXT),
        "start": pa.Column("int64", pa.Check.ge(0)),
        "end": pa.Column("int64", pa.Check.ge(0)),
    },
    checks=[
        pa.Check(
            lambda f: f["period_end"].isna() | (f["period_start"] <= f["period_end"]),
            error="a period ends before it starts",
        ),
        pa.Check(lambda f: f["start"] <= f["end"], error="a quote ends before it starts"),
        pa.Check(
            lambda f: ~f["placed"] | (f["value"].notna() & f["period_end"].notna()),
            error="a placed figure lacks its value or its date",
        ),
    ],
    strict=True,
    ordered=True,
)


class ExportError(BoardPapersError):
    """The figures can't be written to the file named."""


def is_placed(o: Observation) -> bool:
    """Whether a figure has value, date and label, so that an answer may rest on it."""
    return o.value is not None and o.period is not None and bool(words(o.measure))


def to_frame(figures: Iterable[tuple[Observation, Meeting]]) -> pd.DataFrame:
    """The frame of figures with the meetings that they are of, checked against `SCHEMA`."""
    rows = [_row(o, meeting) for o, meeting in figures]
    frame = pd.DataFrame(rows, columns=list(SCHEMA.columns))
    typed = frame.astype({name: column.dtype.type for name, column in SCHEMA.columns.items()})
    return SCHEMA.validate(typed, lazy=True)


def write(frame: pd.DataFrame, path: Path) -> None:
    """Write the frame as CSV or Parquet, by the file's ending; raises ExportError."""
    match path.suffix.lower():
        case ".csv":
            frame.map(_safe).to_csv(path, index=False, date_format="%Y-%m-%d")
        case ".parquet":
            frame.to_parquet(path, index=False)
        case _:
            raise ExportError(f"{path.name}: name a file that ends in .csv or .parquet.")


def _row(o: Observation, meeting: Meeting) -> tuple[object, ...]:
    known = _known(o)
    period = o.period
    return (
        meeting.council,
        meeting.committee,
        meeting.held,
        o.measure,
        known.id if known else None,
        known.population if known else None,
        _better(o, known),
        o.area,
        o.basis.value,
        describe(period) if period else None,
        period.kind.value if period else None,
        period.start if period else None,
        period.end if period else None,
        None if o.value is None else float(o.value),
        None if o.value is None else format(o.value, "f"),
        o.unit,
        "; ".join(o.flags),
        is_placed(o),
        o.source,
        o.locator.paper,
        o.locator.page,
        o.locator.item,
        o.printed,
        o.quote,
        o.locator.start,
        o.locator.end,
    )


def _known(o: Observation) -> Measure | None:
    """The catalogue's measure in its unit; a sentence says too much to be sure of one."""
    measure = None if o.source == "sentence" else measure_of(words(o.measure))
    return measure if measure and measure.unit == o.unit else None


def _better(o: Observation, known: Measure | None) -> str | None:
    for way in ("lower", "higher"):
        if f"{way} is better" in o.flags:
            return way
    return known.better if known else None


def _safe(cell: object) -> object:
    return safe_cell(cell) if isinstance(cell, str) else cell
