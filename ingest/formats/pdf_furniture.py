"""Running heads and feet of a PDF, and the page numbers printed in them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.formats.pdf_lines import Line, segments
from ingest.marks import is_mark

_TOP = 0.12
_BOTTOM = 0.88
_SAME_PLACE = 8.0
_REACH = 5
_MOST = 0.6
_LONGEST_NUMBER = 5
_PAGE_FORMS = (
    (3, re.compile(r"^\W*(?:page|pg\.?|p\.)\s*(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.I)),
    (2, re.compile(r"^\W*(\d{1,4})\s*(?:of|/)\s*\d{1,4}\W*$", re.I)),
    (2, re.compile(r"\bpage\s+(\d{1,4})(?:\s+of\s+\d{1,4})?\W*$", re.I)),
    (1, re.compile(r"^[-–—|\s]*(\d{1,4})[-–—|\s]*$")),
    (1, re.compile(r"\S\s*\|\s*(\d{1,4})$")),
    (1, re.compile(r"^(\d{1,4})\s*\|\s*\S")),
)
_COUNTED_THINGS = re.compile(
    r"^\W*(?:appendix|annex|table|figure|chart|part|section|item|minute|agenda item|schedule)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A page's lines without furniture, its printed number, and what was taken off."""

    lines: tuple[Line, ...]
    printed: int | None
    furniture: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Number:
    """A number at a page's edge that may be that of the page."""

    line: int
    value: int
    strength: int


def trim(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[Trimmed]:
    """The pages of a file without what is repeated at their edges, numbers folded."""
    edges = [_edge_lines(lines, height) for lines, height in zip(pages, heights, strict=True)]
    numbers = [
        list(_numbers(lines, sorted({*edge, *_outermost(lines)})))
        for lines, edge in zip(pages, edges, strict=True)
    ]
    chosen = _believed(numbers)
    repeated = _repeated(pages, edges)
    trimmed: list[Trimmed] = []
    for i, lines in enumerate(pages):
        off = set(repeated[i])
        off.update(number.line for number in _counting(numbers, i))
        printed = chosen[i]
        kept = tuple(line for k, line in enumerate(lines) if k not in off)
        taken = tuple(line for k, line in enumerate(lines) if k in off)
        trimmed.append(Trimmed(kept, printed, taken))
    return trimmed


def _edge_lines(lines: Sequence[Line], height: float) -> list[int]:
    return [
        i for i, line in enumerate(lines) if line.y < _TOP * height or line.y > _BOTTOM * height
    ]


def _outermost(lines: Sequence[Line]) -> list[int]:
    """A first or last line that says "Page 5", wherever the page's text begins and ends."""
    form = _PAGE_FORMS[0][1]
    return [i for i in {0, len(lines) - 1} if lines and form.match(lines[i].text)]


def _numbers(lines: Sequence[Line], edge: Sequence[int]) -> Iterator[_Number]:
    for i in edge:
        parts = segments(lines[i])
        texts = [lines[i].text] if len(parts) == 1 else [lines[i].text, *(p.text for p in parts)]
        seen: set[int] = set()
        for text in texts:
            for strength, form in _PAGE_FORMS:
                match = form.search(text)
                if match and int(match[1]) not in seen:
                    seen.add(int(match[1]))
                    yield _Number(i, int(match[1]), strength)
                    break


def _believed(numbers: Sequence[Sequence[_Number]]) -> list[int | None]:
    """The page number of each sheet where it counts up along with most of its neighbours."""
    everywhere = Counter(
        offset
        for sheet, found in enumerate(numbers)
        for offset in {number.value - sheet for number in found}
    )
    chosen: list[int | None] = []
    for sheet, found in enumerate(numbers):
        best: tuple[float, int] | None = None
        for number in found:
            support = _support(numbers, sheet, number.value - sheet)
            alone = len(numbers) == 1 and number.strength > 1
            if not alone and (support < 2 or 2 * support < _numbered_near(numbers, sheet)):
                continue
            score = support * number.strength + 0.5 * everywhere[number.value - sheet]
            if best is None or score > best[0]:
                best = (score, number.value)
        chosen.append(best[1] if best else None)
    return _filled(_on_most(chosen))


def _support(numbers: Sequence[Sequence[_Number]], sheet: int, offset: int) -> int:
    """How many sheets near one carry a number with the same offset, itself among them."""
    near = range(max(0, sheet - _REACH), min(len(numbers), sheet + _REACH + 1))
    return sum(1 for i in near if any(number.value - i == offset for number in numbers[i]))


def _numbered_near(numbers: Sequence[Sequence[_Number]], sheet: int) -> int:
    """How many sheets near one carry any number."""
    near = numbers[max(0, sheet - _REACH) : sheet + _REACH + 1]
    return sum(1 for found in near if found)


def _on_most(chosen: list[int | None]) -> list[int | None]:
    """Numbers without those that most numbered neighbours disagree with."""

    def agreed(i: int) -> bool:
        near = [
            k
            for k in range(max(0, i - _REACH), min(len(chosen), i + _REACH + 1))
            if k != i and chosen[k] is not None
        ]
        same = sum(1 for k in near if (chosen[k] or 0) - k == (chosen[i] or 0) - i)
        return 2 * same >= len(near) or _in_run(chosen, i)

    return [number if number is not None and agreed(i) else None for i, number in enumerate(chosen)]


def _in_run(chosen: Sequence[int | None], i: int) -> bool:
    """Whether a sheet and its two neighbours on one side count up."""
    value = chosen[i]
    return value is not None and any(
        all(
            0 <= i + k * step < len(chosen) and chosen[i + k * step] == value + k * step
            for k in (1, 2)
        )
        for step in (1, -1)
    )


def _filled(chosen: list[int | None]) -> list[int | None]:
    """Gaps between sheets whose numbers are as far apart as the sheets are."""
    filled = list(chosen)
    known = [i for i, number in enumerate(chosen) if number is not None]
    for before, after in pairwise(known):
        first, last = chosen[before], chosen[after]
        if first is not None and last is not None and last - first == after - before:
            for i in range(before + 1, after):
                filled[i] = first + i - before
    return filled


def _counting(numbers: Sequence[Sequence[_Number]], sheet: int) -> list[_Number]:
    """The numbers on a sheet that count up with its neighbours: the pack's and the report's."""
    alone = len(numbers) == 1
    return [
        number
        for number in numbers[sheet]
        if (
            _support(numbers, sheet, number.value - sheet) > 1
            and 2 * _support(numbers, sheet, number.value - sheet) >= _numbered_near(numbers, sheet)
        )
        or number.strength == 3
        or (alone and number.strength > 1)
    ]


def _repeated(pages: Sequence[Sequence[Line]], edges: Sequence[Sequence[int]]) -> list[set[int]]:
    """The edge lines of each page that other pages near it carry in the same place."""
    places: defaultdict[str, list[tuple[int, int, float]]] = defaultdict(list)
    for sheet, edge in enumerate(edges):
        for i in edge:
            line = pages[sheet][i]
            text = line.text
            if is_mark(text):
                continue  # each page says for itself that it isn't for everybody
            if _COUNTED_THINGS.match(text):
                places[text].append((sheet, i, line.y))
            else:
                places[_DIGITS.sub("#", text)].append((sheet, i, line.y))
    least = 2 if len(pages) <= 4 else 3
    repeated: list[set[int]] = [set() for _ in pages]
    for found in places.values():
        if len({sheet for sheet, _, _ in found}) < least:
            continue
        if not _steady([pages[sheet][i].text for sheet, i, _ in found], found):
            continue
        usual = median(y for _, _, y in found)
        level = [one for one in found if abs(one[2] - usual) <= _SAME_PLACE]
        sheets = sorted({sheet for sheet, _, _ in level})
        close = {sheet for sheet, following in pairwise(sheets) if following - sheet <= 2}
        if len(sheets) >= least and len(close) >= least - 1:
            # The first page keeps it: a head may be all that names the council.
            for sheet, i, _ in level[1:]:
                repeated[sheet].add(i)
    return repeated


def _steady(texts: Sequence[str], found: Sequence[tuple[int, int, float]]) -> bool:
    """Whether lines that are alike but for their numbers are the same, or count the sheets."""
    if len(set(texts)) == 1:
        return True
    offsets = Counter(
        int(number) - sheet
        for text, (sheet, _, _) in zip(texts, found, strict=True)
        for number in set(_DIGITS.findall(text))
        if len(number) < _LONGEST_NUMBER
    )
    return bool(offsets) and offsets.most_common(1)[0][1] >= _MOST * len(texts)
