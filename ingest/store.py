"""What has been taken in: a register in SQLite, with vectors beside it in Chroma.

The register says what is held. Vectors are written before the register commits and dropped
after it has; one that the register doesn't know is never returned and goes with the next
change. So a paper is held whole or not at all, whenever the process ends.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ingest.codec import decode, encode
from ingest.errors import StoreError, UnknownPaper
from ingest.model import Decision, Item, Meeting, Observation, Paper, Passage, Table
from ingest.vectors import Vector, Vectors

if TYPE_CHECKING:
    from ingest.embedding import Embedder

T = TypeVar("T")

_REGISTER = "register.sqlite3"
_VECTORS = "chroma"
_VERSION = 1
_PATIENCE = 5.0
# "IF NOT EXISTS", since two processes may make the same new store at once.
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS paper (
    id TEXT PRIMARY KEY,
    record TEXT NOT NULL,
    text TEXT NOT NULL,
    embedded INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS passage (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    key TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS passage_paper ON passage (paper);
CREATE INDEX IF NOT EXISTS passage_key ON passage (key);
CREATE TABLE IF NOT EXISTS decision (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS decision_paper ON decision (paper);
CREATE TABLE IF NOT EXISTS table_ (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS table_paper ON table_ (paper);
CREATE TABLE IF NOT EXISTS observation (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS observation_paper ON observation (paper);
CREATE VIRTUAL TABLE IF NOT EXISTS passage_text
USING fts5 (context, text, tokenize = 'porter unicode61');
PRAGMA user_version = {_VERSION};
COMMIT;
"""


@dataclass(frozen=True, slots=True)
class PaperCounts:
    """How much of each kind a paper holds."""

    meetings: int
    items: int
    passages: int
    decisions: int
    tables: int
    observations: int


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """What the register says of a paper, without its text."""

    id: str
    file_name: str
    sha256: str
    title: str
    meeting: Meeting
    minutes_of: date | None
    items: tuple[Item, ...]
    characters: int
    unreadable_pages: int
    counts: PaperCounts


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with the id that searches return."""

    id: int
    passage: Passage


class _Busy(StoreError):
    """Another process holds the lock."""


class Store:
    """The papers held in one folder. Safe to share between threads."""

    def __init__(
        self, directory: Path, connection: sqlite3.Connection, embedder: Embedder | None
    ) -> None:
        """For :meth:`open`."""
        self._directory = directory
        self._connection = connection
        self._embedder = embedder
        self._lock = threading.RLock()
        self._vectors: Vectors | None = None
        self._cache: dict[str, Any] = {}
        self._seen = self._data_version()

    @classmethod
    def open(cls, directory: Path, embedder: Embedder | None = None) -> Store:
        """The store in a folder, made if need be; without an embedder, search is by words."""
        connection = _connect(directory)
        try:
            _prepare(connection, directory)
            _check_model(connection, directory, embedder)
        except BaseException:
            connection.close()
            raise
        return cls(directory, connection, embedder)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the files."""
        with self._lock:
            self._close_vectors()
            self._connection.close()

    def papers(self) -> tuple[PaperRecord, ...]:
        """Every paper held, in the order of ids."""
        return self._cached("papers", self._load_papers)

    def text(self, paper_id: str) -> str:
        """The text that a paper's quotes are verbatim in."""
        rows = self._rows("SELECT text FROM paper WHERE id = ?", (paper_id,))
        if not rows:
            raise self._unknown(paper_id)
        return cast(str, rows[0][0])

    def passages(self) -> tuple[StoredPassage, ...]:
        """Every passage, paper by paper in reading order."""
        return self._cached("passages", self._load_passages)

    def decisions(self) -> tuple[Decision, ...]:
        """Every resolution, recommendation and action, paper by paper."""
        return self._cached("decisions", lambda: self._load("decision", Decision))

    def tables(self) -> tuple[Table, ...]:
        """Every table, paper by paper."""
        return self._cached("tables", lambda: self._load("table_", Table))

    def observations(self) -> tuple[Observation, ...]:
        """Every observation, paper by paper."""
        return self._cached("observations", lambda: self._load("observation", Observation))

    def digest(self) -> str:
        """A hash of what is held: equal digests mean the same papers with the same bytes."""
        held = "".join(f"{record.id}\0{record.sha256}\n" for record in self.papers())
        return hashlib.sha256(held.encode()).hexdigest()

    @property
    def has_vectors(self) -> bool:
        """Whether :meth:`nearest` can find anything."""
        if self._embedder is None:
            return False
        return bool(
            self._rows(
                "SELECT 1 FROM passage JOIN paper ON paper.id = passage.paper "
                "WHERE paper.embedded LIMIT 1"
            )
        )

    def lexical(self, words: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Passage ids with their BM25 score, best first; any of the words may match."""
        phrases = " OR ".join('"' + word.replace('"', '""') + '"' for word in words)
        if not phrases:
            return []
        rows = self._rows(
            "SELECT rowid, -rank FROM passage_text WHERE passage_text MATCH ? "
            "ORDER BY rank, rowid LIMIT ?",
            (phrases, limit),
        )
        return [(passage, score) for passage, score in rows]

    def nearest(self, text: str, limit: int) -> list[tuple[int, float]]:
        """Passage ids with their cosine similarity to the text, best first."""
        if self._embedder is None or not self.has_vectors:
            return []
        query = self._embedder.embed_query(text)
        with self._lock:
            self._notice_changes()
            # Twice as many, since vectors that the register doesn't know are passed over.
            found = dict(self._open_vectors().nearest(query, 2 * limit))
            if not found:
                raise StoreError(
                    f"The search index in {self._directory / _VECTORS} is gone: delete the folder "
                    f"{self._directory} and ingest the papers again."
                )
            ids = self._ids_by_key(found)
        hits = [(passage, score) for key, score in found.items() for passage in ids.get(key, ())]
        return hits[:limit]

    def put(self, paper: Paper, observations: Sequence[Observation]) -> None:
        """Takes in a paper whole, in place of an earlier one of the same id."""
        texts = {_key(passage): _embedded_text(passage) for passage in paper.passages}
        with self._indexing(texts) as connection:
            _delete(connection, paper.id)
            _insert(connection, paper, observations, embedded=self._embedder is not None)

    def remove(self, paper_id: str) -> None:
        """Forgets a paper: no trace of it stays in any index."""
        with self._indexing({}) as connection:
            if not _delete(connection, paper_id):
                raise self._unknown(paper_id)

    def embed_missing(self) -> int:
        """Embeds the papers that were taken in without an embedder; the number of them."""
        waiting = {row[0] for row in self._rows("SELECT id FROM paper WHERE NOT embedded")}
        if self._embedder is None or not waiting:
            return 0
        passages = [p.passage for p in self.passages() if p.passage.locator.paper in waiting]
        texts = {_key(passage): _embedded_text(passage) for passage in passages}
        with self._indexing(texts) as connection:
            connection.executemany(
                "UPDATE paper SET embedded = 1 WHERE id = ?", [(paper,) for paper in waiting]
            )
        return len(waiting)

    # Reading

    def _load_papers(self) -> tuple[PaperRecord, ...]:
        rows = self._rows("SELECT record FROM paper ORDER BY id")
        return tuple(decode(PaperRecord, body) for (body,) in rows)

    def _load_passages(self) -> tuple[StoredPassage, ...]:
        rows = self._rows("SELECT id, body FROM passage ORDER BY paper, id")
        return tuple(StoredPassage(number, decode(Passage, body)) for number, body in rows)

    def _load(self, table: str, kind: type[T]) -> tuple[T, ...]:
        rows = self._rows(f"SELECT body FROM {table} ORDER BY paper, id")
        return tuple(decode(kind, body) for (body,) in rows)

    def _cached(self, name: str, load: Callable[[], T]) -> T:
        with self._lock:
            self._notice_changes()
            if name not in self._cache:
                self._cache[name] = load()
            return cast(T, self._cache[name])

    def _ids_by_key(self, keys: Iterable[str]) -> dict[str, list[int]]:
        wanted = list(keys)
        marks = ",".join("?" * len(wanted))
        ids: dict[str, list[int]] = {}
        for key, passage in self._rows(
            f"SELECT key, id FROM passage WHERE key IN ({marks}) ORDER BY id", wanted
        ):
            ids.setdefault(key, []).append(passage)
        return ids

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock, _named_errors(self._directory):
            return self._connection.execute(query, values).fetchall()

    def _unknown(self, paper_id: str) -> UnknownPaper:
        held = ", ".join(record.id for record in self.papers()) or "nothing yet"
        return UnknownPaper(f"No paper {paper_id!r} is held. Held: {held}.")

    # Changes by others

    def _data_version(self) -> int:
        return cast(int, self._rows("PRAGMA data_version")[0][0])

    def _notice_changes(self) -> None:
        """Forgets what was read before another process changed the store."""
        version = self._data_version()
        if version != self._seen:
            self._seen = version
            self._cache.clear()
            # Chroma keeps its index in memory and doesn't see what other processes write.
            self._close_vectors()

    # Writing

    @contextmanager
    def _indexing(self, texts: Mapping[str, str]) -> Iterator[sqlite3.Connection]:
        """A change of the register, with vectors for the texts before it and a sweep after."""
        # Embedding takes long: it's done before anything is locked.
        vectors = self._embed(texts, {})
        with self._lock:
            with self._writing() as connection:
                vectors = self._embed(texts, vectors)
                if vectors:
                    self._open_vectors().add(vectors)
                yield connection
                if vectors and self._embedder:
                    _record_model(connection, self._embedder)
                # Deleted words stay in the index until its parts are merged.
                connection.execute("INSERT INTO passage_text (passage_text) VALUES ('optimize')")
            # A writer that has begun since will sweep when it ends.
            with suppress(_Busy):
                self._sweep()

    def _embed(self, texts: Mapping[str, str], ready: Mapping[str, Vector]) -> dict[str, Vector]:
        """Vectors of the texts that have none yet, by key."""
        if self._embedder is None or not texts:
            return {}
        with self._lock:
            held = self._open_vectors().held(texts)
        missing = [key for key in texts if key not in held and key not in ready]
        made = self._embedder.embed_documents([texts[key] for key in missing]) if missing else []
        return {**ready, **dict(zip(missing, made, strict=True))}

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it lands, or none."""
        connection = self._connection
        with _named_errors(self._directory):
            connection.execute("BEGIN IMMEDIATE")
            # Only the holder of the register's lock writes vectors, from a fresh view of them.
            self._close_vectors()
            try:
                yield connection
                self._commit()
            except BaseException:
                connection.rollback()
                raise
            finally:
                self._cache.clear()

    def _commit(self) -> None:
        self._connection.execute("COMMIT")

    def _sweep(self) -> None:
        """Drops vectors that no passage needs, and the log where deleted rows still stand."""
        if (self._directory / _VECTORS).exists():
            with self._writing() as connection:
                wanted = {row[0] for row in connection.execute("SELECT key FROM passage")}
                vectors = self._open_vectors()
                vectors.drop(vectors.keys() - wanted)
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def _open_vectors(self) -> Vectors:
        if self._vectors is None:
            self._vectors = Vectors(self._directory / _VECTORS)
        return self._vectors

    def _close_vectors(self) -> None:
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None


def counts_of(paper: Paper, observations: Sequence[Observation]) -> PaperCounts:
    """How much of each kind a paper holds; its own meeting counts, and those minuted in it."""
    meetings = {paper.meeting} | {passage.meeting for passage in paper.passages}
    return PaperCounts(
        len(meetings),
        len(paper.items),
        len(paper.passages),
        len(paper.decisions),
        len(paper.tables),
        len(observations),
    )


def _connect(directory: Path) -> sqlite3.Connection:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The store {directory} can't be made ({error.strerror}): name another folder."
        ) from error
    with _named_errors(directory):
        connection = sqlite3.connect(
            directory / _REGISTER,
            timeout=_PATIENCE,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA journal_mode = WAL")
    return connection


def _prepare(connection: sqlite3.Connection, directory: Path) -> None:
    """Makes the tables of a new store; refuses one of another format."""
    with _named_errors(directory):
        if _version(connection) == 0 and _is_empty(connection):
            connection.executescript(_SCHEMA)
        version = _version(connection)
    if version != _VERSION:
        raise StoreError(
            f"The store {directory} has format {version}; this version reads format {_VERSION}. "
            "Use the version that made it, or delete the folder and ingest the papers again."
        )


def _version(connection: sqlite3.Connection) -> int:
    return cast(int, connection.execute("PRAGMA user_version").fetchone()[0])


def _is_empty(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def _check_model(
    connection: sqlite3.Connection, directory: Path, embedder: Embedder | None
) -> None:
    row = connection.execute("SELECT value FROM meta WHERE name = 'embedding_model'").fetchone()
    if embedder and row and row[0] != embedder.model_id:
        raise StoreError(
            f"The vectors in the store {directory} were made with {row[0]}, not with "
            f"{embedder.model_id}: ingest the papers into a new store, or delete this folder "
            "and ingest them again."
        )


def _record_model(connection: sqlite3.Connection, embedder: Embedder) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO meta VALUES ('embedding_model', ?)", (embedder.model_id,)
    )


@contextmanager
def _named_errors(directory: Path) -> Iterator[None]:
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
        return _Busy(f"Another process is writing to the store {directory}: try again shortly.")
    if name.startswith("SQLITE_NOTADB"):
        return StoreError(f"{directory / _REGISTER} isn't a store's register: name another folder.")
    return StoreError(
        f"The store {directory} can't be used ({error}): check the disk and the folder's rights."
    )


def _insert(
    connection: sqlite3.Connection,
    paper: Paper,
    observations: Sequence[Observation],
    *,
    embedded: bool,
) -> None:
    record = _record(paper, counts_of(paper, observations))
    connection.execute(
        "INSERT INTO paper VALUES (?, ?, ?, ?)", (paper.id, encode(record), paper.text, embedded)
    )
    for passage in paper.passages:
        cursor = connection.execute(
            "INSERT INTO passage (paper, key, body) VALUES (?, ?, ?)",
            (paper.id, _key(passage), encode(passage)),
        )
        connection.execute(
            "INSERT INTO passage_text (rowid, context, text) VALUES (?, ?, ?)",
            (cursor.lastrowid, passage.context, passage.text),
        )
    _insert_values(connection, "decision", paper.id, paper.decisions)
    _insert_values(connection, "table_", paper.id, paper.tables)
    _insert_values(connection, "observation", paper.id, observations)


def _insert_values(
    connection: sqlite3.Connection, table: str, paper_id: str, values: Sequence[object]
) -> None:
    connection.executemany(
        f"INSERT INTO {table} (paper, body) VALUES (?, ?)",
        [(paper_id, encode(value)) for value in values],
    )


def _delete(connection: sqlite3.Connection, paper_id: str) -> bool:
    """Deletes a paper and all that hangs on it; whether it was held."""
    connection.execute(
        "DELETE FROM passage_text WHERE rowid IN (SELECT id FROM passage WHERE paper = ?)",
        (paper_id,),
    )
    return connection.execute("DELETE FROM paper WHERE id = ?", (paper_id,)).rowcount > 0


def _record(paper: Paper, counts: PaperCounts) -> PaperRecord:
    return PaperRecord(
        id=paper.id,
        file_name=paper.file_name,
        sha256=paper.sha256,
        title=paper.title,
        meeting=paper.meeting,
        minutes_of=paper.minutes_of,
        items=paper.items,
        characters=len(paper.text),
        unreadable_pages=paper.unreadable_pages,
        counts=counts,
    )


def _embedded_text(passage: Passage) -> str:
    return f"{passage.context}\n{passage.text}"


def _key(passage: Passage) -> str:
    return hashlib.sha256(_embedded_text(passage).encode()).hexdigest()
