"""Tables with a group of columns for each area: councils on one line, the same headings under each.

Read only where the headings repeat to the letter for every area, and every row has a figure for
each of them; words and figures that narrow columns broke over lines are put together again.

               Wolds      Marsh      REGION
    No.  % of  No.  % of  No.  % of
    homes homes homes homes homes homes
    Good  3  75.00  1  50.00  4  66.67
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from indicators.lines import Line, Places, lines_of
from indicators.places import council_names, find_areas, is_region
from indicators.stacked_tables import as_table
from ingest.areas import area_of
from ingest.model import Cell, Paper, Table
from ingest.periods import find_periods

_FEWEST_AREAS = 3
_FEWEST_ROWS = 2
_SUBHEADS = 200  # characters, without blanks, of the headings of all areas together at most: each
_LABEL = 60
_ABOVE = 4
_FAR = 40
_VALUE = re.compile(r"[-−]?£?\d[\d,]*(?:\.\d+)?%?")
_REGION = "the region"


@dataclass(frozen=True, slots=True)
class _Word:
    """What stands between two blanks; `first` and `last` say where it stands in its line."""

    text: str
    start: int
    end: int
    first: bool
    last: bool

    @property
    def is_value(self) -> bool:
        return bool(_VALUE.fullmatch(self.text))


def area_grids(paper: Paper) -> Iterator[Table]:
    """The tables of a paper that have a group of columns for each of several areas."""
    places = Places(paper)
    held = [line for line in lines_of(paper) if not line.mark]
    own = area_of(paper.meeting.council)
    title: tuple[str, ...] = ()  # what stands over several grids on a page
    until = 0
    for at, line in enumerate(held):
        areas = _areas(line, own)
        passage = places.of(line.start) if len(areas) >= _FEWEST_AREAS else None
        if passage is None or at < until or places.is_table(line.start):
            continue
        found = _grid(held[at + 1 :], len(areas))
        if found is None:
            continue
        subheads, rows = found
        over, what = _title(_above(held, max(until, at - _ABOVE), at))
        title = over or title
        caption, subject = " ".join((*title, *what)), " ".join(what)
        region = next((name for name, *_ in find_areas(caption) if is_region(name)), _REGION)
        heads = tuple(
            Cell(f"{_called(cell.text, region)} {subject} {head}", cell.start, cell.end)
            for cell in areas
            for head in subheads
        )
        corner = Cell("", line.start, line.start)
        yield as_table((corner, *heads), rows, caption, passage, paper)
        last = rows[-1][-1].end
        until = next((i for i in range(at, len(held)) if held[i].start >= last), len(held))


def _called(area: str, region: str) -> str:
    return region if area == _REGION else area


@cache
def _names(own: str) -> re.Pattern[str]:
    names = sorted({*council_names(), own} - {""}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)


def _areas(line: Line, own: str) -> tuple[Cell, ...]:
    """The areas of a line that names nothing else, a region as the areas call it."""
    councils = [(m.group(), *m.span()) for m in _names(own).finditer(line.text)]
    taken = {i for _, start, end in councils for i in range(start, end)}
    others = [one for one in find_areas(line.text) if one[1] not in taken]
    found = sorted((*councils, *others), key=lambda one: one[1])
    named = "".join(line.text[start:end] for _, start, end in found)
    if "".join(named.split()) != "".join(line.text.split()):
        return ()
    return tuple(Cell(name, line.start + a, line.start + b) for name, a, b in found)


def _grid(
    lines: Sequence[Line], areas: int
) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]] | None:
    """(what stands under each area, the rows) of a grid that begins there."""
    words = [word for line in lines[: _FAR * areas] for word in _words(line)]
    first = next((i for i, word in enumerate(words) if word.is_value), 0)
    letters = "".join(word.text for word in words[:first])
    for length in range(2, min(_SUBHEADS, len(letters) // areas) + 1):
        unit = letters[:length]
        label = len(letters) - length * areas
        if 0 < label <= _LABEL and letters.startswith(unit * areas):
            break
    else:
        return None
    subheads = _subheads(lines, unit)
    opens = _word_at(words, length * areas)
    rows = tuple(_rows(words[opens:], len(subheads) * areas)) if opens is not None else ()
    return (subheads, rows) if subheads and len(rows) >= _FEWEST_ROWS else None


def _words(line: Line) -> Iterator[_Word]:
    found = list(re.finditer(r"\S+", line.text))
    for i, match in enumerate(found):
        start, end = (line.start + at for at in match.span())
        yield _Word(match.group(), start, end, i == 0, i == len(found) - 1)


def _word_at(words: Sequence[_Word], letters: int) -> int | None:
    """Which word begins behind so many letters; None where they end within one."""
    for i, word in enumerate(words):
        if letters <= 0:
            return i if letters == 0 else None
        letters -= len(word.text)
    return None


def _subheads(lines: Sequence[Line], unit: str) -> tuple[str, ...]:
    """The headings under the first area: each the lines between two blank ones, else one line."""
    groups: list[list[str]] = []
    taken = ""
    for line in lines:
        if line.apart or not groups:
            groups.append([])
        groups[-1].append(line.text)
        taken += "".join(line.text.split())
        if len(taken) >= len(unit):
            break
    if taken != unit:
        return ()
    return tuple(" ".join(group) for group in groups)


def _rows(words: Sequence[_Word], width: int) -> Iterator[tuple[Cell, ...]]:
    """Each row: its label and `width` figures, until one has more or fewer."""
    words = list(_mended(words))
    at = 0
    while at < len(words):
        opens = next((i for i in range(at, len(words)) if words[i].is_value), len(words))
        values = words[opens : opens + width]
        label = words[at:opens]
        said = " ".join(word.text for word in label)
        whole = len(values) == width and all(word.is_value for word in values)
        more = opens + width < len(words) and words[opens + width].is_value
        if not label or len(said) > _LABEL or not whole or more:
            return
        yield (
            Cell(said, label[0].start, label[-1].end),
            *(Cell(word.text, word.start, word.end) for word in values),
        )
        at = opens + width


def _mended(words: Sequence[_Word]) -> Iterator[_Word]:
    """The words; a figure whose last decimals were broken off onto the next line is whole again."""
    places = Counter(len(w.text.rpartition(".")[2]) for w in words if w.is_value and "." in w.text)
    usual = max(places, key=lambda n: places[n], default=0)
    held: _Word | None = None
    for word in words:
        whole, point, decimals = held.text.rpartition(".") if held else ("", "", "")
        short = usual - len(decimals) if point and whole else 0
        broken = held and held.last and word.first and word.text.isdigit()
        if held and broken and 0 < short == len(word.text):
            held = replace(held, text=held.text + word.text, end=word.end, last=word.last)
            continue
        if held:
            yield held
        held = word
    if held:
        yield held


def _title(above: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines above a grid apart: what it is of, and when or where, from what its rows count."""
    last = max((i for i, t in enumerate(above) if find_periods(t) or find_areas(t)), default=-1)
    return tuple(above[: last + 1]), tuple(above[last + 1 :])


def _above(held: Sequence[Line], start: int, at: int) -> tuple[str, ...]:
    """The short lines right above, from the first on."""
    return tuple(line.text for line in held[start:at] if len(line.text) <= _LABEL)
