"""Puts every case to an assistant in one process and scores what comes back."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from assistant.answer import Answer, Outcome, Route, Scope, Searched, Turn
from evals.cases import Case, Kind
from evals.retrieval import Ranking, ranking
from evals.scorers import DECISIVE, Score, Trial, score_all
from ingest.errors import BoardPapersError
from ingest.model import Meeting

COLD_RUNS = 3
_EVERYTHING = Scope()
COLD_LIMIT_SECONDS = 120


class HeldPaper(Protocol):
    """What a run needs to know of a paper that is held."""

    @property
    def id(self) -> str:
        """The paper's id."""

    @property
    def meeting(self) -> Meeting:
        """Whose meeting it is of."""


class Assistant(Protocol):
    """What is evaluated: anything that answers questions from papers."""

    def ask(
        self, question: str, history: Sequence[Turn] = (), scope: Scope = _EVERYTHING
    ) -> Answer:
        """The answer to one question."""

    def papers(self) -> Sequence[HeldPaper]:
        """The papers held."""

    def paper_text(self, paper_id: str) -> str:
        """A paper's text as it was read; raises UnknownPaper."""

    def store_digest(self) -> str:
        """A digest of everything held."""


class Verdict(StrEnum):
    """How a case ended."""

    RIGHT = "right"
    WRONG = "wrong"
    REFUSED = "refused"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Result:
    """One case with its answer, its scores and how it ended."""

    case: Case
    answer: Answer
    scores: tuple[Score, ...]
    ranking: Ranking | None
    councils: tuple[str, ...]
    seconds: float

    @property
    def verdict(self) -> Verdict:
        """Right, wrong (it answered), refused (it didn't) or an error.

        An answer in disguise counts: "not found" with a figure that the case names as wrong.
        """
        failed = {score.name for score in self.scores if score.passed is False}
        if self.answer.outcome is Outcome.ERROR:
            return Verdict.ERROR
        if not failed & set(DECISIVE):
            return Verdict.RIGHT
        misled = self.case.kind is Kind.UNANSWERABLE and "wrong_figures_absent" in failed
        if self.answer.outcome is Outcome.ANSWERED or misled:
            return Verdict.WRONG
        return Verdict.REFUSED

    @property
    def reason(self) -> str:
        """Why the case isn't right, or that it is."""
        failed = [s for s in self.scores if s.passed is False and s.name in DECISIVE]
        return "; ".join(f"{s.name}: {s.reason}" for s in failed) or "right"


def run(
    cases: Sequence[Case],
    assistant: Assistant,
    clock: Callable[[], float] = time.perf_counter,
    on_result: Callable[[Result], None] = lambda _: None,
) -> tuple[Result, ...]:
    """Every case's result, in the order of the cases."""
    councils = {paper.id: paper.meeting.council or "unknown" for paper in assistant.papers()}
    paper_text = lru_cache(maxsize=None)(assistant.paper_text)
    results = []
    for case in cases:
        began = clock()
        answer = _ask(assistant, case)
        seconds = clock() - began
        results.append(
            Result(
                case=case,
                answer=answer,
                scores=score_all(Trial(case, answer, paper_text)),
                ranking=ranking(case, answer),
                councils=tuple(sorted({councils.get(paper, "unknown") for paper in case.papers})),
                seconds=seconds,
            )
        )
        on_result(results[-1])
    return tuple(results)


def _ask(assistant: Assistant, case: Case) -> Answer:
    try:
        return assistant.ask(case.question, case.history)
    except Exception as error:  # a crash is this case's result, and the other cases still run
        return Answer(
            question=case.question,
            outcome=Outcome.ERROR,
            route=Route.NONE,
            text=f"{type(error).__name__}: {error}",
            searched=Searched(0, (), None, None, 0),
        )


class NoColdStart(BoardPapersError):
    """The cold process failed."""


def cold_seconds(store: Path, question: str) -> float:
    """Seconds from starting a process to its whole answer: the median of a few."""
    command = [sys.executable, "-m", "assistant.cli", "ask", question, "--store", str(store)]
    return sorted(_timed([*command, "--json"]) for _ in range(COLD_RUNS))[COLD_RUNS // 2]


def _timed(command: Sequence[str]) -> float:
    began = time.perf_counter()
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=COLD_LIMIT_SECONDS)
    except subprocess.SubprocessError as error:
        raise NoColdStart(
            f"{' '.join(command)}: no answer from a cold process ({error}); "
            "run it by hand to see why, or leave out --cold."
        ) from error
    return time.perf_counter() - began
