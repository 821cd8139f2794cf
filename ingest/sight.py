"""Who may see what of a store: held at the connection, below every query.

A reader that may not see everything gets a connection on which views of its own stand before the
register's tables, under the same names. Whatever asks the store (search, lists, calculations,
suggestions, the words of errors) asks these, so that nothing can forget to ask first.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from ingest.model import Privacy

VALUES = ("passage", "decision", "table_", "observation", "attendee", "report")
"""Tables of what hangs on a paper; each row says how private it is."""

DERIVED = {"passage_vector": "passage", "abbreviation": "passage", "decision_index": "decision"}
"""Tables worked out from a value's rows, under the same ids."""

_BLANK = " "


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


def limit(connection: sqlite3.Connection, sight: Sight) -> None:
    """Puts a reader's views before the tables of a fresh connection."""
    if sight.is_whole:
        return
    connection.create_function("blanked", 2, _blanked, deterministic=True)
    allowed = _allowed(sight)
    for table in VALUES:
        connection.execute(
            f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} AS held WHERE {allowed}"
        )
    for derived, whole in DERIVED.items():
        connection.execute(
            f"CREATE TEMP VIEW {derived} AS SELECT * FROM main.{derived} "
            f"WHERE id IN (SELECT id FROM {whole})"
        )
    spans = (
        "SELECT group_concat(held.start || ' ' || held.finish) FROM main.restriction AS held "
        f"WHERE held.paper = whole.id AND held.privacy > 0 AND NOT ({allowed})"
    )
    own = allowed.replace("held.paper", "held.id")
    connection.execute(
        "CREATE TEMP VIEW paper AS SELECT id, record, pages, embedded, committee, council, privacy,"
        f" blanked(text, ({spans})) AS text FROM main.paper AS whole WHERE "
        f"EXISTS (SELECT 1 FROM main.paper AS held WHERE held.id = whole.id AND {own})"
    )
    connection.execute(
        f"CREATE TEMP VIEW restriction AS SELECT * FROM main.restriction AS held WHERE {allowed}"
    )
    connection.execute("CREATE TEMP VIEW ruling AS SELECT * FROM main.ruling WHERE 0")


def copy_words(connection: sqlite3.Connection) -> None:
    """Gives a limited connection an index of words over what it sees, and no more.

    Else the weights of words, and which words there are, would tell of what is hidden.
    """
    connection.execute("DROP TABLE IF EXISTS temp.passage_vocabulary")
    if _copied(connection, "passage_words", "passage"):
        connection.execute(
            "CREATE VIRTUAL TABLE temp.passage_vocabulary "
            "USING fts5vocab ('temp', passage_words, 'row')"
        )


def copy_decision_words(connection: sqlite3.Connection) -> None:
    """The same for the words of decisions."""
    _copied(connection, "decision_words", "decision")


def _copied(connection: sqlite3.Connection, words: str, values: str) -> bool:
    """Whether a limited connection needs, and now has, an index of its own."""
    connection.execute(f"DROP TABLE IF EXISTS temp.{words}")
    hides = f"SELECT (SELECT count(*) FROM main.{values}) > (SELECT count(*) FROM {values})"
    if not connection.execute(hides).fetchone()[0]:
        return False
    made = connection.execute(
        "SELECT sql FROM main.sqlite_master WHERE name = ?", (words,)
    ).fetchone()[0]
    connection.execute(made.replace(words, f"temp.{words}", 1))
    columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({words})"))
    connection.execute(
        f"INSERT INTO temp.{words} (rowid, {columns}) SELECT rowid, {columns} "
        f"FROM main.{words} WHERE rowid IN (SELECT id FROM {values})"
    )
    return True


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


def _blanked(text: str, spans: str | None) -> str:
    """The text with stretches in white: every other character stays where it was."""
    for span in (spans or "").split(",") if spans else ():
        start, end = map(int, span.split())
        white = "".join(c if c == "\n" else _BLANK for c in text[start:end])
        text = text[:start] + white + text[end:]
    return text
