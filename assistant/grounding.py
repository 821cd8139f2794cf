"""The gate that every answer passes, whatever wrote it (laws 1 and 2).

Quotes are cut from the paper itself; a statement whose figures stand neither in its quotes nor in
its shown working is withheld; an answer left empty becomes "not found".
"""

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.answer import Outcome
from assistant.drafts import Draft, DraftFigure, Source, Statement
from ingest.periods import find_periods

_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
_LONGEST_QUOTE = 2_500
WITHHELD = "The figures found could not be tied to a source, so they are withheld."


def grounded(draft: Draft, text_of: Callable[[str], str]) -> Draft:
    """The draft with quotes filled in from the papers and ungrounded statements left out."""
    quoted = tuple(_filled(statement, text_of) for statement in draft.statements)
    kept = tuple(statement for statement in quoted if _holds(statement))
    figures = tuple(
        DraftFigure(f.figure, tuple(_quote(s, text_of) for s in f.sources)) for f in draft.figures
    )
    if draft.outcome is Outcome.ANSWERED and not any(statement.sources for statement in kept):
        return Draft(Outcome.NOT_FOUND, (Statement(WITHHELD),), 0.0)
    return replace(draft, statements=kept, figures=figures)


def _filled(statement: Statement, text_of: Callable[[str], str]) -> Statement:
    return replace(statement, sources=tuple(_quote(s, text_of) for s in statement.sources))


def _quote(source: Source, text_of: Callable[[str], str]) -> Source:
    """The source with its quote as the paper's own characters."""
    where = source.locator
    end = min(where.end, where.start + _LONGEST_QUOTE)
    return replace(source, quote=text_of(where.paper)[where.start : end].strip())


def _holds(statement: Statement) -> bool:
    """Whether every figure of a statement stands in its quotes or working.

    Dates are left out: they come from headings and column labels that a quote may not reach.
    """
    if not statement.sources:
        return True
    held = _numbers(" ".join(source.quote for source in statement.sources))
    held |= _numbers(statement.working or "")
    return _numbers(_undated(statement.text)) <= held | _numbers(_labels(statement))


def _labels(statement: Statement) -> str:
    places = " ".join(f"{s.locator.item} {s.locator.paragraph}" for s in statement.sources)
    return f"{places} {statement.labels}"


def _undated(text: str) -> str:
    for mention in reversed(find_periods(text)):
        text = text[: mention.start] + " " + text[mention.end :]
    return text


def _numbers(text: str) -> set[str]:
    found = set()
    for match in _NUMBER.finditer(text):
        plain = match.group().replace(",", "").rstrip(".")
        found.add(plain.rstrip("0").rstrip(".") if "." in plain else plain)
    return found
