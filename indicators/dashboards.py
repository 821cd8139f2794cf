"""Observations from dashboards, where labels, values and comparators are lines of their own.

A value belongs to the label above it only where nothing else can claim it: a second value under
the same label, or prose in between, and it is left out rather than guessed.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from indicators.catalogue import words
from indicators.cells import is_hidden, usual_unit
from indicators.labels import read_label
from indicators.pages import placed
from indicators.quantities import Quantity, find_quantities
from indicators.stacked_tables import is_value
from ingest.model import (
    Basis,
    Locator,
    Observation,
    Paper,
    PartKind,
    Passage,
    Period,
    PeriodKind,
    Unit,
    UnitKind,
)
from ingest.periods import find_periods

_PAIR = re.compile(
    r"(?P<label>(?:[A-Z][\w.’'&()/ –-]{1,50}?|(?:19|20)\d\d[/-]\d\d[\w.’'&()/ –-]{0,40}?))"
    r"(?:\s*=\s*|\s?[-–]\s|\s[-–](?=[\d.]+%)|\)[-–]\s?|:\s)(?P<value>£?\d[\d,.]*\s?(?:%|days)?)(?![\w/])"
)
_NAMED = re.compile(
    r"^(?P<label>[A-Za-z][\w.’'&()/ –-]{2,50}?)\s+(?P<value>£?\d[\d,.]*\s?(?:%|days)?)\.?$"
)
_AT_DATE = re.compile(
    r"^(?P<value>£?\d[\d,.]*\s?(?:%|days)?)\s+(?:at|on|in|for|by)\s+(?:the\s+end\s+of\s+)?(?P<label>.+)$"
)
"""A comparator that is dated behind its figure: "342 at 31 March 2023"."""
_SHARE_OF = re.compile(r"^\d[\d,.]*\s?%\s+of\b")
"""What share of a whole the figure above is: no label."""
_RATED = re.compile(
    r"^\W*(?:red|amber|green|blue|(?-i:[RAGB])|on track|off track|[▲▼↑↓→↔◄►⇧⇩⇨]+)\W*$",
    re.IGNORECASE,
)
_BARE = re.compile(r"^£?\d[\d,]*(?:\.\d+)?\s?(?:%|days|per 10,000)?$", re.IGNORECASE)
_COUNTED_LINE = re.compile(
    r"^(?P<value>\d{2}[\d,]*%?|\d(?:\.\d+)?%)\s+(?P<noun>[A-Z][A-Za-z][^.=]{4,80})$"
)
_HELD_BACK = re.compile(r"^(.{8,}?)\s(?:[cx*]|<\s?\d+)$")
_SECTION = re.compile(r"^\d{1,2}(?:\.\d+)*\.?\s+[A-Z][a-z]")
_CHART = re.compile(
    r"^\W*(?:chart|graph|figure|map)\s+\d|.*\((?:see )?(?:chart|graph|map)[^)]*\)$", re.IGNORECASE
)
_IN_CHART = re.compile(r"^\((?:see )?(?:the )?(?:chart|graph|map)[^)]*\)$", re.IGNORECASE)
_GENERIC = re.compile(r"\b(?:no|number|rate|as|of|at|the|count|value|percentage)\b|[^a-z ]")
_REPORTED = (PeriodKind.QUARTER, PeriodKind.FINANCIAL_YEAR, PeriodKind.ACADEMIC_YEAR)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH_ALONE = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)",
    re.IGNORECASE,
)
_HOLDS_FIGURE = re.compile(r"\s[-–:=]\s?£?\d[\d,.]*\s?(?:%|days?\b|per\b)", re.IGNORECASE)
_QUOTE = 420
_SHORT = 90
_DEFINITION = 170


_DEFINES = re.compile(r"^(?:where|of (?:those|these|the)|as a (?:share|percentage)|within)\b", re.I)


@dataclass(slots=True)
class _Block:
    """Labels one below the other and the figures below them, until the next label or prose.

    `period` dates the figures; `headed` is the date that a heading gives to what follows;
    `dated` is a line with a period alone, which dates the next figure; `stamped` says that a line
    "data as at" stands below the labels, which ends what they head.
    """

    labels: tuple[str, ...]
    start: int
    context: tuple[str, ...]
    period: Period | None
    passage: Passage
    headed: Period | None
    dated: str = ""
    stamped: bool = False
    hidden: Unit | None = None
    bare: list[tuple[Unit, Quantity]] = field(default_factory=list)
    pairs: list[tuple[Unit, str, Quantity]] = field(default_factory=list)

    def followed_by(self, label: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(labels, context) for the block that a further label opens.

        A label without figures heads the one below it; "No. as of" means nothing by itself.
        """
        if self.stamped and not _is_generic(label):
            return (label,), self.context
        if not (self.bare or self.pairs or self.hidden):
            kept = tuple(held for held in self.labels if not _is_generic(held))
            if _DEFINES.match(label) and len(kept) > 1:  # what stands above is the section's title
                return (kept[-1], label), (*self.context, *kept[:-1])
            return (*kept, label)[-3:], self.context
        if _is_generic(label):
            return (*self.labels[:2], label), self.context
        return (label,), self.labels

    def take_bare(self, unit: Unit) -> None:
        """A line with a figure and nothing else."""
        for quantity in find_quantities(unit.text):
            if self.dated:
                self.pairs.append((unit, self.dated, quantity))
            else:
                self.bare.append((unit, quantity))
        self.dated = ""

    def settle(self) -> None:
        """A date that no figure follows is of the one figure above it."""
        if self.dated and len(self.bare) == 1:
            self.period = find_periods(self.dated)[-1].period
        self.dated = ""


def read_dashboards(paper: Paper, own_area: str) -> Iterator[Observation]:
    """The observations of a paper's dashboards."""
    reader = _Reader(as_at_dates(paper))
    for passage in paper.passages:
        if passage.part is PartKind.REPORT:
            reader.read(passage)
    reader.close()
    for block in reader.closed:
        yield from _placed(block, own_area, paper)


class _Reader:
    """Labels with their figures; prose closes a block, a period alone dates what follows."""

    def __init__(self, as_at: Mapping[str, Period]) -> None:
        self.closed: list[_Block] = []
        self._as_at = as_at
        self._open: _Block | None = None
        self._seen = 0

    def read(self, passage: Passage) -> None:
        """Take in the lines of one passage."""
        if self._open and passage.part_title != self._open.passage.part_title:
            self.close()
        for unit in passage.units:
            if unit.start >= self._seen:  # else a label carried over to head this passage
                self._seen = unit.end
                self._take(unit, passage)

    def close(self) -> None:
        """Nothing more belongs to the open block."""
        if self._open:
            self._open.settle()
            self.closed.append(self._open)
        self._open = None

    def _take(self, unit: Unit, passage: Passage) -> None:
        if unit.kind is UnitKind.TABLE_ROW or self._ends_a_month(unit):
            self.close()
        elif self._open and self._belongs(unit, self._open):
            return
        elif _pairs(unit):
            return  # comparators of a label that can't be told
        elif _is_period(unit.text):
            self._date(unit.text)
        elif counted := _COUNTED_LINE.match(unit.text):
            self._count(unit, counted, passage)
        elif (
            _CHART.match(unit.text) or _SECTION.match(unit.text) or unit.text == passage.part_title
        ):
            self.close()
        elif _is_label(unit):
            self._label(unit, passage)
        else:
            self.close()

    def _ends_a_month(self, unit: Unit) -> bool:
        """Whether a year alone completes the month above it: a date, and no figure."""
        label = self._open.labels[-1] if self._open else ""
        return bool(_YEAR.fullmatch(unit.text) and _MONTH_ALONE.fullmatch(label))

    def _belongs(self, unit: Unit, block: _Block) -> bool:
        """Whether a line adds to the open block: a figure, a comparator, a note, a blank."""
        shown = unit.text
        if _BARE.match(shown):
            block.take_bare(unit)
        elif pairs := _pairs(unit):
            block.settle()
            block.pairs.extend(pairs)
        elif _RATED.match(shown) or (block.bare and _SHARE_OF.match(shown)):
            return True
        elif is_hidden(shown):
            block.hidden = block.hidden or unit
        elif _is_note(shown):
            if len(block.bare) == 1:
                block.period = find_periods(shown)[-1].period
        else:
            return bool(_IN_CHART.match(shown))
        return True

    def _count(self, unit: Unit, counted: re.Match[str], passage: Passage) -> None:
        """A figure before its label: "318 Care leavers"."""
        above = self._open.labels[-1:] if self._open else ()
        headed = self._open.headed if self._open else None
        self.close()
        figures = [(unit, q) for q in find_quantities(counted["value"])][:1]
        period = headed or self._as_at.get(passage.part_title)
        self._open = _Block(
            (counted["noun"],), unit.start, above, period, passage, headed, bare=figures
        )

    def _date(self, shown: str) -> None:
        if self._open and re.search(r"\bas\s+(?:at|of)\b", shown, re.IGNORECASE):
            self._open.headed = find_periods(shown)[-1].period
            self._open.stamped = bool(self._open.dated)
        elif self._open:
            self._open.dated = shown

    def _label(self, unit: Unit, passage: Passage) -> None:
        before = self._open
        held_back = _HELD_BACK.match(unit.text)
        shown = held_back[1] if held_back else unit.text
        labels, context = before.followed_by(shown) if before else ((shown,), ())
        dated = find_periods(unit.text)
        headed = dated[-1].period if dated else before.headed if before else None
        start = before.start if before and len(labels) > 1 else unit.start
        self.close()
        period = headed or self._as_at.get(passage.part_title)
        hidden = unit if held_back else None
        self._open = _Block(labels, start, context, period, passage, headed, hidden=hidden)


def _closes(shown: str) -> bool:
    """Whether a line opens something else: a chart, a numbered section."""
    return bool(_CHART.match(shown) or _SECTION.match(shown))


def _is_generic(label: str) -> bool:
    return not set(_GENERIC.sub(" ", label.lower()).split())


def as_at_dates(paper: Paper) -> dict[str, Period]:
    """For each report of a paper, the date that its figures are said to be of."""
    votes: dict[str, dict[Period, int]] = {}
    for passage in paper.passages:
        for match in re.finditer(
            r"(?i)\b(?:data|figures?|position|performance|dashboard|indicators?)\b[^.\n]{0,60}?"
            r"\b(?:as\s+(?:at|of)|(?<=position )on|(?<!compared )(?<!comparison )to|at)\s+"
            r"(?:the\s+)?(?:end\s+of\s+)?([^.;\n]{4,30})",
            passage.text + "\n" + passage.part_title,
        ):
            for mention in find_periods(match[1])[:1]:
                held = passage.meeting.held
                if held is not None and mention.period.start > held:
                    continue  # what is yet to come dates no figure
                tally = votes.setdefault(passage.part_title, {})
                tally[mention.period] = tally.get(mention.period, 0) + 1
    named = {title: max(tally, key=lambda p: tally[p]) for title, tally in votes.items()}
    for passage in paper.passages:
        mentions = find_periods(passage.part_title)
        dated = len(mentions) == 1 and mentions[0].period.kind in _REPORTED
        told = named.get(passage.part_title)
        if passage.part is PartKind.REPORT and dated and (not told or told.kind in _REPORTED):
            named[passage.part_title] = mentions[0].period  # "2017/18" in a title outweighs a text
    return named


def _is_label(unit: Unit) -> bool:
    shown = unit.text
    return (
        unit.kind in (UnitKind.HEADING, UnitKind.SENTENCE)
        and len(shown) <= (_DEFINITION if "%" not in shown else _SHORT)
        and not shown.endswith((".", ";", ","))
        and not _HOLDS_FIGURE.search(shown)
        and any(char.isalpha() for char in shown)
    )


def _is_note(shown: str) -> bool:
    """Whether a line only says over which time the figure above is: "3 year average 2015-2018"."""
    if not find_periods(shown):
        return False
    rest = shown
    for mention in reversed(find_periods(shown)):
        rest = rest[: mention.start] + " " + rest[mention.end :]
    return bool(re.search(r"[a-z]", rest, re.I)) and not re.sub(
        r"(?i)\b(?:\d+|years?|yr|avg|average|mean|rolling|months?|days|provisional|over|the|to|in|period)\b|\W",
        "",
        rest,
    )


def _is_period(shown: str) -> bool:
    mentions = find_periods(shown)
    if not mentions:
        return False
    rest = shown[: mentions[0].start] + shown[mentions[-1].end :]
    return not re.sub(r"(?i)\b(?:as|at|of|the|end|data|to)\b|\W", "", rest)


def _pairs(unit: Unit) -> list[tuple[Unit, str, Quantity]]:
    """Comparators such as "2016/17 England = 50%"; the label must name an area or a period."""
    found: list[tuple[Unit, str, Quantity]] = []
    rest = unit.text
    dated = _AT_DATE.match(rest)
    if dated and _is_period(dated["label"]):
        return [(unit, dated["label"], q) for q in find_quantities(dated["value"])][:1]
    for match in [*_PAIR.finditer(unit.text)] or _listed(unit.text):
        compared = _compared(match)
        if compared:
            compared += _beside(unit.text[match.end() :])
        found.extend((unit, match["label"], quantity) for quantity in compared)
        rest = rest.replace(match.group(), " ")
    left = re.sub(r"\([^()]*\)", " ", rest)
    return found if len(left.split()) * 2 <= len(unit.text.split()) else []


def _beside(after: str) -> list[Quantity]:
    """The second figure of "Current = 20.3% (160 children)"."""
    bracketed = re.match(r"^\s?\((\d[\d,.]*%?)(?:\s[a-z][a-z ]*)?\)", after)
    found = find_quantities(bracketed[1]) if bracketed else ()
    return [replace(q, flags=(*q.flags, "second figure in the cell")) for q in found]


def _compared(match: re.Match[str]) -> list[Quantity]:
    label = read_label(match["label"])
    known = (
        label.area
        or label.period
        or re.search(r"\b(?:current|latest|target)\b", match["label"], re.IGNORECASE)
    )
    value_at = match.start("value") - match.start()
    dated = any(m.start <= value_at < m.end for m in find_periods(match.group()))
    if not known or dated:
        return []
    quantities = find_quantities(match["value"])
    return [q for q in quantities if not re.fullmatch(r"(?:19|20)\d\d", q.printed)]


def _listed(text: str) -> list[re.Match[str]]:
    """Comparators without a sign between: "England 71%, statistical neighbours 90%"."""
    found = [_NAMED.match(piece.strip()) for piece in re.split(r"[,;|]\s+", text)]
    named = [match for match in found if match and read_label(match["label"]).area]
    return named if len(named) == len(found) else []


def _placed(block: _Block, own_area: str, paper: Paper) -> Iterator[Observation]:
    base = _base(block, own_area, paper)
    if not words(base.measure) or all(map(is_value, base.measure.split())):
        return
    if len(block.bare) == 1 and not _is_no_share(block.bare[0][1], block.labels):
        unit, quantity = block.bare[0]
        dated = find_periods(block.labels[-1])
        period = dated[-1].period if dated else block.period
        yield _observation(base, unit, quantity, period, paper, block)
    elif block.hidden and not block.bare:
        unit = block.hidden
        held_back = Quantity(Decimal(0), "count", ("suppressed",), unit.text, 0, len(unit.text))
        placed = _observation(base, unit, held_back, block.period, paper, block)
        yield replace(placed, value=None)
    yield from _comparators(block, base, own_area, paper)


def _comparators(
    block: _Block, base: Observation, own_area: str, paper: Paper
) -> Iterator[Observation]:
    """The figures with labels of their own; two under one label can't be told apart."""
    readings = []
    for unit, printed, quantity in block.pairs:
        label = read_label(printed, own_area)
        placed = _observation(base, unit, quantity, label.period or block.period, paper, block)
        readings.append(replace(placed, area=label.area or own_area, basis=label.basis))
    keys = Counter((o.area, o.period, o.basis, o.unit) for o in readings)
    yield from (o for o in readings if keys[o.area, o.period, o.basis, o.unit] == 1)


def _base(block: _Block, own_area: str, paper: Paper) -> Observation:
    headings = (block.passage.part_title, *block.passage.headings, *block.context)
    measure = " ".join(read_label(label).rest for label in block.labels)
    return Observation(
        measure=measure,
        context=" > ".join(dict.fromkeys(h for h in headings if h)),
        area=own_area,
        basis=Basis.ACTUAL,
        period=None,
        value=Decimal(0),
        unit="count",
        flags=(),
        source="dashboard",
        quote="",
        printed="",
        locator=Locator(paper.id, 0, 0),
    )


def _observation(
    base: Observation,
    unit: Unit,
    quantity: Quantity,
    period: Period | None,
    paper: Paper,
    block: _Block,
) -> Observation:
    kind = _unit(quantity.unit, block.labels)
    near = 0 < unit.end - block.start <= _QUOTE
    start, end = block.start if near else unit.start, unit.end
    where = placed(paper, block.passage.locator, start, end)
    return replace(
        base,
        period=period,
        value=quantity.value,
        unit=kind,
        flags=quantity.flags,
        quote=paper.text[start:end],
        printed=quantity.printed,
        locator=where,
    )


def _is_no_share(figure: Quantity, labels: tuple[str, ...]) -> bool:
    """Whether a bare number is too high for the percentage that the label says: a chart's axis."""
    return figure.unit == "count" and figure.value > 100 and _unit("count", labels) == "percent"


def _unit(printed: str, labels: tuple[str, ...]) -> str:
    """The unit: printed with the figure, else what the labels say."""
    shown = [label.lower() for label in labels]
    if printed != "count":
        return printed
    if any("%" in label or "percentage" in label for label in shown):
        return "percent"
    if any(re.search(r"\bdays\b", label) for label in shown):
        return "days"
    if any(re.search(r"\bscores?\b", label) for label in shown):
        return "score"
    if shown[-1].startswith("rate") or "10,000" in shown[-1]:
        return "rate per 10,000"
    return usual_unit(shown[-1])
