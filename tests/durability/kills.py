"""A process that works on a store is killed at random moments; what is left is looked at.

    python -m tests.durability.kills [KILLS] [SEED]        default: 200 1

Each kill strikes one kind of work, in turn: taking papers in, removing them, turns and verdicts of
conversations, the audit, a backup that is restored. The process tells its parent what it begins
and what it has done. After `kill -9` every paper must be as it was before or after the work in
hand, whole, and all that was done be there; a restored store is there whole, or not at all.
"""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import NoReturn

from assistant.answer import Answer, Outcome, Route, Searched
from assistant.audit.trail import Entry, Trail
from assistant.indexes import keep_indexes
from assistant.threads import Threads, Verdict
from ingest.backup import back_up, restore
from ingest.doctor import Weight, examine
from ingest.pipeline import take_in
from ingest.store import Store
from tests.ingest.fakes import WordEmbedder, observe, understand

_PAPERS = 4
_LONGEST = 0.8  # seconds that a process works before it is killed
_DEEDS = ("ingest", "remove", "turn", "verdict", "audit", "restore")
_LINES = 12
_MARK = "version"


@dataclass
class Known:
    """What a parent knows: each paper's version, 0 where it isn't held, and what was done."""

    papers: dict[int, int] = field(default_factory=lambda: dict.fromkeys(range(_PAPERS), 0))
    turns: int = 0
    entries: int = 0


@dataclass
class Told:
    """Of one process: the last thing done, and the one in hand when it ended."""

    done: list[tuple[str, int, int]] = field(default_factory=list)
    in_hand: tuple[str, int, int] | None = None


def kill_often(folder: Path, kills: int, seed: int = 1) -> Counter[str]:
    """Kills so many processes; how often which work was in hand. Raises AssertionError."""
    random = Random(seed)
    store = folder / "store"
    known = Known()
    Store.open(store, WordEmbedder()).close()
    with closing(Threads(store)) as threads:
        thread = threads.begin("somebody", "public", "How many?", datetime.now(UTC)).id
    # Once, here: each process would spend its short life on loading it.
    importlib.import_module("chromadb")
    struck: Counter[str] = Counter()
    for number in range(kills):
        deed = _DEEDS[number % len(_DEEDS)]
        seconds = random.uniform(0.0, _LONGEST)
        told = _work_and_die(folder, thread, deed, random.randrange(2**32), seconds)
        struck[told.in_hand[0] if told.in_hand else "between"] += 1
        when = f"kill {number}, seed {seed}"
        _look(store, thread, known, told, when)
        if deed == "restore":
            _look_at_restored(folder, known, told, when)
    return struck


def _work_and_die(folder: Path, thread: str, deed: str, seed: int, seconds: float) -> Told:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(folder, thread, deed, seed, writing)
    os.close(writing)
    # It is killed at a random moment of its work, not of its start.
    first = os.read(reading, 1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told = first
    while chunk := os.read(reading, 65536):
        told += chunk
    os.close(reading)
    return _understood(told.decode())


def _understood(lines: str) -> Told:
    told = Told()
    for line in lines.splitlines():
        if line.count(" ") != 3:
            continue
        what, deed, paper, version = line.split()
        step = deed, int(paper), int(version)
        if what == "begin":
            told.in_hand = step
        else:
            told.done.append(step)
            told.in_hand = None
    return told


def _work(folder: Path, thread: str, deed: str, seed: int, pipe: int) -> NoReturn:
    """Does one kind of work until the end comes."""
    random = Random(seed)
    # Chroma takes longest: without it, more of the rest is in hand when the end comes.
    store = Store.open(folder / "store", WordEmbedder() if seed % 2 else None)
    keep_indexes(store)
    threads, trail = Threads(folder / "store"), Trail(folder / "store")
    threads_held = threads.conversation(thread).answers
    if deed == "verdict" and not threads_held:
        threads.add(thread, _answer(1), datetime.now(UTC))
        os.write(pipe, b"\ndone turn 0 1\n")
    os.write(pipe, b"\n")
    held = {record.id for record in store.papers()}
    while True:
        paper, version = random.randrange(_PAPERS), random.randrange(1, 10**9)
        # Nothing to remove: it is taken in first.
        does = "ingest" if deed == "remove" and f"paper-{paper}" not in held else deed
        os.write(pipe, f"begin {does} {paper} {version}\n".encode())
        if does == "ingest":
            path = folder / f"paper-{paper}.md"
            path.write_text(text_of(paper, version), "utf-8")
            take_in([path], store, observe, understand=understand, workers=0)
            held.add(path.stem)
        elif does == "remove":
            store.remove(f"paper-{paper}")
            held.discard(f"paper-{paper}")
        elif does == "turn":
            threads.add(thread, _answer(version), datetime.now(UTC))
        elif does == "verdict":
            threads.judge(thread, 0, Verdict.HELPFUL, str(version))
        elif does == "audit":
            trail.append(Entry("2024-07-18", "somebody", "public", "page", deed, "", "", ()))
        else:
            file = folder / f"backup-{version}.tar.gz"
            back_up(folder / "store", file)
            restore(file, folder / "restored", replace=True)
            file.unlink()
        os.write(pipe, f"done {does} {paper} {version}\n".encode())


def _look_at_restored(folder: Path, known: Known, told: Told, when: str) -> None:
    """The restored store, or its earlier self beside it, is whole; what is half is in neither."""
    restored = [path for path in folder.glob("restored*") if any(path.iterdir())]
    assert restored or not told.done, (when, "nothing is there though it was restored")
    for place in restored:
        bad = [finding for finding in examine(place) if finding.weight is Weight.BROKEN]
        assert not bad, (when, place, bad)
        with Store.open(place) as opened:
            held = {record.id for record in opened.papers()}
            for number, version in known.papers.items():
                found = _version_held(opened, number) if f"paper-{number}" in held else 0
                assert found == version, (when, place, number, found, version)
    for place in (*restored, *folder.glob(".restoring-*")):
        shutil.rmtree(place)
    for file in folder.glob("backup-*"):
        file.unlink()


def text_of(paper: int, version: int) -> str:
    """A paper of which every line says which version it is."""
    lines = [f"Line {line} of paper {paper}, {_MARK} {version}." for line in range(_LINES)]
    return "\n".join([*lines, f"RESOLVED: that {_MARK} {version} be agreed."]) + "\n"


def _answer(version: int) -> Answer:
    nothing = Searched(0, (), None, None, 0)
    return Answer(f"Number {version}?", Outcome.NOT_FOUND, Route.NONE, "Not found.", nothing)


def _look(store: Path, thread: str, known: Known, told: Told, when: str) -> None:
    for deed, paper, version in told.done:
        if deed in ("ingest", "remove"):
            known.papers[paper] = version if deed == "ingest" else 0
        known.turns += deed == "turn"
        known.entries += deed == "audit"
    bad = [finding for finding in examine(store) if finding.weight is not Weight.NOTE]
    assert not bad, (when, bad)
    deed, paper, version = told.in_hand or ("", -1, 0)
    with Store.open(store, WordEmbedder()) as opened:
        keep_indexes(opened)
        held = {record.id for record in opened.papers()}
        for number, expected in known.papers.items():
            may_be = {expected}
            if number == paper and deed in ("ingest", "remove"):
                may_be.add(version if deed == "ingest" else 0)
            found = _version_held(opened, number) if f"paper-{number}" in held else 0
            assert found in may_be, (when, number, found, may_be)
            known.papers[number] = found
        if held:
            assert opened.finder.nearest("line", 5) or not opened.has_vectors, when
            assert opened.finder.lexical(["line", "resolved"], 5), when
    with closing(Threads(store)) as threads:
        turns = len(threads.conversation(thread).answers)
    assert turns - known.turns in ({0, 1} if deed == "turn" else {0}), when
    known.turns = turns
    with Trail(store) as trail:
        entries = trail.verify().entries
    assert entries - known.entries in ({0, 1} if deed == "audit" else {0}), when
    known.entries = entries


def _version_held(store: Store, paper: int) -> int:
    """The one version that all of a paper is of."""
    name = f"paper-{paper}"
    text = store.text(name)
    version = int(text.split(f"{_MARK} ")[1].split(".")[0])
    assert text == text_of(paper, version)
    passages = [s.passage for s in store.passages() if s.passage.locator.paper == name]
    assert len(passages) == _LINES + 1
    assert all(f"{_MARK} {version}" in passage.text for passage in passages)
    decisions = [d for d in store.decisions() if d.locator.paper == name]
    assert [f"{_MARK} {version}" in decision.text for decision in decisions] == [True]
    return version


def main() -> None:
    """Kills as often as the command line says."""
    given = [int(word) for word in sys.argv[1:3]]
    kills, seed = given + [200, 1][len(given) :]
    with tempfile.TemporaryDirectory() as folder:
        struck = kill_often(Path(folder), kills, seed)
    print(f"{kills} kills survived; in hand was: {dict(struck.most_common())}")


if __name__ == "__main__":
    main()
