"""Whose figure a label says it is: England, a region, statistical neighbours, a council."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

ENGLAND = "England"
NATIONS = (ENGLAND, "Wales", "Scotland", "Northern Ireland")
NEIGHBOURS = "statistical neighbours"
_BODIES = (
    "NHS ", "Sport ", "Foster ", "Public Health ", "Inspectorate ", "Ombudsman for ", "Bank of ",
    "Church of ", "Church in ", "Minister for ", "Secretary for ", "outside ", "out of ", "out-of-",
    "New South ", "Prince of ", "Princess of ",
)  # fmt: skip
"""What stands before the name of a nation where that is part of another, or no figure's place."""


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files("indicators").joinpath("places.toml").read_text("utf-8"))


@cache
def _places() -> tuple[dict[str, str], frozenset[str]]:
    data = _read()
    areas = {alias: name for name, aliases in data["areas"].items() for alias in aliases}
    return areas, frozenset(data["councils"]["names"])


@cache
def _area_pattern() -> re.Pattern[str]:
    aliases = sorted(_places()[0], key=len, reverse=True)
    bodies = "".join(rf"(?<!{re.escape(name)})" for name in _BODIES)
    return re.compile(rf"\b{bodies}(?:{'|'.join(map(re.escape, aliases))})\b", re.IGNORECASE)


def find_area(text: str) -> tuple[str, int, int] | None:
    """(area, start, end) of the first comparator area that a text names."""
    match = _area_pattern().search(text)
    return (_places()[0][match.group().lower()], *match.span()) if match else None


@lru_cache(maxsize=50_000)
def find_areas(text: str) -> tuple[tuple[str, int, int], ...]:
    """Every comparator area that a text names, in order."""
    areas = _places()[0]
    return tuple(
        (areas[match.group().lower()], *match.span()) for match in _area_pattern().finditer(text)
    )


def is_region(area: str) -> bool:
    """Whether an area is a region of England (or "the region" without its name)."""
    return area not in (*NATIONS, NEIGHBOURS) and area in set(_places()[0].values())


def council_names() -> frozenset[str]:
    """Places whose councils run children's services in England."""
    return _places()[1]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The councils of the United Kingdom by their places, and how people call them.

    `words` are short forms of words in their names, `short` of names as a whole; `also` are
    places whose names are words, or names of another kind, too; `seats` are those whose
    councils' names say what they are ("London Borough"). `councils` has those that run
    children's services first.
    """

    councils: tuple[str, ...]
    words: Mapping[str, str]
    short: Mapping[str, str]
    also: frozenset[str]
    seats: Mapping[str, frozenset[str]]


@cache
def gazetteer() -> Gazetteer:
    """Every council of the United Kingdom."""
    known = _read()["councils"]
    every = (*known["names"], *known["others"], *known["districts"])
    seats = {seat: frozenset(places) for seat, places in known["seats"].items()}
    return Gazetteer(every, known["words"], known["short"], frozenset(known["also"]), seats)
