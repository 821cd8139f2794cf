"""Words to lines: what stands on one baseline, in the order it is read."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.formats.pdf_text import Word

MARKER = re.compile(r"^(?:[^\w\s]|o|\(?(?:[a-z]|[ivx]{1,4}|[\d.]{1,8})[).]?|[A-Z]{1,6}/?\d+)$")
"""A list marker, bullet or paragraph number that stands alone."""

_SAME_LINE = 0.35
_RAISED_SIZE = 0.8
_RAISED_BY = 0.75
_WORD_GAP = 0.12
_WIDE_GAP = 1.6


class Line(NamedTuple):
    """Words on one baseline `y`; `size` is that of most of its letters."""

    x0: float
    x1: float
    y: float
    size: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with single spaces where they stand apart."""
        return joined_text(self.words)

    @property
    def bold(self) -> bool:
        """Whether all of its words are bold, list markers aside."""
        spoken = [word for word in self.words if any(map(str.isalnum, word.text))]
        return bool(spoken) and all(word.bold for word in spoken)


def joined_text(words: Sequence[Word]) -> str:
    """Words with a space where there is a gap between them."""
    pieces: list[str] = []
    before: Word | None = None
    for word in words:
        if before is not None and apart(before, word):
            pieces.append(" ")
        pieces.append(word.text)
        before = word
    return "".join(pieces)


def apart(before: Word, word: Word) -> bool:
    """Whether a reader sees a space between two words; a raised figure touches nothing."""
    if before.turn != word.turn or word.turn:
        return True
    if word.raised and word.text[:1].isdigit():
        return True
    return word.x0 - before.x1 > _WORD_GAP * min(before.size, word.size) or word.x1 < before.x0


def read_lines(words: Iterable[Word]) -> list[Line]:
    """Lines from the top down; what stands apart on one baseline is still one line."""
    rows: list[list[Word]] = []
    places: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: (word.y, word.x0)):
        at = _row_of(word, places)
        if at is None:
            rows.append([word])
            places.append((word.y, word.size))
            continue
        rows[at].append(word)
        if word.size > places[at][1] * 1.2:
            places[at] = (word.y, word.size)
    return [one_line(row) for row in rows]


def _row_of(word: Word, places: Sequence[tuple[float, float]]) -> int | None:
    """The index of the row that a word stands in: the last few are enough, words come sorted."""
    for i in range(len(places) - 1, max(-1, len(places) - 4), -1):
        y, size = places[i]
        off = abs(word.y - y)
        if off <= _SAME_LINE * min(size, word.size):
            return i
        small = min(size, word.size) <= _RAISED_SIZE * max(size, word.size)
        if small and off <= 0.5 * max(size, word.size):
            return i
    return None


def one_line(row: list[Word]) -> Line:
    """Words that stand on one baseline, as a line."""
    row.sort(key=lambda word: word.x0)
    size = row[0].size
    if all(word.size == size and word.y == row[0].y for word in row):
        return Line(row[0].x0, max([word.x1 for word in row]), row[0].y, size, tuple(row))
    sizes: dict[float, int] = {}
    for word in row:
        sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
    size = max(sizes, key=lambda one: (sizes[one], one))
    base = max((word for word in row if word.size == size), key=lambda word: len(word.text)).y
    words = tuple(
        word._replace(raised=True)
        if word.size <= _RAISED_SIZE * size and word.y < base - 0.1 * size
        else word
        for word in row
    )
    return Line(row[0].x0, max(word.x1 for word in row), base, size, words)


def segments(line: Line) -> list[Line]:
    """A line cut where a gap is too wide for a space between words."""
    cut: list[list[Word]] = []
    for word in line.words:
        if cut and word.x0 - cut[-1][-1].x1 <= _WIDE_GAP * line.size:
            cut[-1].append(word)
        else:
            cut.append([word])
    if len(cut) == 1:
        return [line]
    return [one_line(words) for words in cut]
