"""Steps from each format of the register to the next: a store is brought up when it is opened.

A step is one transaction with the number that it leads to, so that a process that dies in its
midst leaves the store as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ingest.codec import decode
from ingest.database import Connection
from ingest.exempt import screen
from ingest.register import (
    PaperRecord,
    hold_back,
    laid_out,
    tell_kinds,
    tell_of_papers,
    tell_places,
    transaction,
)
from ingest.schema import PASSAGE_WORDS, cover, make_decided

Step = Callable[[Connection], None]


def _hold_back_exempt_business(connection: Connection) -> None:
    """Format 3: rows say how private they are; papers held are looked through for marks."""
    laid_out(connection)
    papers = connection.execute("SELECT id, record, text FROM paper").fetchall()
    for paper_id, record, text in papers:
        meeting = decode(PaperRecord, record).meeting
        connection.execute(
            "UPDATE paper SET council = ?, committee = ? WHERE id = ?",
            (meeting.council, meeting.committee, paper_id),
        )
        hold_back(connection, paper_id, screen(text))


def _tell_what_is_hidden(connection: Connection) -> None:
    """Format 7: what is hidden is found, and the rest counted, without reading every row."""
    make_decided(connection)
    cover(connection)
    connection.word_index(PASSAGE_WORDS).make()


STEPS: Mapping[int, Step] = {
    3: _hold_back_exempt_business,
    4: tell_kinds,
    5: tell_of_papers,
    6: tell_places,
    7: _tell_what_is_hidden,
}
"""By the format that each leads to; the one before it is the number less one."""


def migrate(connection: Connection, wanted: int) -> None:
    """Brings a register up to the format wanted, step by step; a newer one stays as it is."""
    while (held := connection.format()) + 1 in STEPS and held < wanted:
        with transaction(connection):
            # Another process may have taken the step in the meantime.
            if connection.format() == held:
                STEPS[held + 1](connection)
                connection.set_format(held + 1)
