"""What a passage is worth for a question: a weighted sum of features, which also say why."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from operator import attrgetter, mul

from assistant.answer import Route
from assistant.passages.aliases import Alias
from assistant.question.cues import Wanted
from assistant.question.understand import Query
from ingest.finding import IndexedPassage
from ingest.model import DecisionKind, PartKind, Passage, Period, UnitKind
from ingest.words import PassageWords

_HEADING = 0.5  # what a word of the headings counts for a unit below them
_STRANGE = 3.0  # at most, what a word of a label counts that isn't asked for
_DIGIT = re.compile(r"\d")
_DIGITS = 10
_SPACING = 20  # characters between a heading and what it heads; more where it is repeated
_SOON = timedelta(days=120)  # within which a meeting is told what happened before it
_DECIDING = {
    Wanted.DECISION: frozenset({DecisionKind.RESOLUTION}),
    Wanted.ACTION: frozenset({DecisionKind.ACTION, DecisionKind.RESOLUTION}),
    Wanted.OUTSTANDING: frozenset({DecisionKind.ACTION}),
    Wanted.RECOMMENDATION: frozenset({DecisionKind.RECOMMENDATION}),
}
_TOLD_IN_SENTENCES = (Wanted.REASON, Wanted.DEFINITION, Wanted.DECISION, Wanted.ATTENDANCE)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_SIGNS = {
    Wanted.REASON: r"\b(?:because|due to|as a result|result of|owing|reason|caused|mainly|"
    r"meant that|attributed|led to|linked to|so that)\b",
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
class Features:
    """What speaks for a passage; 0 to 1 each, or how much each counts.

    words: its BM25 score, as a share of the best; meaning: the cosine to the question;
    together, named: the share of the question's words, by rarity, that one of its units holds
    with the headings, and of its names that it holds at all; label: how well the words of a
    row's label or of a short line agree with the question's, both ways.
    date_told, date_held, date_near: of the periods asked for, the share that it names; its
    meeting lies in one; its meeting follows one soon. figure_dated: date_told again where a
    figure is asked for; minutes_dated: date_held again where none is.
    committee: its meeting is of a committee that the question names.
    decides, sign, figures: it holds a decision, the kind of wording, or figures, where that is
    asked for; thin: it only announces, or gives figures where sentences are asked for.
    """

    words: float = 0.0
    meaning: float = 0.0
    together: float = 0.0
    named: float = 0.0
    label: float = 0.0
    date_told: float = 0.0
    date_held: float = 0.0
    date_near: float = 0.0
    figure_dated: float = 0.0
    minutes_dated: float = 0.0
    committee: float = 0.0
    decides: float = 0.0
    sign: float = 0.0
    figures: float = 0.0
    thin: float = 0.0

    def values(self) -> tuple[float, ...]:
        """The features in their order."""
        return _VALUES(self)

    def worth(self, weights: "Features") -> float:
        """The weighted sum."""
        return float(sum(map(mul, self.values(), weights.values())))


FEATURES = tuple(field.name for field in fields(Features))
_VALUES = attrgetter(*FEATURES)

WEIGHTS = Features(
    words=2.96, meaning=5.53, together=3.5, named=1.34, label=2.0, date_told=1.31, date_held=1.41,
    date_near=1.65, figure_dated=1.2, minutes_dated=2.01, committee=0.78, decides=2.26, sign=2.09,
    figures=2.21, thin=-0.76,
)  # fmt: skip
"""Fitted by `python -m benchmarks.search --fit` (docs/search.md)."""


class Judge:
    """Weighs passages for one question, with the weights of its words by rarity."""

    def __init__(
        self, query: Query, rarity: Mapping[str, float], aliases: Sequence[Alias] = ()
    ) -> None:
        self._query = query
        self._aliases = aliases
        self._rarity = {word: rarity[word] for word in query.words}
        self._names = {word: rarity[word] for word in query.names if word in self._rarity}
        self._asked = (*query.periods, *query.meetings)
        sign = _SIGNS.get(query.wanted)
        self._sign = re.compile(sign) if sign else None

    def weigh(
        self, held: IndexedPassage, words: float, meaning: float, rarity: Mapping[str, float]
    ) -> Features:
        """The features of a passage, given its two first scores; `rarity` is of its own words."""
        query, passage = self._query, held.passage
        words_of = self._read(_own_words(held))
        place = words_of.place
        figure = query.route is Route.INDICATOR
        told = _told(held.words.dates, self._asked)
        in_one, after_one = _meets(passage.meeting.held, self._asked)
        return Features(
            words=words,
            meaning=meaning,
            together=self._together(words_of),
            named=_share(self._names, place | words_of.body),
            label=max(
                (_agreement(self._rarity, label, rarity) for label in words_of.labels),
                default=0.0,
            ),
            date_told=told,
            date_held=in_one,
            date_near=after_one,
            figure_dated=told * figure,
            minutes_dated=in_one * (not figure),
            committee=float(passage.meeting.committee in query.bodies),
            decides=float(bool(held.decides & _DECIDING.get(query.wanted, frozenset()))),
            sign=float(bool(self._sign and self._sign.search(passage.text))),
            figures=_digits(passage.text) if figure else 0.0,
            thin=float(_is_thin(passage, query)),
        )

    def _read(self, held: PassageWords) -> PassageWords:
        """A passage's words, with those of the question that it says by another name."""
        if not self._aliases:
            return held
        return replace(
            held,
            place=self._with_asked(held.place),
            units=tuple(map(self._with_asked, held.units)),
            labels=tuple(map(self._as_asked, held.labels)),
        )

    def _with_asked(self, words: frozenset[str]) -> frozenset[str]:
        for alias in self._aliases:
            if alias.held <= words:
                words |= alias.asked
        return words

    def _as_asked(self, label: frozenset[str]) -> frozenset[str]:
        """A label with the question's name in place of its own."""
        for alias in self._aliases:
            if alias.held <= label:
                label = label - (alias.held - self._rarity.keys()) | alias.asked
        return label

    def _together(self, words: PassageWords) -> float:
        """The most that one unit holds of the question's words; half for those of headings."""
        asked = self._rarity.keys()
        weight = self._rarity.__getitem__
        whole = sum(self._rarity.values())
        nearby = asked & words.place
        most = max(
            sum(map(weight, asked & unit)) - _HEADING * sum(map(weight, nearby & unit))
            for unit in words.units
        )
        return (most + _HEADING * sum(map(weight, nearby))) / whole if whole else 0.0


def _own_words(held: IndexedPassage) -> PassageWords:
    """A passage's words; a heading that it only repeats from passages before stands above it."""
    told, units = held.words, held.passage.units
    repeats = (
        len(units) > 1
        and units[0].kind is UnitKind.HEADING
        and units[1].start - units[0].end > _SPACING
        and len(told.units) == len(units)
    )
    if not repeats:
        return told
    return replace(
        told,
        place=told.place | told.units[0],
        units=told.units[1:],
        labels=tuple(label for label in told.labels if label != told.units[0]),
    )


def _share(asked: Mapping[str, float], held: frozenset[str]) -> float:
    """The share of the words asked for that are held, by weight."""
    whole = sum(asked.values())
    return sum(map(asked.__getitem__, asked.keys() & held)) / whole if whole else 0.0


def _agreement(
    asked: Mapping[str, float], label: frozenset[str], rarity: Mapping[str, float]
) -> float:
    """How well a label's words and those asked for agree, both ways (Dice, by weight)."""
    both = asked.keys() & label
    if not both:
        return 0.0
    shared = sum(map(asked.__getitem__, both))
    strange = sum(min(rarity.get(word, _STRANGE), _STRANGE) for word in label)
    return 2 * shared / (sum(asked.values()) + strange)


def _told(named: Sequence[tuple[date, date]], asked: Sequence[Period]) -> float:
    """The share of the periods asked for that are named, or days or months of them."""
    if not asked:
        return 0.0
    return sum(any(p.start <= start and end <= p.end for start, end in named) for p in asked) / len(
        asked
    )


def _meets(held: date | None, asked: Sequence[Period]) -> tuple[float, float]:
    """Whether a meeting lies in a period asked for, and whether it follows one soon."""
    if held is None:
        return 0.0, 0.0
    in_one = any(p.start <= held <= p.end for p in asked)
    return float(in_one), float(any(timedelta() <= held - p.end <= _SOON for p in asked))


def _digits(text: str) -> float:
    return min(1.0, len(_DIGIT.findall(text)) / _DIGITS)


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
