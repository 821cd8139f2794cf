"""The public JSON of the interfaces, typed: what comes in, with its limits, and what goes out.

The answer is that of docs/architecture.md; lists have the columns of `assistant.listings`.
"""

import re
from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assistant.answer import Answer, Chart, Citation, Figure, Outcome, Receipt, Retrieved, Route
from assistant.figures.cards import Card
from assistant.register.entries import Entry
from assistant.register.outcomes import DecisionOutcome
from ingest.kinds import PaperKind
from ingest.model import Basis, DecisionKind

T = TypeVar("T")

LONGEST_QUESTION = 2_000
LONGEST_TURN = 20_000
MOST_TURNS = 40
MOST_NAMES = 20
MOST_ROWS = 1_000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _written_out(day: object) -> object:
    if (isinstance(day, str) and not _DAY.fullmatch(day)) or isinstance(day, int | float):
        raise ValueError("write the day as YYYY-MM-DD")
    return day


# What is blank differs by one sign or another between the dialects of patterns: all are named.
_NOT_BLANK = r"[^\s\u0085\ufeff\u001c-\u001f]"
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION, pattern=_NOT_BLANK)]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=_NOT_BLANK)]
Day = Annotated[date, BeforeValidator(_written_out)]
"""A day as YYYY-MM-DD: not a number of seconds, which pydantic would take for one."""

Names = Annotated[tuple[Name, ...], Field(max_length=MOST_NAMES)]
Kinds = Annotated[tuple[PaperKind, ...], Field(max_length=MOST_NAMES)]


class _Incoming(BaseModel):
    """What a client sends: an unknown key is a slip, and is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class _Outgoing(BaseModel):
    model_config = ConfigDict(frozen=True)


class TurnIn(_Incoming):
    """One turn of the conversation before the question."""

    role: Literal["user", "assistant"]
    content: Annotated[str, Field(max_length=LONGEST_TURN)]


Turns = Annotated[tuple[TurnIn, ...], Field(max_length=MOST_TURNS)]


class ScopeIn(_Incoming):
    """What to keep to: parts of names will do ("Averon"); both dates are included."""

    councils: Names = ()
    committees: Names = ()
    since: Day | None = None
    until: Day | None = None
    kinds: Kinds = ()


class QuestionIn(_Incoming):
    """A question, with what was said before it, oldest first, and what to keep to."""

    question: Text
    history: Turns = ()
    scope: ScopeIn = ScopeIn()


class SearchedOut(_Outgoing):
    """What was searched; `unreadable` counts pages."""

    papers: int
    councils: list[str]
    first: Annotated[date | None, Field(alias="from")]
    last: Annotated[date | None, Field(alias="to")]
    unreadable: int


class AnswerOut(_Outgoing):
    """An answer; `text` holds markers [n] that name citations."""

    version: int
    question: str
    outcome: Outcome
    route: Route
    text: str
    figures: list[Figure]
    citations: list[Citation]
    options: list[str]
    chart: Chart | None
    retrieved: list[Retrieved]
    searched: SearchedOut
    receipt: Receipt | None

    @classmethod
    def of(cls, answer: Answer) -> "AnswerOut":
        """The answer as its public JSON has it."""
        return cls.model_validate(answer.to_json())


class PaperOut(_Outgoing):
    """A paper held, with how much of each kind was found in it."""

    id: str
    title: str
    council: str | None
    committee: str | None
    meeting_date: date | None
    minutes_of: date | None
    meetings: int
    items: int
    passages: int
    decisions: int
    tables: int
    observations: int
    unreadable_pages: int
    sha256: str


class ItemOut(_Outgoing):
    """An agenda item; of an exempt one nothing but this line is held."""

    number: str
    title: str
    first_page: int | None
    last_page: int | None
    exempt: bool


class PaperDetail(PaperOut):
    """A paper with its agenda, and notes on how well it could be read."""

    agenda: list[ItemOut]
    notes: list[str]


class IndicatorOut(_Outgoing):
    """A printed figure with its quote; `value` is a decimal in text, null for a blank cell."""

    measure: str
    area: str
    basis: Basis
    period_start: date | None
    period_end: date | None
    value: str | None
    unit: str
    printed: str
    flags: str
    paper: str
    page: int | None
    quote: str


class PlaceOut(_Outgoing):
    """Where a passage stands."""

    paper: str
    council: str | None
    committee: str | None
    meeting_date: date | None
    part: str
    item: str | None
    headings: list[str]
    paragraph: str | None
    page: int | None


class ResultOut(PlaceOut):
    """A passage that a search found, why it ranks, and where else the same text stands."""

    rank: int
    score: float
    text: str
    reasons: list[str]
    why: dict[str, Any]
    also: list[PlaceOut]


class Rows(_Outgoing, Generic[T]):
    """Some rows of a list: `total` counts all that fit, `rows` begin at `offset`."""

    total: int
    offset: int
    rows: list[T]


class DecisionOut(_Outgoing):
    """A resolution, recommendation or action; `text` is verbatim.

    `outcome` is what was decided, of a recommendation what it asks for; `owner` and `due` are
    those that its words tell.
    """

    id: str
    kind: DecisionKind
    outcome: DecisionOutcome | None
    council: str | None
    committee: str | None
    meeting_date: date | None
    minute: str | None
    title: str
    text: str
    owner: str | None
    due: date | None
    status: str | None
    paper: str
    page: int | None

    @classmethod
    def of(cls, entry: Entry) -> "DecisionOut":
        """An entry of the register."""
        decision = entry.decision
        return cls(
            id=entry.id,
            kind=decision.kind,
            outcome=entry.outcome or entry.asks_for,
            council=decision.meeting.council,
            committee=decision.meeting.committee,
            meeting_date=decision.meeting.held,
            minute=entry.minute,
            title=entry.title,
            text=decision.text,
            owner=entry.owner,
            due=entry.due,
            status=decision.status,
            paper=decision.locator.paper,
            page=decision.locator.page,
        )


class DecisionsOut(Rows[DecisionOut]):
    """Decisions with their exact count in words: "3 resolutions on buses in 2 meetings"."""

    said: str


class SeriesOut(_Outgoing):
    """What is known of a measure, for each council whose papers have a series of it."""

    measure: str
    cards: list[Card]


class ResultsOut(_Outgoing):
    """What a search found; `by_meaning` is false where it went by words alone."""

    question: str
    by_meaning: bool
    results: list[ResultOut]


class HealthOut(_Outgoing):
    """That the service answers, and what it answers from."""

    status: Literal["ok"]
    papers: int
    store: str
    contract: int


class Problem(_Outgoing):
    """What went wrong and what to do about it, as RFC 9457 has it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
