"""How long questions on a series take over many figures.

    python -m benchmarks.figures [FIGURES ...]      default: 10000 100000 1000000

The figures are generated: every council prints each of its measures month by month, pack by pack,
with targets and comparators. Asking is understanding the question, finding the series, and working
out the answer; taking the figures in is timed apart. Processor time stands beside the clock's: the
machine may be shared.
"""

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.answer import Scope
from assistant.figures.answers import FigureAnswers
from assistant.figures.index import Figures, indexing
from assistant.operations.memory import settle
from assistant.question.understand import Held, understand
from benchmarks.measures import Cost, Costs, alone, cost_of, peak_mib, save, show
from ingest.model import (
    Basis,
    Locator,
    Meeting,
    Observation,
    Paper,
    PartKind,
    Passage,
    Unit,
    UnitKind,
)
from ingest.periods import month
from ingest.store import Store

SIZES = (10_000, 100_000, 1_000_000)
_MONTHS = 12
_MEASURES = 40
_COLUMNS = _MONTHS + 3  # and target, England, statistical neighbours
_SUBJECTS = (
    "Dental checks up to date", "Health assessments up to date", "Reviews held on time",
    "Children in care", "Care leavers in EET", "Care leavers in suitable accommodation",
    "Children with 3 or more placements", "Children placed more than 20 miles from home",
    "Pathway plans up to date", "Return home interviews held on time",
)  # fmt: skip
_DISTRICTS = ("", "north", "south", "central")
_QUESTIONS = (
    "How have dental checks up to date changed in {}?",
    "In which month was the number of children in care highest in {}?",
    "What was the average of reviews held on time over 2021 in {}?",
    "How much did care leavers in EET change between May 2020 and August 2022 in {}?",
    "Did {} meet its target for pathway plans up to date in March 2021?",
    "What was the figure for health assessments up to date in {} in June 2022?",
)


@dataclass(frozen=True, slots=True)
class Scaled:
    """What one size cost; seconds by the clock and of processor time, but for the memory."""

    figures: int
    councils: int
    load: Cost
    ask: Costs
    answered: int
    peak_mib: float


def main(sizes: tuple[int, ...]) -> None:
    """Measure each size in a process of its own, show the lines and keep them."""
    lines = [alone(measure, size) for size in sizes]
    show(
        "Questions on a series: by the clock (of processor time)",
        ("figures", "councils", "load s", "asked", "p50 ms", "p95 ms", "answered", "MiB"),
        [
            (
                f"{line.figures:,}",
                str(line.councils),
                f"{line.load.clock:.1f} ({line.load.processor:.1f})",
                str(line.ask.clock.count),
                f"{1000 * line.ask.clock.p50:.1f} ({1000 * line.ask.processor.p50:.1f})",
                f"{1000 * line.ask.clock.p95:.1f} ({1000 * line.ask.processor.p95:.1f})",
                str(line.answered),
                f"{line.peak_mib:.0f}",
            )
            for line in lines
        ],
    )
    save("figures", {"sizes": [asdict(line) for line in lines]})


def measure(size: int) -> Scaled:
    """Load that many figures and ask each kind of question of several councils."""
    packs = max(1, size // (_MEASURES * _COLUMNS))
    councils = tuple(f"{_name(i)} County Council" for i in range(max(1, packs // 10)))
    meetings = {f"pack-{i}": _meeting(i, councils) for i in range(packs)}
    with TemporaryDirectory() as folder, Store.open(Path(folder)) as store:
        load, _ = cost_of(lambda: _taken_in(store, meetings))
        return _asked(store, councils, packs, load)


def _taken_in(store: Store, meetings: dict[str, Meeting]) -> None:
    store.use(indexing())
    for number, (ident, meeting) in enumerate(meetings.items()):
        passages = (_passage(ident, meeting),)
        sha256 = hashlib.sha256(ident.encode()).hexdigest()
        pack = Paper(
            ident, ident, sha256, ident, meeting, "Performance", (), passages, (), (), None
        )
        store.put(pack, tuple(_figures(ident, meeting, number)))


def _asked(store: Store, councils: tuple[str, ...], packs: int, load: Cost) -> Scaled:
    answers = FigureAnswers(Figures(store), councils)
    held = Held(councils, ("Board",), date(2014, 1, 1), date(2024, 1, 1))
    costs, answered = [], 0
    settle()
    for council in councils[:: max(1, len(councils) // 20)]:
        for question in _QUESTIONS:
            asked = question.format(council.split()[0])
            took, draft = cost_of(partial(_ask, asked, held, answers))
            costs.append(took)
            answered += draft is not None
    return Scaled(
        packs * _MEASURES * _COLUMNS, len(councils), load, Costs.of(costs), answered, peak_mib()
    )


def _ask(question: str, held: Held, answers: FigureAnswers) -> object:
    return answers.answer(understand(question, (), Scope(), held, date(2024, 1, 1)))


def _name(number: int) -> str:
    parts = ("Ald", "Bram", "Cor", "Dun", "Ells", "Farn", "Glen", "Holt", "Ives", "Kel")
    ends = ("mere", "wick", "ford", "stow", "bury", "combe", "dale", "ham", "leigh", "worth")
    third = ("", "ey", "gate", "stone", "field", "bridge", "haven", "moor", "cliffe", "marsh")
    return parts[number % 10] + ends[number // 10 % 10] + third[number // 100 % 10]


def _meeting(number: int, councils: tuple[str, ...]) -> Meeting:
    return Meeting(
        councils[number % len(councils)], "Board", date(2014 + number // len(councils) % 10, 6, 1)
    )


def _passage(paper: str, meeting: Meeting) -> Passage:
    unit = Unit(UnitKind.SENTENCE, "Performance", 0, 11)
    where = Locator(paper, 0, 11)
    return Passage(PartKind.REPORT, "Performance", (), meeting, (unit,), where, "")


def _figures(paper: str, meeting: Meeting, number: int) -> Iterator[Observation]:
    area = (meeting.council or "").removesuffix(" County Council")
    year = meeting.held.year if meeting.held else 2014
    for row in range(_MEASURES):
        subject = _SUBJECTS[row % len(_SUBJECTS)]
        label = f"{subject} {_DISTRICTS[row // len(_SUBJECTS)]}".strip()
        unit = "count" if subject == "Children in care" else "percent"
        for column in range(_COLUMNS):
            yield _figure(paper, area, label, unit, year, row, column, number)


def _figure(
    paper: str, area: str, label: str, unit: str, year: int, row: int, column: int, number: int
) -> Observation:
    dated = column < _MONTHS
    of = area if column <= _MONTHS else ("England", "statistical neighbours")[column - _MONTHS - 1]
    return Observation(
        measure=label,
        context="Performance",
        area=of,
        basis=Basis.TARGET if column == _MONTHS else Basis.ACTUAL,
        period=month(year - (column < 9), (column + 3) % 12 + 1) if dated else None,
        value=Decimal(50 + (7 * row + 3 * column + number) % 45),
        unit=unit,
        flags=(),
        source="table",
        quote=label,
        printed="",
        locator=Locator(paper, row * 200, row * 200 + 150),
    )


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
