"""Plain text and Markdown: decoded, and cut at the page marks that an extraction left.

A line that holds only "Page N" ends printed page N.
"""

import re

from ingest.errors import UnreadableFile
from ingest.formats.limits import Limits
from ingest.formats.page import PageText, Reading
from ingest.markup import PAGE_MARK


def decode(raw: bytes) -> str:
    """Bytes as text: UTF-8, else Windows text; nothing is guessed beyond that."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("it is neither UTF-8 nor Windows text; save it as UTF-8 text.")


def read_text(raw: bytes, limits: Limits) -> Reading:
    """The file's own text, page by printed page.

    A page's number is known only where the mark before it (or the file's beginning) is of the
    page before: where marks were lost or moved, it isn't.
    """
    text = decode(raw)
    pages: list[PageText] = []
    start = before = 0
    for match in re.finditer(r"[^\n]+\n?", text):
        mark = PAGE_MARK.match(match.group().strip())
        if mark:
            number = int(mark[1])
            printed = number if number == before + 1 else None
            pages.append(PageText(text[start : match.end()], printed=printed))
            start, before = match.end(), number
    if text[start:].strip() or not pages:
        pages.append(PageText(text[start:]))
    return Reading(tuple(pages))
