"""A made-up paper, cases on it, and an assistant that says what it is told to say."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from assistant.answer import (
    Answer,
    Citation,
    Figure,
    Outcome,
    Receipt,
    Retrieved,
    Route,
    Scope,
    Searched,
    Turn,
)
from evals.cases import Case, Evidence, Kind, Unit
from ingest.errors import UnknownPaper
from ingest.model import Meeting

PAPER = "fenwold-cpb-2023-05-04"
OTHER = "fenwold-cpb-2024-05-02"
TEXTS = {
    PAPER: """# Fenwold County Council

Corporate Parenting Board, 4 May 2023

At 31 March 2023 there were 412 children in care, compared with 439 a year before.

Page 1

Dental checks were up to date for 81% of children in care, against a target of 90%.

Page 2

**RESOLVED** that Marta Quill report back on dental checks in September.

Page 3
""",
    OTHER: "At 31 March 2024 there were 398 children in care.\n",
}
COUNT = "At 31 March 2023 there were 412 children in care, compared with 439 a year before."
DENTAL = "Dental checks were up to date for 81% of children in care, against a target of 90%."
ACTION = "that Marta Quill report back on dental checks in September."
SEARCHED = Searched(
    papers=2, councils=("Fenwold County Council",), first=None, last=None, unreadable=0
)


def record(**changes: Any) -> dict[str, Any]:
    """A case line that is in order, with changes."""
    return {
        "id": "t-001",
        "question": "How many children were in care in Fenwold in March 2023?",
        "kind": "indicator",
        "skill": "lookup",
        "papers": [PAPER],
        "value": 412,
        "unit": "count",
        "tolerance": 0,
        "must_include": [["412"]],
        "must_not_include": [],
        "evidence": [{"paper": PAPER, "quote": COUNT}],
        "note": "As printed.",
    } | changes


def write_cases(path: Path, *records: Mapping[str, Any]) -> Path:
    """A case file of these records."""
    path.write_text("".join(json.dumps(line) + "\n" for line in records), encoding="utf-8")
    return path


def case(**changes: Any) -> Case:
    """The lookup case, with changes."""
    base = Case(
        id="t-001",
        question="How many children were in care in Fenwold in March 2023?",
        history=(),
        kind=Kind.INDICATOR,
        skill="lookup",
        papers=(PAPER,),
        value=Decimal(412),
        unit=Unit.COUNT,
        tolerance=Decimal(0),
        must_include=(("412",),),
        must_not_include=(),
        evidence=(Evidence(PAPER, COUNT),),
        note="As printed.",
    )
    return replace(base, **changes)


def citation(marker: int = 1, quote: str = COUNT, **changes: Any) -> Citation:
    """A citation of the first paper."""
    base = Citation(
        marker=marker,
        paper=PAPER,
        title="Corporate Parenting Board, 4 May 2023",
        council="Fenwold County Council",
        committee="Corporate Parenting Board",
        meeting_date="2023-05-04",
        item=None,
        paragraph=None,
        page={COUNT: 1, DENTAL: 2, ACTION: 3}.get(quote),
        quote=quote,
    )
    return replace(base, **changes)


def figure(value: float, unit: str = "count", **changes: Any) -> Figure:
    """A figure of an answer."""
    base = Figure(
        label="Children in care",
        value=value,
        unit=unit,
        council="Fenwold County Council",
        period="March 2023",
        basis="actual",
        working=None,
        citations=(1,),
    )
    return replace(base, **changes)


def answer(text: str, *citations: Citation, **changes: Any) -> Answer:
    """An answer to the lookup question; cites the count unless told otherwise."""
    base = Answer(
        question=case().question,
        outcome=Outcome.ANSWERED,
        route=Route.INDICATOR,
        text=text,
        searched=SEARCHED,
        citations=citations or (citation(),),
        retrieved=(Retrieved(PAPER, 1, f"Fenwold > May 2023\n{COUNT}", 1.0),),
        receipt=Receipt({}, {"boardpapers": "0"}, "none", {}),
    )
    return replace(base, **changes)


PERFECT = answer("Fenwold had 412 children in care at 31 March 2023. [1]", figures=(figure(412),))
NOT_FOUND = answer(
    "The papers held don't say this. I searched 2 papers of Fenwold County Council.",
    outcome=Outcome.NOT_FOUND,
    route=Route.NONE,
    citations=(),
)


@dataclass(frozen=True, slots=True)
class Held:
    """A paper that is held."""

    id: str
    meeting: Meeting


@dataclass
class Scripted:
    """Answers by the question asked; what isn't in the script isn't found."""

    answers: Mapping[str, Answer | Exception]
    texts: Mapping[str, str] = field(default_factory=lambda: TEXTS)
    ingested: list[Path] = field(default_factory=list)
    closed: bool = False

    def ask(self, question: str, history: Sequence[Turn] = (), scope: Scope = Scope()) -> Answer:
        """The scripted answer."""
        said = self.answers.get(question, NOT_FOUND)
        if isinstance(said, Exception):
            raise said
        return said

    def papers(self) -> tuple[Held, ...]:
        """The made-up papers, all of one council."""
        meeting = Meeting("Fenwold County Council", "Corporate Parenting Board", None)
        return tuple(Held(paper, meeting) for paper in self.texts)

    def paper_text(self, paper_id: str) -> str:
        """The paper's text."""
        try:
            return self.texts[paper_id]
        except KeyError:
            raise UnknownPaper(f"paper {paper_id!r} isn't held.") from None

    def store_digest(self) -> str:
        """A digest of the texts."""
        return sha256("".join(self.texts.values()).encode()).hexdigest()

    def ingest(self, paths: list[Path], on_progress: Callable[..., None]) -> Any:
        """Pretends to take files in; a file named bad.txt is refused."""
        self.ingested += paths
        bad = [file for path in paths for file in path.glob("bad.txt")]
        return SimpleNamespace(
            files=[SimpleNamespace(path=b, status="refused", reason="it is bad") for b in bad]
        )

    def close(self) -> None:
        """Notes that the store was let go."""
        self.closed = True


def open_perfect(store: Path) -> Scripted:
    """An assistant that gets the lookup question right and finds nothing else."""
    return Scripted({case().question: PERFECT})


def open_wrong(store: Path) -> Scripted:
    """An assistant that answers the lookup question with the year before."""
    wrong = answer("Fenwold had 439 children in care at 31 March 2023. [1]")
    return Scripted({case().question: wrong})
