"""Tables printed with every cell on a line of its own: headings, then a label and its values.

Read only where the stack keeps step: as many values behind each of three labels at least as there
are headings above the first.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicators.headings import Heading, Sort, listed
from indicators.lines import Line, Places, lines_of
from indicators.pieces import is_period
from ingest.model import Cell, Locator, Paper, Passage, Table

_VALUE = re.compile(
    r"[\[(]?[-−–+]?£?\d[\d,]*(?:\.\d+)?\s?(?:%|m|k|bn|pp|days)?[\])]?[*†‡^#]{0,2}(?:\s?\([^()]{1,14}\))?"
    r"|[-–—]{1,3}|\.{2,3}|\*{1,2}|<\s?\d+|[cx]|n/?[akr]|nil|tbc|[RAG]|red|amber|green|[▲▼↑↓→↔]+"
    r"|not (?:yet )?(?:reported|available|known|published|collected|recorded|measured)",
    re.IGNORECASE,
)
_BETTER = re.compile(r"high(?:er)?|low(?:er)?|bigger|smaller|up|down", re.IGNORECASE)
_LABEL_LENGTH = 90
_LEAST = 3
_MOST = 12


@dataclass(frozen=True, slots=True)
class _Stack:
    """Where a stack's labels stand among the lines, and how many values follow each."""

    labels: tuple[int, ...]
    step: int


def stacked_tables(paper: Paper) -> tuple[Table, ...]:
    """The tables of a paper whose cells are lines."""
    places = Places(paper)
    held = [line for line in lines_of(paper) if not line.mark]
    values = _values(held)
    return tuple(
        table
        for stack in _stacks(held, values)
        if (passage := places.of(held[stack.labels[0]].start)) is not None
        if not places.is_table(held[stack.labels[0]].start)
        if (table := _table(held, stack, passage, paper)) is not None
    )


def _stacks(held: Sequence[Line], values: Sequence[bool]) -> Iterator[_Stack]:
    at = 0
    while at < len(held):
        step = _values_behind(at, values)
        labels, last = [at], step
        while 1 < step <= _MOST and last:
            following = labels[-1] + last + 1
            last = _row_length(following, held, values, step)
            labels += [following] if last else []
        if len(labels) >= _LEAST and all(is_label(held[i].text) for i in labels):
            yield _Stack(tuple(labels), step)
            at = labels[-1] + step
        at += 1


def _row_length(at: int, held: Sequence[Line], values: Sequence[bool], step: int) -> int:
    """How many lines stand behind a label of a stack: its values, and a page's bare number."""
    found = _values_behind(at, values)
    numbered = found == step + 1 and held[at + found].apart and held[at + found].text.isdigit()
    return found if found == step or numbered else 0


def _values(held: Sequence[Line]) -> list[bool]:
    """Which lines are values; which way is better may be told first behind a label."""
    found = [is_value(line.text) for line in held]
    for i in range(1, len(held) - 1):
        if found[i + 1] and not found[i - 1] and _BETTER.fullmatch(held[i].text):
            found[i] = True
    return found


def _values_behind(at: int, values: Sequence[bool]) -> int:
    """How many lines of values follow a line that is none."""
    if at >= len(values) or values[at]:
        return 0
    end = at + 1
    while end < len(values) and values[end]:
        end += 1
    return end - at - 1


def is_value(text: str) -> bool:
    """Whether a line is one cell's value: a figure, a rating, a word or mark for a blank."""
    return bool(_VALUE.fullmatch(text))


def is_label(text: str) -> bool:
    """Whether a line may be a label: short, and no sentence."""
    return len(text) <= _LABEL_LENGTH and not text.endswith((".", ";", ":"))


def _table(held: Sequence[Line], stack: _Stack, passage: Passage, paper: Paper) -> Table | None:
    found = _headings(held, stack)
    if found is None:
        return None
    heads, over = found
    rows = tuple(
        tuple(Cell(line.text, line.start, line.end) for line in held[i : i + stack.step + 1])
        for i in stack.labels
    )
    return as_table(heads, rows, over, passage, paper)


def as_table(
    heads: tuple[Cell, ...],
    rows: Sequence[tuple[Cell, ...]],
    over: str,
    passage: Passage,
    paper: Paper,
) -> Table:
    """A table of cells that are lines; `over` is the line above it."""
    cells = [cell for row in rows for cell in row]
    where = Locator(
        paper.id, min(c.start for c in cells), max(c.end for c in cells), None, passage.locator.item
    )
    headings = (passage.part_title, *passage.headings)
    return Table(over, headings, (heads,), tuple(rows), passage.meeting, where)


def _headings(held: Sequence[Line], stack: _Stack) -> tuple[tuple[Cell, ...], str] | None:
    """The headings above the first label, and the line over them.

    Each is a line, or the lines between two blank ones.
    """
    first = stack.labels[0]
    lines = list(held[max(0, first - 3 * _MOST) : first])
    groups: list[list[Line]] = []
    for line in lines:
        if line.apart or not groups:
            groups.append([])
        groups[-1].append(line)
    last = groups[-1] if groups else []
    told = listed(last[-1].text, last[-1].start) if last else None
    if told and len(told.figures) == stack.step:
        first_cell = told.before[0] if told.before else Heading("", last[-1].start, 0, Sort.LABEL)
        heads = (first_cell, *told.figures)
        over = last[-2].text if len(last) > 1 else groups[-2][-1].text if len(groups) > 1 else ""
        return tuple(Cell(h.text, h.start, h.start + len(h.text)) for h in heads), over
    single, count = [[line] for line in last], stack.step + 1
    for found, above in ((single, groups[:-1]), (groups[-count:], groups[:-count])):
        if len(found) == count and all(map(_heads, found)):
            return tuple(map(_cell, found)), above[-1][-1].text if above else ""
    return None


def _heads(lines: Sequence[Line]) -> bool:
    text = " ".join(line.text for line in lines)
    words = text[:1].isalpha() or text[:1] in "%£(" or is_period(text)
    return words and len(text) <= _LABEL_LENGTH and not text.endswith((".", ";", ":"))


def _cell(lines: Sequence[Line]) -> Cell:
    return Cell(" ".join(line.text for line in lines), lines[0].start, lines[-1].end)
