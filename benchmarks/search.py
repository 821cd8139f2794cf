"""How often the passage that answers comes first: each stage of search, and what else there is.

    python -m benchmarks.search [PAPERS CASES]... [--fit] [--peers]

PAPERS is a folder or store of papers, CASES a case file or folder of theirs; default: the
demonstration papers with our own cases. What has weights is checked on councils that they
weren't chosen on.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.assistant import Assistant
from assistant.passages.ranking import FEATURES, Features
from assistant.passages.search import Search, sought
from assistant.settings import DEMO_CORPUS
from benchmarks.evidence import COLUMNS, Found, Quality, Question, quality, questions
from benchmarks.measures import Spread, save, show, timed
from benchmarks.peers import haystack_hybrid, langchain_recipe
from benchmarks.weighing import NAMES, Pool, checked, fitted, pool
from indicators.catalogue import indexed, terms
from indicators.extract import observe
from ingest.embedding import Embedder, load_embedder
from ingest.finding import Finder, Within
from ingest.model import Paper
from ingest.pipeline import take_in
from ingest.reading import Source
from ingest.store import Store
from ingest.structure import understand
from ingest.words import Wording

OWN_CASES = DEMO_CORPUS.parent.parent / "evals" / "cases"
_POOL = 60
_FUSION = 60
_GROUPS = {
    "dates": ("date_told", "date_held", "date_near", "figure_dated", "minutes_dated"),
    "kind of passage": ("decides", "sign", "figures", "thin"),
    "labels": ("label",),
    "together and names": ("together", "named"),
    "words": ("words",),
    "meaning": ("meaning",),
}
Ranking = Callable[[Question], Sequence[Found]]


class Bench:
    """One set of papers with the cases of theirs, and the ways to search them."""

    def __init__(self, name: str, store: Store, files: Sequence[Path]) -> None:
        self.name = name
        self.store = store
        self.assistant = Assistant(store)
        self.asked = questions(files, self.assistant)
        self.search = Search(store)
        self.pools: list[Pool] = []
        self.seconds: list[float] = []
        for question in self.asked:
            took, weighed = timed(partial(self.search.weighed, question.query))
            self.seconds.append(took)
            self.pools.append(pool(question, weighed))

    def words(self, finder: Finder, question: Question, *, filtered: bool = True) -> list[int]:
        """Passages by words alone."""
        within = _within(question) if filtered else Within()
        return [number for number, _ in finder.lexical(question.query.words, _POOL, within)]

    def stems(self, finder: Finder, question: Question) -> list[int]:
        """Passages by the question's bare words."""
        bare = sorted(indexed(" ".join(question.query.text.split())) - terms().keys())
        return [number for number, _ in finder.lexical(bare, _POOL, _within(question))]

    def meaning(self, finder: Finder, question: Question, *, filtered: bool = True) -> list[int]:
        """Passages by meaning alone."""
        within = _within(question) if filtered else Within()
        return [number for number, _ in finder.nearest(sought(question.query), _POOL, within)]

    def fused(self, finder: Finder, question: Question, *, filtered: bool = True) -> list[int]:
        """Both, by the sum of reciprocal ranks."""
        worth: dict[int, float] = {}
        for way in (self.words, self.meaning):
            for rank, number in enumerate(way(finder, question, filtered=filtered)):
                worth[number] = worth.get(number, 0.0) + 1 / (_FUSION + rank)
        return sorted(worth, key=lambda number: -worth[number])

    def rank(self, finder: Finder, way: Callable[..., list[int]], **options: bool) -> Quality:
        """How well one of these ways does."""

        def found(question: Question) -> list[Found]:
            first = way(finder, question, **options)[:10]
            return [Found.of(held.passage) for held in finder.read(first).values()]

        return quality(self.asked, found)


def stages(bench: Bench, folder: Path) -> dict[str, Quality]:
    """What is found before anything is weighed."""
    finder = bench.store.finder
    found = {
        "words": bench.rank(finder, bench.words),
        "meaning": bench.rank(finder, bench.meaning),
        "both, fused by rank": bench.rank(finder, bench.fused),
        "… without the filter by council": bench.rank(finder, bench.fused, filtered=False),
    }
    with Store.open(folder / f"{bench.name}-bare", load_embedder()) as bare:
        for record in bench.store.papers():
            source = Source(record.file_name, record.sha256, bench.store.text(record.id))
            bare.put(_without_places(understand(source)), ())
        bare.finder.use(bench.store.finder.wording)
        found["… without headings, council, date"] = bench.rank(bare.finder, bench.fused)
        bare.finder.use(Wording("stems", lambda t: sorted(indexed(t) - terms().keys())))
        found["words, no headings, no catalogue"] = bench.rank(bare.finder, bench.stems)
    return found


def _without_places(paper: Paper) -> Paper:
    """A paper whose passages don't say where they stand."""
    bare = tuple(replace(p, headings=(), part_title="", context="") for p in paper.passages)
    return replace(paper, passages=bare)


def weighings(benches: Sequence[Bench]) -> dict[str, dict[str, Quality]]:
    """The second stage, and what each group of its features buys."""
    pools = [p for bench in benches for p in bench.pools]
    ways: dict[str, Ranking] = {"weighed (as in use, checked)": checked(pools)}
    for name, group in _GROUPS.items():
        rest = tuple(feature for feature in NAMES if feature not in group)
        ways[f"… without {name}"] = checked(pools, rest)
    return {
        way: {b.name: quality(b.asked, ranked) for b in benches} for way, ranked in ways.items()
    }


def peers(bench: Bench, embedder: Embedder | None) -> dict[str, Quality]:
    """What a user would pick instead."""
    if embedder is None:
        return {}
    texts = {r.id: bench.store.text(r.id) for r in bench.store.papers()}
    made = {
        "LangChain's recipe": langchain_recipe(texts, embedder),
        "Haystack's hybrid": haystack_hybrid(texts, embedder),
    }
    return {name: quality(bench.asked, find) for name, find in made.items() if find}


def as_answered(bench: Bench) -> Quality:
    """Search as it is, with the weights in use."""
    return quality(
        bench.asked,
        lambda question: [
            Found.of(passage)
            for hit in bench.search.find(question.query)
            for passage in (hit.passage, *hit.also)
        ],
    )


def _within(question: Question) -> Within:
    return Within(councils=question.query.councils)


def _case_files(cases: Path) -> list[Path]:
    return sorted(cases.glob("*.jsonl")) if cases.is_dir() else [cases]


def _opened(papers: Path, folder: Path, number: int) -> Store:
    if (papers / "register.sqlite3").exists():
        return Store.open(papers, load_embedder())
    store = Store.open(folder / str(number), load_embedder())
    if take_in([papers], store, observe).refused:
        sys.exit(f"Some papers in {papers} were refused: name a folder of papers only.")
    return store


def _print_weights(pools: Sequence[Pool]) -> None:
    weights = Features(*(round(float(weight), 2) for weight in fitted(pools)))
    print(
        "WEIGHTS = "
        + ", ".join(f"{n}={v}" for n, v in zip(FEATURES, weights.values(), strict=True))
    )


def main() -> None:
    """Measures, prints and saves."""
    places = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    pairs = list(zip(places[::2], places[1::2], strict=True)) or [(DEMO_CORPUS, OWN_CASES)]
    with TemporaryDirectory(prefix="boardpapers-bench-") as temporary:
        folder = Path(temporary)
        benches = [
            Bench(papers.name, _opened(papers, folder, i), _case_files(cases))
            for i, (papers, cases) in enumerate(pairs)
        ]
        weighed = weighings(benches)
        results: dict[str, dict[str, Quality]] = {}
        for bench in benches:
            found = {"as in use": as_answered(bench)} | stages(bench, folder)
            found |= {way: row[bench.name] for way, row in weighed.items()}
            if "--peers" in sys.argv:
                found |= peers(bench, load_embedder())
            spread = Spread.of(bench.seconds)
            size = bench.store.finder.size()
            show(
                f"{bench.name}: {len(bench.asked)} questions, {size} passages; "
                f"p50 {1000 * spread.p50:.0f} ms, p95 {1000 * spread.p95:.0f} ms",
                ("", *COLUMNS),
                [(name, *row.row()) for name, row in found.items()],
            )
            results[bench.name] = found
        if "--fit" in sys.argv:
            _print_weights([p for bench in benches for p in bench.pools])
        for bench in benches:
            bench.assistant.close()
    save("search", {n: {w: asdict(q) for w, q in r.items()} for n, r in results.items()})


if __name__ == "__main__":
    main()
