"""About: what this is and isn't, and what it runs with."""

import streamlit as st

from app_pages.frame import NAME, Desk
from app_pages.words import draw
from assistant.shown import counted, day

_IS = """
- It answers from the papers held: agenda packs, minutes, reports, tables of figures.
- Every answer quotes the words that it rests on, with council, committee, date, item and page.
- Figures are read from the papers and calculated by rule; the working is shown.
- What the papers don't hold, it says so, and names what it searched.
"""
_ISNT = """
- It isn't the council's record: the published paper is. Open the page and check what matters.
- It knows nothing beyond the papers held, and nothing that was taken in private.
- It makes no forecasts, gives no advice and names no child.
- A pack may hold a recommendation that nobody has decided yet; the answer says which it is.
"""


def draw_about(at: Desk) -> None:
    """What a person should know before relying on it."""
    st.title(f"About the {NAME}")
    st.subheader("What it is")
    st.markdown(_IS)
    st.subheader("What it isn't")
    st.markdown(_ISNT)
    st.subheader("What it works with here")
    held = at.assistant.holds()
    whose = f" of {', '.join(held.councils)}" if held.councils else ""
    when = f", {day(held.first)} to {day(held.last)}" if held.first else ""
    draw("bp-answer", f"{counted(held.papers, 'paper')}{whose}{when}.")
    if at.model is None:
        st.write("No language model is used: nothing that you ask leaves this machine.")
    else:
        draw(
            "bp-answer",
            f"Language model: {at.model.name} at {at.model.place}. Questions, the turns before "
            "them and the passages found for them are sent there; figures never are.",
        )
    st.write(
        "Conversations and thumbs are kept beside the papers, on this machine. They are listed "
        "only in the browser that they were held in; who has a link to one can read it."
    )
    st.subheader("By keyboard")
    st.markdown(
        "Tab goes from one thing to the next and Enter presses it; Escape closes a page that was "
        "opened. The page can be printed, and read at 400% zoom."
    )
