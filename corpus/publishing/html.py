"""A pack as plain HTML, and its minutes as the page of a meetings system."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from corpus.publishing.pack import (
    Block,
    Heading,
    Item,
    Lines,
    Pack,
    Paragraph,
    Quote,
    Table,
)

_LINK = re.compile(r"[\w.]+@[\w.]+\.example")
_TITLE = re.compile(r"(?:\*\*)?(\d{1,3})\.? ([^*]+?)(?:\*\*)?")
_RUN_IN = re.compile(r"\*\*(\d{1,3})\. ([^*]+?)\.?\*\* (.+)")


def plain_html(pack: Pack) -> str:
    """The whole pack as one page, with the printed page numbers where they stood."""
    body = []
    for page in pack.pages:
        body.append(_markup(page.blocks))
        body.append(f'<p class="pagenumber">Page {page.number}</p>\n<hr>')
    title = f"{pack.committee}, {pack.held_in_words}"
    return _document(title, f"{pack.council}: {title}", "\n".join(body))


@dataclass(frozen=True)
class Meeting:
    """The earlier meeting whose minutes are put on a page: what its heading says."""

    pages: tuple[int, int]
    held: str
    venue: str
    contact: str
    present: tuple[str, ...]
    in_attendance: tuple[str, ...]


@dataclass
class _Minute:
    number: str
    title: str
    blocks: list[Block]


def minutes_html(pack: Pack, meeting: Meeting) -> str:
    """The minutes as an agenda-and-minutes page: heading, attendance, a table of items."""
    first, last = meeting.pages
    blocks = [b for page in pack.pages if first <= page.number <= last for b in page.blocks]
    rows = "\n".join(_row(minute) for minute in _minutes(blocks))
    heading = f"Agenda and minutes - {pack.committee} - {meeting.held}"
    body = f"""<div id="modgov">
<h1 class="mgMainTitleTxt">Agenda and minutes</h1>
<h2 class="mgSubTitleTxt">{escape(pack.committee)}<br>{escape(meeting.held)}</h2>
<div class="mgLinks"><ul>
<li><a href="ieListMeetings.aspx?CId=118">All meetings of this committee</a></li>
<li><a href="mgAttendance.aspx?ID=2041">Attendance details</a></li>
<li><a href="documents/s9041/Agenda%20frontsheet.pdf">Agenda frontsheet <abbr>PDF</abbr> 214
 <abbr>KB</abbr></a></li>
<li><a href="documents/s9042/Printed%20minutes.pdf">Printed minutes <abbr>PDF</abbr> 187
 <abbr>KB</abbr></a></li>
</ul></div>
<p class="mgVenue"><span class="mgLabel">Venue:</span> {escape(meeting.venue)}</p>
<p class="mgContact"><span class="mgLabel">Contact:</span> {_addresses(meeting.contact)}</p>
<h3 class="mgSectionTitle">Attendance</h3>
{_people("Present", meeting.present)}
{_people("In attendance", meeting.in_attendance)}
<table class="mgItemTable" summary="Items and minutes of this meeting">
<caption>Items</caption>
<thead><tr><th scope="col">No.</th><th scope="col">Item</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>"""
    return _document(heading, pack.council, _crumbs(pack, meeting) + body + _FOOT)


_FOOT = """
<footer><p>Made-up council, for demonstration only.</p><ul><li><a href="/cookies">Cookies</a></li>
<li><a href="/accessibility">Accessibility</a></li></ul></footer>"""


def _crumbs(pack: Pack, meeting: Meeting) -> str:
    return f"""<nav aria-label="Main"><ul>
<li><a href="/">Home</a></li><li><a href="mgListCommittees.aspx">Committees</a></li>
<li><a href="mgCalendarMonthView.aspx">Calendar</a></li>
<li><a href="mgMemberIndex.aspx">Your councillors</a></li></ul></nav>
<p class="mgBreadCrumb">You are here: <a href="/">Home</a> &gt;
<a href="mgListCommittees.aspx">Committees</a> &gt;
<a href="mgCommitteeDetails.aspx?ID=118">{escape(pack.committee)}</a> &gt;
{escape(meeting.held)}</p>
"""


def _row(minute: _Minute) -> str:
    return f"""<tr><td class="mgItemNumberCell">{minute.number}.</td>
<td><p class="mgAiTitleTxt">{escape(minute.title)}</p>
<div class="mgWordPara"><h4>Minutes:</h4>
{_markup(tuple(minute.blocks))}
</div></td></tr>"""


def _minutes(blocks: list[Block]) -> Iterator[_Minute]:
    minute: _Minute | None = None
    for block in blocks:
        begun = _begun(block)
        if begun:
            if minute:
                yield minute
            minute = begun
        elif minute:
            minute.blocks.append(block)
    if minute:
        yield minute


def _begun(block: Block) -> _Minute | None:
    """The minute that this block is the heading of, with the text that runs on from it."""
    if isinstance(block, Heading) and (match := _TITLE.fullmatch(block.text)):
        return _Minute(match[1], match[2], [])
    if isinstance(block, Paragraph) and (match := _RUN_IN.fullmatch(block.text)):
        return _Minute(match[1], match[2], [Paragraph(match[3])])
    return None


def _people(label: str, people: tuple[str, ...]) -> str:
    listed = "".join(f"<li>{escape(person)}</li>" for person in people)
    return f'<h4>{label}</h4>\n<ul class="mgAttendance">{listed}</ul>'


def _document(title: str, council: str, body: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{escape(title)}</title>
<style>body {{ font-family: Arial, sans-serif; max-width: 60em }} td, th {{ border: 1px solid }}
</style>
<script>window.dataLayer = window.dataLayer || [];</script>
</head>
<body>
<header><p class="council">{escape(council)}</p></header>
{body}
</body>
</html>
"""


def _markup(blocks: tuple[Block, ...]) -> str:
    parts = []
    for kind, run in groupby(blocks, type):
        parts.append(_SET[kind](list(run)))
    return "\n".join(parts)


def _inline(text: str) -> str:
    bold = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", _addresses(text))
    return re.sub(r"\*(\S(?:.*?\S)?)\*", r"<em>\1</em>", bold)


def _addresses(text: str) -> str:
    return _LINK.sub(r'<a href="mailto:\g<0>">\g<0></a>', escape(text, quote=False))


def _headings(run: list[Any]) -> str:
    return "\n".join(f"<h{b.level + 1}>{_inline(b.text)}</h{b.level + 1}>" for b in run)


def _paragraphs(run: list[Any]) -> str:
    return "\n".join(
        f"<p>{b.number + '&nbsp; ' if b.number else ''}{_inline(b.text)}</p>" for b in run
    )


def _items(run: list[Any]) -> str:
    """Lists: bullets and "1." by the browser, other markers as written."""
    if all(b.marker == "-" for b in run):
        return "<ul>" + "".join(f"<li>{_inline(b.text)}</li>" for b in run) + "</ul>"
    if all(b.marker == f"{at}." for at, b in enumerate(run, 1)):
        return "<ol>" + "".join(f"<li>{_inline(b.text)}</li>" for b in run) + "</ol>"
    return "\n".join(
        f'<p style="margin-left:{2 + 2 * b.depth}em">{b.marker} {_inline(b.text)}</p>' for b in run
    )


def _lines(run: list[Any]) -> str:
    return "\n".join("<p>" + "<br>\n".join(map(_inline, b.lines)) + "</p>" for b in run)


def _quotes(run: list[Any]) -> str:
    return "\n".join(f"<blockquote><p>{_inline(b.text)}</p></blockquote>" for b in run)


def _tables(run: list[Any]) -> str:
    return "\n".join(map(_table, run))


def _table(block: Table) -> str:
    rows = []
    for at, row in enumerate(block.rows):
        if block.heads == 2 and at == 0:
            rows.append(_upper_head(row))
            continue
        tag = "th" if at < block.heads else "td"
        rows.append("<tr>" + "".join(f"<{tag}>{_inline(c)}</{tag}>" for c in row) + "</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def _upper_head(row: tuple[str, ...]) -> str:
    """A header row whose cells stand over the blank ones after them."""
    starts = [0, *(column for column, cell in enumerate(row) if cell and column)]
    ends = [*starts[1:], len(row)]
    cells = (
        f'<th colspan="{end - start}">{_inline(row[start])}</th>'
        for start, end in zip(starts, ends, strict=True)
    )
    return "<tr>" + "".join(cells) + "</tr>"


_SET: dict[type[Block], Callable[[list[Any]], str]] = {
    Heading: _headings,
    Paragraph: _paragraphs,
    Item: _items,
    Lines: _lines,
    Quote: _quotes,
    Table: _tables,
}
