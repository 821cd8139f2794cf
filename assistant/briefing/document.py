"""A briefing as a document: two pages in front, the detail behind, every source at the end."""

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest

from assistant.answer import Citation
from assistant.briefing.briefing import Briefing, ItemBriefing, Kind, Line
from assistant.briefing.charts import png_of
from assistant.documents.model import (
    Block,
    Bullets,
    Document,
    Heading,
    Image,
    PageBreak,
    Paragraph,
    Table,
)
from assistant.shown import counted, day, place
from ingest.model import Item

_OVERDUE = 3
_FRONT = 4_400  # characters that two pages hold, charts and headings left out
_COLUMNS = ("Measure", "Newest", "Before", "Target", "Others", "Source")
_NOTED = (Kind.AMISS, Kind.INDICATOR, Kind.DECIDED, Kind.ACTION)
# Fewer lines an item, until the first pages hold all items: asks, notes, questions.
_PORTIONS = ((3, 4, 3), (2, 3, 3), (2, 2, 2), (1, 1, 2), (1, 1, 1), (1, 0, 1))


def document_of(briefing: Briefing) -> Document:
    """The briefing as a document, ready to be written as Word, PDF or Markdown."""
    meeting = briefing.meeting
    where = ", ".join(filter(None, (meeting.council, meeting.committee)))
    return Document(
        title=f"Briefing: {meeting.committee or briefing.title}, {day(meeting.held)}",
        subtitle=f"{where}. From {counted(briefing.papers, 'paper')} of the council up to this "
        "meeting. [n] names a source, listed at the end; every quote and figure stands there.",
        blocks=(*front_of(briefing), PageBreak(), *_detail(briefing)),
        foot=f"{briefing.title}: briefing made of the papers held, for this meeting",
    )


def front_of(briefing: Briefing) -> Iterator[Block]:
    """The first pages: headings, bullets and paragraphs, with markers [n] that name sources."""
    yield Heading("In brief")
    portions = next((p for p in _PORTIONS if _length(briefing, p) <= _FRONT), _PORTIONS[-1])
    for item in briefing.items:
        yield Heading(_named(item.item), 2)
        yield from _bullets(_chosen(item, portions))
    overdue = [line.text for line in briefing.elsewhere if line.weighty]
    if overdue:
        yield Heading("Overdue, and on no item", 2)
        yield from _bullets(overdue[:_OVERDUE])
    if briefing.silent:
        names = "; ".join(_named(item) for item in briefing.silent)
        yield Paragraph(
            f"No recommendation, figure, earlier decision or open action was found on: {names}.",
            small=True,
        )


def _length(briefing: Briefing, portions: tuple[int, int, int]) -> int:
    return sum(
        60 + sum(len(line) + 15 for line in _chosen(item, portions)) for item in briefing.items
    )


def _chosen(item: ItemBriefing, portions: tuple[int, int, int]) -> list[str]:
    """The lines on an item for the first pages: what it asks, what to know, what to ask."""
    asks, notes, asking = portions
    questions = item.of(Kind.QUESTION)[:asking]
    told = [_markers(line.text) for line in questions]
    by_kind = [_weighty(item.of(kind), told) for kind in _NOTED]
    noted = [line for line in chain.from_iterable(zip_longest(*by_kind)) if line]
    return [
        *_asking(item)[:asks],
        *(f"{_LEADS[line.kind]}: {line.text}" for line in noted[:notes]),
        *(f"Worth asking: {line.text}" for line in questions),
    ]


def _weighty(lines: Sequence[Line], told: Sequence[str]) -> list[Line]:
    """The weighty lines of a kind, but for those that are what a question rests on."""
    return [line for line in lines if line.weighty and _markers(line.text) not in told]


def _asking(item: ItemBriefing) -> list[str]:
    """What an item asks for, or that its report asks for nothing."""
    asks = [f"Asks: {line.text}" for line in item.of(Kind.ASKS)]
    return asks or ([_ASKS_NOTHING] if item.reported else [])


_ASKS_NOTHING = "Asks for no decision: no recommendation was found in its report."
_FOUND_NOTHING = "No recommendation, figure, earlier decision or open action was found on"
_LEADS = {
    Kind.AMISS: "Doesn’t agree",
    Kind.INDICATOR: "Note",
    Kind.DECIDED: "Decided before",
    Kind.ACTION: "Open",
}


def _detail(briefing: Briefing) -> Iterator[Block]:
    yield Heading("In detail")
    for item in briefing.items:
        yield Heading(_named(item.item), 2)
        for kind in Kind:
            lines = item.of(kind)
            if lines:
                yield Heading(kind.value, 3)
                yield from _told(kind, lines)
            if kind is Kind.INDICATOR:
                for chart in item.charts:
                    target = " The broken line is the target." if chart.target is not None else ""
                    alt = "; ".join(f"{p.period}: {p.value:g}" for p in chart.points)
                    yield Image(png_of(chart), f"{chart.title}: {alt}", f"{chart.title}.{target}")
    if briefing.elsewhere:
        yield Heading("Further actions that no paper held states to be done", 2)
        yield from _bullets([line.text for line in briefing.elsewhere])
    yield Heading("Sources")
    for citation in briefing.citations:
        yield Paragraph(_source(citation), small=True)


def _told(kind: Kind, lines: Sequence[Line]) -> Iterator[Block]:
    if kind is Kind.INDICATOR:
        yield Table(_COLUMNS, tuple((*line.cells, _markers(line.text)) for line in lines))
    else:
        yield from _bullets([line.text for line in lines], numbered=kind is Kind.QUESTION)


def _bullets(lines: Sequence[str], *, numbered: bool = False) -> Iterator[Block]:
    if lines:
        yield Bullets(tuple(lines), numbered)


def _markers(text: str) -> str:
    """The markers that a line ends in."""
    words = text.split()
    tail = []
    while words and words[-1].startswith("[") and words[-1].endswith("]"):
        tail.append(words.pop())
    return " ".join(reversed(tail))


def _source(citation: Citation) -> str:
    quote = " ".join(citation.quote.split())
    return f"[{citation.marker}] “{quote}” {place(citation)} ({citation.paper})"


def _named(item: Item) -> str:
    pages = f" (page {item.first_page})" if item.first_page else ""
    if item.first_page and item.last_page and item.last_page != item.first_page:
        pages = f" (pages {item.first_page} to {item.last_page})"
    private = " (taken in private)" if item.exempt else ""
    return f"{item.number} {item.title}".strip() + pages + private
