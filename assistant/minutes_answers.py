"""Answers from minutes and reports: decisions from the register, else the sentences that answer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from assistant.answer import Outcome
from assistant.cues import Operation, Wanted
from assistant.drafts import Draft, Statement
from assistant.evidence import Evidence, Window
from assistant.expected import expected, holds
from assistant.quoting import quoted, told
from assistant.search import Hit, Search
from assistant.sureness import SURE_ENOUGH, Found, Sureness
from assistant.synonyms import alike
from assistant.understand import Query
from indicators.catalogue import indexed, words
from indicators.quantities import find_quantities
from ingest.model import (
    Decision,
    DecisionKind,
    PartKind,
    Passage,
    Period,
    PeriodKind,
    Unit,
)
from ingest.periods import day, describe, find_periods

_SENTENCE_ENOUGH = 0.72
_SENTENCE_OPERATIONS = (Operation.VALUE, Operation.AGAINST_TARGET, Operation.DIFFERENCE)
_REGISTER_ENOUGH = 0.55
_FIGURE_SHARE = 0.72
_VOTE = re.compile(r"\bvot(?:e|es|ed|ing)\b|\babst(?:ain\w*|ention\w*)\b", re.IGNORECASE)
_KINDS = {
    Wanted.DECISION: (DecisionKind.RESOLUTION,),
    Wanted.ACTION: (DecisionKind.ACTION, DecisionKind.RESOLUTION),
    Wanted.OUTSTANDING: (DecisionKind.ACTION,),
    Wanted.RECOMMENDATION: (DecisionKind.RECOMMENDATION,),
}
_FRAMING = frozenset(
    words(
        "decision decide decided resolve resolved resolution agree agreed approve approved "
        "recommend recommended recommendation action actions outstanding schedule reason why list "
        "mean means definition attended attendance apologies date need needs matter matters "
        "deal dealing finish finished lead leading working responsible told position progress "
        "still remain remaining open"
    )
)
_ACTIONS = frozenset(words("action actions outstanding"))


class MinutesAnswers:
    """Answers questions on what was said, asked and decided."""

    def __init__(
        self, search: Search, passages: Iterable[Passage], decisions: Iterable[Decision]
    ) -> None:
        self._search = search
        self._evidence = Evidence(passages, search.weight)
        self._sureness = Sureness(search.weight, search.knows)
        self._decisions = tuple(decisions)

    def answer(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """A draft, or None when nothing held answers."""
        kinds = _KINDS.get(query.wanted)
        registered = self._from_register(query, kinds) if kinds else None
        extracted = self._extracted(query, hits)
        if query.wanted is Wanted.DECISION and (unminuted := self._unminuted(query, hits)):
            return unminuted
        if query.wanted is Wanted.DECISION and not registered and (asked := self._asked_for(query)):
            return asked
        if _VOTE.search(query.text) and (found := registered or extracted):
            return _unvoted(found)
        if registered and (
            extracted is None or registered.confidence >= extracted.confidence - 0.15
        ):
            return registered
        return extracted

    def _unminuted(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """A pack doesn't hold its own meeting's minutes: what it recommends isn't decided."""
        asked = (*query.periods, *query.meetings)
        if not asked or any(p.kind is not PeriodKind.DAY for p in asked):
            return None
        meant = [h for h in hits if h.passage.meeting.held in {p.end for p in asked}]
        if not meant or any(h.passage.part is PartKind.MINUTES for h in meant):
            return None
        if any(
            d.meeting.held in {p.end for p in asked} and d.kind is DecisionKind.RESOLUTION
            for d in self._decisions
        ):
            return None
        when = describe(asked[0])
        lead = Statement(
            f"The papers for the meeting of {when} are held, but not its minutes: what it decided "
            "isn't in them."
        )
        asking = self._from_register(query, (DecisionKind.RECOMMENDATION,))
        return Draft(Outcome.NOT_FOUND, (lead, *(asking.statements if asking else ())), 0.7)

    def _asked_for(self, query: Query) -> Draft | None:
        """What a report asks to be decided, where no minute held says what became of it."""
        asking = self._from_register(query, (DecisionKind.RECOMMENDATION,))
        if asking is None or asking.confidence < _SENTENCE_ENOUGH:
            return None
        lead = Statement("The minutes held record no decision on this. What the papers recommend:")
        return replace(asking, outcome=Outcome.NOT_FOUND, statements=(lead, *asking.statements))

    def figure_told(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """The passage that tells a figure of the unit asked for, where no measure is held of it."""
        if query.operation not in _SENTENCE_OPERATIONS or not query.words:
            return None
        dated = query.periods or query.meetings
        if dated and query.unit != "gbp" and query.wanted is not Wanted.MONEY:
            return None
        chosen = self._evidence.choose(query, hits, lambda unit: _holds_figure(unit, query))
        if not chosen or self._share_told(query, chosen[0]) < _FIGURE_SHARE:
            return None
        sure = self._sureness.of(query, _found(chosen, hits))
        if sure < SURE_ENOUGH:
            return None
        return Draft(Outcome.ANSWERED, tuple(_shown(chosen[0])), sure)

    def _share_told(self, query: Query, window: Window) -> float:
        """The share of the question's words that the best unit holds, half for those above it."""
        own, where = indexed(window.best.place.unit.text), indexed(window.where)
        weights = {w: self._search.weight(w) for w in query.words}
        told = sum(
            w if x in own or alike(x) & own else 0.5 * w if x in where else 0.0
            for x, w in weights.items()
        )
        return told / (sum(weights.values()) or 1.0)

    # -- the register ----------------------------------------------------------------------

    def _from_register(self, query: Query, kinds: Sequence[DecisionKind]) -> Draft | None:
        """The decisions of the minute, or of the meeting, that the question is about."""
        held = [d for d in self._decisions if d.kind in kinds and self._in_scope(d, query)]
        asked = self._telling(query)
        groups: dict[tuple[object, ...], list[Decision]] = {}
        for decision in held:
            groups.setdefault(
                (decision.locator.paper, decision.meeting.held, decision.title, decision.kind), []
            ).append(decision)
        if not groups:
            return None
        if not asked:
            return self._whole_meeting(query, held)
        scored = sorted(
            ((self._fit(asked, group, query), i) for i, group in enumerate(groups.values())),
            key=lambda pair: (-pair[0], pair[1]),
        )
        ordered = list(groups.values())
        best = scored[0][0]
        if best < _REGISTER_ENOUGH:
            return None
        chosen = [ordered[i] for fit, i in scored if fit >= best - 0.08][:3]
        statements = [s for group in chosen for s in told(group)]
        return Draft(Outcome.ANSWERED, tuple(statements), min(1.0, best))

    def _telling(self, query: Query) -> tuple[str, ...]:
        asked = tuple(w for w in query.words if w not in _FRAMING)
        return asked

    def _in_scope(self, decision: Decision, query: Query) -> bool:
        meeting = decision.meeting
        if not query.admits(meeting):
            return False
        asked = (*query.periods, *query.meetings)
        if not asked or "period" in query.inherited:
            return True
        return _within(meeting.held, asked)

    def _fit(self, asked: Sequence[str], group: Sequence[Decision], query: Query) -> float:
        """The share of the question's telling words that the minute's title and texts hold."""
        title = indexed(group[0].title)
        texts = indexed(" ".join(f"{d.text} {d.owner or ''} {d.status or ''}" for d in group))
        weights = {w: self._search.weight(w) for w in asked}
        whole = sum(weights.values()) or 1.0
        covered = sum(
            w if word in texts else 0.9 * w if word in title else 0 for word, w in weights.items()
        )
        return covered / whole + (0.05 if query.periods else 0.0)

    def _whole_meeting(self, query: Query, held: Sequence[Decision]) -> Draft | None:
        """Everything of the meeting asked for, when the question names no subject.

        Of actions, what is left of a meeting's stands in the next papers; without a date, those
        in the newest papers are the ones to be done.
        """
        asked = (*query.periods, *query.meetings)
        dated = [d for d in held if _within(d.meeting.held, asked)]
        if _ACTIONS & set(query.words):
            dated = (
                _actions_from([d for d in held if d.kind is DecisionKind.ACTION], asked) or dated
            )
        held = dated
        if not held:
            return None
        meeting = held[0].meeting
        when = describe(day(meeting.held)) if meeting.held else "an undated meeting"
        kind = "action" if all(d.kind is DecisionKind.ACTION for d in held) else "decision"
        number = f"one {kind} is" if len(held) == 1 else f"{len(held)} {kind}s are"
        said = f"{meeting.committee}, {when}: {number} recorded."
        lead = Statement(said, labels=said)
        minutes = groupby(held[:25], key=lambda d: (d.title, d.kind))
        listed = [s for _, group in minutes for s in told(tuple(group))]
        return Draft(Outcome.ANSWERED, (lead, *listed), 0.9)

    # -- the sentences ---------------------------------------------------------------------

    def _extracted(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        if not query.words or not hits:
            return None
        if query.wanted is Wanted.DECISION:
            hits = [hit for hit in hits if _of_the_day(hit.passage, query)]
        chosen = self._evidence.choose(query, hits)
        if not chosen:
            return None
        sure = self._sureness.of(query, _found(chosen, hits))
        if sure < SURE_ENOUGH:
            return None
        statements = [s for window in chosen for s in _shown(window)]
        group = self._decided(chosen[0].passage) if query.wanted is Wanted.DECISION else []
        if group:
            statements = [*told(group), *_beyond(group, chosen, query)]
        return Draft(Outcome.ANSWERED, tuple(statements), sure)

    def _decided(self, passage: Passage) -> list[Decision]:
        """What was resolved under the minute that a passage is of."""
        where = passage.locator
        return [
            d
            for d in self._decisions
            if d.kind is DecisionKind.RESOLUTION
            and d.locator.paper == where.paper
            and d.meeting == passage.meeting
            and passage.part is PartKind.MINUTES
            and d.title in passage.headings
        ]


def _found(chosen: Sequence[Window], hits: Sequence[Hit]) -> Found:
    """What was found, for judging whether it answers."""
    text = " ".join(f"{w.passage.text} {w.text} {w.where}" for w in chosen[:2])
    nearest = max((hit.meaning for hit in hits[:5]), default=0.0)
    return Found(text, chosen[0].best.pairs, nearest)


def _beyond(group: Sequence[Decision], chosen: Sequence[Window], query: Query) -> list[Statement]:
    """The sentences that say what the decisions leave unsaid: a vote, a reason, who spoke."""
    decided = indexed(" ".join(f"{d.title} {d.text}" for d in group))
    text = " ".join(d.text for d in group)
    kinds = {kind for kind in expected(query.text) if not holds(kind, text)}
    for window in chosen:
        new = any(word in indexed(window.text) for word in query.words if word not in decided)
        if new or any(holds(kind, window.text) for kind in kinds):
            return _shown(window)
    return []


def _holds_figure(unit: Unit, query: Query) -> bool:
    """Whether a unit tells a figure of the unit asked for, apart from dates."""
    dates = [(m.start, m.end) for m in find_periods(unit.text)]
    return any(
        query.unit in (None, "count", q.unit) and not any(a <= q.start < b for a, b in dates)
        for q in find_quantities(unit.text, worded=True)
    )


def _shown(window: Window) -> list[Statement]:
    """A window verbatim: a statement a passage, introduced once."""
    return [quoted(passage, units, lead=i == 0) for i, (passage, units) in enumerate(window.pieces)]


def _within(held: date | None, periods: Iterable[Period]) -> bool:
    return held is not None and any(p.start <= held <= p.end for p in periods)


def _actions_from(actions: Sequence[Decision], asked: Sequence[Period]) -> list[Decision]:
    """The actions of the first meeting from the date asked for, or of the newest one."""
    days = sorted({d.meeting.held for d in actions if d.meeting.held})
    if asked:
        days = [held for held in days if held >= asked[0].start]
    meant = days[:1] if asked else days[-1:]
    return [d for d in actions if d.meeting.held in meant]


def _unvoted(draft: Draft) -> Draft:
    """Votes are often not recorded: then the decision is told, and that no vote is."""
    if any(_VOTE.search(statement.text) for statement in draft.statements):
        return draft
    lead = Statement("The papers record no vote on this. What they do record:")
    return Draft(Outcome.NOT_FOUND, (lead, *draft.statements), draft.confidence)


def _of_the_day(passage: Passage, query: Query) -> bool:
    """Whether a passage is of the very meeting asked about, where a question names its day."""
    asked = [p for p in (*query.periods, *query.meetings) if p.kind is PeriodKind.DAY]
    held = passage.meeting.held
    return not asked or any(p.start <= held <= p.end for p in asked if held)
