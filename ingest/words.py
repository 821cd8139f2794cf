"""The words that a passage is found by, worked out when it is taken in.

Which words a text holds is for the reader of the store to say (:class:`Wording`): the store
keeps them, and works them out again when that reader's rules have changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.model import Passage, Period, UnitKind
from ingest.periods import find_periods

INDEX = "2"
"""Counts up when the index would hold something else of the same words."""
_LABEL_ENDS = " — "
_SHORT = 60  # characters: a line of its own as short as this names something
_DAY = "%Y%m%d"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a text, and a version that changes when they would come out differently."""

    version: str
    words: Callable[[str], Sequence[str]]


PLAIN = Wording("plain-1", lambda text: re.findall(r"\w+", text.lower()))
"""Lower-cased words, for a store that nobody has given better ones."""


@dataclass(frozen=True, slots=True)
class PassageWords:
    """The words of a passage: of its headings (`place`), of each unit, of each unit's label.

    A label is what a table row or a short line is of. `dates` are the first and last days of
    the periods named.
    """

    place: frozenset[str]
    units: tuple[frozenset[str], ...]
    labels: tuple[frozenset[str], ...]
    dates: tuple[tuple[date, date], ...]

    @property
    def body(self) -> frozenset[str]:
        """The words of all units."""
        return frozenset().union(*self.units)


@dataclass(frozen=True, slots=True)
class IndexedText:
    """A passage's words as the index keeps them, separated by spaces.

    A line of `body` is a unit; a tab ends its label. Of a period, `dates` holds the month it
    ends in and both its end days.
    """

    place: str
    body: str
    dates: str


def indexed_text(passage: Passage, wording: Wording) -> IndexedText:
    """What the index keeps of a passage."""
    headings = " ".join((passage.part_title, *passage.headings))
    lines = []
    for unit in passage.units:
        label, separator, rest = unit.text.partition(_LABEL_ENDS)
        row = unit.kind is UnitKind.TABLE_ROW
        if not row and len(unit.text) >= _SHORT:
            lines.append(_joined(unit.text, wording))
        elif separator and row:
            lines.append(f"{_joined(label, wording)}\t{_joined(rest, wording)}")
        else:
            lines.append(f"{_joined(unit.text, wording)}\t")
    named = [m.period for text in (passage.text, headings) for m in find_periods(text)]
    dates = dict.fromkeys(
        token for period in named for token in (month_token(period.end), _span(period))
    )
    return IndexedText(_joined(headings, wording), "\n".join(lines), " ".join(dates))


def month_token(day: date) -> str:
    """The word in the index for a period that ends in the day's month."""
    return f"{day:%Y%m}"


def read_words(text: IndexedText) -> PassageWords:
    """The words that :func:`indexed_text` wrote."""
    lines = [line.partition("\t") for line in text.body.split("\n")]
    return PassageWords(
        place=frozenset(text.place.split()),
        units=tuple(frozenset((*label.split(), *rest.split())) for label, _, rest in lines),
        labels=tuple(frozenset(label.split()) for label, tab, _ in lines if tab),
        dates=tuple(
            (_day(span[:8]), _day(span[8:])) for span in text.dates.split() if len(span) == 16
        ),
    )


def _joined(text: str, wording: Wording) -> str:
    return " ".join(wording.words(text))


def _span(period: Period) -> str:
    return f"{period.start:{_DAY}}{period.end:{_DAY}}"


def _day(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))
