"""What to ask next, and what to begin with: only questions that the papers held do answer.

Each candidate is made of what is held (a measure, a council, a meeting) and is put to the
assistant before it is offered.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from assistant.answer import Answer, Citation, Figure, Outcome, Route
from assistant.assistant import Assistant
from assistant.examples import examples_for
from assistant.shown import day
from indicators.catalogue import measure_of, words
from ingest.areas import area_of
from ingest.model import Basis

_OFFERED = 3
_STARTERS = 6
_TRIED = 6
_LONGEST = 140
_REMEMBERED = 256


class Suggestions:
    """Questions to offer, tried on one assistant; what was tried once is remembered."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._tried)

    def after(self, answer: Answer) -> tuple[str, ...]:
        """Questions that lead on from an answer; none after one that found nothing."""
        if answer.outcome is not Outcome.ANSWERED:
            return ()
        others = [c for c in self._assistant.councils if area_of(c)]
        candidates = dict.fromkeys(_leading_on(answer, others))
        candidates.pop(answer.question, None)
        return self._answered(candidates, _OFFERED)

    def to_begin_with(self) -> tuple[str, ...]:
        """Questions that fit what is held."""
        councils = self._assistant.councils
        known = examples_for(councils)
        if known:
            return known[:_STARTERS]
        return self._answered(dict.fromkeys(self._opening(councils)), _STARTERS)

    def _opening(self, councils: Sequence[str]) -> Iterator[str]:
        for council in councils:
            area = area_of(council)
            for name in self._assistant.measures_of(council, area)[:2]:
                yield f"What is the trend in {_lowered(name)} in {area}?"
            if last := self._assistant.register.newest_meeting(council):
                committee, held = last
                yield f"What was decided at {area}'s {committee} on {day(held)}?"

    def _answered(self, candidates: Iterable[str], wanted: int) -> tuple[str, ...]:
        tried = (q for q in islice(candidates, wanted + _TRIED) if len(q) <= _LONGEST)
        digest = self._assistant.store_digest()
        good = (q for q in tried if self._remembered(digest, q))
        return tuple(islice(good, wanted))

    def _tried(self, digest: str, question: str) -> bool:
        return self._assistant.would_answer(question)


def _leading_on(answer: Answer, councils: Sequence[str]) -> Iterator[str]:
    if answer.figures and answer.route is not Route.MINUTES:
        yield from _of_figure(answer, councils)
    if answer.route in (Route.MINUTES, Route.BOTH):
        yield from _of_meeting(answer.citations)


def _of_figure(answer: Answer, councils: Sequence[str]) -> Iterator[str]:
    printed = [f for f in answer.figures if f.council and f.basis == Basis.ACTUAL]
    if not printed:
        return
    figure = printed[0]
    area, name = area_of(figure.council), _named(figure)
    when = f" in {figure.period}" if figure.period else ""
    if answer.chart is None:
        yield f"What is the trend in {name} in {area}?"
    yield f"Did {area} meet its target for {name}{when}?"
    for other in councils:
        if other != figure.council:
            yield f"What was the figure for {name} in {area_of(other)}{when}?"
            yield f"What is the trend in {name} in {area_of(other)}?"
    yield f"What was decided about {name} in {area}?"


def _of_meeting(citations: Sequence[Citation]) -> Iterator[str]:
    for cited in citations[:1]:
        if not (cited.council and cited.committee and cited.meeting_date):
            return
        of = f"{area_of(cited.council)}'s {cited.committee}"
        when = day(cited.meeting_date)
        yield f"What actions were agreed at {of} on {when}?"
        yield f"What else did {of} decide on {when}?"
        yield f"Who chaired {of} on {when}?"
        yield f"Who attended {of} on {when}?"


def _named(figure: Figure) -> str:
    known = measure_of(words(figure.label))
    return _lowered(known.name if known else figure.label)


def _lowered(name: str) -> str:
    """The name within a sentence: "Children in care" loses its capital, "PEP" keeps it."""
    return name[0].lower() + name[1:] if name[1:2].islower() else name
