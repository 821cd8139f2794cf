"""The register as one SQLite file in the store's folder, with FTS5 for words: the default."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from ingest.database import Asking, Busy, Connection, Groups, Types, WordTable, make_folder
from ingest.errors import StoreError

REGISTER = "register.sqlite3"
PATIENCE = 5.0
"""Seconds to wait for another writer."""
_CACHE_KIB = 32 * 1024
"""Of the file's pages; SQLite's own 2 MiB hold no large store's indexes while they grow."""
_TURN = "ingest.lock"
_TOKENS = "tokenize = \"unicode61 tokenchars '.'\""
"""A word is letters, digits and points: 4.5 is one."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The register in a store's folder."""

    directory: Path
    start_again = "delete the folder and ingest the papers again"

    def connect(self) -> Connection:
        """An open register in the folder, which is made if need be."""
        make_folder(self.directory)
        with named_errors(self.directory):
            connection = sqlite3.connect(
                self.directory / REGISTER,
                timeout=PATIENCE,
                isolation_level=None,
                check_same_thread=False,
                factory=SQLite,
            )
            connection.directory = self.directory
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.create_function("blanked", 2, _blanked, deterministic=True)
        return connection

    def __str__(self) -> str:
        return str(self.directory)


class SQLite(sqlite3.Connection):
    """An open file; statements go to SQLite's driver as they are."""

    types = Types("INTEGER PRIMARY KEY", "INTEGER", "INTEGER", "TEXT", "BLOB")
    shared = False
    derived: Mapping[str, tuple[str, str]] = {}
    directory: Path

    @contextmanager
    def named_errors(self) -> Iterator[None]:
        """What SQLite may meet from outside, in words."""
        with named_errors(self.directory):
            yield

    def always(self, statements: Sequence[str]) -> None:
        """Statements for this connection alone."""
        for statement in statements:
            self.execute(statement)

    def begin_writing(self) -> None:
        """Begins a transaction of the only writer."""
        self.execute("BEGIN IMMEDIATE")

    def begin_moment(self) -> None:
        """What is read from here on is of one moment: the first look at a table fixes it."""
        self.execute("BEGIN")
        self.execute("SELECT count(*) FROM main.meta").fetchone()

    def end_moment(self) -> None:
        """Reading sees what is new again."""
        self.execute("ROLLBACK")

    def changes(self) -> int:
        """Another number once another connection has written."""
        return cast(int, self.execute("PRAGMA data_version").fetchone()[0])

    def is_empty(self) -> bool:
        """Whether the file holds no table."""
        return self.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None

    def format(self) -> int:
        """The format, 0 in a new file."""
        return cast(int, self.execute("PRAGMA user_version").fetchone()[0])

    def set_format(self, number: int) -> None:
        """Notes the format."""
        self.execute(f"PRAGMA user_version = {number:d}")

    def make_ready(self) -> None:
        """Nothing is needed before tables."""

    def has_table(self, name: str) -> bool:
        """Whether a table is there."""
        found = self.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,))
        return found.fetchone() is not None

    def word_index(self, table: WordTable) -> FTS5:
        """An index of words."""
        return FTS5(self, table)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Holds a lock on a file beside the register, which ends with the process."""
        with ExitStack() as kept:
            try:
                turn = kept.enter_context((self.directory / _TURN).open("a"))
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Busy(
                    f"Another ingest into the store {self.directory} is under way: wait until it "
                    "has ended, or stop it."
                ) from error
            except OSError as error:
                raise StoreError(
                    f"The store {self.directory} can't be written to ({error.strerror}): check "
                    "the disk and the folder's rights."
                ) from error
            yield

    def sweep(self) -> None:
        """Empties the log, in which deleted rows still stand."""
        self.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


class FTS5:
    """An index of words by SQLite itself."""

    def __init__(self, connection: SQLite, table: WordTable) -> None:
        self._connection = connection
        self._table = table
        self._vocabulary = f"{table.of}_vocabulary"
        self.indexed = f"SELECT id FROM {table.name}_docsize"
        weights = ", ".join(map(str, table.weights))
        self._score = f"-bm25({table.name}, {weights})"

    def make(self) -> None:
        """The index, its vocabulary, and what takes a text out with the row that it is of."""
        name, columns = self._table.name, ", ".join(self._table.columns)
        self._connection.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5 ({columns}, {_TOKENS})"
        )
        self._connection.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {self._vocabulary} USING fts5vocab ({name}, 'row')"
        )

    def renew(self) -> None:
        """Both tables, which may be damaged."""
        for name in (self._vocabulary, self._table.name):
            self._connection.execute(f"DROP TABLE IF EXISTS {name}")
        self.make()

    def exists(self) -> bool:
        """Whether the index is there."""
        return self._connection.has_table(self._table.name)

    def clear(self) -> None:
        """Every text."""
        self._connection.execute(f"DELETE FROM {self._table.name}")

    def add(self, rows: Sequence[tuple[int, str, tuple[str, ...]]]) -> None:
        """The words of texts; whose they are, FTS5 needn't know."""
        columns = self._table.columns
        self._connection.executemany(
            f"INSERT INTO {self._table.name} (rowid, {', '.join(columns)}) "
            f"VALUES (?{', ?' * len(columns)})",
            ((number, *texts) for number, _, texts in rows),
        )

    def forget(self, paper: str) -> None:
        """A paper's texts."""
        self._connection.execute(
            f"DELETE FROM {self._table.name} WHERE rowid IN "
            f"(SELECT id FROM {self._table.of} WHERE paper = ?)",
            (paper,),
        )

    def sweep(self) -> None:
        """Merges the parts of the index: until then, deleted words stay in it."""
        name = self._table.name
        self._connection.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")

    def fault(self) -> str:
        """What FTS5 itself finds wrong."""
        name = self._table.name
        try:
            self._connection.execute(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
            self._connection.execute(f"SELECT count(*) FROM ({self.indexed})").fetchone()
        except sqlite3.DatabaseError as error:
            return str(error)
        return ""

    def narrow(self) -> None:
        """Gives a limited connection an index of its own over what it sees.

        Else the weights of words, and which words there are, would tell of what is hidden.
        """
        name, of, connection = self._table.name, self._table.of, self._connection
        connection.execute(f"DROP TABLE IF EXISTS temp.{self._vocabulary}")
        connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
        hides = f"SELECT (SELECT count(*) FROM main.{of}) > (SELECT count(*) FROM {of})"
        if not connection.execute(hides).fetchone()[0]:
            return
        columns = ", ".join(self._table.columns)
        connection.execute(f"CREATE VIRTUAL TABLE temp.{name} USING fts5 ({columns}, {_TOKENS})")
        connection.execute(
            f"INSERT INTO temp.{name} (rowid, {columns}) SELECT rowid, {columns} "
            f"FROM main.{name} WHERE rowid IN (SELECT id FROM {of})"
        )
        connection.execute(
            f"CREATE VIRTUAL TABLE temp.{self._vocabulary} USING fts5vocab ('temp', {name}, 'row')"
        )

    def matching(self, groups: Groups, asking: Asking) -> tuple[str, tuple[object, ...]]:
        """What FTS5 finds."""
        name = self._table.name
        source = f"(SELECT rowid AS id, {self._score} AS score FROM {name} WHERE {name} MATCH ?)"
        wanted = (" OR ".join(map(_quoted, group)) for group in groups)
        return source, (" AND ".join(f"({words})" for words in wanted),)

    def counts(self, words: Sequence[str], asking: Asking) -> dict[str, int]:
        """How many texts hold each word."""
        query = f"SELECT doc FROM {self._vocabulary} WHERE term = ?"
        found = {word: asking.rows(query, (word,)) for word in words}
        return {word: rows[0][0] if rows else 0 for word, rows in found.items()}

    def beginning(self, letter: str, asking: Asking) -> list[str]:
        """The words that begin with a letter."""
        query = f"SELECT term FROM {self._vocabulary} WHERE term >= ? AND term < ?"
        return [word for (word,) in asking.rows(query, (letter, chr(ord(letter) + 1)))]


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


@contextmanager
def named_errors(directory: Path) -> Iterator[None]:
    """What SQLite may meet from outside, in words; a broken constraint is a bug and stays one."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        raise _explained(directory, error) from error


def _explained(directory: Path, error: sqlite3.DatabaseError) -> StoreError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy(f"Another process is writing to the store {directory}: try again shortly.")
    if name.startswith("SQLITE_NOTADB"):
        return StoreError(f"{directory / REGISTER} isn't a store's register: name another folder.")
    return StoreError(
        f"The store {directory} can't be used ({error}): check the disk and the folder's rights."
    )


def _blanked(text: str, spans: str | None) -> str:
    """The text with stretches in white: every other character stays where it was."""
    for span in (spans or "").split(",") if spans else ():
        start, end = map(int, span.split())
        white = "".join(c if c == "\n" else " " for c in text[start:end])
        text = text[:start] + white + text[end:]
    return text
