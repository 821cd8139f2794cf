"""Lines to blocks of markup: headings, paragraphs and list items put together again."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.formats.pdf_columns import Run
from ingest.formats.pdf_lines import Line, apart
from ingest.formats.pdf_tables import TORN, Table, main_column
from ingest.formats.pdf_text import Word

_BULLETS = frozenset("•●▪■◦‣·○□➢➤✓✔❖◆►▶\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d–—-*")
_SURE_MARKER = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2}){1,2}\.?|\d{1,3}[.)]|\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})\)|[a-z]\.)$"
)
_NUMBER = re.compile(r"^(?:[A-Z]{1,6}/)?\d{1,3}(?:/\d{1,3})?\.?$")
_ENDED = re.compile(r"[.!?:;][\"”’')\]]*$")
_LEAD = re.compile(r"(?:[.;:,]|\b(?:and|or))$")
_SENTENCE = re.compile(r"[.;,]$")
_GAP = 1.22
USUAL_LEADING = 1.25
_TIGHTEST, _LOOSEST = 0.9, 2.6
_ENOUGH_STEPS = 3
_SAME_SIZE = 0.08
_TAB = 0.7
_ENTRY_GAP = 2.2
_LEVELS = ((1.42, 1), (1.22, 2), (1.09, 3))
_CLEARLY_LARGER = 1.15
_HYPHENATED = re.compile(r"[\w'’-]+\u00ad(?=([\w'’]+))")
_CHAIN = re.compile(rf"[^\s{TORN}]+(?:{TORN}[^\s{TORN}]+)+")
_MOST_PIECES = 8
_KNOWN = 0.1
_JOINED = 0.9
_LONGEST_HEADING = 220
_MOST_HEADING_LINES = 4


@dataclass(slots=True)
class _Paragraph:
    """Lines put together so far; `left` is where its text begins, after a list marker."""

    lines: list[Line]
    marked: bool
    left: float

    @property
    def last(self) -> Line:
        return self.lines[-1]


def bare(word: str) -> str:
    """A word in lower case without the marks around it."""
    return word.strip(".,;:()[]'\"“”‘’").lower()


class Joiner:
    """Joins words over line ends, by the words that the file holds elsewhere."""

    def __init__(self, vocabulary: frozenset[str]) -> None:
        self.vocabulary = vocabulary

    def joined(self, before: str, after: str) -> str:
        """What stands before `after` once "before-" at a line's end is joined to it."""
        stem = before[:-1]
        return f"{stem}-" if self._keeps(stem, after) else stem

    def mended(self, text: str) -> str:
        """A cell's text with the words whole that its narrow column or a hyphen tore."""
        if "\u00ad" in text:
            text = _HYPHENATED.sub(lambda found: self.joined(found[0], found[1]), text)
        return _CHAIN.sub(self._whole, text) if TORN in text else text

    def _whole(self, chain: re.Match[str]) -> str:
        """Pieces below each other put together to as many words of the file as can be."""
        pieces = chain[0].split(TORN)
        best: list[tuple[float, str]] = [(0.0, "")]
        for end in range(1, len(pieces) + 1):
            ways = []
            for start in range(max(0, end - _MOST_PIECES), end):
                word = "".join(pieces[start:end])
                known = bare(word) in self.vocabulary or (end - start == 1 and not word.isalpha())
                cost = best[start][0] + (_KNOWN if known else 1.0 + _JOINED * (end - start - 1))
                ways.append((cost, f"{best[start][1]} {word}".strip()))
            best.append(min(ways))
        return best[-1][1]

    def _keeps(self, stem: str, after: str) -> bool:
        """Office programs seldom hyphenate: one goes only where the file has the whole word."""
        head = re.split(r"[^\w]", stem)[-1].lower()
        tail = re.split(r"[^\w]", after)[0].lower()
        return f"{head}-{tail}" in self.vocabulary or head + tail not in self.vocabulary


def blocks(run: Run, body: float, leading: float, joiner: Joiner) -> Iterator[str]:
    """The blocks of a run of lines as markup.

    `body` is the size of running text around it, `leading` the distance of its lines in sizes.
    """
    leading = _leading(run.lines, leading)
    paragraph: _Paragraph | None = None
    for line in run.lines:
        if paragraph is not None and _goes_on(paragraph, line, run.right, leading):
            if len(paragraph.lines) == 1 and not paragraph.marked:
                paragraph.left = min(paragraph.left, line.x0)
            paragraph.lines.append(line)
            continue
        if paragraph is not None:
            yield _markup(paragraph, body, joiner)
        paragraph = _opened(line)
    if paragraph is not None:
        yield _markup(paragraph, body, joiner)


def laid_out(table: Table, body: float, leading: float, joiner: Joiner) -> Iterator[str]:
    """The text that a table only lays out: each row's number with its text, then what stands by."""
    below = table.rows[table.heads :]
    main = main_column(below)
    heads = [
        " ".join(filter(None, column)) for column in zip(*table.rows[: table.heads], strict=True)
    ]
    if any(heads):
        yield " ".join(filter(None, heads))
    for cells, texts in zip(table.prose, below, strict=True):
        text, spoken = list(cells[main or 0]), [cell for cell in cells[: main or 0] if cell]
        if spoken and text:
            text[0] = _led(spoken, text[0])
        if text:
            run = Run(tuple(text), max(line.x1 for line in text))
            yield from blocks(run, body, leading, joiner)
        for c in range(len(texts)):
            if texts[c] and (c > (main or 0) or (c < (main or 0) and not text)):
                label = f"**{heads[c]}:** " if heads and heads[c] else ""
                yield label + texts[c].replace("<br>", " ")


def _led(cells: Sequence[Sequence[Line]], line: Line) -> Line:
    """A line with the number or label before it that stands in cells to its left."""
    words = [word for cell in cells for one in cell for word in one.words]
    bold = line.words[0].bold
    before = tuple(word._replace(y=line.y, bold=word.bold or bold) for word in words)
    return Line(before[0].x0, line.x1, line.y, line.size, (*before, *line.words))


def wrapped_steps(lines: Sequence[Line]) -> list[float]:
    """The distances, in sizes of letters, of lines that go on in mid-sentence: the leading."""
    return [
        (after.y - before.y) / before.size
        for before, after in pairwise(lines)
        if abs(after.size - before.size) <= _SAME_SIZE * before.size
        and after.words[0].text[:1].islower()
        and _TIGHTEST < (after.y - before.y) / before.size < _LOOSEST
        and not _ENDED.search(before.words[-1].text)
    ]


def _leading(lines: Sequence[Line], usual: float) -> float:
    steps = wrapped_steps(lines)
    return median(steps) if len(steps) >= _ENOUGH_STEPS else usual


def _opened(line: Line) -> _Paragraph:
    marked = _marks(line)
    left = line.words[1].x0 if marked and len(line.words) > 1 else line.x0
    return _Paragraph([line], marked, left)


def _marks(line: Line) -> bool:
    """Whether a line begins with a list marker or number, as far as the line itself tells."""
    first = line.words[0]
    if len(line.words) < 2:
        return False
    if first.text in _BULLETS or (first.text == "o" and _tabbed(line)):
        return True
    if _SURE_MARKER.match(first.text):
        return True
    return bool(_NUMBER.match(first.text)) and _tabbed(line)


def _tabbed(line: Line) -> bool:
    """Whether there is more than a space after the first word."""
    first, second = line.words[:2]
    return second.x0 - first.x1 > _TAB * line.size


def _goes_on(paragraph: _Paragraph, line: Line, right: float, leading: float) -> bool:
    """Whether a line goes on with the paragraph above it."""
    before = paragraph.last
    step = line.y - before.y
    if abs(line.size - before.size) > _SAME_SIZE * before.size:
        return False
    if step > _GAP * leading * line.size or step < 0:
        return False
    full = _full(before, line, right) and not _gapped(before)
    if before.bold != line.bold and not (full and _mixed(paragraph, line)):
        return False
    if _marks(line) and _new_item(paragraph, line, full=full):
        return False
    lower = line.words[0].text[:1].islower()
    open_end = not _ENDED.search(before.text)
    if not full and not (lower and open_end):
        return False
    return not _shifted(paragraph, line, full=full, open_end=open_end)


def _mixed(paragraph: _Paragraph, line: Line) -> bool:
    """Whether bold words run from one line into the next, or end at a line's end."""
    before = paragraph.last
    if before.bold and len(paragraph.lines) == 1 and not line.words[0].bold:
        return not _ENDED.search(before.text) and line.words[0].text[:1].islower()
    if line.bold:
        return before.words[-1].bold or line.words[0].text[:1].islower()
    return True


def _full(before: Line, line: Line, right: float) -> bool:
    """Whether the next line's first word had no room on the line before."""
    word = line.words[0]
    needed = word.x1 - word.x0 + 0.3 * before.size
    return before.x1 + needed > right - 0.3 * before.size


def _gapped(line: Line) -> bool:
    """Whether words stand so far apart that they are entries side by side, not a sentence."""
    words = line.words[1:] if _marks(line) else line.words
    return any(two.x0 - one.x1 > _ENTRY_GAP * line.size for one, two in pairwise(words))


def _new_item(paragraph: _Paragraph, line: Line, *, full: bool) -> bool:
    """Whether what looks like a list marker is one, rather than a number at a line's start."""
    first = line.words[0]
    if first.text in _BULLETS and len(first.text) == 1 and first.text not in "-–—*":
        return True
    if _tabbed(line) or not full:
        return True
    outside = line.x0 < paragraph.left - 3 if paragraph.marked else False
    ended = _LEAD.search(paragraph.last.text)
    return outside or bool(ended) or (first.bold and not paragraph.last.words[-1].bold)


def _shifted(paragraph: _Paragraph, line: Line, *, full: bool, open_end: bool) -> bool:
    """Whether a line begins so far left or right that it must be another paragraph."""
    size = line.size
    if paragraph.marked:
        hanging = any(abs(one.x0 - paragraph.left) <= 4 for one in paragraph.lines[1:])
        if line.x0 < paragraph.left - 4:
            return hanging or not (full and line.x0 >= paragraph.lines[0].x0 - 4)
        return line.x0 > paragraph.left + 1.5 * size and not open_end
    if len(paragraph.lines) == 1:
        indented = line.x0 > paragraph.left + size
        return indented and not open_end
    return line.x0 > paragraph.left + 0.8 * size and not open_end


def _markup(paragraph: _Paragraph, body: float, joiner: Joiner) -> str:
    words = _words(paragraph.lines)
    level = _level(paragraph, body)
    if level:
        return f"{'#' * level} {_joined([(w, g, False) for w, g, _ in words], joiner)}"
    marker = paragraph.lines[0].words[0].text
    if paragraph.marked and (marker in _BULLETS or marker == "o"):
        words = words[1:]
        return f"- {_joined(words, joiner)}"
    return _joined(words, joiner)


def _words(lines: Sequence[Line]) -> list[tuple[str, str, bool]]:
    """(text, what stands before it, bold) of each word; a new line where a line begins."""
    words: list[tuple[str, str, bool]] = []
    for line in lines:
        before: Word | None = None
        for word in line.words:
            gap = "\n" if before is None else " " if apart(before, word) else ""
            bold = word.bold
            if words and not any(map(str.isalnum, word.text)):
                bold = words[-1][2] and (bold or gap == "")
            words.append((word.text, gap, bold))
            before = word
    return words


def _joined(words: Sequence[tuple[str, str, bool]], joiner: Joiner) -> str:
    """Words as one line of markup, bold runs in asterisks, torn words whole again."""
    pieces: list[str] = []
    bold = False
    for i, (text, gap, weight) in enumerate(words):
        space = "" if i == 0 or gap == "" else " "
        if gap == "\n" and i and _torn(pieces[-1]):
            pieces[-1] = joiner.joined(pieces[-1], text)
            space = ""
        if weight != bold:
            if bold:
                pieces.append("**")
                pieces.append(space)
            else:
                pieces.append(space)
                pieces.append("**")
            bold = weight
        else:
            pieces.append(space)
        pieces.append(text)
    if bold:
        pieces.append("**")
    return "".join(pieces).replace("\u00ad", "-")


def _torn(text: str) -> bool:
    return text.endswith("\u00ad") or (len(text) > 1 and text.endswith("-") and text[-2].isalnum())


def _level(paragraph: _Paragraph, body: float) -> int:
    """The level of a heading told by its size; 0 for running text."""
    lines = paragraph.lines
    length = sum(len(word.text) + 1 for line in lines for word in line.words)
    if length > _LONGEST_HEADING or len(lines) > _MOST_HEADING_LINES or not body:
        return 0
    if not any(char.isalpha() for line in lines for word in line.words for char in word.text):
        return 0
    ratio = lines[0].size / body
    level = next((level for least, level in _LEVELS if ratio >= least), 0)
    bold = all(line.bold for line in lines)
    if not bold and (ratio < _CLEARLY_LARGER or _SENTENCE.search(lines[-1].text)):
        return 0
    return level
