"""The conversations kept: to go back to, to name anew, to delete."""

import streamlit as st

from app_pages.frame import Desk
from app_pages.words import draw, label, shortened
from assistant.access.viewer import sight_key
from assistant.threads import Thread

_LISTED = 30
_SHOWN = 44


def listed(at: Desk, owner: str, current: Thread | None) -> None:
    """The list of this browser's conversations, and what may be done with the one shown."""
    st.button(
        "New conversation", icon=":material/add:", width="stretch", on_click=_leave,
        type="primary", key="new-conversation",
    )  # fmt: skip
    if current is not None:
        _shown(at, owner, current)
    kept = at.threads.of(owner, sight_key(at.viewer))
    if kept:
        st.subheader("Conversations")
    for thread in kept[:_LISTED]:
        st.button(
            label(shortened(thread.title, _SHOWN)), key=f"thread-{thread.id}", width="stretch",
            type="tertiary", on_click=_go_to, args=(thread.id,),
            icon=":material/chat:" if current and thread.id == current.id else None,
        )  # fmt: skip
    if len(kept) > _LISTED:
        draw("bp-small", f"{len(kept) - _LISTED} older ones aren't listed.")


def _shown(at: Desk, owner: str, current: Thread) -> None:
    if current.owner != owner:
        draw("bp-small", "Somebody shared this conversation. Your questions go on in a copy of it.")
        return
    with st.container(horizontal=True):
        if st.button("Rename", icon=":material/edit:", key="rename"):
            _rename(at, current)
        if st.button("Delete", icon=":material/delete:", key="delete"):
            _delete(at, current)


def _leave() -> None:
    st.query_params.pop("thread", None)
    st.session_state.waiting = ()
    st.rerun()


def _go_to(thread_id: str) -> None:
    st.query_params["thread"] = thread_id
    st.session_state.waiting = ()
    st.rerun()


@st.dialog("Rename the conversation", on_dismiss=st.rerun)
def _rename(at: Desk, thread: Thread) -> None:
    with st.form("rename-form", border=False):
        st.text_input("Name", value=thread.title, max_chars=80, key="new-title")
        if st.form_submit_button("Save", type="primary", on_click=_renamed, args=(at, thread.id)):
            st.rerun()


def _renamed(at: Desk, thread_id: str) -> None:
    at.threads.rename(thread_id, st.session_state["new-title"])


@st.dialog("Delete the conversation?", on_dismiss=st.rerun)
def _delete(at: Desk, thread: Thread) -> None:
    draw("bp-title", thread.title)
    st.write("Its questions, answers and feedback are deleted for good; the papers stay.")
    st.button("Delete it", type="primary", key="for-good", on_click=_deleted, args=(at, thread.id))


def _deleted(at: Desk, thread_id: str) -> None:
    at.threads.delete(thread_id)
    _leave()
