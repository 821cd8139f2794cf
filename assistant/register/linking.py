"""How much two texts are about the same thing: by the rare words that they share."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.question.synonyms import alike
from indicators.catalogue import indexed, words
from ingest.model import Locator, Meeting
from ingest.periods import bare_months, find_periods

_SYNONYM = 0.6
_KEPT = 5_000  # texts whose words are kept: one is compared with many
_WEIGHED = 1_000  # of which each word's weight is
# Words that commitments and positions are worded with, whatever they are about.
_FRAMING = frozenset(
    words(
        "report reports reported meeting board panel committee member members officer officers "
        "director council councillor cllr next note noted receive received update provide submit "
        "present bring brought ask asked request requested agree agreed resolved resolve action "
        "progress complete due date minute position matter subject lead current raised send sent "
        "circulate circulated write letter arrange ensure confirm confirmed consider considered "
        "recommend recommended recommendation approve approved decide decided give given put take "
        "taken come get set make made have be year month quarter item agenda number figures "
        "scheme plan work paper also further future new one two three four five six seven eight "
        "nine ten eleven twelve twenty thirty forty fifty first second third next mr mrs ms full "
        "all each every whether set setting say tell told find found share show shown"
    )
)
_MINUTE_REF = re.compile(r"\bminutes?\s+(?P<minute>(?:[A-Z]{1,6}[/.-])*\d[\d/]*)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a paper that bear on an entry: verbatim, where, of which meeting, and how tied."""

    quote: str
    locator: Locator
    meeting: Meeting
    how: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are: the share of the first's telling words, and how many it is."""

    share: float
    shared: int


@dataclass(frozen=True, slots=True)
class _Telling:
    """A telling word of a text, what it weighs, and the words that say much the same."""

    word: str
    weight: float
    alike: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A text's telling words, and what all of them weigh."""

    words: tuple[_Telling, ...]
    whole: float

    def likeness(self, held: frozenset[str]) -> Likeness:
        """How much of the text stands among some words."""
        weight, shared = 0.0, 0
        for one in self.words:
            if one.word in held:
                weight += one.weight
                shared += 1
            elif one.alike and not one.alike.isdisjoint(held):
                weight += one.weight * _SYNONYM
                shared += 1
        return Likeness(weight / self.whole, shared) if shared else _NOTHING


_NOTHING = Likeness(0.0, 0)


class Weighing:
    """Weighs words by how rare they are among the texts given."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for text in texts:
            counts.update(telling(text))
            total += 1
        self._weights = {word: math.log(1 + total / (1 + n)) for word, n in counts.items()}
        self._of_none = math.log(1 + total)
        self._weighed = lru_cache(maxsize=_WEIGHED)(self._weigh)

    def weight(self, word: str) -> float:
        """More for a rarer word."""
        return self._weights.get(word, self._of_none)

    def likeness(self, asked: str, said: str) -> Likeness:
        """How much of what is asked stands in what is said; another word for it counts less."""
        return self._weighed(asked).likeness(indexed(said))

    def _weigh(self, asked: str) -> _Weighed:
        words = tuple(_Telling(word, self.weight(word), alike(word)) for word in telling(asked))
        whole = sum(one.weight for one in words)
        return _Weighed(words if whole else (), whole)

    def mutual(self, one: str, other: str) -> Likeness:
        """The likeness seen from the text that has less to say."""
        there, back = self.likeness(one, other), self.likeness(other, one)
        return max(there, back, key=lambda like: (like.share, like.shared))


@lru_cache(maxsize=_KEPT)
def telling(text: str) -> frozenset[str]:
    """The words of a text that say what it is about: no dates, no framing."""
    spans = [(m.start, m.end) for m in find_periods(text)]
    spans += [(start, end) for _, start, end in bare_months(text)]
    kept, at = "", 0
    for start, end in sorted(spans):
        kept += text[at:start]
        at = max(at, end)
    kept += text[at:]
    return frozenset(word for word in words(kept) if word not in _FRAMING and not word.isdecimal())


@lru_cache(maxsize=_KEPT)
def minutes_named(text: str) -> Sequence[str]:
    """The numbers of the minutes that a text refers to: "agreed under minute 115"."""
    return [match["minute"] for match in _MINUTE_REF.finditer(text)]
