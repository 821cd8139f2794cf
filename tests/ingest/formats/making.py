"""PDFs made for tests: each page is a function that draws on a reportlab canvas."""

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.formats.limits import Limits
from ingest.formats.page import Reading
from ingest.formats.pdf import read_pdf

WIDTH, HEIGHT = A4
LEFT = 72.0
Draw = Callable[[Canvas], None]


def pdf(*pages: Draw, size: tuple[float, float] = A4, **options: object) -> bytes:
    """A PDF of these pages; `options` are those of the canvas."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, **options)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def reading(*pages: Draw, size: tuple[float, float] = A4, limits: Limits | None = None) -> Reading:
    """The pages, written and read again."""
    return read_pdf(pdf(*pages, size=size), limits or Limits())


def text_of(*pages: Draw, size: tuple[float, float] = A4) -> str:
    """The markup of the pages, a blank line between them."""
    return "\n\n".join(page.text for page in reading(*pages, size=size).pages)


def lines(
    *texts: str,
    x: float = LEFT,
    y: float = 100,
    step: float = 14,
    size: float = 11,
    font: str = "Helvetica",
) -> Draw:
    """Lines of text from `y` points below the top, `step` apart."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for i, text in enumerate(texts):
            canvas.drawString(x, HEIGHT - y - i * step, text)

    return draw


def all_of(*draws: Draw) -> Draw:
    """Several drawings on one page."""

    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    return draw


def wrapped(text: str, *, x: float = LEFT, y: float = 100, width: float = 450, **kw: float) -> Draw:
    """A paragraph broken into lines where the next word has no room, ragged on the right."""

    def draw(canvas: Canvas) -> None:
        size = kw.get("size", 11)
        canvas.setFont("Helvetica", size)
        rows, row = [], ""
        for word in text.split():
            longer = f"{row} {word}".strip()
            if canvas.stringWidth(longer, "Helvetica", size) > width:
                rows.append(row)
                row = word
            else:
                row = longer
        for i, one in enumerate([*rows, row]):
            canvas.drawString(x, HEIGHT - y - i * kw.get("step", 13.5), one)

    return draw


def grid(
    rows: Sequence[Sequence[str]],
    *,
    y: float = 120,
    widths: Sequence[float] = (150, 90, 90),
    height: float = 20,
    bold: int = 0,
    ruled: bool = True,
    shaded: int = 0,
) -> Draw:
    """A table with a cell for each text; `bold` and `shaded` count rows from the first."""

    def draw(canvas: Canvas) -> None:
        for r, row in enumerate(rows):
            top = HEIGHT - y - r * height
            x = LEFT
            for width, text in zip(widths, row, strict=True):
                if r < shaded:
                    canvas.setFillGray(0.8)
                    canvas.rect(x, top - height, width, height, stroke=0, fill=1)
                    canvas.setFillGray(0)
                if ruled:
                    canvas.rect(x, top - height, width, height)
                canvas.setFont("Helvetica-Bold" if r < bold else "Helvetica", 10)
                for i, part in enumerate(text.split("\n")):
                    canvas.drawString(x + 4, top - 13 - 11 * i, part)
                x += width

    return draw
