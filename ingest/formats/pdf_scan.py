"""Which PDF pages are pictures of text, and what Tesseract is given of them."""

import re
from collections.abc import Sequence
from typing import Any

from ingest.formats.ocr import DOTS_AN_INCH, POINTS_AN_INCH, NotRecognised, Picture
from ingest.formats.pdf_marks import Marks
from ingest.formats.pdf_text import Sheet, Word

_SCAN = 0.5
_FEW_LETTERS = 40
_DRAWN_TEXT = 150
_GARBLED = 0.3
_MOST_PIXELS = 40_000_000
_NO_LETTER = re.compile("[\ufffd\ue000-\uf8ff\x01\x03-\x08]")


def drawn(page: Any) -> Picture:
    """A page as a grey picture.

    Raises:
        NotRecognised: it is too large to draw.
    """
    width, height = page.get_size()
    scale = DOTS_AN_INCH / POINTS_AN_INCH
    if width * height * scale * scale > _MOST_PIXELS:
        raise NotRecognised("a scanned page too large to recognise")
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        bitmap.close()


def over(word: Word, words: Sequence[Word]) -> bool:
    """Whether a recognised word stands where a word of the file's own text does."""
    x, y = (word.x0 + word.x1) / 2, word.y - 0.3 * word.size
    return any(
        one.x0 - 1 <= x <= one.x1 + 1 and one.y - one.size <= y <= one.y + 0.3 * one.size
        for one in words
    )


def is_scan(sheet: Sheet, marks: Marks, words: Sequence[Word]) -> bool:
    """Whether a page is a picture of text, text drawn as curves, or letters that mean nothing."""
    letters = sum(len(word.text) for word in words)
    if letters >= _FEW_LETTERS:
        return len(_NO_LETTER.findall(sheet.raw)) > _GARBLED * len(sheet.raw)
    pictured = sum(box.area for box in marks.pictures)
    area = sheet.frame.width * sheet.frame.height
    return pictured > _SCAN * area or len(marks.curves) > _DRAWN_TEXT
