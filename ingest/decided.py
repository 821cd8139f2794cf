"""The register of decisions, searched by words and narrowed exactly: an index beside the values.

What a decision's words and outcomes are is for the reader of the store to say (:class:`Indexing`):
the index keeps them, and works them out again when that reader's rules have changed. Deleting a
paper deletes its decisions here too (a trigger does).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from ingest.codec import decode
from ingest.model import Decision, DecisionKind

T = TypeVar("T")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS decision_index (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL,
    start INTEGER NOT NULL,
    finish INTEGER NOT NULL,
    kind TEXT NOT NULL,
    council TEXT,
    committee TEXT,
    held TEXT,
    meeting TEXT NOT NULL,
    outcomes TEXT NOT NULL,
    owner TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS decision_index_meeting ON decision_index (council, committee, held);
CREATE INDEX IF NOT EXISTS decision_index_place ON decision_index (paper, start);
CREATE VIRTUAL TABLE IF NOT EXISTS decision_words USING fts5 (title, body);
CREATE TRIGGER IF NOT EXISTS decision_forgotten AFTER DELETE ON decision BEGIN
    DELETE FROM decision_words WHERE rowid = old.id;
    DELETE FROM decision_index WHERE id = old.id;
END;
"""
_BM25 = "bm25(decision_words, 2.0, 1.0)"
"""A word of the title tells twice as much as one of the text."""
_UNINDEXED = "SELECT id, body FROM decision WHERE id NOT IN (SELECT id FROM decision_index)"
_RULES = "decision_rules"
_AT_ONCE = 10_000  # values that one question to the register may name


@dataclass(frozen=True, slots=True)
class Indexing:
    """How a decision is indexed, and a version that changes when it would come out differently.

    `words` are those of a text; `outcomes` and `owners` those of a decision.
    """

    version: str
    words: Callable[[str], Iterable[str]]
    outcomes: Callable[[Decision], Iterable[str]]
    owner: Callable[[Decision], str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which decisions to find; what is empty limits nothing.

    `words` are groups: a decision holds, in its title or text, at least one word of each group.
    A meeting without a date lies in no span of dates.
    """

    words: tuple[tuple[str, ...], ...] = ()
    kinds: tuple[DecisionKind, ...] = ()
    councils: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    owner: str = ""
    since: date | None = None
    until: date | None = None

    def condition(self) -> tuple[str, tuple[str, ...]]:
        """A condition on the index, empty for all of it, and its values."""
        parts: list[str] = []
        values: list[str] = []
        named = (
            ("kind", tuple(kind.value for kind in self.kinds)),
            ("council", self.councils),
            ("committee", self.committees),
        )
        for column, names in named:
            if names:
                parts.append(f"{column} IN ({_marks(names)})")
                values += names
        if self.outcomes:
            parts.append(f"({' OR '.join(['instr(outcomes, ?)'] * len(self.outcomes))})")
            values += (f"|{outcome}|" for outcome in self.outcomes)
        for word in self.owner.casefold().split():
            parts.append("instr(owner, ?)")
            values.append(word)
        for sign, day in ((">=", self.since), ("<=", self.until)):
            if day:
                parts.append(f"held {sign} ?")
                values.append(day.isoformat())
        return " AND ".join(parts), tuple(values)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many decisions there are, in how many meetings, and how many of each kind."""

    decisions: int
    meetings: int
    kinds: tuple[tuple[DecisionKind, int], ...]


class Held(Protocol):
    """What a store lends to this index."""

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that the register gives."""

    def cached(self, name: str, load: Callable[[], T]) -> T:
        """What was loaded once, until the store changes."""

    def index_decisions(self, indexing: Indexing) -> None:
        """Sees to it that every decision is in the index."""


class DecisionIndex:
    """Finds decisions; an id names one until the store changes."""

    def __init__(self, held: Held, indexing: Indexing) -> None:
        self._held = held
        self._indexing = indexing

    def find(
        self, wanted: Wanted, limit: int, offset: int = 0, *, newest_first: bool = False
    ) -> list[int]:
        """The ids of decisions: the best match first, then (or instead) the newest first."""
        self._index()
        source, values = _source(wanted)
        score = f"{_BM25}, " if wanted.words and not newest_first else ""
        rows = self._held.rows(
            f"SELECT i.id {source} ORDER BY {score}held DESC, i.id LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        return [number for (number,) in rows]

    def count(self, wanted: Wanted) -> Counted:
        """Exactly how many decisions fit."""
        self._index()
        source, values = _source(wanted)
        rows = self._held.rows(
            f"SELECT kind, meeting, count(*) {source} GROUP BY kind, meeting", values
        )
        kinds = {
            kind: sum(number for k, _, number in rows if k == kind.value) for kind in DecisionKind
        }
        return Counted(
            sum(number for *_, number in rows),
            len({meeting for _, meeting, _ in rows}),
            tuple((kind, number) for kind, number in kinds.items() if number),
        )

    def within(self, paper: str, start: int, end: int) -> list[int]:
        """The ids of the decisions that stand in a stretch of a paper."""
        self._index()
        rows = self._held.rows(
            "SELECT id FROM decision_index WHERE paper = ? AND start < ? AND finish > ? "
            "ORDER BY start",
            (paper, end, start),
        )
        return [number for (number,) in rows]

    def fitting(self, ids: Sequence[int], wanted: Wanted) -> set[int]:
        """Those of the decisions that the limits, words apart, let through."""
        condition, values = wanted.condition()
        also = f" AND {condition}" if condition else ""
        rows = self._held.rows(
            f"SELECT id FROM decision_index WHERE id IN ({_marks(ids)}){also}", (*ids, *values)
        )
        return {number for (number,) in rows}

    def read(self, ids: Sequence[int]) -> list[Decision]:
        """The decisions, in the order asked for."""
        bodies: dict[int, str] = {}
        for at in range(0, len(ids), _AT_ONCE):
            part = ids[at : at + _AT_ONCE]
            bodies |= self._held.rows(
                f"SELECT id, body FROM decision WHERE id IN ({_marks(part)})", part
            )
        return [decode(Decision, bodies[number]) for number in ids if number in bodies]

    def _index(self) -> None:
        def work() -> bool:
            self._held.index_decisions(self._indexing)
            return True

        self._held.cached(f"decisions indexed {self._indexing.version}", work)


def _source(wanted: Wanted) -> tuple[str, tuple[str, ...]]:
    """What is selected from, and its values."""
    condition, values = wanted.condition()
    if not wanted.words:
        return f"FROM decision_index i{f' WHERE {condition}' if condition else ''}", values
    also = f" AND {condition}" if condition else ""
    source = (
        "FROM decision_words JOIN decision_index i ON i.id = decision_words.rowid "
        f"WHERE decision_words MATCH ?{also}"
    )
    return source, (_match(wanted.words), *values)


def _match(groups: Iterable[Iterable[str]]) -> str:
    """All of the groups, of each any word."""
    return " AND ".join(f"({' OR '.join(map(_quoted, group))})" for group in groups)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def index(connection: sqlite3.Connection, indexing: Indexing) -> None:
    """Indexes every decision that the index lacks, or all under new rules."""
    for statement in _statements():
        connection.execute(statement)
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_RULES,)).fetchone()
    if row is None or row[0] != indexing.version:
        connection.execute("DELETE FROM decision_words")
        connection.execute("DELETE FROM decision_index")
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_RULES, indexing.version))
    for number, body in connection.execute(_UNINDEXED).fetchall():
        decision = decode(Decision, body)
        connection.execute(
            "INSERT INTO decision_words (rowid, title, body) VALUES (?, ?, ?)",
            (number, _joined(decision.title, indexing), _joined(decision.text, indexing)),
        )
        connection.execute(
            "INSERT INTO decision_index VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, *_index_row(decision, indexing)),
        )


def is_indexed(connection: sqlite3.Connection, indexing: Indexing) -> bool:
    """Whether every decision is there, by these rules."""
    known = "SELECT count(*) FROM sqlite_master WHERE name = 'decision_index'"
    if not connection.execute(known).fetchone()[0]:
        return False
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_RULES,)).fetchone()
    counted = "SELECT (SELECT count(*) FROM decision) = (SELECT count(*) FROM decision_index)"
    return bool(row and row[0] == indexing.version and connection.execute(counted).fetchone()[0])


def forget_words(connection: sqlite3.Connection) -> None:
    """Merges the parts of the index: until then, deleted words stay in it."""
    known = "SELECT 1 FROM sqlite_master WHERE name = 'decision_words'"
    if connection.execute(known).fetchone():
        connection.execute("INSERT INTO decision_words (decision_words) VALUES ('optimize')")


def _statements() -> list[str]:
    """The schema's statements one by one: a script would end the transaction."""
    statements: list[str] = []
    held = ""
    for line in _SCHEMA.strip().splitlines():
        held += f"{line}\n"
        if sqlite3.complete_statement(held):
            statements.append(held)
            held = ""
    return statements


def _index_row(decision: Decision, indexing: Indexing) -> tuple[object, ...]:
    meeting, places = decision.meeting, (decision.locator, *decision.more)
    held = meeting.held.isoformat() if meeting.held else None
    return (
        decision.locator.paper,
        min(place.start for place in places),
        max(place.end for place in places),
        decision.kind.value,
        meeting.council,
        meeting.committee,
        held,
        f"{meeting.council}|{meeting.committee}|{held or decision.locator.paper}",
        f"|{'|'.join(indexing.outcomes(decision))}|",
        indexing.owner(decision).casefold(),
    )


def _joined(text: str, indexing: Indexing) -> str:
    return " ".join(indexing.words(text))
