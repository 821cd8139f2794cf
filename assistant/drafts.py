"""A draft answer: statements, each with the places it rests on, before they are numbered."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Chart, Citation, Figure, Outcome
from ingest.model import Locator, Meeting, Page
from ingest.pages import on_page

RULES_OF_ABSENCE = frozenset(("not mentioned", "not found"))
# A paper's own footnote marks aren't taken for those of the answer.
_BRACKETED = re.compile(r"\[(\d{1,3})\]")
_NUMBERED = re.compile(r"\W*(\d{1,2}(?:\.\d{1,2}){0,2})[.)]?\s+[A-Z]")


@dataclass(frozen=True, slots=True)
class Source:
    """A verbatim quote: where it stands and the meeting whose paper or minutes it is of."""

    locator: Locator
    quote: str
    meeting: Meeting


@dataclass(frozen=True, slots=True)
class Statement:
    """One stretch of an answer with its sources.

    `working` is a shown calculation; `labels` the printed labels that a quoted row stands under.
    """

    text: str
    sources: tuple[Source, ...] = ()
    working: str | None = None
    labels: str = ""


@dataclass(frozen=True, slots=True)
class DraftFigure:
    """A figure of a draft with its sources."""

    figure: Figure
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer in the making. `confidence` runs from 0 to about 1.

    `rules` name the rules that made it, for the receipt.
    """

    outcome: Outcome
    statements: tuple[Statement, ...]
    confidence: float
    figures: tuple[DraftFigure, ...] = ()
    options: tuple[str, ...] = ()
    chart: Chart | None = None
    rules: tuple[str, ...] = ()

    def by(self, *rules: str) -> "Draft":
        """The draft, made by further rules."""
        return replace(self, rules=(*self.rules, *rules))

    def growing(self) -> "Iterator[Draft]":
        """The statements alone, one more at a time: an answer as it is told."""
        for count in range(1, len(self.statements) + 1):
            yield Draft(self.outcome, self.statements[:count], self.confidence)


@dataclass(frozen=True, slots=True)
class Worded:
    """A draft numbered: text with markers, citations in order, figures with their markers."""

    text: str
    citations: tuple[Citation, ...]
    figures: tuple[Figure, ...]


def number(
    draft: Draft, title_of: Callable[[str], str], pages_of: Callable[[str], Sequence[Page]]
) -> Worded:
    """Give each source its marker, in order of appearance, one marker a place."""
    markers: dict[tuple[str, int, int], int] = {}
    citations: list[Citation] = []

    def mark(sources: Iterable[Source]) -> tuple[int, ...]:
        found = []
        for source in sources:
            where = source.locator
            key = (where.paper, where.start, where.end)
            if key not in markers:
                markers[key] = len(markers) + 1
                citations.append(_citation(markers[key], source, title_of, pages_of))
            found.append(markers[key])
        return tuple(dict.fromkeys(found))

    lines = []
    for statement in draft.statements:
        tail = "".join(f" [{n}]" for n in mark(statement.sources))
        lines.append(_BRACKETED.sub(r"(\1)", statement.text) + tail)
    figures = tuple(replace(f.figure, citations=mark(f.sources)) for f in draft.figures)
    return Worded("\n".join(lines), tuple(citations), figures)


def _citation(
    marker: int,
    source: Source,
    title_of: Callable[[str], str],
    pages_of: Callable[[str], Sequence[Page]],
) -> Citation:
    where = on_page(source.locator, pages_of(source.locator.paper))
    meeting = source.meeting
    return Citation(
        marker=marker,
        paper=where.paper,
        title=title_of(where.paper),
        council=meeting.council,
        committee=meeting.committee,
        meeting_date=meeting.held.isoformat() if meeting.held else None,
        item=where.item,
        paragraph=_paragraph(where, source.quote),
        page=where.page,
        quote=source.quote,
    )


def _paragraph(where: Locator, quote: str) -> str | None:
    """The printed number that the quote itself begins with, else that of its passage."""
    own = _NUMBERED.match(quote) if where.paragraph and "|" not in quote else None
    return own[1] if own else where.paragraph
