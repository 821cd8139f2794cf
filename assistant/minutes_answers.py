"""Answers from minutes and reports: decisions from the register, else the sentences that answer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, takewhile

from assistant.answer import Outcome
from assistant.cues import Operation, Wanted
from assistant.drafts import Draft, Source, Statement
from assistant.search import Hit, Search
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
    UnitKind,
)
from ingest.periods import day, describe, find_periods

_ENOUGH = 0.42
_SENTENCE_ENOUGH = 0.72
_SENTENCE_OPERATIONS = (Operation.VALUE, Operation.AGAINST_TARGET, Operation.DIFFERENCE)
_NEAR, _FAR = 0.8, 0.2  # cosines between which nearness of meaning counts
_REGISTER_ENOUGH = 0.55
_WINDOW = 700
_SIGN = 0.25  # for a sentence with the kind of thing asked for: a date, a name, a reason
_VOTE = re.compile(r"\bvot(?:e|es|ed|ing)\b|\babst(?:ain\w*|ention\w*)\b", re.IGNORECASE)
_LIST_WINDOW = 1600
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
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_SIGNS = {
    Wanted.REASON: r"\b(?:because|due to|as a result|result of|owing|reason|caused|mainly|"
    r"meant that|attributed|led to|reluctant|linked to|so that)\b",
    Wanted.DATE: rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|{_MONTH} \d{{4}}|weeks?|months?|days?|"
    r"annually|quarterly|monthly|weekly)\b",
    Wanted.PERSON: r"\b[A-Z][a-z]+ [A-Z][a-z]+\b",
    Wanted.MONEY: r"£\s?\d",
    Wanted.DEFINITION: r"\b(?:means?|is an?|defined|measures|refers to|called|approach|seeks to|"
    r"aims? to)\b",
    Wanted.ATTENDANCE: r"\b(?:apolog\w+|present|attend\w+|chair\w*|quorum|substitut\w+|"
    r"declar\w+)\b",
}


@dataclass(frozen=True, slots=True)
class _Window:
    """A run of units of one passage that answers, with its score."""

    passage: Passage
    units: tuple[Unit, ...]
    score: float
    coverage: float


class MinutesAnswers:
    """Answers questions on what was said, asked and decided."""

    def __init__(self, search: Search, decisions: Iterable[Decision]) -> None:
        self._search = search
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
        if _VOTE.search(query.text) and (told := registered or extracted):
            return _unvoted(told)
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

    def figure_sentence(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """A sentence that holds nearly all of the question's words and a figure of its unit."""
        dated = query.periods or query.meetings
        loose = query.unit == "gbp" or query.wanted is Wanted.MONEY or not dated
        several = query.operation is Operation.DIFFERENCE and bool(query.periods)
        if not loose or several or query.operation not in _SENTENCE_OPERATIONS:
            return None
        weights = {w: self._search.weight(w) for w in query.words}
        whole = sum(weights.values()) or 1.0
        best: tuple[float, Hit, Unit] | None = None
        for hit in hits[:6]:
            where = indexed(" ".join((hit.passage.part_title, *hit.passage.headings)))
            for unit in hit.passage.units:
                if unit.kind not in (UnitKind.SENTENCE, UnitKind.LIST_ITEM):
                    continue
                held = indexed(unit.text)
                cover = sum(
                    w if x in held else 0.5 * w if x in where else 0 for x, w in weights.items()
                )
                dates = [(m.start, m.end) for m in find_periods(unit.text)]
                figure = any(
                    query.unit in (None, q.unit) and not any(a <= q.start < b for a, b in dates)
                    for q in find_quantities(unit.text)
                )
                if (
                    figure
                    and cover / whole >= _SENTENCE_ENOUGH
                    and (best is None or cover / whole > best[0])
                ):
                    best = (cover / whole, hit, unit)
        if best is None:
            return None
        cover, hit, unit = best
        window = _Window(hit.passage, (unit,), cover, cover)
        return Draft(Outcome.ANSWERED, (_quoted(window),), cover)

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
        statements = [s for group in chosen for s in _told(group)]
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
        listed = [s for _, group in minutes for s in _told(tuple(group))]
        return Draft(Outcome.ANSWERED, (lead, *listed), 0.9)

    # -- the sentences ---------------------------------------------------------------------

    def _extracted(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        asked = query.words
        if not asked or not hits:
            return None
        windows = sorted(
            (w for hit in hits[:6] for w in self._windows(hit, query)),
            key=lambda w: -w.score,
        )
        if query.wanted is Wanted.DECISION:
            windows = [w for w in windows if _of_the_day(w.passage, query)]
        if not windows:
            return None
        best = windows[0]
        sure = 0.5 * best.coverage + 0.5 * _nearness(hits)
        if sure < _ENOUGH:
            return None
        chosen = [best]
        for window in windows[1:]:
            apart = all(not _overlap(window, other) for other in chosen)
            if apart and window.score >= 0.86 * best.score and len(chosen) < 2:
                chosen.append(window)
        if query.wanted is Wanted.DECISION and (group := self._decided(best.passage)):
            return Draft(Outcome.ANSWERED, tuple(_told(group)), sure)
        statements = [s for window in chosen for s in (_quoted(window), *self._going_on(window))]
        return Draft(Outcome.ANSWERED, tuple(statements), sure)

    def _going_on(self, window: _Window) -> list[Statement]:
        """The list that a quoted passage breaks off before: "These are:" and the next page."""
        following = self._search.following(window.passage)
        ends = window.units[-1] is window.passage.units[-1]
        if following is None or not ends or not window.units[-1].text.rstrip().endswith(":"):
            return []
        items = list(
            takewhile(
                lambda unit: (
                    unit.kind is not UnitKind.HEADING and unit.start >= window.units[-1].end
                ),
                (u for u in following.units if u.start > window.units[-1].start),
            )
        )
        if not items:
            return []
        return [_quoted(_Window(following, tuple(items), 0.0, 0.0), lead=False)]

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

    def _windows(self, hit: Hit, query: Query) -> Iterable[_Window]:
        """The best-fitting stretch of a passage."""
        units = hit.passage.units
        weights = {w: self._search.weight(w) for w in query.words}
        whole = sum(weights.values()) or 1.0
        where = indexed(" ".join((hit.passage.part_title, *hit.passage.headings)))
        held = [indexed(unit.text) for unit in units]
        sign = _SIGNS.get(query.wanted)
        best: tuple[float, int] | None = None
        for i, unit in enumerate(units):
            if unit.kind is UnitKind.HEADING and len(units) > 1:
                continue
            near = frozenset().union(*held[max(0, i - 1) : i + 2])
            score = (
                sum(
                    w if word in held[i] else 0.6 * w if word in near or word in where else 0.0
                    for word, w in weights.items()
                )
                / whole
            )
            if sign and re.search(sign, unit.text):
                score += _SIGN
            if best is None or score > best[0]:
                best = (score, i)
        if best is None:
            return
        run = _grown(units, best[1], query)
        inside = where.union(*(indexed(u.text) for u in run))
        coverage = sum(w for word, w in weights.items() if word in inside) / whole
        yield _Window(hit.passage, run, hit.score + 1.5 * best[0], coverage)


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


def _nearness(hits: Sequence[Hit]) -> float:
    """How near in meaning the best passages are to the question, 0 to 1; 0.5 if not known."""
    best = max((hit.meaning for hit in hits[:5]), default=0.0)
    if best == 0.0:
        return 0.5
    return max(0.0, min(1.0, (best - _FAR) / (_NEAR - _FAR)))


def _grown(units: Sequence[Unit], i: int, query: Query) -> tuple[Unit, ...]:
    """The unit with its neighbours: a whole list for a list, a short paragraph otherwise."""
    first = last = i
    listing = units[i].kind in (UnitKind.LIST_ITEM, UnitKind.TABLE_ROW) or units[
        i
    ].text.rstrip().endswith(":")
    limit = _LIST_WINDOW if listing or query.wanted is Wanted.LIST else _WINDOW

    def size() -> int:
        return sum(len(u.text) for u in units[first : last + 1])

    while True:
        grew = False
        if last + 1 < len(units) and size() + len(units[last + 1].text) <= limit:
            last += 1
            grew = True
        if first > 0 and size() + len(units[first - 1].text) <= limit:
            first -= 1
            grew = True
        if not grew:
            return tuple(units[first : last + 1])


def _of_the_day(passage: Passage, query: Query) -> bool:
    """Whether a passage is of the very meeting asked about, where a question names its day."""
    asked = [p for p in (*query.periods, *query.meetings) if p.kind is PeriodKind.DAY]
    held = passage.meeting.held
    return not asked or any(p.start <= held <= p.end for p in asked if held)


def _overlap(a: _Window, b: _Window) -> bool:
    one, two = a.passage.locator, b.passage.locator
    same = one.paper == two.paper and one.start < two.end and two.start < one.end
    return same or [u.text for u in a.units] == [u.text for u in b.units]


def _quoted(window: _Window, *, lead: bool = True) -> Statement:
    """A window verbatim, after a line that says whose words and of when they are."""
    passage = window.passage
    under = passage.headings[-1] if passage.headings else ""
    units = [u for u in window.units if u.text != under] or list(window.units)
    where = passage.locator
    item = f"{where.item} > {under}" if under and under != where.item else where.item
    locator = replace(where, start=units[0].start, end=units[-1].end, item=item)
    intro = _introduced(passage) if lead else ""
    lines = "\n".join(_line(unit) for unit in units)
    rows = " ".join(unit.text for unit in units if unit.kind is UnitKind.TABLE_ROW)
    source = Source(locator, "", passage.meeting)
    return Statement(f"{intro}\n{lines}".strip(), (source,), labels=f"{intro} {rows}")


def _line(unit: Unit) -> str:
    listed = unit.kind in (UnitKind.LIST_ITEM, UnitKind.TABLE_ROW)
    return f"- {unit.text.lstrip('-•● ')}" if listed else unit.text


def _introduced(passage: Passage) -> str:
    meeting = passage.meeting
    when = f" of {describe(day(meeting.held))}" if meeting.held else ""
    of = "Minutes" if passage.part is PartKind.MINUTES else passage.part_title or "Report"
    under = f", “{passage.headings[-1]}”" if passage.headings else ""
    body = (
        f"{meeting.committee}{when}"
        if passage.part is PartKind.MINUTES
        else f"{meeting.committee}, papers{when}"
    )
    return f"{of} ({body}){under}:"


def _told(group: Sequence[Decision]) -> list[Statement]:
    """The decisions of one minute or report, verbatim, with number, meeting and date."""
    first = group[0]
    when = describe(day(first.meeting.held)) if first.meeting.held else "undated"
    verb = {
        DecisionKind.RESOLUTION: "Resolved",
        DecisionKind.ACTION: "Action",
        DecisionKind.RECOMMENDATION: "Recommended (a recommendation, not a decision)",
    }[first.kind]
    opening = f"{verb} — {first.meeting.committee}, {when}, “{first.title}”:"
    statements = [Statement(opening, labels=opening)] if len(group) > 1 else []
    for decision in group:
        number = f"{decision.number}. " if decision.number else ""
        extra = [
            f"lead: {decision.owner}"
            if decision.owner and decision.owner not in decision.text
            else "",
            f"due: {decision.due}" if decision.due and decision.due not in decision.text else "",
            f"position: {decision.status}"
            if decision.status and decision.status != "agreed in the narrative"
            else "",
        ]
        tail = "".join(f" ({part})" for part in extra if part)
        prefix = "- " if len(group) > 1 else f"{opening} "
        sources = tuple(
            Source(where, "", decision.meeting) for where in (decision.locator, *decision.more)
        )
        said = decision.text.lstrip("-•● ")
        statements.append(Statement(f"{prefix}{number}{said}{tail}", sources))
    return statements
