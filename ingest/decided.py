"""The register of decisions, searched by words and narrowed exactly: an index beside the values.

What a decision's words and outcomes are is for the reader of the store to say (:class:`Indexing`):
the index keeps them, and works them out again when that reader's rules have changed. Deleting a
paper deletes its decisions here too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Protocol

from ingest.codec import decode
from ingest.database import Asking, Connection, Near, WordIndex, WordTable
from ingest.derived import Index, noted
from ingest.kept import Kept
from ingest.model import Decision, DecisionKind
from ingest.register import note
from ingest.rows import PaperRows
from ingest.schema import DECISION_WORDS, make_decided

_UNINDEXED = "NOT EXISTS (SELECT 1 FROM decision_index WHERE decision_index.id = decision.id)"
_RULES = "decision_rules"
_INDEX = "2"
"""Counts up when the index would hold something else of the same words."""
_ENOUGH = 20_000
"""Decisions that words may bring up: scoring each takes its time."""
_COUNCILS = 1_000  # whose first and last decisions are kept
_AT_ONCE = 10_000  # values that one question to the register may name


@dataclass(frozen=True, slots=True)
class Indexing:
    """How a decision is indexed, and a version that changes when it would come out differently.

    `words` are those of a text; `outcomes` and `owners` those of a decision.
    """

    version: str
    words: Callable[[str], Iterable[str]]
    outcomes: Callable[[Decision], Iterable[str]]
    owner: Callable[[Decision], str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which decisions to find; what is empty limits nothing.

    `words` are groups: a decision holds, in its title or text, at least one word of each group.
    A meeting without a date lies in no span of dates.
    """

    words: tuple[tuple[str, ...], ...] = ()
    kinds: tuple[DecisionKind, ...] = ()
    councils: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    owner: str = ""
    since: date | None = None
    until: date | None = None

    def condition(self) -> tuple[str, tuple[str, ...]]:
        """A condition on the index, empty for all of it, and its values."""
        parts: list[str] = []
        values: list[str] = []
        named = (
            ("kind", tuple(kind.value for kind in self.kinds)),
            ("council", self.councils),
            ("committee", self.committees),
        )
        for column, names in named:
            if names:
                parts.append(f"{column} IN ({_marks(names)})")
                values += names
        if self.outcomes:
            parts.append(f"({' OR '.join(['instr(outcomes, ?) > 0'] * len(self.outcomes))})")
            values += (f"|{outcome}|" for outcome in self.outcomes)
        for word in self.owner.casefold().split():
            parts.append("instr(owner, ?) > 0")
            values.append(word)
        for sign, day in ((">=", self.since), ("<=", self.until)):
            if day:
                parts.append(f"held {sign} ?")
                values.append(day.isoformat())
        return " AND ".join(parts), tuple(values)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many decisions there are, in how many meetings, and how many of each kind."""

    decisions: int
    meetings: int
    kinds: tuple[tuple[DecisionKind, int], ...]


class Held(Asking, Protocol):
    """What a store lends to this index."""

    def words_of(self, table: WordTable) -> WordIndex:
        """An index of words, as this reader sees it."""

    def keep(self, indexes: Sequence[Index]) -> None:
        """Sees to it that every paper is in some indexes."""


class DecisionIndex:
    """Finds decisions; an id names one until the store changes."""

    def __init__(self, held: Held, indexing: Indexing) -> None:
        self._held = held
        self._indexing = indexing

    def find(
        self, wanted: Wanted, limit: int, offset: int = 0, *, newest_first: bool = False
    ) -> list[int]:
        """The ids of decisions: the best match first, then (or instead) the newest first."""
        self._index()
        by_score = bool(wanted.words) and not newest_first
        source, values = self._source(wanted, weighed=by_score)
        score = "score DESC, " if by_score else ""
        rows = self._held.rows(
            f"SELECT i.id {source} ORDER BY {score}held DESC NULLS LAST, i.id LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        return [number for (number,) in rows]

    def count(self, wanted: Wanted) -> Counted:
        """Exactly how many decisions fit."""
        self._index()
        source, values = self._source(wanted, weighed=False)
        rows = self._held.rows(
            f"SELECT kind, meeting, count(*) {source} GROUP BY kind, meeting", values
        )
        kinds = {
            kind: sum(number for k, _, number in rows if k == kind.value) for kind in DecisionKind
        }
        return Counted(
            sum(number for *_, number in rows),
            len({meeting for _, meeting, _ in rows}),
            tuple((kind, number) for kind, number in kinds.items() if number),
        )

    def papers(
        self,
        wanted: Wanted,
        words: Sequence[str],
        spans: Sequence[tuple[str, str]],
        most: int,
    ) -> list[str]:
        """The papers with decisions that fit, those with the best matches, else the newest, first.

        With words, a decision holds any of them, or its owner, where that brings up few; with
        spans of days, its meeting was in one of them.
        """
        self._index()
        condition, values = wanted.condition()
        parts = [condition] if condition else []
        if spans:
            parts.append(f"({' OR '.join(['held BETWEEN ? AND ?'] * len(spans))})")
            values = (*values, *(day for span in spans for day in span))
        where = f" WHERE {' AND '.join(parts)}" if parts else ""
        newest = f"SELECT paper FROM decision_index{where} GROUP BY paper ORDER BY max(held) DESC"
        if not words:
            return self._named(f"{newest}, paper LIMIT ?", (*values, most))
        found, asked = self._any(words, wanted)
        papers = self._named(
            "SELECT paper FROM (SELECT i.paper, f.score FROM "
            f"{found} AS f JOIN decision_index i ON i.id = f.id{where} "
            "ORDER BY f.score DESC LIMIT ?) AS best "
            "GROUP BY paper ORDER BY max(score) DESC, paper LIMIT ?",
            (*asked, *values, _ENOUGH, most),
        )
        if len(papers) < most:
            parts.append(f"({' OR '.join(['instr(owner, ?) > 0'] * len(words))})")
            # Asked for the first ones in order, PostgreSQL would go through all there are.
            owned = f"SELECT DISTINCT paper FROM decision_index WHERE {' AND '.join(parts)}"
            papers += sorted(self._named(owned, (*values, *words)))
        return list(dict.fromkeys(papers))[:most]

    def _near(self, wanted: Wanted) -> Near | None:
        """Where the councils' decisions stand."""
        if not wanted.councils:
            return None

        def read(councils: tuple[str, ...]) -> Near:
            of = f"FROM decision_index WHERE council IN ({_marks(councils)})"
            # Without the count PostgreSQL would look for either end through all there are.
            query = f"SELECT count(*), coalesce(min(id), 0), coalesce(max(id), 0) {of}"
            _, first, last = self._held.rows(query, councils)[0]
            return Near(first, last, f"SELECT paper {of}", councils)

        kept: Kept[tuple[str, ...], Near] = self._held.cached(
            "decisions near", lambda: Kept(_COUNCILS)
        )
        return kept.get(wanted.councils, read)

    def _named(self, query: str, values: Sequence[object]) -> list[str]:
        return [name for (name,) in self._held.rows(query, values)]

    def _any(self, words: Sequence[str], wanted: Wanted) -> tuple[str, tuple[object, ...]]:
        """Decisions with any of some words; of words that many hold, the rarest only."""
        index = self._held.words_of(DECISION_WORDS)
        counts = index.counts(words, self._held)
        rarest = sorted((word for word in words if counts[word]), key=counts.__getitem__)
        sums = accumulate(counts[word] for word in rarest)
        telling = [w for w, brought in zip(rarest, sums, strict=True) if brought <= _ENOUGH]
        group = telling or rarest[:1] or words[:1]
        return index.matching((group,), self._held, self._near(wanted))

    def days(self, wanted: Wanted, first: date | None, most: int) -> list[str]:
        """The days of meetings with decisions that fit: the first from a day on, or the newest."""
        self._index()
        condition, values = wanted.condition()
        from_then = " AND held >= ?" if first else ""
        rows = self._held.rows(
            f"SELECT DISTINCT held FROM decision_index WHERE held IS NOT NULL{from_then}"
            f"{f' AND {condition}' if condition else ''} "
            f"ORDER BY held {'ASC' if first else 'DESC'} LIMIT ?",
            (*([first.isoformat()] if first else ()), *values, most),
        )
        return [day for (day,) in rows]

    def within(self, paper: str, start: int, end: int) -> list[int]:
        """The ids of the decisions that stand in a stretch of a paper."""
        self._index()
        rows = self._held.rows(
            "SELECT id FROM decision_index WHERE paper = ? AND start < ? AND finish > ? "
            "ORDER BY start",
            (paper, end, start),
        )
        return [number for (number,) in rows]

    def fitting(self, ids: Sequence[int], wanted: Wanted) -> set[int]:
        """Those of the decisions that the limits, words apart, let through."""
        if not ids:
            return set()
        condition, values = wanted.condition()
        also = f" AND {condition}" if condition else ""
        rows = self._held.rows(
            f"SELECT id FROM decision_index WHERE id IN ({_marks(ids)}){also}", (*ids, *values)
        )
        return {number for (number,) in rows}

    def of_councils(self, councils: Sequence[str | None]) -> list[int]:
        """The ids of all decisions of some councils, paper by paper; of all where none is named."""
        self._index()
        condition, values = of_councils(councils)
        where = f" WHERE {condition}" if condition else ""
        rows = self._held.rows(f"SELECT id FROM decision_index{where} ORDER BY paper, id", values)
        return [number for (number,) in rows]

    def newest_meeting(self, council: str) -> tuple[str, date] | None:
        """The committee and day of a council's newest meeting that decisions are held of."""
        self._index()
        rows = self._held.rows(
            "SELECT committee, held FROM decision_index WHERE council = ? AND committee <> '' "
            "AND held IS NOT NULL ORDER BY held DESC, paper, id LIMIT 1",
            (council,),
        )
        return (rows[0][0], date.fromisoformat(rows[0][1])) if rows else None

    def read(self, ids: Sequence[int]) -> list[Decision]:
        """The decisions, in the order asked for."""
        bodies: dict[int, str] = {}
        for at in range(0, len(ids), _AT_ONCE):
            part = ids[at : at + _AT_ONCE]
            bodies |= self._held.rows(
                f"SELECT id, body FROM decision WHERE id IN ({_marks(part)})", part
            )
        return [decode(Decision, bodies[number]) for number in ids if number in bodies]

    def _source(self, wanted: Wanted, *, weighed: bool) -> tuple[str, tuple[object, ...]]:
        """What is selected from, and its values."""
        condition, values = wanted.condition()
        where = f" WHERE {condition}" if condition else ""
        if not wanted.words:
            return f"FROM decision_index i{where}", values
        words = self._held.words_of(DECISION_WORDS)
        search = words.matching if weighed else words.holding
        found, asked = search(wanted.words, self._held, self._near(wanted))
        return f"FROM {found} AS f JOIN decision_index i ON i.id = f.id{where}", (*asked, *values)

    def _index(self) -> None:
        self._held.keep((DecisionsIndex(self._indexing),))


def of_councils(
    councils: Sequence[str | None], column: str = "council"
) -> tuple[str, tuple[str, ...]]:
    """A condition that councils are among some, None being one that isn't known, and its values."""
    named = tuple(council for council in councils if council)
    parts = [f"{column} IN ({_marks(named)})"] * bool(named)
    parts += [f"coalesce({column}, '') = ''"] * (len(named) < len(councils))
    return (f"({' OR '.join(parts)})" if parts else ""), named


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


@dataclass(frozen=True, slots=True)
class DecisionsIndex:
    """The same as it is made, as an indexing has it."""

    indexing: Indexing
    name: str = "decisions"
    words: WordTable | None = DECISION_WORDS

    @property
    def version(self) -> str:
        """Which rules it is made by."""
        return f"{self.indexing.version}-{_INDEX}"

    def rules(self, connection: Connection) -> str | None:
        """Which rules it was made by."""
        return noted(connection, _RULES)

    def begin(self, connection: Connection) -> None:
        """Takes everything out, and notes its rules."""
        make_decided(connection)
        connection.word_index(DECISION_WORDS).renew()
        connection.execute("DELETE FROM decision_index")
        note(connection, _RULES, self.version)

    def is_complete(self, connection: Connection) -> bool:
        """Whether every decision is there."""
        if not connection.has_table("decision_index"):
            return False
        counted = (
            "SELECT (SELECT count(*) FROM main.decision) = "
            "(SELECT count(*) FROM main.decision_index)"
        )
        return bool(connection.execute(counted).fetchone()[0])

    def lacking(self, connection: Connection) -> Sequence[str]:
        """The papers with decisions that aren't there."""
        lacking = f"SELECT DISTINCT paper FROM decision WHERE {_UNINDEXED} ORDER BY paper"
        return [paper for (paper,) in connection.execute(lacking).fetchall()]

    def lacks(self, connection: Connection, paper: str) -> bool:
        """Whether decisions of a paper aren't there."""
        lacking = f"SELECT 1 FROM decision WHERE paper = ? AND {_UNINDEXED} LIMIT 1"
        return connection.execute(lacking, (paper,)).fetchone() is not None

    def take_in(self, connection: Connection, rows: PaperRows) -> None:
        """Indexes the decisions of a paper."""
        index = connection.word_index(DECISION_WORDS)
        index.forget(rows.paper)
        connection.execute("DELETE FROM decision_index WHERE paper = ?", (rows.paper,))
        texts: list[tuple[int, str, tuple[str, ...]]] = []
        entries: list[tuple[object, ...]] = []
        for row in rows.decisions:
            said = _joined(row.value.title, self.indexing), _joined(row.value.text, self.indexing)
            texts.append((row.id, rows.paper, said))
            entries.append((row.id, *_index_row(row.value, self.indexing)))
        index.add(texts)
        connection.executemany(
            "INSERT INTO decision_index VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", entries
        )

    def forget(self, connection: Connection, paper: str) -> None:
        """Nothing: who may see a decision changes nothing that is held of it here."""


def is_made(connection: Connection) -> bool:
    """Whether there is an index, by whichever rules."""
    return connection.has_table("decision_index") and noted(connection, _RULES) is not None


def forget_rules(connection: Connection) -> None:
    """Has the index made anew when it is next asked for."""
    connection.execute("DELETE FROM meta WHERE name = ?", (_RULES,))


def _index_row(decision: Decision, indexing: Indexing) -> tuple[object, ...]:
    meeting, places = decision.meeting, (decision.locator, *decision.more)
    held = meeting.held.isoformat() if meeting.held else None
    return (
        decision.locator.paper,
        min(place.start for place in places),
        max(place.end for place in places),
        decision.kind.value,
        meeting.council,
        meeting.committee,
        held,
        f"{meeting.council}|{meeting.committee}|{held or decision.locator.paper}",
        f"|{'|'.join(indexing.outcomes(decision))}|",
        indexing.owner(decision).casefold(),
    )


def _joined(text: str, indexing: Indexing) -> str:
    return " ".join(indexing.words(text))
