"""The place that a council, or another authority, is of, by its name."""

import re
from functools import lru_cache

KIND = r"(?:(?:(?:Metropolitan|County|City|Borough|District|Unitary|Town|Parish|Community)\s)+)"
SEAT = (
    r"(?:City(?:\sand\sCounty)?|(?:London\s|Royal\s|Metropolitan\s)?Borough|County)\sof\s(?:the\s)?"
)

AUTHORITY = (
    r"(?:(?:(?:Combined\s)?Fire(?:\s(?:and|&)\sRescue)?(?:\sService)?|Combined|National\sPark)\sAuthority"
    r"|Police(?:,\sFire)?\s(?:and|&)\sCrime\sPanel|Corporation)"
)
"""What authorities that are no councils are called, behind their place."""
IN_WELSH = r"Cyngor(?:\s(?:Sir(?:\sa\sDinas)?|Dinas|Bwrdeistref\sSirol))?"


@lru_cache(maxsize=10_000)
def area_of(council: str | None) -> str:
    """The place in a council's name: "City of Wells Council" is of "Wells"."""
    if not council:
        return ""
    if authority := re.search(rf"\s{AUTHORITY}$", council):
        return council[: authority.start()]
    place = re.sub(rf"\b{KIND}?Council\b", "", council)
    return re.sub(rf"^(?:{SEAT}|{IN_WELSH}\s)", "", place.strip()).strip()
