"""The page that a quote stands on: as printed where the file was kept, and as it was read."""

import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from assistant.answer import Citation
from assistant.papers.page import page_name, page_warning, quoted_body
from assistant.papers.page_image import PageImage, page_image
from assistant.papers.view import view_of
from ingest.errors import BoardPapersError
from ingest.formats.limits import Limits
from ingest.isolation import Worker
from ingest.model import Page
from ingest.pages import Placed, page_at
from ingest.store import Store

_KEPT = 48
_SECONDS = 15.0
_HEAD = 1024


@dataclass(frozen=True, slots=True)
class QuotedPage:
    """The page that a quote stands on: its name, and its text as HTML with the quote marked."""

    name: str
    warning: str
    body: str


@dataclass(frozen=True, slots=True)
class Span:
    """The page that a quote stands on, and the characters of the paper's text that it takes."""

    page: Page
    start: int
    end: int


class Printed:
    """Pages of the papers of one store, as pictures. Safe to share between threads."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store = store
        self._worker = Worker(Limits(seconds=_SECONDS, memory=limits.memory, bytes=limits.bytes))
        self._lock = threading.Lock()
        self._drawn = lru_cache(maxsize=_KEPT)(self._draw)

    def close(self) -> None:
        """Ends the process that draws."""
        with self._lock:
            self._worker.close()

    def span_of(self, citation: Citation) -> Span | None:
        """Where a citation's quote stands; None where its paper isn't held as it was quoted."""
        try:
            text, pages = self._store.text(citation.paper), self._store.pages(citation.paper)
        except BoardPapersError:
            return None
        words = [re.escape(word) for word in citation.quote.split()]
        if not words:
            return None
        found = list(islice(re.finditer(r"\s+".join(words), text), 50))
        for match in found:
            page = page_at(pages, match.start())
            if page and (citation.page is None or page.number == citation.page):
                return Span(page, match.start(), match.end())
        return None

    def read(self, citation: Citation, span: Span) -> QuotedPage:
        """The page as it was read, with the quote marked."""
        page = span.page
        record = next(r for r in self._store.papers() if r.id == citation.paper)
        here = view_of(
            record,
            [page],
            [p.passage for p in self._store.passages() if _on(page, p.passage, record.id)],
            [d for d in self._store.decisions() if d.locator.paper == record.id],
            [t for t in self._store.tables() if _on(page, t, record.id)],
        )
        body = quoted_body(here.pages[0], span.start, span.end)
        return QuotedPage(page_name(page), page_warning(page), body)

    def image(self, citation: Citation, span: Span) -> PageImage | None:
        """The picture of a quote's page; None where the paper is no PDF or can't be drawn."""
        record = next((r for r in self._store.papers() if r.id == citation.paper), None)
        if record is None or span.page.sheet is None:
            return None
        return self._drawn(record.sha256, record.file_name, span.page.sheet, citation.quote)

    def _draw(self, sha256: str, name: str, sheet: int, quote: str) -> PageImage | None:
        file = self._store.originals.path(sha256)
        if file is None:
            return None
        with file.open("rb") as opened:
            if b"%PDF-" not in opened.read(_HEAD):
                return None
        with self._lock:
            try:
                return self._worker.call(name, page_image, file, sheet, quote)
            except BoardPapersError:
                # The page as it was read is shown in its place.
                return None


def _on(page: Page, what: Placed, paper_id: str) -> bool:
    """Whether something of a paper stands on a page of it."""
    where = what.locator
    return where.paper == paper_id and where.start < page.end and page.start < where.end
