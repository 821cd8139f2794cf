"""The tables of a register, for either database."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.database import Connection, Types, WordTable

VALUES = ("decision", "table_", "observation", "attendee", "report")
"""Tables of what hangs on a paper, passages apart: each row is a value as JSON."""
HIDING = ("passage", "decision", "finding")
"""Tables from whose rows others are worked out."""

PASSAGE_WORDS = WordTable("passage_words", "passage", ("place", "body", "dates"), (0.5, 1.0, 1.0))
"""Words of headings count half: they stand over many passages."""
DECISION_WORDS = WordTable("decision_words", "decision", ("title", "body"), (2.0, 1.0))
"""A word of the title tells twice as much as one of the text."""
WORDS = (PASSAGE_WORDS, DECISION_WORDS)

_OF_PAPER = "paper {text} NOT NULL REFERENCES paper ON DELETE CASCADE"
_TOLD_OF_PAPER = """\
held {text},
    title {text} NOT NULL DEFAULT '',
    sha256 {text} NOT NULL DEFAULT '',
    unreadable INTEGER NOT NULL DEFAULT 0,
    exempt {text} NOT NULL DEFAULT '[]'"""
"""What a list of papers and a question's scope ask of the record, without reading it."""
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
    privacy INTEGER NOT NULL DEFAULT 0,
    {_TOLD_OF_PAPER}
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
CREATE INDEX IF NOT EXISTS passage_key ON passage (key)"""
_MEETINGS = """\
CREATE INDEX IF NOT EXISTS paper_meeting ON paper (council, committee, held, unreadable, privacy);
CREATE INDEX IF NOT EXISTS paper_exempt ON paper (council) WHERE exempt <> '[]';
CREATE INDEX IF NOT EXISTS passage_kinds ON passage (kinds, paper)"""
_VALUES = f"""\
CREATE TABLE IF NOT EXISTS {{0}} (
    id {{id}},
    {_OF_PAPER},
    body {{text}} NOT NULL,
    privacy INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS {{0}}_paper ON {{0}} (paper)"""
_PLACES = """\
ALTER TABLE observation ADD COLUMN start INTEGER NOT NULL DEFAULT 0;
DROP INDEX IF EXISTS main.observation_paper"""
"""Where observations stand, so that those of a row are found without reading the paper's."""
_COVERING = """\
DROP INDEX IF EXISTS main.passage_meeting;
CREATE INDEX passage_meeting ON passage (council, committee, held, privacy, paper, id);
DROP INDEX IF EXISTS main.observation_place;
CREATE INDEX observation_place ON observation (paper, start, privacy);
DROP INDEX IF EXISTS main.figure_word_word;
DROP INDEX IF EXISTS main.figure_word_spread;
CREATE INDEX figure_word_spread ON figure_word (word, part, number, privacy);
DROP INDEX IF EXISTS main.decision_index_meeting;
CREATE INDEX decision_index_meeting ON decision_index (council, committee, held, paper, id)"""
"""What is counted is read off an index alone, by those who may not see every row, too."""
_HIDDEN = """\
CREATE INDEX IF NOT EXISTS {0}_privacy ON {0} (privacy, paper, id) WHERE privacy > 0"""
"""What isn't public, found without reading what is."""
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
CREATE INDEX IF NOT EXISTS decision_index_place ON decision_index (paper, start)"""
_INDEXED = f"""\
CREATE TABLE IF NOT EXISTS indexed_paper (
    {_OF_PAPER},
    name {{text}} NOT NULL,
    PRIMARY KEY (paper, name)
)"""
"""Which papers each index has taken in (`ingest/derived.py`)."""
_MARKS = """\
CREATE TABLE IF NOT EXISTS passage_mark (
    id {number} NOT NULL REFERENCES passage ON DELETE CASCADE,
    kind {text} NOT NULL,
    mark {text} NOT NULL,
    said {text} NOT NULL
);
CREATE INDEX IF NOT EXISTS passage_mark_mark ON passage_mark (kind, mark, id);
CREATE INDEX IF NOT EXISTS passage_mark_id ON passage_mark (id)"""
_FIGURES = f"""\
CREATE TABLE IF NOT EXISTS figure_part (
    id {{id}},
    council {{text}} NOT NULL,
    area {{text}} NOT NULL,
    basis {{text}} NOT NULL
);
CREATE TABLE IF NOT EXISTS figure_line (
    id {{id}},
    {_OF_PAPER},
    privacy INTEGER NOT NULL,
    part {{number}} NOT NULL,
    unit {{text}} NOT NULL,
    members {{text}} NOT NULL,
    body {{text}} NOT NULL
);
CREATE INDEX IF NOT EXISTS figure_line_paper ON figure_line (paper);
CREATE INDEX IF NOT EXISTS figure_line_part ON figure_line (part, unit);
CREATE TABLE IF NOT EXISTS figure_word (
    {_OF_PAPER},
    privacy INTEGER NOT NULL,
    part {{number}} NOT NULL,
    word {{text}} NOT NULL,
    number INTEGER NOT NULL,
    lines {{bytes}} NOT NULL
);
CREATE INDEX IF NOT EXISTS figure_word_paper ON figure_word (paper);
CREATE INDEX IF NOT EXISTS figure_word_part ON figure_word (part, word);
CREATE TABLE IF NOT EXISTS finding (
    id {{id}},
    {_OF_PAPER},
    privacy INTEGER NOT NULL,
    said {{text}} NOT NULL,
    body {{text}} NOT NULL
);
CREATE INDEX IF NOT EXISTS finding_paper ON finding (paper);
CREATE TABLE IF NOT EXISTS finding_place (
    id {{number}} NOT NULL REFERENCES finding ON DELETE CASCADE,
    paper {{text}} NOT NULL,
    start INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS finding_place_place ON finding_place (paper, start);
CREATE INDEX IF NOT EXISTS finding_place_id ON finding_place (id)"""
_ORIGINALS = """\
CREATE TABLE IF NOT EXISTS original (sha256 {text} PRIMARY KEY, body {bytes} NOT NULL)"""


def make_register(connection: Connection) -> None:
    """Makes every table, in the transaction under way; "if need be", for two may do it at once."""
    connection.make_ready()
    _make(connection, _PAPERS)
    for name in VALUES:
        _make(connection, _VALUES, name)
    _make(connection, _PLACES)
    make_private(connection)
    make_vectors(connection)
    make_abbreviations(connection)
    make_decided(connection)
    make_indexes(connection)
    connection.word_index(PASSAGE_WORDS).make()
    cover(connection)
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


def make_indexes(connection: Connection) -> None:
    """What figures, marks and meetings are found by, without reading every row."""
    for schema in (_MEETINGS, _INDEXED, _MARKS, _FIGURES):
        _make(connection, schema)


def tell_places(connection: Connection) -> None:
    """Adds to a register of format 5 where observations stand."""
    _make(connection, _PLACES)


def cover(connection: Connection) -> None:
    """Makes the indexes that tell what is hidden, and of what isn't how much there is."""
    _make(connection, _COVERING)
    for name in HIDING:
        _make(connection, _HIDDEN, name)


def tell_of_papers(connection: Connection) -> None:
    """Adds to a register of format 4 the columns that tell of papers."""
    for column in _TOLD_OF_PAPER.format(text=connection.types.text).split(","):
        connection.execute(f"ALTER TABLE paper ADD COLUMN {column.strip()}")


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
