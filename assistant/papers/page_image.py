"""A page of a PDF as a picture, with a quote boxed; drawn in a process that may be stopped."""

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from ingest.formats.pdf_open import open_pdf

_LONGEST = 1500  # pixels of the longer side: sharp on a phone's screen, and bounded
_SHARPEST = 2.0  # pixels a point
_WORD = re.compile(r"[^\W_]+")
_ENOUGH = 0.6  # of a quote's words must stand on the page, or nothing is boxed
_FILL, _EDGE = (255, 215, 94, 90), (138, 92, 0, 255)


_Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as a PNG picture; `boxed` says whether the quote was found on it."""

    png: bytes
    boxed: bool


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


def page_image(file: Path, sheet: int, quote: str) -> PageImage:
    """The picture of a sheet (from 1) of a PDF file, with the quote boxed where it stands.

    Raises:
        UnreadableFile: the file can't be opened, or needs a password.
    """
    document = open_pdf(file.read_bytes()).document
    page = document[sheet - 1]
    scale = min(_SHARPEST, _LONGEST / max(page.get_size()))
    bitmap = page.render(scale=scale)
    image = bitmap.to_pil().convert("RGB")
    places = bitmap.get_posconv(page)
    text = page.get_textpage()
    boxes = _joined(
        _on_picture(places, box)
        for start, end in _stretches(text.get_text_range(), quote)
        for box in _boxes(text, start, end)
    )
    out = io.BytesIO()
    _boxed(image, boxes).save(out, "PNG", optimize=True)
    return PageImage(out.getvalue(), bool(boxes))


def _boxed(image: Image.Image, boxes: Sequence[_Box]) -> Image.Image:
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for left, top, right, bottom in boxes:
        draw.rectangle(
            (left - 3, top - 2, right + 3, bottom + 2), fill=_FILL, outline=_EDGE, width=2
        )
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


def _on_picture(places: Any, box: tuple[float, ...]) -> _Box:
    left, bottom, right, top = box
    corners = [places.to_bitmap(left, bottom), places.to_bitmap(right, top)]
    xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
    return int(xs[0]), int(ys[0]), int(xs[1]), int(ys[1])


def _boxes(text: pdfium.PdfTextPage, start: int, end: int) -> Iterator[tuple[float, ...]]:
    """One box for each line of a stretch of the page's text."""
    for index in range(text.count_rects(start, end - start)):
        yield text.get_rect(index)


def _joined(boxes: Iterable[_Box]) -> list[_Box]:
    """Boxes on one line, such as the cells of a row, as one box."""
    lines: list[_Box] = []
    for box in boxes:
        last = lines[-1] if lines else box
        shared = min(last[3], box[3]) - max(last[1], box[1])
        if lines and 2 * shared > box[3] - box[1]:
            box = (min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]),
                   max(last[3], box[3]))  # fmt: skip
            lines.pop()
        lines.append(box)
    return lines


def _stretches(text: str, quote: str) -> list[tuple[int, int]]:
    """The characters of a page on which a quote's words stand, in order.

    The words are compared, not the marks between: a reader joins hyphens and parts cells.
    """
    page, wanted = list(_words(text)), [word.text for word in _words(quote)]
    if not (page and wanted):
        return []
    held = [word.text for word in page]
    for at in range(len(held) - len(wanted) + 1):
        if held[at : at + len(wanted)] == wanted:
            return [(page[at].start, page[at + len(wanted) - 1].end)]
    blocks = SequenceMatcher(None, held, wanted, autojunk=False).get_matching_blocks()
    found = [block for block in blocks if block.size > 1]
    if sum(block.size for block in found) < _ENOUGH * len(wanted):
        return []
    return [(page[b.a].start, page[b.a + b.size - 1].end) for b in found]


def _words(text: str) -> Iterator[_Word]:
    for match in _WORD.finditer(text):
        yield _Word(unicodedata.normalize("NFKC", match[0]).casefold(), *match.span())
