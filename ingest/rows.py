"""The rows of one paper with their values, as the indexes beside them take them in.

Each table is read once, whichever index asks first; of a paper that is being taken in, the values
are at hand and only the ids are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar, cast

from ingest.codec import decode
from ingest.database import Connection
from ingest.model import Decision, Observation, Paper, Passage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """A value with its id and how private it is."""

    id: int
    privacy: int
    value: T


class PaperRows:
    """What the register holds of one paper."""

    def __init__(
        self,
        connection: Connection,
        paper: str,
        given: Mapping[str, Sequence[object]] | None = None,
    ) -> None:
        """`given` are values by table that were written in their order, and needn't be read."""
        self.paper = paper
        self._connection = connection
        self._given = given or {}

    @classmethod
    def written(
        cls, connection: Connection, paper: Paper, observations: Sequence[Observation]
    ) -> PaperRows:
        """Those of a paper that has just been written."""
        given = {
            "passage": paper.passages,
            "observation": observations,
            "decision": paper.decisions,
        }
        return cls(connection, paper.id, given)

    @cached_property
    def passages(self) -> tuple[Row[Passage], ...]:
        """The passages in the order of their places."""
        rows = self._rows("passage", Passage)
        return tuple(sorted(rows, key=lambda row: (row.value.locator.start, row.id)))

    @cached_property
    def observations(self) -> tuple[Row[Observation], ...]:
        """The observations in the order of ids."""
        return self._rows("observation", Observation)

    @cached_property
    def decisions(self) -> tuple[Row[Decision], ...]:
        """The decisions in the order of ids."""
        return self._rows("decision", Decision)

    def _rows(self, table: str, kind: type[T]) -> tuple[Row[T], ...]:
        body = "''" if table in self._given else "body"
        found = f"SELECT id, privacy, {body} FROM {table} WHERE paper = ? ORDER BY id"
        rows = self._connection.execute(found, (self.paper,)).fetchall()
        if table in self._given:
            values = cast(Sequence[T], self._given[table])
        else:
            values = [decode(kind, body) for *_, body in rows]
        return tuple(
            Row(number, privacy, value)
            for (number, privacy, _), value in zip(rows, values, strict=True)
        )
