"""What a store holds, arranged for answering: each view is read when a question first needs it."""

from functools import cached_property

from assistant.figures.answers import FigureAnswers
from assistant.figures.cautions import Cautions
from assistant.figures.index import Figures
from assistant.figures.movements import Movements
from assistant.minutes.answers import MinutesAnswers
from assistant.passages.search import Search
from assistant.question.spelling import Spelling
from assistant.question.understand import Held
from indicators.checks import find_findings
from ingest.kinds import KindsOfPlaces
from ingest.model import Passage
from ingest.store import Store


class Views:
    """The views of one state of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.search = Search(store)

    @cached_property
    def held(self) -> Held:
        """Whose papers are held, of when, and how they spell."""
        records = self._store.papers()
        dates = [r.meeting.held for r in records if r.meeting.held]
        return Held(
            councils=tuple(sorted({r.meeting.council for r in records if r.meeting.council})),
            committees=tuple(sorted({r.meeting.committee for r in records if r.meeting.committee})),
            first=min(dates, default=None),
            last=max(dates, default=None),
            newest=tuple(
                (r.meeting.council, r.meeting.held)
                for r in records
                if r.meeting.council and r.meeting.held
            ),
            spelling=Spelling((self._store.text(r.id) for r in records), self.search.vocabulary),
        )

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of papers by id."""
        return {record.id: record.title for record in self._store.papers()}

    @cached_property
    def printed(self) -> Figures:
        """Every figure, indexed by its words."""
        return Figures(self._store.observations(), self._passages)

    @cached_property
    def kinds(self) -> KindsOfPlaces:
        """The kinds of paper that are held, and where."""
        return KindsOfPlaces(self._passages)

    @cached_property
    def figures(self) -> FigureAnswers:
        """Answers from figures."""
        findings = find_findings(self._store.observations())
        words = Cautions(self._passages), Movements(self._passages)
        return FigureAnswers(self.printed, self.held.councils, findings, *words)

    @cached_property
    def minutes(self) -> MinutesAnswers:
        """Answers from minutes and reports."""
        return MinutesAnswers(
            self.search, self._passages, self._store.decisions(), self._store.papers()
        )

    @cached_property
    def _passages(self) -> tuple[Passage, ...]:
        return tuple(stored.passage for stored in self._store.passages())
