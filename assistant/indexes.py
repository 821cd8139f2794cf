"""Every index that answering goes by, kept of each paper from when it is taken in."""

from assistant.figures.index import indexing as of_figures
from assistant.passages.marking import marking
from assistant.passages.search import wording
from assistant.register.indexing import indexing as of_decisions
from ingest.decided import DecisionsIndex
from ingest.derived import DerivedIndex
from ingest.remaking import OnIndexing
from ingest.store import Store
from ingest.worded import WordsIndex


def keep_indexes(
    store: Store, on_progress: OnIndexing | None = None, at_most: float | None = None
) -> None:
    """Has a store take papers into all indexes, those first that it holds already.

    That takes minutes where the rules of an index have changed and many papers are held:
    `on_progress` is told how far it is. Raises NotReady after `at_most` seconds of it.
    """
    store.finder.wording = wording()
    store.keep(
        (
            WordsIndex(wording()),
            DerivedIndex(marking()),
            DerivedIndex(of_figures()),
            DecisionsIndex(of_decisions()),
        ),
        on_progress,
        at_most,
    )
