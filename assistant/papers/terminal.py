"""A paper as it was understood, on a terminal."""

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as Grid
from rich.text import Text

from assistant.papers.page import decision_tag, page_name, page_warning, span_of
from assistant.papers.view import PageView, PaperView, Stretch
from assistant.shown import day, plain
from ingest.model import Cell, Table, UnitKind

_STYLES = {UnitKind.HEADING: "bold", UnitKind.LIST_ITEM: ""}


def show_paper(console: Console, view: PaperView) -> None:
    """What is known of the paper, then page after page of it."""
    record = view.record
    console.print(Text(plain(record.title), style="bold"))
    where = (record.meeting.council or "council not found", record.meeting.committee or "")
    console.print(Text(plain("; ".join(part for part in where if part))))
    for note in record.notes:
        console.print(Text(f"To check: {plain(note)}", style="yellow"))
    for item in record.items:
        pages = f" (pages {span_of(item)})" if item.first_page else ""
        exempt = " [exempt]" if item.exempt else ""
        console.print(Text(plain(f"  {item.number}. {item.title}{pages}{exempt}")))
    for page in view.pages:
        _show_page(console, page)


def _show_page(console: Console, view: PageView) -> None:
    console.print()
    console.print(Rule(page_name(view.page), align="left"))
    if warning := page_warning(view.page):
        console.print(Text(warning, style="yellow"))
    for part in view.parts:
        words = f"{part.kind.value.capitalize()}: {part.title} ({day(part.held or None)})"
        console.print(Text(plain(words), style="italic"))
    if not view.stretches:
        console.print(Text("Nothing was read on this page.", style="dim"))
    for stretch in view.stretches:
        _show_stretch(console, stretch)


def _show_stretch(console: Console, stretch: Stretch) -> None:
    if stretch.table is not None:
        _show_table(console, stretch, stretch.table)
        return
    words = plain(stretch.unit.text)
    if stretch.unit.kind is UnitKind.LIST_ITEM:
        words = f"• {words.lstrip('-•● ')}"
    if stretch.decisions:
        if stretch.opens:
            tag = plain(decision_tag(stretch.decisions[0]))
            console.print(Text(f"▌{tag}", style="bold yellow"))
        words = f"▌ {words}"
    console.print(Text(words, style=_STYLES.get(stretch.unit.kind, "")))


def _show_table(console: Console, stretch: Stretch, table: Table) -> None:
    grid = Grid(show_header=bool(table.header), show_lines=True)
    width = max(len(row) for row in (*table.header, *table.rows))
    for column in range(width):
        heads = (row[column].text for row in table.header if column < len(row))
        grid.add_column(Text(plain("\n".join(head for head in heads if head))))
    for row in table.rows:
        grid.add_row(*_row_texts(row))
    console.print(Padding(grid, (0, 0, 0, 2)))
    for decision in stretch.decisions:
        words = f"▌{decision_tag(decision)}: {decision.text}"
        console.print(Text(plain(words), style="bold yellow"))


def _row_texts(row: Iterable[Cell]) -> Iterable[Text]:
    return (Text(plain(cell.text)) for cell in row)
