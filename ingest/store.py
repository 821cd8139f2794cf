"""What has been taken in: a register in SQLite, with vectors beside it in Chroma.

The register says what is held. Vectors are written before the register commits and dropped
after it has; one that the register doesn't know is never returned and goes with the next
deletion. So a paper is held whole or not at all, whenever the process ends.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ingest import decided, register
from ingest.codec import decode, decode_all
from ingest.errors import StoreError, UnknownPaper
from ingest.finding import Finder
from ingest.model import (
    Attendee,
    Decision,
    Observation,
    Page,
    Paper,
    Passage,
    ReportHeader,
    Table,
)
from ingest.originals import Originals
from ingest.register import PaperCounts, PaperRecord
from ingest.vectors import ChromaServer, Vector, Vectors
from ingest.words import Wording

if TYPE_CHECKING:
    from ingest.embedding import Embedder

__all__ = ["PaperCounts", "PaperRecord", "Store", "StoredPassage"]

T = TypeVar("T")

_VECTORS = "chroma"


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with the id that searches return."""

    id: int
    passage: Passage


class Store:
    """The papers held in one folder. Safe to share between threads."""

    def __init__(
        self,
        directory: Path,
        connection: sqlite3.Connection,
        embedder: Embedder | None,
        server: ChromaServer | None,
    ) -> None:
        """For :meth:`open`."""
        self._directory = directory
        self._server = server
        self._connection = connection
        self._embedder = embedder
        self._lock = threading.RLock()
        self._vectors: Vectors | None = None
        self._cache: dict[str, Any] = {}
        self._seen = self._data_version()
        self.finder = Finder(self)
        self.originals = Originals(directory)

    @classmethod
    def open(
        cls,
        directory: Path,
        embedder: Embedder | None = None,
        server: ChromaServer | None = None,
    ) -> Store:
        """The store in a folder, made if need be; without an embedder, search is by words.

        With a server, the vectors are there instead of in the folder.
        """
        connection = register.connect(directory)
        try:
            register.prepare(connection, directory)
            if embedder:
                register.check_model(connection, directory, embedder.model_id)
        except BaseException:
            connection.close()
            raise
        return cls(directory, connection, embedder, server)

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
        return self.cached("papers", self._load_papers)

    def text(self, paper_id: str) -> str:
        """The text that a paper's quotes are verbatim in."""
        rows = self.rows("SELECT text FROM paper WHERE id = ?", (paper_id,))
        if not rows:
            raise self._unknown(paper_id)
        return cast(str, rows[0][0])

    def says(self, words: str) -> bool:
        """Whether a paper's text holds words, which are given in small letters."""
        query = "SELECT 1 FROM paper WHERE instr(lower(text), ?) LIMIT 1"
        return bool(self.rows(query, (words,)))

    def pages(self, paper_id: str) -> tuple[Page, ...]:
        """The pages of a paper in order, each with its stretch of the text."""
        return self.cached(f"pages of {paper_id}", lambda: self._load_pages(paper_id))

    def passages(self) -> tuple[StoredPassage, ...]:
        """Every passage, paper by paper in reading order."""
        return self.cached("passages", self._load_passages)

    def decisions(self) -> tuple[Decision, ...]:
        """Every resolution, recommendation and action, paper by paper."""
        return self.cached("decisions", lambda: self._load("decision", Decision))

    def tables(self) -> tuple[Table, ...]:
        """Every table, paper by paper."""
        return self.cached("tables", lambda: self._load("table_", Table))

    def observations(self) -> tuple[Observation, ...]:
        """Every observation, paper by paper."""
        return self.cached("observations", lambda: self._load("observation", Observation))

    def attendance(self) -> tuple[Attendee, ...]:
        """Everybody whom minutes name as there or away, paper by paper."""
        return self.cached("attendance", lambda: self._load("attendee", Attendee))

    def reports(self) -> tuple[ReportHeader, ...]:
        """The header of every report, paper by paper."""
        return self.cached("reports", lambda: self._load("report", ReportHeader))

    def digest(self) -> str:
        """A hash of what is held: equal digests mean the same papers with the same bytes."""
        held = "".join(f"{record.id}\0{record.sha256}\n" for record in self.papers())
        return hashlib.sha256(held.encode()).hexdigest()

    def put(
        self, paper: Paper, observations: Sequence[Observation], original: Path | None = None
    ) -> None:
        """Takes in a paper whole, in place of an earlier one of the same id.

        `original` is the file that it was read from, to be kept.
        """
        texts = {
            register.key_of(passage): register.embedded_text(passage) for passage in paper.passages
        }

        def change(connection: sqlite3.Connection) -> bool:
            if original is not None:
                self.originals.keep(original, paper.sha256)
            replaced = register.delete(connection, paper.id)
            register.insert(connection, paper, observations, embedded=self._embedder is not None)
            if register.wording_of(connection) in (None, self.finder.wording.version):
                register.index_words(connection, self.finder.wording)
            return replaced

        self._index(texts, change)

    def keep_original(self, file: Path, sha256: str) -> None:
        """Keeps the file of a paper that was taken in without it."""
        if self.originals.path(sha256) is None:
            with self._lock, self._writing():
                self.originals.keep(file, sha256)

    def remove(self, paper_id: str) -> None:
        """Forgets a paper: no trace of it stays in any index."""

        def change(connection: sqlite3.Connection) -> bool:
            if not register.delete(connection, paper_id):
                raise self._unknown(paper_id)
            return True

        self._index({}, change)

    def embed_missing(self) -> int:
        """Embeds the papers that were taken in without an embedder; the number of them."""
        waiting = {row[0] for row in self.rows("SELECT id FROM paper WHERE NOT embedded")}
        if self._embedder is None or not waiting:
            return 0
        passages = [p.passage for p in self.passages() if p.passage.locator.paper in waiting]
        texts = {register.key_of(passage): register.embedded_text(passage) for passage in passages}

        def change(connection: sqlite3.Connection) -> bool:
            connection.executemany(
                "UPDATE paper SET embedded = 1 WHERE id = ?", [(paper,) for paper in waiting]
            )
            return False

        self._index(texts, change)
        return len(waiting)

    # What the finder asks

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that the register gives."""
        with self._lock, register.named_errors(self._directory):
            return self._connection.execute(query, values).fetchall()

    def cached(self, name: str, load: Callable[[], T]) -> T:
        """What was loaded once, until the store changes."""
        with self._lock:
            self._notice_changes()
            if name not in self._cache:
                self._cache[name] = load()
            return cast(T, self._cache[name])

    def index_words(self, wording: Wording) -> None:
        """Sees to it that every passage's words are in the index."""
        with self._lock, register.named_errors(self._directory):
            if not register.words_are_indexed(self._connection, wording):
                with self._writing() as connection:
                    register.index_words(connection, wording)

    def index_decisions(self, indexing: decided.Indexing) -> None:
        """Sees to it that every decision is in the index of decisions."""
        with self._lock, register.named_errors(self._directory):
            if not decided.is_indexed(self._connection, indexing):
                with self._writing() as connection:
                    decided.index(connection, indexing)

    def vector_of(self, text: str) -> Vector | None:
        """The vector of a question; None where there are none to compare with."""
        if self._embedder is None or not self.has_vectors:
            return None
        made: dict[str, Vector] = self.cached("questions", dict)
        if text not in made:
            made.clear()
            made[text] = self._embedder.embed_query(text)
        return made[text]

    def keep_vectors(self) -> None:
        """Sees to it that every embedded passage's vector is in the register."""
        with self._lock, register.named_errors(self._directory):
            if not register.vectors_are_kept(self._connection):
                with self._writing() as connection:
                    register.keep_vectors(connection, self._fetched)

    def nearest(self, vector: Vector, limit: int) -> list[tuple[str, float]]:
        """Keys of passages with their cosine similarity, best first."""
        with self._lock:
            self._notice_changes()
            found = self._open_vectors().nearest(vector, limit)
            if not found:
                self._refill()
                found = self._open_vectors().nearest(vector, limit)
        return found

    def _fetched(self, keys: set[str]) -> Mapping[str, Vector]:
        """Vectors out of Chroma; nothing at all means that they are lost."""
        found = self._open_vectors().fetch(keys)
        if not found:
            raise StoreError(
                f"The search index in {self._directory / _VECTORS} is gone: delete the folder "
                f"{self._directory} and ingest the papers again."
            )
        return found

    def _refill(self) -> None:
        """Gives Chroma, which has lost its vectors, those that the register keeps."""
        from ingest.comparing import unpacked

        with self._writing() as connection:
            kept = "SELECT key, vector FROM passage JOIN passage_vector USING (id)"
            vectors = {key: unpacked(body) for key, body in connection.execute(kept)}
            self._open_vectors().add(vectors)

    @property
    def has_vectors(self) -> bool:
        """Whether passages can be compared by meaning."""
        return self._embedder is not None and self.cached("embedded", self._any_embedded)

    def _any_embedded(self) -> bool:
        return bool(
            self.rows(
                "SELECT 1 FROM passage JOIN paper ON paper.id = passage.paper "
                "WHERE paper.embedded LIMIT 1"
            )
        )

    # Reading

    def _load_papers(self) -> tuple[PaperRecord, ...]:
        rows = self.rows("SELECT record FROM paper ORDER BY id")
        return tuple(decode(PaperRecord, body) for (body,) in rows)

    def _load_pages(self, paper_id: str) -> tuple[Page, ...]:
        rows = self.rows("SELECT pages FROM paper WHERE id = ?", (paper_id,))
        if not rows:
            raise self._unknown(paper_id)
        return decode_all(Page, rows[0][0])

    def _load_passages(self) -> tuple[StoredPassage, ...]:
        rows = self.rows("SELECT id, body FROM passage ORDER BY paper, id")
        return tuple(StoredPassage(number, decode(Passage, body)) for number, body in rows)

    def _load(self, table: str, kind: type[T]) -> tuple[T, ...]:
        rows = self.rows(f"SELECT body FROM {table} ORDER BY paper, id")
        return tuple(decode(kind, body) for (body,) in rows)

    def _unknown(self, paper_id: str) -> UnknownPaper:
        held = ", ".join(record.id for record in self.papers()) or "nothing yet"
        return UnknownPaper(f"No paper {paper_id!r} is held. Held: {held}.")

    # Changes by others

    def _data_version(self) -> int:
        return cast(int, self.rows("PRAGMA data_version")[0][0])

    def _notice_changes(self) -> None:
        """Forgets what was read before another process changed the store."""
        version = self._data_version()
        if version != self._seen:
            self._seen = version
            self._cache.clear()
            # Chroma keeps its index in memory and doesn't see what other processes write.
            self._close_vectors()

    # Writing

    def _index(
        self, texts: Mapping[str, str], change: Callable[[sqlite3.Connection], bool]
    ) -> None:
        """A change of the register, with vectors for the texts before it.

        Where the change says that it deleted something, what is left of that is swept up.
        """
        if texts:
            self._claim_for_model()
        # Embedding takes long: it's done before anything is locked.
        vectors = self._embed(texts, {})
        with self._lock:
            with self._writing() as connection:
                vectors = self._embed(texts, vectors)
                if vectors:
                    self._open_vectors().add(vectors)
                deleted = change(connection)
                if self._embedder is not None:
                    register.keep_vectors(connection, self._fetched)
                if deleted:
                    register.forget_words(connection)
                    decided.forget_words(connection)
            if deleted:
                # A writer that has begun since will sweep when it deletes.
                with suppress(register.Busy):
                    self._sweep()

    def _claim_for_model(self) -> None:
        """Settles on the model before the first vector is written, so that no two can mix."""
        if self._embedder is None:
            return
        model_id = self._embedder.model_id
        with self._lock, register.named_errors(self._directory):
            if register.check_model(self._connection, self._directory, model_id):
                return
            with self._writing() as connection:
                if not register.check_model(connection, self._directory, model_id):
                    register.record_model(connection, model_id)

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
        with register.named_errors(self._directory):
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
        with self._writing() as connection:
            self.originals.sweep({record.sha256 for record in self._load_papers()})
            if self._server or (self._directory / _VECTORS).exists():
                wanted = {row[0] for row in connection.execute("SELECT key FROM passage")}
                vectors = self._open_vectors()
                vectors.drop(vectors.keys() - wanted)
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def _open_vectors(self) -> Vectors:
        if self._vectors is None:
            self._vectors = Vectors(self._directory / _VECTORS, self._server)
        return self._vectors

    def _close_vectors(self) -> None:
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None
