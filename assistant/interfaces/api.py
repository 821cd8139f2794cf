"""The HTTP interface: JSON that /openapi.json describes, and the MCP tools under /mcp."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Path, Query, Request
from fastapi.responses import PlainTextResponse
from starlette.middleware.trustedhost import TrustedHostMiddleware

from assistant.access.viewer import PUBLIC, Viewer
from assistant.answer import CONTRACT_VERSION
from assistant.assistant import Assistant
from assistant.desk import Desk
from assistant.interfaces import held
from assistant.interfaces.contract import (
    MOST_ROWS,
    AnswerOut,
    Day,
    DecisionsOut,
    HealthOut,
    IndicatorOut,
    Kinds,
    Name,
    Names,
    PaperDetail,
    PaperOut,
    QuestionIn,
    ResultsOut,
    Rows,
    SeriesOut,
    Text,
)
from assistant.interfaces.held import Filters, Sought, Window
from assistant.interfaces.problems import documented, tell_problems
from assistant.interfaces.tools import tools
from assistant.operations.metrics import exposition
from assistant.register.outcomes import DecisionOutcome
from ingest.model import DecisionKind

LOCAL = ("localhost", "127.0.0.1", "[::1]")
_FURTHER = (
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
_PROBLEMS = documented(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, *_FURTHER)
_TOO_MUCH = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.TOO_MANY_REQUESTS)
_ASKING = documented(*_TOO_MUCH) | _PROBLEMS
_routes = APIRouter()


def application(desk: Desk, viewer: Viewer = PUBLIC, *, anywhere: bool = False) -> FastAPI:
    """The service for those who may see what a viewer may.

    Unless `anywhere`, it answers to this machine's own names only.
    """
    server = tools(desk, viewer)
    over_http = server.streamable_http_app(
        streamable_http_path="/", host="0.0.0.0" if anywhere else "127.0.0.1"
    )

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        async with server.session_manager.run():
            yield

    app = FastAPI(
        title="Board Papers Assistant",
        version=str(CONTRACT_VERSION),
        summary="What councils' board papers say, with the quote that each answer rests on.",
        lifespan=running,
        docs_url=None,  # these pages would load scripts from elsewhere
        redoc_url=None,
    )
    app.state.desk, app.state.viewer = desk, viewer
    app.include_router(_routes)
    tell_problems(app)
    if not anywhere:
        # A page of another site whose name resolves to this machine is turned away.
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(LOCAL))
    app.mount("/mcp", over_http)
    return app


def viewer_of(request: Request) -> Viewer:
    """Who a request is from: whom the whole service is for, since it asks nobody who they are."""
    viewer: Viewer = request.app.state.viewer
    return viewer


def desk_of(request: Request) -> Desk:
    """The desk that answers."""
    desk: Desk = request.app.state.desk
    return desk


def assistant_for(request: Request) -> Assistant:
    """The assistant that sees what whoever a request is from may see."""
    return desk_of(request).assistant(viewer_of(request))


def _filters(
    council: Annotated[Names, Query(description="Part of a council's name; repeatable.")] = (),
    committee: Annotated[Names, Query(description="Part of a committee's; repeatable.")] = (),
    since: Annotated[Day | None, Query(description="Meetings on or after this day.")] = None,
    until: Annotated[Day | None, Query(description="Meetings on or before this day.")] = None,
) -> Filters:
    return Filters(council, committee, since, until)


def _window(
    offset: Annotated[int, Query(ge=0, le=10_000_000, description="The first row wanted.")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS, description="Rows at most.")] = 100,
) -> Window:
    return Window(offset, limit)


Answering = Annotated[Assistant, Depends(assistant_for)]
Within = Annotated[Filters, Depends(_filters)]
Shown = Annotated[Window, Depends(_window)]


@_routes.post("/ask", responses=_ASKING)
def ask(
    desk: Annotated[Desk, Depends(desk_of)],
    viewer: Annotated[Viewer, Depends(viewer_of)],
    asked: QuestionIn,
) -> AnswerOut:
    """Answer a question from the papers held, or say that they don't hold it."""
    return held.answer(desk, viewer, asked, "http")


@_routes.get("/search", responses=_PROBLEMS)
def search(
    assistant: Answering,
    within: Within,
    question: Annotated[Text, Query(description="A question or words.")],
    kind: Annotated[Kinds, Query(description="Kind of paper; repeatable.")] = (),
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> ResultsOut:
    """Find passages, the best first, with why each one ranks."""
    return held.search(assistant, replace(within, kinds=kind), question, limit)


@_routes.get("/papers", responses=_PROBLEMS)
def papers(assistant: Answering, within: Within, shown: Shown) -> Rows[PaperOut]:
    """List the papers held."""
    return held.papers(assistant, within, shown)


@_routes.get("/papers/{paper_id}", responses=_PROBLEMS)
def paper(
    assistant: Answering, paper_id: Annotated[str, Path(min_length=1, max_length=300)]
) -> PaperDetail:
    """A paper with its agenda, and notes on how well it could be read."""
    return held.paper(assistant, paper_id)


@_routes.get("/decisions", responses=_PROBLEMS)
def decisions(
    assistant: Answering,
    within: Within,
    shown: Shown,
    words: Annotated[Text | None, Query(description="Words that it must be about.")] = None,
    kind: DecisionKind | None = None,
    outcome: DecisionOutcome | None = None,
    owner: Annotated[Name | None, Query(description="Part of a name or post.")] = None,
) -> DecisionsOut:
    """List resolutions, recommendations and actions, verbatim, with their exact count."""
    sought = Sought(words or "", kind, outcome, owner or "")
    return held.decisions(assistant, within, shown, sought)


@_routes.get("/indicators", responses=_PROBLEMS)
def indicators(
    assistant: Answering,
    within: Within,
    shown: Shown,
    measure: Annotated[Text | None, Query(description="Words in the measure's name.")] = None,
) -> Rows[IndicatorOut]:
    """List the figures held, each with its quote."""
    return held.indicators(assistant, within, shown, measure or "")


@_routes.get("/indicators/series", responses=_PROBLEMS)
def series(
    assistant: Answering,
    within: Within,
    measure: Annotated[Text, Query(description="What is measured, in your own words.")],
) -> SeriesOut:
    """A measure over time, for each council whose papers have a series of it."""
    return held.series(assistant, within, measure)


@_routes.get("/health", responses=_PROBLEMS)
def health(assistant: Answering) -> HealthOut:
    """That the service answers, and how many papers it answers from."""
    return held.health(assistant)


@_routes.get("/metrics", include_in_schema=False)
def metrics() -> PlainTextResponse:
    """Counts of what was asked and how it went, as Prometheus reads them."""
    return PlainTextResponse(exposition(), media_type="text/plain; version=0.0.4")
