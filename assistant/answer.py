"""The answer and its parts: what `ask` returns, and the public JSON form of it.

The JSON is an interface that evaluation scripts rely on. `CONTRACT_VERSION` changes when a key goes
or comes to mean something else; a new key changes the second number of `CONTRACT` only.
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from ingest.kinds import PaperKind

CONTRACT_VERSION = 1
CONTRACT = f"{CONTRACT_VERSION}.2"


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    CLARIFY = "clarify"
    DECLINED = "declined"
    ERROR = "error"


class Route(StrEnum):
    """Which half of the papers answered."""

    INDICATOR = "indicator"
    MINUTES = "minutes"
    BOTH = "both"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the conversation before the question; role is "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What the person limited the question to; empty means everything held."""

    councils: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    kinds: tuple[PaperKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all that its answer depends on beside the papers."""

    question: str
    history: tuple[Turn, ...]
    scope: Scope
    today: date


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and where it stands. `marker` is the number in the answer's text."""

    marker: int
    paper: str
    title: str
    council: str | None
    committee: str | None
    meeting_date: str | None
    item: str | None
    paragraph: str | None
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the answer: as reported, or calculated with its working."""

    label: str
    value: float
    unit: str
    council: str | None
    period: str | None
    basis: str
    working: str | None
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a chart: its date in words, its last day, its value, its paper."""

    period: str
    ends: str
    value: float
    paper: str


@dataclass(frozen=True, slots=True)
class Comparator:
    """What the papers print beside a series: England, a region, statistical neighbours.

    One point without a date (`period` and `ends` are empty) is a level to hold the series against.
    """

    area: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A series ready to draw, oldest point first; `target` is its line, where one is printed."""

    title: str
    unit: str
    better: str
    points: tuple[Point, ...]
    target: float | None = None
    comparators: tuple[Comparator, ...] = ()


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A passage or cell that was looked at, best first."""

    paper: str
    page: int | None
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched: for "not found" to mean something."""

    papers: int
    councils: tuple[str, ...]
    first: date | None
    last: date | None
    unreadable: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """How the answer came about: the reading of the question, versions, model, timings.

    `rules` are those that made it, in order; `passages` the keys of those looked at, `observations`
    and `decisions` the keys of those told (see `keys.py`).
    """

    query: dict[str, Any]
    versions: dict[str, str]
    model: str
    timings_ms: dict[str, float]
    asked: Asked | None = None
    rules: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    observations: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The receipt in the public JSON form."""
        scope = self.asked.scope if self.asked else Scope()
        return {
            "asked": self.asked
            and {
                "question": self.asked.question,
                "history": [asdict(turn) for turn in self.asked.history],
                "scope": {
                    "councils": list(scope.councils),
                    "committees": list(scope.committees),
                    "since": scope.since.isoformat() if scope.since else None,
                    "until": scope.until.isoformat() if scope.until else None,
                    "kinds": list(scope.kinds),
                },
                "today": self.asked.today.isoformat(),
            },
            "query": self.query,
            "rules": list(self.rules),
            "passages": list(self.passages),
            "observations": list(self.observations),
            "decisions": list(self.decisions),
            "versions": self.versions,
            "model": self.model,
            "timings_ms": self.timings_ms,
        }


@dataclass(frozen=True, slots=True)
class Delta:
    """A stretch of an answer's text as it is told: it has passed the gate and won't change.

    Joined, the deltas are the text of the answer that comes after them.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. `text` holds [n] markers; every figure and quote in it is cited."""

    question: str
    outcome: Outcome
    route: Route
    text: str
    searched: Searched
    figures: tuple[Figure, ...] = ()
    citations: tuple[Citation, ...] = ()
    options: tuple[str, ...] = ()
    retrieved: tuple[Retrieved, ...] = ()
    receipt: Receipt | None = field(default=None, compare=False)
    chart: Chart | None = None

    def to_json(self) -> dict[str, Any]:
        """The answer in the public JSON form (see docs/architecture.md)."""
        searched = self.searched
        return {
            "version": CONTRACT_VERSION,
            "question": self.question,
            "outcome": self.outcome.value,
            "route": self.route.value,
            "text": self.text,
            "figures": [asdict(figure) for figure in self.figures],
            "citations": [asdict(citation) for citation in self.citations],
            "options": list(self.options),
            "chart": asdict(self.chart) if self.chart else None,
            "retrieved": [asdict(hit) for hit in self.retrieved[:10]],
            "searched": {
                "papers": searched.papers,
                "councils": list(searched.councils),
                "from": searched.first.isoformat() if searched.first else None,
                "to": searched.last.isoformat() if searched.last else None,
                "unreadable": searched.unreadable,
            },
            "receipt": self.receipt.to_json() if self.receipt else None,
        }
