"""Text without its markup, with the way back to the characters it came from."""

import re
from dataclasses import dataclass
from html import unescape

# Beside the council's or meeting's name only with the count of pages: else it may be a reference.
_BESIDE = r"(?:[|\t–—•·]|[ ]-|[ ][ ])[ \t]*"
_PAGE_NUMBER = (
    r"page\s+\d{1,4}(?:\s+of\s+\d+)?"
    rf"|(?!\|)[^\n]{{1,120}}?{_BESIDE}page\s+\d{{1,4}}\s+of\s+\d+"
)
PAGE_MARK = re.compile(
    rf"^(?:\W{{0,3}}|(?!\|).{{1,120}}?{_BESIDE}(?=page\s+\d+\s+of\s+\d))"
    r"page\s+(\d{1,4})(?:\s+of\s+\d+)?\W{0,3}$",
    re.IGNORECASE,
)
"""A line that holds only the number of a page, or that with the names of council and meeting."""
FURNITURE = (
    r"this page is intentionally left blank|(?:this report is public\W*)?"
    r"\[?not protectively marked\]?|this report is public"
)
_BETWEEN_PAGES = rf"\n\W{{0,12}}(?:{_PAGE_NUMBER}|{FURNITURE})\W{{0,3}}(?=\n)"
_TOKEN = re.compile(
    r"(?P<link>\[(?P<label>[^\[\]\n]{1,200})\]\([^()\s]{1,400}\))"
    rf"|(?P<space>{_BETWEEN_PAGES}|\s\s+|[^\S ]|<br\s*/?>|</(?:li|p|td|tr|ul|ol)>)"
    r"|(?P<mark>\*{1,3}|</?[a-zA-Z][^<>\n]{0,200}>)"
    r"|(?P<entity>&(?:amp|nbsp|lt|gt|quot|apos|pound|#\d{2,5});)",
    re.IGNORECASE,
)

_RUN = re.compile(r"\s\s|[^\S ]")


@dataclass(frozen=True, slots=True)
class Plain:
    """Markup-free text; `origin[i]` is where character i stands in the source."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source characters behind `text[start:end]`."""
        return self.origin[start], self.origin[end - 1] + 1


def plain(source: str, start: int, end: int) -> Plain:
    """`source[start:end]` with markup dropped, entities decoded and white space folded."""
    pieces: list[str] = []
    origin: list[int] = []
    at = start
    for token in _TOKEN.finditer(source, start, end):
        pieces.append(source[at : token.start()])
        origin.extend(range(at, token.start()))
        at = token.end()
        if token["link"] is not None:
            inner = plain(source, *token.span("label"))
            pieces.append(inner.text)
            origin.extend(inner.origin)
        elif token["mark"] is None:
            pieces.append(" " if token["entity"] is None else unescape(token["entity"])[:1])
            origin.append(token.start())
    pieces.append(source[at:end])
    origin.extend(range(at, end))
    return _folded("".join(pieces), origin)


def _folded(text: str, origin: list[int]) -> Plain:
    """One space for each run of white space, none at the ends."""
    if _RUN.search(text):  # where a mark stood between two spaces
        kept = [
            i
            for i, char in enumerate(text)
            if not char.isspace() or (i > 0 and not text[i - 1].isspace())
        ]
        text = "".join(" " if text[i].isspace() else text[i] for i in kept)
        origin = [origin[i] for i in kept]
    left = len(text) - len(text.lstrip())
    right = len(text.rstrip())
    return Plain(text[left:right], tuple(origin[left:right]))
