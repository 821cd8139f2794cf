"""What papers say in words of how a measure moved, without printing the figure.

A trend worked out from printed figures ends with the last of them; a later paper may yet tell
that the measure fell "again", its chart having been lost or never printed.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.drafts import Source, Statement
from indicators.catalogue import indexed
from ingest.model import PartKind, Passage, UnitKind

_MOVED = re.compile(
    r"\b(?:has|have|had|is|are|was|were|been|continue[sd]?|continu(?:ed|ing)|again|saw|seen|shows?|"
    r"further|steady|gradual\w*|slight\w*|considerabl[ey]|sharp\w*|a|the)\s+(?:\w+\s+){0,3}?"
    r"(?:ris(?:en|ing|e)|rose|increas\w+|grow(?:n|ing|th)|f[ae]ll(?:en|ing)?|decreas\w+|reduc\w+|"
    r"declin\w+|drop\w*|dip(?:ped)?|improv(?:ed|ing|ement)|worsen\w*|deteriorat\w+)\b",
    re.IGNORECASE,
)
_AIMED = re.compile(
    r"\b(?:aims?|plan(?:s|ned)?|hopes?|target|ambition|in order to|so as to|to (?:increase|reduce|"
    r"improve|raise)|will|would|should|must|need(?:s|ed)? to)\b",
    re.IGNORECASE,
)
_MOST = 2


Telling = Callable[[str | None, Sequence[str], date], Iterable[Passage]]
"""The passages of a council's papers of meetings after a day that hold all of some words.

Those of the latest meeting come first, those of one meeting in their order.
"""


@dataclass(frozen=True, slots=True)
class _Movement:
    held: date
    said: frozenset[str]
    source: Source


class Movements:
    """The sentences of all papers that tell of a rise or fall."""

    def __init__(self, telling: Telling = lambda *_: ()) -> None:
        self._telling = telling

    def since(self, council: str | None, named: Sequence[str], after: date) -> list[Statement]:
        """What a council's papers of meetings after a day say of all that is named, in order.

        One sentence of a meeting, the latest meetings'.
        """
        told: dict[date, _Movement] = {}
        for passage in self._telling(council, named, after) if named else ():
            if passage.meeting.held in told:
                continue
            if len(told) == _MOST:
                break
            for m in _movements(passage):
                if set(named) <= m.said:
                    told.setdefault(m.held, m)
        return [_told(told[held]) for held in sorted(told)]


def _movements(passage: Passage) -> list[_Movement]:
    held = passage.meeting.held
    if held is None or passage.part is PartKind.FRONT:
        return []
    return [
        _Movement(
            held,
            indexed(unit.text),
            Source(
                replace(passage.locator, start=unit.start, end=unit.end), unit.text, passage.meeting
            ),
        )
        for unit in passage.units
        if unit.kind in (UnitKind.SENTENCE, UnitKind.LIST_ITEM)
        and _MOVED.search(unit.text)
        and not _AIMED.search(unit.text)
    ]


def _told(movement: _Movement) -> Statement:
    held = movement.held
    text = (
        f"The papers of {held.day} {held:%B %Y} say in words: "
        f"“{' '.join(movement.source.quote.split())}”"
    )
    return Statement(text, (movement.source,), labels=f"{held.day} {held.year}")
