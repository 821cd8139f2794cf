"""Source cards, and the page that a quote stands on."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from app_pages.frame import Desk, complaining
from app_pages.words import cells, draw, further_of, label, shown
from assistant.answer import Citation
from assistant.papers.printed import Span
from assistant.shown import counted, day, place
from ingest.areas import area_of

_SHOWN = 2
_NAMED = 3
_DRAWER = 860  # pixels: the answer stays in sight beside it


@st.fragment
def cards(at: Desk, citations: Sequence[Citation], target: str, key: str) -> None:
    """A card for each source: the first few in the open, the rest one click away.

    A click here draws nothing else anew.
    """
    for citation in citations[:_SHOWN]:
        _card(at, citation, target, key)
    rest = citations[_SHOWN:]
    if rest:
        st.html(f'<div class="bp-card" id="{further_of(target)}"></div>')
        with st.expander(
            _told(rest), icon=":material/format_quote:", key=f"{key}-further", on_change="rerun"
        ) as more:
            if more.open:
                for citation in rest:
                    _card(at, citation, target, key)


def further(citations: Sequence[Citation]) -> frozenset[int]:
    """The markers of the sources whose cards are one click away."""
    return frozenset(citation.marker for citation in citations[_SHOWN:])


def _told(citations: Sequence[Citation]) -> str:
    """What stands behind the click: how many sources, of which meetings."""
    markers = f"[{citations[0].marker}]"
    if len(citations) > 1:
        markers += f" to [{citations[-1].marker}]"
    bodies = Counter(_body(c) for c in citations)
    named = [f"{body} ({n})" if n > 1 else body for body, n in bodies.most_common(_NAMED)]
    rest = f" and {len(bodies) - _NAMED} other meetings" if len(bodies) > _NAMED else ""
    more = counted(len(citations), "more source")
    return label(f"{more}, {markers}: {'; '.join(named)}{rest}")


def _body(citation: Citation) -> str:
    """Whose meeting a source is of, as short as can be: "Averonshire, 6 July 2023"."""
    whose = area_of(citation.council) or citation.title
    return f"{whose}, {day(citation.meeting_date)}" if citation.meeting_date else whose


def _card(at: Desk, citation: Citation, target: str, key: str) -> None:
    with st.container(border=True, gap="xsmall"):
        st.html(
            f'<div class="bp-card" id="{target}-{citation.marker}" tabindex="-1">'
            f'<div class="bp-place">[{citation.marker}] {shown(place(citation))}</div>'
            f'<blockquote class="bp-quote">{cells(citation.quote)}</blockquote>'
            f'<div class="bp-small">{shown(citation.title)}</div></div>'
        )
        opened = st.button(
            f"Open the page of [{citation.marker}]", key=f"{key}-{citation.marker}",
            icon=":material/menu_book:", type="tertiary",
        )  # fmt: skip
    if opened:
        quoted_page(at, citation.paper, at.assistant.printed.span_of(citation), place(citation))


# Once closed, it would come back with the next question, which draws only parts of the page.
@st.dialog(
    "The page in the paper", width=_DRAWER, position="right", icon=":material/menu_book:",
    on_dismiss=st.rerun,
)  # fmt: skip
def quoted_page(at: Desk, paper: str, span: Span | None, where: str) -> None:
    """The page with the quote in its place: as printed, where the file was kept, and as read."""
    draw("bp-place", where)
    if span is None:
        draw("bp-warn", "The paper isn't held any more as it was when this was quoted.")
        return
    with complaining():
        page_views(at, paper, span)
        _show_mark()


def _show_mark() -> None:
    """Brings the marked quote into sight: a page may be long."""
    st.html(
        "<script>setTimeout(() => document.querySelector('[role=\"dialog\"] .bp-page mark')"
        '?.scrollIntoView({block: "center"}), 300);</script>',
        unsafe_allow_javascript=True,
    )


def page_views(at: Desk, paper: str, span: Span) -> None:
    """One page of a paper, in both views."""
    read = at.assistant.printed.read(paper, span)
    picture = at.assistant.printed.image(paper, span)
    if picture is None:
        _as_read(read.name, read.warning, read.body)
        return
    printed, text = st.tabs(["As printed", "As read"])
    with printed:
        told = f"{read.name} of {paper}"
        st.image(picture.png, width="stretch", alt=f"{told}, with the quote boxed; the tab “As "
                 "read” holds its words" if picture.boxed else told)  # fmt: skip
        if not picture.boxed and span.end > span.start:
            draw("bp-small", "The quote couldn't be boxed on the picture; see “As read”.")
    with text:
        _as_read(read.name, read.warning, read.body)


def _as_read(name: str, warning: str, body: str) -> None:
    draw("bp-small", name)
    if warning:
        draw("bp-warn", warning)
    st.html(
        '<div class="bp-page" tabindex="0" role="region" aria-label="The page as read">'
        f"{body or 'Nothing was read on this page.'}</div>"
    )
