"""What the interfaces hand out: the assistant's values in the public form."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from assistant.access.viewer import Viewer
from assistant.answer import CONTRACT_VERSION, Scope, Turn
from assistant.assistant import Assistant
from assistant.desk import Desk
from assistant.interfaces.contract import (
    AnswerOut,
    DecisionOut,
    DecisionsOut,
    HealthOut,
    IndicatorOut,
    ItemOut,
    PaperDetail,
    PaperOut,
    QuestionIn,
    ResultOut,
    ResultsOut,
    Rows,
    SeriesOut,
)
from assistant.listings import observations_listing, papers_listing
from assistant.question.scoping import scope_for
from assistant.register.outcomes import DecisionOutcome
from assistant.register.register import RegisterQuery
from ingest.errors import UnknownPaper
from ingest.kinds import PaperKind
from ingest.model import DecisionKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; parts of names will do."""

    councils: Sequence[str] = field(default=())
    committees: Sequence[str] = field(default=())
    since: date | None = None
    until: date | None = None
    kinds: Sequence[PaperKind] = ()

    def scope(self, assistant: Assistant) -> Scope:
        """The scope over the papers held; raises UnknownName, BoardPapersError."""
        return scope_for(
            assistant, self.councils, self.committees, self.since, self.until, self.kinds
        )


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows of a list to hand out."""

    offset: int = 0
    limit: int = 100


def answer(desk: Desk, viewer: Viewer, asked: QuestionIn, door: str) -> AnswerOut:
    """The answer to a question, within the limits and on record; raises TooMuch."""
    turns = [Turn(turn.role, turn.content) for turn in asked.history]
    within = asked.scope
    filters = Filters(within.councils, within.committees, within.since, within.until, within.kinds)
    scope = filters.scope(desk.assistant(viewer))
    return AnswerOut.of(desk.ask(viewer, asked.question, turns, scope, door=door))


def papers(assistant: Assistant, filters: Filters, window: Window) -> Rows[PaperOut]:
    """The papers held of some meetings."""
    scope = filters.scope(assistant)
    records, total = assistant.papers_within(scope, window.limit, window.offset)
    listed = papers_listing(records).objects()
    return _rows(total, window, [PaperOut.model_validate(row) for row in listed])


def paper(assistant: Assistant, paper_id: str) -> PaperDetail:
    """A paper with its agenda; raises UnknownPaper."""
    record = assistant.paper(paper_id)
    if record is None:
        raise UnknownPaper(f"No paper {paper_id!r} is held: the list of papers has their ids.")
    agenda = [
        ItemOut(
            number=item.number,
            title=item.title,
            first_page=item.first_page,
            last_page=item.last_page,
            exempt=item.exempt,
        )
        for item in record.items
    ]
    row = papers_listing([record]).objects()[0]
    return PaperDetail.model_validate(row | {"agenda": agenda, "notes": list(record.notes)})


@dataclass(frozen=True, slots=True)
class Sought:
    """Which decisions are looked for; what is empty limits nothing."""

    words: str = ""
    kind: DecisionKind | None = None
    outcome: DecisionOutcome | None = None
    owner: str = ""


def decisions(
    assistant: Assistant, filters: Filters, window: Window, sought: Sought
) -> DecisionsOut:
    """Resolutions, recommendations and actions of some meetings, by words if need be."""
    query = RegisterQuery(
        words=sought.words,
        kinds=(sought.kind,) if sought.kind else (),
        outcomes=(sought.outcome,) if sought.outcome else (),
        owner=sought.owner,
        scope=filters.scope(assistant),
    )
    page = assistant.register.search(query, window.limit, window.offset)
    return DecisionsOut(
        total=page.total,
        offset=window.offset,
        rows=[DecisionOut.of(entry) for entry in page.entries],
        said=page.said,
    )


def indicators(
    assistant: Assistant, filters: Filters, window: Window, measure: str = ""
) -> Rows[IndicatorOut]:
    """Figures printed in the papers of some meetings, of measures with these words."""
    scope = filters.scope(assistant)
    found, total = assistant.figures_within(scope, window.limit, window.offset, measure)
    listed = observations_listing(found).objects()
    return _rows(total, window, [IndicatorOut.model_validate(row) for row in listed])


def series(assistant: Assistant, filters: Filters, measure: str) -> SeriesOut:
    """A measure over time, council by council."""
    cards = assistant.indicator(measure, filters.scope(assistant))
    return SeriesOut(measure=measure, cards=list(cards))


def search(assistant: Assistant, filters: Filters, question: str, limit: int) -> ResultsOut:
    """Passages that fit a question, the best first."""
    found = assistant.search(question, filters.scope(assistant), limit)
    return ResultsOut(
        question=question,
        by_meaning=assistant.by_meaning,
        results=[ResultOut.model_validate(r.to_json(rank)) for rank, r in enumerate(found, 1)],
    )


def health(assistant: Assistant) -> HealthOut:
    """That the assistant is there, and what it holds."""
    return HealthOut(
        status="ok",
        papers=assistant.size,
        store=assistant.store_digest()[:16],
        contract=CONTRACT_VERSION,
    )


def _rows(total: int, window: Window, rows: list[T]) -> Rows[T]:
    return Rows(total=total, offset=window.offset, rows=rows)
