"""What an answer's text states: its sentences, and the numbers, dates and names in them.

A number counts as stated only where it stands as a value: not as a page, a minute number, a
day of the month or part of a financial year.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evals.cases import Unit
from evals.folding import straight

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}\b(?:,?\s+\d{{4}}\b)?"
    rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}}\b)?(?!\.\d|%|\d)"
    rf"|\b{_MONTH}[\s-]+(?:\d{{4}}|\d{{2}})\b(?!\.\d|%|,\d)"
    r"|\b\d{1,4}[/-]\d{1,2}[/-]\d{2,4}\b"
    r"|\b(?:19|20)\d{2}\s?[/-]\s?(?:(?:19|20)\d{2}|\d{2})\b"
    r"|(?<![\d£/.,])\d{2}/\d{2}(?![\d/])"
    r"|\b\d{1,2}[.:]\d{2}\s?[ap]\.?m\b|\b\d{1,2}\s?[ap]m\b"
    r"|(?<![£\d.,-])\b(?:19|20)\d{2}\b(?![\d%]|,\d|\.\d|\s?(?:per\s?cent|days|children|point))",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:pages?|pp?\.|items?|minutes?(?:\s+no\.?)?|paragraphs?|paras?\.?|sections?|measures?"
    r"|tables?|appendix|appendices|resolutions?|recommendations?|schedule|parts?|figures?|rows?"
    r"|key\s+stage|phone|tel|no\.)\s*\d+(?:\.\d+)*(?:\s*(?:-|to|and|,)\s*\d+(?:\.\d+)*)*"
    r"(?!\d|[.,]\d|%|\s*(?:per\s?cent|percentage))"
    r"|^\s*\(?\d{1,2}[.)](?=\s)"
    r"|\bper\s+(?:10[,]?000|1[,]?000|100[,]?000)\b",
    re.IGNORECASE | re.MULTILINE,
)
_UP_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: value for value, word in enumerate(_UP_TO_TWENTY.split())}
_WORDS |= {word: 10 * tens for tens, word in enumerate(_TENS.split(), 3)}
_NUMBER = re.compile(
    r"(?P<sign>(?<![\w)%.])[+-]\s?)?(?P<pound>£\s?)?(?<![\w.,/])"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?P<fraction>\.\d+)?"
    r"(?P<scale>\s?(?:million|billion|thousand)\b|(?:m|bn|k)\b)?(?![A-Za-z\d])"
    rf"|\b(?P<word>{'|'.join(_WORDS)})(?:-(?P<ones>one|two|three|four|five|six|seven|eight|nine))?\b",
    re.IGNORECASE,
)
_SCALES = {"k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6}
_SCALES |= {"bn": 10**9, "billion": 10**9}
_AFTER = (
    (Unit.POINTS, re.compile(r"\s?-?(?:percentage[\s-]points?|%[\s-]?points?|ppts?\b|pp\b|p\.p)")),
    (Unit.POINTS, re.compile(r"[\s-]points?\b")),
    (Unit.PERCENT, re.compile(r"\s?(?:%|per\s?cent\b|pc\b)")),
    (Unit.DAYS, re.compile(r"[\s-](?:(?:calendar|working)\s)?days?\b")),
    (Unit.POUNDS, re.compile(r"\spounds?\b")),
    (Unit.RATE, re.compile(r"[^.;\d]{0,60}?\bper\s(?:10,?000|ten thousand)\b")),
)
_ENDING = re.compile(r"[.!?]['\")\]]*(?:\s*\[\d{1,3}\])*(?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:cllr|cllrs|dr|mr|mrs|ms|st|no|nos|approx|vs|fig|para|e\.g|i\.e|etc|p|pp|c)|\b[A-Z])$",
    re.IGNORECASE,
)
_MARKERS = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or line of an answer, without its markers."""

    text: str
    markers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number stated as a value; `unit` is None where the text gives it none.

    `step` is its last place: 0.1 for 52.6, 100,000 for £2.2m.
    """

    value: Decimal
    unit: Unit | None
    sign: str
    step: Decimal
    printed: str
    start: int
    end: int
    spelled: bool


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of an answer; markers after a full stop belong to what they follow."""
    return tuple(
        Sentence(_MARKERS.sub("", piece).strip(), tuple(map(int, _MARKERS.findall(piece))))
        for line in straight(text).splitlines()
        for piece in _pieces(line)
        if piece.strip()
    )


def _pieces(line: str) -> Iterator[str]:
    start = 0
    for ending in _ENDING.finditer(line):
        full_stop = line[ending.start()] == "."
        if full_stop and _ABBREVIATION.search(line[start : ending.start()]):
            continue
        yield line[start : ending.end()]
        start = ending.end()
    yield line[start:]


def dates(text: str) -> tuple[str, ...]:
    """The dates, years and times in `text`."""
    return tuple(match.group() for match in _DATE.finditer(straight(text)))


def numbers(text: str) -> tuple[Number, ...]:
    """The numbers that `text` states as values, in order."""
    even = straight(text)
    bare = _PLACE.sub(_blank, _DATE.sub(_blank, even))
    return tuple(_number(match, even) for match in _NUMBER.finditer(bare))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _number(match: re.Match[str], text: str) -> Number:
    word = match["word"]
    fraction = match["fraction"] or ""
    if word:
        value = Decimal(_WORDS[word.lower()] + _WORDS.get((match["ones"] or "zero").lower(), 0))
    else:
        value = Decimal(match["digits"].replace(",", "") + fraction)
    scale = _SCALES.get((match["scale"] or "").strip().lower(), 1)
    sign = (match["sign"] or "").strip()
    unit = Unit.POUNDS if match["pound"] else _unit_after(text[match.end() :].lower())
    return Number(
        value=value * scale * (-1 if sign == "-" else 1),
        unit=unit,
        sign=sign,
        step=scale * Decimal(1).scaleb(-max(len(fraction) - 1, 0)),
        printed=match.group().strip(),
        start=match.start(),
        end=match.end(),
        spelled=bool(word),
    )


def _unit_after(rest: str) -> Unit | None:
    return next((unit for unit, pattern in _AFTER if pattern.match(rest)), None)
