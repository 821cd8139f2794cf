"""Indexes worked out from papers by rules of the store's reader, kept beside them.

An index takes in paper by paper; when the reader's rules have changed it is made anew. Deleting
a paper deletes what was worked out from it.
"""

from __future__ import annotations

from typing import Protocol

from ingest.database import Connection
from ingest.register import note
from ingest.rows import PaperRows


class Derived(Protocol):
    """An index."""

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


def is_complete(connection: Connection, derived: Derived) -> bool:
    """Whether every paper is in an index, by these rules."""
    counted = (
        "SELECT (SELECT count(*) FROM paper) = (SELECT count(*) FROM indexed_paper WHERE name = ?)"
    )
    same = is_current(connection, derived)
    return same and bool(connection.execute(counted, (derived.name,)).fetchone()[0])


def is_current(connection: Connection, derived: Derived) -> bool:
    """Whether an index was made by these rules."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_noted(derived),)).fetchone()
    return row is not None and row[0] == derived.version


def complete(connection: Connection, derived: Derived) -> None:
    """Takes in every paper that an index lacks, or all under new rules."""
    if not is_current(connection, derived):
        derived.forget(connection, None)
        connection.execute("DELETE FROM indexed_paper WHERE name = ?", (derived.name,))
        note(connection, _noted(derived), derived.version)
    lacking = (
        "SELECT id FROM paper WHERE id NOT IN "
        "(SELECT paper FROM indexed_paper WHERE name = ?) ORDER BY id"
    )
    for (paper,) in connection.execute(lacking, (derived.name,)).fetchall():
        take_in(connection, derived, PaperRows(connection, paper))


def take_in(connection: Connection, derived: Derived, rows: PaperRows) -> None:
    """Takes in one paper, in place of what was worked out from it before."""
    forget(connection, derived, rows.paper)
    derived.add(connection, rows)
    connection.execute(
        "INSERT INTO indexed_paper (paper, name) VALUES (?, ?)", (rows.paper, derived.name)
    )


def forget(connection: Connection, derived: Derived, paper: str) -> None:
    """Has a paper taken in again when it is next asked for: who may see it has changed."""
    derived.forget(connection, paper)
    connection.execute(
        "DELETE FROM indexed_paper WHERE paper = ? AND name = ?", (paper, derived.name)
    )


def _noted(derived: Derived) -> str:
    return f"rules of {derived.name}"
