"""How fast papers are taken in, beside PDFium's bare text of the same files in the same run.

python -m benchmarks.ingest [PDF ...]      default: the demonstration packs as published
"""

import re
import resource
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pypdfium2

from assistant.settings import DEMO_CORPUS
from benchmarks.measures import alone, peak_mib, save, show, timed
from corpus.publishing.pack import load, pack_ids, pages_of
from corpus.publishing.pdf import pdf
from indicators.extract import observe
from ingest.embedding import load_embedder
from ingest.isolation import collect_seldom
from ingest.pipeline import take_in
from ingest.reading import read
from ingest.store import Store
from ingest.structure import understand

_PUBLISHED = DEMO_CORPUS.parent / "published"
_RUNS = 3
_LONG_PACK = 400


@dataclass(frozen=True, slots=True)
class Stage:
    """What was done to every page, how long that took, and the most memory of any process."""

    name: str
    pages: int
    seconds: float
    peak_mib: float

    def row(self, floor: float) -> tuple[str, ...]:
        """The stage in a table; `floor` is the bare text's seconds a page."""
        each = self.seconds / self.pages
        return (
            self.name,
            f"{self.seconds:.2f}",
            f"{self.pages / self.seconds:,.0f}",
            f"{each * 1000:.1f}",
            f"{each / floor:,.1f}",
            f"{self.peak_mib:.0f}",
        )


def packs() -> list[Path]:
    """The published packs with text: the scan is measured by its reader's own notes."""
    return [path for path in sorted(_PUBLISHED.glob("*.pdf")) if path.stem in _with_text()]


def _with_text() -> set[str]:
    return {path.stem for path in DEMO_CORPUS.glob("*.md")}


def count_pages(files: Sequence[Path]) -> int:
    """How many pages the files have."""
    return sum(len(pypdfium2.PdfDocument(file)) for file in files)


def bare_text(file: Path) -> None:
    """A PDF's text by PDFium alone: no order, no tables, no furniture taken out."""
    document = pypdfium2.PdfDocument(file)
    for page in document:
        page.get_textpage().get_text_range()
        page.close()
    document.close()


def structured(file: Path) -> None:
    """Read, and meeting, agenda, passages, decisions and tables found."""
    understand(read(file))


def observed(file: Path) -> None:
    """The same, and every figure."""
    observe(understand(read(file)))


def measured(name: str, work: Callable[[Path], object], files: Sequence[Path]) -> Stage:
    """Every file worked on in this process; the middle of three runs."""
    collect_seldom()  # as the workers do
    work(files[0])  # libraries are loaded once, whatever the number of papers
    seconds = [timed(lambda: [work(file) for file in files])[0] for _ in range(_RUNS)]
    return Stage(name, count_pages(files), median(seconds), peak_mib())


def taken_in(name: str, files: Sequence[Path], *, vectors: bool) -> Stage:
    """The whole way into a new store, with the workers' start and the model's loading."""
    with TemporaryDirectory(prefix="boardpapers-bench-") as folder:

        def work() -> None:
            with Store.open(Path(folder), load_embedder() if vectors else None) as store:
                report = take_in(files, store, observe)
            if report.refused:
                sys.exit("; ".join(f.reason or "" for f in report.files if f.status == "refused"))

        seconds, _ = timed(work)
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Stage(name, count_pages(files), seconds, max(peak_mib(), workers))


def long_pack(folder: Path) -> Path:
    """One pack of 400 pages: the packs over and over, each time with other numbers.

    Without them most passages would be the same, and a passage is embedded only once.
    """
    merged = pypdfium2.PdfDocument.new()
    for turn in range(1, _LONG_PACK):
        for pack in map(load, pack_ids()):
            source = (DEMO_CORPUS / f"{pack.id}.md").read_text("utf-8")
            varied = replace(pack, pages=tuple(pages_of(_varied(source, turn))))
            merged.import_pages(pypdfium2.PdfDocument(pdf(varied, cover=False)))
            if len(merged) >= _LONG_PACK:
                return _saved(merged, folder / "long-pack.pdf")
    raise AssertionError("unreachable: each turn adds pages")


def _varied(source: str, turn: int) -> str:
    """The text with every number but those of pages made another, and every sentence marked."""
    numbers = re.compile(r"(?m)^Page \d+$|\b\d+\b")
    shown = numbers.sub(
        lambda m: m[0] if m[0].startswith("Page") else str(int(m[0]) + turn), source
    )
    return re.sub(r"(?<=[a-z])\. ", f" (turn {turn}). ", shown)


def _saved(document: pypdfium2.PdfDocument, path: Path) -> Path:
    for _ in range(len(document) - _LONG_PACK):
        del document[len(document) - 1]
    document.save(path)
    return path


def stages_of(files: Sequence[Path], label: str = "") -> list[Stage]:
    """Every stage on the files, each in a process of its own."""
    works: list[tuple[str, Callable[[Path], object]]] = [
        ("PDFium's bare text", bare_text),
        ("reading", read),
        ("+ structure", structured),
        ("+ figures", observed),
    ]
    stages = [alone(partial(measured, label + name, work, files)) for name, work in works]
    stages.append(alone(partial(taken_in, f"{label}+ storing", files, vectors=False)))
    if load_embedder():
        stages.append(alone(partial(taken_in, f"{label}+ embedding", files, vectors=True)))
    return stages


def main() -> None:
    """Measures, prints and saves."""
    files = [Path(arg) for arg in sys.argv[1:]] or packs()
    columns = ("", "seconds", "pages/s", "ms a page", "x bare text", "peak MiB")
    results: dict[str, object] = {}
    with TemporaryDirectory(prefix="boardpapers-bench-") as folder:
        sets = {f"{len(files)} packs": files, "one long pack": [long_pack(Path(folder))]}
        for name, chosen in sets.items():
            stages = stages_of(chosen)
            floor = stages[0].seconds / stages[0].pages
            title = f"Taking in {name}, {stages[0].pages} pages; storing goes side by side"
            show(title, columns, [stage.row(floor) for stage in stages])
            results[name] = [asdict(stage) for stage in stages]
    save("ingest", results)


if __name__ == "__main__":
    main()
