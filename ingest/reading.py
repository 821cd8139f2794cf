"""The one door for files: what may be read, by which reader, and the text of every quote."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.errors import UnreadableFile
from ingest.formats.limits import MIB, Limits
from ingest.formats.page import PageText, Reading
from ingest.formats.sniff import Format, sniff
from ingest.model import Page

SUFFIXES = (".pdf", ".docx", ".html", ".htm", ".xlsx", ".csv", ".tsv", ".md", ".txt")
"""What is looked for in folders; a file that is named itself is judged by its content."""

Reader = Callable[[bytes, Limits], Reading]

# Characters that show nothing yet split words or reorder what a reader sees: bidirectional
# controls, zero-widths, soft hyphens, and the invisible "tag" copies of ASCII.
_INVISIBLE = re.compile(
    "[\0\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
_CHUNK = MIB


@dataclass(frozen=True, slots=True)
class Source:
    """A file that could be read: its name, the hash of its bytes, its text and its pages.

    The pages cut the text into stretches that follow one another; there is at least one.
    """

    file_name: str
    sha256: str
    text: str
    pages: tuple[Page, ...] = ()
    notes: tuple[str, ...] = ()


def paper_id(path: Path) -> str:
    """The id of the paper that a file holds: its name without the ending."""
    return path.stem


def fingerprint(path: Path, limits: Limits = Limits()) -> str:
    """The hash of a file's bytes; refuses what isn't a file, can't be opened or is too large."""
    return hashlib.sha256(b"".join(_chunks(path, limits))).hexdigest()


def read(path: Path, limits: Limits = Limits()) -> Source:
    """The text of a file, page by page; refuses what can't be read, with the way out.

    The reader is chosen by the file's content. It runs in this process: what comes from strangers
    is read by way of :mod:`ingest.isolation`.
    """
    return read_bytes(path, b"".join(_chunks(path, limits)), limits)


def read_bytes(path: Path, raw: bytes, limits: Limits = Limits()) -> Source:
    """The text of the bytes of a file of that name, which needn't be there; see :func:`read`."""
    try:
        reading = _reader(sniff(raw, path.suffix.lower()))(raw, limits)
    except UnreadableFile as error:
        raise UnreadableFile(f"{path}: {error}") from error
    pages = tuple(_cleaned(reading.pages))
    if not any(page.text.strip() for page in pages):
        raise UnreadableFile(f"{path} holds no text: {_why_empty(pages)}")
    text, spans = _joined(pages)
    return Source(path.name, hashlib.sha256(raw).hexdigest(), text, spans, reading.notes)


def _reader(found: Format) -> Reader:
    """The reader of a format; its libraries are loaded only now."""
    if found is Format.PDF:
        from ingest.formats.pdf import read_pdf

        return read_pdf
    if found is Format.DOCX:
        from ingest.formats.docx import read_docx

        return read_docx
    if found is Format.HTML:
        from ingest.formats.html import read_html

        return read_html
    if found is Format.XLSX:
        from ingest.formats.sheets import read_xlsx

        return read_xlsx
    if found is Format.CSV:
        from ingest.formats.sheets import read_csv

        return read_csv
    from ingest.formats.text import read_text

    return read_text


def _chunks(path: Path, limits: Limits) -> Iterator[bytes]:
    if not path.exists():
        raise UnreadableFile(f"{path} doesn't exist: check the name and the folder.")
    if not path.is_file():
        raise UnreadableFile(f"{path} isn't a file: name a paper.")
    try:
        if path.stat().st_size > limits.bytes:
            raise UnreadableFile(
                f"{path} is larger than {limits.bytes // MIB} MB: split it and try again."
            )
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise UnreadableFile(
            f"{path} can't be opened ({error.strerror}): check that you may read it."
        ) from error


def _cleaned(pages: Iterable[PageText]) -> Iterator[PageText]:
    """Pages without invisible characters."""
    for page in pages:
        text = _INVISIBLE.sub("", page.text).replace("\r\n", "\n").replace("\r", "\n")
        yield replace(page, text=text)


def _why_empty(pages: Iterable[PageText]) -> str:
    reasons = sorted({page.unread for page in pages if page.unread})
    return "; ".join(reasons) + "." if reasons else "check that the right file was saved."


def _joined(pages: tuple[PageText, ...]) -> tuple[str, tuple[Page, ...]]:
    """The paper's text, and each page's stretch of it; what stands on a page begins a line.

    Where no numbers are printed, pages go by the file's own count.
    """
    printed = any(page.printed is not None for page in pages)
    texts: list[str] = []
    spans: list[Page] = []
    start = 0
    for page in pages:
        apart = "\n\n" if texts and not texts[-1].endswith("\n") else ""
        texts.append(apart + page.text)
        end = start + len(texts[-1])
        number = page.printed if printed else page.sheet
        spans.append(Page(start, end, number, page.sheet, page.confidence, page.unread))
        start = end
    return "".join(texts), tuple(spans)
