"""Files and folders into the store, one paper at a time; a bad file never stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ingest.errors import BoardPapersError, StoreError, UnreadableFile
from ingest.model import Observation, Paper
from ingest.reading import SUFFIXES, Source, paper_id, read
from ingest.register import READING_VERSION, PaperCounts, counts_of
from ingest.store import Store

Status = Literal["read", "unchanged", "replaced", "refused", "skipped"]
Stage = Literal["reading", "understanding", "storing"]

Understand = Callable[[Source], Paper]
Observe = Callable[[Paper], Sequence[Observation]]
OnProgress = Callable[[int, int, str, Stage], None]
"""Told the number of the file (from 1), how many there are, the file's name and the stage."""

_ANSWERS = "truth"
_READ_ME = "readme.md"


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file; `reason` says why it was refused or skipped."""

    path: Path
    status: Status
    reason: str | None = None
    counts: PaperCounts | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every file, in the order in which they were met."""

    files: tuple[FileReport, ...]

    @property
    def refused(self) -> bool:
        """Whether anything was refused."""
        return any(file.status == "refused" for file in self.files)


def take_in(
    paths: Iterable[Path],
    store: Store,
    observe: Observe,
    on_progress: OnProgress | None = None,
    *,
    understand: Understand | None = None,
) -> Report:
    """Reads files and folders into the store; what is held unchanged costs no work."""
    found = [report for path in paths for report in _find(path)]
    total = sum(report is None for _, report in found)
    intake = _Intake(store, observe, understand or _understand, on_progress or _silent, total)
    files = tuple(report or intake.take(path) for path, report in found)
    store.embed_missing()
    return Report(files)


def _understand(source: Source) -> Paper:
    from ingest.structure import understand

    return understand(source)


def _silent(number: int, total: int, name: str, stage: Stage) -> None:
    """No progress is shown."""


def _find(path: Path) -> Iterator[tuple[Path, FileReport | None]]:
    """The files to read, each with None; what isn't read comes with its report."""
    if not path.is_dir():
        yield path, None
        return
    files = [file for file in sorted(path.rglob("*")) if file.is_file() and _is_offered(path, file)]
    if not any(_reason_to_skip(file) is None for file in files):
        wanted = " or ".join(SUFFIXES)
        reason = f"{path} holds no {wanted} files: name a folder that does, or the files."
        yield path, FileReport(path, "refused", reason)
    for file in files:
        reason_to_skip = _reason_to_skip(file)
        yield file, FileReport(file, "skipped", reason_to_skip) if reason_to_skip else None


def _is_offered(folder: Path, file: Path) -> bool:
    """Neither hidden nor in a folder of answers that the demonstration is checked against."""
    inside = file.relative_to(folder).parts
    return not any(part.startswith(".") for part in inside) and _ANSWERS not in inside[:-1]


def _reason_to_skip(file: Path) -> str | None:
    if file.name.lower() == _READ_ME:
        return "a read-me, not a paper: name it to have it read."
    if file.suffix.lower() not in SUFFIXES:
        return f"{file.suffix or 'such'} files aren't read yet: save it as text or Markdown."
    return None


@dataclass(slots=True)
class _Intake:
    """One run: the stems met so far, so that two files don't take turns as one paper."""

    store: Store
    observe: Observe
    understand: Understand
    on_progress: OnProgress
    total: int
    number: int = 0
    met: dict[str, Path] = field(default_factory=dict)

    def take(self, path: Path) -> FileReport:
        """Takes in one file."""
        self.number += 1
        try:
            return self._take(path)
        except StoreError:
            # Not the file's fault, and no other file would fare better.
            raise
        except BoardPapersError as error:
            return FileReport(path, "refused", str(error))

    def _take(self, path: Path) -> FileReport:
        self._tell(path, "reading")
        source = read(path)
        held = next((p for p in self.store.papers() if p.id == paper_id(path)), None)
        current = held and held.reading == READING_VERSION
        if held and current and held.sha256 == source.sha256:
            self.met.setdefault(held.id, path)
            return FileReport(path, "unchanged", counts=held.counts)
        self._refuse_taken_name(path, held.file_name if held else path.name)
        self._tell(path, "understanding")
        paper = self.understand(source)
        observations = self.observe(paper)
        self._tell(path, "storing")
        self.store.put(paper, observations)
        self.met[paper.id] = path
        counts = counts_of(paper, observations)
        return FileReport(path, "replaced" if held else "read", counts=counts)

    def _refuse_taken_name(self, path: Path, held_as: str) -> None:
        stem = paper_id(path)
        earlier = self.met.get(stem)
        if earlier and earlier != path:
            raise UnreadableFile(
                f"{path} has the same name as {earlier} but other content: rename one of them."
            )
        if held_as != path.name:
            raise UnreadableFile(
                f"{path} has the same name as {held_as}, which is held already: rename it, or "
                f"remove the paper {stem} first."
            )

    def _tell(self, path: Path, stage: Stage) -> None:
        self.on_progress(self.number, self.total, path.name, stage)
