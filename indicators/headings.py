"""A line of column headings taken apart, where nothing but blanks stands between them.

"Ref Indicator Q3 22/23 Q4 22/23 Target RAG England SN" is cut by what each heading is: a date, a
target, a rating, an area, or a word with a capital. How many columns there must be, the rows below
say; where two ways of cutting come to as many columns, the line is left alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from itertools import pairwise

from indicators.places import find_areas
from ingest.periods import bare_months, find_periods

_LONGEST = 220
_QUARTER = re.compile(r"\b(?:Q|Qtr ?|Quarter )[1-4]\b", re.IGNORECASE)
_TARGET = re.compile(r"\b(?:target|goal|ambition|benchmark|plan)s?\b", re.IGNORECASE)
_JUDGED = re.compile(
    r"\b(?:(?:RAG|R/A/G|DoT|direction(?: of travel)?|trend|status|polarity)(?: (?:rating|status))?"
    r"|rating)\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"(?:ref(?:erence)?|no|number|#|id|code|pi|kpi)\.?", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(?:(?:key )?(?:performance )?(?:indicator|measure)s?|description|KPIs?|PI)\b", re.IGNORECASE
)
_KNOWN = re.compile(
    r"\b(?:actual|out-?turn|budget|forecast|variance|number|total|share|per ?cent|percentage|"
    r"rate|change|spend|current|latest|previous|baseline|average|YTD|year to date|year[ -]end|"
    r"(?:last|previous|prior) (?:year|quarter|month))\b|%|\bNo\.|£(?:['’]?000s?|k|m)?(?!\w)",
    re.IGNORECASE,
)
_YEAR_AND_QUARTER = re.compile(r"((?:20)?\d\d[/-]\d\d)\s+((?:Q|Qtr ?|Quarter )[1-4])", re.I)
_TO_DAY = re.compile(r"\s*\(?(?:up )?to\s+(?:end (?:of )?)?(?:\d{1,2}\s+)?$", re.IGNORECASE)
_WHOLE_YEAR = re.compile(r"\s+(?:year[ -]end|full[ -]year|out-?turn|YTD)\b", re.IGNORECASE)
_AMONG = re.compile(r"(?<=\b(?i:rank))(?:ed|ing)? (?:out )?of \d{1,3}\b", re.IGNORECASE)
_BESIDE_AREA = re.compile(r"\s+(?:average|avg|median)\b", re.IGNORECASE)


class Sort(Enum):
    """What a heading is of."""

    PERIOD = auto()
    TARGET = auto()
    AREA = auto()
    JUDGED = auto()
    REFERENCE = auto()
    LABEL = auto()
    KNOWN = auto()
    WORD = auto()


_Span = tuple[int, int, Sort]
"""Where a heading begins and ends in its line, and its sort."""
_FEW = frozenset({Sort.TARGET, Sort.AREA})
_TELLING = frozenset({Sort.PERIOD, Sort.JUDGED, Sort.KNOWN})
_FEWEST_LISTED = 3
_THEN = re.compile(r"^\s*(?:(?:and )?then|and)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: its text, the characters of the paper that it stands on, and its sort."""

    text: str
    start: int
    end: int
    sort: Sort


@dataclass(frozen=True, slots=True)
class Columns:
    """A line of headings: those over the labels, then one for each column of figures."""

    before: tuple[Heading, ...]
    figures: tuple[Heading, ...]

    @property
    def judged(self) -> frozenset[int]:
        """The columns that hold a rating, not a figure."""
        return frozenset(i for i, h in enumerate(self.figures) if h.sort is Sort.JUDGED)

    @property
    def dated(self) -> tuple[int, ...]:
        """The columns that are dates."""
        return tuple(i for i, h in enumerate(self.figures) if h.sort is Sort.PERIOD)

    @property
    def plain(self) -> bool:
        """Whether no heading is known for one: words that could be anything."""
        return all(h.sort in (Sort.WORD, Sort.KNOWN) for h in self.figures)


def cut(line: str, count: int, at: int = 0) -> Columns | None:
    """A line as the headings of `count` columns of figures; None where that can't be told.

    `at` is where the line begins in the paper.
    """
    found = {
        columns
        for found in _apart(find_headings(line), line)
        for headings in _ways(found)
        if (columns := _over(_told(headings, line, at), count, line)) is not None
    }
    least = min(map(_strange, found), default=0)
    usual = [columns for columns in found if _strange(columns) == least]
    return usual[0] if len(usual) == 1 else None


def _apart(found: tuple[_Span, ...], line: str) -> Iterator[tuple[_Span, ...]]:
    """The headings, also with "2022/23 Q1" as two: a year's own column before its quarters'."""
    yield found
    parted = [part for heading in found for part in _in_two(heading, line)]
    if len(parted) == len(found) + 1:
        yield tuple(parted)


def _in_two(heading: _Span, line: str) -> tuple[_Span, ...]:
    start, end, sort = heading
    year = _YEAR_AND_QUARTER.fullmatch(line[start:end])
    if year is None:
        return (heading,)
    return (start, start + year.end(1), sort), (start + year.start(2), end, sort)


def listed(line: str, at: int = 0) -> Columns | None:
    """A line that names the columns one after the other, with commas between: all but the labels'.

    "Order of the columns: 2021/22, 2022/23, target, England" or "Measure, then March, April".
    """
    opened = line.find(":") + 1
    spans = [m.span() for m in re.finditer(r"[^,;:]*[^\s,;:][^,;:]*", line[opened:])]
    headings = [_of_list(line, opened + a, opened + b, at) for a, b in spans]
    before = headings[:1] if headings and headings[0].sort is Sort.LABEL else []
    figures = headings[len(before) :]
    known = all(h.sort not in (Sort.WORD, Sort.LABEL, Sort.REFERENCE) for h in figures)
    dated = any(h.sort is Sort.PERIOD for h in figures)
    if len(figures) < _FEWEST_LISTED or not known or not dated:
        return None
    return Columns(tuple(before), tuple(figures))


def _of_list(line: str, start: int, end: int, at: int) -> Heading:
    """One heading of a list: a target or an area is that, whatever date stands beside it."""
    text = line[start:end]
    shown = _THEN.sub("", text).strip()
    start += text.index(shown)
    return Heading(shown, at + start, at + start + len(shown), sort_of(shown))


def sort_of(shown: str) -> Sort:
    """What one heading is of: a target or an area, whatever date stands beside it."""
    sorts = {sort for *_, sort in find_headings(shown[:1].upper() + shown[1:])}
    sort = next((s for s in Sort.__members__.values() if s in sorts & _TELLING), Sort.WORD)
    return next((s for s in (Sort.TARGET, Sort.AREA, Sort.LABEL) if s in sorts), sort)


def _told(headings: Sequence[_Span], line: str, at: int) -> list[Heading]:
    return [Heading(line[a:b], at + a, at + b, sort) for a, b, sort in headings]


def _strange(columns: Columns) -> int:
    """How many dates stand alone behind a target or an area: "Target England 19/20"."""
    sorts = [h.sort for h in columns.figures]
    return sum(a in _FEW and b is Sort.PERIOD for a, b in pairwise(sorts))


@lru_cache(maxsize=4_096)
def find_headings(line: str) -> tuple[_Span, ...]:
    """The headings of a line, as finely as they can be cut."""
    if len(line) > _LONGEST or line.rstrip().endswith((".", ";", "?", "!")):
        return ()
    known = _without_overlaps([*_dates(line), *_named(line)])
    headings: list[_Span] = []
    for start, end, sort in _with_words(line, known):
        shown = line[start:end]
        opens = sort is not Sort.WORD or shown[:1].isupper() or shown[:1] in "%£#"
        if opens or not headings:
            headings.append((start, end, sort))
        else:  # "Requires improvement", "Outcomes (50)"
            headings[-1] = (headings[-1][0], end, headings[-1][2])
    return tuple(headings)


def _dates(line: str) -> Iterator[_Span]:
    for mention in find_periods(line):
        whole = _WHOLE_YEAR.match(line, mention.end)
        yield mention.start, whole.end() if whole else mention.end, Sort.PERIOD
    for _, start, end in bare_months(line):
        if not _TO_DAY.search(line[:start]):  # "2020/21 to 28 Feb" is one heading
            yield start, end, Sort.PERIOD
    for match in _QUARTER.finditer(line):
        yield *match.span(), Sort.PERIOD


def _named(line: str) -> Iterator[_Span]:
    for _, start, end in find_areas(line):
        beside = _BESIDE_AREA.match(line, end)
        yield start, beside.end() if beside else end, Sort.AREA
    for pattern, sort in (
        (_JUDGED, Sort.JUDGED),
        (_TARGET, Sort.TARGET),
        (_LABEL, Sort.LABEL),
        (_KNOWN, Sort.KNOWN),
    ):
        for match in pattern.finditer(line):
            if line[match.start()].isupper() or not line[match.start()].isalpha():
                yield *match.span(), sort


def _without_overlaps(
    found: Sequence[_Span],
) -> list[_Span]:
    """The longer of two that overlap."""
    kept: list[_Span] = []
    for start, end, sort in sorted(found, key=lambda f: f[0] - f[1]):
        if all(end <= a or b <= start for a, b, _ in kept):
            kept.append((start, end, sort))
    return sorted(kept, key=lambda f: f[0])


def _with_words(line: str, known: Sequence[_Span]) -> Iterator[_Span]:
    """The known headings and, between them, each word by itself."""
    at = 0
    for start, end, sort in (*known, (len(line), len(line), Sort.WORD)):
        for word in re.finditer(r"\S+", line[at:start]):
            first = at + word.start()
            reference = not at and not first and _REFERENCE.fullmatch(word.group())
            yield first, at + word.end(), Sort.REFERENCE if reference else Sort.WORD
        if start < end:
            rest = re.match(r"[^\s\w]+(?=\s|$)", line[end:])  # a bracket or a star behind it
            end += rest.end() if rest else 0
            yield start, end, sort
        at = end


def _ways(headings: Sequence[_Span]) -> Iterator[Sequence[_Span]]:
    """The ways to read a line: each heading by itself, or a date together with what it dates."""
    if not headings:
        return
    yield tuple(headings)
    for beside in (_FEW, _FEW | {Sort.KNOWN}, _FEW | {Sort.KNOWN, Sort.WORD}):
        yield _paired(headings, beside, date_first=False)
        yield _paired(headings, beside, date_first=True)


def _paired(headings: Sequence[_Span], beside: frozenset[Sort], *, date_first: bool) -> list[_Span]:
    """Each date as one with what stands beside it, if that is of one of those sorts.

    Dates come first only where each does; and "Target Q1 Q2" is a target and two quarters.
    """
    sorts = [sort for *_, sort in headings]
    pairs = [
        i
        for i, (one, other) in enumerate(pairwise(sorts))
        if (one, other)[not date_first] is Sort.PERIOD
        and (one, other)[date_first] in beside
        and (date_first or Sort.PERIOD not in sorts[i + 2 : i + 3])
    ]
    if date_first and len(pairs) < sorts.count(Sort.PERIOD):
        return list(headings)
    paired: list[_Span] = []
    for i, heading in enumerate(headings):
        if i in pairs:
            said = sorts[i + date_first]
            kept = said if said in _FEW else Sort.PERIOD
            paired.append((heading[0], headings[i + 1][1], kept))
        elif i - 1 not in pairs:
            paired.append(heading)
    return paired


def _over(headings: Sequence[Heading], count: int, line: str) -> Columns | None:
    """The last `count` headings with those before them, if these can stand over labels."""
    before, figures = tuple(headings[:-count]), tuple(headings[-count:])
    if len(figures) != count or any(h.sort in (Sort.LABEL, Sort.REFERENCE) for h in figures):
        return None
    if any(h.sort not in (Sort.LABEL, Sort.REFERENCE, Sort.WORD) for h in before[1:]):
        return None
    if before and before[0].sort in (Sort.PERIOD, Sort.TARGET, Sort.AREA, Sort.JUDGED):
        return None
    if not all(map(_is_heading, (*before, *figures))):
        return None
    columns = Columns(before, figures)
    labels = [h for h in before if h.sort is not Sort.REFERENCE]
    if len(labels) > 1 and figures[0].sort is Sort.WORD:
        return None  # "Placement Type Agency": where the labels' heading ends isn't known
    return columns if any(c.isalpha() for c in line) or columns.dated else None


def _is_heading(heading: Heading) -> bool:
    """Whether a heading is words or a date: no number of its own, no half of a bracket."""
    text = heading.text
    if heading.sort is Sort.PERIOD:
        return True
    unbracketed = _AMONG.sub(" ", re.sub(r"\([^()]*\)", " ", text))
    dated = heading.sort in _FEW and find_periods(text)
    return (
        not re.search(r"[()\\]|#{2}", unbracketed)
        and (bool(dated) or not re.search(r"\d", unbracketed.replace("000", "")))
        and bool(re.search(r"[A-Za-z%£#]", text))
    )
