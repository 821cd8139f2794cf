"""Answers that add up two or more things that a question names: "A and B together"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.drafts import Draft
from assistant.figures.finder import DATED, Finder, sure
from assistant.figures.index import Match
from assistant.figures.telling import calculated, distinct, stated
from assistant.question.understand import Query
from indicators.calculate import NotComparable, total
from indicators.catalogue import implied, indexed, words
from indicators.findings import CHANGE, EARLIER
from indicators.quantities import spoken
from indicators.sentences.flags import CAME_FROM, PART
from ingest.model import Basis, Observation

_TOGETHER = re.compile(
    r"(?<!placed\s)(?<!place\s)(?<!live\s)(?<!lived\s)(?<!living\s)(?<!kept\s)(?<!stay\s)(?<!put\s)"
    r"(?<!working\s)(?<!work\s)(?<!worked\s)(?<!brought\s)(?<!come\s)\btogether\b|"
    r"\b(?:combined|altogether|in (?:total|all)|(?:sum|total) of|"
    r"(?:add|sum|tot)(?:ed)? up|add)\b|^\W*total\b",
    re.IGNORECASE,
)
_OF_ADDING = frozenset(words("combined together altogether total sum add up all"))
_AND = re.compile(r"\s(?:and|plus|or|&)\s", re.IGNORECASE)
_ADDED = ("count", "gbp")
_TRIED = 8
_BEHIND = 0.12
_FEWEST = 2
_MOST = 6
_LISTS = re.compile(r"^[^.;]*(?:\band\b|,|\bplus\b)[^.;]*$", re.IGNORECASE)
_OF_WHICH = re.compile(
    r"\b(?:of (?:which|whom|these|those|the)|including|out of|from|than|against|compared|to)\W*$",
    re.IGNORECASE,
)


class Sums:
    """Answers by addition of things that stand side by side."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def answer(self, query: Query) -> Draft | None:
        """The sum of what a question names together; None where it asks for none."""
        if not _TOGETHER.search(query.text) or query.unit == "percent":
            return None
        asked = tuple(w for w in query.words if w not in _OF_ADDING)
        query = replace(query, words=asked or query.words)
        return self._of_two(query) or self._of_sentence(query)

    @staticmethod
    def names_two(query: Query) -> bool:
        """Whether a question asks for two things together, which one figure doesn't answer."""
        found = _TOGETHER.search(query.text)
        joined = _AND.split(query.text[: found.start()] if found else "", maxsplit=1)
        return bool(found and query.unit != "percent" and len(joined) > 1)

    def _of_two(self, query: Query) -> Draft | None:
        """Two things joined by "and", each a row of one table or a figure of one sentence."""
        first, *rest = _AND.split(query.text, maxsplit=1)
        if not rest:
            return None
        halves = [_half(query, text) for text in (first, rest[0])]
        shared = tuple(w for w in query.words if not any(w in half for half in halves))
        if not all(halves) or set(halves[0]) == set(halves[1]):
            return None
        found = [self._fitting(query, (*half, *shared)) for half in halves]
        pairs = [(a, b) for a in found[0] for b in found[1] if _side_by_side(a, b)]
        if not pairs:
            return None
        return _added(max(pairs, key=lambda pair: pair[0].text + pair[1].text))

    def _fitting(self, query: Query, asked: Sequence[str]) -> list[Match]:
        ranked = self._finder.ranked(replace(query, words=tuple(asked)))
        return [m for m in ranked[: _TRIED * 2] if sure(m) and _is_addend(m, query)][:_TRIED]

    def _of_sentence(self, query: Query) -> Draft | None:
        """All figures of one sentence that lists them, where it names what is asked for."""
        ranked = sorted(self._finder.ranked(query)[:_TRIED], key=lambda m: -m.text)
        for match in ranked:
            told = indexed(match.observation.quote)
            if match.text < ranked[0].text - _BEHIND:
                return None
            if not (sure(match) or told.issuperset(query.words)):
                continue
            if match.observation.source == "sentence" and _is_addend(match, query):
                beside = list(self._listed(match))
                if _FEWEST <= len(beside) <= _MOST:
                    return _added(beside)
        return None

    def _listed(self, match: Match) -> Iterator[Match]:
        """The figures of a match's sentence, where they are a list of one kind."""
        own = match.observation
        alike = [
            o
            for o in self._finder.figures.row(own)
            if (o.unit, o.area, o.basis, o.quote) == (own.unit, own.area, own.basis, own.quote)
        ]
        plain = " ".join(own.quote.split())
        if any({CHANGE, EARLIER, CAME_FROM, PART} & set(o.flags) or o.value is None for o in alike):
            return
        if any(o.period != own.period for o in alike):
            return
        at = [plain.find(o.printed) for o in alike]
        between = [plain[a:b] for a, b in pairwise(at)]
        if all(_LISTS.match(text) and not _OF_WHICH.search(text) for text in between):
            yield from (replace(match, observation=o) for o in alike)


def _half(query: Query, text: str) -> tuple[str, ...]:
    """The words of a question that one side of its "and" holds."""
    said = {*words(text), *implied(words(text))}
    return tuple(w for w in query.words if w in said)


def _is_addend(match: Match, query: Query) -> bool:
    o = match.observation
    dated = not query.periods or match.time >= DATED
    own = o.basis is Basis.ACTUAL and not {CHANGE, EARLIER, CAME_FROM} & set(o.flags)
    return own and dated and o.unit in _ADDED and o.value is not None


def _side_by_side(a: Match, b: Match) -> bool:
    """Whether two figures are of one date and kind, in one table or one sentence."""
    one, two = a.observation, b.observation
    if one is two or (one.unit, one.area, one.period) != (two.unit, two.area, two.period):
        return False
    if one.source == two.source == "sentence":
        return one.quote == two.quote and one.printed != two.printed
    return one.source == two.source and one.context == two.context and _labels_differ(one, two)


def _labels_differ(one: Observation, two: Observation) -> bool:
    return one.measure != two.measure


def _added(matches: Sequence[Match]) -> Draft | None:
    try:
        worked = total([m.observation for m in matches])
    except NotComparable:
        return None
    lead = f"Together: {spoken(worked.result, worked.unit)} ({worked.formula})."
    draft = calculated(lead, worked, matches, [stated(m) for m in distinct(matches)])
    return replace(draft, confidence=min(m.text for m in matches))
