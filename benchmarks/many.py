"""How opening and searching grow with the number of passages; a hundred thousand take a while.

    python -m benchmarks.many [PASSAGES ...]      default: 1000 10000

Passages are put together from a fixed seed and their vectors are random, so that reading and
embedding a thousand papers isn't what is timed. What is: opening the store for search, the first
question, and then questions with and without a scope.
"""

import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from assistant.answer import Scope
from assistant.passages.search import Search, wording
from assistant.question.understand import Held, Query, understand
from benchmarks.measures import Spread, alone, peak_mib, save, show, timed
from benchmarks.scale import PLACES, RandomVectors, asked, packs
from ingest.model import Meeting, Paper, Passage, Unit
from ingest.store import Store
from ingest.structure import understand as structured

SIZES = (1_000, 10_000)
_SEED = 20240711
_A_PAPER = 1_000
_COUNCILS = 25


@dataclass(frozen=True, slots=True)
class Searched:
    """What search costs at one size."""

    passages: int
    build_seconds: float
    open_seconds: float
    first_seconds: float
    everywhere: Spread
    one_council: Spread
    words_alone: Spread
    peak_mib: float


def papers(passages: int) -> Iterator[Paper]:
    """Papers of a thousand passages, each sentence of them one of a few thousand."""
    pattern = structured(next(packs()))
    sources = packs()
    units = [
        unit
        for _ in range(40)
        for passage in structured(next(sources)).passages
        for unit in passage.units
    ]
    for number in range(0, passages, _A_PAPER):
        random = Random(_SEED + number)
        size = min(_A_PAPER, passages - number)
        of = replace(
            pattern.meeting,
            council=f"{PLACES[number // _A_PAPER % len(PLACES)]} Council "
            f"{number // _A_PAPER % _COUNCILS}",
            held=date(2000, 1, 1) + timedelta(days=80 * (number // _A_PAPER)),
        )
        name = f"paper-{number:06}"
        made = tuple(
            _shuffled(random, random.choice(pattern.passages), units, i, name, of)
            for i in range(size)
        )
        yield replace(
            pattern,
            id=name,
            file_name=f"{name}.md",
            sha256=sha256(name.encode()).hexdigest(),
            meeting=of,
            passages=made,
            decisions=(),
            tables=(),
        )


def _shuffled(
    random: Random, passage: Passage, units: list[Unit], number: int, paper: str, of: Meeting
) -> Passage:
    chosen = tuple(random.choice(units) for _ in range(max(2, len(passage.units))))
    where = replace(passage.locator, paper=paper, start=1000 * number, end=1000 * number + 900)
    meeting = replace(passage.meeting, council=of.council, held=of.held)
    return replace(
        passage,
        units=chosen,
        locator=where,
        meeting=meeting,
        context=f"{meeting.council} > {number} > {passage.context}",
    )


def build(folder: Path, passages: int) -> float:
    """Fills a store; seconds."""

    def work() -> None:
        with Store.open(folder, RandomVectors()) as store:
            store.finder.use(wording())
            for paper in papers(passages):
                store.put(paper, ())

    return timed(work)[0]


def use(folder: Path, build_seconds: float) -> Searched:
    """Opens the store and searches."""

    def begin() -> tuple[Store, Search]:
        store = Store.open(folder, RandomVectors())
        return store, Search(store)

    opening, (store, search) = timed(begin)
    with store:
        everything = _queries(store)
        first = timed(partial(search.find, everything[0]))[0]
        council = sorted({r.meeting.council for r in store.papers() if r.meeting.council})[0]
        everywhere = [timed(partial(search.find, q))[0] for q in everything]
        scoped = [
            timed(partial(search.find, replace(q, councils=(council,))))[0] for q in everything
        ]
        size = store.finder.size()
    with Store.open(folder, None) as bare:
        words = Search(bare)
        alone_ = [timed(partial(words.find, q))[0] for q in everything]
    return Searched(
        size, build_seconds, opening, first,
        Spread.of(everywhere), Spread.of(scoped), Spread.of(alone_), peak_mib(),
    )  # fmt: skip


def _queries(store: Store) -> list[Query]:
    dates = [r.meeting.held for r in store.papers() if r.meeting.held]
    held = Held((), (), min(dates), max(dates))
    return [understand(q, (), Scope(), held, date(2026, 1, 1)) for q in asked()]


def main() -> None:
    """Measures, prints and saves."""
    results = []
    for size in [int(arg) for arg in sys.argv[1:]] or SIZES:
        with TemporaryDirectory(prefix="boardpapers-bench-") as temporary:
            built = alone(build, Path(temporary), size)
            results.append(alone(use, Path(temporary), built))
    rows = [
        (
            f"{r.passages:,}",
            f"{r.build_seconds:.0f}",
            f"{r.open_seconds:.2f}",
            f"{r.first_seconds:.2f}",
            *(
                f"{1000 * spread.p50:.0f} / {1000 * spread.p95:.0f}"
                for spread in (r.everywhere, r.one_council, r.words_alone)
            ),
            f"{r.peak_mib:.0f}",
        )
        for r in results
    ]
    columns = (
        "passages", "build s", "open s", "first s", "p50 / p95 ms", "one council", "words alone",
        "peak MiB",
    )  # fmt: skip
    show("Search alone, random vectors", columns, rows)
    save("many", {"sizes": [asdict(result) for result in results]})


if __name__ == "__main__":
    main()
