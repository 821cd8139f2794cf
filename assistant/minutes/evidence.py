"""Which sentences answer: every unit of the passages found, weighed by what tells.

A unit's worth is a weighted sum of a few features; the weights are fitted (docs/answers.md), the
features general: none knows a question or a paper.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from operator import is_

from assistant.minutes.bodies import named
from assistant.minutes.expected import FACTS, Expected, expected, holds
from assistant.minutes.premise import Premise, Stretch
from assistant.minutes.register_answers import FRAMING
from assistant.passages.aliases import Alias
from assistant.passages.marking import opening
from assistant.passages.search import Hit
from assistant.question.claim import claim_of
from assistant.question.cues import Wanted
from assistant.question.synonyms import alike
from assistant.question.understand import Query
from indicators.catalogue import indexed, words
from ingest.kept import Kept
from ingest.model import Passage, Unit, UnitKind

Run = tuple[tuple[Passage, Unit], ...]

_LOOKED_AT = 10
_REACH = 2
_ANOTHER_WORD = 0.7
_MEANING_UNKNOWN = 0.35
_FEW_CHARACTERS, _USUAL_CHARACTERS = 40, 150
_APART = 3
_SOON = 6  # units below a heading
_SAME = 0.6
_NEARLY_ALL = 0.8
_BEST, _BESIDE = 2, 0.5  # hits whose neighbours are looked at, and what those lose
_REASON = re.compile(r"\W*(?:the )?reasons?\b(?: \w+){0,6}\s?(?::|\s[-–])\s*\w", re.IGNORECASE)
_DECIDED = frozenset(words("decision decisions decided resolved resolution agreed"))
_STRANGE = 3.0  # what a word of a label counts that isn't asked for
_SHARED_BY = 2
_UNITS = 30_000  # kept in their runs
_WORTH = {
    "own": 2.9,  # the share of the question's words, by rarity, in the unit itself
    "near": 0.5,  # of those that only its neighbours hold
    "where": 0.35,  # of those that only title and headings hold
    "beyond": -1.2,  # of those that stand elsewhere in the passage
    "soft own": 1.0,  # the same of words that only frame the question or date it
    "soft where": 0.7,
    "held then": 0.6,  # the meeting is of the date asked for
    "lately": 1.5,  # it is of the newest meeting, where how things stand is asked
    "label": 1.0,  # the words before its colon are those of the question
    "under": 1.0,  # of the question's words, those of a heading that stands just above
    "headed": 3.5,  # that heading, no report's title, says what the question asks and no more
    "pairs": 1.4,  # neighbouring words of the question that stand together
    "kinds": 1.0,  # it may be a reason, a decision, a list or a meaning, as asked
    "kinds near": 0.5,
    "told": -5.0,  # a follow-up was told it already, and it has none of the facts now asked for
    "reason": 2.0,  # it is labelled as the reason, as asked: "Reason for the decision: ..."
    "listed": 2.5,  # it stands in a list of what must get better, as asked
    "claim": 1.2,  # it tells of what the question takes for granted
    "facts": 1.4,  # it holds a date, a person, a sum or a number, as asked
    "passage": 2.9,  # what search thought of the passage, below the best one
    "meaning": 0.25,
    "heading": -0.9,
    "row": -0.8,
    "long": 0.3,
    "formula": -0.5,  # its first words open units of many reports
}


@dataclass(frozen=True, slots=True)
class Place:
    """A unit in the run of its part of the paper: `at` is its index in `run`."""

    passage: Passage
    run: Run
    at: int

    @property
    def unit(self) -> Unit:
        """The unit itself."""
        return self.run[self.at][1]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A unit with its worth.

    `pairs` is the share of the question's neighbouring words that it holds together.
    """

    place: Place
    pairs: float
    worth: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """A word of the question, those that say the same, and how telling it is."""

    word: str
    alike: frozenset[str]
    weight: float
    named: tuple[frozenset[str], ...] = ()

    def within(self, held: frozenset[str]) -> float:
        """1 where a text's words hold it, less where they hold another word for it.

        It is held, too, where the papers' other name is for what it is part of: `named`.
        """
        if self.word in held or any(name <= held for name in self.named):
            return 1.0
        return _ANOTHER_WORD if self.alike & held else 0.0


@dataclass(frozen=True, slots=True)
class _Question:
    """What of a question is the same for every unit."""

    query: Query
    words: tuple[_Asked, ...]
    soft: tuple[_Asked, ...]
    kinds: frozenset[Expected]
    premise: Premise
    best: float
    speaker: frozenset[str]
    newest: date | None = None


@dataclass(frozen=True, slots=True)
class _Weighing:
    """What was weighed last: answering and denying ask for the same."""

    query: Query
    hits: tuple[Hit, ...]
    found: Sequence[Weighed]

    def is_of(self, query: Query, hits: Sequence[Hit]) -> bool:
        """Whether it is of a query and these very hits."""
        same = len(hits) == len(self.hits) and all(map(is_, hits, self.hits))
        return same and query == self.query


class Evidence:
    """Weighs the units of the passages that a search found."""

    def __init__(
        self,
        passages_of_each: Callable[[Iterable[str]], Mapping[str, Sequence[Passage]]],
        openings: Callable[[Iterable[str]], Mapping[str, int]],
        weight: Callable[[str], float],
        aliases: Callable[[Query], Sequence[Alias]],
    ) -> None:
        """`passages_of_each` gives papers', in order; `openings` how many parts open a unit so.

        `aliases` are the short and long names that papers give to what a question names.
        """
        self._aliases = aliases
        self._passages_of_each = passages_of_each
        self._openings = openings
        self._weight = weight
        self._kept: Kept[str, Mapping[int, Place]] = Kept(_UNITS, len)
        self._last: _Weighing | None = None

    def weigh(self, query: Query, hits: Sequence[Hit]) -> list[Weighed]:
        """Every unit of the best passages with its worth, best first."""
        if not hits:
            return []
        last = self._last
        if last is None or not last.is_of(query, hits):
            self._last = last = _Weighing(query, tuple(hits), self._weigh(query, hits))
        return list(last.found)

    def _weigh(self, query: Query, hits: Sequence[Hit]) -> list[Weighed]:
        claim = claim_of(query.text)
        aliases = self._aliases(query)
        question = _Question(
            query,
            self._asked(query.words, aliases),
            self._asked(query.soft, ()),
            expected(query.text),
            Premise(query, self._weight),
            hits[0].score,
            frozenset(claim.actor if claim.saying else ()),
            _newest(query, hits),
        )
        listing = Expected.SERIES in question.kinds
        looked_at = self._beside(hits) if listing else hits[:_LOOKED_AT]
        held = self._places(hit.passage.locator.paper for hit in looked_at)
        places = [
            (there[unit.start], hit)
            for hit in looked_at
            for there in (held[hit.passage.locator.paper],)
            for unit in hit.passage.units
            if unit.start in there
        ]
        shared = self._openings(opening(place.unit.text) for place, _ in places)
        found = [self._weighed(place, hit, question, shared) for place, hit in places]
        return sorted(found, key=lambda w: -w.worth)

    def share(self, query: Query, text: str) -> float:
        """The share of a question's words, by rarity, that a text holds."""
        return _share(self._asked(query.words, self._aliases(query)), indexed(text))

    def _places(self, papers: Iterable[str]) -> dict[str, Mapping[int, Place]]:
        """The units of some papers, each by where it begins."""
        wanted = list(dict.fromkeys(papers))
        known = self._kept.known(wanted)
        if unread := [paper for paper in wanted if paper not in known]:
            of_each = self._passages_of_each(unread)
            read = {paper: _places_of(of_each[paper]) for paper in unread}
            self._kept.put_all(read)
            known |= read
        return known

    def _beside(self, hits: Sequence[Hit]) -> list[Hit]:
        """The best hits with the passages beside the very best: a list follows what tells of it."""
        found = {hit.passage.locator: hit for hit in hits[:_LOOKED_AT]}
        best = hits[:_BEST]
        of_each = self._passages_of_each({hit.passage.locator.paper for hit in best})
        for hit in best:
            own = of_each[hit.passage.locator.paper]
            at = next((i for i, p in enumerate(own) if p.locator == hit.passage.locator), None)
            if at is None:
                continue
            for near in (*own[max(0, at - 1) : at], *own[at + 1 : at + 2]):
                known = found.get(near.locator)
                score = hit.score - _BESIDE
                same = near.part_title == hit.passage.part_title
                if same and (known is None or known.score < score):
                    found[near.locator] = replace(known or hit, passage=near, score=score)
        return list(found.values())

    def _asked(self, said: Iterable[str], aliases: Sequence[Alias]) -> tuple[_Asked, ...]:
        return tuple(
            _Asked(
                word,
                alike(word),
                self._weight(word),
                tuple(alias.held for alias in aliases if word in alias.asked),
            )
            for word in said
        )

    def _weighed(
        self, place: Place, hit: Hit, question: _Question, shared: Mapping[str, int]
    ) -> Weighed:
        features = self._features(place, hit, question)
        parts = shared.get(opening(place.unit.text), 0)
        features["formula"] = math.log1p(parts if parts > _SHARED_BY else 0)
        worth = sum(weight * features[name] for name, weight in _WORTH.items())
        return Weighed(place, features["pairs"], worth)

    def _features(self, place: Place, hit: Hit, question: _Question) -> dict[str, float]:
        asked, soft, kinds = question.words, question.soft, question.kinds
        unit, passage = place.unit, place.passage
        around = place.run[max(0, place.at - _REACH) : place.at + _REACH + 1]
        own = indexed(unit.text)
        near = frozenset[str]().union(*(indexed(other.text) for _, other in around))
        where = indexed(" ".join((passage.part_title, *passage.headings)))
        near_text = " ".join(other.text for _, other in around)
        above = _heading_above(place)
        opener = _opener_above(place)
        decided = Expected.DECISION in kinds and bool(above) and above <= _DECIDED
        length = max(len(unit.text), _FEW_CHARACTERS)
        return {
            "own": _share(asked, own),
            "near": _share(asked, near, own),
            "where": _share(asked, where, near),
            "beyond": _share(asked, indexed(passage.text), near | where),
            "soft own": _share(soft, own),
            "soft where": _share(soft, where, near),
            "held then": _held_then(passage, question.query),
            "lately": float(bool(question.newest and passage.meeting.held == question.newest)),
            "label": _labelled(unit.text, (*asked, *soft)),
            "under": _share(asked, above, own),
            "headed": max(
                (
                    _headed(heads, asked, question.speaker)
                    for heads in (above, indexed(opener))
                    if heads != indexed(passage.part_title)
                ),
                default=0.0,
            ),
            "pairs": _pairs(unit.text, question.query.words),
            "kinds": 1.0 if decided else _share_held(kinds - FACTS, f"{opener} {unit.text}"),
            "listed": float(Expected.IMPROVEMENT in kinds and _improves(place, opener)),
            "reason": float(Expected.REASON in kinds and bool(_REASON.match(unit.text))),
            "told": _told_before(own, unit.text, question),
            "kinds near": _share_held(kinds - FACTS, near_text),
            "claim": 0.0 if question.premise.empty else question.premise.told_in(stretch(place)),
            "facts": _share_held(kinds & FACTS, unit.text),
            "passage": hit.score - question.best,
            "meaning": hit.meaning or _MEANING_UNKNOWN,
            "heading": float(unit.kind is UnitKind.HEADING),
            "row": float(unit.kind is UnitKind.TABLE_ROW),
            "long": math.log(length / _USUAL_CHARACTERS),
        }


def _told_before(own: frozenset[str], text: str, question: _Question) -> float:
    """Whether a unit says what the answer before said, without the facts that are asked for."""
    told, facts = question.query.told, question.kinds & FACTS
    if not told or not facts or all(holds(kind, text) for kind in facts):
        return 0.0
    return float(len(told & own) >= _NEARLY_ALL * len(told))


def _places_of(passages: Iterable[Passage]) -> Mapping[int, Place]:
    """The units of a paper, each in the run of its part, by where they begin."""
    runs: dict[tuple[object, ...], list[tuple[Passage, Unit]]] = {}
    for passage in passages:
        run = runs.setdefault((passage.part_title, passage.meeting), [])
        for unit in passage.units:
            if run and unit.start <= run[-1][1].start:
                continue  # a heading that the passage only repeats
            run.append((passage, unit))
    return {
        unit.start: Place(passage, whole, at)
        for whole in map(tuple, runs.values())
        for at, (passage, unit) in enumerate(whole)
    }


def stretch(place: Place) -> Stretch:
    """A unit with its neighbours on both sides and what stands above it."""
    near = place.run[max(0, place.at - 1) : place.at + 2]
    above = " ".join((place.passage.part_title, *place.passage.headings))
    around = " ".join(unit.text for _, unit in near)
    return Stretch(place.unit.text, around, above, named(place.passage.meeting))


def opens_list(unit: Unit) -> bool:
    """Whether a unit opens a list."""
    return unit.text.rstrip().endswith(":")


def _newest(query: Query, hits: Sequence[Hit]) -> date | None:
    """The date of the newest meeting found, where a question asks how things stand."""
    standing = query.latest or query.wanted is Wanted.OUTSTANDING
    dated = "period" not in query.inherited and (query.periods or query.meetings)
    days = (h.passage.meeting.held for h in hits if h.passage.meeting.held)
    return max(days, default=None) if standing and not dated else None


def _heading_above(place: Place) -> frozenset[str]:
    """The words of the heading just above a unit."""
    for _, other in reversed(place.run[max(0, place.at - _SOON) : place.at]):
        if other.kind is UnitKind.HEADING:
            return indexed(other.text)
    return frozenset()


def _opener_above(place: Place) -> str:
    """The sentence that opens the list that a unit is an item of; "" for none."""
    if place.unit.kind is UnitKind.LIST_ITEM:
        for _, other in reversed(place.run[max(0, place.at - _SOON) : place.at]):
            if opens_list(other):
                return other.text
            if other.kind is not UnitKind.LIST_ITEM:
                break
    return ""


def _improves(place: Place, opener: str) -> bool:
    """Whether a unit opens a list of what must get better, or stands in one."""
    unit = place.unit
    heads = opens_list(unit) or unit.kind is UnitKind.HEADING
    return holds(Expected.IMPROVEMENT, unit.text if heads else opener)


def _headed(heading: frozenset[str], asked: Sequence[_Asked], speaker: frozenset[str]) -> float:
    """How far a heading and a question, but for who is to have said it, are of the same words."""
    subject = [one for one in asked if one.word not in speaker | FRAMING]
    said = heading - FRAMING
    both = sum(one.within(said) > 0 for one in subject)
    agreed = 2 * both / (len(subject) + len(said)) if both else 0.0
    return agreed if agreed >= (_SAME if both > 1 else 1.0) else 0.0


def _labelled(text: str, asked: Sequence[_Asked]) -> float:
    """How well the label of a line ("Inspection dates: ...") agrees with the question's words."""
    label, colon, rest = text.partition(":")
    return _agreement(indexed(label), asked) if colon and rest.strip() else 0.0


def _agreement(said: frozenset[str], asked: Sequence[_Asked]) -> float:
    """How well two sets of words agree, both ways (Dice, by weight)."""
    known = [one for one in asked if one.word in said]
    both = sum(one.weight for one in known)
    strange = _STRANGE * (len(said) - len(known))
    return 2 * both / (sum(one.weight for one in asked) + both + strange) if both else 0.0


def _share(
    asked: Sequence[_Asked], held: frozenset[str], less: frozenset[str] = frozenset()
) -> float:
    """The share of words, by weight, that `held` has beyond what `less` has."""
    whole = sum([one.weight for one in asked])
    if less:
        gained = [max(0.0, one.within(held) - one.within(less)) for one in asked]
    else:
        gained = [one.within(held) for one in asked]
    found = sum([one.weight * more for one, more in zip(asked, gained, strict=True)])
    return found / whole if whole else 0.0


def _held_then(passage: Passage, query: Query) -> float:
    """Whether the meeting is of a date asked for: 1, -1, or 0 where none is."""
    asked = (*query.periods, *query.meetings)
    held = passage.meeting.held
    if not asked or held is None or "period" in query.inherited:
        return 0.0
    return 1.0 if any(p.start <= held <= p.end for p in asked) else -1.0


def _pairs(text: str, asked: Sequence[str]) -> float:
    """The share of neighbouring words of the question that stand together in a text."""
    if len(asked) < 2:
        return 0.0
    at: dict[str, list[int]] = {}
    for i, word in enumerate(words(text)):
        at.setdefault(word, []).append(i)
    close = sum(
        any(abs(i - j) <= _APART for i in at.get(a, ()) for j in at.get(b, ()))
        for a, b in pairwise(asked)
    )
    return close / (len(asked) - 1)


def _share_held(kinds: frozenset[Expected], text: str) -> float:
    return sum(holds(kind, text) for kind in kinds) / len(kinds) if kinds else 0.0
