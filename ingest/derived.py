"""Indexes worked out from papers by rules of the store's reader, kept beside them.

An index takes in paper by paper; when the reader's rules have changed it is made anew. Deleting
a paper deletes what was worked out from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ingest.database import Connection, WordTable
from ingest.register import note
from ingest.rows import PaperRows


class Index(Protocol):
    """An index beside the papers, as :mod:`ingest.remaking` makes it and a store keeps it."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def version(self) -> str:
        """Which rules it is made by."""

    @property
    def words(self) -> WordTable | None:
        """The index of words in it, of which who may not see all sees a part."""

    def rules(self, connection: Connection) -> str | None:
        """Which rules what is there was made by; None where nothing is."""

    def begin(self, connection: Connection) -> None:
        """Takes everything out, and notes its rules."""

    def is_complete(self, connection: Connection) -> bool:
        """Whether every paper is in it, whoever may see it; its rules are another matter."""

    def lacking(self, connection: Connection) -> Sequence[str]:
        """The papers that it lacks, wholly or in part."""

    def lacks(self, connection: Connection, paper: str) -> bool:
        """Whether it lacks a paper, wholly or in part."""

    def take_in(self, connection: Connection, rows: PaperRows) -> None:
        """Takes in a paper, in place of what was worked out from it before."""

    def forget(self, connection: Connection, paper: str) -> None:
        """Has a paper taken in again where who may see it matters: that has changed."""


class Derived(Protocol):
    """Tables that one kind of index fills."""

    @property
    def name(self) -> str:
        """What it is called in the register."""

    @property
    def version(self) -> str:
        """Which rules it is made by."""

    def add(self, connection: Connection, rows: PaperRows) -> None:
        """Takes in a paper."""

    def forget(self, connection: Connection, paper: str | None) -> None:
        """Takes out a paper, or all of them."""


@dataclass(frozen=True, slots=True)
class DerivedIndex:
    """Such tables as an index: the register notes which papers it has taken in."""

    derived: Derived
    words: WordTable | None = None

    @property
    def name(self) -> str:
        """What it is called in the register."""
        return self.derived.name

    @property
    def version(self) -> str:
        """Which rules it is made by."""
        return self.derived.version

    def rules(self, connection: Connection) -> str | None:
        """Which rules it was made by."""
        return noted(connection, self._noted)

    def begin(self, connection: Connection) -> None:
        """Takes everything out, and notes its rules."""
        self.derived.forget(connection, None)
        connection.execute("DELETE FROM indexed_paper WHERE name = ?", (self.name,))
        note(connection, self._noted, self.version)

    def is_complete(self, connection: Connection) -> bool:
        """Whether every paper is in it."""
        counted = (
            "SELECT (SELECT count(*) FROM main.paper) = "
            "(SELECT count(*) FROM main.indexed_paper WHERE name = ?)"
        )
        return bool(connection.execute(counted, (self.name,)).fetchone()[0])

    def lacking(self, connection: Connection) -> Sequence[str]:
        """The papers that it lacks."""
        lacking = (
            "SELECT id FROM paper WHERE id NOT IN "
            "(SELECT paper FROM indexed_paper WHERE name = ?) ORDER BY id"
        )
        return [paper for (paper,) in connection.execute(lacking, (self.name,)).fetchall()]

    def lacks(self, connection: Connection, paper: str) -> bool:
        """Whether it lacks a paper."""
        held = "SELECT 1 FROM indexed_paper WHERE paper = ? AND name = ?"
        return connection.execute(held, (paper, self.name)).fetchone() is None

    def take_in(self, connection: Connection, rows: PaperRows) -> None:
        """Takes in a paper, in place of what was worked out from it before."""
        self.forget(connection, rows.paper)
        self.derived.add(connection, rows)
        connection.execute(
            "INSERT INTO indexed_paper (paper, name) VALUES (?, ?)", (rows.paper, self.name)
        )

    def forget(self, connection: Connection, paper: str) -> None:
        """Has a paper taken in again."""
        self.derived.forget(connection, paper)
        connection.execute(
            "DELETE FROM indexed_paper WHERE paper = ? AND name = ?", (paper, self.name)
        )

    @property
    def _noted(self) -> str:
        return f"rules of {self.name}"


def noted(connection: Connection, name: str) -> str | None:
    """What was noted about the store as a whole under a name."""
    row = connection.execute("SELECT value FROM main.meta WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else None
