"""The index of passages' words, and of the short names that they explain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.abbreviations import find_abbreviations
from ingest.database import Connection, WordTable
from ingest.derived import noted
from ingest.register import note
from ingest.rows import PaperRows
from ingest.schema import PASSAGE_WORDS, make_abbreviations
from ingest.words import Wording, indexed_text

_RULES = "wording"


@dataclass(frozen=True, slots=True)
class WordsIndex:
    """What passages are found by, as a wording has it."""

    wording: Wording
    name: str = "words"
    words: WordTable | None = PASSAGE_WORDS

    @property
    def version(self) -> str:
        """Which rules it is made by."""
        return self.wording.version

    def rules(self, connection: Connection) -> str | None:
        """Which rules it was made by."""
        return noted(connection, _RULES)

    def begin(self, connection: Connection) -> None:
        """Takes everything out, and notes its rules."""
        make_abbreviations(connection)
        connection.word_index(PASSAGE_WORDS).renew()
        connection.execute("DELETE FROM abbreviation")
        note(connection, _RULES, self.version)

    def is_complete(self, connection: Connection) -> bool:
        """Whether every passage's words are there."""
        indexed = connection.word_index(PASSAGE_WORDS).indexed
        counted = (
            f"SELECT (SELECT count(*) FROM main.passage) = (SELECT count(*) FROM ({indexed}) AS i)"
        )
        return bool(connection.execute(counted).fetchone()[0])

    def lacking(self, connection: Connection) -> Sequence[str]:
        """The papers with passages whose words aren't there."""
        lacking = (
            f"SELECT DISTINCT paper FROM passage WHERE {_unindexed(connection)} ORDER BY paper"
        )
        return [paper for (paper,) in connection.execute(lacking).fetchall()]

    def lacks(self, connection: Connection, paper: str) -> bool:
        """Whether words of a paper's passages aren't there."""
        lacking = f"SELECT 1 FROM passage WHERE paper = ? AND {_unindexed(connection)} LIMIT 1"
        return connection.execute(lacking, (paper,)).fetchone() is not None

    def take_in(self, connection: Connection, rows: PaperRows) -> None:
        """Works out the words of a paper's passages."""
        index = connection.word_index(PASSAGE_WORDS)
        index.forget(rows.paper)
        connection.execute(
            "DELETE FROM abbreviation WHERE id IN (SELECT id FROM passage WHERE paper = ?)",
            (rows.paper,),
        )
        texts: list[tuple[int, str, tuple[str, ...]]] = []
        named: list[tuple[int, str, str]] = []
        for row in rows.passages:
            text = indexed_text(row.value, self.wording)
            texts.append((row.id, rows.paper, (text.place, text.body, text.dates)))
            named += [(row.id, a.short, a.long) for a in find_abbreviations(row.value.text)]
        index.add(texts)
        connection.executemany("INSERT INTO abbreviation VALUES (?, ?, ?)", named)

    def forget(self, connection: Connection, paper: str) -> None:
        """Nothing: who may see a passage changes none of its words."""


def drop_words(connection: Connection) -> None:
    """Makes the index of words anew, empty: also where it is damaged."""
    connection.word_index(PASSAGE_WORDS).renew()
    connection.execute("DELETE FROM meta WHERE name = ?", (_RULES,))


def _unindexed(connection: Connection) -> str:
    """A condition on a passage: that it isn't in the index."""
    indexed = connection.word_index(PASSAGE_WORDS).indexed
    return f"NOT EXISTS (SELECT 1 FROM ({indexed}) AS i WHERE i.id = passage.id)"
