"""The assistant: one store, one question in, one grounded answer out.

What answering doesn't need (taking papers in, briefings) is loaded when it is used.
"""

import re
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future
from copy import copy
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
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
    Searched,
    Turn,
)
from assistant.drafts import Draft, Source, Statement, number
from assistant.effects import around, effect_asked, joined, undecided
from assistant.examples import examples_for
from assistant.figures.cards import Card
from assistant.grounding import grounded
from assistant.keys import keys_of_decisions, keys_of_figures, passage_key
from assistant.language_model.model import LanguageModel, OpenAIModel
from assistant.language_model.modelled import Helped, help_with
from assistant.language_model.tools import Papers
from assistant.loading import embedder
from assistant.minutes.declining import Declined, declined, other_bodies
from assistant.papers.printed import Printed
from assistant.papers.view import PaperView, view_of
from assistant.passages.results import Result, results, verbatim
from assistant.passages.search import Hit
from assistant.question.cues import AMOUNT, FIGURE, NUMBER_FIRST, Operation, Wanted
from assistant.question.described import in_plain_words
from assistant.question.parts import parts_of
from assistant.question.understand import Query, understand
from assistant.register.register import Register
from assistant.settings import (
    ModelSettings,
    chroma_server,
    register_place,
    settings_from_environment,
)
from assistant.shown import searched_line
from assistant.versions import versions
from assistant.views import Views
from assistant.which_council import of_each
from indicators.catalogue import indexed, measure_of, spoken, words
from indicators.checks import find_findings
from indicators.findings import Finding
from ingest.embedding import Embedder
from ingest.finding import Within
from ingest.formats.limits import Limits
from ingest.identity import area_of
from ingest.kinds import PaperKind, plural
from ingest.model import (
    Basis,
    Decision,
    Locator,
    Meeting,
    Observation,
    PartKind,
    Privacy,
    Restriction,
    Unit,
)
from ingest.store import PaperRecord, Store

if TYPE_CHECKING:
    from assistant.briefing.briefing import Briefing
    from ingest.pipeline import OnProgress, Report

_LOOKED_AT = 10
_SEVERAL = 2
_BEYOND_DOUBT = 0.78
_LESS_SURE = 0.2
"""How much less sure an answer from the kind of paper named may be."""
_HALVES = re.compile(r",?\s+and\s+(?=(?:what|who|why|how|which|when|did)\b)", re.IGNORECASE)
_FORETELL = re.compile(
    r"^\W*will\b[^?]*\b(?:numbers?|rates?|share|percentage|proportion|figures?)\b[^?]*\b(?:fall|rise|"
    r"drop|grow|increase|decrease|improve|go (?:up|down)|get (?:better|worse))\b",
    re.IGNORECASE,
)
_EXEMPT = re.compile(
    r"\b(?:exempt|confidential)\b|\bclosed session\b|\bpart (?:2|two) (?:report|minutes?|item)\b"
    r"|\bprivate (?:minutes?|session|reports?|business|items?|part)\b",
    re.IGNORECASE,
)
_WITHHELD = re.compile(
    r"\bnot (?:for|open to) (?:the )?(?:publication|public|press)\b|\bSchedule 12A\b", re.IGNORECASE
)

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
class _Reading:
    """A question as read, what was found for it, and the draft made of that."""

    query: Query
    hits: Sequence[Hit]
    route: Route
    draft: Draft


@dataclass(frozen=True, slots=True)
class _Telling:
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
    ) -> None:
        self.viewer = viewer
        self._catching_up = threading.RLock()
        self._store = store
        self._limits = limits
        self._model = model
        self.printed = Printed(store, limits)
        self._read()

    @classmethod
    def open(
        cls,
        store: Path,
        model: ModelSettings | None = None,
        embedding: Future[Embedder | None] | None = None,
        viewer: Viewer = OPERATOR,
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
        return cls(held, limits, OpenAIModel(model) if model else None, viewer)

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

    def paper_text(self, paper_id: str) -> str:
        """The text that quotes of a paper are verbatim in; raises UnknownPaper."""
        return self._store.text(paper_id)

    @at_one_moment
    def paper_view(self, paper_id: str) -> PaperView:
        """What was understood of a paper, page by page; raises UnknownPaper."""
        pages = self._store.pages(paper_id)
        record = next(record for record in self._store.papers() if record.id == paper_id)
        return view_of(
            record,
            pages,
            self._store.passages_of(paper_id),
            self._store.decisions_of(paper_id),
            [t for t in self._store.tables() if t.locator.paper == paper_id],
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

    @at_one_moment
    def figures(self) -> tuple[tuple[Observation, Meeting], ...]:
        """Every figure held, with the meeting whose papers or minutes print it."""
        return tuple((o, self._views.printed.meeting(o)) for o in self.observations())

    @at_one_moment
    def findings(self, papers: Collection[str]) -> tuple[Finding, ...]:
        """What the checks find amiss with figures of some papers, beside their councils' others."""
        councils = {r.meeting.council for r in self._store.papers() if r.id in papers}
        beside = {r.id for r in self._store.papers() if r.meeting.council in councils}
        held = [o for o in self.observations() if o.locator.paper in beside]
        return tuple(
            finding
            for finding in find_findings(held)
            if any(o.locator.paper in papers for o in finding.observations)
        )

    @at_one_moment
    def indicator(self, measure: str, scope: Scope = Scope()) -> tuple[Card, ...]:
        """What is known of a measure, for each council whose papers have a series of it."""
        query = understand(f"trend of {measure}", (), scope, self._held, date.today())
        return self._views.figures.cards(query)

    @at_one_moment
    def brief(self, paper_id: str) -> "Briefing":
        """A briefing for the meeting of a pack; raises UnknownPaper."""
        from assistant.briefing.briefing import briefing_of

        return briefing_of(paper_id, self._store, self.register, self.figures())

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
            route, draft = self._draft(query, ())
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

    def _tellings(self, asked: Asked) -> Iterator[_Telling]:
        """The answer in the making, each beginning as the one before it; the last is whole."""
        clock = [time.perf_counter()]
        query = understand(asked.question, asked.history, asked.scope, self._held, asked.today)
        clock.append(time.perf_counter())
        hits = self._search.find(query)
        clock.append(time.perf_counter())
        both = self._effect(asked, query) or self._joined(asked)
        reading = _Reading(query, hits, *(both or self._draft(query, hits)))
        if not both and (each := of_each(query, reading.draft, hits, self._found_for)):
            reading = replace(reading, route=Route.INDICATOR, draft=each)
        if reading.route is Route.NONE and (several := self._in_parts(asked)):
            reading = replace(reading, route=several[0], draft=several[1])
        if query.kinds and not (both or asked.scope.kinds):
            reading = self._beside_other_kinds(reading)
        found = Helped(reading.route, grounded(reading.draft, self._store.text))
        for helped in self._helped(asked, found):
            yield _Telling(reading.query, reading.hits, helped, (*clock, time.perf_counter()))

    def _answer(self, asked: Asked, telling: _Telling) -> Answer:
        route, draft = telling.helped.route, telling.helped.draft
        told = number(draft, self._store.holdings.title, self._store.pages)
        cells = told.citations if route is Route.INDICATOR else ()
        return Answer(
            question=asked.question,
            outcome=draft.outcome,
            route=route,
            text=told.text,
            searched=self._searched(telling.query),
            figures=told.figures,
            citations=told.citations,
            options=draft.options,
            retrieved=self._retrieved(cells, telling.hits),
            chart=draft.chart,
            receipt=self._receipt(asked, telling),
        )

    def _receipt(self, asked: Asked, telling: _Telling) -> Receipt:
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
        found = (measure_of(words(label)) for label in {o.measure for o in self.observations()})
        return tuple(sorted({measure.name for measure in found if measure}))

    def _found_for(self, query: Query) -> tuple[Route, Draft]:
        """The answer to another reading of a question, before the gate."""
        return self._draft(query, self._search.find(query))

    def _drafted(self, query: Query) -> tuple[Route, Draft]:
        """The answer to another reading of a question."""
        route, draft = self._found_for(query)
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

    def _draft(self, query: Query, hits: Sequence[Hit]) -> tuple[Route, Draft]:
        if query.strangers and not query.councils:
            return Route.NONE, self._stranger(query).by("council not held")
        if refusal := declined(query):
            return Route.NONE, self._declined(refusal, query).by("declined by its wording")
        if bodies := other_bodies(
            query.text, self._held.committees, self._held.councils, self._speaks_of
        ):
            return Route.NONE, self._other_bodies(bodies, query).by("committee not held")
        if self._is_future(query):
            if aimed := self._views.figures.aimed_at(query):
                return Route.INDICATOR, aimed.by("figures: aimed at")
            return Route.NONE, self._future(query).by("after the newest paper")
        if _EXEMPT.search(query.text) or self._asks_exempt_item(query, hits):
            return Route.MINUTES, self._exempt(hits).by("taken in private")
        figure = self._views.figures.answer(query) if query.route is Route.INDICATOR else None
        if figure is not None and (
            figure.outcome is not Outcome.NOT_FOUND or figure.confidence >= 0.6
        ):
            return Route.INDICATOR, figure.by(f"figures: {query.operation}")
        if query.route is Route.MINUTES and (told := self._told_as_figure(query)):
            return Route.INDICATOR, told.by(f"figures beyond doubt: {query.operation}")
        absent = self._search.missing(query)
        if absent and query.route is Route.MINUTES:
            return Route.NONE, self._absent(query, absent).by("not mentioned")
        minutes = self._quoted(query, hits)
        if minutes is not None:
            return Route.MINUTES, minutes.by(f"minutes: {query.wanted}")
        if figure is not None:
            return Route.INDICATOR, figure.by(f"figures: {query.operation}")
        return Route.NONE, self._not_found(query).by("not found")

    def _beside_other_kinds(self, narrow: _Reading) -> _Reading:
        """The reading from the kinds of paper that a question names, or a better one from others.

        Its words are a wish, not a limit: what stands elsewhere is told to stand there.
        """
        query = replace(narrow.query, kinds=())
        hits = self._search.find(query)
        route, draft = self._draft(query, hits)
        answered = narrow.draft.outcome is Outcome.ANSWERED
        as_sure = narrow.draft.confidence >= draft.confidence - _LESS_SURE
        if draft.outcome is not Outcome.ANSWERED or (answered and as_sure):
            return narrow
        said = f"That isn't in {_papers_of(narrow.query.kinds)} held: it stands in other papers."
        told = replace(draft, statements=(*draft.statements, Statement(said, labels=said)))
        return _Reading(query, hits, route, told.by("not in the kind of paper named"))

    def _told_as_figure(self, query: Query) -> Draft | None:
        """A figure that fits beyond doubt, though no word asks for one: "UASC, Sept 2024"."""
        if query.wanted not in (Wanted.ANYTHING, Wanted.LIST) or not query.periods:
            return None
        draft = self._views.figures.answer(query)
        sure = draft is not None and draft.confidence >= _BEYOND_DOUBT
        return draft if draft and sure and draft.outcome is not Outcome.CLARIFY else None

    def _quoted(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """An answer in the papers' words; for a figure only where they hold one that fits."""
        if query.route is Route.MINUTES or not _counts(query):
            return self._views.minutes.answer(query, hits)
        if query.operation is Operation.DIFFERENCE and not query.periods:
            return self._views.minutes.answer(query, hits)
        told = self._views.minutes.figure_told(query, hits)
        return told if told or _asks_a_figure(query) else self._views.minutes.named(query, hits)

    def _effect(self, asked: Asked, query: Query) -> tuple[Route, Draft] | None:
        """A decision with the figures before and after it, where a question asks what it did."""
        effect = effect_asked(asked.question)
        if effect is None:
            return None
        of_decision = f"What was decided about {effect.decision}?"
        ask = replace(
            understand(of_decision, asked.history, asked.scope, self._held, asked.today),
            councils=query.councils,
        )
        route, decided = self._found_for(ask)
        made = next((s.meeting for said in decided.statements for s in said.sources), None)
        held = made and made.held
        trend = understand(f"trend of {effect.measure}", (), asked.scope, self._held, asked.today)
        if route is not Route.MINUTES or decided.outcome is not Outcome.ANSWERED or not held:
            moved = self._views.figures.answer(replace(trend, councils=query.councils))
            told = moved and moved.outcome is Outcome.ANSWERED and effect.named
            return (Route.INDICATOR, undecided(moved)) if moved and told else None
        trend = replace(trend, councils=(made.council,) if made and made.council else ())
        sides = around(self._views.figures.cards(trend), held)
        told = sides and self._views.figures.answer(
            replace(trend, operation=Operation.DIFFERENCE, periods=sides)
        )
        if told and told.outcome is Outcome.ANSWERED:
            return Route.BOTH, joined(decided, told).by("a decision and the figures around it")
        if self._found_for(query)[1].outcome is Outcome.ANSWERED:
            return None
        return Route.MINUTES, joined(decided, None).by("a decision without figures around it")

    def _joined(self, asked: Asked) -> tuple[Route, Draft] | None:
        """A question in two halves, not both for figures: both answers."""
        halves = _HALVES.split(asked.question, maxsplit=1)
        if len(halves) != 2:
            return None
        scope, when, before = asked.scope, asked.today, (*asked.history, Turn("user", halves[0]))
        first = understand(halves[0], asked.history, scope, self._held, when)
        second = understand(halves[1], before, scope, self._held, when)
        first, second = (replace(half, kinds=scope.kinds) for half in (first, second))
        routes = {first.route, second.route}
        if routes == {Route.INDICATOR}:
            own = replace(understand(halves[1], (), scope, self._held, when), kinds=scope.kinds)
            alone = own.route is Route.INDICATOR and NUMBER_FIRST.match(halves[1])
            both = self._views.figures.both(first, own, second) if alone else None
            return (Route.INDICATOR, both.by("two figures")) if both else None
        decides = second.wanted in (Wanted.RECOMMENDATION, Wanted.DECISION)
        clear = Route.INDICATOR in routes and (decides or second.route is Route.INDICATOR)
        if len(second.words) < 2 and not (clear and second.words):
            return None
        if routes == {Route.MINUTES} and len(first.words) < 2:
            return None
        if first.operation is not Operation.VALUE and second.operation is not Operation.VALUE:
            return None
        drafts = [self._draft(q, self._search.find(q))[1] for q in (first, second)]
        if any(d.outcome is not Outcome.ANSWERED for d in drafts):
            return None
        one, two = drafts
        if _same_place(one, two):
            return None
        route = Route.MINUTES if routes == {Route.MINUTES} else Route.BOTH
        return route, Draft(
            Outcome.ANSWERED,
            tuple(dict.fromkeys((*one.statements, *two.statements))),
            min(one.confidence, two.confidence),
            figures=(*one.figures, *two.figures),
            rules=("two halves", *one.rules, *two.rules),
        )

    def _in_parts(self, asked: Asked) -> tuple[Route, Draft] | None:
        """A question that as a whole finds nothing, by the questions in it, where all are answered.

        What is to be calculated must be, and not be told by sentences of the same words.
        """
        parts = parts_of(asked.question)
        if len(parts) < _SEVERAL or asked.history:
            return None
        told: list[tuple[Route, Draft]] = []
        for i, part in enumerate(parts):
            before = tuple(Turn("user", earlier) for earlier in parts[:i])
            query = understand(part, before, asked.scope, self._held, asked.today)
            route, draft = self._found_for(query)
            told_of = route is not Route.INDICATOR and query.operation is not Operation.VALUE
            if draft.outcome is not Outcome.ANSWERED or told_of:
                return None
            told.append((route, draft))
        drafts = [draft for _, draft in told]
        routes = {route for route, _ in told}
        return routes.pop() if len(routes) == 1 else Route.BOTH, Draft(
            Outcome.ANSWERED,
            tuple(dict.fromkeys(s for draft in drafts for s in draft.statements)),
            min(draft.confidence for draft in drafts),
            figures=tuple(figure for draft in drafts for figure in draft.figures),
            rules=("several questions", *(rule for draft in drafts for rule in draft.rules)),
        )

    def _is_future(self, query: Query) -> bool:
        """Whether only a forecast could answer; next year's budget may well be in the papers."""
        if _FORETELL.search(query.text):
            return True
        last, asked = self._held.last, query.periods
        if last is None or not asked or min(p.start for p in asked) <= last:
            return False
        far = min(p.start for p in asked) > last + timedelta(days=400)
        return far or bool(
            re.search(r"\b(?:will|going to|predict\w*|expect\w*)\b", query.text, re.I)
        )

    def _speaks_of(self, name: str) -> bool:
        """Whether a paper held names a body."""
        return self._store.says(name)

    def _declined(self, refusal: Declined, query: Query) -> Draft:
        outcome = Outcome.CLARIFY if refusal.ask_again else Outcome.DECLINED
        options = examples_for(self._held.councils) if refusal.ask_again else ()
        return Draft(outcome, (Statement(refusal.text),), 0.0, options=options)

    def _other_bodies(self, bodies: Sequence[str], query: Query) -> Draft:
        held = "; ".join(self._held.committees)
        names = " and ".join(bodies)
        return self._refusal(f"No paper held is of the {names}. Held are those of: {held}.", query)

    def _stranger(self, query: Query) -> Draft:
        names = " and ".join(query.strangers)
        text = f"The papers held are not those of {names}, so they can't answer this."
        return self._refusal(text, query)

    def _future(self, query: Query) -> Draft:
        return self._refusal(
            "That date is after the newest paper held: the papers can't tell it, and no forecast "
            "is made.",
            query,
        )

    def _asks_exempt_item(self, query: Query, hits: Sequence[Hit]) -> bool:
        """Whether the question is about an agenda item that was taken in private.

        Named by its number, or by its title where only the agenda tells of it.
        """
        asked = {w for w in query.words if w != "item" and not w.isdigit()}
        agenda = bool(hits) and hits[0].passage.part is PartKind.FRONT
        text = query.text.lower()
        theirs = Within(query.councils, query.committees, query.since, query.until)
        private = self._store.holdings.exempt_items(theirs) if agenda or "item " in text else ()
        for item in private:
            named = f"item {item.number}" in text
            title = asked & indexed(item.title)
            if (named or agenda) and len(title) * 2 > len(asked):
                return True
        lines = (unit.text for hit in hits[:3] for unit in hit.passage.units)
        return any(
            _WITHHELD.search(line) and len(asked & indexed(line)) * 2 > len(asked) for line in lines
        )

    def _exempt(self, hits: Sequence[Hit]) -> Draft:
        """Exempt business leaves one public line: that line, and that the rest isn't held."""
        lines = [
            Statement(
                f"The public line: {unit.text}",
                (Source(_at(hit, unit), "", hit.passage.meeting),),
            )
            for hit in hits[:3]
            for unit in hit.passage.units
            if _EXEMPT.search(unit.text) and len(unit.text) < 400
        ]
        lead = Statement(
            "Business taken in private isn't in the papers held: no question can bring it out."
        )
        return Draft(Outcome.DECLINED, (lead, *lines[:2]), 0.5)

    def _absent(self, query: Query, absent: Sequence[str]) -> Draft:
        names = " and ".join(area_of(council) for council in query.councils)
        what = ", ".join(f"“{spoken(word)[0]}”" for word in absent)
        return self._refusal(f"The papers of {names} that are held don't mention {what}.", query)

    def _not_found(self, query: Query) -> Draft:
        where = f"{_papers_of(query.kinds)} held" if query.kinds else "the papers"
        return self._refusal(f"Not found in {where}.", query)

    def _refusal(self, text: str, query: Query) -> Draft:
        """An honest "no", with what was searched."""
        searched = searched_line(self._searched(query))
        said = (Statement(text, labels=text), Statement(searched, labels=searched))
        return Draft(Outcome.NOT_FOUND, said, 0.0)

    def _searched(self, query: Query) -> Searched:
        within = Within(query.councils, query.committees, query.since, query.until, query.kinds)
        held = self._store.holdings.within(within)
        return Searched(
            papers=held.papers,
            councils=held.councils,
            first=held.first,
            last=held.last,
            unreadable=held.unreadable,
        )


def _same_place(one: Draft, other: Draft) -> bool:
    """Whether all that one answer rests on lies within what another one quotes."""
    mine = [s.locator for statement in one.statements for s in statement.sources]
    its = [s.locator for statement in other.statements for s in statement.sources]
    return all(
        any(a.paper == b.paper and a.start <= b.start and b.end <= a.end for a in mine) for b in its
    )


def _asks_a_figure(query: Query) -> bool:
    """Whether a question's words ask for a figure; what only names a thing and a date may."""
    said = FIGURE.search(AMOUNT.sub(" ", query.text))
    return bool(said or query.unit) or query.operation is not Operation.VALUE


def _counts(query: Query) -> bool:
    """Whether a figure is asked for; "what did they want improved" only speaks of a trend."""
    return _asks_a_figure(query) or query.operation is not Operation.TREND


def _as_asked(query: Query, draft: Draft) -> bool:
    if query.operation is Operation.TREND:
        return draft.chart is not None
    if query.operation is Operation.AGAINST_TARGET:
        return any(figure.figure.basis == Basis.TARGET for figure in draft.figures)
    return True


def _papers_of(kinds: Sequence[PaperKind]) -> str:
    """Kinds of paper as one speaks of them: "the minutes or annual reports"."""
    return f"the {' or '.join(map(plural, kinds))}"


def _at(hit: Hit, unit: Unit) -> Locator:
    return replace(hit.passage.locator, start=unit.start, end=unit.end)


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
