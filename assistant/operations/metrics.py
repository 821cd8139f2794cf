"""What happens, counted, in the text form that Prometheus reads. No question, no name, no paper."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter, defaultdict

_BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """Counts of one process. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: Counter[tuple[str, str]] = Counter()
        self._refused: Counter[str] = Counter()
        self._faults: Counter[str] = Counter()
        self._seconds: defaultdict[str, list[int]] = defaultdict(lambda: [0] * (len(_BOUNDS) + 1))
        self._total: Counter[str] = Counter()
        self._in_flight = 0
        self._indexing = 0

    def answered(self, door: str, outcome: str, seconds: float) -> None:
        """Counts an answer and how long it took."""
        with self._lock:
            self._asked[door, outcome] += 1
            self._seconds[door][bisect_left(_BOUNDS, seconds)] += 1
            self._total[door] += seconds  # type: ignore[assignment]

    def refused(self, why: str) -> None:
        """Counts a request that a limit turned away: "length", "rate"."""
        with self._lock:
            self._refused[why] += 1

    def failed(self, kind: str) -> None:
        """Counts an error by the name of its class."""
        with self._lock:
            self._faults[kind] += 1

    def begun(self, change: int) -> None:
        """Counts who is being answered: 1 when it begins, -1 when it ends."""
        with self._lock:
            self._in_flight += change

    def indexing(self, papers: int) -> None:
        """Notes how many papers wait until indexes that are made anew take them in."""
        with self._lock:
            self._indexing = papers

    def exposition(self) -> str:
        """All counts in Prometheus' text format 0.0.4."""
        with self._lock:
            lines = [
                *_head("boardpapers_questions_total", "counter", "Questions answered."),
                *(
                    f'boardpapers_questions_total{{door="{door}",outcome="{outcome}"}} {count}'
                    for (door, outcome), count in sorted(self._asked.items())
                ),
                *_head("boardpapers_refused_total", "counter", "Requests beyond a limit."),
                *(
                    f'boardpapers_refused_total{{limit="{why}"}} {count}'
                    for why, count in sorted(self._refused.items())
                ),
                *_head("boardpapers_errors_total", "counter", "Errors by class."),
                *(
                    f'boardpapers_errors_total{{kind="{kind}"}} {count}'
                    for kind, count in sorted(self._faults.items())
                ),
                *_head("boardpapers_in_flight", "gauge", "Questions being answered."),
                f"boardpapers_in_flight {self._in_flight}",
                *_head("boardpapers_indexing_papers", "gauge", "Papers that indexes still lack."),
                f"boardpapers_indexing_papers {self._indexing}",
                *_head("boardpapers_question_seconds", "histogram", "Time to answer."),
                *(line for door in sorted(self._seconds) for line in self._histogram(door)),
            ]
        return "\n".join(lines) + "\n"

    def _histogram(self, door: str) -> list[str]:
        name, so_far, lines = "boardpapers_question_seconds", 0, []
        for bound, count in zip((*map(str, _BOUNDS), "+Inf"), self._seconds[door], strict=True):
            so_far += count
            lines.append(f'{name}_bucket{{door="{door}",le="{bound}"}} {so_far}')
        lines.append(f'{name}_sum{{door="{door}"}} {self._total[door]:.6f}')
        lines.append(f'{name}_count{{door="{door}"}} {so_far}')
        return lines


METRICS = Metrics()
"""Those of this process."""


def exposition() -> str:
    """This process's counts, for `/metrics`."""
    return METRICS.exposition()


def _head(name: str, kind: str, told: str) -> tuple[str, str]:
    return f"# HELP {name} {told}", f"# TYPE {name} {kind}"
