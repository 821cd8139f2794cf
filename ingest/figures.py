"""Printed figures, found by the words of their labels: an index beside the observations.

Figures under one label and of one kind are a line. What its words are is for the reader of the
store to say (:class:`Indexing`): the index keeps, for each council, area and basis (a part), which
lines hold a word, and how many figures hold it. It keeps what the reader's checks find amiss
within a paper, too.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Any, Generic, TypeVar

from ingest.codec import decode, decode_all
from ingest.database import Asking, Connection
from ingest.finding import EVERYWHERE, Within
from ingest.kept import Kept
from ingest.model import Basis, Observation, Passage, Period
from ingest.rows import PaperRows, Row

L = TypeVar("L")
F = TypeVar("F")

Part = tuple[str | None, str, Basis]
"""Whose papers print it, of which area it is, on which basis."""

_TABLES = ("figure_line", "figure_word", "finding")
_AT_ONCE = 5_000  # ids that one question to the register may name
_LINES, _COUNTED, _OBSERVATIONS = 20_000, 20_000, 30_000  # kept
_MEMBERS = "length(members) - length(replace(members, ' ', '')) + 1"
_OF_TABLES = " WHERE part = ? AND CAST(json_extract(body, '$.sentence') AS TEXT) IN ('0', 'false')"
_FAR = 100_000  # days: papers from before a period tell nothing of it
_DATED = 20_000  # papers whose dates are kept
_SPREAD = 20  # questions of which is kept where their words are


@dataclass(frozen=True, slots=True)
class Line:
    """Figures that share a label: their part, unit and words; `members` are their indices.

    `body` is whatever the reader wants to have of it again.
    """

    part: Part
    unit: str
    words: frozenset[str]
    members: tuple[int, ...]
    body: str


@dataclass(frozen=True, slots=True)
class Amiss:
    """Something amiss with figures of a paper: their indices, its words, and what to have again."""

    members: tuple[int, ...]
    words: frozenset[str]
    body: str


@dataclass(frozen=True, slots=True)
class Indexing:
    """How a paper's figures are indexed, and a version that changes when it comes out otherwise."""

    version: str
    lines: Callable[[Sequence[Observation], Sequence[Passage]], Iterable[Line]]
    amiss: Callable[[Sequence[Observation]], Iterable[Amiss]]
    name: str = "figures"

    def add(self, connection: Connection, rows: PaperRows) -> None:
        """Indexes a paper's figures, those that are hidden from some apart."""
        groups: defaultdict[int, list[Row[Observation]]] = defaultdict(list)
        for row in rows.observations:
            groups[row.privacy].append(row)
        for privacy, group in groups.items():
            passages = [row.value for row in rows.passages]
            lines = list(self.lines([row.value for row in group], passages))
            _add_lines(connection, (rows.paper, privacy), [row.id for row in group], lines)
        held = [row for group in groups.values() for row in group]
        for amiss in self.amiss([row.value for row in held]):
            privacy = max(held[i].privacy for i in amiss.members)
            places = {held[i].value.locator.start for i in amiss.members}
            _add_amiss(connection, (rows.paper, privacy), amiss, places)

    def forget(self, connection: Connection, paper: str | None) -> None:
        """Takes out a paper's figures, or all."""
        of, values = (" WHERE paper = ?", (paper,)) if paper is not None else ("", ())
        for table in _TABLES:
            connection.execute(f"DELETE FROM {table}{of}", values)


def _add_lines(
    connection: Connection, own: tuple[str, int], numbers: Sequence[int], lines: Sequence[Line]
) -> None:
    parts = {part: _number_of(connection, part) for part in {line.part for line in lines}}
    before = connection.execute("SELECT coalesce(max(id), 0) FROM figure_line").fetchone()[0]
    connection.executemany(
        "INSERT INTO figure_line (paper, privacy, part, unit, members, body) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                *own,
                parts[line.part],
                line.unit,
                " ".join(str(numbers[i]) for i in line.members),
                line.body,
            )
            for line in lines
        ],
    )
    made = connection.execute(
        "SELECT id FROM figure_line WHERE paper = ? AND id > ? ORDER BY id", (own[0], before)
    ).fetchall()
    postings: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    sums: defaultdict[tuple[int, str], int] = defaultdict(int)
    for (number,), line in zip(made, lines, strict=True):
        for word in line.words:
            postings[parts[line.part], word].append(number)
            sums[parts[line.part], word] += len(line.members)
    connection.executemany(
        "INSERT INTO figure_word (paper, privacy, part, word, number, lines) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [(*own, *key, sums[key], array("q", held).tobytes()) for key, held in postings.items()],
    )


def _add_amiss(
    connection: Connection, own: tuple[str, int], amiss: Amiss, places: Iterable[int]
) -> None:
    connection.execute(
        "INSERT INTO finding (paper, privacy, said, body) VALUES (?, ?, ?, ?)",
        (*own, f" {' '.join(sorted(amiss.words))} ", amiss.body),
    )
    number = connection.execute("SELECT max(id) FROM finding").fetchone()[0]
    connection.executemany(
        "INSERT INTO finding_place (id, paper, start) VALUES (?, ?, ?)",
        [(number, own[0], place) for place in places],
    )


def _number_of(connection: Connection, part: Part) -> int:
    council, area, basis = part
    values = (council or "", area, basis.value)
    query = "SELECT id FROM figure_part WHERE council = ? AND area = ? AND basis = ?"
    row = connection.execute(query, values).fetchone()
    if row is None:
        connection.execute(
            "INSERT INTO figure_part (council, area, basis) VALUES (?, ?, ?)", values
        )
        row = connection.execute(query, values).fetchone()
    return int(row[0])


def forget_parts(connection: Connection) -> None:
    """Takes out the parts of which no line is held any more."""
    connection.execute(
        "DELETE FROM figure_part WHERE NOT EXISTS "
        "(SELECT 1 FROM figure_line WHERE figure_line.part = figure_part.id)"
    )


@dataclass(frozen=True, slots=True)
class Nearness:
    """Which papers' figures are wanted first: those within limits, the nearest to some periods.

    Limits name no council. Without periods the newest are the nearest. A period is told of at its
    end or later.
    """

    periods: tuple[Period, ...] = ()
    within: Within = EVERYWHERE

    def far_off(self, held: date | None) -> tuple[int, int]:
        """How far off a meeting's papers are, of those as far the newest first."""
        if held is None:
            return _FAR, 0
        return min((_days(held, one) for one in self.periods), default=0), -held.toordinal()


ANYWHEN = Nearness()


def _days(held: date, of: Period) -> int:
    if held < of.start:
        return _FAR + (of.start - held).days
    return max(0, (held - of.end).days)


@dataclass(frozen=True, slots=True)
class Found(Generic[L]):
    """A line that was found: its paper, and the ids of its figures in their order."""

    paper: str
    members: tuple[int, ...]
    line: L


def _weighed(
    rows: Iterable[Sequence[Any]], weights: Mapping[str, float], least: float
) -> dict[str, dict[int, float]]:
    """What each paper's lines weigh by the words they hold, of (paper, word, lines)."""
    bits = {word: 1 << i for i, word in enumerate(weights)}
    held: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for paper, word, lines in rows:
        own, bit = held[paper], bits[word]
        for line in array("q", lines):
            own[line] = own.get(line, 0) | bit
    weight_of = {
        words: sum(weight for word, weight in weights.items() if words & bits[word])
        for words in {words for own in held.values() for words in own.values()}
    }
    return {
        paper: {line: w for line, words in own.items() if (w := weight_of[words]) >= least}
        for paper, own in held.items()
    }


class FigureIndex(Generic[L, F]):
    """Finds lines of figures and what is amiss; ids name them until the store changes."""

    def __init__(self, asking: Asking, line: type[L], finding: type[F]) -> None:
        self._asking = asking
        self._line = line
        self._finding = finding

    def parts(self) -> Mapping[Part, int]:
        """The parts that figures are held of."""

        def load() -> dict[Part, int]:
            rows = self._asking.rows(
                "SELECT id, council, area, basis FROM figure_part AS part WHERE EXISTS "
                "(SELECT 1 FROM figure_line WHERE figure_line.part = part.id) ORDER BY id"
            )
            return {
                (council or None, area, Basis(basis)): number
                for number, council, area, basis in rows
            }

        return self._asking.cached("figure parts", load)

    def size(self) -> int:
        """How many figures are held."""

        def load() -> int:
            return int(self._asking.rows("SELECT count(*) FROM observation")[0][0])

        return self._asking.cached("figures sized", load)

    def counts(self, words: Iterable[str]) -> dict[str, int]:
        """How many figures hold each word."""
        kept: Kept[str, int] = self._asking.cached("figures counted", lambda: Kept(_COUNTED))
        wanted = list(dict.fromkeys(words))
        known = kept.known(wanted)
        if missing := [word for word in wanted if word not in known]:
            rows = self._asking.rows(
                f"SELECT word, sum(number) FROM figure_word WHERE word IN ({_marks(missing)}) "
                "GROUP BY word",
                missing,
            )
            found = dict.fromkeys(missing, 0) | {word: int(number) for word, number in rows}
            for word, number in found.items():
                kept.put(word, number)
            known |= found
        return known

    def spread(self, words: Iterable[str]) -> list[tuple[int, str, int]]:
        """How many figures of each part hold each word, as (part, word, number)."""
        wanted = tuple(dict.fromkeys(words))
        kept: Kept[tuple[str, ...], list[tuple[int, str, int]]] = self._asking.cached(
            "figures spread", lambda: Kept(_SPREAD)
        )

        def read(wanted: tuple[str, ...]) -> list[tuple[int, str, int]]:
            rows = self._asking.rows(
                "SELECT part, word, sum(number) FROM figure_word "
                f"WHERE word IN ({_marks(wanted)}) GROUP BY word, part",
                wanted,
            )
            return [(part, word, int(number)) for part, word, number in rows]

        return kept.get(wanted, read)

    def holding(
        self,
        part: Part,
        weights: Mapping[str, float],
        most: int,
        paper: str | None = None,
        least: float = 0.0,
        nearness: Nearness = ANYWHEN,
    ) -> list[int]:
        """The lines of a part, or of its one paper, that hold any of some words.

        Their words weigh at least as much as told. Of more than `most`, those whose words weigh
        the most, and of those that weigh alike the nearest.
        """
        number = self.parts().get(part)
        if number is None or not weights:
            return []
        also, values = (" AND paper = ?", [paper]) if paper is not None else ("", [])
        rows = self._asking.rows(
            "SELECT paper, word, lines FROM figure_word WHERE part = ? "
            f"AND word IN ({_marks(weights)}){also}",
            (number, *weights, *values),
        )
        told = _weighed(rows, weights, least)
        if sum(map(len, told.values())) <= most:
            return [line for own in told.values() for line in own]
        held = self._held(part[0], nearness.within)
        by_weight: defaultdict[float, list[int]] = defaultdict(list)
        for near in sorted(told.keys() & held.keys(), key=lambda one: nearness.far_off(held[one])):
            for line, weight in told[near].items():
                by_weight[weight].append(line)
        ranked = (by_weight[weight] for weight in sorted(by_weight, reverse=True))
        return list(islice(chain.from_iterable(ranked), most))

    def _held(self, council: str | None, within: Within) -> dict[str, date | None]:
        """The papers of a council within limits, and when their meetings were."""
        kept: Kept[tuple[str | None, Within], dict[str, date | None]] = self._asking.cached(
            "papers dated", lambda: Kept(_DATED, len)
        )

        def read(asked: tuple[str | None, Within]) -> dict[str, date | None]:
            limits, values = asked[1].condition()
            of, own = ("council = ?", (asked[0],)) if asked[0] else ("council IS NULL", ())
            also = f" AND {limits}" if limits else ""
            rows = self._asking.rows(
                f"SELECT paper, max(held) FROM passage WHERE {of}{also} GROUP BY paper",
                (*own, *values),
            )
            return {paper: date.fromisoformat(day) if day else None for paper, day in rows}

        return kept.get((council, within), read)

    def measures(self, part: int | None = None) -> dict[str, int]:
        """How many figures each measure has that the reader knows, the most first.

        `measure` and `sentence` are what the lines have of them: of one part, those of sentences
        aren't counted.
        """
        of, values = ("", ()) if part is None else (_OF_TABLES, (part,))
        rows = self._asking.rows(
            f"SELECT json_extract(body, '$.measure') AS measure, sum({_MEMBERS}) AS number "
            f"FROM figure_line{of} GROUP BY measure ORDER BY number DESC, min(id)",
            values,
        )
        return {measure: int(number) for measure, number in rows if measure}

    def in_unit(self, part: int, unit: str, papers: Collection[str]) -> list[int]:
        """The lines of a part that are in a unit and stand in some papers."""
        rows = self._asking.rows(
            "SELECT id FROM figure_line WHERE part = ? AND unit = ? "
            f"AND paper IN ({_marks(papers)}) ORDER BY id",
            (part, unit, *papers),
        )
        return [number for (number,) in rows]

    def read(self, numbers: Sequence[int]) -> list[Found[L]]:
        """Lines, in the order of papers and of figures in them."""
        kept: Kept[int, Found[L]] = self._asking.cached("figure lines", lambda: Kept(_LINES))
        known = kept.known(list(numbers))
        missing = [number for number in numbers if number not in known]
        for at in range(0, len(missing), _AT_ONCE):
            part = missing[at : at + _AT_ONCE]
            for number, paper, members, body in self._asking.rows(
                f"SELECT id, paper, members, body FROM figure_line WHERE id IN ({_marks(part)})",
                part,
            ):
                ids = tuple(map(int, members.split()))
                known[number] = found = Found(paper, ids, decode(self._line, body))
                kept.put(number, found)
        return sorted(known.values(), key=lambda found: (found.paper, found.members[0]))

    def observations(self, numbers: Iterable[int]) -> dict[int, Observation]:
        """Figures by their ids."""
        kept: Kept[int, Observation] = self._asking.cached(
            "observations kept", lambda: Kept(_OBSERVATIONS)
        )
        wanted = list(numbers)
        known = kept.known(wanted)
        missing = [number for number in wanted if number not in known]
        for at in range(0, len(missing), _AT_ONCE):
            part = missing[at : at + _AT_ONCE]
            rows = self._asking.rows(
                f"SELECT id, body FROM observation WHERE id IN ({_marks(part)})", part
            )
            ids, bodies = [number for number, _ in rows], [body for _, body in rows]
            found = dict(zip(ids, decode_all(Observation, f"[{','.join(bodies)}]"), strict=True))
            kept.put_all(found)
            known |= found
        return known

    def amiss_at(self, places: Iterable[tuple[str, int]]) -> list[F]:
        """What is amiss with figures that stand at some places, as (paper, start)."""
        wanted = list(dict.fromkeys(places))
        if not wanted:
            return []
        either = " OR ".join(["(paper = ? AND start = ?)"] * len(wanted))
        rows = self._asking.rows(
            "SELECT body FROM finding WHERE id IN "
            f"(SELECT id FROM finding_place WHERE {either}) ORDER BY paper, id",
            [value for place in wanted for value in place],
        )
        return [decode(self._finding, body) for (body,) in rows]

    def amiss_telling(
        self, weights: Mapping[str, float], councils: Sequence[str], most: int
    ) -> list[F]:
        """What is amiss within the papers of some councils, or of all, by the words it is told in.

        At most as many as told, whose words weigh the most.
        """
        if not weights:
            return []
        sums = " + ".join(["CASE WHEN instr(said, ?) > 0 THEN ? ELSE 0.0 END"] * len(weights))
        of = f" WHERE council IN ({_marks(councils)})" if councils else ""
        rows = self._asking.rows(
            "SELECT body FROM (SELECT finding.paper, finding.id, finding.body, "
            f"CAST({sums} AS REAL) AS told FROM finding JOIN paper ON paper.id = finding.paper"
            f"{of} ORDER BY told DESC, finding.id LIMIT ?) AS best WHERE told > 0 "
            "ORDER BY paper, id",
            (
                *(value for word, weight in weights.items() for value in (f" {word} ", weight)),
                *councils,
                most,
            ),
        )
        return [decode(self._finding, body) for (body,) in rows]


def _marks(values: Iterable[object]) -> str:
    return ",".join("?" for _ in values)
