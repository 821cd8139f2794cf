"""A briefing for a coming meeting: what the papers hold on each item of its agenda.

Nothing in it comes of any paper or minute of a later meeting. Every line passes the gate that
answers pass (`assistant.grounding`): a figure or quote that isn't in the papers is withheld.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from assistant.answer import Chart, Citation, Outcome, Scope
from assistant.briefing import bearing
from assistant.briefing.agenda import Matter, matters, reports_of
from assistant.briefing.asking import questions
from assistant.briefing.bearing import Action, flat, sources_of, stands_in
from assistant.briefing.measures import Indicator, Printed, indicators_in
from assistant.drafts import Draft, Source, Statement, number
from assistant.figures.listed import figures_of
from assistant.figures.telling import when
from assistant.grounding import grounded
from assistant.register.entries import Entry
from assistant.register.linking import Weighing
from assistant.register.register import Register
from assistant.shown import day
from indicators.checks import find_findings
from indicators.findings import Finding
from ingest.areas import area_of
from ingest.errors import BoardPapersError, UnknownPaper
from ingest.finding import Within
from ingest.model import Item, Meeting, Observation, Passage, UnitKind
from ingest.store import PaperRecord, Store

_CHARTS = 2
_QUOTED = re.compile(r"“([^“”]+)”")
_INDICATORS = 25


class Kind(StrEnum):
    """What a line of a briefing tells."""

    ASKS = "What it asks"
    DECIDED = "Decided before"
    INDICATOR = "Indicators"
    ACTION = "Open actions"
    AMISS = "What doesn’t agree"
    QUESTION = "Worth asking"


@dataclass(frozen=True, slots=True)
class Line:
    """One line, with markers [n] that name citations.

    Of an indicator, `cells` are measure, newest reading, the one before, target, others'.
    `weighty`: it belongs on the first pages.
    """

    kind: Kind
    text: str
    cells: tuple[str, ...] = ()
    weighty: bool = True


@dataclass(frozen=True, slots=True)
class ItemBriefing:
    """What is held on an agenda item; `reported`: a report on it is in the pack."""

    item: Item
    lines: tuple[Line, ...]
    charts: tuple[Chart, ...] = ()
    reported: bool = True

    def of(self, kind: Kind) -> tuple[Line, ...]:
        """The lines that tell one thing."""
        return tuple(line for line in self.lines if line.kind is kind)


@dataclass(frozen=True, slots=True)
class Briefing:
    """What is held on each item; `silent` are the items on which nothing is.

    `elsewhere` are open actions of the committee that are on no item of the agenda.
    """

    paper: str
    title: str
    meeting: Meeting
    items: tuple[ItemBriefing, ...]
    silent: tuple[Item, ...]
    elsewhere: tuple[Line, ...]
    citations: tuple[Citation, ...]
    papers: int


@dataclass(frozen=True, slots=True)
class _Told:
    """A line before it is numbered."""

    kind: Kind
    statement: Statement
    cells: tuple[str, ...] = ()
    weighty: bool = True


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known at the time of a meeting."""

    paper: str
    papers: int
    passages: tuple[Passage, ...]
    entries: tuple[Entry, ...]
    earlier: tuple[Entry, ...]
    actions: tuple[Action, ...]
    printed: tuple[Printed, ...]
    findings: tuple[Finding, ...]
    weighing: Weighing
    area: str
    text_of: Callable[[str], str]


def briefing_of(
    paper_id: str,
    store: Store,
    register: Register,
) -> Briefing:
    """The briefing for a pack's meeting; raises UnknownPaper, and BoardPapersError if undated."""
    text = store.text(paper_id)
    record = store.paper(paper_id)
    if record is None:
        raise UnknownPaper(f"No paper {paper_id!r} is held: `boardpapers papers` lists them.")
    known = _known(record, store, register)
    reports = reports_of(known.passages, len(text))
    agenda = matters(record.items, reports)
    told = [_on(matter, known) for matter in agenda]
    placed = {action for lines, _, used in told for action in used}
    left = [
        _Told(Kind.ACTION, action.statement, weighty=action.overdue)
        for action in known.actions
        if action not in placed
    ]
    held = [_held(lines, store) for lines, _, _ in told]
    elsewhere = _held(left, store)
    numbered, citations = _numbered([*held, elsewhere], store)
    items = tuple(
        ItemBriefing(matter.item, lines, charts, bool(matter.reports))
        for matter, lines, (_, charts, _) in zip(agenda, numbered, told, strict=False)
    )
    return Briefing(
        paper_id,
        record.title,
        record.meeting,
        tuple(item for item in items if item.lines),
        tuple(item.item for item in items if not item.lines),
        numbered[-1],
        citations,
        known.papers,
    )


def _known(
    record: PaperRecord,
    store: Store,
    register: Register,
) -> _Known:
    meeting = record.meeting
    if meeting.held is None or meeting.council is None:
        raise BoardPapersError(
            f"{record.id} names no council and date of its meeting, so nothing can be said to be "
            "before it: `boardpapers show` tells what was read of it."
        )
    until = Scope(councils=(meeting.council,), until=meeting.held)
    papers = store.holdings.ids(Within(until.councils, until=until.until))
    known = frozenset(papers)
    entries = tuple(e for e in register.entries(until) if e.decision.locator.paper in known)
    before = replace(
        until,
        committees=(meeting.committee,) if meeting.committee else (),
        since=meeting.held - bearing.RECENT,
        until=meeting.held - timedelta(days=1),
    )
    followed = register.tracked(meeting.held, before)
    tracked = [one for one in followed if one.entry.decision.locator.paper in known]
    printed = tuple(Printed(o, m) for paper in papers for o, m in figures_of(store, paper))
    return _Known(
        paper=record.id,
        papers=len(papers),
        passages=store.passages_of(record.id),
        entries=entries,
        earlier=bearing.known_by(entries, meeting.held),
        actions=bearing.open_actions(tracked, meeting.held, entries, record.id, store.text),
        printed=printed,
        findings=find_findings(cell.figure for cell in printed),
        weighing=Weighing(f"{e.title} {e.decision.text}" for e in entries),
        area=area_of(meeting.council),
        text_of=store.text,
    )


def _on(matter: Matter, known: _Known) -> tuple[list[_Told], tuple[Chart, ...], list[Action]]:
    """The lines on an item, the charts of its weightiest indicators, the actions it takes up."""
    if matter.item.exempt or matter.routine:
        return [], (), []

    def inside(o: Observation) -> bool:
        return o.locator.paper == known.paper and matter.holds(o.locator.start)

    by_id = {id(cell.figure): cell for cell in known.printed}
    indicators = indicators_in(known.printed, inside, known.area)[:_INDICATORS]
    actions = bearing.actions_on(matter, known.actions, known.weighing, known.paper)
    amiss = bearing.amiss(matter, known.findings, by_id, known.paper)
    rows = bearing.rows(matter, known.entries, known.paper)
    asking = questions(indicators, actions, amiss, _sentences(matter, known))
    lines = [
        *(_Told(Kind.ASKS, _asks(e)) for e in bearing.asked(matter, known.entries, known.paper)),
        *(
            _Told(Kind.DECIDED, _decided(e))
            for e in bearing.decided_before(matter, known.earlier, known.weighing)
        ),
        *(_told_indicator(one) for one in indicators),
        *(_Told(Kind.ACTION, _row(entry, known.text_of)) for entry in rows),
        *(_Told(Kind.ACTION, action.statement) for action in actions),
        *(_Told(Kind.AMISS, statement) for _, statement in amiss),
        *(_Told(Kind.QUESTION, statement) for statement in asking),
    ]
    charts = [one.chart for one in indicators if one.weight and one.chart][:_CHARTS]
    return lines, tuple(charts), list(actions)


def _sentences(matter: Matter, known: _Known) -> Iterable[Source]:
    """The sentences of an item's reports, but for their recommendations and schedules."""
    decided = [e.decision.locator for e in known.entries if e.decision.locator.paper == known.paper]
    for passage in known.passages:
        for unit in passage.units:
            told = any(unit.start < d.end and d.start < unit.end for d in decided)
            prose = unit.kind in (UnitKind.SENTENCE, UnitKind.LIST_ITEM)
            if matter.holds(unit.start) and prose and not told:
                place = replace(passage.locator, start=unit.start, end=unit.end)
                yield Source(place, unit.text, passage.meeting)


def _asks(entry: Entry) -> Statement:
    return Statement(f"“{flat(entry.decision.text)}”", sources_of(entry))


def _decided(entry: Entry) -> Statement:
    decision = entry.decision
    title = f"{entry.title}: " if entry.title else ""
    text = f"{day(decision.meeting.held)}, {title}“{flat(decision.text)}”"
    return Statement(text, sources_of(entry), labels=f"{entry.title} {entry.minute}")


def _row(entry: Entry, text_of: Callable[[str], str]) -> Statement:
    decision = entry.decision
    text = flat(decision.text)
    where = decision.locator
    printed = text_of(where.paper)[where.start : where.end]
    position = decision.status or ""
    told = f" Position: “{flat(position)}”" if position and stands_in(position, printed) else ""
    return Statement(f"{bearing.owned(entry.owner, text)}“{text}”.{told}", sources_of(entry))


def _told_indicator(one: Indicator) -> _Told:
    before = one.before
    cells = (
        one.label,
        f"{one.latest.told} ({when(one.latest.figure.period)})",
        f"{before.told} ({when(before.figure.period)})" if before else "",
        one.target.told if one.target else "",
        "; ".join(f"{peer.figure.area} {peer.told}" for peer in one.peers),
    )
    return _Told(Kind.INDICATOR, one.statement, cells, weighty=one.weight >= 2)


def _held(lines: Iterable[_Told], store: Store) -> list[_Told]:
    """The lines whose figures and quotes stand in their sources, cut from the papers; each once."""
    kept: dict[str, _Told] = {}
    for line in lines:
        draft = grounded(Draft(Outcome.ANSWERED, (line.statement,), 1.0), store.text)
        if draft.outcome is Outcome.ANSWERED and draft.statements:
            statement = draft.statements[0]
            cited = " ".join(source.quote for source in statement.sources)
            if all(stands_in(quote, cited) for quote in _QUOTED.findall(statement.text)):
                kept.setdefault(statement.text, replace(line, statement=statement))
    return list(kept.values())


def _numbered(
    groups: Sequence[Sequence[_Told]], store: Store
) -> tuple[list[tuple[Line, ...]], tuple[Citation, ...]]:
    """The lines with the markers of their sources, numbered through."""
    told = [line for group in groups for line in group]
    draft = Draft(Outcome.ANSWERED, tuple(line.statement for line in told), 1.0)
    worded = number(draft, store.holdings.title, store.pages)
    texts = iter(worded.text.split("\n"))
    lines = [
        tuple(Line(line.kind, next(texts), line.cells, line.weighty) for line in group)
        for group in groups
    ]
    return lines, worded.citations
