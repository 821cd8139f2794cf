"""Every index that answering goes by, kept of each paper from when it is taken in."""

from assistant.figures.index import indexing as of_figures
from assistant.passages.marking import marking
from assistant.passages.search import wording
from assistant.register.register import indexing as of_decisions
from ingest.store import Store


def keep_indexes(store: Store) -> None:
    """Has a store take papers into all indexes, those first that it holds already."""
    store.finder.use(wording())
    store.use(marking())
    store.use(of_figures())
    store.index_decisions(of_decisions())
