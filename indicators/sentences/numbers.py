"""Which numbers of a sentence are figures: not ages, labels, dates, parts of names."""

import re

from indicators.catalogue import terms, words
from indicators.places import find_areas, gazetteer
from indicators.quantities import Quantity
from indicators.sentences.roles import AREA_LENGTH
from ingest.periods import (
    Mention,
)

_NOT_A_FIGURE_BEFORE = re.compile(
    r"(?:\b(?:sections?|stage|tables?|charts?|figures?|paragraphs?|paras?|minutes?|items?|"
    r"levels?|pages?|parts?|appendix|aged?|ages|between|years?|regulation|schedule|key|q|priority|"
    r"theme|challenge|version|number|no|phase|week|band|article|form|room|attainment|progress|"
    r"rank(?:ed)?|under|points?|outcome|objective|recommendations?|over the|turn(?:ed|ing)?|last|"
    r"past|previous|next|fewer than|less than|more than|per)\s*|\b(?:a|nn?i|ks|cpb|s|id)\s?|"
    r"[A-Z]{2,}/)$",
    re.IGNORECASE,
)
_TIME_TOLD = re.compile(
    r"\b(?:(?:the|this|that|last|each|every|per|whole|full|same|previous|past|current|a|"
    r"financial|academic|calendar|\d{1,2}|two|three|four|five|six|nine|ten|twelve|eighteen)\s)"
    r"(?:years?|months?|weeks?|quarters?|periods?|terms?|nights?)[,:]?\s+$",
    re.IGNORECASE,
)
"""A stretch of time before a number that counts something: "in the year 25 children"."""
_THOSE_COUNTED = re.compile(
    r"^\s(?!or\b|and\b|to\b|of\b|in\b)(?:(?:new|more|fewer|different|other|individual|young|"
    r"looked|care|foster|social|school|[a-z]+ed|[a-z]+ing)\s){0,3}"
    r"(?:children|people|persons|[a-z]{3,}[^s\W]s)\b"
)
_THEN_DONE = re.compile(r"^\s(?:were|was|had|have|are)\s[a-z]", re.IGNORECASE)
_YEAR_GROUPS = 14
_MORE_THAN = re.compile(
    r"\b(?:(?<!with\s)(?<!had\s)(?<!have\s)(?<!having\s)(?<!no\s)(?<!not\s)(?<!in\s)(?<!for\s)"
    r"(?<!by\s)(?<!been\s)(?<!of\s)(?<!after\s)(?<!to\s)(?<!at\s))(?:more than)\s+$",
    re.IGNORECASE,
)
_MANY = 20
"""A rounded count, "more than 90 families", is so large; "more than 3 moves" says which."""
_NOT_A_FIGURE_AFTER = re.compile(
    r"^(?:\s?[-–]\s?(?:year|\d)|[-–]?\s(?:to|and|or)\s\d+[\s-](?:year|in the year)|"
    r"\s?(?:years?(?:\s|-)olds?|years? of age|months? old|pm|am|noon|weeks? old)\b|"
    r"\s?[-–]?(?:years?|months?|weeks?|hours?|minutes?)\b|"
    r"\s?\+\s?(?:years?|event|consultation)|\s?/\s?\d|:\d|"
    r"\s*(?:miles?|metres?)\b|\s?(?:or (?:more|fewer|less|over|above)|plus)\b|"
    r"(?-i:\s(?:(?:and|to|or|-)\s\d{1,2}\s)?(?:January|February|March|April|May|June|"
    r"July|August|September|October|November|December)\b))",
    re.IGNORECASE,
)
_NUMBERING = re.compile(
    r"\b(?:people|children|families|households|carers|leavers|workers|referrals)\s+(?:now\s+)?"
    r"number(?:ed)?\s+$",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"\b(?:age[ds]?\s+(?:of\s+)?|turn(?:ed|ing|s)?\s+(?=\w+\s*(?:to|and|or|-|–)\s*$))"
    r"(?:\w+\s*(?:to|and|or|-|–)\s*)?$",
    re.IGNORECASE,
)
_LABELS = (
    r"(?:quarter|period|month|stage|tier|level|band|phase|part|section|paragraph|table|item|page|year|step|"
    r"grade|type|category|class|schedule|regulation|article|chapter|volume|option|zone|ward)"
)
_LABEL_BEFORE = re.compile(rf"\b{_LABELS}s?\s(?:\w+\s(?:and|to|or|&)\s)?$", re.IGNORECASE)
"""Before a number that says which: "quarter two", "Stages 1 and 2"."""
_ALLOWED = re.compile(
    r"\b(?:within|in|after|under|over|every|up to|by|of|least|than|for|last|past|next)\s+$",
    re.IGNORECASE,
)
_WORKING = re.compile(
    r"^\s?(?:working|workings|calendar|school|clear|consecutive)\s(?:hours?|days?|weeks?|months?)\b",
    re.IGNORECASE,
)
"""A time allowed: "within 24 working hours"."""
_COUNTS_PLAIN = re.compile(r"^\s+[a-z]")
_COUNTS_NAMED = re.compile(rf"^\s+(?:[a-z]|[A-Z]{{2,}}s?\b|(?i:{_LABELS})\s\d)")
"""Behind a number that opens an item of a list: "- 8 Stage 1 complaints", "- 24 UASC"."""
_FEW = 10
_THE = re.compile(r"(?<!\bof )\b(?:the|these|those|both)\s+$", re.IGNORECASE)
_ONE_OF = re.compile(r"\bone of (?:the|their|its|our|these|those|his|her|your)\s+$", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|[.:;•–-]|\d\.\d+)\s*$")
_NAME_BEFORE = re.compile(r"\b(?P<word>[A-Z][a-z]+|[A-Z]{3,})\s$")
_NAME_BEHIND = re.compile(r"^(?:[).;,]|\s(?:is|was|has|does|provides|offers)\b)")
"""What follows a name that ends in a number: a stop, or a verb that no count above one takes."""
_FOOTNOTE = "[^"


def is_figure(figure: Quantity, text: str, periods: tuple[Mention, ...]) -> bool:
    """Whether a number of a sentence says how much or how many."""
    if any(p.start < figure.end and figure.start < p.end for p in periods):
        return False
    before, after = text[: figure.start], text[figure.end :]
    if before.endswith(_FOOTNOTE):
        return False
    timed = figure.unit == "count" and _is_behind_time(figure, before, after)
    if figure.unit == "count" and (
        (_LABEL_BEFORE.search(before) and not timed)
        or _ONE_OF.search(before)
        or (_WORKING.match(after) and _ALLOWED.search(before))
    ):
        return False
    if "worded" in figure.flags:
        return _is_worded_figure(figure, before, after)
    if figure.unit == "count" and _is_label_number(figure, before, after):
        return False
    if re.match(r"^(?:\s(?:quarters?|thirds?|half|halves)\b|[A-Z]|p\b)", after):
        return False
    if figure.unit == "count" and _is_age_or_chance(figure, before, after):
        return False
    if re.search(r"\d\s?[-–]\s?$", before) or _NOT_A_FIGURE_AFTER.match(after):
        return figure.unit != "count"
    if figure.unit != "count" or _NUMBERING.search(before):
        return True
    if _AGED.search(before):
        return False
    if figure.printed.startswith("(") or timed or _is_rounded(figure, before, after):
        return True
    return not _NOT_A_FIGURE_BEFORE.search(before)


def _is_behind_time(figure: Quantity, before: str, after: str) -> bool:
    """Whether a number behind a stretch of time counts something: not "the year 9 pupils"."""
    told = _TIME_TOLD.search(before)
    if told is None or not (_THOSE_COUNTED.match(after) or _THEN_DONE.match(after)):
        return False
    named = re.search(
        r"\bthe (?:school )?(?:year|week|month|period|term)\s+$", before, re.IGNORECASE
    )
    return not named or figure.value >= _YEAR_GROUPS


def _is_rounded(figure: Quantity, before: str, after: str) -> bool:
    """Whether a number is a rounded count: "feeds more than 90 families"."""
    counts = _MORE_THAN.search(before) and _THOSE_COUNTED.match(after)
    return figure.value >= _MANY and bool(counts)


def _is_age_or_chance(figure: Quantity, before: str, after: str) -> bool:
    """Whether a number is of "1 in 4", "(girl, 16)", "grades 9 to 4", "leave care at 18"."""
    few = len(figure.printed) == 1 and re.match(r"^\sin\s\d{1,3}\b(?!\s?%|[-/])", after)
    chance = few or re.search(r"(?<![\d,.])\d\sin\s$", before)
    speaker = re.search(r"\([a-z][a-z ]*,\s$", before) and after.startswith(")")
    graded = re.search(r"\bgrades?\s(?:\d\s?(?:to|-|–|and)\s?)?$", before)
    aged = re.search(
        r"\b(?:(?:leaves?|left|leaving)\s(?:\w+\s)?at|(?:is|are|was|were)\s(?:over|under))\s$",
        before,
    )
    return bool(chance or speaker or graded or aged)


def _is_worded_figure(figure: Quantity, before: str, after: str) -> bool:
    """Whether a number in words counts something: not "one", "one-off", "two years"."""
    bound = re.search(
        r"(?i)\b(?:fewer|less|more) than\s+$|"
        r"\b(?:under|over|below|above|one in|last|past|next|previous|turn(?:ed|ing|s)?)\s+$",
        before,
    )
    if bound or before.endswith("-"):
        return False
    part = re.match(
        r"^(?:-|\s(?:years?|months?|weeks?|days?|hours?|minutes?|nights?|points?|"
        r"at|or (?:more|fewer|less))\b)",
        after,
    )
    if figure.value <= _FEW and _THE.search(before):
        return False  # "the two services" are known already
    if figure.printed[0].isupper() and not _OPENS.search(before):
        return False  # part of a name, or of somebody's words
    return figure.printed.lower() != "one" and not part and not _AGED.search(before)


def _is_label_number(figure: Quantity, before: str, after: str) -> bool:
    """Whether a number labels something: a paragraph, a footnote, a part of a name."""
    if not before.strip(" -•("):
        counts = _COUNTS_NAMED if re.match(r"^\s*[-•]\s", before) else _COUNTS_PLAIN
        return not counts.match(after)
    if re.search(r"\b(?:our|the|an?|new)\s[A-Z]{3,}\s$", before):
        return True  # "our MASH 12"
    bracketed = before.rstrip().endswith("(") and after.lstrip().startswith(")")
    if bracketed or (figure.printed.startswith("(") and after.startswith(")")):
        return not _area_right_before(before)  # "our statistical neighbours (63)"
    return _ends_a_name(figure, before, after)


def _ends_a_name(figure: Quantity, before: str, after: str) -> bool:
    """Whether a number belongs to a name: "our partner Studio 12, they", "Covid 19"."""
    named = _NAME_BEFORE.search(before)
    if named is None or (after and not _NAME_BEHIND.match(after)):
        return False
    if re.match(r"^[).;]", after):
        return True
    opens = not before[: named.start()].strip(" -•(")
    measured = any(word in terms() for word in words(named["word"]))
    place = named["word"] in gazetteer().councils or _area_right_before(before)
    is_one = figure.value == 1  # "Leavers 1 is"
    return not (measured or place or is_one or (opens and not named["word"].isupper()))


def _area_right_before(text: str) -> bool:
    """Whether a text ends in the name of a comparator: "that of our neighbours ("."""
    near = text.rstrip("( ")[-AREA_LENGTH:]
    return any(end == len(near) for _, _, end in find_areas(near))
