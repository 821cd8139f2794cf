"""Which reports of a pack belong to which item of its agenda.

Reports come in the order of the agenda, so items and reports are paired in order, by page where
both print one, else by the words of their titles. A report that no item names goes with the one
item left between its neighbours, else with the report before it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indicators.catalogue import indexed
from ingest.model import Item, PartKind, Passage

_LEAST = 0.34
_ROUTINE = re.compile(
    r"\b(?:apolog(?:y|ies)|declarations?|disclosures?|welcome|introductions?|minutes|"
    r"exclusion of (?:the )?(?:press|public)|urgent business|"
    r"any other business|(?:date|time)s? of (?:the )?(?:next|future) meeting|"
    r"(?:future|next) meeting(?: dates?)?|public (?:participation|questions))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Report:
    """A report in a pack: characters `start` to `end` of its text."""

    title: str
    start: int
    end: int
    page: int | None = None

    def holds(self, place: int) -> bool:
        """Whether a character stands in it."""
        return self.start <= place < self.end


@dataclass(frozen=True, slots=True)
class Matter:
    """An agenda item with the reports on it."""

    item: Item
    reports: tuple[Report, ...] = ()

    @property
    def routine(self) -> bool:
        """Whether the item is of the meeting's own business, on which nobody reports."""
        return not self.reports and bool(_ROUTINE.search(self.item.title))

    def holds(self, place: int) -> bool:
        """Whether a character of the pack stands in one of its reports."""
        return any(report.holds(place) for report in self.reports)


def reports_of(passages: Sequence[Passage], length: int) -> tuple[Report, ...]:
    """The reports of a pack, in order; `length` is that of its text."""
    found: list[Report] = []
    for passage in sorted(passages, key=lambda p: p.locator.start):
        where = passage.locator
        title = passage.part_title if passage.part is PartKind.REPORT else ""
        if not found or found[-1].title != title:
            if found:
                found[-1] = replace(found[-1], end=where.start)
            found.append(Report(title, where.start, length, where.page))
    return tuple(report for report in found if report.title)


def matters(items: Sequence[Item], reports: Sequence[Report]) -> tuple[Matter, ...]:
    """Every item with its reports; without an agenda, every report by itself."""
    if not items:
        return tuple(Matter(Item("", r.title, r.page, None, False), (r,)) for r in reports)
    owner = _filled(_paired(items, reports), items, len(reports))
    return tuple(
        Matter(item, tuple(r for r, of in zip(reports, owner, strict=True) if of == number))
        for number, item in enumerate(items)
    )


def _paired(items: Sequence[Item], reports: Sequence[Report]) -> list[int | None]:
    """For each report the item that it is best paired with, keeping the order of both."""
    best = [[(0.0, ())] * (len(reports) + 1) for _ in range(len(items) + 1)]
    chosen: list[list[tuple[float, tuple[tuple[int, int], ...]]]] = best  # type: ignore[assignment]
    for i, item in enumerate(items, 1):
        for r, report in enumerate(reports, 1):
            options = [chosen[i - 1][r], chosen[i][r - 1]]
            fit = _fit(item, report)
            if fit >= _LEAST:
                score, pairs = chosen[i - 1][r - 1]
                options.append((score + fit, (*pairs, (i - 1, r - 1))))
            chosen[i][r] = max(options, key=lambda option: option[0])
    owner: list[int | None] = [None] * len(reports)
    for number, report_number in chosen[-1][-1][1]:
        owner[report_number] = number
    return owner


def _fit(item: Item, report: Report) -> float:
    """How well a report fits an item, 0 to 2."""
    if item.exempt:
        return 0.0
    mine, its = indexed(item.title), indexed(report.title)
    alike = len(mine & its) / max(1, min(len(mine), len(its)))
    if report.page is not None and item.first_page is not None:
        within = item.first_page <= report.page <= (item.last_page or item.first_page)
        return alike + 1.0 if within else alike * 0.5
    return alike


def _filled(owner: Sequence[int | None], items: Sequence[Item], reports: int) -> list[int | None]:
    """The owners, with those of the reports that no title led to."""
    filled = list(owner)
    for number in range(reports):
        if owner[number] is not None:
            continue
        before = next((o for o in reversed(owner[:number]) if o is not None), -1)
        after = next((o for o in owner[number:] if o is not None), len(items))
        between = [
            i
            for i in range(before + 1, after)
            if items[i].first_page is not None
            and not items[i].exempt
            and not _ROUTINE.search(items[i].title)
        ]
        filled[number] = between[0] if len(between) == 1 else before if before >= 0 else None
    return filled
