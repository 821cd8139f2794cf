"""Observations from dashboards, where labels, values and comparators are lines of their own.

A value belongs to the label above it only where nothing else can claim it: a second value under
the same label, or prose in between, and it is left out rather than guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.labels import read_label
from indicators.quantities import Quantity, find_quantities
from ingest.model import (
    Basis,
    Locator,
    Observation,
    Paper,
    PartKind,
    Passage,
    Period,
    Unit,
    UnitKind,
)
from ingest.periods import find_periods

_PAIR = re.compile(
    r"(?P<label>(?:[A-Z][\w.’'&()/ –-]{1,50}?|(?:19|20)\d\d[/-]\d\d[\w.’'&()/ –-]{0,40}?))"
    r"(?:\s*=\s*|\s?[-–]\s|\s[-–](?=[\d.]+%)|\)[-–]\s?|:\s)(?P<value>£?\d[\d,.]*\s?(?:%|days)?)(?![\w/])"
)
_BARE = re.compile(r"^£?\d[\d,]*(?:\.\d+)?\s?(?:%|days|per 10,000)?$", re.IGNORECASE)
_COUNTED_LINE = re.compile(
    r"^(?P<value>\d{2}[\d,]*%?|\d(?:\.\d+)?%)\s+(?P<noun>[A-Z][A-Za-z][^.=]{4,80})$"
)
_SECTION = re.compile(r"^\d{1,2}(?:\.\d+)*\.?\s+[A-Z][a-z]")
_CHART = re.compile(
    r"^\W*(?:chart|graph|figure|map)\s+\d|.*\((?:see )?(?:chart|graph|map)[^)]*\)$", re.IGNORECASE
)
_GENERIC = re.compile(r"\b(?:no|number|rate|as|of|at|the|count|value|percentage)\b|[^a-z ]")
_QUOTE = 420
_SHORT = 90
_DEFINITION = 170


@dataclass(slots=True)
class _Block:
    """Labels one below the other and the figures below them, until the next label or prose."""

    labels: tuple[str, ...]
    start: int
    context: tuple[str, ...]
    period: Period | None
    passage: Passage
    dated: str
    headed: Period | None
    bare: list[tuple[Unit, Quantity]]
    pairs: list[tuple[Unit, str, Quantity]]

    def followed_by(self, label: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(labels, context) for the block that a further label opens.

        A label without figures heads the one below it; "No. as of" means nothing by itself.
        """
        if not (self.bare or self.pairs):
            return (*self.labels, label)[-3:], self.context
        if not set(_GENERIC.sub(" ", label.lower()).split()):
            return (*self.labels[:2], label), self.context
        return (label,), self.labels


def read_dashboards(paper: Paper, own_area: str) -> Iterator[Observation]:
    """The observations of a paper's dashboards."""
    for block in _blocks(paper):
        yield from _placed(block, own_area, paper)


def _blocks(paper: Paper) -> Iterator[_Block]:
    """Labels with their figures; prose closes a block, a period alone dates what follows."""
    block: _Block | None = None
    as_at = as_at_dates(paper)
    seen = 0
    for passage in paper.passages:
        if passage.part is not PartKind.REPORT:
            continue
        if block and passage.part_title != block.passage.part_title:
            yield block
            block = None
        for unit in passage.units:
            if unit.start < seen:
                continue  # a label carried over to head the next passage
            seen = unit.end
            shown = unit.text
            pairs = _pairs(unit)
            if unit.kind is UnitKind.TABLE_ROW:
                if block:
                    yield block
                block = None
            elif _BARE.match(shown) and block:
                for quantity in find_quantities(shown):
                    if block.dated:
                        block.pairs.append((unit, block.dated, quantity))
                    else:
                        block.bare.append((unit, quantity))
                block.dated = ""
            elif pairs and block:
                block.pairs.extend(pairs)
            elif block and _is_note(shown):
                noted = find_periods(shown)
                block.period = noted[-1].period if noted and len(block.bare) == 1 else block.period
            elif counted := _COUNTED_LINE.match(shown):
                if block:
                    yield block
                start_label = (*(block.labels[-1:] if block else ()), counted["noun"])
                dated = block.headed if block else None
                default = dated or as_at.get(passage.part_title)
                block = _Block(
                    (counted["noun"],), unit.start, start_label[:-1], default, passage, "", dated,
                    [(unit, q) for q in find_quantities(counted["value"])][:1], [],
                )  # fmt: skip
            elif _is_period(shown):
                if block and re.search(r"\bas\s+(?:at|of)\b", shown, re.IGNORECASE):
                    block.headed = find_periods(shown)[-1].period
                elif block:
                    block.dated = shown
            elif _CHART.match(shown) or _SECTION.match(shown):
                if block:
                    yield block
                block = None
            elif _is_label(unit):
                labels, context = block.followed_by(shown) if block else ((shown,), ())
                if block:
                    yield block
                headed = find_periods(shown)
                kept = block.headed if block else None
                dated = headed[-1].period if headed else kept
                default = dated or as_at.get(passage.part_title)
                start = block.start if block and len(labels) > 1 else unit.start
                block = _Block(labels, start, context, default, passage, "", dated, [], [])
            elif block:
                yield block
                block = None
    if block:
        yield block


def as_at_dates(paper: Paper) -> dict[str, Period]:
    """For each report of a paper, the date that its figures are said to be of."""
    votes: dict[str, dict[Period, int]] = {}
    for passage in paper.passages:
        for match in re.finditer(
            r"(?i)\b(?:data|figures?|position|performance|dashboard|indicators?)\b[^.\n]{0,60}?"
            r"\b(?:as\s+(?:at|of)|to|at)\s+(?:the\s+)?(?:end\s+of\s+)?([^.;\n]{4,30})",
            passage.text + "\n" + passage.part_title,
        ):
            for mention in find_periods(match[1])[:1]:
                tally = votes.setdefault(passage.part_title, {})
                tally[mention.period] = tally.get(mention.period, 0) + 1
    return {title: max(tally, key=lambda p: tally[p]) for title, tally in votes.items()}


def _is_label(unit: Unit) -> bool:
    shown = unit.text
    return (
        unit.kind in (UnitKind.HEADING, UnitKind.SENTENCE)
        and len(shown) <= (_DEFINITION if "%" not in shown else _SHORT)
        and not shown.endswith((".", ";", ","))
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
    found = []
    for match in _PAIR.finditer(unit.text):
        label = read_label(match["label"])
        known = (
            label.area or label.period or re.search(r"\bcurrent\b|\btarget\b", match["label"], re.I)
        )
        dated = find_periods(match.group())
        value_at = match.start("value") - match.start()
        if not known or any(m.start <= value_at < m.end for m in dated):
            continue
        for quantity in find_quantities(match["value"]):
            if not re.fullmatch(r"(?:19|20)\d\d", quantity.printed):
                found.append((unit, match["label"], quantity))
    covered = sum(len(label) for _, label, _ in found)
    return found if covered * 2 >= len(unit.text) * 0.5 else []


def _placed(block: _Block, own_area: str, paper: Paper) -> Iterator[Observation]:
    base = _base(block, own_area, paper)
    if len(block.bare) == 1:
        unit, quantity = block.bare[0]
        dated = find_periods(block.labels[-1])
        period = dated[-1].period if dated else block.period
        yield _observation(base, unit, quantity, period, paper, block)
    seen: dict[tuple[str, Period | None, Basis], int] = {}
    readings = []
    for unit, printed, quantity in block.pairs:
        label = read_label(printed, own_area)
        area = label.area or own_area
        period = label.period or block.period
        key = (area, period, label.basis)
        seen[key] = seen.get(key, 0) + 1
        readings.append((key, unit, quantity, label.basis))
    for key, unit, quantity, basis in readings:
        if seen[key] == 1:
            placed = _observation(base, unit, quantity, key[1], paper, block)
            yield replace(placed, area=key[0], basis=basis)


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
    label = block.labels[-1].lower()
    kind = quantity.unit
    if kind == "count" and any(
        "%" in text or "percentage" in text.lower() for text in block.labels
    ):
        kind = "percent"
    elif kind == "count" and any(re.search(r"\bdays\b", text.lower()) for text in block.labels):
        kind = "days"
    elif kind == "count" and (label.startswith("rate") or "10,000" in label):
        kind = "rate per 10,000"
    near = 0 < unit.end - block.start <= _QUOTE
    start, end = block.start if near else unit.start, unit.end
    where = replace(block.passage.locator, start=start, end=end)
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
