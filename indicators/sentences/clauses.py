"""What a figure of a sentence counts or measures."""

import re

from indicators.catalogue import words
from indicators.quantities import Quantity, find_quantities
from ingest.periods import (
    find_periods,
)

_CUT = re.compile(
    r"[;,()]|\b(?:compared|against|whilst|while|but|whereas|and|versus|than|with|from|although)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r";|,\s(?=(?:which|and|but|with|while|whilst|compared|however|although|this|these|there|it|they)\b)"
    r"|\s(?:compared|whilst|while|but|whereas|although|however)\s",
    re.IGNORECASE,
)
_AND_FIGURE = re.compile(r",?\s+and\s+(?=(?:about\s|some\s|only\s|just\s|another\s)?£?\d)")
_AND_END = re.compile(r",?\s+and\s+$")
NO_NOUN = re.compile(
    r"^(?:[,;.()%]|(?:in|at|to|by|for|on|per|and|or|compared|which|that|this|with|from|as|is|was|"
    r"being|against|last|although|because|since|when|while|whilst|but|than|rather|of\s+the)\b|$)",
    re.IGNORECASE,
)
_NOUN_END = re.compile(
    r"\s(?:(?:were|was|are|is|had|have|has|who|which|that|with|compared|during|been|so|however|but|while|whilst|although|because|as|since|when)\b|"
    r"and\s+\d)"
)
_NUMBER_OF = re.compile(
    r"\bnumbers? of ((?:[\w’'/-]+\s){1,6}?)(?:(?:on|at|by|as at)\s[^,;.]{3,30}\s)?"
    r"(?:was|is|were|stood at|stands at|rose to|fell to|reached|has risen to|has fallen to|"
    r"(?:has )?(?:increased|decreased|grown) to)\s+$",
    re.IGNORECASE,
)
BARE_WORDS = frozenset(words("compared end year point figure reduced target date"))
YEAR_BEFORE = re.compile(
    r"^[^.;,\d]{0,30}?\b(?:(?:a|one) year (?:earlier|ago|before)|the (?:year before|previous year)|"
    r"(?:in|at) the same (?:quarter|period|month|time|point|date) (?:of )?(?:the )?"
    r"(?:last|previous) year|(?:this )?time last year)\b",
    re.IGNORECASE,
)
_OF_THOSE = re.compile(r"^\s+of\s+(?:our|the|their|these|those|them|\d)", re.IGNORECASE)


def distance(a: tuple[int, int], b: tuple[int, int], text: str) -> int:
    """How far apart two stretches of a sentence are; clause borders between them count extra."""
    start, end = (a[1], b[0]) if a[1] <= b[0] else (b[1], a[0])
    return max(0, end - start) + 25 * len(_CUT.findall(text[start:end]))


def counted(figure: Quantity, text: str) -> str:
    """What a figure counts or measures: "noun | clause", or the clause alone.

    A part ("4 of our children") is not the number of the whole, so it gets no noun.
    """
    clause = _clause(figure, text)
    clause = clause if _says(clause) else text
    rest = text[figure.end :]
    if figure.unit == "count" and (named := _NUMBER_OF.search(text[: figure.start])):
        return f"{named[1].strip()} | {clause}"
    after = re.match(r"^\s+(?:(?:are|were)\s+)?((?:[\w’'/-]+\s?){1,7})", rest)
    if (
        figure.unit != "count"
        or is_part(figure, text)
        or after is None
        or NO_NOUN.match(rest.lstrip())
    ):
        return clause
    if YEAR_BEFORE.match(rest):
        return clause
    noun = _NOUN_END.split(after[1])[0].strip()
    return f"{noun} | {clause}" if noun else clause


def is_part(figure: Quantity, text: str) -> bool:
    """Whether a figure counts some of a number told behind it: "638 of 912 children"."""
    return figure.unit == "count" and bool(_OF_THOSE.match(text[figure.end :]))


def _says(clause: str) -> bool:
    """Whether a clause says what is measured, rather than only when and against what."""
    shown = clause
    for mention in reversed(find_periods(clause)):
        shown = shown[: mention.start] + " " + shown[mention.end :]
    return sum(not w[0].isdigit() and w not in BARE_WORDS for w in words(shown)) > 1


def _clause(figure: Quantity, text: str) -> str:
    """The clause that a figure stands in."""
    starts = [0] + [m.end() for m in _CLAUSE.finditer(text) if m.end() <= figure.start]
    ends = [m.start() for m in _CLAUSE.finditer(text) if m.start() >= figure.end] + [len(text)]
    start, end = starts[-1], ends[0]
    further = [start + m.end() for m in _AND_FIGURE.finditer(text[start:end])]
    first = next(find_quantities(text[start:end]), None)
    head = text[start : start + first.start] if first else ""
    if not further and first and figure.start > start + first.start:
        return _own_stretch(figure, first, text, start, end)
    if not further or not _says(head):
        return text[start:end].strip()
    own = max((at for at in further if at <= figure.start), default=start)
    until = min((at for at in further if at > figure.start), default=end)
    piece = _AND_END.sub("", text[own:until])
    return (piece if own == start else head + piece).strip()


def _own_stretch(figure: Quantity, first: Quantity, text: str, start: int, end: int) -> str:
    """The stretch of a further figure that has a subject of its own: "and an agency one £1,034"."""
    between = text[start + first.end : figure.start]
    joint = between.rfind(" and ")
    if joint < 0 or figure.unit != first.unit or not _says(between[joint + 5 :]):
        return text[start:end].strip()
    return text[start + first.end + joint + 5 : end].strip()
