"""The gate that every answer passes, whatever wrote it (laws 1 and 2).

Quotes are cut from the paper itself; a statement whose figures stand neither in its quotes nor in
its shown working is withheld; an answer left empty becomes "not found".
"""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from assistant.answer import Outcome
from assistant.drafts import Draft, DraftFigure, Source, Statement
from indicators.quantities import find_quantities
from ingest.periods import find_periods

_NUMBER = re.compile(
    r"(?<![\w.])(?P<number>\d[\d,]*(?:\.\d+)?)(?:\s?(?P<scale>million|billion|thousand|mn|m|k)\b)?",
    re.IGNORECASE,
)
_CONSTANTS = frozenset(("100",))
_ROUNDING = 0.006
_SCALES = {
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "thousand": 1_000,
    "k": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
}
_LONGEST_QUOTE = 2_500
_MONEY = (1, 1_000, 1_000_000, 1_000_000_000)
WITHHELD = "The figures found could not be tied to a source, so they are withheld."


def grounded(draft: Draft, text_of: Callable[[str], str]) -> Draft:
    """The draft with quotes filled in from the papers and ungrounded statements left out.

    A chart goes with any statement: its points are those of the statements.
    """
    quoted = tuple(_filled(statement, text_of) for statement in draft.statements)
    kept = tuple(statement for statement in quoted if _holds(statement))
    figures = tuple(
        figure
        for f in draft.figures
        if _kept(figure := DraftFigure(f.figure, tuple(_quote(s, text_of) for s in f.sources)))
    )
    if draft.outcome is Outcome.ANSWERED and not any(statement.sources for statement in kept):
        return Draft(Outcome.NOT_FOUND, (Statement(WITHHELD),), 0.0)
    chart = draft.chart if len(kept) == len(quoted) else None
    return replace(draft, statements=kept, figures=figures, chart=chart)


def _filled(statement: Statement, text_of: Callable[[str], str]) -> Statement:
    return replace(statement, sources=tuple(_quote(s, text_of) for s in statement.sources))


def _quote(source: Source, text_of: Callable[[str], str]) -> Source:
    """The source with its quote as the paper's own characters."""
    where = source.locator
    end = min(where.end, where.start + _LONGEST_QUOTE)
    return replace(source, quote=text_of(where.paper)[where.start : end].strip())


def _holds(statement: Statement) -> bool:
    """Whether every figure of a statement stands in its quotes or comes of its shown working.

    What goes into a working must itself stand in the quotes. Dates are left out: they come from
    headings and column labels that a quote may not reach.
    """
    quoted = numbers_in(" ".join(source.quote for source in statement.sources))
    labels = numbers_in(_labels(statement))
    inputs, _, results = (statement.working or "").rpartition("=")
    if statement.sources and not numbers_in(inputs) - _CONSTANTS <= quoted | labels | _counts(
        inputs
    ):
        return False
    held = quoted | labels | numbers_in(inputs) | numbers_in(results)
    return numbers_in(_undated(statement.text)) <= held


def _counts(inputs: str) -> set[str]:
    """How many figures a mean divides by: counted from the working itself."""
    return {str(inputs.count("+") + 1)}


def _kept(figure: DraftFigure) -> bool:
    """Whether a figure's value stands in its quotes, or is the result of its shown working.

    A sum of money may stand in a column of thousands or millions, and a number be put in words.
    """
    shown = figure.figure.working or " ".join(source.quote for source in figure.sources)
    value = abs(figure.figure.value)
    scales = _MONEY if figure.figure.unit == "gbp" and not figure.figure.working else (1,)
    held = [float(number) * scale for number in numbers_in(shown) for scale in scales]
    worded = find_quantities(shown, worded=True)
    held += [float(q.value) for q in worded if "worded" in q.flags]
    return any(abs(number - value) < _ROUNDING for number in held)


def _labels(statement: Statement) -> str:
    places = " ".join(f"{s.locator.item} {s.locator.paragraph}" for s in statement.sources)
    return f"{places} {statement.labels}"


def _undated(text: str) -> str:
    for mention in reversed(find_periods(text)):
        text = text[: mention.start] + " " + text[mention.end :]
    return text


def numbers_in(text: str) -> set[str]:
    """Every number of a text in one form; "£1.2 million" is there as 1.2 and as 1200000."""
    found = set()
    for match in _NUMBER.finditer(text):
        printed = match["number"].replace(",", "").rstrip(".")
        found.add(_plain(Decimal(printed)))
        if match["scale"]:
            found.add(_plain(Decimal(printed) * _SCALES[match["scale"].lower()]))
        if re.fullmatch(r"\d{1,3}\.\d{3}", printed):  # a slip for thousands: "£70.000"
            found.add(printed.replace(".", ""))
    return found


def _plain(number: Decimal) -> str:
    shown = f"{number:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
