"""Damaged files by the hundred: none may crash, hang or bring out a fault of ours.

python -m benchmarks.fuzz [COUNT]      default: 300 of each format
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.settings import DEMO_CORPUS
from benchmarks.measures import save, show
from ingest.errors import UnreadableFile
from ingest.formats.limits import MIB, Limits
from ingest.isolation import ReaderFault, Worker
from ingest.model import Paper
from ingest.reading import read
from ingest.structure import understand

_PUBLISHED = DEMO_CORPUS.parent / "published"
_SEED = 20261122
_LIMITS = Limits(seconds=30.0, memory=1024 * MIB, ocr_pages=1)
_SLOW = 10.0


def cut(raw: bytes, dice: random.Random, _: Sequence[bytes]) -> bytes:
    """The beginning only."""
    return raw[: dice.randrange(len(raw))]


def flipped(raw: bytes, dice: random.Random, _: Sequence[bytes]) -> bytes:
    """Some bytes changed."""
    damaged = bytearray(raw)
    for _ in range(dice.choice((1, 8, 64, 512))):
        damaged[dice.randrange(len(damaged))] = dice.randrange(256)
    return bytes(damaged)


def holed(raw: bytes, dice: random.Random, _: Sequence[bytes]) -> bytes:
    """A stretch taken out, or doubled."""
    start = dice.randrange(len(raw))
    end = min(len(raw), start + dice.randrange(1, 4096))
    return raw[:start] + raw[start:end] * dice.choice((0, 2)) + raw[end:]


def spliced(raw: bytes, dice: random.Random, others: Sequence[bytes]) -> bytes:
    """The beginning of one file and the end of another."""
    other = dice.choice(others)
    return raw[: dice.randrange(len(raw))] + other[dice.randrange(len(other)) :]


DAMAGES: tuple[Callable[[bytes, random.Random, Sequence[bytes]], bytes], ...] = (
    cut,
    flipped,
    holed,
    spliced,
)


def read_whole(path: Path, limits: Limits) -> Paper:
    """What ingest does with a file before it stores it."""
    return understand(read(path, limits))


def damaged(files: Sequence[Path], count: int) -> Iterator[tuple[str, bytes]]:
    """(suffix, bytes) of files damaged in turn by each damage."""
    dice = random.Random(_SEED)
    raws = [file.read_bytes() for file in files]
    for number in range(count):
        file, raw = files[number % len(files)], raws[number % len(files)]
        yield file.suffix, DAMAGES[number % len(DAMAGES)](raw, dice, raws)


def outcome(worker: Worker, path: Path) -> str:
    """What became of a file: read, refused, ended by a limit, or a fault."""
    began = time.perf_counter()
    try:
        worker.call(path.name, read_whole, path, _LIMITS)
        said = "read"
    except ReaderFault as fault:
        print(fault, file=sys.stderr)
        said = "fault"
    except UnreadableFile as refused:
        ended = "brought its reader down" in str(refused) or "took longer" in str(refused)
        said = "ended" if ended else "refused"
    return "slow" if said != "ended" and time.perf_counter() - began > _SLOW else said


def main() -> None:
    """Tries, counts, prints and saves; status 1 when anything was a fault."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    files = [*sorted(_PUBLISHED.iterdir()), *sorted(DEMO_CORPUS.glob("*.md"))[:2]]
    suffixes = sorted({file.suffix for file in files})
    found: dict[str, Counter[str]] = {suffix: Counter() for suffix in suffixes}
    with TemporaryDirectory(prefix="boardpapers-fuzz-") as folder, Worker(_LIMITS) as worker:
        for suffix in suffixes:
            chosen = [file for file in files if file.suffix == suffix]
            for number, (ending, raw) in enumerate(damaged(chosen, count)):
                path = Path(folder) / f"{number}{ending}"
                path.write_bytes(raw)
                found[suffix][outcome(worker, path)] += 1
                path.unlink()
    outcomes = ("read", "refused", "ended", "slow", "fault")
    rows = [
        (suffix, *(str(counted[name]) for name in outcomes)) for suffix, counted in found.items()
    ]
    show(f"{count} damaged files of each format", ("", *outcomes), rows)
    save("fuzz", {suffix: dict(counted) for suffix, counted in found.items()})
    if any(counted["fault"] for counted in found.values()):
        sys.exit(1)


if __name__ == "__main__":
    # Under its own name, so that the worker finds what it is to do.
    from benchmarks.fuzz import main as run

    run()
