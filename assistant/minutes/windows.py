"""Stretches of the papers to quote: around the units that answer best, until all is said."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.minutes.bodies import named
from assistant.minutes.evidence import Evidence, Place, Run, Weighed, opens_list
from assistant.minutes.expected import Expected, expected, holds
from assistant.minutes.premise import Stretch
from assistant.passages.search import Hit
from assistant.question.understand import Query
from indicators.catalogue import indexed
from ingest.model import Passage, Unit, UnitKind

_CONSIDERED = 30
_MOST = 3
_CLOSE, _ADDS, _NEW_KIND = 1.5, 4.0, 1.0
_SHORT, _LONG = 700, 1600
_REFERS = re.compile(
    r"\b(?:in|at|under|see|per) (?:section|paragraph|para)s?\.? (?P<number>\d+(?:\.\d+)*)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\W*\d+(?:\.\d+)+\s|\W*\d{1,2}(?:\.0)?\.?\s+[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Window:
    """A run of units around the one that tells most; a list may go on in the next passage."""

    best: Weighed
    run: Run

    @property
    def passage(self) -> Passage:
        """The passage that the best unit is of."""
        return self.best.place.passage

    @property
    def pieces(self) -> list[tuple[Passage, list[Unit]]]:
        """The units by the passage that they are of, in order."""
        return [
            (group[0][0], [unit for _, unit in group])
            for _, found in groupby(self.run, key=lambda pair: id(pair[0]))
            if (group := list(found))
        ]

    @property
    def text(self) -> str:
        """The units' text."""
        return " ".join(unit.text for _, unit in self.run)

    @property
    def where(self) -> str:
        """What stands above them: title and headings."""
        return " ".join((self.passage.part_title, *self.passage.headings))

    @property
    def stretches(self) -> list[Stretch]:
        """Each unit with its neighbours in the window and what stands above it."""
        texts = [unit.text for _, unit in self.run]
        body, whole = named(self.passage.meeting), self.passage.text
        return [
            Stretch(text, " ".join(texts[max(0, i - 1) : i + 2]), self.where, body, whole)
            for i, text in enumerate(texts)
        ]

    def overlaps(self, other: "Window") -> bool:
        """Whether two windows share units, or say the same."""
        one, two = self.passage.locator.paper, other.passage.locator.paper
        mine = {unit.start for _, unit in self.run}
        shared = one == two and any(unit.start in mine for _, unit in other.run)
        return shared or self.text == other.text


def choose(
    query: Query,
    hits: Sequence[Hit],
    evidence: Evidence,
    weight: Callable[[str], float],
    admits: Callable[[Unit], bool] = lambda _: True,
) -> list[Window]:
    """The window that answers best, and those that say what it leaves unsaid.

    Only units that `admits` lets through are the heart of a window.
    """
    kinds = expected(query.text)
    chosen: list[Window] = []
    for one in [w for w in evidence.weigh(query, hits) if admits(w.place.unit)][:_CONSIDERED]:
        window = Window(one, _grown(one, query))
        if any(window.overlaps(other) for other in chosen):
            continue
        if chosen and chosen[0].best.worth - one.worth > _allowance(
            window, chosen, query, kinds, weight
        ):
            continue
        chosen.append(window)
        if len(chosen) == 1 and (meant := _referred_to(one)) and not meant.overlaps(window):
            chosen.append(meant)
        if len(chosen) >= _MOST:
            break
    return chosen


def _referred_to(one: Weighed) -> Window | None:
    """The numbered section that a sentence refers to instead of telling: "as in section 9"."""
    found = _REFERS.search(one.place.unit.text)
    if found is None:
        return None
    number, run = re.escape(found["number"]), one.place.run
    heads = re.compile(rf"\W*{number}(?:\.0)?\.?(?!\.?\d)\s")
    inside = re.compile(rf"\W*{number}\.\d")
    at = next((i for i, (_, unit) in enumerate(run) if heads.match(unit.text)), None)
    if at is None:
        return None
    stop, size = at + 1, len(run[at][1].text)
    while stop < len(run):
        unit = run[stop][1]
        another = _NUMBERED.match(unit.text) or unit.kind is UnitKind.HEADING
        size += len(unit.text)
        if size > _LONG or (another and not inside.match(unit.text)):
            break
        stop += 1
    place = Place(run[at][0], run, at)
    return Window(Weighed(place, one.pairs, one.worth), run[at:stop])


def _allowance(
    window: Window,
    chosen: Sequence[Window],
    query: Query,
    kinds: frozenset[Expected],
    weight: Callable[[str], float],
) -> float:
    """How far behind the best a window may be, by what it adds to those chosen."""
    said = frozenset[str]().union(*(indexed(f"{w.text} {w.where}") for w in chosen))
    new = indexed(f"{window.text} {window.where}")
    weights = {word: weight(word) for word in query.words}
    added = sum(w for word, w in weights.items() if word in new and word not in said)
    told = {kind for kind in kinds if any(holds(kind, w.text) for w in chosen)}
    fresh = any(holds(kind, window.text) for kind in kinds - told)
    return _CLOSE + _ADDS * added / (sum(weights.values()) or 1.0) + _NEW_KIND * fresh


def _grown(one: Weighed, query: Query) -> Run:
    """The unit with its neighbours: a whole list for a list, a short paragraph otherwise."""
    run, at, unit = one.place.run, one.place.at, one.place.unit
    series = Expected.SERIES in expected(query.text)
    first = at
    last = _listed_until(run, at) if opens_list(unit) or series else at
    listing = unit.kind in (UnitKind.LIST_ITEM, UnitKind.TABLE_ROW) or series
    limit = _LONG if listing and last == first else _SHORT
    size = sum(len(u.text) for _, u in run[first : last + 1])
    grew = True
    while grew:
        grew = False
        for before, after, new in ((last, last + 1, last + 1), (first - 1, first, first - 1)):
            if not 0 <= new < len(run) or size + len(run[new][1].text) > limit:
                continue
            if run[new][1].kind is UnitKind.TABLE_ROW and unit.kind is UnitKind.SENTENCE:
                continue
            if _together(run[before], run[after]):
                first, last = min(first, new), max(last, new)
                size += len(run[new][1].text)
                grew = True
    return run[first : last + 1]


def _listed_until(run: Run, at: int) -> int:
    """The last unit of the list that the unit at `at`, or the one after it, opens."""
    last, size = at, len(run[at][1].text)
    begun = opens_list(run[at][1])
    while last + 1 < len(run):
        unit, following = run[last][1], run[last + 1][1]
        size += len(following.text)
        goes_on = opens_list(unit) or (begun and following.kind is not UnitKind.SENTENCE)
        opening = last == at and opens_list(following)
        if size > _LONG or following.kind is UnitKind.HEADING or not (goes_on or opening):
            break
        begun = begun or opening
        last += 1
    return last


def _together(one: tuple[Passage, Unit], other: tuple[Passage, Unit]) -> bool:
    """Whether two neighbours belong to one stretch: of one passage, or one list."""
    unit, following = one[1], other[1]
    if one[0] is other[0]:
        return True
    listed = unit.kind is following.kind is UnitKind.LIST_ITEM
    opened = opens_list(unit) or opens_list(following)
    return following.kind is not UnitKind.HEADING and (listed or opened)
