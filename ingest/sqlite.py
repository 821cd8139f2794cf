"""The register as one SQLite file in the store's folder, with FTS5 for words: the default."""

from __future__ import annotations

import fcntl
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from ingest.database import (
    Asking,
    Busy,
    Connection,
    Groups,
    Near,
    Types,
    WordTable,
    make_folder,
    rarity,
)
from ingest.errors import StoreError

REGISTER = "register.sqlite3"
PATIENCE = 5.0
"""Seconds to wait for another writer."""
_CACHE_KIB = 32 * 1024
"""Of the file's pages; SQLite's own 2 MiB hold no large store's indexes while they grow."""
_TURN = "ingest.lock"
_PAGES = 200
"""Of an index of words, merged at once: a twentieth of a second's work."""
_SOME = 2
"""Changes that a merge counts where it did anything."""
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
            connection.narrowed = {}
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.create_function("blanked", 2, _blanked, deterministic=True)
        return connection

    def __str__(self) -> str:
        return str(self.directory)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many texts there are, and how many words in all of them."""

    texts: int
    words: int

    def long(self, length: int) -> float:
        """What bm25 adds to how often a word stands in a text of so many words."""
        average = self.words / self.texts if self.texts else 1.0
        return 1.2 * (1 - 0.75 + 0.75 * length / average)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """An index of which some texts are hidden: what is in it, and what of that may be seen."""

    whole: Totals
    seen: Totals


class SQLite(sqlite3.Connection):
    """An open file; statements go to SQLite's driver as they are."""

    types = Types("INTEGER PRIMARY KEY", "INTEGER", "INTEGER", "TEXT", "BLOB")
    shared = False
    derived: Mapping[str, tuple[str, str]] = {}
    directory: Path
    narrowed: dict[str, Narrowed]
    """The indexes that hold what this connection may not see."""

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
        self._hidden = f"{table.name}_hidden"
        self._hidden_vocabulary = f"{self._hidden}_vocabulary"
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

    def sweep(self, *, begin: bool) -> bool:
        """Merges some of the parts of the index: until all are one, deleted words stay in it."""
        name, before = self._table.name, self._connection.total_changes
        # A negative number of pages says that all parts there are now are to become one.
        self._connection.execute(
            f"INSERT INTO {name} ({name}, rank) VALUES ('merge', ?)",
            (-_PAGES if begin else _PAGES,),
        )
        return self._connection.total_changes - before < _SOME

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
        """Indexes what a limited connection may not see: the rest is whatever that leaves.

        The weights of words, and which words there are, would tell of it.
        """
        name, of, connection = self._table.name, self._table.of, self._connection
        connection.narrowed.pop(name, None)
        for table in (self._hidden_vocabulary, self._hidden):
            connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
        hides = f"SELECT EXISTS (SELECT 1 FROM {of}_hidden)"
        if not connection.execute(hides).fetchone()[0]:
            return
        columns = ", ".join(self._table.columns)
        for table, module in (
            (self._hidden, f"fts5 ({columns}, {_TOKENS})"),
            (self._hidden_vocabulary, f"fts5vocab ('temp', {self._hidden}, 'row')"),
        ):
            connection.execute(f"CREATE VIRTUAL TABLE temp.{table} USING {module}")
        connection.execute(
            f"INSERT INTO temp.{self._hidden} (rowid, {columns}) SELECT rowid, {columns} "
            f"FROM main.{name} WHERE rowid IN (SELECT id FROM {of}_hidden)"
        )
        whole, hidden = self._totals(f"main.{name}"), self._totals(f"temp.{self._hidden}")
        seen = Totals(whole.texts - hidden.texts, whole.words - hidden.words)
        connection.narrowed[name] = Narrowed(whole, seen)

    def matching(
        self, groups: Groups, asking: Asking, near: Near | None = None
    ) -> tuple[str, tuple[object, ...]]:
        """What FTS5 finds, or where it would weigh words by what is hidden, the same reckoned."""
        sight = self._connection.narrowed.get(self._table.name)
        if sight is not None:
            scores = self._scores(groups, asking, near, sight)
            return (
                "(SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS score "
                "FROM json_each(?))",
                (json.dumps(scores),),
            )
        found, values = self._found(groups, near)
        return f"(SELECT rowid AS id, {self._score} AS score {found})", values

    def holding(
        self, groups: Groups, asking: Asking, near: Near | None = None
    ) -> tuple[str, tuple[object, ...]]:
        """What FTS5 finds, less what is hidden."""
        found, values = self._found(groups, near)
        if self._table.name in self._connection.narrowed:
            found += f" AND rowid NOT IN (SELECT id FROM {self._table.of}_hidden)"
        return f"(SELECT rowid AS id {found})", values

    def _found(self, groups: Groups, near: Near | None) -> tuple[str, tuple[object, ...]]:
        name = self._table.name
        between, ends = (" AND rowid BETWEEN ? AND ?", _ends(near)) if near else ("", ())
        wanted = (" OR ".join(map(_quoted, group)) for group in groups)
        matched = " AND ".join(f"({words})" for words in wanted)
        return f"FROM main.{name} WHERE {name} MATCH ?{between}", (matched, *ends)

    def counts(self, words: Sequence[str], asking: Asking) -> dict[str, int]:
        """How many texts hold each word."""
        held = self._counted(self._vocabulary, words, asking)
        if self._table.name not in self._connection.narrowed:
            return held
        hidden = self._counted(self._hidden_vocabulary, words, asking)
        return {word: held[word] - hidden[word] for word in words}

    def beginning(self, letter: str, asking: Asking) -> list[str]:
        """The words that begin with a letter."""
        begins, ends = "WHERE term >= ? AND term < ?", (letter, chr(ord(letter) + 1))
        if self._table.name not in self._connection.narrowed:
            rows = asking.rows(f"SELECT term FROM {self._vocabulary} {begins}", ends)
            return [word for (word,) in rows]
        hidden = dict(
            asking.rows(f"SELECT term, doc FROM {self._hidden_vocabulary} {begins}", ends)
        )
        held = asking.rows(f"SELECT term, doc FROM {self._vocabulary} {begins}", ends)
        return [word for word, count in held if count > hidden.get(word, 0)]

    def _counted(self, vocabulary: str, words: Sequence[str], asking: Asking) -> dict[str, int]:
        known: dict[str, int] = asking.cached(f"{vocabulary} counted", dict)
        for word in words:
            if word not in known:
                rows = asking.rows(f"SELECT doc FROM {vocabulary} WHERE term = ?", (word,))
                known[word] = rows[0][0] if rows else 0
        return {word: known[word] for word in words}

    def _totals(self, index: str) -> Totals:
        """How many texts an index has, and how many words, as FTS5 itself notes them."""
        (block,) = self._connection.execute(
            f"SELECT block FROM {index}_data WHERE id = 1"
        ).fetchone()
        texts, *words = _numbers(block)
        return Totals(texts, sum(words))

    def _scores(
        self, groups: Groups, asking: Asking, near: Near | None, sight: Narrowed
    ) -> list[tuple[int, float]]:
        """The texts that may be seen, with at least one word of each group, by FTS5's bm25."""
        asked = [(part, word) for part, group in enumerate(groups) for word in group]
        words = list(dict.fromkeys(word for _, word in asked))
        counts = self.counts(words, asking)
        telling = {word: rarity(sight.seen.texts, counts[word]) for word in words}
        longs, hits = self._holding(words, asking, near, sight)
        scores: list[tuple[int, float]] = []
        for number, held in hits.items():
            if len({part for part, word in asked if word in held}) == len(groups):
                long = longs[number]
                score = 0.0
                for _, word in asked:
                    often = held.get(word, 0.0)
                    score += telling[word] * ((often * 2.2) / (often + long))
                scores.append((number, score))
        return scores

    def _holding(
        self, words: Sequence[str], asking: Asking, near: Near | None, sight: Narrowed
    ) -> tuple[dict[int, float], dict[int, dict[str, float]]]:
        """Of the texts that may be seen and hold a word: how long each is, and its words' weights.

        How often a text holds a word is worked back from FTS5's score by all texts: to read that
        from its vocabulary means reading every text that holds the word.
        """
        whole = self._counted(self._vocabulary, words, asking)
        scores: dict[int, dict[str, float]] = defaultdict(dict)
        seen = f"rowid NOT IN (SELECT id FROM {self._table.of}_hidden)"
        also: tuple[object, ...] = ()
        if near:  # between its ids others' texts may stand
            of_theirs = f"SELECT id FROM main.{self._table.of} WHERE paper IN ({near.papers})"
            seen, also = f"{seen} AND +rowid IN ({of_theirs})", near.values
        for word in words:
            found, values = self._found(((word,),), near)
            telling = rarity(sight.whole.texts, whole[word])
            for number, score in asking.rows(
                f"SELECT rowid, {self._score} {found} AND {seen}", (*values, *also)
            ):
                scores[number][word] = score / telling
        sizes = asking.rows(
            f"SELECT id, sz FROM main.{self._table.name}_docsize "
            "WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(scores)),),
        )
        lengths = {number: sum(_numbers(size)) for number, size in sizes}
        hits = {
            number: {
                word: _often(share, sight.whole.long(lengths[number]))
                for word, share in held.items()
            }
            for number, held in scores.items()
        }
        return {number: sight.seen.long(length) for number, length in lengths.items()}, hits


def _often(share: float, long: float) -> float:
    """The weight of a word in a text, in halves, of which bm25 makes a share of its rarity."""
    return round(2 * share * long / (2.2 - share)) / 2


def _ends(near: Near) -> tuple[int, int]:
    return near.first, near.last


def _numbers(block: bytes) -> list[int]:
    """Whole numbers as SQLite writes them: seven bits to a byte, the highest first."""
    numbers, number = [], 0
    for byte in block:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            numbers.append(number)
            number = 0
    return numbers


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
