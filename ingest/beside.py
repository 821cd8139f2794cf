"""Whether the indexes beside a register agree with it, and how each is made anew."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest import decided, register
from ingest.codec import decode, encode_all
from ingest.database import Connection
from ingest.register import PaperRecord
from ingest.remaking import how_far
from ingest.schema import DECISION_WORDS

_FIGURES, _MARKS = "figures", "marks"
_START = "CAST(json_extract(body, '$.locator.start') AS INTEGER)"
_IN = "SELECT paper FROM indexed_paper WHERE name = "
_MEMBERS = "sum(length(members) - length(replace(members, ' ', '')) + 1)"


@dataclass(frozen=True, slots=True)
class Index:
    """An index: what it is called, what is wrong with it in words, and how it is made anew."""

    name: str
    faults: Callable[[Connection], Iterator[str]]
    renew: Callable[[Connection], None]


def faults(connection: Connection) -> Iterator[tuple[str, str]]:
    """What is wrong, as (index, fault); nothing where all of them agree with the register."""
    for index in INDEXES:
        for fault in index.faults(connection):
            yield index.name, fault


def renew(connection: Connection) -> None:
    """Has every index that is wrong made anew: now, or by the rules of who next opens the store."""
    for index in INDEXES:
        if next(index.faults(connection), None) is not None:
            index.renew(connection)


def _counted(connection: Connection, query: str, told: str) -> Iterator[str]:
    if count := connection.execute(f"SELECT count(*) FROM {query}").fetchone()[0]:
        yield f"{count} {told}"


def _of_figures(connection: Connection) -> Iterator[str]:
    yield from _counted(
        connection,
        f"({_IN}'{_FIGURES}') AS one WHERE (SELECT count(*) FROM observation "
        "WHERE observation.paper = one.paper) <> (SELECT coalesce("
        f"{_MEMBERS}, 0) FROM figure_line WHERE figure_line.paper = one.paper)",
        "papers have figures that aren't in it, or others",
    )
    yield from _counted(
        connection,
        "figure_line WHERE part NOT IN (SELECT id FROM figure_part)",
        "lines are of no council's part",
    )
    yield from _counted(
        connection,
        "finding WHERE id NOT IN (SELECT id FROM finding_place)",
        "findings have no place",
    )
    strays = sum(1 for _ in _miscounted(connection))
    if strays:
        yield f"{strays} papers' words are of other lines than are held"


def _miscounted(connection: Connection) -> Iterator[str]:
    """The papers of which a word names a line that isn't theirs, or miscounts its figures."""
    for (paper,) in connection.execute(f"{_IN}? ORDER BY paper", (_FIGURES,)).fetchall():
        lines = connection.execute("SELECT id, members FROM figure_line WHERE paper = ?", (paper,))
        held = {number: len(members.split()) for number, members in lines}
        words = connection.execute(
            "SELECT number, lines FROM figure_word WHERE paper = ?", (paper,)
        ).fetchall()
        named = [(number, array("q", ids)) for number, ids in words]
        lacking = held and not named
        if lacking or any(sum(held.get(i, -1) for i in ids) != number for number, ids in named):
            yield paper


def _of_marks(connection: Connection) -> Iterator[str]:
    marked = "SELECT passage.paper FROM passage_mark JOIN passage ON passage.id = passage_mark.id"
    yield from _counted(
        connection,
        f"paper WHERE id IN ({_IN}'{_MARKS}') AND id IN (SELECT paper FROM passage) "
        f"AND id NOT IN ({marked})",
        "papers have passages and no mark",
    )


def _of_decisions(connection: Connection) -> Iterator[str]:
    if not decided.is_made(connection):
        return
    if how_far(connection) is None:
        yield from _counted(
            connection,
            "decision WHERE id NOT IN (SELECT id FROM decision_index)",
            "decisions aren't in it",
        )
    indexed = connection.word_index(DECISION_WORDS).indexed
    yield from _counted(
        connection,
        f"decision_index WHERE id NOT IN (SELECT id FROM ({indexed}) AS i)",
        "decisions are in it without their words",
    )


def _of_places(connection: Connection) -> Iterator[str]:
    yield from _counted(
        connection, f"observation WHERE start <> {_START}", "figures stand elsewhere than it tells"
    )


def _of_papers(connection: Connection) -> Iterator[str]:
    columns = "council, committee, held, title, sha256, unreadable, exempt"
    rows = connection.execute(f"SELECT id, record, {columns} FROM paper ORDER BY id").fetchall()
    wrong = [paper for paper, body, *told in rows if told != _told(decode(PaperRecord, body))]
    if wrong:
        yield f"{len(wrong)} papers are listed otherwise than their records tell ({wrong[0]})"


def _told(record: PaperRecord) -> list[object]:
    meeting = record.meeting
    return [
        meeting.council,
        meeting.committee,
        meeting.held.isoformat() if meeting.held else None,
        record.title,
        record.sha256,
        record.unreadable_pages,
        encode_all([item for item in record.items if item.exempt]),
    ]


def _take_out(name: str) -> Callable[[Connection], None]:
    """Papers that an index hasn't taken in, it takes in anew when the store is next opened."""

    def renewed(connection: Connection) -> None:
        connection.execute("DELETE FROM indexed_paper WHERE name = ?", (name,))

    return renewed


def _tell_papers(connection: Connection) -> None:
    for (body,) in connection.execute("SELECT record FROM paper").fetchall():
        register.tell(connection, decode(PaperRecord, body))


def _tell_places(connection: Connection) -> None:
    connection.execute(f"UPDATE observation SET start = {_START}")


INDEXES = (
    Index("list of papers", _of_papers, _tell_papers),
    Index("places of figures", _of_places, _tell_places),
    Index("index of figures", _of_figures, _take_out(_FIGURES)),
    Index("index of marks", _of_marks, _take_out(_MARKS)),
    Index("index of decisions", _of_decisions, decided.forget_rules),
)
