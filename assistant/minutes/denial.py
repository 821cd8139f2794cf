"""Sentences that deny what a question takes for granted: "No grade is given for such visits".

"When did we get the grade?" takes a grade for granted. A sentence near what would be quoted that
says there was none, or that the deed wasn't done, is the answer: the premise is put right, and
nothing that sounds like a date of it is told.
"""

import re
from collections.abc import Callable, Iterable

from assistant.minutes.premise import Stretch
from assistant.question.claim import claim_of
from assistant.question.focus import focus
from assistant.question.synonyms import alike
from assistant.question.understand import Query
from indicators.catalogue import indexed, words

_PRESUMES = re.compile(
    r"\b(?:who|whom|whose|why|when|where|how(?! (?:many|much|far|often|long)\b)|what|which)\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|without|cannot|neither|refus\w+|reject\w+)\b|n['’]t\b",
    re.IGNORECASE,
)
_NO_THING = re.compile(
    r"\b(?:no|neither|none of (?:the|our|its|these|those)|not (?:a single|one|any))\s+"
    r"(?P<things>(?:[\w'’-]+\s+){0,3}[\w'’-]+)",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"(?:\b(?:not|never)|n['’]t)\s+(?:(?:yet|been|be|to|have|had|ever|formally|actually)\s+){0,3}"
    r"(?P<deed>[\w-]+)",
    re.IGNORECASE,
)
_ABOUT = 0.5
_COUNTED = re.compile(r"\b(?:apart from|except|other than|but one|more than|later than)\b", re.I)


class Presumed:
    """What a question presumes: a deed and what it is done to, or a thing that there is."""

    def __init__(self, query: Query, weight: Callable[[str], float]) -> None:
        text = query.text
        claim = claim_of(text)
        self._weight = weight
        self._deed = claim.verb
        actor = frozenset(w for w in claim.actor if w in query.words)
        self._things = frozenset(claim.object) | (actor if claim.verb else frozenset())
        self._things = self._things or focus(text)
        self._topic = tuple(w for w in query.words if w != claim.verb)
        self._presumes = bool(_PRESUMES.search(text)) and not _NEGATIVE.search(text)

    @property
    def empty(self) -> bool:
        """Whether nothing is presumed that could be denied."""
        return not self._presumes or not (self._deed or self._things)

    def denied_in(self, told: Iterable[Stretch]) -> Stretch | None:
        """The stretch that denies it; None where none does, or where another tells of the deed."""
        if self.empty:
            return None
        denying = None
        for one in told:
            if self._about(one) < _ABOUT:
                continue
            if self._denies(one.text):
                denying = denying or one
            elif self._deed and self._deed in indexed(one.text):
                return None
        return denying

    def _denies(self, text: str) -> bool:
        if _COUNTED.search(text):
            return False
        done = not self._deed or _either(self._deed, indexed(text))
        for match in _NO_THING.finditer(text):
            named = indexed(match["things"])
            if done and any(_either(thing, named) for thing in self._things):
                return True
        return bool(self._deed) and any(
            _either(self._deed, frozenset(words(match["deed"])))
            for match in _NOT_DONE.finditer(text)
        )

    def _about(self, one: Stretch) -> float:
        """The share of the question's words, by rarity, that stand in or around a stretch."""
        held = indexed(f"{one.near} {one.where}")
        weights = {word: self._weight(word) for word in self._topic}
        found = sum(x for word, x in weights.items() if _either(word, held))
        return found / (sum(weights.values()) or 1.0)


def _either(word: str, held: frozenset[str]) -> bool:
    return word in held or bool(alike(word) & held)
