"""How fast papers are taken in, beside bare reading of the same files in the same run.

python -m benchmarks.ingest [PATH ...]      default: the demonstration papers
"""

import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from assistant.settings import DEMO_CORPUS
from benchmarks.measures import alone, peak_mib, save, show, timed
from indicators.extract import observe
from ingest.embedding import load_embedder
from ingest.pipeline import take_in
from ingest.reading import SUFFIXES, read
from ingest.store import Store
from ingest.structure import understand

_PAGE_MARK = re.compile(r"^\W{0,3}page\s+\d+\W{0,3}$", re.IGNORECASE | re.MULTILINE)
_BARE_RUNS = 20
_RUNS = 3


@dataclass(frozen=True, slots=True)
class Stage:
    """What was done to every file, and how long that took."""

    name: str
    seconds: float
    peak_mib: float


def papers(paths: Sequence[Path]) -> list[Path]:
    """The papers in files and folders, without read-mes and the answers beside them."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.glob("*")) if path.is_dir() else [path]
        found += [f for f in inside if f.suffix in SUFFIXES and f.stem.lower() != "readme"]
    return found


def bare(files: Sequence[Path]) -> Stage:
    """Bytes from the disk, decoded."""
    seconds = [
        timed(lambda: [f.read_bytes().decode() for f in files])[0] for _ in range(_BARE_RUNS)
    ]
    return Stage("bare reading", median(seconds), peak_mib())


def reading(files: Sequence[Path]) -> Stage:
    """Checks, decoding, cleaning and the hash."""
    seconds = [timed(lambda: [read(f) for f in files])[0] for _ in range(_BARE_RUNS)]
    return Stage("reading", median(seconds), peak_mib())


def structuring(files: Sequence[Path]) -> Stage:
    """Reading, and the paper's meeting, agenda, passages, decisions and tables."""
    seconds = [timed(lambda: [understand(read(f)) for f in files])[0] for _ in range(_RUNS)]
    return Stage("+ structuring", median(seconds), peak_mib())


def observing(files: Sequence[Path]) -> Stage:
    """The same, and every figure."""

    def work() -> None:
        for file in files:
            observe(understand(read(file)))

    seconds = [timed(work)[0] for _ in range(_RUNS)]
    return Stage("+ observing", median(seconds), peak_mib())


def storing(files: Sequence[Path], *, vectors: bool) -> Stage:
    """The whole way into a new store; with vectors, the model's loading counts too."""
    with TemporaryDirectory(prefix="boardpapers-bench-") as folder:
        embedder = load_embedder() if vectors else None
        with Store.open(Path(folder), embedder) as store:
            seconds, report = timed(lambda: take_in(files, store, observe))
            if report.refused:
                sys.exit("; ".join(f.reason or "" for f in report.files if f.status == "refused"))
    return Stage("+ embedding" if vectors else "+ storing", seconds, peak_mib())


def main() -> None:
    """Measures, prints and saves."""
    files = papers([Path(arg) for arg in sys.argv[1:]] or [DEMO_CORPUS])
    size = sum(file.stat().st_size for file in files)
    pages = sum(len(_PAGE_MARK.findall(read(file).text)) for file in files)
    stages = [alone(work, files) for work in (bare, reading, structuring, observing)]
    stages.append(alone(storing, files, vectors=False))
    if load_embedder():
        stages.append(alone(storing, files, vectors=True))
    floor = stages[0].seconds
    show(
        f"Taking in {len(files)} papers, {size:,} bytes, {pages} printed page marks",
        ("", "seconds", "KB/s", "pages/s", "x bare reading", "peak MiB"),
        [
            (
                stage.name,
                f"{stage.seconds:.4f}",
                f"{size / stage.seconds / 1000:,.0f}",
                f"{pages / stage.seconds:,.1f}",
                f"{stage.seconds / floor:,.0f}",
                f"{stage.peak_mib:.0f}",
            )
            for stage in stages
        ],
    )
    results = {"files": len(files), "bytes": size, "pages": pages}
    save("ingest", results | {"stages": [asdict(stage) for stage in stages]})


if __name__ == "__main__":
    main()
