"""How sure it is that what was found answers the question: the cut-off between telling and silence.

A logistic of few features, fitted on questions that the papers hold and on junk and near misses;
the method and the curve stand in docs/answers.md.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.minutes.expected import FACTS, Expected, asked_by, expected, holds
from assistant.minutes.nearness import names_of, near_as_told
from assistant.minutes.premise import Premise, Stretch
from assistant.minutes.register_answers import FRAMING
from assistant.question.claim import claim_of
from assistant.question.focus import focus
from assistant.question.nouns import things
from assistant.question.synonyms import alike
from assistant.question.understand import Query
from indicators.catalogue import indexed, terms, words

SURE_ENOUGH = 0.55
_ANOTHER_WORD = 0.8
_WORTH_UNKNOWN = 6.0
_OF_NO_PAPER = ""  # a word that weighs as the rarest
_MANY = 4.0  # words of that weight that a question tells
_TITLED = re.compile(
    r"\b(?i:Cllr|Councillor|Mr|Mrs|Ms|Miss|Dr|Professor|Sergeant|Superintendent|Inspector|Judge)"
    r"\.? (?:(?:[A-Z][a-z]+ )?(?P<name>[A-Z][\w’'-]+)|(?P<small>[a-z][\w’'-]+))"
)
WEIGHTS = {
    "constant": 0.52,
    "worth": 0.25,  # of the sentence that answers best
    "undone": -3.16,
    "unsaid": -1.84,
    "unnamed": -3.84,
    "figure": -1.26,  # it is asked for, and no measure held has it
    "figure untold": -0.99,  # of the words asked, those that its sentence doesn't hold
    "telling": 0.83,
    "soft": 0.59,  # the share of the words that only frame the question
    "things missing": -1.02,  # of the words that name things, the most telling one not told
    "strange things": -1.30,  # of those that no paper holds, how surely one is not told
    "focus missing": -2.61,  # the thing asked for
    "names missing": -2.65,
}
FEATURES = tuple(WEIGHTS)
_TITLE_CASE = re.compile(r"\b[A-Z][a-z’'-]+")
_NAMED = re.compile(r"(?<=[\w,;:)] )[\"“‘']?[A-Z][a-z][a-z’'-]+(?:-[A-Z][a-z]+)*(?![A-Z])")
_KINDS = (
    r"stage|phase|tier|level|band|option|grade|part|step|group|lot|zone|wave|round|type|category|"
    r"schedule|appendix|priority|objective|theme|strand|workstream|recommendation|key stage"
)
_NUMBER = r"(?:\d{1,2}[a-z]?|[A-E]|one|two|three|four|five|six|i{1,3}|iv|v)"
_LABELLED = re.compile(rf"\b(?P<kind>{_KINDS}) (?P<number>{_NUMBER})\b", re.IGNORECASE)
_WORDED = {"1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six"}
_NTH = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth", "6": "sixth"}
_GAPS = ("undone", "unsaid", "unnamed")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: the passages told, with what stands above them, and what is told of them.

    `stretches` is what is told, unit by unit; `worth` that of the best sentence (`evidence.py`);
    `figure` what share of the question's words that sentence holds, where it is to tell a figure.
    """

    text: str
    told: str
    stretches: tuple[Stretch, ...]
    worth: float = _WORTH_UNKNOWN
    figure: float | None = None


class Sureness:
    """Judges what was found, by what the store holds at all."""

    def __init__(self, weight: Callable[[str], float], held: Callable[[str, Query], bool]) -> None:
        self._weight = weight
        self._held = held

    def features(self, query: Query, found: Found) -> dict[str, float]:
        """What tells, by the names in `WEIGHTS`."""
        framing = FRAMING | _asking(query.text, found.told)
        weights = {w: self._weight(w) for w in query.words if w not in framing}
        whole, rarest = sum(weights.values()), self._weight(_OF_NO_PAPER) or 1.0
        own = indexed(found.text)
        text = own | indexed(" ".join(dict.fromkeys(one.body for one in found.stretches)))
        names = names_of(query)
        untold = {w: 1.0 - _nearly_within(w, text, names) for w in weights}
        named = things(query.text) - {claim_of(query.text).deed}
        missing = (x * untold[w] for w, x in weights.items() if w in named)
        told = indexed(found.told)
        gaps = Premise(query, self._weight).gaps(found.stretches)
        soft = [w for w in query.soft if not w.isdigit()]
        absent = [w for w in weights if untold[w] and w in named]
        strange = (untold[w] for w in absent if not self._held(w, query))
        focused = (1.0 - _nearly_within(w, text, names) for w in focus(query.text) - framing)
        return {
            "constant": 1.0,
            "worth": found.worth,
            "undone": gaps.undone,
            "unsaid": gaps.unsaid,
            "unnamed": gaps.unnamed,
            "figure": float(found.figure is not None),
            "figure untold": 0.0 if found.figure is None else 1.0 - found.figure,
            "telling": whole / rarest / _MANY,
            "soft": sum(w in own for w in soft) / len(soft) if soft else 0.5,
            "things missing": max(missing, default=0.0) / rarest,
            "strange things": max(strange, default=0.0),
            "focus missing": max(focused, default=0.0),
            "names missing": float(
                any(w not in told for w in people_named(query.text))
                or any(not _within(w, told | text) for w in _names(query))
            ),
        }

    def of(self, query: Query, found: Found) -> float:
        """How sure it is, 0 to 1."""
        features = self.features(query, found)
        if claim_of(query.text).office and features["unnamed"] == 1.0:
            return 0.0  # who holds an office is told by a name beside it, or not at all
        if another_number(query.text, found.told) or not _reaches(query, found):
            return 0.0
        return _logistic(features)

    def denied(self, query: Query, found: Found) -> str | None:
        """Which tie alone keeps what was found from answering, one of `_GAPS`; else None."""
        features = self.features(query, found)
        if self.of(query, found) >= SURE_ENOUGH:
            return None
        whole = features | dict.fromkeys(_GAPS, 0.0)
        widest = max(_GAPS, key=lambda name: features[name])
        missing = features[widest] > 0 and not another_number(query.text, found.told)
        return widest if missing and _logistic(whole) >= SURE_ENOUGH else None


def _asking(question: str, told: str) -> frozenset[str]:
    """The words that ask for a kind of thing which is told: "what correction" by "should read"."""
    kinds = expected(question) - FACTS - {Expected.SERIES, Expected.MEANING}
    kinds |= expected(question) & {Expected.EMAIL, Expected.TELEPHONE}
    asked = (asked_by(question, kind) for kind in kinds if holds(kind, told))
    return frozenset(word for text in asked for word in words(text))


def _logistic(features: dict[str, float]) -> float:
    return 1 / (1 + math.exp(-sum(w * features[name] for name, w in WEIGHTS.items())))


def people_named(text: str) -> list[str]:
    """The stems of the surnames that a question gives with a title."""
    return [w for match in _TITLED.finditer(text) for w in words(match["name"] or match["small"])]


def _reaches(query: Query, found: Found) -> bool:
    """Whether an address or telephone number, if asked for, stands beside whose it is."""
    kinds = expected(query.text) & {Expected.EMAIL, Expected.TELEPHONE}
    whose = frozenset(query.words) - frozenset(words("email e mail address phone telephone number"))
    return all(
        any(holds(kind, one.text) and whose & indexed(one.text) for one in found.stretches)
        for kind in kinds
    )


def another_number(question: str, told: str) -> bool:
    """Whether a question names a thing by its number, and only others of the kind are told.

    What is said of stage 1 tells nothing of stage 2.
    """
    return any(
        (others := re.findall(rf"\b{match['kind']}s? ({_NUMBER}\b)", told, re.IGNORECASE))
        and not re.search(_numbered(match["kind"], match["number"]), told, re.IGNORECASE)
        and match["number"].lower() not in map(str.lower, others)
        for match in _LABELLED.finditer(question)
    )


def _numbered(kind: str, number: str) -> str:
    """A thing with its number, in a list of such numbers, or by a word for it."""
    low = number.lower()
    either = rf"(?:{number}|{_WORDED.get(low, number)})"
    listed = rf"(?:{_NUMBER}(?:,| and| or| to|[-–&])+ ?)*"
    nth = rf"(?:{number}(?:st|nd|rd|th)|{_NTH.get(low, number)})"
    return rf"\b{kind}s? {listed}{either}\b|\b{nth}[ -]{kind}"


def _names(query: Query) -> list[str]:
    """The telling words that stand as names in a question: capital first, small letters after."""
    if len(_TITLE_CASE.findall(query.text)) * 2 > len(query.text.split()):
        return []  # Typed As A Title Is
    named = {w for match in _NAMED.finditer(query.text) for w in words(match.group())}
    return [word for word in query.words if word in named and word not in terms()]


def _nearly_within(word: str, held: frozenset[str], names: frozenset[str]) -> float:
    """1 where a text's words hold a word or another word for it, less where one near to it."""
    if _within(word, held):
        return 1.0
    return 0.0 if word in names else near_as_told(word, held)


def _within(word: str, held: frozenset[str]) -> float:
    """1 where a text's words hold a word, less where they hold another word for it."""
    if word in held:
        return 1.0
    return _ANOTHER_WORD if alike(word) & held else 0.0
