"""A briefing for a paper's meeting: its first pages here, the whole of it as a file."""

import re
from collections.abc import Callable, Container, Sequence

import streamlit as st

from app_pages.frame import Desk, note_shown
from app_pages.sources import cards, further
from app_pages.words import draw, shown, with_chips
from assistant.access.viewer import sight_key
from assistant.answer import Citation
from assistant.briefing.briefing import Briefing
from assistant.briefing.document import front_of
from assistant.briefing.written import written
from assistant.documents.model import Block, Bullets, Heading, Paragraph
from ingest.errors import BoardPapersError
from ingest.store import PaperRecord

_TARGET = "briefing-source"
_MARKER = re.compile(r"\[(\d+)\]")
_FORMATS = (
    ("Word", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("PDF", ".pdf", "application/pdf"),
    ("Markdown", ".md", "text/markdown"),
)


def draw_briefing(at: Desk, record: PaperRecord) -> None:
    """The button that makes a briefing, and the one that was made last, where it is of the paper.

    A paper without an agenda has none.
    """
    if not record.items:
        return
    st.subheader("Briefing")
    draw(
        "bp-small",
        "What each item asks, what was decided before, what the figures say and what is worth "
        "asking, from the papers up to this meeting.",
    )
    wanted = st.button("Make a briefing", key="make-briefing", icon=":material/summarize:")
    briefing = _made(at, record.id) if wanted else _kept(at, record.id)
    if briefing is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        for title, form, kind in _FORMATS:
            st.download_button(
                title, _file(briefing, form), f"briefing-{record.id}{form}", kind,
                key=f"briefing-{form[1:]}", icon=":material/download:", on_click="ignore",
                type="tertiary",
            )  # fmt: skip
    front = tuple(front_of(briefing))
    with st.container(border=True, key="briefing"):
        sources = _cited(front, briefing.citations)
        hidden = further(sources)
        st.html("".join(_html(block, hidden) for block in front))
        if sources:
            st.subheader("Sources")
            cards(at, sources, _TARGET, "briefing")
        draw("bp-small", "The files hold the detail of every item, the charts and all sources.")


def _made(at: Desk, paper: str) -> Briefing | None:
    """The briefing of a paper, kept until another is made; None, told in a line, for an error."""
    st.session_state.pop("briefing", None)
    try:
        with st.spinner("Reading what is held on each item …"):
            briefing = at.assistant.brief(paper)
    except BoardPapersError as error:
        draw("bp-warn", str(error))
        return None
    note_shown(at, "briefing", briefing.citations)
    st.session_state.briefing = (_state(at), briefing)
    return briefing


def _kept(at: Desk, paper: str) -> Briefing | None:
    """The briefing made last, if it is of this paper and nothing has changed since."""
    state, briefing = st.session_state.get("briefing", (None, None))
    if briefing is None or briefing.paper != paper or state != _state(at):
        return None
    kept: Briefing = briefing
    return kept


def _state(at: Desk) -> tuple[str, str]:
    """What is held, and what of it is seen."""
    return at.assistant.store_digest(), sight_key(at.viewer)


def _file(briefing: Briefing, form: str) -> Callable[[], bytes]:
    """Written when it is asked for, not before."""
    return lambda: written(briefing, form)


def _html(block: Block, hidden: Container[int]) -> str:
    """A block of the first pages; their headings stand below the page's own."""
    match block:
        case Heading(text, level):
            return f"<h{level + 2}>{shown(text)}</h{level + 2}>"
        case Bullets(items):
            lines = "".join(f"<li>{with_chips(item, _TARGET, hidden)}</li>" for item in items)
            return f"<ul>{lines}</ul>"
        case Paragraph(text):
            return f'<p class="bp-small">{shown(text)}</p>'
        case _:
            raise TypeError(f"{type(block).__name__} doesn't belong on a briefing's first pages.")


def _cited(front: Sequence[Block], citations: Sequence[Citation]) -> list[Citation]:
    """The sources that the first pages name."""
    items = [item for block in front if isinstance(block, Bullets) for item in block.items]
    named = {int(marker) for item in items for marker in _MARKER.findall(item)}
    return [citation for citation in citations if citation.marker in named]
