"""How a store grows: taking in, its size, opening, searching and asking, from 1,000 passages on.

One store grows from each size to the next, and is measured at each.

    python -m benchmarks.scale [PASSAGES ...] [--words] [--searching] [--public]
                               [--chroma-url URL] [--register-url URL]
    python -m benchmarks.scale --plot

The packs are made up and the vectors come from a seeded generator (`made.py`), so neither a model
nor reading is timed: answers mean nothing here, only their cost does. `--words` leaves vectors
out, `--searching` asks no whole question, `--public` asks as one of the public of a store in which
the first paper is held back. Each size is saved when it is done, so that a run that
is stopped leaves those before; `--plot` draws all that were. Servers must hold nothing. Processor
time is told beside the clock's: the machine may be shared.
"""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import vl_convert

from assistant.answer import Scope
from assistant.assistant import Assistant
from assistant.indexes import keep_indexes
from assistant.operations.memory import settle
from assistant.passages.search import Search
from assistant.question.understand import Query, understand
from assistant.settings import chroma_server, register_place
from assistant.views import Views
from benchmarks.made import MADE, RandomVectors, asked, made
from benchmarks.measures import BUILD, Cost, Costs, alone, cost_of, peak_mib, save, show
from ingest.embedding import Embedder
from ingest.model import Privacy, Restriction
from ingest.sight import EVERYTHING, PUBLIC, Sight
from ingest.store import Store

SIZES = (1_000, 10_000)
_PLOT = Path("docs/images/scale.svg")
_TOLD_EVERY = 20_000
_BY_KIND = {
    "field": "kind",
    "type": "nominal",
    "legend": {"title": None, "orient": "bottom", "columns": 3, "labelLimit": 300},
}


@dataclass(frozen=True, slots=True)
class Built:
    """What went into a store, and what the last paper alone took."""

    papers: int
    passages: int
    observations: int
    whole: Cost
    last: Cost
    mib: float


NOTHING = Built(0, 0, 0, Cost(0, 0), Cost(0, 0), 0)


@dataclass(frozen=True, slots=True)
class Used:
    """What a store costs to open, to search, and to ask; and one question after a change."""

    opening: Cost
    first: Cost
    searching: Costs
    asking: Costs | None
    peak_mib: float


def _open(folder: Path, embedder: Embedder | None, sight: Sight = EVERYTHING) -> Store:
    return Store.open(folder, embedder, sight, chroma_server(), register_place())


def build(folder: Path, passages: int, words: bool, before: Built = NOTHING) -> Built:
    """Made-up packs until there are as many passages, each taken in as any paper is."""
    papers, count, figures = before.papers, before.passages, before.observations
    clock, processor = before.whole.clock, before.whole.processor
    cost = before.last
    with _open(folder, None if words else RandomVectors()) as store:
        keep_indexes(store)
        for one in made(passages, before.passages):
            cost, _ = cost_of(partial(store.put, one.paper, one.observations))
            clock, processor = clock + cost.clock, processor + cost.processor
            count += len(one.paper.passages)
            papers, figures = papers + 1, figures + len(one.observations)
            if count % _TOLD_EVERY < len(one.paper.passages):
                told = f"{count:,} passages in {clock:.0f} s ({processor:.0f})"
                print(told, file=sys.stderr, flush=True)
    mib = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 2**20
    return Built(papers, count, figures, Cost(clock, processor), cost, mib)


def use(folder: Path, passages: int, words: bool, searching: bool, public: bool = False) -> Used:
    """Opens the store, searches it, and asks."""
    embedder = None if words else RandomVectors()
    if public:
        _hold_back_the_first(folder)
    sight = PUBLIC if public else EVERYTHING
    opening, store = cost_of(partial(_open, folder, embedder, sight))
    with store:
        began, search = cost_of(lambda: Search(store))
        queries = _queries(store, passages)
        first, _ = cost_of(partial(search.find, queries[0]))
        found = [cost_of(partial(search.find, query))[0] for query in queries]
    opening = Cost(opening.clock + began.clock, opening.processor + began.processor)
    asking = None
    if not searching:
        opening, assistant = cost_of(lambda: Assistant(_open(folder, embedder, sight)))
        with assistant:
            questions = asked(passages)
            first, _ = cost_of(partial(assistant.ask, questions[0]))
            settle()
            asking = Costs.of([cost_of(partial(assistant.ask, q))[0] for q in questions])
    return Used(opening, first, Costs.of(found), asking, peak_mib())


def _hold_back_the_first(folder: Path) -> None:
    with _open(folder, None) as store:
        keep_indexes(store)
        first = f"{MADE}{0:07}"
        whole = Restriction(Privacy.EXEMPT, "Paper", "Held back", 0, len(store.text(first)))
        store.rule(first, whole, "the benchmark", "2026-01-01")
        keep_indexes(store)


def _queries(store: Store, passages: int) -> list[Query]:
    held = Views(store).held
    return [understand(q, (), Scope(), held, date(2026, 1, 1)) for q in asked(passages)]


def main() -> None:
    """Measures, prints and saves; or draws what was saved."""
    given = _given()
    if given.plot:
        print(plot(_PLOT))
        return
    for name in ("chroma", "register"):
        if url := getattr(given, f"{name}_url"):
            os.environ[f"BOARDPAPERS_{name.upper()}_URL"] = url
    kind = "words" if given.words else "servers" if given.chroma_url else "embedded"
    kind += "-public" * given.public
    rows, built = [], NOTHING
    with TemporaryDirectory(prefix="boardpapers-bench-", dir=given.dir) as temporary:
        for size in sorted(given.passages or SIZES):
            built = alone(build, Path(temporary), size, given.words, built)
            used = alone(use, Path(temporary), size, given.words, given.searching, given.public)
            result = {"size": size, "kind": kind, "built": asdict(built), "used": asdict(used)}
            print(json.dumps(result), file=sys.stderr, flush=True)
            save(f"scale-{kind}-{size}", result)
            rows.append(_row(built, used))
            show(f"Scale, {kind}: seconds by the clock (of processor time)", _COLUMNS, rows)


def _given() -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks.scale")
    parser.add_argument("passages", nargs="*", type=int)
    parser.add_argument("--words", action="store_true", help="without vectors")
    parser.add_argument("--searching", action="store_true", help="ask no whole question")
    parser.add_argument("--public", action="store_true", help="ask as one of the public")
    parser.add_argument("--chroma-url")
    parser.add_argument("--register-url")
    parser.add_argument("--dir", help="where the stores are made")
    parser.add_argument("--plot", action="store_true")
    return parser.parse_args()


_COLUMNS = (
    "passages", "papers", "figures", "passages a second", "last paper s", "MiB", "open s",
    "first s", "search p50 ms", "p95", "ask p50 ms", "p95", "peak MiB",
)  # fmt: skip


def _row(built: Built, used: Used) -> tuple[str, ...]:
    def both(clock: float, processor: float, times: float = 1, digits: int = 2) -> str:
        return f"{times * clock:.{digits}f} ({times * processor:.{digits}f})"

    def quantiles(costs: Costs | None) -> tuple[str, str]:
        if costs is None:
            return "–", "–"
        clock, processor = costs.clock, costs.processor
        return (
            both(clock.p50, processor.p50, 1000, 0),
            both(clock.p95, processor.p95, 1000, 0),
        )

    rate = (built.passages / built.whole.clock, built.passages / built.whole.processor)
    return (
        f"{built.passages:,}",
        f"{built.papers:,}",
        f"{built.observations:,}",
        both(*rate, digits=0),
        both(built.last.clock, built.last.processor),
        f"{built.mib:,.0f}",
        both(used.opening.clock, used.opening.processor),
        both(used.first.clock, used.first.processor),
        *quantiles(used.searching),
        *quantiles(used.asking),
        f"{used.peak_mib:,.0f}",
    )


def plot(path: Path) -> Path:
    """How cost grows, drawn of every size that was saved."""
    drawing = {
        "background": "white",
        "data": {"values": list(_drawn())},
        "facet": {"column": {"field": "what", "header": {"title": None}}},
        "resolve": {"scale": {"y": "independent"}},
        "spec": {
            "width": 260,
            "height": 260,
            "mark": {"type": "line", "point": {"size": 50}},
            "encoding": {
                "x": {
                    "field": "passages",
                    "type": "quantitative",
                    "scale": {"type": "log", "nice": False},
                    "axis": {"title": "passages held", "format": "~s", "tickCount": 4},
                },
                "y": {"field": "cost", "type": "quantitative", "axis": {"title": "milliseconds"}},
                "color": _BY_KIND,
                "shape": {**_BY_KIND, "legend": None},
            },
        },
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(vl_convert.vegalite_to_svg(drawing) + "\n", "utf-8")
    return path


def _drawn() -> Iterator[dict[str, str | float]]:
    for file in sorted(BUILD.glob("scale-*.json")):
        saved = json.loads(file.read_text("utf-8"))
        built, used = saved["built"], saved["used"]
        costs = {"a search, p95 by the clock": used["searching"]["clock"]["p95"]}
        if used["asking"]:
            costs["a question, p95 by the clock"] = used["asking"]["clock"]["p95"]
        if not saved["kind"].endswith("-public"):  # who is to see it doesn't matter to taking in
            taken = built["whole"]["processor"] / built["passages"]
            costs["taking in a passage, of processor time"] = taken
        for what, cost in costs.items():
            kind = saved["kind"].replace("-public", ", the public")
            yield {"passages": built["passages"], "kind": kind, "what": what, "cost": 1000 * cost}


if __name__ == "__main__":
    main()
