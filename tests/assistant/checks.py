"""Checks of an answer that share nothing with the code that makes it."""

import ast
import operator
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from assistant.answer import Answer, Citation

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*"
_DATES = (
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?[ -]{_MONTH}(?:[ -]\d{{2,4}})?\b",
    rf"\b{_MONTH}[ -]\d{{1,2}}, \d{{4}}\b",
    rf"\b{_MONTH}[ -]\d{{2}}(?:\d{{2}})?\b",
    r"\b20\d\d\s?[-/–]\s?(?:20)?\d\d\b",
    r"\b\d\d/\d\d\b",
    r"\b20\d\d\b",
    r"\bquarter \d\b",
)
_SCALES = {Decimal(100)}  # of percentages
_FIGURE = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_EQUATION = re.compile(r"\((.+ = [^()=]+)\)")
_MARKERS = re.compile(r"(?: \[\d+\])+$")
_PAGE = re.compile(r"^\W{0,3}Page (\d+)\W{0,3}$", re.MULTILINE)


def figures_in(text: str) -> set[Decimal]:
    return {Decimal(found.replace(",", "")) for found in _FIGURE.findall(text)}


def undated(text: str) -> str:
    for form in _DATES:
        text = re.sub(form, " ", text)
    return text


def unsourced(answer: Answer) -> list[str]:
    """Every stretch of an answer with a figure that stands in nothing cited for it.

    A stretch runs to its markers. What was searched is counted by the assistant itself, and a
    refusal may repeat the figures of the question.
    """
    faults = []
    for stretch, markers in _stretches(answer.text):
        cited = [c for c in answer.citations if c.marker in markers]
        held = figures_in(" ".join(map(_all_said, cited)))
        for figure in answer.figures:
            if set(figure.citations) & markers:
                held |= figures_in(f"{figure.working or ''} {figure.label}")
        if not markers:
            searched = answer.searched
            held |= {Decimal(searched.papers), Decimal(searched.unreadable)}
            held |= figures_in(answer.question)
        held |= _results(stretch, held)
        missing = figures_in(undated(stretch)) - held
        if missing:
            faults.append(f"{sorted(missing)} in {stretch!r}")
    return faults


def _results(stretch: str, held: set[Decimal]) -> set[Decimal]:
    """What calculations shown in the text come to, where all that goes into them is held."""
    found = set()
    for line in stretch.split("\n"):
        for working in _EQUATION.findall(line):
            if _LETTER.search(_plain(working)):
                continue  # "A = 12" is printed so
            left, right = recomputed(working)
            inputs = figures_in(working.split("=")[0]) - _SCALES
            if inputs <= held and rounds_to(left, right):
                found |= figures_in(working.split("=")[1]) | _SCALES
    return found


def _all_said(cited: Citation) -> str:
    return f"{cited.quote} {cited.item} {cited.paragraph} {cited.title}"


def _stretches(text: str) -> Iterator[tuple[str, set[int]]]:
    lines: list[str] = []
    for line in text.split("\n"):
        tail = _MARKERS.search(line)
        lines.append(line[: tail.start()] if tail else line)
        if tail:
            yield "\n".join(lines), {int(n) for n in re.findall(r"\d+", tail.group())}
            lines = []
    if lines:
        yield "\n".join(lines), set()


def misquoted(answer: Answer, paper_text: Callable[[str], str]) -> list[str]:
    """Every citation whose quote isn't in the paper, or isn't on the page that it names.

    Pages are checked in papers that print "Page 3" at their feet; other marks aren't known here.
    """
    faults = []
    for cited in answer.citations:
        text = paper_text(cited.paper)
        places = [m.start() for m in re.finditer(re.escape(cited.quote), text)]
        if not cited.quote or not places:
            faults.append(f"[{cited.marker}] {cited.quote!r} isn't in {cited.paper}")
        elif _PAGE.search(text) and cited.page not in {_page_at(text, p) for p in places}:
            faults.append(f"[{cited.marker}] {cited.quote!r} isn't on page {cited.page}")
    return faults


def _page_at(text: str, place: int) -> int | None:
    """The printed page: its mark stands at its foot."""
    mark = next((m for m in _PAGE.finditer(text) if m.start() >= place), None)
    return int(mark[1]) if mark else None


_OPERATORS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def recomputed(working: str) -> tuple[Decimal, Decimal]:
    """What the left side of a shown working comes to, and what the working says it is."""
    left, right = _plain(working).split("=")
    return _value(ast.parse(left.strip(), mode="eval").body), Decimal(right.strip())


def rounds_to(exact: Decimal, shown: Decimal) -> bool:
    """Whether a result is shown rounded to its last digit."""
    places = min(int(shown.as_tuple().exponent), 0)
    return abs(exact - shown) <= Decimal(5).scaleb(places - 1)


def _plain(working: str) -> str:
    for sign, plain in (("−", "-"), ("×", "*"), ("÷", "/"), ("£", ""), (",", "")):
        working = working.replace(sign, plain)
    working = re.sub(r"([\d.]+) million", lambda m: str(Decimal(m[1]) * 1_000_000), working)
    return re.sub(r"%| percentage points?| per 10000| days", "", working)


def _value(node: ast.expr) -> Decimal:
    match node:
        case ast.BinOp(left, sign, right):
            return _OPERATORS[type(sign)](_value(left), _value(right))
        case ast.UnaryOp(ast.USub(), operand):
            return -_value(operand)
        case ast.Constant(value):
            return Decimal(str(value))
        case _:
            raise AssertionError(f"not a calculation: {ast.dump(node)}")


_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{4,}")
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")
_SHARE = 0.5


def unworded(answer: Answer, before: Answer) -> list[str]:
    """Every line that a model added whose figures, names, days or words aren't of what it cites.

    `before` is the answer without the model.
    """
    faults = []
    for line in answer.text.split("\n"):
        tail = _MARKERS.search(line)
        if not tail or line[: tail.start()] in before.text:
            continue
        markers = {int(n) for n in re.findall(r"\d+", tail.group())}
        cited = [c for c in answer.citations if c.marker in markers]
        said = line[: tail.start()]
        told = " ".join(
            f"{_all_said(c)} {c.council} {c.committee} {_in_full(c.meeting_date)}" for c in cited
        ).lower()
        lost = [name for name in _CAPITAL.findall(said) if name.lower() not in told]
        days = [day for day in re.findall(_DATES[0], said) if day.lower() not in told]
        words = [word.lower() for word in _WORD.findall(said)]
        strange = [word for word in words if word[:5] not in told]
        figures = sorted(figures_in(said) - figures_in(told))
        if lost or days or figures or len(strange) > _SHARE * len(words):
            faults.append(f"{[*lost, *days, *figures, *strange]} in {line!r}")
    return faults


def _in_full(day: str | None) -> str:
    """An ISO date as papers write it."""
    return f"{date.fromisoformat(day):%-d %B %Y}" if day else ""
