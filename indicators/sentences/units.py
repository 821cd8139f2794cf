"""What a figure of a sentence is measured in."""

import re

from indicators.places import find_areas
from indicators.quantities import Quantity, find_quantities
from indicators.sentences.clauses import NO_NOUN, YEAR_BEFORE
from indicators.sentences.roles import AREA_LENGTH

_PER = re.compile(r"^\s?(?:\w+\s)?per\s(?P<of>100,000|10,000|1,000)\b")
_PER_BEFORE = re.compile(
    r"\bper\s(?P<of>100,000|10,000|1,000)\b[^.;\d]{0,40}\b(?:compar\w+ (?:with|to)|against|than)\s"
    r"(?:an?\s|the\s)?[^.;\d]{0,40}(?:\d[\d,.]*\s(?:for|in|at|across)\s[^.;\d]{0,40})?$"
)
_INSTEAD = re.compile(r"\b(?:instead of|rather than|up from|down from)\s+$", re.IGNORECASE)
_IT_WAS = re.compile(r"\b(?:it|this|that)\s(?:was|is|had been|stood at)\s+$", re.I)
_RATE = re.compile(r"\brates?\b", re.IGNORECASE)
_HOW_MANY = re.compile(
    r"\b(?:lists?|numbers?|totals?|groups?|cohorts?|backlogs?|queues?|caseloads?) of\s+"
    r"(?:about\s|around\s|some\s|over\s)?$",
    re.IGNORECASE,
)
_SCORE = re.compile(r"\bscores?\b[^.;\d]{0,40}$", re.IGNORECASE)


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
    bare = figure.unit == "count" and NO_NOUN.match(text[figure.end :].lstrip())
    if bare and _INSTEAD.search(text[: figure.start]):
        before = list(find_quantities(text[: figure.start]))
        return before[-1].unit if before and before[-1].unit in ("days", "percent") else "count"
    if figure.unit == "count" and _is_compared(figure, text):
        return _unit_compared(text[: figure.start]) or figure.unit
    return figure.unit


def unit_of(figure: Quantity, text: str, topic: str) -> str:
    """The unit; of a bare figure that leans on one told before, in either sentence, the unit's."""
    unit = _unit(figure, text)
    rest = text[figure.end :]
    if unit != "count" or not (NO_NOUN.match(rest.lstrip()) or YEAR_BEFORE.match(rest)):
        return unit
    before = text[: figure.start]
    if _HOW_MANY.search(before):
        return unit
    said = before if _IT_WAS.search(before) else topic
    told = [_unit(q, said) for q in find_quantities(said)]
    rates = {of for of in told if of.startswith("rate per ")}
    if len(rates) == 1 and _RATE.search(before):
        return rates.pop()
    return next((before for before in told if before in ("days", "score")), unit)


def _is_compared(figure: Quantity, text: str) -> bool:
    """Whether a bare figure is a comparator's, which counts nothing of its own."""
    near = text[max(0, figure.start - AREA_LENGTH) : figure.start]
    return bool(NO_NOUN.match(text[figure.end :].lstrip()) and find_areas(near))


def _unit_compared(before: str) -> str | None:
    """The unit of the figure that a comparator's stands beside: "51 per 10,000 ... of 54"."""
    if re.search(r"\bper 10,000\b", before):
        return "rate per 10,000"
    told = [q.unit for q in find_quantities(before) if q.unit in ("percent", "days")]
    return told[-1] if told else None
