"""Whether the figures that papers print agree with one another: pure functions, one a rule.

A rule speaks only where the papers themselves show how the figures hang together: a percentage
beside its own part and whole, a column most of whose rows agree, a total below its parts, one
measure with one date. What can't be tied together is left alone.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from indicators.catalogue import measure_of, terms, words
from indicators.findings import CHANGE, Finding, Rule
from indicators.narrated import coded, comparisons, definitions, directions, miscounts
from indicators.quantities import find_quantities, spoken
from indicators.restated import (
    budgets,
    corrections,
    from_baseline,
    jumps,
    overspends,
    targets_moved,
    undated,
)
from ingest.model import Observation, PeriodKind
from ingest.periods import describe, find_periods

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+|[a-z]+(?:-[a-z]+)?"
_PERCENT = r"(?P<percent>\d+(?:\.\d+)?)\s?(?:%|per\s?cent)"
_PERCENT_SIGN = re.compile(r"%|per\s?cent", re.IGNORECASE)
_PART_OF_WHOLE = (
    rf"(?<![\w.,])(?P<part>{_NUMBER})\s+(?:out\s+)?of\s+(?:the\s+|all\s+|our\s+)?"
    rf"(?P<whole>{_NUMBER})\b"
)
_PART_THEN_PERCENT = re.compile(
    rf"{_PART_OF_WHOLE}(?!\s?%)[^\d;.]{{0,80}}?(?:\(|,?\sor\s|,\s(?:that|which)\sis\s|\s[–-]\s|,\s)"
    rf"(?:about\s|around\s)?{_PERCENT}(?!\s+of\b)",
    re.IGNORECASE,
)
_PERCENT_THEN_PART = re.compile(rf"(?<![\w.]){_PERCENT}\s?\(\s?{_PART_OF_WHOLE}", re.IGNORECASE)
_TOTAL = re.compile(r"^\W*(?:(?:grand |over)?total|all|overall|sum)\b", re.IGNORECASE)
_ALSO_COUNTED = re.compile(r"\bof (?:which|whom|these|those)\b|\bincluding\b", re.IGNORECASE)
_NEGATED = re.compile(
    r"\b(?:not|outside|without|never|nobody|no longer|unable|the (?:rest|others?|remainder)|"
    r"remaining|un(?:available|suitable|known|placed))\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:compared|against|than|from|target|england|national\w*|region\w*|neighbours?|"
    r"previous|last|earlier|up|down|rose|fell|increas\w+|decreas\w+)\b|\d",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:by|from|not|target(?: of)?|goal(?: of)?|against|than|below|above|least|over|under|"
    r"between|once|as|published as|printed as|given as)\s+(?:about\s+|around\s+)?[(£]?$",
    re.IGNORECASE,
)
_OTHER_TIME = re.compile(
    r"\bsince (?!April\b)(?-i:[A-Z])|\b(?:the|last|previous|this) "
    r"(?:year|month|quarter|spring|summer|autumn|winter)\b|"
    r"\bby the\b|\buntil\b|\bwould\b|\bwill\b",
    re.IGNORECASE,
)
_GENERIC = frozenset(words("number percentage share rate total figure average year count")) | {
    "dashboard",
}
_THERE_ARE = re.compile(
    r"\bthere (?:were|was|are|is)\s+$|\bnumber of [\w ’'-]{4,60} (?:was|is|stood at|stands at)\s+$",
    re.IGNORECASE,
)
_ONLY_DATED = re.compile(
    r"^\s*(?:[,.;(]|$|(?:at|on|in|as at)\s+(?:the\s+)?(?:end of\s+)?\w+\s+\w*\s*(?:19|20)\d\d)",
    re.IGNORECASE,
)
_LABEL_WORDS = 2
_WORDS_BESIDE = 3
_OF_TIME = frozenset(words("end start month quarter day date time period"))
_NEXT_ROW = 40
_MOST = Decimal("0.6")
_FEWEST_SHARES = 3
_OFF_SHARES = 15  # further off, the rows are no parts of one whole


def find_findings(observations: Iterable[Observation]) -> tuple[Finding, ...]:
    """Every disagreement among the figures, in the order of the rules."""
    held = tuple(observations)
    rules: tuple[Callable[[Sequence[Observation]], Iterator[Finding]], ...] = (
        stated_percentages,
        tabled_percentages,
        shares_over_hundred,
        shares_to_hundred,
        totals,
        two_values,
        directions,
        comparisons,
        coded,
        definitions,
        miscounts,
        corrections,
        overspends,
        budgets,
        undated,
        from_baseline,
        targets_moved,
        jumps,
    )
    return tuple(finding for rule in rules for finding in rule(held))


def between_papers(observations: Iterable[Observation]) -> Iterator[Finding]:
    """The disagreements among figures of several papers: no other rule looks beyond one."""
    held = tuple(observations)
    for rule in (two_values, definitions, corrections, targets_moved):
        for finding in rule(held):
            if len({o.locator.paper for o in finding.observations}) > 1:
                yield finding


# -- a percentage and its own figures ------------------------------------------------------


def stated_percentages(observations: Sequence[Observation]) -> Iterator[Finding]:
    """A part, its whole and a percentage in one sentence or cell: "184 of the 318 ... (61%)"."""
    seen: set[tuple[str, int, str]] = set()
    for o in observations:
        text = o.quote if o.source == "sentence" else o.printed
        key = (o.locator.paper, o.locator.start, text)
        if " of " not in text or not _PERCENT_SIGN.search(text) or key in seen:
            continue
        seen.add(key)
        for pattern in (_PART_THEN_PERCENT, _PERCENT_THEN_PART):
            for match in pattern.finditer(" ".join(text.split())):
                if wrong := _wrong_share(match):
                    group = [x for x in observations if _same_place(x, o)]
                    amounts = _number(match["part"]), _number(match["whole"])
                    terms = tuple(n for n in amounts if n is not None)
                    yield Finding(Rule.PERCENTAGE, wrong, tuple(group), terms)


def _wrong_share(match: re.Match[str]) -> str | None:
    part, whole = _number(match["part"]), _number(match["whole"])
    printed = Decimal(match["percent"])
    if part is None or not whole or part > whole or _agrees(part, whole, printed):
        return None
    return _share_sentence(part, whole, printed)


def _number(text: str) -> Decimal | None:
    found = list(find_quantities(text, worded=True))
    return found[0].value if len(found) == 1 and found[0].printed == text else None


def _agrees(part: Decimal, whole: Decimal, percent: Decimal) -> bool:
    """Whether a percentage is its share, within the rounding that its decimals show."""
    exponent = percent.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return abs(part / whole * 100 - percent) <= step * Decimal("0.6")


def _share_sentence(part: Decimal, whole: Decimal, printed: Decimal) -> str:
    right = (part / whole * 100).quantize(Decimal("0.1"))
    return (
        f"{spoken(part, 'count')} of {spoken(whole, 'count')} is {spoken(right, 'percent')}, but "
        f"{spoken(printed, 'percent')} is printed."
    )


def tabled_percentages(observations: Sequence[Observation]) -> Iterator[Finding]:
    """A percentage beside its count, where most rows of the table show what it is a share of."""
    for rows in _tables(observations):
        columns: defaultdict[object, list[tuple[Observation, ...]]] = defaultdict(list)
        for row in rows:
            for key, cells in _by_column(row).items():
                columns[key].append(cells)
        for groups in columns.values():
            yield from _wrong_of_pairs(groups)
            yield from _wrong_of_triples(groups)


def _by_column(row: Sequence[Observation]) -> dict[object, tuple[Observation, ...]]:
    """The figures of a row that stand under one period, area and basis."""
    found: defaultdict[object, list[Observation]] = defaultdict(list)
    for o in row:
        if o.value is not None and o.unit in ("count", "percent"):
            found[o.period, o.area, o.basis].append(o)
    return {key: tuple(cells) for key, cells in found.items()}


def _wrong_of_triples(groups: Sequence[tuple[Observation, ...]]) -> Iterator[Finding]:
    """Rows of part, whole and percentage."""
    rows = []
    for cells in groups:
        counts = sorted(_value(o) for o in cells if o.unit == "count")
        percents = [o for o in cells if o.unit == "percent"]
        if len(counts) == 2 and len(percents) == 1 and counts[1]:
            rows.append((counts[0], counts[1], percents[0], cells))
    agreed = sum(_agrees(part, whole, _value(p)) for part, whole, p, _ in rows)
    if agreed < 2 or agreed < _MOST * len(rows):
        return
    for part, whole, percent, cells in rows:
        if not _agrees(part, whole, _value(percent)):
            sentence = _share_sentence(part, whole, _value(percent))
            yield Finding(Rule.PERCENTAGE, f"{percent.measure}: {sentence}", cells, (part, whole))


def _wrong_of_pairs(groups: Sequence[tuple[Observation, ...]]) -> Iterator[Finding]:
    """Rows of a count and its percentage of one whole: the total row's, or the sum of all."""
    counts = [o for cells in groups for o in cells if o.unit == "count"]
    pairs = [(c[0], c[1]) for c in groups if [o.unit for o in c] == ["count", "percent"]]
    if len(pairs) < 3:
        return
    wholes = {_value(o) for o in counts} | {sum((_value(c) for c, _ in pairs), Decimal(0))}
    most, whole = max((_right(pairs, whole), whole) for whole in wholes if whole)
    if most < 3 or most < _MOST * len(pairs):
        return
    source = [o for o in counts if o.value == whole][:1]
    for count, percent in pairs:
        if not _agrees(_value(count), whole, _value(percent)):
            sentence = _share_sentence(_value(count), whole, _value(percent))
            told = f"{count.measure}: {sentence}"
            terms = (_value(count), whole)
            yield Finding(Rule.PERCENTAGE, told, (count, percent, *source), terms)


def _right(pairs: Sequence[tuple[Observation, Observation]], whole: Decimal) -> int:
    return sum(_agrees(_value(count), whole, _value(percent)) for count, percent in pairs)


# -- shares of one whole -------------------------------------------------------------------


def shares_over_hundred(observations: Sequence[Observation]) -> Iterator[Finding]:
    """Two complementary shares in a sentence: "82% are available ... 24% are not"."""
    sentences: defaultdict[tuple[str, int], list[Observation]] = defaultdict(list)
    for o in observations:
        if o.source == "sentence" and o.unit == "percent" and o.value is not None:
            sentences[o.locator.paper, o.locator.start].append(o)
    for shares in sentences.values():
        for first, second in pairwise(shares):
            if _complementary(first, second) and _value(first) + _value(second) > 101:
                added = spoken(_value(first) + _value(second), "percent")
                sentence = (
                    f"{spoken(_value(first), 'percent')} and {spoken(_value(second), 'percent')} "
                    f"are given as shares of one whole, but add up to {added}."
                )
                yield Finding(Rule.OVER_HUNDRED, sentence, (first, second))


def _complementary(first: Observation, second: Observation) -> bool:
    text = " ".join(first.quote.split())
    marks = list(re.finditer(r"\d+(?:\.\d+)?\s?(?:%|per\s?cent)", text))
    places = [m for m in marks if m.group().startswith((f"{first.value:f}", f"{second.value:f}"))]
    if len(marks) != 2 or len(places) != 2 or first.basis is not second.basis:
        return False
    between, after = text[marks[0].end() : marks[1].start()], text[marks[1].end() :]
    if _COMPARED.search(between):
        return False
    return bool(_NEGATED.search(after)) and not _NEGATED.search(between)


def shares_to_hundred(observations: Sequence[Observation]) -> Iterator[Finding]:
    """A column of shares that misses 100%, where its total says so or the columns beside meet it.

    Rounding may add up: half a unit of the last printed place for each share.
    """
    for rows in _tables(observations):
        parts = [row for row in rows if not _TOTAL.match(row[0].measure)]
        if len(parts) < _FEWEST_SHARES or any(_ALSO_COUNTED.search(r[0].measure) for r in parts):
            continue
        columns: defaultdict[object, list[Observation]] = defaultdict(list)
        for row in parts:
            for o in row:
                if o.unit == "percent" and o.value is not None:
                    columns[_column(o, row)].append(o)
        whole = {
            _column(o, row): o
            for row in rows
            if _TOTAL.match(row[0].measure)
            for o in row
            if o.unit == "percent" and o.value == 100
        }
        full = {key: shares for key, shares in columns.items() if len(shares) == len(parts)}
        met = {key for key, shares in full.items() if _off_hundred(shares) == 0}
        for key, shares in full.items():
            amiss = _off_hundred(shares)
            told = key in whole or (len(met) > 1 and len(met) * 2 > len(full))
            if amiss and told and amiss <= _OFF_SHARES:
                added = spoken(sum((_value(o) for o in shares), Decimal(0)), "percent")
                sentence = (
                    f"The shares from {shares[0].measure} to {shares[-1].measure} add up to "
                    f"{added}, and not to 100%."
                )
                total = (whole[key],) if key in whole else ()
                yield Finding(Rule.SHARES, sentence, (*shares, *total))


def _column(o: Observation, row: Sequence[Observation]) -> object:
    """What the figures of a column have in common: their place among the row's of one date."""
    alike = [
        x for x in row if (x.period, x.area, x.basis, x.unit) == (o.period, o.area, o.basis, o.unit)
    ]
    return (o.period, o.area, o.basis, next(i for i, x in enumerate(alike) if x is o))


def _off_hundred(shares: Sequence[Observation]) -> Decimal:
    """How far shares are from 100 beyond what rounding allows, 0 within it."""
    places = [_value(o).as_tuple().exponent for o in shares]
    step = Decimal(1).scaleb(max((p for p in places if isinstance(p, int)), default=0))
    off = abs(sum((_value(o) for o in shares), Decimal(0)) - 100)
    return off if off > step * len(shares) / 2 else Decimal(0)


# -- parts and total -----------------------------------------------------------------------


def totals(observations: Sequence[Observation]) -> Iterator[Finding]:
    """A total row below parts that give another sum."""
    for rows in _tables(observations):
        for i, row in enumerate(rows):
            if i >= 3 and _TOTAL.match(row[0].measure):
                yield from _wrong_totals(row, rows[:i])


def _wrong_totals(
    row: Sequence[Observation], above: Sequence[Sequence[Observation]]
) -> Iterator[Finding]:
    if any(_TOTAL.match(r[0].measure) or _ALSO_COUNTED.search(r[0].measure) for r in above):
        return
    for place, whole in enumerate(row):
        parts = [_below(r, place, whole, len(row)) for r in above]
        held = [part for part in parts if part is not None and part.value is not None]
        if len(held) != len(parts) or whole.value is None or whole.unit not in ("count", "gbp"):
            continue
        added = sum((_value(part) for part in held), Decimal(0))
        off = abs(added - whole.value)
        if off > _rounding(held) and (
            off <= abs(whole.value) / 10 or "change" in whole.measure.lower()
        ):
            sentence = (
                f"The parts add up to {spoken(added, whole.unit)}, but {whole.measure} is printed "
                f"as {spoken(whole.value, whole.unit)}."
            )
            yield Finding(Rule.TOTAL, sentence, (*held, whole))


def _below(
    row: Sequence[Observation], place: int, whole: Observation, width: int
) -> Observation | None:
    """The figure of a row that stands in the column of a total."""
    if len(row) != width:
        return None
    o = row[place]
    alike = (o.period, o.area, o.basis, o.unit) == (
        whole.period, whole.area, whole.basis, whole.unit,
    )  # fmt: skip
    return o if alike or o.value is None else None


def _rounding(parts: Sequence[Observation]) -> Decimal:
    """How far rounded parts may stray from their rounded total: half a unit each."""
    if parts[0].unit != "gbp":
        return Decimal(0)
    steps = []
    for part in parts:
        digits = [q.value for q in find_quantities(part.printed)]
        exponent = digits[0].as_tuple().exponent if digits else 0
        scale = abs(_value(part) / digits[0]) if digits and digits[0] else Decimal(1)
        steps.append(Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) * scale)
    return max(steps) * (len(parts) + 1) / 2


# -- one measure, two values ---------------------------------------------------------------


def two_values(observations: Sequence[Observation]) -> Iterator[Finding]:
    """The same measure, area, basis and date with two values, within or between papers."""
    tabled: defaultdict[object, list[Observation]] = defaultdict(list)
    for o in observations:
        if (key := _identity(o)) is not None:
            tabled[key].append(o)
    for group in tabled.values():
        yield from _differing(group)
    yield from _told_otherwise(observations, tabled.values())


def _identity(o: Observation) -> object | None:
    """What a figure of a table or dashboard is of, or None where its label doesn't tell."""
    if o.source == "sentence" or o.period is None or o.value is None:
        return None
    called = _called(o.measure)
    return called and (called, o.area, o.basis, o.unit, o.period.end, _length(o))


@lru_cache(maxsize=20_000)
def _called(label: str) -> object | None:
    """What a label calls a measure; None where it says too little."""
    told = _telling(label)
    if not told or (measure_of(told) is None and len(told) < 3):
        return None
    return told, bool(re.search(r"\bothers?\b", label, re.IGNORECASE))


def _length(o: Observation) -> str:
    """A point in time or a whole year: a month's figure is printed as of a day, too."""
    kind = o.period.kind if o.period else PeriodKind.DAY
    return "point" if kind in (PeriodKind.DAY, PeriodKind.MONTH) else kind.value


@lru_cache(maxsize=20_000)
def _telling(measure: str) -> frozenset[str]:
    shown = measure.partition(" | ")[2] or measure
    for mention in reversed(find_periods(shown)):
        shown = shown[: mention.start] + " " + shown[mention.end :]
    return frozenset(words(shown)) - _GENERIC


def _differing(group: Sequence[Observation]) -> Iterator[Finding]:
    """Two values that stand in different tables: rows of one table differ in what they are of."""
    first: dict[Decimal, Observation] = {}
    for o in group:
        if "second figure in the cell" not in o.flags:
            first.setdefault(_value(o), o)
    if len(first) != 2:
        return
    one, other = first.values()
    places = {(o.locator.paper, o.context) for o in (one, other)}
    if len(places) == 2 and not _close(one, other):
        yield Finding(Rule.TWO_VALUES, _two_sentence(one, other), (one, other))


def _rounds_to(a: Decimal, b: Decimal) -> bool:
    """Whether one figure is the other to fewer decimals: 78.7 and 79."""
    exponent = b.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return abs(a - b) <= step * Decimal("0.5") and step >= Decimal("0.1")


def _told_otherwise(
    observations: Sequence[Observation], groups: Iterable[Sequence[Observation]]
) -> Iterator[Finding]:
    """A sentence that gives a measure another value than a table of its date."""
    telling = [o for o in observations if _tells_one(o)]
    if not telling:
        return
    held: defaultdict[object, list[Observation]] = defaultdict(list)
    for group in groups:
        for o in group:
            known = measure_of(_telling(o.measure))
            held[_dated(o, known.id if known else "")].append(o)
    for o in telling:
        measure = measure_of(_telling(o.measure))
        if measure is None:
            of_date = [x for x in held.get(_dated(o, ""), ()) if _says_all_of(o, x)]
        else:
            of_date = [x for x in held.get(_dated(o, measure.id), ()) if _same_population(o, x)]
        if of_date and not any(x.value == o.value or _close(x, o) for x in of_date):
            yield Finding(Rule.TWO_VALUES, _two_sentence(of_date[0], o), (of_date[0], o))


def _dated(o: Observation, measure: str) -> object:
    month = (o.period.end.year, o.period.end.month) if o.period else None
    return (measure, o.area, o.basis, o.unit, month)


def _tells_one(o: Observation) -> bool:
    """Whether a sentence gives one plain figure of one time: a share, or how many there are."""
    if o.source != "sentence" or o.value is None or o.period is None or CHANGE in o.flags:
        return False
    clause = " ".join((o.measure.partition(" | ")[2] or o.measure).split())
    if _OTHER_TIME.search(o.quote if "dated by the report" in o.flags else clause):
        return False
    if o.unit == "count":
        return bool(_THERE_ARE.search(clause.partition(o.printed)[0])) and _is_stock(o)
    alike = [q for q in find_quantities(clause) if q.unit == "percent"]
    single = o.unit == "percent" and len(alike) == 1
    return single and not _MOVED.search(clause[: alike[0].start])


def _is_stock(o: Observation) -> bool:
    """Whether what is counted is a catalogued group, and nothing but a date is said of it."""
    noun, _, clause = o.measure.partition(" | ")
    measure = measure_of(words(noun)) if clause else None
    if measure is None or measure.unit != "count" or measure.adds:
        return False
    after = clause.partition(o.printed)[2].strip().removeprefix(noun.strip())
    return bool(_ONLY_DATED.match(after)) and not _telling(noun) - measure.all - measure.people


def _says_all_of(told: Observation, tabled: Observation) -> bool:
    """Whether a sentence on a measure that isn't catalogued names all of a label, and no more."""
    said, label = _telling(told.measure), _telling(tabled.measure) - _OF_TIME
    more = {w for w in said - label if not w[0].isdigit()}
    own = told.locator.paper == tabled.locator.paper
    wordy = len(label) >= _LABEL_WORDS and label <= said and len(more) <= _WORDS_BESIDE
    return own and wordy and told.unit == "percent" and _length(told) == _length(tabled)


def _same_population(told: Observation, tabled: Observation) -> bool:
    """Whether a sentence's clause says what the label says, and of no narrower group.

    A sentence without a date of its own is of its report's: other papers' tables say nothing.
    """
    if "dated by the report" in told.flags and told.locator.paper != tabled.locator.paper:
        return False
    granted = {t.id for t in terms().values() if t.population}
    people = {t.id for t in terms().values() if t.people} - granted
    said, label = _telling(told.measure), _telling(tabled.measure)
    if not label - granted - _OF_TIME <= said or (said & people) - label:
        return False
    if told.unit == "count":  # how many there were: at a quarter's end as on its last day
        return True
    return _length(told) == _length(tabled)


def _close(a: Observation, b: Observation) -> bool:
    one, other = _value(a), _value(b)
    return _rounds_to(one, other) or _rounds_to(other, one)


def _two_sentence(one: Observation, other: Observation) -> str:
    when = describe(one.period) if one.period else ""
    label = one.measure if one.source != "sentence" else other.measure
    return (
        f"{one.area}, {label}, {when}: {spoken(_value(one), one.unit)} is printed in "
        f"{one.locator.paper}, but {spoken(_value(other), other.unit)} in {other.locator.paper}."
    )


# -- shared --------------------------------------------------------------------------------


def _tables(observations: Sequence[Observation]) -> Iterator[list[list[Observation]]]:
    """The figures of tables as rows: rows that follow one another directly are one table."""
    rows: dict[tuple[str, int, int], list[Observation]] = {}
    for o in observations:
        if o.source == "table":
            rows.setdefault((o.locator.paper, o.locator.start, o.locator.end), []).append(o)
    table: list[list[Observation]] = []
    before: tuple[str, int] | None = None
    for (paper, start, end), row in sorted(rows.items()):
        if before is None or before[0] != paper or not 0 <= start - before[1] <= _NEXT_ROW:
            if table:
                yield table
            table = []
        table.append(row)
        before = (paper, end)
    if table:
        yield table


def _same_place(a: Observation, b: Observation) -> bool:
    return a.locator == b.locator and (a.source == "sentence" or a.printed == b.printed)


def _value(o: Observation) -> Decimal:
    return o.value if o.value is not None else Decimal(0)
