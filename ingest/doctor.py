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

from ingest import register
from ingest.codec import decode
from ingest.embedding import Embedder
from ingest.errors import StoreError
from ingest.model import Passage
from ingest.originals import Originals
from ingest.register import PaperRecord
from ingest.store import CHROMA, Store
from ingest.vectors import Vectors

_RESTORE = (
    "`boardpapers restore FILE` brings a backup back; without one, rename the store's folder and "
    "ingest the papers again."
)
_MEND = "`boardpapers doctor --mend` makes it anew."
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


def examine(directory: Path) -> tuple[Finding, ...]:
    """Everything that is amiss with a store's folder; empty where nothing is."""
    path = directory / register.REGISTER
    if not path.is_file():
        return (Finding(Weight.BROKEN, f"{path} isn't there.", _RESTORE),)
    if broken := tuple(_damage(path)):
        return broken
    try:
        with Store.open(directory):
            pass
    except StoreError as error:
        return (Finding(Weight.BROKEN, str(error), _RESTORE),)
    with closing(register.connect(directory)) as connection:
        findings = [*_rows(connection), *_words(connection), *_vectors(connection, directory)]
        findings += _files(connection, directory)
    for other in sorted(directory.glob("*.sqlite3")):
        if other != path:
            findings += _damage(other)
    return tuple(findings)


def mend(directory: Path, embedder: Embedder | None) -> None:
    """Makes anew what can be worked out from the register: vectors and the index of words.

    Raises StoreError where the register itself is damaged.
    """
    if broken := tuple(_damage(directory / register.REGISTER)):
        raise StoreError(f"{broken[0].told} {broken[0].remedy}")
    with closing(register.connect(directory)) as connection:
        damaged = any(finding.weight is Weight.MENDABLE for finding in _words(connection))
    if damaged:
        with Store.open(directory) as store:
            store.forget_words()
    if not _chroma_opens(directory):
        shutil.rmtree(directory / CHROMA, ignore_errors=True)
    with Store.open(directory, embedder) as store:
        store.embed_missing()
        store.mend_vectors()


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


def _rows(connection: sqlite3.Connection) -> Iterator[Finding]:
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


def _words(connection: sqlite3.Connection) -> Iterator[Finding]:
    try:
        connection.execute("INSERT INTO passage_words (passage_words) VALUES ('integrity-check')")
        counted = (
            "SELECT (SELECT count(*) FROM passage_words_docsize), (SELECT count(*) FROM passage)"
        )
        indexed, passages = connection.execute(counted).fetchone()
    except sqlite3.DatabaseError as error:
        yield Finding(Weight.MENDABLE, f"The index of words is damaged ({error}).", _MEND)
        return
    if indexed > passages:
        told = f"The index of words has {indexed - passages} passages that aren't held."
        yield Finding(Weight.MENDABLE, told, _MEND)
    elif indexed < passages:
        told = f"{passages - indexed} passages aren't in the index of words yet."
        yield Finding(Weight.NOTE, told, "They will be with the next question.")


def _vectors(connection: sqlite3.Connection, directory: Path) -> Iterator[Finding]:
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
    held = _keys(directory)
    if held is None:
        told = f"The vectors in {directory / CHROMA} can't be read."
        yield Finding(Weight.MENDABLE, told, _MEND)
        return
    if missing := len(wanted - held):
        told = f"{missing} of {len(wanted)} vectors are lost."
        yield Finding(Weight.MENDABLE, told, _MEND)
    if further := len(held - wanted):
        told = f"{further} vectors are of no passage held."
        yield Finding(Weight.NOTE, told, "They are never used, and go with the next removal.")


def _files(connection: sqlite3.Connection, directory: Path) -> Iterator[Finding]:
    originals = Originals(directory)
    hashes = {
        row[0]: row[1]
        for row in connection.execute("SELECT id, json_extract(record, '$.sha256') FROM paper")
    }
    lacking = [paper for paper, digest in hashes.items() if originals.path(digest) is None]
    if lacking:
        names = ", ".join(lacking[:_NAMED]) + (" and others" if len(lacking) > _NAMED else "")
        told = (
            f"The files of {len(lacking)} papers aren't kept ({names}): no page of them is drawn."
        )
        yield Finding(
            Weight.NOTE, told, "Their pages can't be drawn: remove and ingest them again."
        )
    for paper, digest in hashes.items():
        kept = originals.path(digest)
        if kept and hashlib.sha256(kept.read_bytes()).hexdigest() != digest:
            told = f"The file kept of {paper} ({kept}) isn't the one that was read."
            yield Finding(Weight.BROKEN, told, "Delete it; then remove and ingest the paper again.")


def _keys(directory: Path) -> set[str] | None:
    """The keys of the vectors held; None where they can't be read."""
    if not (directory / CHROMA).exists():
        return set()
    return _asked(directory, Vectors.keys)


def _chroma_opens(directory: Path) -> bool:
    if not (directory / CHROMA).exists():
        return True

    def can_be_searched(vectors: Vectors) -> set[str]:
        held = vectors.keys()
        if held:
            vectors.fetch([next(iter(held))])
        return held

    return _asked(directory, can_be_searched) is not None


def _asked(directory: Path, work: Callable[[Vectors], set[str]]) -> set[str] | None:
    try:
        vectors = Vectors(directory / CHROMA)
    except StoreError:
        return None
    try:
        return work(vectors)
    except StoreError:
        return None
    finally:
        vectors.close()
