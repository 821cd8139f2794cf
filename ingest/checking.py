"""What a person should check of how a paper was understood: a sentence each."""

from collections.abc import Iterator, Sequence
from datetime import date

from ingest.layout import Part
from ingest.model import Item, Meeting, Page, PartKind

_UNSURE = 80.0
_LISTED = 8


def checks(
    meeting: Meeting,
    minuted: date | None,
    items: Sequence[Item],
    parts: Sequence[Part],
    pages: Sequence[Page],
) -> Iterator[str]:
    """Sentences on what is missing, unclear or held back; `minuted` is the minutes' date."""
    yield from _unknown(meeting)
    if minuted is None and any(part.kind is PartKind.MINUTES for part in parts):
        yield "The date of the minutes wasn't found: their decisions have no date."
    unread = [page for page in pages if page.unread]
    if unread:
        yield f"{_count(len(unread), 'page')} couldn't be read: {_names(unread)}."
    scanned = [page for page in pages if page.confidence is not None]
    if scanned:
        yield f"Recognised from scans: {_names(scanned)}. Figures there are to be checked."
    unsure = [page for page in scanned if (page.confidence or 0.0) < _UNSURE]
    if unsure:
        yield f"Hardly legible: {_names(unsure)}."
    exempt = [item.number for item in items if item.exempt]
    if exempt:
        yield f"Exempt on the agenda: item {', '.join(exempt)}."
    gaps = [item.number for item in _skipped(items)]
    if gaps:
        yield f"The agenda's numbers skip before item {', '.join(gaps)}."


def _unknown(meeting: Meeting) -> Iterator[str]:
    names = {
        "council": meeting.council,
        "committee": meeting.committee,
        "date of the meeting": meeting.held,
    }
    for name, value in names.items():
        if value is None:
            yield f"The {name} wasn't found."


def _skipped(items: Sequence[Item]) -> Iterator[Item]:
    """Items whose number doesn't follow on from that of the item before."""
    numbers = [int(item.number) if item.number.isdigit() else None for item in items]
    for item, before, number in zip(items[1:], numbers, numbers[1:], strict=False):
        if before is not None and number is not None and number != before + 1:
            yield item


def _names(pages: Sequence[Page]) -> str:
    """Up to eight pages by number, and how many more."""
    numbers = ", ".join(str(page.number) for page in pages[:_LISTED])
    more = f" and {len(pages) - _LISTED} more" if len(pages) > _LISTED else ""
    return f"page{'s' if len(pages) > 1 else ''} {numbers}{more}"


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
