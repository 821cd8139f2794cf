"""The words of a PDF page with position, size and weight, all from PDFium's text.

Coordinates are in points from the top left of the page as it is read: pages whose text runs
sideways are turned first. PDFium is asked once a word, not once a character, since each question
costs more than what is done with its answer.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

# PDFium's mark for a hyphen at a line's end; its text goes on without a line break.
_HYPHEN = "\ufffe"
_WORD = re.compile(r"[^\s\x02\ufffe]+[\x02\ufffe]?")
_TORN = ("\x02", _HYPHEN)
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi(?!l)", re.IGNORECASE)
_BOLD_WEIGHT = 600
_FORCED_BOLD = 1 << 18
_FILLED_AND_STROKED = 2
_INVISIBLE_MODES = (3, 7)
_SMALLEST = 4.0
_RAISED = 0.85
_WHITE = 750

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | {"\x02": "\u00ad", _HYPHEN: "\u00ad", "\uffff": None, "\0": None}
)


class Word(NamedTuple):
    """A run of characters without a space; a soft hyphen at its end is one printed at a line's end.

    `y` is the baseline; `size` the height of the letters as printed, in points; `turn` the quarter
    turns of the word against the page as it is read, 0 for ordinary text; `raised` a superscript.
    """

    x0: float
    x1: float
    y: float
    size: float
    text: str
    bold: bool = False
    turn: int = 0
    raised: bool = False


class Sheet(NamedTuple):
    """A page: the way to its coordinates, its words, and PDFium's own text.

    `pale` are words printed in white and `unseen` those printed without ink: hidden text, unless
    they stand on a dark ground or over a picture of the page.
    """

    frame: "Frame"
    words: list[Word]
    pale: list[Word]
    unseen: list[Word]
    raw: str


class _Style(NamedTuple):
    size: float
    bold: bool
    angle: int
    white: bool
    unseen: bool


def typed(function: Any, result: Any, *arguments: Any) -> Any:
    """A PDFium function that takes and gives plain addresses, which can be compared and kept."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_address, _number = ctypes.c_void_p, ctypes.c_int
_text_object = typed(pdfium.FPDFText_GetTextObject, _address, _address, _number)
_origin = typed(pdfium.FPDFText_GetCharOrigin, _number, _address, _number, _address, _address)
_loose_box = typed(pdfium.FPDFText_GetLooseCharBox, _number, _address, _number, _address)
_font_size = typed(pdfium.FPDFText_GetFontSize, ctypes.c_double, _address, _number)
_matrix = typed(pdfium.FPDFText_GetMatrix, _number, _address, _number, _address)
_font = typed(pdfium.FPDFTextObj_GetFont, _address, _address)
_render_mode = typed(pdfium.FPDFTextObj_GetTextRenderMode, _number, _address)
_fill_color = typed(
    pdfium.FPDFPageObj_GetFillColor, _number, _address, _address, _address, _address, _address
)


def read_sheet(page: Any) -> Sheet:
    """The words of a page (a `pypdfium2.PdfPage`), in the file's own order."""
    textpage = page.get_textpage()
    try:
        return _Reader(page, textpage).sheet()
    finally:
        textpage.close()


class _Reader:
    """One page's text, asked of PDFium word by word."""

    def __init__(self, page: Any, textpage: Any) -> None:
        self.page = page
        self.textpage = textpage
        self.address = ctypes.cast(textpage.raw, ctypes.c_void_p).value
        self.styles: dict[int, _Style] = {}
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.x_at, self.y_at = ctypes.addressof(self.x), ctypes.addressof(self.y)
        self.fonts: dict[int | None, bool] = {}
        self.matrix = pdfium.FS_MATRIX()
        self.matrix_at = ctypes.addressof(self.matrix)
        self.color = tuple(ctypes.c_uint() for _ in range(4))
        self.color_at = tuple(map(ctypes.addressof, self.color))
        self.box = pdfium.FS_RECTF()
        self.box_at = ctypes.addressof(self.box)

    def sheet(self) -> Sheet:
        count = pdfium.FPDFText_CountChars(self.textpage)
        raw = self._text(count)
        left, bottom, right, top = self.page.get_bbox()
        pieces: list[tuple[Word, _Style]] = []
        for text, first, last in self._tokens(raw, count):
            pieces.extend(self._pieces(text, first, last))
        turns: Counter[int] = Counter()
        for word, style in pieces:
            turns[style.angle] += len(word.text)
        turn = turns.most_common(1)[0][0] if turns else self.page.get_rotation() // 90
        frame = Frame(left, bottom, right, top, turn)
        words: list[Word] = []
        pale: list[Word] = []
        unseen: list[Word] = []
        for word, style in pieces:
            placed = frame.place(word, style.angle)
            if placed.size < _SMALLEST or not frame.holds(placed):
                continue
            kept = unseen if style.unseen else pale if style.white else words
            kept.append(placed)
        return Sheet(frame, words, pale, unseen, raw)

    def _text(self, count: int) -> str:
        if count <= 0:
            return ""
        buffer = ctypes.create_string_buffer(2 * (count + 1))
        wide = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        got = pdfium.FPDFText_GetText(self.textpage, 0, count, wide)
        return buffer.raw[: 2 * max(0, got - 1)].decode("utf-16-le", errors="replace")

    def _tokens(self, raw: str, count: int) -> Iterator[tuple[str, int, int]]:
        """(text, first character, last character) of each word."""
        same = len(raw) == count
        for match in _WORD.finditer(raw):
            first, last = match.start(), match.end() - 1
            if not same:
                first, last = self._index(raw, first), self._index(raw, last)
            yield match.group(), first, last

    def _index(self, raw: str, at: int) -> int:
        wide = len(raw[:at].encode("utf-16-le", errors="replace")) // 2
        return max(0, int(pdfium.FPDFText_GetCharIndexFromTextIndex(self.textpage, wide)))

    def _pieces(self, text: str, first: int, last: int) -> Iterator[tuple[Word, _Style]]:
        """A word, in several pieces where its letters differ in size or height (superscripts)."""
        opened = _text_object(self.address, first)
        closed = opened if first == last else _text_object(self.address, last)
        style = self._style(opened, first)
        whole = opened == closed or last - first + 1 != len(text) or text[-1] in _TORN
        if whole or closed is None or self._alike(opened, closed, first, last):
            yield self._word(text, first, last, style), style
            return
        yield from self._split(text, first)

    def _alike(self, opened: int, closed: int, first: int, last: int) -> bool:
        """Whether a word's ends are of one font and size and stand on one baseline.

        Some programs write each letter as an object of its own.
        """
        if _font(opened) != _font(closed):
            return False
        sizes = _font_size(self.address, first), _font_size(self.address, last)
        if abs(sizes[0] - sizes[1]) > 0.1 * sizes[0]:
            return False
        _origin(self.address, last, self.x_at, self.y_at)
        x, y = self.x.value, self.y.value
        _origin(self.address, first, self.x_at, self.y_at)
        return abs(self.y.value - y) < 1.0 or abs(self.x.value - x) < 1.0

    def _split(self, text: str, first: int) -> Iterator[tuple[Word, _Style]]:
        start = 0
        before: tuple[_Style, float] | None = None
        for i in range(len(text) + 1):
            now = None
            if i < len(text):
                item = _text_object(self.address, first + i)
                now = self._style(item, first + i) if item else before[0] if before else None
                if now is None:
                    continue
                base = self._baseline(first + i)
                if before is None:
                    before = (now, base)
                    continue
                same_size = abs(now.size - before[0].size) < 0.15 * before[0].size
                if same_size and now.bold == before[0].bold and abs(base - before[1]) < 1.0:
                    continue
            if before is not None and i > start:
                yield self._word(text[start:i], first + start, first + i - 1, before[0]), before[0]
            start = i
            before = (now, self._baseline(first + i)) if now is not None else None

    def _baseline(self, index: int) -> float:
        _origin(self.address, index, self.x_at, self.y_at)
        return self.y.value

    def _word(self, text: str, first: int, last: int, style: _Style) -> Word:
        """A word in the file's own coordinates: `y` is measured as the file does."""
        _origin(self.address, first, self.x_at, self.y_at)
        x0, y0 = self.x.value, self.y.value
        end = last - 1 if text[-1] in _TORN and last > first else last
        box = self.box
        _loose_box(self.address, end, self.box_at)
        along = (box.right, box.top, box.left, box.bottom)[style.angle]
        shown = text.translate(_LIGATURES)
        return Word(x0, along, y0, style.size, shown, style.bold)

    def _style(self, item: int | None, index: int) -> _Style:
        if item is None:
            return _Style(10.0, False, 0, False, False)
        found = self.styles.get(item)
        if found is None:
            found = self.styles[item] = self._read_style(item, index)
        return found

    def _read_style(self, item: int, index: int) -> _Style:
        matrix = self.matrix
        _matrix(self.address, index, self.matrix_at)
        size = _font_size(self.address, index) * math.hypot(matrix.c, matrix.d)
        angle = 0 if matrix.b == 0 and matrix.a > 0 else _quarter_turns(matrix.a, matrix.b)
        mode = _render_mode(item)
        _fill_color(item, *self.color_at)
        red, green, blue, alpha = (part.value for part in self.color)
        white = red + green + blue >= _WHITE
        unseen = mode in _INVISIBLE_MODES or (alpha == 0 and mode != 1)
        font = _font(item)
        bold = self.fonts.get(font)
        if bold is None:
            bold = self.fonts[font] = _is_bold(font)
        return _Style(size, bold or mode == _FILLED_AND_STROKED, angle, white, unseen)


def _quarter_turns(a: float, b: float) -> int:
    return round(math.degrees(math.atan2(b, a)) / 90) % 4


def _is_bold(address: int | None) -> bool:
    if not address:
        return False
    font = ctypes.cast(address, pdfium.FPDF_FONT)
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, 128)
    return bool(
        _BOLD_NAME.search(name.value.decode("latin-1"))
        or pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
        or pdfium.FPDFFont_GetFlags(font) & _FORCED_BOLD
    )


class Frame:
    """From the file's coordinates to those of the page as it is read."""

    def __init__(self, left: float, bottom: float, right: float, top: float, turn: int) -> None:
        self.left, self.bottom, self.right, self.top, self.turn = left, bottom, right, top, turn
        upright = turn % 2 == 0
        self.width = right - left if upright else top - bottom
        self.height = top - bottom if upright else right - left

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the file's own coordinates is on the page."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def place(self, word: Word, angle: int) -> Word:
        """A word whose x1 is where it ends along its own direction."""
        x, y = self.point(word.x0, word.y)
        along = (word.x1, word.y) if angle % 2 == 0 else (word.x0, word.x1)
        end_x, end_y = self.point(*along)
        turn = (angle - self.turn) % 4
        if turn == 0:
            return Word(x, end_x, y, word.size, word.text, word.bold)
        if turn == 2:
            return word._replace(x0=end_x, x1=x, y=y, turn=turn)
        # A word that runs up or down stands where its middle is, as wide as its letters are high.
        half = word.size / 2
        return word._replace(x0=x - half, x1=x + half, y=(y + end_y) / 2, turn=turn)

    def holds(self, word: Word) -> bool:
        """Whether a word stands on the page."""
        middle = (word.x0 + word.x1) / 2
        return -2 <= middle <= self.width + 2 and -2 <= word.y <= self.height + word.size
