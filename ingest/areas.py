"""The place that a council is of, by its name."""

import re
from functools import lru_cache

KIND = r"(?:(?:(?:Metropolitan|County|City|Borough|District|Unitary|Town|Parish|Community)\s)+)"
SEAT = (
    r"(?:City(?:\sand\sCounty)?|(?:London\s|Royal\s|Metropolitan\s)?Borough|County)\sof\s(?:the\s)?"
)

IN_WELSH = r"Cyngor(?:\s(?:Sir(?:\sa\sDinas)?|Dinas|Bwrdeistref\sSirol))?"


@lru_cache(maxsize=10_000)
def area_of(council: str | None) -> str:
    """The place in a council's name: "City of Wells Council" is of "Wells"."""
    if not council:
        return ""
    place = re.sub(rf"\b{KIND}?Council\b", "", council)
    return re.sub(rf"^(?:{SEAT}|{IN_WELSH}\s)", "", place.strip()).strip()
