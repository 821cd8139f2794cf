"""Kinds of paper: what a stretch of a pack is, told by its part, its title and its tables."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from ingest.kept import Kept
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
_KEPT = 100  # papers


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

    def __init__(self, passages_of: Callable[[str], Sequence[Passage]]) -> None:
        """`passages_of` gives the passages of a paper in the order of their places."""
        self._passages_of = passages_of
        self._kept: Kept[str, tuple[frozenset[PaperKind], ...]] = Kept(_KEPT)

    def of(self, place: Locator) -> frozenset[PaperKind]:
        """The kinds of a place: of the passage that it stands in, or after."""
        passages = self._passages_of(place.paper)
        if not passages:
            return frozenset()
        kinds = self._kept.get(place.paper, lambda _: kinds_of(passages))
        at = bisect_right(passages, place.start, key=lambda p: p.locator.start)
        return kinds[max(0, at - 1)]
