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
_LOST = re.compile(
    r"\b(?:motion|proposal|proposition)\b[^.;]{0,40}\b(?:(?:was|were|being|is)\s+)?"
    r"(?:lost|defeated|rejected|not carried|voted down|withdrawn|fell)\b",
    re.IGNORECASE,
)
_DECIDED_TO = re.compile(r"\b(?:agree|decide|vote|resolve|choose)d? to\b", re.IGNORECASE)
_OPEN_TO = re.compile(r"\b(?:what|which)\b", re.IGNORECASE)
_NOT_GIVEN = re.compile(
    r"(?P<subject>[^.;:|]{3,80}?)\s"
    r"(?:(?:is|are|was|were)(?: not|n['’]t)|(?:could|can) ?(?:not|n['’]t) be)(?: yet| now)? "
    r"(?:given|known|available|published|collected|recorded|reported|held|run|counted|"
    r"broken down|supplied|printed|shown|produced)\b|"
    r"(?P<blank>[^.;:|]{3,80}?)\s(?:is |are |was |were )?left blank\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:letter|report|outcome|result|findings?|judgements?|decision|reply|response|answer)s? "
    r"(?:is|are|was|were) (?:still |now |not )?(?:expected|awaited|due|yet to|to follow)\b",
    re.IGNORECASE,
)
_CONCLUDING = frozenset(
    words("conclude find judge decide reply respond say answer rule report tell")
)
_DECIDING = frozenset(words("agree decide resolve approve support endorse back accept carry ask"))
_OF_FIGURES = frozenset(
    words("figure figures data number count value percentage result report return information")
)
_ABOUT, _PARTLY_ABOUT = 0.5, 0.3
_COUNTED = re.compile(r"\b(?:apart from|except|other than|but one|more than|later than)\b", re.I)


class Presumed:
    """What a question presumes: a deed and what it is done to, or a thing that there is."""

    def __init__(self, query: Query, weight: Callable[[str], float]) -> None:
        text = query.text
        claim = claim_of(text)
        self._weight = weight
        self._deed = claim.verb
        decides = claim.verb in _DECIDING or bool(_DECIDED_TO.search(text))
        self._decides = decides and not _OPEN_TO.search(text)
        self._concludes = claim.deed in _CONCLUDING and bool(claim.actor)
        self._asked = frozenset(words(text))
        actor = frozenset(w for w in claim.actor if w in query.words)
        self._things = frozenset(claim.object) | (actor if claim.verb else frozenset())
        self._things = self._things or focus(text)
        self._topic = tuple(w for w in query.words if w != claim.verb)
        self._presumes = bool(_PRESUMES.search(text)) and not _NEGATIVE.search(text)

    @property
    def empty(self) -> bool:
        """Whether nothing is presumed that could be denied."""
        return not self._presumes or not (self._deed or self._things or self._asked)

    def denied_in(self, told: Iterable[Stretch]) -> Stretch | None:
        """The stretch that denies it; None where none does, or where another tells of the deed."""
        if self.empty:
            return None
        denying = None
        for one in told:
            about = self._about(one)
            if about >= _PARTLY_ABOUT and self._withholds(one.text):
                return one
            if about < _ABOUT:
                continue
            if self._denies(one.text):
                denying = denying or one
            elif self._deed and self._deed in indexed(one.text):
                return None
        return denying

    def _denies(self, text: str) -> bool:
        if _COUNTED.search(text):
            return False
        if self._decides and _LOST.search(text):
            return True
        if self._concludes and _TO_COME.search(text):
            return True
        done = not self._deed or _either(self._deed, indexed(text))
        for match in _NO_THING.finditer(text):
            named = indexed(match["things"])
            if done and any(_either(thing, named) for thing in self._things):
                return True
        return bool(self._deed) and any(
            _either(self._deed, frozenset(words(match["deed"])))
            for match in _NOT_DONE.finditer(text)
        )

    def _withholds(self, text: str) -> bool:
        """Whether a text says that what is asked for isn't given."""
        return any(self._is_subject(m["subject"] or m["blank"]) for m in _NOT_GIVEN.finditer(text))

    def _is_subject(self, said: str) -> bool:
        """Whether what isn't given is what is asked for, and nothing else."""
        named = frozenset(words(said)) - _OF_FIGURES
        return bool(named) and named <= self._asked

    def _about(self, one: Stretch) -> float:
        """The share of the question's words, by rarity, that stand in or around a stretch."""
        held = indexed(f"{one.near} {one.where}")
        weights = {word: self._weight(word) for word in self._topic}
        found = sum(x for word, x in weights.items() if _either(word, held))
        return found / (sum(weights.values()) or 1.0)


def _either(word: str, held: frozenset[str]) -> bool:
    return word in held or bool(alike(word) & held)
