"""Search over the passages of a store: by words in the register, by meaning in the vectors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

from ingest.abbreviations import Abbreviation
from ingest.codec import decode
from ingest.database import Asking, Near, WordIndex, WordTable
from ingest.derived import Index
from ingest.kept import Kept
from ingest.kinds import PaperKind
from ingest.model import DecisionKind, Passage
from ingest.schema import PASSAGE_WORDS
from ingest.worded import WordsIndex
from ingest.words import PLAIN, IndexedText, PassageWords, Wording, read_words

if TYPE_CHECKING:
    from ingest.comparing import Compared, Cosines
    from ingest.vectors import Vector

_WIDER = 4
_KEPT = 5_000
_EACH = 4_000
"""Passages of which each is compared: it takes 3 microseconds, and loading Chroma a second."""
_FEW = 600
"""Of more passages within limits, as many, times the share that they are of all: the fewer they
are, the more vectors a search for the nearest would have to pass over."""
_READY = 20_000  # vectors kept ready, 30 MB: most questions are of a few councils
_COMPARED = 50_000  # comparisons kept: a question asks for those of the same words again
_EXTENTS = 1_000  # limits whose passages are counted
_MOST = 30_000  # keys that one question to the register may name
_A_FEW = 50  # passages read at once
_ENOUGH = 10_000
"""Passages that the words of a search may bring up: scoring each takes its time."""


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage with its id, its words, and the kinds of decision that stand in it."""

    id: int
    passage: Passage
    words: PassageWords
    decides: frozenset[DecisionKind]


@dataclass(frozen=True, slots=True)
class Within:
    """Which meetings' passages, of which kinds of paper, a search is limited to; empty means all.

    A meeting without a date lies in no span of dates.
    """

    councils: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    kinds: tuple[PaperKind, ...] = ()

    def condition(self) -> tuple[str, tuple[str, ...]]:
        """A condition on the passage table, empty for all of it, and its values."""
        parts: list[str] = []
        values: list[str] = []
        for column, names in (("council", self.councils), ("committee", self.committees)):
            if names:
                parts.append(f"{column} IN ({_marks(names)})")
                values += names
        for sign, day in ((">=", self.since), ("<=", self.until)):
            if day:
                parts.append(f"held {sign} ?")
                values.append(day.isoformat())
        if self.kinds:
            parts.append(f"({' OR '.join('kinds LIKE ?' for _ in self.kinds)})")
            values += (f"%|{kind}|%" for kind in self.kinds)
        return " AND ".join(parts), tuple(values)


EVERYWHERE = Within()


@dataclass(frozen=True, slots=True)
class _Extent:
    """How many passages lie within limits, and between which ids."""

    passages: int
    first: int
    last: int


class Held(Asking, Protocol):
    """What a store lends to its finder."""

    def words_of(self, table: WordTable) -> WordIndex:
        """An index of words, as this reader sees it."""

    def keep(self, indexes: Sequence[Index]) -> None:
        """Sees to it that every paper is in some indexes."""

    def vector_of(self, text: str) -> Vector | None:
        """The vector of a question; None where there are none to compare with."""

    def keep_vectors(self) -> None:
        """Sees to it that every embedded passage's vector is in the register."""

    def nearest(self, vector: Vector, limit: int) -> list[tuple[str, float]]:
        """Keys of passages with their cosine similarity, best first."""


class Finder:
    """Finds passages by words and by meaning; an id names a passage until the store changes."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self.wording = PLAIN

    def use(self, wording: Wording) -> None:
        """Has passages found by these words from now on, working them out where need be."""
        self.wording = wording
        self._index()

    def size(self) -> int:
        """How many passages are held."""
        return self._extent(EVERYWHERE).passages

    def beginning(self, letter: str) -> list[str]:
        """The words that passages hold and that begin with a letter."""
        self._index()
        return self._words().beginning(letter, self._held)

    def counts(self, words: Sequence[str]) -> dict[str, int]:
        """How many passages hold each word."""
        self._index()
        known: dict[str, int] = self._held.cached("counts", dict)
        if missing := [word for word in words if word not in known]:
            known.update(self._words().counts(missing, self._held))
        return {word: known[word] for word in words}

    def abbreviations(self) -> tuple[Abbreviation, ...]:
        """The short names that papers explain, the commonest first."""
        self._index()
        query = (
            "SELECT short, min(long) FROM abbreviation "
            "GROUP BY short, lower(long) ORDER BY count(*) DESC, short, min(long)"
        )
        return self._held.cached(
            "abbreviations", lambda: tuple(Abbreviation(*row) for row in self._held.rows(query))
        )

    def lexical(
        self, words: Sequence[str], limit: int, within: Within = EVERYWHERE
    ) -> list[tuple[int, float]]:
        """Passage ids with their BM25 score, best first; any of the words may match."""
        telling = self._telling(words, within)
        if not telling:
            return []
        inside, values = self._inside(within)
        found, asked = self._words().matching((telling,), self._held, self._near(within))
        rows = self._held.rows(
            f"SELECT id, score FROM {found} AS f{inside} ORDER BY score DESC, id LIMIT ?",
            (*asked, *values, limit),
        )
        return [(number, score) for number, score in rows]

    def telling(self, council: str | None, words: Sequence[str], after: date) -> Iterator[Passage]:
        """The passages of a council's meetings after a day that hold all of some words.

        Those of the latest meeting come first, those of one meeting in their order.
        """
        if not all(self.counts(words).values()):
            return
        within = Within((council,)) if council else EVERYWHERE
        groups = [(word,) for word in words]
        found, asked = self._words().holding(groups, self._held, self._near(within))
        of, values = ("council = ?", (council,)) if council else ("council IS NULL", ())
        rows = self._held.rows(
            f"SELECT id FROM passage WHERE {of} AND held > ? AND id IN "
            f"(SELECT id FROM {found} AS f) ORDER BY held DESC, paper, start, id",
            (*values, after.isoformat(), *asked),
        )
        for at in range(0, len(rows), _A_FEW):
            part = [number for (number,) in rows[at : at + _A_FEW]]
            bodies = dict(
                self._held.rows(f"SELECT id, body FROM passage WHERE id IN ({_marks(part)})", part)
            )
            yield from (decode(Passage, bodies[number]) for number in part)

    def holds(self, word: str, within: Within) -> bool:
        """Whether some passage within the limits has the word."""
        self._index()
        inside, values = self._inside(within)
        found, asked = self._words().holding(((word,),), self._held, self._near(within))
        rows = self._held.rows(f"SELECT 1 FROM {found} AS f{inside} LIMIT 1", (*asked, *values))
        return bool(rows)

    def nearest(
        self, text: str, limit: int, within: Within = EVERYWHERE
    ) -> list[tuple[int, float]]:
        """Passage ids with their cosine similarity to the text, best first."""
        query = self._held.vector_of(text)
        if query is None:
            return []
        inside = self._extent(within).passages
        if inside <= _EACH or inside * inside <= _FEW * self.size():
            return self._compared_within(text, query, within).best(limit)
        # More, since vectors that the register doesn't know, or not within, are passed over.
        wanted = 2 * limit * (self.size() // inside)
        while True:
            asked = min(wanted, _MOST)
            found = dict(self._held.nearest(query, asked))
            ids = self._ids_of(found, within)
            hits = [(i, score) for key, score in found.items() for i in ids.get(key, ())]
            if len(hits) >= limit or len(found) < wanted:
                return hits[:limit]
            wanted *= _WIDER

    def similarities(
        self, text: str, passages: Sequence[int], within: Within = EVERYWHERE
    ) -> dict[int, float]:
        """The cosine similarity of each of the passages to the text; empty without vectors.

        Those within limits were compared already, where `nearest` compared each.
        """
        query = self._held.vector_of(text)
        if query is None or not passages:
            return {}
        done = self._comparisons().known([(text, within)]).get((text, within))
        known = done.of(passages) if done else {}
        if rest := [number for number in passages if number not in known]:
            known |= self._ready(_marks(rest), rest).cosines(query).of(rest)
        return known

    def _compared_within(self, text: str, query: Vector, within: Within) -> Cosines:
        """The cosine similarity of each passage within limits, kept for what follows."""

        def compare(_: tuple[str, Within]) -> Cosines:
            kept: Kept[Within, Compared] = self._held.cached("compared", lambda: Kept(_READY, len))
            return kept.get(within, self._ready_within).cosines(query)

        return self._comparisons().get((text, within), compare)

    def _comparisons(self) -> Kept[tuple[str, Within], Cosines]:
        return self._held.cached("comparisons", lambda: Kept(_COMPARED, len))

    def _ready_within(self, within: Within) -> Compared:
        condition, values = within.condition()
        where = f" WHERE {condition}" if condition else ""
        return self._ready(f"SELECT id FROM passage{where}", values)

    def _ready(self, which: str, values: Sequence[object]) -> Compared:
        """The vectors of the passages whose ids are named in SQL."""
        from ingest.comparing import Compared

        self.keep_vectors()
        query = f"SELECT id, vector FROM passage_vector WHERE id IN ({which})"
        return Compared.of(self._held.rows(query, values))

    def read(self, passages: Iterable[int]) -> dict[int, IndexedPassage]:
        """The passages with their words, by id; an unknown id is passed over."""
        self._index()
        held: dict[int, IndexedPassage] = self._held.cached("read", dict)
        if len(held) > _KEPT:
            held.clear()
        wanted = tuple(dict.fromkeys(passages))
        missing = [number for number in wanted if number not in held]
        if not missing:
            return {number: held[number] for number in wanted}
        for number, body, decides, place, units, dates in self._held.rows(
            "SELECT passage.id, passage.body, decides, place, passage_words.body, dates "
            "FROM passage JOIN passage_words ON passage_words.rowid = passage.id "
            f"WHERE passage.id IN ({_marks(missing)})",
            missing,
        ):
            held[number] = IndexedPassage(
                number,
                decode(Passage, body),
                read_words(IndexedText(place, units, dates)),
                frozenset(map(DecisionKind, decides.split(","))) if decides else frozenset(),
            )
        return {number: held[number] for number in wanted if number in held}

    def following(self, passage: Passage) -> Passage | None:
        """The passage that stands next in the same section of the paper."""
        where = passage.locator
        rows = self._held.rows(
            "SELECT body FROM passage WHERE paper = ? AND finish > ? ORDER BY finish, id LIMIT 1",
            (where.paper, where.end),
        )
        after = decode(Passage, rows[0][0]) if rows else None
        return after if after and after.headings == passage.headings else None

    def _words(self) -> WordIndex:
        return self._held.words_of(PASSAGE_WORDS)

    def _index(self) -> None:
        self._held.keep((WordsIndex(self.wording),))

    def keep_vectors(self) -> None:
        """Sees to it that passages can be compared one by one, without Chroma."""

        def work() -> bool:
            self._held.keep_vectors()
            return True

        self._held.cached("vectors kept", work)

    def _extent(self, within: Within) -> _Extent:
        """Counted once, until the store changes: of a large store it is read from the disk."""
        condition, values = within.condition()
        where = f" WHERE {condition}" if condition else ""

        def read(_: Within) -> _Extent:
            counted = (
                f"SELECT count(*), coalesce(min(id), 0), coalesce(max(id), 0) FROM passage{where}"
            )
            return _Extent(*self._held.rows(counted, values)[0])

        kept: Kept[Within, _Extent] = self._held.cached("extents", lambda: Kept(_EXTENTS))
        return kept.get(within, read)

    def _inside(self, within: Within) -> tuple[str, tuple[str, ...]]:
        """The limits as a condition on the index; without the plus it is asked anew for each id."""
        condition, values = within.condition()
        inside = f" WHERE +id IN (SELECT id FROM passage WHERE {condition})"
        return inside if condition else "", values

    def _near(self, within: Within) -> Near | None:
        condition, values = within.condition()
        if not condition:
            return None
        extent = self._extent(within)
        papers = f"SELECT paper FROM passage WHERE {condition}"
        return Near(extent.first, extent.last, papers, values)

    def _telling(self, words: Sequence[str], within: Within) -> list[str]:
        """The words to look by: BM25 gives nothing for one that half of the passages hold.

        Of the rest, the rarest first, as many as bring up enough passages within limits.
        """
        counts = self.counts(tuple(dict.fromkeys(words)))
        held = sorted((word for word in counts if counts[word]), key=counts.__getitem__)
        telling = [word for word in held if 2 * counts[word] <= self.size()] or held
        most = self._extent(within).passages
        sums = accumulate(min(counts[word], most) for word in telling)
        return [w for w, brought in zip(telling, sums, strict=True) if brought <= _ENOUGH] or (
            telling[:1]
        )

    def _ids_of(self, keys: Mapping[str, float], within: Within) -> dict[str, list[int]]:
        condition, values = within.condition()
        also = f" AND {condition}" if condition else ""
        ids: dict[str, list[int]] = {}
        if not keys:
            return ids
        for key, number in self._held.rows(
            f"SELECT key, id FROM passage WHERE key IN ({_marks(keys)}){also} ORDER BY id",
            (*keys, *values),
        ):
            ids.setdefault(key, []).append(number)
        return ids


def _marks(values: Iterable[object]) -> str:
    return ",".join("?" for _ in values)
