"""What is counted, and by which numbers it is told apart: of a question and of a sentence.

"How many complaints" isn't answered by children, nor "within 15 days" by what took ten.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from indicators.catalogue import indexed, terms, words
from ingest.periods import find_periods

_OF_SHARE = (
    r"(?:percentages?|proportions?|shares?|per\s?cent|percent|%|fractions?|rates?|numbers?|totals?)"
)
_ASKED = re.compile(
    rf"\b(?:how many(?:\s(?:more|fewer|less))?|{_OF_SHARE}\sof)\s+"
    r"(?P<what>(?:[\w’'/-]+\s*){1,8})",
    re.IGNORECASE,
)
_SHARED = re.compile(
    rf"{_OF_SHARE}\)?\sof\s(?:all\s|the\s|our\s|its\s|their\s|those\s|these\s|total\s)*"
    r"(?P<what>(?:[\w’'/-]+\s*){1,6})",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?:^|\s)(?:of|for|in|with|to|on|at|about|by|from|under|over|within|who|which|that|whose|were|was|"
    r"are|is|did|do|does|have|has|had|can|could|will|would|got|get|came|come|went|go|left|than|as|"
    r"and\s(?:how|what)|there|received?|made|\w+ing|\d[\d,.]*)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"(?:(?<=\S)\s+(?:\w+ed|been|being|made|held|given|taken|upheld|withdrawn|seen))+$", re.I
)
"""Behind a noun, what was done: "children adopted"."""
_THEM = frozenset(("them", "these", "those", "which", "whom", "it", "this", "one"))
_YOUNG = frozenset(words("child children young pupil boy girl baby student teenager youth"))
_ANYBODY = frozenset(words("people person individual"))
_YOUNG_TERMS = frozenset(
    ("childrenincare", "careleaver", "uasc", "childprotection", "childreninneed")
)
_SMALL = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_DIGITS = {word: str(i) for i, word in enumerate(_SMALL, 1)}
_NUMBER = rf"(?:\d{{1,4}}|{'|'.join(_SMALL)})"
_AGES = re.compile(
    rf"\baged?\s(?:of\s)?(?P<a>{_NUMBER})\s?(?:-|–|to|and)\s?(?P<b>\d{{1,2}})\b|"
    r"(?<![\d/.,£-])\b(?P<c>1?\d|2[0-5])\s?(?:-|–|to|and)\s?(?P<d>1\d|2[0-5])\b(?!\s?(?:%|days|weeks|hours|"
    r"months|per\b)|[\d/.,-]\d)",
    re.IGNORECASE,
)
_WHICH = re.compile(
    rf"\b(?P<of>stage|level|tier|band|year|grade|phase|step|type|category|section)\s(?P<n>{_NUMBER})\b",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(
    rf"\b(?P<n>{_NUMBER})[\s-](?:(?:working|calendar|school)\s)?(?P<of>hour|day|week|month)s?\b",
    re.IGNORECASE,
)

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_EITHER = (
    ("primary", "secondary"),
    ("girls", "boys"),
    ("female", "male"),
    ("initial", "review"),
    ("in-house", "external", "independent", "agency"),
    ("maintained", "academy", "academies"),
    ("urban", "rural"),
    ("new", "existing"),
)
"""Of each set, what is one isn't the other."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure or a question counts: the words of it, and the numbers that say which.

    `numbers` are of the kind "day 15", "stage 2", "age 17-18".
    """

    what: frozenset[str]
    numbers: frozenset[str]

    def differs(self, asked: "Counted") -> bool:
        """Whether this counts something else than what is asked for, as far as both say so."""
        return self._of_others(asked.what) or self._told_apart(asked.numbers)

    def _of_others(self, asked: frozenset[str]) -> bool:
        own = self.what
        if not own or not asked or own & asked:
            return False
        people = _YOUNG | _ANYBODY | _YOUNG_TERMS
        if not (asked & people and own & people):
            return True
        groups = (asked & _YOUNG_TERMS, own & _YOUNG_TERMS)
        return all(groups) and not groups[0] & groups[1]

    def _told_apart(self, asked: Collection[str]) -> bool:
        kinds = {one.partition(" ")[0] for one in asked} & {
            one.partition(" ")[0] for one in self.numbers
        }
        return any(
            not {n for n in asked if n.startswith(f"{kind} ")} & self.numbers for kind in kinds
        )


def asked_for(question: str) -> Counted:
    """What a question counts: "how many complaints", "what percentage of care leavers"."""
    found = _ASKED.search(question)
    return Counted(_head(found["what"]) if found else frozenset(), numbers_in(question))


def counted_by(noun: str, clause: str, printed: str, unit: str) -> Counted:
    """What a figure of a sentence counts, by its noun, or by what it is a share of."""
    plain = clause.replace(printed, " ", 1)
    if unit == "count":
        return Counted(_said(noun), numbers_in(plain))
    found = _SHARED.search(clause) if unit == "percent" else None
    return Counted(_said(found["what"]) if found else frozenset(), numbers_in(plain))


def numbers_in(text: str) -> frozenset[str]:
    """The numbers that say which or how long, dates left out: "stage 2", "day 10"."""
    for mention in reversed(find_periods(text)):
        text = text[: mention.start] + " " + text[mention.end :]
    found = {f"{m['of'].lower()} {_plain(m['n'])}" for m in _WHICH.finditer(text)}
    found |= {f"{m['of'].lower()} {_plain(m['n'])}" for m in _HOW_LONG.finditer(text)}
    for ages in _AGES.finditer(text):
        first, last = (ages["a"] or ages["c"]), (ages["b"] or ages["d"])
        found.add(f"age {_plain(first)}-{last}")
    told = set(_WORD.findall(text.lower()))
    found |= {f"{kinds[0]} {one}" for kinds in _EITHER for one in told.intersection(kinds)}
    return frozenset(found)


def _plain(number: str) -> str:
    return _DIGITS.get(number.lower(), number)


def _noun(text: str) -> str:
    """The words of a thing counted, without what is said of it further on."""
    text = text.strip()
    end = next((m.start() for m in _ENDS.finditer(text) if m.start() > 0), len(text))
    return _DONE.sub("", text[:end].strip())


def _said(text: str) -> frozenset[str]:
    return (
        frozenset()
        if text.split()[:1] and text.split()[0].lower() in _THEM
        else indexed(_noun(text))
    )


def _head(text: str) -> frozenset[str]:
    """The last thing that words name: "complaints" of "statutory complaints"."""
    noun = _noun(text)
    named = words(noun)
    if not named or noun.split()[0].lower() in _THEM:
        return frozenset()
    last = named[-1]
    return indexed(terms()[last].names[0]) | {last} if last in terms() else frozenset((last,))
