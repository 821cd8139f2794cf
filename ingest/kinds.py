"""Kinds of paper: what a stretch of a pack is, told by its part, its title and its tables."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import groupby

from ingest.model import Locator, PartKind, Passage, Unit, UnitKind


class PaperKind(StrEnum):
    """What a stretch of a pack is; every annual report, plan and set of figures is a report too."""

    AGENDA = "agenda"
    MINUTES = "minutes"
    REPORT = "report"
    ANNUAL_REPORT = "annual report"
    PERFORMANCE = "performance"
    PLAN = "plan"


_OF_PART = {
    PartKind.FRONT: PaperKind.AGENDA,
    PartKind.MINUTES: PaperKind.MINUTES,
    PartKind.REPORT: PaperKind.REPORT,
}
_TITLED = {
    PaperKind.ANNUAL_REPORT: re.compile(
        r"\bannual\b.*\b(?:reports?|review)\b|\breport\b.*\bannual\b|\bend[ -]of[ -]year report\b",
        re.IGNORECASE,
    ),
    PaperKind.PERFORMANCE: re.compile(
        r"\b(?:performance|dashboards?|score ?cards?|data|data ?sets?|indicators?|statistics|"
        r"figures)\b",
        re.IGNORECASE,
    ),
    # What a committee is to look at when isn't a plan of the council's.
    PaperKind.PLAN: re.compile(
        r"(?<!forward )(?<!work )\bplans?\b|\b(?:strategy|strategies|policy|policies)\b",
        re.IGNORECASE,
    ),
}
_NUMBER = re.compile(r"\W*\d[\d,.]*\s?%?\W*")
_MOSTLY = 0.6


_PLURALS = {
    PaperKind.MINUTES: "minutes",
    PaperKind.PERFORMANCE: "performance figures",
    PaperKind.PLAN: "plans and strategies",
}


def plural(kind: PaperKind) -> str:
    """The kind as one speaks of all of them: "annual reports"."""
    return _PLURALS.get(kind, f"{kind}s")


def kinds_of(passages: Sequence[Passage]) -> tuple[frozenset[PaperKind], ...]:
    """The kinds that each passage of one paper is of, by the part that it stands in."""
    units: Counter[tuple[PartKind, str]] = Counter()
    rows: Counter[tuple[PartKind, str]] = Counter()
    for passage in passages:
        part = (passage.part, passage.part_title)
        units[part] += len(passage.units)
        rows[part] += sum(map(_has_figures, passage.units))
    known = {part: _kinds(*part, rows[part] > _MOSTLY * units[part]) for part in units}
    return tuple(known[passage.part, passage.part_title] for passage in passages)


def _kinds(part: PartKind, title: str, mostly_figures: bool) -> frozenset[PaperKind]:
    kinds = {_OF_PART[part]}
    if part is PartKind.REPORT:
        kinds |= {kind for kind, form in _TITLED.items() if form.search(title)}
        if mostly_figures:
            kinds.add(PaperKind.PERFORMANCE)
    return frozenset(kinds)


def _has_figures(unit: Unit) -> bool:
    cells = unit.text.split(" | ")
    return unit.kind is UnitKind.TABLE_ROW and sum(map(_is_number, cells)) > 1


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None


def written(kinds: Iterable[PaperKind]) -> str:
    """The kinds as a column of the register holds them: "|minutes|"."""
    return "".join(f"|{kind}" for kind in sorted(kinds)) + "|"


class KindsOfPlaces:
    """Which kinds of paper the places in papers are of."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._starts: dict[str, list[int]] = {}
        self._kinds: dict[str, list[frozenset[PaperKind]]] = {}
        ordered = sorted(passages, key=lambda p: (p.locator.paper, p.locator.start))
        for paper, group in groupby(ordered, key=lambda p: p.locator.paper):
            held = list(group)
            self._starts[paper] = [passage.locator.start for passage in held]
            self._kinds[paper] = list(kinds_of(held))

    def of(self, place: Locator) -> frozenset[PaperKind]:
        """The kinds of a place: of the passage that it stands in, or after."""
        starts = self._starts.get(place.paper)
        if not starts:
            return frozenset()
        return self._kinds[place.paper][max(0, bisect_right(starts, place.start) - 1)]

    def papers(self, kinds: Sequence[PaperKind]) -> frozenset[str]:
        """The papers that hold any of some kinds."""
        return frozenset(
            paper for paper, held in self._kinds.items() if any(k & set(kinds) for k in held)
        )
