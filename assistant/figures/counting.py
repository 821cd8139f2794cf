"""What is counted, and by which numbers it is told apart: of a question and of a sentence.

"How many complaints" isn't answered by children, nor "within 15 days" by what took ten.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from indicators.catalogue import implied, indexed, spoken, terms, words
from indicators.quantities import NUMBER_WORDS
from ingest.periods import find_periods

_OF_SHARE = (
    r"(?:percentages?|proportions?|shares?|per\s?cent|percent|%|fractions?|rates?|numbers?|totals?)"
)
_ASKED = re.compile(
    rf"\b(?:how many(?:\s(?:more|fewer|less))?|{_OF_SHARE}\sof)\s+"
    r"(?:of\s(?:the|these|those|our|its|their)\s(?P<whole>\d[\d,]*)?\s*)?"
    r"(?!(?:had|has|have|did|do|does|were|was|is|are|of)\b)"
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
    r"between|since|during|rise|rose|risen|fall|fell|fallen|drop|grow|grew|change|increase|decrease|"
    r"and\s(?:how|what)|there|received?|made|\w+ing|\d[\d,.]*)\b",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\b(?:with|on|had|have|having|has|subject to|receiving|given|issued)\s(?:an?|one)\s"
    r"(?P<what>(?:[\w’'/-]+\s*){1,4})",
    re.IGNORECASE,
)
"""What each of those counted has: "children with an EHC plan" count plans, too."""
_DONE = re.compile(
    r"(?:(?<=\S)\s+(?:\w+ed|been|being|made|held|given|taken|upheld|withdrawn|seen))+$", re.I
)
"""Behind a noun, what was done: "children adopted"."""
_SAID_OF_PEOPLE = re.compile(
    r"(?:cases|numbers|placements|always|across|towards|years|months|weeks|days|persons|homes|has|"
    r"was|is|this|plus|unless|whereas|besides)"
)
"""Behind people, words that make nothing else of them: "care leavers across the city"."""
_THEM = frozenset(("them", "these", "those", "which", "whom", "it", "this", "one"))
_YOUNG = frozenset(words("child children young pupil boy girl baby student teenager youth"))
_ANYBODY = frozenset(words("people person individual"))
_YOUNG_TERMS = frozenset(
    ("childrenincare", "careleaver", "uasc", "childprotection", "childreninneed")
)
_GROUPS = frozenset(term.id for term in terms().values() if term.people)
_DIGITS = {word: str(i) for i, word in enumerate(NUMBER_WORDS, 1)}
_NUMBER = rf"(?:\d{{1,4}}|{'|'.join(NUMBER_WORDS)})"
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

FLOW = re.compile(
    r"\b(?:ceas(?:ed|ing)|start(?:ed|ing|s)|enter(?:ed|ing|s)|leav(?:e|es|ing|ers?)|left|"
    r"join(?:s|ed|ing)?|bec[ao]m(?:e|ing)|c[ao]m(?:e|ing) in(?:to)?|admitted|admissions?|"
    r"discharged|starters?|entrants?|new|newly|arriv\w+|mov(?:ed|ing)|taken|took|gain\w*|los[st]\w*|"
    r"adopt(?:ed|s)?|approv(?:e|ed|es)|resign(?:ed|s)?|died)\b",
    re.IGNORECASE,
)
"""Comings and goings, by which a number isn't how many there are."""
_CAME = re.compile(
    r"\b(?:(?P<left>left|ceased)|c[ao]me (?:in(?:to)?|to)|enter(?:ed)?|started|joined|admitted|"
    r"arrived|became)\b",
    re.IGNORECASE,
)
"""In a question that counts who came or went: no number of those who are there answers it."""
_COMINGS = frozenset(
    words(
        "come enter entrant start starter join admit admission arrive arrival become begin new "
        "newly episode"
    )
)
_GOINGS = frozenset(words("leave left leaver cease exit"))
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

    `numbers` are of the kind "day 15", "stage 2", "age 17-18"; `amount` is a figure's own, or the
    whole of which a question asks for a part ("how many of the 58").
    """

    what: frozenset[str]
    numbers: frozenset[str]
    amount: str = ""

    def differs(self, asked: "Counted") -> bool:
        """Whether this counts something else than what is asked for, as far as both say so."""
        whole = bool(asked.amount) and asked.amount == self.amount
        return whole or self._of_others(asked.what) or self._told_apart(asked.numbers)

    def _of_others(self, asked: frozenset[str]) -> bool:
        own = self.what
        groups = (asked & _GROUPS, own & _GROUPS)
        if all(groups):
            return not groups[0] & groups[1]
        people = _YOUNG | _ANYBODY | _YOUNG_TERMS
        if not own or not asked or own & asked:
            return False
        return not (asked & people and own & people)

    def _told_apart(self, asked: Collection[str]) -> bool:
        kinds = {one.partition(" ")[0] for one in asked} & {
            one.partition(" ")[0] for one in self.numbers
        }
        return any(
            not {n for n in asked if n.startswith(f"{kind} ")} & self.numbers for kind in kinds
        )


def asked_for(question: str, groups: frozenset[str]) -> Counted:
    """What a question counts: "how many complaints", "what percentage of care leavers".

    `groups` are the people that it names: "how many children were in care" counts these.
    """
    found = _ASKED.search(question)
    if found is None:
        return Counted(frozenset(), numbers_in(question))
    what = _head(found["what"])
    if len(groups) == 1 and what and what <= _YOUNG | _ANYBODY:
        what |= groups
    return Counted(what, numbers_in(question), found["whole"] or "")


def comings_asked(question: str) -> frozenset[str]:
    """The words one of which tells that those counted came, or went, where a question asks that.

    Empty where it doesn't.
    """
    _, how_many, then = question.lower().partition("how many")
    found = _CAME.finditer(then) if how_many else ()
    return frozenset[str]().union(*(_GOINGS if one["left"] else _COMINGS for one in found))


def counted_by(noun: str, clause: str, printed: str, unit: str) -> Counted:
    """What a figure of a sentence counts, by its noun, or by what it is a share of."""
    plain = clause.replace(printed, " ", 1)
    if unit == "count":
        held = _WITH.search(plain)
        what = _said(noun) | (_said(held["what"]) if noun and held else frozenset())
        what = _headed_by(noun) or what
        return Counted(what, numbers_in(plain), printed)
    found = _SHARED.search(clause) if unit == "percent" else None
    what = _said(found["what"]) if found else frozenset()
    return Counted(what, numbers_in(plain), printed)


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
    noun = _noun(text)
    if not noun or noun.split()[0].lower() in _THEM:
        return frozenset()
    return indexed(noun) | frozenset(implied(words(noun))) | _group(text)


def _head(text: str) -> frozenset[str]:
    """The last thing that words name: "complaints" of "statutory complaints"."""
    noun = _noun(text)
    named = words(noun)
    if not named or noun.split()[0].lower() in _THEM:
        return frozenset()
    last = named[-1]
    if last in _YOUNG | _ANYBODY and (group := _group(text)):
        return group
    if last not in terms() or last in _GROUPS:
        return frozenset((last,))
    return indexed(terms()[last].names[0]) | {last}


@cache
def _people_then_head() -> re.Pattern[str]:
    names = sorted({name for group in _GROUPS for name in spoken(group)}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\s(?P<of>[a-z]{{4,}}s)\b", re.I)


def _headed_by(noun: str) -> frozenset[str]:
    """What is counted where people only say of whom it is: "children in care measures"."""
    found = _people_then_head().search(noun)
    head = found["of"].lower() if found else ""
    return indexed(head) if head and not _SAID_OF_PEOPLE.fullmatch(head) else frozenset()


def _group(text: str) -> frozenset[str]:
    """The people that words open with: "children in our care", of which a noun alone is less."""
    return frozenset(words(text)[:2]) & _GROUPS
