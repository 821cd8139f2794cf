"""The observations that a question is about, best first.

A figure is council, measure, date, population and basis: council, basis and date are matched
outright; the measure by its words, weighed by how telling they are, those of the label itself
counting more than those of the headings above it. Where label and question name the same measure
of the catalogue, it doesn't matter in which words.
"""

import hashlib
import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Annotated

from pydantic import PlainSerializer, PlainValidator

from assistant.figures.counting import FLOW, Counted, asked_for, comings_asked, counted_by
from assistant.figures.dating import time_fit
from assistant.question import cues
from assistant.question.understand import Query
from indicators.catalogue import (
    Measure,
    implied,
    indexed,
    measure_of,
    measures,
    spoken,
    terms,
    words,
)
from indicators.checks import find_findings
from indicators.findings import CHANGE, EARLIER, Finding
from indicators.sentences.flags import CAME_FROM, HEADED, PART, REFERS
from ingest.codec import encode
from ingest.figures import ANYWHEN, Amiss, FigureIndex, Found, Indexing, Nearness, Part
from ingest.figures import Line as Indexed
from ingest.finding import Within
from ingest.kept import Kept
from ingest.kinds import KindsOfPlaces, PaperKind
from ingest.model import Basis, Meeting, Observation, Passage, Period
from ingest.periods import find_periods
from ingest.store import Store

_RULES: Mapping[str, Sequence[str]] = {
    "assistant.figures": ("index.py", "counting.py"),
    "indicators": (
        "catalogue.toml", "catalogue.py", "irregular.txt", "checks.py", "narrated.py",
        "restated.py", "listed.py",
    ),
}  # fmt: skip
"""What lines and findings come out by."""
MOST_LINES = 400
"""Lines of one part that a question's words may bring up: fitting each takes its time."""
_MOST_ALIKE = 150  # lines of a label, of the dates around one of its figures
_MOST_TOLD = 500  # lines of a part in which findings are looked for
_PRINTED = 20_000  # figures kept in their blocks and columns
_FITTED = 10_000  # lines kept of what was asked for last
_CONTEXT_WEIGHT = 0.6
_SENTENCE_CONTEXT = 0.75
_OF_OTHERS = 0.6  # of that, for what a sentence tells beside its other figures
_CLAUSE_WEIGHT = 0.88
_NO_NOUN = 0.9
_LEANT_LESS = 0.05  # for what only the sentence before tells
_OWN_SHARE = 0.3  # of the question's words that a sentence's own clause must hold
_OTHER_UNIT = 0.8
_RATE_TELLS = {"rate per 10,000": 0.25, "percent": 0.06, "count": -0.06}
_GRANTED = 0.3
_GROUP = 0.5
_SPENT_SAID = 0.6  # of a word like "spend", which not every sum is of
_LIGHTLY = 0.25
_OTHER_NOUN = 0.75  # a count of something else in a fitting sentence
_OTHER_MEASURE = 0.85
_OTHER_DOING = 0.7  # "two foster carers joined" doesn't say how many there are
_COUNTS_OTHERS = 0.5  # "two children linked with foster carers" counts no foster carers
_BEHIND = 3
_SPOKEN = 0.95  # a figure in a sentence, beside one in a table
_TOTAL_TELLS = 0.2
_LEAST = 0.3
_ROUNDING = 1e-6
_EARLIER = 0.6  # "last period", of which no one says when it was
_FAR_OFF = 0.5  # behind the best that fits
_OF_A_CODE = 0.15
_TERM_ABOVE = 0.65  # a budget isn't an overspend because the paragraph above tells of one
_PEOPLE = frozenset(words("children child young people person persons"))
_ASKING = frozenset(
    words(
        "growth jump drop margin wide short quick slow busy quiet rough really believe think "
        "describe explain against term size altogether themselves wrong"
    )
)
"""How a figure is asked for, which no label says."""
_ASKED_LESS = 0.05
_DOING = re.compile(
    r"\b(?:did|does|do)\b[^?.,;]{0,60}?\b(?P<verb>[a-z]{4,})(?=\s(?:in|at|on|for|during|last|this|by|"
    r"over|between|to|from|as)\b|\W*$)|\b(?:were|was|been|got|get|being)\s(?:newly\s|being\s)?"
    r"(?P<verb2>[a-z]{3,}(?:ed|en))\b",
    re.IGNORECASE,
)
"""What a question says was done to those that it counts."""
_WHEN = frozenset(words("end start position snapshot"))
"""At which point of time a label's figures stand, which is no part of what is measured."""
_ANYBODY = frozenset(words("cases children child people young person persons"))
_MENT = "ment"  # a "placement" is where somebody is "placed", which stems leave apart
_GENERIC = frozenset(
    words(
        "number percentage proportion rate total figure average share year month dashboard count "
        "age"
    )
)
_LIGHT = frozenset(
    words(
        "hold take place grow stand reach live record achieve report require need involve include "
        "measure indicator grade judge issue complete finish"
    )
)
_UNIT_WORDS = {
    "percent": frozenset(words("percentage percent proportion share rate number")),
    "count": frozenset(words("number count total")),
    "rate per 10,000": frozenset(words("rate number population 10,000")),
    "days": frozenset(words("days average number")),
    "score": frozenset(words("score average")),
    "gbp": frozenset((*words("cost amount total month"), "m", "k", "mn", "bn")),
}
_MONEY_ASKED = frozenset(words("money spend spent spending cost price pay paid"))
_SPENT = frozenset(words("money spend spent spending"))
_ASKED_NOUN = re.compile(
    r"\b(?:how many|number of)\s+((?:[\w’'-]+\s+){1,6}?)(?:were|was|are|is|did|do|does|have|has|"
    r"had|in|at|on|who|that|with|from|there|under|for|by|came|left|went|got|get|be|been)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:year before|previous year|a year (?:earlier|before|ago))\b",
    re.IGNORECASE,
)
"""In a question that asks for what a figure came from."""
_BASE = 0.8  # what a figure came from, beside what it is now
_UNSAID = 1.5  # years that a sentence without a date may be behind its paper
_CODE = re.compile(r"^[a-z]{1,3}\d+$")  # "a10", "ni62": a measure's number, not what it is of
_DIFFERENCE = frozenset(words("difference variation"))
_NET = frozenset(words("net gain loss"))
_WHOLE = re.compile(r"\b(?:total|overall|altogether|in all)\b", re.IGNORECASE)
_TOTAL_ROW = re.compile(r"\W*(?:(?:grand |over)?total|all|overall)\b", re.IGNORECASE)
_REST = re.compile(r"\W*\bothers?\b", re.IGNORECASE)
_RATE = re.compile(r"\brates?\b", re.IGNORECASE)
_THERE_IS = re.compile(
    r"(?:\b(?:there (?:were|was|are|is|have been)|have|had|has|with|of|to|from|by|at|for|was|were|"
    r"is|"
    r"are|than|and|now|currently|only|just|total|these|looks? after|shows?|showed|received?|"
    r"receives|"
    r"recorded|reported|saw|counted|totall?ed|includ(?:es|ed|ing)|reached|remain(?:s|ed)?|around|"
    r"about|approximately)|^|[:;,(=–—-])(?:\W+(?:the|only|just))?\W*$",
    re.IGNORECASE,
)
_EXISTS = re.compile(r"\bthere (?:were|was|are|is|have been)\W*$", re.IGNORECASE)
_WERE_IN = re.compile(
    r"^\W*(?:were|are|was|is|lived?|living)\s+(?:(?:placed|living|based|located|seconded|embedded)"
    r"\s)?(?:in|with(?:in)?|at)\s+"
    r"(?!(?:(?:our|the|council|local authority)\s)*(?:care|total|all)\b|(?:the|this|that)\s"
    r"(?:year|month|quarter|period))(?P<where>[a-z][^,.;()\d]{2,60})"
)
_BEYOND = re.compile(
    r"\b(?:over|under|more than|less than|longer than|at least)\s(?P<number>\d+|two|three|six|nine|"
    r"twelve)\s(?:days|weeks|months|years)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\W*\d{1,2}(?:\.\d{1,2}){1,2}\.?\s+(?=[A-Z“\"‘])")
"""What opens a numbered paragraph."""
_OF_SOME = re.compile(
    r"^\W*(?:\d+\.\d+\s+)?of (?:(?:the|these|those|our|its)\s)?(?P<whole>\d[\d,]*)\s[^,;.]{3,60}?\s"
    r"(?P<which>(?:with|who|whose|aged|placed|living|in)\s[^,;.]{3,80}),",
    re.IGNORECASE,
)
_TIME_ALLOWED = re.compile(
    r"\b(?:with)?in\s+(?:\d+|\w+)\s+(?:(?:working|calendar|school)\s+)?(?:hours|days|weeks)\b",
    re.IGNORECASE,
)
_OF_A_WHOLE = re.compile(r"^\s+of\s+(?:the\s|our\s)?(?:\d[\d,]*\s)?(?P<noun>(?:[\w’'-]+\s?){0,3})")
_THEN_IS = re.compile(
    r"^\W*(?:$|(?:have|has|had) (?:an?|the|no|their|its|up|more|fewer|less|\d)\b|"
    r"(?:were|was|are|is|in|at|on|as|with|who|which|that|by|from|to|of|for|"
    r"and|or|compared|under|aged|now|currently|this|last|during|against|than|up|down|per)\b|"
    r"[,;.:()–—-]|\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Match:
    """An observation with how well it fits: `text` for its words, `time` for its period.

    `did` marks a count of those who did something, where nobody asked who did.
    """

    observation: Observation
    meeting: Meeting
    text: float
    time: float
    did: bool = False

    @property
    def score(self) -> float:
        """Both together."""
        return self.text * self.time


_Known = Annotated[
    Measure | None,
    PlainSerializer(lambda measure: measure and measure.id, return_type=str | None),
    PlainValidator(lambda ident: _called().get(ident) if isinstance(ident, str) else ident),
]
"""A measure of the catalogue, kept as its id."""


@dataclass(frozen=True, slots=True)
class Line:
    """What figures share that stand under one label: all but their dates and values.

    `names` are the words of the label, or of the noun that a sentence counts; `label` those of
    them that say what is measured; `clause` and `said` the same of a sentence's clause; `did` what
    a sentence tells that the counted did, rather than that they are; `flow` marks a sentence's
    count of comings and goings; `counted` what a number in words stands before, None for figures;
    `of` what a sentence's figure counts, `elsewhere` the words of its other parts; `beyond` the
    length of time in a label that counts only the longest ("plans over 18 months").
    """

    meeting: Meeting
    area: str
    basis: Basis
    unit: str
    sentence: bool
    measure: _Known
    label: frozenset[str]
    names: frozenset[str]
    clause: frozenset[str]
    leant: frozenset[str]
    said: frozenset[str]
    did: frozenset[str]
    counted: frozenset[str] | None
    context: frozenset[str]
    change: bool
    rest: bool
    beyond: str
    total: bool
    kinds: frozenset[PaperKind]
    of: Counted | None = None
    flow: bool = False
    elsewhere: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Fitting:
    """A line with its figures, and how well its words fit; `did` as of a :class:`Match`."""

    line: Line
    figures: tuple[Observation, ...]
    text: float
    did: bool


@dataclass(frozen=True, slots=True)
class _Sought:
    """The words asked for with their weights, the measure that they name, the thing counted.

    `groups` are the people asked of, `what` the terms of the catalogue that say what is measured,
    not of whom; `parts` the words that the names of terms consist of. Then whether a rate, a
    total, "other" things, a change or a coming and going is asked for, the last with its words as
    `doing`. `strange` is filled with
    what each word of a label tells against it that isn't asked for.
    """

    weights: Mapping[str, float]
    whole: float
    measure: Measure | None
    noun: frozenset[str]
    groups: frozenset[str]
    what: frozenset[str]
    parts: Mapping[str, tuple[frozenset[str], ...]]
    rate: bool
    total: bool
    others: bool
    change: bool
    flow: bool
    came: frozenset[str]
    doing: frozenset[str]
    strange: dict[str, float]
    of: Counted


class Figures:
    """All observations held, found by the words of their labels and headings."""

    def __init__(self, store: Store) -> None:
        self._index = FigureIndex(store, Line, Finding)
        self._observations_of = store.observations_of
        self._observations_at = store.observations_at
        self._meeting_at = store.meeting_at
        self._fitted: Kept[object, list[_Fitting]] = Kept(_FITTED, len)
        self._kinds = KindsOfPlaces(store.passages_of)
        self._printed: Kept[str, _Printed] = Kept(_PRINTED, len)
        self._known: dict[str, float] = {}

    @property
    def of_no_council(self) -> bool:
        """Whether figures are held of papers whose council isn't known."""
        return any(council is None for council, _, _ in self._index.parts())

    def _lines(
        self,
        part: Part,
        weights: Mapping[str, float],
        paper: str | None = None,
        least: float = 0.0,
        most: int = MOST_LINES,
        nearness: Nearness = ANYWHEN,
    ) -> list[Found[Line]]:
        """The lines of a part, or of one paper in it, that hold any of some words.

        Their words weigh at least as much as told.
        """
        return self._index.read(self._index.holding(part, weights, most, paper, least, nearness))

    def _with_figures(self, found: Sequence[Found[Line]]) -> list[_Fitting]:
        """Lines with their figures, as fitting outright."""
        return self._fitted_by([(one, 1.0, False) for one in found])

    def _fitted_by(self, found: Sequence[tuple[Found[Line], float, bool]]) -> list[_Fitting]:
        held = self._index.observations(n for one, *_ in found for n in one.members)
        return [
            _Fitting(one.line, tuple(held[n] for n in one.members), text, did)
            for one, text, did in found
        ]

    def _of_paper(self, paper: str) -> "_Printed":
        return self._printed.get(paper, lambda one: _Printed(self._observations_of(one)))

    def of_paper(self, paper: str) -> list[Observation]:
        """The observations of a paper, in the order printed."""
        return list(self._observations_of(paper))

    def printed_at(self, paper: str, starts: Collection[int]) -> list[Observation]:
        """The observations of a paper that stand at some places."""
        return [o for start in sorted(starts) for o in self._observations_at(paper, start)]

    def councils_telling(self, asked: Sequence[str], most: int) -> list[str | None]:
        """The councils whose figures hold the most telling of some words, of two the more often."""
        told: dict[str | None, dict[str, int]] = {}
        council_of = {number: part[0] for part, number in self._index.parts().items()}
        for part, word, number in self._index.spread(asked):
            held = told.setdefault(council_of[part], {})
            held[word] = held.get(word, 0) + number

        def worth(council: str | None) -> tuple[float, int]:
            held = told[council]
            return sum(map(self.weight, held)), sum(held.values())

        return sorted(told, key=worth, reverse=True)[:most]

    def label(self, of: Observation) -> object:
        """What figures of one measure, council, area and unit share; None where none is known."""
        told = _measured(of)
        return (self.meeting(of).council, of.area, of.unit, told) if told else None

    def of_label(self, of: Observation) -> list[Observation]:
        """The figures of the same measure, council, area and unit, on any basis."""
        told = dict.fromkeys(_measured(of), 1.0)
        council = self.meeting(of).council
        return self._in_parts(
            [part for part in self._index.parts() if part[:2] == (council, of.area)],
            told,
            _MOST_ALIKE,
            least=len(told),
            unit=of.unit,
            nearness=Nearness((of.period,)) if of.period else ANYWHEN,
        )

    def told_in(self, council: str | None, weights: Mapping[str, float]) -> list[Observation]:
        """The figures of a council's papers whose labels and headings hold any of some words."""
        parts = [part for part in self._index.parts() if part[0] == council]
        return self._in_parts(parts, weights, _MOST_TOLD)

    def _in_parts(
        self,
        parts: Sequence[Part],
        weights: Mapping[str, float],
        most: int,
        least: float = 0.0,
        unit: str | None = None,
        nearness: Nearness = ANYWHEN,
    ) -> list[Observation]:
        numbers = [
            number
            for part in parts
            for number in self._index.holding(part, weights, most, least=least, nearness=nearness)
        ]
        found = [one for one in self._index.read(numbers) if unit is None or one.line.unit == unit]
        return [o for fitting in self._with_figures(found) for o in fitting.figures]

    def amiss_at(self, places: Iterable[tuple[str, int]]) -> list[Finding]:
        """What is amiss within papers with figures that stand at some places, (paper, start)."""
        return self._index.amiss_at(places)

    def amiss_telling(
        self, weights: Mapping[str, float], councils: Sequence[str | None], most: int
    ) -> list[Finding]:
        """What is amiss within papers of some councils and told in some words."""
        named = [] if None in councils else [council for council in councils if council]
        return self._index.amiss_telling(weights, named, most)

    def _weights(self, sought: Sequence[str]) -> dict[str, float]:
        """The weight of each word asked for.

        The group that a figure is of counts little beside what is measured, since labels often
        leave it out; not so where two groups are named, or nothing else is.
        """
        known = terms()
        people = {w for w in sought if w in known and known[w].people}
        granted = {w for w in sought if w in known and known[w].population}
        lessened = dict.fromkeys(people, _GROUP) | dict.fromkeys(granted, _GRANTED)
        if len(people) > 1 or not set(sought) - set(lessened) - _LIGHT:
            lessened = {}
        lessened |= dict.fromkeys(_LIGHT, _LIGHTLY)
        if set(sought) - _ASKING:
            lessened |= dict.fromkeys(_ASKING, _ASKED_LESS)
        if set(sought) - _ANYBODY - _LIGHT - _ASKING - people:
            lessened |= dict.fromkeys(_ANYBODY, _LIGHTLY)
        if "variance" in sought:  # an overspend is mostly forecast
            lessened["forecast"] = _LIGHTLY
        return {w: self.weight(w) * lessened.get(w, 1.0) for w in sought}

    def weight(self, word: str) -> float:
        """How telling a word is: the rarer over all observations, the more."""
        known = self._known.get(word)
        if known is None:
            self._weigh((word,))
            known = self._known[word]
        return known

    def _weigh(self, words: Iterable[str]) -> None:
        total = self._index.size()
        for word, held in self._index.counts(words).items():
            base = math.log(1 + total / (1 + held)) * (1.0 if held else 0.5)
            self._known[word] = base * (0.3 if word in _GENERIC else 1.0)

    def find(
        self,
        query: Query,
        *,
        council: str | None,
        area: str,
        basis: Basis = Basis.ACTUAL,
        periods: Sequence[Period] | None = None,
        asked: Sequence[str] | None = None,
        most: int = MOST_LINES,
    ) -> list[Match]:
        """Observations of one council's papers for an area and basis, best first.

        Of more lines than `most` that hold the question's words, those that hold the most, and of
        those the nearest to the dates in question.
        """
        dated = query.periods if periods is None else periods
        said = tuple(query.words if asked is None else asked)
        kept = self._fitting(query, (council, area, basis), said, most, _nearness(query, dated))
        found = (
            _dated(kept, dated, throughout=query.throughout)
            if dated
            else _newest(kept, bool(_BEFORE.search(query.text)))
        )
        return sorted(found, key=lambda m: -m.score)

    def _fitting(
        self, query: Query, part: Part, asked: tuple[str, ...], most: int, nearness: Nearness
    ) -> list[_Fitting]:
        """The lines of a part that fit, kept: one question asks for them at several dates."""
        key = (part, asked, query.text, query.unit, query.councils, query.meetings, most, nearness)
        return self._fitted.get(key, lambda _: self._fit_lines(query, part, asked, most, nearness))

    def _fit_lines(
        self, query: Query, part: Part, asked: tuple[str, ...], most: int, nearness: Nearness
    ) -> list[_Fitting]:
        sought = self._sought(query, asked)
        lines = self._lines(
            part, sought.weights, least=_least_held(sought), most=most, nearness=nearness
        )
        self._weigh(
            frozenset[str]().union(*(one.line.label | one.line.said for one in lines))
            - self._known.keys()
        )
        texts = [self._text(one.line, query, sought) for one in lines]
        least = max(_LEAST, max(texts, default=0.0) - _FAR_OFF)
        return self._fitted_by(
            [
                (one, text, _only_did(one.line, sought))
                for one, text in zip(lines, texts, strict=True)
                if text >= least
            ]
        )

    def _sought(self, query: Query, asked: tuple[str, ...]) -> _Sought:
        known = terms()
        telling = [w for w in asked if not (w in known and known[w].population)]
        asks_rate = _asks_rate(query)
        rate = words("rate") if asks_rate else ()
        noun = _ASKED_NOUN.search(query.text)
        counted = frozenset(words(noun[1])) - _ANYBODY if noun else frozenset()
        measure = measure_of([*asked, *rate]) if rate else measure_of(telling or asked)
        weights = self._weights(asked)
        for word in (measure.about | measure.people if measure else frozenset()) & set(weights):
            weights[word] *= _LIGHTLY
        what = frozenset(
            w for w in asked if w in known and not (known[w].people or known[w].population)
        )
        groups = frozenset(w for w in asked if w in known and known[w].people)
        parts = {w: _parts(w) for w in asked if w in known}
        return _Sought(
            weights,
            sum(weights.values()) or 1.0,
            measure,
            counted,
            groups,
            what,
            parts,
            asks_rate,
            bool(_WHOLE.search(query.text)),
            bool(re.search(r"\bother", query.text, re.IGNORECASE)),
            bool(cues.CHANGE.search(query.text)),
            bool(FLOW.search(query.text)),
            comings_asked(query.text),
            _done(query.text) & set(asked),
            {},
            asked_for(query.text, groups),
        )

    def _text(self, line: Line, query: Query, sought: _Sought) -> float:
        """How well the words of a line fit, 0 where it can't answer."""
        if not query.admits(line.meeting, line.kinds):
            return 0.0
        if query.meetings and not _reported(line.meeting, query.meetings):
            return 0.0
        if query.unit and not _unit_fits(line, query.unit):
            return 0.0
        text = self._fit(line, sought)
        if text < _LEAST:
            return 0.0
        usual = sought.measure
        if query.unit is None and usual and line.unit != usual.unit:
            text *= _OTHER_UNIT
        if sought.rate:
            text = min(1.0, text + _RATE_TELLS.get(line.unit, 0.0))
        if usual and not line.sentence and _is_another(line, usual):
            excluded = usual.all <= line.names and sought.doing & usual.all
            text *= _OTHER_DOING if excluded else _OTHER_MEASURE
        if line.sentence:
            text *= _SPOKEN
        beyond = bool(line.beyond) and line.beyond not in query.text
        if beyond or (line.rest and not sought.others):
            text *= _OTHER_MEASURE
        named = bool(_NET & line.names and _NET & set(sought.weights))
        named = named or "variance" in sought.weights
        if line.change and not (named or sought.change):
            text *= _COUNTS_OTHERS if line.sentence else _OTHER_DOING
        if line.of is not None and line.of.differs(sought.of):
            text *= _COUNTS_OTHERS
        if line.sentence and usual and _says_otherwise(line, usual):
            text *= _OTHER_DOING
        if line.sentence and line.unit == "count" and _done_before(line, sought):
            text *= _OTHER_DOING
        if line.sentence and line.unit == "count" and _leaves_open(line, sought):
            text *= _OTHER_DOING
        if sought.came and line.unit == "count" and not _says_came(line, sought):
            text *= _COUNTS_OTHERS
        if not line.sentence and _of_another_group(line, sought):
            text *= _COUNTS_OTHERS
        together = len(sought.groups) > 1 and line.unit == "gbp"
        if together and 0 < len(sought.groups & line.names) < len(sought.groups):
            text *= _OTHER_NOUN  # "children in care and care leavers" isn't "leaving care"
        if line.total and (sought.total or together):
            text = min(1.0, text + _TOTAL_TELLS)
        if _only_did(line, sought) or (line.flow and not sought.flow):
            text *= _OTHER_DOING
        if line.counted is not None and not line.counted & (sought.noun or _PEOPLE):
            text *= _COUNTS_OTHERS
        if line.unit == "gbp" and "variance" in sought.weights:
            text *= 1.0 if "variance" in line.names | line.clause else _OTHER_DOING
        return text

    def _fit(self, line: Line, sought: _Sought) -> float:
        weights, whole, sentence = sought.weights, sought.whole, line.sentence
        named = line.names
        if sought.measure and line.measure and line.measure.id == sought.measure.id:
            named = named | sought.measure.all
        if spelt := {t for t, names in sought.parts.items() if _spells(line, names)}:
            named = named | spelt
        granted = _MONEY_ASKED if line.unit == "gbp" else frozenset()
        own = beside = above = 0.0
        for word, weight in weights.items():
            if word in named or word.removesuffix(_MENT) in named:
                own += weight
            elif word in granted:  # that it is money, its unit says
                own += _SPENT_SAID * weight if word in _SPENT and len(weights) > 1 else weight
            elif word in line.clause:
                beside += weight
            elif word in line.context:
                in_term = line.unit == "gbp" and word in sought.what
                told = _OF_OTHERS if word in line.elsewhere else 1.0
                above += weight * told * (_TERM_ABOVE if in_term else 1.0)
        if sentence and line.unit == "count" and line.of and not line.of.what:
            own *= _NO_NOUN  # as the words of a clause, where it has none of its own
        if sentence and own + beside < _OWN_SHARE * whole:
            return 0.0
        if line.leant and named & _PEOPLE and _leans(line, named, sought):
            return 0.0  # a count of people; only the sentence before speaks of what is asked
        other = bool(sought.noun and line.label - _ANYBODY) and not sought.noun & named
        if line.clause and ((not own and line.label - _ANYBODY) or other):
            beside *= _OTHER_NOUN
        leant = sum(weights[word] for word in weights.keys() & line.leant if word not in named)
        covered = own + _CLAUSE_WEIGHT * beside - _LEANT_LESS * leant
        covered += (_SENTENCE_CONTEXT if sentence else _CONTEXT_WEIGHT) * above
        unit = _UNIT_WORDS.get(line.unit, frozenset())
        label = sum(map(self.weight, line.label)) or 1.0
        extra = sum(self._strange(word, sought) for word in line.label - unit - _WHEN)
        penalty = 0.2 if sentence else 0.3
        aside = sum(self.weight(word) for word in line.said if word not in weights)
        beyond = 0.12 * aside / (aside + 12.0)
        return covered / whole - penalty * extra / (label + (6.0 if sentence else 0.0)) - beyond

    def _strange(self, word: str, sought: _Sought) -> float:
        """What a label's word tells against it; nothing where it is asked for."""
        known = sought.strange.get(word)
        if known is None:
            part = 0.5 if _part_of(word, sought.weights) else 1.0
            told = self.weight(word) * (_OF_A_CODE if _CODE.match(word) else part)
            asked = word in sought.weights or f"{word}{_MENT}" in sought.weights
            known = sought.strange[word] = 0.0 if asked else told
        return known

    def measures_of(self, part: Part) -> list[str]:
        """The names of the catalogue's measures in tables of a part, those most printed first."""
        number = self._index.parts().get(part)
        counts = self._index.measures(number) if number is not None else {}
        return [known.name for known in (_called().get(ident) for ident in counts) if known]

    def measures(self) -> tuple[str, ...]:
        """The names of the catalogue's measures that figures are held of."""
        found = (_called().get(ident) for ident in self._index.measures())
        return tuple(sorted(known.name for known in found if known))

    def meeting(self, of: Observation) -> Meeting:
        """The meeting that an observation's paper or minutes are of."""
        return self._meeting_at(of.locator.paper, of.locator.start)

    def elsewhere(
        self,
        of: Match,
        admits: Callable[[str], bool],
        labels: Mapping[frozenset[str], Collection[str]],
    ) -> list[Match]:
        """The figures of other areas in the same council's papers, in the same unit.

        Of the areas that `admits` lets through, those whose labels hold all words of one; without
        words, those of some papers.
        """
        council, unit = of.meeting.council, of.observation.unit
        parts = [
            part
            for part in self._index.parts()
            if part[0] == council and part[1] != of.observation.area
            if part[2] is Basis.ACTUAL and admits(part[1])
        ]
        numbers = dict.fromkeys(
            number
            for label, papers in labels.items()
            for part in parts
            for number in (
                self._index.holding(part, dict.fromkeys(label, 1.0), MOST_LINES, least=len(label))
                if label
                else self._index.in_unit(self._index.parts()[part], unit, papers)
            )
        )
        lines = [one for one in self._index.read(list(numbers)) if one.line.unit == unit]
        return [
            Match(o, fitting.line.meeting, 1.0, 1.0)
            for fitting in self._with_figures(lines)
            for o in fitting.figures
        ]

    def kinds(self, of: Observation) -> frozenset[PaperKind]:
        """The kinds of paper that an observation stands in."""
        return self._kinds.of(of.locator)

    def row(self, of: Observation) -> list[Observation]:
        """The observations that stand in the same row, sentence or dashboard block."""
        row = self._observations_at(of.locator.paper, of.locator.start)
        if of.source != "dashboard":
            return list(row)
        block = self._of_paper(of.locator.paper).blocks[of.measure, of.context]
        return [*row, *(o for o in block if o not in row)]

    def told_again(self, of: Observation) -> list[Observation]:
        """The sentences of the same paper that tell a table's figure: same value, unit and date."""
        part = (self.meeting(of).council, of.area, of.basis)
        words_of = dict.fromkeys(_telling(of.measure), 1.0)
        lines = [
            one
            for one in self._lines(part, words_of, of.locator.paper)
            if one.line.sentence and one.line.unit == of.unit
        ]
        return [
            x
            for fitting in self._with_figures(lines)
            for x in fitting.figures
            if x.value == of.value
            and x.period is not None
            and of.period is not None
            and x.period.end == of.period.end
        ]

    def column(self, of: Observation) -> list[Observation]:
        """The observations of the same table with the same column: one a row."""
        if of.source != "table":
            return []
        rows: dict[int, list[Observation]] = {}
        for o in self._of_paper(of.locator.paper).columns[_column_of(of)]:
            rows.setdefault(o.locator.start, []).append(o)
        own = rows[of.locator.start]
        place = next(i for i, o in enumerate(own) if o is of or o == of) if of in own else 0
        return [row[place] for row in rows.values() if len(row) == len(own)]


def _column_of(o: Observation) -> object:
    return (o.locator.paper, o.context, o.period, o.area, o.basis, o.unit)


def _reported(meeting: Meeting, asked: Sequence[Period]) -> bool:
    held = meeting.held
    return held is not None and any(p.start <= held <= p.end for p in asked)


class _Printed:
    """The figures of a paper by where they stand: in dashboards' blocks, in columns."""

    def __init__(self, observations: Sequence[Observation]) -> None:
        self._count = len(observations)
        self.blocks: defaultdict[object, list[Observation]] = defaultdict(list)
        self.columns: defaultdict[object, list[Observation]] = defaultdict(list)
        for o in observations:
            if o.source == "dashboard":
                self.blocks[o.measure, o.context].append(o)
            elif o.source == "table":
                self.columns[_column_of(o)].append(o)

    def __len__(self) -> int:
        return self._count


@cache
def indexing() -> Indexing:
    """How figures are indexed, of a version that changes with the rules."""
    rules = b"".join(
        files(room).joinpath(name).read_bytes() for room, names in _RULES.items() for name in names
    )
    return Indexing(hashlib.sha256(rules).hexdigest()[:16], _indexed_lines, _amiss)


def _indexed_lines(
    observations: Sequence[Observation], passages: Sequence[Passage]
) -> Iterator[Indexed]:
    """The lines of a paper's figures."""
    kinds = KindsOfPlaces(lambda _: passages)
    lines: dict[object, tuple[Line, list[int]]] = {}
    for i, o in enumerate(observations):
        at = bisect_right(passages, o.locator.start, key=lambda p: p.locator.start)
        meeting = passages[max(0, at - 1)].meeting
        sentence = o.source == "sentence"
        shown = (o.measure, o.context, o.area, o.basis, o.unit, o.source)
        key = (*shown, meeting, (o.printed, o.flags) if sentence else "")
        if key not in lines:
            lines[key] = _line(o, meeting, kinds.of(o.locator)), []
        lines[key][1].append(i)
    for line, members in lines.values():
        yield Indexed(
            (line.meeting.council, line.area, line.basis),
            line.unit,
            line.names | line.clause | line.context,
            tuple(members),
            encode(line),
        )


def _amiss(observations: Sequence[Observation]) -> Iterator[Amiss]:
    """What the checks find amiss within a paper."""
    numbers = {id(o): i for i, o in enumerate(observations)}
    for finding in find_findings(observations):
        told = " ".join(f"{o.measure} {o.context} {o.quote}" for o in finding.observations)
        members = tuple(numbers[id(o)] for o in finding.observations)
        yield Amiss(members, indexed(told), encode(finding))


def _line(o: Observation, meeting: Meeting, kinds: frozenset[PaperKind]) -> Line:
    """A line with its words; a counted noun stands before its clause ("noun | clause")."""
    noun, bar, clause = o.measure.partition(" | ")
    beyond = _BEYOND.search(o.measure) if o.source != "sentence" else None
    sentence = o.source == "sentence"
    names = indexed(noun)
    label = _telling(noun) - frozenset(words(o.area))
    if o.unit == "gbp" and names & _DIFFERENCE:  # a difference of money beside a budget
        names, label = names | {"variance"}, label - _DIFFERENCE | {"variance"}
    measure = None if sentence else _measure(o)
    if allowed := _TIME_ALLOWED.search(noun):  # that it is in time, "within 20 weeks" says, too
        names |= {"ontime"}
        label -= indexed(allowed.group())
    said = frozenset((*indexed(clause), *implied(words(clause)))) if bar else frozenset()
    leant = aside = frozenset[str]()
    if REFERS in o.flags:  # what "this" and "the service" are of stands in the sentence before
        quote = " ".join(o.quote.split())  # a line may end within it
        topic = indexed(o.context.removesuffix(quote).rstrip(" >").rpartition(" > ")[2])
        leant = topic - said - indexed(o.quote)
        if _NUMBERED.match(quote):  # a paragraph of its own shares its topic at most
            leant, aside = frozenset(), leant
        else:
            said |= topic
    return Line(
        meeting=meeting,
        area=o.area,
        basis=o.basis,
        unit=o.unit,
        sentence=sentence,
        measure=measure,
        label=label,
        names=names | frozenset(implied(words(noun))) if sentence else names,
        clause=said,
        leant=leant,
        said=_telling(clause) if bar else frozenset(),
        did=_of_some(o) or (_did(noun, clause, o.printed) if bar else _done_by_some(o)),
        counted=_counted(o) | names if sentence and "worded" in o.flags else None,
        context=_above(f"{o.context} > {measure.name}" if measure else o.context),
        change=CHANGE in o.flags,
        rest=bool(_REST.match(o.measure)),
        beyond=beyond["number"] if beyond else "",
        total=bool(_TOTAL_ROW.match(o.measure)),
        kinds=kinds,
        elsewhere=_elsewhere(o) | aside if sentence else frozenset(),
        flow=sentence and o.unit == "count" and bool(bar and FLOW.search(noun)),
        of=counted_by(noun if bar else "", clause or noun, o.printed, o.unit) if sentence else None,
    )


def _elsewhere(o: Observation) -> frozenset[str]:
    """The words that only other parts of a figure's sentence have, of its other figures, say."""
    above, _, text = o.context.rpartition(" > ")
    return indexed(text) - indexed(above) - indexed(o.measure)


def _above(context: str) -> frozenset[str]:
    """The words of the headings above a figure, each of which stands above many."""
    return frozenset().union(*map(indexed, context.split(" > ")))


def _measured(o: Observation) -> frozenset[str]:
    """The words that tell what a figure measures, in whichever words; empty where that is open."""
    label = o.measure.partition(" | ")[2] or o.measure
    known = measure_of(words(label)) or _measure(o)
    if known:
        return known.all
    return frozenset() if o.source == "sentence" else _telling(o.measure)


@cache
def _called() -> Mapping[str, Measure]:
    return {measure.id: measure for measure in measures()}


def _measure(o: Observation) -> Measure | None:
    """The catalogue's measure of a printed label, or of the label below its nearest heading."""
    own = measure_of(words(o.measure))
    return own or measure_of(words(f"{o.measure} {o.context.rpartition(' > ')[2]}"))


@lru_cache(maxsize=1_000)
def _done(text: str) -> frozenset[str]:
    """What a question says was done: "how many did they approve", "how many were adopted"."""
    return frozenset(w for m in _DOING.finditer(text) for w in words(m["verb"] or m["verb2"]))


def _nearness(query: Query, dated: Sequence[Period]) -> Nearness:
    """Which papers tell of the dates in question, any of them: those of one meeting, if named."""
    dates = query.meetings or tuple(dict.fromkeys((*query.periods, *dated)))
    within = Within((), query.committees, query.since, query.until, query.kinds)
    return Nearness(tuple(dates), within)


def _asks_rate(query: Query) -> bool:
    """Whether a rate per 10,000 is asked for: by name, or as "the rate of children in care"."""
    if query.unit is not None:
        return query.unit == "rate per 10,000"
    return bool(_RATE.search(query.text))


def _least_held(sought: _Sought) -> float:
    """What the words must weigh that a line holds: with fewer, it can't fit well enough.

    Those that it may be granted without holding them count as held.
    """
    granted = {*_MONEY_ASKED, *sought.parts, *(sought.measure.all if sought.measure else ())}
    given = sum(weight for word, weight in sought.weights.items() if word in granted)
    return max(0.0, _LEAST * sought.whole - given - _ROUNDING)


def _spells(line: Line, names: Sequence[frozenset[str]]) -> bool:
    """Whether a label and what stands above it spell a term: "households" under "Fostering"."""
    held = line.names | line.context
    return any(parts & line.names and parts <= held for parts in names)


def _leans(line: Line, named: frozenset[str], sought: _Sought) -> bool:
    telling = sought.weights.keys() - _PEOPLE - _ANYBODY
    return bool(telling) and not telling & (named | line.clause - line.leant)


def _is_another(line: Line, usual: Measure) -> bool:
    """Whether a label is of another measure than the one asked for, though words are shared."""
    if usual.all <= line.names:
        return bool(usual.none & line.names)
    return line.measure is not None and line.measure.id != usual.id


def _did(noun: str, clause: str, printed: str) -> frozenset[str]:
    """What a sentence tells of those it counts, where it doesn't say how many there are."""
    before, found, after = clause.partition(printed)
    if not found:
        return frozenset()
    if _EXISTS.search(before):
        return frozenset()
    then = after.strip().removeprefix(noun)
    if placed := _WERE_IN.match(then):  # "104 children were in residential care"
        return indexed(placed["where"]) - indexed(noun)
    if _THERE_IS.search(before) and _THEN_IS.match(then):
        return frozenset()
    return _telling(clause) - indexed(noun)


def _done_by_some(o: Observation) -> frozenset[str]:
    """What a sentence tells of some of a whole: "638 of 912 children were in foster care"."""
    if PART not in o.flags:
        return frozenset()
    whole = _OF_A_WHOLE.match(" ".join(o.quote.split()).partition(o.printed)[2])
    return frozenset() if whole is None else _telling(o.measure) - indexed(whole["noun"])


def _of_some(o: Observation) -> frozenset[str]:
    """Which of a number a sentence tells of: "of the 35 children with three or more moves, ten"."""
    found = _OF_SOME.match(" ".join(o.quote.split())) if o.source == "sentence" else None
    whole = bool(found and found["whole"] == o.printed)
    return frozenset() if found is None or whole else _telling(found["which"])


def _counted(o: Observation) -> frozenset[str]:
    """What a number in words counts: the words right behind it."""
    behind = o.quote.partition(o.printed)[2].split()[:_BEHIND]
    return indexed(" ".join(behind))


def _says_otherwise(line: Line, usual: Measure) -> bool:
    """Whether a sentence's clause tells of something else than it: "placed for adoption"."""
    return not usual.all & line.names and bool(usual.none & (line.clause - line.leant))


def _done_before(line: Line, sought: _Sought) -> bool:
    """Whether only the sentence before tells of the coming or going that is asked for."""
    own = line.names | line.clause - line.leant
    counts = line.of is not None and line.of.what  # "in the year before it was 44" leans rightly
    return bool(counts) and bool(sought.doing & line.leant) and not sought.doing & own


def _of_another_group(line: Line, sought: _Sought) -> bool:
    """Whether a label is of other people than those asked of: of children in care, not leavers."""
    known = terms()
    own = {word for word in line.label if word in known and known[word].people}
    return bool(own and sought.groups) and not sought.groups & (own | line.names)


def _leaves_open(line: Line, sought: _Sought) -> bool:
    """Whether a count of nobody knows what doesn't speak of the deed asked for, either."""
    deed = sought.doing - _LIGHT
    unnamed = line.of is not None and not line.of.what
    return bool(deed) and unnamed and not deed & (line.names | line.clause - line.leant)


def _says_came(line: Line, sought: _Sought) -> bool:
    """Whether a line itself says that those counted came, or went, as is asked."""
    return bool(sought.came & (line.names | line.clause - line.leant))


def _only_did(line: Line, sought: _Sought) -> bool:
    """Whether a count is of those who did something that the question doesn't ask after.

    Where it asks of a deed, only that is asked after, and not those who did it.
    """
    asked = sought.doing - _LIGHT or set(sought.weights)
    return line.unit == "count" and bool(line.did) and not line.did & asked


@cache
def _parts(term: str) -> tuple[frozenset[str], ...]:
    """The words of each name of a term that has several."""
    names = (indexed(name) - {term} for name in spoken(term))
    return tuple(parts for parts in names if len(parts) > 1)


@lru_cache(maxsize=20_000)
def _telling(measure: str) -> frozenset[str]:
    """A label's words without dates and numbers, which say nothing of what is measured."""
    shown = measure
    for mention in reversed(find_periods(measure)):
        shown = shown[: mention.start] + " " + shown[mention.end :]
    return frozenset(word for word in words(shown) if not word[0].isdigit())


def _part_of(term: str, asked: Mapping[str, float]) -> bool:
    """Whether the question names a term by one of its words: "carer" for "foster carer"."""
    return any(word in asked for name in spoken(term)[:2] for word in indexed(name) if word != term)


def _unit_fits(line: Line, wanted: str) -> bool:
    """Whether a figure may answer in a unit; "A2: 189" may be days without saying so."""
    silent = wanted == "days" and line.unit == "count" and not line.sentence
    return line.unit == wanted or silent


def _dated(lines: Sequence[_Fitting], asked: Sequence[Period], *, throughout: bool) -> list[Match]:
    return [
        Match(
            o, one.line.meeting, one.text, time_fit(o, one.line.meeting, asked, throughout), one.did
        )
        for one in lines
        for o in one.figures
    ]


def _newest(lines: Sequence[_Fitting], before: bool) -> list[Match]:
    """Without a date in the question the newest figure is meant; an older one fits less.

    `before` where what a figure came from is asked for.
    """
    ends = [o.period.end for one in lines for o in one.figures if o.period]
    newest = max(ends, default=None)
    return [
        Match(o, one.line.meeting, one.text, _recency(o, one.line, newest, before), one.did)
        for one in lines
        for o in one.figures
    ]


def _recency(o: Observation, line: Line, newest: date | None, before: bool) -> float:
    if o.period is None and EARLIER in o.flags:
        return _EARLIER
    base = _BASE if (CAME_FROM in o.flags) != (before and line.sentence) else 1.0
    if newest is None:
        return base
    end = o.period.end if o.period else line.meeting.held
    years = 4.0 if end is None else max(0, (newest - end).days) / 365
    unsaid = _UNSAID if line.sentence and (o.period is None or HEADED in o.flags) else 0.0
    return base * (1.0 - min(0.35, 0.1 * (years + unsaid)))
