"""What the papers themselves say against comparing figures: a new definition, another basis."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.drafts import Source, Statement
from assistant.passages.marking import warns
from indicators.catalogue import indexed, terms, words
from indicators.quantities import find_quantities
from ingest.kept import Kept
from ingest.model import Meeting, Observation, PartKind, Passage
from ingest.periods import find_periods

_COVER = 0.6
_KEPT = 2_000  # warnings
_GENERIC = frozenset(
    words("number percentage rate average share total year month end placement age date")
)


@dataclass(frozen=True, slots=True)
class _Caution:
    said: frozenset[str]
    around: frozenset[str]
    values: frozenset[object]
    source: Source


class Cautions:
    """The sentences of all papers that warn against a comparison."""

    def __init__(self, warning: Callable[[str | None], Iterable[Passage]] = lambda _: ()) -> None:
        """`warning` gives the passages of a council's papers that warn, in order."""
        self._warning = warning
        self._kept: Kept[str | None, Sequence[_Caution]] = Kept(_KEPT, len)

    def _held(self, council: str | None) -> Sequence[_Caution]:
        return self._kept.get(
            council, lambda one: [c for passage in self._warning(one) for c in _cautions(passage)]
        )

    def on_comparing(self, o: Observation, meeting: Meeting) -> list[Statement]:
        """The warning that is about a figure's measure, if there is one."""
        fitting = [(_cover(o, c), c) for c in self._held(meeting.council)]
        best = max(fitting, key=lambda pair: pair[0], default=None)
        return [_told(best[1])] if best and best[0] >= _COVER else []

    def on_value(self, o: Observation, meeting: Meeting) -> list[Statement]:
        """A warning that names the very figure."""
        return [
            _told(c)
            for c in self._held(meeting.council)
            if o.value in c.values and _cover(o, c) >= _COVER
        ][:1]


def _cautions(passage: Passage) -> list[_Caution]:
    if passage.part is PartKind.FRONT:
        return []
    warning = [unit for unit in passage.units if warns(unit)]
    if not warning:
        return []
    around = indexed(f"{' '.join(passage.headings[-1:])} {passage.text}")
    return [
        _Caution(
            indexed(unit.text),
            around,
            frozenset(q.value for q in find_quantities(unit.text)),
            Source(
                replace(passage.locator, start=unit.start, end=unit.end), unit.text, passage.meeting
            ),
        )
        for unit in warning
    ]


def _cover(o: Observation, caution: _Caution) -> float:
    """How much of a figure's label a warning speaks of, what stands before it counting less."""
    shown = o.measure.partition(" | ")[0]
    for mention in reversed(find_periods(shown)):
        shown = shown[: mention.start] + " " + shown[mention.end :]
    granted = {t.id for t in terms().values() if t.population}
    label = {w for w in words(shown) if not w[0].isdigit()} - _GENERIC - granted
    if not label:
        return 0.0
    own = len(label & caution.said)
    return (own + 0.8 * len(label & caution.around - caution.said)) / len(label)


def _told(caution: _Caution) -> Statement:
    return Statement(
        f"The papers warn: “{' '.join(caution.source.quote.split())}”", (caution.source,)
    )
