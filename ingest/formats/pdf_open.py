"""Opening a PDF: what needs a password is refused, what is damaged is repaired once."""

import io
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from ingest.errors import UnreadableFile

REPAIRED = (
    "The file was damaged and has been repaired as far as that went: "
    "compare it with the original before relying on it."
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A `pypdfium2.PdfDocument`, and whether it had to be repaired."""

    document: Any
    repaired: bool = False


def open_pdf(raw: bytes) -> Opened:
    """A PDF ready to be read; one that only its owner's password locks opens without it.

    Raises:
        UnreadableFile: it needs a password, or is damaged beyond repair.
    """
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile(
                "the PDF needs a password: save a copy without one and try again."
            ) from error
        return Opened(_repaired(raw), repaired=True)
    if _whole(document):
        return Opened(document)
    try:
        mended = _repaired(raw)
    except UnreadableFile:
        return Opened(document)
    if len(mended) == len(document):
        document.close()
        return Opened(mended, repaired=True)
    mended.close()  # pages would no longer be counted as in the file
    return Opened(document)


def _whole(document: Any) -> bool:
    """Whether the first and the last page can be opened."""
    count = len(document)
    for index in {0, count - 1} if count else ():
        try:
            document[index].close()
        except pdfium.PdfiumError:
            return False
    return True


def _repaired(raw: bytes) -> Any:
    """The document that pikepdf rebuilds from what is left of a file."""
    mended = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(raw)) as whole:
            whole.save(mended)
        return pdfium.PdfDocument(mended.getvalue())
    except (pikepdf.PdfError, pdfium.PdfiumError) as error:
        raise UnreadableFile(
            "the PDF is damaged and can't be opened: download or save it again."
        ) from error
