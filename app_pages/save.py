"""What may be taken away: a copy, a link, a file."""

from collections.abc import Callable
from urllib.parse import urlencode

import streamlit as st
from streamlit.elements.lib.mutable_popover_container import PopoverContainer

from app_pages.frame import Desk
from app_pages.words import draw
from assistant.answer import Answer
from assistant.documents.answers import answers_document
from assistant.documents.docx import to_docx
from assistant.documents.markdown import to_markdown
from assistant.documents.model import Document
from assistant.documents.pdf import to_pdf
from assistant.shown import place, plain
from assistant.threads import Thread

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORMATS: tuple[tuple[str, str, str, Callable[[Document], bytes | str]], ...] = (
    ("Word", "docx", _WORD, to_docx),
    ("PDF", "pdf", "application/pdf", to_pdf),
    ("Markdown", "md", "text/markdown", to_markdown),
)


def actions(at: Desk, thread: Thread, answer: Answer, number: int) -> None:
    """Two small menus below an answer: to copy or link it, and to save it; filled when opened."""
    with _menu("Copy or link", ":material/content_copy:", f"copy-{number}") as menu:
        if menu.open:
            draw("bp-small", "The answer with its sources")
            st.code(_as_text(answer), language=None, wrap_lines=True, height=180)
            draw("bp-small", "A link to this conversation, for who can reach this page")
            st.code(_address({"thread": thread.id}), language=None, wrap_lines=True)
            draw("bp-small", "A link that puts the question anew")
            st.code(_address({"ask": answer.question}), language=None, wrap_lines=True)
    with _menu("Save", ":material/download:", f"save-{number}") as menu:
        if menu.open:
            _downloads(at, "This answer", f"answer-{number + 1}", lambda: (answer,))
            if number:
                whole = lambda: at.threads.conversation(thread.id).answers  # noqa: E731
                _downloads(at, "The whole conversation", f"conversation-{number + 1}", whole)


def _menu(title: str, icon: str, key: str) -> PopoverContainer:
    return st.popover(title, icon=icon, type="tertiary", key=key, on_change="rerun")


def _downloads(at: Desk, what: str, name: str, answers: Callable[[], tuple[Answer, ...]]) -> None:
    draw("bp-small", what)
    with st.container(horizontal=True):
        for title, ending, kind, write in _FORMATS:
            st.download_button(
                title, _written(at, answers, write), f"board-papers-{name}.{ending}", kind,
                key=f"save-{name}-{ending}", on_click="ignore",
            )  # fmt: skip


def _written(
    at: Desk,
    answers: Callable[[], tuple[Answer, ...]],
    write: Callable[[Document], bytes | str],
) -> Callable[[], bytes | str]:
    """Made when it is asked for, not before."""
    return lambda: write(answers_document(answers(), at.assistant.papers()))


def _as_text(answer: Answer) -> str:
    sources = [f"[{c.marker}] {place(c)}: “{c.quote}”" for c in answer.citations]
    return plain("\n\n".join([answer.question, answer.text, "\n".join(sources)])).strip()


def _address(query: dict[str, str]) -> str:
    return f"{(st.context.url or '').split('?')[0]}?{urlencode(query)}"
