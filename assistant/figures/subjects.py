"""The two things that a question sets side by side: "the gap between A and B", "A per B"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.question.claim import is_past
from assistant.question.cues import Operation
from assistant.question.understand import Query
from indicators.catalogue import implied, words

_VERB = (
    r"(?:(?:that|who|which)\s+)?(?:(?:is|are|was|were|has|have|had|did|do|does)\b(?:\s+been)?|"
    r"(?:goes?|went|go(?:ing|ne))\s+(?:on|to)|lived?\b|live\b|came\b|comes?\b|left\b|"
    r"made up\b|take[sn]?\s+up)"
)
_SHARE = r"(?:share|proportion|percentage|per ?cent|percent|%|fraction)"
_ONE, _TWO = r"(?P<one>[^?;]+?)", r"(?P<two>[^?;]+)"
_EACH = r"(?:for each|for every|per(?! ?cent| 10))"
_MORE = r"(?:more|fewer|less|higher|lower|bigger|larger|above|below)"
_TIMES = (
    r"(?:as\s+)?(?:more expensive|more costly|many|much|dearer|bigger|higher|larger|more|greater|"
    r"costlier|dear|high|big)"
)


def _forms(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


_SPLITS: dict[Operation, tuple[re.Pattern[str], ...]] = {
    Operation.SHARE: _forms(
        rf"(?<!\w){_SHARE}\s+of\s+(?P<two>[^?,;]+?)\s+{_VERB}\s+(?P<one>[^?;]+)",
        rf"\bof\s+(?P<two>[^?;]+?),?\s+(?:what|which|how much)\s+(?:was\s+the\s+)?{_SHARE}\s+"
        rf"{_VERB}\s+(?P<one>[^?;]+)",
        rf"\b{_ONE}\s+as\s+an?\s+{_SHARE}\s+of\s+{_TWO}",
        rf"(?<!\w){_SHARE}\s+of\s+(?P<two>[^?,;]+?)\s+(?P<one>(?:in|with|on|under|aged)\s[^?;]+)",
        rf"(?P<one>[^?;:,]+?)\s+(?:is|are|was|were)\s+what\s+{_SHARE}\s+of\s+{_TWO}",
    ),
    Operation.RATIO: _forms(
        rf"\bratio\s+(?:of|between)\s+{_ONE}\s+(?:to|and)\s+{_TWO}",
        rf"\bhow many\s+times\s+{_TIMES}?\s*(?:is|are|was|were)?\s*{_ONE}\s+(?:than|as)\s+{_TWO}",
        rf"\bhow many\s+{_ONE}\s+(?:(?:are|were|is|was)\s+there\s+)?{_EACH}\s+{_TWO}",
        rf"\b{_ONE}\s+{_EACH}\s+{_TWO}",
    ),
    Operation.DIFFERENCE: _forms(
        rf"\b(?:gap|difference)\s+(?:\w+\s+){{0,3}}?between\s+{_ONE}\s+and\s+{_TWO}",
        rf"\bhow (?:many|much)\s+{_MORE}\s+{_ONE}\s+than\s+{_TWO}",
        rf"\bhow (?:many|much|far)\s+{_MORE}\s+(?:is|are|was|were)\s+{_ONE}\s+than\s+{_TWO}",
    ),
}

_WHOLE_FIRST = re.compile(
    rf"\bof (?P<whole>(?:all |the |our )[^?;,]+),?\s+(?:what|which|how much)\s+(?:was\s+the\s+)?"
    rf"{_SHARE}\s+(?P<rest>[^?;]+)",
    re.IGNORECASE,
)
_OF_TIME = frozenset(words("hour day working week month term year time"))
_TURNED = re.compile(
    r"(?:became|got|went|came|fell|turned|involved|included|reached)\b", re.IGNORECASE
)
_WHOLE_THEN = re.compile(rf"(?<!\w){_SHARE}\s+(?P<whole>)of\s+(?P<rest>[^?;]+)", re.IGNORECASE)


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
            told = _names_something(one) if operation is Operation.SHARE else one
            if told and two and not set(two) <= set(one):
                return Subjects(one, two, tuple(w for w in query.words if w not in named))
    return _of_those_who(query) if operation is Operation.SHARE else None


def _of_those_who(query: Query) -> Subjects | None:
    """The whole and the part of "what share of A became B", "of the A, what share passed B".

    Any verb in the past may part the two, the first that has words of the question on both sides.
    """
    for form in (_WHOLE_FIRST, _WHOLE_THEN):
        if found := form.search(query.text):
            whole, rest = found["whole"] or "", found["rest"].split()
            for i, token in enumerate(rest):
                if not is_past(token.lower().strip(".,")):
                    continue
                two = _of(query, " ".join((whole, *rest[:i])))
                said = rest[i + 1 :] if _TURNED.match(token) else rest[i:]
                one = tuple(w for w in _of(query, " ".join(said)) if w not in two)
                if _names_something(one) and two:
                    return Subjects(one, two, ())
    return None


def _names_something(words_of: Sequence[str]) -> bool:
    """Whether words name a part: "gone past 45 working days" only tells how long."""
    return any(not word[0].isdigit() and word not in _OF_TIME for word in words_of)


def _of(query: Query, phrase: str) -> tuple[str, ...]:
    """A phrase's words as the query has them: without dates, places and words that only frame."""
    said = set(words(phrase))
    return tuple(w for w in query.words if w in said or _amounts_to(w, said))


def _amounts_to(term: str, said: set[str]) -> bool:
    return term in implied(said)
