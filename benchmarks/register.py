"""How long the register of decisions takes to search, by the number of decisions held.

    python -m benchmarks.register [DECISIONS ...]      default: 10000 100000

Decisions are generated from a fixed seed and put straight into the store's register, since reading
that many papers would take hours. A search gives its first page of fifty with the exact count of
decisions and meetings; searches of one and of two words, with and without filters, take turns.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from assistant.answer import Scope
from assistant.register.outcomes import DecisionOutcome
from assistant.register.register import Register, RegisterQuery
from benchmarks.measures import Spread, alone, peak_mib, save, show, timed
from ingest.model import Decision, DecisionKind, Locator, Meeting, Paper
from ingest.store import Store

SIZES = (10_000, 100_000)
_SEED = 20250320
_SEARCHES = 200
_A_PAPER = 40
_COUNCILS = tuple(
    f"{name} County Council" for name in ("Oldmere", "Fennick", "Thornwick", "Eastmarch")
)
_COMMITTEES = ("Corporate Parenting Board", "Children's Scrutiny Panel", "Cabinet")
_SUBJECTS = (
    "adoption", "fostering fees", "bus passes", "dental checks", "return interviews", "the virtual "
    "school", "contact centres", "council tax relief", "advocacy", "laptops", "supported lodgings",
    "recruitment", "emotional wellbeing", "siblings placed apart", "missing children", "the budget",
    "inspection", "kinship carers", "unaccompanied children", "mental health", "car parking",
    "swimming pools", "housing repairs", "licensing fees", "flood defences", "library hours",
)  # fmt: skip
_FORMS = (
    "That the report on {0} be noted.",
    "That {0} and {1} be reported to each meeting.",
    "That Cabinet be recommended to approve the scheme for {0}.",
    "That the decision on {0} be deferred until the {1} review is complete.",
    "That the Director report back on {0} in March, with the cost of {1}.",
    "{2} to circulate a note on {0}. By 31 March 2024.",
    "That the strategy for {0} be adopted from April.",
)
_OWNERS = ("Orla Finch", "Piotr Hale", "Sunita Marsh", "Gwyn Tarrant")


@dataclass(frozen=True, slots=True)
class Result:
    """What one size measured, in seconds."""

    decisions: int
    indexing: float
    wall: Spread
    processor: Spread
    peak_mib: float


def main() -> None:
    """Measures each size in a process of its own."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    results = [alone(measure, size) for size in sizes]
    rows = [
        (
            f"{one.decisions:,}",
            f"{one.indexing:.1f}",
            f"{1000 * one.wall.p50:.1f}",
            f"{1000 * one.wall.p95:.1f}",
            f"{1000 * one.processor.p95:.1f}",
            f"{one.peak_mib:.0f}",
        )
        for one in results
    ]
    columns = ("decisions", "indexed in s", "p50 ms", "p95 ms", "p95 ms of processor", "peak MiB")
    show("Search of the register, a page of fifty with exact counts", columns, rows)
    save("register", {"sizes": [asdict(one) for one in results]})


def measure(size: int) -> Result:
    """Fills a store with so many decisions and searches them."""
    random = Random(_SEED)
    with TemporaryDirectory() as folder, Store.open(Path(folder)) as store:
        for paper in _papers(size, random):
            store.put(paper, ())
        register = Register(store)
        indexing, _ = timed(lambda: register.count(RegisterQuery()))
        queries = [_query(random) for _ in range(_SEARCHES)]
        wall, processor = [], []
        for query in queries:
            began = time.process_time()
            seconds, _ = timed(lambda: register.search(query))  # noqa: B023
            wall.append(seconds)
            processor.append(time.process_time() - began)
        return Result(size, indexing, Spread.of(wall), Spread.of(processor), peak_mib())


def _query(random: Random) -> RegisterQuery:
    """One or two subjects, half of the time within a council, a span of dates or an outcome."""
    words = " ".join(random.sample(_SUBJECTS, random.choice((1, 1, 2))))
    council = random.choice(((), (random.choice(_COUNCILS),)))
    since = random.choice((None, date(2018, 1, 1)))
    outcomes = random.choice(((), (DecisionOutcome.NOTED,), (DecisionOutcome.REQUESTED,)))
    owner = random.choice(("", "", "", random.choice(_OWNERS)))
    scope = Scope(councils=council, since=since)
    return RegisterQuery(words, outcomes=outcomes, owner=owner, scope=scope)


def _papers(size: int, random: Random) -> Iterator[Paper]:
    for number in range(-(-size // _A_PAPER)):
        held = date(2010, 1, 7) + timedelta(days=random.randrange(5_500))
        meeting = Meeting(random.choice(_COUNCILS), random.choice(_COMMITTEES), held)
        texts = [_text(random) for _ in range(min(_A_PAPER, size - number * _A_PAPER))]
        yield _paper(f"paper-{number}", meeting, texts, random)


def _text(random: Random) -> str:
    subjects = random.sample(_SUBJECTS, 2)
    return random.choice(_FORMS).format(*subjects, random.choice(_OWNERS))


def _paper(name: str, meeting: Meeting, texts: Sequence[str], random: Random) -> Paper:
    text = "\n".join(texts)
    decisions, start = [], 0
    for said in texts:
        where = Locator(name, start, start + len(said))
        action = " to circulate" in said
        kind = DecisionKind.ACTION if action else DecisionKind.RESOLUTION
        owner = said.split(" to ")[0] if action else None
        title = f"{random.randrange(1, 200)} {random.choice(_SUBJECTS).capitalize()}"
        decisions.append(Decision(kind, None, title, said, meeting, where, owner=owner))
        start += len(said) + 1
    return Paper(
        id=name,
        file_name=f"{name}.txt",
        sha256=name,
        title=name,
        meeting=meeting,
        text=text,
        items=(),
        passages=(),
        decisions=tuple(decisions),
        tables=(),
        minutes_of=meeting.held,
    )


if __name__ == "__main__":
    main()
