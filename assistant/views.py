"""What a store holds, arranged for answering: each view is read when a question first needs it."""

from datetime import timedelta
from functools import cached_property

from assistant.figures.answers import FigureAnswers
from assistant.figures.cautions import Cautions
from assistant.figures.index import Figures
from assistant.figures.movements import Movements
from assistant.indexes import keep_indexes
from assistant.minutes.answers import MinutesAnswers
from assistant.minutes.decided_on import DecidedOn
from assistant.passages.marking import ACRONYM, CAUTION
from assistant.passages.search import Search
from assistant.question.spelling import Spelling
from assistant.question.understand import Held
from ingest.finding import Within
from ingest.marked import Marks
from ingest.model import Passage
from ingest.store import Store

_A_YEAR = timedelta(days=460)
_PAPERS = 40


class Views:
    """The views of one state of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        keep_indexes(store)
        self.search = Search(store)

    @cached_property
    def held(self) -> Held:
        """Whose papers are held, of when, and how they spell."""
        holdings = self._store.holdings
        every = holdings.within()
        return Held(
            councils=holdings.names("council"),
            committees=holdings.names("committee"),
            first=every.first,
            last=every.last,
            newest=holdings.newest(),
            last_minuted=holdings.last_minuted,
            spelling=Spelling(
                self.search.holds,
                self.search.beginning,
                lambda letters: self.marks.commonest(ACRONYM, letters),
            ),
        )

    @cached_property
    def marks(self) -> Marks:
        """What is marked of passages."""
        return Marks(self._store)

    @cached_property
    def printed(self) -> Figures:
        """Every figure, found by its words."""
        return Figures(self._store)

    @cached_property
    def figures(self) -> FigureAnswers:
        """Answers from figures."""
        cautions, movements = Cautions(self._warning), Movements(self._store.finder.telling)
        return FigureAnswers(
            self.printed,
            self.held.councils,
            cautions,
            movements,
            self._store.observations_at_each,
            self._newest_of,
        )

    @cached_property
    def minutes(self) -> MinutesAnswers:
        """Answers from minutes and reports."""
        return MinutesAnswers(
            self.search,
            self._store.passages_of,
            self._store.passages_of_each,
            self.marks,
            DecidedOn(self._store),
            self._store.holdings,
        )

    def _newest_of(self, council: str) -> list[str]:
        """The ids of a council's papers of about its last year, the oldest first, if not many."""
        newest = dict(self.held.newest).get(council)
        if newest is None:
            return []
        recent = Within(councils=(council,), since=newest - _A_YEAR)
        papers = self._store.papers_within(recent, _PAPERS)
        return [paper.id for paper in sorted(papers, key=lambda p: p.meeting.held or newest)]

    def _warning(self, council: str | None) -> list[Passage]:
        """The passages of a council's papers that warn against a comparison."""
        of, values = ("council = ?", (council,)) if council else ("council IS NULL", ())
        return self.marks.marked(CAUTION, of, values)
