"""What a store holds, told from the columns of its papers: no record is read for it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.codec import decode, decode_all
from ingest.database import Asking
from ingest.finding import EVERYWHERE, Within
from ingest.kept import Kept
from ingest.kinds import PaperKind
from ingest.model import Item, Meeting
from ingest.register import PaperRecord

_TITLES, _SUMS = 1_000, 1_000  # kept
_MEASURE = "json_extract(body, '$.measure')"  # of an observation
_A_FEW = 500  # papers whose names of measures are looked through at once
_AT_ONCE = 5_000  # papers that one question to the register may name


@dataclass(frozen=True, slots=True)
class Sum:
    """How many papers there are within limits, whose, of when, and their unreadable pages."""

    papers: int
    councils: tuple[str, ...]
    first: date | None
    last: date | None
    unreadable: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper as a list names it."""

    id: str
    title: str
    meeting: Meeting


class Holdings:
    """The papers held, summed up."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def names(self, column: str) -> tuple[str, ...]:
        """The councils or the committees whose papers are held, as the column is called."""
        rows = self._asking.rows(
            f"SELECT DISTINCT {column} FROM paper WHERE {column} <> '' ORDER BY {column}"
        )
        return tuple(name for (name,) in rows)

    def newest(self) -> tuple[tuple[str, date], ...]:
        """The day of each council's newest paper."""
        rows = self._asking.rows(
            "SELECT council, max(held) FROM paper WHERE council <> '' AND held IS NOT NULL "
            "GROUP BY council ORDER BY council"
        )
        return tuple((council, date.fromisoformat(held)) for council, held in rows)

    def last_minuted(self, councils: Sequence[str], committees: Sequence[str]) -> tuple[date, ...]:
        """The day of each council's newest meeting whose minutes are held, of bodies if named."""
        minutes = Within(committees=tuple(committees), kinds=(PaperKind.MINUTES,))
        condition, values = minutes.condition()
        found = (
            self._asking.rows(
                f"SELECT held FROM passage WHERE council = ? AND {condition} "
                "ORDER BY held DESC NULLS LAST LIMIT 1",
                (council, *values),
            )
            for council in councils
        )
        days = {row[0][0] for row in found if row and row[0][0]}
        return tuple(date.fromisoformat(day) for day in sorted(days))

    def within(self, within: Within = EVERYWHERE) -> Sum:
        """The papers within limits; of kinds of paper, those that hold any."""
        kept: Kept[Within, Sum] = self._asking.cached("papers summed", lambda: Kept(_SUMS))
        return kept.get(within, self._summed)

    def _summed(self, within: Within) -> Sum:
        where, values = _where(within)
        rows = self._asking.rows(
            "SELECT council, count(*), min(held), max(held), sum(unreadable) FROM paper"
            f"{where} GROUP BY council ORDER BY council",
            values,
        )
        days = [date.fromisoformat(day) for _, _, *both, _ in rows for day in both if day]
        return Sum(
            papers=sum(count for _, count, *_ in rows),
            councils=tuple(sorted(council for council, *_ in rows if council)),
            first=min(days, default=None),
            last=max(days, default=None),
            unreadable=sum(int(pages or 0) for *_, pages in rows),
        )

    def papers(self, within: Within, most: int, offset: int = 0) -> list[PaperRecord]:
        """The records of papers within limits in the order of ids, as they were taken in.

        At most so many from one on; -1 for all.
        """
        where, values = _where(within)
        part = " LIMIT ? OFFSET ?" if most >= 0 else ""
        rows = self._asking.rows(
            f"SELECT record FROM paper{where} ORDER BY id{part}",
            (*values, *((most, offset) if part else ())),
        )
        return [decode(PaperRecord, body) for (body,) in rows]

    def listed(self) -> tuple[Listed, ...]:
        """Every paper as a list names it, the newest meeting first."""

        def work() -> tuple[Listed, ...]:
            rows = self._asking.rows(
                "SELECT id, title, council, committee, held FROM paper "
                "ORDER BY held DESC NULLS LAST, id"
            )
            return tuple(
                Listed(
                    number, title, Meeting(council, committee, held and date.fromisoformat(held))
                )
                for number, title, council, committee, held in rows
            )

        return self._asking.cached("papers listed", work)

    def ids(self, within: Within = EVERYWHERE) -> tuple[str, ...]:
        """The ids of the papers within limits."""
        where, values = _where(within)
        rows = self._asking.rows(f"SELECT id FROM paper{where} ORDER BY id", values)
        return tuple(paper for (paper,) in rows)

    def holding(self, within: Within) -> tuple[str, ...]:
        """The ids of the papers with passages of meetings within limits."""
        condition, values = within.condition()
        rows = self._asking.rows(
            f"SELECT DISTINCT paper FROM passage WHERE {condition} ORDER BY paper", values
        )
        return tuple(paper for (paper,) in rows)

    def wholly(self, within: Within) -> frozenset[str]:
        """The ids of the papers all of whose passages are of meetings within limits."""
        condition, values = within.condition()
        if not condition:
            return frozenset(self.ids())
        rows = self._asking.rows(
            "SELECT paper FROM (SELECT paper, count(*) AS within FROM passage "
            f"WHERE {condition} GROUP BY paper) AS counted WHERE within = "
            "(SELECT count(*) FROM passage WHERE passage.paper = counted.paper)",
            values,
        )
        return frozenset(paper for (paper,) in rows)

    def figures(self, papers: Collection[str]) -> dict[str, int]:
        """How many figures each of some papers has, where it has any."""
        found: dict[str, int] = {}
        for part in _parts(papers):
            found |= self._asking.rows(
                f"SELECT paper, count(*) FROM observation WHERE paper IN ({_marks(part)}) "
                "GROUP BY paper",
                part,
            )
        return found

    def measures(self, papers: Collection[str], words: str) -> set[str]:
        """The names of measures of some papers' figures that hold words, given in small letters."""
        return {
            name
            for part in _parts(papers, _A_FEW)
            for (name,) in self._asking.rows(
                f"SELECT DISTINCT {_MEASURE} FROM observation WHERE paper IN ({_marks(part)})", part
            )
            if words in name.casefold()
        }

    def figures_named(self, papers: Collection[str], names: Collection[str]) -> dict[str, int]:
        """How many figures of measures with these very names each of some papers has."""
        found: dict[str, int] = {}
        for part in _parts(papers):
            for named in _parts(names):
                for paper, count in self._asking.rows(
                    f"SELECT paper, count(*) FROM observation WHERE paper IN ({_marks(part)}) "
                    f"AND {_MEASURE} IN ({_marks(named)}) GROUP BY paper",
                    (*part, *named),
                ):
                    found[paper] = found.get(paper, 0) + count
        return found

    def of_no_council(self) -> tuple[str, ...]:
        """The ids of the papers whose council isn't known."""
        rows = self._asking.rows("SELECT id FROM paper WHERE council IS NULL ORDER BY id")
        return tuple(paper for (paper,) in rows)

    def days_after(self, meeting: Meeting) -> list[date]:
        """The days of a body's later meetings that papers are held of; none where it is undated."""
        if meeting.held is None:
            return []
        named = {"council": meeting.council, "committee": meeting.committee}
        of = " AND ".join(f"{c} = ?" if name else f"{c} IS NULL" for c, name in named.items())
        rows = self._asking.rows(
            f"SELECT held FROM paper WHERE {of} AND held > ?",
            (*filter(None, named.values()), meeting.held.isoformat()),
        )
        return [date.fromisoformat(held) for (held,) in rows]

    def newest_papers(self, within: Within, most: int) -> list[PaperRecord]:
        """The records of the newest papers within limits, in the order of ids."""
        where, values = _where(within)
        rows = self._asking.rows(
            f"SELECT record FROM paper{where} ORDER BY held DESC NULLS LAST, id LIMIT ?",
            (*values, most),
        )
        return sorted((decode(PaperRecord, body) for (body,) in rows), key=lambda r: r.id)

    def exempt_items(self, within: Within = EVERYWHERE) -> list[Item]:
        """The items of agendas that were taken in private."""
        where, values = _where(within)
        rows = self._asking.rows(
            "SELECT exempt FROM paper"
            f"{where or ' WHERE'}{' AND' if where else ''} exempt <> '[]' ORDER BY id",
            values,
        )
        return [item for (items,) in rows for item in decode_all(Item, items)]

    def title(self, paper: str) -> str:
        """The title of a paper; its id where it isn't held."""
        kept: Kept[str, str] = self._asking.cached("titles", lambda: Kept(_TITLES))

        def read(paper: str) -> str:
            rows = self._asking.rows("SELECT title FROM paper WHERE id = ?", (paper,))
            return str(rows[0][0]) if rows else paper

        return kept.get(paper, read)

    def digest(self) -> str:
        """A hash of which papers with which bytes are held."""

        def work() -> str:
            rows: Sequence[tuple[str, str]] = self._asking.rows(
                "SELECT id, sha256 FROM paper ORDER BY id"
            )
            held = "".join(f"{paper}\0{sha256}\n" for paper, sha256 in rows)
            return hashlib.sha256(held.encode()).hexdigest()

        return self._asking.cached("digest", work)


def _parts(values: Collection[str], most: int = _AT_ONCE) -> Iterator[list[str]]:
    """Values in order, as many at once as one question to the register names."""
    wanted = sorted(values)
    return (wanted[at : at + most] for at in range(0, len(wanted), most))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _where(within: Within) -> tuple[str, tuple[str, ...]]:
    papers = Within(within.councils, within.committees, within.since, within.until)
    condition, values = papers.condition()
    parts = [condition] if condition else []
    if within.kinds:
        of_kinds, kinds = Within(kinds=within.kinds).condition()
        parts.append(f"id IN (SELECT paper FROM passage WHERE {of_kinds})")
        values = (*values, *kinds)
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), values
