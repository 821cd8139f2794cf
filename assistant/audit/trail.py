"""Who asked what, when, and what was shown: appended to, chained by hashes, kept for so long.

An entry names papers and pages, never their words. Each entry's hash is of itself and of the one
before, so that none can be changed, taken out or put in between without the rest telling. With a
key (`BOARDPAPERS_AUDIT_KEY`) nobody without it can make the chain anew. That the newest entries
were cut off shows beside a head that was noted elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sqlite3
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType

from ingest.errors import BoardPapersError, StoreError

FILE = "audit.sqlite3"
_PATIENCE = 10.0
_START = "0" * 64
_FORGOTTEN = "(forgotten)"
_SCHEMA = """\
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY, body TEXT NOT NULL, hash TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS anchor (id INTEGER NOT NULL, hash TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS entries_stay BEFORE UPDATE ON entry
BEGIN SELECT raise(ABORT, 'entries of the audit are never changed'); END;
"""


class BrokenTrail(BoardPapersError):
    """The audit isn't what was written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody did.

    `at` is in UTC; `asked` is the question, its hash, or empty, as the setting has it; `shown`
    are papers with pages.
    """

    at: str
    who: str
    role: str
    door: str
    did: str
    asked: str
    outcome: str
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """An audit that holds together: how many entries, from when, and the hash of the last."""

    entries: int
    since: str | None
    head: str


@dataclass(slots=True)
class _Waiting:
    """An entry on its way to the disk."""

    body: str
    is_done: bool = False
    failed: StoreError | None = None


class Trail:
    """The audit of one store. Safe to share between threads and processes."""

    def __init__(self, directory: Path, key: str | None = None) -> None:
        """Opens or makes the file in the store's folder."""
        self._path = directory / FILE
        self._key = key.encode() if key else None
        self._lock = threading.Lock()
        self._waiting: deque[_Waiting] = deque()
        with self._named_errors():
            directory.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                self._path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
            )
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA secure_delete = ON")
            self._connection.executescript(_SCHEMA)

    def __enter__(self) -> Trail:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    def append(self, entry: Entry) -> None:
        """Adds an entry at the end; raises StoreError where that can't be done.

        Entries that several threads add at once go to the disk together: each is there when its
        thread goes on.
        """
        mine = _Waiting(_body(entry))
        self._waiting.append(mine)
        with self._lock:
            if not mine.is_done:
                self._write_waiting()
        if mine.failed is not None:
            raise mine.failed

    def entries(self, since: str | None = None) -> tuple[Entry, ...]:
        """The entries, oldest first, from a moment (ISO, UTC) on."""
        return tuple(e for e in self._entries() if since is None or e.at >= since)

    def verify(self) -> Verified:
        """Goes through the whole chain; raises :class:`BrokenTrail` where it is broken."""
        with self._lock, self._named_errors():
            number, before = self._anchor()
            count = 0
            first: str | None = None
            for held, body, digest in self._connection.execute(
                "SELECT id, body, hash FROM entry ORDER BY id"
            ):
                number += 1
                expected = self._hash(number, before, body)
                if held != number or not hmac.compare_digest(digest, expected):
                    raise BrokenTrail(
                        f"The audit {self._path} was changed at entry {number}: an entry was "
                        "altered, added or taken out, or the key isn't the one it was written "
                        "with. Keep the file, and compare it with a backup."
                    )
                before, count = digest, count + 1
                first = first or _entry(body).at
        return Verified(count, first, before)

    def holds(self, head: str) -> bool:
        """Whether the chain has an entry of that hash, or begins after it."""
        with self._lock, self._named_errors():
            found = "SELECT 1 FROM entry WHERE hash = ? UNION SELECT 1 FROM anchor WHERE hash = ?"
            return self._connection.execute(found, (head, head)).fetchone() is not None

    def prune(self, days: float) -> int:
        """Deletes entries older than so many days; how many. The chain goes on from there."""
        limit = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
        with self._lock, self._transaction():
            old = None
            for number, body, digest in self._connection.execute(
                "SELECT id, body, hash FROM entry ORDER BY id"
            ):
                if _entry(body).at >= limit:
                    break
                old = number, digest
            if old is None:
                return 0
            self._connection.execute("DELETE FROM anchor")
            self._connection.execute("INSERT INTO anchor VALUES (?, ?)", old)
            return self._connection.execute("DELETE FROM entry WHERE id <= ?", old[:1]).rowcount

    def forget(self, who: str, note: Entry) -> int:
        """Takes a person's name and questions out of the entries; how many.

        The chain is made anew from the first of them on, and ends in `note`, which says so: a
        head that was noted earlier no longer fits.
        """
        with self._lock, self._transaction():
            rows = self._connection.execute("SELECT id, body, hash FROM entry ORDER BY id")
            held = [(number, _entry(body), digest) for number, body, digest in rows]
            theirs = [number for number, entry, _ in held if entry.who == who]
            if not theirs:
                return 0
            first = theirs[0]
            _, before = self._anchor()
            before = next((d for n, _, d in reversed(held) if n < first), before)
            self._connection.execute("DELETE FROM entry WHERE id >= ?", (first,))
            later = [entry for number, entry, _ in held if number >= first]
            kept = [replace(e, who=_FORGOTTEN, asked="") if e.who == who else e for e in later]
            for number, entry in enumerate((*kept, note), first):
                body = _body(entry)
                before = self._hash(number, before, body)
                self._connection.execute(
                    "INSERT INTO entry VALUES (?, ?, ?)", (number, body, before)
                )
        return len(theirs)

    def _entries(self) -> Iterator[Entry]:
        with self._lock, self._named_errors():
            rows = self._connection.execute("SELECT body FROM entry ORDER BY id").fetchall()
        return (_entry(body) for (body,) in rows)

    def _write_waiting(self) -> None:
        """Writes all that waits in one transaction; whose entries fail is told so."""
        together: list[_Waiting] = []
        while self._waiting:
            together.append(self._waiting.popleft())
        failed: StoreError | None = None
        try:
            with self._transaction():
                last, before = self._last()
                for number, one in enumerate(together, last + 1):
                    before = self._hash(number, before, one.body)
                    self._connection.execute(
                        "INSERT INTO entry VALUES (?, ?, ?)", (number, one.body, before)
                    )
        except StoreError as error:
            failed = error
        for one in together:
            one.failed, one.is_done = failed, True

    def _last(self) -> tuple[int, str]:
        row = self._connection.execute(
            "SELECT id, hash FROM entry ORDER BY id DESC LIMIT 1"
        ).fetchone()
        return (row[0], row[1]) if row else self._anchor()

    def _anchor(self) -> tuple[int, str]:
        row = self._connection.execute("SELECT id, hash FROM anchor").fetchone()
        return (row[0], row[1]) if row else (0, _START)

    def _hash(self, number: int, before: str, body: str) -> str:
        content = f"{number}\n{before}\n{body}".encode()
        if self._key:
            return hmac.new(self._key, content, hashlib.sha256).hexdigest()
        return hashlib.sha256(content).hexdigest()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All of it lands, or none; for who holds the lock."""
        with self._named_errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.rollback()
                raise

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise
        except (sqlite3.DatabaseError, OSError) as error:
            raise StoreError(
                f"The audit {self._path} can't be used ({error}): check the disk and the folder's "
                "rights; nothing is answered that can't be put on record."
            ) from error


def _body(entry: Entry) -> str:
    return json.dumps(asdict(entry), ensure_ascii=False, sort_keys=True)


def _entry(body: str) -> Entry:
    try:
        found = json.loads(body)
        return Entry(**{**found, "shown": tuple(found["shown"])})
    except (ValueError, TypeError, KeyError) as error:
        raise BrokenTrail(f"An entry of the audit can't be read ({error}).") from error
