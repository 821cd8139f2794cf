"""Numbers as a spreadsheet prints them, by their format codes; dates in words."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

GENERAL = "General"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_ACCOUNTING = '_-* #,##0{0}_-;-* #,##0{0}_-;_-* "-"_-;_-@_-'
_POUNDS = '_-£* #,##0{0}_-;-£* #,##0{0}_-;_-£* "-"_-;_-@_-'
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "£#,##0;-£#,##0",
    6: "£#,##0;-£#,##0", 7: "£#,##0.00;-£#,##0.00", 8: "£#,##0.00;-£#,##0.00", 9: "0%",
    10: "0.00%", 11: "0.00E+00", 12: GENERAL, 13: GENERAL, 14: "dd/mm/yyyy", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 41: _ACCOUNTING.format(""), 42: _POUNDS.format(""),
    43: _ACCOUNTING.format(".00"), 44: _POUNDS.format(".00"), 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""The formats that files name by number only, as a British Excel has them."""

_TOKEN = re.compile(
    r"\"(?P<quoted>[^\"]*)\"?|\\(?P<escaped>.)|_(?P<gap>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<number>[0#?][0#?,.]*|\.[0#?]+)|(?P<power>[eE][+-][0#?]+)|(?P<other>.)",
    re.DOTALL,
)
_DATE_LETTER = re.compile(r"[dmyhs]", re.IGNORECASE)
_ELAPSED = re.compile(r"[hms]+", re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_SIGNIFICANT = 10
_LONGEST = 30
_DIGITS = Context(prec=400)
_FRACTION = re.compile(r"[#?0]\s*/\s*[#?0-9]")
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_DAY = 2_958_465
_LEAP_FAULT = 60  # Excel counts a 29 February 1900


@dataclass(frozen=True, slots=True)
class _Part:
    """One of a format's sections: literals around a number pattern."""

    before: str = ""
    pattern: str = ""
    after: str = ""
    power: str = ""
    percents: int = 0
    general: bool = False
    text: bool = False
    condition: tuple[str, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format code, read: whether it prints dates, and of which parts; else its sections."""

    sections: tuple[_Part, ...]
    dated: bool = False
    day: bool = False
    month: bool = False
    year: bool = False
    time: bool = False
    seconds: bool = False
    elapsed: bool = False

    def show(self, value: Decimal, *, since_1904: bool = False) -> str:
        """The value as it is printed."""
        if self.dated:
            shown = self._as_date(value, since_1904=since_1904)
            if shown is not None:
                return shown
            return plain(value)
        part, signed = self._section(value)
        size = abs(value) if signed else value
        sign = "-" if not signed and value < 0 else ""
        if part.general:
            return f"{sign}{part.before}{plain(abs(size))}{part.after}"
        if not part.pattern:
            return sign + part.before + part.after
        shown = _patterned(abs(size), part)
        return f"{sign if shown.strip('0.,%') else ''}{part.before}{shown}{part.after}"

    def _section(self, value: Decimal) -> tuple[_Part, bool]:
        """The section for a value, and whether the section itself says the sign."""
        parts = [part for part in self.sections if not part.text] or [_Part(general=True)]
        if any(part.condition for part in parts):
            for part in parts:
                if part.condition is None or _holds(value, part.condition):
                    return part, False
            return _Part(general=True), False
        if value < 0 and len(parts) > 1:
            return parts[1], True
        if value == 0 and len(parts) > 2:
            return parts[2], False
        return parts[0], False

    def _as_date(self, value: Decimal, *, since_1904: bool) -> str | None:
        if self.elapsed:
            minutes, seconds = divmod(int((value * 86400).to_integral_value()), 60)
            hours, minutes = divmod(minutes, 60)
            return f"{hours}:{minutes:02d}" + (f":{seconds:02d}" if self.seconds else "")
        if not 0 <= value <= _LAST_DAY:
            return None
        if not since_1904 and 1 <= value < _LEAP_FAULT:
            value += 1
        moment = (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(
            seconds=int((value * 86400).to_integral_value(ROUND_HALF_UP))
        )
        return self.show_moment(moment)

    def show_moment(self, moment: datetime) -> str:
        """A moment in words, with what the format prints of it: "March 2024", "31 March 2024"."""
        clock = moment.strftime("%H:%M:%S" if self.seconds else "%H:%M")
        words = in_words(moment.date(), day=self.day, month=self.month or self.day)
        if not (self.day or self.month or self.year):
            return clock
        return f"{words} {clock}" if self.time and moment.time() != datetime.min.time() else words


def in_words(moment: date, *, day: bool = True, month: bool = True) -> str:
    """A date in words: "31 March 2024", "March 2024" or "2024"."""
    if not month:
        return str(moment.year)
    named = f"{_MONTHS[moment.month - 1]} {moment.year}"
    return f"{moment.day} {named}" if day else named


def plain(value: Decimal) -> str:
    """A number without format: ten significant digits, no noise of binary fractions."""
    if value == value.to_integral_value():
        return _fixed(value, 0) if abs(value) < Decimal(10) ** _LONGEST else f"{value:.5E}"
    shown = f"{float(value):.{_SIGNIFICANT}g}"
    return shown.replace("e", "E")


@lru_cache(maxsize=1024)
def number_format(code: str) -> NumberFormat:
    """A format code, read; one that isn't understood prints as General."""
    if _FRACTION.search(code):
        return NumberFormat((_Part(general=True),))
    sections = _sections(code)
    bare = _bare(code)
    if _DATE_LETTER.search(bare) and GENERAL.lower() not in code.lower():
        return _dated(bare, code)
    return NumberFormat(tuple(map(_part, sections)))


def decimal_of(text: str) -> Decimal | None:
    """A number as a file writes it, None for what isn't one."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) < 320 else None


def _sections(code: str) -> list[str]:
    sections = [""]
    for match in _TOKEN.finditer(code):
        if match["other"] == ";":
            sections.append("")
        else:
            sections[-1] += match[0]
    return sections


def _bare(code: str) -> str:
    """The code's first section without literals, colours and currencies; elapsed time kept."""
    kept = []
    for match in _TOKEN.finditer(_sections(code)[0]):
        bracket = match["bracket"]
        if bracket is not None and _ELAPSED.fullmatch(bracket):
            kept.append(match[0])
        elif match["other"] is not None:
            kept.append(match["other"])
    return "".join(kept)


def _dated(bare: str, code: str) -> NumberFormat:
    """Which parts of a moment a date format prints; m is minutes beside hours or seconds."""
    letters = re.sub(r"am/pm|a/p", "", bare.lower())
    time = "h" in letters or "s" in letters
    months = re.sub(r"(?<=h)[^a-z]*m{1,2}(?!m)|(?<!m)m{1,2}(?=[^a-z]*s)", "", letters)
    months = re.sub(r"\[[hms]+\]", "", months)
    return NumberFormat(
        (),
        dated=True,
        day=bool(re.search(r"(?<!d)d{1,2}(?!d)", letters)) or "d" in letters,
        month="m" in months,
        year="y" in letters,
        time=time,
        seconds="s" in letters,
        elapsed="[" in bare,
    )


def _part(code: str) -> _Part:
    before, after, pattern, power = "", "", "", ""
    percents = 0
    general = text = False
    condition = None
    code = re.sub("general", "\x00", code, flags=re.IGNORECASE)
    for match in _TOKEN.finditer(code):
        literal = ""
        if match["number"] is not None:
            pattern += match["number"]
        elif match["power"] is not None:
            power = match["power"]
        elif match["bracket"] is not None:
            literal, found = _bracketed(match["bracket"])
            condition = found or condition
        elif match["gap"] is not None or match["fill"] is not None:
            continue
        elif match["other"] == "@":
            text = True
        elif match["other"] == "\x00":
            general = True
        else:
            literal = match["quoted"] or match["escaped"] or match["other"] or ""
            percents += literal == "%" and match["other"] is not None
        if pattern or general:
            after += literal
        else:
            before += literal
    return _Part(before, pattern, after, power, percents, general, text and not pattern, condition)


def _bracketed(inside: str) -> tuple[str, tuple[str, Decimal] | None]:
    """The currency or the condition that a bracket holds; nothing for a colour."""
    if inside.startswith("$"):
        return inside[1:].split("-")[0], None
    if match := _CONDITION.fullmatch(inside.strip()):
        limit = decimal_of(match[2])
        return "", None if limit is None else (match[1], limit)
    return "", None


def _holds(value: Decimal, condition: tuple[str, Decimal]) -> bool:
    sign, limit = condition
    return {
        "<": value < limit, ">": value > limit, "=": value == limit,
        "<=": value <= limit, ">=": value >= limit, "<>": value != limit,
    }[sign]  # fmt: skip


def _patterned(size: Decimal, part: _Part) -> str:
    """A size in a pattern of digits: grouped, scaled and rounded as the pattern says."""
    size *= Decimal(100) ** part.percents
    whole, _, fraction = part.pattern.partition(".")
    scaled = whole.rstrip(",") if not fraction else whole
    commas = len(whole) - len(scaled) + len(fraction) - len(fraction.rstrip(","))
    fraction = fraction.rstrip(",")
    size /= Decimal(1000) ** commas
    places = min(sum(char in "0#?" for char in fraction), _LONGEST)
    if part.power:
        mantissa, _, exponent = f"{size:.{places}E}".partition("E")
        return f"{mantissa}E{exponent[0]}{exponent[1:].zfill(2)}"
    if size.adjusted() > 2 * _LONGEST:
        return plain(size)
    shown = _fixed(size, places)
    head, _, tail = shown.partition(".")
    optional = len(fraction) - len(fraction.rstrip("#?"))
    while optional and tail.endswith("0"):
        tail, optional = tail[:-1], optional - 1
    head = head.zfill(scaled.count("0")) if head != "0" else "0" * scaled.count("0")
    if "," in scaled:
        head = f"{int(head or 0):,}".zfill(len(head)) if head else head
    return f"{head}.{tail}" if tail else head or ("0" if not tail else "")


def _fixed(value: Decimal, places: int) -> str:
    """A number with so many decimals, halves rounded away from nought as Excel does."""
    step = Decimal(1).scaleb(-places)
    return f"{value.quantize(step, ROUND_HALF_UP, _DIGITS):f}"
