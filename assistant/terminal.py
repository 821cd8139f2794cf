"""Answers, reports and lists on a terminal; text from papers is never taken for markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import astuple
from itertools import zip_longest
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from assistant.answer import Answer, Citation, Delta, Outcome
from assistant.figures.cards import Card
from assistant.listings import Listing
from assistant.passages.results import Result
from assistant.shown import (
    figure_line,
    flowing,
    passage_place,
    place,
    plain,
    searched_line,
)
from indicators.findings import Finding
from ingest.pipeline import FileReport, Report
from ingest.pipeline import Progress as Intake
from ingest.remaking import HowFar

if TYPE_CHECKING:
    from assistant.receipts import Change, Replay

_COUNTS = ("Meetings", "Items", "Passages", "Decisions", "Tables", "Figures")
_MOST_FINDINGS = 8
_AT_ONCE = 1_000  # rows of a listing that are written together
_MARKER = r"\[\d+\]"
# In JSON text these can only stand inside strings, where the escape means the same.
_RAW_CONTROLS = re.compile("[\x7f-\x9f]")


def show_answer(console: Console, answer: Answer) -> None:
    """The answer, its figures, its sources with their quotes, and what was searched."""
    console.print(_marked(answer.text))
    _show_rest(console, answer)


def show_streamed(console: Console, parts: Iterable[Delta | Answer]) -> Answer:
    """The same, its text as it comes; the answer."""
    for part in parts:
        if isinstance(part, Answer):
            console.print()
            _show_rest(console, part)
            return part
        console.print(_marked(part.text), end="")
    raise AssertionError("a stream ends with its answer")


def show_replay(console: Console, question: str, replayed: Replay) -> None:
    """Whether a question asked again has the same answer; if not, what has changed, and why."""
    console.print(Text(plain(f"Asked again: {question}")))
    console.print("The same answer." if replayed.same else "Another answer:")
    for changes, heading in (
        (replayed.answer_changes, None),
        (replayed.causes, "What else has changed"),
    ):
        if changes and heading:
            _heading(console, heading)
        for change in changes:
            console.print(Padding(Text(plain(_changed(change))), (0, 0, 0, 2), expand=False))


def _changed(change: Change) -> str:
    if change.was is None:
        return f"{change.what}, new: {change.now}"
    if change.now is None:
        return f"{change.what}, gone: {change.was}"
    return f"{change.what}\n  was: {change.was}\n  now: {change.now}"


def _marked(text: str) -> Text:
    marked = Text(plain(text))
    marked.highlight_regex(_MARKER, "bold cyan")
    return marked


def _show_rest(console: Console, answer: Answer) -> None:
    for option in answer.options:
        console.print(Text(f"  • {plain(option)}"))
    if answer.figures:
        _heading(console, "Figures")
        for figure in answer.figures:
            console.print(Padding(Text(figure_line(figure)), (0, 0, 0, 2), expand=False))
            if figure.working:
                console.print(
                    Padding(Text(plain(figure.working), style="dim"), (0, 0, 0, 4), expand=False)
                )
    if answer.citations:
        _heading(console, "Sources")
        for citation in answer.citations:
            _show_source(console, citation)
    # What wasn't found says itself what was searched.
    if answer.outcome is not Outcome.NOT_FOUND:
        console.print()
        console.print(Text(searched_line(answer.searched), style="dim"))


def show_results(console: Console, found: Sequence[Result]) -> None:
    """Passages in their places, why each one ranks, and where else the same text stands."""
    for rank, result in enumerate(found, 1):
        head = Text(f"{rank}. ", style="bold cyan")
        head.append(passage_place(result.passages[0]), style="default not bold")
        console.print(head)
        why = f"{result.score:.2f}: {'; '.join(result.reasons)}"
        console.print(Padding(Text(plain(why), style="dim"), (0, 0, 0, 3), expand=False))
        console.print(Padding(Text(flowing(result.text)), (0, 0, 0, 3), expand=False))
        for other in result.also:
            again = f"The same text: {passage_place(other)}"
            console.print(Padding(Text(again, style="dim"), (0, 0, 0, 3), expand=False))
        console.print()
    if not found:
        console.print("Nothing found.")


def show_report(console: Console, errors: Console, report: Report) -> None:
    """What was found in each file, then why files were refused or skipped."""
    table = Table("Paper", "", *_COUNTS, box=None, pad_edge=False, header_style="bold")
    for column in table.columns[2:]:
        column.justify = "right"
    for file in report.files:
        if file.status != "skipped":
            table.add_row(Text(plain(file.path.name), overflow="fold"), *_report_cells(file))
    if table.row_count:
        console.print(table)
    for file in report.files:
        if file.status == "refused":
            complain(errors, f"Refused: {file.reason}")
        elif file.status == "skipped":
            note = Text(plain(f"Skipped: {file.path.name}: {file.reason}"), style="dim")
            console.print(note, soft_wrap=True)
        for said in file.notes if file.status in ("read", "replaced") else ():
            note = Text(plain(f"To check: {file.path.name}: {said}"), style="yellow")
            console.print(note, soft_wrap=True)


def show_findings(
    console: Console, findings: Sequence[Finding], most: int = _MOST_FINDINGS
) -> None:
    """What is amiss with figures, one line each: where, the sentence, and the rule that spoke."""
    for finding in findings[:most]:
        where = finding.observations[0].locator
        page = f", page {where.page}" if where.page else ""
        said = f"Figures to check: {where.paper}{page}: {finding.sentence} ({finding.rule.value})"
        console.print(Text(plain(said), style="yellow"), soft_wrap=True)
    if (more := len(findings) - most) > 0:
        told = f"and {more} more: `show` lists those of each paper."
        console.print(Text(told, style="yellow"))


def show_listing(console: Console, listing: Listing, columns: Sequence[str]) -> None:
    """Some columns of a listing, and the number of rows."""
    wanted = [listing.columns.index(column) for column in columns]
    rows = [[plain("" if row[i] is None else str(row[i])) for i in wanted] for row in listing.rows]
    if rows:
        names = [column.replace("_", " ").capitalize() for column in columns]
        _show_rows(console, names, rows)
    console.print(Text(f"{len(listing.rows)} in all", style="dim"))


def _show_rows(console: Console, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows as Rich's table sets them out, which takes milliseconds for each to do so."""
    # The longest line and the longest word of each column are what its width goes by.
    by_column = list(zip(*rows, strict=True))
    widest = [[max(cells, key=longest) for cells in by_column] for longest in (_line, _word)]
    head = _table(names, widest)
    padded = head._calculate_column_widths(console, console.options)
    last = len(padded) - 1
    widths = [width - (number > 0) - (number < last) for number, width in enumerate(padded)]
    console.print(_table(names, (), widths))
    for at in range(0, len(rows), _AT_ONCE):
        lines = (line for row in rows[at : at + _AT_ONCE] for line in _lines(console, row, widths))
        console.out("\n".join(lines), highlight=False)


def _table(
    names: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int] | None = None
) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, name in enumerate(names):
        table.add_column(name, overflow="fold", width=widths[number] if widths else None)
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _line(cell: str) -> int:
    return max(map(cell_len, cell.splitlines()), default=0)


def _word(cell: str) -> int:
    return max(map(cell_len, cell.split()), default=_line(cell))


def _lines(console: Console, row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """A row's cells beside each other, each in as many lines as it needs."""
    folded = [_folded(console, cell, width) for cell, width in zip(row, widths, strict=True)]
    for parts in zip_longest(*folded, fillvalue=""):
        yield "  ".join(
            part + " " * (width - cell_len(part)) for part, width in zip(parts, widths, strict=True)
        )


def _folded(console: Console, cell: str, width: int) -> list[str]:
    if cell_len(cell) <= width and cell.isprintable():
        return [cell]
    return [line.plain for line in Text(cell).wrap(console, width, overflow="fold")]


def show_card(console: Console, card: Card) -> None:
    """What is known of a council's measure, and its figures over time."""
    chart = card.chart
    told = (
        ("Council", card.council),
        ("Measure", card.measure),
        ("In the catalogue", card.catalogue),
        ("Definition", card.definition),
        ("Defined by", card.defined_by),
        ("Population", card.population),
        ("Unit", chart.unit),
        ("Better", chart.better),
        ("Target", "" if chart.target is None else f"{chart.target:g}"),
    )
    for name, value in told:
        if value:
            console.print(Text(plain(f"{name}: {value}")))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("Date", "Value", "Paper"):
        table.add_column(column)
    for point in chart.points:
        table.add_row(plain(point.period), f"{point.value:g}", plain(point.paper))
    console.print(table)
    for finding in card.findings:
        console.print(Text(plain(f"Amiss: {finding}")))


def complain(errors: Console, line: str) -> None:
    """One line on what is wrong and what to do."""
    errors.print(Text(plain(line).replace("\n", " "), style="red"), soft_wrap=True)


def json_text(value: object) -> str:
    """JSON for people and programs, with nothing in it that a terminal acts upon."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    return _RAW_CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class IngestProgress(AbstractContextManager["IngestProgress"]):
    """A bar on the error stream while papers are taken in; call it as `on_progress`."""

    def __init__(self, errors: Console) -> None:
        self._bar = _bar(errors)
        self._task = self._bar.add_task("Looking for papers", total=None)

    def __enter__(self) -> IngestProgress:
        self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    def __call__(self, progress: Intake) -> None:
        """Shows which file is at which stage, and how many pages a second were taken in."""
        seconds = self._bar.tasks[self._task].elapsed or 0.0
        rate = f" ({progress.pages / seconds:,.0f} pages a second)" if progress.pages else ""
        self._bar.update(
            self._task,
            completed=progress.number - 1,
            total=progress.total,
            description=f"{progress.stage.capitalize()} {plain(progress.name)}{rate}",
        )


class IndexingProgress(AbstractContextManager["IndexingProgress"]):
    """A bar on the error stream while indexes are made anew, once that takes more than a step."""

    def __init__(self, errors: Console) -> None:
        self._errors = errors
        self._bar = _bar(errors)
        self._task: TaskID | None = None
        self._begun = False

    def __enter__(self) -> IndexingProgress:
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    def __call__(self, told: HowFar) -> None:
        """Shows how many papers are done."""
        if not self._begun:
            self._begun = True
            return
        if self._task is None:
            complain(
                self._errors,
                "The rules that the indexes are made by have changed: they are made anew, once. "
                "What is done is kept if this is stopped.",
            )
            self._task = self._bar.add_task("Indexing papers", total=told.papers)
            self._bar.start()
        self._bar.update(self._task, completed=told.done, total=told.papers)


class AskProgress(AbstractContextManager["AskProgress"]):
    """A bar on the error stream while questions are answered; call it after each."""

    def __init__(self, errors: Console, total: int) -> None:
        self._bar = _bar(errors)
        self._task = self._bar.add_task("Answering", total=total)

    def __enter__(self) -> AskProgress:
        self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    def __call__(self) -> None:
        """One more question is answered."""
        self._bar.advance(self._task)


def _bar(errors: Console) -> Progress:
    # Names of files are shown as they are, not as markup.
    words = TextColumn("{task.description}", markup=False)
    columns = (words, BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal)


def _heading(console: Console, words: str) -> None:
    console.print()
    console.print(Text(words, style="bold"))


def _show_source(console: Console, citation: Citation) -> None:
    head = Text(f"[{citation.marker}] ", style="bold cyan")
    head.append(place(citation), style="default not bold")
    console.print(head)
    console.print(Padding(Text(f"“{flowing(citation.quote)}”"), (0, 0, 0, 4), expand=False))
    paper = f"{citation.title} ({citation.paper})"
    console.print(Padding(Text(plain(paper), style="dim"), (0, 0, 0, 4), expand=False))


def _report_cells(file: FileReport) -> Iterable[str]:
    yield file.status
    if file.counts is None:
        return
    for count in cast(tuple[int, ...], astuple(file.counts)):
        yield f"{count:,}"
