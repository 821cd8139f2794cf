"""Words of a scanned page, recognised by Debian's Tesseract through its command line."""

import os
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.formats.pdf_text import Word

POINTS_AN_INCH = 72.0
DOTS_AN_INCH = 300.0

_UNSURE = 35.0
_SPECKS = frozenset(".,:;'`‘’“”\"_~^°¢")
_RULES = re.compile(r"^[|_—–=\[\]{}~¦]+$|^[|¦_]+|[|¦_]+$")
_HANGING = frozenset("gjpqyQ,;()[]")
_LETTER_HEIGHT = 0.72
_SAME_SIZE = 0.2
_STRAIGHT = 5


class NotRecognised(Exception):
    """A page that couldn't be recognised; the message says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A grey picture, a byte a pixel, its rows `stride` bytes apart."""

    width: int
    height: int
    stride: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words of a page in points from its top left, and their mean confidence, 0 to 100."""

    words: tuple[Word, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class _Found:
    """A word as Tesseract gives it, in pixels; `line` names the line that it put it in."""

    line: tuple[int, int, int]
    left: float
    top: float
    right: float
    bottom: float
    confidence: float
    text: str


def installed() -> bool:
    """Whether Tesseract can be run here."""
    return shutil.which("tesseract") is not None


def recognise(picture: Picture, seconds: float) -> Recognised:
    """The words of a page that was drawn at `DOTS_AN_INCH`.

    Raises:
        NotRecognised: Tesseract isn't installed, fails, takes too long, or finds no words.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise NotRecognised("a scanned page, and Tesseract isn't installed")
    rows = (
        picture.pixels[i * picture.stride : i * picture.stride + picture.width]
        for i in range(picture.height)
    )
    image = f"P5 {picture.width} {picture.height} 255\n".encode() + b"".join(rows)
    command = [program, "stdin", "stdout", "-l", "eng", "--psm", "3"]
    command += ["--dpi", str(int(DOTS_AN_INCH)), "tsv"]
    try:
        done = subprocess.run(
            command,
            input=image,
            capture_output=True,
            timeout=seconds,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise NotRecognised(
            f"a scanned page that took longer than {seconds:g} s to recognise"
        ) from error
    except (subprocess.CalledProcessError, OSError) as error:
        raise NotRecognised("a scanned page that Tesseract failed on") from error
    found = _parsed(done.stdout.decode("utf-8", errors="replace"))
    if not found:
        raise NotRecognised("a scanned page on which no words could be recognised")
    letters = sum(len(one.text) for one in found)
    confidence = sum(one.confidence * len(one.text) for one in found) / letters
    return Recognised(tuple(_placed(found)), confidence)


def _parsed(table: str) -> list[_Found]:
    """The words of Tesseract's table: twelve columns, tabs between them."""
    found: list[_Found] = []
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != "5":
            continue
        text = _RULES.sub("", cells[11].strip())
        if not text or text in _SPECKS:
            continue
        left, top, width, height = (float(cell) for cell in cells[6:10])
        line = (int(cells[2]), int(cells[3]), int(cells[4]))
        found.append(_Found(line, left, top, left + width, top + height, float(cells[10]), text))
    return [one for line in _lines(found).values() if _is_text(line) for one in line]


def _lines(found: Iterable[_Found]) -> dict[tuple[int, int, int], list[_Found]]:
    lines: defaultdict[tuple[int, int, int], list[_Found]] = defaultdict(list)
    for one in found:
        lines[one.line].append(one)
    return lines


def _is_text(line: Sequence[_Found]) -> bool:
    """Whether a line is text: an unsure word in it is kept, dust read as words isn't."""
    letters = sum(len(one.text) for one in line)
    sure = sum(one.confidence * len(one.text) for one in line) / letters
    return sure >= _UNSURE and any(char.isalnum() for one in line for char in one.text)


def _placed(found: Sequence[_Found]) -> Iterable[Word]:
    """Words on straight baselines, their sizes evened out: a scan's letters vary by a pixel."""
    lines = _lines(found)
    slope = _slope(lines.values())
    scale = POINTS_AN_INCH / DOTS_AN_INCH
    sizes = {key: _size(words) for key, words in lines.items()}
    usual = median(sizes[one.line] for one in found)
    for key, words in lines.items():
        bases = [one.bottom - slope * one.left for one in words if not _HANGING & set(one.text)]
        base = median(bases or [one.bottom - slope * one.left for one in words])
        size = usual if abs(sizes[key] - usual) <= _SAME_SIZE * usual else sizes[key]
        for one in words:
            yield Word(one.left * scale, one.right * scale, base * scale, size * scale, one.text)


def _size(words: Iterable[_Found]) -> float:
    """The size of a line's type, from the height of words with a tall letter."""
    tall = [
        one.bottom - one.top
        for one in words
        if any(char.isdigit() or char.isupper() or char in "bdfhklt" for char in one.text)
        and not _HANGING & set(one.text)
    ]
    heights = tall or [one.bottom - one.top for one in words]
    return median(heights) / _LETTER_HEIGHT


def _slope(lines: Iterable[Sequence[_Found]]) -> float:
    """How far lines fall to the right, as a share of their length."""
    slopes: list[float] = []
    for line in lines:
        words = [one for one in line if not _HANGING & set(one.text)]
        if len(words) >= _STRAIGHT:
            first, last = words[0], words[-1]
            slopes.append((last.bottom - first.bottom) / max(1.0, last.left - first.left))
    return median(slopes) if slopes else 0.0
