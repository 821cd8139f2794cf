"""The two things that a question sets side by side: "the gap between A and B", "A per B"."""

import re
from dataclasses import dataclass

from assistant.cues import Operation
from assistant.understand import Query
from indicators.catalogue import implied, words

_END = r"(?=\s+(?:in|at|on|as at|during|for|over|by|from)\s+(?:\w+\s+){0,3}(?:19|20)?\d\d|[?.,;]|$)"
_VERB = (
    r"(?:(?:that|who|which)\s+)?(?:(?:is|are|was|were|has|have|had|did|do|does)\b(?:\s+been)?|"
    r"goes?\s+(?:on|to)|went\s+(?:on|to)|go(?:ing|ne)\s+(?:on|to)|lived?\b|live\b|came\b|comes?\b|"
    r"left\b|made up\b|take[sn]?\s+up)"
)
_SHARE_WORD = r"(?:share|proportion|percentage|per ?cent|percent|%|fraction)"
_SPLITS: dict[Operation, tuple[re.Pattern[str], ...]] = {
    Operation.SHARE: tuple(
        re.compile(form, re.IGNORECASE)
        for form in (
            rf"\b{_SHARE_WORD}\s+of\s+(?P<two>[^?,;]+?)\s+{_VERB}\s+(?P<one>[^?;]+)",
            rf"\bof\s+(?P<two>[^?;]+?),?\s+(?:what|which|how much)\s+(?:was\s+the\s+)?{_SHARE_WORD}\s+"
            rf"{_VERB}\s+(?P<one>[^?;]+)",
            rf"\b(?P<one>[^?,;]+?)\s+as\s+an?\s+{_SHARE_WORD}\s+of\s+(?P<two>[^?;]+)",
            rf"\b{_SHARE_WORD}\s+of\s+(?P<two>[^?,;]+?)\s+(?P<one>(?:in|with|on|under|aged)\s[^?;]+)",
        )
    ),
    Operation.RATIO: tuple(
        re.compile(form, re.IGNORECASE)
        for form in (
            r"\bratio\s+(?:of|between)\s+(?P<one>[^?;]+?)\s+(?:to|and)\s+(?P<two>[^?;]+)",
            r"\bhow many\s+times\s+(?:\w+\s+)?(?:as\s+)?(?:many|much|dearer|bigger|higher|larger|more|"
            r"greater|costlier)?\s*(?:is|are|was|were)?\s*(?P<one>[^?;]+?)\s+(?:than|as)\s+(?P<two>[^?;]+)",
            r"\bhow many\s+(?P<one>[^?;]+?)\s+(?:(?:are|were|is|was)\s+there\s+)?(?:for each|for every|"
            r"per(?! ?cent| 10,000))\s+(?P<two>[^?;]+)",
            r"\b(?P<one>[^?;]+?)\s+(?:for each|for every|per(?! ?cent| 10,000))\s+(?P<two>[^?;]+)",
        )
    ),
    Operation.DIFFERENCE: tuple(
        re.compile(form, re.IGNORECASE)
        for form in (
            r"\b(?:gap|difference)\s+(?:\w+\s+){0,3}?between\s+(?P<one>[^?;]+?)\s+and\s+(?P<two>[^?;]+)",
            r"\bhow (?:many|much)\s+(?:more|fewer|less|higher|lower)\s+(?P<one>[^?;]+?)\s+than\s+"
            r"(?P<two>[^?;]+)",
            r"\bhow (?:many|much|far)\s+(?:more|fewer|less|higher|lower|bigger|larger|above|below)\b\s*"
            r"(?:is|are|was|were)\s+(?P<one>[^?;]+?)\s+than\s+(?P<two>[^?;]+)",
        )
    ),
}


@dataclass(frozen=True, slots=True)
class Subjects:
    """The words of two things, and those that the question says of both."""

    one: tuple[str, ...]
    two: tuple[str, ...]
    both: tuple[str, ...]


def subjects(query: Query, operation: Operation) -> Subjects | None:
    """The two things that a question names, or None where it names but one."""
    for form in _SPLITS.get(operation, ()):
        if found := form.search(query.text):
            one, two = _of(query, found["one"]), _of(query, found["two"])
            named = set(words(found["one"])) | set(words(found["two"]))
            if one and two and set(one) != set(two):
                return Subjects(one, two, tuple(w for w in query.words if w not in named))
    return None


def _of(query: Query, phrase: str) -> tuple[str, ...]:
    """A phrase's words as the query has them: without dates, places and words that only frame."""
    said = set(words(phrase))
    return tuple(w for w in query.words if w in said or _amounts_to(w, said))


def _amounts_to(term: str, said: set[str]) -> bool:
    return term in implied(said)
