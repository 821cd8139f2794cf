"""The passages that answer: words and meaning fused, then reordered by what fits these papers."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assistant.cues import Wanted
from assistant.understand import Query
from indicators.catalogue import indexed, spoken
from ingest.model import PartKind, Passage, UnitKind
from ingest.periods import find_periods
from ingest.store import Store

_POOL = 60
_FUSION = 60
_UNKNOWN = 0.15  # the cosine taken for a passage that isn't among the nearest
# Chosen by random search for MRR@10 on the dev and the demonstration cases, each checked on the
# other (docs/search.md); a passage's worth is the weighted sum.
_WORDS, _SENSE, _COVERAGE, _MEANING, _DATE, _KIND = 10.8, 17.6, 1.1, 1.75, 0.5, 0.3
_UNHELD = 0.5  # a word that no paper has is more often another wording than another subject


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score.

    `coverage` is the share of the question's words that it holds, by weight; `meaning` the cosine
    to the question (0 where it isn't known).
    """

    passage: Passage
    score: float
    coverage: float
    meaning: float


@dataclass(frozen=True, slots=True)
class _Indexed:
    passage: Passage
    text: frozenset[str]
    where: frozenset[str]


class Search:
    """Search over the passages of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._by_id = {
            stored.id: _Indexed(
                stored.passage,
                indexed(stored.passage.text),
                indexed(" ".join((stored.passage.part_title, *stored.passage.headings))),
            )
            for stored in store.passages()
        }
        ordered = sorted(
            (entry.passage for entry in self._by_id.values()),
            key=lambda p: (p.locator.paper, p.locator.end),
        )
        self._next = {
            (one.locator.paper, one.locator.start): other
            for one, other in pairwise(ordered)
            if one.locator.paper == other.locator.paper
        }
        self._words_of: dict[str | None, set[str]] = {}
        for entry in self._by_id.values():
            held = self._words_of.setdefault(entry.passage.meeting.council, set())
            held |= entry.text | entry.where
        counts = Counter(w for entry in self._by_id.values() for w in entry.text | entry.where)
        total = len(self._by_id)
        self._weights = {w: math.log(1 + total / (1 + n)) for w, n in counts.items()}
        self._rarest = math.log(1 + total)

    def weight(self, word: str) -> float:
        """How telling a word is: rarer over all passages, higher."""
        return self._weights.get(word, _UNHELD * self._rarest)

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word that a passage holds."""
        return frozenset(self._weights)

    def knows(self, word: str, query: Query) -> bool:
        """Whether any passage of the councils asked about holds a word."""
        councils: Iterable[str | None] = query.councils or self._words_of
        return any(word in self._words_of.get(council, ()) for council in councils)

    def following(self, passage: Passage) -> Passage | None:
        """The passage that stands next in the same section of the paper."""
        where = passage.locator
        after = self._next.get((where.paper, where.start))
        return after if after and after.headings == passage.headings else None

    def missing(self, query: Query) -> tuple[str, ...]:
        """Names that other councils' papers hold and those of the councils asked about don't."""
        if not query.councils:
            return ()
        held = {
            word
            for entry in self._by_id.values()
            if entry.passage.meeting.council in query.councils
            for word in query.words
            if word in entry.text or word in entry.where
        }
        return tuple(
            w for w in query.names if w in query.words and w in self._weights and w not in held
        )

    def find(self, query: Query, limit: int = 10) -> list[Hit]:
        """The best passages for a query, scope and named councils being filters."""
        names = [name for word in query.words for name in spoken(word)]
        near = self._store.nearest(query.text, _POOL)
        by_words = {
            i: rank
            for rank, (i, _) in enumerate(self._store.lexical(names, _POOL) if names else [])
        }
        by_meaning = {i: rank for rank, (i, _) in enumerate(near)}
        meanings = dict(near)
        hits = [
            self._hit(
                self._by_id[i],
                query,
                _WORDS * _reciprocal(by_words.get(i)) + _SENSE * _reciprocal(by_meaning.get(i)),
                meanings.get(i, 0.0),
            )
            for i in {*by_words, *by_meaning}
            if i in self._by_id
        ]
        kept = [hit for hit in hits if query.admits(hit.passage.meeting)]
        return sorted(kept, key=lambda hit: -hit.score)[:limit]

    def _hit(self, entry: _Indexed, query: Query, base: float, meaning: float) -> Hit:
        weights = {word: self.weight(word) for word in query.words}
        whole = sum(weights.values()) or 1.0
        either = sum(w for word, w in weights.items() if word in entry.text | entry.where) / whole
        score = base + _COVERAGE * either + _MEANING * (meaning or _UNKNOWN)
        score += _DATE * _dated(entry.passage, query) + _KIND * _fits(entry.passage, query)
        score -= _THIN * _is_thin(entry.passage, query)
        return Hit(entry.passage, score, either, meaning)


_THIN = 0.3
_TOLD_IN_SENTENCES = (Wanted.REASON, Wanted.DEFINITION, Wanted.DECISION, Wanted.ATTENDANCE)


def _reciprocal(rank: int | None) -> float:
    return 0.0 if rank is None else 1.0 / (_FUSION + rank)


def _dated(passage: Passage, query: Query) -> float:
    """How well a passage's date suits the question's: its meeting's, or one that it names."""
    asked = (*query.periods, *query.meetings)
    if not asked:
        return 0.0
    held = passage.meeting.held
    if held is not None and any(p.start <= held <= p.end for p in asked):
        return 1.0
    named = [m.period for m in find_periods(passage.text)]
    if any(has.start <= p.end and p.start <= has.end for p in asked for has in named):
        return 0.7
    near = held is not None and any(0 <= (held - p.end).days <= 120 for p in asked)
    return 0.3 if near else -0.4


def _is_thin(passage: Passage, query: Query) -> bool:
    """Whether a passage only announces, or gives figures where sentences are asked for.

    Agendas, report header boxes and bare headings announce; but the front sheet does answer who
    sits on a committee and when it meets.
    """
    header = bool(re.match(r"(?:report title|title)\b", passage.units[0].text, re.IGNORECASE))
    bare = all(unit.kind is UnitKind.HEADING for unit in passage.units)
    rows = sum(unit.kind is UnitKind.TABLE_ROW for unit in passage.units)
    figures = rows * 2 > len(passage.units) and query.wanted in _TOLD_IN_SENTENCES
    front = passage.part is PartKind.FRONT and query.wanted not in (Wanted.DATE, Wanted.ATTENDANCE)
    return front or header or bare or figures


def _fits(passage: Passage, query: Query) -> float:
    """What kind of passage suits what is wanted."""
    if query.wanted is Wanted.ATTENDANCE:
        return 0.15 if passage.part is PartKind.MINUTES else -0.05
    if query.wanted in (Wanted.DECISION, Wanted.ACTION):
        return 0.15 if passage.part is PartKind.MINUTES else 0.0
    return 0.0


def newest(passages: Sequence[Passage]) -> date | None:
    """The latest meeting among passages."""
    return max((p.meeting.held for p in passages if p.meeting.held), default=None)
