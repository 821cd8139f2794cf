"""Marks of passages: what the reader of a store looks for among all of them, found by an index.

What is marked is for that reader to say (:class:`Marking`): a passage that opens a meeting's
minutes, the words that begin a unit, a name and its initials.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ingest.codec import decode
from ingest.database import Asking, Connection
from ingest.kept import Kept
from ingest.model import Passage
from ingest.rows import PaperRows

_COUNTED = 20_000  # marks whose counts are kept
_AT_ONCE = 500  # marks that one question to the register may name


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of a kind on the passage that stands at `at` of its paper's; `said` goes with it."""

    at: int
    kind: str
    mark: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Marking:
    """How the passages of a paper, in order, are marked, and a version that changes with that."""

    version: str
    marks: Callable[[Sequence[Passage]], Iterable[Mark]]
    name: str = "marks"

    def add(self, connection: Connection, rows: PaperRows) -> None:
        """Marks a paper's passages."""
        held = rows.passages
        marks = self.marks([row.value for row in held])
        connection.executemany(
            "INSERT INTO passage_mark (id, kind, mark, said) VALUES (?, ?, ?, ?)",
            [(held[m.at].id, m.kind, m.mark, m.said) for m in marks],
        )

    def forget(self, connection: Connection, paper: str | None) -> None:
        """Takes the marks off a paper's passages, or off all."""
        of = " WHERE id IN (SELECT id FROM passage WHERE paper = ?)" if paper is not None else ""
        values = () if paper is None else (paper,)
        connection.execute(f"DELETE FROM passage_mark{of}", values)


class Marks:
    """Finds marked passages."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def marked(
        self, kind: str, condition: str = "", values: Sequence[object] = ()
    ) -> list[Passage]:
        """The passages with a mark of a kind, within a condition on the passage table, in order."""
        also = f" AND {condition}" if condition else ""
        rows = self._asking.rows(
            "SELECT body FROM passage WHERE id IN "
            f"(SELECT id FROM passage_mark WHERE kind = ?){also} ORDER BY paper, start, id",
            (kind, *values),
        )
        return [decode(Passage, body) for (body,) in rows]

    def newest(
        self, kind: str, most: int, condition: str = "", values: Sequence[object] = ()
    ) -> list[Passage]:
        """Those of the newest meetings, in the order of papers and places."""
        also = f" AND {condition}" if condition else ""
        rows = self._asking.rows(
            "SELECT body FROM (SELECT body, paper, start, id FROM passage WHERE id IN "
            f"(SELECT id FROM passage_mark WHERE kind = ?){also} "
            "ORDER BY held DESC NULLS LAST, id LIMIT ?) AS latest ORDER BY paper, start, id",
            (kind, *values, most),
        )
        return [decode(Passage, body) for (body,) in rows]

    def commonest(self, kind: str, mark: str) -> str | None:
        """What goes with a mark most often, of two the first taken in; None where nothing does."""
        rows = self._asking.rows(
            "SELECT said FROM passage_mark WHERE kind = ? AND mark = ? "
            "GROUP BY said ORDER BY count(*) DESC, min(id), said LIMIT 1",
            (kind, mark),
        )
        return rows[0][0] if rows else None

    def counts(self, kind: str, marks: Iterable[str], most: int) -> dict[str, int]:
        """How often each mark stands; no further than `most` is counted."""
        kept: Kept[str, int] = self._asking.cached(f"{kind} counted", lambda: Kept(_COUNTED))
        wanted = list(dict.fromkeys(marks))
        known = kept.known(wanted)
        missing = [mark for mark in wanted if mark not in known]
        for at in range(0, len(missing), _AT_ONCE):
            part = missing[at : at + _AT_ONCE]
            rows = self._asking.rows(
                "SELECT column1, (SELECT count(*) FROM (SELECT 1 FROM passage_mark "
                "WHERE kind = ? AND mark = column1 LIMIT ?) AS counted) "
                f"FROM (VALUES {', '.join(['(?)'] * len(part))}) AS asked",
                (kind, most, *part),
            )
            for mark, count in rows:
                known[mark] = count
                kept.put(mark, count)
        return known
