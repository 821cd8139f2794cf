"""Files and folders into the store; a bad file never stops the rest.

Files are read side by side, each in a process that may be stopped; they are stored one after
another in the order in which they were met, so that a run that is killed has whole papers in the
store and the next run goes on from there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Literal

from ingest.errors import BoardPapersError, StoreError
from ingest.formats.limits import Limits
from ingest.isolation import Worker
from ingest.model import Observation, Paper
from ingest.pages import on_pages
from ingest.reading import SUFFIXES, Source, fingerprint, paper_id, read
from ingest.register import READING_VERSION, PaperCounts, PaperRecord, counts_of
from ingest.store import Store

Status = Literal["read", "unchanged", "replaced", "refused", "skipped"]
Stage = Literal["reading", "storing"]

Understand = Callable[[Source], Paper]
Observe = Callable[[Paper], Sequence[Observation]]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: the file's number (from 1) of how many, and the pages read before it."""

    number: int
    total: int
    name: str
    stage: Stage
    pages: int


OnProgress = Callable[[Progress], None]

_READ_ME = re.compile(r"read[-_ ]?me", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_SAME = 0.75  # of the different words of the shorter one: no two formats are read quite alike


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file; `reason` says why it was refused or skipped.

    `notes` are sentences on how it was read: what a person should check.
    """

    path: Path
    status: Status
    reason: str | None = None
    counts: PaperCounts | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every file, in the order in which they were met."""

    files: tuple[FileReport, ...]

    @property
    def refused(self) -> bool:
        """Whether anything was refused."""
        return any(file.status == "refused" for file in self.files)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A paper read and understood, with its figures: all that the store takes."""

    paper: Paper
    observations: tuple[Observation, ...]


def prepare(path: Path, understand: Understand, observe: Observe, limits: Limits) -> Prepared:
    """All that can be done for a file without the store; runs in a worker's process."""
    paper = understand(read(path, limits))
    return Prepared(paper, on_pages(observe(paper), paper.pages))


def take_in(
    paths: Iterable[Path],
    store: Store,
    observe: Observe,
    on_progress: OnProgress | None = None,
    *,
    understand: Understand | None = None,
    limits: Limits = Limits(),
    workers: int | None = None,
) -> Report:
    """Reads files and folders into the store; what is held unchanged costs no work.

    `observe` and `understand` run in other processes: they must be functions of a module.
    `workers` is how many files are read side by side, by default one for each processor; 0 reads
    in this process, without bounds on time and memory: for files of our own only.
    """
    found = [report for path in paths for report in _find(path)]
    waiting = [path for path, report in found if report is None]
    wanted = (os.cpu_count() or 1) if workers is None else workers
    count = min(wanted, len(waiting))
    with ExitStack() as stack:
        stack.enter_context(store.taking_in())
        readers = _Readers(count, observe, understand or _understand, limits, stack)
        intake = _Intake(store, readers, on_progress or _silent, waiting)
        files = tuple(report or intake.take(path) for path, report in found)
    store.embed_missing()
    return Report(files)


def _understand(source: Source) -> Paper:
    from ingest.structure import understand

    return understand(source)


def _silent(progress: Progress) -> None:
    """No progress is shown."""


def _find(path: Path) -> Iterator[tuple[Path, FileReport | None]]:
    """The files to read, each with None; what isn't read comes with its report."""
    if not path.is_dir():
        yield path, None
        return
    files = [file for file in sorted(path.rglob("*")) if file.is_file() and _is_offered(path, file)]
    reasons = [
        _leads_elsewhere(path, file) or _reason_to_skip(file) or _twin(file, files)
        for file in files
    ]
    if all(reasons):
        wanted = f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
        nothing = f"{path} holds no {wanted} files: name a folder that does, or the files."
        yield path, FileReport(path, "refused", nothing)
    for file, reason in zip(files, reasons, strict=True):
        yield file, FileReport(file, "skipped", reason) if reason else None


def _is_offered(folder: Path, file: Path) -> bool:
    """Whether neither the file nor a folder that it stands in is hidden."""
    return not any(part.startswith(".") for part in file.relative_to(folder).parts)


def _leads_elsewhere(folder: Path, file: Path) -> str | None:
    """Why a link isn't followed out of the folder that was named: it may be a stranger's."""
    if file.resolve().is_relative_to(folder.resolve()):
        return None
    return "a link to a place outside the folder: name the file itself to have it read."


def _reason_to_skip(file: Path) -> str | None:
    if _READ_ME.fullmatch(file.stem):
        return "a read-me, not a paper: name it to have it read."
    if file.suffix.lower() not in SUFFIXES:
        return f"{file.suffix or 'such'} files aren't looked for: name it to have it tried."
    return None


def _twin(file: Path, files: Sequence[Path]) -> str | None:
    """Why a file isn't read beside another of its name, in the format that tells more."""
    rank = SUFFIXES.index(file.suffix.lower())
    for other in files:
        same = other.parent == file.parent and other.stem == file.stem
        if same and other.suffix.lower() in SUFFIXES[:rank]:
            return f"{other.name} of the same name is read in its place: rename it to have both."
    return None


def _is_the_same(paper: Paper, held: PaperRecord, text: str) -> bool:
    """Whether a paper is one that is held, published in another format: by meeting and words."""
    mine, theirs = (set(_WORD.findall(one.casefold())) for one in (paper.text, text))
    fewer = min(len(mine), len(theirs))
    shared = len(mine & theirs) >= _SAME * fewer > 0
    return shared and paper.meeting == held.meeting and paper.meeting.held is not None


class _Readers:
    """Threads that hand files to workers, a few files ahead of the store."""

    def __init__(
        self, count: int, observe: Observe, understand: Understand, limits: Limits, stack: ExitStack
    ) -> None:
        self._work = (understand, observe, limits)
        self.limits = limits
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for _ in range(count):
            self._idle.put(stack.enter_context(Worker(limits)))
        self._threads = ThreadPoolExecutor(count or 1, thread_name_prefix="reader")
        # Runs before the workers are closed: what waits must not start them again.
        stack.callback(self._threads.shutdown, wait=False, cancel_futures=True)
        self._read = self._isolated if count else self._here
        self.ahead = 2 * count

    def begin(self, path: Path) -> Future[Prepared]:
        """Begins to read a file."""
        return self._threads.submit(self._read, path)

    def _isolated(self, path: Path) -> Prepared:
        worker = self._idle.get()
        try:
            return worker.call(str(path), prepare, path, *self._work)
        finally:
            self._idle.put(worker)

    def _here(self, path: Path) -> Prepared:
        return prepare(path, *self._work)


@dataclass(slots=True)
class _Intake:
    """One run: the stems met so far, so that two files don't take turns as one paper.

    `doubted` are files whose name is taken by one in another format, with why they are refused
    if they turn out to say something else.
    """

    store: Store
    readers: _Readers
    on_progress: OnProgress
    waiting: list[Path]
    number: int = 0
    pages: int = 0
    begun: int = 0
    met: dict[str, Path] = field(default_factory=dict)
    doubted: dict[Path, str] = field(default_factory=dict)
    coming: dict[int, Future[Prepared] | FileReport] = field(default_factory=dict)

    def take(self, path: Path) -> FileReport:
        """Takes in the next file of those waiting."""
        self._tell(path, "reading")
        self._begin_ahead()
        coming = self.coming[self.number]
        try:
            return coming if isinstance(coming, FileReport) else self._stored(path, coming.result())
        except StoreError:
            # Not the file's fault, and no other file would fare better.
            raise
        except BoardPapersError as error:
            return FileReport(path, "refused", str(error))
        finally:
            del self.coming[self.number]
            self.number += 1

    def _begin_ahead(self) -> None:
        """Hands files to the readers, so far ahead that none waits and memory stays bounded.

        A file waits while another of its name is being read: only then is it known whose turn
        it is.
        """
        while self.begun < min(len(self.waiting), self.number + 1 + self.readers.ahead):
            path = self.waiting[self.begun]
            if any(paper_id(self.waiting[i]) == paper_id(path) for i in self.coming):
                return
            self.coming[self.begun] = self._begun(path)
            self.begun += 1

    def _begun(self, path: Path) -> Future[Prepared] | FileReport:
        try:
            digest = fingerprint(path, self.readers.limits)
            held = self.store.record(paper_id(path))
            if held and held.reading == READING_VERSION and held.sha256 == digest:
                self.met.setdefault(held.id, path)
                self.store.keep_original(path, digest)
                return FileReport(path, "unchanged", counts=held.counts, notes=held.notes)
            if refusal := self._taken(path, held.file_name if held else path.name):
                other = self.met.get(paper_id(path)) or Path(held.file_name if held else "")
                if other.suffix.lower() == path.suffix.lower():
                    return FileReport(path, "refused", refusal)
                self.doubted[path] = refusal
        except StoreError:
            raise
        except BoardPapersError as error:
            return FileReport(path, "refused", str(error))
        return self.readers.begin(path)

    def _stored(self, path: Path, ready: Prepared) -> FileReport:
        self._tell(path, "storing")
        paper = ready.paper
        if path in self.doubted:
            return self._of_a_taken_name(path, paper)
        replaced = self.store.record(paper.id) is not None
        self.store.put(paper, ready.observations, path)
        self.met[paper.id] = path
        self.pages += len(paper.pages)
        counts = counts_of(paper, ready.observations)
        return FileReport(path, "replaced" if replaced else "read", None, counts, paper.notes)

    def _of_a_taken_name(self, path: Path, paper: Paper) -> FileReport:
        """A file in another format than the paper of its name: that paper again, or another."""
        held = self.store.record(paper.id)
        if held and _is_the_same(paper, held, self.store.whole_text(paper.id)):
            reason = f"{held.file_name} of the same name is held and says the same."
            return FileReport(path, "skipped", reason)
        return FileReport(path, "refused", self.doubted[path])

    def _taken(self, path: Path, held_as: str) -> str | None:
        """Why a file can't have the name that it has; None where it can."""
        stem = paper_id(path)
        earlier = self.met.get(stem)
        if earlier and earlier != path:
            return f"{path} has the same name as {earlier} but other content: rename one of them."
        if held_as != path.name:
            return (
                f"{path} has the same name as {held_as}, which is held already: rename it, or "
                f"remove the paper {stem} first."
            )
        return None

    def _tell(self, path: Path, stage: Stage) -> None:
        self.on_progress(Progress(self.number + 1, len(self.waiting), path.name, stage, self.pages))
