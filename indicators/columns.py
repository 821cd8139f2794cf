"""Where the columns of a table stand, told from all its rows together, and what heads each.

Values that stand over one another are a column. A heading is of the column that it stands over;
where it stands over several, or where what is below it in several columns can't do without it, it
heads them all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from indicators.headings import Sort, find_headings, sort_of
from indicators.pieces import Kind, Piece, is_period

_NEAR = 6
"""Blanks that may stand between a heading's end and the values it is of."""
_MOST_GROUPS = 6
_SPLIT = 4
"""Blanks between two halves of one column, a figure's and a dash's, say."""
_YEAR_PART = re.compile(
    r"(?:Q(?:uarter |tr )?[1-4]|H[12]|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*)\b",
    re.IGNORECASE,
)
_MONTH_AND_YEAR = 2
_YEARS_OVER = re.compile(r"(?:20)?\d\d[/-](?:20)?\d\d")
_MONTH_OF_YEAR = re.compile(r"[A-Za-z]{3,9}\.?\s(?:19|20)\d\d")
_BROKEN = re.compile(r"(?<=[a-z])- (?=[a-z]{2,})")
"""Where a word is broken at the end of a line."""
_MEASURED = re.compile(
    r"(?:no\.?|number|%|per ?cent|percent|rate|count|£.{0,4}|score|rank|value)", re.I
)


@dataclass(frozen=True, slots=True)
class Span:
    """The characters of a line that a column takes, from its leftmost value to its rightmost."""

    left: int
    right: int

    def meets(self, piece: Piece) -> bool:
        """Whether a piece stands over it."""
        return piece.left < self.right and self.left < piece.right

    def gap(self, piece: Piece) -> int:
        """How many characters part a piece from it."""
        return max(piece.left - self.right, self.left - piece.right, 0)


def columns_of(rows: Sequence[Sequence[Piece]]) -> tuple[Span, ...]:
    """The columns of rows of values: of words only where none of them stands over two columns."""
    spans = _merged([p for row in rows for p in row if p.kind is not Kind.WORDS])
    worded = [p for row in rows for p in row if p.kind is Kind.WORDS]
    apart = [p for p in worded if not any(s.meets(p) for s in spans)]
    spans = _joined(sorted([*spans, *_merged(apart)], key=lambda s: s.left), rows)
    return tuple(spans)


def _merged(pieces: Sequence[Piece]) -> list[Span]:
    """Spans of pieces that stand over one another."""
    spans: list[Span] = []
    for piece in sorted(pieces, key=lambda p: p.left):
        if spans and piece.left < spans[-1].right:
            spans[-1] = Span(spans[-1].left, max(spans[-1].right, piece.right))
        else:
            spans.append(Span(piece.left, piece.right))
    return spans


def _joined(spans: list[Span], rows: Sequence[Sequence[Piece]]) -> list[Span]:
    """The spans, where two beside one another of which no row has both are one column."""
    joined = list(spans)
    i = 0
    while i + 1 < len(joined):
        one, other = joined[i], joined[i + 1]
        both = any(
            any(one.meets(p) for p in row) and any(other.meets(p) for p in row) for row in rows
        )
        if not both and other.left - one.right <= _SPLIT:
            joined[i : i + 2] = [Span(one.left, other.right)]
        else:
            i += 1
    return joined


def heads_of(
    lines: Sequence[Sequence[Piece]], spans: Sequence[Span]
) -> tuple[tuple[Piece, ...], ...] | None:
    """What heads each column, top first, from lines of headings; None where that can't be told."""
    told: list[list[Piece]] = [[] for _ in spans]
    for depth in range(len(lines) - 1, -1, -1):  # from the lowest
        placed = _placed(lines[depth], spans, told)
        if placed is None:
            return None
        for i, piece in _spread(placed, told, spans).items():
            told[i].insert(0, piece)
    return tuple(map(tuple, told))


def _placed(
    line: Sequence[Piece], spans: Sequence[Span], below: Sequence[Sequence[Piece]]
) -> dict[int, Piece] | None:
    """Each column that a line's pieces stand over, with the piece."""
    placed: dict[int, Piece] = {}
    for piece in line:
        over = [i for i, span in enumerate(spans) if span.meets(piece)]
        if len(over) > 1 and (parts := _parted(piece, spans, over, below)):
            found = parts
        elif over:
            found = dict.fromkeys(over, piece)
        else:
            found = dict.fromkeys(_nearest(piece, spans), piece)
        for i, part in found.items():
            if i in placed:
                if len(found) > 1:
                    continue  # a heading of a group, beside one with its own
                return None
            placed[i] = part
    return placed


def _nearest(piece: Piece, spans: Sequence[Span]) -> list[int]:
    """The column beside which a heading stands, if one is near; two as near are none."""
    gaps = [span.gap(piece) for span in spans]
    least = min(gaps, default=_NEAR + 1)
    near = [i for i, gap in enumerate(gaps) if gap == least]
    return near if least <= _NEAR and len(near) == 1 else []


def _parted(
    piece: Piece, spans: Sequence[Span], over: Sequence[int], below: Sequence[Sequence[Piece]]
) -> dict[int, Piece] | None:
    """A piece over several columns, one part over each: headings with one blank between them.

    None where it heads the columns together, as what stands below it in each is a date or a unit.
    """
    cuts = find_headings(piece.text)
    parts = [piece.cut(a, b) for a, b, _ in cuts]
    if len(parts) != len(over):
        parts = piece.words()
    if all(below[i] and _telling(below[i]) for i in over) and not is_period(parts[0].text):
        return None
    found: dict[int, Piece] = {}
    for part in parts:
        i = min(over, key=lambda i: abs((spans[i].left + spans[i].right) / 2 - part.middle))
        before = found.get(i)
        if before:
            part = piece.cut(before.left - piece.left, part.right - piece.left)
        found[i] = part
    return found if len(found) == len(over) else None


def _spread(
    placed: dict[int, Piece], below: Sequence[Sequence[Piece]], spans: Sequence[Span]
) -> dict[int, Piece]:
    """The same, with each heading of a group over all columns until the next heading."""
    centred = _centred(placed, below, spans) if placed else {}
    if centred:
        return centred
    again = _repeated(below, placed)
    spread = dict(placed)
    for i in range(1, len(spans)):
        before = spread.get(i - 1)
        if i in spread or before is None or not below[i] or not below[i - 1]:
            continue
        if again or (_telling(below[i]) and _telling(below[i - 1])):
            spread[i] = before
    return spread


def _centred(
    placed: dict[int, Piece], below: Sequence[Sequence[Piece]], spans: Sequence[Span]
) -> dict[int, Piece]:
    """The columns under headings that stand over the middle of their groups; none if they don't.

    They do where a column before the first of them needs it ("Q1" to the left of the year over it),
    or where one of them would else stand over two quarters of the same number.
    """
    heads = list(dict.fromkeys(placed[i] for i in sorted(placed)))
    if not all(is_period(p.text) for p in heads):
        return {}
    opens = first = min(placed, default=0)
    while first and below[first - 1] and _telling(below[first - 1]):
        first -= 1
    last = first
    while last < len(spans) and below[last] and (last in placed or _telling(below[last])):
        last += 1
    starts = [i for i in sorted(placed) if placed.get(i - 1) is not placed[i]]
    if first == opens and not _twice((*starts, max(last, starts[-1] + 1)), below):
        return {}
    ways = [
        cut
        for cut in combinations(range(first + 1, last), len(heads) - 1)
        if all(a < b for a, b in pairwise((first, *cut, last)))
    ]
    if not ways or len(heads) > _MOST_GROUPS:
        return {}
    best = min(
        ways,
        key=lambda cut: (
            _twice((first, *cut, last), below),
            _off_centre((first, *cut, last), heads, spans),
        ),
    )
    edges = (first, *best, last)
    return {
        i: head for head, (a, b) in zip(heads, pairwise(edges), strict=True) for i in range(a, b)
    }


def _twice(edges: Sequence[int], below: Sequence[Sequence[Piece]]) -> int:
    """How many groups have the same heading below them twice: two quarters 1 in a year."""
    told = [[p[-1].text for p in below[a:b] if p] for a, b in pairwise(edges)]
    return sum(len(set(group)) < len(group) for group in told)


def _off_centre(edges: Sequence[int], heads: Sequence[Piece], spans: Sequence[Span]) -> float:
    """How far headings are from the middles of groups of columns."""
    return sum(
        abs((spans[a].left + spans[b - 1].right) / 2 - head.middle)
        for head, (a, b) in zip(heads, pairwise(edges), strict=True)
    )


def _repeated(below: Sequence[Sequence[Piece]], placed: dict[int, Piece]) -> bool:
    """Whether the same headings stand below each of several: "Own, England" under each year."""
    opens = sorted(i for i, piece in placed.items() if placed.get(i - 1) is not piece)
    ends = [*opens[1:], len(below)]
    groups = [
        tuple(" ".join(p.text for p in below[i]) for i in range(a, b))
        for a, b in zip(opens, ends, strict=True)
    ]
    return len(groups) > 1 and len(set(groups)) == 1 and len(groups[0]) > 1 and all(groups[0])


def _telling(pieces: Sequence[Piece]) -> bool:
    """Whether a heading is a date, an area, a target or a unit: what another may stand over."""
    text = " ".join(p.text for p in pieces)
    if is_period(text) or _MEASURED.fullmatch(text.strip("() ")):
        return True
    return sort_of(text) in (Sort.PERIOD, Sort.TARGET, Sort.AREA, Sort.KNOWN, Sort.JUDGED)


def _dated_once(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a heading without the year over a month that has its own: "Dec", "2023"."""
    if len(pieces) > _MONTH_AND_YEAR:
        over, *own = pieces
        if _YEARS_OVER.fullmatch(over.text) and _MONTH_OF_YEAR.fullmatch(
            " ".join(piece.text for piece in own)
        ):
            return own
    return list(pieces)


def heading(pieces: Sequence[Piece]) -> str:
    """The words of a heading: a quarter or month before the year over it."""
    told = _dated_once(pieces)
    for i, (over, own) in enumerate(pairwise(list(told))):
        if _YEAR_PART.fullmatch(own.text) and is_period(over.text):
            told[i], told[i + 1] = own, over
    return _BROKEN.sub("", " ".join(p.text for p in told))
