"""Parts of a page that are drawn again by themselves, while the rest of it stays as it is."""

from collections.abc import Callable, Iterable

import streamlit as st


def part(key: str, draw: Callable[[], None]) -> None:
    """Draws a part of the page; :func:`draw_again` finds it by its key."""

    def drawn() -> None:
        draw()
        st.session_state.due = tuple(other for other in _due() if other != key)

    st.fragment(drawn, key=key)()


def draw_again(keys: Iterable[str]) -> None:
    """Ends a widget's callback: these parts are drawn again, in this order, and no others.

    What an earlier call asked for and a person's next click has cut short comes first.
    """
    st.session_state.due = tuple(dict.fromkeys((*_due(), *keys)))
    st.rerun(st.session_state.due)


def all_drawn() -> None:
    """Notes that the whole page was drawn, its parts with it."""
    st.session_state.due = ()


def _due() -> tuple[str, ...]:
    due: tuple[str, ...] = st.session_state.setdefault("due", ())
    return due
