"""What has been taken in: a register, with vectors beside it in Chroma.

The register says what is held. Vectors are written before the register commits and dropped
after it has; one that the register doesn't know is never returned and goes with the next
deletion. So a paper is held whole or not at all, whenever the process ends.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ingest import decided, register, remaking, sight
from ingest.codec import decode, decode_all
from ingest.database import Busy, Connection, Place, WordIndex, WordTable, located, make_folder
from ingest.derived import Derived, DerivedIndex, Index
from ingest.errors import StoreError, UnknownPaper
from ingest.figures import forget_parts
from ingest.finding import EVERYWHERE, Finder, Within
from ingest.holdings import Holdings
from ingest.kept import Kept
from ingest.model import (
    Attendee,
    Decision,
    Meeting,
    Observation,
    Page,
    Paper,
    PartKind,
    Passage,
    Privacy,
    ReportHeader,
    Restriction,
    Table,
)
from ingest.originals import FolderOriginals, Originals, SharedOriginals
from ingest.register import PaperCounts, PaperRecord
from ingest.remaking import HowFar, NotReady, OnIndexing, Remaking, are_complete
from ingest.rows import PaperRows
from ingest.schema import DECISION_WORDS, PASSAGE_WORDS
from ingest.sight import EVERYTHING, Sight
from ingest.vectors import ChromaServer, Vector, Vectors
from ingest.worded import WordsIndex, drop_words
from ingest.words import PLAIN

if TYPE_CHECKING:
    from ingest.embedding import Embedder

__all__ = ["PaperCounts", "PaperRecord", "Store", "StoredPassage"]

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

CHROMA = "chroma"
_COUNTED = {
    "passages": "passage",
    "decisions": "decision",
    "tables": "table_",
    "observations": "observation",
}


_QUESTIONS = 100
"""Questions whose vectors are kept: several people ask at once, each several times."""
_TEXTS = 30
"""Papers whose texts are kept: an answer's quotes are looked up in them one by one."""
_PASSAGES, _OBSERVATIONS = 4_000, 10_000
"""What is kept of the papers that were read whole: the fewest are of one paper."""
_NAMED = 20  # papers in the words of an error
_PAPERS, _PLACES = 5_000, 200  # that one question to the register may name
_PATIENCE = 1.0
"""Seconds to wait for those who read an earlier state, before reading it with them."""
_AT_MOST = 2.0
"""Seconds that a question may spend on indexes that have to be made anew."""
_GONE = 20_000  # vectors that are dropped one by one: of more, all are looked through
_PAUSE = 0.1
"""Seconds between steps of sweeping up: who waits to write looks every tenth of a second."""
_TRIES = 3  # to begin a moment that nobody has changed since it was looked at


def _batches(wanted: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    for at in range(0, len(wanted), most):
        yield wanted[at : at + most]


def _grouped(
    kind: type[T], keys: Iterable[K], rows: Iterable[tuple[K, str]]
) -> dict[K, tuple[T, ...]]:
    """The values of each key, in the order of the rows, which are decoded together."""
    bodies: dict[K, list[str]] = {key: [] for key in keys}
    for key, body in rows:
        bodies[key].append(body)
    return {key: decode_all(kind, f"[{','.join(held)}]") for key, held in bodies.items()}


def _kept(index: Index) -> str:
    """What is remembered of an index that was seen to be complete."""
    return f"kept {index.name} {index.version}"


class _Inside(threading.local):
    """How many moments of the store this thread is inside."""

    depth = 0


def _check_server(connection: Connection, server: ChromaServer | None) -> None:
    """Vectors in each machine's own folder would be those of the papers taken in there."""
    if connection.shared and server is None:
        raise StoreError(
            "The register is shared by machines, and the vectors aren't: set "
            "BOARDPAPERS_CHROMA_URL to a Chroma server that all of them reach."
        )


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with the id that searches return."""

    id: int
    passage: Passage


class Store:
    """The papers held in one place. Safe to share between threads."""

    def __init__(
        self,
        directory: Path,
        place: Place,
        connection: Connection,
        reader: Connection,
        embedder: Embedder | None,
        seeing: Sight,
        server: ChromaServer | None,
    ) -> None:
        """For :meth:`open`."""
        self._directory = directory
        self._place = place
        self._server = server
        self._connection = connection
        self._reader = reader
        self.sight = seeing
        self._embedder = embedder
        self._lock = threading.RLock()
        self._vectors: Vectors | None = None
        self._cache: dict[str, Any] = {}
        self._moment = threading.Condition(self._lock)
        self._inside = _Inside()
        self._holding = 0
        self._written = 0
        self._is_taking_in = False
        self._indexes: dict[str, Index] = {"words": WordsIndex(PLAIN)}
        self._made: dict[str, str] = {}
        self._gone: set[str] = set()
        self._begun = (0, 0)
        self._seen = self._data_version()
        self._vectors_seen = self._others_wrote()
        self.finder = Finder(self)
        self.holdings = Holdings(self)
        self.originals: Originals = (
            SharedOriginals(connection, self._lock)
            if connection.shared
            else FolderOriginals(directory)
        )

    @classmethod
    def open(
        cls,
        directory: Path,
        embedder: Embedder | None = None,
        seeing: Sight = EVERYTHING,
        server: ChromaServer | None = None,
        place: Place | None = None,
    ) -> Store:
        """The store in a folder, made if need be; without an embedder, search is by words.

        What is read of it is what that sight allows; taking in and removing go by all of it.
        With a server, the vectors are there instead of in the folder; so is the register where
        another place is named.
        """
        # Conversations, the audit and saved questions are kept there, wherever the register is.
        make_folder(directory)
        place = located(directory, place)
        with ExitStack() as undone:
            connection = place.connect()
            undone.callback(connection.close)
            register.prepare(connection, place)
            if embedder:
                _check_server(connection, server)
                register.check_model(connection, place, embedder.model_id)
            reader = place.connect()
            undone.callback(reader.close)
            with reader.named_errors():
                sight.limit(reader, seeing)
            undone.pop_all()
        return cls(directory, place, connection, reader, embedder, seeing, server)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the files."""
        with self._lock:
            self._close_vectors()
            self._reader.close()
            self._connection.close()

    def papers(self) -> tuple[PaperRecord, ...]:
        """Every paper held, in the order of ids."""
        return self.cached("papers", self._load_papers)

    def paper(self, paper_id: str) -> PaperRecord | None:
        """What the register says of a paper; None where it isn't held."""
        rows = self.rows("SELECT record FROM paper WHERE id = ?", (paper_id,))
        return self._as_seen(decode(PaperRecord, rows[0][0])) if rows else None

    def papers_within(
        self, within: Within = EVERYWHERE, most: int = -1, offset: int = 0
    ) -> tuple[PaperRecord, ...]:
        """The papers within limits in the order of ids: at most so many, from one on."""
        return tuple(map(self._as_seen, self.holdings.papers(within, most, offset)))

    def text(self, paper_id: str) -> str:
        """The text that a paper's quotes are verbatim in."""
        kept: Kept[str, str] = self.cached("texts", lambda: Kept(_TEXTS))
        return kept.get(paper_id, self._load_text)

    def read_texts(self, papers: Iterable[str]) -> None:
        """Reads the texts of some papers ahead, which the register is asked for at once."""
        kept: Kept[str, str] = self.cached("texts", lambda: Kept(_TEXTS))
        wanted = list(dict.fromkeys(papers))[:_TEXTS]
        known = kept.known(wanted)
        if unread := [paper for paper in wanted if paper not in known]:
            marks = ", ".join("?" * len(unread))
            kept.put_all(
                dict(self.rows(f"SELECT id, text FROM paper WHERE id IN ({marks})", unread))
            )

    def says(self, words: str, *, of_unknown: bool = False) -> bool:
        """Whether a paper's text holds words, which are given in small letters.

        `of_unknown` asks only those papers whose council isn't known.
        """
        unknown = "coalesce(council, '') = '' AND " * of_unknown
        query = f"SELECT 1 FROM paper WHERE {unknown}instr(lower(text), ?) > 0 LIMIT 1"
        return bool(self.rows(query, (words,)))

    def pages(self, paper_id: str) -> tuple[Page, ...]:
        """The pages of a paper in order, each with its stretch of the text."""
        kept: Kept[str, tuple[Page, ...]] = self.cached("pages", lambda: Kept(_TEXTS))
        return kept.get(paper_id, self._load_pages)

    def passages(self) -> tuple[StoredPassage, ...]:
        """Every passage, paper by paper in reading order."""
        return self.cached("passages", self._load_passages)

    def passages_of(self, paper_id: str) -> tuple[Passage, ...]:
        """The passages of a paper in the order of their places; none of one that isn't held."""
        return self.passages_of_each((paper_id,))[paper_id]

    def passages_of_each(self, papers: Iterable[str]) -> dict[str, tuple[Passage, ...]]:
        """The same of several papers, which the register is asked for at once."""
        kept: Kept[str, tuple[Passage, ...]] = self.cached(
            "passages by paper", lambda: Kept(_PASSAGES, len)
        )
        return self._of_each("passage", Passage, papers, kept, "start, ")

    def observations_of(self, paper_id: str) -> tuple[Observation, ...]:
        """The observations of a paper; none of one that isn't held."""
        kept: Kept[str, tuple[Observation, ...]] = self.cached(
            "observations by paper", lambda: Kept(_OBSERVATIONS, len)
        )
        return self._of_each("observation", Observation, (paper_id,), kept)[paper_id]

    def observations_at(self, paper_id: str, start: int) -> tuple[Observation, ...]:
        """The observations of a paper that stand in the row or sentence which begins there."""
        place = paper_id, start
        return self.observations_at_each((place,))[place]

    def observations_at_each(
        self, places: Iterable[tuple[str, int]]
    ) -> dict[tuple[str, int], tuple[Observation, ...]]:
        """The same of several places, (paper, start), which the register is asked for at once."""
        kept: Kept[tuple[str, int], tuple[Observation, ...]] = self.cached(
            "observations by place", lambda: Kept(_OBSERVATIONS, lambda found: len(found) + 1)
        )
        wanted = list(dict.fromkeys(places))
        known = kept.known(wanted)
        for part in _batches([place for place in wanted if place not in known], _PLACES):
            either = " OR ".join(["(paper = ? AND start = ?)"] * len(part))
            rows = self.rows(
                f"SELECT id, paper, start, body FROM observation WHERE {either}",
                [value for place in part for value in place],
            )
            in_order = (((paper, at), body) for _, paper, at, body in sorted(rows))
            found = _grouped(Observation, part, in_order)
            kept.put_all(found)
            known |= found
        return known

    def meeting_at(self, paper_id: str, start: int) -> Meeting:
        """The meeting that a place in a paper belongs to: its own, or one that it has minutes of.

        It is that of the passage which begins there or before, else of the first.
        """
        kept: Kept[tuple[str, int], Meeting] = self.cached(
            "meetings by place", lambda: Kept(_OBSERVATIONS)
        )

        def read(place: tuple[str, int]) -> Meeting:
            query = "SELECT body FROM passage WHERE paper = ?"
            before = f"{query} AND start <= ? ORDER BY start DESC, id DESC LIMIT 1"
            rows = self.rows(before, place)
            rows = rows or self.rows(f"{query} ORDER BY start, id LIMIT 1", place[:1])
            if not rows:
                raise self._unknown(paper_id)
            return decode(Passage, rows[0][0]).meeting

        return kept.get((paper_id, start), read)

    def decisions_of(self, paper_id: str) -> tuple[Decision, ...]:
        """The decisions of a paper; none of one that isn't held."""
        return self.decisions_of_each((paper_id,))[paper_id]

    def decisions_of_each(self, papers: Iterable[str]) -> dict[str, tuple[Decision, ...]]:
        """The same of several papers, which the register is asked for at once."""
        kept: Kept[str, tuple[Decision, ...]] = self.cached(
            "decisions by paper", lambda: Kept(_PASSAGES, len)
        )
        return self._of_each("decision", Decision, papers, kept)

    def decisions(self) -> tuple[Decision, ...]:
        """Every resolution, recommendation and action, paper by paper."""
        return self.cached("decisions", lambda: self._load("decision", Decision))

    def tables_of(self, paper_id: str) -> tuple[Table, ...]:
        """The tables of a paper; none of one that isn't held."""
        kept: Kept[str, tuple[Table, ...]] = self.cached(
            "tables by paper", lambda: Kept(_PASSAGES, len)
        )
        return self._of_each("table_", Table, (paper_id,), kept)[paper_id]

    def observations(self) -> tuple[Observation, ...]:
        """Every observation, paper by paper."""
        return self.cached("observations", lambda: self._load("observation", Observation))

    def attendance(self, councils: Sequence[str] = ()) -> tuple[Attendee, ...]:
        """Everybody whom minutes name as there or away, paper by paper; of councils, if named."""
        condition, values = decided.of_councils(councils, "json_extract(body, '$.meeting.council')")
        where = f" WHERE {condition}" if condition else ""
        rows = self.rows(f"SELECT body FROM attendee{where} ORDER BY paper, id", values)
        return tuple(decode(Attendee, body) for (body,) in rows)

    def passages_in(
        self, part: PartKind, councils: Sequence[str | None] = ()
    ) -> tuple[Passage, ...]:
        """The passages of a part of packs, paper by paper; of councils, if any is named."""
        condition, values = decided.of_councils(councils)
        also = f" AND {condition}" if condition else ""
        rows = self.rows(
            f"SELECT body FROM passage WHERE json_extract(body, '$.part') = ?{also} "
            "ORDER BY paper, id",
            (part.value, *values),
        )
        return decode_all(Passage, f"[{','.join(body for (body,) in rows)}]")

    def reports(self) -> tuple[ReportHeader, ...]:
        """The header of every report, paper by paper."""
        return self.cached("reports", lambda: self._load("report", ReportHeader))

    def all_papers(self) -> tuple[PaperRecord, ...]:
        """Every paper held, whoever may see it: for taking in, never to be shown."""
        rows = self._all_rows("SELECT record FROM paper ORDER BY id")
        return tuple(decode(PaperRecord, body) for (body,) in rows)

    def record(self, paper_id: str) -> PaperRecord | None:
        """A paper's record, whoever may see it: for taking in; None where it isn't held."""
        rows = self._all_rows("SELECT record FROM paper WHERE id = ?", (paper_id,))
        return decode(PaperRecord, rows[0][0]) if rows else None

    def whole_text(self, paper_id: str) -> str:
        """A paper's text, whoever may see it: for taking in, never to be shown."""
        rows = self._all_rows("SELECT text FROM paper WHERE id = ?", (paper_id,))
        if not rows:
            raise self._unknown(paper_id)
        return cast(str, rows[0][0])

    def all_restrictions(self) -> tuple[tuple[str, Restriction], ...]:
        """What is or was held back, as (paper, stretch), for officers: PUBLIC where released."""
        rows = self._all_rows(
            "SELECT paper, privacy, title, reason, start, finish FROM restriction "
            "ORDER BY paper, start, id"
        )
        return tuple(
            (paper, Restriction(Privacy(privacy), title, reason, start, finish))
            for paper, privacy, title, reason, start, finish in rows
        )

    def all_passages(self, paper_id: str) -> tuple[Passage, ...]:
        """The passages of a paper, whoever may see them, for officers."""
        rows = self._all_rows("SELECT body FROM passage WHERE paper = ? ORDER BY id", (paper_id,))
        return tuple(decode(Passage, body) for (body,) in rows)

    def length(self, paper_id: str) -> int:
        """How many characters a paper has."""
        rows = self._all_rows("SELECT length(text) FROM paper WHERE id = ?", (paper_id,))
        if not rows:
            raise self._unknown(paper_id)
        return cast(int, rows[0][0])

    def shows_all_of(self, paper_id: str) -> bool:
        """Whether nothing of a paper is hidden from this reader."""
        if not self.rows("SELECT 1 FROM paper WHERE id = ?", (paper_id,)):
            raise self._unknown(paper_id)
        counted = (
            "SELECT (SELECT count(*) FROM main.restriction WHERE paper = ? AND privacy > 0) = "
            "(SELECT count(*) FROM restriction WHERE paper = ? AND privacy > 0)"
        )
        return bool(self.rows(counted, (paper_id, paper_id))[0][0])

    def rule(self, paper_id: str, ruling: Restriction, by: str, at: str) -> None:
        """Carries out an officer's decision about a stretch of a paper; it outlives new readings.

        A changed paper is looked through again: what was released of its earlier self isn't.
        """
        with self._lock, self._writing() as connection:
            if self.record(paper_id) is None:
                raise self._unknown(paper_id)
            register.rule(connection, paper_id, ruling, by, at)
            for index in self._indexes.values():
                index.forget(connection, paper_id)

    def digest(self) -> str:
        """A hash of what is held: equal digests mean the same papers with the same bytes."""
        return self.holdings.digest()

    def put(
        self, paper: Paper, observations: Sequence[Observation], original: Path | None = None
    ) -> None:
        """Takes in a paper whole, in place of an earlier one of the same id.

        `original` is the file that it was read from, to be kept.
        """
        texts = {
            register.key_of(passage): register.embedded_text(passage) for passage in paper.passages
        }

        def change(connection: Connection) -> bool:
            if original is not None:
                self.originals.keep(original, paper.sha256)
            replaced = self._delete(connection, paper.id)
            register.insert(connection, paper, observations, embedded=self._embedder is not None)
            self._take_into_indexes(connection, PaperRows.written(connection, paper, observations))
            return replaced

        self._index(texts, change, paper.id)

    def keep_original(self, file: Path, sha256: str) -> None:
        """Keeps the file of a paper that was taken in without it."""
        if not self.originals.holds(sha256):
            with self._lock, self._writing():
                self.originals.keep(file, sha256)

    def remove(self, paper_id: str) -> None:
        """Forgets a paper: no trace of it stays in any index."""
        with self._lock, self._writing() as connection:
            if not self._delete(connection, paper_id):
                raise self._unknown(paper_id)
            connection.execute("DELETE FROM ruling WHERE paper = ?", (paper_id,))
            register.leave_unswept(connection)
        if not self._is_taking_in:
            self.sweep_up()

    def _delete(self, connection: Connection, paper_id: str) -> bool:
        """Deletes a paper; which vectors may have to go with it is remembered until they do."""
        keys = register.keys_of(connection, paper_id)
        if len(self._gone) + len(keys) <= _GONE:
            self._gone |= keys
        return register.delete(connection, paper_id)

    def embed_missing(self) -> int:
        """Embeds the papers that were taken in without an embedder; the number of them."""
        waiting = {row[0] for row in self._all_rows("SELECT id FROM paper WHERE NOT embedded")}
        if self._embedder is None or not waiting:
            return 0
        rows = self._all_rows(
            "SELECT body FROM passage JOIN paper ON paper.id = passage.paper WHERE NOT embedded"
        )
        passages = [decode(Passage, body) for (body,) in rows]
        texts = {register.key_of(passage): register.embedded_text(passage) for passage in passages}

        def change(connection: Connection) -> bool:
            connection.executemany(
                "UPDATE paper SET embedded = TRUE WHERE id = ?", [(paper,) for paper in waiting]
            )
            return False

        self._index(texts, change)
        return len(waiting)

    def forget_words(self) -> None:
        """Drops the index of words: it's made anew when it is next asked for."""
        with self._lock, self._writing() as connection:
            drop_words(connection)

    def mend_vectors(self) -> int:
        """Gives the vectors back that were lost, from the register or embedded anew; how many."""
        rows = self._all_rows(
            "SELECT key, body FROM passage JOIN paper ON paper.id = passage.paper WHERE embedded"
        )
        texts = {key: register.embedded_text(decode(Passage, body)) for key, body in rows}
        if not texts:
            return 0
        with self._lock:
            lost = texts.keys() - self._open_vectors().held(texts)
        if not lost:
            return 0
        self._refill(lost)
        with self._lock:
            anew = lost - self._open_vectors().held(lost)
        if anew and self._embedder is None:
            raise StoreError(
                f"{len(anew)} vectors are lost, and there is no embedding model to make them anew: "
                "install one, or ingest the papers into a new store."
            )
        self._index({key: texts[key] for key in anew}, lambda _: False)
        return len(lost)

    @contextmanager
    def taking_in(self) -> Iterator[None]:
        """Keeps a second ingest into the same store away, for as long as this one lasts.

        What it replaces is swept up once, at its end: each time takes as long as the store is big.
        """
        with self._connection.turn():
            self._is_taking_in = True
            try:
                yield
            finally:
                self._is_taking_in = False
            self.sweep_up()

    def sweep_up(self) -> None:
        """Clears away what is left of removed papers, where nobody has yet.

        Nothing where another process is writing: what was left stays noted.
        """
        with self._lock, self._connection.named_errors():
            noted = register.unswept(self._connection)
        if noted:
            with suppress(register.Busy):
                for table in (PASSAGE_WORDS, DECISION_WORDS):
                    self._sweep_words(table)
                self._sweep(noted)

    # What the finder asks

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that the register gives, of those that may be seen."""
        with self._lock, self._reader.named_errors():
            return self._reader.execute(query, values).fetchall()

    def _all_rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that the register gives, whoever may see them: for taking in."""
        with self._lock, self._connection.named_errors():
            return self._connection.execute(query, values).fetchall()

    def cached(self, name: str, load: Callable[[], T]) -> T:
        """What was loaded once, until the store changes."""
        if self._inside.depth and name in (cache := self._cache):
            return cast(T, cache[name])  # the moment is whole: nobody is waited for
        with self._lock:
            self._notice_changes()
            if name not in self._cache:
                self._cache[name] = load()
            return cast(T, self._cache[name])

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside is of one moment, whatever others write meanwhile.

        Threads that read at once share a moment; one that has passed isn't joined, where those
        who hold it are done within a second.
        """
        with self._moment:
            if not self._inside.depth and self._holding and self._has_passed():
                self._moment.wait_for(lambda: not self._holding, _PATIENCE)
            if not self._holding:
                self._begin_moment()
            self._holding += 1
            self._inside.depth += 1
        try:
            yield
        finally:
            with self._moment:
                self._holding -= 1
                self._inside.depth -= 1
                if not self._holding:
                    self._moment.notify_all()
                    with self._reader.named_errors():
                        self._reader.end_moment()

    def _begin_moment(self) -> None:
        for _ in range(_TRIES):
            # What this may write has to be there before the moment begins.
            self.keep(tuple(self._indexes.values()), at_most=_AT_MOST)
            if self.has_vectors:
                self.finder.keep_vectors()
            with self._reader.named_errors():
                self._reader.begin_moment()
            if self._data_version() == self._seen and self._are_kept(self._indexes.values()):
                break
            self._reader.end_moment()
        else:
            self._begin_among_changes()
        self._begun = self._written, self._others_wrote()

    def _begin_among_changes(self) -> None:
        """Begins a moment where others write all the time: what is there is looked at within."""
        with self._reader.named_errors():
            self._reader.begin_moment()
            self._notice_changes()
            if not are_complete(self._reader, tuple(self._indexes.values())):
                self._reader.end_moment()
                raise NotReady(self._how_far())

    def _has_passed(self) -> bool:
        return self._begun != (self._written, self._others_wrote())

    def _others_wrote(self) -> int:
        with self._lock, self._connection.named_errors():
            return self._connection.changes()

    def version(self) -> int:
        """A number that is another one once the store has changed; fixed inside a snapshot."""
        return self._data_version()

    def words_of(self, table: WordTable) -> WordIndex:
        """An index of words, as this reader sees it."""
        return self._reader.word_index(table)

    def use(self, index: Derived) -> None:
        """Has such tables kept of every paper from now on, taking in those that they lack."""
        self.keep((DerivedIndex(index),))

    def keep(
        self,
        indexes: Sequence[Index],
        on_progress: OnIndexing | None = None,
        at_most: float | None = None,
    ) -> None:
        """Has indexes kept of every paper from now on, taking in those that they lack.

        `on_progress` is told how far that is. Raises NotReady where it takes longer than
        `at_most` seconds: what is done by then is kept.
        """
        if self._inside.depth and self._are_kept(indexes):
            return  # the moment is whole: nobody is waited for
        with self._lock:
            self._indexes = {**self._indexes, **{index.name: index for index in indexes}}
            self._notice_changes()
            if not self._are_kept(indexes):
                self._complete(indexes, on_progress, at_most)
                self._cache.update({_kept(index): True for index in indexes})

    def _are_kept(self, indexes: Iterable[Index]) -> bool:
        """Whether the store hasn't changed since indexes were seen to be complete."""
        return all(_kept(index) in self._cache for index in indexes)

    def how_far_indexed(self) -> HowFar | None:
        """How far the indexes are that are being made anew; None where none are."""
        with self._lock, self._connection.named_errors():
            return remaking.how_far(self._connection)

    def _complete(
        self, indexes: Sequence[Index], on_progress: OnIndexing | None, at_most: float | None
    ) -> None:
        with self._connection.named_errors():
            self._check_version(indexes)
            if not are_complete(self._connection, indexes):
                self._remake(indexes, on_progress, at_most)
                self._see_own_writing()
            self._made.update({index.name: index.version for index in indexes})
            if not self.sight.is_whole:
                for table in filter(None, (index.words for index in indexes)):
                    self._reader.word_index(table).narrow()

    def _remake(
        self, indexes: Sequence[Index], on_progress: OnIndexing | None, at_most: float | None
    ) -> None:
        """Goes on step by step; who does the same in another process is a help."""
        ends = math.inf if at_most is None else time.monotonic() + at_most
        work = Remaking(indexes)
        told: HowFar | None = self._how_far()
        while True:
            if told and on_progress:
                on_progress(told)
            try:
                with self._writing() as connection:
                    told = work.step(connection)
            except Busy:
                if are_complete(self._connection, indexes):
                    return
                told = self._how_far()
            if told is None:
                return
            if time.monotonic() >= ends:
                raise NotReady(told)

    def _how_far(self) -> HowFar:
        papers = self._connection.execute("SELECT count(*) FROM paper").fetchone()[0]
        return remaking.how_far(self._connection) or HowFar(0, papers)

    def _check_version(self, indexes: Sequence[Index]) -> None:
        """Raises where an index that was as it should be is by another version's rules now."""
        for index in indexes:
            made = index.rules(self._connection)
            if made not in (None, index.version) and self._made.get(index.name) == index.version:
                raise remaking.of_another_version()

    def _take_into_indexes(self, connection: Connection, rows: PaperRows) -> None:
        """Takes a new paper into the indexes; one by other rules is made anew by its next user."""
        others = "SELECT 1 FROM paper WHERE id <> ? LIMIT 1"
        is_first = connection.execute(others, (rows.paper,)).fetchone() is None
        for index in self._indexes.values():
            if is_first and index.rules(connection) is None:
                index.begin(connection)
            if index.rules(connection) == index.version:
                index.take_in(connection, rows)

    def _see_own_writing(self) -> None:
        """Begins the moment anew, where an index was found lacking within it."""
        if self._holding:
            self._reader.end_moment()
            self._reader.begin_moment()

    def vector_of(self, text: str) -> Vector | None:
        """The vector of a question; None where there are none to compare with."""
        if self._embedder is None or not self.has_vectors:
            return None
        made: dict[str, Vector] = self.cached("questions", dict)
        vector = made.get(text)
        if vector is None:
            if len(made) >= _QUESTIONS:
                made.clear()
            made[text] = vector = self._embedder.embed_query(text)
        return vector

    def keep_vectors(self) -> None:
        """Sees to it that every embedded passage's vector is in the register."""
        with self._lock, self._connection.named_errors():
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
                f"The search index of the store {self._place} is gone: {self._place.start_again}."
            )
        return found

    def _refill(self, lost: Collection[str] | None = None) -> None:
        """Gives Chroma, which has lost its vectors or some of them, those the register keeps."""
        from ingest.comparing import unpacked

        with self._writing() as connection:
            kept = "SELECT key, vector FROM passage JOIN passage_vector USING (id)"
            vectors = {
                key: unpacked(body)
                for key, body in connection.execute(kept)
                if lost is None or key in lost
            }
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
        return tuple(self._as_seen(decode(PaperRecord, body)) for (body,) in rows)

    def _as_seen(self, record: PaperRecord) -> PaperRecord:
        return record if self.sight.is_whole else self._counted(record)

    def _counted(self, record: PaperRecord) -> PaperRecord:
        """The record with counts of what may be seen, where some of its paper may not."""
        hidden = "SELECT 1 FROM main.restriction WHERE paper = ? AND privacy > 0 LIMIT 1"
        if not self.rows(hidden, (record.id,)):
            return record
        counted = {
            name: cast(
                int,
                self.rows(f"SELECT count(*) FROM {table} WHERE paper = ?", (record.id,))[0][0],
            )
            for name, table in _COUNTED.items()
        }
        bodies = self.rows("SELECT body FROM passage WHERE paper = ?", (record.id,))
        meetings = {record.meeting} | {decode(Passage, body).meeting for (body,) in bodies}
        counts = replace(record.counts, meetings=len(meetings), **counted)
        return replace(record, counts=counts)

    def _load_text(self, paper_id: str) -> str:
        rows = self.rows("SELECT text FROM paper WHERE id = ?", (paper_id,))
        if not rows:
            raise self._unknown(paper_id)
        return cast(str, rows[0][0])

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

    def _of_each(
        self,
        table: str,
        kind: type[T],
        papers: Iterable[str],
        kept: Kept[str, tuple[T, ...]],
        order: str = "",
    ) -> dict[str, tuple[T, ...]]:
        """The values that hang on some papers, and keeps them."""
        wanted = list(dict.fromkeys(papers))
        known = kept.known(wanted)
        for part in _batches([paper for paper in wanted if paper not in known], _PAPERS):
            marks = ", ".join("?" * len(part))
            rows = self.rows(
                f"SELECT paper, body FROM {table} WHERE paper IN ({marks}) ORDER BY {order}id", part
            )
            found = _grouped(kind, part, rows)
            kept.put_all(found)
            known |= found
        return known

    def _unknown(self, paper_id: str) -> UnknownPaper:
        rows = self.rows("SELECT id FROM paper ORDER BY id LIMIT ?", (_NAMED + 1,))
        named = [name for (name,) in rows]
        more = f" and {self.holdings.within().papers - _NAMED} more" * (len(named) > _NAMED)
        held = ", ".join(named[:_NAMED]) + more or "nothing yet"
        return UnknownPaper(f"No paper {paper_id!r} is held. Held: {held}.")

    # Changes by others

    def _data_version(self) -> int:
        with self._lock, self._reader.named_errors():
            return self._reader.changes()

    def _notice_changes(self) -> None:
        """Forgets what was read before the store was changed."""
        version = self._data_version()
        if version != self._seen:
            self._seen = version
            self._cache = {}
            self._forget_others_vectors()

    def _forget_others_vectors(self) -> None:
        """Chroma in this process has its index in memory and doesn't see what others write."""
        if self._server is not None:
            return
        written = self._others_wrote()
        if written != self._vectors_seen:
            self._vectors_seen = written
            self._close_vectors()

    # Writing

    def _index(
        self,
        texts: Mapping[str, str],
        change: Callable[[Connection], bool],
        paper_id: str | None = None,
    ) -> None:
        """A change of the register, with vectors for the texts before it.

        Where the change says that it deleted something, what is left of that is swept up.
        """
        if texts:
            self._claim_for_model()
        # Embedding takes long: it's done before anything is locked.
        vectors = self._embed(texts, {})
        with self._lock, self._writing() as connection:
            vectors = self._embed(texts, vectors)
            if vectors:
                self._open_vectors().add(vectors)
            deleted = change(connection)
            if self._embedder is not None:
                register.keep_vectors(connection, self._fetched, paper_id)
            if deleted:
                register.leave_unswept(connection)
        if deleted and not self._is_taking_in:
            self.sweep_up()

    def _claim_for_model(self) -> None:
        """Settles on the model before the first vector is written, so that no two can mix."""
        if self._embedder is None:
            return
        model_id = self._embedder.model_id
        with self._lock, self._connection.named_errors():
            if register.check_model(self._connection, self._place, model_id):
                return
            with self._writing() as connection:
                if not register.check_model(connection, self._place, model_id):
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
    def _writing(self) -> Iterator[Connection]:
        """One transaction: all of it lands, or none."""
        connection = self._connection
        with self._connection.named_errors():
            connection.begin_writing()
            # Only the holder of the register's lock writes vectors, from a fresh view of them.
            self._forget_others_vectors()
            try:
                yield connection
                self._commit()
            except BaseException:
                connection.rollback()
                raise
            finally:
                self._written += 1
                self._cache = {}

    def _commit(self) -> None:
        self._connection.commit()

    def _sweep_words(self, table: WordTable) -> None:
        """Drops words that no row has any more, in steps between which others may write."""
        done, begin = False, True
        while not done:
            with self._lock, self._writing() as connection:
                ends = time.monotonic() + remaking.STEP
                index = connection.word_index(table)
                done, begin = not index.exists() or index.sweep(begin=begin), False
                while not done and time.monotonic() < ends:
                    done = index.sweep(begin=False)
            if not done:
                time.sleep(_PAUSE)

    def _sweep(self, noted: str) -> None:
        """Drops the rest of what nothing needs any more, and the log where deleted rows stand."""
        with self._lock, self._writing() as connection:
            forget_parts(connection)
            held = connection.execute("SELECT sha256 FROM paper").fetchall()
            self.originals.sweep({sha256 for (sha256,) in held})
            if self._server or (self._directory / CHROMA).exists():
                self._sweep_vectors(connection)
            register.swept(connection, noted)
            self._gone.clear()
        with self._lock, self._connection.named_errors():
            self._connection.sweep()

    def _sweep_vectors(self, connection: Connection) -> None:
        """Drops the vectors of what was deleted; where others are left over, looks through all."""
        vectors = self._open_vectors()
        for keys in _batches(sorted(self._gone), _PAPERS):
            vectors.drop(set(keys) - register.keys_among(connection, keys))
        if vectors.count() != register.count_keys(connection):
            wanted = {row[0] for row in connection.execute("SELECT key FROM passage")}
            vectors.drop(vectors.keys() - wanted)

    def _open_vectors(self) -> Vectors:
        if self._vectors is not None and self._vectors.failed:
            self._close_vectors()
        if self._vectors is None:
            folder = self._directory / CHROMA
            name = register.store_name(self._connection) if self._connection.shared else ""
            self._vectors = Vectors(folder, self._server, name)
        return self._vectors

    def _close_vectors(self) -> None:
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None
