"""Words that don't fit their figures: directions, comparisons, ages; pure functions, one a rule."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from indicators.catalogue import Measure, measure_of, words
from indicators.comparing import age_band
from indicators.findings import LISTED, Finding, Rule
from indicators.places import find_areas
from indicators.quantities import find_quantities, spoken
from ingest.model import Basis, Observation
from ingest.periods import describe, find_periods

_FIGURE = r"£?\d[\d,]*(?:\.\d+)?(?:\s?%|\s(?:million|per cent)\b)?"
_UP = r"(?:ris(?:es?|en|ing)|rose|increas\w+|gr(?:ew|own|ows)|gone up|went up|up)"
_DOWN = r"(?:f[ae]ll(?:s|en|ing)?|decreas\w+|reduc\w+|dropp\w+|gone down|went down|down|declin\w+)"
_FROM_TO = re.compile(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\s+(?:\w+\s+){{0,2}}?from\s+(?P<first>{_FIGURE})"
    rf"(?P<between>[^.;:£\d]{{0,40}}(?:(?:19|20)\d\d(?:/\d\d)?[^.;:£\d]{{0,12}})?)\bto\s+"
    rf"(?P<last>{_FIGURE})",
    re.IGNORECASE,
)
_THAN = re.compile(
    rf"(?P<first>{_FIGURE})(?P<between>[^.;£\d]{{0,50}}?)\b"
    rf"(?:(?P<up>higher than|more than|above)|(?P<down>lower than|less than|fewer than|below))\s+"
    rf"(?P<whose>[^.;£\d]{{2,50}}?)(?:\s\(|\s(?:of|at|is|was)\s)(?P<last>{_FIGURE})",
    re.IGNORECASE,
)
_FROM, _COMPARING = ("from",), ("than", "above", "below")
"""A word that such a sentence holds: the patterns take long over those that hold none."""
_COMPARED = re.compile(
    r"\b(?:(?P<up>higher|above|up)|(?P<down>lower|below|down))\s+(?:than\s+|on\s+|from\s+)?(?P<rest>.{3,60})$",
    re.IGNORECASE,
)
_STANDS = re.compile(r",|\b(?:is|are|was|were|stands?|stood|remains?)\b", re.IGNORECASE)
_TOLD = re.compile(r"\b(?:is|are|was|were|being|met|took|linked|matched|reached)\b", re.IGNORECASE)
_TURNED = re.compile(r"\b(?:not|never|rather than|instead|but|points?|target)\b", re.IGNORECASE)
_CODE = re.compile(r"^[a-z]{1,3}\d{1,3}$")
_PER = re.compile(r"\b(?:per|every)\s+$", re.IGNORECASE)
_SAID = 90
_SECTION = 2_500
_JUST_BEFORE = 16


def directions(observations: Sequence[Observation]) -> Iterator[Finding]:
    """A sentence whose own figures go the other way: "rose from 61% to 58%"."""
    for text, group in _sentences(observations):
        small = text.lower()
        for form, needed in ((_FROM_TO, _FROM), (_THAN, _COMPARING)):
            if not any(word in small for word in needed):
                continue
            for match in form.finditer(text):
                first, last = _one(match["first"]), _one(match["last"])
                if first is None or last is None or first[1] != last[1]:
                    continue
                if _PER.search(text[: match.start("first")]):
                    continue  # "51 per 10,000, below": the figure stands before
                before = text[max(0, match.start() - _JUST_BEFORE) : match.start()]
                if _TURNED.search(f"{before} {match['between']}") or first[0] == last[0]:
                    continue
                if form is _THAN and not _STANDS.search(match["between"]):
                    continue  # "£3m more than" tells a gap
                above = last[0] > first[0] if form is _FROM_TO else first[0] > last[0]
                if above != bool(match["up"]):
                    told = [o for o in group if o.value in (first[0], last[0])]
                    word = match["up"] or match["down"]
                    sentence = (
                        f"The text says “{' '.join(word.split())}”, but its figures are "
                        f"{spoken(*first)} and {spoken(*last)}."
                    )
                    yield Finding(Rule.NARRATIVE, sentence, tuple(told or group[:1]))


def comparisons(observations: Sequence[Observation]) -> Iterator[Finding]:
    """A sentence that calls its figure lower than another that the same paper prints higher."""
    held = _by_measure(observations)
    for o in observations:
        text = " ".join(o.quote.split())
        at = text.find(o.printed)
        found = _COMPARED.search(_clause_after(text[at + len(o.printed) :])) if at >= 0 else None
        measure = _plainly(o) if found else None
        if found is None or measure is None or any(find_quantities(_undated(found["rest"]))):
            continue
        other = _named(found["rest"], o, held.get((o.locator.paper, measure.id, o.unit), ()))
        if other is None or _value(other) == _value(o):
            continue
        if (_value(o) > _value(other)) != bool(found["up"]):
            word = "higher" if found["up"] else "lower"
            dated = f" ({describe(other.period)})" if other.period else ""
            sentence = (
                f"{spoken(_value(o), o.unit)} is called {word}, but {other.area}, {other.measure}"
                f"{dated} is printed as {spoken(_value(other), other.unit)}."
            )
            yield Finding(Rule.NARRATIVE, sentence, (o, other))


def coded(observations: Sequence[Observation]) -> Iterator[Finding]:
    """A measure known by its code ("A2") that a section's table and its text print differently."""
    printed: defaultdict[tuple[str, str], list[Observation]] = defaultdict(list)
    for o in observations:
        codes = [w for w in words(o.measure) if _CODE.match(w)]
        if o.source != "sentence" and o.value is not None and len(codes) == 1:
            printed[o.locator.paper, codes[0]].append(o)
    for o in observations:
        clause = o.measure.partition(" | ")[2] or o.measure
        if o.source != "sentence" or o.value is None or o.unit not in ("days", "percent"):
            continue
        if not _TOLD.search(clause.partition(o.printed)[0]):
            continue
        if sum(q.unit == o.unit for q in find_quantities(clause)) != 1 or find_periods(clause):
            continue
        codes = [w for w in words(clause) if _CODE.match(w)]
        near = [
            x
            for x in (printed.get((o.locator.paper, codes[0]), ()) if len(codes) == 1 else ())
            if 0 <= o.locator.start - x.locator.end <= _SECTION
            and (x.unit == o.unit or (o.unit == "days" and x.unit == "count"))
            and x.basis is Basis.ACTUAL
            and set(words(x.measure)) & set(words(clause)) > set(codes)
        ]
        if len(near) == 1 and near[0].value != o.value:
            sentence = (
                f"{codes[0].upper()} is printed as {spoken(_value(near[0]), o.unit)}, but the text "
                f"says {spoken(_value(o), o.unit)}."
            )
            yield Finding(Rule.NARRATIVE, sentence, (near[0], o))


def miscounts(observations: Sequence[Observation]) -> Iterator[Finding]:
    """A sentence that says how many things there are, where another number is listed."""
    for o in observations:
        listed = next((flag for flag in o.flags if flag.endswith(f" {LISTED}")), "")
        if listed and o.value is not None:
            said = " ".join(o.quote.split())[:_SAID]
            sentence = f"The text says {spoken(o.value, o.unit)}, but {listed}: “{said}”."
            yield Finding(Rule.LISTED, sentence, (o,))


def definitions(observations: Sequence[Observation]) -> Iterator[Finding]:
    """A measure whose label names other ages in a later paper."""
    held: defaultdict[object, dict[str, dict[object, Observation]]] = defaultdict(dict)
    for o in observations:
        band = age_band(o) if o.source != "sentence" and o.basis is Basis.ACTUAL else None
        measure = measure_of(words(o.measure)) if band else None
        if measure is not None:
            held[o.area, measure.id, o.unit].setdefault(o.locator.paper, {}).setdefault(band, o)
    for papers in held.values():
        single = [next(iter(bands.values())) for bands in papers.values() if len(bands) == 1]
        single.sort(key=lambda o: o.period.end.toordinal() if o.period else 0)
        for one, other in pairwise(single):
            if (bands := (age_band(one), age_band(other)))[0] != bands[1]:
                ages = [f"{b[0]} to {b[1]}" if b else "" for b in bands]
                sentence = (
                    f"{one.area}, {other.measure}: the figures are of ages {ages[0]} in "
                    f"{one.locator.paper} and of ages {ages[1]} in {other.locator.paper}."
                )
                yield Finding(Rule.DEFINITION, sentence, (one, other))


def _by_measure(
    observations: Sequence[Observation],
) -> dict[tuple[str, str, str], list[Observation]]:
    held: defaultdict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for o in observations:
        printed = o.source != "sentence" and o.value is not None and o.basis is Basis.ACTUAL
        if printed and (measure := measure_of(words(o.measure))):
            held[o.locator.paper, measure.id, o.unit].append(o)
    return held


def _plainly(o: Observation) -> Measure | None:
    """The measure that a sentence gives one percentage of."""
    if o.source != "sentence" or o.value is None or o.unit not in ("percent", "rate per 10,000"):
        return None
    shares = [q for q in find_quantities(o.quote) if q.unit == o.unit]
    return measure_of(words(o.measure)) if len(shares) == 1 else None


def _named(rest: str, o: Observation, held: Sequence[Observation]) -> Observation | None:
    """The printed figure that a comparison names: another area's, or the own one of a date."""
    areas, dates = find_areas(rest), find_periods(rest)
    fitting = [
        x
        for x in held
        if (x.area == areas[0][0] if areas else x.area == o.area)
        and (
            x.period is not None
            and (x.period.start, x.period.end) == (dates[0].period.start, dates[0].period.end)
            if dates
            else bool(areas)
        )
    ]
    values = {x.value for x in fitting}
    return fitting[0] if len(values) == 1 else None


def _clause_after(text: str) -> str:
    return re.split(r"[.;]\s|[.;]$|,\s(?:but|which|while|and)\b", text)[0]


def _undated(text: str) -> str:
    for mention in reversed(find_periods(text)):
        text = text[: mention.start] + " " + text[mention.end :]
    return text


def _sentences(
    observations: Sequence[Observation],
) -> Iterator[tuple[str, tuple[Observation, ...]]]:
    groups: dict[tuple[str, int, int], list[Observation]] = {}
    for o in observations:
        if o.source == "sentence":
            groups.setdefault((o.locator.paper, o.locator.start, o.locator.end), []).append(o)
    for group in groups.values():
        yield " ".join(group[0].quote.split()), tuple(group)


def _one(text: str) -> tuple[Decimal, str] | None:
    found = list(find_quantities(text))
    return (found[0].value, found[0].unit) if len(found) == 1 else None


def _value(o: Observation) -> Decimal:
    return o.value if o.value is not None else Decimal(0)
