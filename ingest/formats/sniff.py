"""Which format a file's bytes are in, whatever its name says."""

import csv
import io
import re
import zipfile
from enum import StrEnum

from ingest.errors import UnreadableFile


class Format(StrEnum):
    """A format that is read."""

    PDF = "PDF"
    DOCX = "Word"
    XLSX = "Excel"
    HTML = "web page"
    CSV = "CSV"
    TEXT = "text"


_HEAD = 1024
_OLE = b"\xd0\xcf\x11\xe0"
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_REFUSED = (
    (b"{\\rtf", "RTF isn't read; save it as Word (.docx) or PDF and try again."),
    (b"\x89PNG", "a picture isn't read; put the scan into a PDF and try again."),
    (b"\xff\xd8\xff", "a picture isn't read; put the scan into a PDF and try again."),
    (b"GIF8", "a picture isn't read; put the scan into a PDF and try again."),
    (b"II*\0", "a picture isn't read; put the scan into a PDF and try again."),
    (b"MM\0*", "a picture isn't read; put the scan into a PDF and try again."),
    (b"\xff\xfe", "text in UTF-16 isn't read; save it as text (UTF-8) and try again."),
    (b"\xfe\xff", "text in UTF-16 isn't read; save it as text (UTF-8) and try again."),
    (b"\x1f\x8b", "archives aren't read; unpack it and name the papers in it."),
)
_MEMBERS = (("word/document.xml", Format.DOCX), ("xl/workbook.xml", Format.XLSX))
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_DELIMITERS = ",;\t"
_FEWEST_ROWS = 3
_TABULAR = 0.9
_LONG_CELL = 80


def sniff(raw: bytes, suffix: str) -> Format:
    """The format of a file's bytes; refuses what isn't read, with the way out.

    Where bytes can't tell, the name's ending does: whether plain text is a table of values.
    """
    if b"%PDF-" in raw[:_HEAD]:
        return Format.PDF
    if raw.startswith(b"PK\x03\x04"):
        return _container(raw)
    if raw.startswith(_OLE):
        raise UnreadableFile(_legacy(raw))
    for signature, reason in _REFUSED:
        if raw.startswith(signature):
            raise UnreadableFile(reason)
    if _HTML.match(raw[: 8 * _HEAD]):
        return Format.HTML
    # Text pulled out of a PDF may hold a stray NUL; binary files hold them by the hundred.
    if raw.count(b"\0") > max(1, len(raw) // 1000):
        raise UnreadableFile("it is a binary file, not a paper; save it as PDF and try again.")
    return Format.CSV if _is_delimited(raw, named=suffix in (".csv", ".tsv")) else Format.TEXT


def _container(raw: bytes) -> Format:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(raw)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableFile(
            "it is a damaged Word, Excel or ZIP file; open it, save it again and try again."
        ) from error
    for member, found in _MEMBERS:
        if member in names:
            return found
    raise UnreadableFile("archives aren't read; unpack it and name the papers in it.")


def _legacy(raw: bytes) -> str:
    if _PACKAGE in raw:
        return "it is protected with a password; save it without one and try again."
    return "old Word and Excel files aren't read; save it as .docx, .xlsx or PDF and try again."


def _is_delimited(raw: bytes, *, named: bool) -> bool:
    """Whether text is rows of one width: any text where it is named so, else short cells only."""
    text = raw[: 64 * _HEAD].decode("utf-8-sig", "replace")
    lines = [line for line in text.splitlines() if line.strip()]
    if named:
        return any(mark in text for mark in _DELIMITERS)
    if len(lines) < _FEWEST_ROWS or lines[0].startswith(("#", "|", "-")):
        return False
    return any(_rows_agree(lines, mark) for mark in _DELIMITERS)


def _rows_agree(lines: list[str], mark: str) -> bool:
    try:
        rows = list(csv.reader(lines[:200], delimiter=mark, strict=True))
    except csv.Error:
        return False
    width = len(rows[0])
    agreeing = sum(len(row) == width for row in rows)
    cells = [cell for row in rows for cell in row]
    short = sum(len(cell) <= _LONG_CELL and not cell.rstrip().endswith(".") for cell in cells)
    return width > 2 and agreeing >= _TABULAR * len(rows) and short >= _TABULAR * len(cells)
