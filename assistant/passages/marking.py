"""What is marked of passages when papers are taken in, so that none has to be read to find it.

Each kind is found by its mark: the first words of units, names by their initials, the passages
that say who was at a meeting, and those that warn against a comparison.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain, islice

from ingest.marked import Mark, Marking
from ingest.model import PartKind, Passage, Unit, UnitKind

OPENING, ACRONYM, ROLL, CAUTION = "opening", "acronym", "roll", "caution"

_ROLL_UNITS = 3
_LETTERS = re.compile(r"[a-z]+")
_RUN = re.compile(r"\b[A-Z][a-z’']+(?:(?: (?:and|of|for|the|to|in|&))? [A-Z][a-z’']+){1,5}")
_SMALL = frozenset(["and", "of", "for", "the", "to", "in", "&"])
_ARTICLES = ("The", "A", "An", "Our", "Its")
_SHORTEST, _LONGEST = 2, 5
_CAUTION = re.compile(
    r"\b(?:"
    r"(?:new|changed|different|revised|old(?:er)?|previous|same|other) "
    r"(?:definition|basis|rule|method|methodology|way of counting|age (?:band|group|range))s?\b|"
    r"definitions?\s+(?:\w+\s+){0,3}(?:chang|differ|alter|revis)\w*|"
    r"(?:must|should|can) ?not\s+be\s+(?:\w+\s+){0,2}(?:compared|set beside|added|read across)|"
    r"(?:not|isn['’]t|aren['’]t)\s+(?:\w+\s+){0,2}comparable|"
    r"counted (?:differently|in another way|on another basis)|break in (?:the )?series|"
    r"no longer (?:comparable|counts?|includes?))"
)
"""Of small letters: matched several times as quickly as letters of either case."""


@cache
def marking() -> Marking:
    """These marks, of a version that changes with this file."""
    rules = files("assistant.passages").joinpath("marking.py").read_bytes()
    return Marking(hashlib.sha256(rules).hexdigest()[:16], _marks)


def opening(text: str) -> str:
    """The first words of a unit, by which formulas that many reports share are known."""
    return " ".join(match.group() for match in islice(_LETTERS.finditer(text.lower()), 3))


def warns(unit: Unit) -> bool:
    """Whether a sentence warns against a comparison."""
    said = unit.kind in (UnitKind.SENTENCE, UnitKind.LIST_ITEM)
    return said and _CAUTION.search(unit.text.lower()) is not None


def _marks(passages: Sequence[Passage]) -> Iterator[Mark]:
    return chain(_openings(passages), _acronyms(passages), _rolls(passages), _cautions(passages))


def _openings(passages: Sequence[Passage]) -> Iterator[Mark]:
    """The first words of units, once for each part of the paper."""
    seen: set[tuple[object, ...]] = set()
    for at, part, unit in _units(passages):
        key = (part, words := opening(unit.text))
        if key not in seen:
            seen.add(key)
            yield Mark(at, OPENING, words)


def _units(passages: Sequence[Passage]) -> Iterator[tuple[int, tuple[object, ...], Unit]]:
    """Each unit of a part once, with the passage and the part that it stands in."""
    last: dict[tuple[object, ...], int] = {}
    for at, passage in enumerate(passages):
        part = (passage.part_title, passage.meeting)
        for unit in passage.units:
            if unit.start > last.get(part, -1):  # else a heading that the passage only repeats
                last[part] = unit.start
                yield at, part, unit


def _acronyms(passages: Sequence[Passage]) -> Iterator[Mark]:
    """The capitalised names of a passage by their initials."""
    names: Counter[tuple[int, str, str]] = Counter()
    for at, _, unit in _units(passages):
        for match in _RUN.finditer(unit.text):
            parts = match.group().split()
            parts = parts[1:] if parts[0] in _ARTICLES and len(parts) > 2 else parts
            short = "".join(p[0] for p in parts if p not in _SMALL).lower()
            full = "".join(p[0] for p in parts).lower()
            for letters in {short, full}:
                if _SHORTEST < len(letters) <= _LONGEST:
                    names[at, letters, " ".join(parts)] += 1
    for (at, letters, name), count in names.items():
        for _ in range(count):
            yield Mark(at, ACRONYM, letters, name)


def _rolls(passages: Sequence[Passage]) -> Iterator[Mark]:
    """The passages that open the minutes of a meeting or a pack: they say who was there."""
    counts: Counter[tuple[object, ...]] = Counter()
    for at, passage in enumerate(passages):
        part = (passage.part, passage.part_title, passage.meeting)
        counts[part] += 1
        if passage.part is not PartKind.REPORT and counts[part] <= _ROLL_UNITS:
            yield Mark(at, ROLL)


def _cautions(passages: Sequence[Passage]) -> Iterator[Mark]:
    for at, passage in enumerate(passages):
        if passage.part is not PartKind.FRONT and any(map(warns, passage.units)):
            yield Mark(at, CAUTION)
