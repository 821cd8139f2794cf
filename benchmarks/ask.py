"""How fast questions are answered, beside a bare FTS5 lookup over the same passages.

    python -m benchmarks.ask

Asks every question of `evals/cases/` of the demonstration papers, warm, with and without vectors;
then times whole cold processes.
"""

import re
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from assistant.assistant import Assistant
from assistant.batch import Question, read_questions
from assistant.settings import DEMO_CORPUS
from benchmarks.measures import Spread, alone, peak_mib, save, show, timed
from ingest.embedding import load_embedder
from ingest.store import Store

_COLD_RUNS = 3
_COLD_QUESTION = "How many children were looked after in Averonshire in March 2024?"
# What a machine without the embedding model does: no package is found.
_WITHOUT_MODEL = (
    "import ingest.embedding; ingest.embedding.PACKAGES = (); "
    "from assistant.cli import main; main()"
)


@dataclass(frozen=True, slots=True)
class Warm:
    """The questions put to one open assistant."""

    open_seconds: float
    first_seconds: float
    all: Spread
    by_route: dict[str, Spread]
    stage_shares: dict[str, float]
    bare_lookup: Spread
    peak_mib: float


def questions() -> list[Question]:
    """The questions of our own cases."""
    folder = DEMO_CORPUS.parents[1] / "evals" / "cases"
    return [q for path in sorted(folder.glob("*.jsonl")) for q in read_questions(path)]


def fill(store: Path) -> None:
    """Takes the demonstration papers in."""
    with Assistant.open(store) as assistant:
        if assistant.ingest([DEMO_CORPUS]).refused:
            sys.exit(f"Some papers in {DEMO_CORPUS} were refused: the times would not be theirs.")


def warm(folder: Path, *, vectors: bool) -> Warm:
    """Every question once, after a first one that loads what is loaded late."""
    asked = questions()
    embedder = load_embedder() if vectors else None
    opening, assistant = timed(lambda: Assistant(Store.open(folder, embedder)))
    with assistant:
        first, _ = timed(lambda: assistant.ask(_COLD_QUESTION))
        seconds: list[float] = []
        by_route: dict[str, list[float]] = defaultdict(list)
        stages: dict[str, float] = defaultdict(float)
        for question in asked:
            took, answer = timed(partial(assistant.ask, question.question, question.history))
            seconds.append(took)
            by_route[answer.route.value].append(took)
            for stage, ms in (answer.receipt.timings_ms if answer.receipt else {}).items():
                stages[stage] += ms
        peak = peak_mib()
    return Warm(
        open_seconds=opening,
        first_seconds=first,
        all=Spread.of(seconds),
        by_route={route: Spread.of(took) for route, took in sorted(by_route.items())},
        stage_shares={stage: ms / sum(stages.values()) for stage, ms in stages.items()},
        bare_lookup=bare_lookup(folder, [q.question for q in asked]),
        peak_mib=peak,
    )


def bare_lookup(folder: Path, asked: Sequence[str]) -> Spread:
    """The ten best passages by the question's bare words: the least that a search can do."""
    with Store.open(folder) as store:
        rows = [(p.passage.context, p.passage.text) for p in store.passages()]
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE p USING fts5 (context, text, tokenize='porter')")
    connection.executemany("INSERT INTO p VALUES (?, ?)", rows)

    def find(question: str) -> list[tuple[str]]:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
        query = "SELECT text FROM p WHERE p MATCH ? ORDER BY rank LIMIT 10"
        return connection.execute(query, (words,)).fetchall()

    seconds = [timed(partial(find, question))[0] for question in asked]
    connection.close()
    return Spread.of(seconds)


def cold(folder: Path, *, vectors: bool) -> float:
    """Seconds from starting the command to its whole answer: the median of a few."""
    program = ["-m", "assistant.cli"] if vectors else ["-c", _WITHOUT_MODEL]
    command = [sys.executable, *program, "ask", _COLD_QUESTION, "--store", str(folder)]
    return median(
        timed(lambda: subprocess.run(command, check=True, capture_output=True))[0]
        for _ in range(_COLD_RUNS)
    )


def _row(name: str, spread: Spread, bare: Spread) -> tuple[str, ...]:
    return (
        name,
        str(spread.count),
        f"{1000 * spread.p50:.1f}",
        f"{1000 * spread.p95:.1f}",
        f"{spread.p50 / bare.p50:.0f}",
    )


def _print(name: str, result: Warm, cold_seconds: float) -> None:
    routes = [_row(f"  {route}", s, result.bare_lookup) for route, s in result.by_route.items()]
    show(
        name,
        ("", "questions", "p50 ms", "p95 ms", "x bare lookup"),
        [
            _row("all", result.all, result.bare_lookup),
            *routes,
            _row("bare FTS5 lookup", result.bare_lookup, result.bare_lookup),
        ],
    )
    shares = ", ".join(f"{stage} {share:.0%}" for stage, share in result.stage_shares.items())
    print(
        f"Where the time goes: {shares}. Opening {result.open_seconds:.2f} s, first question "
        f"{result.first_seconds:.2f} s, cold command {cold_seconds:.2f} s, "
        f"peak {result.peak_mib:.0f} MiB.\n"
    )


def main() -> None:
    """Measures, prints and saves."""
    results = {}
    with TemporaryDirectory(prefix="boardpapers-bench-") as temporary:
        folder = Path(temporary)
        alone(fill, folder)
        modes = {"words alone": False} | ({"words and vectors": True} if load_embedder() else {})
        for name, vectors in modes.items():
            result = alone(warm, folder, vectors=vectors)
            cold_seconds = cold(folder, vectors=vectors)
            _print(name.capitalize(), result, cold_seconds)
            results[name] = asdict(result) | {"cold_seconds": cold_seconds}
    save("ask", results)


if __name__ == "__main__":
    main()
