"""Whether a store is as it should be: the register against itself, vectors, words and files."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ingest import beside, register
from ingest.codec import decode
from ingest.database import Connection, Place, located
from ingest.embedding import Embedder
from ingest.errors import StoreError
from ingest.model import Passage
from ingest.register import PaperRecord
from ingest.remaking import how_far
from ingest.schema import PASSAGE_WORDS
from ingest.sqlite import REGISTER
from ingest.store import CHROMA, Store
from ingest.vectors import ChromaServer, Vectors

_RESTORE = (
    "`boardpapers restore FILE` brings a backup back; without one, rename the store's folder and "
    "ingest the papers again."
)
_MEND = "`boardpapers doctor --mend` makes it anew."
_NEXT = "with the next ingest or removal, or by `boardpapers doctor --mend`"
_NAMED = 5


class Weight(StrEnum):
    """How bad a finding is: told only, to be mended, or beyond mending."""

    NOTE = "note"
    MENDABLE = "mendable"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that isn't as it should be, and what to do about it."""

    weight: Weight
    told: str
    remedy: str


def examine(
    directory: Path, server: ChromaServer | None = None, place: Place | None = None
) -> tuple[Finding, ...]:
    """Everything that is amiss with a store; empty where nothing is.

    The register is in the folder, or in the place named; the vectors in it, or on the server.
    """
    if place is None and (broken := tuple(_file(directory))):
        return broken
    try:
        with Store.open(directory, server=server, place=place) as store:
            findings = [*_files(store)]
        with closing(located(directory, place).connect()) as connection, connection.named_errors():
            vectors = _Vectors(directory, server, connection)
            findings += [*_rows(connection), *_words(connection), *_lost(connection, vectors)]
            findings += [*_indexes(connection), *_unswept(connection)]
    except StoreError as error:
        return (Finding(Weight.BROKEN, str(error), _RESTORE),)
    for other in sorted(directory.glob("*.sqlite3")):
        if other.name != REGISTER:
            findings += _damage(other)
    return tuple(findings)


def mend(
    directory: Path,
    embedder: Embedder | None,
    server: ChromaServer | None = None,
    place: Place | None = None,
) -> None:
    """Makes anew what can be worked out from the register: vectors and indexes.

    Raises StoreError where the register itself is damaged.
    """
    if place is None and (broken := tuple(_damage(directory / REGISTER))):
        raise StoreError(f"{broken[0].told} {broken[0].remedy}")
    with closing(located(directory, place).connect()) as connection:
        damaged = any(finding.weight is Weight.MENDABLE for finding in _words(connection))
        opens = _Vectors(directory, server, connection).open()
        with connection.named_errors(), register.transaction(connection):
            beside.renew(connection)
            register.leave_unswept(connection)
    if damaged:
        with Store.open(directory, server=server, place=place) as store:
            store.forget_words()
    if not opens and server is None:
        shutil.rmtree(directory / CHROMA, ignore_errors=True)
    with Store.open(directory, embedder, server=server, place=place) as store:
        store.embed_missing()
        store.mend_vectors()
        store.sweep_up()


def _file(directory: Path) -> Iterator[Finding]:
    path = directory / REGISTER
    if path.is_file():
        yield from _damage(path)
    else:
        yield Finding(Weight.BROKEN, f"{path} isn't there.", _RESTORE)


def _damage(path: Path) -> Iterator[Finding]:
    """What SQLite itself finds wrong with a file."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            faults = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
            strays = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        yield Finding(Weight.BROKEN, f"{path} can't be read ({error}).", _RESTORE)
        return
    if faults != ["ok"]:
        yield Finding(Weight.BROKEN, f"{path} is damaged: {'; '.join(faults)}.", _RESTORE)
    if strays:
        yield Finding(
            Weight.BROKEN, f"{path} has rows of {strays[0]} that belong to no paper.", _RESTORE
        )


def _rows(connection: Connection) -> Iterator[Finding]:
    """Papers whose record doesn't tell what is held of them, or whose places lie outside."""
    counted = {
        "passages": "passage",
        "decisions": "decision",
        "tables": "table_",
        "observations": "observation",
    }
    for paper_id, body, length in connection.execute(
        "SELECT id, record, length(text) FROM paper ORDER BY id"
    ).fetchall():
        again = f"`boardpapers remove {paper_id}` and ingest it again."
        try:
            counts = decode(PaperRecord, body).counts
        except StoreError as error:
            yield Finding(Weight.BROKEN, f"{paper_id}: {error}", again)
            continue
        for name, table in counted.items():
            held = connection.execute(
                f"SELECT count(*) FROM {table} WHERE paper = ?", (paper_id,)
            ).fetchone()[0]
            if held != getattr(counts, name):
                told = f"{paper_id} has {held} {name}, and its record says {getattr(counts, name)}."
                yield Finding(Weight.BROKEN, told, again)
        outside = connection.execute(
            "SELECT count(*) FROM passage WHERE paper = ? "
            "AND NOT (0 <= start AND start <= finish AND finish <= ?)",
            (paper_id, length),
        ).fetchone()[0]
        if outside:
            told = f"{paper_id} has {outside} passages that lie outside its text."
            yield Finding(Weight.BROKEN, told, again)
    for paper_id, key, body in connection.execute("SELECT paper, key, body FROM passage"):
        if register.key_of(decode(Passage, body)) != key:
            told = f"{paper_id} has a passage that isn't the one that was embedded."
            yield Finding(Weight.BROKEN, told, f"`boardpapers remove {paper_id}`, ingest it again.")
            return


def _words(connection: Connection) -> Iterator[Finding]:
    index = connection.word_index(PASSAGE_WORDS)
    if fault := index.fault():
        yield Finding(Weight.MENDABLE, f"The index of words is damaged ({fault}).", _MEND)
        return
    counted = (
        f"SELECT (SELECT count(*) FROM ({index.indexed}) AS i), (SELECT count(*) FROM passage)"
    )
    indexed, passages = connection.execute(counted).fetchone()
    if indexed > passages:
        told = f"The index of words has {indexed - passages} passages that aren't held."
        yield Finding(Weight.MENDABLE, told, _MEND)
    elif indexed < passages:
        told = f"{passages - indexed} passages aren't in the index of words yet."
        yield Finding(Weight.NOTE, told, "They will be with the next question.")


def _indexes(connection: Connection) -> Iterator[Finding]:
    """What the indexes beside the register tell otherwise than it does."""
    for name, fault in beside.faults(connection):
        yield Finding(Weight.MENDABLE, f"The {name} is wrong: {fault}.", _MEND)
    if told_of := how_far(connection):
        told = f"Indexes are being made anew: {told_of} are done."
        yield Finding(Weight.NOTE, told, "`boardpapers upgrade` ends it, as does who asks next.")
    if not register.vectors_are_kept(connection):
        told = "Some vectors aren't kept beside their passages."
        yield Finding(Weight.NOTE, told, "They will be with the next question, out of Chroma.")


def _lost(connection: Connection, vectors: _Vectors) -> Iterator[Finding]:
    wanted = {
        row[0]
        for row in connection.execute(
            "SELECT key FROM passage JOIN paper ON paper.id = passage.paper WHERE embedded"
        )
    }
    unembedded = connection.execute("SELECT count(*) FROM paper WHERE NOT embedded").fetchone()[0]
    if unembedded:
        told = f"{unembedded} papers were taken in without vectors: they are found by words alone."
        yield Finding(Weight.NOTE, told, "They get them with the next ingest, or by --mend.")
    if not wanted:
        return
    held = vectors.keys()
    if held is None:
        told = f"The vectors in {vectors.place} can't be read."
        yield Finding(Weight.MENDABLE, told, _MEND)
        return
    if missing := len(wanted - held):
        told = f"{missing} of {len(wanted)} vectors are lost."
        yield Finding(Weight.MENDABLE, told, _MEND)
    if further := len(held - wanted):
        told = f"{further} vectors are of no passage held."
        yield Finding(Weight.NOTE, told, f"They are never used, and go {_NEXT}.")


def _unswept(connection: Connection) -> Iterator[Finding]:
    if register.unswept(connection):
        told = "Words of papers that were removed or replaced are still in the register's file."
        yield Finding(Weight.NOTE, told, f"They are never found, and go {_NEXT}.")


def _files(store: Store) -> Iterator[Finding]:
    originals = store.originals
    hashes = {record.id: record.sha256 for record in store.all_papers()}
    lacking = [paper for paper, digest in hashes.items() if not originals.holds(digest)]
    if lacking:
        names = ", ".join(lacking[:_NAMED]) + (" and others" if len(lacking) > _NAMED else "")
        told = (
            f"The files of {len(lacking)} papers aren't kept ({names}): no page of them is drawn."
        )
        yield Finding(
            Weight.NOTE, told, "Their pages can't be drawn: remove and ingest them again."
        )
    for paper, digest in hashes.items():
        with originals.at_hand(digest) as kept:
            if kept and hashlib.sha256(kept.read_bytes()).hexdigest() != digest:
                told = f"The file kept of {paper} ({kept}) isn't the one that was read."
                remedy = "Delete it; then remove and ingest the paper again."
                yield Finding(Weight.BROKEN, told, remedy)


class _Vectors:
    """What Chroma holds of a store, in its folder or on a server."""

    def __init__(
        self, directory: Path, server: ChromaServer | None, connection: Connection
    ) -> None:
        self._folder = directory / CHROMA
        self._server = server
        self._store = register.store_name(connection) if connection.shared else ""
        self.place = server.url if server else str(self._folder)

    def keys(self) -> set[str] | None:
        """The keys of the vectors held; None where they can't be read."""
        return self._asked(Vectors.keys) if self._is_there() else set()

    def open(self) -> bool:
        """Whether what is there can be searched."""

        def can_be_searched(vectors: Vectors) -> set[str]:
            held = vectors.keys()
            if held:
                vectors.fetch([next(iter(held))])
            return held

        return not self._is_there() or self._asked(can_be_searched) is not None

    def _is_there(self) -> bool:
        return self._server is not None or self._folder.exists()

    def _asked(self, work: Callable[[Vectors], set[str]]) -> set[str] | None:
        try:
            vectors = Vectors(self._folder, self._server, self._store)
        except StoreError:
            return None
        try:
            return work(vectors)
        except StoreError:
            return None
        finally:
            vectors.close()
