"""Plain text and Markdown: decoded, and cut at the page marks that an extraction left.

A line that holds only "Page N" ends printed page N, or begins it.
"""

import re
from collections.abc import Iterator, Sequence

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

    A mark stands at the foot of its page, unless the file begins with one and ends without. A
    page's number is known only where the mark on its other side is of the page beside it: where
    marks were lost or moved, it isn't.
    """
    text = decode(raw)
    found = [
        (int(mark[1]), line)
        for line in re.finditer(r"[^\n]+\n?", text)
        if (mark := PAGE_MARK.match(line.group().strip()))
    ]
    if not found:
        return Reading((PageText(text),))
    marks = [(number, line.start(), line.end()) for number, line in found]
    heads = not text[: marks[0][1]].strip() and bool(text[marks[-1][2] :].strip())
    return Reading(tuple(_under(text, marks) if heads else _above(text, marks)))


def _above(text: str, marks: Sequence[tuple[int, int, int]]) -> Iterator[PageText]:
    """Pages whose marks are at their feet."""
    start = before = 0
    for number, _, end in marks:
        yield PageText(text[start:end], printed=number if number == before + 1 else None)
        start, before = end, number
    if text[start:].strip():
        yield PageText(text[start:])


def _under(text: str, marks: Sequence[tuple[int, int, int]]) -> Iterator[PageText]:
    """Pages whose marks are at their heads; white space before the first belongs to its page."""
    starts = [0, *(start for _, start, _ in marks[1:]), len(text)]
    for at, (number, *_) in enumerate(marks):
        known = at + 1 == len(marks) or marks[at + 1][0] == number + 1
        yield PageText(text[starts[at] : starts[at + 1]], printed=number if known else None)
