"""What a figure of a sentence is: a level or a change, printed or aimed at, whose."""

import re
from datetime import date

from indicators.quantities import Quantity
from indicators.sentences.clauses import distance
from ingest.model import (
    Basis,
    Period,
)

_MORE = re.compile(
    r"^\s*(?:percentage points?\s+|[a-z]+\s+){0,2}(?:more|fewer|less|higher|lower|greater|above|"
    r"below)(?:\s+\w+){0,2}\s+(?:than|at|in|on)\b",
    re.IGNORECASE,
)
_OFF_BUDGET = re.compile(
    r"^\s(?:(?:more|less|higher|lower) than|over|under|above|below|within)\s+(?:the\s+|its\s+)?"
    r"(?:\w+\s+)?(?:budget|forecast|plan)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|(?:rise|fall|increase|decrease|reduction|drop|growth|improvement|net gain|net loss|"
    r"change)\s(?:[^.;,\d]{0,40}\s)?of)\s+(?:about\s|around\s|some\s|only\s|just\s)?$",
    re.IGNORECASE,
)
_CHANGE_BEHIND = re.compile(
    r"^\s(?:(?:percentage points?|points?)\s)?(?:[a-z]+\s)?(?:increase|decrease|reduction|rise|"
    r"fall|drop|improvement|decline)\b(?!\s(?:target|plan))|^\s(?:fewer|less|more)\b(?!\sthan\b)",
    re.IGNORECASE,
)
"""Behind the size of a change: "65% reduction in", "300 fewer children"."""
_MOVED = re.compile(
    r"\b(?:ris|ros|rise|fall|fell|increas|decreas|reduc|drop|grow|grew|gain|los|chang|up|down|"
    r"improv|declin|over ?spen|under ?spen)\w*\b[^.;]{0,60}$",
    re.IGNORECASE,
)


def is_change(figure: Quantity, text: str) -> bool:
    """Whether a figure is the size of a change: "17 more than in March", "fell by 12"."""
    before, after = text[: figure.start], text[figure.end :]
    if figure.unit == "gbp":
        return bool(_OFF_BUDGET.match(after))
    if _MORE.match(after) or _CHANGE_BEHIND.match(after):
        return True
    return bool(_BY.search(before) and _MOVED.search(before))


_BESIDE = re.compile(
    r"(?:\bcompar(?:ed|ison)\s(?:to|with)|\b(?:as\s)?against|\bversus|\bvs\.?|"
    r"(?<!more\s)(?<!less\s)(?<!fewer\s)(?<!other\s)(?<!rather\s)\bthan|"
    r"\b(?:up|down|ris\w+|rose|fall\w*|fell|increas\w*|decreas\w*|reduc\w*|drop\w*|gr[eo]w\w*|"
    r"declin\w*|improv\w*|chang\w*|gone|went)(?:\s[\w£.,%]+){0,2}\sfrom)\s"
    r"(?:(?:a|an|the|that|just|only|about|around|approximately|some|over|under)\s){0,3}[(£]?$",
    re.IGNORECASE,
)


_OPENS_BESIDE = re.compile(
    r"^\W*(?:which\s)?(?:compar(?:ed|es|ing)\s(?:to|with)|(?:up|down)\sfrom)\b(?!.*\bbudget\b)",
    re.IGNORECASE,
)


def is_base(figure: Quantity, text: str, start: int) -> bool:
    """Whether a figure is what another is set beside: "compared to 603", "up from 142".

    `start` is where the figure's stretch of the sentence begins.
    """
    before = text[: figure.start]
    return bool(_BESIDE.search(before) or _OPENS_BESIDE.match(before[start:]))


_GOAL = re.compile(
    r"\b(?:target|ambition|aim|goal)s?\b[^.;:]{0,60}?\b(?:is|was|are|were|of|will be|"
    r"remains?|to)\b",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"\b(?:achiev|reach|exceed|met\b|hit\b|miss|against|compared|actual|currently|stood|now)\w*",
    re.IGNORECASE,
)
AREA_LENGTH = 40
_NEXT_CLAUSE = re.compile(r"[;.:]\s|,?\s(?:and|while|whilst|whereas|but)\s", re.IGNORECASE)
_OPENING = re.compile(
    r"\W*(?:\d+(?:\.\d+)*\.?\s+)?(?:in|for|across|our|the|of|all)?\s*", re.IGNORECASE
)
_OURS = re.compile(
    r"\b(?:ours?|we|us|the (?:council|county|borough|city|authority))\b|[;.]\s", re.IGNORECASE
)
_RAISED_TO = re.compile(r"\bfrom\s+£?[\d.,]+%?\s+to\s+$", re.IGNORECASE)
_RAISED_FROM = re.compile(r"^\s+to\s+£?\d", re.IGNORECASE)
_SETS_BESIDE = re.compile(
    r"\b(?:above|below|higher|lower|more|less|fewer|better|worse|than|against|compar\w+|versus)\b",
    re.IGNORECASE,
)


def is_yet_to_rise(figure: Quantity, text: str, period: Period | None, held: date | None) -> bool:
    """Whether a figure is the level from which another is aimed at by a date to come."""
    ahead = period is not None and held is not None and period.start > held
    before, after = text[: figure.start], text[figure.end :]
    return ahead and before.rstrip().endswith("from") and bool(_RAISED_FROM.match(after))


def area_of(figure: Quantity, text: str, areas: tuple[tuple[str, int, int], ...]) -> str | None:
    """The comparator area that a figure is of; None for the own one."""
    here = (figure.start, figure.end)
    near = [
        (a, distance(here, (start, end), text))
        for a, start, end in areas
        if not _SETS_BESIDE.search(text[figure.end : start])
        and not _is_of_next(text[figure.end : start], text[end:])
    ]
    area, far = min(near, key=lambda pair: pair[1], default=(None, 0))
    return area if far <= AREA_LENGTH else _subject(figure, text, areas)


def _is_of_next(between: str, behind: str) -> bool:
    """Whether an area behind a figure opens a clause of its own, with its own figure."""
    return bool(_NEXT_CLAUSE.search(between) and re.match(r"^[^;.]*\d", behind))


def _subject(figure: Quantity, text: str, areas: tuple[tuple[str, int, int], ...]) -> str | None:
    """The area that a sentence opens with and tells of: "Our neighbours have more: 58"."""
    for area, start, end in areas[:1]:
        between = text[end : figure.start]
        if _OPENING.fullmatch(text[:start]) and end < figure.start and not _OURS.search(between):
            return area
    return None


_AIM_AHEAD = re.compile(
    r"\b(?:(?:target|ambition)s?\s(?:of|is|was|remains|set at)|plan of|standard of)\b"
    r"|\bto (?:reach|meet|hit|achieve|attain) (?:the|a|an|our|its) \w+ of\b"
    r"|(?<!\bon\s)(?<!\babove\s)(?<!\bbelow\s)(?<!\bunder\s)(?<!\bover\s)(?<!\bbehind\s)"
    r"\b(?:target|ambition)\b(?!,|\sbut\b)",
    re.IGNORECASE,
)
"""Before what is aimed at; "above target, at 27" and "on target but 5%" tell what was."""
_AIM_BEHIND = re.compile(
    r"^\s(?:(?!vs|versus|against|and|to|with|but|below|above|on|met|exceed)\w+\s)?"
    r"(?:target|ambition)\b(?!\s(?:of|is|was|for|set))",
    re.IGNORECASE,
)


def basis_of(figure: Quantity, text: str) -> Basis:
    """Whether a figure is what was or what is aimed at."""
    before = re.split(r"\d", text[max(0, figure.start - 32) : figure.start])[-1]
    after = re.split(r"\d", text[figure.end : figure.end + 16])[0]
    target = _AIM_AHEAD.search(before) or _AIM_BEHIND.match(after)
    aimed = target or _is_goal(text[: figure.start]) or _is_raised_to(figure, text)
    return Basis.TARGET if aimed else Basis.ACTUAL


def _is_raised_to(figure: Quantity, text: str) -> bool:
    """Whether a figure is what is to be reached: "to raise the number ... from 14 to 20 by"."""
    before, after = text[: figure.start], text[figure.end :]
    meant = re.search(r"\bto (?:raise|increase|reduce|cut|bring|lower)\b[^.;]*$", before, re.I)
    return bool(meant and _RAISED_TO.search(before) and re.match(r"^\s+by\b", after))


def _is_goal(before: str) -> bool:
    """Whether a figure is what a sentence names as the aim: "the ambition was to ... by 81"."""
    aims = list(_GOAL.finditer(before))
    return (
        bool(aims)
        and not _REACHED.search(before[aims[-1].start() :])
        and not re.search(r"\d", before[aims[-1].end() :])
    )
