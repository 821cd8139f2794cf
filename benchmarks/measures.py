"""What the benchmarks share: clocks, quantiles, peak memory, a table to read and a file to keep."""

import json
import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from typing import Any, ParamSpec, TypeVar

from rich.console import Console
from rich.table import Table

BUILD = Path("build/bench")

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took over many goes, in seconds."""

    count: int
    p50: float
    p95: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Spread":
        """The middle, and what 95 of 100 stay under."""
        several = len(seconds) > 1
        high = quantiles(seconds, n=20, method="inclusive")[-1] if several else seconds[0]
        return cls(len(seconds), median(seconds), high)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds that the work took, and what it returned."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock, and of processor time."""

    clock: float
    processor: float


@dataclass(frozen=True, slots=True)
class Costs:
    """Of many goes."""

    clock: Spread
    processor: Spread

    @classmethod
    def of(cls, costs: Sequence[Cost]) -> "Costs":
        """The quantiles of both."""
        return cls(
            Spread.of([cost.clock for cost in costs]), Spread.of([cost.processor for cost in costs])
        )


def cost_of(work: Callable[[], T]) -> tuple[Cost, T]:
    """What some work took, and what it returned."""
    clock, processor = time.perf_counter(), time.process_time()
    result = work()
    return Cost(time.perf_counter() - clock, time.process_time() - processor), result


def alone(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Does the work in a fresh process, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()


def peak_mib() -> float:
    """The most memory that this process has had resident, in MiB."""
    try:
        # ru_maxrss of a child begins at its parent's: Linux's own high-water mark doesn't.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    except (OSError, StopIteration):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def show(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints a small table."""
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    for row in rows:
        table.add_row(*row)
    Console(highlight=False).print(table, "")


def save(name: str, results: dict[str, Any]) -> Path:
    """Writes the results with the machine and the hour, as JSON."""
    BUILD.mkdir(parents=True, exist_ok=True)
    path = BUILD / f"{name}.json"
    machine = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": platform.platform(),
        "processors": os.cpu_count(),
    }
    path.write_text(json.dumps({"machine": machine, **results}, indent=2) + "\n", encoding="utf-8")
    return path
