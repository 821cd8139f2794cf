"""The measures that the papers held have a series of, council by council."""

from collections import Counter
from dataclasses import dataclass

from assistant.answer import Chart, Scope
from assistant.assistant import Assistant
from indicators.catalogue import measure_of, words
from ingest.model import Basis

_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Held:
    """A series: its measure by the catalogue's name and as printed, whose, and its chart.

    `asked` is what to ask `Assistant.indicator` for; `known` says that the catalogue defines it.
    """

    name: str
    known: bool
    printed: str
    council: str
    asked: str
    chart: Chart


def measures_held(assistant: Assistant, scope: Scope = Scope()) -> tuple[Held, ...]:
    """Every series of a scope: the catalogue's measures, then others, most figures first."""
    found: dict[tuple[str, str], Held] = {}
    for asked in _asked(assistant, scope):
        for card in assistant.indicator(asked, scope):
            name = card.catalogue or card.measure
            worded = any(letter.isalpha() for letter in name)
            if worded and len(card.chart.points) >= _FEWEST:
                held = Held(
                    name, bool(card.catalogue), card.measure, card.council, asked, card.chart
                )
                found.setdefault((card.council, card.measure), held)
    return tuple(sorted(found.values(), key=_order))


def _order(held: Held) -> tuple[bool, int, str, str]:
    return not held.known, -len(held.chart.points), held.name.casefold(), held.council


def _asked(assistant: Assistant, scope: Scope) -> list[str]:
    """The names to ask for: of the catalogue, else as printed, of what tables give dates for."""
    counts: Counter[str] = Counter()
    for seen, _ in assistant.figures(scope):
        dated = seen.period is not None and seen.value is not None
        if dated and seen.source == "table" and seen.basis is Basis.ACTUAL:
            known = measure_of(words(seen.measure))
            counts[known.name if known else seen.measure] += 1
    return [name for name, number in counts.most_common() if number >= _FEWEST]
