"""Text without its markup, with the way back to the characters it came from."""

import re
from dataclasses import dataclass
from html import unescape

_PAGE_NUMBER = r"page\s+\d{1,4}(?:\s+of\s+\d+)?"
PAGE_MARK = re.compile(r"^\W{0,3}page\s+(\d{1,4})(?:\s+of\s+\d+)?\W{0,3}$", re.IGNORECASE)
"""A line that holds only the number of the page that it ends."""
FURNITURE = (
    r"this page is intentionally left blank|(?:this report is public\W*)?"
    r"\[?not protectively marked\]?|this report is public"
)
_BETWEEN_PAGES = rf"\n\W{{0,12}}(?:{_PAGE_NUMBER}|{FURNITURE})\W{{0,3}}(?=\n)"
_TOKEN = re.compile(
    r"(?P<link>\[(?P<label>[^\[\]\n]{1,200})\]\([^()\s]{1,400}\))"
    rf"|(?P<space>{_BETWEEN_PAGES}|(?:\s|\u00a0)+|<br\s*/?>|</(?:li|p|td|tr|ul|ol)>)"
    r"|(?P<mark>\*{1,3}|</?[a-zA-Z][^<>\n]{0,200}>)"
    r"|(?P<entity>&(?:amp|nbsp|lt|gt|quot|apos|pound|#\d{2,5});)",
    re.IGNORECASE,
)


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

    def keep(text: str, at: int, step: int = 1) -> None:
        pieces.append(text)
        origin.extend(at + i * step for i in range(len(text)))

    at = start
    for token in _TOKEN.finditer(source, start, end):
        keep(source[at : token.start()], at)
        at = token.end()
        if token["link"] is not None:
            inner = plain(source, *token.span("label"))
            pieces.append(inner.text)
            origin.extend(inner.origin)
        elif token["space"] is not None:
            keep(" ", token.start())
        elif token["entity"] is not None:
            keep(unescape(token["entity"])[:1], token.start())
    keep(source[at:end], at)
    return _folded("".join(pieces), origin)


def _folded(text: str, origin: list[int]) -> Plain:
    """One space for each run of white space, none at the ends."""
    kept = [
        i
        for i, char in enumerate(text)
        if not char.isspace() or (i > 0 and not text[i - 1].isspace())
    ]
    if kept and text[kept[-1]].isspace():
        kept.pop()
    return Plain(
        "".join(" " if text[i].isspace() else text[i] for i in kept),
        tuple(origin[i] for i in kept),
    )
