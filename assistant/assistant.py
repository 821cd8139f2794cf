"""The assistant: one store, one question in, one grounded answer out.

What answering doesn't need (taking papers in, briefings) is loaded when it is used.
"""

import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future
from copy import copy
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from functools import wraps
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from assistant.access import rulings
from assistant.access.viewer import OPERATOR, Deed, NotAllowed, Viewer
from assistant.answer import (
    Answer,
    Asked,
    Citation,
    Delta,
    Outcome,
    Receipt,
    Retrieved,
    Route,
    Scope,
    Turn,
)
from assistant.drafting import Drafting, Reading
from assistant.drafts import Draft, Source, number
from assistant.figures.cards import Card
from assistant.figures.listed import figures_in, page_of_figures
from assistant.grounding import grounded
from assistant.indexes import keep_indexes
from assistant.keys import keys_of_decisions, keys_of_figures, passage_key
from assistant.language_model.model import LanguageModel, OpenAIModel
from assistant.language_model.modelled import Helped, help_with
from assistant.language_model.tools import Papers
from assistant.loading import embedder
from assistant.papers.printed import Printed
from assistant.papers.view import PaperView, view_of
from assistant.passages.results import Result, results, verbatim
from assistant.passages.search import Hit
from assistant.question.cues import Operation
from assistant.question.described import in_plain_words
from assistant.question.understand import Query, understand
from assistant.register.register import Register
from assistant.settings import (
    ModelSettings,
    chroma_server,
    register_place,
    settings_from_environment,
)
from assistant.versions import versions
from assistant.views import Views
from assistant.which_council import of_each
from indicators.checks import find_findings
from indicators.findings import Finding
from ingest.embedding import Embedder
from ingest.finding import Within
from ingest.formats.limits import Limits
from ingest.holdings import Listed, Sum
from ingest.model import (
    Basis,
    Decision,
    Meeting,
    Observation,
    Privacy,
    Restriction,
)
from ingest.remaking import OnIndexing
from ingest.store import PaperRecord, Store

if TYPE_CHECKING:
    from assistant.briefing.briefing import Briefing
    from ingest.pipeline import OnProgress, Report

_LOOKED_AT = 10

P = ParamSpec("P")
T = TypeVar("T")


def at_one_moment(
    method: Callable[Concatenate["Assistant", P], T],
) -> Callable[Concatenate["Assistant", P], T]:
    """A method that reads a whole state of the store, whatever others write meanwhile."""

    @wraps(method)
    def held(self: "Assistant", /, *args: P.args, **kwargs: P.kwargs) -> T:
        with self._store.snapshot():
            self._catch_up()
            return method(self, *args, **kwargs)

    return held


@dataclass(frozen=True, slots=True)
class Telling:
    """An answer in the making, and how it came about; `clock` is when each step was done."""

    query: Query
    hits: Sequence[Hit]
    helped: Helped
    clock: tuple[float, ...]


def streamed_at_one_moment(
    method: Callable[Concatenate["Assistant", P], Iterator[T]],
) -> Callable[Concatenate["Assistant", P], Iterator[T]]:
    """The same for what comes bit by bit: the moment lasts until its end."""

    @wraps(method)
    def held(self: "Assistant", /, *args: P.args, **kwargs: P.kwargs) -> Iterator[T]:
        with self._store.snapshot():
            self._catch_up()
            yield from method(self, *args, **kwargs)

    return held


class Assistant:
    """Everything that the command line, the app and the evals ask for, as a viewer sees it."""

    def __init__(
        self,
        store: Store,
        limits: Limits = Limits(),
        model: LanguageModel | None = None,
        viewer: Viewer = OPERATOR,
        on_indexing: OnIndexing | None = None,
    ) -> None:
        """`on_indexing` is told how far indexes are that have to be made anew before all else."""
        self.viewer = viewer
        self._catching_up = threading.RLock()
        self._store = store
        self._limits = limits
        self._model = model
        self.printed = Printed(store, limits)
        keep_indexes(store, on_indexing)
        self._read()

    @classmethod
    def open(
        cls,
        store: Path,
        model: ModelSettings | None = None,
        embedding: Future[Embedder | None] | None = None,
        viewer: Viewer = OPERATOR,
        on_indexing: OnIndexing | None = None,
    ) -> "Assistant":
        """Open the store in a directory (made when it isn't there), as a viewer may see it.

        Without settings of a language model, none is used and nothing is sent anywhere.
        `embedding` is the embedding model where its loading has begun already.
        """
        limits = settings_from_environment().limits
        held = Store.open(
            store,
            embedding.result() if embedding else embedder(),
            viewer.sight,
            chroma_server(),
            register_place(),
        )
        try:
            return cls(held, limits, OpenAIModel(model) if model else None, viewer, on_indexing)
        except BaseException:
            held.close()
            raise

    def on_behalf_of(self, viewer: Viewer) -> "Assistant":
        """The same assistant for somebody who sees the same; deeds are theirs, by their name."""
        if viewer.sight != self.viewer.sight:
            raise NotAllowed(f"{viewer.role.value} doesn't see what {self.viewer.role.value} does.")
        with self._store.snapshot():
            self._catch_up()
            same = copy(self)
        same.viewer = viewer
        return same

    def __enter__(self) -> "Assistant":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the store."""
        self.printed.close()
        self._store.close()

    def papers(self) -> tuple[PaperRecord, ...]:
        """The papers held, in order of their ids."""
        return self._store.papers()

    def paper(self, paper_id: str) -> PaperRecord | None:
        """What the register says of a paper; None where it isn't held."""
        return self._store.paper(paper_id)

    def listed(self) -> tuple[Listed, ...]:
        """Every paper as a list names it, the newest meeting first."""
        return self._store.holdings.listed()

    def holds(self) -> Sum:
        """How many papers are held, whose and of when."""
        return self._store.holdings.within()

    @property
    def size(self) -> int:
        """How many papers are held."""
        return self.holds().papers

    @property
    def councils(self) -> tuple[str, ...]:
        """The councils that papers are held of, by name."""
        return self._store.holdings.names("council")

    @property
    def committees(self) -> tuple[str, ...]:
        """The committees that papers are held of, by name."""
        return self._store.holdings.names("committee")

    @at_one_moment
    def papers_within(
        self, scope: Scope, most: int = -1, offset: int = 0
    ) -> tuple[tuple[PaperRecord, ...], int]:
        """The papers of a scope's meetings, at most so many from one on; and how many there are."""
        within = Within(scope.councils, scope.committees, scope.since, scope.until)
        held = self._store.papers_within(within, most, offset)
        return held, self._store.holdings.within(within).papers

    def paper_text(self, paper_id: str) -> str:
        """The text that quotes of a paper are verbatim in; raises UnknownPaper."""
        return self._store.text(paper_id)

    @at_one_moment
    def paper_view(self, paper_id: str) -> PaperView:
        """What was understood of a paper, page by page; raises UnknownPaper."""
        pages = self._store.pages(paper_id)
        record = self._store.paper(paper_id)
        assert record, "its pages are held"
        return view_of(
            record,
            pages,
            self._store.passages_of(paper_id),
            self._store.decisions_of(paper_id),
            self._store.tables_of(paper_id),
        )

    @at_one_moment
    def decisions(self) -> tuple[Decision, ...]:
        """Every resolution, recommendation and action held."""
        return self._store.decisions()

    @property
    def register(self) -> Register:
        """The register of decisions: search, counts, what was decided on what, and by whom."""
        return Register(self._store)

    def observations(self) -> tuple[Observation, ...]:
        """Every figure held."""
        return self._store.observations()

    @streamed_at_one_moment
    def figures(self, scope: Scope = Scope()) -> Iterator[tuple[Observation, Meeting]]:
        """Every figure of a scope, with the meeting whose papers or minutes print it.

        They come paper by paper: no more is held of them than one paper's.
        """
        return figures_in(self._store, scope)

    @at_one_moment
    def figures_within(
        self, scope: Scope, most: int, offset: int = 0, measure: str = ""
    ) -> tuple[tuple[Observation, ...], int]:
        """The figures of a scope, at most so many from one on; and how many there are.

        Only those of measures whose names hold some words, where they are given.
        """
        return page_of_figures(self._store, scope, most, offset, measure.casefold())

    @at_one_moment
    def measures_of(self, council: str, area: str) -> list[str]:
        """The measures of the catalogue that tables of a council's papers give for an area.

        Those with most figures come first.
        """
        return self._views.printed.measures_of((council, area, Basis.ACTUAL))

    @at_one_moment
    def findings(self, papers: Collection[str]) -> tuple[Finding, ...]:
        """What the checks find amiss with figures of some papers, beside their councils' others."""
        held = [o for one in self._beside(papers) for o in self._store.observations_of(one)]
        return tuple(
            finding
            for finding in find_findings(held)
            if any(o.locator.paper in papers for o in finding.observations)
        )

    def _beside(self, papers: Collection[str]) -> list[str]:
        """The papers of the councils that some papers are of, in the order of ids."""
        records = [self._store.paper(one) for one in papers]
        councils = {record.meeting.council for record in records if record}
        holdings = self._store.holdings
        named = tuple(council for council in councils if council)
        beside = set(holdings.ids(Within(councils=named))) if named else set()
        if None in councils:
            beside |= set(holdings.of_no_council())
        return sorted(beside)

    @at_one_moment
    def indicator(self, measure: str, scope: Scope = Scope()) -> tuple[Card, ...]:
        """What is known of a measure, for each council whose papers have a series of it."""
        query = understand(f"trend of {measure}", (), scope, self._held, date.today())
        return self._views.figures.cards(query)

    @at_one_moment
    def brief(self, paper_id: str) -> "Briefing":
        """A briefing for the meeting of a pack; raises UnknownPaper."""
        from assistant.briefing.briefing import briefing_of

        return briefing_of(paper_id, self._store, self.register)

    def store_digest(self) -> str:
        """A digest of what the store holds."""
        return self._store.digest()

    def ingest(self, paths: Sequence[Path], on_progress: "OnProgress | None" = None) -> "Report":
        """Take in files and folders; see `ingest.pipeline.take_in`."""
        from indicators.extract import observe
        from ingest.pipeline import take_in

        self.viewer.must(Deed.TAKE_IN)
        report = take_in(paths, self._store, observe, on_progress, limits=self._limits)
        self._read()
        return report

    def remove(self, paper_id: str) -> None:
        """Remove a paper without a trace; raises UnknownPaper."""
        self.viewer.must(Deed.TAKE_IN)
        self._store.remove(paper_id)
        self._read()

    def sees_all_of(self, paper_id: str) -> bool:
        """Whether nothing of a paper is held back from the viewer, so that its file may be shown.

        Raises UnknownPaper.
        """
        return self._store.shows_all_of(paper_id)

    def held_back(self) -> tuple[tuple[str, Restriction], ...]:
        """What is or was held back, as (paper, stretch); for who may rule on it."""
        self.viewer.must(Deed.RULE)
        return self._store.all_restrictions()

    def release(self, paper_id: str, item: str | None = None) -> tuple[Restriction, ...]:
        """Let everybody see what was held back of a paper, or of one report or minute in it."""
        return self._rule(rulings.released(self.held_back(), paper_id, item), paper_id)

    def hold(
        self, paper_id: str, item: str | None = None, privacy: Privacy = Privacy.EXEMPT
    ) -> tuple[Restriction, ...]:
        """Hold back a paper, or one report or minute in it, until it is released."""
        self.viewer.must(Deed.RULE)
        passages = self._store.all_passages(paper_id)
        return self._rule(
            (rulings.held(passages, self._store.length(paper_id), paper_id, item, privacy),),
            paper_id,
        )

    def _rule(self, decided: Sequence[Restriction], paper_id: str) -> tuple[Restriction, ...]:
        when = datetime.now(UTC).isoformat(timespec="seconds")
        for ruling in decided:
            self._store.rule(paper_id, ruling, self.viewer.name, when)
        self._read()
        return tuple(decided)

    def understood(
        self,
        question: str,
        history: Sequence[Turn] = (),
        scope: Scope = Scope(),
        today: date | None = None,
    ) -> Query:
        """A question as it is read, in the light of what is held."""
        return understand(question, history, scope, self._held, today or date.today())

    @at_one_moment
    def search(self, question: str, scope: Scope = Scope(), limit: int = 10) -> tuple[Result, ...]:
        """The passages that fit a question best, neighbours joined, and why each one ranks."""
        query = self.understood(question, scope=scope)
        return results(self._search.find(query, limit), self._store.text)

    @property
    def by_meaning(self) -> bool:
        """Whether search goes by meaning too; else by words alone."""
        return self._store.has_vectors

    @at_one_moment
    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        scope: Scope = Scope(),
        today: date | None = None,
    ) -> Answer:
        """Answer a question from the papers held, or say that they don't hold it."""
        asked = Asked(question, tuple(history), scope, today or date.today())
        *_, last = self._tellings(asked)
        return self._answer(asked, last)

    @at_one_moment
    def would_answer(self, question: str) -> bool:
        """Whether a question would be answered as it asks; of a figure, without a search.

        A figure alone is no trend, and a figure without its target meets none.
        """
        query = self.understood(question)
        if query.route is Route.INDICATOR:
            route, draft = self._drafting.answer(query, ())
            if route is Route.INDICATOR and draft.outcome is Outcome.ANSWERED:
                told = grounded(draft, self._store.text)
                return told.outcome is Outcome.ANSWERED and _as_asked(query, told)
        return self.ask(question).outcome is Outcome.ANSWERED

    @streamed_at_one_moment
    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        scope: Scope = Scope(),
        today: date | None = None,
    ) -> Iterator[Delta | Answer]:
        """What `ask` answers, as it comes: its text stretch by stretch, then the answer itself."""
        asked = Asked(question, tuple(history), scope, today or date.today())
        shown = ""
        for telling in self._tellings(asked):
            for part in telling.helped.draft.growing():
                text = number(part, self._store.holdings.title, self._store.pages).text
                if len(text) > len(shown):
                    yield Delta(text[len(shown) :])
                    shown = text
        yield self._answer(asked, telling)

    def _tellings(self, asked: Asked) -> Iterator[Telling]:
        """The answer in the making, each beginning as the one before it; the last is whole."""
        clock = [time.perf_counter()]
        query = understand(asked.question, asked.history, asked.scope, self._held, asked.today)
        clock.append(time.perf_counter())
        hits = self._search.find(query)
        self._store.read_texts(hit.passage.locator.paper for hit in hits)
        clock.append(time.perf_counter())
        both = self._drafting.effect(asked, query) or self._drafting.halves(asked)
        reading = Reading(query, hits, *(both or self._drafting.answer(query, hits)))
        if not both and (each := of_each(query, reading.draft, hits, self._drafting.found_for)):
            reading = replace(reading, route=Route.INDICATOR, draft=each)
        if reading.route is Route.NONE and (several := self._drafting.parts(asked)):
            reading = replace(reading, route=several[0], draft=several[1])
        if query.kinds and not (both or asked.scope.kinds):
            reading = self._drafting.beside_other_kinds(reading)
        found = Helped(reading.route, grounded(reading.draft, self._store.text))
        for helped in self._helped(asked, found):
            yield Telling(reading.query, reading.hits, helped, (*clock, time.perf_counter()))

    def _answer(self, asked: Asked, telling: Telling) -> Answer:
        route, draft = telling.helped.route, telling.helped.draft
        told = number(draft, self._store.holdings.title, self._store.pages)
        cells = told.citations if route is Route.INDICATOR else ()
        return Answer(
            question=asked.question,
            outcome=draft.outcome,
            route=route,
            text=told.text,
            searched=self._drafting.refusals.searched(telling.query),
            figures=told.figures,
            citations=told.citations,
            options=draft.options,
            retrieved=self._retrieved(cells, telling.hits),
            chart=draft.chart,
            receipt=self._receipt(asked, telling),
        )

    def _receipt(self, asked: Asked, telling: Telling) -> Receipt:
        draft = telling.helped.draft
        steps = zip(("understand", "search", "answer"), pairwise(telling.clock), strict=True)
        looked_at = [p for hit in telling.hits for p in (hit.passage, *hit.also)][:_LOOKED_AT]
        quoted = [source for statement in draft.statements for source in statement.sources]
        return Receipt(
            query=_plain(telling.query),
            versions={**versions(), "store": self.store_digest()[:16]},
            model=telling.helped.credit,
            timings_ms={name: round(1000 * (end - start), 2) for name, (start, end) in steps},
            asked=asked,
            rules=draft.rules,
            passages=tuple(map(passage_key, looked_at)),
            observations=keys_of_figures(draft.figures, self._printed_near(draft)),
            decisions=keys_of_decisions(quoted, self._decided_near(quoted)),
        )

    def _printed_near(self, draft: Draft) -> Iterator[Observation]:
        """The figures of the papers that an answer's figures stand in."""
        papers = {source.locator.paper for f in draft.figures for source in f.sources}
        return (o for paper in sorted(papers) for o in self._store.observations_of(paper))

    def _decided_near(self, quoted: Sequence[Source]) -> Iterator[Decision]:
        """The decisions of the papers that an answer quotes."""
        papers = {source.locator.paper for source in quoted}
        return (d for paper in sorted(papers) for d in self._store.decisions_of(paper))

    def _retrieved(self, cells: Sequence[Citation], hits: Sequence[Hit]) -> tuple[Retrieved, ...]:
        """The rows and cells that a calculation took, then the passages found, best first."""
        rows = [Retrieved(c.paper, c.page, c.quote, 1.0) for c in cells]
        passages = [
            Retrieved(
                passage.locator.paper,
                passage.locator.page,
                verbatim((passage,), self._store.text(passage.locator.paper)),
                hit.score,
            )
            for hit in hits
            for passage in (hit.passage, *hit.also)
        ]
        return tuple((rows + passages)[:_LOOKED_AT])

    def _helped(self, asked: Asked, found: Helped) -> Iterator[Helped]:
        """What a language model makes of it, where there is one (see `modelled.help_with`)."""
        if self._model is None:
            return iter((found,))
        papers = Papers(
            self._held, self._measures, self._search.find, self._drafted, self._store.text
        )
        return help_with(self._model, asked, found, papers)

    def _measures(self) -> tuple[str, ...]:
        """The names of the catalogue's measures that figures are held of."""
        return self._views.printed.measures()

    def _drafted(self, query: Query) -> tuple[Route, Draft]:
        """The answer to another reading of a question."""
        route, draft = self._drafting.found_for(query)
        return route, grounded(draft, self._store.text)

    def _catch_up(self) -> None:
        """Read again what another process has changed; inside one moment of the store."""
        with self._catching_up:
            if self._store.version() != self._version:
                self._read()

    def _read(self) -> None:
        """Look at what the store holds anew."""
        self._version = self._store.version()
        self._views = Views(self._store)
        self._search, self._held = self._views.search, self._views.held
        self._drafting = Drafting(self._views, self._store)


def _as_asked(query: Query, draft: Draft) -> bool:
    if query.operation is Operation.TREND:
        return draft.chart is not None
    if query.operation is Operation.AGAINST_TARGET:
        return any(figure.figure.basis == Basis.TARGET for figure in draft.figures)
    return True


def _plain(query: Query) -> dict[str, Any]:
    """The query as plain values for the receipt."""
    return {
        name: [str(v) for v in value] if isinstance(value, tuple) else str(value)
        for name, value in asdict(replace(query, periods=(), meetings=())).items()
    } | {
        "understood": in_plain_words(query),
        "periods": [f"{p.start} to {p.end}" for p in query.periods],
        "meetings": [f"{p.start} to {p.end}" for p in query.meetings],
    }
