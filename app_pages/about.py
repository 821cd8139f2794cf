"""About: what this is and isn't, and what it runs with."""

import streamlit as st

from app_pages.frame import NAME, Desk
from app_pages.words import draw
from assistant.question.scoping import councils_of
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
    records = at.assistant.papers()
    dates = [r.meeting.held for r in records if r.meeting.held]
    councils = councils_of(records)
    held = counted(len(records), "paper")
    when = f", {day(min(dates))} to {day(max(dates))}" if dates else ""
    draw("bp-answer", f"{held}{' of ' + ', '.join(councils) if councils else ''}{when}.")
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
