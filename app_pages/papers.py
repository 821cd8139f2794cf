"""Papers: what is held and how well it was read, taking in more, a look inside, removing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from app_pages.briefing import draw_briefing
from app_pages.frame import Desk, take_in
from app_pages.sources import page_views
from app_pages.watch import ask_again
from app_pages.words import draw, label, shown, table, tags
from assistant.access.viewer import Deed
from assistant.listings import papers_listing
from assistant.papers.page import page_name, span_of
from assistant.papers.printed import Span
from assistant.shown import counted, day
from assistant.uploads import kept
from assistant.watch.watching import Watch
from ingest.holdings import Listed
from ingest.pipeline import FileReport, Report
from ingest.store import PaperRecord

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

_PER_PAGE = 10
_TYPES = ["pdf", "docx", "html", "htm", "xlsx", "csv", "tsv", "md", "txt"]
_STATUS = {
    "read": "Taken in",
    "replaced": "Taken in, in place of its earlier self",
    "unchanged": "Held already, unchanged",
    "refused": "Refused",
    "skipped": "Skipped",
}


def draw_papers(at: Desk) -> None:
    """The list of papers, or one of them where the address names it."""
    wanted = st.query_params.get("paper")
    record = at.assistant.paper(wanted) if wanted else None
    if record is not None:
        _inside(at, record)
        return
    st.title("Papers")
    _take_in_more(at)
    if at.assistant.size:
        _held(at)


def _take_in_more(at: Desk) -> None:
    report: Report | None = st.session_state.pop("report", None)
    if report is not None:
        _report(report)
    if not at.viewer.may(Deed.TAKE_IN):
        return
    with st.expander("Take in papers", icon=":material/upload_file:",
                     expanded=not at.assistant.size):  # fmt: skip
        st.write(
            "PDF packs, Word files, web pages of minutes, Excel and CSV of figures, text. One "
            "file is one paper; the same file twice changes nothing."
        )
        # A new key after each intake empties the box.
        turn = st.session_state.setdefault("uploads", 0)
        files = st.file_uploader(
            "Drop papers here, or browse", accept_multiple_files=True, key=f"upload-{turn}"
        )
        wanted = st.button(
            f"Take in {counted(len(files), 'file')}" if files else "Take in",
            type="primary", disabled=not files, key="take-in",
        )  # fmt: skip
        if wanted and files:
            _uploaded(at, files)
            st.session_state.uploads = turn + 1
            st.rerun()


def _uploaded(at: Desk, files: "Sequence[UploadedFile]") -> None:
    """Ingests uploads by way of a folder that goes away again."""
    with kept([(file.name, file.getbuffer()) for file in files]) as paths:
        take_in(at, list(paths))
        _watched(at)


def _watched(at: Desk) -> None:
    """Asks saved questions again, as the command line does when papers came in."""
    report: Report = st.session_state.report
    watch = Watch(at.store, at.viewer)
    if watch.questions() and any(f.status in ("read", "replaced") for f in report.files):
        st.session_state["watched-again"] = ask_again(at, watch)


def _report(report: Report) -> None:
    with st.container(border=True, key="report"):
        st.subheader("What became of each file")
        for file in report.files:
            _file(file)
        if told := st.session_state.pop("watched-again", None):
            draw("bp-small", f"{told} The page “Watched” tells what.")


def _file(file: FileReport) -> None:
    icon = "✗" if file.status == "refused" else "✓"
    st.html(
        f'<div><span aria-hidden="true">{icon}</span> '
        f'<span class="bp-title">{shown(file.path.name)}</span> · {_STATUS[file.status]}</div>'
    )
    if file.reason:
        # The folder that an upload went through means nothing to anybody.
        draw("bp-warn", file.reason.replace(f"{file.path.parent}/", ""))
    if file.counts:
        found = file.counts
        draw(
            "bp-small",
            f"{counted(found.items, 'agenda item')}, {counted(found.passages, 'passage')}, "
            f"{counted(found.decisions, 'decision and action', 'decisions and actions')}, "
            f"{counted(found.tables, 'table')}, {counted(found.observations, 'figure')}",
        )
    for note in file.notes:
        draw("bp-small", f"To check: {note}")


def _held(at: Desk) -> None:
    words = st.text_input(
        "Search the list", placeholder="Council, committee, title or month", key="find-paper",
        persist_state="session",
    )  # fmt: skip
    listed = at.assistant.listed()
    found = [one.id for one in listed if _fits(one, words)]
    with st.container(horizontal=True, vertical_alignment="center"):
        draw("bp-small", f"{counted(len(found), 'paper')} of {len(listed)}, the newest first")
        st.download_button(
            "Save the list (CSV)", lambda: _as_csv(at, found), "papers.csv", "text/csv",
            icon=":material/download:", on_click="ignore", type="tertiary",
        )  # fmt: skip
    pages = max(1, -(-len(found) // _PER_PAGE))
    number = st.pagination(pages, key="papers-page") if pages > 1 else 1
    for paper in found[(number - 1) * _PER_PAGE : number * _PER_PAGE]:
        if record := at.assistant.paper(paper):
            _listed(at, record)


def _as_csv(at: Desk, papers: Sequence[str]) -> str:
    """The list as a file, made when it is asked for."""
    records = (at.assistant.paper(paper) for paper in papers)
    return papers_listing(record for record in records if record).to_csv()


def _fits(one: Listed, words: str) -> bool:
    held = " ".join((one.id, one.title, one.meeting.council or "",
                     one.meeting.committee or "", day(one.meeting.held)))  # fmt: skip
    return all(word in held.casefold() for word in words.casefold().split())


def _listed(at: Desk, record: PaperRecord) -> None:
    with st.container(border=True, gap="xsmall"):
        draw("bp-title", record.title)
        draw("bp-small", _whose(record))
        tags(_holds(record))
        for note in record.notes[:2]:
            draw("bp-small", f"To check: {note}")
        with st.container(horizontal=True):
            st.button(
                "Look inside", key=f"open-{record.id}", icon=":material/menu_book:",
                type="tertiary", on_click=_open, args=(record.id,),
            )  # fmt: skip
            if at.viewer.may(Deed.TAKE_IN) and st.button(
                "Remove", key=f"remove-{record.id}", icon=":material/delete:",
                         type="tertiary"):  # fmt: skip
                _remove(at, record)


def _whose(record: PaperRecord) -> str:
    meeting = record.meeting
    council, committee = meeting.council or "council not found", meeting.committee
    whose = (council, committee or "committee not found", day(meeting.held))
    minutes = f" · holds the minutes of {day(record.minutes_of)}" if record.minutes_of else ""
    return " · ".join(whose) + minutes


def _holds(record: PaperRecord) -> list[str]:
    unread = record.unreadable_pages
    return [
        counted(record.pages, "page"),
        f"{counted(unread, 'page')} not read" if unread else "every page read",
        counted(record.counts.decisions, "decision and action", "decisions and actions"),
        counted(record.counts.observations, "figure"),
    ]


def _open(paper_id: str) -> None:
    st.query_params["paper"] = paper_id


def _close() -> None:
    st.query_params.clear()


@st.dialog("Remove this paper?")
def _remove(at: Desk, record: PaperRecord) -> None:
    draw("bp-title", record.title)
    draw("bp-small", record.file_name)
    st.write(
        "It goes from search, figures, decisions and the disk. Conversations keep what was "
        "quoted from it."
    )
    if st.button("Remove it", type="primary", key="for-good", on_click=at.assistant.remove,
                 args=(record.id,)):  # fmt: skip
        st.rerun()


def _inside(at: Desk, record: PaperRecord) -> None:
    st.button("All papers", icon=":material/arrow_back:", on_click=_close, type="tertiary")
    st.title(label(record.title))
    draw("bp-small", _whose(record))
    tags([*_holds(record), record.file_name])
    for note in record.notes:
        draw("bp-small", f"To check: {note}")
    view = at.assistant.paper_view(record.id)
    _agenda(record)
    draw_briefing(at, record)
    st.subheader("Page by page")
    unread = [page_name(v.page) for v in view.pages if v.page.unread]
    if unread:
        draw("bp-warn", f"Not read: {', '.join(unread)}")
    number = (
        st.pagination(len(view.pages), key=f"page-of-{record.id}") if len(view.pages) > 1 else 1
    )
    page = view.pages[number - 1].page
    page_views(at, record.id, Span(page, page.start, page.start))


def _agenda(record: PaperRecord) -> None:
    if not record.items:
        draw("bp-small", "No agenda was found in this paper.")
        return
    rows = [
        (item.number, item.title, span_of(item), "exempt" if item.exempt else "")
        for item in record.items
    ]
    with st.expander(f"Agenda: {counted(len(rows), 'item')}", icon=":material/list:"):
        table(("No.", "Item", "Pages", "Access"), rows)
