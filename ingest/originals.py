"""The files that papers were read from, byte for byte, so that a page can be shown as printed.

A file is kept by the hash of its bytes. It is written while the register's lock is held and before
the register commits, and swept in the same way as vectors: what no paper names goes with the next
deletion.
"""

import hashlib
import os
import tempfile
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from ingest.database import Connection
from ingest.errors import StoreError, UnreadableFile

FOLDER = "originals"


class Originals(Protocol):
    """The files kept in one store."""

    def holds(self, sha256: str) -> bool:
        """Whether the file of that hash is kept."""

    def at_hand(self, sha256: str) -> AbstractContextManager[Path | None]:
        """The file of that hash, to be read inside; None where it isn't kept."""

    def keep(self, file: Path, sha256: str) -> None:
        """Keeps a copy of a file, which must still have the bytes that were read.

        Raises:
            UnreadableFile: it has changed since, or is gone.
            StoreError: it can't be written.
        """

    def sweep(self, wanted: Collection[str]) -> None:
        """Deletes what isn't wanted any more."""


class FolderOriginals:
    """The files kept in a store's folder."""

    def __init__(self, directory: Path) -> None:
        self._folder = directory / FOLDER

    def path(self, sha256: str) -> Path | None:
        """Where the file of that hash stands; None where it isn't kept."""
        kept = self._folder / sha256
        return kept if kept.is_file() else None

    def holds(self, sha256: str) -> bool:
        """Whether the file of that hash is kept."""
        return self.path(sha256) is not None

    @contextmanager
    def at_hand(self, sha256: str) -> Iterator[Path | None]:
        """The file itself."""
        yield self.path(sha256)

    def keep(self, file: Path, sha256: str) -> None:
        """Keeps a copy of a file."""
        if self.path(sha256) is None:
            self._write(_as_read(file, sha256), sha256)

    def sweep(self, wanted: Collection[str]) -> None:
        """Deletes what isn't wanted any more."""
        if not self._folder.is_dir():
            return
        for kept in self._folder.iterdir():
            if kept.name not in wanted:
                kept.unlink(missing_ok=True)

    def _write(self, raw: bytes, sha256: str) -> None:
        """Whole or not at all: under another name first."""
        try:
            self._folder.mkdir(exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as part:
                part.write(raw)
                part.flush()
                os.fsync(part.fileno())
            os.replace(part.name, self._folder / sha256)
        except OSError as error:
            raise StoreError(
                f"The file can't be kept in {self._folder} ({error.strerror}): "
                "check the disk and the folder's rights."
            ) from error


class SharedOriginals:
    """The files kept in the register itself, which machines share; whoever asks may see them."""

    def __init__(self, connection: Connection, lock: AbstractContextManager[object]) -> None:
        """`lock` keeps other threads from the connection."""
        self._connection = connection
        self._lock = lock

    def holds(self, sha256: str) -> bool:
        """Whether the file of that hash is kept."""
        found = "SELECT 1 FROM main.original WHERE sha256 = ?"
        with self._lock:
            return self._connection.execute(found, (sha256,)).fetchone() is not None

    @contextmanager
    def at_hand(self, sha256: str) -> Iterator[Path | None]:
        """A copy that is gone afterwards: a removed paper leaves no trace on other machines."""
        found = "SELECT body FROM main.original WHERE sha256 = ?"
        with self._lock:
            row = self._connection.execute(found, (sha256,)).fetchone()
        if row is None:
            yield None
            return
        with tempfile.NamedTemporaryFile(prefix="boardpapers-") as copy:
            copy.write(row[0])
            copy.flush()
            yield Path(copy.name)

    def keep(self, file: Path, sha256: str) -> None:
        """Keeps a copy of a file, in the transaction under way."""
        if not self.holds(sha256):
            raw = _as_read(file, sha256)
            self._connection.execute("INSERT INTO main.original VALUES (?, ?)", (sha256, raw))

    def sweep(self, wanted: Collection[str]) -> None:
        """Deletes what isn't wanted any more, in the transaction under way."""
        kept = self._connection.execute("SELECT sha256 FROM main.original").fetchall()
        self._connection.executemany(
            "DELETE FROM main.original WHERE sha256 = ?",
            [(digest,) for (digest,) in kept if digest not in wanted],
        )


def _as_read(file: Path, sha256: str) -> bytes:
    """The bytes of a file, which must be those that were read."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"{file} can't be opened any more ({error.strerror}): ingest it again."
        ) from error
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise UnreadableFile(f"{file} was changed while it was read: ingest it again.")
    return raw
