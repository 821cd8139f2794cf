"""The tables of a register, for either database."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.database import Connection, Types, WordTable

VALUES = ("decision", "table_", "observation", "attendee", "report")
"""Tables of what hangs on a paper, passages apart: each row is a value as JSON."""

PASSAGE_WORDS = WordTable("passage_words", "passage", ("place", "body", "dates"), (0.5, 1.0, 1.0))
"""Words of headings count half: they stand over many passages."""
DECISION_WORDS = WordTable("decision_words", "decision", ("title", "body"), (2.0, 1.0))
"""A word of the title tells twice as much as one of the text."""

_OF_PAPER = "paper {text} NOT NULL REFERENCES paper ON DELETE CASCADE"
_PAPERS = f"""\
CREATE TABLE IF NOT EXISTS meta (name {{text}} PRIMARY KEY, value {{text}} NOT NULL);
CREATE TABLE IF NOT EXISTS paper (
    id {{text}} PRIMARY KEY,
    record {{text}} NOT NULL,
    text {{text}} NOT NULL,
    pages {{text}} NOT NULL,
    embedded {{flag}} NOT NULL,
    council {{text}},
    committee {{text}},
    privacy INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS passage (
    id {{id}},
    {_OF_PAPER},
    key {{text}} NOT NULL,
    council {{text}},
    committee {{text}},
    held {{text}},
    start INTEGER NOT NULL,
    finish INTEGER NOT NULL,
    decides {{text}} NOT NULL,
    body {{text}} NOT NULL,
    privacy INTEGER NOT NULL DEFAULT 0,
    kinds {{text}} NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS passage_paper ON passage (paper, finish);
CREATE INDEX IF NOT EXISTS passage_key ON passage (key);
CREATE INDEX IF NOT EXISTS passage_meeting ON passage (council, committee, held)"""
_VALUES = f"""\
CREATE TABLE IF NOT EXISTS {{0}} (
    id {{id}},
    {_OF_PAPER},
    body {{text}} NOT NULL,
    privacy INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS {{0}}_paper ON {{0}} (paper)"""
_KEPT_VECTORS = """\
CREATE TABLE IF NOT EXISTS passage_vector (
    id {number} PRIMARY KEY REFERENCES passage ON DELETE CASCADE,
    vector {bytes} NOT NULL
)"""
_ABBREVIATIONS = """\
CREATE TABLE IF NOT EXISTS abbreviation (
    id {number} NOT NULL REFERENCES passage ON DELETE CASCADE,
    short {text} NOT NULL,
    long {text} NOT NULL
);
CREATE INDEX IF NOT EXISTS abbreviation_id ON abbreviation (id)"""
_PRIVATE = f"""\
CREATE TABLE IF NOT EXISTS restriction (
    id {{id}},
    {_OF_PAPER},
    start INTEGER NOT NULL,
    finish INTEGER NOT NULL,
    privacy INTEGER NOT NULL,
    title {{text}} NOT NULL,
    reason {{text}} NOT NULL
);
CREATE INDEX IF NOT EXISTS restriction_paper ON restriction (paper);
CREATE TABLE IF NOT EXISTS ruling (
    id {{id}},
    paper {{text}} NOT NULL,
    sha256 {{text}} NOT NULL,
    start INTEGER NOT NULL,
    finish INTEGER NOT NULL,
    privacy INTEGER NOT NULL,
    title {{text}} NOT NULL,
    ruled_by {{text}} NOT NULL,
    ruled_at {{text}} NOT NULL
)"""
_DECIDED = """\
CREATE TABLE IF NOT EXISTS decision_index (
    id {number} PRIMARY KEY REFERENCES decision ON DELETE CASCADE,
    paper {text} NOT NULL,
    start INTEGER NOT NULL,
    finish INTEGER NOT NULL,
    kind {text} NOT NULL,
    council {text},
    committee {text},
    held {text},
    meeting {text} NOT NULL,
    outcomes {text} NOT NULL,
    owner {text} NOT NULL
);
CREATE INDEX IF NOT EXISTS decision_index_meeting ON decision_index (council, committee, held);
CREATE INDEX IF NOT EXISTS decision_index_place ON decision_index (paper, start)"""
_ORIGINALS = """\
CREATE TABLE IF NOT EXISTS original (sha256 {text} PRIMARY KEY, body {bytes} NOT NULL)"""


def make_register(connection: Connection) -> None:
    """Makes every table, in the transaction under way; "if need be", for two may do it at once."""
    connection.make_ready()
    _make(connection, _PAPERS)
    for name in VALUES:
        _make(connection, _VALUES, name)
    make_private(connection)
    make_vectors(connection)
    make_abbreviations(connection)
    make_decided(connection)
    connection.word_index(PASSAGE_WORDS).make()
    if connection.shared:
        _make(connection, _ORIGINALS)


def make_private(connection: Connection) -> None:
    """What is held back of a paper, and what officers decided about the same bytes."""
    _make(connection, _PRIVATE)


def make_vectors(connection: Connection) -> None:
    """Worked out from Chroma where it is missing, so it may be lacking in a store of format 2."""
    _make(connection, _KEPT_VECTORS)


def make_abbreviations(connection: Connection) -> None:
    """Filled with the index of words, so it may be lacking in a store of format 2."""
    _make(connection, _ABBREVIATIONS)


def make_decided(connection: Connection) -> None:
    """The index of decisions, which may be lacking too."""
    _make(connection, _DECIDED)
    connection.word_index(DECISION_WORDS).make()


def _make(connection: Connection, schema: str, name: str = "") -> None:
    for statement in _statements(schema, connection.types, name):
        connection.execute(statement)


def _statements(schema: str, types: Types, name: str) -> Iterator[str]:
    """One by one: SQLite would end the transaction before a script."""
    for statement in schema.split(";\n"):
        yield statement.format(
            name,
            id=types.id,
            number=types.number,
            flag=types.flag,
            text=types.text,
            bytes=types.bytes,
        )
