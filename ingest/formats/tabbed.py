"""Lines that tabs set in columns: "7", "Fostering report" and "12 - 15" are a row of cells."""

import re
from collections.abc import Iterable, Sequence

from ingest.formats.flow import Block, Cell, Para, Run, Table

_MARKER = re.compile(r"\(?(?:[A-Z]{1,6}/)?(?:\d{1,3}(?:[./]\d{1,3})*|[a-z]|[ivx]{1,4})[.):]?|[-•–]")
_TABS = re.compile(r"\t+")
_SHORT = 80
_FEWEST_PAIRS = 3
_FEWEST_ROWS = 2


def cells(para: Para) -> tuple[str, ...]:
    """The cells that tabs make of a paragraph of one line; fewer than two where they make none.

    A tab after a paragraph's number, or before a long text, only sets it in.
    """
    if para.level or len(para.lines) != 1:
        return ()
    text = "".join(run.text for run in para.lines[0]).strip()
    if "\t" not in text:
        return ()
    found = tuple(piece.strip() for piece in _TABS.split(text))
    found = (para.label, *found) if para.label else found
    numbered = bool(_MARKER.fullmatch(found[0]))
    if len(found) - numbered < 2 or any(len(piece) > _SHORT for piece in found):
        return ()
    return found


def in_columns(run: Sequence[Para]) -> Iterable[Block]:
    """Lines one after another that have cells, as a table if there are enough of them."""
    rows = [cells(para) for para in run]
    wide = any(len(row) > 2 for row in rows)
    if len(rows) < (_FEWEST_ROWS if wide else _FEWEST_PAIRS):
        return run
    return [Table(tuple(tuple(map(_cell, row)) for row in rows))]


def _cell(text: str) -> Cell:
    return Cell((Para(((Run(text),),)),))
