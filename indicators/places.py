"""Whose figure a label says it is: England, a region, statistical neighbours, a council."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

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
def _places() -> tuple[dict[str, str], frozenset[str]]:
    data = tomllib.loads(files("indicators").joinpath("places.toml").read_text("utf-8"))
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
