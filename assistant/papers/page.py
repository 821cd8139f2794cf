"""A paper as it was understood, as one HTML page that needs nothing else."""

from collections.abc import Iterable, Iterator
from html import escape

from assistant.papers.view import PageView, PaperView, Stretch
from assistant.shown import day, plain
from ingest.model import Cell, Decision, Item, Page, Table, UnitKind

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --mark: #c9a22733; --edge: #9a7500;
  --warn: #b3261e; }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
section { border-top: 3px double var(--line); margin-top: 2rem; padding-top: .5rem; }
h2 { font-size: 1rem; font-weight: 600; margin: 0 0 .5rem; }
h3 { font-size: 1.15rem; margin: 1.2rem 0 .3rem; } h4 { margin: .9rem 0 .2rem; }
p, ul { margin: .35rem 0; } ul { padding-left: 1.4rem; }
table { border-collapse: collapse; margin: .4rem 0; } .wide { overflow-x: auto; }
th, td { border: 1px solid var(--line); padding: .2rem .5rem; text-align: left;
  vertical-align: top; }
.decision { background: var(--mark); border-left: .3rem solid var(--edge); padding-left: .5rem; }
.tag { font-size: .85rem; font-weight: 600; } .part { font-size: .95rem; font-style: italic; }
.warn { color: var(--warn); font-weight: 600; } a { color: inherit; }
a:focus-visible { outline: 3px solid var(--edge); }
@media print { section { break-before: page; } }
"""

_NOTHING = range(0)
# Who goes by keyboard can move a wide table sideways.
_SCROLLS = 'class="wide" tabindex="0" role="region" aria-label="Table"'


def paper_page(view: PaperView) -> str:
    """The whole page; everything that came from the paper is escaped."""
    title = _text(view.record.title)
    body = "\n".join((_head(view), _agenda(view), *map(_page, view.pages)))
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}: as it was read</title><style>{_STYLE}</style></head>\n"
        f"<body><main>\n<h1>{title}</h1>\n{body}\n</main></body></html>\n"
    )


def quoted_body(view: PageView, start: int, end: int) -> str:
    """One page's text as HTML, with the characters from `start` to `end` marked."""
    return "\n".join(_blocks(view.stretches, range(start, end)))


def page_name(page: Page) -> str:
    """What a page is called: "Page 5 (sheet 6 of the file)"."""
    named = f"Page {page.number}" if page.number is not None else "Page without a known number"
    if page.sheet is not None and page.sheet != page.number:
        named += f" (sheet {page.sheet} of the file)"
    return named


def page_warning(page: Page) -> str:
    """What to beware of on a page; empty where there is nothing."""
    if page.unread:
        return f"Not read: {page.unread}."
    if page.confidence is not None:
        return f"Recognised from a scan; the words are {page.confidence:.0f}% certain."
    return ""


def decision_tag(decision: Decision) -> str:
    """What a decision was taken for: its kind, number, owner, due date and position."""
    parts = (
        f"{decision.kind.value} {decision.number or ''}".strip().capitalize(),
        f"owner: {decision.owner}" if decision.owner else "",
        f"due: {decision.due}" if decision.due else "",
        f"position: {decision.status}" if decision.status else "",
    )
    return "; ".join(part for part in parts if part)


def span_of(item: Item) -> str:
    """An agenda item's pages: "5", "5 to 7", empty where the agenda doesn't say."""
    pages = (item.first_page, item.last_page)
    return " to ".join(str(page) for page in dict.fromkeys(pages) if page is not None)


def _head(view: PaperView) -> str:
    record = view.record
    minutes = f"; holds the minutes of {day(record.minutes_of)}" if record.minutes_of else ""
    counts = record.counts
    facts = (
        f"{record.meeting.council or 'council not found'}; "
        f"{record.meeting.committee or 'committee not found'}; {day(record.meeting.held)}{minutes}."
    )
    found = (
        f"{counts.items} agenda items, {counts.passages} passages, {counts.decisions} decisions "
        f"and actions, {counts.tables} tables, {counts.observations} figures. File: "
        f"{record.file_name}."
    )
    notes = "".join(f"<li>{_text(note)}</li>" for note in record.notes)
    checks = f"<h2>To check</h2><ul>{notes}</ul>" if notes else ""
    return f"<p>{_text(facts)}</p><p>{_text(found)}</p>{checks}"


def _agenda(view: PaperView) -> str:
    rows = "".join(
        f"<tr><td>{_text(item.number)}</td><td>{_text(item.title)}</td>"
        f"<td>{span_of(item)}</td>"
        f"<td>{'exempt' if item.exempt else ''}</td></tr>"
        for item in view.record.items
    )
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("No.", "Item", "Pages", "Access"))
    return f"<h2>Agenda</h2><div {_SCROLLS}><table><tr>{head}</tr>{rows}</table></div>"


def _page(view: PageView) -> str:
    warning = page_warning(view.page)
    warned = f'<p class="warn">{_text(warning)}</p>' if warning else ""
    opened = "".join(
        f'<p class="part">{_text(o.kind.value.capitalize())}: {_text(o.title)} '
        f"({_text(day(o.held or None))})</p>"
        for o in view.parts
    )
    body = "\n".join(_blocks(view.stretches)) or "<p>Nothing was read on this page.</p>"
    return f"<section><h2>{page_name(view.page)}</h2>{warned}{opened}\n{body}</section>"


def _blocks(stretches: Iterable[Stretch], quoted: range = _NOTHING) -> Iterator[str]:
    for stretch in stretches:
        if stretch.table is not None:
            yield _table(stretch, stretch.table, quoted)
            continue
        words = _text(stretch.unit.text)
        if _overlap(quoted, stretch.unit.start, stretch.unit.end):
            words = f"<mark>{words}</mark>"
        if stretch.unit.kind is UnitKind.HEADING:
            shown = f"<h3>{words}</h3>"
        elif stretch.unit.kind is UnitKind.LIST_ITEM:
            shown = f"<ul><li>{words}</li></ul>"
        else:
            shown = f"<p>{words}</p>"
        yield _marked(stretch, shown) if stretch.decisions else shown


def _overlap(quoted: range, start: int, end: int) -> bool:
    return quoted.start < end and start < quoted.stop


def _marked(stretch: Stretch, shown: str) -> str:
    tag = decision_tag(stretch.decisions[0]) if stretch.opens else ""
    tagged = f'<span class="tag">{_text(tag)}</span>' if tag else ""
    return f'<div class="decision">{tagged}{shown}</div>'


def _table(stretch: Stretch, table: Table, quoted: range) -> str:
    head = "".join(f"<tr>{_cells(row, 'th', _NOTHING)}</tr>" for row in table.header)
    body = "".join(_row(stretch, row, quoted) for row in table.rows)
    return f"<div {_SCROLLS}><table>{head}{body}</table></div>"


def _row(stretch: Stretch, row: tuple[Cell, ...], quoted: range) -> str:
    decision = stretch.decided_in(row[0].start, row[-1].end) if row else None
    tagged = f'<td class="decision tag">{_text(decision_tag(decision))}</td>' if decision else ""
    return f"<tr>{_cells(row, 'td', quoted)}{tagged}</tr>"


def _cells(row: Iterable[Cell], name: str, quoted: range) -> str:
    scope = ' scope="col"' if name == "th" else ""
    return "".join(f"<{name}{scope}>{_cell(cell, quoted)}</{name}>" for cell in row)


def _cell(cell: Cell, quoted: range) -> str:
    words = _text(cell.text)
    return f"<mark>{words}</mark>" if words and _overlap(quoted, cell.start, cell.end) else words


def _text(text: str) -> str:
    return escape(plain(text))
