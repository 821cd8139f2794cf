"""Figures as printed: "£70.000", "97 (14%)", "[715]", "4.1 million", "one" to "ninety-nine"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

NUMBER_WORDS = (
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
)
_WORD_VALUES = {word: Decimal(i) for i, word in enumerate(NUMBER_WORDS, 1)}
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORD_VALUES |= {
    f"{ten}{rest}": Decimal(10 * i + more)
    for i, ten in enumerate(_TENS, 2)
    for more, rest in enumerate(("", *(f"-{word}" for word in NUMBER_WORDS[:9])))
}
_WORDS = "|".join(sorted(_WORD_VALUES, key=len, reverse=True))
_SCALES = {
    "million": Decimal(1_000_000),
    "m": Decimal(1_000_000),
    "mn": Decimal(1_000_000),
    "billion": Decimal(1_000_000_000),
    "bn": Decimal(1_000_000_000),
    "thousand": Decimal(1_000),
    "k": Decimal(1_000),
}
_FIGURE = re.compile(
    r"(?<![\w./:#])(?P<open>[\[(]?)(?P<sign>[-−+](?=[£\d]))?(?P<pound>£\s?)?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<scale>\s?(?:million|billion|thousand|bn|mn|m|k)\b)?"
    r"(?P<percent>\s?(?:%|per\s?cent(?:age points)?\b|percent\b|pc\b|percentage points?\b))?"
    r"(?P<days>[\s-]days?\b)?(?![\d/:]|\.\d|st\b|nd\b|rd\b|th\b)",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(r"(?<![\d.,])0\d{2,4}[\s-]?\d{3,4}[\s-]?\d{3,4}(?!\d)")
_WORDED = re.compile(rf"\b(?P<word>{_WORDS})\b(?P<percent>\s+per\s?cent\b)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in text: value, unit ("count", "percent", "gbp", "days"), flags, place."""

    value: Decimal
    unit: str
    flags: tuple[str, ...]
    printed: str
    start: int
    end: int


def find_quantities(text: str, *, worded: bool = False) -> Iterator[Quantity]:
    """Every figure in `text`; numbers spelt as words too, where `worded`."""
    telephones = [match.span() for match in _TELEPHONE.finditer(text)]
    for match in _FIGURE.finditer(text):
        quantity = _quantity(match)
        called = any(a < match.end() and match.start() < b for a, b in telephones)
        if quantity is not None and not called:
            yield quantity
    if worded:
        for match in _WORDED.finditer(text):
            unit = "percent" if match["percent"] else "count"
            value = _WORD_VALUES[match["word"].lower()]
            yield Quantity(value, unit, ("worded",), match.group(), *match.span())


def _quantity(match: re.Match[str]) -> Quantity | None:
    flags: tuple[str, ...] = ("bracketed",) if match["open"] == "[" else ()
    number, pounds = match["number"], bool(match["pound"])
    if pounds and not match["scale"] and re.fullmatch(r"\d{1,3}\.\d{3}", number):
        number, flags = number.replace(".", ""), (*flags, "read as thousands")
    try:
        value = Decimal(number.replace(",", ""))
    except InvalidOperation:  # pragma: no cover - the pattern admits digits only
        return None
    value *= _SCALES.get((match["scale"] or "").strip().lower(), Decimal(1))
    if match["sign"] in ("-", "−"):
        value = -value
    unit = (
        "gbp" if pounds else "percent" if match["percent"] else "days" if match["days"] else "count"
    )
    return Quantity(value, unit, flags, match.group().strip(), *match.span())


def spoken(value: Decimal, unit: str) -> str:
    """A figure in plain English: "61%", "£3,594", "1,378", "241 days"."""
    number = _plain(value)
    match unit:
        case "percent":
            return f"{number}%"
        case "pp":
            return f"{number} percentage point{'' if abs(value) == 1 else 's'}"
        case "gbp":
            return _money(value)
        case "days":
            return f"{number} days"
        case "rate per 1,000" | "rate per 10,000" | "rate per 100,000":
            return f"{number} {unit.removeprefix('rate ')}"
        case _:
            return number


def _money(value: Decimal) -> str:
    sign = "-" if value < 0 else ""
    if abs(value) >= 1_000_000 and value % 10_000 == 0:
        return f"{sign}£{_plain(abs(value) / 1_000_000)} million"
    return f"{sign}£{_plain(abs(value))}"


def _plain(value: Decimal) -> str:
    """Thousands separated, no trailing noughts; two decimals at most."""
    rounded = value.quantize(Decimal("0.01")) if value.as_tuple().exponent < -2 else value  # type: ignore[operator]
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
