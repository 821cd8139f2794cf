"""What the checks find amiss: within a paper from the register, between papers worked out anew."""

from collections.abc import Iterable, Mapping, Sequence

from assistant.figures.index import Figures
from indicators.checks import between_papers
from indicators.findings import Finding, Rule
from ingest.kept import Kept
from ingest.model import Observation

_KEPT = 500  # labels and dates whose findings are kept
_MOST = 200
_COUNCILS = 20
_ORDER = {rule: i for i, rule in enumerate(Rule)}


class Findings:
    """The findings on some figures, or about some words, of all papers held."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._kept: Kept[object, tuple[Finding, ...]] = Kept(_KEPT)

    def on(self, figures: Iterable[Observation]) -> list[Finding]:
        """Those on any of some figures, in the order of the rules."""
        held = list(figures)
        within = self._figures.amiss_at((o.locator.paper, o.locator.start) for o in held)
        labels = {(self._figures.label(o), o.period): o for o in held}
        between = [f for key, o in labels.items() if key[0] for f in self._between(key, o)]
        return _merged(within, between)

    def about(self, weights: Mapping[str, float], councils: Sequence[str | None]) -> list[Finding]:
        """Those told in any of some words, weighed, of the papers of some councils."""
        within = self._figures.amiss_telling(weights, councils, _MOST)
        between = [
            finding
            for council in councils[:_COUNCILS]
            for finding in between_papers(self._figures.told_in(council, weights))
        ]
        return _merged(within, between)

    def _between(self, key: object, o: Observation) -> tuple[Finding, ...]:
        return self._kept.get(key, lambda _: tuple(between_papers(self._figures.of_label(o))))


def _merged(within: Iterable[Finding], between: Iterable[Finding]) -> list[Finding]:
    """Both, each once; what is told between papers may rest on more figures."""
    told = {(f.rule, f.sentence): f for f in (*within, *between)}
    return sorted(told.values(), key=lambda f: _ORDER[f.rule])
