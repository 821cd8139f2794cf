"""Finding figures over the councils in question, and how sure a match must be."""

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.figures.cautions import Cautions
from assistant.figures.index import MOST_LINES, Figures, Match
from assistant.figures.movements import Movements
from assistant.question.understand import Query
from indicators.catalogue import words
from indicators.findings import CHANGE
from ingest.areas import area_of
from ingest.model import Basis, Observation, Period

SURE = 0.62
SURE_SENTENCE = 0.66
CLOSE = 0.8
DATED = 0.6
_ON_TOP = re.compile(r"\b(?:additional|further|another|extra)\s+$", re.IGNORECASE)
_COUNCILS = 20
_LINES_IN_ALL = 5_000
"""Lines that all councils in question together may bring up: weighing each takes its time."""


ReadPlaces = Callable[[Iterable[tuple[str, int]]], object]
"""Reads the figures of places, (paper, start), at once: each alone asks the register anew."""


def left_unread(_: Iterable[tuple[str, int]]) -> None:
    """Reads nothing ahead."""


class Finder:
    """Looks for figures in the papers of the councils that a question is about."""

    def __init__(
        self,
        figures: Figures,
        councils: Sequence[str],
        cautions: Cautions | None = None,
        movements: Movements | None = None,
        read_places: ReadPlaces = left_unread,
    ) -> None:
        self.figures = figures
        self.cautions = cautions or Cautions()
        self.movements = movements or Movements()
        self._read_places = read_places
        self.councils = (*councils, *((None,) if figures.of_no_council else ()))

    def read_rows(self, figures: Iterable[Observation]) -> None:
        """Reads the rows and sentences of some figures at once, before each is looked at."""
        self._read_places((o.locator.paper, o.locator.start) for o in figures)

    def ranked(
        self,
        query: Query,
        *,
        area: str | None = None,
        basis: Basis = Basis.ACTUAL,
        periods: Sequence[Period] | None = None,
    ) -> list[Match]:
        """The matches over all councils in question, best first, of two alike the later paper's."""
        councils = query.councils or self._likely(query)
        most = min(MOST_LINES, _LINES_IN_ALL // len(councils)) if councils else MOST_LINES
        found: list[Match] = []
        for council in councils:
            found += self.figures.find(
                query,
                council=council,
                area=area or area_of(council),
                basis=basis,
                periods=periods,
                most=most,
            )
        return sorted(found, key=lambda m: (-round(m.score, 2), -held(m)))

    def _likely(self, query: Query) -> Sequence[str | None]:
        """Where a question names no council, all; of very many those that tell most of it."""
        if len(self.councils) <= _COUNCILS:
            return self.councils
        return self.figures.councils_telling(query.words, _COUNCILS)

    def best(self, query: Query, **limits: object) -> Match | None:
        """The best match, if it is sure enough."""
        ranked = self.ranked(query, **limits)  # type: ignore[arg-type]
        return ranked[0] if ranked and sure(ranked[0]) else None

    def match(self, observation: Observation, text: float = 1.0) -> Match:
        """An observation as a match, with the meeting that it is of."""
        return Match(observation, self.figures.meeting(observation), text, 1.0)


def sure(match: Match, least: float = SURE) -> bool:
    """Whether a match fits the question's words well enough.

    A sentence must fit better than a table's label; a sum of money is seldom mistaken.
    """
    o = match.observation
    spoken_count = o.source == "sentence" and o.unit != "gbp"
    return match.text >= max(least, SURE_SENTENCE if spoken_count else 0)


def usable(match: Match) -> bool:
    """Whether a figure can go into a calculation: sure, dated as asked, and reported."""
    o = match.observation
    dated = match.time >= DATED and o.period is not None
    return sure(match) and dated and o.value is not None and CHANGE not in o.flags


def alike(a: Observation, b: Observation) -> float:
    """How much of their words two labels have in common, 0 to 1."""
    one, two = set(words(a.measure)), set(words(b.measure))
    return len(one & two) / max(1, len(one | two))


def is_added(o: Observation) -> bool:
    """Whether a figure comes on top of another: "16, with a further 7 expected"."""
    return o.source == "sentence" and bool(_ON_TOP.search(o.quote.partition(o.printed)[0]))


def of_one_thing(a: Observation, b: Observation) -> bool:
    """Whether two figures of sentences count one thing: "43 orders, six placements" are of two."""
    told = [m.measure.partition(" | ") for m in (a, b)]
    nouns = [set(words(noun)) for noun, bar, _ in told if bar]
    return len(nouns) < len(told) or not all(nouns) or bool(nouns[0] & nouns[1])


def day_of(match: Match) -> int:
    """The last day of a figure's period, to order by; 0 where it has none."""
    period = match.observation.period
    return period.end.toordinal() if period else 0


def held(match: Match) -> int:
    """When the meeting was: of figures that fit alike the later paper's stands first."""
    return match.meeting.held.toordinal() if match.meeting.held else 0
