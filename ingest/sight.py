"""Who may see what of a store: held at the connection, below every query.

A reader that may not see everything gets a connection on which views of its own stand before the
register's tables, under the same names. Whatever asks the store (search, lists, calculations,
suggestions, the words of errors) asks these, so that nothing can forget to ask first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.database import Connection
from ingest.model import Privacy
from ingest.schema import HIDING, WORDS

VALUES = (
    "passage", "decision", "table_", "observation", "attendee", "report",
    "figure_line", "figure_word", "finding",
)  # fmt: skip
"""Tables of what hangs on a paper; each row says how private it is."""

DERIVED = {
    "passage_vector": ("id", "passage"),
    "abbreviation": ("id", "passage"),
    "passage_mark": ("id", "passage"),
    "finding_place": ("id", "finding"),
    "decision_index": ("id", "decision"),
}
"""Tables worked out from a value's rows, by the column with the ids of those."""


@dataclass(frozen=True, slots=True, order=True)
class Committee:
    """A committee of a council, by their full names."""

    council: str
    name: str


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reader may see: papers up to `privacy`, and exempt ones of its own committees."""

    privacy: Privacy = Privacy.PUBLIC
    committees: frozenset[Committee] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is hidden from it."""
        return self.privacy is Privacy.CONFIDENTIAL


PUBLIC = Sight()
EVERYTHING = Sight(Privacy.CONFIDENTIAL)


def limit(connection: Connection, sight: Sight) -> None:
    """Puts a reader's views before the tables of a fresh connection."""
    if not sight.is_whole:
        connection.always(tuple(_views(connection, sight)))


def _views(connection: Connection, sight: Sight) -> Iterator[str]:
    allowed = _allowed(sight)
    for table in VALUES:
        yield f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} AS held WHERE {allowed}"
    for table in HIDING:
        # The first condition says what the second implies, for an index holds only those rows.
        yield (
            f"CREATE TEMP VIEW {table}_hidden AS SELECT id, paper FROM main.{table} AS held "
            f"WHERE privacy > 0 AND NOT ({allowed})"
        )
    derived = {table: ("*", *told) for table, told in {**DERIVED, **connection.derived}.items()}
    texts = {w.name: (", ".join(("rowid", *w.columns)), "rowid", w.of) for w in WORDS}
    for table, (columns, column, whole) in {**derived, **texts}.items():
        yield (
            f"CREATE TEMP VIEW {table} AS SELECT {columns} FROM main.{table} "
            f"WHERE {column} NOT IN (SELECT id FROM {whole}_hidden)"
        )
    spans = (
        "SELECT group_concat(held.start || ' ' || held.finish) FROM main.restriction AS held "
        f"WHERE held.paper = whole.id AND held.privacy > 0 AND NOT ({allowed})"
    )
    own = allowed.replace("held.paper", "held.id")
    yield (
        "CREATE TEMP VIEW paper AS SELECT id, record, pages, embedded, committee, council, privacy,"
        " held, title, sha256, unreadable, exempt,"
        f" blanked(text, ({spans})) AS text FROM main.paper AS whole WHERE "
        f"EXISTS (SELECT 1 FROM main.paper AS held WHERE held.id = whole.id AND {own})"
    )
    yield f"CREATE TEMP VIEW restriction AS SELECT * FROM main.restriction AS held WHERE {allowed}"
    yield "CREATE TEMP VIEW ruling AS SELECT * FROM main.ruling WHERE FALSE"
    if connection.shared:
        yield "CREATE TEMP VIEW original AS SELECT * FROM main.original WHERE FALSE"


def _allowed(sight: Sight) -> str:
    """The condition on a row `held` of a value's table."""
    open_to_all = f"held.privacy <= {int(sight.privacy)}"
    if not sight.committees or sight.privacy >= Privacy.EXEMPT:
        return open_to_all
    names = ", ".join(
        f"({_quoted(one.council)}, {_quoted(one.name)})" for one in sorted(sight.committees)
    )
    own = f"SELECT id FROM main.paper WHERE (council, committee) IN (VALUES {names})"
    return f"({open_to_all} OR (held.privacy = {int(Privacy.EXEMPT)} AND held.paper IN ({own})))"


def _quoted(text: str) -> str:
    return "'" + text.replace("\0", "").replace("'", "''") + "'"
