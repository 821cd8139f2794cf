"""A store in one file, and back: consistent while others work, checked before it is believed.

Chroma's folder isn't in it: the register keeps every vector, and fills Chroma again when asked.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ingest import register, sqlite
from ingest.errors import BoardPapersError, StoreError
from ingest.originals import FOLDER, FolderOriginals
from ingest.store import Store

_FORMAT = 1
_MANIFEST = "manifest.json"
_NAME = re.compile(rf"[\w-]+\.sqlite3|{FOLDER}/[0-9a-f]{{64}}")
_GOES = 3


class BadBackup(BoardPapersError):
    """A file that isn't a backup, or not as it was written."""


@dataclass(frozen=True, slots=True)
class Held:
    """One file of a backup: the hash of its bytes, and how many they are."""

    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: when it was made, of which format, and all its files."""

    format: int
    store_format: int
    made_at: str
    papers: int
    files: Mapping[str, Held]


_MANIFESTS = TypeAdapter(Manifest)


def back_up(directory: Path, file: Path) -> Manifest:
    """Writes a store into a new file; others may go on working on it.

    Raises BadBackup where the file is there already, StoreError where the store can't be read.
    """
    if file.exists():
        raise BadBackup(f"{file} is there already: name another file, nothing is overwritten.")
    if not (directory / sqlite.REGISTER).is_file():
        raise StoreError(f"There is no store in {directory}: name the folder of one.")
    with Store.open(directory) as store:
        store.keep_vectors()
    for _ in range(_GOES):
        with tempfile.TemporaryDirectory(prefix="boardpapers-") as name:
            folder = Path(name)
            if _collected(directory, folder):
                return _written(folder, file)
    raise StoreError(f"The store {directory} changed while it was copied: try again.")


def _collected(directory: Path, folder: Path) -> bool:
    """Copies databases, each as of one moment, and the files of the papers that they name.

    Whether every file was there: one goes when its paper is removed meanwhile.
    """
    for database in sorted(directory.glob("*.sqlite3")):
        _copied(database, folder / database.name)
    originals = FolderOriginals(directory)
    for digest in _digests(folder):
        kept = originals.path(digest)
        if kept is None:
            if _is_named(directory, digest):
                continue  # a paper taken in before files were kept
            return False
        (folder / FOLDER).mkdir(exist_ok=True)
        try:
            shutil.copyfile(kept, folder / FOLDER / digest)
        except FileNotFoundError:
            return False
    return True


def _copied(database: Path, copy: Path) -> None:
    with (
        sqlite.named_errors(database.parent),
        closing(sqlite3.connect(database)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)


def _digests(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / sqlite.REGISTER)) as connection:
        rows = connection.execute("SELECT DISTINCT json_extract(record, '$.sha256') FROM paper")
        return [row[0] for row in rows]


def _is_named(directory: Path, digest: str) -> bool:
    return digest in _digests(directory)


def _written(folder: Path, file: Path) -> Manifest:
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    files = {n: Held(_sha256(folder / n), (folder / n).stat().st_size) for n in names}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    manifest = Manifest(_FORMAT, register.VERSION, now, len(_papers(folder)), files)
    body = json.dumps(asdict(manifest), indent=1).encode()
    part = file.with_name(f".{file.name}.part")
    try:
        with tarfile.open(part, "w:gz", compresslevel=3) as archive:
            head = tarfile.TarInfo(_MANIFEST)
            head.size = len(body)
            archive.addfile(head, io.BytesIO(body))
            for name in names:
                archive.add(folder / name, name)
        os.chmod(part, 0o600)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        os.link(part, file)
    except FileExistsError as error:
        raise BadBackup(f"{file} is there already: name another file.") from error
    except OSError as error:
        raise BadBackup(
            f"{file} can't be written ({error.strerror}): name a file on a disk with room."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _papers(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / sqlite.REGISTER)) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM paper")]


def restore(file: Path, directory: Path, *, replace: bool = False) -> tuple[Manifest, Path | None]:
    """Brings a store back; where its earlier self was put aside to, with `replace`.

    Every file is checked before anything is changed. Raises BadBackup for what isn't as it was
    written, StoreError where the folder holds something and `replace` isn't asked for.
    """
    directory = directory.absolute()
    occupied = directory.exists() and any(directory.iterdir())
    if occupied and not replace:
        raise StoreError(
            f"{directory} holds something: name a new folder, or add --replace to put what is "
            "there aside."
        )
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=directory.parent, prefix=".restoring-") as name:
            ready = Path(name) / "store"
            ready.mkdir()
            manifest = _unpacked(file, ready)
            aside = _put_aside(directory) if occupied else None
            if directory.exists():
                directory.rmdir()
            ready.rename(directory)
    except OSError as error:
        raise StoreError(
            f"{directory} can't be written ({error.strerror}): check the disk and the rights."
        ) from error
    return manifest, aside


def _put_aside(directory: Path) -> Path:
    when = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    return directory.rename(directory.with_name(f"{directory.name}.before-{when}"))


def _unpacked(file: Path, folder: Path) -> Manifest:
    """The files of a backup in a folder, each as the manifest says; no other name is written."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            manifest = _manifest(file, archive)
            for member in _members(file, archive, manifest):
                content = archive.extractfile(member)
                if content is None:
                    raise BadBackup(f"{file}: {member.name} isn't a file.")
                target = folder / member.name
                target.parent.mkdir(exist_ok=True)
                with target.open("wb") as out:
                    shutil.copyfileobj(content, out)
    except FileNotFoundError as error:
        raise BadBackup(f"{file} doesn't exist: check the name.") from error
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise BadBackup(
            f"{file} isn't a whole backup ({error}): use another one; nothing was changed."
        ) from error
    for name, held in manifest.files.items():
        path = folder / name
        if not path.is_file() or _sha256(path) != held.sha256:
            raise BadBackup(
                f"{file}: {name} isn't what was backed up: use another backup; nothing was changed."
            )
    return manifest


def _manifest(file: Path, archive: tarfile.TarFile) -> Manifest:
    first = archive.next()
    content = archive.extractfile(first) if first and first.name == _MANIFEST else None
    if content is None:
        raise BadBackup(f"{file} isn't a backup: it doesn't begin with a {_MANIFEST}.")
    try:
        manifest = _MANIFESTS.validate_json(content.read())
    except ValidationError as error:
        raise BadBackup(f"{file}: {_MANIFEST} can't be read: use another backup.") from error
    if manifest.format != _FORMAT or manifest.store_format > register.VERSION:
        raise BadBackup(
            f"{file} is of a newer format than this version reads: use the version that made it."
        )
    if sqlite.REGISTER not in manifest.files or not all(map(_NAME.fullmatch, manifest.files)):
        raise BadBackup(f"{file} names files that no store has: it isn't a backup of one.")
    return manifest


def _members(file: Path, archive: tarfile.TarFile, manifest: Manifest) -> Iterator[tarfile.TarInfo]:
    while member := archive.next():
        held = manifest.files.get(member.name)
        if held is None or not member.isreg() or member.size != held.bytes:
            raise BadBackup(
                f"{file} holds {member.name!r}, which its manifest doesn't: use another backup."
            )
        yield member


def _sha256(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
