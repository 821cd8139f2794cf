"""Which page a place in a paper's text stands on."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from ingest.model import Locator, Page


class Placed(Protocol):
    """A value that says where it stands."""

    @property
    def locator(self) -> Locator:
        """Where it stands."""


T = TypeVar("T", bound=Placed)


def page_at(pages: Sequence[Page], offset: int) -> Page | None:
    """The page that a character stands on; white space after a page belongs to that page."""
    i = bisect_right(pages, offset, key=lambda page: page.start)
    return pages[i - 1] if i else None


def on_page(locator: Locator, pages: Sequence[Page]) -> Locator:
    """The locator with the page on which it begins."""
    page = page_at(pages, locator.start)
    return replace(locator, page=page.number, sheet=page.sheet) if page else locator


def on_pages(values: Iterable[T], pages: Sequence[Page]) -> tuple[T, ...]:
    """Values with the pages that they begin on."""
    return tuple(replace(value, locator=on_page(value.locator, pages)) for value in values)  # type: ignore[type-var]
