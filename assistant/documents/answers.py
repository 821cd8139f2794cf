"""Answers as a document to file, send or print."""

from collections.abc import Iterator, Sequence

from assistant.answer import Answer, Chart, Citation, Outcome
from assistant.documents.model import Block, Document, Heading, Paragraph, Quote, Table
from assistant.shown import (
    chart_sentence,
    chart_table,
    day,
    figure_line,
    flowing,
    place,
    searched_line,
)
from ingest.store import PaperRecord

NOTICE = (
    "Made by the Board Papers Assistant from the papers named. It quotes and calculates; it gives "
    "no advice. Check what matters in the paper itself."
)


def answers_document(answers: Sequence[Answer], papers: Sequence[PaperRecord]) -> Document:
    """One answer, or a whole conversation, with the sources of each in full."""
    title = answers[0].question if len(answers) == 1 else "Questions to the board papers"
    newest = max((r.meeting.held for r in papers if r.meeting.held), default=None)
    held = f"Papers held to {day(newest)}" if newest else ""
    blocks = [block for answer in answers for block in _blocks(answer, titled=len(answers) > 1)]
    return Document(title, tuple(blocks), subtitle=held, foot=NOTICE)


def _blocks(answer: Answer, *, titled: bool) -> Iterator[Block]:
    if titled:
        yield Heading(answer.question)
    yield Paragraph(answer.text)
    workings = [figure for figure in answer.figures if figure.working]
    if workings:
        yield Heading("How it was worked out", level=2)
        for figure in workings:
            yield Paragraph(f"{figure_line(figure)}\n{figure.working}")
    if answer.chart:
        yield _series(answer.chart)
    if answer.citations:
        yield Heading("Sources", level=2)
        yield from (_source(citation) for citation in answer.citations)
    if answer.outcome is not Outcome.NOT_FOUND:
        yield Paragraph(searched_line(answer.searched), small=True)


def _series(chart: Chart) -> Table:
    columns, rows = chart_table(chart)
    shown = ("When", chart.title, *columns[2:-1])
    return Table(shown, tuple(row[:-1] for row in rows), caption=chart_sentence(chart))


def _source(citation: Citation) -> Quote:
    where = f"[{citation.marker}] {place(citation)} · {citation.title}"
    return Quote(flowing(citation.quote), where)
