"""How many things stand in a list or table, where a sentence says how many there are.

"The plan has five aims:" before four bullets; "of the 20 indicators" in a report whose tables of
indicators have 22 rows.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from indicators.quantities import find_quantities
from ingest.model import Paper, PartKind, Table, Unit, UnitKind
from ingest.tables import column_labels

_THINGS = (
    r"(?:aims?|priorit(?:y|ies)|objectives?|themes?|actions?|recommendations?|principles?|options?|"
    r"functions?|activit(?:y|ies)|strands?|elements?|pledges?|promises?|steps?|conditions?|goals?|"
    r"ambitions?|commitments?|proposals?|key areas?|workstreams?)"
)
_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_HEADS_LIST = re.compile(
    rf"(?:\b(?P<before>[\w-]+)\s+)?\b(?P<number>\d{{1,2}}|{_NUMBERS})\s+(?:[\w’'-]+\s+){{0,2}}?{_THINGS}\b[^:.]{{0,60}}:\s*$",
    re.IGNORECASE,
)
_PARTLY = re.compile(r"^(?:first|last|next|other|further|these|about|least|most)$", re.IGNORECASE)
_OF_INDICATORS = re.compile(
    r"\b(?:of the|all|the|are|has|have)\s+(?P<number>\d{1,3})\s+(?:key\s+|performance\s+){0,2}"
    r"(?:indicators|measures)\b",
    re.IGNORECASE,
)
_SAYS_INDICATOR = re.compile(r"\b(?:indicator|measure)s?\b", re.IGNORECASE)
_MARK = re.compile(
    r"^\s*(?:(?P<bullet>[-–•*»])|(?P<number>\(?\d{1,2}[.)])(?!\d)|(?P<letter>\(?[a-z][.)])|"
    r"(?P<roman>\(?[ivx]{2,}[.)]))\s"
)
_CODED = re.compile(r"^\W*(?:[A-Z]{0,4}\s?\d{1,3}[a-z]?|[A-Z]\d{1,3})\s?[:.)]\s", re.IGNORECASE)
_FEWEST, _FURTHEST = 2, 3


def miscounted(paper: Paper) -> dict[int, tuple[Decimal, int]]:
    """Sentences, by where they start, that say another number than is listed: (said, listed)."""
    return dict((*_lists(_units(paper)), *_tables(paper)))


def _units(paper: Paper) -> list[Unit]:
    """A paper's units in order, each once."""
    found: list[Unit] = []
    for passage in sorted(paper.passages, key=lambda p: p.locator.start):
        found += [u for u in passage.units if not found or u.start >= found[-1].end]
    return found


def _lists(units: Sequence[Unit]) -> Iterator[tuple[int, tuple[Decimal, int]]]:
    for i, unit in enumerate(units):
        head = _HEADS_LIST.search(unit.text)
        said = _number(head["number"]) if head else None
        if head is None or said is None or _PARTLY.match(head["before"] or ""):
            continue
        listed = _listed(units[i + 1 :])
        if listed >= _FEWEST and 0 < abs(listed - said) <= _FURTHEST:
            yield unit.start, (said, listed)


def _listed(units: Sequence[Unit]) -> int:
    """How many items with the mark of the first follow, until what isn't of the list."""
    marks = [_mark(unit) for unit in units[:40]]
    if not marks or marks[0] is None:
        return 0
    count = 0
    for unit, mark in zip(units, marks, strict=False):
        if unit.kind is not UnitKind.LIST_ITEM or mark is None:
            break
        count += mark == marks[0]
    return count


def _mark(unit: Unit) -> str | None:
    found = _MARK.match(unit.text)
    return found.lastgroup if found else None


def _tables(paper: Paper) -> Iterator[tuple[int, tuple[Decimal, int]]]:
    """Reports whose tables of indicators have other than the number of rows that is said."""
    reports = {
        passage.part_title: passage for passage in paper.passages if passage.part is PartKind.REPORT
    }
    for title in reports:
        tables = [t for t in paper.tables if t.headings[:1] == (title,)]
        rows = _rows(tables)
        if len(rows) < _FEWEST or len(set(rows)) != len(rows):
            continue
        for passage in paper.passages:
            for unit in passage.units if passage.part_title == title else ():
                told = _OF_INDICATORS.search(unit.text)
                said = _number(told["number"]) if told else None
                if said is not None and 0 < abs(len(rows) - said) <= _FURTHEST:
                    yield unit.start, (said, len(rows))


def _rows(tables: Sequence[Table]) -> list[str]:
    """The coded labels of a report's tables of indicators; nothing where a row has no code.

    A table may go on in one whose header is a row.
    """
    found: list[str] = []
    named = False
    for table in tables:
        corner = " ".join(column_labels(table.header, 0))
        named = named or bool(_SAYS_INDICATOR.search(corner))
        labels = [corner] if _CODED.match(corner) else []
        labels += [row[0].text for row in table.rows if row]
        coded = [label for label in labels if _CODED.match(label)]
        if _SAYS_INDICATOR.search(corner) and len(coded) != len(labels):
            return []
        found += coded
    return [_CODED.match(label).group().lower() for label in found] if named else []  # type: ignore[union-attr]


def _number(text: str) -> Decimal | None:
    found = list(find_quantities(text, worded=True))
    return found[0].value if len(found) == 1 and found[0].value > 1 else None
