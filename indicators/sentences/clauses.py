"""What a figure of a sentence counts or measures."""

import re
from collections.abc import Mapping, Sequence

from indicators.catalogue import words
from indicators.quantities import Quantity
from indicators.sentences.stretches import Stretch
from ingest.periods import (
    find_periods,
)

_CUT = re.compile(
    r"[;,()]|\b(?:compared|against|whilst|while|but|whereas|and|versus|than|with|from|although)\b",
    re.IGNORECASE,
)
_AND_END = re.compile(r",?\s+(?:and|or)\s*$")
_AND_START = re.compile(r"^\W*(?:(?:and|or|but)\s)?", re.IGNORECASE)
NO_NOUN = re.compile(
    r"^(?:[,;.()%]|(?:in|at|to|by|for|on|per|and|or|of|vs|versus|had|have|has|were|are|did|do|does|will|"
    r"would|could|may|compared|which|that|this|with|from|as|is|was|"
    r"being|against|last|although|because|since|when|while|whilst|but|than|rather|of\s+the)\b|$)",
    re.IGNORECASE,
)
_NOUN_END = re.compile(
    r"\s(?:(?:were|was|are|is|had|have|has|who|which|that|with|compared|during|been|so|however|but|while|whilst|although|because|as|since|when)\b|"
    r"and\s+\d)"
)
_NUMBER_OF = re.compile(
    r"\b(?:numbers?|totals?) of (?P<what>(?:[\w’'/-]+\s){1,8})(?!.*\bnumbers? of\b)", re.IGNORECASE
)
_MOVES = re.compile(
    r"\s(?:(?:has|had|have|was|were|is|are|be|being|been|will|would|stood|stands|rose|rises|fell|"
    r"falls|reached|increas|decreas|reduc|grew|grown|dropp|remain|total|continu|on|at|by|as|during|"
    r"since|going|coming|who|which|that|whose)\w*)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_TRAILING = re.compile(r"(?:\s(?:of|in|the|a|an|to|for|with|at|on|by|our|their))+$", re.IGNORECASE)
BARE_WORDS = frozenset(words("compared end year point figure reduced target date"))
YEAR_BEFORE = re.compile(
    r"^[^.;,\d]{0,30}?\b(?:(?:a|one) year (?:earlier|ago|before)|the (?:year before|previous year)|"
    r"(?:in|at) the same (?:quarter|period|month|time|point|date) (?:of )?(?:the )?"
    r"(?:last|previous) year|(?:this )?time last year|(?:last|previous) year(?=\)|$))",
    re.IGNORECASE,
)
_OF_THOSE = re.compile(
    r"^\s+of\s+(?:our|the|its|their|these|those|them|which|whom|\d)", re.IGNORECASE
)


def distance(a: tuple[int, int], b: tuple[int, int], text: str) -> int:
    """How far apart two stretches of a sentence are; clause borders between them count extra."""
    start, end = (a[1], b[0]) if a[1] <= b[0] else (b[1], a[0])
    return max(0, end - start) + 25 * len(_CUT.findall(text[start:end]))


def counted(
    figure: Quantity, text: str, within: Mapping[int, Stretch], figures: Sequence[Quantity]
) -> str:
    """What a figure counts or measures: "noun | clause", or the clause alone.

    A part ("4 of our children") is not the number of the whole, so it gets no noun.
    """
    stretch = within[figure.start]
    clause = _clause(text, stretch)
    noun = _noun(figure, text, stretch)
    if not noun and figure.unit == "count" and not is_part(figure, text):
        like = next((f for f in figures if f.start == stretch.leans_on and f.unit == "count"), None)
        noun = _noun(like, text, within[like.start]) if like else ""
    return f"{noun} | {clause}" if noun else clause


def _noun(figure: Quantity, text: str, stretch: Stretch) -> str:
    """What a figure counts, as far as the words right behind or before it say so."""
    rest = text[figure.end :]
    if figure.unit != "count":
        return ""
    if named := _NUMBER_OF.search(text[stretch.start : figure.start]):
        return _TRAILING.sub("", _MOVES.sub("", named["what"].strip()))
    after = re.match(r"^\s+(?:(?:are|were)\s+)?((?:[\w’'/-]+\s?){1,7})", rest)
    if is_part(figure, text) or after is None or NO_NOUN.match(rest.lstrip()):
        return ""
    if YEAR_BEFORE.match(rest):
        return ""
    noun = _NOUN_END.split(after[1][: max(0, stretch.end - figure.end - after.start(1))])[0]
    return _TRAILING.sub("", _AND_END.sub("", noun).strip())


def is_part(figure: Quantity, text: str) -> bool:
    """Whether a figure counts some of a number told behind it: "638 of 912 children"."""
    return figure.unit == "count" and bool(_OF_THOSE.match(text[figure.end :]))


def _says(clause: str) -> bool:
    """Whether a clause says what is measured, rather than only when and against what."""
    shown = clause
    for mention in reversed(find_periods(clause)):
        shown = shown[: mention.start] + " " + shown[mention.end :]
    return sum(not w[0].isdigit() and w not in BARE_WORDS for w in words(shown)) > 1


def _clause(text: str, stretch: Stretch) -> str:
    """The words that a figure stands among, with those that its stretch shares with another."""
    own = _AND_END.sub("", _AND_START.sub("", stretch.own)).strip(" ,;")
    clause = f"{stretch.shared} {own}" if stretch.shared else own
    return clause if stretch.whole or _says(clause) else text
