"""The register in PostgreSQL, through SQLAlchemy, so that several machines share one store.

Tables stand in the schema `main`. The functions of SQLite's that statements use are made there
too, so that they read the same in both. One process writes at a time, by an advisory lock; what
is read in a moment is of one snapshot. SQLAlchemy is imported when a register is opened here:
who keeps the store in a folder doesn't wait for it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from ingest.database import (
    Asking,
    Busy,
    Connection,
    Groups,
    Near,
    Types,
    WordTable,
    rarity,
)
from ingest.errors import StoreError
from ingest.kept import Kept

if TYPE_CHECKING:
    from psycopg import Cursor
    from sqlalchemy import URL, CursorResult, Engine
    from sqlalchemy import Connection as Session
    from sqlalchemy.exc import DBAPIError

SETTING = "BOARDPAPERS_REGISTER_URL"
PATIENCE = 5.0
"""Seconds to wait for another writer."""
_EXAMPLE = "postgresql://user:password@host:5432/database"
_DRIVER = "postgresql+psycopg"
_SCHEMES = ("postgresql", "postgres", _DRIVER)
_OLDEST = 13
_LISTED = re.compile(r"(?<!NOT )\bIN \(\?(?:, ?\?)*\)|\?")
_MANY = 20  # marks in a list
_FEW = 1_000  # papers that a search for words may be limited to by name
_NEAR = 1_000  # places whose papers are kept
_REACHED_IN = 10  # seconds
_CONNECTING: Mapping[str, object] = {
    "application_name": "boardpapers",
    "connect_timeout": _REACHED_IN,
    # A machine that is gone without a word gives back its locks after a minute or so.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
_SESSION = (
    "SET search_path TO main",
    # Compiling takes longer than any statement here.
    "SET jit TO off",
)
_LOCKS = 0x42504100
_WRITING, _TURN = 1, 2
_ADDED_UP = """\
INSERT INTO main.meta VALUES ('changes', '1')
ON CONFLICT (name) DO UPDATE SET value = (meta.value::bigint + 1)::text"""
_FUNCTIONS = (
    "CREATE FUNCTION main.instr(text, text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT "
    "AS 'SELECT strpos($1, $2)'",
    "CREATE FUNCTION main.json_extract(text, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT "
    "AS $$SELECT $1::json #>> string_to_array(substr($2, 3), '.')$$",
    "CREATE FUNCTION main.with_comma(text, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT "
    "AS $$SELECT $1 || ',' || $2$$",
    "CREATE AGGREGATE main.group_concat(text) (SFUNC = main.with_comma, STYPE = text)",
    r"""CREATE FUNCTION main.blanked(whole text, spans text) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    span text;
    start integer;
    finish integer;
BEGIN
    FOREACH span IN ARRAY string_to_array(coalesce(spans, ''), ',') LOOP
        start := split_part(span, ' ', 1)::integer;
        finish := split_part(span, ' ', 2)::integer;
        whole := left(whole, start)
            || regexp_replace(substr(whole, start + 1, finish - start), '[^\n]', ' ', 'g')
            || substr(whole, finish + 1);
    END LOOP;
    RETURN whole;
END $$""",
)
_NO_RIGHT, _IS_LOCKED = "42501", "55P03"
_NOT_THERE = ("3F000", "42P01", "42883", "42703")  # a schema, table, function or column


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """A register in PostgreSQL, by an address such as postgresql://user:password@host/database."""

    url: str = field(repr=False)

    def __post_init__(self) -> None:
        """Raises StoreError for what isn't such an address; a password in it isn't told."""
        if self.url.partition("://")[0] not in _SCHEMES:
            raise StoreError(
                f"{SETTING} isn't the address of a PostgreSQL database: set it to one such as "
                f"{_EXAMPLE}."
            )
        _address(self.url)

    @property
    def start_again(self) -> str:
        """What to do where only a new store will help, as the end of a sentence."""
        return "name another database and ingest the papers again"

    def connect(self) -> Connection:
        """An open register; its tables may be missing yet."""
        return Postgres(self)

    def __str__(self) -> str:
        address = _address(self.url)
        port = f":{address.port}" if address.port else ""
        return f"PostgreSQL at {address.host or 'this machine'}{port}/{address.database or ''}"


@dataclass(slots=True)
class _Fetched:
    """What a statement gave."""

    rowcount: int
    rows: list[tuple[Any, ...]]

    def fetchone(self) -> Any:
        return self.rows.pop(0) if self.rows else None

    def fetchall(self) -> list[Any]:
        rows, self.rows = self.rows, []
        return rows

    def __iter__(self) -> Iterator[Any]:
        return iter(self.fetchall())


class Postgres:
    """An open connection; one that was lost is opened again, but never within a transaction."""

    types = Types(
        "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
        "BIGINT",
        "BOOLEAN",
        'TEXT COLLATE "C"',
        "BYTEA",
    )
    shared = True
    derived: Mapping[str, tuple[str, str]] = {
        "passage_words_posting": ("id", "passage"),
        "decision_words_posting": ("id", "decision"),
    }

    def __init__(self, place: PostgreSQL) -> None:
        self._place = place
        self._own: tuple[str, ...] = ()
        self._session: Session | None = None
        self._in_transaction = False
        self._is_lost = False
        self._as_of: int | None = None
        self._opened()

    @property
    def limited(self) -> bool:
        """Whether views stand before the tables."""
        return bool(self._own)

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> _Fetched:
        """One statement."""
        return self._done(lambda session: _run_gathered(session, statement, values))

    def executemany(self, statement: str, values: Iterable[Sequence[Any]], /) -> _Fetched:
        """One statement for each of the values."""
        rows = [tuple(row) for row in values]
        if not rows:
            return _Fetched(0, [])
        return self._done(lambda session: _run(session, statement, rows))

    def close(self) -> None:
        """Lets go."""
        if self._session is not None:
            with suppress(self._failures()):
                self._session.close()
            self._session = None

    def named_errors(self) -> AbstractContextManager[None]:
        """Each statement puts its own errors in words."""
        return nullcontext()

    def always(self, statements: Sequence[str]) -> None:
        """Statements for this connection alone, which is opened anew: none works without them."""
        self._own = (*self._own, *statements)
        self.close()
        self._opened()

    def begin_writing(self) -> None:
        """Begins a transaction of the only writer."""
        self.execute("BEGIN")
        self._in_transaction = True
        try:
            self.execute(f"SET LOCAL lock_timeout TO {1000 * PATIENCE:.0f}")
            self.execute("SELECT pg_advisory_xact_lock(?, ?)", (_LOCKS, _WRITING))
        except BaseException:
            self.rollback()
            raise

    def commit(self) -> None:
        """Ends a transaction, and tells the readers."""
        self.execute(_ADDED_UP)
        self.execute("COMMIT")
        self._in_transaction = False

    def rollback(self) -> None:
        """Ends a transaction: nothing of it lands. A lost connection has done so."""
        self._end()

    def begin_moment(self) -> None:
        """What is read from here on is of one snapshot, taken with the first statement."""
        self.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        self._in_transaction = True
        self._as_of = self._counted()

    def end_moment(self) -> None:
        """Reading sees what is new again."""
        self._as_of = None
        self._end()

    def changes(self) -> int:
        """The number of transactions that have written."""
        return self._counted() if self._as_of is None else self._as_of

    def is_empty(self) -> bool:
        """Whether the schema holds no table."""
        query = "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = 'main' LIMIT 1"
        return self.execute(query).fetchone() is None

    def format(self) -> int:
        """The format, 0 where there is no register."""
        if not self.has_table("meta"):
            return 0
        row = self.execute("SELECT value FROM main.meta WHERE name = 'format'").fetchone()
        return int(row[0]) if row else 0

    def set_format(self, number: int) -> None:
        """Notes the format."""
        self.execute(
            "INSERT INTO main.meta VALUES ('format', ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (str(number),),
        )

    def has_table(self, name: str) -> bool:
        """Whether a table is there."""
        return bool(self.execute("SELECT to_regclass(?) IS NOT NULL", (f"main.{name}",)).rows[0][0])

    def make_ready(self) -> None:
        """The schema, where nobody has made it for this user, and its functions."""
        query = "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = 'main'"
        if self.execute(query).fetchone() is None:
            self.execute("CREATE SCHEMA main")
        for function in _FUNCTIONS:
            self.execute(function)

    def word_index(self, table: WordTable) -> Postings:
        """An index of words."""
        return Postings(self, table)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Holds an advisory lock by a connection of its own, which ends with the process."""
        holder = Postgres(self._place)
        try:
            asked = holder.execute("SELECT pg_try_advisory_lock(?, ?)", (_LOCKS, _TURN))
            if not asked.fetchone()[0]:
                raise Busy(
                    f"Another ingest into the store {self._place} is under way: wait until it has "
                    "ended, or stop it."
                )
            yield
        finally:
            holder.close()

    def sweep(self) -> None:
        """Nothing: the server's autovacuum clears deleted rows away in its own time."""

    def tables(self) -> dict[str, dict[str, str]]:
        """The tables with their columns and the type of each."""
        columns: dict[str, dict[str, str]] = {}
        for table, column, type_ in self.execute(
            "SELECT c.relname, a.attname, format_type(a.atttypid, NULL) FROM pg_class c "
            "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
            "WHERE c.relnamespace = 'main'::regnamespace AND c.relkind = 'r' "
            "ORDER BY c.relname, a.attnum"
        ):
            columns.setdefault(table, {})[column] = type_
        return columns

    def copy(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> int:
        """Adds rows as quickly as can be, in the transaction under way; how many there were."""
        from sqlalchemy.exc import DBAPIError

        count = 0
        session = self._opened()
        named = ", ".join(columns)
        copying = f"COPY main.{table} ({named}) FROM STDIN (FORMAT BINARY)"
        driver: Any = session.connection.driver_connection
        try:
            with driver.cursor() as cursor, cursor.copy(copying) as copy:
                copy.set_types(list(columns.values()))
                for count, row in enumerate(rows, 1):  # noqa: B007
                    copy.write_row(row)
        except driver_errors() as error:
            failed = DBAPIError(copying, None, error)
            raise self._explained(failed) from error
        return count

    @contextmanager
    def unchecked(self) -> Iterator[None]:
        """Without indexes and constraints, which are made, and so checked, at the end.

        In the transaction under way: nobody else ever sees a table without them.
        """
        constraints = self.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype = 'f' "
            "FROM pg_constraint WHERE connamespace = 'main'::regnamespace "
            "AND contype IN ('p', 'u', 'f') ORDER BY contype = 'f' DESC"
        ).fetchall()
        for table, name, _, _ in constraints:
            self.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        indexes = self.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'main'"
        ).fetchall()
        for name, _ in indexes:
            self.execute(f"DROP INDEX main.{name}")
        yield
        self.execute("SET LOCAL maintenance_work_mem TO '256MB'")
        for of_others in (False, True):
            for table, name, definition, is_foreign in constraints:
                if is_foreign == of_others:
                    self.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
            if not of_others:
                for _, definition in indexes:
                    self.execute(definition)

    def settle(self) -> None:
        """Has the server see what came in at once, so that indexes alone tell what is counted."""
        self.execute("VACUUM (ANALYZE)")

    def count_on(self, table: str) -> None:
        """Has new rows of a table numbered after those that are there."""
        self.execute(
            f"SELECT setval(sequence::regclass, (SELECT max(id) FROM main.{table})) "
            "FROM pg_get_serial_sequence(?, 'id') AS sequence "
            f"WHERE sequence IS NOT NULL AND EXISTS (SELECT 1 FROM main.{table})",
            (f"main.{table}",),
        )

    def _counted(self) -> int:
        row = self.execute("SELECT value FROM main.meta WHERE name = 'changes'").fetchone()
        return int(row[0]) if row else 0

    def _end(self) -> None:
        in_transaction, self._in_transaction = self._in_transaction, False
        self._is_lost = False
        if in_transaction and self._session is not None:
            with suppress(self._failures()):
                _run(self._session, "ROLLBACK", None)

    def _done(self, work: Callable[[Session], _Fetched]) -> _Fetched:
        """What work on the session gives; it is begun anew where the session had been lost."""
        if self._is_lost:
            # Others within the same moment must not go on with what is there now.
            raise StoreError(f"The connection to {self._place} was lost: try again.")
        failures = self._failures()
        try:
            return work(self._opened())
        except failures as error:
            if not error.connection_invalidated:
                raise self._explained(error) from error
            self.close()
            if self._in_transaction:
                self._is_lost = True
                raise self._explained(error) from error
        try:
            return work(self._opened())
        except failures as error:
            raise self._explained(error) from error

    def _opened(self) -> Session:
        if self._session is None:
            self._session = self._prepared(self._reached())
        return self._session

    def _reached(self) -> Session:
        try:
            return _engine(self._place.url).connect()
        except self._failures() as error:
            raise StoreError(
                f"The register in {self._place} can't be reached ({_told(error)}): see that the "
                f"server runs and that {SETTING} has its address, database, user and password."
            ) from error

    def _prepared(self, session: Session) -> Session:
        """A session as it has to be, or none: without its views it would show everything."""
        try:
            for statement in (*_SESSION, *self._own):
                _run(session, statement, None)
            self._check(session)
        except self._failures() as error:
            session.close()
            raise self._explained(error) from error
        except BaseException:
            session.close()
            raise
        return session

    def _check(self, session: Session) -> None:
        number = int(_run(session, "SHOW server_version_num", None).rows[0][0])
        if number < _OLDEST * 10_000:
            raise StoreError(
                f"{self._place} is version {number // 10_000}: {SETTING} must name a server of "
                f"version {_OLDEST} or later."
            )
        encoding = _run(session, "SHOW server_encoding", None).rows[0][0]
        if encoding != "UTF8":
            raise StoreError(
                f"{self._place} keeps texts in {encoding}, which can't hold every paper: make a "
                f"database with ENCODING 'UTF8' and name it in {SETTING}."
            )

    @staticmethod
    def _failures() -> type[DBAPIError]:
        from sqlalchemy.exc import DBAPIError

        return DBAPIError

    def _explained(self, error: DBAPIError) -> Exception:
        """What to tell; a bug stays what it is."""
        from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError

        state = getattr(error.orig, "sqlstate", None)
        if state == _IS_LOCKED:
            return Busy(
                f"Another process is writing to the store {self._place}: try again shortly."
            )
        if state == _NO_RIGHT:
            return StoreError(
                f"The user that {SETTING} names may not do what the register in {self._place} "
                f"needs ({_told(error)}): GRANT CREATE, TEMPORARY ON DATABASE to it, and have it "
                "own the schema main."
            )
        if state in _NOT_THERE:
            return StoreError(
                f"The schema main in {self._place} isn't a whole register ({_told(error)}): "
                f"restore it from a backup, or name another database in {SETTING}."
            )
        if isinstance(error, DataError | IntegrityError | ProgrammingError):
            return error
        return StoreError(
            f"The register in {self._place} can't be used ({_told(error)}): see that the server "
            f"runs, can be reached and has room, or mend {SETTING}."
        )


class Postings:
    """An index of words in tables: for each word and paper the texts that hold it, and their count.

    Words are as they were written, separated by spaces. FTS5 makes the same of them, since those
    of this project are of small letters, digits and points.
    """

    def __init__(self, connection: Postgres, table: WordTable) -> None:
        self._connection = connection
        self._table = table
        self._packed = f"{table.name}_packed"
        self._posting = f"{table.name}_posting"
        self._counted = f"{table.name}_counted"
        self._hidden = f"{table.of}_hidden"
        self.indexed = f"SELECT rowid AS id FROM main.{table.name}"

    def make(self) -> None:
        """The texts, the postings packed by word and paper, a view that unpacks them, and counts.

        An index of format 6 hasn't counted yet.
        """
        name, text = self._table.name, self._connection.types.text
        columns = ", ".join(f"{column} {text} NOT NULL" for column in self._table.columns)
        if not self.exists():
            for statement in (
                f"CREATE TABLE {name} (rowid BIGINT PRIMARY KEY REFERENCES {self._table.of} "
                f"ON DELETE CASCADE, {columns}, length INTEGER NOT NULL)",
                f"CREATE TABLE {self._packed} (word {text} NOT NULL, "
                f"paper {text} NOT NULL REFERENCES paper ON DELETE CASCADE, ids BIGINT[] NOT NULL, "
                "hits REAL[] NOT NULL, lengths INTEGER[] NOT NULL, PRIMARY KEY (word, paper))",
                f"CREATE INDEX {self._packed}_paper ON {self._packed} (paper)",
                f"CREATE VIEW {self._posting} AS SELECT word, one.id, one.hits, one.length "
                f"FROM {self._packed}, unnest(ids, hits, lengths) AS one (id, hits, length)",
            ):
                self._connection.execute(statement)
        if not self._connection.has_table(self._counted):
            self._connection.execute(f"CREATE INDEX {name}_length ON main.{name} (length)")
            self._connection.execute(
                f"CREATE TABLE {self._counted} (word {text} PRIMARY KEY, texts BIGINT NOT NULL)"
            )
            self.count_all()

    def exists(self) -> bool:
        """Whether the index is there."""
        return self._connection.has_table(self._table.name)

    def renew(self) -> None:
        """Every text out; the tables stay, for others' views stand on them."""
        self.make()
        self.clear()

    def clear(self) -> None:
        """Every text."""
        for name in (self._packed, self._counted, self._table.name):
            self._connection.execute(f"DELETE FROM main.{name}")

    def add(self, rows: Sequence[tuple[int, str, tuple[str, ...]]]) -> None:
        """The words of texts, with how much they weigh in each, as the columns do."""
        marks = ", ".join("?" * (len(self._table.columns) + 2))
        self._connection.executemany(
            f"INSERT INTO main.{self._table.name} VALUES ({marks})", map(self.text_row, rows)
        )
        packed = list(self.packed(rows))
        self._connection.executemany(
            f"INSERT INTO main.{self._packed} AS p VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (word, paper) DO UPDATE SET ids = p.ids || excluded.ids, "
            "hits = p.hits || excluded.hits, lengths = p.lengths || excluded.lengths",
            packed,
        )
        held: dict[str, int] = defaultdict(int)
        for word, _, ids, *_ in packed:
            held[word] += len(ids)
        self._connection.execute(
            f"INSERT INTO main.{self._counted} AS c SELECT * FROM unnest(?::text[], ?::bigint[]) "
            "ON CONFLICT (word) DO UPDATE SET texts = c.texts + excluded.texts",
            (list(held), list(held.values())),
        )

    def count_all(self) -> None:
        """Counts anew how many texts hold each word."""
        self._connection.execute(f"DELETE FROM main.{self._counted}")
        self._connection.execute(
            f"INSERT INTO main.{self._counted} "
            f"SELECT word, sum(cardinality(ids)) FROM main.{self._packed} GROUP BY word"
        )

    def text_row(self, text: tuple[int, str, tuple[str, ...]]) -> tuple[object, ...]:
        """A text, (id, paper, columns), as it is kept: with how many words it has."""
        number, _, columns = text
        return number, *columns, sum(len(column.split()) for column in columns)

    def packed(
        self, texts: Iterable[tuple[int, str, tuple[str, ...]]]
    ) -> Iterator[tuple[str, str, list[int], list[float], list[int]]]:
        """The postings of texts, a row for each word and paper."""
        postings: dict[tuple[str, str], list[tuple[int, float, int]]] = defaultdict(list)
        for number, paper, columns in texts:
            hits: dict[str, float] = defaultdict(float)
            length = 0
            for text, weight in zip(columns, self._table.weights, strict=True):
                words = text.split()
                length += len(words)
                for word in words:
                    hits[word] += weight
            for word, weighed in hits.items():
                postings[word, paper].append((number, weighed, length))
        for (word, paper), held in postings.items():
            ids, weights, lengths = map(list, zip(*held, strict=True))
            yield word, paper, ids, weights, lengths

    def forget(self, paper: str) -> None:
        """A paper's texts."""
        self._connection.execute(
            f"WITH gone AS (DELETE FROM main.{self._packed} WHERE paper = ? "
            "RETURNING word, cardinality(ids) AS texts) "
            f"UPDATE main.{self._counted} AS c SET texts = c.texts - gone.texts "
            "FROM gone WHERE gone.word = c.word",
            (paper,),
        )
        self._connection.execute(
            f"DELETE FROM main.{self._table.name} WHERE rowid IN "
            f"(SELECT id FROM main.{self._table.of} WHERE paper = ?)",
            (paper,),
        )

    def sweep(self, *, begin: bool) -> bool:
        """Drops the words that no text holds any more, all at once."""
        self._connection.execute(f"DELETE FROM main.{self._counted} WHERE texts <= 0")
        return True

    def narrow(self) -> None:
        """Nothing: what is hidden is left out as it is asked."""

    def fault(self) -> str:
        """Texts whose words aren't all there, or words that are counted wrongly."""
        held = f"SELECT id FROM main.{self._posting} GROUP BY id"
        lacking = (
            f"SELECT count(*) FROM main.{self._table.name} AS text "
            f"LEFT JOIN ({held}) AS posting ON posting.id = text.rowid "
            "WHERE length > 0 AND posting.id IS NULL"
        )
        if count := self._connection.execute(lacking).fetchone()[0]:
            return f"{count} texts are in it without their words"
        summed = f"SELECT word, sum(cardinality(ids)) AS texts FROM main.{self._packed} GROUP BY 1"
        amiss = (
            f"SELECT count(*) FROM (SELECT * FROM main.{self._counted} WHERE texts > 0) AS c "
            f"FULL JOIN ({summed}) AS s USING (word) WHERE c.texts IS DISTINCT FROM s.texts"
        )
        count = self._connection.execute(amiss).fetchone()[0]
        return f"{count} words of it are counted wrongly" if count else ""

    def matching(
        self, groups: Groups, asking: Asking, near: Near | None = None
    ) -> tuple[str, tuple[object, ...]]:
        """Texts with at least one word of each group, by the formula of FTS5's bm25, k1 1.2, b .75.

        The terms of the sum are added in the order of the words, so that equal texts score equal.
        """
        asked = [(part, word) for part, group in enumerate(groups) for word in group]
        held, average = self._size(asking)
        counts = self.counts([word for _, word in asked], asking)
        rarities = [rarity(held, counts[word]) for _, word in asked]
        where, values = self._where(near, asking)
        source = (
            "(SELECT one.id, sum(a.rarity * ((one.hits * 2.2::float8) / (one.hits + 1.2::float8 * "
            "(0.25::float8 + 0.75::float8 * one.length / ?::float8))) ORDER BY a.n) AS score "
            "FROM unnest(?::int[], ?::int[], ?::text[], ?::float8[]) AS a (n, part, word, rarity), "
            f"main.{self._packed} AS p, "
            "unnest(p.ids, p.hits, p.lengths) AS one (id, hits, length) "
            f"WHERE {where} GROUP BY one.id HAVING count(DISTINCT a.part) = ?::int)"
        )
        parts, words = [part for part, _ in asked], [word for _, word in asked]
        numbers = list(range(len(asked)))
        return source, (average, numbers, parts, words, rarities, *values, len(groups))

    def holding(
        self, groups: Groups, asking: Asking, near: Near | None = None
    ) -> tuple[str, tuple[object, ...]]:
        """The same texts."""
        where, values = self._where(near, asking)
        source = (
            f"(SELECT one.id FROM unnest(?::int[], ?::text[]) AS a (part, word), "
            f"main.{self._packed} AS p, unnest(p.ids) AS one (id) "
            f"WHERE {where} GROUP BY one.id HAVING count(DISTINCT a.part) = ?::int)"
        )
        parts = [part for part, group in enumerate(groups) for _ in group]
        words = [word for group in groups for word in group]
        return source, (parts, words, *values, len(groups))

    def _where(self, near: Near | None, asking: Asking) -> tuple[str, tuple[object, ...]]:
        """Which postings are looked at, of words `a.word`."""
        conditions, values = ["p.word = a.word"], []
        if near and (papers := self._papers(near, asking)) is not None:
            conditions.append("p.paper = ANY(?::text[])")
            values.append(papers)
        if self._connection.limited:
            conditions.append(
                f"(p.paper NOT IN (SELECT paper FROM {self._hidden}) "
                f"OR one.id NOT IN (SELECT id FROM {self._hidden}))"
            )
        return " AND ".join(conditions), tuple(values)

    def counts(self, words: Sequence[str], asking: Asking) -> dict[str, int]:
        """How many texts hold each word."""
        known: dict[str, int] = asking.cached(f"{self._table.name} counted", dict)
        if missing := [word for word in dict.fromkeys(words) if word not in known]:
            held: dict[str, int] = dict.fromkeys(missing, 0)
            query = f"SELECT word, texts FROM main.{self._counted} WHERE word = ANY(?)"
            held.update(asking.rows(query, (missing,)))
            if self._connection.limited:
                hidden = (
                    f"SELECT word, count(*) FROM main.{self._packed} AS p, unnest(ids) AS one (id) "
                    f"WHERE word = ANY(?) AND paper IN (SELECT paper FROM {self._hidden}) "
                    f"AND one.id IN (SELECT id FROM {self._hidden}) GROUP BY word"
                )
                for word, count in asking.rows(hidden, (missing,)):
                    held[word] -= count
            known.update(held)
        return {word: known[word] for word in words}

    def beginning(self, letter: str, asking: Asking) -> list[str]:
        """The words that begin with a letter."""
        query = f"SELECT word FROM main.{self._counted} WHERE word >= ? AND word < ? AND texts > 0"
        words = [word for (word,) in asking.rows(query, (letter, chr(ord(letter) + 1)))]
        if not self._connection.limited:
            return words
        return [word for word, count in self.counts(words, asking).items() if count]

    def _papers(self, near: Near, asking: Asking) -> list[str] | None:
        """The papers that texts are near in, where they are few enough to be named."""

        def read(near: Near) -> list[str] | None:
            query = f"SELECT DISTINCT paper FROM ({near.papers}) AS near LIMIT ?"
            rows = asking.rows(query, (*near.values, _FEW + 1))
            return [paper for (paper,) in rows] if len(rows) <= _FEW else None

        kept: Kept[Near, list[str] | None] = asking.cached(
            f"{self._table.name} near", lambda: Kept(_NEAR)
        )
        return kept.get(near, read)

    def _size(self, asking: Asking) -> tuple[int, float]:
        """How many texts there are, and how long they are in the mean."""

        def work() -> tuple[int, float]:
            query = (
                f"SELECT count(*), coalesce(sum(length), 0)::float8 FROM main.{self._table.name}"
            )
            count, length = asking.rows(query)[0]
            if self._connection.limited:
                seen = f"{query} WHERE rowid IN (SELECT id FROM {self._hidden})"
                hidden, words = asking.rows(seen)[0]
                count, length = count - hidden, length - words
            return count, length / count if count else 1.0

        return asking.cached(f"{self._table.name} sized", work)


@lru_cache(maxsize=1_000)
def _marked(statement: str) -> str:
    return statement.replace("?", "%s")


@lru_cache(maxsize=1_000)
def _gathered(statement: str) -> tuple[str, tuple[int, ...]]:
    """The statement with each long list of marks as one, and how many values each mark takes.

    A thousand marks take longer to be read, by the driver and by the server, than to be found.
    """
    takes: list[int] = []

    def gather(found: re.Match[str]) -> str:
        count = found.group().count("?")
        if count == 1 or count >= _MANY:
            takes.append(count)
            return found.group() if count == 1 else "= ANY(?)"
        takes.extend([1] * count)
        return found.group()

    return _LISTED.sub(gather, statement), tuple(takes)


def _run_gathered(session: Session, statement: str, values: Sequence[Any]) -> _Fetched:
    if len(values) < _MANY:
        return _run(session, statement, tuple(values) or None)
    gathered, takes = _gathered(statement)
    rest = iter(values)
    return _run(
        session,
        gathered,
        tuple(next(rest) if count == 1 else list(islice(rest, count)) for count in takes),
    )


def _run(session: Session, statement: str, values: Any) -> _Fetched:
    result: CursorResult[Any] = session.exec_driver_sql(_marked(statement), values)
    # The driver's own rows: SQLAlchemy's take longer than all else that is done with them.
    rows = result.cursor.fetchall() if result.returns_rows and result.cursor else []
    return _Fetched(result.rowcount, list(rows))


def driver_errors() -> type[Exception]:
    """What the driver itself raises, where it is asked directly."""
    import psycopg

    return psycopg.Error


def _told(error: DBAPIError) -> str:
    """The server's or driver's reason, in one line."""
    lines = [line.strip() for line in str(error.orig).splitlines() if line.strip()]
    return lines[0].rstrip(".") if lines else type(error.orig).__name__


@cache
def _address(url: str) -> URL:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url).set(drivername=_DRIVER)
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            f"{SETTING} can't be understood: set it to an address such as {_EXAMPLE}; signs such "
            "as @ and / in a password are written as %40 and %2F."
        ) from error


@cache
def _engine(url: str) -> Engine:
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    address = _address(url)
    given = {name: value for name, value in _CONNECTING.items() if name not in address.query}
    return create_engine(
        address,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        use_native_hstore=False,
        connect_args={**given, "prepare_threshold": None, "cursor_factory": _binary_cursor},
    )


def _binary_cursor(*connection: Any, **given: Any) -> Cursor[Any]:
    """A cursor whose rows come as the server keeps them: vectors in a third of the time."""
    from psycopg import Cursor
    from psycopg.pq import Format

    cursor: Cursor[Any] = Cursor(*connection, **given)
    cursor.format = Format.BINARY
    return cursor
