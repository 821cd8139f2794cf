"""What a register stands in, as its statements see it: SQLite in a folder, or PostgreSQL.

Statements are the same for both: plain SQL with `?` for values, every table in the schema `main`
(what SQLite calls a file's own tables). What can't be the same is a method here, and an index of
words is a :class:`WordIndex`. `ingest/sqlite.py` and `ingest/postgres.py` are the two.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from ingest.errors import StoreError

T = TypeVar("T")

Groups = Sequence[Sequence[str]]
"""Words to look for: at least one of each group."""


class Busy(StoreError):
    """Another process holds the lock."""


@dataclass(frozen=True, slots=True)
class Types:
    """What the types of columns are called; `id` numbers rows in the order they are added."""

    id: str
    number: str
    flag: str
    text: str
    bytes: str


@dataclass(frozen=True, slots=True)
class WordTable:
    """An index of words: its name, what its rows are of, its columns and how much each weighs."""

    name: str
    of: str
    columns: tuple[str, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Where the texts that are looked for stand: an index of words needn't look elsewhere.

    Their ids are between the first and the last, and `papers`, SQL with its values, names theirs.
    """

    first: int
    last: int
    papers: str
    values: tuple[object, ...]


class Rows(Protocol):
    """What a statement gave."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def fetchone(self) -> Any:
        """The next row; None after the last."""

    def fetchall(self) -> list[Any]:
        """The rows left."""

    def __iter__(self) -> Iterator[Any]:
        """The rows, one by one."""


class Asking(Protocol):
    """What a store lends to those who search it."""

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that the register gives, of those that may be seen."""

    def cached(self, name: str, load: Callable[[], T]) -> T:
        """What was loaded once, until the store changes."""


class WordIndex(Protocol):
    """An index of words over one connection; what it is asked is of what that may see.

    A score is BM25 as FTS5 reckons it, the higher the better.
    """

    indexed: str
    """SQL of the ids that are in the index, whoever may see them."""

    def make(self) -> None:
        """Makes its tables, where they aren't there."""

    def renew(self) -> None:
        """Makes it anew, empty: also where it is damaged, or was made by other rules."""

    def exists(self) -> bool:
        """Whether its tables are there."""

    def clear(self) -> None:
        """Takes everything out."""

    def add(self, rows: Sequence[tuple[int, str, tuple[str, ...]]]) -> None:
        """Adds texts, words separated by spaces, as (id, paper, a text for each column)."""

    def forget(self, paper: str) -> None:
        """Takes out a paper's texts, before the paper itself goes."""

    def sweep(self, *, begin: bool) -> bool:
        """Clears away a part of what is left of what was taken out; whether that was the last.

        `begin` says that what was taken out since the last time is to go too.
        """

    def fault(self) -> str:
        """What is damaged about it; empty where nothing is."""

    def narrow(self) -> None:
        """Sees to it that a connection with limited sight finds, and weighs by, no more.

        To be done anew once the store has changed.
        """

    def matching(
        self, groups: Groups, asking: Asking, near: Near | None = None
    ) -> tuple[str, tuple[object, ...]]:
        """A table of (id, score), as SQL to select from, with its values."""

    def holding(
        self, groups: Groups, asking: Asking, near: Near | None = None
    ) -> tuple[str, tuple[object, ...]]:
        """The ids alone, in the same way: nothing is weighed, which takes most of the time."""

    def counts(self, words: Sequence[str], asking: Asking) -> dict[str, int]:
        """How many texts hold each word."""

    def beginning(self, letter: str, asking: Asking) -> list[str]:
        """The words that texts hold and that begin with a letter."""


class Connection(Protocol):
    """An open register. Errors from outside become StoreError inside `named_errors`."""

    types: Types
    shared: bool
    """Whether several machines work on it: the files of papers are kept in it then."""
    derived: Mapping[str, tuple[str, str]]
    """Tables of its own that are worked out from others, by the column with those rows' ids."""

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Rows:
        """One statement."""

    def executemany(self, statement: str, values: Iterable[Sequence[Any]], /) -> Rows:
        """One statement for each of the values."""

    def close(self) -> None:
        """Lets go."""

    def named_errors(self) -> AbstractContextManager[None]:
        """Puts in words what may be met from outside; a bug stays one."""

    def always(self, statements: Sequence[str]) -> None:
        """Statements for this connection alone, carried out anew whenever it is opened again."""

    def begin_writing(self) -> None:
        """Begins a transaction of the only writer; raises Busy after a while."""

    def commit(self) -> None:
        """Ends a transaction: all of it lands, or none."""

    def rollback(self) -> None:
        """Ends a transaction: nothing of it lands."""

    def begin_moment(self) -> None:
        """What is read from here on is of one moment."""

    def end_moment(self) -> None:
        """Reading sees what is new again."""

    def changes(self) -> int:
        """A number that is another one once another connection has written; fixed in a moment."""

    def is_empty(self) -> bool:
        """Whether nothing was ever made here."""

    def format(self) -> int:
        """The number of the register's format; 0 where it has none."""

    def set_format(self, number: int) -> None:
        """Notes the format, in the transaction under way."""

    def make_ready(self) -> None:
        """Makes what has to be there before tables, in the transaction under way."""

    def has_table(self, name: str) -> bool:
        """Whether a table is there."""

    def word_index(self, table: WordTable) -> WordIndex:
        """An index of words."""

    def turn(self) -> AbstractContextManager[None]:
        """Keeps a second ingest away; raises Busy where one is under way."""

    def sweep(self) -> None:
        """Clears away, where it can be, what is left of rows that were deleted."""


class Place(Protocol):
    """Where a register is, as messages name it, and how it is opened."""

    @property
    def start_again(self) -> str:
        """What to do where only a new store will help, as the end of a sentence."""

    def connect(self) -> Connection:
        """An open register, made if need be; raises StoreError."""

    def __str__(self) -> str: ...


def rarity(texts: int, holding: int) -> float:
    """How much a word tells that so many of the texts hold, as FTS5's bm25 reckons it.

    Never nothing at all.
    """
    told = math.log((texts - holding + 0.5) / (holding + 0.5))
    return told if told > 0.0 else 1e-6


def make_folder(directory: Path) -> None:
    """Makes a store's folder, where it isn't there; raises StoreError."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The store {directory} can't be made ({error.strerror}): name another folder."
        ) from error


def located(directory: Path, place: Place | None) -> Place:
    """The place that was named, else the folder's own file."""
    if place is not None:
        return place
    from ingest.sqlite import Folder

    return Folder(directory)
