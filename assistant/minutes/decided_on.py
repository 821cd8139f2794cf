"""The decisions that a question may be about, read from the register of decisions."""

from collections.abc import Sequence

from assistant.question.synonyms import alike
from assistant.question.understand import Query
from assistant.register.indexing import indexing
from ingest.decided import DecisionIndex, Wanted
from ingest.model import Decision, DecisionKind, Period
from ingest.store import Store

_PAPERS = 40  # whose decisions are read, the best by words or the newest
_DAYS = 3


class DecidedOn:
    """Decisions paper by paper: those of a paper hang together."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._index = DecisionIndex(store, indexing())

    def of_paper(self, paper: str) -> tuple[Decision, ...]:
        """All decisions of a paper."""
        return self._store.decisions_of(paper)

    def about(
        self, words: Sequence[str], query: Query, kinds: Sequence[DecisionKind]
    ) -> list[Decision]:
        """Those of the papers in whose decisions, or their owners, words or like ones stand.

        Of too many, the papers with the best ones.
        """
        said = dict.fromkeys(one for word in words for one in (word, *sorted(alike(word))))
        wanted = _wanted(query, kinds)
        return self._of(self._index.papers(wanted, tuple(said), _spans(query), _PAPERS))

    def of_the_day(self, query: Query, kinds: Sequence[DecisionKind]) -> list[Decision]:
        """Those of the papers of meetings in the time asked of, and where actions were agreed.

        Of actions the first meeting from a day asked for is meant, else the newest.
        """
        wanted = _wanted(query, kinds)
        asked = (*query.periods, *query.meetings)
        days = [(p.start.isoformat(), p.end.isoformat()) for p in asked]
        if DecisionKind.ACTION in kinds:
            actions = _wanted(query, (DecisionKind.ACTION,))
            first = asked[0].start if asked else None
            days += [(day, day) for day in self._index.days(actions, first, _DAYS)]
        return self._of(self._index.papers(wanted, (), days, _PAPERS) if days else [])

    def resolved_on(self, periods: Sequence[Period]) -> bool:
        """Whether any resolution of a meeting in these periods is held."""
        days = [(p.start.isoformat(), p.end.isoformat()) for p in periods]
        wanted = Wanted(kinds=(DecisionKind.RESOLUTION,))
        return bool(days and self._index.papers(wanted, (), days, 1))

    def _of(self, papers: Sequence[str]) -> list[Decision]:
        held = self._store.decisions_of_each(papers)
        return [decision for paper in sorted(papers) for decision in held[paper]]


def _wanted(query: Query, kinds: Sequence[DecisionKind]) -> Wanted:
    return Wanted(
        kinds=tuple(kinds),
        councils=query.councils,
        committees=query.committees,
        since=query.since,
        until=query.until,
    )


def _spans(query: Query) -> list[tuple[str, str]]:
    """The time asked of, where decisions of another time can't answer."""
    if "period" in query.inherited:
        return []
    return [(p.start.isoformat(), p.end.isoformat()) for p in (*query.periods, *query.meetings)]
