"""What a table cell prints: a figure or two, a number held back, or nothing.

The unit is the one printed with the figure, else what the labels over and beside it say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from indicators.catalogue import measure_of, words
from indicators.findings import CHANGE
from indicators.quantities import Quantity, find_quantities
from ingest.periods import find_periods

_HIDDEN = re.compile(
    r"^\W*(?:(?:fewer|less) than \w+|under \d+|<\s?\d+|[cx]|suppressed|\*+)\W*$", re.IGNORECASE
)
_UNREPORTED = re.compile(
    r"^\W*(?:n/?[ar]|not? (?:yet )?(?:reported|available|applicable|known|published|collected|"
    r"recorded|data|return)|tb[ac]|awaited|pending|unknown|see (?:note|above|below)).{0,20}$",
    re.IGNORECASE,
)
_NIL = re.compile(r"^\W*(?:nil|none|zero)\W*$", re.IGNORECASE)
_RANGE = re.compile(r"^\W*\d+\s?[-–—]\s?\d+\W*$")
_PART_BY_WHOLE = re.compile(r"\d[\d,]*\s?/\s?\d[\d,]*")
_PART_OF = re.compile(r"\bof\s+(?:the\s+)?$", re.IGNORECASE)
_COUNTED = re.compile(r"\bnumber\b|\bno\.|^no$|\bcount\b", re.IGNORECASE)
_MONEY_SCALE = re.compile(
    r"£\s?(?:(?P<thousand>['’]?000['’]?s?|k|thousands?)|(?P<million>m|mn|millions?)"
    r"|(?P<billion>bn|billions?))(?!\w)",
    re.IGNORECASE,
)
_IN_POUNDS = re.compile(r"\(£[^()]{0,20}\)")
"""A caption that says in what money its table is."""
_SCALES = {"thousand": Decimal(1_000), "million": Decimal(10) ** 6, "billion": Decimal(10) ** 9}
_BEGINS_WITH_FIGURE = re.compile(r"^\W*\d[\d,]*(?:\.\d+)?%?(?:\W|$)")
_TIME_ALLOWED = re.compile(
    r"\b(?:in|within|under|over|than|least|most|after|by|beyond|last|next|up to|of)\s+(?:the\s+)?"
    r"(?:\d+|\w+)(?:\s+(?:working|calendar|school))?\s+days\b"
)
"""How many days something may take is no length of time that a figure tells."""
_RATE = re.compile(r"\b(100,000|10,000|1,000)\b")
_MOVED_BY = re.compile(
    r"\b(?:net (?:gain|loss)|increase|decrease|reduction|rise|fall|growth) of\s+$", re.IGNORECASE
)
_RESTATED = re.compile(r"\((?:r|rev|restated|revised)\)\W*$", re.IGNORECASE)
RESTATED = "marked as restated"
_PROSE = 60
_LEADING_WORDS = 4


@dataclass(frozen=True, slots=True)
class Says:
    """What is written around a cell, each as printed; `percent` where a label means a share."""

    measure: str
    row: str
    column: str
    above: str
    row_percent: bool
    column_percent: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure of a cell; `value` is None where the cell holds the number back."""

    value: Decimal | None
    unit: str
    flags: tuple[str, ...]


def is_hidden(text: str) -> bool:
    """Whether a small number is suppressed: "fewer than 5", "c", "<5"."""
    return bool(_HIDDEN.match(text))


def is_range(text: str) -> bool:
    """Whether a cell holds "2 - 4" and nothing else: pages or ages, not a figure."""
    return bool(_RANGE.match(text))


def find_figures(text: str) -> list[Quantity]:
    """The figures of a cell; prose, ranges and dates hold none."""
    if len(text) > _PROSE or is_range(text):
        return []
    dated = find_periods(text)
    begins = _BEGINS_WITH_FIGURE.match(text)
    if dated and (not begins or dated[0].start < begins.end()):
        return []
    left_out = [(d.start, d.end) for d in dated]
    left_out += [m.span() for m in _PART_BY_WHOLE.finditer(text)]
    found = [
        q
        for q in find_quantities(text)
        if "/" not in text[max(0, q.start - 1) : q.end + 1]
        and not any(start < q.end and q.start < end for start, end in left_out)
    ]
    if found and len(re.findall(r"[^\W\d]{2,}", text[: found[0].start])) > _LEADING_WORDS:
        return []
    return found


def read_cell(text: str, says: Says, *, expected: bool) -> Iterator[Reading]:
    """The figures of a cell; where one is `expected`, also that there is none."""
    if is_hidden(text):
        yield Reading(None, _unit("count", says), ("suppressed",))
    elif _NIL.match(text):
        yield Reading(Decimal(0), _unit("count", says), ("worded",))
    elif figures := _shown(find_figures(text), text):
        yield from _readings(figures, text, says)
    elif expected:
        yield Reading(None, _unit("count", says), (_why_empty(text),))


def usual_unit(label: str) -> str:
    """The unit of a bare number by what the catalogue knows of its measure: days, a score."""
    measure = measure_of(words(label))
    return measure.unit if measure and measure.unit in ("days", "score") else "count"


def _why_empty(text: str) -> str:
    if not text.strip("-–—. "):
        return "blank"
    return "not reported" if _UNREPORTED.match(text) else "not a figure"


def _shown(figures: list[Quantity], text: str) -> list[Quantity]:
    """At most two figures of a cell: in "97 of 169 (57.4%)" the whole isn't the measure's."""
    kept = [q for i, q in enumerate(figures) if not (i and _PART_OF.search(text[: q.start]))]
    return kept[:2]


def _readings(figures: list[Quantity], text: str, says: Says) -> Iterator[Reading]:
    units = _paired_units(says) if len(figures) == 2 else None
    for i, figure in enumerate(figures):
        if units and figure.unit == "count":
            unit = units[i]
        else:
            unit = figure.unit if i else _unit(figure.unit, says)
        moved = (CHANGE,) if _MOVED_BY.search(text[: figure.start]) else ()
        marked = (RESTATED,) if _RESTATED.search(text) else ()
        beside = ("second figure in the cell",) if i else ()
        flags = (*figure.flags, *moved, *marked, *beside)
        yield _scaled(Reading(figure.value, unit, flags), figure, text, says)


def _paired_units(says: Says) -> tuple[str, str] | None:
    """The units of two figures in one cell, where the label says both: "No. (%)", "% (no.)"."""
    label = says.column if "%" in says.column else says.row
    counted = _COUNTED.search(label)
    if counted is None or "%" not in label:
        return None
    return ("count", "percent") if counted.start() < label.index("%") else ("percent", "count")


def _scaled(reading: Reading, figure: Quantity, text: str, says: Says) -> Reading:
    """An amount under "£000" or "£m" in pounds; in brackets, below nought."""
    value, unit, flags = reading.value, reading.unit, reading.flags
    if value is None or unit not in ("count", "gbp"):
        return reading
    scale = _scale(unit, says)
    in_full = "£" in figure.printed and "," in figure.printed
    if scale and not in_full and not re.search(r"[a-z]", figure.printed, re.IGNORECASE):
        pounds = value * _SCALES[scale]
        value = pounds.to_integral_value() if pounds == int(pounds) else pounds
        unit, flags = "gbp", (*flags, f"printed in £ {scale}s")
    if unit == "gbp" and re.fullmatch(r"\(£?[\d.,]+\)", text.strip()):
        value, flags = -value, (*flags, "brackets read as minus")
    return Reading(value, unit, flags)


def _scale(unit: str, says: Says) -> str | None:
    own = _MONEY_SCALE.search(says.column) or _MONEY_SCALE.search(says.row)
    if own is None and not _COUNTED.search(says.column) and not says.column_percent:
        own = _MONEY_SCALE.search(says.above)
    return own.lastgroup if own else None


def _unit(printed: str, says: Says) -> str:
    """The unit: printed with the figure, else what the labels say."""
    if printed != "count":
        return printed
    both = says.measure.lower()
    by_rate = re.search(r"\brate\b", says.column.lower()) and "10,000" in says.above
    if rate := _RATE.search(both):
        return f"rate per {rate[1]}"
    if by_rate:
        return "rate per 10,000"
    if re.search(r"\b(?:scores?|attainment 8|progress 8)\b", both):
        return "score"
    if _COUNTED.search(says.column):
        return "count"
    if re.search(r"\bshares?\b", says.column, re.IGNORECASE):
        return "percent"
    if says.column_percent or (says.row_percent and not re.search(r"\bnumber\b", both)):
        return "percent"
    if re.search(r"\bdays\b", _TIME_ALLOWED.sub(" ", both)):
        return "days"
    if "£" in both or (_IN_POUNDS.search(says.above) and not _COUNTED.search(both)):
        return "gbp"
    return usual_unit(both)
