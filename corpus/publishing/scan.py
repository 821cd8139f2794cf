"""A report as a photocopier's scan: pictures of its pages in a PDF that holds no text."""

import io
import random
from collections.abc import Iterator

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

DPI = 200
_QUALITY = 38
_TURNS = (0.5, -0.35, 0.2)
_GREY = 236


def scanned(printed: bytes) -> bytes:
    """The pages of that PDF as grey pictures, a little turned and dirty."""
    sheet = io.BytesIO()
    canvas = Canvas(sheet, pagesize=A4, invariant=1, pageCompression=1)
    canvas.setTitle("MFP_0417_scan")
    canvas.setCreator("corpus.publish")
    for picture in _pictures(printed):
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return sheet.getvalue()


def _pictures(printed: bytes) -> Iterator[io.BytesIO]:
    document = pdfium.PdfDocument(printed)
    for number, page in enumerate(document):
        clean = page.render(scale=DPI / 72).to_pil().convert("L")
        turned = clean.rotate(_TURNS[number % len(_TURNS)], Image.Resampling.BICUBIC, fillcolor=255)
        jpeg = io.BytesIO()
        _dirty(turned, number).save(jpeg, "JPEG", quality=_QUALITY, optimize=True)
        jpeg.seek(0)
        yield jpeg
    document.close()


def _dirty(page: Image.Image, seed: int) -> Image.Image:
    """Paper that isn't white, a blur, specks and a shadow at one edge."""
    chance = random.Random(seed)
    paper = Image.new("L", page.size, _GREY)
    dirty = ImageChops.multiply(page.filter(ImageFilter.GaussianBlur(0.6)), paper)
    for _ in range(700):
        x, y = chance.randrange(page.width - 2), chance.randrange(page.height - 2)
        dirty.paste(chance.randrange(90, 210), (x, y, x + 2, y + chance.choice((1, 2))))
    for x in range(24):
        dirty.paste(_GREY - 4 * (24 - x), (x, 0, x + 1, page.height))
    return dirty
