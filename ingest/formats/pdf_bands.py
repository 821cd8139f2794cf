"""Tables between horizontal rulings of one width, whose columns only their words tell."""

from collections.abc import Iterator, Sequence

from ingest.formats.pdf_cells import (
    Span,
    edges_between,
    grouped,
    head_rows,
    is_sentence,
    is_tabular,
    outline,
    row_cells,
    spans,
)
from ingest.formats.pdf_lines import Line
from ingest.formats.pdf_marks import Ruling
from ingest.formats.pdf_tables import Table, heads_by_figures

_SAME_EXTENT = 5.0
_MOST_RULES = 14
_MOST_HEADER_LINES = 5


def tables_between_rules(
    lines: Sequence[Line], rules: Sequence[Ruling]
) -> tuple[list[Table], list[Line]]:
    """Tables that horizontal rulings of one width enclose, and the lines outside them."""
    tables: list[Table] = []
    rest = list(lines)
    for group in _same_extent(rules):
        first = 0
        while first < len(group) - 1:
            found = None
            for last in range(len(group) - 1, first, -1):
                found = _band(rest, group[first : last + 1])
                if found is not None:
                    table, taken = found
                    tables.append(table)
                    gone = set(map(id, taken))
                    rest = [line for line in rest if id(line) not in gone]
                    first = last
                    break
            if found is None:
                first += 1
    return tables, rest


def _same_extent(rules: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    """Rulings that begin and end below each other, from the top."""
    left = sorted(rules)
    while left:
        head = left[0]
        alike = [
            rule
            for rule in left
            if abs(rule.start - head.start) <= _SAME_EXTENT
            and abs(rule.end - head.end) <= _SAME_EXTENT
        ]
        gone = set(map(id, alike))
        left = [rule for rule in left if id(rule) not in gone]
        if len(alike) > 1:
            step = max(1, len(alike) // _MOST_RULES)
            yield alike if step == 1 else [alike[0], alike[1], alike[-1]]


def _band(lines: Sequence[Line], rules: Sequence[Ruling]) -> tuple[Table, list[Line]] | None:
    """The table between the first and the last ruling, if what is there stands in columns."""
    top, bottom = rules[0].at, rules[-1].at
    left, right = rules[0].start - _SAME_EXTENT, rules[0].end + _SAME_EXTENT
    held = [
        line for line in lines if top < line.y <= bottom and line.x0 >= left and line.x1 <= right
    ]
    if len(held) < 2 or any(word.turn for line in held for word in line.words):
        return None
    inner = [rule.at for rule in rules[1:-1]]
    head = [line for line in held if inner and line.y < inner[0]]
    body = held[len(head) :]
    if not body or len(head) > _MOST_HEADER_LINES:
        head, body = [], held
    columns = spans(body)
    if len(columns) < 2 or any(is_sentence(line, columns) for line in head):
        return None
    table = _assembled(head, body, columns, inner)
    if table is None or not is_tabular(table.rows[table.heads :], len(columns)):
        return None
    return table, held


def _assembled(
    head: Sequence[Line], body: Sequence[Line], columns: Sequence[Span], inner: Sequence[float]
) -> Table | None:
    edges = edges_between(columns)
    groups = grouped(body, edges, inner)
    cells = [row_cells(group, edges, len(columns)) for group in groups]
    above = head_rows(head, columns, edges)
    if not cells:
        return None
    heads = len(above) or heads_by_figures(cells)
    lines = [*head, *body]
    return Table(outline(lines), tuple([*above, *cells]), heads)
