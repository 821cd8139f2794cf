"""Which answer a question gets: from figures, from minutes, from both, or an honest refusal."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Asked, Outcome, Route, Turn
from assistant.drafts import Draft, Statement
from assistant.effects import around, effect_asked, joined, undecided
from assistant.figures.counting import asked_for, comings_asked
from assistant.minutes.declining import declined, other_bodies
from assistant.minutes.expected import Expected, expected
from assistant.passages.search import Hit
from assistant.question.cues import (
    AMOUNT,
    FIGURE,
    NUMBER_FIRST,
    OPENER,
    SAYS_SOMETHING,
    Operation,
    Wanted,
)
from assistant.question.parts import parts_of
from assistant.question.synonyms import alike
from assistant.question.understand import Query, understand
from assistant.refusals import Refusals, papers_of
from assistant.views import Views
from indicators.catalogue import indexed, terms
from indicators.quantities import find_quantities
from ingest.model import PeriodKind
from ingest.store import Store

_SEVERAL = 2
_BEYOND_DOUBT = 0.78
_LESS_SURE = 0.2
"""How much less sure an answer from the kind of paper named may be."""
_SPOKEN_OF = {
    Operation.AGAINST_TARGET: re.compile(
        r"\b(?:targets?|goals?|aim\w*|ambition\w*|met|on track|plan(?:ned)?|benchmark\w*|"
        r"threshold\w*|objectives?|achiev\w+|ceiling|guide\w*|red|amber|green)\b",
        re.IGNORECASE,
    ),
    Operation.TREND: re.compile(
        r"\b(?:ris(?:e|es|en|ing)|rose|fall(?:s|en|ing)?|fell|increas\w+|decreas\w+|drop\w*|"
        r"gr[eo]w(?:n|s|ing)?|growth|up|down|improv\w+|wors\w+|better|higher|lower|chang\w+|trend\w*|"
        r"reduc\w+|stable|steady|remain\w*|unchanged|declin\w+|doubl\w+|halv\w+|fluctuat\w+)\b",
        re.IGNORECASE,
    ),
}
"""What a quote speaks of that tells how a figure stood to its aim, or how it moved."""
_LEADING = 3  # statements of a quote: what is told first
_HOW_MUCH = re.compile(r"\b(?:what|how (?:much|many))\b", re.IGNORECASE)
_HALVES = re.compile(r",?\s+and\s+(?=(?:what|who|why|how|which|when|did)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as read, what was found for it, and the draft made of that."""

    query: Query
    hits: Sequence[Hit]
    route: Route
    draft: Draft


class Drafting:
    """Drafts answers over one state of a store; none has passed the gate yet."""

    def __init__(self, views: Views, store: Store) -> None:
        self._views = views
        self._store = store
        self._search, self._held = views.search, views.held
        self.refusals = Refusals(self._held, store.holdings)

    def found_for(self, query: Query) -> tuple[Route, Draft]:
        """The answer to a question as it is read."""
        return self.answer(query, self._search.find(query))

    def answer(self, query: Query, hits: Sequence[Hit]) -> tuple[Route, Draft]:
        """The answer that fits, of figures before minutes where a figure is asked for."""
        if query.strangers and not query.councils and not self._may_be_theirs(query.strangers):
            return Route.NONE, self.refusals.stranger(query).by("council not held")
        if refusal := declined(query):
            return Route.NONE, self.refusals.declined(refusal, query).by("declined by its wording")
        if bodies := other_bodies(
            query.text, self._held.committees, self._held.councils, self._store.says
        ):
            return Route.NONE, self.refusals.other_bodies(bodies, query).by("committee not held")
        if self.refusals.is_future(query):
            if aimed := self._views.figures.aimed_at(query):
                return Route.INDICATOR, aimed.by("figures: aimed at")
            return Route.NONE, self.refusals.future(query).by("after the newest paper")
        if self.refusals.is_exempt(query, hits):
            return Route.MINUTES, self.refusals.exempt(hits).by("taken in private")
        figure = self._views.figures.answer(query) if query.route is Route.INDICATOR else None
        if figure is not None and _beside_the_point(query, figure):
            figure = None
        if figure is not None and (
            figure.outcome is not Outcome.NOT_FOUND or figure.confidence >= 0.6
        ):
            return Route.INDICATOR, figure.by(f"figures: {query.operation}")
        if query.route is Route.MINUTES and (told := self._told_as_figure(query)):
            return Route.INDICATOR, told.by(f"figures beyond doubt: {query.operation}")
        absent = self._search.missing(query)
        if absent and query.route is Route.MINUTES:
            return Route.NONE, self.refusals.absent(query, absent).by("not mentioned")
        minutes = self._quoted(query, hits)
        if minutes is not None and not _speaks_of_what_is_asked(query, minutes):
            minutes = None
        if minutes is not None:
            return Route.MINUTES, minutes.by(f"minutes: {query.wanted}")
        if figure is not None:
            return Route.INDICATOR, figure.by(f"figures: {query.operation}")
        return Route.NONE, self.refusals.not_found(query).by("not found")

    def _may_be_theirs(self, places: Sequence[str]) -> bool:
        """Whether a paper whose council isn't known names one of some places."""
        return any(self._store.says(place.lower(), of_unknown=True) for place in places)

    def beside_other_kinds(self, narrow: Reading) -> Reading:
        """The reading from the kinds of paper that a question names, or a better one from others.

        Its words are a wish, not a limit: what stands elsewhere is told to stand there.
        """
        query = replace(narrow.query, kinds=())
        hits = self._search.find(query)
        route, draft = self.answer(query, hits)
        answered = narrow.draft.outcome is Outcome.ANSWERED
        as_sure = narrow.draft.confidence >= draft.confidence - _LESS_SURE
        if draft.outcome is not Outcome.ANSWERED or (answered and as_sure):
            return narrow
        said = f"That isn't in {papers_of(narrow.query.kinds)} held: it stands in other papers."
        told = replace(draft, statements=(*draft.statements, Statement(said, labels=said)))
        return Reading(query, hits, route, told.by("not in the kind of paper named"))

    def _told_as_figure(self, query: Query) -> Draft | None:
        """A figure that fits beyond doubt, though no word asks for one: "UASC, Sept 2024"."""
        if query.wanted not in (Wanted.ANYTHING, Wanted.LIST) or not query.periods:
            return None
        draft = self._views.figures.answer(query)
        sure = draft is not None and draft.confidence >= _BEYOND_DOUBT
        return draft if draft and sure and draft.outcome is not Outcome.CLARIFY else None

    def _quoted(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """An answer in the papers' words; for a figure only where they hold one that fits."""
        if query.route is Route.MINUTES and _only_names(query):
            told = self._views.minutes.figure_told(query, hits)
            return told or self._views.minutes.named(query, hits)
        if query.route is Route.MINUTES or not _counts(query):
            return self._views.minutes.answer(query, hits)
        between = len(query.councils) > 1
        if query.operation is Operation.DIFFERENCE and not query.periods and not between:
            return self._views.minutes.answer(query, hits)
        return self._views.minutes.figure_told(query, hits)

    def effect(self, asked: Asked, query: Query) -> tuple[Route, Draft] | None:
        """A decision with the figures before and after it, where a question asks what it did."""
        effect = effect_asked(asked.question)
        if effect is None:
            return None
        of_decision = f"What was decided about {effect.decision}?"
        ask = replace(
            understand(of_decision, asked.history, asked.scope, self._held, asked.today),
            councils=query.councils,
        )
        route, decided = self.found_for(ask)
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
        if self.found_for(query)[1].outcome is Outcome.ANSWERED:
            return None
        return Route.MINUTES, joined(decided, None).by("a decision without figures around it")

    def halves(self, asked: Asked) -> tuple[Route, Draft] | None:
        """A question in two halves, not both for figures: both answers."""
        halves = _HALVES.split(asked.question, maxsplit=1)
        if len(halves) != 2:
            return None
        scope, when, before = asked.scope, asked.today, (*asked.history, Turn("user", halves[0]))
        first = understand(halves[0], asked.history, scope, self._held, when)
        second = understand(halves[1], before, scope, self._held, when)
        second = _of_the_same(second, first)
        first, second = (replace(half, kinds=scope.kinds) for half in (first, second))
        routes = {first.route, second.route}
        if routes == {Route.INDICATOR}:
            own = replace(understand(halves[1], (), scope, self._held, when), kinds=scope.kinds)
            alone = own.route is Route.INDICATOR and NUMBER_FIRST.match(halves[1])
            both = self._views.figures.both(first, own, second) if alone else None
            return (Route.INDICATOR, both.by("two figures")) if both else None
        decides = second.wanted in (Wanted.RECOMMENDATION, Wanted.DECISION)
        clear = Route.INDICATOR in routes and (decides or second.route is Route.INDICATOR)
        there = first.wanted is Wanted.ATTENDANCE and Expected.REASON not in expected(halves[1])
        present = there and second.wanted is Wanted.ATTENDANCE
        if len(second.words) < 2 and not (clear and second.words) and not present:
            return None
        if routes == {Route.MINUTES} and len(first.words) < 2 and not there:
            return None
        if first.operation is not Operation.VALUE and second.operation is not Operation.VALUE:
            return None
        drafts = [self.answer(q, self._search.find(q))[1] for q in (first, second)]
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

    def parts(self, asked: Asked) -> tuple[Route, Draft] | None:
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
            route, draft = self.found_for(query)
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


def _of_the_same(second: Query, first: Query) -> Query:
    """The second half of a question, of the council and the meeting of the first if of no other."""
    if second.councils or second.strangers or second.bodies:
        return second
    same = replace(second, councils=first.councils, bodies=first.bodies)
    if second.periods or second.meetings or second.route is not Route.MINUTES:
        return same
    there = first.wanted is Wanted.ATTENDANCE
    days = (p for p in first.periods if there or p.kind is PeriodKind.DAY)
    return replace(same, meetings=(*first.meetings, *days))


def _same_place(one: Draft, other: Draft) -> bool:
    """Whether all that one answer rests on lies within what another one quotes."""
    mine = [s.locator for statement in one.statements for s in statement.sources]
    its = [s.locator for statement in other.statements for s in statement.sources]
    return all(
        any(a.paper == b.paper and a.start <= b.start and b.end <= a.end for a in mine) for b in its
    )


def _beside_the_point(query: Query, draft: Draft) -> bool:
    """Whether a figure answers with what the question itself gives, or is of a name alone.

    "What was it before the rise of £2m?" isn't answered by £2m, nor "How much does Ms Orr earn?"
    by any sum that Ms Orr speaks of.
    """
    if draft.outcome is not Outcome.ANSWERED or query.operation is not Operation.VALUE:
        return False
    told = [figure.figure.value for figure in draft.figures]
    given = [
        float(q.value) for m in AMOUNT.finditer(query.text) for q in find_quantities(m.group())
    ]
    if _HOW_MUCH.search(query.text) and told and told[0] in given:
        return True
    named = {w for w in query.names if w not in terms()}
    asked = {w for w in query.words if w not in named}
    said = indexed(" ".join(statement.text for statement in draft.statements))
    return bool(named) and bool(asked) and not asked & said


def _speaks_of_what_is_asked(query: Query, minutes: Draft) -> bool:
    """Whether a quote in a figure's stead speaks of what was to be done with it.

    Where a target is asked for it tells of an aim, of a movement where one is, and where things
    are counted, of these.
    """
    if query.route is not Route.INDICATOR or minutes.outcome is not Outcome.ANSWERED:
        return True
    leading = [s.text for s in minutes.statements[:_LEADING]]
    if spoken := _SPOKEN_OF.get(query.operation):
        asked = {w for word in query.words for w in (word, *alike(word))}
        return any(spoken.search(text) and asked & indexed(text) for text in leading)
    if came := comings_asked(query.text):
        return any(came & indexed(text) for text in leading)
    counted = asked_for(query.text, frozenset()).what if query.unit == "count" else frozenset()
    same = {w for word in counted for w in (word, *alike(word))}
    return not same or any(same & indexed(text) for text in leading)


def _only_names(query: Query) -> bool:
    """Whether a question merely names a thing and its date, as one asks for a figure in a hurry."""
    dated = bool(query.periods) and not query.meetings and not query.inherited
    said = SAYS_SOMETHING.search(query.text) or OPENER.match(query.text)
    return dated and query.wanted is Wanted.ANYTHING and not said


def _counts(query: Query) -> bool:
    """Whether a figure is asked for; "what did they want improved" only speaks of a trend."""
    said = FIGURE.search(AMOUNT.sub(" ", query.text))
    return bool(said or query.unit) or query.operation is not Operation.TREND
