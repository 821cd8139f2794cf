"""A line cut where it holds two blanks or more, and what each piece of it may be."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from indicators.lines import Line
from ingest.periods import bare_months, bare_parts, find_periods

_APART = re.compile(r"[^\s\u00a0]+(?:[ \u00a0][^\s\u00a0]+)*")
_WORD = re.compile(r"[^\s\u00a0]+")
_MARKS = r"(?:[*†‡^#~]{1,3}|\((?:r|p|e|f|rev|prov|restated|revised|provisional|estimate)\))"
_PLAIN = r"(?!£['’]?000)[-−–+]?£?\d[\d,]*(?:\.\d+)?\s?(?:%|m|k|bn|pp|th|st|nd|rd)?"
_NUMBER = rf"(?:{_PLAIN}|\[{_PLAIN}\]|\({_PLAIN}\))"
FIGURE = re.compile(
    rf"[<>≤≥]?\s?{_NUMBER}\s?{_MARKS}?"
    r"(?:\s?(?:days?|weeks?|months?|years?|hours?|hrs|wks|mths|fte|pp|pts|per ?cent|p))?"
    rf"(?:\s?(?:[\[(]{_PLAIN}[\])]|\(\d[\d,]*\s?(?:of|/)\s?\d[\d,]*\)|[▲▼↑↓→↔◄►⇧⇩⇨⬆⬇➡⬌]))?"
    rf"|\d[\d,]*\s?(?:/|of|out of)\s?\d[\d,]*(?:\s?\({_PLAIN}\))?",
    re.IGNORECASE,
)
_LONE = re.compile(rf"[<>≤≥]?{_NUMBER}{_MARKS}?", re.IGNORECASE)
BLANK = re.compile(
    r"[-–—]{1,3}|\.{1,4}|…|\*{1,3}|:|[cxz]|n\s?/?\s?[akrdp]|nil|none|tb[ac]|nya|no data|awaited|"
    r"pending|suppressed|zero|not? (?:yet )?(?:reported|available|applicable|known|published|"
    r"collected|recorded|measured|due|set|return|target)",
    re.IGNORECASE,
)
RATING = re.compile(
    r"[RAGB]|red|amber|green|blue|yellow|grey|[▲▼↑↓→↔◄►⇧⇩⇨⬆⬇➡⬌●■=]+|"
    r"improv(?:ing|ed)|declin(?:ing|ed)|worse(?:n(?:ing|ed))?|better|static|stable|steady|same|up|"
    r"down|rising|falling|(?:no |un)change[d]?|on track|(?:on|off|below|above|near) target|met|"
    r"not met|missed|good|outstanding|high(?:er)?|low(?:er)?|(?:bigger|smaller) is better",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\d{1,3}\s?(?:-|–|to)\s?\d{1,3}")
_DATED = re.compile(r"(?:at|as|of|on|end|to|the|year|ending|ended|[\s(),.*-])*", re.IGNORECASE)

_ASIDE = re.compile(r"(?<=\w)\s?(?:\([^()]{1,14}\)|[*†‡^#]{1,3})$")
_PART_OF = re.compile(r"(\d\d)/(\d\d)")


class Kind(Enum):
    """What a piece may be."""

    FIGURE = auto()
    BLANK = auto()
    RATING = auto()
    PERIOD = auto()
    WORDS = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that single blanks join.

    `left` and `right` are places in the line, `start` is the first character's in the paper.
    """

    text: str
    left: int
    right: int
    start: int

    @property
    def end(self) -> int:
        """The place in the paper behind the last character."""
        return self.start + len(self.text)

    @property
    def kind(self) -> Kind:
        """What it may be."""
        return kind_of(self.text)

    @property
    def middle(self) -> float:
        """Half way between its ends."""
        return (self.left + self.right) / 2

    def words(self) -> list["Piece"]:
        """Each of its words."""
        return [self.cut(*m.span()) for m in _WORD.finditer(self.text)]

    def cut(self, start: int, end: int) -> "Piece":
        """A part of it."""
        return Piece(self.text[start:end], self.left + start, self.left + end, self.start + start)


def pieces_of(line: Line) -> tuple[Piece, ...]:
    """The pieces of a line; figures with one blank between them are pieces of their own."""
    found = []
    for match in _APART.finditer(line.text):
        at, text = match.start(), match.group()
        piece = Piece(text, line.indent + at, line.indent + at + len(text), line.start + at)
        words = piece.words()
        figures = len(words) > 1 and all(_LONE.fullmatch(w.text) or _is_blank(w) for w in words)
        second = FIGURE.fullmatch(text) and text.endswith((")", "]"))
        found.extend(words if figures and not second else [piece])
    return tuple(found)


def _is_blank(word: Piece) -> bool:
    return bool(BLANK.fullmatch(word.text)) and not word.text.isalpha()


@lru_cache(maxsize=50_000)
def kind_of(text: str) -> Kind:
    """What a piece may be by its characters alone."""
    if is_period(text):
        return Kind.PERIOD
    if FIGURE.fullmatch(text):
        return Kind.FIGURE
    if BLANK.fullmatch(text):
        return Kind.BLANK
    return Kind.RATING if RATING.fullmatch(text) else Kind.WORDS


@lru_cache(maxsize=50_000)
def is_period(text: str) -> bool:
    """Whether a text is a date, month, quarter or year and nothing else."""
    if not any(map(str.isalnum, text)) or len(text) > 40:
        return False
    text = _ASIDE.sub("", text)
    if (part := _PART_OF.fullmatch(text)) and (int(part[1]) + 1) % 100 != int(part[2]):
        return False  # "24/31" pupils
    spans = [(m.start, m.end) for m in find_periods(text)]
    spans += [(start, end) for _, start, end in bare_months(text)]
    spans += [(part.start, part.end) for part in bare_parts(text)]
    if not spans:
        return False
    start, end = min(spans)[0], max(end for _, end in spans)
    return bool(_DATED.fullmatch(text[:start]) and _DATED.fullmatch(text[end:]))


def is_range(text: str) -> bool:
    """Whether a text is two numbers with a dash or "to" between: ages, pages."""
    return bool(_RANGE.fullmatch(text))
