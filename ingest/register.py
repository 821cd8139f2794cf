"""The register, which says what is held. The SQL that writes is all here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import uuid4

from ingest import schema
from ingest.codec import decode, encode, encode_all
from ingest.database import Busy, Connection, Place
from ingest.errors import StoreError
from ingest.kinds import kinds_of, written
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
from ingest.schema import (
    DECISION_WORDS,
    PASSAGE_WORDS,
    make_private,
    make_register,
    make_vectors,
)

__all__ = ["Busy"]

VERSION = 7
READING_VERSION = 13
"""Counts up when what is read of a paper changes: papers held are then read again."""
_STORE = "store"
_UNSWEPT = "unswept"

_KINDS: dict[str, type[Decision | Table | Observation | Attendee | ReportHeader]] = {
    "decision": Decision,
    "table_": Table,
    "observation": Observation,
    "attendee": Attendee,
    "report": ReportHeader,
}


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


def prepare(connection: Connection, place: Place) -> None:
    """Makes the tables of a new store, or brings an older one up; refuses what it can't."""
    from ingest.migrations import migrate

    with connection.named_errors():
        if connection.format() == 0 and connection.is_empty():
            _begin(connection)
        migrate(connection, VERSION)
        version = connection.format()
    if version != VERSION:
        raise StoreError(
            f"The store {place} has format {version}; this version reads format {VERSION}. "
            f"Use the version that made it, or {place.start_again}."
        )


def _begin(connection: Connection) -> None:
    with transaction(connection):
        # Another process may have made the tables in the meantime.
        if connection.is_empty():
            make_register(connection)
            note(connection, _STORE, uuid4().hex)
            connection.set_format(VERSION)


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All of what is done inside lands, or none."""
    connection.begin_writing()
    try:
        yield
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def store_name(connection: Connection) -> str:
    """A name of the store's own, from whichever machine it is opened; empty in an older one."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_STORE,)).fetchone()
    return cast(str, row[0]) if row else ""


def check_model(connection: Connection, place: Place, model_id: str) -> bool:
    """Whether the store's vectors are of this model; False when none were made yet."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'embedding_model'").fetchone()
    if row and row[0] != model_id:
        raise StoreError(
            f"The vectors in the store {place} were made with {row[0]}, not with "
            f"{model_id}: ingest the papers into a new store, or {place.start_again}."
        )
    return row is not None


def record_model(connection: Connection, model_id: str) -> None:
    """Notes which model makes the vectors."""
    connection.execute("INSERT INTO meta VALUES ('embedding_model', ?)", (model_id,))


def laid_out(connection: Connection) -> None:
    """Adds to a register of format 2 what says how private its rows are."""
    for column in ("council TEXT", "committee TEXT", "privacy INTEGER NOT NULL DEFAULT 0"):
        connection.execute(f"ALTER TABLE paper ADD COLUMN {column}")
    for table in ("passage", *_KINDS):
        connection.execute(f"ALTER TABLE {table} ADD COLUMN privacy INTEGER NOT NULL DEFAULT 0")
    make_private(connection)


def tell_kinds(connection: Connection) -> None:
    """Adds to a register of format 3 which kinds of paper its passages are of."""
    connection.execute("ALTER TABLE passage ADD COLUMN kinds TEXT NOT NULL DEFAULT ''")
    for (paper_id,) in connection.execute("SELECT id FROM paper").fetchall():
        found = "SELECT id, body FROM passage WHERE paper = ? ORDER BY id"
        rows = connection.execute(found, (paper_id,)).fetchall()
        told = kinds_of([decode(Passage, body) for _, body in rows])
        connection.executemany(
            "UPDATE passage SET kinds = ? WHERE id = ?",
            [(written(kinds), number) for (number, _), kinds in zip(rows, told, strict=True)],
        )


def tell(connection: Connection, record: PaperRecord) -> None:
    """Puts in columns what a list of papers and a question's scope ask of a record."""
    meeting = record.meeting
    connection.execute(
        "UPDATE paper SET council = ?, committee = ?, held = ?, title = ?, sha256 = ?, "
        "unreadable = ?, exempt = ? WHERE id = ?",
        (
            meeting.council,
            meeting.committee,
            meeting.held.isoformat() if meeting.held else None,
            record.title,
            record.sha256,
            record.unreadable_pages,
            encode_all([item for item in record.items if item.exempt]),
            record.id,
        ),
    )


def tell_of_papers(connection: Connection) -> None:
    """Adds to a register of format 4 what is asked of papers, and the indexes beside them."""
    schema.tell_of_papers(connection)
    schema.make_indexes(connection)
    for (body,) in connection.execute("SELECT record FROM paper").fetchall():
        tell(connection, decode(PaperRecord, body))


def tell_places(connection: Connection) -> None:
    """Adds to a register of format 5 where its observations stand."""
    schema.tell_places(connection)
    connection.execute(
        "UPDATE observation SET start = CAST(json_extract(body, '$.locator.start') AS INTEGER)"
    )


def hold_back(connection: Connection, paper_id: str, restrictions: Sequence[Restriction]) -> None:
    """Holds back what reading found, then what officers decided about the same bytes."""
    connection.execute("DELETE FROM restriction WHERE paper = ?", (paper_id,))
    connection.executemany(
        "INSERT INTO restriction (paper, start, finish, privacy, title, reason) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [(paper_id, r.start, r.end, int(r.privacy), r.title, r.reason) for r in restrictions],
    )
    for start, finish, privacy, title in connection.execute(
        "SELECT start, finish, ruling.privacy, ruling.title FROM ruling JOIN paper ON paper.id = "
        "ruling.paper WHERE paper = ? AND ruling.sha256 = json_extract(record, '$.sha256') "
        "ORDER BY ruling.id",
        (paper_id,),
    ).fetchall():
        _apply(connection, paper_id, Restriction(Privacy(privacy), title, RULED, start, finish))
    mark(connection, paper_id)


RULED = "Decided by an officer"


def rule(connection: Connection, paper_id: str, ruling: Restriction, by: str, at: str) -> None:
    """Notes an officer's decision about a stretch of a paper, and carries it out."""
    connection.execute(
        "INSERT INTO ruling (paper, sha256, start, finish, privacy, title, ruled_by, ruled_at) "
        "SELECT id, json_extract(record, '$.sha256'), ?, ?, ?, ?, ?, ? FROM paper WHERE id = ?",
        (ruling.start, ruling.end, int(ruling.privacy), ruling.title, by, at, paper_id),
    )
    _apply(connection, paper_id, ruling)
    mark(connection, paper_id)


def _apply(connection: Connection, paper_id: str, ruling: Restriction) -> None:
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


def mark(connection: Connection, paper_id: str) -> None:
    """Marks every row of a paper with how private the stretches are that it stands on."""
    if not connection.execute(_HELD_BACK, (paper_id, paper_id)).fetchone()[0]:
        return
    spans: list[tuple[int, int, int]] = connection.execute(
        "SELECT start, finish, privacy FROM restriction WHERE paper = ? AND privacy > 0",
        (paper_id,),
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
    connection: Connection,
    paper: Paper,
    observations: Sequence[Observation],
    *,
    embedded: bool,
) -> None:
    """Writes a paper and all that hangs on it."""
    record = _record(paper, counts_of(paper, observations))
    connection.execute(
        "INSERT INTO paper (id, record, text, pages, embedded) VALUES (?, ?, ?, ?, ?)",
        (paper.id, encode(record), paper.text, encode_all(paper.pages), embedded),
    )
    tell(connection, record)
    connection.executemany(
        "INSERT INTO passage "
        "(paper, key, council, committee, held, start, finish, decides, body, kinds) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (*_passage_row(passage, paper), written(kinds))
            for passage, kinds in zip(paper.passages, kinds_of(paper.passages), strict=True)
        ],
    )
    _insert_values(connection, "decision", paper.id, paper.decisions)
    _insert_values(connection, "table_", paper.id, paper.tables)
    connection.executemany(
        "INSERT INTO observation (paper, start, body) VALUES (?, ?, ?)",
        [(paper.id, o.locator.start, encode(o)) for o in observations],
    )
    _insert_values(connection, "attendee", paper.id, paper.attendance)
    _insert_values(connection, "report", paper.id, paper.reports)
    hold_back(connection, paper.id, paper.restrictions)


def _passage_row(passage: Passage, paper: Paper) -> tuple[object, ...]:
    meeting, where = passage.meeting, passage.locator
    first = min((unit.start for unit in passage.units), default=0)
    last = max((unit.end for unit in passage.units), default=0)
    decided = {
        decision.kind.value
        for decision in paper.decisions
        for place in (decision.locator, *decision.more)
        if first < place.end and place.start < last
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


def note(connection: Connection, name: str, value: str) -> None:
    """Notes something about the store as a whole."""
    connection.execute(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def _of_paper(query: str, paper_id: str | None) -> tuple[str, tuple[str, ...]]:
    """The query for one paper, where one is given: a large store has too many to look through."""
    if paper_id is None:
        return f"{query} ORDER BY passage.id", ()
    return f"{query} AND passage.paper = ? ORDER BY passage.id", (paper_id,)


def vectors_are_kept(connection: Connection) -> bool:
    """Whether every embedded passage has its vector beside it."""
    if not connection.has_table("passage_vector"):
        return False
    counted = (
        "SELECT (SELECT count(*) FROM passage_vector) = (SELECT count(*) FROM passage "
        "JOIN paper ON paper.id = passage.paper WHERE paper.embedded)"
    )
    return bool(connection.execute(counted).fetchone()[0])


def keep_vectors(
    connection: Connection,
    fetch: Callable[[set[str]], Mapping[str, Sequence[float]]],
    paper_id: str | None = None,
) -> None:
    """Puts vectors beside the embedded passages that lack theirs; of one paper, if one is given."""
    from ingest.comparing import packed

    make_vectors(connection)
    query = (
        "SELECT passage.id, key FROM passage JOIN paper ON paper.id = passage.paper "
        "WHERE paper.embedded AND NOT EXISTS "
        "(SELECT 1 FROM passage_vector WHERE passage_vector.id = passage.id)"
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
    connection: Connection, table: str, paper_id: str, values: Sequence[object]
) -> None:
    connection.executemany(
        f"INSERT INTO {table} (paper, body) VALUES (?, ?)",
        [(paper_id, encode(value)) for value in values],
    )


def leave_unswept(connection: Connection) -> None:
    """Notes that something was deleted of which indexes still hold what can't be found."""
    note(connection, _UNSWEPT, "yes")


def is_unswept(connection: Connection) -> bool:
    """Whether that was noted and not done since."""
    found = connection.execute("SELECT 1 FROM meta WHERE name = ?", (_UNSWEPT,))
    return found.fetchone() is not None


def swept(connection: Connection) -> None:
    """Notes that it was done."""
    connection.execute("DELETE FROM meta WHERE name = ?", (_UNSWEPT,))


def delete(connection: Connection, paper_id: str) -> bool:
    """Deletes a paper and all that hangs on it; whether it was held."""
    for table in (PASSAGE_WORDS, DECISION_WORDS):
        index = connection.word_index(table)
        if index.exists():
            index.forget(paper_id)
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
