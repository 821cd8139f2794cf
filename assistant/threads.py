"""Conversations and what people thought of the answers, kept in one file beside the papers.

A thread belongs to the browser that began it (`owner`); who has its id, as in a link, may read it.
The file is SQLite; every change is one transaction.
"""

import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Turn
from assistant.conversation import Conversation
from ingest.codec import decode, encode
from ingest.errors import BoardPapersError, StoreError

_FILE = "threads.sqlite3"
_VERSION = 1
_PATIENCE = 5.0
_LONGEST_TITLE = 80
_COLUMNS = "id, owner, sight, title, changed"
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS thread (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, sight TEXT NOT NULL, title TEXT NOT NULL,
    changed TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS thread_owner ON thread (owner, changed);
CREATE TABLE IF NOT EXISTS turn (
    thread TEXT NOT NULL REFERENCES thread ON DELETE CASCADE,
    number INTEGER NOT NULL,
    answer TEXT NOT NULL,
    verdict TEXT,
    reason TEXT,
    PRIMARY KEY (thread, number)
);
PRAGMA user_version = {_VERSION};
COMMIT;
"""


class UnknownThread(BoardPapersError):
    """No conversation of that id is kept."""


class Verdict(StrEnum):
    """What a person thought of an answer."""

    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation, without what was said; `changed` is when it was last added to, in UTC.

    `sight` is what who asked could see of the papers: to who sees other things it isn't shown.
    """

    id: str
    owner: str
    sight: str
    title: str
    changed: datetime


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person thought of one answer, and why; `history` is what went before it."""

    thread: str
    number: int
    verdict: Verdict
    reason: str
    answer: Answer
    history: tuple[Turn, ...] = ()


class Threads:
    """The conversations kept in one store's folder. Safe to share between threads."""

    def __init__(self, directory: Path) -> None:
        """Opens the file, made if need be; raises StoreError where that can't be done."""
        self._file = directory / _FILE
        self._lock = threading.Lock()
        with self._named_errors():
            self._connection = sqlite3.connect(
                self._file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
            )
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA secure_delete = ON")
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._prepare()

    @staticmethod
    def kept_in(directory: Path) -> bool:
        """Whether any conversations are kept in a folder."""
        return (directory / _FILE).is_file()

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._connection.close()

    def of(self, owner: str, sight: str) -> tuple[Thread, ...]:
        """An owner's conversations held with that sight, the last changed first."""
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM thread WHERE owner = ? AND sight = ? ORDER BY changed DESC",
            owner,
            sight,
        )
        return tuple(_thread(row) for row in rows)

    def get(self, thread_id: str, sight: str) -> Thread:
        """One conversation's name and owner; raises UnknownThread, for another sight too."""
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM thread WHERE id = ? AND sight = ?", thread_id, sight
        )
        if not rows:
            raise UnknownThread(
                "This conversation isn't kept any more: it may have been deleted. Start a new one."
            )
        return _thread(rows[0])

    def conversation(self, thread_id: str) -> Conversation:
        """What was asked and answered; nothing in a conversation that isn't kept."""
        rows = self._rows("SELECT answer FROM turn WHERE thread = ? ORDER BY number", thread_id)
        return Conversation(tuple(decode(Answer, body) for (body,) in rows))

    def begin(self, owner: str, sight: str, first_question: str, now: datetime) -> Thread:
        """A new conversation, named by its first question."""
        thread = Thread(secrets.token_urlsafe(12), owner, sight, _title(first_question), now)
        with self._writing() as connection:
            _insert(connection, thread)
        return thread

    def copy(self, thread: Thread, owner: str, now: datetime) -> Thread:
        """Another's conversation as one's own, to go on with."""
        copy = Thread(secrets.token_urlsafe(12), owner, thread.sight, thread.title, now)
        with self._writing() as connection:
            _insert(connection, copy)
            connection.execute(
                "INSERT INTO turn (thread, number, answer) "
                "SELECT ?, number, answer FROM turn WHERE thread = ?",
                (copy.id, thread.id),
            )
        return copy

    def add(self, thread_id: str, answer: Answer, now: datetime) -> None:
        """Adds an answer, which holds its question; raises UnknownThread."""
        with self._writing() as connection:
            row = connection.execute(
                "UPDATE thread SET changed = ? WHERE id = ?", (_stamp(now), thread_id)
            )
            if not row.rowcount:
                raise UnknownThread("This conversation was deleted meanwhile: start a new one.")
            connection.execute(
                "INSERT INTO turn (thread, number, answer) SELECT ?, count(*), ? FROM turn "
                "WHERE thread = ?",
                (thread_id, encode(answer), thread_id),
            )

    def rename(self, thread_id: str, title: str) -> None:
        """Gives a conversation another name."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE thread SET title = ? WHERE id = ?", (_title(title), thread_id)
            )

    def delete(self, thread_id: str) -> None:
        """Forgets a conversation and what was thought of it."""
        with self._writing() as connection:
            connection.execute("DELETE FROM thread WHERE id = ?", (thread_id,))
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def forget_older(self, before: datetime) -> int:
        """Forgets the conversations that nothing was added to since a moment; how many."""
        return self._forget("changed < ?", _stamp(before))

    def forget_of(self, owner: str) -> int:
        """Forgets all conversations of a person, with what they thought of them; how many."""
        return self._forget("owner = ?", owner)

    def forget_verdicts(self, before: datetime) -> int:
        """Forgets what was thought of answers in conversations not added to since; how many."""
        with self._writing() as connection:
            count = connection.execute(
                "UPDATE turn SET verdict = NULL, reason = NULL WHERE verdict IS NOT NULL "
                "AND thread IN (SELECT id FROM thread WHERE changed < ?)",
                (_stamp(before),),
            ).rowcount
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return count

    def _forget(self, which: str, value: str) -> int:
        with self._writing() as connection:
            count = connection.execute(f"DELETE FROM thread WHERE {which}", (value,)).rowcount
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return count

    def judge(self, thread_id: str, number: int, verdict: Verdict | None, reason: str = "") -> None:
        """Notes what a person thought of the answer of that number (from 0); None takes it back."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE turn SET verdict = ?, reason = ? WHERE thread = ? AND number = ?",
                (verdict.value if verdict else None, reason.strip(), thread_id, number),
            )

    def feedback(self, sight: str | None = None) -> tuple[Feedback, ...]:
        """Every answer that somebody has judged, thread by thread; with a sight, by those of it."""
        threads = self._rows(
            "SELECT DISTINCT thread FROM turn JOIN thread ON thread.id = turn.thread "
            "WHERE verdict IS NOT NULL AND ? IN (sight, '')",
            sight or "",
        )
        return tuple(f for (thread,) in sorted(threads) for f in self.judged(thread).values())

    def judged(self, thread_id: str) -> dict[int, Feedback]:
        """What was thought of a conversation's answers, by their numbers."""
        rows = self._rows(
            "SELECT number, verdict, reason FROM turn WHERE thread = ? AND verdict IS NOT NULL "
            "ORDER BY number",
            thread_id,
        )
        if not rows:
            return {}
        answers = self.conversation(thread_id).answers
        return {
            number: Feedback(
                thread_id, number, Verdict(verdict), reason or "", answers[number],
                Conversation(answers[:number]).history,
            )
            for number, verdict, reason in rows
        }  # fmt: skip

    def _prepare(self) -> None:
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            self._connection.executescript(_SCHEMA)
        elif version != _VERSION:
            raise StoreError(
                f"{self._file} has format {version}; this version reads format {_VERSION}. "
                "Use the version that made it, or delete the file."
            )

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock, self._named_errors():
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._named_errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"The conversations in {self._file} can't be used ({error}): "
                "check the disk and the folder's rights."
            ) from error


def _insert(connection: sqlite3.Connection, thread: Thread) -> None:
    values = (thread.id, thread.owner, thread.sight, thread.title, _stamp(thread.changed))
    connection.execute("INSERT INTO thread VALUES (?, ?, ?, ?, ?)", values)


def _thread(row: tuple[Any, ...]) -> Thread:
    return Thread(row[0], row[1], row[2], row[3], datetime.fromisoformat(row[4]))


def _stamp(when: datetime) -> str:
    return when.astimezone(UTC).isoformat()


def _title(words: str) -> str:
    title = " ".join(words.split()) or "Conversation"
    cut = title[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0]
    return title if len(title) <= _LONGEST_TITLE else f"{cut}…"
