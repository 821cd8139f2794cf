"""What is drawn on a PDF page beside its words: rulings, shaded areas, pictures, curves.

Coordinates are those of `pdf_text`: points from the top left of the page as it is read.
"""

import ctypes
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from ingest.formats.pdf_text import Frame, typed

_THIN = 3.0
_SHORTEST = 4.0
_MOST_SEGMENTS = 400
_MOST_OBJECTS = 20_000
_DEEPEST = 4
_CHECK_EVERY = 512
_WHITE = 745
_STRAIGHT = 0.8
_DOT = 7.0
_ROUND = 1.0


class Box(NamedTuple):
    """A rectangle; `y0` is its top."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def area(self) -> float:
        """In square points."""
        return max(0.0, self.x1 - self.x0) * max(0.0, self.y1 - self.y0)

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        """Whether a point lies in it."""
        return self.x0 - slack <= x <= self.x1 + slack and self.y0 - slack <= y <= self.y1 + slack


class Ruling(NamedTuple):
    """A straight line along an axis: at `at`, from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Marks:
    """The drawn things of a page.

    `dots` are small and round, as bullets are; `cut` where there were too many to look at all.
    """

    across: list[Ruling] = field(default_factory=list)
    down: list[Ruling] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    dark: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    curves: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)
    cut: bool = False


class _Matrix(NamedTuple):
    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, outer: "_Matrix") -> "_Matrix":
        return _Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )


_UNTURNED = _Matrix()
_object = typed(pdfium.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_form_object = typed(pdfium.FPDFFormObj_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
_type = typed(pdfium.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)


def read_marks(page: Any, frame: Frame, seconds: float) -> Marks:
    """The drawn things of a page; looking stops after `seconds` or too many objects."""
    return _Marking(frame, time.monotonic() + seconds).of(page.raw)


class _Marking:
    def __init__(self, frame: Frame, deadline: float) -> None:
        self.frame = frame
        self.deadline = deadline
        self.marks = Marks()
        self.seen = 0
        self.bounds = tuple(ctypes.c_float() for _ in range(4))
        self.refs = tuple(map(ctypes.byref, self.bounds))

    def of(self, page: Any) -> Marks:
        count = pdfium.FPDFPage_CountObjects(page)
        address = ctypes.cast(page, ctypes.c_void_p).value
        self._walk((_object(address, i) for i in range(count)), _UNTURNED, 0)
        return self.marks

    def _walk(self, addresses: Iterator[int], outer: _Matrix, depth: int) -> None:
        for address in addresses:
            self.seen += 1
            late = self.seen % _CHECK_EVERY == 0 and time.monotonic() > self.deadline
            if self.seen > _MOST_OBJECTS or late:
                self.marks.cut = True
            if self.marks.cut:
                return
            kind = _type(address)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                continue
            item = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, outer)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.marks.pictures.append(self._box(item, outer))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = (
                    _form_object(address, i) for i in range(pdfium.FPDFFormObj_CountObjects(item))
                )
                self._walk(inner, _matrix(item).then(outer), depth + 1)

    def _box(self, item: Any, outer: _Matrix) -> Box:
        pdfium.FPDFPageObj_GetBounds(item, *self.refs)
        left, bottom, right, top = (value.value for value in self.bounds)
        return self._framed(outer, (left, bottom), (right, top))

    def _framed(self, outer: _Matrix, one: tuple[float, float], two: tuple[float, float]) -> Box:
        if outer is not _UNTURNED:
            one, two = outer.point(*one), outer.point(*two)
        (ax, ay), (bx, by) = self.frame.point(*one), self.frame.point(*two)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def _path(self, item: Any, outer: _Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
        if not fill.value and not stroke.value:
            return
        box = self._box(item, outer)
        width, height = box.x1 - box.x0, box.y1 - box.y0
        if min(width, height) <= _THIN:
            if fill.value and not stroke.value and self._white(item):
                return
            self._ruling(box)
            return
        segments = pdfium.FPDFPath_CountSegments(item)
        if segments > _MOST_SEGMENTS:
            self.marks.curves.append(box)
            return
        lines, straight = self._lines(item, segments, _matrix(item).then(outer))
        if not straight:
            dot = fill.value and max(width, height) <= _DOT and abs(width - height) <= _ROUND
            (self.marks.dots if dot else self.marks.curves).append(box)
        elif fill.value and not self._white(item):
            parts = self._rectangles(lines)
            self.marks.fills.extend(parts)
            self.marks.dark.extend(parts)
        if straight and stroke.value:
            for line in lines:
                self._ruling(line)

    def _rectangles(self, lines: list[Box]) -> list[Box]:
        """A filled path's rectangles: four sides each; one box where it is drawn otherwise."""
        groups = [lines[i : i + 4] for i in range(0, len(lines), 4)]
        return [
            Box(
                min(side.x0 for side in group),
                min(side.y0 for side in group),
                max(side.x1 for side in group),
                max(side.y1 for side in group),
            )
            for group in groups
            if len(group) >= 3
        ]

    def _lines(self, item: Any, segments: int, matrix: _Matrix) -> tuple[list[Box], bool]:
        """A path's straight pieces, and whether it has no other pieces."""
        lines: list[Box] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        start = last = (0.0, 0.0)
        for i in range(segments):
            segment = pdfium.FPDFPath_GetPathSegment(item, i)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            at = (x.value, y.value)
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                return lines, False
            if kind == pdfium.FPDF_SEGMENT_LINETO:
                lines.append(self._framed(matrix, last, at))
            else:
                start = at
            last = at
            if pdfium.FPDFPathSegment_GetClose(segment) and last != start:
                lines.append(self._framed(matrix, last, start))
        lines = [line for line in lines if line.x1 - line.x0 > 0.01 or line.y1 - line.y0 > 0.01]
        slanted = any(min(line.x1 - line.x0, line.y1 - line.y0) > _STRAIGHT for line in lines)
        return lines, not slanted

    def _ruling(self, box: Box) -> None:
        width, height = box.x1 - box.x0, box.y1 - box.y0
        if width >= height and width >= _SHORTEST:
            self.marks.across.append(Ruling((box.y0 + box.y1) / 2, box.x0, box.x1))
        elif height > width and height >= _SHORTEST:
            self.marks.down.append(Ruling((box.x0 + box.x1) / 2, box.y0, box.y1))

    def _white(self, item: Any) -> bool:
        red, green, blue, alpha = (ctypes.c_uint(0) for _ in range(4))
        pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
        return alpha.value == 0 or red.value + green.value + blue.value >= _WHITE


def _matrix(item: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return _Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
