"""Answers that set what is now beside one date: "since 2019", "down on 2021/22"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.drafts import Draft
from assistant.figures.finder import Finder, day_of, of_one_thing, sure
from assistant.figures.index import Match
from assistant.figures.telling import calculated, change, distinct, stated, unlike
from assistant.question.cues import Operation
from assistant.question.understand import Query
from indicators.calculate import NotComparable, difference, percent_change
from indicators.catalogue import words
from indicators.findings import CHANGE, EARLIER
from indicators.sentences.flags import CAME_FROM, PART, REFERS
from ingest.model import Observation, Period
from ingest.periods import find_periods

_SET_ON = re.compile(
    r"\b(?:(?:up|down|more|fewer|less|higher|lower|change[ds]?|changing|ris\w+|rose|fall\w*|fell|drop\w*|"
    r"grow\w*|grew|increas\w+|decreas\w+|improv\w+|happened|differen\w+|compar\w+|moved|gone|went|vs?|"
    r"versus)\b[^?]{0,60}?\b(?:on|from|since|than|to|with|vs?\.?|versus|against)|\bsince|\bversus|\bvs?)"
    r"\.?\s+(?:(?:it|they|there) (?:was|were)\s)?(?:in\s|at\s)?(?:the\s)?(?:(?:end|start)\sof\s)?$",
    re.IGNORECASE,
)
_OPERATIONS = (Operation.VALUE, Operation.DIFFERENCE, Operation.PERCENT_CHANGE)
_OF_SETTING = frozenset(
    words("point up down compare compared change moved since happened drop now than versus vs")
)
_TRIED = 15
_THAT_DATE = 0.85


class Since:
    """Answers on how a figure stands beside that of one earlier date."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def answer(self, query: Query) -> Draft | None:
        """The change since the one date that a question sets today's figure on."""
        base = _base(query.text) if query.operation in _OPERATIONS else None
        if base is None:
            return None
        asked = tuple(w for w in query.words if w not in _OF_SETTING) or query.words
        counted = None if query.unit == "percent" else query.unit
        dated = replace(query, periods=(base,), words=asked, unit=counted)
        for earlier in self._finder.ranked(dated)[:_TRIED]:
            held = earlier.time >= _THAT_DATE and earlier.observation.value is not None
            later = self._later(earlier, dated) if held and sure(earlier) else None
            if later is not None:
                try:
                    return _told(later, earlier, query)
                except NotComparable:
                    continue
        return None

    def _later(self, earlier: Match, query: Query) -> Match | None:
        """The newest figure of the same row, or the other one of the same sentence."""
        o = earlier.observation
        if o.source == "sentence":
            now = [x for x in self._finder.figures.row(o) if _is_now(x, o)]
            if len(now) == 1:
                return replace(earlier, observation=now[0])
            return self._led_up_to(earlier, query) if REFERS in o.flags and not now else None
        after = [replace(earlier, observation=x) for x in self._row(o)]
        return max(after, key=day_of, default=None)

    def _led_up_to(self, earlier: Match, query: Query) -> Match | None:
        """What the sentence before tells: "There are 44 now. In 2019 there were 37."."""
        o = earlier.observation
        for match in self._finder.ranked(replace(query, periods=()))[:_TRIED]:
            x = match.observation
            told = x.source == "sentence" and x.locator.paper == o.locator.paper
            leant_on = told and " ".join(x.quote.split()) in o.context and x.quote != o.quote
            level = x.value is not None and not {CHANGE, EARLIER, CAME_FROM, PART} & set(x.flags)
            newer = x.period is None or o.period is None or x.period.end > o.period.end
            if (
                leant_on
                and level
                and newer
                and sure(match)
                and (x.unit, x.area) == (o.unit, o.area)
            ):
                return match
        return None

    def _row(self, o: Observation) -> Iterator[Observation]:
        for x in self._finder.figures.row(o):
            alike = (x.measure, x.unit, x.area, x.basis) == (o.measure, o.unit, o.area, o.basis)
            told = x.value is not None and not {CHANGE, EARLIER} & set(x.flags)
            if alike and told and x.period and o.period and x.period.end > o.period.end:
                yield x


def _is_now(x: Observation, earlier: Observation) -> bool:
    """Whether a figure of a sentence is what an earlier one in it has come to."""
    alike = (x.unit, x.area, x.basis, x.quote) == (
        earlier.unit, earlier.area, earlier.basis, earlier.quote,
    )  # fmt: skip
    level = x.value is not None and not {CHANGE, EARLIER, CAME_FROM, PART} & set(x.flags)
    newer = x.period is None or earlier.period is None or x.period.end > earlier.period.end
    return alike and level and newer and x != earlier and of_one_thing(x, earlier)


def _base(text: str) -> Period | None:
    """The one date of a question, where it is what something is set on."""
    found = find_periods(text)
    if len(found) != 1 or not _SET_ON.search(text[: found[0].start]):
        return None
    return found[0].period


def _told(later: Match, earlier: Match, query: Query) -> Draft:
    of_percent = query.operation is Operation.PERCENT_CHANGE or query.unit == "percent"
    share = of_percent and later.observation.unit != "percent"
    work = percent_change if share else difference
    worked = work(later.observation, earlier.observation)
    pair = [later, earlier]
    return calculated(
        "",
        worked,
        pair,
        [change(later, earlier, worked), *(stated(m) for m in distinct(pair)), *unlike(pair)],
    )
