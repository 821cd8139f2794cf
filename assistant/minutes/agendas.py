"""What is on the agenda of a meeting: its items as the front of the pack lists them."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Outcome
from assistant.drafts import Draft, Source, Statement
from assistant.minutes.quoting import body_of, when_of
from assistant.minutes.register_answers import within
from assistant.question.understand import Query
from indicators.catalogue import words
from ingest.finding import Within
from ingest.model import Item, PartKind, Passage
from ingest.register import PaperRecord

_AGENDA = re.compile(r"\bagendas?\b(?!\s+items?\s+(?:\d|no\b|number\b))", re.IGNORECASE)
_NO_SUBJECT = frozenset(words("agenda agendas item items business discuss discussed"))
_MOST = 3
_LOOKED_THROUGH = 200  # papers


def agenda_answer(
    query: Query,
    newest: Callable[[Within, int], Iterable[PaperRecord]],
    passages_of: Callable[[str], Sequence[Passage]],
) -> Draft | None:
    """The items of the agendas asked for; None where a question is about something on them.

    Without a date it is the newest agenda of each committee.
    """
    if not _AGENDA.search(query.text) or set(query.words) - _NO_SUBJECT:
        return None
    asked = (*query.periods, *query.meetings)
    meant: dict[object, PaperRecord] = {}
    theirs = Within(
        query.councils,
        query.committees,
        min((p.start for p in asked), default=query.since),
        max((p.end for p in asked), default=query.until),
    )
    for record in sorted(
        newest(theirs, _LOOKED_THROUGH), key=lambda record: record.meeting.held or date.min
    ):
        meeting = record.meeting
        if not (record.items and query.admits(meeting)):
            continue
        if query.bodies and meeting.committee not in query.bodies:
            continue
        if asked and not within(meeting.held, asked):
            continue
        meant[record.id if asked else (meeting.council, meeting.committee)] = record
    if not 0 < len(meant) <= _MOST:
        return None
    listed = [s for record in meant.values() for s in _listed(record, passages_of(record.id))]
    return Draft(Outcome.ANSWERED, tuple(listed), 0.9) if listed else None


def _listed(record: PaperRecord, own: Sequence[Passage]) -> list[Statement]:
    """The items of one agenda, each with the line that lists it, after a line that says whose."""
    front = [p for p in own if p.part is PartKind.FRONT] or own
    items = [(item, source) for item in record.items if (source := _source(item, front))]
    if not items:
        return []
    lead = f"On the agenda of {body_of(record.meeting)} for {when_of(record.meeting)}:"
    lines = [
        Statement(f"- {item.number} {item.title}", (source,), labels=item.number)
        for item, source in items
    ]
    return [Statement(lead, labels=lead), *lines]


def _source(item: Item, front: Sequence[Passage]) -> Source | None:
    """Where the front of the pack has an item's title."""
    title = " ".join(item.title.split())
    for passage in front:
        for unit in passage.units:
            if title and title in " ".join(unit.text.split()):
                where = replace(passage.locator, start=unit.start, end=unit.end)
                return Source(where, "", passage.meeting)
    return None
