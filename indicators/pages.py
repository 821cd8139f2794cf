"""The printed page of a stretch within a passage that runs over a page mark."""

import re
from dataclasses import replace

from ingest.model import Locator, Paper

_MARK = re.compile(
    r"^\W{0,3}page\s+(\d{1,4})(?:\s+of\s+\d+)?\W{0,3}$", re.IGNORECASE | re.MULTILINE
)


def placed(paper: Paper, passage: Locator, start: int, end: int) -> Locator:
    """The locator of characters `start` to `end` in a passage.

    A mark stands at the foot of its page: after the mark of the passage's page comes the next one,
    if its own mark follows; else the page isn't known.
    """
    page = passage.page
    for mark in _MARK.finditer(paper.text, passage.start, start):
        page = page + 1 if page is not None and int(mark[1]) == page else None
    if page != passage.page and page is not None:
        following = _MARK.search(paper.text, start)
        page = page if following and int(following[1]) == page else None
    return replace(passage, start=start, end=end, page=page)
