"""Figures that papers restate, move or contradict in prose: pure functions, one a rule."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from statistics import median

from indicators.catalogue import measure_of, terms, words
from indicators.findings import CHANGE, Finding, Rule
from indicators.quantities import find_quantities, spoken
from indicators.sentences.flags import HEADED
from ingest.model import Basis, Observation, PeriodKind
from ingest.periods import describe, find_periods

_FIGURE = r"(?:£\s?)?\d[\d,]*(?:\.\d+)?(?:\s?%|\s(?:million|per cent))?"
_CORRECTION = (
    re.compile(
        rf"(?P<right>{_FIGURE})(?:\s+[a-z]+){{0,3}}?,?\s+(?:and )?not\s+(?P<wrong>{_FIGURE})"
    ),
    re.compile(
        rf"\b(?:given|printed|published|reported|shown|stated)\b[^.]{{0,40}}?\bas\s+"
        rf"(?P<wrong>{_FIGURE}).{{0,120}}?\b(?:became|is now|it is|should (?:be|read)|corrected to|"
        rf"restated (?:as|to|at)|in fact)\s+(?P<right>{_FIGURE})",
        re.DOTALL,
    ),
    re.compile(
        rf"\b(?:correct|restat|revis|amend)\w*\b[^.]{{0,60}}?\bfrom\s+(?P<wrong>{_FIGURE})\s+to\s+"
        rf"(?P<right>{_FIGURE})",
        re.IGNORECASE,
    ),
)
_OVERSPENT = re.compile(r"\b(?:over|under)spen\w+\s+(?:by|of)\s+(?:about\s+)?(?=£)", re.IGNORECASE)
_FORECAST = re.compile(r"\b(?:forecast|project|expect|predict)\w*\b", re.IGNORECASE)
_TOTAL = re.compile(r"^\W*(?:(?:grand |over)?total|all|overall)\b", re.IGNORECASE)
_VARIANCE = re.compile(
    r"\b(?:variance|difference|variation|(?:over|under)\W*\(?spend\w*)", re.IGNORECASE
)
_NOW = re.compile(r"\b(?:is|are|stands? at|have|has)\b", re.IGNORECASE)
_THEN = re.compile(
    r"\b(?:was|were|had|target|from (?=£?\d)|last|previous\w*|earlier|would|will|by|since|aim|"
    r"ambition|rose|fell|up|down|compared|than(?! \d)|against)\b",
    re.IGNORECASE,
)
_GENERIC = frozenset(words("number percentage share rate total figure average year count"))
_POINTS = (PeriodKind.DAY, PeriodKind.MONTH)
_BUDGET = re.compile(r"\bbudgets?\b", re.IGNORECASE)
_NO_BUDGET = re.compile(
    r"\b(?:forecast|out-?turn|variance|spend|actual|revised|original|last|previous)\b",
    re.IGNORECASE,
)
_BUDGET_IS = re.compile(
    r"\bbudget\s+(?:(?:for|in)\s+(?:19|20)\d\d\S*\s+)?(?:for|of)\s+(?:the\s+)?"
    r"(?P<of>[A-Za-z][^£.;,]{3,80}?)\s+(?:for\s+(?:19|20)\d\d\S*\s+)?(?:is|was|stands at|of)\s+"
    r"(?:about\s+)?£",
    re.IGNORECASE,
)
_OF_BUDGETS = frozenset(words("budget approved total net gross revenue annual service m year"))
_SHOWN = 80
_LONG_ENOUGH = 6
_STEPS = 6
_OFF = Decimal("0.3")


def corrections(observations: Sequence[Observation]) -> Iterator[Finding]:
    """A sentence that says which of two figures is right: "509 and not 512"."""
    for text, group in _sentences(observations):
        for form in _CORRECTION:
            found = form.search(text)
            pair = found and (_one(found["right"]), _one(found["wrong"]))
            if pair and None not in pair and pair[0] != pair[1]:
                right, wrong = (value for value in pair if value is not None)
                told = [o for o in group if o.value in (right, wrong)]
                first = _named(told or group, observations, wrong)
                if told:
                    shown = _spoken(right, told), _spoken(wrong, told)
                    said = f"{shown[0]} is said to be right, and not {shown[1]}."
                    yield Finding(Rule.CORRECTED, said, (*told, *first), (right, wrong))
                break


def overspends(observations: Sequence[Observation]) -> Iterator[Finding]:
    """A forecast overspend in words that isn't the total variance of its report's own table."""
    totals = [
        o
        for o in observations
        if o.source == "table"
        and o.unit == "gbp"
        and o.value
        and _TOTAL.match(o.measure)
        and _VARIANCE.search(o.measure)
    ]
    for o in observations:
        text = " ".join(o.quote.split())
        at = text.find(o.printed)
        if o.source != "sentence" or o.unit != "gbp" or not o.value or at < 0:
            continue
        if not _OVERSPENT.search(text[: at + 1]) or not _OVERSPENT.search(
            text[max(0, at - 30) : at + 1]
        ):
            continue
        own = [t for t in totals if _report(t) == _report(o)]
        if (
            len(own) == 1
            and _FORECAST.search(text)
            and not _rounded_alike(abs(_value(own[0])), _value(o))
        ):
            sentence = (
                f"The text says {spoken(_value(o), 'gbp')}, but {own[0].measure} of the table is "
                f"{spoken(_value(own[0]), 'gbp')}."
            )
            yield Finding(Rule.TWO_VALUES, sentence, (own[0], o))


def budgets(observations: Sequence[Observation]) -> Iterator[Finding]:
    """The budget of one thing for one year, printed with two values in one paper."""
    held: defaultdict[object, dict[Decimal, Observation]] = defaultdict(dict)
    for o in observations:
        if (of := _budget_of(o)) and o.value is not None:
            year = (o.period.start, o.period.end) if o.period else None
            held[o.locator.paper, o.area, year, of].setdefault(o.value, o)
    for values in held.values():
        if len(values) == 2:
            one, other = sorted(values.values(), key=lambda o: (o.source, o.locator.start))
            places = {o.locator.start for o in (one, other)}
            if len(places) == 2 and not _rounded_alike(_value(one), _value(other)):
                sentence = (
                    f"{spoken(_value(one), 'gbp')} and {spoken(_value(other), 'gbp')} are both "
                    f"printed as the budget: {_shown(one)}; {_shown(other)}."
                )
                yield Finding(Rule.TWO_VALUES, sentence, (one, other))


def _budget_of(o: Observation) -> frozenset[str]:
    """What a sum of money is the budget of; nothing where it isn't plainly one."""
    if o.unit != "gbp" or not o.value or o.basis is not Basis.ACTUAL or CHANGE in o.flags:
        return frozenset()
    label = o.measure.partition(" | ")[2] or o.measure
    if o.source == "sentence":
        text = " ".join(label.split())
        sums = [q for q in find_quantities(text) if q.unit == "gbp"]
        found = _BUDGET_IS.search(text)
        label = found["of"] if found and len(sums) == 1 else ""
    elif not _BUDGET.search(label) or _NO_BUDGET.search(label):
        return frozenset()
    return frozenset(w for w in _telling(label) if not w[0].isdigit()) - _OF_BUDGETS


def _shown(o: Observation) -> str:
    """A label, or the stretch of a sentence, short enough to stand in one."""
    text = " ".join((o.measure.partition(" | ")[2] or o.measure).split())
    return f"“{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}”"


def undated(observations: Sequence[Observation]) -> Iterator[Finding]:
    """A sentence without a date that gives a measure no value that its paper's tables give it."""
    tabled: defaultdict[object, list[Observation]] = defaultdict(list)
    for o in observations:
        printed = o.source != "sentence" and o.value is not None and o.period is not None
        if printed and (measure := measure_of(_telling(o.measure))):
            tabled[o.locator.paper, measure.id, o.area, o.unit, o.basis].append(o)
    for o in observations:
        if not _is_present(o) or (measure := measure_of(_telling(o.measure))) is None:
            continue
        held = tabled.get((o.locator.paper, measure.id, o.area, o.unit, o.basis), [])
        like = [x for x in held if _says_the_same(o, x)]
        if like and all(x.value != o.value for x in like):
            newest = max(like, key=lambda x: x.period.end if x.period else None)  # type: ignore[arg-type, return-value]
            when = describe(newest.period) if newest.period else ""
            sentence = (
                f"{spoken(_value(o), o.unit)} is said without a date, but {newest.measure} is "
                f"{spoken(_value(newest), newest.unit)} at {when} in the same paper."
            )
            yield Finding(Rule.TWO_VALUES, sentence, (newest, o))


def from_baseline(observations: Sequence[Observation]) -> Iterator[Finding]:
    """A row whose baseline and net change don't come to the figure beside them."""
    rows: defaultdict[object, list[Observation]] = defaultdict(list)
    for o in observations:
        if o.source == "table" and o.value is not None and o.unit == "count":
            rows[o.locator.paper, o.locator.start].append(o)
    for row in rows.values():
        before = [o for o in row if o.basis is Basis.BASELINE]
        moved = [o for o in row if o.basis is Basis.ACTUAL and CHANGE in o.flags]
        after = [o for o in row if o.basis is Basis.ACTUAL and CHANGE not in o.flags]
        if not (len(before) == len(moved) == len(after) == 1):
            continue
        came = _value(before[0]) + _value(moved[0])
        if came != _value(after[0]):
            parts = spoken(_value(before[0]), "count"), spoken(_value(moved[0]), "count")
            sentence = (
                f"{after[0].measure}: {parts[0]} and {parts[1]} make {spoken(came, 'count')}, but "
                f"{spoken(_value(after[0]), 'count')} is printed."
            )
            yield Finding(Rule.BASELINE, sentence, (after[0], moved[0], before[0]))


def targets_moved(observations: Sequence[Observation]) -> Iterator[Finding]:
    """A measure whose target is another in a later paper."""
    held: defaultdict[object, dict[str, Observation]] = defaultdict(dict)
    for o in observations:
        told = _telling(o.measure)
        known = o.basis is Basis.TARGET and o.value is not None and o.source != "sentence"
        if known and (measure_of(told) is not None or len(told) > 2):
            held[o.area, told, o.unit].setdefault(o.locator.paper, o)
    for papers in held.values():
        for one, other in pairwise(sorted(papers.values(), key=lambda o: o.locator.paper)):
            if one.value != other.value:
                sentence = (
                    f"{one.area}, {other.measure}: the target is "
                    f"{spoken(_value(one), one.unit)} in {one.locator.paper} and "
                    f"{spoken(_value(other), other.unit)} in {other.locator.paper}."
                )
                yield Finding(Rule.TARGET_MOVED, sentence, (one, other))


def jumps(observations: Sequence[Observation]) -> Iterator[Finding]:
    """A figure of a row that stands far off both its neighbours, which are near one another."""
    rows: defaultdict[object, list[Observation]] = defaultdict(list)
    for o in observations:
        point = o.period is not None and o.period.kind in _POINTS
        if o.source == "table" and o.value is not None and point and o.basis is Basis.ACTUAL:
            rows[o.locator.paper, o.locator.start, o.measure, o.area, o.unit].append(o)
    for row in rows.values():
        series = sorted(row, key=lambda o: o.period.end.toordinal() if o.period else 0)
        if len(series) >= _LONG_ENOUGH:
            yield from _spikes(series)


def _spikes(series: Sequence[Observation]) -> Iterator[Finding]:
    steps = [abs(_value(b) - _value(a)) for a, b in pairwise(series)]
    usual = max(median(steps), Decimal(1))
    level = median(abs(_value(o)) for o in series)
    for before, o, after in zip(series, series[1:], series[2:], strict=False):
        apart = min(abs(_value(o) - _value(before)), abs(_value(o) - _value(after)))
        near = abs(_value(after) - _value(before)) <= apart / 2
        if near and apart > _STEPS * usual and apart > _OFF * level:
            shown = [spoken(_value(x), x.unit) for x in (before, o, after)]
            when = describe(o.period) if o.period else ""
            sentence = (
                f"{o.area}, {o.measure}, {when}: {shown[1]} stands between {shown[0]} and "
                f"{shown[2]}."
            )
            yield Finding(Rule.JUMP, sentence, (o, before, after))


# -- shared --------------------------------------------------------------------------------


def _sentences(
    observations: Sequence[Observation],
) -> Iterator[tuple[str, tuple[Observation, ...]]]:
    """The figures of each sentence with its text and that of the sentence that follows it."""
    groups: dict[tuple[str, int, int], list[Observation]] = {}
    for o in observations:
        if o.source == "sentence":
            groups.setdefault((o.locator.paper, o.locator.start, o.locator.end), []).append(o)
    ordered = sorted(groups.items())
    for i, ((paper, _, end), group) in enumerate(ordered):
        text, held = group[0].quote, list(group)
        if i + 1 < len(ordered):
            (other, start, _), more = ordered[i + 1]
            if (
                other == paper
                and 0 <= start - end <= 2
                and _CORRECTION[1].search(f"{text} {more[0].quote}")
            ):
                text, held = f"{text} {more[0].quote}", [*group, *more]
        yield " ".join(text.split()), tuple(held)


def _named(
    told: Sequence[Observation], observations: Sequence[Observation], wrong: Decimal
) -> list[Observation]:
    """Where the corrected figure was printed first: in a table or dashboard of that date."""
    o = told[0]
    measure = measure_of(_telling(o.measure))
    return [
        x
        for x in observations
        if x.source != "sentence"
        and (x.value, x.unit, x.area) == (wrong, o.unit, o.area)
        and measure is not None
        and measure_of(_telling(x.measure)) == measure
    ][:1]


def _is_present(o: Observation) -> bool:
    """Whether a sentence states how things are, with one figure and no date."""
    if o.source != "sentence" or o.value is None or o.unit != "percent":
        return False
    if (o.period is not None and HEADED not in o.flags) or o.basis is not Basis.ACTUAL:
        return False
    shares = sum(q.unit == "percent" for q in find_quantities(o.quote))
    return shares == 1 and bool(_NOW.search(o.quote)) and not _THEN.search(o.quote)


def _says_the_same(told: Observation, tabled: Observation) -> bool:
    granted = {t.id for t in terms().values() if t.population}
    people = {t.id for t in terms().values() if t.people} - granted
    said, label = _telling(told.measure), _telling(tabled.measure)
    return label - granted <= said and not (said & people) - label


@lru_cache(maxsize=20_000)
def _telling(measure: str) -> frozenset[str]:
    shown = measure.partition(" | ")[2] or measure
    for mention in reversed(find_periods(shown)):
        shown = shown[: mention.start] + " " + shown[mention.end :]
    return frozenset(words(shown)) - _GENERIC


def _report(o: Observation) -> tuple[str, str]:
    return (o.locator.paper, o.context.partition(" > ")[0])


def _rounded_alike(exact: Decimal, told: Decimal) -> bool:
    return abs(exact - told) <= max(told, exact) / 100


def _one(text: str) -> Decimal | None:
    found = list(find_quantities(text))
    return found[0].value if len(found) == 1 else None


def _spoken(value: Decimal, told: Sequence[Observation]) -> str:
    return spoken(value, next((o.unit for o in told if o.value == value), told[0].unit))


def _value(o: Observation) -> Decimal:
    return o.value if o.value is not None else Decimal(0)
