"""Making indexes anew, in steps that are transactions of their own.

A process that is stopped loses one of them at most, and whoever comes next goes on from there.
All indexes take in a paper together: it is read once. While they are at it the register says how
far they are, and nobody answers from them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.database import Connection
from ingest.derived import Index, noted
from ingest.errors import StoreError
from ingest.register import note
from ingest.rows import PaperRows

STEP = 1.0
"""Seconds of work in one transaction: nobody else can write meanwhile."""
_HOW_FAR = "indexing"


@dataclass(frozen=True, slots=True)
class HowFar:
    """How many of the papers held are in all indexes."""

    done: int
    papers: int

    def __str__(self) -> str:
        return f"{self.done:,} of {self.papers:,} papers"


OnIndexing = Callable[[HowFar], None]


class NotReady(StoreError):
    """The indexes are being made anew; `how_far` says how many papers are in them."""

    def __init__(self, how_far: HowFar) -> None:
        self.how_far = how_far
        super().__init__(
            f"The indexes are being made anew, since the rules that they are made by have changed: "
            f"{how_far} are done. Try again in a while."
        )


def are_complete(connection: Connection, indexes: Sequence[Index]) -> bool:
    """Whether all indexes are made by their rules, of every paper."""
    return all(
        index.rules(connection) == index.version and index.is_complete(connection)
        for index in indexes
    )


def how_far(connection: Connection) -> HowFar | None:
    """How far the indexes are; None where nobody has begun to make them anew."""
    told = noted(connection, _HOW_FAR)
    return HowFar(*map(int, told.split())) if told else None


class Remaking:
    """The work that one process does on indexes, beside others who may do the same."""

    def __init__(self, indexes: Sequence[Index]) -> None:
        self._indexes = indexes
        self._begun: set[str] = set()
        self._waiting: list[str] = []

    def step(self, connection: Connection) -> HowFar | None:
        """Does a part of the work in the transaction under way; None when all of it is done."""
        ends = time.monotonic() + STEP
        self._begin(connection)
        if how_far(connection) is None:
            self._waiting = []  # nobody has begun yet, or another process has ended it
        while True:
            if not self._waiting:
                self._waiting = self._lacking(connection)
            if not self._waiting:
                connection.execute("DELETE FROM meta WHERE name = ?", (_HOW_FAR,))
                return None
            self._take_in(connection, self._waiting.pop())
            if time.monotonic() >= ends:
                return self._noted(connection)

    def _begin(self, connection: Connection) -> None:
        """Begins the indexes that were made by other rules; raises where another has just done."""
        for index in self._indexes:
            if index.rules(connection) == index.version:
                continue
            if index.name in self._begun:
                raise of_another_version()
            index.begin(connection)
            self._begun.add(index.name)

    def _lacking(self, connection: Connection) -> list[str]:
        """The papers that any index lacks, the first one last."""
        lacking = {paper for index in self._indexes for paper in index.lacking(connection)}
        return sorted(lacking, reverse=True)

    def _take_in(self, connection: Connection, paper: str) -> None:
        if connection.execute("SELECT 1 FROM paper WHERE id = ?", (paper,)).fetchone() is None:
            return
        rows = PaperRows(connection, paper)
        for index in self._indexes:
            if index.lacks(connection, paper):
                index.take_in(connection, rows)

    def _noted(self, connection: Connection) -> HowFar:
        papers = connection.execute("SELECT count(*) FROM paper").fetchone()[0]
        told = HowFar(papers - len(self._waiting), papers)
        note(connection, _HOW_FAR, f"{told.done} {told.papers}")
        return told


def of_another_version() -> StoreError:
    """What is told where two versions of the program would make the indexes in turns."""
    return StoreError(
        "Another version of this program has begun to make the indexes by its own rules while this "
        "one was running: use one version on all machines, and start this one again."
    )
