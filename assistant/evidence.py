"""Which sentences answer: every unit of the passages found, weighed by what tells.

A unit's worth is a weighted sum of few features (`_WORTH`); the weights are fitted
(docs/answers.md), the features are general: none knows a question or a paper.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from assistant.expected import FACTS, Expected, expected, holds
from assistant.search import Hit
from assistant.synonyms import alike
from assistant.understand import Query
from indicators.catalogue import indexed, words
from ingest.model import PartKind, Passage, Unit, UnitKind
from ingest.periods import find_periods

_LOOKED_AT = 10
_REACH = 2
_CONSIDERED = 30
_MOST = 3
_CLOSE, _ADDS, _NEW_KIND = 1.5, 4.0, 1.0
_SHORT, _LONG = 700, 1600
_ANOTHER_WORD = 0.7


Run = tuple[tuple[Passage, Unit], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit in the run of its paper: `at` is its index in `run`."""

    passage: Passage
    run: Run
    at: int

    @property
    def unit(self) -> Unit:
        """The unit itself."""
        return self.run[self.at][1]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A unit with its features and worth."""

    place: Place
    hit: Hit
    features: tuple[float, ...]
    worth: float

    @property
    def pairs(self) -> float:
        """The share of neighbouring words of the question that stand together in the unit."""
        return self.features[FEATURES.index("pairs")]


FEATURES = (
    "own", "near", "where", "beyond", "soft own", "soft near", "soft where", "held then",
    "names then", "pairs", "kinds", "kinds near", "facts", "facts near", "passage", "meaning",
    "heading", "row", "short", "long", "formula", "front", "minutes", "news",
)  # fmt: skip
_WORTH = (
    2.9, 0.5, 0.35, -1.2, 1.0, 0.1, 0.7, 0.6, 0.0, 1.4, 1.0, 0.5, 1.4, 0.3, 2.9, 0.25,
    -0.9, -0.8, -0.4, 0.3, -0.5, -0.1, 0.35, 0.0,
)  # fmt: skip


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

    def overlaps(self, other: "Window") -> bool:
        """Whether two windows share characters, or say the same."""
        one, two = self.passage.locator, other.passage.locator
        mine = {(one.paper, unit.start) for _, unit in self.run}
        theirs = {(two.paper, unit.start) for _, unit in other.run}
        return bool(mine & theirs) or self.text == other.text


@dataclass(frozen=True, slots=True)
class _Asked:
    """A word of the question, those that say the same, and how telling it is."""

    word: str
    alike: frozenset[str]
    weight: float

    def within(self, held: frozenset[str]) -> float:
        """1 where a text's words hold it, less where they hold another word for it."""
        if self.word in held:
            return 1.0
        return _ANOTHER_WORD if self.alike & held else 0.0


class Evidence:
    """Weighs the units of the passages that a search found."""

    def __init__(self, passages: Iterable[Passage], weight: Callable[[str], float]) -> None:
        self._weight = weight
        self._places: dict[tuple[str, int], tuple[Run, int]] = {}
        runs: dict[tuple[object, ...], list[tuple[Passage, Unit]]] = {}
        openings: dict[tuple[str, ...], set[tuple[object, ...]]] = {}
        for passage in sorted(passages, key=lambda p: (p.locator.paper, p.locator.start)):
            part = (passage.locator.paper, passage.part_title, passage.meeting)
            run = runs.setdefault(part, [])
            for unit in passage.units:
                run.append((passage, unit))
                openings.setdefault(_opening(unit.text), set()).add(part)
        for run in runs.values():
            whole = tuple(run)
            for at, (passage, unit) in enumerate(whole):
                self._places[(passage.locator.paper, unit.start)] = (whole, at)
        self._formulas = {o: len(parts) for o, parts in openings.items() if len(parts) > 2}

    def weigh(self, query: Query, hits: Sequence[Hit]) -> list[Weighed]:
        """Every unit of the best passages with its worth, best first."""
        found = []
        kinds = expected(query.text)
        top = hits[0].score if hits else 0.0
        for hit in hits[:_LOOKED_AT]:
            for unit in hit.passage.units:
                place = self._place(hit.passage, unit)
                features = self._features(place, hit, query, kinds, top)
                worth = sum(w * f for w, f in zip(_WORTH, features, strict=True))
                found.append(Weighed(place, hit, features, worth))
        return sorted(found, key=lambda w: -w.worth)

    def choose(
        self,
        query: Query,
        hits: Sequence[Hit],
        admits: Callable[[Unit], bool] = lambda _: True,
    ) -> list[Window]:
        """The window that answers best, and those that say what it leaves unsaid.

        Only units that `admits` lets through are the heart of a window.
        """
        weighed = [w for w in self.weigh(query, hits) if admits(w.place.unit)]
        if not weighed:
            return []
        asked = set(query.words)
        kinds = expected(query.text)
        chosen: list[Window] = []
        for one in weighed[:_CONSIDERED]:
            window = Window(one, _grown(one, query))
            if any(window.overlaps(other) for other in chosen):
                continue
            if chosen:
                behind = chosen[0].best.worth - one.worth
                text = frozenset().union(*(indexed(f"{w.text} {w.where}") for w in chosen))
                left = {w: self._weight(w) for w in asked if w not in text}
                whole = sum(self._weight(w) for w in asked) or 1.0
                new = indexed(f"{window.text} {window.where}")
                adds = sum(w for x, w in left.items() if x in new) / whole
                told = {k for k in kinds if any(holds(k, w.text) for w in chosen)}
                fresh = any(holds(k, window.text) for k in kinds - told)
                if behind > _CLOSE + _ADDS * adds + _NEW_KIND * fresh:
                    continue
            chosen.append(window)
            if len(chosen) == _MOST:
                break
        return chosen

    def _asked(self, said: Iterable[str]) -> tuple[_Asked, ...]:
        return tuple(_Asked(word, alike(word), self._weight(word)) for word in said)

    def _place(self, passage: Passage, unit: Unit) -> Place:
        run, at = self._places[(passage.locator.paper, unit.start)]
        return Place(passage, run, at)

    def _features(
        self, place: Place, hit: Hit, query: Query, kinds: frozenset[Expected], top: float
    ) -> tuple[float, ...]:
        asked = self._asked(query.words)
        soft = self._asked(query.soft)
        unit, passage = place.unit, place.passage
        own = indexed(unit.text)
        around = place.run[max(0, place.at - _REACH) : place.at + _REACH + 1]
        near = frozenset().union(*(indexed(u.text) for _, u in around))
        where = indexed(" ".join((passage.part_title, *passage.headings)))
        rest = indexed(passage.text)

        near_text = " ".join(u.text for _, u in around)
        formula = self._formulas.get(_opening(unit.text), 0)
        length = len(unit.text)
        fresh = own - set(query.words)
        return (
            _share(asked, own),
            _share(asked, near, own),
            _share(asked, where, own | near),
            _share(asked, rest, own | near | where),
            _share(soft, own),
            _share(soft, near, own),
            _share(soft, where, own | near),
            _held_then(passage, query),
            _names_then(near_text, query),
            _pairs(unit.text, query.words),
            _share_held(kinds - FACTS, unit.text),
            _share_held(kinds - FACTS, near_text),
            _share_held(kinds & FACTS, unit.text),
            _share_held(kinds & FACTS, near_text),
            hit.score - top,
            hit.meaning or 0.35,
            float(unit.kind is UnitKind.HEADING),
            float(unit.kind is UnitKind.TABLE_ROW),
            float(length < 40),
            math.log(max(length, 40) / 150),
            math.log1p(formula),
            float(passage.part is PartKind.FRONT),
            float(passage.part is PartKind.MINUTES),
            min(len(fresh), 8) / 8,
        )


def _grown(one: Weighed, query: Query) -> Run:
    """The unit with its neighbours: a whole list for a list, a short paragraph otherwise."""
    place = one.place
    series = Expected.SERIES in expected(query.text)
    first = last = place.at
    if _opens(place.unit) or series:
        last = _listed_until(place.run, place.at)
    listing = place.unit.kind in (UnitKind.LIST_ITEM, UnitKind.TABLE_ROW) or series
    limit = _LONG if listing and last == first else _SHORT
    size = sum(len(unit.text) for _, unit in place.run[first : last + 1])
    while True:
        grew = False
        for step in (1, -1):
            edge, at = (last, last + 1) if step > 0 else (first, first - 1)
            if not 0 <= at < len(place.run) or size + len(place.run[at][1].text) > limit:
                continue
            before, after = (edge, at) if step > 0 else (at, edge)
            if _together(place.run[before], place.run[after]):
                first, last = min(first, at), max(last, at)
                size += len(place.run[at][1].text)
                grew = True
        if not grew:
            return place.run[first : last + 1]


def _listed_until(run: Run, at: int) -> int:
    """The last unit of the list that the unit at `at`, or the one after it, opens."""
    last, size = at, len(run[at][1].text)
    begun = _opens(run[at][1])
    while last + 1 < len(run):
        unit, following = run[last][1], run[last + 1][1]
        size += len(following.text)
        goes_on = _opens(unit) or (begun and following.kind is not UnitKind.SENTENCE)
        opening = last == at and _opens(following)
        if size > _LONG or following.kind is UnitKind.HEADING or not (goes_on or opening):
            break
        begun = begun or opening
        last += 1
    return last


def _together(one: tuple[Passage, Unit], other: tuple[Passage, Unit]) -> bool:
    """Whether two neighbours belong to one stretch: of one passage, or one list."""
    return one[0] is other[0] or _goes_on(one[1], other[1])


def _opens(unit: Unit) -> bool:
    """Whether a unit opens a list."""
    return unit.text.rstrip().endswith(":")


def _goes_on(unit: Unit, following: Unit) -> bool:
    """Whether a list goes on from one passage to the next."""
    if following.kind is UnitKind.HEADING:
        return False
    listed = unit.kind is following.kind is UnitKind.LIST_ITEM
    return _opens(unit) or _opens(following) or listed


def _opening(text: str) -> tuple[str, ...]:
    """The first words of a unit, by which formulas that many reports share are known."""
    return tuple(re.findall(r"[a-z]+", text.lower())[:3])


def _pairs(text: str, asked: Sequence[str]) -> float:
    """The share of neighbouring words of the question that stand together in a text."""
    if len(asked) < 2:
        return 0.0
    told = words(text)
    at: dict[str, list[int]] = {}
    for i, word in enumerate(told):
        at.setdefault(word, []).append(i)
    close = sum(
        any(abs(i - j) <= 3 for i in at.get(a, ()) for j in at.get(b, ()))
        for a, b in pairwise(asked)
    )
    return close / (len(asked) - 1)


def _share(
    asked: Sequence[_Asked], held: frozenset[str], less: frozenset[str] = frozenset()
) -> float:
    """The share of words, by weight, that `held` has beyond what `less` has."""
    whole = sum(one.weight for one in asked)
    found = sum(one.weight * max(0.0, one.within(held) - one.within(less)) for one in asked)
    return found / whole if whole else 0.0


def _held_then(passage: Passage, query: Query) -> float:
    """Whether the meeting is of a date asked for: 1, -1, or 0 where none is."""
    asked = (*query.periods, *query.meetings)
    held = passage.meeting.held
    if not asked or held is None or "period" in query.inherited:
        return 0.0
    return 1.0 if any(p.start <= held <= p.end for p in asked) else -1.0


def _names_then(text: str, query: Query) -> float:
    """Whether a text names a date that lies in one asked for."""
    asked = (*query.periods, *query.meetings)
    if not asked:
        return 0.0
    named = [m.period for m in find_periods(text)]
    return float(any(p.start <= n.end and n.start <= p.end for p in asked for n in named))


def _share_held(kinds: frozenset[Expected], text: str) -> float:
    return sum(holds(kind, text) for kind in kinds) / len(kinds) if kinds else 0.0
