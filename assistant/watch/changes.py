"""What changed between two answers to one question: by figures and citations, not words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Answer, Citation, Figure, Outcome, Point
from assistant.register.entries import Entry
from assistant.shown import quantity


class ChangeKind(StrEnum):
    """What a later answer brings."""

    ANSWERED = "newly answered"
    LOST = "no longer answered"
    DECISION = "new decision"
    VALUE = "new value"
    RESTATED = "restated value"


@dataclass(frozen=True, slots=True)
class Seen:
    """What an answer held when it was last seen; `points` are those of its chart."""

    outcome: Outcome
    text: str
    figures: tuple[Figure, ...] = ()
    citations: tuple[Citation, ...] = ()
    points: tuple[Point, ...] = ()
    unit: str = ""

    @classmethod
    def of(cls, answer: Answer) -> "Seen":
        """What an answer holds."""
        chart = answer.chart
        return cls(
            answer.outcome,
            answer.text,
            answer.figures,
            answer.citations,
            chart.points if chart else (),
            chart.unit if chart else "",
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed, in a sentence, with where the new stands; `before` as told then."""

    kind: ChangeKind
    sentence: str
    before: str = ""
    citations: tuple[Citation, ...] = ()


def changes(
    before: Seen, after: Seen, entries_of: Callable[[str], Sequence[Entry]]
) -> tuple[Change, ...]:
    """What is new in the later answer; `entries_of` gives a paper's entries in the register."""
    was, is_now = (seen.outcome is Outcome.ANSWERED for seen in (before, after))
    if is_now and not was:
        return (Change(ChangeKind.ANSWERED, after.text, before.text, after.citations),)
    if was and not is_now:
        return (Change(ChangeKind.LOST, after.text, before.text, before.citations),)
    return (
        *_figures(before.figures, after.figures, after.citations),
        *_points(before, after),
        *_decisions(before.citations, after.citations, entries_of),
    )


def _figures(
    before: Sequence[Figure], after: Sequence[Figure], cited: Sequence[Citation]
) -> Iterator[Change]:
    """Figures for dates that had none, and dates whose figures are others now."""
    for same in _keys(before, after):
        then = [f for f in before if same(f)]
        now = [f for f in after if same(f)]
        if not now or {f.value for f in then} == {f.value for f in now}:
            continue
        markers = {marker for figure in now for marker in figure.citations}
        places = tuple(citation for citation in cited if citation.marker in markers)
        kind = ChangeKind.RESTATED if then else ChangeKind.VALUE
        yield Change(kind, _told(now), _told(then or before), places)


def _keys(before: Sequence[Figure], after: Sequence[Figure]) -> Iterator[Callable[[Figure], bool]]:
    """Groups of figures that may be compared: those of one council, date, basis and unit.

    Papers print one measure under several labels, so the label only counts where a group holds
    more than one figure on a side.
    """
    for loose in dict.fromkeys(map(_place_and_date, (*after, *before))):
        groups = [[f for f in side if _place_and_date(f) == loose] for side in (before, after)]
        if max(map(len, groups)) <= 1:
            yield lambda f, loose=loose: _place_and_date(f) == loose  # type: ignore[misc]
        else:
            for label in dict.fromkeys(f.label.casefold() for group in groups for f in group):
                yield lambda f, of=(loose, label): (  # type: ignore[misc]
                    (_place_and_date(f), f.label.casefold()) == of
                )


def _place_and_date(figure: Figure) -> tuple[str | None, ...]:
    calculated = "calculated" if figure.working else ""
    return (figure.council, figure.period, figure.basis, figure.unit, calculated)


def _points(before: Seen, after: Seen) -> Iterator[Change]:
    """Points of the chart that weren't there, or have another value now."""
    told = {figure.period for figure in after.figures}
    then = {point.period: point for point in before.points}
    for point in after.points if before.unit == after.unit else ():
        earlier = then.get(point.period)
        if point.period in told or (earlier and earlier.value == point.value):
            continue
        places = tuple(c for c in after.citations if c.paper == point.paper)[:1]
        kind = ChangeKind.RESTATED if earlier else ChangeKind.VALUE
        was = _point(earlier, after.unit) if earlier else ""
        yield Change(kind, _point(point, after.unit), was, places)


def _decisions(
    before: Iterable[Citation],
    after: Iterable[Citation],
    entries_of: Callable[[str], Sequence[Entry]],
) -> Iterator[Change]:
    """Decisions that are quoted now and weren't."""
    known = {_words(citation.quote) for citation in before}
    for citation in after:
        quote = _words(citation.quote)
        if any(quote in earlier or earlier in quote for earlier in known):
            continue
        if any(_quotes(quote, entry) for entry in entries_of(citation.paper)):
            yield Change(ChangeKind.DECISION, citation.quote, citations=(citation,))


def _quotes(quote: str, entry: Entry) -> bool:
    decided = _words(entry.decision.text)
    return bool(decided) and (decided in quote or quote in decided)


def _told(figures: Sequence[Figure]) -> str:
    return "; ".join(
        ", ".join(filter(None, (f.council, f.label, f.period))) + f": {quantity(f)}"
        for f in figures
    )


def _point(point: Point, unit: str) -> str:
    figure = Figure("", point.value, unit, None, point.period, "", None, ())
    return f"{point.period}: {quantity(figure)}"


def _words(text: str) -> str:
    return " ".join(text.casefold().split())
