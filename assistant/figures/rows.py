"""Which row of a table has the most or the least: "which service has the biggest overspend".

What is measured stands over the column, what is asked after names the rows: a column is judged by
the words that all its rows share and by the headings above it, never by those of one row.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answer import Outcome
from assistant.drafts import Draft, Statement
from assistant.figures.finder import DATED, Finder, held
from assistant.figures.index import Match
from assistant.figures.telling import distinct, figure_of, labels_of, source_of, when
from assistant.question.cues import Operation
from assistant.question.understand import Query
from indicators.better import better
from indicators.calculate import highest, lowest
from indicators.catalogue import indexed, words
from indicators.quantities import spoken
from ingest.model import Observation

_TOTAL_ROW = re.compile(
    r"\W*(?:(?:grand |sub-?|over)?total|all|average|mean|overall|of which)\b", re.IGNORECASE
)
_KIND = (
    re.compile(
        r"\b(?:which|what)\s+([\w\s-]{3,40}?)\s+(?:had|has|have|is|are|was|were|did|do|does|in|"
        r"costs?|saw|sees|takes?|took|gets?|got|needs?|missed|spen[dt]s?|overspent|shows?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bthe\s+(?:(?:most|least)\s+\w+|\w+est|best|worst)\s+"
        r"((?:type|kind|sort|category)\s+of\s+\w+(?:\s+\w+)?|\w+\s+(?:type|category|area|service))",
        re.IGNORECASE,
    ),
)
_TIMES = frozenset(words("month months quarter quarters year years date dates time when"))
_RANKING = frozenset(
    words(
        "biggest highest lowest largest most fewest smallest best worst top peak least cheapest "
        "longest shortest per"
    )
)
_ANY_KIND = frozenset(
    words(
        "service area part place team group category item type kind sort one line directorate "
        "department budget heading division region locality measure"
    )
)
_DEAR = re.compile(
    r"\b(?:expensive|dear(?:est|er)?|costl(?:y|iest)|cheap(?:est|er)?)\b", re.IGNORECASE
)
_DEAR_WORDS = frozenset(words("expensive dear dearest costly costliest cheap cheapest"))
_COST = words("cost")
_COSTS = re.compile(r"\bcosts?\b", re.IGNORECASE)
_MONEY = frozenset(words("cost spend spent money price"))
_DIFFERENCE = frozenset(words("difference variation variance"))
_OVER_UNDER = re.compile(
    r"\bover\W*(?:spen\w*)?\W*/?\W*\(?\W*under\W*spen|\bunder\W*(?:spen\w*)?\W*/?\W*\(?\W*over\W*spen",
    re.IGNORECASE,
)
_UNDER_FIRST = re.compile(r"\bunder\W*(?:spen\w*)?\W*/?\W*\(?\W*over", re.IGNORECASE)
_UNDERSPENT = re.compile(r"\bunder-?\s?spen", re.IGNORECASE)
_JUDGED = re.compile(r"\b(?P<best>best)\b|\bworst\b", re.IGNORECASE)
_FEWEST = 2
_COVER = 0.5
_ABOVE = 0.7
_BY_ITS_UNIT = 0.5
_OF_THE_KIND = 0.2
_TRIED = 400
_NEAR = 0.05


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is measured, the rows' kind, and whether that kind says anything of the table."""

    measured: tuple[str, ...]
    kind: frozenset[str]
    telling: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column that may answer: its figures, one a row, and how well it fits."""

    match: Match
    cells: tuple[Observation, ...]
    fit: float


def asks_for_a_row(query: Query) -> bool:
    """Whether a question asks which of several things, rather than when."""
    kind = _kind(query)
    return bool(kind) and not kind & _TIMES


class Rows:
    """Answers that name a row of a table."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def extreme(self, query: Query) -> Draft | None:
        """The row with the highest or lowest figure of the column that fits best."""
        asked = _asked(query)
        if _DEAR.search(query.text):
            query = replace(query, unit="gbp")
        if not asked.measured:
            return None
        columns = self._columns(replace(query, words=asked.measured), asked)
        if not columns:
            return None
        best = max(column.fit for column in columns)
        near = [column for column in columns if column.fit >= best - _NEAR]
        chosen = max(near, key=lambda column: (_newest(column), column.fit))
        way = _way(query, asked, chosen.match.observation)
        pick = highest if way is Operation.HIGHEST else lowest
        tops = [replace(chosen.match, observation=o) for o in pick(chosen.cells)]
        return _told(tops, chosen.cells, way)

    def _columns(self, query: Query, asked: _Asked) -> list[_Column]:
        found: list[_Column] = []
        seen: set[Observation] = set()
        for match in self._finder.ranked(query)[:_TRIED]:
            o = match.observation
            unfit = o.source != "table" or o.value is None or o in seen
            if unfit or (query.periods and match.time < DATED):
                continue
            column = self._finder.figures.column(o)
            seen.update(column)
            cells = [x for x in column if x.value is not None and not _TOTAL_ROW.match(x.measure)]
            if len(cells) >= _FEWEST and len({x.measure for x in cells}) == len(cells):
                fit = self._fit(cells, asked)
                if fit >= _COVER:
                    found.append(_Column(match, tuple(cells), fit))
        return found

    def _fit(self, cells: Sequence[Observation], asked: _Asked) -> float:
        """How well a column is of what is measured, 0 where its rows aren't of the kind asked."""
        shared = frozenset.intersection(*(indexed(o.measure) for o in cells))
        if cells[0].unit == "gbp" and (
            shared & _DIFFERENCE or _OVER_UNDER.search(cells[0].measure)
        ):
            shared |= {"variance"}
        above = indexed(cells[0].context) - shared
        said = {w[:5] for w in above | shared}
        if asked.telling and not {w[:5] for w in asked.telling} & said:
            return 0.0
        weigh = self._finder.figures.weight
        whole = sum(map(weigh, asked.measured)) or 1.0
        money = _MONEY if cells[0].unit == "gbp" else frozenset()
        held = sum(
            weigh(w) * (1.0 if w in shared else _ABOVE if w in above else _BY_ITS_UNIT)
            for w in asked.measured
            if w in shared or w in above or w in money
        )
        of_kind = bool(asked.kind and {w[:5] for w in asked.kind} & said)
        return held / whole + _OF_THE_KIND * of_kind


def _asked(query: Query) -> _Asked:
    kind = _kind(query)
    measured = [w for w in query.words if w not in _RANKING | kind | _DEAR_WORDS]
    if _DEAR.search(query.text) or (query.unit == "gbp" and _COSTS.search(query.text)):
        measured += _COST
    named = measured or [w for w in query.words if w not in _RANKING]
    return _Asked(tuple(dict.fromkeys(named)), kind, (kind & set(query.words)) - _ANY_KIND)


def _kind(query: Query) -> frozenset[str]:
    found = next((m for form in _KIND if (m := form.search(query.text))), None)
    return indexed(found[1]) - _RANKING if found else frozenset()


def _newest(column: _Column) -> tuple[int, int]:
    period = column.match.observation.period
    return (held(column.match), period.end.toordinal() if period else 0)


def _way(query: Query, asked: _Asked, o: Observation) -> Operation:
    """Highest or lowest: an underspend is below nought, the worst absence is the highest."""
    judged, known = _JUDGED.search(query.text), better(o)
    if judged and known != "neither":
        high = bool(judged["best"]) == (known == "higher")
        return Operation.HIGHEST if high else Operation.LOWEST
    if "variance" in asked.measured:
        under = bool(_UNDERSPENT.search(query.text))
        if under != bool(_UNDER_FIRST.search(o.measure)):
            turned = query.operation is Operation.HIGHEST
            return Operation.LOWEST if turned else Operation.HIGHEST
    return query.operation


def _told(tops: Sequence[Match], cells: Sequence[Observation], way: Operation) -> Draft:
    first = tops[0].observation
    over = _over(cells)
    rows = " and ".join(_row_of(m.observation, over) for m in tops)
    dated = f", {when(first.period)}" if first.period else ""
    value = spoken(first.value or Decimal(0), first.unit)
    of = f" ({over})" if over else ""
    lead = f"The {way.value}{of} of the {len(cells)} listed is {rows}, at {value}{dated}."
    sources = tuple(source_of(m) for m in distinct(tops))
    counted = f"{labels_of(*tops)} {len(cells)}"
    return Draft(
        Outcome.ANSWERED,
        (Statement(lead, sources, labels=counted),),
        tops[0].text,
        figures=tuple(map(figure_of, tops[:1])),
    )


def _over(cells: Sequence[Observation]) -> str:
    """What stands over a column: the words in which the labels of all its figures end."""
    labels = [o.measure.split() for o in cells]
    count = 0
    while all(len(label) > count + 1 for label in labels):
        if len({label[-1 - count] for label in labels}) > 1:
            break
        count += 1
    return " ".join(labels[0][len(labels[0]) - count :])


def _row_of(o: Observation, over: str) -> str:
    return o.measure.removesuffix(over).rstrip() if over else o.measure
