"""The files that papers were read from, byte for byte, so that a page can be shown as printed.

A file is kept by the hash of its bytes. It is written while the register's lock is held and before
the register commits, and swept in the same way as vectors: what no paper names goes with the next
deletion.
"""

import hashlib
import os
import tempfile
from collections.abc import Collection
from pathlib import Path

from ingest.errors import StoreError, UnreadableFile

FOLDER = "originals"


class Originals:
    """The files kept in one store's folder."""

    def __init__(self, directory: Path) -> None:
        self._folder = directory / FOLDER

    def path(self, sha256: str) -> Path | None:
        """Where the file of that hash stands; None where it isn't kept."""
        kept = self._folder / sha256
        return kept if kept.is_file() else None

    def keep(self, file: Path, sha256: str) -> None:
        """Keeps a copy of a file, which must still have the bytes that were read.

        Raises:
            UnreadableFile: it has changed since, or is gone.
            StoreError: it can't be written.
        """
        if self.path(sha256):
            return
        try:
            raw = file.read_bytes()
        except OSError as error:
            raise UnreadableFile(
                f"{file} can't be opened any more ({error.strerror}): ingest it again."
            ) from error
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise UnreadableFile(f"{file} was changed while it was read: ingest it again.")
        self._write(raw, sha256)

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
