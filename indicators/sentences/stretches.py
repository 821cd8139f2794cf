"""The stretches of a sentence, one for each of its figures.

"42% were female and 58% were male" has two. A stretch without a subject of its own ("and
increased again to 81.5%", "compared with 132 the year before") shares that of the one before it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indicators.catalogue import terms, words
from indicators.quantities import Quantity
from ingest.periods import find_periods

_REPORTED = re.compile(
    r"^.{0,160}?\b(?:informed|advised|reported|noted|explained|stated|highlighted|heard|told|"
    r"commented|added|confirmed|showed|shows|said|updated|outlined|included)\b[^,;.:\d]{0,60}?"
    r"\bthat\s+",
    re.IGNORECASE | re.DOTALL,
)
_BORDER = re.compile(
    r"[;:](?=\s)|,\s(?=(?:which|and|but|with|while|whilst|whereas|compared|however|although|though|"
    r"when|this|these|there|it|they|up|down|against|representing|including|"
    r"of\s(?:whom|which|these|those|them)|an?\s(?:\w+\s)?(?:rise|fall|increase|decrease|reduction|"
    r"drop|improvement|growth))\b)"
    r"|\s(?=(?:compared|against|whilst|while|but|whereas|although|however|versus|vs\.?|which|than|"
    r"of\s(?:whom|which))\b)",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\s(?=(?:and|or)\s)|,(?=\s)|\)\s?(?=(?:and|or)\s)")
_BEFORE_IT = re.compile(
    r"\s(?=(?:(?:to|from|with|than|into|including|plus)|(?!be|dur)\w+ing)\s+(?:(?:a|an|the|about|"
    r"around|approximately|some|only|just|over|under|nearly|almost|another|further|remaining|into|"
    r"account|our|their|its)\s+){0,3}[(\[£]?$)",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\s(?=(?:on|to|with|from|in|at|for|by|of|(?:not\s)?(?:meeting|exceeding|missing|achieving))\s+"
    r"\S+\s+\S+)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"(?:[A-Z][\w’'-]*|\b[\w’'-]+)\s\($")
_ENDS = re.compile(
    r"[;](?=\s)|,?\s(?=however\b)|\s(?=and\s(?:this|these|it|they|there|that)\s)|,\s(?=(?:which|and|but|while|whilst|whereas|although|though)\b)",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^[\s,;]*(?:(?:and|or|but)\s)?", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:was|were|is|are|has|have|had|did|stood|stands|rose|fell|came|went|saw|\w{3,}ed)\b",
    re.IGNORECASE,
)
_OF_SOME = re.compile(
    r"^\W*(?:\d+(?:\.\d+)+\s)?(?:out\s)?of\s(?:the|these|those|our|all)?", re.IGNORECASE
)
"""What opens a sentence on parts of a number: "Of the 27 complaints, eight were withdrawn"."""
_RESPECTIVELY = re.compile(r"^[\s)]*,?\s?respectively\b", re.IGNORECASE)
_ITEMS = re.compile(r"(?P<more>(?:[\w’'-]+,\s)*)(?P<one>[\w’'-]+),?\sand\s(?P<last>[\w’'-]+)")
_WORDED = re.compile(r"[A-Za-z]{2}")
_NAMED = re.compile(r"^\W*[\w’'-]+\s\(")
"""A figure in brackets behind a word that says what it is of: "writing (55%)"."""
_PAIRED = re.compile(
    r"^\s?[)\]]?\s?[(\[=–-]\s?$|^,?\s(?:and\snot|not|rather\sthan|instead\sof)\s(?:the\s)?$|"
    r"^\s(?:out\s)?of\s(?:(?:the|our|these|those|their|all)\s)?$"
)
_WHOLE = re.compile(
    r"^\s(?:out\s)?of\s(?:(?:the|our|these|those|their|all)\s)?\d[\d,]*(?:\s[\w’'/-]+){0,2}"
)
"""Behind a part: the whole, of which the rest of a sentence doesn't tell: "of 171 children"."""
_SHORT = re.compile(r"^(?:\s[\w’'/-]+){0,4}\s?$")
_BRACKET = re.compile(r"\([^()]*\)")
_LITTLE = frozenset(
    words(
        "increase decrease rise fall rose fell reduce reduction drop improve decline grow growth "
        "again slightly further respectively previous year quarter month last same period time "
        "week figure number total overall average approximately around about just now currently "
        "compared end point date target higher lower better worse percentage rate stood"
    )
)
_LEANS = re.compile(
    r"^\W*(?:(?:and|but|which|while|whilst)\s)*(?:this|that|which|it|these|they|them|of\s(?:them|these|"
    r"those|whom|which))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where the words stand that are of one figure alone, and those it shares with others.

    `leans_on` is where the figure starts whose words it shares; `whole` marks a number of which
    the sentence tells a part.
    """

    start: int
    end: int
    own: str
    shared: str = ""
    leans_on: int | None = None
    whole: bool = False


def stretches(text: str, figures: Sequence[Quantity]) -> dict[int, Stretch]:
    """The stretch of each figure, by where the figure starts."""
    ordered = sorted(figures, key=lambda f: f.start)
    found: dict[int, Stretch] = {}
    plain, labelled = text, _labelled(text, ordered)
    for start, end in (*_brackets(text, ordered), *((f.start, f.end + 1) for f, _ in labelled)):
        plain = plain[:start] + " " * (end - start) + plain[end:]
    outer = [f for f in ordered if plain[f.start : f.end].strip()]
    found |= _in_row(plain, outer, _opening(plain), len(plain), "")
    wholes = list(found.values())
    for figure, start in labelled:
        whole = next(w for w in reversed(wholes) if w.start <= figure.start)
        others = [plain[at : f.start].strip() for f, at in labelled if f is not figure]
        shared = _without(whole.own, [f.printed for f in outer] + others)
        found[figure.start] = Stretch(start, figure.end, text[start : figure.end], shared)
    for start, end in _brackets(text, ordered):
        inner = [f for f in ordered if start <= f.start < end]
        around = [w for w in found.values() if w.start <= start <= w.end]
        above = around[-1] if around else None
        shared = above.shared + " " + above.own if above else plain[_opening(plain) :]
        shared = _without(shared, [f.printed for f in outer])
        found |= _in_row(text, inner, start + 1, end - 1, shared)
    return found


def _in_row(
    text: str, figures: Sequence[Quantity], start: int, end: int, shared: str
) -> dict[int, Stretch]:
    """The stretches of figures that follow one another between two places."""
    groups = list(_grouped(text, figures))
    if not groups:
        return {}
    borders = [
        start if start <= groups[0][0].start else 0,
        *(_border(text, one[-1].end, two[0].start) for one, two in pairwise(groups)),
        end,
    ]
    found: dict[int, Stretch] = {}
    lists = _listed(text, groups, borders[0])
    first: int | None = None
    parts, before = False, ""
    for i, (group, (opens, closes)) in enumerate(zip(groups, pairwise(borders), strict=True)):
        ended = _ENDS.search(text, group[-1].end, closes)
        closes = ended.start() if ended else closes
        own = text[opens:closes]
        bare = _without(own, [figure.printed for figure in group])
        leans = bool(shared) and (parts or bool(_LEANS.match(own)) or not has_subject(bare))
        of = lists[i] if lists else shared if leans else ""
        if before and not _WORDED.search(bare):  # "172 were within 20 weeks: 41.1%"
            of = before
        before = f"{of} {' '.join(bare.split())}".strip()
        for at, figure in enumerate(group):
            if at and (whole := _WHOLE.match(text[group[at - 1].end : closes])):
                told = text[figure.start : group[at - 1].end + whole.end()]
                found[figure.start] = Stretch(opens, closes, told, whole=True)
                continue
            found[figure.start] = Stretch(
                opens, closes, "" if lists else own, of, first if leans else None
            )
        if not leans:
            shared, first = _LEAD.sub("", " ".join(bare.split())), group[0].start
            parts = parts or bool(_OF_SOME.match(own))
    return found


def _listed(text: str, groups: Sequence[Sequence[Quantity]], start: int) -> list[str]:
    """What each of several figures is of, where a text says "respectively"; else nothing."""
    if not _RESPECTIVELY.match(text[groups[-1][-1].end :]):
        return []
    head = text[start : groups[0][0].start]
    for found in _ITEMS.finditer(head):
        more = [word for word in found["more"].split(", ") if word]
        items = [*more, found["one"], found["last"]]
        if len(items) == len(groups):
            return [head[: found.start()] + item + head[found.end() :] for item in items]
    return []


def _labelled(text: str, figures: Sequence[Quantity]) -> list[tuple[Quantity, int]]:
    """The parts of a figure told before that stand in brackets: "85% Good (69%) or better (16%)".

    Each with where the word before it starts, which says what it is of.
    """
    found: list[tuple[Quantity, int]] = []
    whole: Quantity | None = None
    for before, figure in pairwise(figures):
        named = _IN_BRACKETS.search(text[before.end : figure.start + 1])
        closed = text[figure.end : figure.end + 1] == ")"
        part = whole is not None or not _is_in_brackets(before, text)
        if named and named.start() > 0 and closed and part and figure.unit == before.unit:
            whole = whole or before
            found.append((figure, before.end + named.start()))
        else:
            whole = None
    return found


def _is_in_brackets(figure: Quantity, text: str) -> bool:
    before = text[: figure.start + 1]
    return before.count("(") > before.count(")")


def _brackets(text: str, figures: Sequence[Quantity]) -> list[tuple[int, int]]:
    """The brackets that say something of their own of a figure: "(currently at 7.1%)"."""
    found = []
    for match in _BRACKET.finditer(text):
        inside = [f for f in figures if match.start() <= f.start < match.end()]
        rest = _without(match.group(), [f.printed for f in inside])
        if inside and re.search(r"[A-Za-z]{3}", rest):
            found.append(match.span())
    return found


def has_subject(own: str) -> bool:
    """Whether words say what is measured, not only how it moved, when and against what."""
    told = {w for w in words(_undated(own)) if not w[0].isdigit()} - _LITTLE
    return len(told) > 1 or bool(told & terms().keys())


def _opening(text: str) -> int:
    """Where what is told begins, behind "The officer informed the panel that"."""
    found = _REPORTED.match(text)
    return found.end() if found else 0


def _grouped(text: str, figures: Sequence[Quantity]) -> Iterator[list[Quantity]]:
    """Figures one by one, but a number with its percentage in brackets as one: "78 (80%)"."""
    group: list[Quantity] = []
    for figure in figures:
        if group and not _is_pair(group[-1], figure, text):
            yield group
            group = []
        group.append(figure)
    if group:
        yield group


def _is_pair(one: Quantity, other: Quantity, text: str) -> bool:
    """Whether two figures say one thing: "118 of 171", "28 children (9.5%)"."""
    between = text[one.end : other.start]
    if _PAIRED.match(between or " "):
        return True
    return one.unit != other.unit and other.printed.startswith("(") and bool(_SHORT.match(between))


def _border(text: str, start: int, end: int) -> int:
    """Where between two figures the words of the first end and those of the second begin."""
    between = text[start:end]
    if named := _IN_BRACKETS.search(text[start : end + 1]):
        return start + named.start()
    if strong := [m.start() for m in _BORDER.finditer(between)]:
        return start + strong[-1]
    marks = [m.start() for m in _MARKS.finditer(between)]
    lead = _BEFORE_IT.search(between)
    if lead and not (marks and _is_alike(text[:start], between[lead.start() :])):
        return start + lead.start()
    if marks:
        subjects = [at for at in marks if _VERB.search(between[at:]) and has_subject(between[at:])]
        return start + (subjects or marks)[-1]
    if inner := [m.start() for m in _WITHIN.finditer(between)]:
        return start + inner[0]
    return end


def _is_alike(before: str, lead: str) -> bool:
    """Whether two figures stand behind the same word: "checks rose to 91% and visits to 72%"."""
    return re.search(rf"\b{re.escape(lead.split()[0])}\s\S+\s*$", before) is not None


def _without(text: str, printed: Sequence[str]) -> str:
    """A text without some figures."""
    for figure in printed:
        text = text.replace(figure, " ", 1)
    return text


def _undated(text: str) -> str:
    for mention in reversed(find_periods(text)):
        text = text[: mention.start] + " " + text[mention.end :]
    return text
