"""The register of decisions over a store: search, exact counts, and what hangs together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from assistant.answer import Scope
from assistant.passages.search import wording
from assistant.question.scoping import covers
from assistant.register.attendance import MeetingAttendance, attendance_of
from assistant.register.changes import Change, changes_in
from assistant.register.decided import Decided, decided_on
from assistant.register.entries import Entry, entries_of, entry_of
from assistant.register.indexing import indexing
from assistant.register.linking import Evidence, Weighing, telling
from assistant.register.minutes import MinutesRecord, minutes_records
from assistant.register.outcomes import DecisionOutcome
from assistant.register.tracking import (
    Outstanding,
    Tracked,
    follow,
    is_outstanding,
    is_row,
    is_tracked,
    tie,
    without,
)
from assistant.register.views import EntryView
from assistant.shown import counted
from indicators.catalogue import words
from ingest.decided import Counted, DecisionIndex, Wanted
from ingest.finding import IndexedPassage, Within
from ingest.kept import Kept
from ingest.model import DecisionKind, Meeting, PartKind, Passage

if TYPE_CHECKING:
    from ingest.store import Store

T = TypeVar("T")

_PAGE = 50
_NEAREST = 40
_LATER = 40
_UNITS = 20_000  # of passages in which it was looked up what became of others
_WEIGHED = 5_000  # entries that tell well enough how rare a word is
_NEAR_ENOUGH = 0.38
_NEAR = 10
_FEW = 3
_OF_ONE_MATTER = 3
_COUNCILS = 4  # selections of councils whose register is kept
# Words that frame a search without telling what it is for.
_FRAMING = frozenset(
    words(
        "decision decide decided resolve resolved resolution agree agreed recommend recommended "
        "recommendation action actions about regarding concerning meeting meetings minute minutes"
    )
)
_PLURALS = {
    DecisionKind.RESOLUTION: "resolution",
    DecisionKind.RECOMMENDATION: "recommendation",
    DecisionKind.ACTION: "action",
}


@dataclass(frozen=True, slots=True)
class RegisterQuery:
    """What is looked for; what is empty limits nothing.

    `words` must all stand in an entry's title or text, in any form or as another name of the
    same thing. `owner` is part of a name or post. Dates are those of the meeting decided at.
    """

    words: str = ""
    kinds: tuple[DecisionKind, ...] = ()
    outcomes: tuple[DecisionOutcome, ...] = ()
    owner: str = ""
    scope: Scope = Scope()
    newest_first: bool = False


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of what was found, and exactly how much there is.

    `near` holds entries that say much the same in other words; they aren't counted.
    """

    query: RegisterQuery
    entries: tuple[Entry, ...]
    near: tuple[Entry, ...]
    total: int
    meetings: int
    kinds: tuple[tuple[DecisionKind, int], ...]

    @property
    def said(self) -> str:
        """The count in words: "14 resolutions and 2 actions on adoption in 9 meetings"."""
        parts = [counted(number, _PLURALS[kind]) for kind, number in self.kinds]
        found = " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:]))) or "no decisions"
        on = f" on {self.query.words.strip()}" if self.query.words.strip() else ""
        return f"{found}{on} in {counted(self.meetings, 'meeting')}"


@dataclass(frozen=True, slots=True)
class _Related:
    """What hangs on entries, by their ids."""

    outstanding: dict[str, Outstanding]
    decided: dict[str, Decided]
    minutes: dict[Meeting, MinutesRecord]
    changes: dict[str, tuple[Change, ...]]


def _by(changes: Iterable[Change], key: Callable[[Change], str]) -> dict[str, tuple[Change, ...]]:
    found: dict[str, tuple[Change, ...]] = {}
    for change in changes:
        found[key(change)] = (*found.get(key(change), ()), change)
    return found


class Register:
    """What was recommended, resolved and told to be done, over all papers of a store."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        store.finder.use(wording())
        self._index = DecisionIndex(store, indexing())

    def entries(self, scope: Scope = Scope()) -> tuple[Entry, ...]:
        """Every entry within a scope, paper by paper."""
        held = self._of(scope.councils).entries
        return tuple(entry for entry in held if covers(scope, entry.decision.meeting))

    def of_paper(self, paper_id: str) -> tuple[Entry, ...]:
        """The entries that a paper holds; none of one that isn't held."""
        return entries_of(self._store.decisions_of(paper_id))

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of an id; None where it isn't held."""
        paper, _, start = entry_id.rpartition(":")
        if not start.isdecimal():
            return None
        found = self._index.read(self._index.within(paper, int(start), int(start) + 1))
        return next((e for e in map(entry_of, found) if e.id == entry_id), None)

    def search(self, query: RegisterQuery, limit: int = _PAGE, offset: int = 0) -> RegisterPage:
        """What fits, the best first; where words bring up less than a page, the nearest too."""
        wanted = _wanted(query)
        ids = self._index.find(wanted, limit, offset, newest_first=query.newest_first)
        few = not offset and len(ids) < min(_FEW, limit)
        near = self._near(query, wanted, set(ids)) if few else ()
        total = self.count(query)
        return RegisterPage(
            query,
            entries_of(self._index.read(ids)),
            near,
            total.decisions,
            total.meetings,
            total.kinds,
        )

    def newest_meeting(self, council: str) -> tuple[str, date] | None:
        """The committee and day of a council's newest meeting that decisions are held of."""
        return self._index.newest_meeting(council)

    def count(self, query: RegisterQuery) -> Counted:
        """Exactly how many entries fit, in how many meetings, of each kind."""
        return self._index.count(_wanted(query))

    def found(self, query: RegisterQuery) -> tuple[Entry, ...]:
        """Every entry that fits, for export."""
        wanted = _wanted(query)
        ids = self._index.find(wanted, -1, newest_first=query.newest_first)
        return entries_of(self._index.read(ids))

    def outstanding(self, scope: Scope = Scope()) -> tuple[Outstanding, ...]:
        """The rows of schedules of outstanding matters, each with what began it, or why untied."""
        held = self._of(scope.councils).outstanding
        return tuple(o for o in held if covers(scope, o.row.decision.meeting))

    def tracked(self, today: date, scope: Scope = Scope()) -> tuple[Tracked, ...]:
        """Every action and requested report of a scope, with what later papers say of it."""
        with self._store.snapshot():
            asked = [e for e in self.entries(scope) if is_tracked(e)]
            return self._of_each(asked, lambda entry: self._tracked(entry, today))

    def view(self, entry: Entry, today: date | None) -> EntryView:
        """An entry with all that hangs on it; followed into later papers where a day is given."""
        return self.views((entry,), today)[0]

    def views(self, entries: Sequence[Entry], today: date | None) -> tuple[EntryView, ...]:
        """The same of several entries, in their order."""
        with self._store.snapshot():
            return self._of_each(entries, lambda entry: self._view(entry, today))

    def changed_by(self, entries: Sequence[Entry]) -> dict[str, tuple[Change, ...]]:
        """The later decisions that change some entries, by the entries' ids."""
        with self._store.snapshot():
            found = self._of_each(
                entries, lambda e: self._of((e.decision.meeting.council,)).changed_by.get(e.id, ())
            )
        return {entry.id: changes for entry, changes in zip(entries, found, strict=True)}

    def _of_each(self, entries: Sequence[Entry], work: Callable[[Entry], T]) -> tuple[T, ...]:
        """What some work gives for each entry, in their order.

        It is done council by council: what is read of one is needed for all of its entries.
        """
        done: dict[int, T] = {}
        for number in sorted(
            range(len(entries)), key=lambda n: entries[n].decision.meeting.council or ""
        ):
            done[number] = work(entries[number])
        return tuple(done[number] for number in range(len(entries)))

    def _view(self, entry: Entry, today: date | None) -> EntryView:
        decision, entry_id = entry.decision, entry.id
        council = self._of((decision.meeting.council,))
        related = council.related
        return EntryView(
            entry,
            self._tracked(entry, today) if today and is_tracked(entry) else None,
            related.outstanding.get(entry_id),
            related.decided.get(entry_id),
            None
            if decision.kind is DecisionKind.RECOMMENDATION or is_row(entry)
            else related.minutes.get(decision.meeting),
            council.changed_by.get(entry_id, ()),
            related.changes.get(entry_id, ()),
        )

    def _tracked(self, entry: Entry, today: date) -> Tracked:
        tracked = follow(
            entry,
            self._rows(entry),
            self._later(entry),
            self._weighing(),
            today,
            self._store.holdings.days_after(entry.decision.meeting),
        )
        return replace(tracked, evidence=tuple(map(self._verbatim, tracked.evidence)))

    def _verbatim(self, evidence: Evidence) -> Evidence:
        """Evidence quoted as it is printed: a table's row was read with its column heads."""
        where = evidence.locator
        printed = " ".join(self._store.text(where.paper)[where.start : where.end].split())
        held = " ".join(evidence.quote.split()) in printed
        return evidence if held or "|" not in printed else replace(evidence, quote=printed)

    def minutes(self, scope: Scope = Scope()) -> tuple[MinutesRecord, ...]:
        """The minutes of each meeting: draft, or confirmed at which later one, how corrected."""
        held = self._of(scope.councils).records
        return tuple(record for record in held if covers(scope, record.meeting))

    def decided(self, scope: Scope = Scope()) -> tuple[Decided, ...]:
        """Each recommendation of a scope with what the minutes of its meeting say was decided."""
        held = self._of(scope.councils).decided
        return tuple(d for d in held if covers(scope, d.recommendation.decision.meeting))

    def changes(self, scope: Scope = Scope()) -> tuple[Change, ...]:
        """The decisions that a later one of a scope amends, supersedes or rescinds."""
        held = self._of(scope.councils).changes
        return tuple(change for change in held if covers(scope, change.later.decision.meeting))

    def attendance(self, scope: Scope = Scope(), member: str = "") -> tuple[MeetingAttendance, ...]:
        """Who was at each meeting, apologies and declarations, newest first."""
        people = [a for a in self._store.attendance(scope.councils) if covers(scope, a.meeting)]
        minuted = [p for p in self._of(scope.councils).minuted if covers(scope, p.meeting)]
        return attendance_of(people, minuted, member)

    def _of(self, councils: Sequence[str | None]) -> "_Councils":
        """What is read of some councils' papers, of all where none is named."""
        kept: Kept[tuple[str | None, ...], _Councils] = self._store.cached(
            "register of councils", lambda: Kept(_COUNCILS)
        )

        def read(named: tuple[str | None, ...]) -> _Councils:
            return _Councils(self._store, self._index, named, self._weighing)

        return kept.get(tuple(councils), read)

    def _weighing(self) -> Weighing:
        def work() -> Weighing:
            ids = self._index.of_councils(())
            some = entries_of(self._index.read(ids[:: 1 + len(ids) // _WEIGHED]))
            return Weighing(f"{entry.title} {entry.decision.text}" for entry in some)

        return self._store.cached("register weighing", work)

    def _rows(self, entry: Entry) -> list[Outstanding]:
        meeting = entry.decision.meeting
        return [
            row
            for row in self._of((meeting.council,)).outstanding
            if row.row.decision.meeting.council == meeting.council
            and row.row.decision.meeting.committee == meeting.committee
        ]

    def _later(self, entry: Entry) -> list[Passage]:
        """The passages of the council's later papers that share the most with an entry."""
        held = entry.decision.meeting.held
        council = entry.decision.meeting.council
        if held is None or council is None:
            return []
        within = Within(councils=(council,), since=held + timedelta(days=1))
        asked = sorted(telling(entry.decision.text))
        numbers = [entry.minute] if entry.minute else []
        hits = self._store.finder.lexical([*asked, *numbers], _LATER, within)
        read = self._store.finder.read(number for number, _ in hits)
        return self._reported([read[number] for number, _ in hits if number in read])

    def _reported(self, passages: Sequence[IndexedPassage]) -> list[Passage]:
        """Passages without what they recommend, which is no sign that it was done."""
        kept: Kept[int, Passage] = self._store.cached(
            "passages that report", lambda: Kept(_UNITS, lambda p: 1 + len(p.units))
        )
        known = kept.known([one.id for one in passages])
        lacking = [one for one in passages if one.id not in known]
        recommended = {
            paper: [d for d in decisions if d.kind is DecisionKind.RECOMMENDATION]
            for paper, decisions in self._store.decisions_of_each(
                one.passage.locator.paper for one in lacking
            ).items()
        }
        for one in lacking:
            known[one.id] = without(one.passage, recommended[one.passage.locator.paper])
        kept.put_all(known)
        return [known[one.id] for one in passages]

    def _near(self, query: RegisterQuery, wanted: Wanted, found: set[int]) -> tuple[Entry, ...]:
        """Entries whose passages come nearest in meaning to words that few entries hold."""
        if not wanted.words or not self._store.has_vectors:
            return ()
        scope = query.scope
        within = Within(scope.councils, scope.committees, scope.since, scope.until)
        hits = self._store.finder.nearest(query.words, _NEAREST, within)
        passages = self._store.finder.read(number for number, _ in hits)
        ids: dict[int, None] = {}
        for number, score in hits:
            if score >= _NEAR_ENOUGH and number in passages and passages[number].decides:
                where = passages[number].passage.locator
                there = self._index.within(where.paper, where.start, where.end)
                # A passage of many decisions is near because of one of them, unknown which.
                ids |= dict.fromkeys(there if len(there) <= _OF_ONE_MATTER else ())
        new = [number for number in ids if number not in found]
        kept = self._index.fitting(new, replace(wanted, words=())) if new else set()
        return entries_of(self._index.read([number for number in new if number in kept][:_NEAR]))


class _Councils:
    """The register of some councils: what hangs together does so within one of them."""

    def __init__(
        self,
        store: "Store",
        index: DecisionIndex,
        councils: Sequence[str | None],
        weighing: Callable[[], Weighing],
    ) -> None:
        self._store = store
        self._index = index
        self._named = councils
        self._weighing = weighing

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, paper by paper."""
        return entries_of(self._index.read(self._index.of_councils(self._named)))

    @cached_property
    def minuted(self) -> tuple[Passage, ...]:
        """The passages of minutes."""
        return self._store.passages_in(PartKind.MINUTES, self._named)

    @cached_property
    def records(self) -> tuple[MinutesRecord, ...]:
        """The minutes of each meeting."""
        return minutes_records(self.minuted)

    @cached_property
    def outstanding(self) -> tuple[Outstanding, ...]:
        """The rows of schedules, each with what began it."""
        rows = [entry for entry in self.entries if is_outstanding(entry)]
        return tie(rows, self.entries, self.minuted, self._weighing())

    @cached_property
    def decided(self) -> tuple[Decided, ...]:
        """Each recommendation with what was decided."""
        asked = [e for e in self.entries if e.decision.kind is DecisionKind.RECOMMENDATION]
        return decided_on(asked, self.entries, self.records, self.minuted, self._weighing())

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The decisions that a later one changes."""
        return changes_in(self.entries, self._weighing())

    @cached_property
    def changed_by(self) -> dict[str, tuple[Change, ...]]:
        """The same by the ids of the earlier decisions."""
        return _by(self.changes, lambda change: change.earlier.id)

    @cached_property
    def related(self) -> _Related:
        """What hangs on entries, by their ids."""
        return _Related(
            {o.row.id: o for o in self.outstanding},
            {d.recommendation.id: d for d in self.decided},
            {record.meeting: record for record in self.records if record.paper},
            _by(self.changes, lambda change: change.later.id),
        )


def _wanted(query: RegisterQuery) -> Wanted:
    told = tuple(dict.fromkeys(words(query.words)))
    asked: Sequence[str] = [word for word in told if word not in _FRAMING] or told
    scope = query.scope
    return Wanted(
        words=tuple((word,) for word in asked),
        kinds=query.kinds,
        councils=scope.councils,
        committees=scope.committees,
        outcomes=tuple(outcome.value for outcome in query.outcomes),
        owner=query.owner,
        since=scope.since,
        until=scope.until,
    )
