"""The register: one SQLite file that says what is held. The SQL that writes is all here."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from ingest.abbreviations import find_abbreviations
from ingest.codec import decode, encode, encode_all
from ingest.errors import StoreError
from ingest.model import (
    Attendee,
    Decision,
    Item,
    Locator,
    Meeting,
    Observation,
    Paper,
    Passage,
    Privacy,
    ReportHeader,
    Restriction,
    Table,
)
from ingest.words import Wording, indexed_text

REGISTER = "register.sqlite3"
VERSION = 3
READING_VERSION = 7
"""Counts up when what is read of a paper changes: papers held are then read again."""
PATIENCE = 5.0
"""Seconds to wait for another writer."""

_VALUES = """\
CREATE TABLE IF NOT EXISTS {0} (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    body TEXT NOT NULL,
    privacy INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS {0}_paper ON {0} (paper);
"""
# Worked out from Chroma where it is missing, so it may be lacking in a store of this format.
_KEPT_VECTORS = """\
CREATE TABLE IF NOT EXISTS passage_vector (
    id INTEGER PRIMARY KEY REFERENCES passage ON DELETE CASCADE,
    vector BLOB NOT NULL
)
"""
# Filled with the index of words, so it may be lacking in a store of this format.
_ABBREVIATIONS = """\
CREATE TABLE IF NOT EXISTS abbreviation (
    id INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
    short TEXT NOT NULL,
    long TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS abbreviation_id ON abbreviation (id);
"""
_KINDS: dict[str, type[Decision | Table | Observation | Attendee | ReportHeader]] = {
    "decision": Decision,
    "table_": Table,
    "observation": Observation,
    "attendee": Attendee,
    "report": ReportHeader,
}
_PRIVATE = """CREATE TABLE IF NOT EXISTS restriction (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    start INTEGER NOT NULL,
    finish INTEGER NOT NULL,
    privacy INTEGER NOT NULL,
    title TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS restriction_paper ON restriction (paper);
CREATE TABLE IF NOT EXISTS ruling (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    start INTEGER NOT NULL,
    finish INTEGER NOT NULL,
    privacy INTEGER NOT NULL,
    title TEXT NOT NULL,
    ruled_by TEXT NOT NULL,
    ruled_at TEXT NOT NULL
);
"""
"""What is held back of a paper, and what officers decided about the same bytes."""
_WORDS = """\
CREATE VIRTUAL TABLE IF NOT EXISTS passage_words
USING fts5 (place, body, dates, tokenize = "unicode61 tokenchars '.'");
CREATE VIRTUAL TABLE IF NOT EXISTS passage_vocabulary USING fts5vocab (passage_words, 'row');
"""
# "IF NOT EXISTS", since two processes may make the same new store at once.
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS paper (
    id TEXT PRIMARY KEY,
    record TEXT NOT NULL,
    text TEXT NOT NULL,
    pages TEXT NOT NULL,
    embedded INTEGER NOT NULL,
    council TEXT,
    committee TEXT,
    privacy INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS passage (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL REFERENCES paper ON DELETE CASCADE,
    key TEXT NOT NULL,
    council TEXT,
    committee TEXT,
    held TEXT,
    start INTEGER NOT NULL,
    finish INTEGER NOT NULL,
    decides TEXT NOT NULL,
    body TEXT NOT NULL,
    privacy INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS passage_paper ON passage (paper, finish);
CREATE INDEX IF NOT EXISTS passage_key ON passage (key);
CREATE INDEX IF NOT EXISTS passage_meeting ON passage (council, committee, held);
{"".join(map(_VALUES.format, _KINDS))}
{_KEPT_VECTORS};
{_ABBREVIATIONS}
{_PRIVATE}
{_WORDS}PRAGMA user_version = {VERSION};
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
    """What the register says of a paper, without its text.

    `reading` is the version of the rules that it was read by.
    """

    id: str
    file_name: str
    sha256: str
    title: str
    meeting: Meeting
    minutes_of: date | None
    items: tuple[Item, ...]
    characters: int
    pages: int
    unreadable_pages: int
    notes: tuple[str, ...]
    counts: PaperCounts
    reading: int = 0


class Busy(StoreError):
    """Another process holds the lock."""


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


def connect(directory: Path) -> sqlite3.Connection:
    """An open register in the folder, which is made if need be."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The store {directory} can't be made ({error.strerror}): name another folder."
        ) from error
    with named_errors(directory):
        connection = sqlite3.connect(
            directory / REGISTER,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA journal_mode = WAL")
    return connection


def prepare(connection: sqlite3.Connection, directory: Path) -> None:
    """Makes the tables of a new store, or brings an older one up; refuses what it can't."""
    from ingest.migrations import migrate

    with named_errors(directory):
        if _version(connection) == 0 and _is_empty(connection):
            connection.executescript(_SCHEMA)
        migrate(connection, VERSION)
        version = _version(connection)
    if version != VERSION:
        raise StoreError(
            f"The store {directory} has format {version}; this version reads format {VERSION}. "
            "Use the version that made it, or delete the folder and ingest the papers again."
        )


def _version(connection: sqlite3.Connection) -> int:
    return cast(int, connection.execute("PRAGMA user_version").fetchone()[0])


def _is_empty(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def check_model(connection: sqlite3.Connection, directory: Path, model_id: str) -> bool:
    """Whether the store's vectors are of this model; False when none were made yet."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'embedding_model'").fetchone()
    if row and row[0] != model_id:
        raise StoreError(
            f"The vectors in the store {directory} were made with {row[0]}, not with "
            f"{model_id}: ingest the papers into a new store, or delete this folder "
            "and ingest them again."
        )
    return row is not None


def record_model(connection: sqlite3.Connection, model_id: str) -> None:
    """Notes which model makes the vectors."""
    connection.execute("INSERT INTO meta VALUES ('embedding_model', ?)", (model_id,))


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


def laid_out(connection: sqlite3.Connection) -> None:
    """Adds to a register of format 2 what says how private its rows are."""
    for column in ("council TEXT", "committee TEXT", "privacy INTEGER NOT NULL DEFAULT 0"):
        connection.execute(f"ALTER TABLE paper ADD COLUMN {column}")
    for table in ("passage", *_KINDS):
        connection.execute(f"ALTER TABLE {table} ADD COLUMN privacy INTEGER NOT NULL DEFAULT 0")
    for statement in _PRIVATE.split(";\n"):
        connection.execute(statement)


def hold_back(
    connection: sqlite3.Connection, paper_id: str, restrictions: Sequence[Restriction]
) -> None:
    """Holds back what reading found, then what officers decided about the same bytes."""
    connection.execute("DELETE FROM restriction WHERE paper = ?", (paper_id,))
    connection.executemany(
        "INSERT INTO restriction (paper, start, finish, privacy, title, reason) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [(paper_id, r.start, r.end, int(r.privacy), r.title, r.reason) for r in restrictions],
    )
    for start, finish, privacy, title in connection.execute(
        "SELECT start, finish, ruling.privacy, title FROM ruling JOIN paper ON paper.id = "
        "ruling.paper WHERE paper = ? AND sha256 = json_extract(record, '$.sha256') "
        "ORDER BY ruling.id",
        (paper_id,),
    ).fetchall():
        _apply(connection, paper_id, Restriction(Privacy(privacy), title, RULED, start, finish))
    mark(connection, paper_id)


RULED = "Decided by an officer"


def rule(
    connection: sqlite3.Connection, paper_id: str, ruling: Restriction, by: str, at: str
) -> None:
    """Notes an officer's decision about a stretch of a paper, and carries it out."""
    connection.execute(
        "INSERT INTO ruling (paper, sha256, start, finish, privacy, title, ruled_by, ruled_at) "
        "SELECT id, json_extract(record, '$.sha256'), ?, ?, ?, ?, ?, ? FROM paper WHERE id = ?",
        (ruling.start, ruling.end, int(ruling.privacy), ruling.title, by, at, paper_id),
    )
    _apply(connection, paper_id, ruling)
    mark(connection, paper_id)


def _apply(connection: sqlite3.Connection, paper_id: str, ruling: Restriction) -> None:
    changed = connection.execute(
        "UPDATE restriction SET privacy = ? WHERE paper = ? AND start = ? AND finish = ?",
        (int(ruling.privacy), paper_id, ruling.start, ruling.end),
    ).rowcount
    if not changed and ruling.privacy:
        connection.execute(
            "INSERT INTO restriction (paper, start, finish, privacy, title, reason) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (paper_id, ruling.start, ruling.end, int(ruling.privacy), ruling.title, ruling.reason),
        )


_HELD_BACK = (
    "SELECT EXISTS (SELECT 1 FROM restriction WHERE paper = ?) "
    "OR EXISTS (SELECT 1 FROM passage WHERE paper = ? AND privacy > 0)"
)


def mark(connection: sqlite3.Connection, paper_id: str) -> None:
    """Marks every row of a paper with how private the stretches are that it stands on."""
    if not connection.execute(_HELD_BACK, (paper_id, paper_id)).fetchone()[0]:
        return
    spans: list[tuple[int, int, int]] = connection.execute(
        "SELECT start, finish, privacy FROM restriction WHERE paper = ? AND privacy", (paper_id,)
    ).fetchall()

    def privacy_of(places: Sequence[tuple[int, int]]) -> int:
        return max(
            (
                privacy
                for start, finish, privacy in spans
                if any(start < end and at < finish for at, end in places)
            ),
            default=0,
        )

    rows = connection.execute("SELECT id, start, finish FROM passage WHERE paper = ?", (paper_id,))
    marked = [(privacy_of([(start, end)]), number) for number, start, end in rows]
    connection.executemany("UPDATE passage SET privacy = ? WHERE id = ?", marked)
    for table, kind in _KINDS.items():
        found = connection.execute(f"SELECT id, body FROM {table} WHERE paper = ?", (paper_id,))
        marked = [(privacy_of(_places(decode(kind, body))), number) for number, body in found]
        connection.executemany(f"UPDATE {table} SET privacy = ? WHERE id = ?", marked)
    whole = "SELECT max(privacy) FROM restriction WHERE paper = ? AND start <= 0 AND finish >= "
    connection.execute(
        f"UPDATE paper SET privacy = coalesce(({whole} length(text)), 0) WHERE id = ?",
        (paper_id, paper_id),
    )


def _places(
    value: Decision | Table | Observation | Attendee | ReportHeader,
) -> list[tuple[int, int]]:
    more: tuple[Locator, ...] = value.more if isinstance(value, Decision) else ()
    return [(where.start, where.end) for where in (value.locator, *more)]


def insert(
    connection: sqlite3.Connection,
    paper: Paper,
    observations: Sequence[Observation],
    *,
    embedded: bool,
) -> None:
    """Writes a paper and all that hangs on it."""
    record = _record(paper, counts_of(paper, observations))
    connection.execute(
        "INSERT INTO paper (id, record, text, pages, embedded, council, committee) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            paper.id,
            encode(record),
            paper.text,
            encode_all(paper.pages),
            embedded,
            paper.meeting.council,
            paper.meeting.committee,
        ),
    )
    connection.executemany(
        "INSERT INTO passage (paper, key, council, committee, held, start, finish, decides, body) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_passage_row(passage, paper) for passage in paper.passages],
    )
    _insert_values(connection, "decision", paper.id, paper.decisions)
    _insert_values(connection, "table_", paper.id, paper.tables)
    _insert_values(connection, "observation", paper.id, observations)
    _insert_values(connection, "attendee", paper.id, paper.attendance)
    _insert_values(connection, "report", paper.id, paper.reports)
    hold_back(connection, paper.id, paper.restrictions)


def _passage_row(passage: Passage, paper: Paper) -> tuple[object, ...]:
    meeting, where = passage.meeting, passage.locator
    decided = {
        decision.kind.value
        for decision in paper.decisions
        for place in (decision.locator, *decision.more)
        if any(unit.start < place.end and place.start < unit.end for unit in passage.units)
    }
    return (
        paper.id,
        key_of(passage),
        meeting.council,
        meeting.committee,
        meeting.held.isoformat() if meeting.held else None,
        where.start,
        where.end,
        ",".join(sorted(decided)),
        encode(passage),
    )


def index_words(
    connection: sqlite3.Connection, wording: Wording, paper_id: str | None = None
) -> None:
    """Works out the words of every passage that the index lacks, or of all under new rules.

    With a paper, no other is looked at.
    """
    if wording_of(connection) != wording.version:
        for statement in _ABBREVIATIONS.split(";")[:-1]:  # a script would end the transaction
            connection.execute(statement)
        connection.execute("DELETE FROM passage_words")
        connection.execute("DELETE FROM abbreviation")
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('wording', ?)", (wording.version,))
    for number, body in connection.execute(*_of_paper(_UNINDEXED, paper_id)).fetchall():
        passage = decode(Passage, body)
        text = indexed_text(passage, wording)
        connection.execute(
            "INSERT INTO passage_words (rowid, place, body, dates) VALUES (?, ?, ?, ?)",
            (number, text.place, text.body, text.dates),
        )
        connection.executemany(
            "INSERT INTO abbreviation VALUES (?, ?, ?)",
            [(number, a.short, a.long) for a in find_abbreviations(passage.text)],
        )


_UNINDEXED = "SELECT id, body FROM passage WHERE id NOT IN (SELECT id FROM passage_words_docsize)"


def _of_paper(query: str, paper_id: str | None) -> tuple[str, tuple[str, ...]]:
    """The query for one paper, where one is given: a large store has too many to look through."""
    if paper_id is None:
        return query, ()
    return f"{query} AND passage.paper = ?", (paper_id,)


def drop_words(connection: sqlite3.Connection) -> None:
    """Makes the index of words anew, empty: also where it is damaged."""
    for name in ("passage_vocabulary", "passage_words"):
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in _WORDS.split(";\n"):
        connection.execute(statement)
    connection.execute("DELETE FROM meta WHERE name = 'wording'")


def forget_words(connection: sqlite3.Connection) -> None:
    """Merges the parts of the index: until then, deleted words stay in it."""
    connection.execute("INSERT INTO passage_words (passage_words) VALUES ('optimize')")


def words_are_indexed(connection: sqlite3.Connection, wording: Wording) -> bool:
    """Whether every passage's words are there, by these rules."""
    if wording_of(connection) != wording.version:
        return False
    counted = "SELECT (SELECT count(*) FROM passage) = (SELECT count(*) FROM passage_words_docsize)"
    return bool(connection.execute(counted).fetchone()[0])


def wording_of(connection: sqlite3.Connection) -> str | None:
    """The version of the words in the index; None before the first."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'wording'").fetchone()
    return cast(str, row[0]) if row else None


def vectors_are_kept(connection: sqlite3.Connection) -> bool:
    """Whether every embedded passage has its vector beside it."""
    named = "SELECT 1 FROM sqlite_master WHERE name = 'passage_vector'"
    if connection.execute(named).fetchone() is None:
        return False
    counted = (
        "SELECT (SELECT count(*) FROM passage_vector) = (SELECT count(*) FROM passage "
        "JOIN paper ON paper.id = passage.paper WHERE paper.embedded)"
    )
    return bool(connection.execute(counted).fetchone()[0])


def keep_vectors(
    connection: sqlite3.Connection,
    fetch: Callable[[set[str]], Mapping[str, Sequence[float]]],
    paper_id: str | None = None,
) -> None:
    """Puts vectors beside the embedded passages that lack theirs; of one paper, if one is given."""
    from ingest.comparing import packed

    connection.execute(_KEPT_VECTORS)
    query = (
        "SELECT passage.id, key FROM passage JOIN paper ON paper.id = passage.paper "
        "WHERE paper.embedded AND passage.id NOT IN (SELECT id FROM passage_vector)"
    )
    lacking = connection.execute(*_of_paper(query, paper_id)).fetchall()
    if not lacking:
        return
    vectors = fetch({key for _, key in lacking})
    connection.executemany(
        "INSERT INTO passage_vector VALUES (?, ?)",
        [(number, packed(vectors[key])) for number, key in lacking if key in vectors],
    )


def _insert_values(
    connection: sqlite3.Connection, table: str, paper_id: str, values: Sequence[object]
) -> None:
    connection.executemany(
        f"INSERT INTO {table} (paper, body) VALUES (?, ?)",
        [(paper_id, encode(value)) for value in values],
    )


def delete(connection: sqlite3.Connection, paper_id: str) -> bool:
    """Deletes a paper and all that hangs on it; whether it was held."""
    connection.execute(
        "DELETE FROM passage_words WHERE rowid IN (SELECT id FROM passage WHERE paper = ?)",
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
        pages=len(paper.pages),
        unreadable_pages=paper.unreadable_pages,
        notes=paper.notes,
        counts=counts,
        reading=READING_VERSION,
    )


def embedded_text(passage: Passage) -> str:
    """What a passage's vector is of."""
    return f"{passage.context}\n{passage.text}"


def key_of(passage: Passage) -> str:
    """The key of a passage's vector: the hash of what it is of."""
    return hashlib.sha256(embedded_text(passage).encode()).hexdigest()
