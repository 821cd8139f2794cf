"""Keys of evidence, made of its own words: the same words of the same paper keep the same key.

They outlast a change of the reading that moves the words; a changed word changes its key.
"""

import hashlib
from collections.abc import Iterable, Sequence

from assistant.drafts import DraftFigure, Source
from assistant.grounding import numbers_in
from ingest.model import Decision, Observation, Passage

_DIGITS = 12


def passage_key(passage: Passage) -> str:
    """The key of a passage: of its paper, headings and text."""
    return _key("passage", passage.locator.paper, *passage.headings, passage.text)


def observation_key(figure: Observation) -> str:
    """The key of a printed figure: of its paper and all that it is a figure of."""
    period = f"{figure.period.start} {figure.period.end}" if figure.period else ""
    said = (figure.measure, figure.area, figure.basis, period, figure.printed, figure.quote)
    return _key("figure", figure.locator.paper, *said)


def decision_key(decision: Decision) -> str:
    """The key of a decision: of its paper, kind, number and text."""
    said = (decision.kind, decision.number or "", decision.title, decision.text)
    return _key("decision", decision.locator.paper, *said)


def keys_of_figures(figures: Sequence[DraftFigure], held: Iterable[Observation]) -> tuple[str, ...]:
    """The keys of the printed figures that an answer's figures are, or are worked out from."""
    if not figures:
        return ()
    cited = [(_places(f.sources), f) for f in figures]
    places = frozenset().union(*(where for where, _ in cited))
    near = [o for o in held if _place_of(o) in places]
    told = [o for o in near if any(_place_of(o) in where and _told(o, f) for where, f in cited)]
    return tuple(dict.fromkeys(map(observation_key, told)))


def keys_of_decisions(sources: Iterable[Source], held: Iterable[Decision]) -> tuple[str, ...]:
    """The keys of the decisions that an answer quotes."""
    places = _places(sources)
    quoted = [d for d in held if (d.locator.paper, d.locator.start, d.locator.end) in places]
    return tuple(dict.fromkeys(map(decision_key, quoted)))


def _told(o: Observation, figure: DraftFigure) -> bool:
    """Whether a printed figure is the answer's, or goes into its working."""
    if o.value is None:
        return False
    if figure.figure.working is None:
        return float(o.value) == figure.figure.value
    return numbers_in(o.printed) <= numbers_in(figure.figure.working)


def _places(sources: Iterable[Source]) -> frozenset[tuple[str, int, int]]:
    return frozenset((s.locator.paper, s.locator.start, s.locator.end) for s in sources)


def _place_of(o: Observation) -> tuple[str, int, int]:
    return o.locator.paper, o.locator.start, o.locator.end


def _key(kind: str, *said: str) -> str:
    return f"{kind}:{hashlib.sha256(chr(0).join(said).encode()).hexdigest()[:_DIGITS]}"
