"""Figures listed paper by paper, so that a list costs what it shows and no more is held at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator

from assistant.answer import Scope
from assistant.question.scoping import covers
from ingest.finding import Within
from ingest.model import Meeting, Observation, Passage
from ingest.store import Store


def figures_in(store: Store, scope: Scope) -> Iterator[tuple[Observation, Meeting]]:
    """The figures of a scope with the meeting that each is of, in the order of papers and ids."""
    for paper in _papers(store, scope):
        yield from figures_of(store, paper, scope)


def figures_of(
    store: Store, paper: str, scope: Scope = Scope()
) -> Iterator[tuple[Observation, Meeting]]:
    """The same of one paper."""
    passages = store.passages_of(paper)
    for observation in store.observations_of(paper):
        meeting = _meeting_at(passages, observation.locator.start)
        if covers(scope, meeting):
            yield observation, meeting


def page_of_figures(
    store: Store, scope: Scope, most: int, offset: int, measure: str
) -> tuple[tuple[Observation, ...], int]:
    """The figures of a scope from one on, and how many there are.

    `measure` is part of a name in small letters. A paper all of whose figures of such measures
    belong to the list is counted, and read only where the page has some of it.
    """
    total = 0
    found: list[Observation] = []
    papers = _papers(store, scope)
    whole = store.holdings.wholly(_within(scope))
    counts = _counts(store, papers, measure)
    for paper in papers if not measure else filter(counts.__contains__, papers):
        if paper in whole:
            before, total = total, total + counts.get(paper, 0)
            if before < offset + most and total > offset:
                held = [o for o in store.observations_of(paper) if measure in o.measure.casefold()]
                found += held[max(0, offset - before) : offset + most - before]
            continue
        for observation, _ in figures_of(store, paper, scope):
            if measure in observation.measure.casefold():
                if offset <= total < offset + most:
                    found.append(observation)
                total += 1
    return tuple(found), total


def _counts(store: Store, papers: Collection[str], measure: str) -> dict[str, int]:
    """How many figures of measures with some words in their names each paper has, if any."""
    if not measure:
        return store.holdings.figures(papers)
    names = store.holdings.measures(papers, measure)
    return store.holdings.figures_named(papers, names)


def _papers(store: Store, scope: Scope) -> tuple[str, ...]:
    """The papers with passages of a scope's meetings."""
    within = _within(scope)
    return store.holdings.holding(within) if within != Within() else store.holdings.ids()


def _within(scope: Scope) -> Within:
    return Within(scope.councils, scope.committees, scope.since, scope.until)


def _meeting_at(passages: tuple[Passage, ...], start: int) -> Meeting:
    """The meeting of the passage that begins there or before, else of the first."""
    if not passages:
        return _OF_NONE
    at = bisect_right(passages, start, key=lambda passage: passage.locator.start)
    return passages[max(0, at - 1)].meeting


_OF_NONE = Meeting(None, None, None)
