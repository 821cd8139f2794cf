"""A store from its folder to servers: the register into PostgreSQL, its vectors into Chroma.

The folder is read as of one moment and stays as it is. All rows land in one transaction, after
the vectors: who is interrupted finds an empty register and moves again, and vectors that are there
already aren't sent twice. Rows keep their ids, so that whatever names them goes on doing so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import chain, groupby, islice
from operator import itemgetter
from pathlib import Path
from uuid import uuid4

from ingest import register, sqlite
from ingest.comparing import unpacked
from ingest.database import Connection, WordTable
from ingest.errors import StoreError
from ingest.originals import FolderOriginals
from ingest.postgres import Postgres, PostgreSQL
from ingest.schema import WORDS, make_register
from ingest.store import CHROMA, Store
from ingest.vectors import ChromaServer, Vectors

_APART = frozenset(
    ("meta", "original", *(f"{w.name}{end}" for w in WORDS for end in ("", "_packed", "_counted")))
)
"""Tables whose rows aren't the same in both."""
_AT_ONCE = 1_000
_NAME = "store"

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move came to; `as_they_were` where the server already stood on the vectors."""

    papers: int
    rows: int
    files: int
    vectors: int
    as_they_were: bool


def move(
    directory: Path, place: PostgreSQL, server: ChromaServer | None, told: Told = lambda _: None
) -> Moved:
    """Brings the store of a folder into a PostgreSQL and a Chroma that hold no other.

    `told` is given a line as each part is done. Raises StoreError where there is no store, where
    the servers hold another, or where what arrived isn't what was sent.
    """
    if not (directory / sqlite.REGISTER).is_file():
        raise StoreError(f"There is no store in {directory}: name the folder of one.")
    with Store.open(directory) as store:
        store.keep_vectors()
    with ExitStack() as held:
        source = held.enter_context(closing(sqlite.Folder(directory).connect()))
        held.enter_context(source.turn())
        target = Postgres(place)
        held.callback(target.close)
        held.enter_context(target.turn())
        with source.named_errors():
            source.begin_moment()
            moved = _moved(directory, source, target, place, server, told)
        target.settle()
    return moved


def _moved(
    directory: Path,
    source: Connection,
    target: Postgres,
    place: PostgreSQL,
    server: ChromaServer | None,
    told: Told,
) -> Moved:
    name = register.store_name(source) or uuid4().hex
    embedded = source.execute("SELECT 1 FROM passage_vector LIMIT 1").fetchone() is not None
    if embedded and server is None:
        raise StoreError(
            f"The store {directory} has vectors: set BOARDPAPERS_CHROMA_URL to the Chroma server "
            "that they are to be moved to."
        )
    with register.transaction(target):
        _make_room(target, place, name)
        vectors, as_they_were = 0, False
        if embedded and server is not None:
            vectors, as_they_were = _move_vectors(directory, source, server, name)
            told(f"{vectors:,} vectors")
        with target.unchecked():
            rows = _move_tables(source, target, told)
            files = _move_files(directory, source, target)
            told(f"{files:,} files of papers")
        _name(source, target, name)
        papers = _counted(target, "paper")
    return Moved(papers, rows, files, vectors, as_they_were)


def _make_room(target: Postgres, place: PostgreSQL, name: str) -> None:
    """Makes the tables, or sees that those there hold nothing."""
    if target.is_empty():
        make_register(target)
        return
    held = target.format()
    if held != register.VERSION:
        raise StoreError(
            f"{place} holds something else (format {held}): name an empty database in "
            "BOARDPAPERS_REGISTER_URL."
        )
    if _counted(target, "paper") or _counted(target, "ruling"):
        same = register.store_name(target) == name
        raise StoreError(
            f"{place} holds this store already: there is nothing to move."
            if same
            else f"{place} holds another store: name an empty database in BOARDPAPERS_REGISTER_URL."
        )


def _counted(connection: Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM main.{table}").fetchone()[0])


# -- rows --------------------------------------------------------------------------------------


def _move_tables(source: Connection, target: Postgres, told: Told) -> int:
    tables = target.tables()
    moved = 0
    for table, columns in tables.items():
        if table not in _APART:
            count = target.copy(table, columns, _rows(source, table, columns))
            _check(table, _measured(source, table, columns), _measured(target, table, columns))
            if columns.get("id") == "bigint":
                target.count_on(table)
            told(f"{count:,} rows of {table}")
            moved += count
    for words in WORDS:
        count = _move_words(source, target, words, tables)
        told(f"the words of {count:,} rows of {words.of}")
        moved += count
    return moved


def _rows(source: Connection, table: str, columns: Mapping[str, str]) -> Iterator[Sequence[object]]:
    """The rows as PostgreSQL takes them: SQLite has no truth values."""
    rows = iter(source.execute(f"SELECT {', '.join(columns)} FROM main.{table}"))
    flags = [at for at, type_ in enumerate(columns.values()) if type_ == "boolean"]
    if not flags:
        yield from rows
        return
    for row in rows:
        values = list(row)
        for at in flags:
            values[at] = bool(values[at])
        yield values


def _measured(connection: Connection, table: str, columns: Mapping[str, str]) -> tuple[int, ...]:
    """How many rows a table has, the sum of its numbers, and the lengths of its texts."""
    sums = {"text": "length({})", "bytea": "length({})", "boolean": "CAST({} AS INTEGER)"}
    parts = [
        f"CAST(coalesce(sum({sums.get(type_, '{}').format(column)}), 0) AS BIGINT)"
        for column, type_ in columns.items()
    ]
    query = f"SELECT count(*), {', '.join(parts)} FROM main.{table}"
    return tuple(map(int, connection.execute(query).fetchone()))


def _check(table: str, sent: tuple[int, ...], arrived: tuple[int, ...]) -> None:
    if sent != arrived:
        raise StoreError(
            f"What arrived in the table {table} isn't what was sent ({arrived[0]:,} rows of "
            f"{sent[0]:,}): nothing was moved; run `boardpapers doctor` on the folder, then try "
            "again."
        )


def _move_words(
    source: Connection, target: Postgres, words: WordTable, tables: Mapping[str, Mapping[str, str]]
) -> int:
    """An index of words, paper by paper: PostgreSQL has tables of its own for it."""
    index = target.word_index(words)
    columns = ", ".join(f"w.{column}" for column in words.columns)
    packed = f"{words.name}_packed"

    def texts() -> Iterator[tuple[int, str, tuple[str, ...]]]:
        rows = source.execute(
            f"SELECT t.id, t.paper, {columns} FROM {words.of} AS t "
            f"JOIN {words.name} AS w ON w.rowid = t.id ORDER BY t.paper, t.id"
        )
        return ((number, paper, tuple(said)) for number, paper, *said in rows)

    by_paper = groupby(texts(), key=itemgetter(1))
    count = target.copy(words.name, tables[words.name], map(index.text_row, texts()))
    target.copy(
        packed, tables[packed], chain.from_iterable(index.packed(group) for _, group in by_paper)
    )
    sent = int(
        source.execute(f"SELECT count(*) FROM ({source.word_index(words).indexed})").fetchone()[0]
    )
    _check(words.name, (sent,), (_counted(target, words.name),))
    index.count_all()
    return count


def _name(source: Connection, target: Postgres, name: str) -> None:
    """The notes about the store as a whole, its name among them."""
    target.execute("DELETE FROM main.meta")
    for noted, value in source.execute("SELECT name, value FROM main.meta").fetchall():
        register.note(target, noted, value)
    register.note(target, _NAME, name)
    target.set_format(register.VERSION)


# -- files and vectors ---------------------------------------------------------------------------


def _move_files(directory: Path, source: Connection, target: Postgres) -> int:
    """The files that papers were read from, each with the bytes that its hash tells."""
    kept = FolderOriginals(directory)

    def files() -> Iterator[tuple[str, bytes]]:
        digests = source.execute("SELECT DISTINCT sha256 FROM main.paper ORDER BY sha256")
        for (digest,) in digests.fetchall():
            if path := kept.path(digest):
                raw = path.read_bytes()
                if hashlib.sha256(raw).hexdigest() != digest:
                    raise StoreError(
                        f"{path} isn't the file that its paper was read from: nothing was moved; "
                        "`boardpapers doctor` tells of which, ingest that paper again."
                    )
                yield digest, raw

    return target.copy("original", {"sha256": "text", "body": "bytea"}, files())


def _move_vectors(
    directory: Path, source: Connection, server: ChromaServer, name: str
) -> tuple[int, bool]:
    """The vectors, and whether the server stood on a copy of the folder that has them all."""
    with closing(Vectors(directory / CHROMA, server, name)) as vectors:
        count = 0
        if vectors.is_empty():
            with closing(Vectors(directory / CHROMA, server, unnamed=True)) as own:
                if not own.is_empty() and (count := _all_held(source, own)):
                    own.name_for(name)
                    return count, True
        for batch in _vectors(source):
            lacking = batch.keys() - vectors.held(batch)
            vectors.add({key: unpacked(batch[key]) for key in lacking})
            count += len(batch)
    return count, False


def _all_held(source: Connection, vectors: Vectors) -> int:
    """How many vectors there are to be, where all of them are held; else 0."""
    count = 0
    for batch in _vectors(source):
        if len(vectors.held(batch)) < len(batch):
            return 0
        count += len(batch)
    return count


def _vectors(source: Connection) -> Iterator[dict[str, bytes]]:
    """The vectors by their keys, some at a time; one of several passages may come again."""
    rows = iter(
        source.execute(
            "SELECT key, vector FROM passage_vector CROSS JOIN passage USING (id) "
            "ORDER BY passage_vector.id"
        )
    )
    while batch := dict(islice(rows, _AT_ONCE)):
        yield batch
