"""The page that a quote stands on: as printed where the file was kept, and as it was read."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import Citation
from assistant.papers.page import page_name, page_warning, quoted_body
from assistant.papers.view import view_of
from ingest.errors import BoardPapersError, UnknownPaper
from ingest.formats.limits import Limits
from ingest.isolation import Worker
from ingest.model import Locator, Page
from ingest.pages import Placed, page_at
from ingest.store import PaperRecord, Store

if TYPE_CHECKING:
    from assistant.papers.page_image import PageImage

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

    def span_at(self, where: Locator) -> Span | None:
        """The span of a locator."""
        page = page_at(self._store.pages(where.paper), where.start)
        return Span(page, where.start, where.end) if page else None

    def read(self, paper_id: str, span: Span) -> QuotedPage:
        """The page as it was read, with the span marked."""
        page = span.page
        record = self._record(paper_id)
        here = view_of(
            record,
            [page],
            [p for p in self._store.passages_of(paper_id) if _on(page, p)],
            self._store.decisions_of(paper_id),
            [t for t in self._store.tables_of(paper_id) if _on(page, t)],
        )
        body = quoted_body(here.pages[0], span.start, span.end)
        return QuotedPage(page_name(page), page_warning(page), body)

    def image(self, paper_id: str, span: Span) -> PageImage | None:
        """The picture of a page with the span boxed.

        None where the paper is no PDF, its file wasn't kept, or the page can't be drawn; nor is a
        page drawn of a paper of which something is held back from who looks.
        """
        record = self._record(paper_id)
        if not self._store.shows_all_of(paper_id):
            return None
        if span.page.sheet is None:
            return None
        quote = self._store.text(paper_id)[span.start : span.end]
        return self._drawn(record.sha256, record.file_name, span.page.sheet, quote)

    def _record(self, paper_id: str) -> PaperRecord:
        found = self._store.paper(paper_id)
        if found is None:
            raise UnknownPaper(f"The paper {paper_id} isn't held any more.")
        return found

    def _draw(self, sha256: str, name: str, sheet: int, quote: str) -> PageImage | None:
        with self._store.originals.at_hand(sha256) as file:
            return self._pictured(file, name, sheet, quote) if file else None

    def _pictured(self, file: Path, name: str, sheet: int, quote: str) -> PageImage | None:
        # Not above: it brings what draws pages, which asking has no need of.
        from assistant.papers.page_image import page_image

        with file.open("rb") as opened:
            if b"%PDF-" not in opened.read(_HEAD):
                return None
        with self._lock:
            try:
                return self._worker.call(name, page_image, file, sheet, quote)
            except BoardPapersError:
                # The page as it was read is shown in its place.
                return None


def _on(page: Page, what: Placed) -> bool:
    """Whether something of a paper stands on a page of it."""
    return what.locator.start < page.end and page.start < what.locator.end
