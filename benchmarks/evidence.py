"""Whether what a search returns holds a case's evidence: by where it stands, not how it is shown.

A piece of evidence is found where three fifths of its characters lie within what was returned, or
where the two texts overlap as much as `evals.retrieval` asks.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import mean

from assistant.assistant import Assistant
from assistant.question.understand import Query
from evals.cases import Case, load
from evals.retrieval import DEPTH, SUBSTANTIAL, same_place
from ingest.model import Passage

_TODAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a search returned: the stretches of a paper that it shows, and its text."""

    paper: str
    stretches: tuple[tuple[int, int], ...]
    text: str

    @classmethod
    def of(cls, passage: Passage) -> "Found":
        """A passage of ours."""
        stretches = tuple((unit.start, unit.end) for unit in passage.units)
        return cls(passage.locator.paper, stretches, passage.text)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence: its paper, its quotes, and where each of them stands."""

    paper: str
    quotes: tuple[str, ...]
    places: tuple[tuple[int, int], ...]

    def within(self, found: Found) -> bool:
        """Whether what was found holds it."""
        if found.paper != self.paper:
            return False
        return any(_covered(place, found.stretches) for place in self.places) or any(
            same_place(quote, found.text) for quote in self.quotes
        )


@dataclass(frozen=True, slots=True)
class Question:
    """A case with evidence: the question as read, and its pieces; `council` groups cases."""

    id: str
    query: Query
    pieces: tuple[Piece, ...]
    council: str


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares of the questions with evidence among the first so many, and of all pieces."""

    questions: int
    at_1: float
    at_5: float
    at_10: float
    mrr: float
    pieces_at_10: float

    def row(self) -> tuple[str, ...]:
        """The numbers to show."""
        shares = (self.at_1, self.at_5, self.at_10, self.mrr, self.pieces_at_10)
        return tuple(f"{share:.3f}".removeprefix("0") for share in shares)


COLUMNS = ("@1", "@5", "@10", "MRR@10", "quotes @10")


def questions(files: Sequence[Path], assistant: Assistant) -> list[Question]:
    """The cases with evidence, read as the assistant reads them."""
    councils = {record.id: record.meeting.council or "" for record in assistant.papers()}
    return [
        Question(
            case.id,
            assistant.understood(case.question, case.history, today=_TODAY),
            tuple(_pieces(case, assistant)),
            councils[case.papers[0]],
        )
        for case in load(files, assistant.paper_text)
        if case.evidence
    ]


def _pieces(case: Case, assistant: Assistant) -> list[Piece]:
    return [
        Piece(
            piece.paper,
            piece.quotes,
            tuple(
                match.span()
                for quote in piece.quotes
                for match in re.finditer(re.escape(quote), assistant.paper_text(piece.paper))
            ),
        )
        for piece in case.evidence
    ]


def _covered(place: tuple[int, int], stretches: Sequence[tuple[int, int]]) -> bool:
    start, end = place
    shared = sum(max(0, min(end, b) - max(start, a)) for a, b in stretches)
    return shared >= SUBSTANTIAL * (end - start)


def quality(asked: Sequence[Question], search: Callable[[Question], Sequence[Found]]) -> Quality:
    """How well a search does on the questions."""
    ranks: list[int | None] = []
    pieces: list[bool] = []
    for question in asked:
        found = search(question)[:DEPTH]
        holds = [[piece.within(one) for one in found] for piece in question.pieces]
        ranks.append(next((r for r in range(len(found)) if any(h[r] for h in holds)), None))
        pieces += map(any, holds)
    return Quality(
        questions=len(asked),
        at_1=mean(rank == 0 for rank in ranks),
        at_5=mean(rank is not None and rank < 5 for rank in ranks),
        at_10=mean(rank is not None for rank in ranks),
        mrr=mean(0.0 if rank is None else 1 / (rank + 1) for rank in ranks),
        pieces_at_10=mean(pieces),
    )
