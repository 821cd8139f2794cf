"""The passages that answer: found by words and by meaning, then reordered by what fits."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from assistant.passages.aliases import Alias, aliases_of
from assistant.passages.ranking import WEIGHTS, Features, Judge
from assistant.question.claim import is_verb
from assistant.question.understand import Query
from indicators.catalogue import indexed, spoken, terms, words
from ingest.finding import IndexedPassage, Within
from ingest.model import Passage, Period, PeriodKind
from ingest.store import Store
from ingest.words import INDEX, Wording, month_token

_POOL = 60
# Below these, best passages are about something else (docs/search.md, "How sure").
_FLOOR, _FLOOR_OF_WORDS = 1.5, 1.0
_SCALE = 0.24  # of worth, so that what composes answers may add scores of its own


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score.

    `features` is what speaks for it; `also` passages with the same text elsewhere.
    """

    passage: Passage
    score: float
    features: Features
    also: tuple[Passage, ...] = ()

    @property
    def meaning(self) -> float:
        """The cosine to the question; 0 where it isn't known."""
        return self.features.meaning


class Search:
    """Search over the passages of a store."""

    def __init__(self, store: Store, pool: int = _POOL, weights: Features = WEIGHTS) -> None:
        self._store = store
        self._finder = store.finder
        self._finder.use(wording())
        self._pool = pool
        self._weights = weights

    def weight(self, word: str) -> float:
        """How telling a word is: the rarer over all passages, the more; one that none has, most."""
        known: dict[str, float] = self._store.cached("weights of words", dict)
        if word not in known:
            known[word] = self._rarity((word,))[word]
        return known[word]

    def holds(self, word: str) -> bool:
        """Whether any passage holds a word."""
        return self._finder.counts((word,))[word] > 0

    def beginning(self, letter: str) -> list[str]:
        """The words that passages hold and that begin with a letter."""
        return self._finder.beginning(letter)

    def knows(self, word: str, query: Query) -> bool:
        """Whether any passage of the councils asked about holds a word."""
        theirs = Within(councils=query.councils)
        return self._finder.holds(word, theirs) or any(
            all(self._finder.holds(other, theirs) for other in alias.held)
            for alias in self.aliases(query)
            if word in alias.asked
        )

    def holding(self, said: Sequence[str], query: Query) -> list[Passage]:
        """The passages of the councils asked about that hold all of some words, best first."""
        theirs = Within(query.councils, query.committees, query.since, query.until)
        found = [number for number, _ in self._finder.lexical(said, self._pool, theirs)]
        read = self._finder.read(found)
        asked = frozenset(said)
        return [
            held.passage
            for held in (read[number] for number in found if number in read)
            if asked <= held.words.body | held.words.place
        ]

    def following(self, passage: Passage) -> Passage | None:
        """The passage that stands next in the same section of the paper."""
        return self._finder.following(passage)

    def missing(self, query: Query) -> tuple[str, ...]:
        """Names that other councils' papers hold and those of the councils asked about don't."""
        asked = [w for w in query.names if w in query.words and not _is_everyday(w)]
        if not query.councils or not asked:
            return ()
        counts = self._finder.counts(asked)
        return tuple(w for w in asked if counts[w] and not self.knows(w, query))

    def find(self, query: Query, limit: int = 10) -> list[Hit]:
        """The best passages for a query, scope and named councils being filters.

        None where even the best one is about something else.
        """
        scored = [
            (_SCALE * features.worth(self._weights), held.passage, features)
            for held, features in self.weighed(query)
        ]
        best = max((score for score, _, _ in scored), default=0.0)
        if best < (_FLOOR if self._store.has_vectors else _FLOOR_OF_WORDS):
            return []
        return _told_once(sorted(scored, key=lambda one: -one[0]), limit)

    def weighed(self, query: Query) -> list[tuple[IndexedPassage, Features]]:
        """The passages that words or meaning bring up, with their features, in no order."""
        within = Within(query.councils, query.committees, query.since, query.until, query.kinds)
        dates = _date_tokens((*query.periods, *query.meetings))
        aliases = self.aliases(query)
        other_words = [word for alias in aliases for word in sorted(alias.held)]
        looked_for = [*query.words, *other_words, *dates]
        by_words = dict(self._finder.lexical(looked_for, self._pool, within))
        text = sought(query, aliases)
        meaning = dict(self._finder.nearest(text, self._pool, within))
        other = [number for number in by_words if number not in meaning]
        meaning |= self._finder.similarities(text, other, within)
        pool = self._finder.read([*by_words, *meaning]).values()
        best = max(by_words.values(), default=0.0) or 1.0
        rarity = self._rarity({w for h in pool for label in h.words.labels for w in label})
        judge = Judge(query, self._rarity(query.words), aliases)
        weighed = []
        for held in pool:
            score = by_words.get(held.id, 0.0) / best
            near = meaning.get(held.id, 0.0)
            weighed.append((held, judge.weigh(held, score, near, rarity)))
        return weighed

    def aliases(self, query: Query) -> tuple[Alias, ...]:
        """What the papers call by a shorter or longer name than the question does."""
        known = self._store.cached("aliases", lambda: aliases_of(self._finder.abbreviations()))
        return known.of(query.words)

    def _rarity(self, asked: Sequence[str] | set[str]) -> dict[str, float]:
        total = self._finder.size()
        counts = self._finder.counts(tuple(asked))
        return {w: math.log(1 + total / (1 + count)) for w, count in counts.items()}


def _is_everyday(word: str) -> bool:
    """Whether a term of the catalogue goes by a verb of the language ("cost"): it is no name."""
    return word in terms() and any(map(is_verb, terms()[word].names))


@cache
def wording() -> Wording:
    """The catalogue's words, of a version that changes with its names and its rules."""
    folder = files("indicators")
    names = ("catalogue.toml", "catalogue.py", "irregular.txt")
    rules = b"".join(folder.joinpath(name).read_bytes() for name in names)
    return Wording(f"{hashlib.sha256(rules).hexdigest()[:16]}-{INDEX}", _words_of)


def _words_of(text: str) -> tuple[str, ...]:
    """A text's words, and after them those that its terms consist of."""
    told = words(text)
    return (*told, *sorted(indexed(text) - set(told)))


def sought(query: Query, aliases: Sequence[Alias] = ()) -> str:
    """What is looked for by meaning: the question, with the long names of its short ones.

    A follow-up says little without what it leans on.
    """
    further = [alias.long for alias in aliases if alias.long]
    if query.inherited:
        further = [*(spoken(word)[0] for word in query.words), *further]
    return " ".join((query.text, *further))


def _date_tokens(asked: Sequence[Period]) -> list[str]:
    months = [p for p in asked if p.kind is not PeriodKind.SPAN]
    return list(dict.fromkeys(month_token(period.end) for period in months))


def _told_once(ranked: Sequence[tuple[float, Passage, Features]], limit: int) -> list[Hit]:
    """The first hits, each text once: a report that is repeated stands in both places."""
    hits: dict[tuple[str, ...], Hit] = {}
    for score, passage, features in ranked:
        text = tuple(unit.text for unit in passage.units)
        if text in hits:
            hits[text] = replace(hits[text], also=(*hits[text].also, passage))
        elif len(hits) < limit:
            hits[text] = Hit(passage, score, features)
    return list(hits.values())
