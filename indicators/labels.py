"""What the label over or beside a figure says: period, area, basis, unit, and what is left."""

import re
from dataclasses import dataclass

from indicators.places import find_area
from ingest.model import Basis, Period, PeriodKind
from ingest.periods import find_periods

_TARGET = re.compile(r"\b(?:target|goal|ambition|aim|plan(?:ned)? level)s?\b", re.IGNORECASE)
_AIM_ALONE = re.compile(
    r"^\W*(?:guide(?:line)?|ceiling|threshold|benchmark|trajectory|tolerance|cap|plan|standard)"
    r"(?: (?:figure|value|level|rate))?\W*$",
    re.IGNORECASE,
)
"""What a column of aims may be called besides; in a longer label the words say other things."""
_MOVED = re.compile(
    r"\b(?:variance|variation|difference|gap|distance|above|below|met|meet\w*|against|on) "
    r"(?:\w+ ){0,2}(?:target|goal)",
    re.IGNORECASE,
)
_BASELINE = re.compile(r"\bbaselines?\b", re.IGNORECASE)
_NOISE = re.compile(
    r"\b(?:out-?\s?turn|year[\s-]end|full[\s-]year|year|current|provis(?:ional)?|latest|actual|"
    r"average|avg)\b",
    re.IGNORECASE,
)
_MEAN = re.compile(r"\W*(?:average|avg)\W*", re.IGNORECASE)
_MARKS = re.compile(r"[()\[\]:=*]")
_NUMBERING = re.compile(r"^\W*(?:\d{1,3}(?:\.\d+)*[a-z]?|[a-z]|[ivx]+)(?:[.:)]\s*|\s+(?=[A-Z]))")


@dataclass(frozen=True, slots=True)
class Label:
    """A label taken apart. `rest` is what remains of it for the measure's name."""

    period: Period | None
    area: str | None
    basis: Basis
    rest: str
    percent: bool


def read_label(text: str, own_area: str = "") -> Label:
    """Take a row or column label apart."""
    opens = find_periods(text)[:1]
    dated = bool(opens) and not text[: opens[0].start].strip(" (")  # "31 March" bears no number
    shown = text if dated else _NUMBERING.sub("", text)
    moved = _MOVED.search(shown)  # "variance from target" is no target
    shown = _AIM_ALONE.sub("Target", shown)
    basis = (
        Basis.TARGET
        if _TARGET.search(shown) and not moved
        else Basis.BASELINE
        if _BASELINE.search(shown)
        else Basis.ACTUAL
    )
    rest, period = shown, None
    mentions = find_periods(rest)
    if mentions:
        chosen = min(mentions, key=lambda m: list(PeriodKind).index(m.period.kind))
        period = chosen.period
        for mention in reversed(mentions):
            rest = rest[: mention.start] + " " + rest[mention.end :]
    rest = _BASELINE.sub(" ", _TARGET.sub(" ", rest))
    area = None
    if found := find_area(rest):
        area, start, end = found
        rest = rest[:start] + " " + rest[end:]
    elif own_area and (
        match := re.search(rf"\b{re.escape(own_area)}(?:['’]s)?\b", rest, re.IGNORECASE)
    ):
        area = own_area
        rest = rest[: match.start()] + " " + rest[match.end() :]
    percent = "%" in rest or bool(
        re.search(r"\b(?:per\s?cent|percentage|proportion)\b", rest, re.I)
    )
    alone = not (period or area) and basis is Basis.ACTUAL and _MEAN.fullmatch(rest)
    return Label(period, area, basis, rest.strip() if alone else _tidy(rest), percent)


def _tidy(rest: str) -> str:
    shown = _MARKS.sub(" ", rest)
    if not re.search(r"\w", _NOISE.sub(" ", shown)):  # a column's "Latest outturn"; not "the year"
        return ""
    return re.sub(r"\s+", " ", shown).strip(" -–—,;.&/%")
